/* SPDX-License-Identifier: MIT */
/* Answers that don't leave, at the desk: in sight at once and always, and what can be done about each. */
#include "store/answer.h"
#include "support/post.h"
#include "support/pty.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "domain/banned.h"

#define CTRL_S "\023"

static struct pty *start(const struct post *p, int rows, int cols, gint64 now)
{
	post_set_now(p, now);
	const char *argv[] = {g_getenv("AMENDS_AT"), NULL};
	struct pty_options o = {
	    .rows = rows, .cols = cols, .argv = argv, .env = (const char *const *)p->home->env};
	struct pty *t = pty_spawn(&o);
	assert_true(pty_wait_text(t, "Rasa"));
	return t;
}

/* Answers case 1, and lets the sender meet a server that says `mode` there. */
static void fail_to_send(struct post *p, const char *mode, int status, const char *told)
{
	post_expect_reply(p);
	post_write(p->folder, "mode", mode);
	post_expect_send(p, POST_NOW + POST_MINUTE, status, told, NULL);
}

static void open_outbox(struct pty *t, const char *row)
{
	pty_send(t, "!");
	assert_true(pty_wait_row(t, 0, "Outbox: 1 answer hasn't left"));
	assert_true(pty_wait_row(t, 1, row));
}

static void expect_empty(struct pty *t)
{
	assert_true(pty_wait_text(t, "Every answer has left."));
	pty_send(t, "q");
	assert_true(pty_wait_text(t, "Broken cup"));
	assert_true(pty_wait_gone(t, "(!)"));
}

/* The desk is open all the while: nobody presses a key. */
static void a_failed_answer_shows_by_itself(void **state)
{
	struct post *p = *state;
	struct pty *t = start(p, 24, 100, POST_NOW);
	assert_int_equal(pty_find(t, "(!)", NULL), -1);
	fail_to_send(p, "rcpt 550 no such user", 1, "1 failed");
	assert_true(pty_wait_row(t, 0, "1 answer failed (!)"));
	assert_true(pty_wait_text(t, "failed (!): "));
	pty_send(t, "\r");
	assert_true(pty_wait_row(t, 0, "answer failed (!)"));
	assert_true(pty_wait_text(t, "reason: msmtp: recipient"));
	assert_true(pty_wait_text(t, "It is not sent by itself any"));
	pty_destroy(t);
}

static void it_stays_in_sight_until_it_is_sent(void **state)
{
	struct post *p = *state;
	fail_to_send(p, "rcpt 550 no such user", 1, "1 failed");
	/* Also days later, and where there is little room. */
	struct pty *t = start(p, 10, 40, POST_NOW + 3 * 24 * 60 * POST_MINUTE);
	assert_true(pty_wait_row(t, 0, "1 answer failed (!)"));
	pty_resize(t, 24, 80);
	open_outbox(t, ">failed");
	assert_true(pty_wait_text(t, "550 no such user"));
	assert_true(pty_wait_text(t, "Put right what the reason says, then send"));
	pty_send(t, "s");
	assert_true(pty_wait_text(t, "It leaves with the next amends send."));
	assert_true(pty_wait_row(t, 1, ">waits"));
	post_write(p->folder, "mode", "");
	post_expect_send(p, POST_NOW + 4 * 24 * 60 * POST_MINUTE, 0, "1 sent", "");
	expect_empty(t);
	pty_destroy(t);
}

static void it_becomes_a_draft_again(void **state)
{
	struct post *p = *state;
	fail_to_send(p, "rcpt 550 no such user", 1, "1 failed");
	struct pty *t = start(p, 24, 80, POST_NOW + 2 * POST_MINUTE);
	open_outbox(t, ">failed");
	pty_send(t, "d");
	assert_true(pty_wait_text(t, "Taken back: here is the draft."));
	assert_true(pty_wait_text(t, "could you send us a photo"));
	post_expect_outbox(p, "taken-back");
	pty_send(t, "\033");
	expect_empty(t);
	pty_destroy(t);
}

static void what_is_tried_again_is_told(void **state)
{
	struct post *p = *state;
	fail_to_send(p, "rcpt 450 come back later", 0, "1 to be tried again");
	struct pty *t = start(p, 24, 80, POST_NOW + POST_MINUTE + 1000);
	assert_true(pty_wait_row(t, 0, "1 tried again (!)"));
	open_outbox(t, ">waits");
	assert_true(pty_wait_text(t, "450 come back later"));
	assert_true(pty_wait_text(t, "tried 1 time; next try 2026-11-23 14:02"));
	pty_destroy(t);
}

