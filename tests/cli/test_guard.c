/* SPDX-License-Identifier: MIT */
/* amends guard: lines like a compiler's, exit codes, JSON, faults of use. */
#include "support/run.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

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

/* Runs with `draft` on standard input; `options` NULL-ended. */
static struct run_result guard(const struct run_home *h, const char *draft, gssize length,
			       const char *const *options)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("amends-draft-XXXXXX", &path, NULL);
	assert_true(fd >= 0);
	g_close(fd, NULL);
	assert_true(g_file_set_contents(path, draft, length, NULL));
	g_ptr_array_add(argv, (gpointer)g_getenv("AMENDS"));
	g_ptr_array_add(argv, (gpointer) "guard");
	for (; options && *options; options++)
		g_ptr_array_add(argv, (gpointer)*options);
	g_ptr_array_add(argv, NULL);
	struct run_result r = run_program(h, (const char *const *)argv->pdata, path);
	unlink(path);
	return r;
}

static void findings_are_lines(void **state)
{
	static const char draft[] = "Dear Anna,\nwe are sorry.\nWrite é to shop@mail.example please.\n";
	struct run_result r = guard(*state, draft, -1, NULL);
	run_expect(&r, 1, "3:12: block: contact.email: ", NULL);
	assert_string_equal(r.err, "");
	run_result_clear(&r);
}

static void proper_drafts_pass(void **state)
{
	static const char *const options[] = {"--lang", "nl", "--platform", "ebay", NULL};
	struct run_result r = guard(*state, "Het spijt ons; wij hebben vandaag terugbetaald.\n", -1, options);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "");
	run_result_clear(&r);
}

/* A hint alone is told and leaves the exit code 0. */
static void hints_are_no_fault(void **state)
{
	struct run_result r = guard(*state, "We will get back to you about this soon.\n", -1, NULL);
	run_expect(&r, 0, "hint: advice.vague-time: ", NULL);
	run_result_clear(&r);
}

static void the_platform_decides(void **state)
{
	static const char draft[] = "The item is out of stock, please cancel the order yourself.\n";
	static const char *const amazon[] = {"--platform", "amazon", NULL}, *const ebay[] = {"--platform",
											     "ebay", NULL};
	struct run_result r = guard(*state, draft, -1, amazon);
	run_expect(&r, 1, "amazon.cancel-yourself", NULL);
	run_result_clear(&r);
	r = guard(*state, draft, -1, ebay);
	assert_null(strstr(r.out, "amazon.cancel-yourself"));
	run_result_clear(&r);
	static const char *const written[] = {"--platform", "Amazon", NULL};
	r = guard(*state, draft, -1, written);
	run_expect(&r, 1, "amazon.cancel-yourself", NULL);
	run_result_clear(&r);
}

static void a_platform_that_is_none_is_told(void **state)
{
	static const char *const names[] = {"amazno", "nosuch", "kinds", ""};
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *const options[] = {"--platform", names[i], NULL};
		struct run_result r = guard(*state, "x", -1, options);
		run_expect(&r, 2, "", "none of the platforms: aliexpress, amazon, bol, ebay");
		assert_null(strstr(r.err, "kinds,"));
		run_result_clear(&r);
	}
}

static void json_has_every_part(void **state)
{
	static const char *const options[] = {"--json", NULL};
	struct run_result r = guard(*state, "请加我微信，我们在那里聊。\n", -1, options);
	assert_int_equal(r.status, 1);
	json_t *all = json_loads(r.out, 0, NULL);
	assert_true(json_array_size(all) >= 1);
	json_t *row = json_array_get(all, 0);
	assert_int_equal(json_integer_value(json_object_get(row, "line")), 1);
	assert_string_equal(json_string_value(json_object_get(row, "severity")), "block");
	assert_string_equal(json_string_value(json_object_get(row, "rule")), "contact.messenger");
	assert_non_null(strstr(json_string_value(json_object_get(row, "found")), "微信"));
	json_decref(all);
	run_result_clear(&r);
}

static void wrong_use_is_told(void **state)
{
	static const char *const lang[] = {"--lang", "xx", NULL}, *const extra[] = {"draft.txt", NULL};
	struct run_result r = guard(*state, "x", -1, lang);
	run_expect(&r, 2, NULL, "none of the languages");
	run_result_clear(&r);
	r = guard(*state, "x", -1, extra);
	run_expect(&r, 2, NULL, "standard input");
	run_result_clear(&r);
	r = guard(*state, "caf\xe9", 4, NULL);
	run_expect(&r, 2, NULL, "UTF-8");
	run_result_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(findings_are_lines, home, leave),
	    cmocka_unit_test_setup_teardown(proper_drafts_pass, home, leave),
	    cmocka_unit_test_setup_teardown(hints_are_no_fault, home, leave),
	    cmocka_unit_test_setup_teardown(the_platform_decides, home, leave),
	    cmocka_unit_test_setup_teardown(a_platform_that_is_none_is_told, home, leave),
	    cmocka_unit_test_setup_teardown(json_has_every_part, home, leave),
	    cmocka_unit_test_setup_teardown(wrong_use_is_told, home, leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
