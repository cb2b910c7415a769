/* SPDX-License-Identifier: MIT */
#include "domain/calendar_reading.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

/* A holiday longer than this is a slip of the pen. */
#define LONGEST_HOLIDAY 62
#define MOST_NAMES 4000

static const char *const weekday_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const ordinals[] = {"first", "second", "third", "fourth", "last"};
#define ORDINAL_LAST 4

bool read_number(const char **p, int most, int *number)
{
	int n = 0, digits = 0;
	for (; digits < most && g_ascii_isdigit(**p); digits++)
		n = n * 10 + *(*p)++ - '0';
	*number = n;
	return digits > 0;
}

bool read_char(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

bool read_date(const char **p, int *day)
{
	int y, m, d;
	if (!read_number(p, 4, &y) || !read_char(p, '-') || !read_number(p, 2, &m) || !read_char(p, '-') ||
	    !read_number(p, 2, &d))
		return false;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > days_in_month(y, m))
		return false;
	*day = day_of_date(y, m, d);
	return true;
}

/* One of `names` at *p, ended by a blank, "-" or the text's end. */
static bool read_name(const char **p, const char *const *names, int count, int *found)
{
	gsize length = strspn(*p, "abcdefghijklmnopqrstuvwxyz");
	for (int n = 0; n < count; n++) {
		if (strlen(names[n]) == length && strncmp(*p, names[n], length) == 0) {
			*p += length;
			*found = n;
			return true;
		}
	}
	return false;
}

bool read_weekday_name(const char **p, int *weekday)
{
	return read_name(p, weekday_names, 7, weekday);
}

void mark_day(struct calendar *c, int day, int mark)
{
	int n = day - c->first_day;
	if (n >= 0 && n < c->n_days)
		c->marks[n] = (guint16)mark;
}

static int add_name(struct calendar *c, const char *name)
{
	g_ptr_array_add(c->names, g_strdup(name));
	return (int)c->names->len;
}

static void add_movable(struct reading *r, int day, int name)
{
	struct movable m = {day, name};
	mark_day(r->calendar, day, name);
	g_array_append_val(r->movable, m);
}

/* The four ways to write a holiday. Each reads at *p, marks the days and leaves *p at the name's end. */
typedef bool read_holiday_fn(struct reading *r, const char **p, int name);

static bool read_dates(struct reading *r, const char **p, int name)
{
	int first, last;
	if (!read_date(p, &first))
		return false;
	last = first;
	if (g_str_has_prefix(*p, "..")) {
		*p += 2;
		if (!read_date(p, &last) || last < first || last - first > LONGEST_HOLIDAY)
			return false;
	}
	for (int day = first; day <= last; day++)
		mark_day(r->calendar, day, name);
	return true;
}

static bool read_yearly(struct reading *r, const char **p, int name)
{
	int m, d;
	if (!read_number(p, 2, &m) || !read_char(p, '-') || !read_number(p, 2, &d))
		return false;
	if (m < 1 || m > 12 || d < 1 || d > days_in_month(2000, m))
		return false;
	for (int year = CALENDAR_FIRST_YEAR; year <= CALENDAR_LAST_YEAR; year++) {
		if (d <= days_in_month(year, m))
			add_movable(r, day_of_date(year, m, d), name);
	}
	return true;
}

static bool read_easter(struct reading *r, const char **p, int name)
{
	int days, sign = read_char(p, '-') ? -1 : 1;
	if (sign > 0)
		read_char(p, '+');
	if (!read_number(p, 3, &days) || days > 200)
		return false;
	for (int year = CALENDAR_FIRST_YEAR; year <= CALENDAR_LAST_YEAR; year++)
		mark_day(r->calendar, easter_of_year(year) + sign * days, name);
	return true;
}

/* "first mon 05", "last mon 05" */
static bool read_weekday(struct reading *r, const char **p, int name)
{
	int nth, weekday, month;
	if (!read_name(p, ordinals, G_N_ELEMENTS(ordinals), &nth) || !read_char(p, ' ') ||
	    !read_weekday_name(p, &weekday) || !read_char(p, ' ') || !read_number(p, 2, &month) ||
	    month < 1 || month > 12)
		return false;
	for (int year = CALENDAR_FIRST_YEAR; year <= CALENDAR_LAST_YEAR; year++) {
		int first = day_of_date(year, month, 1), last = first + days_in_month(year, month) - 1;
		int day = nth == ORDINAL_LAST ? last - (weekday_of_day(last) - weekday + 7) % 7
					      : first + (weekday - weekday_of_day(first) + 7) % 7 + nth * 7;
		mark_day(r->calendar, day, name);
	}
	return true;
}

