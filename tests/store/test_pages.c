/* SPDX-License-Identifier: MIT */
/* Pages of buyers, orders and products, their edits, and where the shop stands in its metrics. */
#include "domain/days.h"
#include "store/act.h"
#include "store/answer.h"
#include "store/buyer.h"
#include "store/order.h"
#include "store/product.h"
#include "store/progress.h"
#include "store/sql.h"
#include "support/make_store.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1772625600000) /* Wednesday 2026-03-04 12:00 UTC */

static struct ingested mail(struct store *s, int n, enum trigger trigger, enum kind kind, gint64 sent,
			    const char *platform)
{
	g_autofree char *id = g_strdup_printf("m%d@example.org", n),
			*alias = g_strdup_printf("b%d@buyers.example", n);
	g_autofree char *order = g_strdup_printf("12-%05d-00002", n);
	struct mail_facts m = {.id = id,
			       .platform = platform,
			       .trigger = trigger,
			       .kind = kind,
			       .alias = alias,
			       .name = "Ona Jonaitė",
			       .order = order,
			       .item = "Teapot",
			       .subject = id,
			       .lang = "lt",
			       .sent = sent,
			       .minor = 1000,
			       .currency = "EUR"};
	return make_ingest(s, &m);
}

static void edit(struct store *s, const char *me, enum record r, gint64 id, const char *field,
		 const char *value, bool good)
{
	g_autoptr(GError) error = NULL;
	if (store_edit(s, me, r, id, field, value, NOW, &error) != good)
		fail_msg("%s = %s: %s", field, value, error ? error->message : "was taken");
}

static const char *name_of(struct store *s, char **name)
{
	g_autoptr(buyer_page_auto) p = store_buyer_page(s, 1, NULL);
	g_free(*name);
	return *name = g_strdup(p->buyer.name);
}

static guint found(struct store *s, const char *query)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = {
	    .query = query, .from = INBOX_START, .limit = 50, .now = NOW, .day_end = NOW + DAY_MS};
	g_autoptr(inbox_page_auto) p = store_inbox(s, &q, &error);
	if (!p)
		fail_msg("%s", error->message);
	return p->rows->len;
}

static void a_change_is_taken_back_step_by_step(void **state)
{
	struct store *s = *state;
	g_autofree char *name = NULL, *said = NULL, *more = NULL, *none = NULL;
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	edit(s, "rasa", RECORD_BUYER, 1, "name", "Onutė", true);
	edit(s, "rasa", RECORD_BUYER, 1, "name", "Onutė", true); /* no change: nothing to take back */
	edit(s, "rasa", RECORD_BUYER, 1, "name", "Onytė", true);
	assert_int_equal(found(s, "buyer:onyte"), 1);
	assert_int_equal(found(s, "buyer:onute"), 0);
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &said, NULL));
	assert_string_equal(name_of(s, &name), "Onutė");
	assert_int_equal(found(s, "buyer:onute"), 1);
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &more, NULL));
	assert_string_equal(name_of(s, &name), "Ona Jonaitė");
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &none, NULL));
	assert_string_equal(none, "There is nothing to take back");
}

static void what_a_colleague_changed_since_stays(void **state)
{
	struct store *s = *state;
	g_autofree char *name = NULL, *said = NULL;
	g_autoptr(GError) error = NULL;
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	edit(s, "rasa", RECORD_BUYER, 1, "segment", "retail", true);
	edit(s, "rasa", RECORD_BUYER, 1, "name", "Onutė", true);
	edit(s, "joris", RECORD_BUYER, 1, "name", "Ona J.", true);
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &said, &error));
	assert_non_null(strstr(said, "was changed by somebody since"));
	assert_string_equal(name_of(s, &name), "Ona J.");
	/* And it stands in nobody's way. */
	g_free(said);
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &said, &error));
	assert_non_null(strstr(said, "Taken back"));
}

static gint64 number(struct store *s, const char *query)
{
	gint64 n;
	assert_true(sql_number(s, &n, NULL, NULL, query, ""));
	return n;
}

