/* SPDX-License-Identifier: MIT */
/* Dates and times as people type them, in the five languages of the desk, mixed as they come. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Where a date without a year, a weekday or a time without a day is looked for. */
enum when_side {
	WHEN_AHEAD,  /* the next such one; what lies back is refused */
	WHEN_BEHIND, /* the last such one */
	WHEN_NEAR    /* of dates the nearest, else the next such one */
};

/* UTC ms. A day without a time means 9:00, but holds from midnight to midnight. */
struct when_meant {
	gint64 at, begin, end;
};

/*
 * Reads "tomorrow 9", "fri", "+4h", "in 2 days", "23.11. 14:30", "2026-11-23", "nov 30, 2026", "yesterday",
 * "3 days ago", "morgen 9", "over een week", "rytoj 9", "lapkričio 30 d. 14 val.", "penktadienį",
 * "domani alle 9", "tra 2 ore", "明天9点", "周五下午3点", "三天后" ... Letters may lack their marks. "next"
 * counts weeks from Monday on. False and *error, with what can be written, if the text can't be read, can
 * mean an hour of the day as well as a span ("9 uur"), names a day that there isn't, or another weekday than
 * the date's.
 */
bool when_parse_side(const char *text, enum when_side side, gint64 now, GTimeZone *zone,
		     struct when_meant *meant, GError **error);

/* The same for what is to come: `at` gets UTC ms, always after `now`. */
bool when_parse(const char *text, gint64 now, GTimeZone *zone, gint64 *at, GError **error);

#define WHEN_ERROR when_error_quark()
GQuark when_error_quark(void);
