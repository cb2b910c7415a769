/* SPDX-License-Identifier: MIT */
#include "moments.h"

#include "domain/banned.h"

/* Calendars beside the shipped ones; a row names either. */
static const struct own_calendar {
	const char *name, *text;
} own_calendars[] = {
    {"always", "[calendar]\nzone=Europe/Amsterdam\n[hours]\nmon-sun=00:00-24:00\n"},
    {"evening", "[calendar]\nzone=Europe/Amsterdam\n[hours]\nmon-sun=14:00-00:00\n"},
    {"lunch",
     "[calendar]\nzone=Europe/Amsterdam\n[hours]\nmon-fri=09:00-12:30, 13:30-17:00\nsat=10:00-12:00\n"},
    {"night", "[calendar]\nzone=Europe/Amsterdam\n[hours]\nsun=00:00-06:00\n"},
    {"new-york", "[calendar]\nzone=America/New_York\n[hours]\nmon-sun=00:00-24:00\n"},
    {"santiago", "[calendar]\nzone=America/Santiago\n[hours]\nmon-sun=00:00-24:00\n"},
    {"closed", "[calendar]\nzone=UTC\n"},
};

static void add_own(struct ruleset *r)
{
	for (gsize n = 0; n < G_N_ELEMENTS(own_calendars); n++) {
		const struct own_calendar *o = &own_calendars[n];
		assert_true(ruleset_add_calendar(r, o->name, o->name, o->text, strlen(o->text), NULL));
	}
}

static const struct calendar *named(const struct ruleset *r, const char *name)
{
	const struct calendar *c = ruleset_calendar(r, name);
	if (!c)
		fail_msg("no calendar %s", name);
	return c;
}

