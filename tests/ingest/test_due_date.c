/* SPDX-License-Identifier: MIT */
/* Due dates in words, worked out by hand. */
#include "ingest/due_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* `sent` in UTC; `due` in the zone, seconds cut (a day's end is 23:59); NULL: states nothing. */
static const struct {
	const char *words, *sent, *zone, *due;
} cases[] = {
    /* English */
    {"by Aug 02, 2026", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 23:59"},
    {"by August 2nd, 2026", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 23:59"},
    {"before 2 August 2026", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 23:59"},
    {"on the 2nd of August", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 23:59"},
    {"by Sunday, Aug 2, 2026 at 5:42 PM", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 17:42"},
    {"by Aug 2, 2026 12:05 a.m.", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 00:05"},
    {"by 17:00 on 2 Aug 2026", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 17:00"},
    {"by Aug 02, 2026, 11:59 PM PDT", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-03 07:59"},
    {"by Aug 02, 2026 10:00 UTC", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-02 13:00"},
    {"02-Aug-26", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 23:59"},
    {"within 48 hours", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-01 11:00"},
    {"within 3 calendar days", "2026-07-30T10:00:00Z", "Europe/London", "2026-08-02 23:59"},
    {"within 90 minutes", "2026-07-30T10:00:00Z", "Europe/London", "2026-07-30 12:30"},
    {"within 3 business days", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"within 2 working days", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    /* without a year: the next such day, also over New Year */
    {"by January 3", "2026-12-30T10:00:00Z", "Europe/London", "2027-01-03 23:59"},
    {"by December 30", "2026-12-30T10:00:00Z", "Europe/London", "2026-12-30 23:59"},
    /* numbers: day first, in America month first, a day above 12 decides */
    {"02/08/2026", "2026-07-30T10:00:00Z", "Europe/Rome", "2026-08-02 23:59"},
    {"08/02/2026", "2026-07-30T10:00:00Z", "America/New_York", "2026-08-02 23:59"},
    {"08/25/2026", "2026-07-30T10:00:00Z", "Europe/Rome", "2026-08-25 23:59"},
    {"2.8.2026", "2026-07-30T10:00:00Z", "Europe/Berlin", "2026-08-02 23:59"},
    {"2026-08-02 18:30", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-02 18:30"},
    {"2026/08/02", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-02 23:59"},
    /* Italian, Dutch, Lithuanian, Chinese */
    {"entro 3 giorni di calendario", "2026-07-30T10:00:00Z", "Europe/Rome", "2026-08-02 23:59"},
    {"entro 48 ore", "2026-07-30T10:00:00Z", "Europe/Rome", "2026-08-01 12:00"},
    {"entro il 2 agosto 2026, ore 17:42", "2026-07-30T10:00:00Z", "Europe/Rome", "2026-08-02 17:42"},
    {"entro 2 giorni lavorativi", "2026-07-30T10:00:00Z", "Europe/Rome", NULL},
    {"vóór 2 augustus 2026", "2026-07-30T10:00:00Z", "Europe/Amsterdam", "2026-08-02 23:59"},
    {"uiterlijk 2 aug. 2026 om 17.00 uur", "2026-07-30T10:00:00Z", "Europe/Amsterdam", "2026-08-02 17:00"},
    {"binnen 24 uur", "2026-07-30T10:00:00Z", "Europe/Amsterdam", "2026-07-31 12:00"},
    {"binnen 2 werkdagen", "2026-07-30T10:00:00Z", "Europe/Amsterdam", NULL},
    {"iki 2026-08-02", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-02 23:59"},
    {"iki 2026 m. rugpjūčio 2 d.", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-02 23:59"},
    {"iki rugpjūčio 2 d. 17 val.", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-02 17:00"},
    {"per 48 valandas", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-01 13:00"},
    {"per 3 kalendorines dienas", "2026-07-30T10:00:00Z", "Europe/Vilnius", "2026-08-02 23:59"},
    {"per 3 darbo dienas", "2026-07-30T10:00:00Z", "Europe/Vilnius", NULL},
    {"2026年8月2日", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-02 23:59"},
    {"2026年8月2日 18:00前", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-02 18:00"},
    {"8月2日下午5点30分前", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-02 17:30"},
    {"48小时内", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-01 18:00"},
    {"3个自然日内", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-02 23:59"},
    {"5天内", "2026-07-30T10:00:00Z", "Asia/Shanghai", "2026-08-04 23:59"},
    {"3个工作日内", "2026-07-30T10:00:00Z", "Asia/Shanghai", NULL},
    /* the day counts where the platform is: 20:00 UTC is the next day in Shanghai */
    {"within 1 day", "2026-07-30T20:00:00Z", "Asia/Shanghai", "2026-08-01 23:59"},
    /* a day of 23 hours, one of 25, and a time that daylight saving leaves out */
    {"by March 29, 2026", "2026-03-27T10:00:00Z", "Europe/London", "2026-03-29 23:59"},
    {"by October 25, 2026", "2026-10-23T10:00:00Z", "Europe/London", "2026-10-25 23:59"},
    {"within 48 hours", "2026-03-28T10:00:00Z", "Europe/London", "2026-03-30 11:00"},
    /* leap day, and none */
    {"by Feb 29, 2028", "2028-02-27T10:00:00Z", "Europe/London", "2028-02-29 23:59"},
    {"by Feb 29, 2026", "2026-02-27T10:00:00Z", "Europe/London", NULL},
    /* no dates */
    {"", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"as soon as you can", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"order 026-1234567-7654321", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"by Aug 42, 2026", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"by Aug 02, 1999", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"by Aug 02, 2099", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"within 99999999999999999999 hours", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"within 0 days", "2026-07-30T10:00:00Z", "Europe/London", NULL},
    {"\xff\xfe by", "2026-07-30T10:00:00Z", "Europe/London", NULL},
};

static void dates_are_read(void **state)
{
	int wrong = 0;
	for (guint n = 0; n < G_N_ELEMENTS(cases); n++) {
		g_autoptr(GDateTime) sent = g_date_time_new_from_iso8601(cases[n].sent, NULL);
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(cases[n].zone);
		gint64 due = 0;
		g_autofree char *got = NULL;
		assert_non_null(zone);
		if (due_date_parse(cases[n].words, g_date_time_to_unix(sent) * 1000, zone, &due)) {
			g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(due / 1000);
			g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
			got = g_date_time_format(local, "%Y-%m-%d %H:%M");
		}
		if (g_strcmp0(got, cases[n].due) != 0) {
			print_error("\"%s\": should be %s, is %s\n", cases[n].words,
				    cases[n].due ? cases[n].due : "nothing", got ? got : "nothing");
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void a_day_ends_with_its_last_millisecond(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/London");
	gint64 due = 0;
	assert_true(due_date_parse("by Aug 02, 2026", G_GINT64_CONSTANT(1785405600000), zone, &due));
	assert_int_equal(due, G_GINT64_CONSTANT(1785711599999)); /* 2026-08-02 22:59:59.999 UTC */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates_are_read),
	    cmocka_unit_test(a_day_ends_with_its_last_millisecond),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
