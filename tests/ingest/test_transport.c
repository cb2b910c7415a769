/* SPDX-License-Identifier: MIT */
/* Handing a mail to a program: what its exit code and its words mean, and programs that misbehave. */
#include "ingest/transport.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Runs `script` in a shell as the mail program. */
static enum handed hand(const char *script, GBytes *mail, int limit, char **fault)
{
	const char *const argv[] = {"/bin/sh", "-c", script, NULL};
	return transport_hand(argv, limit, mail, fault);
}

static void each_end_has_its_meaning(void **state)
{
	static const struct {
		const char *script;
		enum handed means;
		const char *fault; /* a part of it; NULL: none */
	} rows[] = {
	    {"cat >/dev/null", HANDED_OVER, NULL},
	    {"cat >/dev/null; echo warning: 450 told in passing >&2", HANDED_OVER, NULL},
	    {"exit 1", HANDED_NEVER, "code 1"},
	    {"exit 64", HANDED_NEVER, "code 64"},
	    {"exit 65", HANDED_NEVER, "code 65"},
	    {"exit 67", HANDED_NEVER, "code 67"},
	    {"exit 68", HANDED_LATER, "code 68"},
	    {"exit 69", HANDED_NEVER, "code 69"},
	    {"exit 74", HANDED_UNSURE, "code 74"},
	    {"exit 75", HANDED_LATER, "code 75"},
	    {"exit 76", HANDED_UNSURE, "code 76"},
	    {"exit 77", HANDED_LATER, "code 77"},
	    {"exit 78", HANDED_LATER, "code 78"},
	    {"echo 'msmtp: refused' >&2; echo 'msmtp: server message: 450 later' >&2; exit 69", HANDED_LATER,
	     "refused; msmtp: server message: 450 later"},
	    {"echo 'msmtp: server message: 550-no' >&2; exit 75", HANDED_NEVER, "550-no"},
	    {"echo 'x: cannot connect to h, port 587: refused' >&2; exit 75", HANDED_LATER, "port 587"},
	    {"echo 'id 450123: no' >&2; exit 65", HANDED_NEVER, "450123"},
	    {"echo one >&2; echo two >&2; echo three >&2; exit 65", HANDED_NEVER, "one; two"},
	    {"printf 'a\\033[31mb\\377c' >&2; exit 65", HANDED_NEVER, "a"},
	    {"cat >/dev/null; kill -KILL $$", HANDED_UNSURE, "signal 9"},
	    {"yes | head -c 1000000 >&2; exit 65", HANDED_NEVER, "y"},
	};
	g_autoptr(GBytes) mail = g_bytes_new_static("To: a@b.test\n\nhi\n", 17);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *fault = NULL;
		enum handed h = hand(rows[i].script, mail, 60, &fault);
		if (h != rows[i].means || (rows[i].fault == NULL) != (fault == NULL) ||
		    (fault && !strstr(fault, rows[i].fault)))
			fail_msg("%s: %d, %s", rows[i].script, h, fault ? fault : "-");
		assert_true(!fault || (g_utf8_validate(fault, -1, NULL) && !strpbrk(fault, "\n\r\x1b") &&
				       strlen(fault) < 2000));
	}
}

static void a_large_mail_goes_through_whole(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("amends-test-XXXXXX", NULL),
			*file = g_build_filename(folder, "mail", NULL);
	g_autofree char *script = g_strdup_printf("cat >'%s'", file), *fault = NULL, *got = NULL;
	gsize size = 3 * 1000 * 1000, length;
	guint8 *bytes = g_malloc(size);
	for (gsize i = 0; i < size; i++)
		bytes[i] = (guint8)(i * 7 + i / 251);
	g_autoptr(GBytes) mail = g_bytes_new_take(bytes, size);
	assert_int_equal(hand(script, mail, 60, &fault), HANDED_OVER);
	assert_true(g_file_get_contents(file, &got, &length, NULL));
	assert_int_equal(length, size);
	assert_memory_equal(got, bytes, size);
	g_autofree char *early = NULL, *refused = NULL;
	assert_int_equal(hand("exec <&-; exit 0", mail, 60, &early), HANDED_NEVER);
	assert_non_null(strstr(early, "read the mail"));
	assert_int_equal(hand("exit 75", mail, 60, &refused), HANDED_LATER);
	g_unlink(file);
	g_rmdir(folder);
}

/* Ends by the limit, though it closes its ears to being asked and leaves a child that holds its pipes. */
static void what_takes_too_long_is_stopped(void **state)
{
	g_autofree char *fault = NULL;
	g_autoptr(GBytes) mail = g_bytes_new_static("hi\n", 3);
	gint64 begun = g_get_monotonic_time();
	assert_int_equal(hand("trap '' TERM; cat >/dev/null; sleep 1000", mail, 1, &fault), HANDED_UNSURE);
	assert_non_null(strstr(fault, "longer than 1 s"));
	assert_true(g_get_monotonic_time() - begun < 30 * G_USEC_PER_SEC);
}

/* A daemon that the program leaves behind doesn't hold us up. */
static void what_is_left_behind_is_not_waited_for(void **state)
{
	g_autofree char *fault = NULL;
	g_autoptr(GBytes) mail = g_bytes_new_static("hi\n", 3);
	gint64 begun = g_get_monotonic_time();
	assert_int_equal(hand("cat >/dev/null; sleep 20 & exit 0", mail, 60, &fault), HANDED_OVER);
	assert_true(g_get_monotonic_time() - begun < 15 * G_USEC_PER_SEC);
}

static void a_program_that_is_not_there_is_tried_later(void **state)
{
	const char *const argv[] = {"/nowhere/no-such-program", NULL};
	g_autofree char *fault = NULL;
	g_autoptr(GBytes) mail = g_bytes_new_static("hi\n", 3);
	assert_int_equal(transport_hand(argv, 60, mail, &fault), HANDED_LATER);
	assert_non_null(strstr(fault, "no-such-program"));
}

/* What the sender has blocked isn't blocked in the program, and SIGPIPE acts in it as everywhere. */
static void the_program_gets_plain_signals(void **state)
{
	g_autofree char *fault = NULL;
	g_autoptr(GBytes) mail = g_bytes_new_static("hi\n", 3);
	sigset_t stops, before;
	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigprocmask(SIG_BLOCK, &stops, &before);
	assert_int_equal(hand("cat >/dev/null; kill -TERM $$; exit 0", mail, 60, &fault), HANDED_UNSURE);
	sigprocmask(SIG_SETMASK, &before, NULL);
	assert_non_null(strstr(fault, "signal 15"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_end_has_its_meaning),
	    cmocka_unit_test(a_large_mail_goes_through_whole),
	    cmocka_unit_test(what_takes_too_long_is_stopped),
	    cmocka_unit_test(what_is_left_behind_is_not_waited_for),
	    cmocka_unit_test(a_program_that_is_not_there_is_tried_later),
	    cmocka_unit_test(the_program_gets_plain_signals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
