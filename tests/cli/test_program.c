/* SPDX-License-Identifier: MIT */
/* The program's outside: help, versions, stores that aren't there or aren't ours. */
#include "support/run.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "config.h"
#include "domain/banned.h"

static int home(void **state)
{
	*state = run_home_create();
	return 0;
}

static int leave(void **state)
{
	run_home_destroy(*state);
	return 0;
}

static void help_names_every_command(void **state)
{
	static const char *const names[] = {"ui",     "list",    "show",       "why",  "guard",
					    "import", "deliver", "attachment", "check"};
	struct run_result r = run_amends(*state, "AMENDS", "--help", NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		run_expect(&r, 0, names[i], NULL);
	run_expect(&r, 0, "--db=FILE", NULL);
	/* The meanings stand in one column, also behind a long form. */
	run_expect(&r, 0, "  list [QUERY]         list open cases", NULL);
	g_auto(GStrv) lines = g_strsplit(r.out, "\n", -1);
	for (char **l = lines; *l; l++)
		assert_true(strlen(*l) <= 80);
	run_result_clear(&r);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *usage = g_strdup_printf("amends %s", names[i]);
		r = run_amends(*state, "AMENDS", names[i], "--help", NULL);
		run_expect(&r, 0, usage, NULL);
		assert_string_equal(r.err, "");
		run_result_clear(&r);
	}
}

static void version_is_told(void **state)
{
	struct run_result r = run_amends(*state, "AMENDS", "--version", NULL);
	assert_string_equal(r.out, "amends " AMENDS_VERSION "\n");
	assert_int_equal(r.status, 0);
	run_result_clear(&r);
}

static void wrong_use_ends_with_2(void **state)
{
	static const struct {
		const char *a, *b, *says;
	} cases[] = {
	    {"lst", NULL, "there is no command lst"},       {"--nonsense", NULL, "--nonsense"},
	    {"import", NULL, "name what to read"},          {"attachment", "x", "name one attachment"},
	    {"check", "--nonsense", "amends check --help"}, {"--db", NULL, "--db"},
	    {"list", "--limit=-1", "write 1 or more"},      {"list", "-refund", "write -- before a query"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct run_result r = run_amends(*state, "AMENDS", cases[i].a, cases[i].b, NULL);
		run_expect(&r, 2, "", cases[i].says);
		run_result_clear(&r);
	}
}

static void a_missing_store_says_import_first(void **state)
{
	struct run_home *h = *state;
	static const char *const commands[] = {"list", "ui"};
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
		struct run_result r = run_amends(h, "AMENDS", commands[i], NULL);
		run_expect(&r, 1, "", "import mail first");
		assert_non_null(strstr(r.err, h->store));
		run_result_clear(&r);
	}
	assert_false(g_file_test(h->store, G_FILE_TEST_EXISTS));
	struct run_result r = run_amends(h, "AMENDS", "--db=", "list", NULL);
	run_expect(&r, 1, "", "--db is empty");
	run_result_clear(&r);
}

static void a_foreign_file_is_refused_and_left_alone(void **state)
{
	struct run_home *h = *state;
	g_autofree char *path = g_build_filename(h->path, "letter.txt", NULL);
	g_autofree char *after = NULL;
	const char *text =
	    "Dear reader, this is no store, but it is longer than the header of one, so that the "
	    "program has to look at what stands in it.\n";
	assert_true(g_file_set_contents(path, text, -1, NULL));
	struct run_result r = run_amends(h, "AMENDS", "--db", path, "list", NULL);
	run_expect(&r, 1, "", "is not a store of amends");
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "import", "--db", path, path, NULL);
	run_expect(&r, 1, NULL, "is not a store of amends");
	run_result_clear(&r);
	assert_true(g_file_get_contents(path, &after, NULL, NULL));
	assert_string_equal(after, text);
}

static void what_is_said_of_a_path_is_safe(void **state)
{
	struct run_result r =
	    run_amends(*state, "AMENDS", "--db", "/nowhere/\033[31m\u202Egpj", "list", NULL);
	run_expect(&r, 1, NULL, "‹U+001B›[31m‹U+202E›gpj");
	assert_null(strchr(r.err, '\033'));
	run_result_clear(&r);
}

static void the_screen_needs_a_terminal(void **state)
{
	struct run_home *h = *state;
	g_autofree char *mail = g_build_filename(h->path, "one.eml", NULL);
	assert_true(g_file_set_contents(mail, "From: a@example.org\nSubject: x\n\nHello\n", -1, NULL));
	struct run_result r = run_amends(h, "AMENDS", "import", mail, NULL);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", NULL);
	run_expect(&r, 1, "", "terminal");
	run_result_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(help_names_every_command, home, leave),
	    cmocka_unit_test_setup_teardown(version_is_told, home, leave),
	    cmocka_unit_test_setup_teardown(wrong_use_ends_with_2, home, leave),
	    cmocka_unit_test_setup_teardown(a_missing_store_says_import_first, home, leave),
	    cmocka_unit_test_setup_teardown(a_foreign_file_is_refused_and_left_alone, home, leave),
	    cmocka_unit_test_setup_teardown(what_is_said_of_a_path_is_safe, home, leave),
	    cmocka_unit_test_setup_teardown(the_screen_needs_a_terminal, home, leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
