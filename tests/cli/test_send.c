/* SPDX-License-Identifier: MIT */
/* amends reply, send and outbox, with msmtp and a real SMTP server on loopback. */
#include "support/post.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/banned.h"

static void an_answer_arrives_as_it_should(void **state)
{
	struct post *p = *state;
	post_expect_reply(p);
	post_expect_send(p, POST_NOW + 9000, 0, "", ""); /* it can still be taken back */
	assert_int_equal(post_count(p), 0);
	post_expect_send(p, POST_NOW + 30000, 0, "1 sent", "");
	g_autofree char *mail = post_read(p->folder, "1.eml");
	assert_non_null(mail);
	const char *const wanted[] = {
	    "X-Envelope: MAIL FROM:<desk@dunekettle.example>",
	    "X-Envelope: RCPT TO:<rasa@example.org>\n",
	    "Date: Mon, 23 Nov 2026 16:00:00 +0200",
	    "From: Dune & Kettle <desk@dunekettle.example>",
	    "=?UTF-8?Q?Rasa_Petkien=C4=97?=",
	    " <rasa@example.org>",
	    "Subject: Re: Broken cup, order 4711-0815",
	    "In-Reply-To: <1@example.org>",
	    "References: <1@example.org>",
	    "@dunekettle.example>",
	    "X-Amends-Loop: dunekettle.example",
	    "Content-Type: text/plain; charset=utf-8; format=flowed",
	    "Dear Rasa Petkien=C4=97,",
	    "Dune & Kettle",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
		if (!strstr(mail, wanted[i]))
			fail_msg("\"%s\" is not in:\n%s", wanted[i], mail);
	}
	assert_null(strstr(mail, "amends.invalid"));
	assert_null(strstr(mail, "Auto-Submitted"));
	post_expect_outbox(p, "sent");
	post_expect_send(p, POST_NOW + 90000, 0, "", "");
	assert_int_equal(post_count(p), 1);
}

/* A web form's mail comes from nobody's address and says whose it is. */
static void an_answer_goes_where_the_buyer_wants_it(void **state)
{
	struct post *p = *state;
	post_deliver(p, "Message-ID: <f@forms.example>\nDate: Mon, 23 Nov 2026 13:50:00 +0000\n"
			"From: Form <noreply@forms.example>\nReply-To: Ann <ann@buyer.example>\n"
			"Subject: Lamp\n\nThe lamp is broken.\n");
	struct run_result r = run_amends(p->home, "AMENDS_AT", "reply", "2", "--template", "ask-wish", NULL);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
	post_expect_send(p, POST_NOW + 30000, 0, "1 sent", "");
	g_autofree char *mail = post_read(p->folder, "1.eml");
	assert_non_null(strstr(mail, "X-Envelope: RCPT TO:<ann@buyer.example>\n"));
	assert_non_null(strstr(mail, "\nTo: ann@buyer.example"));
	assert_null(strstr(mail, "noreply@"));
}

/* The shop's zone stands in its shop.ini alone; the text's half past four is the clock's. */
static void a_promised_time_is_the_clocks(void **state)
{
	struct post *p = *state;
	post_set_now(p, POST_NOW + 46 * POST_MINUTE);
	struct run_result r =
	    run_amends(p->home, "AMENDS_AT", "reply", "1", "--template", "return-with-label", "--lang", "en",
		       "--despite-warnings", "--dry-run", NULL);
	run_expect(&r, 0, "by Tuesday 24 November, 4:30 pm.", NULL);
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "reply", "1", "--template", "return-with-label", "--lang", "en",
		       "--despite-warnings", NULL);
	run_expect(&r, 0, "waits in the outbox", NULL);
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "show", "1", NULL);
	run_expect(&r, 0, "2026-11-24 14:30", NULL);
	run_result_clear(&r);
}

