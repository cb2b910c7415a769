/* SPDX-License-Identifier: MIT */
#include "domain/calendar.h"

#include "domain/calendar_days.h"
#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

/* A calendar closed for ten years never opens; nothing is reckoned further than a hundred. */
#define CLOSED_LIMIT 3653
#define DAY_LIMIT 36525

void calendar_destroy(struct calendar *c)
{
	if (!c)
		return;
	g_free(c->name);
	g_clear_pointer(&c->zone, g_time_zone_unref);
	zone_table_destroy(c->table);
	g_free(c->marks);
	g_clear_pointer(&c->names, g_ptr_array_unref);
	g_free(c);
}

const char *calendar_name(const struct calendar *c)
{
	return c->name;
}

GTimeZone *calendar_zone(const struct calendar *c)
{
	return c->zone;
}

bool calendar_set_zone(struct calendar *c, const char *zone)
{
	GTimeZone *found = g_time_zone_new_identifier(zone);
	if (!found)
		return false;
	g_time_zone_unref(c->zone);
	zone_table_destroy(c->table);
	c->zone = found;
	c->table = zone_table_create(found);
	return true;
}

static int mark_of(const struct calendar *c, int day)
{
	int n = day - c->first_day;
	return n >= 0 && n < c->n_days ? c->marks[n] : 0;
}

static const struct opening *opening_of(const struct calendar *c, int day)
{
	static const struct opening closed = {0};
	int mark = mark_of(c, day);
	if (!mark)
		return &c->week[weekday_of_day(day)];
	return mark == MARK_WORKING ? &c->working : &closed;
}

static bool is_open_day(const struct calendar *c, int day)
{
	return opening_of(c, day)->count > 0;
}

/* Why a day, or the rest of it, is closed. */
static char *closed_reason(const struct calendar *c, int day)
{
	int mark = mark_of(c, day);
	if (mark && mark != MARK_WORKING)
		return g_strdup_printf(_("holiday: %s"), (char *)g_ptr_array_index(c->names, mark - 1));
	if (!is_open_day(c, day) && weekday_of_day(day) >= 5)
		return g_strdup(_("weekend"));
	return g_strdup(_("closed"));
}

static gint64 day_begin(const struct calendar *c, int day)
{
	return zone_table_utc(c->table, day * DAY_MS);
}

static gint64 minute_of(const struct calendar *c, int day, int minute)
{
	return zone_table_utc(c->table, day * DAY_MS + minute * MINUTE_MS);
}

static int day_at(const struct calendar *c, gint64 at)
{
	return day_of_local(at + zone_table_offset(c->table, at));
}

/* Takes `reason`. A stretch like the one before it lengthens that one. */
static void add_stretch(GArray *way, gint64 from, gint64 to, bool counted, char *reason)
{
	struct stretch *last = way->len ? &g_array_index(way, struct stretch, way->len - 1) : NULL;
	if (from >= to) {
		g_free(reason);
	} else if (last && last->to == from && last->counted == counted &&
		   g_str_equal(last->reason, reason)) {
		last->to = to;
		g_free(reason);
	} else {
		struct stretch s = {from, to, counted, reason};
		g_array_append_val(way, s);
	}
}

/* Notes on the way that the calendar was closed from..to, a part of `day`. */
static void skip(const struct calendar *c, GArray *way, int day, gint64 from, gint64 to)
{
	if (way && from < to)
		add_stretch(way, from, to, false, closed_reason(c, day));
}

static gint64 due_after_hours(gint64 start, const struct span *span, GArray *way)
{
	gint64 due = start + span->amount;
	if (way)
		add_stretch(way, start, due, true, g_strdup(_("every hour counts, nights and weekends too")));
	return due;
}

static gint64 due_after_days(const struct calendar *c, gint64 start, const struct span *span, GArray *way)
{
	gint64 local = zone_table_local(c->table, start), due;
	if (span->to_day_end)
		due = day_begin(c, day_of_local(local) + (int)span->amount + 1) - 1;
	else
		due = zone_table_utc(c->table, local + span->amount * DAY_MS);
	if (way)
		add_stretch(
		    way, start, due, true,
		    g_strdup_printf(ngettext_("%d calendar day", "%d calendar days", (int)span->amount),
				    (int)span->amount));
	return due;
}

/* Notes business day `n` of `of`, from..to. */
static void count_day(GArray *way, gint64 from, gint64 to, int n, int of)
{
	if (way)
		add_stretch(way, from, to, true, g_strdup_printf(_("business day %d of %d"), n, of));
}

/*
 * A start on a closed day is taken as the end of the business day before it, so that the days counted are
 * whole ones and a later start is never due earlier.
 */
