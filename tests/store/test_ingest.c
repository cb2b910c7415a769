/* SPDX-License-Identifier: MIT */
/* How mails become cases: threading, repeats, what is kept, and the history that makes everything else. */
#include "store/sql.h"
#include "support/make_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

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

static struct case_file *read_case(struct store *s, gint64 id)
{
	g_autoptr(GError) error = NULL;
	struct case_request q = {.id = id, .limit = 1000};
	struct case_file *f = store_case(s, &q, &error);
	if (!f)
		fail_msg("%s", error->message);
	return f;
}

static void a_first_message_opens_a_case(void **state)
{
	struct mail_facts f = {.platform = "ebay",
			       .trigger = TRIGGER_RETURN_REQUEST,
			       .alias = "jonas@members.ebay.test",
			       .name = "Jonas Gelžinis",
			       .order = "12-34567-89012",
			       .item = "Clock",
			       .kind = KIND_DAMAGED,
			       .lang = "lt",
			       .sent = NOW,
			       .stated_due = NOW + 5 * HOUR,
			       .minor = 2500,
			       .currency = "EUR"};
	struct ingested r = make_ingest(*state, &f);
	assert_int_equal(r.result, INGEST_NEW_CASE);
	g_autoptr(case_file_auto) c = read_case(*state, r.case_id);
	assert_string_equal(c->record.platform, "ebay");
	assert_int_equal(c->record.status, STATUS_NEW);
	assert_int_equal(c->record.kind, KIND_DAMAGED);
	assert_int_equal(c->record.due, NOW + 5 * HOUR);
	assert_string_equal(c->buyer->name, "Jonas Gelžinis");
	assert_string_equal(c->order->number, "12-34567-89012");
	assert_int_equal(c->record.value.minor, 2500);
	assert_true(c->clocks->len >= 1);
}

/* The second mail of each row joins the first one's case, or doesn't. */
static void threading(void **state)
{
	static const struct {
		const char *what;
		struct mail_facts first, second;
		bool same;
	} rows[] = {
	    {"a reference",
	     {.id = "t1@x.example", .alias = "a1@x.example"},
	     {.alias = "other1@x.example", .subject = "Something else", .answers = "t1@x.example"},
	     true},
	    {"alias and order",
	     {.platform = "ebay", .alias = "a2", .order = "02"},
	     {.platform = "ebay", .alias = "a2", .order = "02", .subject = "Other"},
	     true},
	    {"order within the platform",
	     {.platform = "ebay", .alias = "a3", .order = "03"},
	     {.platform = "ebay", .order = "03", .subject = "Other"},
	     true},
	    {"the same order number elsewhere",
	     {.platform = "ebay", .alias = "a4", .order = "04"},
	     {.platform = "etsy", .alias = "b4", .order = "04"},
	     false},
	    {"case number",
	     {.platform = "ebay", .alias = "a5", .case_no = "5005"},
	     {.platform = "ebay", .case_no = "5005", .subject = "Other"},
	     true},
	    {"another case of one order",
	     {.platform = "ebay", .alias = "a6", .order = "06", .case_no = "6001"},
	     {.platform = "ebay", .alias = "a6", .order = "06", .case_no = "6002"},
	     false},
	    {"the same subject",
	     {.alias = "a7@x.example", .subject = "Broken lamp"},
	     {.alias = "a7@x.example", .subject = "Re: RIF: Broken  lamp"},
	     true},
	    {"another subject",
	     {.alias = "a8@x.example", .subject = "Broken lamp"},
	     {.alias = "a8@x.example", .subject = "Invoice"},
	     false},
	    {"another buyer's subject",
	     {.alias = "a9@x.example", .subject = "Broken lamp"},
	     {.alias = "b9@x.example", .subject = "Broken lamp"},
	     false},
	    {"a stranger's reference from elsewhere",
	     {.id = "t10@x.example", .platform = "ebay", .alias = "a10"},
	     {.platform = "mail", .alias = "b10@x.example", .answers = "t10@x.example"},
	     false},
	    {"a Chinese answer",
	     {.alias = "a11@x.example", .subject = "退货"},
	     {.alias = "a11@x.example", .subject = "回复：退貨"},
	     true},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct mail_facts first = rows[i].first, second = rows[i].second;
		first.sent = NOW;
		second.sent = NOW + HOUR;
		struct ingested a = make_ingest(*state, &first), b = make_ingest(*state, &second);
		if ((a.case_id == b.case_id) != rows[i].same)
			fail_msg("%s: cases %d and %d", rows[i].what, (int)a.case_id, (int)b.case_id);
	}
}

