/* SPDX-License-Identifier: MIT */
/* The inbox: its order, its pages, its counts, and that a page costs the same however large the store is. */
#include "store/sql.h"
#include "support/make_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE G_GINT64_CONSTANT(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */
#define DAY_END (NOW + 10 * HOUR)

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

static struct inbox_page *page(struct store *s, const struct inbox_request *q)
{
	g_autoptr(GError) error = NULL;
	struct inbox_page *p = store_inbox(s, q, &error);
	if (!p)
		fail_msg("%s", error->message);
	return p;
}

static struct inbox_request request(const char *query, enum inbox_from from, int limit)
{
	return (struct inbox_request){
	    .query = query, .from = from, .limit = limit, .now = NOW, .day_end = DAY_END, .me = "ona"};
}

static struct inbox_key key_of(const struct inbox_row *r)
{
	return r->key;
}

static guint count(struct store *s, const char *query)
{
	struct inbox_request q = request(query, INBOX_START, 500);
	g_autoptr(inbox_page_auto) p = page(s, &q);
	return p->rows->len;
}

static void an_empty_store_has_an_empty_inbox(void **state)
{
	struct inbox_request q = request(NULL, INBOX_START, 10);
	g_autoptr(inbox_page_auto) p = page(*state, &q);
	assert_int_equal(p->rows->len, 0);
	assert_int_equal(p->counts.open, 0);
	assert_false(p->more_after);
	assert_null(p->shop);
}

static void the_clock_that_bites_next_comes_first(void **state)
{
	make_shop(*state, NOW);
	struct inbox_request q = request("", INBOX_START, 100);
	g_autoptr(inbox_page_auto) p = page(*state, &q);
	assert_int_equal(p->rows->len, MAKE_SHOP_CASES);
	for (guint i = 1; i < p->rows->len; i++) {
		const struct inbox_row *a = p->rows->pdata[i - 1], *b = p->rows->pdata[i];
		assert_true(a->due < b->due || (a->due == b->due && a->id < b->id));
	}
	const struct inbox_row *first = p->rows->pdata[0];
	assert_string_equal(first->buyer, "Harriet Blythe");
	assert_string_equal(first->platform, "eBay");
	assert_string_equal(first->subject, "Walnut wall clock");
	assert_int_equal(first->due, NOW - 185 * MINUTE);
	assert_int_equal(p->counts.overdue, 2);
	assert_int_equal(p->counts.open, MAKE_SHOP_CASES);
	gint64 today = 0;
	for (guint i = 0; i < p->rows->len; i++) {
		const struct inbox_row *r = p->rows->pdata[i];
		today += r->due >= NOW && r->due < DAY_END;
	}
	assert_int_equal(p->counts.today, today);
}

/* Walks the whole list by pages of `size` in both directions and finds each case once. */
static void expect_pages_to_meet(struct store *s, const char *query)
{
	for (int size = 1; size <= 100; size += 11) {
		g_autoptr(GArray) forth = g_array_new(false, false, sizeof(gint64)),
				  back = g_array_new(false, false, sizeof(gint64));
		struct inbox_request q = request(query, INBOX_START, size);
		for (bool more = true; more;) {
			g_autoptr(inbox_page_auto) p = page(s, &q);
			for (guint i = 0; i < p->rows->len; i++)
				g_array_append_val(forth, ((struct inbox_row *)p->rows->pdata[i])->id);
			more = p->more_after;
			assert_int_equal(p->more_before, q.from != INBOX_START);
			q.from = INBOX_AFTER;
			q.key = key_of(p->rows->pdata[p->rows->len - 1]);
		}
		q = request(query, INBOX_END, size);
		for (bool more = true; more;) {
			g_autoptr(inbox_page_auto) p = page(s, &q);
			for (guint i = p->rows->len; i-- > 0;)
				g_array_prepend_val(back, ((struct inbox_row *)p->rows->pdata[i])->id);
			more = p->more_before;
			assert_int_equal(p->more_after, q.from != INBOX_END);
			q.from = INBOX_BEFORE;
			q.key = key_of(p->rows->pdata[0]);
		}
		assert_int_equal(forth->len, 97);
		assert_int_equal(back->len, 97);
		assert_memory_equal(forth->data, back->data, 97 * sizeof(gint64));
	}
}

