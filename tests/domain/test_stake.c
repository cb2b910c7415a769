/* SPDX-License-Identifier: MIT */
/* What missing a case costs: which account metrics it counts toward (Z12), and how near the shop is to their
 * limits. */
#include "domain/stake.h"

#include "domain/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define BIT(trigger) ((guint64)1 << (trigger))
#define REST                                                                                                 \
	"of = orders\nwindow = 60 days\ncounts = chargeback\nsource = S\nchecked = 2026-11-23\nsure = H\n"
#define HEAD "[m]\ntitle = M\nmeans = N\nplatform = ebay\n"

static struct metrics *shipped(void)
{
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), "metrics.ini", NULL), *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;
	assert_true(g_file_get_contents(path, &text, &length, NULL));
	struct metrics *m = metrics_parse(path, text, length, &error);
	if (!m)
		fail_msg("%s", error->message);
	return m;
}

static void cases_count_toward_their_metrics(void **state)
{
	static const struct {
		const char *metric, *platform;
		enum kind kind;
		enum status status;
		guint64 triggers;
		const char *running, *missed;
		enum stake_how how;
	} rows[] = {
	    {"amazon-defects", "amazon", KIND_CLAIM, STATUS_OURS, BIT(TRIGGER_CLAIM_OPENED), NULL, NULL,
	     STAKE_THREATENS},
	    {"amazon-defects", "amazon", KIND_CLAIM, STATUS_OURS,
	     BIT(TRIGGER_CLAIM_OPENED) | BIT(TRIGGER_CLAIM_GRANTED), NULL, NULL, STAKE_COUNTS},
	    {"amazon-defects", "amazon", KIND_CLAIM, STATUS_OURS,
	     BIT(TRIGGER_CLAIM_OPENED) | BIT(TRIGGER_CLAIM_DENIED), NULL, NULL, STAKE_NONE},
	    {"amazon-defects", "amazon", KIND_CLAIM, STATUS_SOLVED, BIT(TRIGGER_CLAIM_OPENED), NULL, NULL,
	     STAKE_NONE},
	    {"amazon-defects", "ebay", KIND_CLAIM, STATUS_OURS, BIT(TRIGGER_CHARGEBACK), NULL, NULL,
	     STAKE_NONE},
	    {"amazon-defects", "amazon", KIND_DAMAGED, STATUS_OURS, BIT(TRIGGER_CHARGEBACK), NULL, NULL,
	     STAKE_COUNTS},
	    {"amazon-answers", "amazon", KIND_QUESTION, STATUS_NEW, BIT(TRIGGER_BUYER_MESSAGE),
	     "amazon.message", NULL, STAKE_THREATENS},
	    {"amazon-answers", "amazon", KIND_QUESTION, STATUS_OURS, BIT(TRIGGER_BUYER_MESSAGE), NULL,
	     "amazon.message", STAKE_COUNTS},
	    {"amazon-answers", "amazon", KIND_QUESTION, STATUS_OURS, BIT(TRIGGER_BUYER_MESSAGE),
	     "shop.first-answer", NULL, STAKE_NONE},
	    {"amazon-cancellations", "amazon", KIND_CANCEL, STATUS_LOST, 0, NULL, NULL, STAKE_COUNTS},
	    {"amazon-cancellations", "amazon", KIND_SLOW, STATUS_LOST, 0, NULL, NULL, STAKE_NONE},
	    {"ebay-unresolved", "ebay", KIND_DAMAGED, STATUS_OURS, BIT(TRIGGER_RETURN_REQUEST), "ebay.return",
	     NULL, STAKE_THREATENS},
	    {"etsy-help", "etsy", KIND_SLOW, STATUS_OURS, BIT(TRIGGER_HELP_REQUEST), "etsy.help", NULL,
	     STAKE_THREATENS},
	    {"etsy-cases", "etsy", KIND_SLOW, STATUS_OURS, BIT(TRIGGER_HELP_REQUEST), NULL, NULL,
	     STAKE_THREATENS},
	    {"etsy-cases", "etsy", KIND_SLOW, STATUS_OURS, BIT(TRIGGER_CASE_OPENED), NULL, NULL,
	     STAKE_COUNTS},
	};
	g_autoptr(metrics_auto) m = shipped();
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		const char *running[] = {rows[n].running, NULL}, *missed[] = {rows[n].missed, NULL};
		const struct stake_case c = {.platform = rows[n].platform,
					     .kind = rows[n].kind,
					     .status = rows[n].status,
					     .triggers = rows[n].triggers,
					     .running = running,
					     .missed = missed};
		const struct metric *metric = metrics_find(m, rows[n].metric);
		assert_non_null(metric);
		if (stake_of(metric, &c) != rows[n].how)
			fail_msg("row %zu (%s): %d", n, rows[n].metric, (int)stake_of(metric, &c));
	}
}

