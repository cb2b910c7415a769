/* SPDX-License-Identifier: MIT */
/* Acts on many cases: marked ones, and all of a search. */
#include "ui/desk.h"

#include "store/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {40, 120}};

static guint count(struct store *s, const char *query)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = {.query = query, .now = NOW, .day_end = NOW, .me = g_get_user_name()};
	g_autoptr(GArray) found = store_find(s, &q, &error);
	assert_non_null(found);
	return found->len;
}

static void solving_many_tells_how_many_promises_are_open(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, ":promise fri 12; photos\r");
	assert_true(pty_wait_text(p, "u takes it back"));
	pty_send(p, "ttS");
	assert_true(pty_wait_text(p, "outcome; cost:"));
	pty_send(p, "done; 0 EUR\r");
	assert_true(pty_wait_text(p, "change 2 cases, 1 with an open promise? y does it"));
	pty_send(p, "n");
	assert_true(pty_wait_text(p, "Nothing was changed."));
	desk_quit(p);
}

static void marked_cases_are_changed_after_a_yes(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(desk_wait_cursor(p, "Harriet"));
		pty_send(p, "ttt");
		assert_true(pty_wait_row(p, 0, "* 3 marked"));
		assert_true(pty_wait_row(p, 3, " *overdue"));
		assert_true(desk_wait_cursor(p, "王小雨"));
		pty_send(p, "kt");
		assert_true(pty_wait_row(p, 0, "* 2 marked"));
		pty_send(p, "a");
		assert_true(pty_wait_text(p, "taken: change 2 cases? y does it"));
		pty_send(p, "n");
		assert_true(pty_wait_text(p, "Nothing was changed."));
		assert_int_equal(count(*state, "who:me"), 0);
		/* Another's case is left as it is. */
		gint64 id = 1;
		struct acted r;
		assert_true(store_act(*state, "rasa",
				      &(struct act){.type = ACT_TAKE, .cases = &id, .count = 1}, NOW, &r,
				      NULL));
		pty_send(p, "ay");
		assert_true(pty_wait_text(p, "taken: 1 case; u takes it back; 1 left as they were"));
		assert_int_equal(count(*state, "who:me"), 1);
		assert_true(pty_find(p, "marked", NULL) < 0);
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: taken, case 2"));
		assert_int_equal(count(*state, "who:me"), 0);
		assert_true(store_act(*state, "rasa",
				      &(struct act){.type = ACT_HAND_BACK, .cases = &id, .count = 1}, NOW, &r,
				      NULL));
		desk_quit(p);
	}
}

static void escape_takes_marks_off_before_the_search(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/lang:lt\r");
	assert_true(pty_wait_row(p, 0, "/lang:lt"));
	pty_send(p, "T");
	assert_true(pty_wait_row(p, 0, "* all marked"));
	pty_send(p, "\033");
	assert_true(pty_wait_gone(p, "marked"));
	assert_true(pty_wait_row(p, 0, "/lang:lt"));
	pty_send(p, "\033");
	assert_true(pty_wait_gone(p, "/lang:lt"));
	/* What is for one case isn't done to many. */
	pty_send(p, "TC");
	assert_true(pty_wait_text(p, "This is done to one case at a time"));
	desk_quit(p);
}

static void a_search_of_a_thousand(void **state)
{
	make_many(*state, 1000, NOW);
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(desk_wait_cursor(p, "many000000"));
		pty_send(p, "Ta");
		assert_true(pty_wait_text(p, "taken: change 1000 cases? y does it"));
		pty_send(p, "y");
		assert_true(pty_wait_text(p, " of 1000 cases; Esc stops"));
		/* Keys are heard meanwhile. */
		pty_send(p, "j");
		assert_true(desk_wait_cursor(p, "many000001"));
		assert_true(pty_wait_text(p, "taken: 1000 cases; u takes it back"));
		assert_int_equal(count(*state, "who:me"), 1000);
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: taken, 1000 cases"));
		assert_int_equal(count(*state, "who:me"), 0);
		desk_quit(p);
	}
}

static void escape_stops_it_between_two_slices(void **state)
{
	make_many(*state, 3000, NOW);
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "many000000"));
	pty_send(p, "Ta");
	assert_true(pty_wait_text(p, "taken: change 3000 cases? y does it"));
	pty_send(p, "y");
	assert_true(pty_wait_text(p, " of 3000 cases; Esc stops"));
	assert_true(pty_wait_gone(p, ": 0 of 3000"));
	pty_send(p, "\033");
	assert_true(pty_wait_text(p, "u takes it back"));
	guint mine = count(*state, "who:me");
	assert_in_range(mine, 8, 2999);
	g_autofree char *said = g_strdup_printf("taken: %u cases; u takes it back", mine);
	assert_true(pty_wait_text(p, said));
	/* What was done is one act. */
	pty_send(p, "u");
	g_autofree char *back = g_strdup_printf("Taken back: taken, %u cases", mine);
	assert_true(pty_wait_text(p, back));
	assert_int_equal(count(*state, "who:me"), 0);
	desk_quit(p);
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)
#define ON_EMPTY(name) cmocka_unit_test_setup_teardown(name, desk_setup_empty, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(marked_cases_are_changed_after_a_yes),
	    ON_SHOP(solving_many_tells_how_many_promises_are_open),
	    ON_SHOP(escape_takes_marks_off_before_the_search),
	    ON_EMPTY(a_search_of_a_thousand),
	    ON_EMPTY(escape_stops_it_between_two_slices),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
