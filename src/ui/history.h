/* SPDX-License-Identifier: MIT */
/* The history of a case as lines to read: the same in the preview and in the case view. */
#pragma once
#include "store/records.h"
#include "ui/paint.h"

struct history_options {
	int columns;
	bool unfold; /* show quoted lines whole */
	bool places; /* tell where messages begin */
	bool talk; /* only what was said and done, no clock that starts or stops: for who writes an answer */
	GTimeZone *zone;
};

/* Where a message begins. */
struct history_place {
	int line;
	gint64 message;
};

struct history {
	GPtrArray *lines; /* of struct line; the caller's */
	GArray *messages; /* of struct history_place, from the first line on; the caller's; NULL unless asked
			     for */
	int newest;       /* line where the newest message begins, 0 if there is none */
	bool quotes;      /* some lines are quoted */
};

/* Lays out `events` (GPtrArray of struct event, oldest first). Makes all text safe. */
struct history history_lay_out(GPtrArray *events, const struct history_options *o);

/* The message that line `top` belongs to or, before the first one, that one; 0: there is none. */
gint64 history_message_at(const GArray *messages, int top);

/* The sentence for one flaw (a bit of enum mail_flaw), translated; NULL for no flaw. */
const char *history_flaw(guint flaw);
