/* SPDX-License-Identifier: MIT */
/* `amends rules`, `amends rules test`, tags on the command line, and what `amends check` says of rules. */
#include "support/shop_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static void write_rules(struct desk *d, const char *text)
{
	g_autofree char *folder = g_build_filename(d->home->path, "config", "amends", "rules", NULL);
	g_autofree char *path = g_build_filename(folder, "shop.ini", NULL);
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void rules_are_listed_and_tried(void **state)
{
	static const struct desk_row rows[] = {
	    {{"rules"},
	     0,
	     "1. shop.broken: Broken goods\n   when: new case\n   and: kind:damaged value:>40",
	     NULL},
	    {{"rules"}, 0, "   give to: mei, wang, in turn\n   tag: dear\n", NULL},
	    {{"rules", "--json"}, 0, "\"in_turn\":[\"mei\",\"wang\"]", NULL},
	    {{"rules", "test", "1"}, 0, "newest mail: return request, 2026-11-22 12:00, a new case", NULL},
	    {{"rules", "test", "1"}, 0, "1. shop.broken: fires\n   give to: mei\n   tag: dear\n", NULL},
	    {{"rules", "test", "1"}, 0, "2. shop.late: not asked: a rule before it said stop\n", NULL},
	    {{"rules", "test", "2"}, 0, "1. shop.broken: the case doesn't fit: kind:damaged\n", NULL},
	    {{"rules", "test", "2"}, 0, "2. shop.late: not for this mail (help request)\n", NULL},
	    {{"rules", "test", "1", "--json"}, 0, "\"effect\":\"tag\",\"what\":\"dear\"", NULL},
	    {{"show", "1"}, 0, "Who", NULL},
	    {{"rules", "test", "99"}, 3, NULL, "no case 99"},
	    {{"rules", "try", "1"}, 2, NULL, "amends rules test CASE"},
	};
	write_rules(*state,
		    "[broken]\ntitle = Broken goods\nwhen = opened\nquery = kind:damaged value:>40\n"
		    "in_turn = mei; wang\ntag = dear\nstop = yes\n[late]\nwhen = review\ntag = review\n");
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
	/* It has changed nothing. */
	struct run_result r =
	    run_amends(((struct desk *)*state)->home, "AMENDS_AT", "list", "tag:dear", NULL);
	assert_null(strstr(r.out, "Harriet"));
	run_result_clear(&r);
}

static void tags_by_name(void **state)
{
	static const struct desk_row rows[] = {
	    {{"act", "1", "tag=vip-china"}, 0, "Case 1: tagged", NULL},
	    {{"act", "1", "tag=VIP-China"}, 0, "stood so already", NULL},
	    {{"act", "1", "tag=two words"}, 1, NULL, "letters, digits and hyphens"},
	    {{"show", "1"}, 0, "vip-china", NULL},
	    {{"show", "1", "--json"}, 0, "\"tags\":[\"vip-china\"]", NULL},
	    {{"list", "tag:vip-china"}, 0, "Harriet", NULL},
	    {{"list", "--json", "tag:vip-china"}, 0, "\"tags\":[\"vip-china\"]", NULL},
	    {{"list", "tag:a;b"}, 2, NULL, "letters, digits and hyphens"},
	    {{"act", "1", "untag=vip-china"}, 0, "tag taken off", NULL},
	    {{"act", "undo"}, 0, "Taken back: tag taken off \"vip-china\", case 1", NULL},
	    {{"list", "tag:vip-china"}, 0, "Harriet", NULL},
	};
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
}

static void check_reads_the_rules(void **state)
{
	static const struct {
		const char *rules;
		int status;
		const char *err;
	} rows[] = {
	    {"[a]\nwhen = opened\ntga = x\n", 1, "rules/shop.ini:3: "},
	    {"[a]\nwhen = opened\nquery = lang:qq\ntag = x\n", 1, "rules/shop.ini:3: at character 1: "},
	    {"[a]\nwhen = opened\ntemplate = no-such\n", 1,
	     "rules/shop.ini:1: there is no canned reply \"no-such\""},
	    {"[a]\nwhen = opened\nclock = shop.no-such\n", 1,
	     "rules/shop.ini:1: there is no clock \"shop.no-such\""},
	    {"[a]\nwhen = opened\nassign = rasa\n", 0, NULL},
	};
	struct desk *d = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		write_rules(d, rows[i].rules);
		struct run_result r = run_amends(d->home, "AMENDS", "check", NULL);
		run_expect(&r, rows[i].status, "data files", rows[i].err);
		run_result_clear(&r);
	}
	/* A login that nobody worked under is told, but is no fault. */
	struct run_result r = run_amends(d->home, "AMENDS_AT", "act", "1", "take", NULL);
	run_result_clear(&r);
	r = run_amends(d->home, "AMENDS", "check", NULL);
	run_expect(&r, 0, "data files", "warning: nobody has worked as \"rasa\"");
	run_result_clear(&r);
}

