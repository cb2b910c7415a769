/* SPDX-License-Identifier: MIT */
/*
 * Days as numbers (0 is 1970-01-01) and the step between UTC and wall time. All times are milliseconds;
 * "local" ones count from 1970-01-01 00:00 on the wall. Cheap: no GDateTime is made.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define SECOND_MS G_GINT64_CONSTANT(1000)
#define MINUTE_MS G_GINT64_CONSTANT(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* Times outside of the years 1 to 9998 are no times that a mail or a clock can mean. */
#define TIME_LEAST G_GINT64_CONSTANT(-62135510400000)
#define TIME_MOST G_GINT64_CONSTANT(253370764800000)
static inline bool time_is_sane(gint64 at)
{
	return at >= TIME_LEAST && at <= TIME_MOST;
}

struct date {
	int year, month, day; /* month and day from 1 */
};

/* The number of the day on which local time `local` falls. */
int day_of_local(gint64 local);

int day_of_date(int year, int month, int day);
struct date date_of_day(int day);

/* 0 Monday ... 6 Sunday. */
int weekday_of_day(int day);

/* Days of a month (28 to 31). */
int days_in_month(int year, int month);

/* Easter Sunday of the western churches; its day number. */
int easter_of_year(int year);

/* The zone's offset from UTC at `utc`, in ms. */
gint64 zone_offset(GTimeZone *zone, gint64 utc);

/* Offsets by table, for reckoning in bulk: zone_offset() walks all changes of the zone each time. The table
 * is made when first asked for, by whichever thread comes first. */
struct zone_table;
struct zone_table *zone_table_create(GTimeZone *zone);
void zone_table_destroy(struct zone_table *t);
gint64 zone_table_offset(struct zone_table *t, gint64 utc);

/*
 * Wall time of `utc`, made monotone: of an hour that the wall clock shows twice the first
 * pass counts as its beginning, so that a later start never has an earlier due time.
 */
gint64 zone_table_local(struct zone_table *t, gint64 utc);

/* UTC of a wall time: of two the earlier; of none (the hour that is skipped) the moment of the change. */
gint64 zone_table_utc(struct zone_table *t, gint64 local);
