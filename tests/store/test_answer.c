/* SPDX-License-Identifier: MIT */
/* Drafts, sending, taking back, the outbox; and that a store of version 1 becomes one of today. */
#include "domain/template.h"
#include "store/answer.h"
#include "store/ingest.h"
#include "store/sql.h"
#include "support/make_store.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define HOUR G_GINT64_CONSTANT(3600000)
#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */

static int setup(void **state)
{
	*state = make_store();
	return 0;
}

static int teardown(void **state)
{
	make_store_remove(*state);
	return 0;
}

static gint64 open_case(struct store *s)
{
	struct mail_facts f = {.id = "first@x.example",
			       .platform = "amazon",
			       .alias = "a@marketplace.amazon.test",
			       .name = "Ona Žilė",
			       .order = "302-1",
			       .subject = "Broken lamp",
			       .lang = "lt",
			       .sent = NOW - HOUR,
			       .kind = KIND_DAMAGED};
	return make_ingest(s, &f).case_id;
}

static struct case_file *read_case(struct store *s, gint64 id)
{
	g_autoptr(GError) error = NULL;
	struct case_request q = {.id = id, .limit = 1000};
	struct case_file *f = store_case(s, &q, &error);
	if (!f)
		fail_msg("%s", error->message);
	return f;
}

static gint64 newest(struct store *s, gint64 id)
{
	g_autoptr(case_file_auto) f = read_case(s, id);
	return f->facts.newest;
}

static struct answered answer(struct store *s, const struct answer *a, gint64 now)
{
	g_autoptr(GError) error = NULL;
	struct answered r;
	if (!store_answer(s, "rasa", a, now, &r, &error))
		fail_msg("%s", error->message);
	return r;
}

static char *picture(struct store *s, gint64 id)
{
	g_autoptr(case_file_auto) c = read_case(s, id);
	GString *p = g_string_new(NULL);
	g_string_printf(p, "%s %" G_GINT64_FORMAT "\n", vocab_id(&STATUSES, c->record.status), c->record.due);
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *k = c->clocks->pdata[i];
		g_string_append_printf(p, "%s %s %" G_GINT64_FORMAT "\n", k->rule,
				       vocab_id(&CLOCK_STATES, k->state), k->due);
	}
	return g_string_free(p, false);
}

static void a_draft_comes_back(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	g_autoptr(draft_auto) d = g_new0(struct draft, 1);
	*d = (struct draft){.case_id = id,
			    .text = g_strdup("Laba diena, žiūrime."),
			    .cursor = 4,
			    .lang = g_strdup("lt"),
			    .seen = 3};
	assert_true(store_draft_save(s, "rasa", d, NOW, NULL));
	assert_non_null(d->attempt);
	g_autofree char *attempt = g_strdup(d->attempt);
	g_free(d->text);
	d->text = g_strdup("Laba diena, žiūrime toliau.");
	assert_true(store_draft_save(s, "rasa", d, NOW + 1, NULL));
	g_autoptr(draft_auto) back = store_draft(s, "rasa", id, DRAFT_REPLY, NULL);
	assert_string_equal(back->text, d->text);
	assert_string_equal(back->attempt, attempt);
	assert_int_equal(back->cursor, 4);
	assert_int_equal(back->begun, NOW);
	assert_null(store_draft(s, "rasa", id, DRAFT_NOTE, NULL));
	assert_null(store_draft(s, "jonas", id, DRAFT_REPLY, NULL));
	g_autoptr(GPtrArray) mine = store_drafts(s, "rasa", NULL);
	assert_int_equal(mine->len, 1);
	assert_true(store_draft_drop(s, "rasa", id, DRAFT_REPLY, NULL));
	assert_null(store_draft(s, "rasa", id, DRAFT_REPLY, NULL));
}

