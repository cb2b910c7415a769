/* SPDX-License-Identifier: MIT */
/* Times in the words people use. All take UTC ms and the reader's zone; results are owned. */
#pragma once
#include <glib.h>

/* "overdue 3h", "12m", "2h 10m", "today 17:00", "tomorrow 17:00", "Thu 17:00", "12 Dec", "2027-01-12";
 * "" for G_MAXINT64. At most 14 columns in English. Shop people read it at a glance: minutes below 12 hours,
 * then the day and time. */
char *when_countdown(gint64 due, gint64 now, GTimeZone *zone);

/* The next moment at which when_countdown(due, ...) reads differently. */
gint64 when_countdown_changes(gint64 due, gint64 now, GTimeZone *zone);

/* "today 14:05", "Mon 14:05", "23 Nov", "2025-11-23" of what was; "" outside of the years 1 to 9999. */
char *when_past(gint64 at, gint64 now, GTimeZone *zone);

/* "2026-11-23 14:05" (sortable, for histories and scripts). */
char *when_stamp(gint64 at, GTimeZone *zone);

/* "Mon 23 Nov 2026 14:05" for explanations; with the zone's abbreviation. */
char *when_long(gint64 at, GTimeZone *zone);

/* "3 h 20 min", "2 days 4 h". */
char *when_span(gint64 ms);

/* Midnight after `now` in `zone`: what is due before it is due today. */
gint64 when_day_end(gint64 now, GTimeZone *zone);
