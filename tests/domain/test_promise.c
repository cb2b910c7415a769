/* SPDX-License-Identifier: MIT */
#include "domain/promise_due.h"

#include "domain/lang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/banned.h"

static struct phrases *load(enum phrases_of of, const char *name)
{
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), name, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize length = 0;
	struct phrases *p = NULL;
	if (g_file_get_contents(path, &text, &length, &error))
		p = phrases_read(of, name, text, length, &error);
	if (!p)
		fail_msg("%s", error->message);
	return p;
}

static void test_examples(void **state)
{
	static const char *const names[] = {"promises.ini", "wishes.ini"};
	for (int n = 0; n < 2; n++) {
		g_autoptr(phrases_auto) p = load((enum phrases_of)n, names[n]);
		g_autoptr(GError) error = NULL;
		guint count = 0;
		if (!phrases_check_examples(p, &count, &error))
			fail_msg("%s", error->message);
		assert_true(count >= 40);
	}
}

/* Where a promise stands in the text as written, and its amount. */
static void test_spans(void **state)
{
	static const struct {
		const char *text, *span;
		enum promise_kind kind;
		int amount, weekday, month, day;
	} rows[] = {
	    {"We reply within 48 hours, always.", "within 48 hours", PROMISE_HOURS, 48, -1, 0, 0},
	    {"Wij sturen binnen vijf werkdagen een nieuwe.", "binnen vijf werkdagen", PROMISE_BUSINESS_DAYS,
	     5, -1, 0, 0},
	    {"Išsiųsime iki penktadienio vakaro.", "iki penktadienio", PROMISE_WEEKDAY, 0, 4, 0, 0},
	    {"我們會在四十八小時內回覆。", "四十八小時內", PROMISE_HOURS, 48, -1, 0, 0},
	    {"Rimborseremo entro il 3 dicembre.", "entro il 3 dicembre", PROMISE_DATE, 0, -1, 12, 3},
	    {"New one out by December 3.", "by December 3", PROMISE_DATE, 0, -1, 12, 3},
	};
	g_autoptr(phrases_auto) p = load(PHRASES_PROMISES, "promises.ini");
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GArray) found = promises_find(p, rows[n].text);
		assert_int_equal(found->len, 1);
		const struct promise *f = &g_array_index(found, struct promise, 0);
		assert_int_equal(f->length, strlen(rows[n].span));
		assert_memory_equal(rows[n].text + f->at, rows[n].span, f->length);
		assert_int_equal(f->kind, rows[n].kind);
		assert_int_equal(f->amount, rows[n].amount);
		assert_int_equal(f->weekday, rows[n].weekday);
		assert_int_equal(f->month, rows[n].month);
		assert_int_equal(f->day, rows[n].day);
	}
}

static void test_several(void **state)
{
	g_autoptr(phrases_auto) p = load(PHRASES_PROMISES, "promises.ini");
	g_autoptr(GArray) found =
	    promises_find(p, "You hear from us within 24 hours. The part leaves by Friday.");
	assert_int_equal(found->len, 2);
	assert_int_equal(g_array_index(found, struct promise, 0).kind, PROMISE_HOURS);
	assert_int_equal(g_array_index(found, struct promise, 1).kind, PROMISE_WEEKDAY);
	g_autoptr(GArray) none = promises_find(p, "");
	assert_int_equal(none->len, 0);
}

/* In a shop of Vilnius that is closed on Saturday and Sunday; at 2026-11-28 15:34 there, a Saturday. */
static void test_due(void **state)
{
	static const char hours[] =
	    "[calendar]\nzone = Europe/Amsterdam\n[hours]\nmon-fri = 09:00-17:00\nsat-sun = closed\n";
	static const struct {
		const char *text, *due; /* UTC; NULL: none */
	} rows[] = {
	    {"You will receive a label by Sunday 29 November, 2:30 pm.", "2026-11-29T12:30:00Z"},
	    {"Uiterlijk zondag 29 november om 14.30 uur hebt u het label.", "2026-11-29T12:30:00Z"},
	    {"Iki lapkričio 29 d. 14:30 val. gausite etiketę.", "2026-11-29T12:30:00Z"},
	    {"11月29日（星期日）14:30前，我们会发给您。", "2026-11-29T12:30:00Z"},
	    {"11月29日（星期日）14:30前，我們會提供標籤。", "2026-11-29T12:30:00Z"},
	    {"Entro domenica 29 novembre alle 14:30 riceverà l'etichetta.", "2026-11-29T12:30:00Z"},
	    {"We call you tomorrow before noon.", "2026-11-29T10:00:00Z"},
	    {"We call you on Saturday at 9 am.", "2026-12-05T07:00:00Z"},
	    {"We write by Tuesday 1 December.", "2026-12-01T21:59:59.999Z"},
	    {"We answer the same working day.", "2026-11-30T21:59:59.999Z"},
	    {"You hear from us within 24 hours.", "2026-11-29T13:34:00Z"},
	    {"You will have our proposal the same working day as your answer.", NULL},
	    {"We are here until 17:00.", NULL},
	};
	g_autoptr(phrases_auto) p = load(PHRASES_PROMISES, "promises.ini");
	g_autoptr(calendar_auto) shop = calendar_parse("shop", "shop.ini", hours, strlen(hours), NULL);
	assert_true(calendar_set_zone(shop, "Europe/Vilnius"));
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *words = NULL;
		g_autoptr(GDateTime) t = rows[n].due ? g_date_time_new_from_iso8601(rows[n].due, NULL) : NULL;
		gint64 due = t ? g_date_time_to_unix(t) * 1000 + g_date_time_get_microsecond(t) / 1000 : 0;
		gint64 is = promises_first(p, rows[n].text, shop, G_GINT64_CONSTANT(1795872840000), &words);
		if (is != due)
			fail_msg("%s: %" G_GINT64_FORMAT " (%s), not %" G_GINT64_FORMAT, rows[n].text, is,
				 words ? words : "", due);
	}
}

/* What waits for the buyer's answer is no promise of today: of no shipped reply, in no language. */
static void test_shipped_replies(void **state)
{
	g_autofree char *root = g_build_filename(g_getenv("AMENDS_DATA"), "..", "templates", NULL);
	g_autoptr(phrases_auto) p = load(PHRASES_PROMISES, "promises.ini");
	g_autoptr(GDir) names = g_dir_open(root, 0, NULL);
	guint bodies = 0;
	assert_non_null(names);
	for (const char *name; (name = g_dir_read_name(names));) {
		for (int l = 0; l < N_LANGS; l++) {
			g_autofree char *file = g_strconcat(LANGS.words[l].id, ".txt", NULL);
			g_autofree char *path = g_build_filename(root, name, file, NULL), *text = NULL;
			if (!g_file_get_contents(path, &text, NULL, NULL))
				continue;
			g_autoptr(GArray) found = promises_find(p, text);
			bodies++;
			for (guint i = 0; i < found->len; i++) {
				const struct promise *f = &g_array_index(found, struct promise, i);
				if (f->kind == PROMISE_BUSINESS_DAYS && f->amount == 0)
					fail_msg("%s/%s promises: %.*s", name, file, (int)f->length,
						 text + f->at);
			}
		}
	}
	assert_true(bodies > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_examples),        cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_several),         cmocka_unit_test(test_due),
	    cmocka_unit_test(test_shipped_replies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