/* A slow mail: written before our answer, here only after it. Our answer knew nothing of it. */
static void what_was_written_before_an_answer_but_came_after_it_is_open(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	struct answer a = {.case_id = id,
			   .attempt = "attempt-1",
			   .text = "Atsiprašome.",
			   .lang = "lt",
			   .seen = newest(s, id)};
	assert_int_equal(answer(s, &a, NOW).result, ANSWER_QUEUED);
	struct mail_facts slow = {.id = "slow@x.example",
				  .platform = "amazon",
				  .alias = "a@marketplace.amazon.test",
				  .order = "302-1",
				  .text = "Jis visai sudužęs, noriu kito",
				  .sent = NOW - HOUR / 60,
				  .arrives = NOW + HOUR / 15};
	assert_int_equal(make_ingest(s, &slow).case_id, id);
	g_autoptr(case_file_auto) c = read_case(s, id);
	assert_int_equal(c->record.status, STATUS_OURS);
	assert_int_equal(c->record.latest, NOW + HOUR / 15);
	guint runs = 0;
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *k = c->clocks->pdata[i];
		runs += k->state == CLOCK_RUNNING && k->started == NOW - HOUR / 60;
	}
	assert_true(runs > 0);
	g_autofree char *live = picture(s, id);
	assert_true(sql_begin(s, NULL));
	assert_true(sql_end(s, ingest_rebuild(s, id, NOW + HOUR, NULL), NULL));
	g_autofree char *anew = picture(s, id);
	assert_string_equal(live, anew);
}

static void an_answer_moves_the_case_and_leaves_facts(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	struct answer a = {.case_id = id,
			   .attempt = "attempt-1",
			   .text = "Atsiprašome.",
			   .lang = "lt",
			   .seen = newest(s, id),
			   .templates = "ask-wish evidence-photo",
			   .undo_ms = 10000,
			   .promise_due = NOW + 24 * HOUR,
			   .promise = "iki rytojaus",
			   .asks = 1,
			   .offers = 1 | 4};
	struct answered r = answer(s, &a, NOW);
	assert_int_equal(r.result, ANSWER_QUEUED);
	g_autoptr(case_file_auto) c = read_case(s, id);
	assert_int_equal(c->record.status, STATUS_BUYER);
	assert_int_equal(c->facts.asked, 1);
	assert_int_equal(c->facts.offered, 5);
	assert_true(c->facts.answered && c->facts.silent);
	bool promised = false, named = false;
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *k = c->clocks->pdata[i];
		promised |= k->state == CLOCK_RUNNING && k->due == NOW + 24 * HOUR && k->family == CLOCK_SHOP;
	}
	for (guint i = 0; i < c->events->len; i++) {
		const struct event *e = c->events->pdata[i];
		named |= e->type == EVENT_MESSAGE_OUT && g_strcmp0(e->who, "rasa") == 0;
	}
	assert_true(promised && named);
	g_autoptr(GHashTable) uses = store_template_uses(s, NULL);
	assert_int_equal(GPOINTER_TO_INT(g_hash_table_lookup(uses, "evidence-photo")), 1);
	assert_true(store_verify(s, NULL));
}

static void one_attempt_is_sent_once(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	struct answer a = {
	    .case_id = id, .attempt = "once", .text = "Hello", .lang = "en", .seen = newest(s, id)};
	struct answered first = answer(s, &a, NOW), second = answer(s, &a, NOW + 1);
	assert_int_equal(second.result, ANSWER_REPEATED);
	assert_int_equal(second.outbox, first.outbox);
	g_autoptr(GPtrArray) rows = store_outbox(s, true, 10, NULL);
	assert_int_equal(rows->len, 1);
}

