/* SPDX-License-Identifier: MIT */
/* list, show and why on a shop whose clock stands at noon of 23 November 2026. */
#include "support/shop_desk.h"

#include <jansson.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* Who updates amends and lists first isn't sent away. */
static void an_older_store_is_brought_up_to_date(void **state)
{
	struct desk *d = *state;
	g_autofree char *path = g_build_filename(d->home->path, "old.db", NULL), *schema = NULL;
	g_autofree char *file = g_build_filename(g_getenv("AMENDS_DATA"), "schema.sql", NULL);
	sqlite3 *db;
	assert_true(g_file_get_contents(file, &schema, NULL, NULL));
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, schema, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "PRAGMA application_id = 0x616d6e64; PRAGMA user_version = 1", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	struct run_result r = run_amends(d->home, "AMENDS_AT", "--db", path, "list", NULL);
	run_expect(&r, 0, "", NULL);
	assert_string_equal(r.err, "");
	run_result_clear(&r);
}

static void list_goes_by_the_clock(void **state)
{
	struct desk *d = *state;
	struct run_result r = run_amends(d->home, "AMENDS_AT", "list", NULL);
	run_expect(&r, 0, "overdue 3h", NULL);
	assert_string_equal(r.err, "");
	g_auto(GStrv) lines = g_strsplit(r.out, "\n", -1);
	assert_int_equal(g_strv_length(lines),
			 MAKE_SHOP_CASES + 2); /* the titles, and what follows the last line end */
	assert_true(g_str_has_prefix(lines[0], "DUE "));
	assert_non_null(strstr(lines[1], "Harriet Blythe"));
	assert_non_null(strstr(lines[1], "£49.50"));
	assert_non_null(strstr(lines[2], "Joris van Aalst"));
	assert_non_null(strstr(lines[3], "Živilė"));
	run_result_clear(&r);
}

/* Every row's subject begins in one column, whatever the script before it. */
static void columns_line_up(void **state)
{
	struct desk *d = *state;
	struct run_result r = run_amends(d->home, "AMENDS_AT", "list", NULL);
	static const struct {
		const char *item;
		int wide; /* characters of two columns before it on the line */
	} rows[] = {{"Walnut", 0}, {"Leren", 0}, {"Lininė", 0}, {"保温杯", 3}, {"藍牙", 3}, {"Lampada", 0}};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *at = strstr(r.out, rows[i].item);
		assert_non_null(at);
		const char *start = g_strrstr_len(r.out, at - r.out, "\n");
		assert_non_null(start);
		glong before = g_utf8_strlen(start + 1, at - start - 1) + rows[i].wide;
		assert_int_equal(before, strstr(r.out, "SUBJECT") - r.out);
	}
	run_result_clear(&r);
}

/* Where the locale has no Chinese characters, what stands for them is as wide as they are. */
static void columns_line_up_in_ascii(void **state)
{
	struct desk *d = *state;
	run_set(d->home, "LC_ALL", "C");
	struct run_result r = run_amends(d->home, "AMENDS_AT", "list", "lang:zh", NULL);
	run_expect(&r, 0, "??????", "LC_ALL=C.UTF-8");
	g_auto(GStrv) lines = g_strsplit(r.out, "\n", -1);
	for (int i = 1; lines[i] && *lines[i]; i++)
		assert_int_equal(strstr(lines[i], "zh-") - lines[i], strstr(lines[0], "LANG") - lines[0]);
	run_result_clear(&r);
	run_set(d->home, "LC_ALL", "C.UTF-8");
}

static void list_takes_a_query(void **state)
{
	static const struct {
		const char *query;
		int rows;
		const char *names;
	} cases[] = {
	    {"lang:lt", 3, "Živilė"},   {"due:overdue", 2, "Harriet"}, {"退貨 lang:zh-Hans", 3, "王小雨"},
	    {"staltiesė", 3, "Živilė"}, {"value:>150", 3, "林書豪"},   {"is:closed", 0, ""},
	};
	struct desk *d = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct run_result r = run_amends(d->home, "AMENDS_AT", "list", cases[i].query, NULL);
		run_expect(&r, 0, cases[i].names, NULL);
		g_auto(GStrv) lines = g_strsplit(r.out, "\n", -1);
		assert_int_equal(g_strv_length(lines), cases[i].rows + 2);
		run_result_clear(&r);
	}
}

