/* SPDX-License-Identifier: MIT */
#include "domain/when_parse.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "domain/when_words.h"

#include <string.h>

#include "domain/banned.h"

#define MORNING 9 /* the hour of a day that is named without one */

/* What was read so far. -1: not said. */
struct reading {
	const char *p;
	int today; /* number of the day */
	int day, weekday;
	int year, month, date;
	int hour, minute;
	int half_day;  /* AM or PM */
	int part;      /* hour of a part of the day */
	gint64 number; /* a number whose meaning the next word gives */
	bool next, ahead, spans;
	gint64 span;
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

/* Lower case without marks; digits and colons as in ASCII; 星期, 礼拜 and 週 become 周. */
static char *plain(const char *text)
{
	g_autofree char *wide = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
	g_autofree char *lower = wide ? g_utf8_strdown(wide, -1) : g_strdup("");
	GString *out = g_string_new(NULL);
	for (const char *p = lower; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_ismark(c))
			continue;
		g_string_append_unichar(out, c == 0x9031 /* 週 */   ? 0x5468
					     : c == 0x9ede /* 點 */ ? 0x70b9
								    : c);
	}
	g_string_replace(out, "星期", "周", 0);
	g_string_replace(out, "礼拜", "周", 0);
	g_string_replace(out, "禮拜", "周", 0);
	return g_string_free(out, false);
}

/* Up to four digits; false if there are more, or none. */
static bool read_number(const char **p, int *n)
{
	int digits = 0;
	for (*n = 0; g_ascii_isdigit(**p); ++*p) {
		if (++digits > 4)
			return false;
		*n = *n * 10 + (**p - '0');
	}
	return digits > 0;
}

static bool starts(const char **p, const char *text)
{
	if (!g_str_has_prefix(*p, text))
		return false;
	*p += strlen(text);
	return true;
}

static bool set_time(struct reading *r, int hour, int minute)
{
	if (r->hour >= 0 || hour > 24 || minute > 59 || (hour == 24 && minute))
		return false;
	r->hour = hour;
	r->minute = minute;
	return true;
}

static bool set_date(struct reading *r, int year, int month, int date)
{
	if (r->date >= 0 || month < 1 || month > 12 || date < 1 || date > 31)
		return false;
	r->year = year >= 0 && year < 100 ? year + 2000 : year;
	r->month = month;
	r->date = date;
	return true;
}

/* "2026-11-23", "2026年11月23日" after its year. */
static bool read_iso(struct reading *r, int year)
{
	int month, date;
	r->p += strlen(*r->p == '-' ? "-" : *r->p == '/' ? "/" : "年");
	if (!read_number(&r->p, &month))
		return false;
	if (!starts(&r->p, "-") && !starts(&r->p, "/") && !starts(&r->p, "月"))
		return false;
	if (!read_number(&r->p, &date))
		return false;
	if (!starts(&r->p, "日"))
		starts(&r->p, "号");
	return set_date(r, year, month, date);
}

/* "23.11.", "23.11.2026", "23/11", "23-11": day before month; "9.30" is a time, as no month is 30. */
static bool read_pair(struct reading *r, int first)
{
	char sign = *r->p++;
	int second, year = -1, width = (int)strspn(r->p, "0123456789");
	if (sign == '.' && width == 0) { /* "23." before a month's name */
		r->number = first;
		return true;
	}
	if (!read_number(&r->p, &second))
		return false;
	if (*r->p == sign && g_ascii_isdigit(r->p[1])) {
		r->p++;
		return read_number(&r->p, &year) && set_date(r, year, second, first);
	}
	bool dated = *r->p == sign;
	r->p += dated;
	if (sign == '.' && !dated && width == 2 &&
	    (second == 0 || second > 12 || r->date >= 0 || r->day >= 0 || r->weekday >= 0))
		return set_time(r, first, second);
	return set_date(r, -1, second, first);
}

static bool read_cjk_time(struct reading *r, int hour)
{
	int minute = 0;
	starts(&r->p, "钟");
	starts(&r->p, "鐘");
	if (starts(&r->p, "半"))
		minute = 30;
	else if (g_ascii_isdigit(*r->p) &&
		 (!read_number(&r->p, &minute) || (!starts(&r->p, "分") && minute > 59)))
		return false;
	return set_time(r, hour, minute);
}

static bool read_digits(struct reading *r)
{
	int n, minute, date;
	if (r->number >= 0 && !set_time(r, (int)r->number, 0)) /* two numbers: the first was a time */
		return false;
	r->number = -1;
	if (!read_number(&r->p, &n))
		return false;
	if (n >= 1000 && (*r->p == '-' || *r->p == '/' || g_str_has_prefix(r->p, "年")))
		return read_iso(r, n);
	if (starts(&r->p, ":") || (*r->p == 'h' && g_ascii_isdigit(r->p[1]) && starts(&r->p, "h")))
		return read_number(&r->p, &minute) && set_time(r, n, minute);
	if (starts(&r->p, "点") || starts(&r->p, "时"))
		return read_cjk_time(r, n);
	if (starts(&r->p, "月")) {
		bool ok = read_number(&r->p, &date) && set_date(r, -1, n, date);
		return ok && (starts(&r->p, "日") || starts(&r->p, "号") || starts(&r->p, "號") || true);
	}
	if (*r->p == '.' || ((*r->p == '/' || *r->p == '-') && g_ascii_isdigit(r->p[1])))
		return read_pair(r, n);
	r->number = n;
	return true;
}

static bool read_span(struct reading *r, gint64 unit)
{
	if (r->number < 0) { /* "next week", 下周 */
		if (!r->next || unit != 7 * DAY_MS)
			return false;
		r->day = 7;
		r->next = false;
		return true;
	}
	r->span += r->number * unit;
	r->spans = true;
	r->ahead = false;
	r->number = -1;
	return true;
}