static void what_was_not_seen_stops_an_answer(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	gint64 seen = newest(s, id);
	struct mail_facts more = {.platform = "amazon",
				  .alias = "a@marketplace.amazon.test",
				  .order = "302-1",
				  .subject = "Never mind",
				  .sent = NOW - 60000};
	make_ingest(s, &more);
	struct answer a = {.case_id = id, .attempt = "blind", .text = "Hello", .lang = "en", .seen = seen};
	struct answered r = answer(s, &a, NOW);
	assert_int_equal(r.result, ANSWER_UNSEEN);
	assert_true(r.event > seen);
	g_autoptr(GPtrArray) rows = store_outbox(s, true, 10, NULL);
	assert_int_equal(rows->len, 0);
	a.seen = newest(s, id);
	assert_int_equal(answer(s, &a, NOW).result, ANSWER_QUEUED);
	/* A colleague's note stops it too; one's own doesn't. */
	a.attempt = "later";
	a.seen = newest(s, id);
	assert_true(store_note(s, "rasa", id, "asked the carrier", NOW, NULL));
	struct answered mine = answer(s, &a, NOW);
	assert_int_equal(mine.result, ANSWER_QUEUED);
	a.attempt = "last";
	a.seen = newest(s, id);
	assert_true(store_note(s, "jonas", id, "refunded by telephone", NOW, NULL));
	assert_int_equal(answer(s, &a, NOW).result, ANSWER_UNSEEN);
}

static void taking_back_leaves_the_case_as_it_was(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	g_autofree char *before = picture(s, id);
	struct answer a = {.case_id = id,
			   .attempt = "oops",
			   .text = "Hello there",
			   .lang = "en",
			   .seen = newest(s, id),
			   .undo_ms = 10000,
			   .promise_due = NOW + HOUR,
			   .promise = "in an hour",
			   .asks = 2};
	struct answered r = answer(s, &a, NOW);
	bool done;
	assert_true(store_take_back(s, "jonas", r.outbox, NOW + 1, &done, NULL));
	assert_false(done); /* not his */
	assert_true(store_take_back(s, "rasa", r.outbox, NOW + 2, &done, NULL));
	assert_true(done);
	g_autoptr(case_file_auto) c = read_case(s, id);
	assert_int_equal(c->record.status, STATUS_NEW);
	assert_int_equal(c->facts.asked, 0);
	assert_false(c->facts.answered);
	bool undone = false;
	for (guint i = 0; i < c->events->len; i++)
		undone |= ((struct event *)c->events->pdata[i])->undone;
	assert_true(undone);
	g_autoptr(draft_auto) d = store_draft(s, "rasa", id, DRAFT_REPLY, NULL);
	assert_string_equal(d->text, "Hello there");
	assert_string_not_equal(d->attempt, "oops");
	g_autofree char *after = picture(s, id);
	assert_string_equal(after, before);
	assert_null(store_outbox_take(s, NOW + HOUR, NULL));
	assert_true(store_take_back(s, "rasa", r.outbox, NOW + 3, &done, NULL));
	assert_false(done);
}

/* Nothing reached the buyer: the case is ours again by its old deadline, until the answer goes out after all.
 */
static void a_failed_answer_answers_nothing(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	g_autofree char *before = picture(s, id);
	struct answer a = {
	    .case_id = id, .attempt = "fails", .text = "Hello there", .lang = "en", .seen = newest(s, id)};
	struct answered r = answer(s, &a, NOW);
	g_autofree char *answered = picture(s, id);
	assert_string_not_equal(answered, before);
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW, NULL);
	assert_true(store_outbox_failed(s, o->id, "busy", 60000, NOW + 1, NULL));
	g_autofree char *retried = picture(s, id);
	assert_string_equal(retried, answered);
	g_autoptr(outgoing_auto) again = store_outbox_take(s, NOW + 70000, NULL);
	assert_true(store_outbox_failed(s, again->id, "no such user", 0, NOW + 70001, NULL));
	g_autofree char *failed = picture(s, id);
	assert_string_equal(failed, before);
	g_autoptr(case_file_auto) c = read_case(s, id);
	assert_int_equal(c->record.status, STATUS_NEW);
	assert_true(store_outbox_settle(s, "rasa", r.outbox, OUTBOX_WAITING, NOW + 80000, NULL));
	g_autofree char *waits = picture(s, id);
	assert_string_equal(waits, answered);
}

