/* SPDX-License-Identifier: MIT */
#include "ui/desk.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* A script that shows in which state the program left the terminal, and how it ended. */
#define AFTERWARDS "\"$AMENDS\"; echo \"ended $?\"; stty -a | grep -q ' icanon' && echo cooked; exec cat"

static void signals_put_the_terminal_back(void **state)
{
	static const int signals[] = {SIGTERM, SIGSEGV, SIGABRT, SIGQUIT};
	for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
		struct pty *p = desk_start(*state, 24, 80, NULL);
		assert_true(desk_wait_cursor(p, "Harriet"));
		assert_true(pty_alternate(p));
		assert_false(pty_cooked(p));
		pty_signal(p, signals[i]);
		int end = pty_wait_exit(p);
		assert_int_equal(end, signals[i] == SIGTERM ? 0 : 128 + signals[i]);
		assert_false(pty_alternate(p));
		assert_true(pty_cursor_shown(p));
		pty_destroy(p);
	}
}

static void the_shell_gets_a_sane_terminal(void **state)
{
	struct pty *p = desk_start_script(*state, 24, 80, NULL, AFTERWARDS, NOW);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "q");
	assert_true(pty_wait_text(p, "ended 0"));
	assert_true(pty_wait_text(p, "cooked"));
	assert_true(pty_cooked(p));
	assert_false(pty_alternate(p));
	pty_destroy(p);
}

static void a_vanished_terminal_ends_it(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_hang_up(p);
	assert_int_equal(pty_wait_exit(p), 0);
	pty_destroy(p);
	p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_signal(p, SIGHUP);
	assert_int_equal(pty_wait_exit(p), 0);
	assert_false(pty_alternate(p));
	pty_destroy(p);
}

static void stops_and_goes_on(void **state)
{
	struct pty *p = desk_start_script(
	    *state, 24, 80, NULL,
	    "set -m; \"$AMENDS\"; echo \"stopped\"; read line; fg >/dev/null; echo \"ended $?\"; exec cat",
	    NOW);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "j");
	assert_true(desk_wait_cursor(p, "Joris"));
	pty_send(p, "\032");
	assert_true(pty_wait_text(p, "stopped"));
	assert_false(pty_alternate(p));
	assert_true(pty_cooked(p));
	pty_send(p, "\n");
	assert_true(desk_wait_cursor(p, "Joris"));
	assert_true(pty_alternate(p));
	pty_send(p, "j");
	assert_true(desk_wait_cursor(p, "Živilė"));
	pty_send(p, "q");
	assert_true(pty_wait_text(p, "ended 0"));
	pty_destroy(p);
}

static void resizes_at_any_time(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "jj");
	assert_true(desk_wait_cursor(p, "Živilė"));
	pty_resize(p, 40, 120);
	assert_true(pty_wait_row(p, 39, "Enter open"));
	assert_true(desk_wait_cursor(p, "Živilė"));
	pty_resize(p, 10, 40);
	assert_true(pty_wait_row(p, 9, "Enter open"));
	assert_true(desk_wait_cursor(p, "Živilė"));
	assert_true(pty_wait_row(p, 0, "2 overdue"));
	pty_resize(p, 9, 39);
	assert_true(pty_wait_row(p, 0, "amends needs 40x10"));
	pty_resize(p, 1, 1);
	pty_send(p, "j\r/x"); /* nothing may be done blindly */
	pty_resize(p, 24, 80);
	assert_true(desk_wait_cursor(p, "Živilė"));
	assert_true(pty_wait_row(p, 23, "Enter open"));
	pty_send(p, "/lamp");
	assert_true(pty_wait_row(p, 23, "/lamp"));
	pty_resize(p, 30, 90);
	assert_true(pty_wait_row(p, 29, "/lamp"));
	pty_send(p, "\033");
	assert_true(pty_wait_row(p, 29, "Enter open"));
	desk_quit(p);
}

