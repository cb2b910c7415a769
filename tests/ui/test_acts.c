/* SPDX-License-Identifier: MIT */
/* Acts by keys and names, on the real program. */
#include "ui/desk.h"

#include "store/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {40, 120}};

#define A_SECOND_US G_GINT64_CONSTANT(1000000)

/* A shop in which nobody did anything yet: the clock of each start begins anew. */
static struct store *fresh_shop(void)
{
	struct store *s = make_store();
	make_shop(s, NOW);
	return s;
}

static struct pty *start(struct store *s, gsize size)
{
	struct pty *p = desk_start(s, sizes[size].rows, sizes[size].cols, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	return p;
}

/* What one person does stands on the other's screen within a second. */
static void others_see_it_at_once(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *mine = start(s, i), *theirs = start(s, i);
		pty_send(theirs, "\r");
		assert_true(pty_wait_text(theirs, "case opened"));
		pty_send(theirs, "G");
		desk_settle(theirs);
		pty_send(mine, "a");
		assert_true(pty_wait_text(mine, "taken: #1; u takes it back"));
		gint64 done = g_get_monotonic_time();
		assert_true(pty_wait_text(theirs, "taken, by "));
		assert_true(g_get_monotonic_time() - done < A_SECOND_US);
		pty_send(mine, "A");
		assert_true(pty_wait_text(mine, "handed back: #1; u takes it back"));
		done = g_get_monotonic_time();
		pty_send(theirs, "G");
		assert_true(pty_wait_text(theirs, "handed back, by "));
		assert_true(g_get_monotonic_time() - done < A_SECOND_US);
		pty_send(mine, "A");
		assert_true(pty_wait_text(mine, "It stands so already."));
		desk_quit(mine);
		desk_quit(theirs);
		make_store_remove(s);
	}
}

static void undo_goes_back_step_by_step(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		pty_send(p, "a");
		assert_true(pty_wait_text(p, "taken: #1"));
		pty_send(p, "p");
		assert_true(pty_wait_text(p, "pinned: #1"));
		assert_true(pty_wait_row(p, 3, ">^overdue"));
		pty_send(p, "p");
		assert_true(pty_wait_text(p, "unpinned: #1"));
		assert_true(pty_wait_row(p, 3, ">!overdue"));
		pty_send(p, ":status ours\r");
		assert_true(pty_wait_text(p, "status: #1"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: status"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: unpinned, case 1"));
		assert_true(pty_wait_row(p, 3, ">^overdue"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: pinned, case 1"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: taken, case 1"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "There is nothing to take back"));
		desk_quit(p);
		make_store_remove(s);
	}
}

#define OFFER "Opartial-refund; 12,50\r"
/* Each key with its line of input, what the footer says and how the history tells it. */
static const struct {
	const char *keys, *said, *told;
} acts[] = {
    {"a", "taken: #1", "taken, by "},
    {"Mbuyer\r", "status: #1", "status: their move"},
    {"yquality\r", "kind: #1", "kind: quality"},
    {"Ccame by phone; wants it = new\r", "call: #1", "call: came by phone; wants it = new"},
    {OFFER, "offer 12.50 GBP: #1", "12.50 GBP"},
    {OFFER "-", "offer refused: #1", "offer refused, by "},
    {OFFER "=20\r", "offer countered 20.00 GBP: #1", "offer countered 20.00 GBP"},
    {OFFER "+", "offer accepted: #1", "offer accepted, by "},
    {"Pfri 12; photos\r", "promise: #1", "promise: photos, due 2026-03-06"},
    {"P+4h\rD", "promise kept: #1", "promise kept, by "},
    {"R\302\24312.50\r", "refunded 12.50 GBP: #1", "refunded 12.50 GBP"},
    {"X\r", "replacement sent: #1", "replacement sent, by "},
    {"L3.95\r", "return label sent 3.95 GBP: #1", "return label sent 3.95 GBP"},
    {"Bresell\r", "goods came back: #1", "goods came back: sell again"},
    {"Ephoto label\r", "evidence asked", "evidence asked: photo, label"},
    {"ephoto\r", "evidence", "evidence received: photo"},
    {"Wpartial-refund\r", "buyer's wish: #1", "buyer's wish: "},
    {"Ftrace it\r", "carrier asked: #1", "carrier asked: trace it"},
    {"x", "no answer needed: #1", "no answer needed, by "},
    {"stomorrow 9\r", "snoozed until 2026-03-05 09:00: #1", "snoozed until 2026-03-05 09:00"},
    {"s+4h\r:wake\r", "woken: #1", "woken, by "},
    {":note it is the blue one\r", "note: #1", "note: it is the blue one"},
    {"&2\r", "linked: #1", "linked with case #2"},
};