/* What the buyer's program does with our Message-ID; the subject and all numbers are gone. */
static void the_buyers_reply_finds_its_case(void **state)
{
	struct post *p = *state;
	post_expect_reply(p);
	post_expect_send(p, POST_NOW + 30000, 0, "1 sent", "");
	g_autofree char *mail = post_read(p->folder, "1.eml");
	g_auto(GStrv) parts = g_strsplit(mail, "Message-ID: ", 2);
	assert_int_equal(g_strv_length(parts), 2);
	g_autofree char *ours = g_strndup(parts[1], strcspn(parts[1], "\r\n"));
	g_autofree char *reply =
	    g_strdup_printf("Message-ID: <2@example.org>\nDate: Mon, 23 Nov 2026 15:00:00 +0000\n"
			    "From: rasa@example.org\nIn-Reply-To: %s\nSubject: photo\n\nHere.\n",
			    ours);
	g_autofree char *forged =
	    g_strdup_printf("Message-ID: <3@example.org>\nDate: Mon, 23 Nov 2026 15:00:00 +0000\n"
			    "From: rasa@example.org\nIn-Reply-To: <x%s\nSubject: other\n\nOther.\n",
			    ours + 1);
	post_deliver(p, reply);
	post_deliver(p, forged);
	post_deliver(p, mail); /* our copy, come back by Bcc or from a sent folder */
	struct run_result r = run_amends(p->home, "AMENDS_AT", "list", "--json", NULL);
	json_t *cases = json_loads(r.out, 0, NULL);
	assert_int_equal(json_array_size(cases), 2); /* the forged one opened its own */
	json_decref(cases);
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "show", "1", NULL);
	run_expect(&r, 0, "Here.", NULL);
	assert_null(strstr(r.out, "Other."));
	char *first = strstr(r.out, "Dear Rasa");
	assert_non_null(first);
	assert_null(strstr(first + 1, "Dear Rasa"));
	run_result_clear(&r);
}

static void a_4xx_is_tried_again_with_growing_pauses(void **state)
{
	struct post *p = *state;
	static const int pauses[] = {1, 5, 15, 60, 240};
	post_expect_reply(p);
	post_write(p->folder, "mode", "rcpt 450 come back later");
	gint64 now = POST_NOW + 30000;
	for (gsize i = 0; i < G_N_ELEMENTS(pauses); i++) {
		post_expect_send(p, now, 0, "1 to be tried again", "450 come back later");
		post_expect_outbox(p, "waiting");
		post_expect_send(p, now + pauses[i] * POST_MINUTE - 5000, 0, "", "");
		now += pauses[i] * POST_MINUTE + 10000;
	}
	post_expect_send(p, now, 1, "1 failed", "450 come back later");
	post_expect_outbox(p, "failed");
	assert_int_equal(post_count(p), 0);
}

static void a_4xx_that_passes_is_sent(void **state)
{
	struct post *p = *state;
	post_expect_reply(p);
	post_write(p->folder, "mode", "end 451 greylisted");
	post_expect_send(p, POST_NOW + 30000, 0, "1 to be tried again", "451 greylisted");
	struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", NULL);
	run_expect(&r, 0, "tried 1 time; next try", NULL);
	run_result_clear(&r);
	post_write(p->folder, "mode", "");
	post_expect_send(p, POST_NOW + 2 * POST_MINUTE, 0, "1 sent", "");
	assert_int_equal(post_count(p), 1);
}

static void a_5xx_fails_for_good_and_stays_in_sight(void **state)
{
	static const char *const modes[] = {"mail 550 who are you", "rcpt 550 no such user",
					    "end 554 looks like spam"};
	struct post *p = *state;
	post_expect_reply(p);
	gint64 now = POST_NOW + 30000;
	for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
		post_write(p->folder, "mode", modes[i]);
		post_expect_send(p, now, 1, "1 failed", strchr(modes[i], ' ') + 1);
		post_expect_outbox(p, "failed");
		post_expect_send(p, now + 24 * 60 * POST_MINUTE, 0, "", "");
		struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", NULL);
		run_expect(&r, 0, strchr(modes[i], ' ') + 1, NULL);
		run_result_clear(&r);
		r = run_amends(p->home, "AMENDS_AT", "outbox", "again", "1", NULL);
		run_expect(&r, 0, NULL, NULL);
		run_result_clear(&r);
		now += 48 * 60 * POST_MINUTE;
	}
	post_write(p->folder, "mode", "");
	post_expect_send(p, now, 0, "1 sent", "");
	struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", "again", "1", NULL);
	run_expect(&r, 3, NULL, "amends outbox --all");
	run_result_clear(&r);
}

static void a_server_that_dies_after_the_mail_leaves_it_unsure(void **state)
{
	struct post *p = *state;
	post_expect_reply(p);
	post_write(p->folder, "mode", "die");
	post_expect_send(p, POST_NOW + 30000, 1, "1 perhaps sent", NULL);
	post_expect_outbox(p, "unsure");
	post_write(p->folder, "mode", "");
	post_expect_send(p, POST_NOW + 24 * 60 * POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), 0);
}

