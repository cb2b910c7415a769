/* SPDX-License-Identifier: MIT */
/* What each solution costs the shop, and which two are weighed. Sums are worked out by hand. */
#include "domain/solution.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/banned.h"

static struct money post[] = {{550, "EUR"}, {420, "GBP"}}, label[] = {{690, "EUR"}};
static const struct cost_rates rates = {.goods = 45,
					.part = 20,
					.gift = 10,
					.repair = 40,
					.partial = 30,
					.back = 50,
					.post = post,
					.n_post = 2,
					.label = label,
					.n_label = 1};
static const struct money none = {0, ""};

static void add(GPtrArray *offers, const char *text, struct money amount, const char *answer,
		struct money counter)
{
	struct offer *o = g_new0(struct offer, 1);
	*o = (struct offer){1000 - (gint64)offers->len, g_strdup(text), amount, g_strdup(answer), counter};
	g_ptr_array_add(offers, o);
}

static GPtrArray *offers_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)offer_destroy);
}

static void costs(void **state)
{
	static const struct {
		const char *offer;
		struct money value, amount;
		gint64 total;
		guint unknown;
		bool assumed;
	} rows[] = {
	    {"refund", {4000, "EUR"}, {0, ""}, 4000, 0, false},
	    {"partial-refund", {4000, "EUR"}, {1250, "EUR"}, 1250, 0, false},
	    {"partial-refund", {4000, "EUR"}, {0, ""}, 1200, 0, true},
	    {"partial-refund", {1999, "EUR"}, {0, ""}, 600, 0, true}, /* 599.7 */
	    {"replacement", {4000, "EUR"}, {0, ""}, 2350, 0, false},  /* 1800 + 550 */
	    {"part", {4000, "GBP"}, {0, ""}, 1220, 0, false},         /* 800 + 420 */
	    {"return-label", {4000, "EUR"}, {0, ""}, 2690, 0, false}, /* 4000 + 690 - 2000 */
	    {"exchange", {4000, "EUR"}, {0, ""}, 1040, 0, false},     /* 1800 + 550 + 690 - 2000 */
	    {"return-label", {4000, "GBP"}, {0, ""}, 2000, 1 << COST_LABEL, false},
	    {"replacement", {8800, "CNY"}, {0, ""}, 3960, 1 << COST_POST, false},
	    {"refund", {0, ""}, {0, ""}, 0, 1 << COST_MONEY, false},
	    {"partial-refund", {0, ""}, {900, "USD"}, 900, 0, false},
	    {"call me", {4000, "EUR"}, {700, "EUR"}, 700, 0, false},
	    {"call me", {4000, "EUR"}, {0, ""}, 0, 1 << COST_MONEY, false},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GPtrArray) offers = offers_new();
		add(offers, rows[n].offer, rows[n].amount, NULL, none);
		const struct solution_case c = {offers, NULL, rows[n].value, &rates};
		g_autoptr(GPtrArray) all = solutions_of(&c);
		assert_int_equal(all->len, 1);
		const struct solution *s = all->pdata[0];
		if (s->cost.total.minor != rows[n].total || s->cost.unknown != rows[n].unknown ||
		    s->cost.assumed != rows[n].assumed)
			fail_msg("%s (row %zu): %d, unknown %u, assumed %d", rows[n].offer, n,
				 (int)s->cost.total.minor, s->cost.unknown, s->cost.assumed);
	}
}

/* "title state" of each, one after the other. */
static char *told(const GPtrArray *solutions)
{
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < solutions->len; i++) {
		const struct solution *s = solutions->pdata[i];
		g_string_append_printf(out, "%s%s %s %d", i ? "; " : "", s->title,
				       vocab_id(&SOLUTION_STATES, (int)s->state), (int)s->cost.total.minor);
	}
	return g_string_free(out, FALSE);
}

static void choice(void **state)
{
	char *ladder[] = {"part", "replacement", "partial-refund", NULL};
	static const struct {
		const char *first, *second; /* offers, newest first; NULL: none */
		const char *answer;         /* to the newest */
		struct money amount, counter;
		const char *want;
	} rows[] = {
	    {NULL, NULL, NULL, {0, ""}, {0, ""}, "missing part next 1350; replacement next 2350"},
	    {"part", NULL, NULL, {0, ""}, {0, ""}, "missing part offered 1350; replacement next 2350"},
	    {"partial-refund",
	     "partial-refund",
	     "refused",
	     {1500, "EUR"},
	     {0, ""},
	     "partial refund refused 1500; partial refund offered 1200"},
	    /* Ours beside the buyer's (N4, N5). */
	    {"partial-refund",
	     NULL,
	     "countered",
	     {1000, "EUR"},
	     {2000, "EUR"},
	     "partial refund countered 1000; partial refund asked 2000"},
	    /* Numbered choices are alternatives; a return holds its refund, the figure is the partial
	       refund's. */
	    {"replacement partial-refund return-label refund",
	     NULL,
	     NULL,
	     {900, "EUR"},
	     {0, ""},
	     "replacement offered 2350; partial refund offered 900; return label offered 2690"},
	    {"exchange return-label",
	     NULL,
	     NULL,
	     {0, ""},
	     {0, ""},
	     "exchange offered 1040; missing part next 1350"},
	    {"something of our own",
	     "part",
	     "accepted",
	     {0, ""},
	     {0, ""},
	     "something of our own accepted 0; missing part offered 1350"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GPtrArray) offers = offers_new();
		if (rows[n].first)
			add(offers, rows[n].first, rows[n].amount, rows[n].answer, rows[n].counter);
		if (rows[n].second)
			add(offers, rows[n].second, none, NULL, none);
		const struct solution_case c = {offers, ladder, {4000, "EUR"}, &rates};
		g_autoptr(GPtrArray) all = solutions_of(&c);
		g_autofree char *is = told(all);
		assert_string_equal(is, rows[n].want);
	}
}

static void many_offers_are_cut(void **state)
{
	g_autoptr(GPtrArray) offers = offers_new();
	for (int n = 0; n < 9; n++)
		add(offers, "replacement part gift", none, "countered", (struct money){100 * n, "EUR"});
	const struct solution_case c = {offers, NULL, {4000, "EUR"}, &rates};
	g_autoptr(GPtrArray) all = solutions_of(&c);
	assert_int_equal(all->len, SOLUTIONS_MOST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(costs),
	    cmocka_unit_test(choice),
	    cmocka_unit_test(many_offers_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
