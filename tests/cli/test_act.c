/* SPDX-License-Identifier: MIT */
/* Acts on the command line, and views. The clock stands at noon of 23 November 2026. */
#include "support/shop_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static void acts_and_their_undo(void **state)
{
	static const struct desk_row rows[] = {
	    {{"act"}, 0, "snooze=WHEN", NULL},
	    {{"list", "--view", "Mine"}, 0, "DUE", NULL},
	    {{"act", "undo"}, 3, "nothing to take back", NULL},
	    {{"act", "1", "take"}, 0, "Case 1: taken", NULL},
	    {{"act", "1", "take"}, 0, "stood so already", NULL},
	    {{"list", "--view", "mine"}, 0, "Harriet", NULL},
	    {{"act", "1", "status=carrier"}, 0, "Case 1: status", NULL},
	    {{"list", "status:carrier"}, 0, "Harriet", NULL},
	    {{"act", "1", "promise=tomorrow 9; a call"}, 0, "promise", NULL},
	    {{"list", "--view", "Promises"}, 0, "Harriet", NULL},
	    {{"act", "undo"}, 0, "Taken back: promise \"a call\", case 1", NULL},
	    {{"act", "undo"}, 0, "Taken back: status \"carrier\", case 1", NULL},
	    {{"show", "1"}, 0, "taken back", NULL},
	    {{"act", "1", "status=mine"}, 1, NULL, "use one of"},
	    {{"act", "1", "snooze=whenever"}, 2, NULL, "tomorrow 9"},
	    {{"act", "999", "take"}, 3, NULL, "no case 999"},
	    {{"act", "1"}, 2, NULL, "amends act"},
	    {{"act", "1", "note=\xff"}, 1, NULL, "UTF-8"},
	    {{"list", "--view", "Nowhere"}, 3, NULL, "Nowhere"},
	};
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
}

/* Whichever way a case is closed, its outcome and cost are asked for, and what it still owes is told. */
static void closing_says_how_and_what_is_owed(void **state)
{
	static const struct desk_row rows[] = {
	    {{"act", "1", "promise=tomorrow 9; a call"}, 0, "promise", NULL},
	    {{"act", "1", "status=solved"},
	     2,
	     "Still promised: a call by 2026-11-24 09:00",
	     "solve=OUTCOME; COST"},
	    {{"act", "1", "status=lost"}, 2, "Still promised", "lose=OUTCOME; COST"},
	    {{"act", "1", "solve=refunded"}, 2, "Still promised", "0 if nothing: solve=OUTCOME; COST"},
	    {{"act", "1", "solve=refunded; 0"}, 0, "the platform's clock runs on: ", NULL},
	    {{"act", "undo"}, 0, "Taken back: solved \"refunded\" 0.00 GBP, case 1", NULL},
	    {{"act", "undo"}, 0, "Taken back: promise", NULL},
	};
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
}

static void two_buyers_are_not_merged_by_a_slip(void **state)
{
	static const struct desk_row rows[] = {
	    {{"act", "1", "merge=2"}, 2, NULL, "two buyers: case 1 is of Harriet Blythe"},
	    {{"act", "1", "merge=2"}, 2, NULL, "merge=2; sure"},
	    {{"act", "1", "merge=2; sure"}, 0, "Case 2: merged", NULL},
	    {{"act", "undo"}, 0, "Taken back: merged, case 1", NULL},
	};
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
}

static void a_finding_takes_a_note(void **state)
{
	static const struct desk_row rows[] = {
	    {{"act", "1", "found=cause; the box was torn"}, 0, "Case 1: found out", NULL},
	    {{"show", "1"}, 0, "the box was torn", NULL},
	    {{"act", "1", "found=weather; it rained"}, 1, NULL, "use one of"},
	    {{"act", "undo"}, 0, "Taken back: found out", NULL},
	};
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
}

static void follow_ups(void **state)
{
	static const struct desk_row rows[] = {
	    {{"act", "1", "follow-up=2026-12-01 10; ask how the clock runs"}, 0, "Case 25: follow-up", NULL},
	    {{"act", "1", "follow-up=2026-12-05 10; again"}, 1, NULL, "again from 2026-12-31 10:00 on"},
	    {{"act", "25", "follow-up=2026-12-05 10; again"}, 1, NULL, "again from 2026-12-31 10:00 on"},
	    {{"act", "2", "follow-up=2026-12-05 10; another buyer"}, 0, "Case 26: follow-up", NULL},
	    {{"act", "1", "follow-up=2026-12-31 10"}, 1, NULL, "follow-up=WHEN; TEXT"},
	    {{"act", "1", "follow-up=2026-12-31 10; again"}, 0, "Case 27: follow-up", NULL},
	    {{"list", "kind:follow-up"}, 0, "ask how the clock runs", NULL},
	    {{"act", "undo"}, 0, "Taken back: follow-up planned \"again\"", NULL},
	};
	desk_expect(*state, rows, G_N_ELEMENTS(rows));
}

