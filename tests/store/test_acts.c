/* SPDX-License-Identifier: MIT */
/* Acts: what each does, that any sequence of them can be taken back, merging and splitting, two desks at
 * once. */
#include "store/act.h"
#include "store/answer.h"
#include "store/ingest.h"
#include "store/sql.h"
#include "support/make_store.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define MINUTE G_GINT64_CONSTANT(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */
#define CASES 4
#define MAILS 3 /* each case has */

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

/* Mail `n` of case `k`: the buyer writes, the platform opens a request, the buyer writes again. */
static gint64 write_mail(struct store *s, int k, int n, gint64 sent)
{
	static const struct {
		const char *platform;
		enum trigger trigger;
		enum kind kind;
	} of[CASES] = {{"amazon", TRIGGER_CLAIM_OPENED, KIND_DAMAGED},
		       {"ebay", TRIGGER_RETURN_REQUEST, KIND_QUALITY},
		       {"etsy", TRIGGER_HELP_REQUEST, KIND_SLOW},
		       {"amazon", TRIGGER_CLAIM_INFO, KIND_OTHER}};
	g_autofree char *alias = g_strdup_printf("buyer%d@relay.example", k);
	g_autofree char *order = g_strdup_printf("302-%d", k), *subject = g_strdup_printf("Lamp %d", k);
	g_autofree char *text = g_strdup_printf("Mail %d of %d", n, k);
	struct mail_facts f = {.platform = of[k].platform,
			       .trigger = n == 1 ? of[k].trigger : TRIGGER_BUYER_MESSAGE,
			       .kind = of[k].kind,
			       .alias = alias,
			       .order = order,
			       .subject = subject,
			       .text = text,
			       .sent = sent,
			       .minor = 4900,
			       .currency = "EUR"};
	return make_ingest(s, &f).case_id;
}

static void open_cases(struct store *s, gint64 ids[CASES])
{
	for (int k = 0; k < CASES; k++) {
		for (int n = 0; n < MAILS; n++)
			ids[k] = write_mail(s, k, n, NOW - DAY + n * HOUR + k * MINUTE);
	}
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

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Takes the lines; in order of text, as rows' ids tell nothing of the case. */
static void add_sorted(GString *p, GPtrArray *lines)
{
	g_ptr_array_sort(lines, by_text);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(p, "  %s\n", (char *)lines->pdata[i]);
	g_ptr_array_unref(lines);
}

static void add_clocks(GString *p, const struct case_file *c)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *k = c->clocks->pdata[i];
		GString *line = g_string_new(NULL);
		g_string_printf(line, "%s %s %s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, k->rule,
				vocab_id(&CLOCK_STATES, k->state), vocab_id(&CLOCK_WHYS, k->why), k->started,
				k->due, k->left, k->stopped);
		for (guint n = 0; n < k->intervals->len; n++) {
			const struct clock_interval *v =
			    &g_array_index(k->intervals, struct clock_interval, n);
			g_string_append_printf(line, " [%" PRId64 " %" PRId64 " %d %" PRId64 "]", v->from,
					       v->to, v->running, v->due);
		}
		g_ptr_array_add(lines, g_string_free(line, false));
	}
	add_sorted(p, lines);
}

static void add_events(GString *p, const struct case_file *c)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < c->events->len; i++) {
		const struct event *e = c->events->pdata[i];
		bool derived = e->type == EVENT_UNDO || e->type == EVENT_MOVED ||
			       (e->type >= EVENT_CLOCK_START && e->type <= EVENT_CLOCK_MISS);
		if (e->undone || derived)
			continue;
		g_ptr_array_add(lines, g_strdup_printf("%" PRId64 " %s %s %s %" PRId64 "%s %" PRId64
						       " %" PRId64 " %" PRId64,
						       e->at, vocab_id(&EVENT_TYPES, e->type), e->who,
						       e->text, e->amount.minor, e->amount.currency, e->due,
						       e->act, e->message ? e->message->id : 0));
	}
	add_sorted(p, lines);
}

/* All that follows from a case's events. */
static void add_case(GString *p, struct store *s, gint64 id)
{
	g_autoptr(case_file_auto) c = read_case(s, id);
	const struct case_record *r = &c->record;
	gint64 open, mails;
	assert_true(sql_number(s, &open, NULL, NULL, "SELECT open FROM cases WHERE id = ?", "i", id));
	assert_true(
	    sql_number(s, &mails, NULL, NULL, "SELECT count(*) FROM messages WHERE case_id = ?", "i", id));
	g_string_append_printf(p,
			       "%" PRId64 " open %" PRId64 " %s %s who %s due %" PRId64 " %s %" PRId64
			       "%s pin %d into %" PRId64 " mails %" PRId64 " facts %u %u %u %d %d %d\n",
			       id, open, vocab_id(&STATUSES, r->status), vocab_id(&KINDS, r->kind), r->who,
			       r->due, r->outcome, r->cost.minor, r->cost.currency, r->pinned, r->merged_into,
			       mails, c->facts.asked, c->facts.got, c->facts.offered, c->facts.wish_known,
			       c->facts.answered, c->facts.silent);
	for (guint i = 0; i < r->tags->len; i++)
		g_string_append_printf(p, "  tag %s\n", (char *)r->tags->pdata[i]);
	add_clocks(p, c);
	add_events(p, c);
}

static char *picture(struct store *s, const gint64 *ids, int count)
{
	GString *p = g_string_new(NULL);
	for (int i = 0; i < count; i++)
		add_case(p, s, ids[i]);
	return g_string_free(p, false);
}

/* False if it was refused; anything else that goes wrong fails the test. */
static bool try_act(struct store *s, const char *me, const struct act *a, gint64 now, struct acted *r)
{
	g_autoptr(GError) error = NULL;
	if (store_act(s, me, a, now, r, &error))
		return true;
	if (!g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED))
		fail_msg("%s: %s", vocab_id(&ACTS, a->type), error->message);
	return false;
}

static struct acted act(struct store *s, const char *me, struct act a, gint64 id, gint64 now)
{
	struct acted r;
	a.cases = &id;
	a.count = 1;
	if (!try_act(s, me, &a, now, &r))
		fail_msg("%s was refused", vocab_id(&ACTS, a.type));
	return r;
}