static void the_outbox_gives_each_answer_once(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	struct answer a = {.case_id = id,
			   .attempt = "send",
			   .text = "Hello",
			   .lang = "en",
			   .seen = newest(s, id),
			   .undo_ms = 10000};
	struct answered r = answer(s, &a, NOW);
	assert_null(store_outbox_take(s, NOW + 9999, NULL));
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW + 10000, NULL);
	assert_int_equal(o->id, r.outbox);
	assert_string_equal(o->to, "Ona Žilė <a@marketplace.amazon.test>");
	assert_string_equal(o->subject, "Re: Broken lamp");
	assert_string_equal(o->references->pdata[o->references->len - 1], "first@x.example");
	assert_null(store_outbox_take(s, NOW + 10001, NULL));
	bool done;
	assert_true(store_take_back(s, "rasa", r.outbox, NOW + 10002, &done, NULL));
	assert_false(done);
	assert_true(store_outbox_failed(s, o->id, "no route", 60000, NOW + 10003, NULL));
	assert_null(store_outbox_take(s, NOW + 20000, NULL));
	g_autoptr(outgoing_auto) again = store_outbox_take(s, NOW + 70003, NULL);
	assert_int_equal(again->tries, 2);
	guint count;
	assert_true(store_outbox_recover(s, NOW + 80000, &count, NULL));
	assert_int_equal(count, 1);
	assert_null(store_outbox_take(s, NOW + HOUR, NULL));
	assert_true(store_outbox_settle(s, "rasa", r.outbox, OUTBOX_WAITING, NOW + HOUR, NULL));
	g_autoptr(outgoing_auto) third = store_outbox_take(s, NOW + HOUR, NULL);
	assert_true(store_outbox_sent(s, third->id, NOW + HOUR, NULL));
	g_autoptr(GPtrArray) open = store_outbox(s, false, 10, NULL);
	assert_int_equal(open->len, 0);
}

static void our_own_copy_that_comes_back_is_known(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s), rows;
	struct answer a = {
	    .case_id = id, .attempt = "copy", .text = "Hello", .lang = "en", .seen = newest(s, id)};
	answer(s, &a, NOW);
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW, NULL);
	struct mail_facts copy = {.id = o->message_id,
				  .platform = "amazon",
				  .trigger = TRIGGER_OUR_MESSAGE,
				  .sent = NOW + 5000,
				  .text = "Hello\n-- \nfooter of the mail server"};
	assert_int_equal(make_ingest(s, &copy).result, INGEST_ALREADY_THERE);
	assert_true(sql_number(s, &rows, NULL, NULL, "SELECT count(*) FROM messages WHERE side = 'us'", ""));
	assert_int_equal(rows, 1);
}

/* As the transport sends it: under the shop's domain. What comes back, and what answers it, is known by the
 * check value. */
static void our_ids_are_known_under_any_domain(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	struct answer a = {
	    .case_id = id, .attempt = "5d0f4c1e-9b7a", .text = "Hello", .lang = "en", .seen = newest(s, id)};
	answer(s, &a, NOW);
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW, NULL);
	assert_true(g_str_has_suffix(o->message_id, OWN_ID_DOMAIN));
	g_autofree char *left = g_strndup(o->message_id, strlen(o->message_id) - strlen(OWN_ID_DOMAIN));
	g_autofree char *sent = g_strconcat(left, "@shop.test", NULL),
			*invented = g_strconcat("e", left + 1, "@shop.test", NULL);
	const struct {
		const char *id, *answers;
		enum ingest_result result;
	} mails[] = {
	    {sent, NULL, INGEST_ALREADY_THERE},
	    {"reply@x.example", sent, INGEST_ADDED},
	    {"forged@x.example", invented, INGEST_NEW_CASE},
	    {"short@x.example", ".0123456789ab@x", INGEST_NEW_CASE},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autofree char *subject = g_strdup_printf("something else %zu", i);
		struct mail_facts f = {.id = mails[i].id,
				       .platform = "amazon",
				       .alias = "other@marketplace.amazon.test",
				       .subject = subject,
				       .answers = mails[i].answers,
				       .sent = NOW + HOUR + (gint64)i};
		struct ingested in = make_ingest(s, &f);
		if (in.result != mails[i].result)
			fail_msg("%s: result %d", mails[i].id, in.result);
		assert_true((in.case_id == id) == (mails[i].result != INGEST_NEW_CASE));
	}
}

