/* SPDX-License-Identifier: MIT */
#include "domain/clock.h"

#include "moments.h"

#include "domain/banned.h"

/* The shipped files load, and every due time worked out in them is right. */
static void test_shipped(void **state)
{
	const struct ruleset *r = *state;
	g_autoptr(GError) error = NULL;
	guint examples = 0;
	if (!ruleset_check_examples(r, &examples, &error))
		fail_msg("%s", error->message);
	assert_true(examples >= 15);
	assert_true(ruleset_count(r) >= 35);
	assert_null(ruleset_nth(r, ruleset_count(r)));
	assert_null(ruleset_find(r, "ebay.nonesuch"));
	assert_null(ruleset_find(r, NULL));
	for (guint n = 0; n < ruleset_count(r); n++) {
		const struct clock_rule *rule = ruleset_nth(r, n);
		assert_ptr_equal(ruleset_find(r, rule->id), rule);
		assert_non_null(rule->calendar);
		assert_true(rule->line > 0);
		assert_true(
		    g_str_has_prefix(rule->id, rule->family == CLOCK_SHOP ? "shop." : rule->platform) ||
		    g_str_has_prefix(rule->id, "eu."));
		assert_false(rule->family == CLOCK_PLATFORM && rule->pauses);
		/* a clock that nothing ends would stay in the inbox for ever */
		assert_true(rule->stop | rule->cancel);
	}
}

