/* SPDX-License-Identifier: MIT */
/* amends reply --attach and --override, [mail] undo and [rights]: through msmtp to a real SMTP server. */
#include "support/post.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define LABEL "退货标签 ąž.pdf"
static const char label[] = "%PDF-1.7\n\0\xff\r\n.\r\nFrom here on bytes: \x1a\x80";

static char *make_file(const struct post *p, const char *name, const char *bytes, gsize length)
{
	char *path = g_build_filename(p->home->path, name, NULL);
	assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
	return path;
}

#define REPLY(p, ...)                                                                                        \
	run_amends((p)->home, "AMENDS_AT", "reply", "1", "-t", "evidence-photo", "-l", "en", __VA_ARGS__,    \
		   NULL)

static void expect_reply(const struct run_result *r, int status, const char *out, const char *err)
{
	run_expect(r, status, out, err);
	run_result_clear((struct run_result *)r);
}

/* Saves attachment 1 of that home's store, in case `id`; it must be the label. */
static void expect_label(const struct run_home *home, const char *id)
{
	g_autofree char *folder = g_build_filename(home->path, "saved", NULL),
			*path = g_build_filename(folder, LABEL, NULL), *bytes = NULL;
	gsize length;
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	struct run_result r = run_amends(home, "AMENDS", "show", id, NULL);
	expect_reply(&r, 0, LABEL, NULL);
	r = run_amends(home, "AMENDS_MAIL_AT", "attachment", "--save", folder, "1", NULL);
	expect_reply(&r, 0, LABEL, NULL);
	assert_true(g_file_get_contents(path, &bytes, &length, NULL));
	assert_int_equal(length, sizeof label);
	assert_memory_equal(bytes, label, sizeof label);
	g_remove(path);
}

/* What the buyer's side makes of the mail: another shop's store reads it. */
static void expect_received(const struct post *p, const char *mail)
{
	struct run_home *buyer = run_home_create();
	g_autofree char *other = g_strdup(mail), *path = g_build_filename(buyer->path, "in.eml", NULL);
	char *loop = strstr(other, "X-Amends-Loop"); /* or it would be known as automatic and open no case */
	assert_non_null(loop);
	memcpy(loop, "X-Another-Mark", strlen("X-Another-Mark") - 1);
	assert_true(g_file_set_contents(path, other, -1, NULL));
	const char *const argv[] = {g_getenv("AMENDS"), "deliver", NULL};
	struct run_result r = run_program(buyer, argv, path);
	expect_reply(&r, 0, NULL, NULL);
	expect_label(buyer, "1");
	run_home_destroy(buyer);
}

static void a_file_arrives_with_its_name_and_bytes(void **state)
{
	struct post *p = *state;
	g_autofree char *path = make_file(p, LABEL, label, sizeof label);
	struct run_result r = REPLY(p, "--attach", path);
	expect_reply(&r, 0, "waits in the outbox", NULL);
	g_remove(path); /* it was copied when it was attached */
	expect_label(p->home, "1");
	post_expect_send(p, POST_NOW + 30000, 0, "1 sent", "");
	g_autofree char *mail = post_read(p->folder, "1.eml");
	assert_non_null(mail);
	static const char *const wanted[] = {"Content-Type: multipart/mixed; boundary=\"=_amends_",
					     "Content-Type: application/pdf",
					     "Content-Disposition: attachment;",
					     "filename*",
					     "Content-Transfer-Encoding: base64",
					     "Content-Type: text/plain; charset=utf-8; format=flowed"};
	for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
		if (!strstr(mail, wanted[i]))
			fail_msg("\"%s\" is not in:\n%s", wanted[i], mail);
	}
	expect_received(p, mail);
	expect_label(p->home, "1");
}

