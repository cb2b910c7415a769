/* SPDX-License-Identifier: MIT */
/* What rules do, seen on the screen: the history names the rule, the reply is there, the tag can be searched.
 */
#include "ui/desk.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const char rules[] = "[broken]\nwhen = opened\nquery = kind:damaged lang:en\n"
			    "tag = cracked\ntemplate = evidence-photo\n";

static void a_rule_is_seen_and_its_reply_is_ready(void **state)
{
	struct pty *p = desk_start(*state, 40, 120, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/tag:cra\t\r");
	assert_true(pty_wait_text(p, "tag:cracked"));
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "tagged: cracked, by rule shop.broken"));
	assert_true(pty_wait_text(p, "reply prepared: evidence-photo, by rule shop.broken"));
	assert_true(pty_wait_text(p, "tags: cracked"));
	pty_send(p, "r");
	assert_true(pty_wait_row(p, 0, "prepared by rule shop.broken"));
	assert_true(pty_wait_text(p, "Harriet"));
	/* One letter, and it is the person's own. */
	pty_send(p, "x");
	assert_true(pty_wait_gone(p, "prepared by rule"));
	pty_send(p, "\x1b");
	assert_true(pty_wait_text(p, "tags: cracked"));
	/* The draft stays as it was left: what was prepared never takes its place. */
	pty_send(p, "r");
	assert_true(pty_wait_row(p, 0, "Reply to #1"));
	assert_true(pty_wait_row(p, 0, "saved"));
	pty_send(p, "\x1b");
	assert_true(pty_wait_text(p, "tags: cracked"));
	pty_send(p, "q");
	desk_settle(p);
	desk_quit(p);
}

static void a_tag_is_given_searched_and_taken_back(void **state)
{
	struct pty *p = desk_start(*state, 40, 120, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "#");
	assert_true(pty_wait_text(p, "tag (Tab lists):"));
	pty_send(p, "to-check\r");
	assert_true(pty_wait_text(p, "tagged"));
	pty_send(p, "/tag:TO-CHECK\r");
	assert_true(desk_wait_cursor(p, "Harriet"));
	/* The tags that there are complete themselves, wherever one is asked for. */
	pty_send(p, "~TO-\t\r");
	assert_true(pty_wait_text(p, "tag taken off"));
	pty_send(p, "\033");
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, ":tag to-c\t");
	assert_true(pty_wait_row(p, 39, ":tag to-check"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "tagged: #1"));
	pty_send(p, "/tag:to-c\t\r");
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Taken back: tagged"));
	assert_true(pty_wait_gone(p, "Harriet"));
	desk_quit(p);
}

static void write_rules(const char *root)
{
	g_autofree char *folder = g_build_filename(root, "amends", "rules", NULL);
	g_autofree char *path = g_build_filename(folder, "shop.ini", NULL);
	g_mkdir_with_parents(folder, 0700);
	g_file_set_contents(path, rules, -1, NULL);
}

static void remove_rules(const char *root)
{
	static const char *const parts[] = {"amends/rules/shop.ini", "amends/rules", "amends"};
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(root, parts[i], NULL);
		g_remove(path);
	}
	g_rmdir(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_rule_is_seen_and_its_reply_is_ready, desk_setup_shop,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(a_tag_is_given_searched_and_taken_back, desk_setup_shop,
					    desk_teardown),
	};
	/* GLib asks for the folder once. */
	g_autofree char *root = g_dir_make_tmp("amends-rules-XXXXXX", NULL);
	g_setenv("XDG_CONFIG_HOME", root, true);
	write_rules(root);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_rules(root);
	return failed;
}