/* Dates worked out by hand with a paper calendar. */
static const struct due_row {
	const char *calendar, *start, *span, *due;
} due_rows[] = {
    /* hours: nothing is skipped */
    {"wall", "2026-12-25 22:00", "24 h", "2026-12-26 22:00"},
    {"wall", "2026-11-23 23:59:59.999", "1 h", "2026-11-24 00:59:59.999"},

    /* round the clock: no minute is lost at midnight, not in thirty days */
    {"always", "2026-11-23 23:59", "2 business hours", "2026-11-24 01:59"},
    {"always", "2026-01-01 00:00", "720 business hours", "2026-01-31 00:00"},
    {"always", "2026-01-01 00:00", "24 business hours", "2026-01-02 00:00"},

    /* closing at 00:00 is the day's end */
    {"evening", "2026-11-23 23:00", "1 business hour", "2026-11-24 00:00"},
    {"evening", "2026-11-23 23:00", "3 business hours", "2026-11-24 16:00"},
    {"evening", "2026-11-24 00:00", "10 business hours", "2026-11-25 00:00"},

    /* a lunch break isn't a holiday */
    {"lunch", "2026-11-23 11:30", "2 business hours", "2026-11-23 14:30"},
    {"lunch", "2026-11-23 12:45", "1 business hour", "2026-11-23 14:30"},
    {"lunch", "2026-11-23 12:30", "1 business hour", "2026-11-23 14:30"},
    {"lunch", "2026-11-23 16:00", "1 business hour", "2026-11-23 17:00"},
    {"lunch", "2026-11-23 16:00:01", "1 business hour", "2026-11-24 09:00:01"},
    {"lunch", "2026-11-20 16:30", "2 business hours", "2026-11-21 11:30"},
    {"lunch", "2026-11-21 11:30", "1 business hour", "2026-11-23 09:30"},
    {"lunch", "2026-11-23 11:30", "1 business day", "2026-11-24 11:30"},

    /* clocks go forward on 29 March 2026 at 02:00 and back on 25 October at 03:00 */
    {"always", "2026-03-28 12:00", "24 h", "2026-03-29 13:00"},
    {"always", "2026-03-28 12:00", "1 day", "2026-03-29 12:00"},
    {"always", "2026-03-28 12:00", "24 business hours", "2026-03-29 13:00"},
    {"always", "2026-03-28 02:30", "1 day", "2026-03-29 03:00"},
    {"night", "2026-03-28 12:00", "5 business hours", "2026-03-29 06:00"},
    {"always", "2026-10-24 12:00", "24 h", "2026-10-25 11:00"},
    {"always", "2026-10-24 12:00", "1 day", "2026-10-25 12:00"},
    {"always", "2026-10-24 12:00", "24 business hours", "2026-10-25 11:00"},
    {"night", "2026-10-24 12:00", "7 business hours", "2026-10-25 06:00"},
    {"always", "2026-10-24 02:30", "1 day", "2026-10-25 02:30:00+02:00"},
    {"new-york", "2026-03-07 12:00", "24 h", "2026-03-08 13:00"},
    {"new-york", "2026-10-31 12:00", "24 h", "2026-11-01 11:00"},
    {"new-york", "2026-10-31 12:00", "1 day", "2026-11-01 12:00"},
    /* Chile skips midnight itself: 6 September 2026 begins at 01:00 */
    {"santiago", "2026-09-05 12:00", "1 day end of day", "2026-09-06 23:59:59.999"},
    {"santiago", "2026-09-05 12:00", "35 business hours", "2026-09-07 00:00"},

    /* leap day */
    {"eu", "2024-02-15 12:00", "14 days", "2024-02-29 12:00"},
    {"eu", "2024-02-28 10:00", "1 day", "2024-02-29 10:00"},
    {"eu", "2023-02-28 10:00", "1 day", "2023-03-01 10:00"},
    {"eu", "2024-02-29 10:00", "365 days", "2025-02-28 10:00"},
    {"eu", "2028-02-28 10:00", "2 business days", "2028-03-01 10:00"},

    /* ends of days */
    {"eu", "2026-11-23 10:00", "2 days end of day", "2026-11-25 23:59:59.999"},
    {"eu", "2026-11-20 10:00", "1 business day end of day", "2026-11-23 23:59:59.999"},
    {"eu", "2026-11-20 23:00", "1 business day", "2026-11-23 23:00"},
    {"eu", "2026-11-21 00:00", "1 business day", "2026-11-23 23:59:59.999"},
    {"eu", "2026-11-22 23:00", "1 business day", "2026-11-23 23:59:59.999"},

    /* holidays on a weekend: a day in lieu in England, the nearest in America, none elsewhere */
    {"uk-banking", "2026-12-24 10:00", "3 business days", "2026-12-31 10:00"},
    {"uk-banking", "2027-12-23 10:00", "3 business days", "2027-12-30 10:00"},
    {"uk-banking", "2022-12-23 10:00", "1 business day", "2022-12-28 10:00"},
    {"us", "2026-07-02 10:00", "1 business day", "2026-07-06 10:00"},
    {"us", "2027-07-02 10:00", "1 business day", "2027-07-06 10:00"},
    {"us", "2027-12-30 10:00", "1 business day", "2028-01-03 10:00"},
    {"us", "2026-11-25 10:00", "1 business day", "2026-11-27 10:00"},
    {"nl", "2027-12-24 10:00", "1 business day", "2027-12-27 10:00"},
    {"uk-banking", "2022-06-01 10:00", "1 business day", "2022-06-06 10:00"},

    /* three business days over New Year */
    {"uk-banking", "2026-12-30 10:00", "3 business days", "2027-01-05 10:00"},
    {"uk-banking", "2027-12-30 10:00", "3 business days", "2028-01-05 10:00"},
    {"lt", "2026-12-30 10:00", "3 business days", "2027-01-05 10:00"},
    {"lt", "2026-12-23 10:00", "3 business days", "2026-12-30 10:00"},
    {"cn", "2025-12-31 10:00", "3 business days", "2026-01-06 10:00"},
    /* Spring Festival: the Saturday before it is worked, nine days aren't */
    {"cn", "2026-02-13 10:00", "3 business days", "2026-02-25 10:00"},
    {"cn", "2026-02-26 10:00", "3 business days", "2026-03-02 10:00"},
    {"cn", "2026-09-30 10:00", "3 business days", "2026-10-10 10:00"},

    /* days from Easter (5 April 2026), a weekday of a month, national days */
    {"uk-banking", "2026-04-02 10:00", "1 business day", "2026-04-07 10:00"},
    {"uk-banking", "2026-05-01 10:00", "1 business day", "2026-05-05 10:00"},
    {"uk-banking", "2026-08-28 10:00", "1 business day", "2026-09-01 10:00"},
    {"nl", "2026-04-24 10:00", "1 business day", "2026-04-28 10:00"},
    {"nl", "2026-05-13 10:00", "1 business day", "2026-05-15 10:00"},
    {"nl", "2026-05-22 10:00", "1 business day", "2026-05-26 10:00"},
    {"be", "2026-07-20 10:00", "1 business day", "2026-07-22 10:00"},
    {"it", "2026-06-01 10:00", "1 business day", "2026-06-03 10:00"},
    {"de", "2026-05-14 09:00", "1 business day", "2026-05-15 23:59:59.999"},
    {"nl-be", "2026-07-20 15:00", "24 business hours", "2026-07-22 15:00"},

    /* the shop */
    {"shop", "2026-11-20 15:30", "4 business hours", "2026-11-23 11:30"},
    {"shop", "2026-12-24 16:00", "2 business hours", "2026-12-28 10:00"},
    {"shop", "2026-11-23 03:00", "4 business hours", "2026-11-23 13:00"},

    /* never */
    {"closed", "2026-11-23 03:00", "1 business hour", "never"},
    {"closed", "2026-11-23 03:00", "1 business day", "never"},
    {"closed", "2026-11-23 03:00", "1 day", "2026-11-24 03:00"},
};

