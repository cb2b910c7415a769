/* SPDX-License-Identifier: MIT */
/* The pages of a buyer, an order and an article: read, edited in place, taken back. */
#include "store/buyer.h"
#include "ui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static void make_case(struct store *s, const char *id, const char *alias, const char *order,
		      const char *subject)
{
	struct mail_facts m = {.id = id,
			       .platform = "ebay",
			       .trigger = TRIGGER_RETURN_REQUEST,
			       .kind = KIND_DAMAGED,
			       .alias = alias,
			       .name = "Ona Jonaitė",
			       .order = order,
			       .item = "Green teapot",
			       .subject = subject,
			       .lang = "lt",
			       .sent = NOW - 60 * A_MINUTE,
			       .minor = 2500,
			       .currency = "EUR"};
	make_ingest(s, &m);
}

static int setup(void **state)
{
	struct store *s = make_store();
	make_case(s, "a@example.org", "ona@buyers.example", "12-00001-00002", "Green teapot");
	make_case(s, "b@example.org", "ona2@buyers.example", "12-00001-00003", "12-00001-00003");
	*state = s;
	return 0;
}

static struct pty *open_page(struct store *s, const char *key, const char *title)
{
	struct pty *p = desk_start(s, 40, 120, NULL);
	assert_true(desk_wait_cursor(p, "Green teapot"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "case opened"));
	pty_send(p, key);
	assert_true(pty_wait_row(p, 0, title));
	return p;
}

/* Moves the cursor down to the line that holds the text. */
static void go_to(struct pty *p, const char *text)
{
	pty_send(p, "\033[H");
	desk_settle(p);
	for (int i = 0; i < 60; i++) {
		int row = desk_cursor(p);
		g_autofree char *line = row >= 0 ? pty_row(p, row) : g_strdup("");
		if (strstr(line, text))
			return;
		pty_send(p, "j");
		desk_settle(p);
	}
	fail_msg("no line holds %s", text);
}

static void change(struct pty *p, const char *line, const char *question, const char *value,
		   const char *shown)
{
	go_to(p, line);
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, question));
	pty_send(p, "\025");
	pty_send(p, value);
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, shown));
}

static void a_buyer_is_edited_in_place(void **state)
{
	struct pty *p = open_page(*state, "b", "Buyer  Ona Jonaitė  eBay");
	assert_true(pty_wait_text(p, "cases: 1 (open: 1), messages: 1, orders: 1"));
	assert_true(pty_wait_text(p, "bought: 25.00 EUR"));
	change(p, "notes:", "notes:", "likes to be called in the evening",
	       "notes: likes to be called in the evening");
	change(p, "segment:", "segment:", "collector", "segment: collector");
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "segment: -"));
	assert_true(pty_wait_text(p, "notes: likes to be called in the evening"));
	go_to(p, "VIP: no");
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, 0, "VIP"));
	/* A language that the desk doesn't write is refused and nothing changes. */
	go_to(p, "language:");
	pty_send(p, "\r\025klingon\r");
	assert_true(pty_wait_text(p, "is no language of the desk"));
	pty_send(p, "j");
	assert_true(pty_wait_text(p, "language: lt"));
	desk_quit(p);
}

static void two_records_of_one_person_are_merged_and_parted(void **state)
{
	struct pty *p = open_page(*state, "b", "Buyer  Ona");
	go_to(p, "merge another record");
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "number or alias"));
	pty_send(p, "ona2@buyers.example\r");
	assert_true(pty_wait_text(p, "cases: 2 (open: 2)"));
	assert_true(pty_wait_text(p, "12-00001-00003"));
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Taken back: merged with Ona Jonaitė (ona2@buyers.example)"));
	assert_true(pty_wait_text(p, "cases: 1 (open: 1)"));
	assert_true(pty_wait_gone(p, "12-00001-00003"));
	desk_quit(p);
}

static void follow_ups_are_not_too_often(void **state)
{
	struct pty *p = open_page(*state, "b", "Buyer  Ona");
	change(p, "call or write again", "When; what for", "tomorrow 10; ask how the teapot is",
	       "ask how the teapot is");
	go_to(p, "call or write again");
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "When; what for"));
	/* The first day that is allowed stands there already: one key takes it. */
	pty_send(p, "fri 10; and again\r");
	assert_true(pty_wait_text(p, "never too often"));
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "2026-04-04 10:00; and again"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Planned as case #4"));
	assert_true(pty_wait_text(p, "and again (")); /* among the follow-ups */
	/* What can't be read isn't lost. */
	go_to(p, "call or write again");
	pty_send(p, "\rsoonish; why not\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "soonish; why not"));
	pty_send(p, "\033");
	desk_quit(p);
}

#define HOUR (60 * A_MINUTE)
#define DAY (24 * HOUR)

/* The desk at another time, with only what the query finds. */
static struct pty *start_later(struct store *s, gint64 at, const char *query)
{
	struct pty *p = desk_start_script(s, 24, 120, NULL, "exec \"$AMENDS\"", at);
	assert_true(pty_wait_text(p, "open"));
	pty_send(p, query);
	return p;
}

