/* SPDX-License-Identifier: MIT */
#include "domain/when_read.h"

#include "domain/days.h"
#include "domain/when_words.h"

#include <string.h>

#include "domain/banned.h"

#define MORNING 9
#define FEW_HOURS 4 /* "1h30": nobody means half past one at night */
#define LONGEST_SPAN (3660 * DAY_MS)

static bool said(int field)
{
	return field != UNSAID;
}

static bool set_once(int *field, gint64 value)
{
	bool ok = !said(*field);
	*field = (int)value;
	return ok;
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
	if (said(r->hour) || hour > 24 || minute > 59 || (hour == 24 && minute))
		return false;
	r->hour = hour;
	r->minute = minute;
	return true;
}

static bool set_year(struct reading *r, int year)
{
	return set_once(&r->year, year < 100 ? year + 2000 : year);
}

static bool set_date(struct reading *r, int month, int date)
{
	if (said(r->date) || month < 1 || month > 12 || date < 1 || date > 31)
		return false;
	r->month = month;
	r->date = date;
	return true;
}

/* A number waits for the word behind it: behind "nov" it is the day, behind a date the year. */
static bool take_number(struct reading *r, int n)
{
	static const char *const ordinals[] = {"st", "nd", "rd", "th", "ste", "de", "e"};
	for (gsize i = 0; i < G_N_ELEMENTS(ordinals); i++) {
		gsize length = strlen(ordinals[i]);
		if (g_str_has_prefix(r->p, ordinals[i]) && !g_ascii_isalpha(r->p[length]))
			r->p += length;
	}
	if (said(r->month) && !said(r->date))
		return set_date(r, r->month, n);
	if (said(r->date) && n >= 1000)
		return set_year(r, n);
	r->number = n;
	return true;
}

/* "2026-11-23", "2026.11.23", "2026年11月23日" after its year. */
static bool read_iso(struct reading *r, int year)
{
	int month, date;
	r->p = g_utf8_next_char(r->p);
	if (!read_number(&r->p, &month))
		return false;
	if (!starts(&r->p, "-") && !starts(&r->p, "/") && !starts(&r->p, ".") && !starts(&r->p, "月"))
		return false;
	if (!read_number(&r->p, &date))
		return false;
	if (!starts(&r->p, "日"))
		starts(&r->p, "号");
	return set_year(r, year) && set_date(r, month, date);
}

/* "23.11.", "23.11.2026", "23/11", "23-11": day before month; "9.30" is a time, as no month is 30. */
static bool read_pair(struct reading *r, int first)
{
	char sign = *r->p++;
	int second, year, width = (int)strspn(r->p, "0123456789");
	if (sign == '.' && width == 0) /* "23." before a month's name */
		return take_number(r, first);
	if (!read_number(&r->p, &second))
		return false;
	if (*r->p == sign && g_ascii_isdigit(r->p[1])) {
		r->p++;
		return read_number(&r->p, &year) && set_year(r, year) && set_date(r, second, first);
	}
	bool dated = *r->p == sign;
	r->p += dated;
	if (sign == '.' && !dated && width == 2 &&
	    (second == 0 || second > 12 || r->at || said(r->date) || said(r->day) || said(r->weekday)))
		return set_time(r, first, second);
	return set_date(r, second, first);
}

static bool read_cjk_time(struct reading *r, int hour)
{
	int minute = 0;
	starts(&r->p, "钟");
	if (starts(&r->p, "半")) {
		minute = 30;
	} else if (g_ascii_isdigit(*r->p)) {
		if (!read_number(&r->p, &minute))
			return false;
		if (starts(&r->p, "刻"))
			minute *= 15;
		else
			starts(&r->p, "分");
	}
	return set_time(r, hour, minute);
}

static bool read_cjk_date(struct reading *r, int month)
{
	int date;
	if (!read_number(&r->p, &date))
		return false;
	if (!starts(&r->p, "日"))
		starts(&r->p, "号");
	return set_date(r, month, date);
}

/* "9u30" is a time; "1h30" may be a span, "1h30m" is one. */
static bool read_hours(struct reading *r, int hour)
{
	const char *behind = r->p + 1;
	int minute;
	bool minutes = read_number(&behind, &minute);
	if (*r->p == 'h' && minutes && *behind == 'm') {
		r->number = hour;
		return true;
	}
	bool loose = *r->p == 'h';
	r->p = behind;
	if (!minutes || minute > 59)
		return false;
	if (!loose)
		return set_time(r, hour, minute);
	r->loose_span = true;
	r->loose_minute = minute;
	return set_once(&r->loose_hour, hour);
}