static void every_key_is_told_in_the_history(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i % G_N_ELEMENTS(sizes));
		pty_send(p, "\r");
		assert_true(pty_wait_text(p, "case opened"));
		pty_send(p, acts[i].keys);
		assert_true(pty_wait_text(p, acts[i].said));
		pty_send(p, "G");
		assert_true(pty_wait_text(p, acts[i].told));
		desk_quit(p);
		make_store_remove(s);
	}
}

static void a_slip_is_mended_where_it_was_made(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		int last = sizes[i].rows - 1;
		pty_send(p, "s");
		assert_true(pty_wait_row(p, last, "snooze until:"));
		pty_send(p, "nonsense\r");
		assert_true(pty_wait_row(p, last - 1, "tomorrow 9"));
		assert_true(pty_wait_row(p, last, "snooze until: nonsense"));
		pty_send(p, "\025+4h\r");
		assert_true(pty_wait_text(p, "snoozed until 2026-03-04 1"));
		pty_send(p, "y");
		assert_true(pty_wait_row(p, last - 1, "changed-mind"));
		pty_send(p, "\033");
		assert_true(pty_wait_row(p, last, "Enter open"));
		pty_send(p, "ychanged\t\r");
		assert_true(pty_wait_text(p, "kind: #1"));
		desk_quit(p);
		make_store_remove(s);
	}
}

/* A buyer's plain mail, with a shop clock only. */
static void snoozed_until_its_own_time(void **state)
{
	make_ingest(*state, &(struct mail_facts){.platform = "mail",
						 .alias = "w@example.org",
						 .name = "Wilma Slow",
						 .subject = "Where is it",
						 .item = "Where is it",
						 .text = "Where is it?",
						 .sent = NOW - 60 * A_MINUTE});
	struct pty *p = desk_start(*state, 24, 120, NULL);
	pty_send(p, "/slow\r");
	assert_true(desk_wait_cursor(p, "Wilma"));
	pty_send(p, "s+2d\r");
	assert_true(pty_wait_text(p, "snoozed until 2026-03-06"));
	assert_true(pty_wait_row(p, 3, ">z"));
	desk_quit(p);
	/* Three days later nobody did anything: it is back, by its own clock. */
	p = desk_start_script(*state, 24, 120, NULL, "exec \"$AMENDS\"", NOW + 3 * 1440 * A_MINUTE);
	assert_true(pty_wait_text(p, "overdue"));
	pty_send(p, "/slow\r");
	assert_true(desk_wait_cursor(p, "Wilma"));
	assert_true(pty_wait_row(p, 3, "overdue"));
	desk_quit(p);
}

static void solving_shows_what_is_promised(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		pty_send(p, "Pfri 12; photos\r");
		assert_true(pty_wait_text(p, "promise: #1"));
		pty_send(p, "S");
		assert_true(pty_wait_row(p, sizes[i].rows - 2, "Still promised: photos by 2026-03-06 12:00"));
		pty_send(p, "refunded in part; 12,50\r");
		assert_true(pty_wait_text(p, "solved 12.50 GBP: #1"));
		assert_true(pty_wait_row(p, 0, "23 open"));
		assert_true(desk_wait_cursor(p, "Joris"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: solved"));
		assert_true(pty_wait_row(p, 0, "24 open"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: promise"));
		desk_quit(p);
		make_store_remove(s);
	}
}

/* Whichever way a case is closed, its outcome and cost are asked for, and what it still owes is told. */
static void no_way_goes_round_the_question(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		int last = sizes[i].rows - 1;
		pty_send(p, "Pfri 12; photos\r");
		assert_true(pty_wait_text(p, "promise: #1"));
		pty_send(p, ":status lost\r");
		assert_true(pty_wait_row(p, last, "lost: outcome; cost:"));
		pty_send(p, "\033");
		assert_true(pty_wait_row(p, last, "Enter open"));
		pty_send(p, "Msolved\r");
		assert_true(pty_wait_row(p, last, "outcome; cost:"));
		assert_true(pty_wait_row(p, last - 1, "Still promised: photos by 2026-03-06 12:00"));
		pty_send(p, "refunded\r");
		assert_true(pty_wait_row(p, last - 1, "0 if nothing"));
		assert_true(pty_wait_row(p, last, "outcome; cost: refunded;"));
		pty_send(p, "0\r");
		assert_true(pty_wait_row(
		    p, last, "solved 0.00 GBP: #1; u takes it back; the platform's clock runs on: "));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: solved \"refunded\" 0.00 GBP, case 1"));
		desk_quit(p);
		make_store_remove(s);
	}
}