static void pages_meet_without_gap_or_overlap(void **state)
{
	static const char *const queries[] = {"", "sort:newest", "is:any sort:newest", "parcel sort:newest",
					      "parcel sort:relevance"};
	make_many(*state, 97, NOW);
	for (gsize i = 0; i < G_N_ELEMENTS(queries); i++)
		expect_pages_to_meet(*state, queries[i]);
}

static void expect_same(struct store *s, const char *a, const char *b)
{
	struct inbox_request q = request(a, INBOX_START, 40), r = request(b, INBOX_START, 40);
	g_autoptr(inbox_page_auto) x = page(s, &q), y = page(s, &r);
	assert_int_equal(x->rows->len, y->rows->len);
	for (guint i = 0; i < x->rows->len; i++)
		assert_int_equal(((struct inbox_row *)x->rows->pdata[i])->id,
				 ((struct inbox_row *)y->rows->pdata[i])->id);
}

/* The numbers of the cases that a query finds, in its order. Owned. */
static char *ids(struct store *s, const char *query)
{
	struct inbox_request q = request(query, INBOX_START, 500);
	g_autoptr(inbox_page_auto) p = page(s, &q);
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < p->rows->len; i++)
		g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i ? " " : "",
				       ((struct inbox_row *)p->rows->pdata[i])->id);
	return g_string_free(g_steal_pointer(&text), false);
}

static void expect_ids(struct store *s, const char *query, const char *expected)
{
	g_autofree char *got = ids(s, query);
	if (!g_str_equal(got, expected))
		fail_msg("%s: %s, not %s", query, got, expected);
}

/* Four cases: the sooner a clock bites, the longer ago the mail was. */
static void orders_are_by_clock_by_newest_and_by_relevance(void **state)
{
	static const char *const texts[] = {"zqlamp zqlamp and again zqlamp", "zqlamp zqlamp", "a parcel",
					    "zqlamp once"};
	struct store *s = *state;
	for (int i = 0; i < 4; i++) {
		g_autofree char *alias = g_strdup_printf("b%d@x.example", i);
		struct mail_facts f = {
		    .alias = alias, .text = texts[i], .lang = "en", .sent = NOW - DAY + i * MINUTE};
		make_ingest(s, &f);
	}
	expect_ids(s, "", "1 2 3 4");
	expect_ids(s, "sort:clock", "1 2 3 4");
	expect_ids(s, "sort:newest", "4 3 2 1");
	expect_ids(s, "zqlamp sort:newest", "4 2 1");
	expect_ids(s, "zqlamp sort:relevance", "1 2 4");
	expect_ids(s, "zqlamp -once sort:relevance", "1 2");
	expect_ids(s, "is:any zqlamp lang:en sort:newest", "4 2 1");
	/* Without a word there is no relevance. */
	expect_ids(s, "sort:relevance", "4 3 2 1");
	expect_ids(s, "zqlamp or parcel sort:relevance", "4 3 2 1");
	/* What happens to a case makes it the newest. */
	struct mail_facts f = {.alias = "b1@x.example", .text = "Still waiting", .sent = NOW};
	make_ingest(s, &f);
	expect_ids(s, "sort:newest", "2 4 3 1");
}

static void closed_cases_are_ordered_too(void **state)
{
	struct store *s = *state;
	make_many(s, 9, NOW);
	assert_true(sql_run(s, NULL, "UPDATE cases SET open = 0, status = 'solved' WHERE id % 3 = 0", ""));
	expect_ids(s, "is:closed sort:newest", "9 6 3");
	expect_ids(s, "status:solved sort:newest", "9 6 3");
	expect_ids(s, "is:any sort:newest", "9 8 7 6 5 4 3 2 1");
}