static void list_speaks_json(void **state)
{
	struct desk *d = *state;
	struct run_result r = run_amends(d->home, "AMENDS_AT", "list", "--json", NULL);
	run_expect(&r, 0, NULL, NULL);
	for (const char *c = r.out; *c; c++)
		assert_true(*c == '\n' || (*c >= ' ' && *c < 0x7f));
	json_t *all = json_loads(r.out, 0, NULL);
	assert_int_equal(json_array_size(all), MAKE_SHOP_CASES);
	json_t *first = json_array_get(all, 0);
	assert_string_equal(json_string_value(json_object_get(first, "due")), "2026-11-23T08:55:00.000Z");
	assert_string_equal(json_string_value(json_object_get(first, "kind")), "damaged");
	assert_string_equal(json_string_value(json_object_get(first, "status")), "new");
	json_t *value = json_object_get(first, "value");
	assert_int_equal(json_integer_value(json_object_get(value, "minor")), 4950);
	assert_string_equal(json_string_value(json_object_get(value, "amount")), "49.50");
	assert_string_equal(json_string_value(json_object_get(value, "currency")), "GBP");
	assert_string_equal(json_string_value(json_object_get(json_array_get(all, 3), "buyer")), "王小雨");
	json_decref(all);
	run_result_clear(&r);
}

static void an_empty_list_is_still_json(void **state)
{
	struct desk *d = *state;
	struct run_result r = run_amends(d->home, "AMENDS_AT", "list", "--json", "nobodywrotethis", NULL);
	assert_string_equal(r.out, "[]\n");
	run_result_clear(&r);
}

static void show_tells_the_whole_case(void **state)
{
	struct desk *d = *state;
	static const char *const parts[] = {
	    "Case        1\n",
	    "Kind        damaged\n",
	    "2026-11-23 08:55 (overdue 3h",
	    "Value       49.50 GBP",
	    "Harriet Blythe",
	    "10-20000-30000",
	    "The glass is cracked right across",
	    "    Return request, due 2026-11-23 08:55\n",
	};
	struct run_result r = run_amends(d->home, "AMENDS_AT", "show", "#1", NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		run_expect(&r, 0, parts[i], NULL);
	run_result_clear(&r);
}

static void show_speaks_json(void **state)
{
	struct desk *d = *state;
	struct run_result r = run_amends(d->home, "AMENDS_AT", "show", "4", "--json", NULL);
	run_expect(&r, 0, NULL, NULL);
	json_t *o = json_loads(r.out, 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(o, "id")), 4);
	assert_string_equal(json_string_value(json_object_get(o, "platform")), "taobao");
	json_t *events = json_object_get(o, "events");
	const char *text = NULL;
	for (size_t i = 0; i < json_array_size(events); i++) {
		json_t *message = json_object_get(json_array_get(events, i), "message");
		if (json_is_object(message))
			text = json_string_value(json_object_get(message, "text"));
	}
	assert_string_equal(text, "杯子漏水，我要退货退款。");
	assert_true(json_array_size(json_object_get(o, "clocks")) >= 1);
	json_decref(o);
	run_result_clear(&r);
}

static void why_explains_a_stated_date(void **state)
{
	struct desk *d = *state;
	struct run_result r = run_amends(d->home, "AMENDS_AT", "why", "1", NULL);
	run_expect(&r, 0, "2026 08:55", NULL);
	run_result_clear(&r);
	r = run_amends(d->home, "AMENDS_AT", "why", "--json", "1", NULL);
	run_expect(&r, 0, NULL, NULL);
	json_t *clocks = json_loads(r.out, 0, NULL), *clock = json_array_get(clocks, 0);
	assert_string_equal(json_string_value(json_object_get(clock, "why")), "stated");
	assert_string_equal(json_string_value(json_object_get(clock, "due")), "2026-11-23T08:55:00.000Z");
	assert_true(json_array_size(json_object_get(clock, "explanation")) >= 3);
	json_decref(clocks);
	run_result_clear(&r);
}