static void merges_and_takes_it_back(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		pty_send(p, "\r");
		assert_true(pty_wait_row(p, 0, " #1 "));
		pty_send(p, ":merge 2\r");
		assert_true(
		    pty_wait_row(p, sizes[i].rows - 1, "y merges them, but these are two buyers: case 1"));
		pty_send(p, "n");
		assert_true(pty_wait_row(p, sizes[i].rows - 1, "Nothing was changed."));
		pty_send(p, ":merge 2\r");
		assert_true(pty_wait_row(p, sizes[i].rows - 1, "y merges them"));
		pty_send(p, "y");
		assert_true(pty_wait_row(p, 0, " #2 "));
		assert_true(pty_wait_text(p, "merged: #2"));
		pty_send(p, "q");
		assert_true(pty_wait_row(p, 0, "23 open"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: merged"));
		assert_true(pty_wait_row(p, 0, "24 open"));
		pty_send(p, "\033[H");
		assert_true(desk_wait_cursor(p, "Harriet"));
		pty_send(p, ":merge 1\r");
		assert_true(pty_wait_text(p, "itself"));
		desk_quit(p);
		make_store_remove(s);
	}
}

static void moves_a_message_to_a_case_of_its_own(void **state)
{
	struct mail_facts second = {.id = "again@example.org",
				    .answers = "case00@shop.example",
				    .platform = "ebay",
				    .trigger = TRIGGER_BUYER_MESSAGE,
				    .alias = "buyer00@shop0.example",
				    .name = "Harriet Blythe",
				    .text = "And the lamp I bought flickers.",
				    .sent = NOW - A_MINUTE};
	struct ingested r = make_ingest(*state, &second);
	assert_int_equal(r.case_id, 1);
	struct pty *p = start(*state, 0);
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "the lamp I bought flickers"));
	desk_settle(p);
	pty_send(p, "G:move new\r");
	assert_true(pty_wait_text(p, "message moved: #25"));
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Taken back: message moved"));
	desk_quit(p);
}

static void goes_to_a_case_an_order_or_a_buyer(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		pty_send(p, "g17\r");
		assert_true(pty_wait_row(p, 0, " #17 "));
		pty_send(p, "g12-20002-30002\r");
		assert_true(pty_wait_row(p, 0, " #3 "));
		pty_send(p, "gJoris\r");
		assert_true(pty_wait_row(p, 0, "buyer:\"Joris\""));
		assert_true(desk_wait_cursor(p, "Joris"));
		pty_send(p, "gNobody At All\r");
		assert_true(pty_wait_text(p, "No case, order or buyer is called \"Nobody At All\"."));
		desk_quit(p);
		make_store_remove(s);
	}
}

static void goes_on_by_deadline_from_within_a_case(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct store *s = fresh_shop();
		struct pty *p = start(s, i);
		pty_send(p, "\r");
		assert_true(pty_wait_row(p, 0, " #1 "));
		pty_send(p, "[");
		assert_true(pty_wait_text(p, "This is the first case."));
		pty_send(p, "]");
		assert_true(pty_wait_row(p, 0, " #2 "));
		/* A case that is done with leaves the list; the next one is still the next. */
		pty_send(p, "Sdone; 0\r");
		assert_true(pty_wait_text(p, "solved 0.00 EUR: #2"));
		pty_send(p, "]");
		assert_true(pty_wait_row(p, 0, " #3 "));
		pty_send(p, "q");
		assert_true(desk_wait_cursor(p, "Živilė"));
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: solved"));
		desk_quit(p);
		make_store_remove(s);
	}
}

static void a_colleagues_case_is_refused(void **state)
{
	gint64 id = 1;
	struct acted r;
	g_autoptr(GError) error = NULL;
	assert_true(store_act(*state, "rasa", &(struct act){.type = ACT_TAKE, .cases = &id, .count = 1}, NOW,
			      &r, &error));
	struct pty *p = start(*state, 0);
	pty_send(p, "a");
	assert_true(pty_wait_text(p, "rasa has case 1"));
	desk_quit(p);
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(others_see_it_at_once),
	    cmocka_unit_test(undo_goes_back_step_by_step),
	    cmocka_unit_test(every_key_is_told_in_the_history),
	    cmocka_unit_test(a_slip_is_mended_where_it_was_made),
	    ON_SHOP(snoozed_until_its_own_time),
	    cmocka_unit_test(solving_shows_what_is_promised),
	    cmocka_unit_test(no_way_goes_round_the_question),
	    cmocka_unit_test(merges_and_takes_it_back),
	    ON_SHOP(moves_a_message_to_a_case_of_its_own),
	    cmocka_unit_test(goes_to_a_case_an_order_or_a_buyer),
	    cmocka_unit_test(goes_on_by_deadline_from_within_a_case),
	    ON_SHOP(a_colleagues_case_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