static void standings_are_exact_at_the_limit(void **state)
{
	static const struct {
		const char *limit;
		int free;
		gint64 counted, total, share;
		bool broken;
		gint64 room;
	} rows[] = {
	    {"< 1 %", 0, 0, 0, 0, false, 0},           {"< 1 %", 0, 0, 150, 0, false, 1},
	    {"< 1 %", 0, 1, 150, 66, false, 0},        {"< 1 %", 0, 1, 100, 100, true, 0},
	    {"<= 2 %", 0, 2, 100, 200, false, 0},      {"<= 2 %", 0, 3, 100, 300, true, 0},
	    {"<= 0.3 %", 2, 2, 10, 2000, false, 0},    {"<= 0.3 %", 2, 3, 10, 3000, true, 0},
	    {"<= 0.3 %", 2, 0, 10, 0, false, 2},       {"<= 0.3 %", 0, 3, 1000, 30, false, 0},
	    {">= 95 %", 0, 95, 100, 9500, false, 0},   {">= 95 %", 0, 94, 100, 9400, true, 0},
	    {">= 95 %", 0, 100, 100, 10000, false, 5}, {">= 95 %", 0, 0, 0, 10000, false, 0},
	    {"< 2.5 %", 0, 24, 1000, 240, false, 0},   {"< 2.5 %", 0, 25, 1000, 250, true, 0},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *text =
		    g_strdup_printf(HEAD "limit = %s\nfree = %d\n" REST, rows[n].limit, rows[n].free);
		g_autoptr(metrics_auto) m = metrics_parse("m.ini", text, strlen(text), NULL);
		struct standing s;
		assert_non_null(m);
		metric_standing(metrics_nth(m, 0), rows[n].counted, rows[n].total, &s);
		if (s.share != rows[n].share || s.broken != rows[n].broken || s.room != rows[n].room)
			fail_msg("row %zu: share %d, broken %d, room %d", n, (int)s.share, s.broken,
				 (int)s.room);
	}
}

static void standings_are_told_in_words(void **state)
{
	g_autoptr(metrics_auto) m = shipped();
	const struct metric *defects = metrics_find(m, "amazon-defects");
	g_autofree char *near = metric_describe(defects, &(struct metric_count){1, 150, false});
	g_autofree char *over = metric_describe(defects, &(struct metric_count){2, 150, false});
	g_autofree char *few = metric_describe(defects, &(struct metric_count){0, 8, true});
	assert_string_equal(near, "1 of 150 orders in 60 days: 0.66 %, limit < 1 %; the next one breaks it");
	assert_string_equal(over, "2 of 150 orders in 60 days: 1.33 %, limit < 1 %; broken");
	assert_string_equal(few, "0 of 8 orders in 60 days: 0 %, limit < 1 %; counts only orders with mail "
				 "(see [orders] in shop.ini)");
}