static void what_cant_be_attached_stops_the_answer(void **state)
{
	struct post *p = *state;
	g_autofree char *large = g_malloc0(700 * 1024);
	post_write_shop(p, p->send, "attachments_most = 1\n");
	g_autofree char *empty = make_file(p, "empty.pdf", "", 0),
			*half = make_file(p, "half.bin", large, 600 * 1024),
			*more = make_file(p, "more.bin", large, 700 * 1024),
			*none = g_build_filename(p->home->path, "none.pdf", NULL);
	const struct {
		const char *first, *second, *fault;
	} cases[] = {
	    {empty, NULL, "is empty"},         {none, NULL, "No such file"},
	    {p->folder, NULL, "a folder"},     {"/dev/null", NULL, "only plain files"},
	    {half, more, "an answer carries"}, {half, none, "No such file"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *option = cases[i].second ? "--attach" : NULL;
		struct run_result r = REPLY(p, "--attach", cases[i].first, option, cases[i].second);
		expect_reply(&r, 1, "", cases[i].fault);
	}
	struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", "--all", NULL);
	assert_string_equal(r.out, "");
	run_result_clear(&r);
}

static void dropped_it_is_the_drafts_again(void **state)
{
	struct post *p = *state;
	g_autofree char *path = make_file(p, LABEL, label, sizeof label);
	struct run_result r = REPLY(p, "-a", path);
	expect_reply(&r, 0, NULL, NULL);
	r = run_amends(p->home, "AMENDS_AT", "outbox", "drop", "1", NULL);
	expect_reply(&r, 0, NULL, NULL);
	r = REPLY(p, "-a", path);
	expect_reply(&r, 1, "", "there is a draft of yours");
}

static void by_hand_the_files_are_named(void **state)
{
	struct post *p = *state;
	g_autofree char *path = make_file(p, LABEL, label, sizeof label);
	post_deliver(p, "Message-ID: <auto@example.org>\nFrom: no-reply@example.org\nSubject: Bowl\n"
			"Date: Mon, 23 Nov 2026 09:00:00 +0000\n\nThe bowl is broken.\n");
	struct run_result r = run_amends(p->home, "AMENDS_AT", "reply", "2", "-t", "evidence-photo", "-l",
					 "en", "-a", path, NULL);
	assert_non_null(strstr(r.out, "posted by hand"));
	assert_non_null(strstr(r.out, "amends attachment --save FOLDER 1"));
	expect_reply(&r, 0, LABEL, NULL);
	expect_label(p->home, "2");
}

static void who_may_override_stands_in_the_shops_file(void **state)
{
	struct post *p = *state;
	g_autofree char *mine = g_strdup_printf("[rights]\noverride = ona; %s\n", g_get_user_name());
	const char *blocked = "buyer.name=Rasa. If you remove your review, we will refund you";
	struct run_result r = REPLY(p, "--set", blocked);
	expect_reply(&r, 1, "", "--override");
	post_write_shop(p, p->send, "[rights]\noverride = ona; jonas\n");
	r = REPLY(p, "--set", blocked, "--override", "asked for");
	expect_reply(&r, 1, "", "only ona, jonas may send it");
	r = REPLY(p, "--set", blocked, "--override", "asked for", "--dry-run");
	expect_reply(&r, 1, NULL, "only ona, jonas may send it");
	post_write_shop(p, p->send, mine);
	r = REPLY(p, "--set", blocked, "--override", "  ");
	expect_reply(&r, 1, "", "--override");
	r = REPLY(p, "--set", blocked, "--override", "asked for in person");
	expect_reply(&r, 0, "waits in the outbox", NULL);
	r = run_amends(p->home, "AMENDS", "show", "1", NULL);
	expect_reply(&r, 0, "asked for in person", NULL);
}

static void the_undo_time_is_the_shops(void **state)
{
	static const struct {
		const char *line;
		gint64 early, late; /* seconds; early 0: leaves at once */
	} cases[] = {{"undo = 60\n", 59, 61}, {"undo = 0\n", 0, 1}};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		void *own = NULL;
		post_setup(&own);
		struct post *p = own;
		post_write_shop(p, p->send, cases[i].line);
		post_expect_reply(p);
		/* Programs' clocks run on from what is set: a second less is time to start. */
		if (cases[i].early)
			post_expect_send(p, POST_NOW + (cases[i].early - 5) * 1000, 0, "", "");
		post_expect_send(p, POST_NOW + (cases[i].late + 5) * 1000, 0, "1 sent", "");
		post_teardown(&own);
	}
}

static void check_reads_the_new_keys(void **state)
{
	struct post *p = *state;
	static const char *const faults[][2] = {
	    {"undo = soon\n", "\"soon\": write a number of seconds from 0 to 120"},
	    {"attachments_most = 51\n", "\"51\": write a number of MiB from 1 to 50"},
	    {"[rights]\noverides = ona\n", "unknown key \"overides\""},
	    {"[right]\noverride = ona\n", "there is no group [right]"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
		post_write_shop(p, p->send, faults[i][0]);
		struct run_result r = run_amends(p->home, "AMENDS_MAIL_AT", "check", NULL);
		expect_reply(&r, 1, " faults", faults[i][1]);
	}
	post_write_shop(p, p->send, "undo = 5\nattachments_most = 20\n[rights]\noverride = ona\n");
	struct run_result r = run_amends(p->home, "AMENDS_MAIL_AT", "check", NULL);
	expect_reply(&r, 0, " 0 faults", "");
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, post_setup, post_teardown)
int main(void)
{
	if (!post_is_possible())
		return 77; /* told as skipped */
	const struct CMUnitTest tests[] = {
	    WITH_SERVER(a_file_arrives_with_its_name_and_bytes),
	    WITH_SERVER(what_cant_be_attached_stops_the_answer),
	    WITH_SERVER(dropped_it_is_the_drafts_again),
	    WITH_SERVER(by_hand_the_files_are_named),
	    WITH_SERVER(who_may_override_stands_in_the_shops_file),
	    cmocka_unit_test(the_undo_time_is_the_shops),
	    WITH_SERVER(check_reads_the_new_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
