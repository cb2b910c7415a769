/* SPDX-License-Identifier: MIT */
/* Canned replies: the little language, filling in, fit; dates and money as each language writes them. */
#include "domain/template.h"

#include "domain/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1795442400000) /* Monday 2026-11-23 14:00 UTC */

static const char meta[] =
    "[template]\ntitle = Test\ntitle[lt] = Bandymas\nkinds = damaged\nstage = evidence\nasks = photo\n"
    "platforms = ebay; -amazon\npromises = 24 h\nsource = 2\n[bodies]\nnl = 2\nlt = 1\n";

static bool add(struct template_set *s, const char *name, const char *ini, const char *en, GError **error)
{
	struct template_files f = {
	    .name = name, .meta_file = "meta.ini", .meta = ini, .meta_length = ini ? strlen(ini) : 0};
	f.bodies[LANG_EN] = en;
	f.bodies[LANG_NL] = en;
	f.bodies[LANG_LT] = en;
	return template_set_add(s, &f, error);
}

static gint64 later(void *data, gint64 now, char unit, int amount)
{
	return now + (unit == 'h' ? amount * HOUR_MS : amount * DAY_MS);
}

/* Fills `body` with a name, an order and an item; the holes as "at+length ..." in *holes; in *inner the same
 * without greeting and signature (both may be NULL). */
static char *fill(const char *body, char **holes, char **inner)
{
	g_autoptr(template_set_auto) s = template_set_create();
	g_autoptr(GHashTable) texts = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GArray) found = g_array_new(false, false, sizeof(struct template_hole));
	g_autoptr(GError) error = NULL;
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_hash_table_insert(texts, "buyer.name", "Ona");
	g_hash_table_insert(texts, "item", "Lempa");
	g_hash_table_insert(texts, "case.number", "");
	assert_true(
	    add(s, "_greeting", NULL,
		"{{#buyer.name}}Dear {{buyer.name}},{{/buyer.name}}{{^buyer.name}}Hello,{{/buyer.name}}\n",
		NULL));
	if (!add(s, "t", meta, body, &error))
		fail_msg("%s", error->message);
	struct template_values v = {texts, NOW, utc, later, NULL};
	const struct template *t = template_set_find(s, "t");
	char *text = template_fill(s, t, LANG_EN, &v, found);
	if (inner)
		*inner = template_fill_body(s, t, LANG_EN, &v);
	GString *list = g_string_new(NULL);
	for (guint i = 0; i < found->len; i++) {
		const struct template_hole *h = &g_array_index(found, struct template_hole, i);
		g_string_append_printf(list, "%s%.*s", i ? " " : "", (int)h->length, text + h->at);
	}
	if (holes)
		*holes = g_string_free(list, false);
	else
		g_string_free(list, true);
	return text;
}

static void bodies_are_filled(void **state)
{
	static const struct {
		const char *body, *text, *holes;
	} rows[] = {
	    {"plain", "plain", ""},
	    {"for {{buyer.name}}.", "for Ona.", ""},
	    {"{{>greeting}}\n\nHi", "Dear Ona,\n\nHi", ""},
	    {"costs {{amount}}, {{item}}", "costs {{amount}}, Lempa", "{{amount}}"},
	    {"{{#order.number}}order {{order.number}}{{/order.number}}{{^order.number}}no "
	     "order{{/order.number}}",
	     "no order", ""},
	    {"{{#case.number}}case{{/case.number}}x", "x", ""},
	    {"a\n{{#item}}\nb\n{{/item}}\nc", "a\nb\nc", ""},
	    {"a\n{{#tracking}}\nb {{tracking}}\n{{/tracking}}\nc", "a\nc", ""},
	    {"{{#item}}{{#tracking}}t{{/tracking}}{{^tracking}}n{{/tracking}}{{/item}}", "n", ""},
	    {"two {{{{ braces", "two {{ braces", ""},
	    {"by {{date:3d}}", "by Thursday 26 November", ""},
	    {"by {{time:24h}}", "by Tuesday 24 November, 2:00 pm", ""},
	    {"by {{date:60d}}", "by Friday 22 January 2027", ""},
	    {"{{part}} {{amount}} {{part}}", "{{part}} {{amount}} {{part}}", "{{part}} {{amount}} {{part}}"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *holes = NULL, *text = fill(rows[i].body, &holes, NULL);
		assert_string_equal(text, rows[i].text);
		assert_string_equal(holes, rows[i].holes);
	}
}

static void a_body_comes_without_its_frame(void **state)
{
	g_autofree char *inner = NULL;
	g_autofree char *text =
	    fill("{{>greeting}}\n\nHi {{item}}\n\nOr {{part}}\n\n{{>signature}}\n", NULL, &inner);
	assert_true(g_str_has_prefix(text, "Dear Ona,\n\nHi Lempa"));
	assert_string_equal(inner, "Hi Lempa\n\nOr {{part}}");
}

static void a_time_is_one_that_a_person_would_write(void **state)
{
	static const struct {
		int minutes;
		const char *text;
	} rows[] = {{0, "Tuesday 24 November, 2:00 pm"},
		    {22, "Tuesday 24 November, 2:00 pm"},
		    {30, "Tuesday 24 November, 2:30 pm"},
		    {59, "Tuesday 24 November, 2:30 pm"}};
	g_autoptr(template_set_auto) s = template_set_create();
	g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	assert_true(add(s, "t", meta, "{{time:24h}}", NULL));
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct template_values v = {none, NOW + rows[i].minutes * MINUTE_MS, utc, later, NULL};
		g_autofree char *text = template_fill(s, template_set_find(s, "t"), LANG_EN, &v, NULL);
		assert_string_equal(text, rows[i].text);
	}
}

