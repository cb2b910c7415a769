/* SPDX-License-Identifier: MIT */
/* The commands of `:` — the actions by name, and a few that take a word: `open 12`, `search late parcel`,
 * `snooze tomorrow 9`. */
#pragma once
#include "ui/actions.h"

struct command {
	enum action action; /* ACTION_NONE: not understood */
	gint64 case_id;     /* ACTION_OPEN with a number; else 0 */
	char *text;         /* ACTION_SEARCH, ACTION_VIEW, ACTION_JUMP with words; of an act the whole
			       ("snooze=tomorrow 9"); else NULL; owned by the caller */
};

/* Reads a command that works at `place`. False and *error (translated) if it is none. */
bool palette_parse(const char *text, enum place place, guint can, struct command *c, GError **error);

/* The names that begin as the word at byte `at` does; *from: where that word begins. Owned. */
GPtrArray *palette_complete(const char *text, gsize at, gsize *from, enum place place, guint can);