static struct span span_of(const char *text)
{
	struct span span;
	g_autoptr(GError) error = NULL;
	if (!span_parse(text, &span, &error))
		fail_msg("%s", error->message);
	return span;
}

static void test_due(void **state)
{
	const struct ruleset *r = *state;
	for (gsize n = 0; n < G_N_ELEMENTS(due_rows); n++) {
		const struct due_row *row = &due_rows[n];
		const struct calendar *c = named(r, row->calendar);
		struct span span = span_of(row->span);
		gint64 due = calendar_due(c, moment(row->start, calendar_zone(c)), &span, NULL);
		g_autofree char *is = moment_text(due, calendar_zone(c));
		g_autofree char *wanted = moment_text(moment(row->due, calendar_zone(c)), calendar_zone(c));
		if (!g_str_equal(is, wanted))
			fail_msg("%s: %s from %s: %s, not %s", row->calendar, row->span, row->start, is,
				 wanted);
	}
}

/* Checks that the stretches lead from start to due without a gap and count what the span says. */
static void check_way(const struct calendar *c, gint64 start, const struct span *span, gint64 due)
{
	g_autoptr(GArray) way = stretches_new();
	assert_int_equal(calendar_due(c, start, span, way), due);
	gint64 at = start, counted = 0;
	for (guint n = 0; n < way->len; n++) {
		const struct stretch *s = &g_array_index(way, struct stretch, n);
		assert_int_equal(s->from, at);
		assert_true(s->to > s->from);
		assert_true(s->reason && *s->reason);
		counted += s->counted ? s->to - s->from : 0;
		at = s->to;
	}
	assert_int_equal(at, due);
	if (span->unit == SPAN_BUSINESS_HOURS) {
		assert_int_equal(counted, span->amount);
		assert_int_equal(calendar_open_between(c, start, due), span->amount);
	}
}

/* Over a year with both changes of the clock: a later start is never due earlier. */
static void test_monotone(void **state)
{
	static const char *const names[] = {"wall",     "always", "evening", "lunch", "night", "new-york",
					    "santiago", "shop",   "lt",      "cn",    "us",    "uk-banking"};
	static const char *const spans[] = {"5 h", "2 days", "1 day end of day", "3 business days",
					    "7 business hours"};
	const struct ruleset *r = *state;
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	gint64 first = moment("2025-12-20 00:00", utc), last = moment("2026-12-31 00:00", utc);
	for (gsize n = 0; n < G_N_ELEMENTS(names) * G_N_ELEMENTS(spans); n++) {
		const struct calendar *c = named(r, names[n / G_N_ELEMENTS(spans)]);
		struct span span = span_of(spans[n % G_N_ELEMENTS(spans)]);
		gint64 before = G_MININT64, step = 11 * 60000 + 777;
		for (gint64 at = first; at < last; at += step) {
			gint64 due = calendar_due(c, at, &span, NULL);
			if (due < before || due <= at)
				fail_msg("%s, %s: due %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
					 " after %" G_GINT64_FORMAT,
					 calendar_name(c), spans[n % G_N_ELEMENTS(spans)], due, at, before);
			before = due;
			if (at % 31 == 0)
				check_way(c, at, &span, due);
		}
	}
}

static void test_ways_of_rows(void **state)
{
	const struct ruleset *r = *state;
	for (gsize n = 0; n < G_N_ELEMENTS(due_rows); n++) {
		const struct due_row *row = &due_rows[n];
		const struct calendar *c = named(r, row->calendar);
		struct span span = span_of(row->span);
		if (!g_str_equal(row->due, "never"))
			check_way(c, moment(row->start, calendar_zone(c)), &span,
				  moment(row->due, calendar_zone(c)));
	}
}

