/* SPDX-License-Identifier: MIT */
/* The words for days and times in the desk's languages, as when_parse() reads them. Private to it. */
#pragma once
#include <glib.h>

enum meaning {
	NOISE,   /* "at", "alle": says nothing */
	AHEAD,   /* "in", "+": a span follows */
	AFTER,   /* 后: the span before it */
	DAY,     /* days from today */
	WEEKDAY, /* 0 Monday */
	NEXT,    /* "next": of the coming week */
	PART,    /* of the day; its hour */
	AM,
	PM, /* also 上午, 下午 */
	MONTH,
	SPAN,  /* ms of one */
	HALF,  /* 半: half past; "half" otherwise isn't read */
	MORROW /* "morgen": tomorrow, but morning behind a day ("vrijdag morgen") */
};

struct when_word {
	const char *text; /* lower case, without marks */
	enum meaning meaning;
	gint64 value;
};

/* The longest word that stands at `p` (plain text: lower case, without marks) and its bytes; NULL if none
 * does. Chinese words need no blank behind them, others end at a word's end. Static. */
const struct when_word *when_word_find(const char *p, gsize *length);
