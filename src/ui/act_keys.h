/* SPDX-License-Identifier: MIT */
/* The acts of store/act.h as actions: their keys and names, what is asked for each, what its words may be. */
#pragma once
#include "store/act.h"
#include "ui/actions.h"

/* The rows that actions.c appends to its own; NULL past the end. */
const struct action_row *act_key_nth(guint n);

/* Whether the action is an act, and which. */
bool action_is_act(enum action action, enum act_type *type);

/* Whether a line of input belongs to the act. */
bool act_takes_input(enum act_type type);

/* The question for it: "snooze until (tomorrow 9, fri, +4h): ". Owned. */
char *act_question(enum act_type type);

/* What could stand at byte `at` of its input: owned strings; *from: the byte that they replace from. */
GPtrArray *act_complete(enum act_type type, const char *text, gsize at, gsize *from);
