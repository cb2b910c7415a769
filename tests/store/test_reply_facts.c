/* SPDX-License-Identifier: MIT */
/* How platforms take answers, and what a case supplies to canned replies. */
#include "domain/days.h"
#include "store/fill_values.h"
#include "store/platform_facts.h"
#include "store/template_files.h"
#include "support/make_store.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1795788000000) /* Friday 2026-11-27 14:00 UTC */

static void pages_take_numbers_and_nothing_else(void **state)
{
	static const struct {
		const char *page, *order, *number, *address;
	} rows[] = {
	    {NULL, "1", "2", NULL},
	    {"https://x.test/", NULL, NULL, "https://x.test/"},
	    {"https://x.test/?o={order}", "12-345", NULL, "https://x.test/?o=12-345"},
	    {"https://x.test/?o={order}", NULL, "5", NULL},
	    {"https://x.test/?o={order}", "", "5", NULL},
	    {"https://x.test/{case}/{order}/{case}", "a", "b", "https://x.test/b/a/b"},
	    {"https://x.test/?o={order}", "1&x=2#/../ \x1b[0m", NULL,
	     "https://x.test/?o=1%26x%3D2%23%2F..%2F%20%1B%5B0m"},
	    {"https://x.test/{order}/{case}", "{case}", "7", "https://x.test/%7Bcase%7D/7"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct platform_facts f = {SEND_HAND, (char *)rows[i].page};
		g_autofree char *address = platform_page(&f, rows[i].order, rows[i].number);
		if (g_strcmp0(address, rows[i].address) != 0)
			fail_msg("row %zu: %s", i, address);
	}
}

static void unsound_pages_are_refused(void **state)
{
	static const char *const bad[] = {"http://x.test/",
					  "https://",
					  "https:///x",
					  "javascript:alert(1)",
					  "https://x.test/{name}",
					  "https://x.test/ a",
					  "https://x.test/\x1b]0;",
					  "https://x.test/\"",
					  "https://x.test/é",
					  ""};
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		if (platform_page_is_sound(bad[i]))
			fail_msg("%s was taken", bad[i]);
	}
	assert_true(platform_page_is_sound("https://x.test/a?b={order}&c={case}"));
}

static void the_shipped_platforms_say_how_they_take_answers(void **state)
{
	static const struct {
		const char *platform;
		enum send_method method;
		bool page;
	} rows[] = {
	    {"mail", SEND_MAIL, false},    {"amazon", SEND_MAIL, true}, {"ebay", SEND_MAIL, true},
	    {"etsy", SEND_HAND, true},     {"taobao", SEND_HAND, true}, {"nowhere", SEND_MAIL, false},
	    {"../shop", SEND_MAIL, false},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(platform_facts_auto) f = platform_facts_load(rows[i].platform, &error);
		if (!f)
			fail_msg("%s", error->message);
		if (f->answer != rows[i].method || (f->page != NULL) != rows[i].page)
			fail_msg("%s: %d %s", rows[i].platform, f->answer, f->page);
	}
}

static struct case_file *open_case(struct store *s, const char *name, const char *alias)
{
	g_autoptr(GError) error = NULL;
	struct mail_facts m = {.platform = "amazon",
			       .alias = alias,
			       .name = name,
			       .order = "302-1234567-7654321",
			       .item = "Lamp\x1b[31m {{amount}}",
			       .subject = "Broken",
			       .lang = "lt",
			       .minor = 1250,
			       .currency = "EUR",
			       .sent = NOW - HOUR_MS,
			       .kind = KIND_DAMAGED};
	struct case_request q = {.id = make_ingest(s, &m).case_id, .limit = 10};
	struct case_file *f = store_case(s, &q, &error);
	if (!f)
		fail_msg("%s", error->message);
	return f;
}

static const char *value(const struct fill_values *v, const char *name)
{
	return g_hash_table_lookup(fill_values_get(v)->texts, name);
}

static void a_case_fills_what_it_knows(void **state)
{
	struct store *s = *state;
	g_autoptr(case_file_auto) f = open_case(s, "Ona\nŽilė", "k3v9x0q2m7b1tz@marketplace.amazon.test");
	assert_true(store_set_shop(s, "Dune & Kettle", "Europe/Vilnius", NULL));
	g_autoptr(fill_values_auto) v = fill_values_create(s, f, "rasa", LANG_LT, NOW, NULL);
	assert_non_null(v);
	assert_string_equal(value(v, "buyer.name"), "Ona Žilė");
	assert_string_equal(value(v, "order.number"), "302-1234567-7654321");
	assert_string_equal(value(v, "shop.name"), "Dune & Kettle");
	assert_non_null(strstr(value(v, "value"), "12,50"));
	assert_null(strchr(value(v, "item"), '\x1b'));
	assert_null(value(v, "agent.name")); /* a login signs no letter */
	assert_null(value(v, "amount"));
	fill_values_set(v, "amount", "5 €");
	assert_string_equal(value(v, "amount"), "5 €");
	fill_values_set(v, "amount", "");
	assert_null(value(v, "amount"));
}

static void an_address_is_no_name(void **state)
{
	struct store *s = *state;
	g_autoptr(case_file_auto) f = open_case(s, NULL, "k3v9x0q2m7b1tz@marketplace.amazon.test");
	g_autoptr(fill_values_auto) v = fill_values_create(s, f, "rasa", LANG_EN, NOW, NULL);
	const char *name = value(v, "buyer.name");
	assert_true(!name || !strchr(name, '@'));
}

/* Of a text that says nothing of time. */
static gint64 due_of(const struct fill_values *v, const char *span)
{
	g_autofree char *words = NULL;
	return fill_values_promise(v, span, "Thank you.", &words, NULL);
}

static void dates_go_by_the_shops_calendar(void **state)
{
	struct store *s = *state;
	g_autoptr(case_file_auto) f = open_case(s, "Ona", "a@marketplace.amazon.test");
	g_autoptr(fill_values_auto) v = fill_values_create(s, f, "rasa", LANG_EN, NOW, NULL);
	const struct template_values *t = fill_values_get(v);
	assert_int_equal(t->later(t->data, NOW, 'h', 24), NOW + DAY_MS);
	assert_true(t->later(t->data, NOW, 'd', 7) >= NOW + 7 * DAY_MS - HOUR_MS);
	/* One business day after a Friday lies behind the weekend. */
	assert_true(t->later(t->data, NOW, 'b', 1) >= NOW + 2 * DAY_MS);
	assert_int_equal(due_of(v, "24 h"), NOW + DAY_MS);
	assert_int_equal(due_of(v, "1 business days"), t->later(t->data, NOW, 'b', 1));
	assert_int_equal(due_of(v, NULL), 0);
	assert_int_equal(due_of(v, "soon"), 0);
}

static int setup(void **state)
{
	*state = make_store();
	return 0;
}

static int teardown(void **state)
{
	make_store_remove(*state);
	return 0;
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pages_take_numbers_and_nothing_else),
	    cmocka_unit_test(unsound_pages_are_refused),
	    cmocka_unit_test(the_shipped_platforms_say_how_they_take_answers),
	    ON_STORE(a_case_fills_what_it_knows),
	    ON_STORE(an_address_is_no_name),
	    ON_STORE(dates_go_by_the_shops_calendar),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