static struct undone undo(struct store *s, const char *me, gint64 now)
{
	g_autoptr(GError) error = NULL;
	struct undone u;
	if (!store_undo(s, me, now, NULL, NULL, &u, &error))
		fail_msg("undo: %s", error->message);
	return u;
}

static gint64 take_message(struct store *s, GRand *rand, gint64 id)
{
	gint64 message;
	assert_true(sql_number(s, &message, NULL, NULL,
			       "SELECT id FROM messages WHERE case_id = ? ORDER BY (id * ?) % 7 LIMIT 1",
			       "ii", id, (gint64)g_rand_int_range(rand, 1, 7)));
	return message ? message : 1;
}

/* Texts that fit each act that needs one. */
static const char *text_for(enum act_type type, GRand *rand)
{
	static const char *const statuses[] = {"ours", "buyer", "carrier", "platform", "solved"};
	static const char *const kinds[] = {"lost", "damaged", "slow", "other"};
	switch (type) {
	case ACT_ASSIGN:
		return g_rand_boolean(rand) ? "jonas" : "rasa";
	case ACT_STATUS:
		return statuses[g_rand_int_range(rand, 0, G_N_ELEMENTS(statuses))];
	case ACT_KIND:
		return kinds[g_rand_int_range(rand, 0, G_N_ELEMENTS(kinds))];
	case ACT_EVIDENCE_ASKED:
	case ACT_EVIDENCE_GOT:
		return "photo";
	case ACT_GOODS_BACK:
		return "relabel";
	case ACT_TAG:
	case ACT_UNTAG:
		return g_rand_boolean(rand) ? "vip" : "贵宾";
	default:
		return "as agreed";
	}
}

static struct act random_act(struct store *s, GRand *rand, const gint64 ids[CASES], gint64 *at, gint64 now)
{
	struct act a = {.type = (enum act_type)g_rand_int_range(rand, 0, N_ACTS),
			.cases = at,
			.count = 1,
			.due = now + g_rand_int_range(rand, 1, 72) * HOUR,
			.sure = true,
			.amount = {1250, "EUR"}};
	*at = ids[g_rand_int_range(rand, 0, CASES)];
	a.text = text_for(a.type, rand);
	a.other = ids[g_rand_int_range(rand, 0, CASES)];
	if (a.type == ACT_MOVE) {
		a.message = take_message(s, rand, *at);
		if (g_rand_boolean(rand))
			a.other = 0;
	}
	return a;
}

/* How many tags the case has; fails if `to` lacks one of them. */
static int count_given(struct store *s, gint64 from, gint64 to)
{
	g_autoptr(case_file_auto) was = read_case(s, from);
	g_autoptr(case_file_auto) is = read_case(s, to);
	GPtrArray *tags = was->record.tags;
	for (guint i = 0; i < tags->len; i++) {
		if (!g_ptr_array_find_with_equal_func(is->record.tags, tags->pdata[i], g_str_equal, NULL))
			fail_msg("case %" PRId64 " wasn't given the tag %s", to, (char *)tags->pdata[i]);
	}
	return (int)tags->len;
}

static void any_sequence_can_be_taken_back(void **state)
{
	int done = 0, moved = 0, given = 0;
	for (guint32 seed = 1; seed <= 40; seed++) {
		struct store *s = make_store();
		g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
		g_autoptr(GPtrArray) pictures = g_ptr_array_new_with_free_func(g_free);
		gint64 ids[CASES], at, now = NOW;
		open_cases(s, ids);
		act(s, "jonas", (struct act){.type = ACT_TAG, .text = "fragile"}, ids[seed % CASES], now);
		for (int i = 0; i < 25; i++) {
			char *before = picture(s, ids, CASES);
			struct act a = random_act(s, rand, ids, &at, now);
			struct acted r;
			now += g_rand_int_range(rand, 1, 5 * 60) * MINUTE;
			if (try_act(s, "rasa", &a, now, &r) && r.changed) {
				g_ptr_array_add(pictures, before);
				moved += a.type == ACT_MERGE || a.type == ACT_MOVE;
				given += a.type == ACT_MERGE ? count_given(s, at, a.other) : 0;
				done++;
			} else {
				g_free(before);
			}
		}
		for (guint i = pictures->len; i-- > 0;) {
			now += MINUTE;
			struct undone u = undo(s, "rasa", now);
			g_autofree char *after = picture(s, ids, CASES);
			if (strcmp(after, pictures->pdata[i]) != 0)
				fail_msg("seed %u, act %u: %s\n--- was\n%s--- is\n%s", seed, i, u.text,
					 (char *)pictures->pdata[i], after);
			undone_clear(&u);
		}
		struct undone u = undo(s, "rasa", now);
		assert_int_equal(u.act, 0);
		undone_clear(&u);
		assert_true(store_verify(s, NULL));
		make_store_remove(s);
	}
	assert_true(done > 400 && moved > 30 && given > 3); /* else the sequences tell nothing */
	(void)state;
}

static void rebuild_all(struct store *s, gint64 now)
{
	g_autoptr(GError) error = NULL;
	gint64 most;
	assert_true(sql_number(s, &most, NULL, NULL, "SELECT max(id) FROM cases", ""));
	assert_true(sql_begin(s, NULL));
	for (gint64 id = 1; id <= most; id++) {
		if (!ingest_rebuild(s, id, now, &error))
			fail_msg("%s", error->message);
	}
	assert_true(sql_end(s, true, NULL));
}

static char *picture_all(struct store *s)
{
	gint64 most;
	assert_true(sql_number(s, &most, NULL, NULL, "SELECT max(id) FROM cases", ""));
	g_autofree gint64 *ids = g_new(gint64, (gsize)most);
	for (gint64 i = 0; i < most; i++)
		ids[i] = i + 1;
	return picture(s, ids, (int)most);
}

