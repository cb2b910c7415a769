/* SPDX-License-Identifier: MIT */
#include "domain/days.h"

#include "domain/banned.h"

/* Offsets are looked up in a table between these years, beyond them in the zone itself. */
#define TABLE_FIRST_YEAR 1990
#define TABLE_LAST_YEAR 2060

struct zone_change {
	gint64 from;   /* UTC ms */
	gint64 offset; /* ms, from then on */
};

struct zone_table {
	GTimeZone *zone;
	gint64 first, last; /* UTC ms that `changes` covers */
	gsize made;         /* whether `changes` is there */
	GArray *changes;    /* of struct zone_change, by time; the first begins at `first` */
};

static gint64 floor_div(gint64 a, gint64 b)
{
	return a / b - (a % b < 0);
}

int day_of_local(gint64 local)
{
	return (int)floor_div(local, DAY_MS);
}

/* Years are counted from March, so that the leap day is a year's last. */
int day_of_date(int year, int month, int day)
{
	gint64 y = (gint64)year - (month <= 2);
	gint64 era = floor_div(y, 400), of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return (int)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
}

struct date date_of_day(int day)
{
	gint64 z = (gint64)day + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
	gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = (int)(doe - (365 * yoe + yoe / 4 - yoe / 100));
	int mp = (5 * doy + 2) / 153, month = mp + (mp < 10 ? 3 : -9);
	return (struct date){(int)(yoe + era * 400) + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int weekday_of_day(int day)
{
	return (int)((((gint64)day + 3) % 7 + 7) % 7);
}

int days_in_month(int year, int month)
{
	return month == 12 ? 31 : day_of_date(year, month + 1, 1) - day_of_date(year, month, 1);
}

/* The anonymous Gregorian reckoning (Meeus). */
int easter_of_year(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	return day_of_date(year, n / 31, n % 31 + 1);
}

static int interval_at(GTimeZone *zone, gint64 second)
{
	return g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, second);
}

gint64 zone_offset(GTimeZone *zone, gint64 utc)
{
	return g_time_zone_get_offset(zone, interval_at(zone, floor_div(utc, 1000))) *
	       G_GINT64_CONSTANT(1000);
}

/* GLib tells an interval's number but not its bounds: halve until the second of each change is found. */
static void find_changes(struct zone_table *t, gint64 low, int at_low, gint64 high, int at_high)
{
	if (at_low == at_high)
		return;
	if (high - low > 1) {
		gint64 middle = low + (high - low) / 2;
		int at_middle = interval_at(t->zone, middle);
		find_changes(t, low, at_low, middle, at_middle);
		find_changes(t, middle, at_middle, high, at_high);
		return;
	}
	struct zone_change c = {high * 1000, zone_offset(t->zone, high * 1000)};
	if (c.offset != g_array_index(t->changes, struct zone_change, t->changes->len - 1).offset)
		g_array_append_val(t->changes, c);
}

struct zone_table *zone_table_create(GTimeZone *zone)
{
	struct zone_table *t = g_new0(struct zone_table, 1);
	t->zone = g_time_zone_ref(zone);
	t->first = day_of_date(TABLE_FIRST_YEAR, 1, 1) * DAY_MS;
	t->last = day_of_date(TABLE_LAST_YEAR, 1, 1) * DAY_MS;
	return t;
}

/* Worth a millisecond, and most calendars that are read are never asked. */
static const GArray *changes_of(struct zone_table *t)
{
	if (!g_once_init_enter(&t->made))
		return t->changes;
	t->changes = g_array_new(false, false, sizeof(struct zone_change));
	struct zone_change c = {t->first, zone_offset(t->zone, t->first)};
	g_array_append_val(t->changes, c);
	gint64 low = t->first / 1000, high = t->last / 1000;
	find_changes(t, low, interval_at(t->zone, low), high, interval_at(t->zone, high));
	g_once_init_leave(&t->made, 1);
	return t->changes;
}

void zone_table_destroy(struct zone_table *t)
{
	if (!t)
		return;
	g_time_zone_unref(t->zone);
	g_clear_pointer(&t->changes, g_array_unref);
	g_free(t);
}

static bool covers(struct zone_table *t, gint64 utc)
{
	return utc >= t->first && utc < t->last;
}

/* The change in force at `utc`, which the table covers. */
static guint change_at(struct zone_table *t, gint64 utc)
{
	const GArray *changes = changes_of(t);
	guint low = 0, high = changes->len;
	while (high - low > 1) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(changes, struct zone_change, middle).from <= utc)
			low = middle;
		else
			high = middle;
	}
	return low;
}

gint64 zone_table_offset(struct zone_table *t, gint64 utc)
{
	if (!covers(t, utc))
		return zone_offset(t->zone, utc);
	return g_array_index(changes_of(t), struct zone_change, change_at(t, utc)).offset;
}

gint64 zone_table_local(struct zone_table *t, gint64 utc)
{
	if (!covers(t, utc))
		return utc + zone_offset(t->zone, utc);
	guint n = change_at(t, utc);
	gint64 local = utc + g_array_index(t->changes, struct zone_change, n).offset;
	if (n + 1 >= t->changes->len)
		return local;
	const struct zone_change *next = &g_array_index(t->changes, struct zone_change, n + 1);
	return MIN(local, next->from + next->offset);
}

/* The moment between two in which the offset becomes `after`. */
static gint64 change_between(struct zone_table *t, gint64 low, gint64 high, gint64 after)
{
	while (high - low > 1) {
		gint64 middle = low + (high - low) / 2;
		if (zone_table_offset(t, middle) == after)
			high = middle;
		else
			low = middle;
	}
	return high;
}

gint64 zone_table_utc(struct zone_table *t, gint64 local)
{
	gint64 before = zone_table_offset(t, local - DAY_MS), after = zone_table_offset(t, local + DAY_MS);
	if (before == after)
		return local - before;
	if (zone_table_offset(t, local - before) == before)
		return local - before;
	if (zone_table_offset(t, local - after) == after)
		return local - after;
	return change_between(t, local - after - 1, local - before, after);
}
