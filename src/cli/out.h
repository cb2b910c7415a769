/* SPDX-License-Identifier: MIT */
/*
 * What the plain commands print. Text is UTF-8 here and goes out in the locale's charset; what that can't
 * write is transliterated. Whatever came from outside has passed text_safe() before.
 */
#pragma once
#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

#include "domain/money.h"

/* Says once, on standard error, that the locale isn't UTF-8. */
void out_speak_of_locale(void);

/* Writes to standard output. */
void out_text(const char *text);

/* Writes everything out; the exit code: EXIT_FAULT, told, if it couldn't be (a full disk). */
int out_finish(void);

/* "amends: MESSAGE" on standard error, made safe. */
void out_complain(const char *message);

/* One row of "Label   value", the value made safe; nothing if it is NULL or empty. */
void out_row(GString *out, const char *label, const char *value);

/* Appends text made safe, each line indented by `indent` columns. */
void out_indented(GString *out, const char *text, int indent);

/* JSON values: text as it came (NULL: null), a time as "2026-11-23T14:05:00.000Z" (0 and never: null), money
 * as
 * {"amount": "12.50", "minor": 1250, "currency": "EUR"} or null. */
json_t *out_json_text(const char *text);
json_t *out_json_time(gint64 ms);
json_t *out_json_money(const struct money *m);

/* Prints a value on one line and releases it. Everything outside ASCII is escaped: so nothing in it acts on a
 * terminal, and nothing is lost. */
void out_json(json_t *value, const char *after);