static void an_answer_that_comes_first_is_found_by_its_original(void **state)
{
	struct mail_facts answer = {.id = "late2@x.example",
				    .alias = "q@x.example",
				    .subject = "Hello",
				    .answers = "late1@x.example",
				    .sent = NOW};
	struct mail_facts original = {
	    .id = "late1@x.example", .alias = "q@x.example", .subject = "Quite another", .sent = NOW - HOUR};
	struct ingested a = make_ingest(*state, &answer), b = make_ingest(*state, &original);
	assert_int_equal(a.case_id, b.case_id);
	assert_int_equal(b.result, INGEST_ADDED);
}

static void a_repeated_mail_is_skipped(void **state)
{
	struct mail_facts f = {.id = "twice@x.example", .alias = "q@x.example", .sent = NOW};
	struct ingested a = make_ingest(*state, &f), b = make_ingest(*state, &f);
	assert_int_equal(b.result, INGEST_ALREADY_THERE);
	assert_int_equal(a.message_id, b.message_id);
}

static void a_message_id_of_another_content_hides_nothing(void **state)
{
	struct mail_facts f = {.id = "same@x.example", .alias = "q@x.example", .sent = NOW, .text = "One"};
	struct ingested a = make_ingest(*state, &f);
	f.text = "Two";
	struct ingested b = make_ingest(*state, &f), c = make_ingest(*state, &f);
	assert_int_not_equal(b.message_id, a.message_id);
	assert_int_equal(c.result, INGEST_ALREADY_THERE);
	assert_int_equal(c.message_id, b.message_id);
	g_autoptr(case_file_auto) file = read_case(*state, b.case_id);
	const struct event *last = file->events->pdata[file->events->len - 1];
	guint flaws = 0;
	for (guint i = 0; i < file->events->len; i++) {
		const struct event *e = file->events->pdata[i];
		if (e->message)
			flaws |= e->message->flaws;
	}
	assert_true(flaws & FLAW_MESSAGE_ID);
	assert_non_null(last);
}

static void what_opens_no_case_waits_for_one(void **state)
{
	struct mail_facts sale = {.platform = "etsy",
				  .trigger = TRIGGER_SALE,
				  .side = SIDE_PLATFORM,
				  .order = "77",
				  .sent = NOW,
				  .subject = "You made a sale"};
	struct ingested kept = make_ingest(*state, &sale);
	assert_int_equal(kept.result, INGEST_KEPT);
	assert_int_equal(kept.case_id, 0);
	struct mail_facts ask = {.platform = "etsy", .alias = "k", .order = "77", .sent = NOW + HOUR};
	struct ingested opened = make_ingest(*state, &ask);
	g_autoptr(case_file_auto) c = read_case(*state, opened.case_id);
	const struct event *first = c->events->pdata[0];
	assert_int_equal(first->type, EVENT_NOTICE);
	assert_int_equal(first->message->id, kept.message_id);
	assert_int_equal(c->record.opened, NOW);
}

/* A payment that came before the complaint is history: it names the amount, not the kind, and bites nobody.
 */
