/* SPDX-License-Identifier: MIT */
/* What is written on the screen and leaves through a real SMTP server: with files, and whatever is killed on
 * the way. */
#include "store/answer.h"
#include "support/post.h"
#include "support/pty.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "domain/banned.h"

#define CTRL_G "\007"
#define CTRL_S "\023"
#define CTRL_X "\030"
#define LABEL "退货标签 ąž.pdf"
static const char label[] = "%PDF-1.7 label";

static struct pty *start(const struct post *p)
{
	const char *argv[] = {g_getenv("AMENDS_AT"), NULL};
	struct pty_options o = {
	    .rows = 24, .cols = 100, .argv = argv, .env = (const char *const *)p->home->env};
	struct pty *t = pty_spawn(&o);
	assert_true(pty_wait_text(t, "Broken cup"));
	return t;
}

static struct pty *start_draft(const struct post *p)
{
	struct pty *t = start(p);
	pty_send(t, "r");
	assert_true(pty_wait_text(t, "Canned replies for #"));
	pty_send(t, "ask-wish-delivery");
	assert_true(pty_wait_row(t, 1, "ask-wish-delivery"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "Reply to #1"));
	assert_true(pty_wait_text(t, "saved"));
	return t;
}

static void kill_it(struct pty *t)
{
	pty_signal(t, SIGKILL);
	assert_int_equal(pty_wait_exit(t), 128 + SIGKILL);
	pty_destroy(t);
}

static bool asks_or_leaves(struct pty *t, const void *nothing)
{
	return pty_find(t, "Enter: yes, n: no", NULL) >= 0 || pty_find(t, "u takes it back", NULL) >= 0;
}

static void send_answer(struct pty *t)
{
	pty_send(t, CTRL_S);
	assert_true(pty_wait_until(t, asks_or_leaves, NULL));
	if (pty_find(t, "Enter: yes, n: no", NULL) >= 0)
		pty_send(t, "\r");
	assert_true(pty_wait_text(t, "u takes it back"));
}

/* In the home folder: "~/NAME". */
static void make_file(const struct post *p, const char *name, const char *bytes)
{
	post_write(p->home->path, name, bytes);
}

static struct store *open_store(const struct post *p)
{
	g_autoptr(GError) error = NULL;
	struct store *s = store_open(p->home->store, STORE_READ, &error);
	if (!s)
		fail_msg("%s", error->message);
	return s;
}

/* What the next start would offer. */
static bool has_draft(const struct post *p)
{
	g_autoptr(store_auto) s = open_store(p);
	g_autoptr(GPtrArray) drafts = store_drafts(s, g_get_user_name(), NULL);
	assert_non_null(drafts);
	return drafts->len > 0;
}

static guint outbox_rows(const struct post *p)
{
	g_autoptr(store_auto) s = open_store(p);
	g_autoptr(GPtrArray) rows = store_outbox(s, true, 10, NULL);
	assert_non_null(rows);
	return rows->len;
}

/* --- files ------------------------------------------------------------------------------- */

static void a_file_outlives_a_kill_and_leaves(void **state)
{
	struct post *p = *state;
	g_autofree char *path = g_build_filename(p->home->path, LABEL, NULL);
	make_file(p, LABEL, label);
	struct pty *t = start_draft(p);
	pty_send(t, "The label is attached. ");
	assert_true(pty_wait_text(t, "An attachment is spoken of"));
	pty_send(t, CTRL_G);
	assert_true(pty_wait_text(t, "File to attach"));
	pty_send(t, "~/退\t\r"); /* Tab completes it */
	assert_true(pty_wait_text(t, "── attached: 1 退货标签"));
	assert_true(pty_wait_gone(t, "An attachment is spoken of"));
	g_remove(path);
	kill_it(t);
	t = start(p);
	assert_true(pty_wait_text(t, "draft on case #1: Enter opens"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "── attached: 1 退货标签"));
	send_answer(t);
	pty_destroy(t);
	post_expect_send(p, POST_NOW + 60000, 0, "1 sent", "");
	g_autofree char *mail = post_read(p->folder, "1.eml");
	assert_non_null(strstr(mail, "The label is attached."));
	assert_non_null(strstr(mail, "%E9%80%80%E8%B4%A7")); /* its name, RFC 2231 */
	g_autofree char *bytes = g_base64_encode((const guchar *)label, strlen(label));
	assert_non_null(strstr(mail, bytes));
}

