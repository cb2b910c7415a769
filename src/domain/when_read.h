/* SPDX-License-Identifier: MIT */
/* What the words and figures of a typed time say, before it is reckoned. Private to when_parse(). */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define UNSAID G_MININT

enum when_fault { WHEN_UNREAD, WHEN_UNCLEAR /* o'clock or hours? */, WHEN_OTHER_DAY /* "fri 24.11." */ };

struct reading {
	const char *p;    /* what is still to be read */
	int day, weekday; /* from today; 0 Monday */
	int year, month, date;
	int hour, minute;
	int half_day;                 /* AM or PM */
	int part;                     /* hour of a part of the day */
	int number;                   /* whose meaning the next word gives */
	int loose_hour, loose_minute; /* "9 uur", "1h30" */
	int next;                     /* weeks from this one */
	bool loose_span;              /* of few hours: hours */
	bool article, half;           /* of the number */
	bool at, ahead, ago, last, week, spans;
	gint64 span; /* ms */
	enum when_fault fault;
};

/* Reads all of `plain` (when_plain()), which stays the caller's. False if it says no time; then `fault` says
 * why. A span that lies back is below 0. */
bool when_read(struct reading *r, const char *plain);