/* The value is the case's too: what it is worth decides on its ladder. */
static void an_order_gets_its_article_and_value(void **state)
{
	struct store *s = *state;
	struct mail_facts m = {
	    .platform = "ebay", .alias = "ona", .order = "12-1", .subject = "Lamp", .sent = NOW};
	make_ingest(s, &m);
	edit(s, "rasa", RECORD_ORDER, 1, "item", "Walnut wall clock", true);
	edit(s, "rasa", RECORD_ORDER, 1, "article", "WC-30", true);
	edit(s, "rasa", RECORD_ORDER, 1, "value", "12.50 EUR", false);
	edit(s, "rasa", RECORD_ORDER, 1, "value", "-5 EUR", false);
	edit(s, "rasa", RECORD_ORDER, 1, "value", "4950 EUR", true);
	g_autoptr(order_page_auto) o = store_order_page(s, 1, NULL);
	assert_string_equal(o->order.item, "Walnut wall clock");
	assert_string_equal(o->order.sku, "WC-30");
	assert_int_equal(o->order.value.minor, 4950);
	struct product_page *p = store_product_page(s, o->product, NULL);
	assert_string_equal(p->name, "Walnut wall clock");
	product_page_destroy(p);
	assert_int_equal(number(s, "SELECT minor FROM cases WHERE currency = 'EUR'"), 4950);
	/* An amount that the case has of its own stays. */
	assert_true(sql_run(s, NULL, "UPDATE cases SET minor = 900", ""));
	edit(s, "rasa", RECORD_ORDER, 1, "value", "5000 EUR", true);
	assert_int_equal(number(s, "SELECT minor FROM cases"), 900);
	assert_true(sql_run(s, NULL, "UPDATE cases SET minor = 5000", ""));
	static const char *const told[] = {"value", "value", "article number (SKU)", "item"};
	for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
		g_autofree char *said = NULL;
		assert_true(store_edit_undo(s, "rasa", RECORD_ORDER, 1, &said, NULL));
		assert_non_null(strstr(said, told[i]));
	}
	assert_int_equal(number(s, "SELECT count(*) FROM cases WHERE currency = '' AND minor = 0"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM orders WHERE product IS NULL AND item IS NULL"
				   " AND currency = ''"),
			 1);
}

static void fields_take_what_they_can_hold(void **state)
{
	struct store *s = *state;
	g_autofree char *long_text = g_strnfill(EDIT_MOST + 1, 'x');
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	edit(s, "rasa", RECORD_BUYER, 1, "lang", "nl", true);
	edit(s, "rasa", RECORD_BUYER, 1, "lang", "klingon", false);
	edit(s, "rasa", RECORD_BUYER, 1, "vip", "yes", false);
	edit(s, "rasa", RECORD_BUYER, 1, "vip", "1", true);
	edit(s, "rasa", RECORD_BUYER, 1, "notes", long_text, false);
	edit(s, "rasa", RECORD_BUYER, 1, "notes", "\xff", false);
	edit(s, "rasa", RECORD_BUYER, 77, "notes", "x", false);
	edit(s, "rasa", RECORD_ORDER, 1, "promised", "soon", false);
	edit(s, "rasa", RECORD_ORDER, 1, "promised", "1772625600000", true);
	edit(s, "rasa", RECORD_ORDER, 1, "promised", "", true);
	g_autoptr(order_page_auto) o = store_order_page(s, 1, NULL);
	assert_int_equal(o->promised, 0);
}

static void records_of_one_person_are_one(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *said = NULL;
	for (int n = 1; n <= 3; n++)
		mail(s, n, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	assert_true(store_buyer_merge(s, "rasa", 1, 2, NOW, NULL));
	assert_false(store_buyer_merge(s, "rasa", 2, 1, NOW, &error));
	g_clear_error(&error);
	assert_false(store_buyer_merge(s, "rasa", 3, 1, NOW, &error)); /* chains never arise */
	assert_true(store_buyer_merge(s, "rasa", 2, 3, NOW, NULL));
	g_autoptr(buyer_page_auto) p = store_buyer_page(s, 3, NULL);
	assert_int_equal(p->buyer.id, 1);
	assert_int_equal(p->n_cases, 3);
	assert_int_equal(p->aliases->len, 3);
	struct case_request q = {.id = 1, .limit = 1};
	g_autoptr(case_file_auto) f = store_case(s, &q, NULL);
	assert_int_equal(f->others->len, 2);
	/* New mail to the alias finds its own record and the person. */
	mail(s, 2, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW, "amazon");
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &said, NULL));
	g_autoptr(buyer_page_auto) after = store_buyer_page(s, 3, NULL);
	assert_int_equal(after->buyer.id, 3);
	assert_int_equal(after->n_cases, 1);
}