/* Acts of two persons, undos and mails, new and late ones, in any order. */
static void what_grew_is_what_is_rebuilt(void **state)
{
	static const guint32 found[] = {838}; /* sequences that once went wrong */
	for (guint32 n = 0; n < 30 + G_N_ELEMENTS(found); n++) {
		guint32 seed = n < 30 ? 100 + n : found[n - 30];
		struct store *s = make_store();
		g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
		gint64 ids[CASES], at, now = NOW;
		open_cases(s, ids);
		for (int i = 0; i < 30; i++) {
			const char *me = g_rand_boolean(rand) ? "rasa" : "jonas";
			int what = g_rand_int_range(rand, 0, 6);
			now += g_rand_int_range(rand, 1, 200) * MINUTE;
			if (what == 0) {
				struct undone u;
				if (store_undo(s, me, now, NULL, NULL, &u,
					       NULL)) /* refused where cases went on */
					undone_clear(&u);
			} else if (what == 1) {
				write_mail(s, g_rand_int_range(rand, 0, CASES), 10 + i,
					   now - g_rand_int_range(rand, 0, 300) * MINUTE);
			} else {
				struct act a = random_act(s, rand, ids, &at, now);
				struct acted r;
				try_act(s, me, &a, now, &r);
			}
		}
		g_autofree char *grown = picture_all(s);
		rebuild_all(s, now);
		g_autofree char *rebuilt = picture_all(s);
		if (strcmp(grown, rebuilt) != 0)
			fail_msg("seed %u\n--- grown\n%s--- rebuilt\n%s", seed, grown, rebuilt);
		make_store_remove(s);
	}
	(void)state;
}

static void each_act_shows(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES];
	open_cases(s, ids);
	gint64 id = ids[0];
	act(s, "rasa", (struct act){.type = ACT_TAKE}, id, NOW);
	act(s, "rasa", (struct act){.type = ACT_KIND, .text = "lost"}, id, NOW);
	act(s, "rasa", (struct act){.type = ACT_PIN}, id, NOW);
	act(s, "rasa", (struct act){.type = ACT_WISH, .text = "a new one"}, id, NOW);
	act(s, "rasa", (struct act){.type = ACT_EVIDENCE_ASKED, .text = "photo"}, id, NOW);
	act(s, "rasa", (struct act){.type = ACT_OFFER, .text = "partial-refund", .amount = {1250, "EUR"}}, id,
	    NOW);
	act(s, "rasa", (struct act){.type = ACT_OFFER_COUNTERED, .amount = {2000, "EUR"}}, id, NOW);
	act(s, "rasa", (struct act){.type = ACT_SOLVE, .text = "refunded in part", .amount = {2000, "EUR"}},
	    id, NOW + HOUR);
	g_autoptr(case_file_auto) c = read_case(s, id);
	assert_string_equal(c->record.who, "rasa");
	assert_int_equal(c->record.kind, KIND_LOST);
	assert_int_equal(c->record.status, STATUS_SOLVED);
	assert_string_equal(c->record.outcome, "refunded in part");
	assert_int_equal(c->record.cost.minor, 2000);
	assert_true(c->record.pinned && c->facts.wish_known && c->facts.asked && c->facts.offered);
	gint64 answered;
	assert_true(sql_number(s, &answered, NULL, NULL,
			       "SELECT e.type = 'offer' FROM events k JOIN events e ON e.id = k.about WHERE "
			       "k.type = 'offer-answer'",
			       ""));
	assert_int_equal(answered, 1);
}

static void a_taken_case_is_not_taken_away(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	gint64 ids[CASES];
	struct acted r;
	open_cases(s, ids);
	struct act take = {.type = ACT_TAKE, .cases = ids, .count = 1};
	assert_true(store_act(s, "rasa", &take, NOW, &r, NULL));
	assert_false(store_act(s, "jonas", &take, NOW, &r, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "rasa"));
	assert_true(store_act(s, "rasa", &take, NOW, &r, NULL));
	assert_int_equal(r.changed, 0); /* it is hers already: no event, nothing to take back */
	assert_int_equal(r.act, 0);
	take.count = CASES;
	assert_true(store_act(s, "jonas", &take, NOW, &r, NULL));
	assert_int_equal(r.changed, CASES - 1);
	assert_int_equal(r.skipped, 1);
}

static gint64 due_of(struct store *s, gint64 id)
{
	g_autoptr(case_file_auto) c = read_case(s, id);
	return c->record.due;
}

/* A plain mail has the shop's clocks only. */
/* A slow mail, written a minute before what was done here, and in only after it: nobody had read it. */
static gint64 write_slow_mail(struct store *s, gint64 done)
{
	struct mail_facts f = {.platform = "etsy",
			       .alias = "buyer2@relay.example",
			       .order = "302-2",
			       .text = "Still nothing",
			       .sent = done - MINUTE,
			       .arrives = done + MINUTE};
	return make_ingest(s, &f).case_id;
}

static bool is_snoozed(struct store *s, gint64 id)
{
	gint64 n;
	assert_true(sql_number(
	    s, &n, NULL, NULL,
	    "SELECT count(*) FROM clocks WHERE case_id = ? AND rule = 'snoozed' AND state = 'running'", "i",
	    id));
	return n > 0;
}

static void a_slow_mail_brings_a_case_back(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES];
	open_cases(s, ids);
	act(s, "ona", (struct act){.type = ACT_SOLVE, .text = (char *)"refund", .amount = {0, "EUR"}}, ids[2],
	    NOW);
	assert_int_equal(write_slow_mail(s, NOW), ids[2]);
	g_autoptr(case_file_auto) back = read_case(s, ids[2]);
	assert_int_equal(back->record.status, STATUS_OURS);
	act(s, "ona", (struct act){.type = ACT_SNOOZE, .due = NOW + 9 * DAY}, ids[2], NOW + HOUR);
	assert_true(is_snoozed(s, ids[2]));
	write_slow_mail(s, NOW + HOUR);
	assert_false(is_snoozed(s, ids[2]));
}