static const struct holiday_form {
	const char *prefix; /* of the key; a number follows */
	read_holiday_fn *read;
	const char *example;
} forms[] = {
    {"date", read_dates, "2026-05-04 Early May bank holiday"},
    {"yearly", read_yearly, "12-25 Christmas Day"},
    {"easter", read_easter, "-2 Good Friday"},
    {"weekday", read_weekday, "last mon 05 Spring bank holiday"},
};

static const struct holiday_form *form_of(const char *key)
{
	for (gsize n = 0; n < G_N_ELEMENTS(forms); n++) {
		if (g_str_has_prefix(key, forms[n].prefix))
			return &forms[n];
	}
	return NULL;
}

static bool parse_holiday(struct reading *r, const char *key, GError **error)
{
	const struct holiday_form *form = form_of(key);
	if (!form || r->calendar->names->len >= MOST_NAMES)
		return ini_fail(r->ini, "holidays", key, error, _("too many holidays"));
	g_autofree char *value = ini_value(r->ini, "holidays", key);
	g_autofree char *title = ini_localised(r->ini, "holidays", key);
	const char *p = value;
	if (!form->read(r, &p, add_name(r->calendar, "")) || *p++ != ' ' || !*p)
		return ini_fail(r->ini, "holidays", key, error, _("write it like \"%s\", not \"%s\""),
				form->example, value);
	/* A translated line is the title alone. */
	char **name = (char **)&g_ptr_array_index(r->calendar->names, r->calendar->names->len - 1);
	g_free(*name);
	*name = g_strdup(g_str_equal(title, value) ? p : title);
	g_strstrip(*name);
	return true;
}

bool read_holidays(struct reading *r, GError **error)
{
	static const char *const known[] = {"date#", "yearly#", "easter#", "weekday#", NULL};
	if (!ini_only(r->ini, "holidays", known, error))
		return false;
	g_auto(GStrv) keys = ini_keys(r->ini, "holidays");
	for (int n = 0; keys[n]; n++) {
		if (!strchr(keys[n], '[') && !parse_holiday(r, keys[n], error))
			return false;
	}
	return true;
}

static bool is_working(const struct calendar *c, int day)
{
	int n = day - c->first_day;
	return c->week[weekday_of_day(day)].count && n >= 0 && n < c->n_days && !c->marks[n];
}

static int by_day(const void *a, const void *b)
{
	const struct movable *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

/* Where the holiday of a closed day is kept instead: itself when the rule has no answer. */
static int substitute_day(const struct reading *r, int day)
{
	if (r->substitute == SUBSTITUTE_NEAREST) {
		int other = weekday_of_day(day) == 5 ? day - 1 : day + 1;
		return is_working(r->calendar, other) ? other : day;
	}
	for (int other = day + 1; other < day + 10; other++) {
		if (is_working(r->calendar, other))
			return other;
	}
	return day;
}

void place_substitutes(struct reading *r)
{
	if (r->substitute == SUBSTITUTE_NONE)
		return;
	g_array_sort(r->movable, by_day);
	g_autoptr(GHashTable) names = g_hash_table_new(NULL, NULL);
	for (guint n = 0; n < r->movable->len; n++) {
		const struct movable *m = &g_array_index(r->movable, struct movable, n);
		int day = m->day;
		if (r->calendar->week[weekday_of_day(day)].count)
			continue;
		int name = GPOINTER_TO_INT(g_hash_table_lookup(names, GINT_TO_POINTER(m->name)));
		if (!name) {
			g_autofree char *title =
			    g_strdup_printf(_("%s (day in lieu)"),
					    (char *)g_ptr_array_index(r->calendar->names, m->name - 1));
			name = add_name(r->calendar, title);
			g_hash_table_insert(names, GINT_TO_POINTER(m->name), GINT_TO_POINTER(name));
		}
		int other = substitute_day(r, day);
		if (other != day)
			mark_day(r->calendar, other, name);
	}
}