static void what_cant_be_attached_is_told(void **state)
{
	struct post *p = *state;
	g_autofree char *mib = g_strnfill(1 << 20, 'x');
	static const struct {
		const char *typed, *told;
	} cases[] = {
	    {"attach ~/none.pdf\r", "No such file"},
	    {"attach ~\r", "a folder can't be attached"},
	    {"attach /dev/null\r", "only plain files"},
	    {"attach ~/empty.pdf\r", "the file is empty"},
	    {"attach\r", "Nothing is attached: ^G or :attach PATH does."},
	    {"attach ~/big.txt\r", "Attached: big.txt"},
	    {"attach ~/one.txt\r", "all files together would have"},
	    {"detach 2\r", "Attached: 1 big.txt"},
	    {"detach\r", "big.txt isn't attached any more"},
	    {"attach ~/one.txt\r", "Attached: one.txt"},
	    {"attach ~/one.txt\r", "attached already"},
	    {"attach\r", "Attached: 1 one.txt (3 bytes)"},
	    {"detach 1\r", "one.txt isn't attached any more"},
	};
	make_file(p, "empty.pdf", "");
	make_file(p, "big.txt", mib);
	make_file(p, "one.txt", "one");
	post_write_shop(p, p->send, "attachments_most = 1\n");
	struct pty *t = start_draft(p);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		pty_send(t, CTRL_X);
		assert_true(pty_wait_row(t, 23, ":"));
		pty_send(t, cases[i].typed);
		if (!pty_wait_row(t, 23, cases[i].told))
			fail_msg("%s", cases[i].typed);
	}
	pty_destroy(t);
}

static void taken_back_it_has_its_files(void **state)
{
	struct post *p = *state;
	make_file(p, "label.pdf", label);
	struct pty *t = start_draft(p);
	pty_send(t, CTRL_G "~/label.pdf\r");
	assert_true(pty_wait_text(t, "── attached: 1 label.pdf"));
	send_answer(t);
	pty_send(t, "u");
	assert_true(pty_wait_text(t, "Taken back: here is the draft."));
	assert_true(pty_wait_text(t, "── attached: 1 label.pdf"));
	pty_destroy(t);
}

/* No mail carries them: they are named, and saved for the platform's page. */
static void by_hand_they_are_saved_to_a_folder(void **state)
{
	struct post *p = *state;
	g_autofree char *folder = g_build_filename(p->home->path, "out", NULL),
			*other = g_build_filename(p->home->path, "other", NULL);
	assert_int_equal(g_mkdir(folder, 0700), 0);
	assert_int_equal(g_mkdir(other, 0700), 0);
	make_file(p, "label.pdf", label);
	post_write(other, "Label.pdf", "another");
	post_deliver(p, "Message-ID: <auto@example.org>\nFrom: no-reply@example.org\nSubject: Bowl\n"
			"Date: Mon, 23 Nov 2026 08:00:00 +0000\n\nThe bowl is broken.\n");
	struct pty *t = start(p);
	pty_send(t, ":open 2\r");
	assert_true(pty_wait_text(t, "The bowl is broken."));
	pty_send(t, "rask-wish-delivery");
	assert_true(pty_wait_row(t, 1, "ask-wish-delivery"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "Reply to #2"));
	pty_send(t, CTRL_G "~/label.pdf\r");
	assert_true(pty_wait_text(t, "── attached: 1 label.pdf"));
	pty_send(t, CTRL_G "~/other/Label.pdf\r");
	assert_true(pty_wait_text(t, "2 Label.pdf"));
	pty_send(t, CTRL_S);
	assert_true(pty_wait_text(t, "Enter: yes, n: no"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "Add these files on the page"));
	assert_true(pty_wait_text(t, "1 label.pdf (14 bytes)"));
	pty_send(t, "s~/out\r");
	assert_true(pty_wait_text(t, "Saved 2 files in ~/out."));
	g_autofree char *first = post_read(folder, "label.pdf"), *second = post_read(folder, "Label-2.pdf");
	assert_string_equal(first, label);
	assert_string_equal(second, "another");
	pty_send(t, "s~/out\r");
	assert_true(pty_wait_text(t, "File exists"));
	pty_destroy(t);
}

/* --- the shop's settings ----------------------------------------------------------------------- */

