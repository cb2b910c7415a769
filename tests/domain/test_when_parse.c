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
    /* A year behind or before a month's name. */
    {"30 november 2026", "2026-11-30 09:00"},
    {"23 november 2027", "2027-11-23 09:00"},
    {"November 30, 2026", "2026-11-30 09:00"},
    {"nov 30th 2026 14:00", "2026-11-30 14:00"},
    {"the 1st of december at 10", "2026-12-01 10:00"},
    {"30 novembre 2026", "2026-11-30 09:00"},
    {"30 novembre 2026 alle ore 15", "2026-11-30 15:00"},
    {"30e november", "2026-11-30 09:00"},
    {"2026 november 30", "2026-11-30 09:00"},
    {"lapkričio 30 d.", "2026-11-30 09:00"},
    {"2026 m. lapkričio 30 d.", "2026-11-30 09:00"},
    {"gruodžio 1 d. 14 val.", "2026-12-01 14:00"},
    {"gruodžio 1 dieną", "2026-12-01 09:00"},
    {"2026 m. gruodžio 1 d. 14 val. 30 min.", "2026-12-01 14:30"},
    {"2026.12.01", "2026-12-01 09:00"},
    {"5 ago", "2027-08-05 09:00"},
    {"二〇二六年十二月五日", "2026-12-05 09:00"},
    {"2026", NULL},
    {"2026 m.", NULL},
    {"nov 2026", NULL},
    {"2026 fri", NULL},
    {"23 november 2026", NULL}, /* past */
    {"november 31, 2026", NULL},
    /* Hours and minutes. */
    {"in 1 minute", "2026-11-23 15:01"},
    {"+1h30m", "2026-11-23 16:30"},
    {"+1h30", "2026-11-23 16:30"},
    {"1h30m", "2026-11-23 16:30"},
    {"1h30", "2026-11-23 16:30"},
    {"1d12h", "2026-11-25 03:00"},
    {"in an hour", "2026-11-23 16:00"},
    {"half an hour", "2026-11-23 15:30"},
    {"in two weeks", "2026-12-07 15:00"},
    {"over 2 uur", "2026-11-23 17:00"},
    {"over een uur", "2026-11-23 16:00"},
    {"over een half uur", "2026-11-23 15:30"},
    {"over een kwartier", "2026-11-23 15:15"},
    {"over een week", "2026-11-30 15:00"},
    {"over twee dagen om 9 uur", "2026-11-25 09:00"},
    {"9u30", "2026-11-24 09:30"},
    {"9u", NULL},
    {"om 9u", "2026-11-24 09:00"},
    {"po 2 val.", "2026-11-23 17:00"},
    {"po 1 val. 30 min.", "2026-11-23 16:30"},
    {"po valandos", "2026-11-23 16:00"},
    {"po pusvalandžio", "2026-11-23 15:30"},
    {"po dviejų valandų", "2026-11-23 17:00"},
    {"po savaitės", "2026-11-30 15:00"},
    {"4 valandos", "2026-11-23 19:00"},
    {"4 ore", "2026-11-23 19:00"},
    {"tra 2 ore", "2026-11-23 17:00"},
    {"tra un'ora", "2026-11-23 16:00"},
    {"tra mezz'ora", "2026-11-23 15:30"},
    {"ore 17", "2026-11-23 17:00"},
    {"domani ore 9", "2026-11-24 09:00"},
    {"两小时后", "2026-11-23 17:00"},
    {"兩個小時後", "2026-11-23 17:00"},
    {"半小时后", "2026-11-23 15:30"},
    {"一个半小时后", "2026-11-23 16:30"},
    {"三天后", "2026-11-26 15:00"},
    {"一周后", "2026-11-30 15:00"},
    {"十五分钟后", "2026-11-23 15:15"},
    {"下午三点一刻", "2026-11-23 15:15"},
    {"晚上十一点五十九分", "2026-11-23 23:59"},
    {"今晚12点", "2026-11-24 00:00"},
    {"中午1点", "2026-11-24 13:00"},
    /* An hour of the day, or so many hours: a day, "at" or "in" tells. */
    {"9 uur", NULL},
    {"9 val.", NULL},
    {"9 val. rytoj", "2026-11-24 09:00"},
    {"14 val.", "2026-11-24 14:00"},
    {"17 uur", "2026-11-23 17:00"},
    {"om 4 uur", "2026-11-24 04:00"},
    {"9h30", NULL},
    {"rytoj 9h30", "2026-11-24 09:30"},
    {"half 9", NULL},
    {"in 9", NULL},
    {"over morgen", NULL},
    /* Parts of the day. */
    {"vanavond", "2026-11-23 18:00"},
    {"vanavond om 8 uur", "2026-11-23 20:00"},
    {"vanmiddag", NULL}, /* past */
    {"morgenochtend", "2026-11-24 09:00"},
    {"morgenochtend 8 uur", "2026-11-24 08:00"},
    {"morgenavond", "2026-11-24 18:00"},
    {"vrijdagmiddag", "2026-11-27 14:00"},
    {"vrijdag 's avonds", "2026-11-27 18:00"},
    {"rytoj ryte", "2026-11-24 09:00"},
    {"šįvakar", "2026-11-23 18:00"},
    {"iki penktadienio", "2026-11-27 09:00"},
    {"domani alle 9 di sera", "2026-11-24 21:00"},
    {"stasera", "2026-11-23 18:00"},
    {"domani mattina", "2026-11-24 09:00"},
    {"a mezzogiorno", "2026-11-24 12:00"},
    {"明早9点", "2026-11-24 09:00"},
    {"明晚八点", "2026-11-24 20:00"},
    {"this evening", "2026-11-23 18:00"},
    {"tomorrow in the morning", "2026-11-24 09:00"},
    {"day after tomorrow", "2026-11-25 09:00"},
    /* Weeks. */
    {"settimana prossima", "2026-11-30 09:00"},
    {"la prossima settimana", "2026-11-30 09:00"},
    {"volgende week", "2026-11-30 09:00"},
    {"volgende week vrijdag", "2026-12-04 09:00"},
    {"kitą savaitę", "2026-11-30 09:00"},
    {"下个星期三", "2026-12-02 09:00"},
    {"下個禮拜三", "2026-12-02 09:00"},
    {"下周", "2026-11-30 09:00"},
    {"下下周一", "2026-12-07 09:00"},
    {"week", NULL},
    {"next", NULL},
    /* A day of the week has to be the date's. */
    {"fri 27.11.", "2026-11-27 09:00"},
    {"fri 28.11.", NULL},
    {"tomorrow tue", "2026-11-24 09:00"},
    {"tomorrow fri", NULL},
    {"tomorrow 24.11.", NULL},
    /* What lies back. */
    {"yesterday", NULL},
    {"3天前", NULL},
    {"3 days ago", NULL},
    {"prieš 2 dienas", NULL},
    {"上周五", NULL},
    {"周五前", "2026-11-27 09:00"},
    {"prieš penktadienį", "2026-11-27 09:00"},
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