/* What a buyer wrote must not reach the terminal as it came. */
static void hostile_text_is_shown_harmless(void **state)
{
	struct desk *d = *state;
	struct mail_facts f = {
	    .platform = "mail",
	    .trigger = TRIGGER_BUYER_MESSAGE,
	    .alias = "mallory@example.org",
	    .name = "Mal\033]0;owned\007lory",
	    .subject = "gpj.\u202Eexe",
	    .text = "one\rtwo\033[2J\u200Bthree",
	    .lang = "en",
	    .sent = DESK_NOW - 60000,
	};
	struct ingested where = make_ingest(d->store, &f);
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, where.case_id);
	struct run_result r = run_amends(d->home, "AMENDS_AT", "show", id, NULL);
	run_expect(&r, 0, "gpj.‹U+202E›exe", NULL);
	run_expect(&r, 0, "‹U+001B›[2J‹U+200B›three", NULL);
	assert_null(strchr(r.out, '\033'));
	assert_null(strchr(r.out, '\r'));
	run_result_clear(&r);
	r = run_amends(d->home, "AMENDS_AT", "list", NULL);
	assert_null(strchr(r.out, '\033'));
	assert_null(strchr(r.out, '\007'));
	run_result_clear(&r);
	r = run_amends(d->home, "AMENDS_AT", "show", "--json", id, NULL);
	run_expect(&r, 0, "\\u202E", NULL);
	run_result_clear(&r);
}

static void another_charset_is_spoken_of_once(void **state)
{
	struct desk *d = *state;
	run_set(d->home, "LC_ALL", "C");
	struct run_result r = run_amends(d->home, "AMENDS_AT", "list", "lang:lt", NULL);
	run_expect(&r, 0, "Zivile Sarkunaite", "not UTF-8");
	for (const char *c = r.out; *c; c++)
		assert_true((unsigned char)*c < 0x80);
	assert_null(strstr(strstr(r.err, "not UTF-8") + 1, "not UTF-8"));
	run_set(d->home, "LC_ALL", "C.UTF-8");
	run_result_clear(&r);
}

static void faults_have_their_codes(void **state)
{
	static const struct {
		const char *a, *b;
		int status;
		const char *says;
	} cases[] = {
	    {"show", "999", 3, "there is no case 999"}, {"why", "999", 3, "there is no case 999"},
	    {"show", "abc", 2, "no case number"},       {"show", NULL, 2, "name one case"},
	    {"list", "lang:xx", 2, "use one of"},       {"list", "(a", 2, "bracket"},
	    {"list", "--nonsense", 2, "--nonsense"},    {"show", "-5", 2, "-5"},
	};
	struct desk *d = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct run_result r = run_amends(d->home, "AMENDS_AT", cases[i].a, cases[i].b, NULL);
		run_expect(&r, cases[i].status, "", cases[i].says);
		assert_string_equal(r.out, "");
		run_result_clear(&r);
	}
}

static void a_full_disk_is_told(void **state)
{
	struct desk *d = *state;
	g_autofree char *line = g_strdup_printf("%s list >/dev/full", g_getenv("AMENDS_AT"));
	const char *const argv[] = {"/bin/sh", "-c", line, NULL};
	struct run_result r = run_program(d->home, argv, NULL);
	run_expect(&r, 1, NULL, "can't be written");
	run_result_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_older_store_is_brought_up_to_date),
	    cmocka_unit_test(list_goes_by_the_clock),
	    cmocka_unit_test(columns_line_up),
	    cmocka_unit_test(columns_line_up_in_ascii),
	    cmocka_unit_test(list_takes_a_query),
	    cmocka_unit_test(list_speaks_json),
	    cmocka_unit_test(an_empty_list_is_still_json),
	    cmocka_unit_test(show_tells_the_whole_case),
	    cmocka_unit_test(show_speaks_json),
	    cmocka_unit_test(why_explains_a_stated_date),
	    cmocka_unit_test(another_charset_is_spoken_of_once),
	    cmocka_unit_test(faults_have_their_codes),
	    cmocka_unit_test(a_full_disk_is_told),
	    cmocka_unit_test(hostile_text_is_shown_harmless),
	};
	return cmocka_run_group_tests(tests, desk_open, desk_close);
}