static void who_may_override_is_told(void **state)
{
	struct post *p = *state;
	post_write_shop(p, p->send, "[rights]\noverride = ona; jonas\n");
	struct pty *t = start_draft(p);
	pty_send(t, "If you remove your review, we will refund you. ");
	assert_true(pty_wait_text(t, "guard: 1 can't be sent"));
	pty_send(t, CTRL_S);
	assert_true(pty_wait_row(t, 23, "only ona, jonas may send it all the same"));
	/* The right is read when it is needed: no restart. */
	post_write_shop(p, p->send, "");
	pty_send(t, CTRL_S);
	assert_true(pty_wait_text(t, "Reason to send all the same:"));
	/* And where it is kept, it is asked for again. */
	post_write_shop(p, p->send, "[rights]\noverride =\n");
	pty_send(t, "the buyer asked for it\r");
	assert_true(pty_wait_text(t, "Enter: yes, n: no"));
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "nobody may send it all the same"));
	pty_destroy(t);
	assert_int_equal(outbox_rows(p), 0);
}

static void the_undo_time_is_the_shops(void **state)
{
	struct post *p = *state;
	post_write_shop(p, p->send, "undo = 100\n");
	struct pty *t = start_draft(p);
	send_answer(t);
	assert_true(pty_wait_text(t, "leaves in 9"));
	pty_destroy(t);
}

/* --- kills -------------------------------------------------------------------------------- */

static void expect_sent_once(const struct post *p)
{
	post_expect_send(p, POST_NOW + 3 * POST_MINUTE, 0, "1 sent", "");
	post_expect_send(p, POST_NOW + 60 * POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), 1);
	post_expect_outbox(p, "sent");
}

/* The screen comes up again, and has no draft of what was sent. */
static void expect_calm_start(const struct post *p)
{
	assert_false(has_draft(p));
	struct pty *t = start(p);
	pty_send(t, "\r");
	assert_true(pty_wait_text(t, "Thank you for writing, and we are sorry")); /* in the history */
	assert_int_equal(pty_find(t, "Reply to #", NULL), -1);
	pty_destroy(t);
}

static void killed_while_it_waits_it_leaves_once(void **state)
{
	struct post *p = *state;
	struct pty *t = start_draft(p);
	send_answer(t);
	kill_it(t);
	post_expect_outbox(p, "waiting");
	expect_calm_start(p);
	expect_sent_once(p);
}

static void killed_with_the_sender_it_isnt_sent_twice(void **state)
{
	struct post *p = *state;
	g_autofree char *stalled = g_build_filename(p->folder, "stalled", NULL);
	int status;
	struct pty *t = start_draft(p);
	send_answer(t);
	post_write(p->folder, "mode", "stall");
	GPid sender = post_begin_send(p, POST_NOW + POST_MINUTE);
	post_wait_for(stalled);
	assert_int_equal(kill(sender, SIGKILL), 0);
	waitpid(sender, &status, 0);
	kill_it(t);
	post_expect_outbox(p, "sending");
	expect_calm_start(p);
	post_write(p->folder, "mode", "");
	post_expect_send(p, POST_NOW + 2 * POST_MINUTE, 1, "1 perhaps sent", "may have left");
	post_expect_outbox(p, "unsure");
	post_expect_send(p, POST_NOW + 24 * 60 * POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), 0);
}

static bool came(struct pty *t, const void *before)
{
	return pty_bytes(t) > *(const gsize *)before;
}

/* Wherever the kill falls, there is the draft or the answer, never both, never none. */
static void killed_at_the_key_there_is_draft_or_answer(void **state)
{
	for (int later = 0; later < 3; later++) {
		void *own = NULL;
		post_setup(&own);
		struct post *p = own;
		struct pty *t = start_draft(p);
		pty_send(t, CTRL_S);
		if (later)
			assert_true(pty_wait_text(t, "Enter: yes, n: no"));
		gsize before = pty_bytes(t);
		pty_send(t, "\r");
		if (later == 2)
			assert_true(pty_wait_until(t, came, &before));
		kill_it(t);
		assert_int_equal(has_draft(p) + outbox_rows(p), 1);
		if (outbox_rows(p))
			expect_sent_once(p);
		post_teardown(&own);
	}
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, post_setup, post_teardown)
int main(void)
{
	if (!post_is_possible())
		return 77; /* told as skipped */
	const struct CMUnitTest tests[] = {
	    WITH_SERVER(a_file_outlives_a_kill_and_leaves),
	    WITH_SERVER(what_cant_be_attached_is_told),
	    WITH_SERVER(taken_back_it_has_its_files),
	    WITH_SERVER(by_hand_they_are_saved_to_a_folder),
	    WITH_SERVER(who_may_override_is_told),
	    WITH_SERVER(the_undo_time_is_the_shops),
	    WITH_SERVER(killed_while_it_waits_it_leaves_once),
	    WITH_SERVER(killed_with_the_sender_it_isnt_sent_twice),
	    cmocka_unit_test(killed_at_the_key_there_is_draft_or_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
