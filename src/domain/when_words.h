/* SPDX-License-Identifier: MIT */
/* The words for days and times in the desk's languages, as when_read() takes them. Private to it. */
#pragma once
#include <glib.h>

enum meaning {
	NOISE,    /* "on", "il": says nothing */
	AT,       /* "at", "alle": an hour of the day follows */
	AHEAD,    /* "in", "+": a span follows */
	AFTER,    /* 后: the span before it */
	AGO,      /* "ago": the span before it lies back; the month where a day stands before it */
	BEFORE,   /* 前, "prieš": the same; behind or before a day it says nothing */
	DAY,      /* days from today */
	DAY_PART, /* "tonight": days from today * 100 + hour */
	WEEKDAY,  /* 0 Monday */
	NEXT,     /* "next", 上: so many weeks from this one */
	LAST,     /* "last": the day of the week that was last */
	PART,     /* of the day; its hour */
	AM,
	PM, /* also 上午, 下午 */
	MONTH,
	SPAN,       /* ms of one */
	HOURS,      /* "uur", "val.": o'clock or hours; before the number "at" */
	SPAN_HOURS, /* "ore": hours; before the number "at" */
	YEAR_MARK,  /* "m.": of a year, else minutes */
	DATE_MARK,  /* "d.": of a date; else days, or by day where its value is 0 */
	NUMBER,
	ARTICLE, /* "een": one, but none before "half" */
	HALF,    /* half of what follows */
	MORROW   /* "morgen": tomorrow, but morning behind a day ("vrijdag morgen") */
};

struct when_word {
	const char *text; /* lower case, without marks */
	enum meaning meaning;
	gint64 value;
};

/* The longest word that stands at `p` (plain text) and its bytes; NULL if none does. Chinese words need no
 * blank behind them, others end at a word's end, or where a Dutch part of the day goes on (vrijdagmiddag).
 * Static. */
const struct when_word *when_word_find(const char *p, gsize *length);

/* Plain text, as the words are found in: lower case without marks, digits and colons as in ASCII, Chinese
 * numerals as digits, one spelling of what both scripts share. Owned. */
char *when_plain(const char *text);