static void a_snooze_hides_the_shops_clocks_only(void **state)
{
	struct store *s = *state;
	struct mail_facts f = {
	    .platform = "mail", .alias = "ona@example.org", .subject = "Hello", .sent = NOW - HOUR};
	gint64 id = make_ingest(s, &f).case_id, own = due_of(s, id), until = NOW + 20 * DAY;
	act(s, "rasa", (struct act){.type = ACT_SNOOZE, .due = until}, id, NOW);
	assert_true(own < until);
	assert_int_equal(due_of(s, id), until);
	struct mail_facts more = {.platform = "mail",
				  .alias = "ona@example.org",
				  .subject = "Hello",
				  .text = "Anybody?",
				  .sent = NOW + HOUR};
	assert_int_equal(make_ingest(s, &more).case_id, id);
	assert_true(due_of(s, id) < until); /* the buyer's message ended it */
	gint64 ids[CASES];
	open_cases(s, ids);
	gint64 platform = due_of(s, ids[0]);
	act(s, "rasa", (struct act){.type = ACT_SNOOZE, .due = NOW + 20 * DAY}, ids[0], NOW);
	g_autoptr(case_file_auto) c = read_case(s, ids[0]);
	gint64 least = G_MAXINT64;
	for (guint i = 0; i < c->clocks->len; i++) {
		const struct clock *k = c->clocks->pdata[i];
		if (k->family == CLOCK_PLATFORM && k->state == CLOCK_RUNNING)
			least = MIN(least, k->due);
	}
	assert_int_equal(c->record.due, least);
	assert_true(least >= platform && least < NOW + 20 * DAY);
}

static void a_promise_is_a_clock(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES], found;
	const char *running = "SELECT count(*) FROM clocks WHERE rule = 'promised' AND state = 'running'";
	open_cases(s, ids);
	act(s, "rasa", (struct act){.type = ACT_PROMISE, .text = "photos", .due = NOW + 2 * HOUR}, ids[1],
	    NOW);
	act(s, "rasa", (struct act){.type = ACT_PROMISE, .text = "a call", .due = NOW + HOUR}, ids[1],
	    NOW + 1);
	act(s, "rasa", (struct act){.type = ACT_PROMISE_KEPT}, ids[1], NOW + 2);
	assert_true(sql_number(s, &found, NULL, NULL, running, ""));
	assert_int_equal(found, 1);
	assert_true(sql_number(s, &found, NULL, NULL,
			       "SELECT due FROM clocks WHERE rule = 'promised' AND state = 'met'", ""));
	assert_int_equal(found, NOW + HOUR); /* the one that was due first */
	act(s, "rasa", (struct act){.type = ACT_PROMISE_KEPT}, ids[1], NOW + 3 * HOUR);
	assert_true(sql_number(s, &found, NULL, NULL,
			       "SELECT count(*) FROM clocks WHERE rule = 'promised' AND state = 'late'", ""));
	assert_int_equal(found, 1);
	struct act third = {.type = ACT_PROMISE_KEPT, .cases = &ids[1], .count = 1};
	struct acted r;
	assert_false(try_act(s, "rasa", &third, NOW + 4 * HOUR, &r));
}

static bool runs(struct store *s, gint64 id, const char *rule)
{
	gint64 n;
	assert_true(
	    sql_number(s, &n, NULL, NULL,
		       "SELECT count(*) FROM clocks WHERE case_id = ? AND rule = ? AND state = 'running'",
		       "it", id, rule));
	return n > 0;
}

static void take_back(struct store *s, gint64 at)
{
	struct undone u = undo(s, "ona", at);
	undone_clear(&u);
}

/* Case 1 is a return request at eBay over 49.00 EUR. */
static void only_all_of_the_money_ends_a_request(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES];
	struct acted r;
	open_cases(s, ids);
	assert_true(runs(s, ids[1], "ebay.return"));
	struct act nothing = {.type = ACT_REFUND, .cases = ids + 1, .count = 1, .amount = {0, "EUR"}};
	assert_false(try_act(s, "ona", &nothing, NOW, &r));
	act(s, "ona", (struct act){.type = ACT_REFUND, .amount = {500, "EUR"}}, ids[1], NOW);
	assert_true(runs(s, ids[1], "ebay.return"));
	act(s, "ona", (struct act){.type = ACT_REFUND, .amount = {4900, "EUR"}}, ids[1], NOW + MINUTE);
	assert_false(runs(s, ids[1], "ebay.return"));
	assert_true(runs(s, ids[1], "shop.tell-refund"));
	take_back(s, NOW + 2 * MINUTE);
	assert_true(runs(s, ids[1], "ebay.return"));
	/* What was agreed on is all that there is to pay. */
	act(s, "ona",
	    (struct act){.type = ACT_OFFER, .text = (char *)"partial-refund", .amount = {600, "EUR"}}, ids[1],
	    NOW + 3 * MINUTE);
	act(s, "ona", (struct act){.type = ACT_OFFER_ACCEPTED}, ids[1], NOW + 4 * MINUTE);
	act(s, "ona", (struct act){.type = ACT_REFUND, .amount = {600, "EUR"}}, ids[1], NOW + 5 * MINUTE);
	assert_false(runs(s, ids[1], "ebay.return"));
}

static void what_the_buyer_did_is_our_move(void **state)
{
	static const struct act did[] = {{.type = ACT_OFFER_ACCEPTED},
					 {.type = ACT_OFFER_REFUSED},
					 {.type = ACT_OFFER_COUNTERED, .amount = {700, "EUR"}},
					 {.type = ACT_EVIDENCE_GOT, .text = (char *)"photo"},
					 {.type = ACT_GOODS_BACK, .text = (char *)"resell"}};
	struct store *s = *state;
	gint64 ids[CASES];
	open_cases(s, ids);
	act(s, "ona",
	    (struct act){.type = ACT_OFFER, .text = (char *)"partial-refund", .amount = {600, "EUR"}}, ids[1],
	    NOW);
	for (gsize i = 0; i < G_N_ELEMENTS(did); i++) {
		gint64 at = NOW + (gint64)(i + 1) * HOUR;
		act(s, "ona", (struct act){.type = ACT_STATUS, .text = (char *)"buyer"}, ids[1], at);
		act(s, "ona", did[i], ids[1], at + MINUTE);
		g_autoptr(case_file_auto) f = read_case(s, ids[1]);
		assert_int_equal(f->record.status, STATUS_OURS);
		assert_true(runs(s, ids[1], "shop.first-answer"));
		assert_false(runs(s, ids[1], "shop.buyer-silent"));
		take_back(s, at + 2 * MINUTE);
		g_autoptr(case_file_auto) back = read_case(s, ids[1]);
		assert_int_equal(back->record.status, STATUS_BUYER);
	}
}