/* Of an order's dates most lie back; a promised one is the nearest. */
static const struct {
	const char *typed;
	const char *behind, *near; /* NULL: it can't be read */
} sides[] = {
    {"20.11.", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"24 june", "2026-06-24 09:00", "2026-06-24 09:00"},
    {"24 november", "2025-11-24 09:00", "2026-11-24 09:00"},
    {"10.1.", "2026-01-10 09:00", "2027-01-10 09:00"},
    {"29.2.", "2024-02-29 09:00", "2028-02-29 09:00"},
    {"20.11.2026", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"20.11.2026 14:00", "2026-11-20 14:00", "2026-11-20 14:00"},
    {"2026-11-20 14:00", "2026-11-20 14:00", "2026-11-20 14:00"},
    {"2026-12-20", "2026-12-20 09:00", "2026-12-20 09:00"},
    {"today", "2026-11-23 09:00", "2026-11-23 09:00"},
    {"yesterday", "2026-11-22 09:00", "2026-11-22 09:00"},
    {"yesterday 14:30", "2026-11-22 14:30", "2026-11-22 14:30"},
    {"day before yesterday", "2026-11-21 09:00", "2026-11-21 09:00"},
    {"gisteren", "2026-11-22 09:00", "2026-11-22 09:00"},
    {"eergisteren om 9 uur", "2026-11-21 09:00", "2026-11-21 09:00"},
    {"gisteravond", "2026-11-22 18:00", "2026-11-22 18:00"},
    {"vakar 14 val.", "2026-11-22 14:00", "2026-11-22 14:00"},
    {"užvakar", "2026-11-21 09:00", "2026-11-21 09:00"},
    {"ieri", "2026-11-22 09:00", "2026-11-22 09:00"},
    {"ieri sera", "2026-11-22 18:00", "2026-11-22 18:00"},
    {"l'altro ieri", "2026-11-21 09:00", "2026-11-21 09:00"},
    {"昨天", "2026-11-22 09:00", "2026-11-22 09:00"},
    {"昨天下午三点", "2026-11-22 15:00", "2026-11-22 15:00"},
    {"前天", "2026-11-21 09:00", "2026-11-21 09:00"},
    {"昨晚", "2026-11-22 18:00", "2026-11-22 18:00"},
    {"3 days ago", "2026-11-20 15:00", "2026-11-20 15:00"},
    {"3 dagen geleden", "2026-11-20 15:00", "2026-11-20 15:00"},
    {"prieš 3 dienas", "2026-11-20 15:00", "2026-11-20 15:00"},
    {"prieš savaitę", "2026-11-16 15:00", "2026-11-16 15:00"},
    {"3 giorni fa", "2026-11-20 15:00", "2026-11-20 15:00"},
    {"una settimana fa", "2026-11-16 15:00", "2026-11-16 15:00"},
    {"三天前", "2026-11-20 15:00", "2026-11-20 15:00"},
    {"fri", "2026-11-20 09:00", "2026-11-27 09:00"},
    {"mon", "2026-11-23 09:00", "2026-11-30 09:00"},
    {"last fri", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"last mon", "2026-11-16 09:00", "2026-11-16 09:00"},
    {"vorige week vrijdag", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"praėjusį penktadienį", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"venerdì scorso", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"上周五", "2026-11-20 09:00", "2026-11-20 09:00"},
    {"16:00", "2026-11-22 16:00", "2026-11-23 16:00"},
    {"tomorrow", "2026-11-24 09:00", "2026-11-24 09:00"},
    {"fri 21.11.2026", NULL, NULL},
    {"30.2.", NULL, NULL},
    {"fri ago", NULL, NULL},
};