static void what_nobody_wrote_or_reads_is_not_answered_by_mail(void **state)
{
	struct store *s = *state;
	static const struct {
		const char *alias;
		bool automatic, takes;
	} mails[] = {
	    {"no-reply@shop.test", false, false},
	    {"DoNotReply@shop.test", false, false},
	    {"ona@x.test", true, false},
	    {"ona.reply@x.test", false, true},
	};
	gint64 id = 0;
	for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autoptr(GError) error = NULL;
		struct answered r;
		struct mail_facts f = {.platform = "mail",
				       .alias = mails[i].alias,
				       .name = "Ona",
				       .order = "77-1",
				       .subject = "Lamp",
				       .automatic = mails[i].automatic,
				       .sent = NOW - HOUR + (gint64)i * 60000};
		gint64 joined = make_ingest(s, &f).case_id;
		id = joined ? joined : id;
		g_autofree char *attempt = g_strdup_printf("try-%zu", i);
		struct answer a = {
		    .case_id = id, .attempt = attempt, .text = "Hello", .lang = "en", .seen = newest(s, id)};
		bool sent = store_answer(s, "rasa", &a, NOW, &r, &error);
		if (sent != mails[i].takes)
			fail_msg("%s: %s", mails[i].alias, sent ? "was answered" : error->message);
		assert_true(sent || g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	}
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW, NULL);
	assert_string_equal(o->to, "Ona <ona.reply@x.test>");
	g_autoptr(GPtrArray) rows = store_outbox(s, true, 10, NULL);
	assert_int_equal(rows->len, 1);
}

/* A mail from tomorrow, by its own clock, is answered all the same. */
static void a_buyers_wrong_clock_hinders_nothing(void **state)
{
	struct store *s = *state;
	struct mail_facts f = {.id = "ahead@x.example",
			       .alias = "ona@x.test",
			       .name = "Ona",
			       .subject = "Lamp",
			       .sent = NOW + HOUR};
	gint64 id = make_ingest(s, &f).case_id;
	struct answer a = {
	    .case_id = id, .attempt = "ahead", .text = "Hello", .lang = "en", .seen = newest(s, id)};
	answer(s, &a, NOW);
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW, NULL);
	assert_string_equal(o->to, "Ona <ona@x.test>");
	assert_int_equal(o->references->len, 1);
}

static void send_one(struct store *s, gint64 id, const char *attempt, gint64 now)
{
	struct answer a = {
	    .case_id = id, .attempt = attempt, .text = "Hello", .lang = "en", .seen = newest(s, id)};
	answer(s, &a, now);
}

static void the_thread_is_in_order(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	send_one(s, id, "one", NOW);
	g_autoptr(outgoing_auto) one = store_outbox_take(s, NOW, NULL);
	struct mail_facts f = {.id = "second@x.example",
			       .platform = "amazon",
			       .alias = "a@marketplace.amazon.test",
			       .name = "Ona Žilė",
			       .order = "302-1",
			       .subject = "Re: Broken lamp",
			       .sent = NOW + HOUR};
	assert_int_equal(make_ingest(s, &f).case_id, id);
	send_one(s, id, "two", NOW + 2 * HOUR);
	g_autoptr(outgoing_auto) two = store_outbox_take(s, NOW + 2 * HOUR, NULL);
	send_one(s, id, "three", NOW + 3 * HOUR);
	g_autoptr(outgoing_auto) three = store_outbox_take(s, NOW + 3 * HOUR, NULL);
	const char *const thread[] = {"first@x.example", one->message_id, "second@x.example",
				      two->message_id};
	assert_int_equal(three->references->len, G_N_ELEMENTS(thread));
	for (guint i = 0; i < G_N_ELEMENTS(thread); i++)
		assert_string_equal(three->references->pdata[i], thread[i]);
	assert_int_equal(three->answered, 2);
}