static gint64 due_after_business_days(const struct calendar *c, gint64 start, const struct span *span,
				      GArray *way)
{
	gint64 local = zone_table_local(c->table, start);
	int day = day_of_local(local), n = 0, closed = 0, of = (int)span->amount;
	bool to_end = span->to_day_end || !is_open_day(c, day);
	gint64 time_of_day = local - day * DAY_MS, at = day_begin(c, day + 1);
	if (!is_open_day(c, day))
		skip(c, way, day, start, at);
	else if (way)
		add_stretch(way, start, at, false, g_strdup(_("the first day isn't counted")));
	for (day++; closed < CLOSED_LIMIT; day++) {
		gint64 end = day_begin(c, day + 1);
		if (!is_open_day(c, day)) {
			skip(c, way, day, at, end);
			closed++;
		} else if (++n < of) {
			count_day(way, at, end, n, of);
			closed = 0;
		} else {
			gint64 due = to_end ? end - 1 : zone_table_utc(c->table, day * DAY_MS + time_of_day);
			count_day(way, at, due, n, of);
			return due;
		}
		at = end;
	}
	return G_MAXINT64;
}

/* Counts one day's opening hours from *at on; true when *left is used up, *at then being the due time. */
static bool count_hours(const struct calendar *c, int day, gint64 *at, gint64 *left, GArray *way)
{
	const struct opening *o = opening_of(c, day);
	for (int n = 0; n < o->count; n++) {
		gint64 from = MAX(*at, minute_of(c, day, o->part[n].from)),
		       to = minute_of(c, day, o->part[n].to);
		if (to <= from)
			continue;
		skip(c, way, day, *at, from);
		gint64 used = MIN(to - from, *left);
		if (way)
			add_stretch(way, from, from + used, true, g_strdup(_("shop open")));
		*at = from + used;
		*left -= used;
		if (!*left)
			return true;
	}
	gint64 end = day_begin(c, day + 1);
	skip(c, way, day, *at, end);
	*at = MAX(*at, end);
	return false;
}

static gint64 due_after_business_hours(const struct calendar *c, gint64 start, const struct span *span,
				       GArray *way)
{
	gint64 at = start, left = span->amount;
	int first = day_at(c, start), closed = 0;
	for (int day = first; closed < CLOSED_LIMIT && day - first < DAY_LIMIT; day++) {
		gint64 before = left;
		if (count_hours(c, day, &at, &left, way))
			return at;
		closed = left == before ? closed + 1 : 0;
	}
	return G_MAXINT64;
}

gint64 calendar_due(const struct calendar *c, gint64 start, const struct span *span, GArray *way)
{
	if (!time_is_sane(start))
		return G_MAXINT64;
	if (span->amount <= 0)
		return start;
	switch (span->unit) {
	case SPAN_DAYS:
		return due_after_days(c, start, span, way);
	case SPAN_BUSINESS_DAYS:
		return due_after_business_days(c, start, span, way);
	case SPAN_BUSINESS_HOURS:
		return due_after_business_hours(c, start, span, way);
	case SPAN_HOURS:
	case N_SPAN_UNITS:
		break;
	}
	return due_after_hours(start, span, way);
}

gint64 calendar_open_between(const struct calendar *c, gint64 from, gint64 to)
{
	if (!time_is_sane(from) || !time_is_sane(to) || from >= to)
		return 0;
	if (c->always)
		return to - from;
	gint64 open = 0;
	int first = day_at(c, from), last = MIN(day_at(c, to), first + DAY_LIMIT);
	for (int day = first; day <= last; day++) {
		const struct opening *o = opening_of(c, day);
		for (int n = 0; n < o->count; n++) {
			gint64 begin = MAX(from, minute_of(c, day, o->part[n].from));
			gint64 end = MIN(to, minute_of(c, day, o->part[n].to));
			open += MAX(0, end - begin);
		}
	}
	return open;
}

int calendar_business_days_between(const struct calendar *c, gint64 from, gint64 to)
{
	if (!time_is_sane(from) || !time_is_sane(to) || from >= to)
		return 0;
	int count = 0, first = day_at(c, from), last = MIN(day_at(c, to), first + DAY_LIMIT);
	for (int day = first + 1; day <= last; day++)
		count += is_open_day(c, day);
	return count;
}

gint64 calendar_next_change(const struct calendar *c, gint64 at)
{
	if (c->always || !time_is_sane(at))
		return G_MAXINT64;
	/* `end` is where the opening that `at` lies in ends, as far as seen; `at` itself while none is found.
	 */
	gint64 end = at;
	int first = day_at(c, at);
	for (int day = first; day - first < CLOSED_LIMIT; day++) {
		const struct opening *o = opening_of(c, day);
		for (int n = 0; n < o->count; n++) {
			gint64 from = minute_of(c, day, o->part[n].from),
			       to = minute_of(c, day, o->part[n].to);
			if (to <= at || to <= from)
				continue;
			if (from > end)
				return end > at ? end : from;
			end = to;
		}
		if (end > at && end < day_begin(c, day + 1))
			return end;
	}
	return G_MAXINT64;
}

gint64 calendar_day_end(const struct calendar *c, gint64 at, int days)
{
	if (!time_is_sane(at))
		return G_MAXINT64;
	return day_begin(c, day_at(c, at) + days + 1) - 1;
}
