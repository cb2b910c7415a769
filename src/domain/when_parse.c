/* SPDX-License-Identifier: MIT */
#include "domain/when_parse.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "domain/when_read.h"
#include "domain/when_words.h"

#include <string.h>

#include "domain/banned.h"

#define MORNING 9 /* the hour of a day that is named without one */
#define NOON 12
#define AFTERNOON 13
#define EVENING 18

/* A moment from which days are counted, and to which side. */
struct origin {
	gint64 now;
	GTimeZone *zone;
	int today; /* number of the day */
	enum when_side side;
};

GQuark when_error_quark(void)
{
	return g_quark_from_static_string("amends-when-error");
}

static bool fail(GError **error, const char *text)
{
	g_set_error(error, WHEN_ERROR, 0,
		    _("%s; write a day, a time or both: tomorrow 9, fri 14:30, +4h, 23.11., 2026-11-23 9:00"),
		    text);
	return false;
}

static bool fail_reading(const struct reading *r, GError **error)
{
	if (r->fault == WHEN_OTHER_DAY)
		return fail(error, _("this date is another day of the week"));
	if (r->fault != WHEN_UNCLEAR)
		return fail(error, _("this can't be read as a time"));
	int minute = r->loose_minute != UNSAID ? r->loose_minute : 0;
	g_set_error(error, WHEN_ERROR, 0,
		    _("this can be an hour of the day or so many hours; write %d:%02d, or +%dh%02dm"),
		    r->loose_hour, minute, r->loose_hour, minute);
	return false;
}

static gint64 utc_of(const struct origin *o, int day, int minutes)
{
	struct zone_table *t = zone_table_create(o->zone);
	gint64 at = zone_table_utc(t, day * DAY_MS + minutes * MINUTE_MS);
	zone_table_destroy(t);
	return at;
}

/* Minutes of the day; -1 if none is said. */
static int minutes_of(const struct reading *r)
{
	if (r->hour == UNSAID)
		return r->part != UNSAID ? r->part * 60 : -1;
	int hour = r->hour;
	bool after_noon = r->half_day == PM || (r->half_day == UNSAID && r->part >= AFTERNOON) ||
			  (r->part == NOON && hour > 0 && hour < 5);
	if (after_noon && hour < 12)
		hour += 12;
	else if (hour == 12 && r->part >= EVENING)
		hour = 24; /* 12 in the evening is midnight */
	else if (hour == 12 && r->half_day == AM)
		hour = 0;
	return hour * 60 + r->minute;
}

static bool fits(const struct origin *o, int day)
{
	return o->side == WHEN_NEAR || (o->side == WHEN_AHEAD ? day >= o->today : day <= o->today);
}

/* False if there is no such date. 29 February comes every 4 or 8 years. */
static bool day_of_typed_date(const struct reading *r, const struct origin *o, int *day)
{
	int year = r->year != UNSAID ? r->year : date_of_day(o->today).year,
	    reach = r->year != UNSAID ? 0 : 8;
	bool found = false;
	for (int y = year - reach; y <= year + reach; y++) {
		if (y < 1 || y > 9998 || r->date > days_in_month(y, r->month))
			continue;
		int here = day_of_date(y, r->month, r->date);
		if (reach && !fits(o, here))
			continue;
		if (!found || ABS(here - o->today) < ABS(*day - o->today))
			*day = here;
		found = true;
	}
	return found;
}

static int day_of_weekday(const struct reading *r, const struct origin *o)
{
	int now = weekday_of_day(o->today);
	int weeks = r->next ? r->next : r->day != UNSAID ? r->day / 7 : 0;
	if (weeks) /* weeks begin on Monday */
		return o->today + 7 * weeks - now + r->weekday;
	if (r->last)
		return o->today - (now - r->weekday + 6) % 7 - 1;
	if (o->side == WHEN_BEHIND)
		return o->today - (now - r->weekday + 7) % 7;
	return o->today + (r->weekday - now + 6) % 7 + 1;
}

/* The day that is meant; `*said` false if none is. */
static bool find_day(struct reading *r, const struct origin *o, int *day, bool *said)
{
	bool dated = r->date != UNSAID, near = r->day != UNSAID, week = near && r->day && r->day % 7 == 0;
	*said = dated || near || r->weekday != UNSAID;
	if (dated && (near || !day_of_typed_date(r, o, day)))
		return false;
	if (!dated && near)
		*day = o->today + r->day;
	if (r->weekday == UNSAID)
		return true;
	if (!dated && (!near || week)) {
		*day = day_of_weekday(r, o);
		return true;
	}
	r->fault = WHEN_OTHER_DAY;
	return weekday_of_day(*day) == r->weekday;
}

static bool reckon_span(const struct reading *r, const struct origin *o, int minutes, struct when_meant *m)
{
	gint64 at = o->now + r->span;
	if (!time_is_sane(at))
		return false;
	if (minutes >= 0) /* "in 2 days at 9": the day, then the time */
		at = utc_of(o, day_of_local(at + zone_offset(o->zone, at)), minutes);
	*m = (struct when_meant){at, at, at};
	return true;
}

/* The next time that the clock shows so, or the last. */
static gint64 reckon_time(const struct origin *o, int minutes)
{
	gint64 at = utc_of(o, o->today, minutes);
	if (o->side == WHEN_BEHIND && at > o->now)
		return utc_of(o, o->today - 1, minutes);
	return o->side != WHEN_BEHIND && at <= o->now ? utc_of(o, o->today + 1, minutes) : at;
}

static bool reckon(struct reading *r, const struct origin *o, struct when_meant *m)
{
	int minutes = minutes_of(r), day = 0;
	bool named;
	if (!find_day(r, o, &day, &named) || (r->spans && named) || !(r->spans || named || minutes >= 0))
		return false;
	if (r->spans)
		return reckon_span(r, o, minutes, m);
	m->at = named ? utc_of(o, day, minutes < 0 ? MORNING * 60 : minutes) : reckon_time(o, minutes);
	m->begin = minutes < 0 ? utc_of(o, day, 0) : m->at;
	m->end = minutes < 0 ? utc_of(o, day + 1, 0) : m->at;
	return true;
}

bool when_parse_side(const char *text, enum when_side side, gint64 now, GTimeZone *zone,
		     struct when_meant *meant, GError **error)
{
	struct reading r = {.fault = WHEN_UNREAD};
	if (!g_utf8_validate(text, -1, NULL) || strlen(text) > 200 || !time_is_sane(now))
		return fail_reading(&r, error);
	g_autofree char *typed = when_plain(text);
	struct origin o = {now, zone, day_of_local(now + zone_offset(zone, now)), side};
	struct when_meant found;
	if (!when_read(&r, typed) || !reckon(&r, &o, &found))
		return fail_reading(&r, error);
	if (side == WHEN_AHEAD && found.at <= now)
		return fail(error, _("this time is past"));
	if (!time_is_sane(found.at) || !time_is_sane(found.end))
		return fail(error, _("this time is too far away"));
	*meant = found;
	return true;
}

bool when_parse(const char *text, gint64 now, GTimeZone *zone, gint64 *at, GError **error)
{
	struct when_meant meant;
	if (!when_parse_side(text, WHEN_AHEAD, now, zone, &meant, error))
		return false;
	*at = meant.at;
	return true;
}