/* From each state, what a person may say of an answer. */
static void only_what_makes_sense_can_be_settled(void **state)
{
	struct store *s = *state;
	gint64 id = open_case(s);
	static const struct {
		const char *from;
		enum send_method method;
		const char *may; /* P posted, S sent, W again */
	} rows[] = {
	    {"waiting", SEND_MAIL, "PS"}, {"sending", SEND_MAIL, ""},   {"sent", SEND_MAIL, ""},
	    {"failed", SEND_MAIL, "PSW"}, {"unsure", SEND_MAIL, "PSW"}, {"taken-back", SEND_MAIL, ""},
	    {"to-post", SEND_HAND, "P"},  {"posted", SEND_HAND, ""},
	};
	static const struct {
		enum outbox_state to;
		char letter;
	} says[] = {{OUTBOX_POSTED, 'P'},
		    {OUTBOX_SENT, 'S'},
		    {OUTBOX_WAITING, 'W'},
		    {OUTBOX_TAKEN_BACK, '-'},
		    {OUTBOX_SENDING, '-'}};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (gsize k = 0; k < G_N_ELEMENTS(says); k++) {
			g_autoptr(GError) error = NULL;
			g_autofree char *attempt = g_strdup_printf("%zu-%zu", i, k);
			struct answer a = {.case_id = id,
					   .attempt = attempt,
					   .text = "Hello",
					   .lang = "en",
					   .seen = newest(s, id),
					   .method = rows[i].method};
			gint64 row = answer(s, &a, NOW).outbox;
			assert_true(sql_run(s, NULL, "UPDATE outbox SET state = ?, tries = 3 WHERE id = ?",
					    "ti", rows[i].from, row));
			bool done = store_outbox_settle(s, "rasa", row, says[k].to, NOW, &error);
			if (done != (strchr(rows[i].may, says[k].letter) != NULL))
				fail_msg("%s to %d: %d", rows[i].from, says[k].to, done);
			assert_true(done || g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND));
			assert_true(
			    sql_run(s, NULL, "UPDATE outbox SET state = 'sent' WHERE id = ?", "i", row));
		}
	}
	gint64 at;
	assert_true(store_outbox_next(s, &at, NULL));
	assert_int_equal(at, G_MAXINT64);
}

static void a_store_of_version_1_is_brought_up_to_date(void **state)
{
	struct store *s = *state;
	g_autofree char *path = g_strconcat(store_path(s), ".v1", NULL), *schema = NULL;
	g_autofree char *file = g_build_filename(g_getenv("AMENDS_DATA"), "schema.sql", NULL);
	assert_true(g_file_get_contents(file, &schema, NULL, NULL));
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, schema, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, "PRAGMA application_id = 0x616d6e64; PRAGMA user_version = 1", NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	g_autoptr(GError) error = NULL;
	assert_null(store_open(path, STORE_READ, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_OLDER));
	assert_non_null(strstr(error->message, "older"));
	struct store *old = store_open(path, STORE_WRITE, NULL);
	assert_non_null(old);
	gint64 id = open_case(old);
	struct answer a = {
	    .case_id = id, .attempt = "x", .text = "Hello", .lang = "en", .seen = newest(old, id)};
	assert_int_equal(answer(old, &a, NOW).result, ANSWER_QUEUED);
	store_close(old);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_STORE(a_draft_comes_back),
	    ON_STORE(what_was_written_before_an_answer_but_came_after_it_is_open),
	    ON_STORE(an_answer_moves_the_case_and_leaves_facts),
	    ON_STORE(one_attempt_is_sent_once),
	    ON_STORE(what_was_not_seen_stops_an_answer),
	    ON_STORE(taking_back_leaves_the_case_as_it_was),
	    ON_STORE(a_failed_answer_answers_nothing),
	    ON_STORE(the_outbox_gives_each_answer_once),
	    ON_STORE(our_own_copy_that_comes_back_is_known),
	    ON_STORE(our_ids_are_known_under_any_domain),
	    ON_STORE(what_nobody_wrote_or_reads_is_not_answered_by_mail),
	    ON_STORE(a_buyers_wrong_clock_hinders_nothing),
	    ON_STORE(the_thread_is_in_order),
	    ON_STORE(only_what_makes_sense_can_be_settled),
	    ON_STORE(a_store_of_version_1_is_brought_up_to_date),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