static void an_order_keeps_its_payments(void **state)
{
	struct store *s = *state;
	struct acted done;
	struct undone u;
	gint64 id = mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay").case_id;
	struct act a = {
	    .type = ACT_PAYMENT, .cases = &id, .count = 1, .text = "Swedbank RF18", .amount = {1250, "EUR"}};
	assert_true(store_act(s, "rasa", &a, NOW, &done, NULL));
	a.text = "SEB RF19";
	assert_true(store_act(s, "rasa", &a, NOW + 1, &done, NULL));
	g_autoptr(order_page_auto) o = store_order_page(s, 1, NULL);
	assert_int_equal(o->payments->len, 2);
	const struct payment *first = o->payments->pdata[0];
	assert_string_equal(first->text, "Swedbank RF18");
	assert_int_equal(first->amount.minor, 1250);
	assert_true(store_undo(s, "rasa", NOW + 2, NULL, NULL, &u, NULL));
	undone_clear(&u);
	g_autoptr(order_page_auto) after = store_order_page(s, 1, NULL);
	assert_int_equal(after->payments->len, 1);
}

static const char metric_file[] =
    "[defects]\nplatform = ebay\ntitle = Defects\nmeans = x\nof = orders\nlimit = < 10 %\n"
    "window = 60 days\ncounts = claim-granted\nkinds = damaged, claim\nsource = x\nchecked = x\nsure = H\n"
    "[lost]\nplatform = ebay\ntitle = Lost\nmeans = x\nof = cases\nlimit = >= 90 %\nwindow = 60 days\n"
    "statuses = lost\nsource = x\nchecked = x\nsure = H\n";

static void expect_standing(struct store *s, const struct metrics *m, const char *id, gint64 counted,
			    gint64 total)
{
	struct metric_count c = {-1, -1, false};
	g_autoptr(GError) error = NULL;
	if (!store_standing(s, metrics_find(m, id), NOW, &c, &error))
		fail_msg("%s", error->message);
	/* The shop doesn't tell its orders. */
	assert_int_equal(c.by_mail, metrics_find(m, id)->base == METRIC_ORDERS);
	if (c.counted != counted || c.total != total)
		fail_msg("%s: %" PRId64 " of %" PRId64, id, c.counted, c.total);
}

static void metrics_are_counted_in_their_window(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(metrics_auto) m = metrics_parse("m.ini", metric_file, strlen(metric_file), &error);
	struct acted done;
	if (!m)
		fail_msg("%s", error->message);
	expect_standing(s, m, "defects", 0, 0);
	gint64 id = 0;
	for (int n = 0; n < 8; n++)
		id = mail(s, n, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - DAY_MS, "ebay").case_id;
	mail(s, 20, TRIGGER_CLAIM_GRANTED, KIND_CLAIM, NOW - DAY_MS, "ebay");
	mail(s, 21, TRIGGER_CLAIM_GRANTED, KIND_CLAIM, NOW - 90 * DAY_MS, "ebay"); /* before the window */
	mail(s, 22, TRIGGER_CLAIM_GRANTED, KIND_UNPAID, NOW - DAY_MS, "ebay"); /* a kind that doesn't count */
	mail(s, 23, TRIGGER_CLAIM_GRANTED, KIND_CLAIM, NOW - DAY_MS, "amazon"); /* another platform */
	expect_standing(s, m, "defects", 1, 10);
	expect_standing(s, m, "lost", 10, 10);
	struct act a = {.type = ACT_LOSE, .cases = &id, .count = 1, .text = "lost"};
	assert_true(store_act(s, "rasa", &a, NOW, &done, NULL));
	expect_standing(s, m, "lost", 9, 10);
}

static void progress_tells_events_that_stand(void **state)
{
	struct store *s = *state;
	struct acted done;
	struct undone u;
	gint64 id = mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay").case_id;
	struct act a = {.type = ACT_WISH, .cases = &id, .count = 1, .text = "money back"};
	assert_true(store_act(s, "rasa", &a, NOW, &done, NULL));
	g_autoptr(progress_auto) p = store_progress(s, id, NULL);
	const struct playbook_event *last =
	    &g_array_index(p->events, struct playbook_event, p->events->len - 1);
	assert_int_equal(last->type, EVENT_WISH);
	assert_string_equal(last->text, "money back");
	assert_true(p->triggers & (guint64)1 << TRIGGER_RETURN_REQUEST);
	assert_true(p->clock_due > p->clock_started);
	assert_true(store_undo(s, "rasa", NOW + 1, NULL, NULL, &u, NULL));
	undone_clear(&u);
	g_autoptr(progress_auto) after = store_progress(s, id, NULL);
	for (guint i = 0; i < after->events->len; i++)
		assert_int_not_equal(g_array_index(after->events, struct playbook_event, i).type, EVENT_WISH);
	g_autoptr(GError) error = NULL;
	assert_null(store_progress(s, 99, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND));
}