static void either_side(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Vilnius");
	for (gsize i = 0; i < 2 * G_N_ELEMENTS(sides); i++) {
		bool near = i % 2;
		const char *means = near ? sides[i / 2].near : sides[i / 2].behind;
		struct when_meant m;
		bool ok =
		    when_parse_side(sides[i / 2].typed, near ? WHEN_NEAR : WHEN_BEHIND, NOW, zone, &m, NULL);
		g_autofree char *is = ok ? when_stamp(m.at, zone) : NULL;
		if (g_strcmp0(is, means) != 0)
			fail_msg("\"%s\": %s, not %s", sides[i / 2].typed, is, means);
	}
	(void)state;
}

/* A day without a time holds from midnight to midnight, also where a clock change shortens it. */
static void days_and_moments(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Vilnius");
	struct when_meant m;
	assert_true(when_parse_side("28.3.2027", WHEN_NEAR, NOW, zone, &m, NULL));
	g_autofree char *begin = when_stamp(m.begin, zone), *end = when_stamp(m.end, zone);
	assert_string_equal(begin, "2027-03-28 00:00");
	assert_string_equal(end, "2027-03-29 00:00");
	assert_true(m.end - m.begin == 23 * G_GINT64_CONSTANT(3600000));
	assert_true(when_parse_side("28.3.2027 9:00", WHEN_NEAR, NOW, zone, &m, NULL));
	assert_true(m.begin == m.at && m.end == m.at);
	(void)state;
}

/* What can be two things is refused with both ways to write it. */
static void unclear(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Vilnius");
	g_autoptr(GError) hours = NULL, day = NULL;
	gint64 at;
	assert_false(when_parse("9 uur", NOW, zone, &at, &hours));
	assert_non_null(strstr(hours->message, "write 9:00, or +9h00m"));
	assert_false(when_parse("fri 28.11.", NOW, zone, &at, &day));
	assert_non_null(strstr(day->message, "another day of the week"));
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
	const struct CMUnitTest tests[] = {cmocka_unit_test(typed), cmocka_unit_test(either_side),
					   cmocka_unit_test(days_and_moments), cmocka_unit_test(unclear),
					   cmocka_unit_test(anything)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