static void test_reasons(void **state)
{
	static const char *const wanted[] = {
	    "-the first day isn't counted",
	    "-holiday: Christmas Day",
	    "-holiday: Boxing Day",
	    "-weekend",
	    "-holiday: Boxing Day (day in lieu)",
	    "+business day 1 of 2",
	    "+business day 2 of 2",
	};
	const struct calendar *c = named(*state, "uk-banking");
	g_autoptr(GArray) way = stretches_new();
	struct span span = span_of("2 business days");
	calendar_due(c, moment("2026-12-24 10:00", calendar_zone(c)), &span, way);
	assert_int_equal(way->len, G_N_ELEMENTS(wanted));
	for (guint n = 0; n < way->len; n++) {
		const struct stretch *s = &g_array_index(way, struct stretch, n);
		g_autofree char *is = g_strdup_printf("%c%s", s->counted ? '+' : '-', s->reason);
		assert_string_equal(is, wanted[n]);
	}
}

static void test_next_change(void **state)
{
	static const struct {
		const char *calendar, *at, *next;
	} rows[] = {
	    {"shop", "2026-11-23 08:00", "2026-11-23 09:00"},
	    {"shop", "2026-11-23 09:00", "2026-11-23 17:00"},
	    {"shop", "2026-11-23 16:59:59.999", "2026-11-23 17:00"},
	    {"shop", "2026-11-23 17:00", "2026-11-24 09:00"},
	    {"shop", "2026-11-20 17:00", "2026-11-23 09:00"},
	    {"lunch", "2026-11-23 12:00", "2026-11-23 12:30"},
	    {"lunch", "2026-11-23 12:30", "2026-11-23 13:30"},
	    {"evening", "2026-11-23 15:00", "2026-11-24 00:00"},
	    {"uk-banking", "2026-11-23 15:00", "2026-11-28 00:00"},
	    {"uk-banking", "2026-11-28 15:00", "2026-11-30 00:00"},
	    {"always", "2026-11-23 15:00", "never"},
	    {"closed", "2026-11-23 15:00", "never"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		const struct calendar *c = named(*state, rows[n].calendar);
		GTimeZone *zone = calendar_zone(c);
		g_autofree char *is = moment_text(calendar_next_change(c, moment(rows[n].at, zone)), zone);
		g_autofree char *wanted = moment_text(moment(rows[n].next, zone), zone);
		assert_string_equal(is, wanted);
	}
}

static void test_open_between(void **state)
{
	const struct calendar *c = named(*state, "lunch");
	GTimeZone *zone = calendar_zone(c);
	gint64 from = moment("2026-11-20 16:59:30", zone), to = moment("2026-11-23 09:00:15", zone);
	assert_int_equal(calendar_open_between(c, from, to), 30000 + 2 * 3600000 + 15000);
	assert_int_equal(calendar_open_between(c, to, from), 0);
	assert_int_equal(calendar_business_days_between(c, from, to), 2);
	assert_int_equal(calendar_business_days_between(c, to, to), 0);
	assert_int_equal(calendar_day_end(c, from, 0), moment("2026-11-20 23:59:59.999", zone));
	assert_int_equal(calendar_day_end(c, from, 5), moment("2026-11-25 23:59:59.999", zone));
}

static void test_far_times(void **state)
{
	static const gint64 starts[] = {G_MININT64, G_MAXINT64, G_MAXINT64 - 1,
					G_GINT64_CONSTANT(253402300800000)};
	for (gsize n = 0; n < G_N_ELEMENTS(starts); n++) {
		for (int unit = 0; unit < N_SPAN_UNITS; unit++) {
			struct span span = {(enum span_unit)unit, 5, false};
			assert_int_equal(calendar_due(named(*state, "lunch"), starts[n], &span, NULL),
					 G_MAXINT64);
		}
		assert_int_equal(calendar_next_change(named(*state, "lunch"), starts[n]), G_MAXINT64);
	}
	/* beyond the years that the calendar lists holidays for, the weekly hours still count */
	const struct calendar *c = named(*state, "shop");
	struct span span = span_of("4 business hours");
	assert_int_equal(calendar_due(c, moment("1975-12-25 10:00", calendar_zone(c)), &span, NULL),
			 moment("1975-12-25 14:00", calendar_zone(c)));
}

static void test_faults(void **state)
{
#define HEAD "[calendar]\nzone=UTC\n"
	static const struct {
		const char *text, *fault;
	} rows[] = {
	    {"", "x.ini:0: the group [calendar] is missing"},
	    {"[calendar]\n", "x.ini:1: \"zone\" is missing"},
	    {"[calendar]\nzone=Mars/Olympus\n", "x.ini:2: unknown time zone \"Mars/Olympus\""},
	    {"[calendar]\nzone=../../etc/passwd\n", "x.ini:2: unknown time zone"},
	    {"[calendar]\nzone=UTC\nsubstitute=perhaps\n", "x.ini:3: \"perhaps\" is none of"},
	    {HEAD "colour=red\n", "x.ini:3: unknown key \"colour\"; there are: title, zone, substitute"},
	    {HEAD "[days]\n", "x.ini:3: unknown group [days]"},
	    {HEAD "[hours]\nfri-mon=09:00-17:00\n", "x.ini:4: unknown key \"fri-mon\""},
	    {HEAD "[hours]\nmonday=09:00-17:00\n", "x.ini:4: unknown key"},
	    {HEAD "[hours]\nmon=9-17\n", "x.ini:4: hours are written like"},
	    {HEAD "[hours]\nmon=17:00-09:00\n", "x.ini:4: hours are written like"},
	    {HEAD "[hours]\nmon=09:00-24:01\n", "x.ini:4: hours are written like"},
	    {HEAD "[hours]\nmon=09:00-12:00, 11:00-17:00\n", "x.ini:4: hours are written like"},
	    {HEAD "[hours]\nmon=09:00-17:00 or so\n", "x.ini:4: hours are written like"},
	    {HEAD "[holidays]\nday1=2026-01-01 X\n", "x.ini:4: unknown key \"day1\""},
	    {HEAD "[holidays]\ndate1=2026-02-29 X\n", "x.ini:4: write it like"},
	    {HEAD "[holidays]\ndate1=2026-01-01\n", "x.ini:4: write it like"},
	    {HEAD "[holidays]\ndate1=2026-01-05..2026-01-01 X\n", "x.ini:4: write it like"},
	    {HEAD "[holidays]\nyearly1=02-30 X\n", "x.ini:4: write it like \"12-25 Christmas Day\""},
	    {HEAD "[holidays]\neaster1=monday X\n", "x.ini:4: write it like"},
	    {HEAD "[holidays]\nweekday1=fifth mon 05 X\n", "x.ini:4: write it like"},
	    {HEAD "[working-days]\ndate1=soon\n", "x.ini:4: write it like"},
	    {HEAD "[working-days]\nhours=all day\n", "x.ini:4: hours are written like"},
	};
#undef HEAD
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GError) error = NULL;
		assert_null(calendar_parse("x", "x.ini", rows[n].text, strlen(rows[n].text), &error));
		if (!strstr(error->message, rows[n].fault))
			fail_msg("\"%s\" isn't in \"%s\"", rows[n].fault, error->message);
	}
}

