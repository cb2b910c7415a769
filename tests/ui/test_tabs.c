/* SPDX-License-Identifier: MIT */
/* Saved views under the header. */
#include "ui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {40, 120}};

static void counts_follow_what_is_done(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(
		    pty_wait_row(p, 1, " 0 All 24  1 Mine 0  2 Unassigned 24  3 Overdue 2  4 Today 8"));
		pty_send(p, "a");
		assert_true(pty_wait_row(p, 1, "1 Mine 1  2 Unassigned 23"));
		pty_send(p, "1");
		assert_true(pty_wait_row(p, 0, "/who:me"));
		assert_true(desk_wait_cursor(p, "Harriet"));
		assert_true(pty_wait_gone(p, "Joris"));
		pty_send(p, "0");
		assert_true(pty_wait_row(p, 4, "Joris"));
		pty_send(p, "u");
		assert_true(pty_wait_row(p, 1, "1 Mine 0  2 Unassigned 24"));
		desk_quit(p);
	}
}

/* The keys and the search that stands in the header then. */
static const struct {
	const char *keys, *query;
} moves[] = {
    {"]", "/who:me"},      {"]", "/who:none"}, {"[", "/who:me"},
    {"3", "/due:overdue"}, {"7", "/is:vip"},   {":view today\r", "/due:today"},
    {"0[", "/is:vip"},
};

static void keys_go_round_the_views(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(pty_wait_row(p, 1, "2 Unassigned"));
		for (gsize k = 0; k < G_N_ELEMENTS(moves); k++) {
			pty_send(p, moves[k].keys);
			assert_true(pty_wait_row(p, 0, moves[k].query));
		}
		/* The one that is shown is in sight, however narrow the screen. */
		assert_true(pty_wait_row(p, 1, "7 VIP 0"));
		pty_send(p, "]");
		assert_true(pty_wait_row(p, 1, " 0 All 24"));
		pty_send(p, "9");
		assert_true(pty_wait_text(p, "There is no view of that number"));
		desk_quit(p);
	}
}

static void a_search_is_saved_and_dropped(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(pty_wait_row(p, 1, "2 Unassigned"));
		pty_send(p, "/lang:lt\r");
		assert_true(pty_wait_row(p, 0, "/lang:lt"));
		pty_send(p, ":view save Lithuanian\r");
		assert_true(pty_wait_text(p, "Saved: Lithuanian"));
		assert_true(pty_wait_row(p, 1, "8 Lithuanian 3"));
		pty_send(p, "0");
		assert_true(pty_wait_row(p, 1, " 0 All 24"));
		pty_send(p, ":view Lithuanian\r");
		assert_true(pty_wait_row(p, 1, "8 Lithuanian 3"));
		pty_send(p, ":view drop\r");
		assert_true(pty_wait_text(p, "Dropped: Lithuanian"));
		pty_send(p, ":view Lithuanian\r");
		assert_true(pty_wait_text(p, "There is no such view"));
		desk_quit(p);
	}
}

/* A slip on a view of the shop's would take it from everybody: it is asked, told, and taken back. */
static void the_shops_view_is_not_dropped_by_a_slip(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		int last = sizes[i].rows - 1;
		assert_true(pty_wait_row(p, 1, "2 Unassigned"));
		pty_send(p, "2:view drop\r");
		assert_true(
		    pty_wait_row(p, last, "Drop the shop's view \"Unassigned\" for everybody (y: yes)?"));
		pty_send(p, "\r");
		assert_true(pty_wait_row(p, last, "Nothing was changed."));
		pty_send(p, ":view drop\r");
		assert_true(pty_wait_row(p, last, "Drop the shop's view"));
		pty_send(p, "\033");
		assert_true(pty_wait_row(p, last, "Enter open"));
		assert_true(pty_wait_row(p, 1, "2 Unassigned"));
		pty_send(p, ":view drop\r");
		assert_true(pty_wait_row(p, last, "Drop the shop's view"));
		pty_send(p, "y\r");
		assert_true(pty_wait_row(p, last, "Dropped: Unassigned (who:none); u takes it back"));
		assert_true(pty_wait_row(p, 1, "1 Mine 0  2 Overdue"));
		pty_send(p, "u");
		assert_true(pty_wait_row(p, last, "Taken back: view \"Unassigned\" dropped"));
		assert_true(pty_wait_row(p, 1, "2 Unassigned"));
		desk_quit(p);
	}
}

static void a_low_screen_has_no_tabs(void **state)
{
	struct pty *p = desk_start(*state, 14, 80, NULL);
	assert_true(pty_wait_row(p, 1, "Harriet"));
	pty_send(p, "1");
	assert_true(pty_wait_text(p, "who:me"));
	desk_quit(p);
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(counts_follow_what_is_done),    ON_SHOP(keys_go_round_the_views),
	    ON_SHOP(a_search_is_saved_and_dropped), ON_SHOP(the_shops_view_is_not_dropped_by_a_slip),
	    ON_SHOP(a_low_screen_has_no_tabs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
