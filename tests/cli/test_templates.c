/* SPDX-License-Identifier: MIT */
/* amends templates edit: what the person's own copy looks like afterwards. */
#include "support/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* Editors: $1 is en.txt, $2 nl.txt, $7 meta.ini. */
#define ENGLISH "sh -c 'echo More. >>\"$1\"' editor"
#define ENGLISH_AND_DUTCH "sh -c 'echo More. >>\"$1\"; echo Meer. >>\"$2\"' editor"
#define DUTCH "sh -c 'echo Meer. >>\"$2\"' editor"
#define OWN_REVISION "sh -c 'echo More. >>\"$1\"; sed -i \"s/^source = .*/source = 7/\" \"$7\"' editor"
#define CHANGED_AND_FAILED "sh -c 'echo More. >>\"$1\"; exit 3' editor"

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

static struct run_result edit(struct run_home *h, const char *editor)
{
	run_set(h, "VISUAL", editor);
	return run_amends(h, "AMENDS", "templates", "edit", "exchange", NULL);
}

static char *own(const struct run_home *h, const char *file)
{
	for (char **v = h->env; *v; v++) {
		if (g_str_has_prefix(*v, "XDG_CONFIG_HOME="))
			return g_build_filename(strchr(*v, '=') + 1, "amends/templates/exchange", file, NULL);
	}
	fail_msg("there is no XDG_CONFIG_HOME");
	return NULL;
}

static bool has_copy(const struct run_home *h)
{
	g_autofree char *folder = own(h, NULL);
	return g_file_test(folder, G_FILE_TEST_EXISTS);
}

static void expect_meta(const struct run_home *h, const char *line)
{
	g_autofree char *path = own(h, "meta.ini"), *text = NULL;
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	if (!strstr(text, line))
		fail_msg("no \"%s\" in %s", line, text);
}

static void what_is_left_as_it_was_leaves_no_copy(void **state)
{
	static const struct {
		const char *editor;
		int status;
	} editors[] = {{"true", 0}, {"sh -c 'exit 3'", 1}};
	for (gsize i = 0; i < G_N_ELEMENTS(editors); i++) {
		struct run_result r = edit(*state, editors[i].editor);
		run_expect(&r, editors[i].status, "exchange: nothing was changed", NULL);
		run_result_clear(&r);
		assert_false(has_copy(*state));
	}
}

static void a_copy_changed_back_goes(void **state)
{
	struct run_result r = edit(*state, DUTCH);
	run_expect(&r, 0, "", "");
	run_result_clear(&r);
	assert_true(has_copy(*state));
	r = edit(*state, "sh -c 'sed -i /Meer/d \"$2\"' editor");
	run_expect(&r, 0, "nothing was changed", "");
	run_result_clear(&r);
	assert_false(has_copy(*state));
}

static void another_english_text_makes_the_others_stale(void **state)
{
	struct run_result r = edit(*state, ENGLISH);
	run_expect(&r, 1, "its revision (source) is now 2", "exchange: nl.txt renders an older en.txt");
	run_result_clear(&r);
	expect_meta(*state, "\nsource = 2\n");
	expect_meta(*state, "\nnl = 1\n");
	r = run_amends(*state, "AMENDS", "templates", NULL);
	run_expect(&r, 0, "en (nl) (lt)", NULL);
	run_result_clear(&r);
	r = run_amends(*state, "AMENDS", "check", NULL);
	run_expect(&r, 1, NULL, "exchange/meta.ini: it.txt renders an older en.txt");
	run_result_clear(&r);
	/* Once more, and once without: only a change counts. */
	r = edit(*state, ENGLISH);
	run_expect(&r, 1, "is now 3", NULL);
	run_result_clear(&r);
	r = edit(*state, "true");
	run_expect(&r, 1, "", "zh-Hans.txt renders an older");
	run_result_clear(&r);
	expect_meta(*state, "\nsource = 3\n");
}

static void a_body_changed_with_it_renders_it(void **state)
{
	struct run_result r = edit(*state, ENGLISH_AND_DUTCH);
	run_expect(&r, 1, "is now 2", "lt.txt renders an older");
	assert_null(strstr(r.err, "nl.txt"));
	run_result_clear(&r);
	expect_meta(*state, "\nnl = 2\n");
	expect_meta(*state, "\nlt = 1\n");
	expect_meta(*state, "title[zh_TW] = "); /* all else stays */
}

static void a_revision_given_by_hand_stays(void **state)
{
	struct run_result r = edit(*state, OWN_REVISION);
	run_expect(&r, 1, "", "nl.txt renders an older");
	assert_string_equal(r.out, "");
	run_result_clear(&r);
	expect_meta(*state, "\nsource = 7\n");
}

static void work_stays_though_the_editor_failed(void **state)
{
	struct run_result r = edit(*state, CHANGED_AND_FAILED);
	run_expect(&r, 1, "is now 2", "exited with code 3");
	run_result_clear(&r);
	assert_true(has_copy(*state));
}

static void what_is_no_template_is_told(void **state)
{
	static const char *const names[] = {"nosuch", "../templates", "exchange/.."};
	run_set(*state, "VISUAL", "true");
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		struct run_result r = run_amends(*state, "AMENDS", "templates", "edit", names[i], NULL);
		run_expect(&r, 1, NULL, "there is no template");
		run_result_clear(&r);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_is_left_as_it_was_leaves_no_copy),
	    TEST(a_copy_changed_back_goes),
	    TEST(another_english_text_makes_the_others_stale),
	    TEST(a_body_changed_with_it_renders_it),
	    TEST(a_revision_given_by_hand_stays),
	    TEST(work_stays_though_the_editor_failed),
	    TEST(what_is_no_template_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