static void faulty_bodies_are_refused_with_their_line(void **state)
{
	static const struct {
		const char *body, *says;
	} rows[] = {
	    {"x\n{{nosuch}}", "t/en.txt:2"},
	    {"{{#item}}never closed", "never closed"},
	    {"{{/item}}", "closes no section"},
	    {"{{#item}}{{/amount}}", "closes no section"},
	    {"{{broken", "without"},
	    {"{{broken\n}}", "without"},
	    {"{{date:2x}}", "no such placeholder"},
	    {"{{date:}}", "no such placeholder"},
	    {"{{}}", "no such placeholder"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(template_set_auto) s = template_set_create();
		g_autoptr(GError) error = NULL;
		assert_false(add(s, "t", meta, rows[i].body, &error));
		if (!strstr(error->message, rows[i].says))
			fail_msg("%s: %s", rows[i].body, error->message);
	}
}

static void faulty_meta_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *ini, *says;
	} rows[] = {
	    {"[template]\nstage = opening\n", "title"},
	    {"[template]\ntitle = T\nstage = nonsense\n", "meta.ini:3"},
	    {"[template]\ntitle = T\nstage = opening\nkinds = damaged; broken\n", "meta.ini:4"},
	    {"[template]\ntitle = T\nstage = opening\ncolour = red\n", "unknown key"},
	    {"[template]\ntitle = T\nstage = opening\nneeds = money\n", "money"},
	    {"[template]\ntitle = T\nstage = opening\npromises = soon\n", "meta.ini:4"},
	    {"[template]\ntitle = T\nstage = opening\n[bodies]\nfr = 1\n", "fr"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(template_set_auto) s = template_set_create();
		g_autoptr(GError) error = NULL;
		assert_false(add(s, "t", rows[i].ini, "x", &error));
		if (!strstr(error->message, rows[i].says))
			fail_msg("%s", error->message);
	}
}

static void stale_bodies_are_known(void **state)
{
	g_autoptr(template_set_auto) s = template_set_create();
	assert_true(add(s, "t", meta, "x", NULL));
	const struct template *t = template_set_find(s, "t");
	assert_false(template_is_stale(t, LANG_EN));
	assert_false(template_is_stale(t, LANG_NL));
	assert_true(template_is_stale(t, LANG_LT)); /* renders revision 1 of 2 */
	assert_true(template_is_stale(t, LANG_IT)); /* there is none */
}

static void replies_fit_their_case(void **state)
{
	g_autoptr(template_set_auto) s = template_set_create();
	assert_true(add(s, "t", meta, "x", NULL));
	const struct template *t = template_set_find(s, "t");
	struct template_case c = {.kind = KIND_DAMAGED, .status = STATUS_NEW, .platform = "ebay"};
	int fresh = template_fit(t, &c);
	assert_true(fresh > 0);
	c.asked = t->asks;
	assert_true(template_fit(t, &c) < fresh); /* Z9: what was asked isn't asked again */
	c.platform = "amazon";
	assert_int_equal(template_fit(t, &c), 0);
	c.platform = "etsy";
	assert_int_equal(template_fit(t, &c), 0);
	c = (struct template_case){.kind = KIND_LOST, .status = STATUS_NEW, .platform = "ebay"};
	assert_int_equal(template_fit(t, &c), 0);
}