static bool set_once(int *field, gint64 value)
{
	bool ok = *field < 0;
	*field = (int)value;
	return ok;
}

static bool apply_word(struct reading *r, const struct when_word *w)
{
	switch (w->meaning) {
	case NOISE:
	case AFTER:
		return true;
	case AHEAD:
		r->ahead = true;
		return true;
	case DAY:
		return set_once(&r->day, w->value);
	case MORROW:
		return r->day >= 0 || r->weekday >= 0 ? set_once(&r->part, MORNING)
						      : set_once(&r->day, w->value);
	case WEEKDAY:
		return set_once(&r->weekday, w->value);
	case NEXT:
		r->next = true;
		return true;
	case PART:
		return set_once(&r->part, w->value);
	case AM:
	case PM:
		r->part = (int)w->value;
		return set_once(&r->half_day, w->meaning);
	case MONTH: {
		bool ok = r->number > 0 && set_date(r, -1, (int)w->value, (int)r->number);
		if (r->number < 0 && r->date < 0) { /* "nov 23": the day follows */
			r->month = (int)w->value;
			return true;
		}
		r->number = -1;
		return ok;
	}
	case SPAN:
		return read_span(r, w->value);
	case HALF:
		return false;
	}
	return false;
}

static bool read_all(struct reading *r)
{
	while (*r->p) {
		gsize length;
		const struct when_word *w;
		if (g_ascii_isspace(*r->p) || strchr(",.'", *r->p)) {
			r->p++;
		} else if (*r->p == '+' && g_ascii_isdigit(r->p[1])) {
			r->ahead = true;
			r->p++;
		} else if (g_ascii_isdigit(*r->p)) {
			bool month_open = r->month > 0 && r->date < 0;
			if (!read_digits(r))
				return false;
			if (month_open && r->number > 0) {
				int month = r->month;
				if (!set_date(r, -1, month, (int)r->number))
					return false;
				r->number = -1;
			}
		} else if ((w = when_word_find(r->p, &length))) {
			r->p += length;
			if (!apply_word(r, w))
				return false;
		} else {
			return false;
		}
	}
	if (r->number >= 0)
		return !r->ahead && set_time(r, (int)r->number, 0);
	return r->month < 0 || r->date > 0;
}

static gint64 utc_of(int day, int minutes, GTimeZone *zone)
{
	struct zone_table *t = zone_table_create(zone);
	gint64 at = zone_table_utc(t, day * DAY_MS + minutes * MINUTE_MS);
	zone_table_destroy(t);
	return at;
}

/* Minutes of the day; -1 if none is said. */
static int minutes_of(const struct reading *r)
{
	if (r->hour < 0)
		return r->part >= 0 ? r->part * 60 : -1;
	int hour = r->hour;
	bool evening = r->half_day == PM || (r->half_day < 0 && r->part >= 13);
	if (evening && hour < 12)
		hour += 12;
	else if (r->half_day == AM && hour == 12)
		hour = 0;
	return hour * 60 + r->minute;
}

/* The day that is meant; -1 if the date isn't one, -2 if none is said. */
static int day_of(const struct reading *r)
{
	if (r->date > 0) {
		int year = r->year >= 0 ? r->year : date_of_day(r->today).year;
		for (int i = 0; i < (r->year >= 0 ? 1 : 8);
		     i++, year++) { /* 29 February comes every 4 or 8 years */
			if (r->date > days_in_month(year, r->month))
				continue;
			int day = day_of_date(year, r->month, r->date);
			if (r->year >= 0 || day >= r->today)
				return day;
		}
		return -1;
	}
	if (r->day >= 0 && r->weekday < 0)
		return r->today + r->day;
	if (r->weekday < 0)
		return -2;
	int now = weekday_of_day(r->today), ahead = (r->weekday - now + 6) % 7 + 1;
	if (r->next || r->day == 7) /* of the coming week, which begins on Monday */
		ahead = 7 - now + r->weekday;
	return r->today + ahead;
}

static bool reckon(const struct reading *r, gint64 now, GTimeZone *zone, gint64 *at)
{
	int minutes = minutes_of(r), day = day_of(r);
	if (day == -1)
		return false;
	if (r->spans) {
		if (day != -2)
			return false;
		*at = now + r->span;
		/* "in 2 days at 9": the day, then the time. */
		if (minutes >= 0)
			*at = utc_of(day_of_local(*at + zone_offset(zone, *at)), minutes, zone);
		return true;
	}
	if (day == -2 && minutes < 0)
		return false;
	*at = utc_of(day == -2 ? r->today : day, minutes < 0 ? MORNING * 60 : minutes, zone);
	if (day == -2 && *at <= now)
		*at = utc_of(r->today + 1, minutes, zone);
	return true;
}

bool when_parse(const char *text, gint64 now, GTimeZone *zone, gint64 *at, GError **error)
{
	if (!g_utf8_validate(text, -1, NULL) || strlen(text) > 200 || !time_is_sane(now))
		return fail(error, _("this can't be read as a time"));
	g_autofree char *typed = plain(text);
	struct reading r = {.p = typed,
			    .today = day_of_local(now + zone_offset(zone, now)),
			    .day = -1,
			    .weekday = -1,
			    .year = -1,
			    .month = -1,
			    .date = -1,
			    .hour = -1,
			    .half_day = -1,
			    .part = -1,
			    .number = -1};
	gint64 found;
	if (!read_all(&r) || !reckon(&r, now, zone, &found))
		return fail(error, _("this can't be read as a time"));
	if (found <= now)
		return fail(error, _("this time is past"));
	if (!time_is_sane(found))
		return fail(error, _("this time is too far away"));
	*at = found;
	return true;
}
