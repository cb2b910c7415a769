/* SPDX-License-Identifier: MIT */
#include "domain/calendar.h"

#include "domain/calendar_reading.h"
#include "domain/ini.h"
#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

static bool read_clock(const char **p, int *minute)
{
	int h, m;
	if (!read_number(p, 2, &h) || !read_char(p, ':') || !read_number(p, 2, &m))
		return false;
	*minute = h * 60 + m;
	return m < 60 && *minute <= 24 * 60;
}

static void skip_blanks(const char **p)
{
	while (g_ascii_isspace(**p))
		(*p)++;
}

/* "09:00-12:30, 13:30-17:00", "closed"; an end at 00:00 is midnight, the day's end. */
static bool read_opening(const char *text, struct opening *opening)
{
	struct opening o = {0};
	const char *p = text;
	if (g_str_equal(text, "closed")) {
		*opening = o;
		return true;
	}
	do {
		int from, to;
		skip_blanks(&p);
		if (o.count == OPENING_PARTS || !read_clock(&p, &from) || !read_char(&p, '-') ||
		    !read_clock(&p, &to))
			return false;
		to = to == 0 ? 24 * 60 : to;
		if (from >= to || (o.count && from < o.part[o.count - 1].to))
			return false;
		o.part[o.count].from = from;
		o.part[o.count++].to = to;
		skip_blanks(&p);
	} while (read_char(&p, ','));
	*opening = o;
	return !*p;
}

static bool bad_hours(const struct ini *ini, const char *group, const char *key, GError **error)
{
	return ini_fail(
	    ini, group, key, error,
	    _("hours are written like \"09:00-12:30, 13:30-17:00\", \"00:00-24:00\" or \"closed\", each "
	      "part within one day and after the one before"));
}

/* "mon" or "mon-fri" */
static bool read_weekdays(const char *key, int *from, int *to)
{
	const char *p = key;
	if (!read_weekday_name(&p, from))
		return false;
	*to = *from;
	if (read_char(&p, '-') && !read_weekday_name(&p, to))
		return false;
	return !*p && *from <= *to;
}

static bool parse_hours(struct reading *r, GError **error)
{
	g_auto(GStrv) keys = ini_keys(r->ini, "hours");
	for (int n = 0; keys[n]; n++) {
		int from, to;
		struct opening o;
		if (!read_weekdays(keys[n], &from, &to))
			return ini_fail(
			    r->ini, "hours", keys[n], error,
			    _("unknown key \"%s\"; there are: mon, tue, wed, thu, fri, sat, sun, and "
			      "several such as mon-fri"),
			    keys[n]);
		g_autofree char *value = ini_value(r->ini, "hours", keys[n]);
		if (!read_opening(value, &o))
			return bad_hours(r->ini, "hours", keys[n], error);
		for (int day = from; day <= to; day++)
			r->calendar->week[day] = o;
	}
	return true;
}