/* Too many hits aren't told apart: the page says what it has done instead. */
static void many_hits_come_by_newest_instead(void **state)
{
	struct store *s = *state;
	make_many(s, 2100, NOW);
	struct mail_facts f = {.alias = "rare@x.example", .text = "zqneedle in a parcel", .sent = NOW};
	make_ingest(s, &f);
	struct inbox_request q = request("parcel sort:relevance", INBOX_START, 40);
	g_autoptr(inbox_page_auto) many = page(s, &q);
	assert_int_equal(many->order, ORDER_NEWEST);
	expect_same(s, "parcel sort:relevance", "parcel sort:newest");
	q.query = "parcel zqneedle sort:relevance";
	g_autoptr(inbox_page_auto) few = page(s, &q);
	assert_int_equal(few->order, ORDER_RELEVANCE);
	assert_int_equal(few->rows->len, 1);
}

static void a_row_is_found_again(void **state)
{
	static const char *const queries[] = {"", "sort:newest", "parcel sort:relevance"};
	make_many(*state, 20, NOW);
	for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
		struct inbox_request q = request(queries[i], INBOX_START, 5);
		g_autoptr(inbox_page_auto) p = page(*state, &q);
		const struct inbox_row *fourth = p->rows->pdata[3];
		q = request(queries[i], INBOX_AT, 5);
		assert_true(store_inbox_key(*state, &q, fourth->id, &q.key, NULL));
		g_autoptr(inbox_page_auto) at = page(*state, &q);
		assert_int_equal(((struct inbox_row *)at->rows->pdata[0])->id, fourth->id);
		assert_true(at->more_before && at->more_after);
		g_autoptr(GError) error = NULL;
		assert_false(store_inbox_key(*state, &q, 4711, &q.key, &error));
		assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND));
	}
}

static gint64 slow_count(struct store *s, const char *condition)
{
	gint64 n;
	g_autofree char *text =
	    g_strdup_printf("SELECT count(*) FROM cases WHERE open = 1 AND %s", condition);
	assert_true(sql_number(s, &n, NULL, NULL, text, ""));
	return n;
}

/* The counts come from tallies; they always agree with counting. */
static void counts_agree_with_counting(void **state)
{
	struct store *s = *state;
	make_many(s, 400, NOW - 200 * MINUTE);
	make_shop(s, NOW);
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);
	for (int i = 0; i < 300; i++) {
		gint64 id = g_rand_int_range(rand, 1, 420),
		       due = NOW + g_rand_int_range(rand, -5000, 5000) * MINUTE;
		if (i % 3 == 0)
			assert_true(
			    sql_run(s, NULL, "UPDATE cases SET open = 1 - open WHERE id = ?", "i", id));
		else
			assert_true(sql_run(s, NULL, "UPDATE cases SET next_due = ? WHERE id = ?", "ii",
					    i % 7 ? due : G_MAXINT64, id));
	}
	struct inbox_request q = request("", INBOX_START, 1);
	g_autoptr(inbox_page_auto) p = page(s, &q);
	g_autofree char *overdue = g_strdup_printf("next_due < %" G_GINT64_FORMAT, NOW);
	g_autofree char *today = g_strdup_printf(
	    "next_due >= %" G_GINT64_FORMAT " AND next_due < %" G_GINT64_FORMAT, NOW, DAY_END);
	assert_int_equal(p->counts.open, slow_count(s, "1"));
	assert_int_equal(p->counts.overdue, slow_count(s, overdue));
	assert_int_equal(p->counts.today, slow_count(s, today));
	assert_true(p->counts.overdue > 0 && p->counts.today > 0);
}