/* Of two numbers side by side the first was a time. */
static bool settle_number(struct reading *r)
{
	int n = r->number;
	r->number = UNSAID;
	if (!said(n))
		return true;
	return !r->half && !r->article && !r->ahead && set_time(r, n, 0);
}

static bool read_digits(struct reading *r)
{
	int n, minute;
	if (!settle_number(r) || !read_number(&r->p, &n))
		return false;
	if (n >= 1000 && (*r->p == '-' || *r->p == '/' || *r->p == '.' || g_str_has_prefix(r->p, "年")) &&
	    !g_str_equal(r->p, "."))
		return read_iso(r, n);
	if (starts(&r->p, ":"))
		return read_number(&r->p, &minute) && set_time(r, n, minute);
	if ((*r->p == 'h' || *r->p == 'u') && g_ascii_isdigit(r->p[1]))
		return read_hours(r, n);
	if (starts(&r->p, "点") || starts(&r->p, "时"))
		return read_cjk_time(r, n);
	if (starts(&r->p, "月"))
		return read_cjk_date(r, n);
	if (*r->p == '.' || ((*r->p == '/' || *r->p == '-') && g_ascii_isdigit(r->p[1])))
		return read_pair(r, n);
	return take_number(r, n);
}

/* --- words ---------------------------------------------------------------------------------------- */

/* "next week", "settimana prossima", 下周 have no number; "in a week", "po valandos" need none. */
static bool read_span(struct reading *r, gint64 unit)
{
	gint64 n = said(r->number) ? r->number : r->half ? 0 : 1;
	if (said(r->loose_hour) && unit == MINUTE_MS && !said(r->loose_minute) && said(r->number)) {
		r->loose_minute = r->number; /* "9 val. 30 min." */
		r->number = UNSAID;
		return r->loose_minute < 60;
	}
	if (!said(r->number) && !r->half && !r->ahead) {
		bool ok = unit == 7 * DAY_MS && !r->week;
		r->week = true;
		return ok;
	}
	r->span += n * unit + (r->half ? unit / 2 : 0);
	r->spans = true;
	r->ahead = r->half = r->article = false;
	r->number = UNSAID;
	return r->span <= LONGEST_SPAN;
}

/* "half an hour" and "een half uur" are one half, 一个半小时 is one and a half. */
static bool read_half(struct reading *r)
{
	if (r->article)
		r->number = UNSAID;
	bool ok = !r->half;
	r->half = true;
	return ok;
}

static bool read_article(struct reading *r)
{
	if (r->half)
		return true;
	r->article = true;
	return set_once(&r->number, 1);
}

static bool read_month(struct reading *r, int month)
{
	if (said(r->month) || r->half || r->article)
		return false;
	if (said(r->number) && r->number < 1000) {
		int date = r->number;
		r->number = UNSAID;
		return set_date(r, month, date);
	}
	/* "nov 23": the day follows. */
	r->month = month;
	int year = r->number;
	r->number = UNSAID;
	return !said(year) || set_year(r, year);
}

static bool read_hour_word(struct reading *r, const struct when_word *w)
{
	if (!said(r->number)) {
		if (r->ahead || r->half)
			return read_span(r, HOUR_MS);
		r->at = true;
		return true;
	}
	if (w->meaning == SPAN_HOURS || r->half || r->article)
		return read_span(r, HOUR_MS);
	int hour = r->number;
	r->number = UNSAID;
	return set_once(&r->loose_hour, hour);
}

static bool read_mark(struct reading *r, const struct when_word *w)
{
	int year = r->number;
	if (w->meaning == YEAR_MARK) {
		if (!said(year) || year < 1000 || r->ahead)
			return read_span(r, MINUTE_MS);
		r->number = UNSAID;
		return set_year(r, year);
	}
	if (said(r->date) && !said(r->number))
		return true;
	return w->value ? read_span(r, w->value) : set_once(&r->part, 12);
}

static bool read_ago(struct reading *r, const struct when_word *w)
{
	if (w->value && said(r->number))
		return read_month(r, (int)w->value);
	bool ok = w->meaning == BEFORE || r->spans;
	r->ahead |= w->meaning == BEFORE && *r->p == ' '; /* prieš valandą */
	r->ago = true;
	return ok;
}

