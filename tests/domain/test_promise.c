/* SPDX-License-Identifier: MIT */
#include "domain/promise.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_examples),
	    cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_several),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