/* Queries over make_shop(): how many of its 24 cases fit (three rounds of eight). */
static void queries(void **state)
{
	static const struct {
		const char *query;
		guint rows;
	} rows[] = {
	    {"platform:ebay", 6},
	    {"platform:EBAY kind:damaged", 3},
	    {"platform:nowhere", 0},
	    {"lang:lt", 3},
	    {"lang:zh", 6},
	    {"lang:zh-Hant", 3},
	    {"kind:damaged", 6},
	    {"status:new", 24},
	    {"status:ours", 0},
	    {"buyer:harriet", 3},
	    {"buyer:sarkunaite", 3},
	    {"buyer:živilė", 3},
	    {"buyer:王", 3},
	    {"buyer:林書豪", 3},
	    {"buyer:buyer05", 1},
	    {"order:13-20003", 1},
	    {"order:1", 10},
	    {"order:99", 0},
	    {"case:3", 1},
	    {"case:4711", 0},
	    {"due:overdue", 2},
	    {"due:<1h", 5},
	    {"due:>2d", 6},
	    {"due:none", 0},
	    {"value:>100", 3},
	    {"value:<20", 3},
	    {"who:none", 24},
	    {"who:me", 0},
	    {"cracked", 3},
	    {"crack", 3},
	    {"CRACKED dial", 3},
	    {"\"the dial\"", 3},
	    {"\"dial the\"", 0},
	    {"staltiese", 3},
	    {"staltiesę", 3},
	    {"žalią", 3},
	    {"退货", 6},
	    {"退貨", 6},
	    {"漏水", 3},
	    {"退", 6},
	    {"没有声音", 3},
	    {"沒有聲音", 3},
	    {"cracked or 退货", 9},
	    {"cracked -platform:etsy", 3},
	    {"-cracked", 21},
	    {"not (cracked or 退货)", 15},
	    {"is:closed", 0},
	    {"is:any", 24},
	    {"status:solved", 0},
	    {"cracked platform:etsy", 0},
	    {"nosuchword", 0},
	    {"e rotta", 3},
	    {"bezorger week", 3},
	    {"...", 24},
	};
	make_shop(*state, NOW);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		guint found = count(*state, rows[i].query);
		if (found != rows[i].rows)
			fail_msg("%s: %u rows, not %u", rows[i].query, found, rows[i].rows);
	}
}

/* The scripts share some characters and use them differently. */
static void shared_characters_are_found_either_way(void **state)
{
	static const char *const texts[] = {"外壳上写着不防水", "外殼上寫著不防水", "這盞檯燈不亮",
					    "这盏台灯不亮", "呢盞枱燈唔著"};
	static const struct {
		const char *query;
		guint rows;
	} rows[] = {{"写着", 2}, {"寫著", 2}, {"\"寫著不防水\"", 2}, {"台灯", 3}, {"檯燈", 3},
		    {"枱燈", 3}, {"写作", 0}};
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *alias = g_strdup_printf("han%d@x.example", (int)i);
		struct mail_facts f = {.alias = alias, .text = texts[i], .sent = NOW};
		make_ingest(*state, &f);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		guint found = count(*state, rows[i].query);
		if (found != rows[i].rows)
			fail_msg("%s: %u rows, not %u", rows[i].query, found, rows[i].rows);
	}
}

static void a_bad_query_says_so(void **state)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = request("status:nonsense", INBOX_START, 5);
	assert_null(store_inbox(*state, &q, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_QUERY));
	assert_non_null(strstr(error->message, "nonsense"));
	/* The read ended with it: a write goes through at once. */
	struct mail_facts f = {.alias = "q@x.example", .sent = NOW};
	make_ingest(*state, &f);
}

/* SQLite's own count of the steps its machine took for all statements since the last call. */
static gint64 steps(struct store *s)
{
	gint64 sum = 0;
	for (sqlite3_stmt *q = sqlite3_next_stmt(s->db, NULL); q; q = sqlite3_next_stmt(s->db, q))
		sum += sqlite3_stmt_status(q, SQLITE_STMTSTATUS_VM_STEP, 1);
	return sum;
}