static void test_span_texts(void **state)
{
	static const struct {
		const char *text, *told; /* NULL: refused */
	} rows[] = {
	    {"48 h", "48 h"},
	    {"1 hour", "1 h"},
	    {"3 business days", "3 business days"},
	    {"1 business day", "1 business day"},
	    {"5 days", "5 days"},
	    {"4 business hours", "4 business hours"},
	    {"2 days end of day", "2 days, until the day ends"},
	    {"1 business day end of day", "1 business day, until the day ends"},
	    {"", NULL},
	    {"0 h", NULL},
	    {"-3 days", NULL},
	    {"3", NULL},
	    {"3 weeks", NULL},
	    {"48 h end of day", NULL},
	    {"3 business", NULL},
	    {"9999999 h", NULL},
	    {"3651 days", NULL},
	    {"99999999999999999999 days", NULL},
	    {"3 business days or so", NULL},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		struct span span;
		g_autoptr(GError) error = NULL;
		bool good = span_parse(rows[n].text, &span, &error);
		assert_int_equal(good, rows[n].told != NULL);
		assert_int_equal(good, error == NULL);
		g_autofree char *told = good ? span_describe(&span) : NULL;
		if (good)
			assert_string_equal(told, rows[n].told);
	}
	struct span left = {SPAN_BUSINESS_HOURS, 3 * 3600000 + 20 * 60000, false};
	g_autofree char *told = span_describe(&left);
	assert_string_equal(told, "3 h 20 min of opening hours");
}

static int setup(void **state)
{
	struct ruleset *r = shipped_rules();
	add_own(r);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	ruleset_destroy(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_due),          cmocka_unit_test(test_monotone),
	    cmocka_unit_test(test_ways_of_rows), cmocka_unit_test(test_reasons),
	    cmocka_unit_test(test_next_change),  cmocka_unit_test(test_open_between),
	    cmocka_unit_test(test_far_times),    cmocka_unit_test(test_faults),
	    cmocka_unit_test(test_span_texts),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