/* It may have arrived: only who says so twice sends it twice. */
static void what_may_have_left_is_settled_by_a_person(void **state)
{
	static const struct {
		const char *keys, *then, *state;
	} rows[] = {
	    {"p", "Noted as sent.", "sent"},
	    {"s\r", "", "unsure"},
	    {"sy\r", "It leaves with the next amends send.", "waiting"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		void *own = NULL;
		post_setup(&own);
		struct post *p = own;
		fail_to_send(p, "die", 1, "1 perhaps sent");
		struct pty *t = start(p, 24, 80, POST_NOW + 2 * POST_MINUTE);
		assert_true(pty_wait_row(t, 0, "1 perhaps sent (!)"));
		open_outbox(t, ">perhaps sent");
		assert_true(pty_wait_text(t, "Look first whether it arrived"));
		pty_send(t, rows[i].keys);
		assert_true(pty_wait_text(t, rows[i].then));
		assert_true(pty_wait_gone(t, "Send it again all the same?"));
		post_expect_outbox(p, rows[i].state);
		pty_destroy(t);
		post_teardown(&own);
	}
}

static void nobody_sends_is_told(void **state)
{
	struct post *p = *state;
	post_expect_reply(p);
	struct pty *t = start(p, 24, 80, POST_NOW + 5 * POST_MINUTE);
	open_outbox(t, ">waits");
	pty_send(t, "q");
	assert_true(pty_wait_text(t, "Broken cup"));
	assert_int_equal(pty_find(t, "(!)", NULL), -1);
	pty_destroy(t);
	t = start(p, 24, 80, POST_NOW + 20 * POST_MINUTE);
	assert_true(pty_wait_row(t, 0, "1 not leaving: does amends send run? (!)"));
	pty_destroy(t);
}

/* Nobody runs the sender again: even so it doesn't stay unseen. */
static void a_sender_that_was_killed_is_told(void **state)
{
	struct post *p = *state;
	g_autofree char *stalled = g_build_filename(p->folder, "stalled", NULL);
	int status;
	post_expect_reply(p);
	post_write(p->folder, "mode", "stall");
	GPid sender = post_begin_send(p, POST_NOW + POST_MINUTE);
	post_wait_for(stalled);
	assert_int_equal(kill(sender, SIGKILL), 0);
	waitpid(sender, &status, 0);
	struct pty *t = start(p, 24, 80, POST_NOW + 20 * POST_MINUTE);
	assert_true(pty_wait_row(t, 0, "1 not leaving: does amends send run? (!)"));
	open_outbox(t, ">being sent");
	assert_int_equal(pty_find(t, "d draft", NULL), -1);
	pty_destroy(t);
}

/* The way to the page can be gone again at any time. */
static void what_is_to_be_posted_can_be_posted_later(void **state)
{
	struct post *p = *state;
	post_deliver(p, "Message-ID: <auto@example.org>\nFrom: no-reply@example.org\nSubject: Bowl\n"
			"Date: Mon, 23 Nov 2026 08:00:00 +0000\n\nThe bowl is broken.\n");
	struct pty *t = start(p, 24, 80, POST_NOW);
	pty_send(t, ":open 2\r");
	assert_true(pty_wait_text(t, "The bowl is broken."));
	pty_send(t, "rask-wish-delivery");
	assert_true(pty_wait_row(t, 1, "ask-wish-delivery"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "Reply to #2"));
	pty_send(t, CTRL_S);
	assert_true(pty_wait_text(t, "Enter: yes, n: no"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "To post by hand"));
	pty_send(t, "q");
	assert_true(pty_wait_text(t, "isn't posted yet"));
	pty_destroy(t);
	t = start(p, 24, 80, POST_NOW + POST_MINUTE);
	assert_true(pty_wait_row(t, 0, "1 to post (!)"));
	open_outbox(t, ">to post by hand");
	assert_null(pty_clipboard(t));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "To post by hand: the answer to #2"));
	g_autofree char *copied = pty_clipboard(t);
	assert_non_null(copied);
	assert_non_null(strstr(copied, "Thank you for writing, and we are sorry"));
	pty_send(t, "p");
	assert_true(pty_wait_text(t, "Noted as posted"));
	expect_empty(t);
	pty_destroy(t);
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, post_setup, post_teardown)
int main(void)
{
	if (!post_is_possible())
		return 77; /* told as skipped */
	const struct CMUnitTest tests[] = {
	    WITH_SERVER(a_failed_answer_shows_by_itself),
	    WITH_SERVER(it_stays_in_sight_until_it_is_sent),
	    WITH_SERVER(it_becomes_a_draft_again),
	    WITH_SERVER(what_is_tried_again_is_told),
	    cmocka_unit_test(what_may_have_left_is_settled_by_a_person),
	    WITH_SERVER(nobody_sends_is_told),
	    WITH_SERVER(a_sender_that_was_killed_is_told),
	    WITH_SERVER(what_is_to_be_posted_can_be_posted_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
