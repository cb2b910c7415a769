/* SPDX-License-Identifier: MIT */
#include "domain/when.h"

#include "moments.h"

#include "domain/banned.h"

#define NOW "2026-11-23 14:05"

/* A Monday in Amsterdam. */
static const struct row {
	const char *due, *now, *text;
} rows[] = {
    {"2026-11-23 14:05", NOW, "overdue 0m"},
    {"2026-11-23 13:53", NOW, "overdue 12m"},
    {"2026-11-23 13:06", NOW, "overdue 59m"},
    {"2026-11-23 13:05", NOW, "overdue 1h"},
    {"2026-11-23 11:00", NOW, "overdue 3h"},
    {"2026-11-21 14:06", NOW, "overdue 47h"},
    {"2026-11-21 14:05", NOW, "overdue 2d"},
    {"1999-11-21 14:05", NOW, "overdue 9864d"},
    {"2026-11-23 14:05:59.999", NOW, "<1m"},
    {"2026-11-23 14:06", NOW, "1m"},
    {"2026-11-23 14:17:59", NOW, "12m"},
    {"2026-11-23 15:04:59", NOW, "59m"},
    {"2026-11-23 15:05", NOW, "1h 00m"},
    {"2026-11-23 16:15", NOW, "2h 10m"},
    {"2026-11-24 02:04:59.999", NOW, "11h 59m"},
    {"2026-11-24 02:05", NOW, "tomorrow 02:05"},
    {"2026-11-23 17:00", "2026-11-23 04:00", "today 17:00"},
    {"2026-11-24 17:00", NOW, "tomorrow 17:00"},
    {"2026-11-24 23:59:59.999", NOW, "tomorrow 23:59"},
    {"2026-11-25 00:00", NOW, "Wed 00:00"},
    {"2026-11-29 17:00", NOW, "Sun 17:00"},
    {"2026-11-30 17:00", NOW, "30 Nov"},
    {"2026-12-12 17:00", NOW, "12 Dec"},
    {"2027-01-12 17:00", NOW, "2027-01-12"},
    {"2027-01-02 17:00", "2026-12-30 12:00", "Sat 17:00"},
    {"never", NOW, ""},
    /* the night the clock goes back is an hour longer */
    {"2026-10-25 11:59", "2026-10-24 23:30", "tomorrow 11:59"},
    {"2026-10-25 11:00:00+01:00", "2026-10-25 00:30", "11h 30m"},
};

static void test_countdown(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Amsterdam");
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *text =
		    when_countdown(moment(rows[n].due, zone), moment(rows[n].now, zone), zone);
		if (!g_str_equal(text, rows[n].text))
			fail_msg("%s at %s: \"%s\", not \"%s\"", rows[n].due, rows[n].now, text,
				 rows[n].text);
		assert_true(strlen(text) <= 14);
	}
}

/* From one change to the next the text stays, and at the change it is another. */
static void test_changes(void **state)
{
	static const char *const zones[] = {"Europe/Amsterdam", "America/Santiago", "Asia/Shanghai", "UTC"};
	static const char *const dues[] = {"2026-09-06 12:00", "2026-10-25 17:00", "2027-01-03 00:00",
					   "2027-03-28 23:59:59.999"};
	for (gsize n = 0; n < G_N_ELEMENTS(zones) * G_N_ELEMENTS(dues); n++) {
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zones[n % G_N_ELEMENTS(zones)]);
		gint64 due = moment(dues[n / G_N_ELEMENTS(zones)], zone),
		       at = due - G_GINT64_CONSTANT(86400000) * 120;
		for (int step = 0; step < 2000 && at < due + 86400000 * 5; step++) {
			gint64 next = when_countdown_changes(due, at, zone);
			g_autofree char *text = when_countdown(due, at, zone),
					*last = when_countdown(due, next - 1, zone),
					*other = when_countdown(due, next, zone);
			assert_true(next > at);
			assert_string_equal(text, last);
			assert_string_not_equal(text, other);
			at = next;
		}
	}
	assert_int_equal(when_countdown_changes(G_MAXINT64, 0, NULL), G_MAXINT64);
}

static void test_stamps(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Amsterdam");
	gint64 at = moment("2026-11-23 14:05:59", zone), leap = moment("2024-02-29 23:59", zone);
	g_autofree char *stamp = when_stamp(at, zone), *full = when_long(at, zone),
			*day = when_long(leap, zone);
	g_autofree char *summer = when_long(moment("2026-07-01 00:00", zone), zone),
			*never = when_long(G_MAXINT64, zone);
	g_autofree char *old = when_stamp(moment("1905-03-04 05:06", zone), zone),
			*none = when_stamp(G_MININT64, zone);
	assert_string_equal(stamp, "2026-11-23 14:05");
	assert_string_equal(full, "Mon 23 Nov 2026 14:05 CET");
	assert_string_equal(day, "Thu 29 Feb 2024 23:59 CET");
	assert_string_equal(summer, "Wed 1 Jul 2026 00:00 CEST");
	assert_string_equal(never, "never");
	assert_string_equal(old, "1905-03-04 05:06");
	assert_string_equal(none, "");
}

static void test_span(void **state)
{
	static const struct {
		gint64 ms;
		const char *text;
	} spans[] = {
	    {0, "0 min"},
	    {59999, "0 min"},
	    {60000, "1 min"},
	    {G_GINT64_CONSTANT(3600000), "1 h"},
	    {G_GINT64_CONSTANT(12000000), "3 h 20 min"},
	    {G_GINT64_CONSTANT(86400000), "1 day"},
	    {G_GINT64_CONSTANT(187260000), "2 days 4 h"},
	    {-G_GINT64_CONSTANT(187260000), "2 days 4 h"},
	    {G_MAXINT64, "2932532 days"},
	    {G_MININT64, "2932532 days"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(spans); n++) {
		g_autofree char *text = when_span(spans[n].ms);
		assert_string_equal(text, spans[n].text);
	}
}

static void test_day_end(void **state)
{
	static const struct {
		const char *zone, *now, *end;
	} days[] = {
	    {"Europe/Amsterdam", "2026-11-23 00:00", "2026-11-24 00:00"},
	    {"Europe/Amsterdam", "2026-11-23 23:59:59.999", "2026-11-24 00:00"},
	    {"Europe/Amsterdam", "2026-03-29 01:00", "2026-03-30 00:00"},
	    {"Europe/Amsterdam", "2026-10-25 01:00", "2026-10-26 00:00"},
	    {"America/Santiago", "2026-09-05 12:00", "2026-09-06 01:00"},
	    {"Asia/Shanghai", "2024-02-28 12:00", "2024-02-29 00:00"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(days); n++) {
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(days[n].zone);
		assert_int_equal(when_day_end(moment(days[n].now, zone), zone), moment(days[n].end, zone));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_countdown), cmocka_unit_test(test_changes), cmocka_unit_test(test_stamps),
	    cmocka_unit_test(test_span),      cmocka_unit_test(test_day_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
