/* SPDX-License-Identifier: MIT */
/*
 * Doing acts (store/act.h) from the screen: what an act needs is asked, many cases need a yes, and are
 * changed in slices between keys.
 */
#pragma once
#include "store/act.h"
#include "ui/app_parts.h"

struct doing;

/* Begins an act on what the top view has selected; `typed` ("snooze=tomorrow 9") may be NULL: asks for it. */
void app_do(struct app *a, enum act_type type, const char *typed);
/* The answer to its prompt. */
void app_do_answer(struct app *a, const char *text);
/* Takes a key while a yes or no is awaited, or Esc while something runs. False: the key isn't for this. */
bool app_do_key(struct app *a, int key);

/* Takes the person's last act back. */
void app_undo(struct app *a);

/* Whether a slice is waiting to be done, and doing it. */
bool app_do_runs(const struct app *a);
void app_do_slice(struct app *a);
/* "status: 128 of 1000 cases; Esc stops", or the question; NULL: nothing. Owned. */
char *app_do_line(const struct app *a);

void doing_destroy(struct doing *d); /* accepts NULL */