/* Of a day, with the words that say how far it is. */
static bool apply_day(struct reading *r, const struct when_word *w)
{
	switch (w->meaning) {
	case DAY:
		return set_once(&r->day, w->value);
	case DAY_PART: {
		int hour = (int)(w->value % 100 + 100) % 100;
		return set_once(&r->day, (w->value - hour) / 100) && set_once(&r->part, hour);
	}
	case MORROW:
		return said(r->day) || said(r->weekday) || said(r->date) ? set_once(&r->part, MORNING)
									 : set_once(&r->day, w->value);
	case WEEKDAY:
		return set_once(&r->weekday, w->value);
	case NEXT:
		r->next += (int)w->value;
		return true;
	case LAST:
		r->last = true;
		return true;
	case MONTH:
		return read_month(r, (int)w->value);
	default:
		return false;
	}
}

static bool apply_word(struct reading *r, const struct when_word *w)
{
	switch (w->meaning) {
	case NOISE:
	case AFTER:
		return true;
	case AT:
		r->at = true;
		return true;
	case AHEAD:
		r->ahead = true;
		return true;
	case AGO:
	case BEFORE:
		return read_ago(r, w);
	case PART:
		return set_once(&r->part, w->value);
	case AM:
	case PM:
		r->part = (int)w->value;
		return set_once(&r->half_day, w->meaning);
	case SPAN:
		return read_span(r, w->value);
	case HOURS:
	case SPAN_HOURS:
		return read_hour_word(r, w);
	case YEAR_MARK:
	case DATE_MARK:
		return read_mark(r, w);
	case NUMBER:
		return settle_number(r) && take_number(r, (int)w->value);
	case ARTICLE:
		return read_article(r);
	case HALF:
		return read_half(r);
	default:
		return apply_day(r, w);
	}
}

static bool read_next(struct reading *r)
{
	gsize length;
	if (g_ascii_isspace(*r->p) || strchr(",.'", *r->p)) {
		r->p++;
		return true;
	}
	if (*r->p == '+' && g_ascii_isdigit(r->p[1])) {
		r->ahead = true;
		r->p++;
		return true;
	}
	if (g_ascii_isdigit(*r->p))
		return read_digits(r);
	const struct when_word *w = when_word_find(r->p, &length);
	r->p += w ? length : 0;
	return w && apply_word(r, w);
}

/* --- what was left open ------------------------------------------------------------------------------ */

/* "9 uur", "9 val.": an hour of the day where a day is named or nobody counts so many, hours behind "in". */
static bool settle_loose(struct reading *r)
{
	bool dated = r->at || said(r->date) || said(r->day) || said(r->weekday) || said(r->part) || r->week;
	if (said(r->number) && said(r->loose_hour) && !said(r->loose_minute)) { /* "9 uur 30" */
		r->loose_minute = r->number;
		r->number = UNSAID;
	}
	if (!said(r->loose_hour))
		return true;
	int minute = said(r->loose_minute) ? r->loose_minute : 0;
	if (r->ahead || (!dated && r->loose_span && r->loose_hour <= FEW_HOURS)) {
		r->ahead = false;
		r->spans = true;
		r->span += r->loose_hour * HOUR_MS + minute * MINUTE_MS;
		return true;
	}
	if ((dated || (r->loose_hour > 12 && !r->loose_span)) && (r->at || !r->spans))
		return set_time(r, r->loose_hour, minute);
	r->fault = WHEN_UNCLEAR;
	return false;
}

/* "next week" is a day of that week: the same as today, if none is named. */
static bool settle_week(struct reading *r)
{
	if (!r->week)
		return true;
	int weeks = r->next ? r->next : r->last ? -1 : 0;
	r->next = 0;
	r->last = false;
	return weeks && set_once(&r->day, 7 * weeks);
}

bool when_read(struct reading *r, const char *plain)
{
	*r = (struct reading){.p = plain,
			      .day = UNSAID,
			      .weekday = UNSAID,
			      .year = UNSAID,
			      .month = UNSAID,
			      .date = UNSAID,
			      .hour = UNSAID,
			      .half_day = UNSAID,
			      .part = UNSAID,
			      .number = UNSAID,
			      .loose_hour = UNSAID,
			      .loose_minute = UNSAID};
	while (*r->p) {
		if (!read_next(r))
			return false;
	}
	if (!settle_loose(r) || !settle_number(r) || !settle_week(r))
		return false;
	if (r->ago && r->spans)
		r->span = -r->span;
	bool day_of_week = said(r->weekday) || (!r->next && !r->last);
	bool whole_date = said(r->date) || (!said(r->month) && !said(r->year));
	return !r->half && day_of_week && whole_date && (!r->ahead || r->ago);
}