static void no_answer_stops_the_message_clock_alone(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES], claim, message;
	open_cases(s, ids);
	act(s, "rasa", (struct act){.type = ACT_NO_ANSWER}, ids[0], NOW);
	assert_true(sql_number(
	    s, &message, NULL, NULL,
	    "SELECT count(*) FROM clocks WHERE case_id = ? AND rule = 'amazon.message' AND state = 'running'",
	    "i", ids[0]));
	assert_true(sql_number(
	    s, &claim, NULL, NULL,
	    "SELECT count(*) FROM clocks WHERE case_id = ? AND rule = 'amazon.claim' AND state = 'running'",
	    "i", ids[0]));
	assert_int_equal(message, 0);
	assert_int_equal(claim, 1);
}

static void mails_follow_a_merge(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES], into, mails;
	open_cases(s, ids);
	act(s, "jonas", (struct act){.type = ACT_NOTE, .text = "called her"}, ids[0], NOW);
	act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[1]}, ids[0], NOW + 1);
	g_autoptr(case_file_auto) from = read_case(s, ids[0]);
	assert_int_equal(from->record.merged_into, ids[1]);
	assert_true(sql_number(s, &mails, NULL, NULL, "SELECT count(*) FROM messages WHERE case_id = ?", "i",
			       ids[1]));
	assert_int_equal(mails, 2 * MAILS);
	assert_true(sql_number(s, &into, NULL, NULL, "SELECT open FROM cases WHERE id = ?", "i", ids[0]));
	assert_int_equal(into, 0);
	assert_int_equal(write_mail(s, 0, 7, NOW + HOUR), ids[1]);
	/* Whoever wrote the note takes it back where it is now. */
	struct undone note = undo(s, "jonas", NOW + 2 * HOUR);
	assert_int_equal(note.type, ACT_NOTE);
	undone_clear(&note);
	struct undone u = undo(s, "rasa", NOW + 3 * HOUR);
	assert_int_equal(u.type, ACT_MERGE);
	assert_non_null(strstr(u.text, "merged"));
	undone_clear(&u);
	gint64 notes;
	assert_true(sql_number(s, &notes, NULL, NULL,
			       "SELECT count(*) FROM events e WHERE type = 'note' AND NOT EXISTS"
			       " (SELECT 1 FROM events u WHERE u.case_id = e.case_id AND u.undoes = e.id)",
			       ""));
	assert_int_equal(notes, 0);
	assert_int_equal(write_mail(s, 0, 8, NOW + 4 * HOUR), ids[0]);
}

/* Where mail `n` of `k` is now. */
static gint64 case_of_mail(struct store *s, int k, int n)
{
	gint64 at;
	g_autofree char *text = g_strdup_printf("Mail %d of %d", n, k);
	assert_true(sql_number(s, &at, NULL, NULL, "SELECT case_id FROM messages WHERE text = ?", "t", text));
	return at;
}

/* The mails of both buyers come in while their cases are one; a merge on top of it changes nothing. */
static void a_mail_goes_home_when_the_merge_is_undone(void **state)
{
	for (int on = 0; on < 2; on++) {
		struct store *s = make_store();
		gint64 ids[CASES];
		open_cases(s, ids);
		act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[1]}, ids[0], NOW);
		write_mail(s, 0, 7, NOW + MINUTE);
		if (on)
			act(s, "jonas", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[2]},
			    ids[1], NOW + 2 * MINUTE);
		gint64 one = on ? ids[2] : ids[1];
		for (int k = 0; k < 2; k++)
			assert_int_equal(write_mail(s, k, 8, NOW + HOUR), one);
		if (on) {
			struct undone u = undo(s, "jonas", NOW + 2 * HOUR);
			undone_clear(&u);
			assert_int_equal(case_of_mail(s, 0, 8), ids[1]);
			assert_int_equal(case_of_mail(s, 1, 8), ids[1]);
		}
		struct undone u = undo(s, "rasa", NOW + 3 * HOUR);
		undone_clear(&u);
		assert_int_equal(case_of_mail(s, 0, 7), ids[0]);
		assert_int_equal(case_of_mail(s, 0, 8), ids[0]);
		assert_int_equal(case_of_mail(s, 1, 8), ids[1]);
		assert_int_equal(case_of_mail(s, 1, 0), ids[1]);
		g_autofree char *stands = picture_all(s);
		rebuild_all(s, NOW + 3 * HOUR);
		g_autofree char *rebuilt = picture_all(s);
		assert_string_equal(stands, rebuilt);
		make_store_remove(s);
	}
	(void)state;
}

/* Two cases of one buyer: by the order, and without one by the subject. */
static void a_mail_goes_home_by_order_or_thread(void **state)
{
	static const struct {
		const char *order[2], *subject[2];
	} rows[] = {{{"302-1", "302-2"}, {"Lamp", "Lamp"}}, {{NULL, NULL}, {"Lamp", "Chair"}}};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct store *s = make_store();
		struct mail_facts f = {.platform = "etsy", .alias = "ann@relay.example"};
		gint64 ids[2];
		for (int k = 0; k < 4; k++) {
			g_autofree char *text = g_strdup_printf("Mail %d of %d", k / 2, k % 2);
			g_autofree char *id = g_strdup_printf("%d@relay.example", k),
					*before = g_strdup_printf("%d@relay.example", k - 2);
			f.id = id;
			f.answers = k < 2 ? NULL : before;
			f.order = rows[i].order[k % 2];
			f.subject = rows[i].subject[k % 2];
			f.text = text;
			f.sent = NOW + k * HOUR;
			gint64 at = make_ingest(s, &f).case_id;
			if (k < 2)
				ids[k] = at;
			if (k == 1)
				act(s, "rasa", (struct act){.type = ACT_MERGE, .other = ids[1]}, ids[0],
				    NOW + HOUR);
		}
		assert_int_equal(case_of_mail(s, 0, 1), ids[1]);
		struct undone u = undo(s, "rasa", NOW + DAY);
		undone_clear(&u);
		for (int k = 0; k < 2; k++)
			assert_int_equal(case_of_mail(s, k, 1), ids[k]);
		make_store_remove(s);
	}
	(void)state;
}

