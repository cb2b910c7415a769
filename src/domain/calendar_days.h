/* SPDX-License-Identifier: MIT */
/* The inside of a calendar, for calendar_parse.c (fills it) and calendar.c (reckons with it). */
#pragma once
#include "domain/calendar.h"
#include "domain/days.h"

/* Days with marks lie between these years; beyond them only the weekly hours count. */
#define CALENDAR_FIRST_YEAR 1990
#define CALENDAR_LAST_YEAR 2060

#define OPENING_PARTS 6

/* When a day is open: parts in order, in minutes after midnight, 1440 for its end. */
struct opening {
	int count;
	struct {
		int from, to;
	} part[OPENING_PARTS];
};

/* A day's mark: 0 none, MARK_WORKING an extra working day, else 1 + the number of the holiday's name. */
#define MARK_WORKING 0x8000

struct calendar {
	char *name;
	GTimeZone *zone;
	struct zone_table *table;
	struct opening week[7]; /* from Monday */
	struct opening working; /* of extra working days */
	int first_day, n_days;
	guint16 *marks;   /* of n_days days from first_day */
	GPtrArray *names; /* of holidays, owned strings */
	bool always;      /* open round the clock, every day */
};