static void killed_in_mid_send_it_is_not_sent_twice(void **state)
{
	struct post *p = *state;
	g_autofree char *stalled = g_build_filename(p->folder, "stalled", NULL);
	int status;
	post_expect_reply(p);
	post_write(p->folder, "mode", "stall");
	GPid sender = post_begin_send(p, POST_NOW + 30000);
	post_wait_for(stalled);
	assert_int_equal(kill(sender, SIGKILL), 0);
	waitpid(sender, &status, 0);
	post_expect_outbox(p, "sending");
	post_write(p->folder, "mode", "");
	post_expect_send(p, POST_NOW + 2 * POST_MINUTE, 1, "1 perhaps sent", "may have left");
	post_expect_outbox(p, "unsure");
	post_expect_send(p, POST_NOW + 24 * 60 * POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), 0);
	struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", "posted", "1", NULL);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
	post_expect_outbox(p, "posted");
}

static void asked_to_stop_it_notes_what_it_began(void **state)
{
	struct post *p = *state;
	g_autofree char *program = g_build_filename(p->home->path, "slow", NULL);
	g_autofree char *begun = g_build_filename(p->home->path, "begun", NULL),
			*go = g_build_filename(p->home->path, "go", NULL);
	g_autofree char *script = g_strdup_printf(
	    "#!/bin/sh\ncat >/dev/null\nmkfifo '%s'\nmkdir '%s'\nread line <'%s' || true\n", go, begun, go);
	int status;
	assert_true(g_file_set_contents_full(program, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
	post_write_shop(p, program, "");
	post_expect_reply(p);
	GPid sender = post_begin_send(p, POST_NOW + 30000);
	post_wait_for(begun);
	assert_int_equal(kill(sender, SIGTERM), 0);
	FILE *f = g_fopen(go, "w"); /* lets the program go on */
	assert_non_null(f);
	fclose(f);
	waitpid(sender, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	post_expect_outbox(p, "sent");
}

static void a_watching_sender_sends_what_comes(void **state)
{
	struct post *p = *state;
	g_autofree char *first = g_build_filename(p->folder, "1.eml", NULL);
	GPid sender;
	int status;
	post_set_now(p, POST_NOW + 30000); /* ahead of the answer by the time in which it can be taken back */
	char *argv[] = {(char *)g_getenv("AMENDS_MAIL_AT"), (char *)"send", (char *)"--watch", NULL};
	assert_true(
	    g_spawn_async(NULL, argv, p->home->env, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &sender, NULL));
	post_set_now(p, POST_NOW);
	post_expect_reply(p);
	post_wait_for(first);
	assert_int_equal(kill(sender, SIGTERM), 0);
	waitpid(sender, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	post_expect_outbox(p, "sent");
}

static void two_senders_send_each_answer_once(void **state)
{
	struct post *p = *state;
	enum { ANSWERS = 6, SENDERS = 4 };
	GPid senders[SENDERS];
	int status;
	for (int i = 0; i < ANSWERS; i++) {
		g_autofree char *mail =
		    g_strdup_printf("Message-ID: <s%d@example.org>\nDate: Mon, 23 Nov 2026 09:00:00 +0000\n"
				    "From: buyer%d@example.org\nSubject: Cup %d\n\nBroken.\n",
				    i, i, i);
		g_autofree char *id = g_strdup_printf("%d", i + 2);
		post_deliver(p, mail);
		struct run_result r =
		    run_amends(p->home, "AMENDS_AT", "reply", id, "-t", "evidence-photo", "-l", "en", NULL);
		run_expect(&r, 0, NULL, NULL);
		run_result_clear(&r);
	}
	for (int i = 0; i < SENDERS; i++)
		senders[i] = post_begin_send(p, POST_NOW + POST_MINUTE);
	for (int i = 0; i < SENDERS; i++) {
		waitpid(senders[i], &status, 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_int_equal(post_count(p), ANSWERS);
	post_expect_send(p, POST_NOW + 2 * POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), ANSWERS);
}

static void without_a_mail_program_nothing_is_lost(void **state)
{
	struct post *p = *state;
	post_write_shop(p, "no-such-program-here -t", "");
	post_expect_reply(p);
	post_expect_send(p, POST_NOW + 30000, 0, "1 to be tried again", "[mail] command");
	post_expect_outbox(p, "waiting");
	post_write_shop(p, "/bin/false", "");
	post_expect_send(p, POST_NOW + 2 * POST_MINUTE, 1, "1 failed", "told no reason");
}

static void what_is_dropped_never_leaves(void **state)
{
	struct post *p = *state;
	post_expect_reply(p);
	struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", "drop", "1", NULL);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
	post_expect_send(p, POST_NOW + POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), 0);
	post_expect_outbox(p, "taken-back");
	post_set_now(p, POST_NOW);
	r = run_amends(p->home, "AMENDS_AT", "reply", "1", "-t", "evidence-photo", "-l", "en", NULL);
	run_expect(&r, 1, "", "draft"); /* the text came back as one */
	run_result_clear(&r);
}

static void automatic_mail_is_not_answered_by_mail(void **state)
{
	struct post *p = *state;
	static const char *const mails[] = {
	    "Message-ID: <a@example.org>\nFrom: Ona <no-reply@example.org>\nSubject: Broken bowl\n"
	    "Date: Mon, 23 Nov 2026 09:00:00 +0000\n\nThe bowl is broken.\n",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autofree char *id = g_strdup_printf("%zu", i + 2);
		post_deliver(p, mails[i]);
		struct run_result r =
		    run_amends(p->home, "AMENDS_AT", "reply", id, "-t", "evidence-photo", "-l", "en", NULL);
		run_expect(&r, 0, "posted by hand", NULL);
		run_result_clear(&r);
	}
	post_expect_outbox(p, "to-post");
	post_expect_send(p, POST_NOW + POST_MINUTE, 0, "", "");
	assert_int_equal(post_count(p), 0);
}

static void open_placeholders_stop_an_answer(void **state)
{
	struct post *p = *state;
	struct run_result r =
	    run_amends(p->home, "AMENDS_AT", "reply", "1", "-t", "partial-refund-keep", "-l", "en", NULL);
	run_expect(&r, 1, "", "{{amount}}");
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "reply", "1", "-t", "partial-refund-keep", "-l", "en",
		       "--dry-run", "--set", "amount=5.00 EUR", NULL);
	assert_non_null(strstr(r.out, "€5.00"));
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "reply", "1", "-t", "partial-refund-keep", "--set", "colour=red",
		       NULL);
	run_expect(&r, 2, "", "colour=red");
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "reply", "1", "-t", "nothing-like-it", NULL);
	run_expect(&r, 3, "", "nothing-like-it");
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "reply", "99", "-t", "evidence-photo", NULL);
	run_expect(&r, 3, "", "99");
	run_result_clear(&r);
	r = run_amends(p->home, "AMENDS_AT", "outbox", "--all", NULL);
	run_expect(&r, 0, "", "");
	assert_string_equal(r.out, "");
	run_result_clear(&r);
}