/* Not the shop's own clock, though it bites first. */
static void the_gravest_clock_tells_what_is_lost(void **state)
{
	static const struct {
		const char *platform;
		enum trigger trigger;
		const char *lost;
	} rows[] = {
	    {"ebay", TRIGGER_RETURN_REQUEST, "eBay may refund the buyer in full"},
	    {"amazon", TRIGGER_BUYER_MESSAGE, "The buyer may open an A-to-z claim"},
	    {"amazon", TRIGGER_CLAIM_OPENED, "The claim is granted"},
	    {"etsy", TRIGGER_CASE_OPENED, "Etsy decides without you"},
	    {"mail", TRIGGER_BUYER_MESSAGE, "A buyer kept waiting"},
	};
	struct store *s = *state;
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		gint64 id =
		    mail(s, (int)n, rows[n].trigger, KIND_DAMAGED, NOW - HOUR_MS, rows[n].platform).case_id;
		g_autoptr(progress_auto) p = store_progress(s, id, NULL);
		if (!p->consequence || !g_str_has_prefix(p->consequence, rows[n].lost))
			fail_msg("row %zu: %s", n, p->consequence);
	}
}

static void follow_ups_keep_their_distance(void **state)
{
	struct store *s = *state;
	static const struct {
		int days;
		const char *text;
		bool good;
	} rows[] = {{10, "call", true}, {12, "call", false}, {39, "call", false},
		    {41, "call", true}, {-1, "call", false}, {90, "", false}};
	struct acted first = {0}, r = {0};
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (store_follow_up(s, "rasa", 1, NOW + rows[i].days * DAY_MS, rows[i].text, NOW,
				    i ? &r : &first, NULL) != rows[i].good)
			fail_msg("row %zu", i);
	}
	struct act solve = {.type = ACT_SOLVE, .cases = &first.case_id, .count = 1, .text = "glad of it"};
	assert_true(store_act(s, "rasa", &solve, NOW, &r, NULL));
	g_autoptr(buyer_page_auto) p = store_buyer_page(s, 1, NULL);
	assert_int_equal(p->follow_ups->len, 1);
	/* Done ones count for the distance, too, and it is told from when on there may be another. */
	g_autoptr(GError) error = NULL;
	assert_false(store_follow_up(s, "rasa", 1, NOW + 5 * DAY_MS, "call", NOW, &r, &error));
	/* Behind the second one: 30 days after day 41. */
	assert_int_equal(r.allowed, NOW + 71 * DAY_MS);
	assert_non_null(strstr(error->message, "from 2026-05-14 12:00"));
	assert_true(store_follow_up(s, "rasa", 1, r.allowed, "call", NOW, &r, NULL));
}

static gint64 plan(struct store *s, gint64 buyer, int day)
{
	struct acted r;
	g_autoptr(GError) error = NULL;
	if (!store_follow_up(s, "rasa", buyer, NOW + day * DAY_MS, "call", NOW, &r, &error))
		fail_msg("day %d: %s", day, error->message);
	return r.case_id;
}