/* A follow-up has no value: the shop's currency is meant, and the answer says what was understood. */
static void bare_amounts_are_in_the_shops_currency(void **state)
{
	static const struct desk_row before[] = {
	    {{"act", "25", "refund=12,50"}, 2, NULL, "is no amount"},
	};
	static const struct desk_row after[] = {
	    {{"act", "25", "refund=12,50"}, 0, "Case 25: refunded 12.50 EUR.", NULL},
	    {{"act", "25", "refund=12 50"}, 2, NULL, "is no amount"},
	    {{"act", "25", "refund=88块"}, 0, "Case 25: refunded 88.00 CNY.", NULL},
	};
	struct desk *d = *state;
	desk_expect(d, before, G_N_ELEMENTS(before));
	g_autofree char *shop = g_build_filename(d->home->path, "config", "amends", "shop.ini", NULL);
	assert_true(g_file_set_contents(shop, "[shop]\narchive_days = 0\ncurrency = EUR\n", -1, NULL));
	desk_expect(d, after, G_N_ELEMENTS(after));
}

#define A_DAY G_GINT64_CONSTANT(86400000)

/* A sale on Amazon so many days ago, and a return request on it that came today; its case. */
static gint64 sell(struct desk *d, const char *order, int days)
{
	g_autofree char *alias = g_strdup_printf("%s@marketplace.example", order);
	struct mail_facts f = {.platform = "amazon",
			       .trigger = TRIGGER_SALE,
			       .alias = alias,
			       .order = order,
			       .subject = order,
			       .lang = "en",
			       .sent = DESK_NOW - days * A_DAY};
	make_ingest(d->store, &f);
	f.trigger = TRIGGER_RETURN_REQUEST;
	f.sent = DESK_NOW - 3600000;
	return make_ingest(d->store, &f).case_id;
}

/* Its own fault, not that it isn't there; and no shipped text in its place. */
static void a_template_with_a_fault_is_told(void **state)
{
	struct desk *d = *state;
	static const char *const names[] = {"mine", "exchange"};
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *folder = g_build_filename(g_environ_getenv(d->home->env, "XDG_CONFIG_HOME"),
							   "amends/templates", names[i], NULL);
		g_autofree char *meta = g_build_filename(folder, "meta.ini", NULL),
				*body = g_build_filename(folder, "en.txt", NULL);
		assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
		assert_true(
		    g_file_set_contents(meta, "[template]\ntitle = Mine\nstage = solution\n", -1, NULL));
		assert_true(g_file_set_contents(body, "Hello {{nobody}}.\n", -1, NULL));
		struct run_result r =
		    run_amends(d->home, "AMENDS_AT", "reply", "1", "-t", names[i], "-l", "en", "-n", NULL);
		run_expect(&r, 1, "", "/en.txt:1: there is no such placeholder");
		run_result_clear(&r);
	}
	struct run_result r = run_amends(d->home, "AMENDS_AT", "reply", "1", "-t", "nosuch", NULL);
	run_expect(&r, 3, "", "there is no template \"nosuch\"");
	run_result_clear(&r);
}

/* On Amazon we write of our own accord for 30 days; we answer as long as the buyer likes. */
static void what_nobody_asked_for_is_too_late(void **state)
{
	struct desk *d = *state;
	for (int days = 30; days <= 31; days++) {
		g_autofree char *order = g_strdup_printf("302-000000%d-0000001", days);
		g_autofree char *asked = g_strdup_printf("%" G_GINT64_FORMAT, sell(d, order, days));
		struct run_result r = run_amends(d->home, "AMENDS_AT", "reply", asked, "-t", "evidence-photo",
						 "-n", "-s", "shop.name=Dune", NULL);
		run_expect(&r, 0, "photo", NULL);
		assert_null(strstr(r.err, "late-unasked"));
		run_result_clear(&r);
		r = run_amends(d->home, "AMENDS_AT", "act", asked, "follow-up=tomorrow 9; is it well", NULL);
		run_expect(&r, 0, "follow-up planned", NULL);
		int planned = atoi(r.out + strlen("Case "));
		run_result_clear(&r);
		g_autofree char *unasked = g_strdup_printf("%d", planned);
		r = run_amends(d->home, "AMENDS_AT", "reply", unasked, "-t", "evidence-photo", "-n", "-s",
			       "shop.name=Dune", NULL);
		assert_int_equal(strstr(r.err, "warn: amazon.late-unasked") != NULL, days > 30);
		run_expect(&r, days > 30, "photo", NULL);
		run_result_clear(&r);
	}
}

static void views_are_queries(void **state)
{
	struct desk *d = *state;
	const char *const words[] = {"list", "--view", "Overdue", "platform:etsy"};
	struct run_result r = run_amends(d->home, "AMENDS_AT", words[0], words[1], words[2], words[3], NULL);
	run_expect(&r, 0, "Joris", NULL);
	assert_null(strstr(r.out, "Harriet")); /* overdue too, but of another platform */
	run_result_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(acts_and_their_undo),
	    cmocka_unit_test(closing_says_how_and_what_is_owed),
	    cmocka_unit_test(two_buyers_are_not_merged_by_a_slip),
	    cmocka_unit_test(a_finding_takes_a_note),
	    cmocka_unit_test(follow_ups),
	    cmocka_unit_test(bare_amounts_are_in_the_shops_currency),
	    cmocka_unit_test(what_nobody_asked_for_is_too_late),
	    cmocka_unit_test(a_template_with_a_fault_is_told),
	    cmocka_unit_test(views_are_queries),
	};
	return cmocka_run_group_tests(tests, desk_open, desk_close);
}