static void the_stake_is_told_in_lines(void **state)
{
	g_autoptr(metrics_auto) m = shipped();
	struct stake_case c = {.platform = "amazon",
			       .kind = KIND_CLAIM,
			       .status = STATUS_OURS,
			       .value = {1250, "EUR"},
			       .triggers = BIT(TRIGGER_CLAIM_OPENED),
			       .consequence = "claim granted",
			       .fallback = "Refund in full now"};
	g_autoptr(GPtrArray) lines = stake_lines(m, &c);
	assert_int_equal(lines->len, 4);
	assert_string_equal(lines->pdata[0], "At stake: 12.50 EUR");
	assert_string_equal(lines->pdata[1], "If missed: claim granted");
	assert_string_equal(lines->pdata[2], "Always accepted: Refund in full now");
	assert_string_equal(
	    lines->pdata[3],
	    "Would count toward: Order defect rate (limit < 1 %). Above it the account can be suspended.");
	c = (struct stake_case){.platform = "mail", .status = STATUS_NEW};
	g_autoptr(GPtrArray) unknown = stake_lines(m, &c);
	assert_int_equal(unknown->len, 1);
}

/* A clock id that no rule has would never count. */
static void clocks_that_metrics_name_exist(void **state)
{
	g_autoptr(metrics_auto) m = shipped();
	assert_true(metrics_count(m) > 0);
	for (guint n = 0; n < metrics_count(m); n++) {
		char **clocks = metrics_nth(m, n)->clocks;
		for (int k = 0; clocks[k]; k++) {
			g_auto(GStrv) parts = g_strsplit(clocks[k], ".", 2);
			g_autofree char *file = g_strconcat(parts[0], ".ini", NULL);
			g_autofree char *path =
			    g_build_filename(g_getenv("AMENDS_DATA"), "clocks", file, NULL);
			g_autoptr(GKeyFile) keys = g_key_file_new();
			assert_true(
			    g_key_file_load_from_file(keys, path, G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
			if (!g_key_file_has_group(keys, parts[1]))
				fail_msg("there is no clock \"%s\"", clocks[k]);
		}
	}
}

static void faults_are_told_with_their_line(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
	    {HEAD REST, "m.ini:1: limit is a share"},
	    {HEAD "limit = 1 %\n" REST, "m.ini:5: limit is a share"},
	    {HEAD "limit = < 101 %\n" REST, "m.ini:5: limit is a share"},
	    {HEAD "limit = < x\n" REST, "m.ini:5: limit is a share"},
	    {HEAD "limit = < 1 %\nof = orders\nwindow = 48 h\n"
		  "counts = chargeback\nsource = S\nchecked = C\nsure = H\n",
	     "m.ini:7: window"},
	    {HEAD "limit = < 1 %\nof = days\n"
		  "window = 60 days\nsource = S\nchecked = C\nsure = H\n",
	     "m.ini:6: of says"},
	    {HEAD "limit = < 1 %\nof = orders\nwindow = 60 days\nsource = S\nchecked = C\nsure = H\n",
	     "m.ini:1: nothing counts"},
	    {HEAD "limit = < 1 %\nthreatens = thunder\n" REST, "m.ini:6: \"thunder\""},
	    {HEAD "limit = < 1 %\ncolour = red\n" REST, "m.ini:6: unknown key"},
	    {"[m]\ntitle = M\nplatform = ebay\nlimit = < 1 %\n" REST, "m.ini:1: title, means"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GError) error = NULL;
		assert_null(metrics_parse("m.ini", rows[n].text, strlen(rows[n].text), &error));
		if (!strstr(error->message, rows[n].says))
			fail_msg("\"%s\" doesn't say \"%s\"", error->message, rows[n].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cases_count_toward_their_metrics),
	    cmocka_unit_test(standings_are_exact_at_the_limit),
	    cmocka_unit_test(standings_are_told_in_words),
	    cmocka_unit_test(the_stake_is_told_in_lines),
	    cmocka_unit_test(clocks_that_metrics_name_exist),
	    cmocka_unit_test(faults_are_told_with_their_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