/* A follow-up on `day` is refused; from day `allowed` on it may be. */
static void too_soon(struct store *s, gint64 buyer, int day, int allowed)
{
	struct acted r;
	g_autoptr(GError) error = NULL;
	assert_false(store_follow_up(s, "rasa", buyer, NOW + day * DAY_MS, "call", NOW, &r, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	if (r.allowed != NOW + allowed * DAY_MS)
		fail_msg("%s", error->message);
}

static void act_on_day(struct store *s, enum act_type type, gint64 id, const char *text, int day)
{
	struct act a = {
	    .type = type, .cases = &id, .count = 1, .text = text, .due = NOW + (day + 1) * DAY_MS};
	struct acted r;
	assert_true(store_act(s, "rasa", &a, NOW + day * DAY_MS, &r, NULL));
}

static void answer_on_day(struct store *s, gint64 id, int day, struct answered *sent)
{
	struct answer a = {.case_id = id,
			   .attempt = "hello",
			   .text = "Hello",
			   .lang = "en",
			   .seen = G_MAXINT64,
			   .method = SEND_MAIL};
	g_autoptr(GError) error = NULL;
	if (!store_answer(s, "rasa", &a, NOW + day * DAY_MS, sent, &error))
		fail_msg("%s", error->message);
}

/* The day on which the buyer heard from us counts; the planned one only until then. */
static void the_contact_that_was_made_counts(void **state)
{
	struct store *s = *state;
	struct answered sent;
	bool done;
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	gint64 id = plan(s, 1, 10);
	too_soon(s, 1, 39, 40);
	answer_on_day(s, id, 20, &sent);
	act_on_day(s, ACT_CALL, id, "she is glad", 25); /* what follows is no contact of its own */
	too_soon(s, 1, 49, 50);
	assert_true(store_take_back(s, "rasa", sent.outbox, NOW + 26 * DAY_MS, &done, NULL));
	assert_true(done);
	too_soon(s, 1, 54, 55);
	id = plan(s, 1, 60);
	act_on_day(s, ACT_WITHDRAW, id, "moved away", 56); /* nobody was written to */
	id = plan(s, 1, 61);
	act_on_day(s, ACT_SOLVE, id, "met her at the fair", 56);
	too_soon(s, 1, 85, 86);
}

static void so_many_in_a_year(void **state)
{
	struct store *s = *state;
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	for (int n = 0; n < 4; n++)
		plan(s, 1, 10 + n * 30);
	too_soon(s, 1, 200, 375);
	plan(s, 1, 375);
}

/* What was planned for either record counts for both, as long as they are one. */
static void a_merged_buyer_has_one_cap(void **state)
{
	struct store *s = *state;
	g_autofree char *said = NULL;
	mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay");
	mail(s, 2, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "amazon");
	assert_true(store_buyer_merge(s, "rasa", 1, 2, NOW, NULL));
	plan(s, 1, 10);
	too_soon(s, 2, 20, 40);
	assert_true(store_edit_undo(s, "rasa", RECORD_BUYER, 1, &said, NULL));
	plan(s, 2, 20);
	too_soon(s, 1, 39, 40);
	assert_true(store_buyer_merge(s, "rasa", 1, 2, NOW, NULL));
	too_soon(s, 1, 45, 50);
}

/* It is a case like others: in the list by its clock, answered, taken back. */
static void a_follow_up_is_a_case_with_a_clock(void **state)
{
	struct store *s = *state;
	gint64 from = mail(s, 1, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay").case_id,
	       due = NOW + 9 * DAY_MS;
	struct act a = {
	    .type = ACT_FOLLOW_UP, .cases = &from, .count = 1, .text = "ask how it runs", .due = due};
	struct acted r;
	assert_true(store_act(s, "rasa", &a, NOW, &r, NULL));
	assert_int_not_equal(r.case_id, from);
	struct case_request q = {.id = r.case_id, .limit = 100};
	g_autoptr(case_file_auto) f = store_case(s, &q, NULL);
	assert_int_equal(f->record.kind, KIND_FOLLOW_UP);
	assert_int_equal(f->record.due, due);
	assert_true(status_is_open(f->record.status));
	struct answered sent;
	answer_on_day(s, r.case_id, 0, &sent);
	g_autoptr(outgoing_auto) o = store_outbox_take(s, NOW + 1, NULL);
	assert_non_null(o->to);
	assert_null(strstr(o->subject, "ask how")); /* what it is for is the shop's own affair */
	g_autoptr(case_file_auto) after = store_case(s, &q, NULL);
	for (guint i = 0; i < after->clocks->len; i++) {
		const struct clock *k = after->clocks->pdata[i];
		if (g_str_equal(k->rule, "shop.follow-up"))
			assert_true(k->state == CLOCK_MET && k->why == WHY_MANUAL);
	}
	/* Taken back, the case is gone from the list. */
	gint64 other = mail(s, 2, TRIGGER_RETURN_REQUEST, KIND_DAMAGED, NOW - HOUR_MS, "ebay").case_id;
	a.cases = &other;
	assert_true(store_act(s, "rasa", &a, NOW + 2, &r, NULL));
	struct undone u;
	assert_true(store_undo(s, "rasa", NOW + 3, NULL, NULL, &u, NULL));
	undone_clear(&u);
	gint64 open;
	assert_true(sql_number(s, &open, NULL, NULL, "SELECT open FROM cases WHERE id = ?", "i", r.case_id));
	assert_int_equal(open, 0);
}

/* A store as version 7 left it, with Ona's one case and what was planned for her. */
static void write_version_7(const char *path)
{
	static const char content[] =
	    "INSERT INTO platforms VALUES (1, 'ebay', 'eBay'); INSERT INTO shops VALUES (1, 'Dune', 'UTC');"
	    "INSERT INTO buyers (id, platform, alias, name, lang, notes) VALUES"
	    " (1, 1, 'ona', 'Ona', 'lt', 'likes tea'), (2, 1, 'jan', 'Jan', NULL, NULL);"
	    "INSERT INTO cases (id, open, next_due, platform, status, kind, buyer, thread, opened, latest, "
	    "moved)"
	    " VALUES (4, 0, 9223372036854775807, 1, 'solved', 'damaged', 1, '', 1772000000000, 1772100000000,"
	    " 1772100000000);"
	    "INSERT INTO follow_ups (buyer, login, due, text, done) VALUES"
	    " (1, 'rasa', 1760000000000, 'call', 1760000000000), (1, 'rasa', 1773489600000, 'ask how it "
	    "runs', 0),"
	    " (2, 'joris', 1772625000000, 'call him', 0);"
	    "PRAGMA application_id = 0x616d6e64; PRAGMA user_version = 7";
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (int n = 1; n <= 7; n++) {
		g_autofree char *name = n == 1 ? g_strdup("schema.sql") : g_strdup_printf("schema-%d.sql", n);
		g_autofree char *file = g_build_filename(g_getenv("AMENDS_DATA"), name, NULL), *schema = NULL;
		assert_true(g_file_get_contents(file, &schema, NULL, NULL));
		assert_int_equal(sqlite3_exec(db, schema, NULL, NULL, NULL), SQLITE_OK);
	}
	assert_int_equal(sqlite3_exec(db, content, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What was planned before follow-ups were cases becomes such a case: it comes by its clock, counts for the
 * cap and outlives a rebuild. */
static void what_was_planned_before_version_8(void **state)
{
	g_autofree char *path = g_strconcat(store_path(*state), ".v7", NULL);
	g_autoptr(GError) error = NULL;
	write_version_7(path);
	g_autoptr(store_auto) s = store_open(path, STORE_WRITE, &error);
	if (!s || !store_verify(s, &error))
		fail_msg("%s", error->message);
	g_autoptr(buyer_page_auto) p = store_buyer_page(s, 1, NULL);
	assert_string_equal(p->buyer.notes, "likes tea");
	assert_int_equal(p->follow_ups->len, 1);
	const struct follow_up *f = p->follow_ups->pdata[0];
	assert_string_equal(f->text, "ask how it runs");
	assert_string_equal(f->login, "rasa");
	assert_int_equal(f->due, NOW + 10 * DAY_MS);
	assert_int_equal(found(s, "kind:follow-up lang:lt"), 1);
	assert_int_equal(found(s, "kind:follow-up due:overdue"), 1);
	too_soon(s, 1, 39, 40);
	act_on_day(s, ACT_SNOOZE, f->case_id, NULL, 0);
	struct case_request q = {.id = f->case_id, .limit = 10};
	g_autoptr(case_file_auto) file = store_case(s, &q, NULL);
	assert_int_equal(file->record.kind, KIND_FOLLOW_UP);
	assert_int_equal(file->clocks->len, 2);
	assert_true(store_verify(s, &error));
}

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

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ROW(a_change_is_taken_back_step_by_step),
	    ROW(what_a_colleague_changed_since_stays),
	    ROW(fields_take_what_they_can_hold),
	    ROW(records_of_one_person_are_one),
	    ROW(an_order_keeps_its_payments),
	    ROW(metrics_are_counted_in_their_window),
	    ROW(progress_tells_events_that_stand),
	    ROW(the_gravest_clock_tells_what_is_lost),
	    ROW(an_order_gets_its_article_and_value),
	    ROW(follow_ups_keep_their_distance),
	    ROW(a_follow_up_is_a_case_with_a_clock),
	    ROW(the_contact_that_was_made_counts),
	    ROW(so_many_in_a_year),
	    ROW(a_merged_buyer_has_one_cap),
	    ROW(what_was_planned_before_version_8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