static void check_runs_the_examples(void **state)
{
	static const char rule[] =
	    "[a]\nwhen = opened\nquery = kind:damaged value:>50 -who:mei -tag:seen \"in pieces\"\n"
	    "tag = seen\n";
	static const struct {
		const char *examples;
		int status;
		const char *err;
	} rows[] = {
	    {"match.1 = kind=damaged; value=60 EUR; text=It lay in pieces in its box\n"
	     "match.2 = kind=damaged; value=60 EUR; subject=All in pieces; who=wang; tag=other\n"
	     "pass.1 = kind=damaged; value=60 EUR; text=in pieces; who=mei\n"
	     "pass.2 = kind=damaged; value=60 EUR; text=in pieces; tag=seen\n"
	     "pass.3 = kind=damaged; value=60 EUR; text=broken\n"
	     "pass.4 = kind=damaged; value=60 EUR; text=in pieces; opened=no\n"
	     "pass.5 = kind=damaged; value=60 EUR; text=in pieces; event=sale\n",
	     0, NULL},
	    {"match.1 = kind=damaged; value=50 EUR; text=in pieces\n", 1,
	     "rules/shop.ini:5: shop.a: match.1: the rule doesn't fire"},
	    {"pass.3 = kind=damaged; value=60 EUR; text=in pieces\n", 1,
	     "rules/shop.ini:5: shop.a: pass.3: the rule fires"},
	};
	struct desk *d = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(rule, rows[i].examples, NULL);
		write_rules(d, text);
		struct run_result r = run_amends(d->home, "AMENDS", "check", NULL);
		run_expect(&r, rows[i].status, "data files", rows[i].err);
		run_result_clear(&r);
	}
}

/* They are shipped behind "# ", to be taken one by one. */
static void the_shipped_rules_do_as_their_examples_say(void **state)
{
	struct desk *d = *state;
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), "rules", "shop.ini", NULL),
			*text = NULL;
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	char *first = strstr(text, "# [");
	assert_non_null(first);
	g_auto(GStrv) lines = g_strsplit(first, "\n", -1);
	g_autoptr(GString) rules = g_string_new(NULL);
	guint groups = 0, examples[2] = {0};
	for (int n = 0; lines[n]; n++) {
		const char *line = g_str_has_prefix(lines[n], "# ") ? lines[n] + 2 : "";
		examples[0] += g_str_has_prefix(line, "match.1 ");
		examples[1] += g_str_has_prefix(line, "pass.1 ");
		groups += *line == '[';
		g_string_append_printf(rules, "%s\n", line);
	}
	assert_true(groups >= 3);
	assert_int_equal(examples[0], groups);
	assert_int_equal(examples[1], groups);
	write_rules(d, rules->str);
	struct run_result r = run_amends(d->home, "AMENDS", "check", NULL);
	run_expect(&r, 0, ", 0 faults", NULL);
	run_result_clear(&r);
	r = run_amends(d->home, "AMENDS_AT", "rules", NULL);
	run_expect(&r, 0, "shop.chinese-in-turn", NULL);
	run_result_clear(&r);
}

static void no_rules_are_no_fault(void **state)
{
	struct run_result r = run_amends(((struct desk *)*state)->home, "AMENDS_AT", "rules", NULL);
	run_expect(&r, 0, "There are no rules", NULL);
	run_result_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(rules_are_listed_and_tried, desk_open, desk_close),
	    cmocka_unit_test_setup_teardown(tags_by_name, desk_open, desk_close),
	    cmocka_unit_test_setup_teardown(check_reads_the_rules, desk_open, desk_close),
	    cmocka_unit_test_setup_teardown(check_runs_the_examples, desk_open, desk_close),
	    cmocka_unit_test_setup_teardown(the_shipped_rules_do_as_their_examples_say, desk_open,
					    desk_close),
	    cmocka_unit_test_setup_teardown(no_rules_are_no_fault, desk_open, desk_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