static void two_buyers_are_not_merged_by_a_slip(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	gint64 ids[CASES];
	struct acted r;
	open_cases(s, ids);
	struct act merge = {.type = ACT_MERGE, .cases = ids, .count = 1, .other = ids[1]};
	assert_false(store_act(s, "rasa", &merge, NOW, &r, &error));
	assert_true(r.unsure && g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "buyer0@relay.example"));
	assert_non_null(strstr(error->message, "buyer1@relay.example"));
	/* One person under two names is one. */
	assert_true(
	    sql_run(s, NULL,
		    "UPDATE buyers SET merged_into = (SELECT buyer FROM cases WHERE id = ?1) WHERE id ="
		    " (SELECT buyer FROM cases WHERE id = ?2)",
		    "ii", ids[1], ids[0]));
	assert_true(store_act(s, "rasa", &merge, NOW, &r, NULL));
	assert_false(r.unsure);
}

static void expect_tags(struct store *s, gint64 id, const char *wanted)
{
	g_autoptr(case_file_auto) c = read_case(s, id);
	g_autoptr(GString) tags = g_string_new(NULL);
	for (guint i = 0; i < c->record.tags->len; i++)
		g_string_append_printf(tags, "%s%s", i ? " " : "", (char *)c->record.tags->pdata[i]);
	assert_string_equal(tags->str, wanted);
}

/* What was taken off before doesn't come along, and what the case had before stays when the merge is undone.
 */
static void a_merged_case_has_the_tags_of_both(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES];
	open_cases(s, ids);
	act(s, "rasa", (struct act){.type = ACT_TAG, .text = "vip"}, ids[0], NOW);
	act(s, "rasa", (struct act){.type = ACT_TAG, .text = "glass"}, ids[0], NOW + 1);
	act(s, "rasa", (struct act){.type = ACT_TAG, .text = "wrong"}, ids[0], NOW + 2);
	act(s, "rasa", (struct act){.type = ACT_UNTAG, .text = "wrong"}, ids[0], NOW + 3);
	act(s, "rasa", (struct act){.type = ACT_TAG, .text = "VIP"}, ids[1], NOW + 4);
	act(s, "rasa", (struct act){.type = ACT_TAG, .text = "early"}, ids[1], NOW + 5);
	act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[1]}, ids[0], NOW + 6);
	expect_tags(s, ids[1], "early glass vip");
	expect_tags(s, ids[0], "glass vip");
	struct undone u = undo(s, "rasa", NOW + 7);
	assert_int_equal(u.type, ACT_MERGE);
	undone_clear(&u);
	expect_tags(s, ids[1], "early vip");
	expect_tags(s, ids[0], "glass vip");
}

/* A return request on eBay, of one buyer, with the date that it states. */
static gint64 write_request(struct store *s, const char *order, const char *number, enum trigger trigger,
			    gint64 sent, gint64 due)
{
	g_autofree char *text = g_strdup_printf("%s %d", number, trigger);
	struct mail_facts f = {.platform = "ebay",
			       .trigger = trigger,
			       .side = SIDE_PLATFORM,
			       .alias = "ann",
			       .order = order,
			       .case_no = number,
			       .subject = number,
			       .text = text,
			       .sent = sent,
			       .stated_due = due};
	return make_ingest(s, &f).case_id;
}

static gint64 count_clocks(struct store *s, gint64 id, gint64 due)
{
	gint64 count;
	assert_true(sql_number(s, &count, NULL, NULL,
			       "SELECT count(*) FROM clocks WHERE case_id = ? AND rule = 'ebay.return'"
			       " AND state = 'running' AND due = ?",
			       "ii", id, due));
	return count;
}

/* Two requests in one case: neither date hides the other, whichever is merged into which, and what the
 * platform says of one order doesn't end the clock of the other. */
static void merged_requests_keep_their_dates(void **state)
{
	for (int n = 0; n < 2; n++) {
		struct store *s = make_store();
		const gint64 early = NOW + 90 * MINUTE, late = NOW + 3 * DAY;
		gint64 ids[] = {write_request(s, "12-00000-00001", "5100000001", TRIGGER_RETURN_REQUEST,
					      NOW - 2 * HOUR, early),
				write_request(s, "12-00000-00002", "5100000002", TRIGGER_RETURN_REQUEST,
					      NOW - HOUR, late)};
		gint64 from = ids[n], to = ids[1 - n];
		assert_int_not_equal(from, to);
		g_autofree char *before = picture(s, ids, 2);
		act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = to}, from, NOW);
		g_autoptr(case_file_auto) merged = read_case(s, to);
		assert_int_equal(merged->record.due, early);
		assert_int_equal(count_clocks(s, to, early), 1);
		assert_int_equal(count_clocks(s, to, late), 1);
		struct undone u = undo(s, "rasa", NOW + 1);
		undone_clear(&u);
		g_autofree char *after = picture(s, ids, 2);
		assert_string_equal(after, before);
		act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = to}, from, NOW + 2);
		assert_int_equal(
		    write_request(s, "12-00000-00002", "5100000002", TRIGGER_REFUND_ISSUED, NOW + HOUR, 0),
		    to);
		assert_int_equal(count_clocks(s, to, early), 1);
		assert_int_equal(count_clocks(s, to, late), 0);
		/* Our own refund is of the case as a whole. */
		act(s, "rasa", (struct act){.type = ACT_REFUND, .amount = {500, "EUR"}}, to, NOW + 2 * HOUR);
		assert_int_equal(count_clocks(s, to, early), 0);
		make_store_remove(s);
	}
}

