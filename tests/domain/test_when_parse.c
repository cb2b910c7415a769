/* SPDX-License-Identifier: MIT */
/* Moments as people type them: Monday 2026-11-23, 15:00 in Vilnius. */
#include "domain/when.h"
#include "domain/when_parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1795438800000)

static const struct {
	const char *typed, *means; /* NULL: it can't be read, or is past */
} rows[] = {
    {"tomorrow 9", "2026-11-24 09:00"},
    {"tomorrow", "2026-11-24 09:00"},
    {"Tomorrow at 9:30", "2026-11-24 09:30"},
    {"tomorrow 9.30", "2026-11-24 09:30"},
    {"tomorrow 5pm", "2026-11-24 17:00"},
    {"fri", "2026-11-27 09:00"},
    {"Friday 14:00", "2026-11-27 14:00"},
    {"fri 14", "2026-11-27 14:00"},
    {"mon", "2026-11-30 09:00"},
    {"next mon", "2026-11-30 09:00"},
    {"next fri", "2026-12-04 09:00"},
    {"next week", "2026-11-30 09:00"},
    {"+4h", "2026-11-23 19:00"},
    {"+ 4h", NULL},
    {"+2d", "2026-11-25 15:00"},
    {"+1w", "2026-11-30 15:00"},
    {"+1h 30m", "2026-11-23 16:30"},
    {"in 2 days", "2026-11-25 15:00"},
    {"in 2 days at 9", "2026-11-25 09:00"},
    {"16:30", "2026-11-23 16:30"},
    {"9", "2026-11-24 09:00"},
    {"12am", "2026-11-24 00:00"},
    {"12pm", "2026-11-24 12:00"},
    {"tonight", "2026-11-23 18:00"},
    {"tomorrow noon", "2026-11-24 12:00"},
    {"tomorrow evening 8", "2026-11-24 20:00"},
    {"2026-12-01", "2026-12-01 09:00"},
    {"2026-12-01 8:15", "2026-12-01 08:15"},
    {"1.12.", "2026-12-01 09:00"},
    {"1.12", "2026-12-01 09:00"},
    {"01/12 10:00", "2026-12-01 10:00"},
    {"1.12.2027", "2027-12-01 09:00"},
    {"24.12. 14.30", "2026-12-24 14:30"},
    {"5 dec", "2026-12-05 09:00"},
    {"dec 5", "2026-12-05 09:00"},
    {"1 feb", "2027-02-01 09:00"},
    {"29.2.", "2028-02-29 09:00"},
    {"morgen 9", "2026-11-24 09:00"},
    {"morgen om 9 uur", "2026-11-24 09:00"},
    {"overmorgen", "2026-11-25 09:00"},
    {"vrijdag", "2026-11-27 09:00"},
    {"vrijdag morgen", "2026-11-27 09:00"},
    {"over 3 dagen", "2026-11-26 15:00"},
    {"do 13:00", "2026-11-26 13:00"},
    {"rytoj 9", "2026-11-24 09:00"},
    {"rytoj 9 val.", "2026-11-24 09:00"},
    {"poryt", "2026-11-25 09:00"},
    {"penktadienį", "2026-11-27 09:00"},
    {"penktadieni 12", "2026-11-27 12:00"},
    {"trečiadienį 8:00", "2026-11-25 08:00"},
    {"šeštadienis", "2026-11-28 09:00"},
    {"po 2 dienų", "2026-11-25 15:00"},
    {"gruodžio 5", "2026-12-05 09:00"},
    {"PENKTADIENĮ", "2026-11-27 09:00"},
    {"domani alle 9", "2026-11-24 09:00"},
    {"domani alle ore 9", "2026-11-24 09:00"},
    {"dopodomani", "2026-11-25 09:00"},
    {"venerdì", "2026-11-27 09:00"},
    {"venerdi alle 14.30", "2026-11-27 14:30"},
    {"tra 3 giorni", "2026-11-26 15:00"},
    {"lunedì prossimo", "2026-11-30 09:00"},
    {"明天9点", "2026-11-24 09:00"},
    {"明天下午3点半", "2026-11-24 15:30"},
    {"周五", "2026-11-27 09:00"},
    {"星期五", "2026-11-27 09:00"},
    {"週五上午10點", "2026-11-27 10:00"},
    {"3天后", "2026-11-26 15:00"},
    {"后天", "2026-11-25 09:00"},
    {"後天", "2026-11-25 09:00"},
    {"12月5日", "2026-12-05 09:00"},
    {"2026年12月5日 9点15分", "2026-12-05 09:15"},
    {"下周一", "2026-11-30 09:00"},
    {"明天９：３０", "2026-11-24 09:30"},
    {"4小时后", "2026-11-23 19:00"},
    /* What isn't a time, or is past. */
    {"", NULL},
    {"whenever", NULL},
    {"25:00", NULL},
    {"9:75", NULL},
    {"31.2.", NULL},
    {"2026-13-01", NULL},
    {"2026-11-20", NULL},
    {"today", NULL},
    {"tomorrow fri sat", NULL},
    {"9 10 11", NULL},
    {"+", NULL},
    {"+99999999h", NULL},
    {"4", "2026-11-24 04:00"},
    {"tomorrow tomorrow", NULL},
    {"fri \xff", NULL},
    {"2026", NULL},
    {"dec", NULL},
};

static void typed(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Vilnius");
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		gint64 at = 0;
		bool ok = when_parse(rows[i].typed, NOW, zone, &at, &error);
		g_autofree char *is = ok ? when_stamp(at, zone) : NULL;
		if (g_strcmp0(is, rows[i].means) != 0)
			print_error("\"%s\": %s, not %s\n", rows[i].typed, is ? is : "(nothing)",
				    rows[i].means ? rows[i].means : "(nothing)");
		assert_true(ok == (error == NULL));
	}
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		gint64 at = 0;
		g_autofree char *is =
		    when_parse(rows[i].typed, NOW, zone, &at, NULL) ? when_stamp(at, zone) : NULL;
		assert_true(g_strcmp0(is, rows[i].means) == 0);
	}
	(void)state;
}

/* Whatever is typed: no crash, and never a moment that is past. */
static void anything(void **state)
{
	static const char *const pieces[] = {
	    "tomorrow", "9",  ":",  ".",  "fri", "+",  "4h",  "12", "/",      "-",  "2026",  "明天", "点",
	    "下",       "周", "半", "月", "日",  "in", "dec", " ",  "morgen", "pm", "29.2.", "ž"};
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Vilnius");
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	int read = 0;
	for (int i = 0; i < 20000; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		for (int n = g_rand_int_range(rand, 1, 6); n > 0; n--)
			g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
		gint64 at;
		if (when_parse(text->str, NOW, zone, &at, NULL)) {
			assert_true(at > NOW);
			read++;
		}
	}
	assert_true(read > 500);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(typed), cmocka_unit_test(anything)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