static void what_came_before_the_case_moves_nothing(void **state)
{
	struct mail_facts paid = {.platform = "mail",
				  .trigger = TRIGGER_PAYMENT_RECEIVED,
				  .kind = KIND_PAYMENT,
				  .side = SIDE_PLATFORM,
				  .order = "78",
				  .sent = NOW - 400 * HOUR,
				  .minor = 4200,
				  .currency = "EUR",
				  .subject = "Payment"};
	struct mail_facts ask = {
	    .platform = "mail", .alias = "p@x.example", .order = "78", .sent = NOW, .kind = KIND_DAMAGED};
	make_ingest(*state, &paid);
	g_autoptr(case_file_auto) c = read_case(*state, make_ingest(*state, &ask).case_id);
	assert_int_equal(c->record.kind, KIND_DAMAGED);
	assert_int_equal(c->record.value.minor, 4200);
	assert_true(c->record.due > NOW);
	for (guint i = 0; i < c->clocks->len; i++)
		assert_true(((struct clock *)c->clocks->pdata[i])->started >= NOW);
}

/* The first import of years of mail makes no flood of missed deadlines; who writes again opens the case
 * again. */
static void old_mail_is_history_until_somebody_writes_again(void **state)
{
	struct mail_facts old = {.platform = "ebay",
				 .alias = "h",
				 .order = "79",
				 .sent = NOW - 9000 * HOUR,
				 .kind = KIND_DAMAGED,
				 .trigger = TRIGGER_RETURN_REQUEST,
				 .archived = true};
	struct mail_facts older = old, again = old;
	older.sent -= HOUR;
	older.text = "Before";
	again.sent = NOW;
	again.trigger = TRIGGER_BUYER_MESSAGE;
	again.archived = false;
	gint64 id = make_ingest(*state, &old).case_id;
	assert_int_equal(make_ingest(*state, &older).case_id, id);
	g_autoptr(case_file_auto) c = read_case(*state, id);
	assert_int_equal(c->record.status, STATUS_SOLVED);
	assert_int_equal(c->record.kind, KIND_DAMAGED);
	assert_int_equal(c->clocks->len, 0);
	assert_int_equal(make_ingest(*state, &again).case_id, id);
	g_autoptr(case_file_auto) d = read_case(*state, id);
	assert_int_equal(d->record.status, STATUS_OURS);
	assert_int_equal(d->record.kind, KIND_DAMAGED);
	assert_true(d->record.due > NOW && d->record.due < G_MAXINT64);
}

static void automatic_mail_moves_nothing(void **state)
{
	struct mail_facts f = {.id = "m1@x.example", .alias = "q@x.example", .sent = NOW};
	struct mail_facts away = {.alias = "q@x.example",
				  .automatic = true,
				  .answers = "m1@x.example",
				  .sent = NOW + HOUR,
				  .subject = "Out of office"};
	struct ingested a = make_ingest(*state, &f);
	g_autoptr(case_file_auto) before = read_case(*state, a.case_id);
	struct ingested b = make_ingest(*state, &away);
	g_autoptr(case_file_auto) after = read_case(*state, a.case_id);
	assert_int_equal(b.case_id, a.case_id);
	assert_int_equal(after->record.due, before->record.due);
	assert_int_equal(after->record.status, before->record.status);
	assert_true(after->events->len > before->events->len);
	struct mail_facts alone = {.alias = "r@x.example", .automatic = true, .sent = NOW, .subject = "Auto"};
	assert_int_equal(make_ingest(*state, &alone).result, INGEST_KEPT);
}

static void our_answer_stops_the_clock_and_a_new_message_starts_it(void **state)
{
	struct mail_facts ask = {.platform = "amazon", .alias = "z", .order = "1", .sent = NOW};
	struct mail_facts answer = {.platform = "amazon",
				    .trigger = TRIGGER_OUR_MESSAGE,
				    .alias = "z",
				    .order = "1",
				    .sent = NOW + HOUR};
	struct mail_facts again = {.platform = "amazon", .alias = "z", .order = "1", .sent = NOW + 50 * HOUR};
	gint64 id = make_ingest(*state, &ask).case_id;
	make_ingest(*state, &answer);
	g_autoptr(case_file_auto) c = read_case(*state, id);
	assert_int_equal(c->record.status, STATUS_BUYER);
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *clock = c->clocks->pdata[i];
		if (clock->family == CLOCK_PLATFORM)
			assert_int_equal(clock->state, CLOCK_MET);
	}
	make_ingest(*state, &again);
	g_autoptr(case_file_auto) d = read_case(*state, id);
	assert_int_equal(d->record.status, STATUS_OURS);
	assert_int_equal(d->record.due, MIN(d->record.due, NOW + 74 * HOUR)); /* 24 h, nights included */
	assert_true(d->record.due > NOW + 50 * HOUR);
}