static void a_merge_that_went_on_is_not_undone(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	struct undone u;
	gint64 ids[CASES];
	open_cases(s, ids);
	act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[1]}, ids[0], NOW);
	act(s, "jonas", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[2]}, ids[1], NOW + 1);
	g_autofree char *before = picture(s, ids, CASES);
	assert_false(store_undo(s, "rasa", NOW + 2, NULL, NULL, &u, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	g_autofree char *after = picture(s, ids, CASES);
	assert_string_equal(after, before);
	u = undo(s, "jonas", NOW + 3);
	undone_clear(&u);
	u = undo(s, "rasa", NOW + 4);
	assert_int_equal(u.type, ACT_MERGE);
	undone_clear(&u);
}

/* A split that went on is told once; then what was done before it can be reached. */
static void what_is_stuck_is_stepped_over(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES], message;
	open_cases(s, ids);
	act(s, "rasa", (struct act){.type = ACT_TAKE}, ids[1], NOW);
	assert_true(sql_number(s, &message, NULL, NULL, "SELECT max(id) FROM messages WHERE case_id = ?", "i",
			       ids[0]));
	struct acted split = act(s, "rasa", (struct act){.type = ACT_MOVE, .message = message}, ids[0], NOW);
	act(s, "jonas", (struct act){.type = ACT_NOTE, .text = "another lamp"}, split.case_id, NOW + 1);
	g_autoptr(GError) error = NULL;
	struct undone u;
	assert_false(store_undo(s, "rasa", NOW + 2, NULL, NULL, &u, &error));
	assert_non_null(strstr(error->message, "merge it back instead"));
	assert_non_null(strstr(error->message, "steps over"));
	/* What is done from then on comes first. */
	act(s, "rasa", (struct act){.type = ACT_MERGE, .sure = true, .other = ids[0]}, split.case_id,
	    NOW + 3);
	static const struct {
		enum act_type type;
		bool any;
	} back[] = {{ACT_MERGE, true}, {ACT_TAKE, true}, {ACT_TAKE, false}};
	for (gsize i = 0; i < G_N_ELEMENTS(back); i++) {
		u = undo(s, "rasa", NOW + 4);
		assert_int_equal(u.act != 0, back[i].any);
		assert_int_equal(u.type, back[i].type);
		undone_clear(&u);
	}
	/* Nothing was lost from sight, and what is free again can be taken back. */
	g_autoptr(case_file_auto) c = read_case(s, split.case_id);
	assert_int_equal(c->record.merged_into, 0);
	u = undo(s, "jonas", NOW + 5);
	undone_clear(&u);
	u = undo(s, "rasa", NOW + 6);
	assert_int_equal(u.type, ACT_MOVE);
	undone_clear(&u);
}

static void a_split_off_case_stands_alone(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES], message, here;
	g_autoptr(GError) error = NULL;
	open_cases(s, ids);
	assert_true(sql_number(s, &message, NULL, NULL, "SELECT max(id) FROM messages WHERE case_id = ?", "i",
			       ids[0]));
	struct acted r = act(s, "rasa", (struct act){.type = ACT_MOVE, .message = message}, ids[0], NOW);
	assert_true(r.case_id > ids[CASES - 1]);
	g_autoptr(case_file_auto) c = read_case(s, r.case_id);
	assert_int_equal(c->record.status, STATUS_NEW);
	assert_true(c->record.due < G_MAXINT64);
	act(s, "jonas", (struct act){.type = ACT_NOTE, .text = "another lamp"}, r.case_id, NOW + 1);
	struct undone u;
	assert_false(
	    store_undo(s, "rasa", NOW + 2, NULL, NULL, &u, &error)); /* the note would be lost from sight */
	u = undo(s, "jonas", NOW + 3);
	undone_clear(&u);
	u = undo(s, "rasa", NOW + 4);
	undone_clear(&u);
	assert_true(
	    sql_number(s, &here, NULL, NULL, "SELECT case_id FROM messages WHERE id = ?", "i", message));
	assert_int_equal(here, ids[0]);
	/* The last message doesn't go: that would be a merge. */
	struct act last = {.type = ACT_MOVE, .cases = ids, .count = 1, .other = ids[1]};
	for (int i = 0; i < MAILS; i++) {
		assert_true(sql_number(s, &last.message, NULL, NULL,
				       "SELECT max(id) FROM messages WHERE case_id = ?", "i", ids[0]));
		assert_int_equal(try_act(s, "rasa", &last, NOW + 5 + i, &r), i < MAILS - 1);
	}
}

struct halt {
	guint calls, after;
};

static bool halt_after(void *data, guint done, guint all)
{
	struct halt *h = data;
	assert_true(done <= all);
	return ++h->calls < h->after;
}

static void many_cases_are_one_act(void **state)
{
	struct store *s = *state;
	struct inbox_request q = {.query = "platform:ebay", .now = NOW, .day_end = NOW + DAY, .me = "rasa"};
	struct act a = {.type = ACT_STATUS, .text = "carrier"};
	struct acted r;
	struct halt h = {.after = 100};
	guint count;
	bool more;
	make_many(s, 200, NOW);
	g_autofree char *before = picture_all(s);
	assert_true(store_act_bulk(s, "rasa", &a, NULL, &q, NOW, halt_after, &h, &r, NULL));
	assert_int_equal(r.changed, 200);
	assert_int_equal(h.calls, 4);
	q.query = "status:carrier";
	assert_true(store_count(s, &q, 1000, &count, &more, NULL));
	assert_int_equal(count, 200);
	assert_false(more);
	assert_true(store_count(s, &q, 150, &count, &more, NULL));
	assert_true(more && count == 150);
	/* Taken back in two goes, the first one stopped half way. */
	struct undone u;
	h = (struct halt){.after = 2};
	assert_true(store_undo(s, "rasa", NOW + 1, halt_after, &h, &u, NULL));
	assert_int_equal(u.cases, 128);
	undone_clear(&u);
	u = undo(s, "rasa", NOW + 2);
	assert_int_equal(u.cases, 72);
	undone_clear(&u);
	g_autofree char *after = picture_all(s);
	assert_string_equal(after, before);
}