static gint64 cost(struct store *s, const struct inbox_request *q)
{
	inbox_page_destroy(page(s, q)); /* prepares the statements */
	steps(s);
	inbox_page_destroy(page(s, q));
	return steps(s);
}

static void a_page_costs_the_same_in_a_large_store(void **state)
{
	struct store *s = *state;
	struct inbox_request q[] = {request("", INBOX_START, 40),
				    request("", INBOX_END, 40),
				    request("", INBOX_AFTER, 40),
				    request("", INBOX_BEFORE, 40),
				    request("", INBOX_AT, 40),
				    request("sort:newest", INBOX_START, 40),
				    request("sort:newest", INBOX_AFTER, 40),
				    request("sort:newest", INBOX_BEFORE, 40)};
	gint64 small[G_N_ELEMENTS(q)];
	make_many(s, 200, NOW + 5 * HOUR);
	for (gsize i = 0; i < G_N_ELEMENTS(q); i++) {
		q[i].key = (struct inbox_key){NOW + 6 * HOUR + 40 * MINUTE, 0};
		small[i] = cost(s, &q[i]);
	}
	make_many(s, 12000, NOW + 9 * HOUR);
	for (gsize i = 0; i < G_N_ELEMENTS(q); i++) {
		gint64 large = cost(s, &q[i]);
		/* Only the tallies grow, by a row for each day and hour. */
		if (large > small[i] + small[i] / 2 + 500)
			fail_msg("request %d: %d steps among 200 cases, %d among 12,200", (int)i,
				 (int)small[i], (int)large);
	}
}

static void a_rare_word_drives_the_search(void **state)
{
	struct store *s = *state;
	make_many(s, 12000, NOW);
	struct mail_facts f = {.alias = "rare@x.example", .text = "zqneedle", .sent = NOW};
	make_ingest(s, &f);
	struct inbox_request q = request("zqneedle", INBOX_START, 40);
	g_autoptr(inbox_page_auto) p = page(s, &q);
	assert_int_equal(p->rows->len, 1);
	assert_true(cost(s, &q) < 3000);
	/* A word in more cases than are sorted is walked: twice the cases cost no more. */
	q = request("\"parcel\"", INBOX_START, 40);
	gint64 once = cost(s, &q);
	make_many(s, 24000, NOW);
	assert_true(cost(s, &q) < once + once / 10);
}

/* The beginning of a common word is walked as the words that there are; and an index that was tidied finds
 * what it found before. */
static void a_common_beginning_is_walked(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	gint64 pieces;
	make_many(s, 12000, NOW);
	struct mail_facts f = {.alias = "one@x.example", .text = "parcelled", .sent = NOW};
	make_ingest(s, &f);
	expect_same(s, "parce", "\"parcel\" or \"parcelled\"");
	struct inbox_request q = request("parce", INBOX_START, 40);
	gint64 once = cost(s, &q);
	make_many(s, 24000, NOW);
	assert_true(cost(s, &q) < once + once / 10);
	assert_true(store_tidy_search(s, 36000, NULL, &error));
	assert_true(sql_number(s, &pieces, NULL, NULL, "SELECT count(DISTINCT segid) FROM search_idx", ""));
	assert_int_equal(pieces, 1);
	expect_same(s, "parce", "\"parcel\" or \"parcelled\"");
}

/* Pages of the store that were looked into since the last call: FTS5's work stands in no statement's steps.
 */
static int pages_read(struct store *s)
{
	int hit = 0, miss = 0, unused = 0;
	sqlite3_db_status(s->db, SQLITE_DBSTATUS_CACHE_HIT, &hit, &unused, 1);
	sqlite3_db_status(s->db, SQLITE_DBSTATUS_CACHE_MISS, &miss, &unused, 1);
	return hit + miss;
}

/* A word's hits are gathered once for all cases that are looked at, and those that drive the search aren't
 * tested anew; asked for each case, FTS5 took minutes in a large store. */