static bool parse_zone(struct reading *r, GError **error)
{
	static const char letters[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+-/";
	g_autofree char *zone = ini_value(r->ini, "calendar", "zone");
	if (!zone)
		return ini_fail(r->ini, "calendar", NULL, error,
				_("\"zone\" is missing, such as Europe/Amsterdam"));
	/* The name becomes a file's path inside GLib: no way out of the zone folder. */
	if (*zone != '/' && strspn(zone, letters) == strlen(zone))
		r->calendar->zone = g_time_zone_new_identifier(zone);
	if (!r->calendar->zone)
		return ini_fail(r->ini, "calendar", "zone", error,
				_("unknown time zone \"%s\": write a name such as Europe/Amsterdam"), zone);
	r->calendar->table = zone_table_create(r->calendar->zone);
	return true;
}

static bool parse_head(struct reading *r, GError **error)
{
	static const char *const known[] = {"title", "zone", "substitute", NULL};
	if (!ini_line(r->ini, "calendar", NULL))
		return ini_fail(r->ini, "calendar", NULL, error, _("the group [calendar] is missing"));
	if (!ini_only(r->ini, "calendar", known, error) || !parse_zone(r, error))
		return false;
	g_autofree char *rule = ini_value(r->ini, "calendar", "substitute");
	if (g_strcmp0(rule, "next") == 0)
		r->substitute = SUBSTITUTE_NEXT;
	else if (g_strcmp0(rule, "nearest") == 0)
		r->substitute = SUBSTITUTE_NEAREST;
	else if (rule && !g_str_equal(rule, "none"))
		return ini_fail(
		    r->ini, "calendar", "substitute", error,
		    _("\"%s\" is none of: none, next (the next open day), nearest (Saturday to Friday, "
		      "Sunday to Monday)"),
		    rule);
	return true;
}

/* [working-days]: days that are open though their weekday, or a holiday, says otherwise. */
static bool parse_working(struct reading *r, GError **error)
{
	static const char *const known[] = {"date#", "hours", NULL};
	if (!ini_only(r->ini, "working-days", known, error))
		return false;
	r->calendar->working = r->calendar->week[0];
	g_auto(GStrv) keys = ini_keys(r->ini, "working-days");
	for (int n = 0; keys[n]; n++) {
		g_autofree char *value = ini_value(r->ini, "working-days", keys[n]);
		const char *p = value;
		int day;
		if (g_str_equal(keys[n], "hours")) {
			if (!read_opening(value, &r->calendar->working))
				return bad_hours(r->ini, "working-days", keys[n], error);
		} else if (strchr(keys[n], '[')) {
			continue;
		} else if (!read_date(&p, &day) || (*p && *p != ' ')) {
			return ini_fail(r->ini, "working-days", keys[n], error,
					_("write it like \"%s\", not \"%s\""),
					"2026-02-14 Spring Festival make-up day", value);
		} else {
			mark_day(r->calendar, day, MARK_WORKING);
		}
	}
	return true;
}

static bool is_always(const struct calendar *c)
{
	for (int n = 0; n < 7; n++) {
		const struct opening *o = &c->week[n];
		if (o->count != 1 || o->part[0].from != 0 || o->part[0].to != 24 * 60)
			return false;
	}
	for (int n = 0; n < c->n_days; n++) {
		if (c->marks[n])
			return false;
	}
	return true;
}

static bool check_groups(const struct ini *ini, GError **error)
{
	static const char *const known[] = {"calendar", "hours", "holidays", "working-days", NULL};
	g_auto(GStrv) groups = ini_groups(ini);
	for (int n = 0; groups[n]; n++) {
		if (!g_strv_contains(known, groups[n]))
			return ini_fail(
			    ini, groups[n], NULL, error,
			    _("unknown group [%s]; there are: calendar, hours, holidays, working-days"),
			    groups[n]);
	}
	return true;
}

static bool parse_all(struct reading *r, GError **error)
{
	if (!check_groups(r->ini, error) || !parse_head(r, error) || !parse_hours(r, error) ||
	    !read_holidays(r, error))
		return false;
	place_substitutes(r);
	return parse_working(r, error);
}

struct calendar *calendar_parse(const char *name, const char *file, const char *text, gsize length,
				GError **error)
{
	g_autoptr(ini_auto) ini = ini_parse(file, text, length, error);
	if (!ini)
		return NULL;
	g_autoptr(calendar_auto) c = g_new0(struct calendar, 1);
	c->name = g_strdup(name);
	c->names = g_ptr_array_new_with_free_func(g_free);
	c->first_day = day_of_date(CALENDAR_FIRST_YEAR, 1, 1);
	c->n_days = day_of_date(CALENDAR_LAST_YEAR + 1, 1, 1) - c->first_day;
	c->marks = g_new0(guint16, c->n_days);
	g_autoptr(GArray) movable = g_array_new(false, false, sizeof(struct movable));
	struct reading r = {ini, c, SUBSTITUTE_NONE, movable};
	if (!parse_all(&r, error))
		return NULL;
	c->always = is_always(c);
	return g_steal_pointer(&c);
}
