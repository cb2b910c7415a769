/* SPDX-License-Identifier: MIT */
#include "domain/promise_due.h"

#include "domain/days.h"
#include "domain/when.h"

#include "domain/banned.h"

/* A shop that is closed for longer names no working day. */
#define CLOSED_MOST 60

static GDateTime *local_time(const struct calendar *shop, gint64 at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / SECOND_MS);
	return g_date_time_to_timezone(utc, calendar_zone(shop));
}

/* The end of the day that `at` lies in, or the time of day on it; -1 minutes: none. */
static gint64 on_day(const struct calendar *shop, gint64 at, int minute)
{
	if (minute < 0)
		return when_day_end(at, calendar_zone(shop)) - 1;
	g_autoptr(GDateTime) day = local_time(shop, at);
	g_autoptr(GDateTime) then =
	    g_date_time_new(calendar_zone(shop), g_date_time_get_year(day), g_date_time_get_month(day),
			    g_date_time_get_day_of_month(day), minute / 60, minute % 60, 0);
	return then ? g_date_time_to_unix(then) * SECOND_MS : 0;
}

static gint64 after_days(const struct calendar *shop, gint64 now, int days, int minute)
{
	return on_day(shop, calendar_day_end(shop, now, days), minute);
}

/* Today, if that weekday's moment isn't over. */
static gint64 weekday_due(const struct promise *p, const struct calendar *shop, gint64 now)
{
	g_autoptr(GDateTime) local = local_time(shop, now);
	int days = (p->weekday - (g_date_time_get_day_of_week(local) - 1) + 7) % 7;
	gint64 due = after_days(shop, now, days, p->minute);
	return due > now ? due : after_days(shop, now, days + 7, p->minute);
}

/* The date, or the next of that day and month. */
static gint64 date_due(const struct promise *p, const struct calendar *shop, gint64 now)
{
	g_autoptr(GDateTime) local = local_time(shop, now);
	int first = p->year ? p->year : g_date_time_get_year(local), last = p->year ? first : first + 1;
	for (int year = first; year <= last; year++) {
		g_autoptr(GDateTime) noon =
		    g_date_time_new(calendar_zone(shop), year, p->month, p->day, 12, 0, 0);
		gint64 due = noon ? on_day(shop, g_date_time_to_unix(noon) * SECOND_MS, p->minute) : 0;
		if (due > now)
			return due;
	}
	return 0;
}

/* "The same working day": today, or when today is closed the next on which the shop is open. */
static gint64 working_day_due(const struct promise *p, const struct calendar *shop, gint64 now)
{
	gint64 yesterday = calendar_day_end(shop, now, -1);
	for (int days = 0; days < CLOSED_MOST; days++) {
		if (calendar_business_days_between(shop, yesterday, calendar_day_end(shop, now, days)) > 0)
			return after_days(shop, now, days, p->minute);
	}
	return 0;
}

static gint64 business_due(const struct promise *p, const struct calendar *shop, gint64 now)
{
	const struct span span = {.unit = SPAN_BUSINESS_DAYS, .amount = p->amount};
	if (p->amount == 0)
		return working_day_due(p, shop, now);
	gint64 due = calendar_due(shop, now, &span, NULL);
	if (due == G_MAXINT64)
		return 0;
	return p->minute < 0 ? due : on_day(shop, due, p->minute);
}

gint64 promise_due(const struct promise *p, const struct calendar *shop, gint64 now)
{
	switch (p->kind) {
	case PROMISE_HOURS:
		return p->amount ? now + p->amount * HOUR_MS : 0;
	case PROMISE_DAYS:
		return after_days(shop, now, p->amount, p->minute);
	case PROMISE_BUSINESS_DAYS:
		return business_due(p, shop, now);
	case PROMISE_WEEKDAY:
		return p->weekday >= 0 ? weekday_due(p, shop, now) : 0;
	case PROMISE_DATE:
		return date_due(p, shop, now);
	default:
		return 0;
	}
}

gint64 promises_first(const struct phrases *promises, const char *text, const struct calendar *shop,
		      gint64 now, char **words)
{
	g_autoptr(GArray) found = promises_find(promises, text);
	gint64 first = 0;
	*words = NULL;
	for (guint i = 0; i < found->len; i++) {
		const struct promise *p = &g_array_index(found, struct promise, i);
		gint64 due = promise_due(p, shop, now);
		if (due <= now || (first && due >= first))
			continue;
		first = due;
		g_free(*words);
		*words = g_strndup(text + p->at, p->length);
	}
	return first;
}