/* Each rule of the platforms' clock tables: which trigger starts it and when it is due. */
static void test_clock_table(void **state)
{
	static const struct {
		const char *rule;
		enum trigger start;
		const char *from, *due; /* in the calendar's zone */
	} rows[] = {
	    {"ebay.return", TRIGGER_RETURN_REQUEST, "2026-11-23 10:00", "2026-11-26 10:00"},
	    {"ebay.not-received", TRIGGER_NOT_RECEIVED, "2026-11-26 10:00", "2026-12-01 10:00"},
	    {"ebay.idle", TRIGGER_NOT_RECEIVED, "2026-11-23 10:00", "2026-12-22 10:00"},
	    {"ebay.appeal", TRIGGER_CLAIM_GRANTED, "2026-11-23 10:00", "2026-12-23 10:00"},
	    {"ebay.payment-dispute", TRIGGER_PAYMENT_DISPUTE, "2026-11-23 10:00", "2026-11-28 10:00"},
	    {"ebay.cancel", TRIGGER_CANCEL_REQUEST, "2026-11-23 10:00", "2026-11-26 10:00"},
	    {"ebay.unpaid", TRIGGER_UNPAID, "2026-11-23 10:00", "2026-11-27 10:00"},
	    {"ebay.refund-after-return", TRIGGER_RETURN_ARRIVED, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"amazon.message", TRIGGER_BUYER_MESSAGE, "2026-11-28 10:00", "2026-11-29 10:00"},
	    {"amazon.claim", TRIGGER_CLAIM_OPENED, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"amazon.claim", TRIGGER_CLAIM_INFO, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"amazon.claim-window", TRIGGER_BUYER_MESSAGE, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"amazon.appeal", TRIGGER_CLAIM_GRANTED, "2026-11-23 10:00", "2026-12-23 10:00"},
	    {"amazon.return", TRIGGER_RETURN_REQUEST, "2026-11-23 10:00", "2026-11-24 10:00"},
	    {"amazon.refund-after-return", TRIGGER_RETURN_ARRIVED, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"amazon.safe-t", TRIGGER_REFUND_ISSUED, "2026-11-23 10:00", "2027-01-22 10:00"},
	    {"amazon.chargeback", TRIGGER_CHARGEBACK, "2026-11-23 10:00", "2026-11-30 10:00"},
	    {"amazon.claim-silence", TRIGGER_OUR_MESSAGE, "2026-11-23 10:00", "2026-11-26 10:00"},
	    {"amazon.claim-debit", TRIGGER_CLAIM_OPENED, "2026-11-23 10:00", "2026-12-07 10:00"},
	    {"etsy.help", TRIGGER_HELP_REQUEST, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"etsy.case", TRIGGER_CASE_OPENED, "2026-11-23 10:00", "2026-11-26 10:00"},
	    {"etsy.message", TRIGGER_BUYER_MESSAGE, "2026-11-23 10:00", "2026-11-24 10:00"},
	    {"taobao.refund", TRIGGER_REFUND_REQUEST, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"taobao.return", TRIGGER_RETURN_REQUEST, "2026-11-23 10:00", "2026-11-28 10:00"},
	    {"taobao.return-arrived", TRIGGER_RETURN_ARRIVED, "2026-11-23 10:00", "2026-12-03 10:00"},
	    {"aliexpress.dispute", TRIGGER_CASE_OPENED, "2026-11-23 10:00", "2026-11-28 10:00"},
	    {"bol.question", TRIGGER_BUYER_MESSAGE, "2026-11-27 10:00", "2026-11-30 10:00"},
	    {"tiktok.return", TRIGGER_RETURN_REQUEST, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"paypal.dispute", TRIGGER_PAYMENT_DISPUTE, "2026-11-23 10:00", "2026-12-03 10:00"},
	    {"paypal.claim", TRIGGER_PAYMENT_DISPUTE, "2026-11-23 10:00", "2026-12-13 10:00"},
	    {"eu.withdrawal-refund", TRIGGER_RETURN_REQUEST, "2026-11-23 10:00", "2026-12-07 10:00"},
	    {"shop.first-answer", TRIGGER_BUYER_MESSAGE, "2026-11-23 10:00", "2026-11-23 14:00"},
	    {"shop.buyer-silent", TRIGGER_OUR_MESSAGE, "2026-11-23 10:00", "2026-11-25 10:00"},
	    {"shop.ebay-message", TRIGGER_BUYER_MESSAGE, "2026-11-23 10:00", "2026-11-24 10:00"},
	    {"shop.next-news", TRIGGER_OUR_MESSAGE, "2026-11-23 10:00", "2026-11-24 23:59:59.999"},
	    {"shop.review-reminder", TRIGGER_OUR_MESSAGE, "2026-11-23 10:00", "2026-12-02 10:00"},
	    {"shop.payment-received", TRIGGER_PAYMENT_RECEIVED, "2026-11-23 10:00", "2026-11-23 14:00"},
	    {"shop.unpaid-report", TRIGGER_UNPAID, "2026-11-23 10:00", "2026-11-30 10:00"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		const struct clock_rule *rule = ruleset_find(*state, rows[n].rule);
		if (!rule)
			fail_msg("no rule %s", rows[n].rule);
		GTimeZone *zone = calendar_zone(rule->calendar);
		gint64 due = calendar_due(rule->calendar, moment(rows[n].from, zone), &rule->span, NULL);
		g_autofree char *is = moment_text(due, zone),
				*wanted = moment_text(moment(rows[n].due, zone), zone);
		if (!g_str_equal(is, wanted) || !(rule->start >> rows[n].start & 1))
			fail_msg("%s: %s, not %s", rows[n].rule, is, wanted);
	}
}

/* "No answer needed" stops just the platform's message clock; our answer stops that and the shop's. */
static void test_no_answer_needed(void **state)
{
	static const char *const platforms[] = {"amazon", "etsy", "bol"};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	for (gsize n = 0; n < G_N_ELEMENTS(platforms); n++) {
		g_autoptr(GPtrArray) clocks = clocks_new();
		struct happening h = {.trigger = TRIGGER_BUYER_MESSAGE,
				      .at = moment("2026-11-23 10:00", zone),
				      .platform = platforms[n],
				      .kind = KIND_QUESTION,
				      .status = STATUS_NEW};
		clocks_apply(*state, clocks, &h);
		h.trigger = TRIGGER_NO_ANSWER_NEEDED;
		h.at += 60000;
		clocks_apply(*state, clocks, &h);
		for (guint i = 0; i < clocks->len; i++) {
			const struct clock *c = g_ptr_array_index(clocks, i);
			assert_int_equal(c->state == CLOCK_RUNNING, c->family == CLOCK_SHOP);
		}
		h.trigger = TRIGGER_OUR_MESSAGE;
		h.status = STATUS_BUYER;
		clocks_apply(*state, clocks, &h);
		assert_int_equal(clocks_next_due(clocks),
				 ((struct clock *)g_ptr_array_index(clocks, clocks->len - 1))->due);
		assert_string_equal(((struct clock *)g_ptr_array_index(clocks, clocks->len - 1))->rule,
				    "shop.buyer-silent");
	}
}

/* The titles and consequences are there in every language of the desk. */
static void test_languages(void **state)
{
	static const char *const languages[] = {"nl", "lt", "zh_CN", "zh_TW", "it"};
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), "clocks", NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	assert_non_null(dir);
	for (const char *n; (n = g_dir_read_name(dir));) {
		g_autofree char *file = g_build_filename(path, n, NULL);
		g_autoptr(GKeyFile) keys = g_key_file_new();
		if (!g_str_has_suffix(n, ".ini"))
			continue;
		assert_true(g_key_file_load_from_file(keys, file, G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
		g_auto(GStrv) groups = g_key_file_get_groups(keys, NULL);
		for (int g = 1; groups[g]; g++) {
			for (gsize l = 0; l < G_N_ELEMENTS(languages); l++) {
				g_autofree char *title = g_strdup_printf("title[%s]", languages[l]);
				g_autofree char *consequence =
				    g_strdup_printf("consequence[%s]", languages[l]);
				if (!g_key_file_has_key(keys, groups[g], title, NULL) ||
				    !g_key_file_has_key(keys, groups[g], consequence, NULL))
					fail_msg("%s: [%s] lacks %s", n, groups[g], languages[l]);
			}
		}
	}
}

#define HEAD "[clocks]\nplatform=ebay\nfamily=platform\n"
#define TAIL "consequence=c\nsource=s\nchecked=2026-11-23\nsure=H\n"
static const struct fault_row {
	const char *text, *fault;
} faults[] = {
    {"", "x.ini:0: the group [clocks]"},
    {"[clocks]\nfamily=shop\n", "x.ini:1: [clocks] lacks \"platform\""},
    {"[clocks]\nplatform=ebay\nfamily=both\n", "x.ini:3: \"family\" is \"platform\" or \"shop\""},
    {HEAD "[a]\n", "x.ini:4: [a] lacks \"title\""},
    {HEAD "[a]\ntitle=t\nspan=24 h\nstart=review\n", "x.ini:4: [a] lacks \"consequence\""},
    {HEAD "[a]\ntitle=t\nspan=24 h\n" TAIL, "x.ini:4: [a] lacks \"start\""},
    {HEAD "[a]\ntitle=t\nstart=review\n" TAIL, "x.ini:4: [a] lacks \"span\""},
    {HEAD "[a]\ntitle=t\nstart=review\nspan=soon\n" TAIL, "x.ini:7: \"soon\" is no time span"},
    {HEAD "[a]\ntitle=t\nstart=buyer-mesage\nspan=1 h\n" TAIL,
     "x.ini:6: \"buyer-mesage\" is no trigger; there are: none, buyer-message"},
    {HEAD "[a]\ntitle=t\nkinds=bad\nstart=review\nspan=1 h\n" TAIL, "x.ini:6: \"bad\" is no kind"},
    {HEAD "[a]\ntitle=t\nstart=review\nspan=1 h\ncalendar=moon\n" TAIL,
     "x.ini:8: no calendar is called \"moon\"; there are: wall"},
    {HEAD "[a]\ntitle=t\nstart=review\nstop=sale\ncancel=sale\nspan=1 h\n" TAIL,
     "x.ini:4: [a] names a trigger in two of"},
    {HEAD "[a]\ntitle=t\nstart=review\nstop=review\nrestart=yes\nspan=1 h\n" TAIL,
     "x.ini:8: a trigger that ends this clock"},
    {HEAD "[a]\ntitle=t\nstart=review\nspan=1 h\npauses=yes\n" TAIL,
     "x.ini:8: a platform's clock never pauses"},
    {HEAD "[a]\ntitle=t\nstart=review\nspan=1 h\npauses=perhaps\n" TAIL,
     "x.ini:8: write \"yes\" or \"no\", not \"perhaps\""},
    {HEAD "[a]\ntitle=t\nstart=review\nspan=stated\nstated=no\n" TAIL,
     "x.ini:8: a rule with \"span = stated\" needs"},
    {HEAD "[a]\ntitel=t\n", "x.ini:5: unknown key \"titel\"; there are: title, platform, kinds"},
    {HEAD "[a]\ntitle=t\nstart=review\nspan=1 h\nconsequence=c\nsource=s\nchecked=2026\nsure=very\n",
     "x.ini:11: write H (high), M"},
    {HEAD "[a]\ntitle=t\ntitle=u\n", "x.ini:6: \"title\" is there already"},
};

static void test_faults(void **state)
{
	static const char wall[] = "[calendar]\nzone=UTC\n[hours]\nmon-sun=00:00-24:00\n";
	g_autoptr(ruleset_auto) r = ruleset_create();
	assert_true(ruleset_add_calendar(r, "wall", "wall.ini", wall, strlen(wall), NULL));
	for (gsize n = 0; n < G_N_ELEMENTS(faults); n++) {
		g_autoptr(GError) error = NULL;
		assert_false(
		    ruleset_add_clocks(r, "x", "x.ini", faults[n].text, strlen(faults[n].text), &error));
		if (!strstr(error->message, faults[n].fault))
			fail_msg("\"%s\" isn't in \"%s\"", faults[n].fault, error->message);
		assert_int_equal(ruleset_count(r), 0);
	}
}

/* A good rule before a bad one isn't added either, and the first file of a name stays. */
static void test_whole_files(void **state)
{
	static const char wall[] = "[calendar]\nzone=UTC\n[hours]\nmon-sun=00:00-24:00\n";
	static const char good[] = HEAD "[a]\ntitle=mine\nstart=review\nspan=1 h\n" TAIL
					"example1=2026-11-23 10:00 -> 2026-11-23 11:00\n";
	static const char bad[] = HEAD "[a]\ntitle=t\nstart=review\nspan=1 h\n" TAIL "[b]\n";
	static const char other[] = HEAD "[a]\ntitle=shipped\nstart=review\nspan=2 h\n" TAIL
					 "example1=2026-11-23 10:00 -> 2026-11-23 10:30\n";
	g_autoptr(ruleset_auto) r = ruleset_create();
	g_autoptr(GError) error = NULL;
	guint examples;
	assert_true(ruleset_add_calendar(r, "wall", "wall.ini", wall, strlen(wall), NULL));
	assert_true(ruleset_add_calendar(r, "wall", "bad.ini", "?", 1, NULL));
	assert_false(ruleset_add_clocks(r, "x", "x.ini", bad, strlen(bad), &error));
	assert_int_equal(ruleset_count(r), 0);
	assert_true(ruleset_add_clocks(r, "x", "x.ini", good, strlen(good), NULL));
	assert_true(ruleset_add_clocks(r, "x", "x.ini", other, strlen(other), NULL));
	assert_int_equal(ruleset_count(r), 1);
	assert_string_equal(ruleset_find(r, "x.a")->title, "mine");
	assert_true(ruleset_check_examples(r, &examples, NULL));
	assert_int_equal(examples, 1);
	assert_true(ruleset_add_clocks(r, "y", "y.ini", other, strlen(other), NULL));
	g_clear_error(&error);
	assert_false(ruleset_check_examples(r, &examples, &error));
	assert_string_equal(
	    error->message,
	    "y.ini:12: this example fails: 2 h from then on the clock is due Mon 23 Nov 2026 12:00 UTC");
}

static int setup(void **state)
{
	g_setenv("LC_ALL", "C", true);
	*state = shipped_rules();
	return 0;
}

static int teardown(void **state)
{
	ruleset_destroy(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_shipped),          cmocka_unit_test(test_clock_table),
	    cmocka_unit_test(test_no_answer_needed), cmocka_unit_test(test_languages),
	    cmocka_unit_test(test_faults),           cmocka_unit_test(test_whole_files),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