/* Planned for 10 March at 10:00, put off by two days then, written to at last. */
static void a_follow_up_comes_by_its_clock(void **state)
{
	struct pty *p = desk_start(*state, 24, 120, NULL);
	assert_true(desk_wait_cursor(p, "Green teapot"));
	pty_send(p, ":follow-up 2026-03-10 10; ask how the teapot is\r");
	assert_true(pty_wait_text(p, "follow-up planned: #3"));
	pty_send(p, ":follow-up 12.3. 10; and again\r");
	assert_true(pty_wait_text(p, "never too often"));
	assert_true(pty_wait_row(p, 23, "2026-04-09 10:00; and again"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "follow-up planned: #4"));
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Taken back: follow-up planned"));
	pty_send(p, "/kind:follow-up\r");
	assert_true(desk_wait_cursor(p, "Tue 10:00"));
	desk_quit(p);

	p = start_later(*state, NOW + 6 * DAY - HOUR, "/kind:follow-up due:overdue\r");
	assert_true(desk_wait_cursor(p, "ask how the teapot is"));
	assert_true(desk_wait_cursor(p, "overdue 1h"));
	pty_send(p, "s+2d\r");
	assert_true(pty_wait_text(p, "snoozed until 2026-03-12 11:00"));
	assert_true(pty_wait_gone(p, "ask how the teapot is"));
	desk_quit(p);

	p = start_later(*state, NOW + 9 * DAY, "/kind:follow-up due:overdue\r");
	assert_true(desk_wait_cursor(p, "ask how the teapot is"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Write to the buyer, or call")); /* its playbook */
	desk_quit(p);
}

static void an_article_is_entered_on_the_order(void **state)
{
	struct pty *p = desk_start(*state, 40, 120, NULL);
	assert_true(desk_wait_cursor(p, "Green teapot"));
	pty_send(p, "\rf");
	assert_true(pty_wait_text(p, "article isn't known: v opens the order"));
	pty_send(p, "v");
	assert_true(pty_wait_text(p, "article number (SKU): -"));
	change(p, "article number", "article number (SKU):", "GT-7", "article: GT-7");
	change(p, "item:", "item:", "Teapot, green", "item: Teapot, green");
	go_to(p, "value: 25.00 EUR");
	pty_send(p, "\r\025lots\r");
	assert_true(pty_wait_text(p, "\"lots\" is no amount"));
	change(p, "value:", "value:", "31,50", "value: 31.50 EUR");
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "value: 25.00 EUR"));
	pty_send(p, "q");
	assert_true(pty_wait_gone(p, "Order (Enter"));
	pty_send(p, "f");
	assert_true(pty_wait_row(p, 0, "Article  GT-7"));
	desk_quit(p);
}

static void an_order_tells_whether_its_date_was_kept(void **state)
{
	struct pty *p = open_page(*state, "v", "Order  12-00001-00002  eBay");
	change(p, "delivery promised", "delivery promised (", "2026-03-02 12:00",
	       "the promise was: missed: it hasn't come");
	change(p, "delivered:", "delivered (", "2026-03-01", "the promise was: kept");
	change(p, "tracking number", "tracking number:", "RR123456785LT", "tracking number: RR123456785LT");
	assert_true(pty_wait_text(p, "none is known"));
	pty_send(p, "q");
	assert_true(pty_wait_text(p, "case opened"));
	pty_send(p, "$");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "bank, reference, when; amount:"));
	pty_send(p, "Swedbank, RF18, 2.3. 14:30; 25 EUR\r");
	assert_true(pty_wait_text(p, "payment arrived 25.00 EUR: #1"));
	pty_send(p, "v");
	assert_true(pty_wait_text(p, "2026-03-02 14:30  25.00 EUR  Swedbank, RF18"));
	desk_quit(p);
}

/* Wednesday 2026-03-04, 12:00 UTC: what was dispatched lies back, and the line below says which year it took.
 */
static void an_orders_dates_lie_back(void **state)
{
	static const struct {
		const char *field, *typed, *shown, *said;
	} rows[] = {
	    {"dispatched:", "1.3.", "dispatched: 2026-03-01 09:00", "dispatched: Sun 1 Mar 2026 09:00"},
	    {"dispatched:", "24 november", "dispatched: 2025-11-24 09:00", "Mon 24 Nov 2025 09:00"},
	    {"dispatched:", "24.11.2025", "dispatched: 2025-11-24 09:00", "Mon 24 Nov 2025 09:00"},
	    {"delivered:", "yesterday 14:00", "delivered: 2026-03-03 14:00", "Tue 3 Mar 2026 14:00"},
	    {"delivered:", "vakar", "delivered: 2026-03-03 09:00", "Tue 3 Mar 2026 09:00"},
	    {"delivery promised:", "10.3.", "promised: 2026-03-10 09:00", "Tue 10 Mar 2026 09:00"},
	    {"delivery promised:", "20.12.", "promised: 2025-12-20 09:00", "Sat 20 Dec 2025 09:00"},
	};
	struct pty *p = open_page(*state, "v", "Order  12-00001-00002  eBay");
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		change(p, rows[i].field, "yesterday; empty: none", rows[i].typed, rows[i].shown);
		assert_true(pty_wait_text(p, rows[i].said));
	}
	change(p, "delivered:", "yesterday; empty: none", "", "delivered: -");
	desk_quit(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_buyer_is_edited_in_place, setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(two_records_of_one_person_are_merged_and_parted, setup,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(follow_ups_are_not_too_often, setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(a_follow_up_comes_by_its_clock, setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(an_article_is_entered_on_the_order, setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(an_orders_dates_lie_back, setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(an_order_tells_whether_its_date_was_kept, setup, desk_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
