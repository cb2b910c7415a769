/* SPDX-License-Identifier: MIT */
#include "store/promise_due.h"

#include "domain/when.h"
#include "store/datafile.h"

#include "domain/banned.h"

struct phrases *phrases_load(enum phrases_of of)
{
	struct datafile *f = datafile_one(of == PHRASES_WISHES ? "wishes.ini" : "promises.ini", NULL);
	struct phrases *p = f ? phrases_read(of, f->path, f->text, f->length, NULL) : NULL;
	datafile_destroy(f);
	return p;
}

/* The day of `at` so many days on: at the time that was told, else its last moment. */
static gint64 on_day(const struct fill_values *v, gint64 at, int days, int minute)
{
	GTimeZone *zone = fill_values_get(v)->zone;
	g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(at / 1000);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(here, zone);
	g_autoptr(GDateTime) then = g_date_time_add_days(local, days);
	if (minute < 0)
		return when_day_end(g_date_time_to_unix(then) * 1000, zone) - 1;
	g_autoptr(GDateTime) told =
	    g_date_time_new(zone, g_date_time_get_year(then), g_date_time_get_month(then),
			    g_date_time_get_day_of_month(then), minute / 60 % 24, minute % 60, 0);
	return told ? g_date_time_to_unix(told) * 1000 : 0;
}

static gint64 next_weekday(const struct fill_values *v, gint64 now, const struct promise *p)
{
	g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(now / 1000);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(here, fill_values_get(v)->zone);
	int today = g_date_time_get_day_of_week(local) - 1;
	return on_day(v, now, (p->weekday - today + 7) % 7, p->minute);
}

/* The date, or the next of that day and month. 0 for one that doesn't exist or is over. */
static gint64 date_due(const struct fill_values *v, gint64 now, const struct promise *p)
{
	GTimeZone *zone = fill_values_get(v)->zone;
	g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(now / 1000);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(here, zone);
	int first = p->year ? p->year : g_date_time_get_year(local), last = p->year ? first : first + 1;
	for (int year = first; year <= last; year++) {
		g_autoptr(GDateTime) at = g_date_time_new(zone, year, p->month, p->day, 12, 0, 0);
		gint64 due = at ? on_day(v, g_date_time_to_unix(at) * 1000, 0, p->minute) : 0;
		if (due > now)
			return due;
	}
	return 0;
}

static gint64 due_of(const struct fill_values *v, const struct promise *p, gint64 now)
{
	static const char *const units[N_PROMISE_KINDS] = {
	    [PROMISE_HOURS] = "h", [PROMISE_DAYS] = "days", [PROMISE_BUSINESS_DAYS] = "business days"};
	if (p->kind == PROMISE_WEEKDAY)
		return p->weekday >= 0 ? next_weekday(v, now, p) : 0;
	if (p->kind == PROMISE_DATE)
		return date_due(v, now, p);
	if (p->amount == 0 || p->kind == PROMISE_DAYS)
		return on_day(v, now, p->amount, p->minute);
	g_autofree char *span = g_strdup_printf("%d %s", p->amount, units[p->kind]);
	return fill_values_due(v, span);
}

gint64 promise_due(const struct fill_values *v, const struct phrases *promises, const char *text,
		   char **words)
{
	gint64 now = fill_values_get(v)->now, first = 0;
	g_autoptr(GArray) found = promises_find(promises, text);
	for (guint i = 0; i < found->len; i++) {
		const struct promise *p = &g_array_index(found, struct promise, i);
		gint64 due = due_of(v, p, now);
		if (due <= now || (first && due >= first))
			continue;
		first = due;
		g_free(*words);
		*words = g_strndup(text + p->at, p->length);
	}
	return first;
}
