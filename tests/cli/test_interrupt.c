/* SPDX-License-Identifier: MIT */
/* An import that a person watches on a terminal and stops: what was read is kept, and the next run goes on.
 */
#include "support/pty.h"
#include "support/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* Enough that the first progress line, half a second in, comes long before the end. */
#define MAILS 60000

static char *write_mbox(const struct run_home *h)
{
	GString *text = g_string_sized_new(MAILS * 260);
	for (int i = 0; i < MAILS; i++)
		g_string_append_printf(text,
				       "From b@example.org Mon Nov 23 09:00:00 2026\n"
				       "Message-ID: <%d@example.org>\n"
				       "Date: Mon, 23 Nov 2026 09:00:00 +0000\n"
				       "From: Buyer %d <buyer%d@example.org>\n"
				       "Subject: Parcel %d\n\n"
				       "Where is my parcel %d? It should have come last week.\n\n",
				       i, i, i, i, i);
	char *path = g_build_filename(h->path, "many.mbox", NULL);
	assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
	g_string_free(text, TRUE);
	return path;
}

static struct pty *start_import(const struct run_home *h, const char *mbox)
{
	const char *const argv[] = {g_getenv("AMENDS"), "import", mbox, NULL};
	struct pty_options o = {.rows = 24, .cols = 80, .argv = argv, .env = (const char *const *)h->env};
	return pty_spawn(&o);
}

/* The cases in the store, by the plain list: one a mail here. */
static int count_cases(const struct run_home *h)
{
	struct run_result r = run_amends(h, "AMENDS", "list", NULL);
	run_expect(&r, 0, NULL, NULL);
	int lines = 0;
	for (const char *c = r.out; *c; c++)
		lines += *c == '\n';
	run_result_clear(&r);
	return lines - 1;
}

/* The number before " mails read" on the screen. */
static int mails_read(struct pty *p)
{
	g_autofree char *screen = pty_screen(p);
	const char *at = strstr(screen, " mails read");
	assert_non_null(at);
	while (at > screen && g_ascii_isdigit(at[-1]))
		at--;
	return atoi(at);
}

static void ctrl_c_keeps_what_was_read(void **state)
{
	struct run_home *h = run_home_create();
	g_autofree char *mbox = write_mbox(h);
	struct pty *p = start_import(h, mbox);
	assert_true(pty_wait_text(p, " left"));
	pty_send(p, "\003");
	assert_int_equal(pty_wait_exit(p), 130);
	assert_true(pty_wait_text(p, "Interrupted"));
	assert_int_equal(pty_find(p, "amends: ", NULL), -1); /* said once */
	int read = mails_read(p);
	assert_in_range(read, 1, MAILS - 1);
	assert_int_equal(count_cases(h), read);
	pty_destroy(p);
	/* The next run begins behind them: watched until it has told so much that it can't have begun anew.
	 */
	p = start_import(h, mbox);
	assert_true(pty_wait_text(p, " left"));
	pty_send(p, "\003");
	assert_int_equal(pty_wait_exit(p), 130);
	g_autofree char *screen = pty_screen(p);
	assert_null(strstr(screen, "already there"));
	assert_int_equal(count_cases(h), read + mails_read(p));
	pty_destroy(p);
	run_home_destroy(h);
}

static void a_vanished_terminal_loses_nothing(void **state)
{
	struct run_home *h = run_home_create();
	g_autofree char *mbox = write_mbox(h);
	struct pty *p = start_import(h, mbox);
	assert_true(pty_wait_text(p, " left"));
	pty_hang_up(p);
	pty_wait_exit(p);
	pty_destroy(p);
	assert_in_range(count_cases(h), 1, MAILS);
	struct run_result r = run_amends(h, "AMENDS", "list", "-n", "1", "order:none", NULL);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
	run_home_destroy(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ctrl_c_keeps_what_was_read),
	    cmocka_unit_test(a_vanished_terminal_loses_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