static void no_store_is_made_by_sending(void **state)
{
	struct post *p = *state;
	static const char *const commands[][3] = {{"AMENDS_MAIL_AT", "send", NULL},
						  {"AMENDS_AT", "outbox", "drop"}};
	g_autofree char *nowhere = g_build_filename(p->home->path, "nowhere.db", NULL);
	run_set(p->home, "AMENDS_DB", nowhere);
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
		const char *more = commands[i][2];
		struct run_result r =
		    run_amends(p->home, commands[i][0], commands[i][1], more, more ? "1" : NULL, NULL);
		run_expect(&r, 1, "", "there is no store");
		run_result_clear(&r);
		assert_false(g_file_test(nowhere, G_FILE_TEST_EXISTS));
	}
	run_set(p->home, "AMENDS_DB", NULL);
}

#define WITH_SERVER(f) cmocka_unit_test_setup_teardown(f, post_setup, post_teardown)
int main(void)
{
	if (!post_is_possible())
		return 77; /* told as skipped */
	const struct CMUnitTest tests[] = {
	    WITH_SERVER(an_answer_arrives_as_it_should),
	    WITH_SERVER(an_answer_goes_where_the_buyer_wants_it),
	    WITH_SERVER(a_promised_time_is_the_clocks),
	    WITH_SERVER(the_buyers_reply_finds_its_case),
	    WITH_SERVER(a_4xx_is_tried_again_with_growing_pauses),
	    WITH_SERVER(a_4xx_that_passes_is_sent),
	    WITH_SERVER(a_5xx_fails_for_good_and_stays_in_sight),
	    WITH_SERVER(a_server_that_dies_after_the_mail_leaves_it_unsure),
	    WITH_SERVER(killed_in_mid_send_it_is_not_sent_twice),
	    WITH_SERVER(asked_to_stop_it_notes_what_it_began),
	    WITH_SERVER(a_watching_sender_sends_what_comes),
	    WITH_SERVER(two_senders_send_each_answer_once),
	    WITH_SERVER(without_a_mail_program_nothing_is_lost),
	    WITH_SERVER(what_is_dropped_never_leaves),
	    WITH_SERVER(automatic_mail_is_not_answered_by_mail),
	    WITH_SERVER(no_store_is_made_by_sending),
	    WITH_SERVER(open_placeholders_stop_an_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