static void words_together_are_gathered_once(void **state)
{
	struct store *s = *state;
	static const char *const queries[] = {"parcel zqsome", "zqsome or parcel", "parcel -zqsome",
					      "is:any zqsome parcel"};
	make_many(s, 3000, NOW);
	for (int i = 0; i < 300; i++) {
		g_autofree char *alias = g_strdup_printf("some%d@x.example", i);
		struct mail_facts f = {.alias = alias, .text = "zqsome", .sent = NOW};
		make_ingest(s, &f);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
		struct inbox_request q = request(queries[i], INBOX_START, 40);
		pages_read(s);
		inbox_page_destroy(page(s, &q));
		/* About two for each case that is walked. */
		int read = pages_read(s);
		if (read > 8000)
			fail_msg("%s: %d pages among 3,300 cases", queries[i], read);
	}
}

static void a_version_changes_with_every_write(void **state)
{
	struct store *s = *state;
	g_autoptr(store_auto) other = store_open(store_path(s), STORE_READ, NULL);
	gint64 mine = store_version(s), theirs = store_version(other);
	assert_int_equal(store_version(other), theirs);
	struct mail_facts f = {.alias = "q@x.example", .sent = NOW};
	make_ingest(s, &f);
	assert_int_not_equal(store_version(s), mine);
	assert_int_not_equal(store_version(other), theirs);
}

static void the_case_file_is_whole(void **state)
{
	struct store *s = *state;
	make_shop(s, NOW);
	for (int i = 0; i < 30; i++) {
		struct mail_facts f = {.platform = "ebay",
				       .alias = "buyer00@shop0.example",
				       .order = "10-20000-30000",
				       .sent = NOW - DAY + i * MINUTE,
				       .text = "And another thing about this clock of yours"};
		make_ingest(s, &f);
	}
	struct case_request q = {.id = 1, .limit = 10};
	g_autoptr(case_file_auto) newest = store_case(s, &q, NULL);
	assert_int_equal(newest->events->len, 10);
	assert_true(newest->more_before);
	q.before = ((struct event *)newest->events->pdata[0])->id;
	g_autoptr(case_file_auto) older = store_case(s, &q, NULL);
	assert_int_equal(older->events->len, 10);
	const struct event *last = older->events->pdata[9], *first = newest->events->pdata[0];
	assert_true(last->at <= first->at && last->id < first->id);
	q = (struct case_request){.id = 1, .limit = 1000, .text_limit = 11, .brief = true};
	g_autoptr(case_file_auto) brief = store_case(s, &q, NULL);
	assert_null(brief->buyer);
	last = brief->events->pdata[brief->events->len - 1];
	assert_string_equal(last->message->text, "And another");
	q = (struct case_request){.id = 99, .limit = 1};
	g_autoptr(GError) error = NULL;
	assert_null(store_case(s, &q, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND));
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_STORE(an_empty_store_has_an_empty_inbox),
	    ON_STORE(the_clock_that_bites_next_comes_first),
	    ON_STORE(pages_meet_without_gap_or_overlap),
	    ON_STORE(a_row_is_found_again),
	    ON_STORE(orders_are_by_clock_by_newest_and_by_relevance),
	    ON_STORE(closed_cases_are_ordered_too),
	    ON_STORE(many_hits_come_by_newest_instead),
	    ON_STORE(counts_agree_with_counting),
	    ON_STORE(queries),
	    ON_STORE(shared_characters_are_found_either_way),
	    ON_STORE(a_bad_query_says_so),
	    ON_STORE(a_page_costs_the_same_in_a_large_store),
	    ON_STORE(a_rare_word_drives_the_search),
	    ON_STORE(a_common_beginning_is_walked),
	    ON_STORE(words_together_are_gathered_once),
	    ON_STORE(a_version_changes_with_every_write),
	    ON_STORE(the_case_file_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