/* What a case looks like, for comparing two of them. */
static char *picture(struct store *s, gint64 id)
{
	g_autoptr(case_file_auto) c = read_case(s, id);
	GString *p = g_string_new(NULL);
	g_string_printf(p, "%s %s %" G_GINT64_FORMAT "\n", vocab_id(&STATUSES, c->record.status),
			vocab_id(&KINDS, c->record.kind), c->record.due);
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *k = c->clocks->pdata[i];
		g_string_append_printf(
		    p, "%s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n",
		    k->rule, vocab_id(&CLOCK_STATES, k->state), vocab_id(&CLOCK_WHYS, k->why), k->started,
		    k->due, k->stopped, k->intervals->len);
	}
	return g_string_free(p, false);
}

static gint64 tell_story(struct store *s, const struct mail_facts *story, const int *order, int n)
{
	gint64 id = 0;
	for (int i = 0; i < n; i++)
		id = make_ingest(s, &story[order[i]]).case_id;
	return id;
}

/* Mails may come in any order: the case ends up the same. */
static void any_order_gives_the_same_case(void **state)
{
	static const enum trigger told[] = {
	    TRIGGER_BUYER_MESSAGE, TRIGGER_OUR_MESSAGE,  TRIGGER_BUYER_MESSAGE, TRIGGER_RETURN_REQUEST,
	    TRIGGER_OUR_MESSAGE,   TRIGGER_CASE_ON_HOLD, TRIGGER_CASE_CLOSED,   TRIGGER_BUYER_MESSAGE};
	const int n = G_N_ELEMENTS(told);
	struct mail_facts story[G_N_ELEMENTS(told)];
	int order[G_N_ELEMENTS(told)];
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	for (int i = 0; i < n; i++) {
		story[i] = (struct mail_facts){.platform = "ebay",
					       .trigger = told[i],
					       .alias = "s",
					       .order = "9",
					       .sent = NOW + i * 7 * HOUR,
					       .kind = i == 3 ? KIND_DAMAGED : KIND_OTHER,
					       .stated_due = i == 3 ? NOW + 90 * HOUR : 0};
		order[i] = i;
	}
	g_autofree char *straight = picture(*state, tell_story(*state, story, order, n));
	for (int round = 0; round < 12; round++) {
		for (int i = n - 1; i > 0; i--) {
			int j = g_rand_int_range(rand, 0, i + 1), swap = order[i];
			order[i] = order[j];
			order[j] = swap;
		}
		struct store *other = make_store();
		g_autofree char *mixed = picture(other, tell_story(other, story, order, n));
		make_store_remove(other);
		assert_string_equal(mixed, straight);
	}
}

static void events_cannot_be_changed(void **state)
{
	struct mail_facts f = {.alias = "q@x.example", .sent = NOW};
	make_ingest(*state, &f);
	assert_false(sql_run(*state, NULL, "UPDATE events SET at = 1", ""));
	assert_false(sql_run(*state, NULL, "DELETE FROM events", ""));
	gint64 left;
	assert_true(sql_number(*state, &left, NULL, NULL, "SELECT count(*) FROM events WHERE at = 1", ""));
	assert_int_equal(left, 0);
}