static void starts_in_the_smallest_terminal(void **state)
{
	struct pty *p = desk_start(*state, 1, 1, NULL);
	assert_true(pty_wait_row(p, 0, "…"));
	pty_send(p, "q");
	assert_int_equal(pty_wait_exit(p), 0);
	pty_destroy(p);
	p = desk_start(*state, 10, 40, NULL);
	assert_true(desk_wait_cursor(p, "!overdue 3h"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "The glass is cracked"));
	desk_quit(p);
}

/* Terminals that can't show it, and what is said. */
static const struct {
	const char *env, *script, *says;
} refused[] = {
    {"TERM=foo", "\"$AMENDS\"; echo \"ended $?\"; exec cat", "TERM=foo"},
    {"TERM", "\"$AMENDS\"; echo \"ended $?\"; exec cat", "TERM isn't set"},
    {"TERM=dumb", "\"$AMENDS\"; echo \"ended $?\"; exec cat", "TERM=dumb"},
    {"X=1", "\"$AMENDS\" </dev/null; echo \"ended $?\"; exec cat", "needs a terminal"},
    {"X=1", "\"$AMENDS\" | cat; echo \"ended 1\"; exec cat", "needs a terminal"},
};

static void says_what_it_cannot_show(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
		const char *env[] = {refused[i].env, NULL};
		struct pty *p = desk_start_script(*state, 24, 200, env, refused[i].script, NOW);
		assert_true(pty_wait_text(p, refused[i].says));
		assert_true(pty_wait_text(p, "ended "));
		assert_int_equal(pty_find(p, "ended 0", NULL), -1);
		assert_true(pty_wait_text(p, "amends list"));
		assert_false(pty_alternate(p));
		assert_true(pty_cooked(p));
		pty_destroy(p);
	}
}

static void colour_is_never_the_only_sign(void **state)
{
	static const char *const plain[] = {"NO_COLOR=1", "TERM=vt100"};
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "!overdue"));
	desk_settle(p);
	assert_true(pty_coloured(p));
	desk_quit(p);
	for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
		const char *env[] = {plain[i], NULL};
		p = desk_start(*state, 24, 80, env);
		assert_true(desk_wait_cursor(p, "!overdue 3h"));
		desk_settle(p);
		assert_false(pty_coloured(p));
		int col = 0, row = pty_find(p, "overdue 41m", &col);
		assert_true(pty_cell(p, row, col).bold);
		pty_send(p, "Q");
		assert_int_equal(pty_wait_exit(p), 0);
		pty_destroy(p);
	}
}

static void a_locale_without_utf8_transliterates(void **state)
{
	/* libvterm 0.1 takes REP up to the last column but one for a full line and wraps: a kind without REP.
	 */
	const char *env[] = {"LC_ALL=C", "TERM=screen", NULL};
	struct pty *p = desk_start(*state, 24, 80, env);
	assert_true(pty_wait_row(p, 23, "not UTF-8"));
	assert_true(pty_wait_text(p, "Zivile"));
	desk_settle(p);
	/* Columns stay straight: a Han character becomes as many columns as it had. */
	int first = 0, second = 0;
	g_autofree char *latin = pty_row(p, 3), *han = pty_row(p, 5);
	first = (int)(g_strrstr(latin, "new") - latin);
	second = (int)(g_strrstr(han, "new") - han);
	assert_int_equal(first, second);
	desk_quit(p);
}

static void ctrl_c_does_not_lose_the_place(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "\003");
	assert_true(pty_wait_row(p, 23, "Q leaves amends."));
	pty_send(p, "/abc");
	assert_true(pty_wait_row(p, 23, "/abc"));
	pty_send(p, "\003");
	assert_true(pty_wait_row(p, 23, "Enter open"));
	desk_quit(p);
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(signals_put_the_terminal_back),
	    ON_SHOP(the_shell_gets_a_sane_terminal),
	    ON_SHOP(a_vanished_terminal_ends_it),
	    ON_SHOP(stops_and_goes_on),
	    ON_SHOP(resizes_at_any_time),
	    ON_SHOP(starts_in_the_smallest_terminal),
	    ON_SHOP(says_what_it_cannot_show),
	    ON_SHOP(colour_is_never_the_only_sign),
	    ON_SHOP(a_locale_without_utf8_transliterates),
	    ON_SHOP(ctrl_c_does_not_lose_the_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