static void refusals_say_why(void **state)
{
	static const struct {
		const char *typed, *told;
	} rows[] = {
	    {"dance", "there are"},       {"status=mine", "ours"},
	    {"kind=", "kind=KIND"},       {"snooze=whenever", "read as a time"},
	    {"refund=lots", "no amount"}, {"goods-back=eat", "resell"},
	    {"merge=me", "merge=CASE"},   {"merge=2; now", "merge=CASE"},
	    {"move=3", "move=MESSAGE"},   {"asked=photo song", "song"},
	    {"take=now", "take"},         {"note=", "note=TEXT"},
	    {"offer=", "offer"},
	};
	struct store *s = *state;
	gint64 ids[CASES];
	open_cases(s, ids);
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = NULL;
		struct act a = {.cases = ids, .count = 1};
		struct acted r;
		bool ok = act_parse(rows[i].typed, NOW, zone, "EUR", &a, &text, &error) &&
			  store_act(s, "rasa", &a, NOW, &r, &error);
		if (ok || !g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED) ||
		    !strstr(error->message, rows[i].told))
			fail_msg("%s: %s", rows[i].typed, error ? error->message : "was done");
	}
}

static void acts_are_read_as_typed(void **state)
{
	static const struct {
		const char *typed;
		enum act_type type;
		const char *text;
		gint64 minor, due, other, message;
	} rows[] = {
	    {"take", ACT_TAKE, NULL, 0, 0, 0, 0},
	    {"status=ours", ACT_STATUS, "ours", 0, 0, 0, 0},
	    {"snooze=+4h", ACT_SNOOZE, NULL, 0, NOW + 4 * HOUR, 0, 0},
	    {"offer=partial-refund; 12,50", ACT_OFFER, "partial-refund", 1250, 0, 0, 0},
	    {"offer=12.50 EUR", ACT_OFFER, NULL, 1250, 0, 0, 0},
	    {"promise=tomorrow 9; a photo", ACT_PROMISE, "a photo", 0, NOW + 19 * HOUR, 0, 0},
	    {"note=a; b = c", ACT_NOTE, "a; b = c", 0, 0, 0, 0},
	    {"solve=refunded; 3", ACT_SOLVE, "refunded", 300, 0, 0, 0},
	    {"merge=#17", ACT_MERGE, NULL, 0, 0, 17, 0},
	    {"merge=17; sure", ACT_MERGE, NULL, 0, 0, 17, 0},
	    {"move=3; new", ACT_MOVE, NULL, 0, 0, 0, 3},
	    {"move=3; 17", ACT_MOVE, NULL, 0, 0, 17, 3},
	    {"countered=20", ACT_OFFER_COUNTERED, NULL, 2000, 0, 0, 0},
	};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = NULL;
		struct act a = {0};
		if (!act_parse(rows[i].typed, NOW, zone, "EUR", &a, &text, &error))
			fail_msg("%s: %s", rows[i].typed, error->message);
		if (a.type != rows[i].type || g_strcmp0(a.text, rows[i].text) != 0 ||
		    a.amount.minor != rows[i].minor || a.due != rows[i].due || a.other != rows[i].other ||
		    a.message != rows[i].message)
			fail_msg("%s was read as %s \"%s\" %d", rows[i].typed, vocab_id(&ACTS, a.type),
				 a.text, (int)a.amount.minor);
	}
	(void)state;
}

/* Two desks act on the same cases at once; each case is taken by one of them, and no event is lost. */
static void work(const char *path, const char *me, const gint64 ids[CASES])
{
	g_autoptr(store_auto) s = store_open(path, STORE_WRITE, NULL);
	for (int i = 0; s && i < 40; i++) {
		struct acted r;
		gint64 id = ids[i % CASES], now = NOW + i * MINUTE;
		struct act a[] = {
		    {.type = ACT_NOTE, .text = me},
		    {.type = i < CASES ? ACT_TAKE : ACT_STATUS, .text = i % 2 ? "ours" : "buyer"}};
		for (gsize n = 0; n < G_N_ELEMENTS(a); n++) {
			a[n].cases = &id;
			a[n].count = 1;
			store_act(s, me, &a[n], now, &r, NULL);
		}
	}
}

static void two_desks_at_once(void **state)
{
	struct store *s = *state;
	gint64 ids[CASES], n;
	open_cases(s, ids);
	g_autofree char *path = g_strdup(store_path(s));
	const char *const who[] = {"rasa", "jonas"};
	pid_t pids[2];
	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			work(path, who[i], ids);
			_exit(0);
		}
	}
	for (int i = 0, status; i < 2; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_true(sql_number(s, &n, NULL, NULL, "SELECT count(*) FROM events WHERE type = 'note'", ""));
	assert_int_equal(n, 80);
	assert_true(sql_number(s, &n, NULL, NULL, "SELECT count(*) FROM events WHERE type = 'claim'", ""));
	assert_int_equal(n, CASES);
	g_autofree char *grown = picture_all(s);
	rebuild_all(s, NOW + DAY);
	g_autofree char *rebuilt = picture_all(s);
	assert_string_equal(grown, rebuilt);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_sequence_can_be_taken_back),
	    cmocka_unit_test(what_grew_is_what_is_rebuilt),
	    cmocka_unit_test(acts_are_read_as_typed),
	    ON_STORE(each_act_shows),
	    ON_STORE(a_taken_case_is_not_taken_away),
	    ON_STORE(a_snooze_hides_the_shops_clocks_only),
	    ON_STORE(a_slow_mail_brings_a_case_back),
	    ON_STORE(a_promise_is_a_clock),
	    ON_STORE(no_answer_stops_the_message_clock_alone),
	    ON_STORE(only_all_of_the_money_ends_a_request),
	    ON_STORE(what_the_buyer_did_is_our_move),
	    ON_STORE(mails_follow_a_merge),
	    cmocka_unit_test(a_mail_goes_home_when_the_merge_is_undone),
	    cmocka_unit_test(a_mail_goes_home_by_order_or_thread),
	    ON_STORE(two_buyers_are_not_merged_by_a_slip),
	    ON_STORE(a_merged_case_has_the_tags_of_both),
	    cmocka_unit_test(merged_requests_keep_their_dates),
	    ON_STORE(a_merge_that_went_on_is_not_undone),
	    ON_STORE(what_is_stuck_is_stepped_over),
	    ON_STORE(a_split_off_case_stands_alone),
	    ON_STORE(many_cases_are_one_act),
	    ON_STORE(refusals_say_why),
	    ON_STORE(two_desks_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