/* Of evidence the buyer is reminded only if it was asked for. */
static void a_reminder_fits_what_was_asked(void **state)
{
	static const char meta_of_reminder[] = "[template]\ntitle = Test\nkinds = damaged\nstage = reminder\n"
					       "platforms = *\nwhen = asked\nsource = 1\n[bodies]\n";
	g_autoptr(template_set_auto) s = template_set_create();
	assert_true(add(s, "evidence", meta_of_reminder, "x", NULL));
	assert_true(add(s, "t", meta, "x", NULL));
	const struct template *reminder = template_set_find(s, "evidence"),
			      *other = template_set_find(s, "t");
	struct template_case c = {.kind = KIND_DAMAGED,
				  .status = STATUS_BUYER,
				  .platform = "ebay",
				  .answered = true,
				  .silent = true};
	assert_true(template_fit(reminder, &c) < template_fit(other, &c));
	c.asked = other->asks;
	assert_true(template_fit(reminder, &c) > template_fit(other, &c));
}

static void dates_and_money_as_each_language_writes_them(void **state)
{
	static const struct {
		enum lang lang;
		const char *date, *date_time, *euro, *yuan;
	} rows[N_LANGS] = {
	    {LANG_EN, "Thursday 26 November", "Thursday 26 November, 5:30 pm", "€1,234.50", "¥88.00"},
	    {LANG_NL, "donderdag 26 november", "donderdag 26 november om 17.30 uur", "€ 1.234,50", "¥ 88,00"},
	    {LANG_LT, "lapkričio 26 d.", "lapkričio 26 d. 17:30 val.", "1 234,50 €", "88,00 ¥"},
	    {LANG_ZH_HANS, "11月26日（星期四）", "11月26日（星期四）17:30", "€1,234.50", "¥88.00"},
	    {LANG_ZH_HANT, "11月26日（星期四）", "11月26日（星期四）17:30", "€1,234.50", "¥88.00"},
	    {LANG_IT, "giovedì 26 novembre", "giovedì 26 novembre alle 17:30", "1.234,50 €", "88,00 ¥"},
	};
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	gint64 at = NOW + 3 * DAY_MS + 3 * HOUR_MS + 30 * MINUTE_MS;
	const struct money euro = {123450, "EUR"}, yuan = {8800, "CNY"}, none = {5, ""};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *date = lang_date(rows[i].lang, at, NOW, utc),
				*time = lang_date_time(rows[i].lang, at, NOW, utc);
		g_autofree char *e = lang_money(rows[i].lang, &euro), *y = lang_money(rows[i].lang, &yuan),
				*n = lang_money(rows[i].lang, &none);
		for (char *p; (p = strstr(e, "\302\240"));) /* no-break spaces read as spaces here */
			memmove(p + 1, p + 2, strlen(p + 2) + 1), *p = ' ';
		for (char *p; (p = strstr(y, "\302\240"));)
			memmove(p + 1, p + 2, strlen(p + 2) + 1), *p = ' ';
		assert_string_equal(date, rows[i].date);
		assert_string_equal(time, rows[i].date_time);
		assert_string_equal(e, rows[i].euro);
		assert_string_equal(y, rows[i].yuan);
		assert_string_equal(n, "");
	}
}

static void languages_are_found(void **state)
{
	static const struct {
		const char *id;
		int lang; /* -1: none */
	} rows[] = {{"en", LANG_EN},
		    {"nl_NL.UTF-8", LANG_NL},
		    {"lt-LT", LANG_LT},
		    {"zh", LANG_ZH_HANS},
		    {"zh_CN", LANG_ZH_HANS},
		    {"zh_TW.UTF-8", LANG_ZH_HANT},
		    {"zh-Hant", LANG_ZH_HANT},
		    {"zh_HK", LANG_ZH_HANT},
		    {"it", LANG_IT},
		    {"fr", -1},
		    {"C", -1},
		    {"", -1},
		    {NULL, -1}};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		enum lang lang = N_LANGS;
		assert_int_equal(lang_find(rows[i].id, &lang), rows[i].lang >= 0);
		if (rows[i].lang >= 0)
			assert_int_equal(lang, rows[i].lang);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bodies_are_filled),
	    cmocka_unit_test(a_body_comes_without_its_frame),
	    cmocka_unit_test(a_time_is_one_that_a_person_would_write),
	    cmocka_unit_test(faulty_bodies_are_refused_with_their_line),
	    cmocka_unit_test(faulty_meta_is_refused_with_its_line),
	    cmocka_unit_test(stale_bodies_are_known),
	    cmocka_unit_test(replies_fit_their_case),
	    cmocka_unit_test(a_reminder_fits_what_was_asked),
	    cmocka_unit_test(dates_and_money_as_each_language_writes_them),
	    cmocka_unit_test(languages_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