static void a_failed_batch_leaves_nothing(void **state)
{
	struct store *s = *state;
	g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)incoming_destroy);
	g_autoptr(GArray) results = g_array_new(false, true, sizeof(struct ingested));
	g_autoptr(GError) error = NULL;
	struct mail_facts good = {.alias = "q@x.example", .sent = NOW},
			  bad = {.alias = "r@x.example", .sent = NOW};
	g_ptr_array_add(mails, make_mail(&good));
	g_ptr_array_add(mails, make_mail(&bad));
	assert_true(
	    sql_script(s,
		       "CREATE TEMP TRIGGER t BEFORE INSERT ON messages WHEN new.sender LIKE '%r@x%' BEGIN"
		       " SELECT raise(ABORT, 'no'); END",
		       NULL));
	assert_false(store_ingest(s, mails, NULL, NOW, results, &error));
	assert_non_null(error);
	assert_int_equal(results->len, 0);
	gint64 left;
	assert_true(sql_number(s, &left, NULL, NULL,
			       "SELECT (SELECT count(*) FROM cases) + (SELECT count(*) FROM messages)", ""));
	assert_int_equal(left, 0);
	assert_true(sql_script(s, "DROP TRIGGER t", NULL));
	assert_true(store_ingest(s, mails, NULL, NOW, results, NULL));
	assert_int_equal(results->len, 2);
}

static void sources_and_texts_come_back_whole(void **state)
{
	g_autofree char *large = g_strnfill(3 * 1024 * 1024 + 17, 'x');
	struct mail_facts f = {.alias = "q@x.example", .sent = NOW, .text = large};
	struct ingested r = make_ingest(*state, &f);
	g_autoptr(GBytes) source = store_source(*state, r.message_id, NULL);
	g_autoptr(incoming_auto) m = make_mail(&f);
	assert_true(g_bytes_equal(source, m->source));
	assert_true(store_verify(*state, NULL));
	assert_true(sql_script(*state, "UPDATE messages SET text = 'X' || substr(text, 2)", NULL));
	g_autoptr(GError) error = NULL;
	assert_false(store_verify(*state, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_DAMAGED));
}

/* A word that both scripts write alike doesn't turn a Taiwanese buyer's case to the mainland's script. */
static void a_short_word_keeps_the_buyers_script(void **state)
{
	static const struct {
		const char *first, *second, *is;
	} rows[] = {
	    {"zh-Hant", "zh", "zh-Hant"},      {"zh-Hans", "zh", "zh-Hans"},
	    {"zh", "zh-Hant", "zh-Hant"},      {"zh", "zh", "zh-Hans"}, /* nothing tells */
	    {"zh-Hant", "zh-Hans", "zh-Hans"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *alias = g_strdup_printf("lin%zu@example.org", n),
				*order = g_strdup_printf("12-34567-8%04zu", n);
		struct mail_facts f = {.platform = "ebay",
				       .trigger = TRIGGER_BUYER_MESSAGE,
				       .alias = alias,
				       .order = order,
				       .kind = KIND_DAMAGED,
				       .lang = rows[n].first,
				       .sent = NOW};
		gint64 id = make_ingest(*state, &f).case_id;
		f.lang = rows[n].second;
		f.sent = NOW + HOUR;
		assert_int_equal(make_ingest(*state, &f).case_id, id);
		g_autoptr(case_file_auto) c = read_case(*state, id);
		assert_string_equal(c->record.lang, rows[n].is);
	}
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_STORE(a_first_message_opens_a_case),
	    ON_STORE(threading),
	    ON_STORE(a_short_word_keeps_the_buyers_script),
	    ON_STORE(an_answer_that_comes_first_is_found_by_its_original),
	    ON_STORE(a_repeated_mail_is_skipped),
	    ON_STORE(a_message_id_of_another_content_hides_nothing),
	    ON_STORE(what_opens_no_case_waits_for_one),
	    ON_STORE(what_came_before_the_case_moves_nothing),
	    ON_STORE(old_mail_is_history_until_somebody_writes_again),
	    ON_STORE(automatic_mail_moves_nothing),
	    ON_STORE(our_answer_stops_the_clock_and_a_new_message_starts_it),
	    ON_STORE(any_order_gives_the_same_case),
	    ON_STORE(events_cannot_be_changed),
	    ON_STORE(a_failed_batch_leaves_nothing),
	    ON_STORE(sources_and_texts_come_back_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
