/* SPDX-License-Identifier: MIT */
/*
 * Calendars: when a platform or a shop counts time. Read from data/calendars/NAME.ini.
 *
 * A calendar has a time zone, opening hours for each weekday, holidays (dates, yearly
 * dates, days from Easter, with or without a substitute day) and extra working days.
 * All times are UTC milliseconds; all reckoning of days happens in the calendar's zone.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct calendar;

/* What a span counts. */
enum span_unit {
	SPAN_HOURS,          /* wall hours: nights, weekends, DST and all: 24 h are 24 h */
	SPAN_DAYS,           /* calendar days in the calendar's zone */
	SPAN_BUSINESS_DAYS,  /* days on which the calendar is open; the first day isn't counted */
	SPAN_BUSINESS_HOURS, /* time within opening hours only */
	N_SPAN_UNITS
};

struct span {
	enum span_unit unit;
	gint64 amount;   /* milliseconds for hours, a count for days */
	bool to_day_end; /* days: due when that day ends, else at the time of day of the start */
};

/* One stretch of the way from start to due. `reason` is translated text, owned:
 * why it was skipped ("weekend", "holiday: Easter Monday", "closed", "waiting for the buyer") or
 * what was counted ("business day 2 of 3"). */
struct stretch {
	gint64 from, to;
	bool counted;
	char *reason;
};

void stretch_clear(struct stretch *s);
/* An empty GArray of struct stretch that clears its elements. Owned by the caller. */
GArray *stretches_new(void);

/*
 * Reads a calendar from the text of an ini file. `file` is for error texts
 * ("FILE:LINE: ..."). NULL and *error on an unknown key, a bad date, hour or zone.
 */
struct calendar *calendar_parse(const char *name, const char *file, const char *text, gsize length,
				GError **error);
void calendar_destroy(struct calendar *c);
typedef struct calendar calendar_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(calendar_auto, calendar_destroy)

const char *calendar_name(const struct calendar *c);
GTimeZone *calendar_zone(const struct calendar *c); /* not owned */
/* The same hours and holidays in another zone ("Europe/Vilnius"). False if there is no such zone. */
bool calendar_set_zone(struct calendar *c, const char *zone);

/*
 * The due time of `span` begun at `start`. If `way` is given, appends the
 * stretches counted and skipped, in order, without gaps from start to due.
 * A calendar that never opens within ten years gives G_MAXINT64.
 */
gint64 calendar_due(const struct calendar *c, gint64 start, const struct span *span, GArray *way);

/* Opening time (ms) between two moments: what a pause leaves over. */
gint64 calendar_open_between(const struct calendar *c, gint64 from, gint64 to);

/* Business days after the day of `from`, up to and with the day of `to`: what a pause leaves over. */
int calendar_business_days_between(const struct calendar *c, gint64 from, gint64 to);

/* The next moment after `at` at which the calendar opens or closes (G_MAXINT64: never). */
gint64 calendar_next_change(const struct calendar *c, gint64 at);

/* The last millisecond of the day of `at` plus `days` calendar days, in the calendar's zone. */
gint64 calendar_day_end(const struct calendar *c, gint64 at, int days);

/* Reads "48 h", "3 business days", "5 days", "4 business hours", "2 days end of day"
 * (data/clocks `span`). False and *error if it is none of these. */
bool span_parse(const char *text, struct span *span, GError **error);
/* "3 business days", translated. Owned by the caller. */
char *span_describe(const struct span *span);
