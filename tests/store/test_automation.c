/* SPDX-License-Identifier: MIT */
/* Rules of automation in the store: a mail comes, the case is changed, its events give the same case again.
 */
#include "store/act.h"
#include "store/automation.h"
#include "store/ingest.h"
#include "store/sql.h"
#include "support/make_store.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE G_GINT64_CONSTANT(60000)
#define HOUR (60 * MINUTE)
#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */

static const char rules[] = "[chinese]\nwhen = opened\nquery = lang:zh value:>50\nin_turn = mei; wang\n"
			    "tag = vip-china\ntemplate = evidence-photo\nclock = shop.return-inspect\n"
			    "[tagged]\nwhen = opened\nquery = tag:VIP-China\ntag = seen\nstop = yes\n"
			    "[after-stop]\nwhen = opened\ntag = late\n"
			    "[damaged]\nwhen = return-request\nkind = damaged\nsnooze = +4h\n"
			    "[words]\nwhen = buyer-message\nquery = refund\ntag = money\n"
			    "[mei]\nwhen = buyer-message\nassign = mei\nquery = lang:nl\n";
static const char broken[] = "[chinese]\nwhen = opened\ntga = x\n";

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

/* All that rules and tags change, and the newest event's id: "mei damaged [seen vip-china] due ... #9". */
static char *picture(struct store *s, gint64 id, bool events)
{
	g_autoptr(GError) error = NULL;
	struct case_request q = {.id = id, .limit = 1000};
	g_autoptr(case_file_auto) f = store_case(s, &q, &error);
	if (!f)
		fail_msg("%s", error->message);
	GString *p = g_string_new(NULL);
	g_string_printf(p, "%s %s [", f->record.who ? f->record.who : "-", vocab_id(&KINDS, f->record.kind));
	for (guint i = 0; i < f->record.tags->len; i++)
		g_string_append_printf(p, "%s%s", i ? " " : "", (char *)f->record.tags->pdata[i]);
	g_string_append_c(p, ']');
	for (guint i = 0; i < f->clocks->len; i++) {
		const struct clock *c = f->clocks->pdata[i];
		if (g_str_equal(c->rule, "snoozed") || g_str_equal(c->rule, "shop.return-inspect"))
			g_string_append_printf(p, " %s/%s", c->rule, vocab_id(&CLOCK_STATES, c->state));
	}
	if (events)
		g_string_append_printf(p, " due %" PRId64 " %u events", f->record.due, f->events->len);
	return g_string_free(p, false);
}

static void expect(struct store *s, gint64 id, const char *wanted)
{
	g_autofree char *is = picture(s, id, false);
	assert_string_equal(is, wanted);
	/* The case can be built again from its events, and is then the same. */
	g_autofree char *before = picture(s, id, true);
	assert_true(sql_begin(s, NULL));
	assert_true(sql_end(s, ingest_rebuild(s, id, NOW, NULL), NULL));
	g_autofree char *after = picture(s, id, true);
	assert_string_equal(after, before);
}

static struct mail_facts chinese(int n)
{
	static const char *const buyers[] = {"a@relay.example", "b@relay.example", "c@relay.example"};
	return (struct mail_facts){.lang = "zh-Hans",
				   .alias = buyers[n],
				   .subject = buyers[n],
				   .sent = NOW + n * MINUTE,
				   .minor = 8800,
				   .currency = "CNY"};
}

static void who_is_next_is_remembered(void **state)
{
	static const char *const wanted[] = {"mei other [seen vip-china] shop.return-inspect/running",
					     "wang other [seen vip-china] shop.return-inspect/running",
					     "mei other [seen vip-china] shop.return-inspect/running"};
	for (int n = 0; n < 3; n++) {
		struct mail_facts f = chinese(n);
		expect(*state, make_ingest(*state, &f).case_id, wanted[n]);
	}
	struct mail_facts cheap = chinese(0);
	cheap.minor = 5000;
	cheap.subject = cheap.alias = "d@relay.example";
	expect(*state, make_ingest(*state, &cheap).case_id, "- other [late]");
}

static void nothing_fires_twice(void **state)
{
	struct mail_facts f = chinese(0);
	gint64 id = make_ingest(*state, &f).case_id;
	g_autofree char *before = picture(*state, id, true);
	assert_int_equal(make_ingest(*state, &f).result, INGEST_ALREADY_THERE);
	g_autofree char *after = picture(*state, id, true);
	assert_string_equal(after, before);
}

static void quiet_mail_fires_nothing(void **state)
{
	struct mail_facts old = chinese(0), automatic = chinese(1);
	old.archived = true;
	expect(*state, make_ingest(*state, &old).case_id, "- other []");
	struct mail_facts first = chinese(1);
	gint64 id = make_ingest(*state, &first).case_id;
	automatic.automatic = true;
	automatic.text = "refund: I am on holiday";
	automatic.sent += MINUTE;
	make_ingest(*state, &automatic);
	expect(*state, id, "mei other [seen vip-china] shop.return-inspect/running");
}

static void words_of_the_new_mail_are_found(void **state)
{
	struct mail_facts f = {
	    .sent = NOW, .text = "I want a REFUND", .alias = "e@relay.example", .lang = "en"};
	expect(*state, make_ingest(*state, &f).case_id, "- other [late money]");
}

static void do_act(struct store *s, gint64 id, enum act_type type, const char *text)
{
	g_autoptr(GError) error = NULL;
	struct acted r;
	struct act a = {.type = type, .text = text, .cases = &id, .count = 1};
	if (!store_act(s, "rasa", &a, NOW + HOUR, &r, &error))
		fail_msg("%s", error->message);
}

static void do_undo(struct store *s)
{
	struct undone u;
	assert_true(store_undo(s, "rasa", NOW + HOUR, NULL, NULL, &u, NULL));
	assert_true(u.act != 0);
	undone_clear(&u);
}

static void what_a_person_did_stays(void **state)
{
	struct mail_facts f = {.sent = NOW, .alias = "f@relay.example", .subject = "Bowl", .lang = "en"};
	gint64 id = make_ingest(*state, &f).case_id;
	do_act(*state, id, ACT_KIND, "lost");
	do_act(*state, id, ACT_ASSIGN, "tom");
	do_act(*state, id, ACT_TAG, "money");
	do_act(*state, id, ACT_UNTAG, "Money");
	f.sent = NOW + 2 * HOUR;
	f.text = "a refund, please";
	f.lang = "nl";
	make_ingest(*state, &f);
	f.trigger = TRIGGER_RETURN_REQUEST;
	f.sent += MINUTE;
	make_ingest(*state, &f);
	expect(*state, id, "tom lost [late] snoozed/running");
}

static void tags_can_be_taken_back(void **state)
{
	struct mail_facts f = {.sent = NOW, .alias = "g@relay.example", .lang = "en"};
	gint64 id = make_ingest(*state, &f).case_id;
	do_act(*state, id, ACT_TAG, "贵宾");
	expect(*state, id, "- other [late 贵宾]");
	do_act(*state, id, ACT_UNTAG, "LATE");
	expect(*state, id, "- other [贵宾]");
	guint n;
	bool more;
	struct inbox_request q = {.query = "tag:貴賓", .now = NOW, .day_end = NOW};
	assert_true(store_count(*state, &q, 10, &n, &more, NULL));
	assert_int_equal(n, 1);
	q.query = "tag:late";
	assert_true(store_count(*state, &q, 10, &n, &more, NULL));
	assert_int_equal(n, 0);
	do_undo(*state);
	do_undo(*state);
	expect(*state, id, "- other [late]");
}

/* A mail that was sent before comes later: the case is built anew, and what rules did is still there. */
static void late_mail_keeps_effects(void **state)
{
	struct mail_facts f = chinese(0);
	gint64 id = make_ingest(*state, &f).case_id;
	f.sent -= HOUR;
	f.text = "An earlier word";
	assert_int_equal(make_ingest(*state, &f).case_id, id);
	expect(*state, id, "mei other [seen vip-china] shop.return-inspect/running");
}

static char *prepared(struct store *s, const char *me, gint64 id)
{
	char *template = NULL;
	g_autofree char *rule = NULL;
	assert_true(store_prepared(s, me, id, &template, &rule, NULL));
	if (template)
		assert_string_equal(rule, "shop.chinese");
	return template;
}

static void a_reply_waits_for_its_person(void **state)
{
	struct mail_facts f = chinese(0);
	gint64 id = make_ingest(*state, &f).case_id;
	g_autofree char *mei = prepared(*state, "mei", id), *wang = prepared(*state, "wang", id);
	assert_string_equal(mei, "evidence-photo");
	assert_null(wang);
	/* Nothing left, and what we write ourselves takes its place. */
	gint64 n;
	assert_true(sql_number(*state, &n, NULL, NULL, "SELECT count(*) FROM outbox", ""));
	assert_int_equal(n, 0);
	f.trigger = TRIGGER_OUR_MESSAGE;
	f.sent += MINUTE;
	assert_int_equal(make_ingest(*state, &f).case_id, id);
	g_autofree char *gone = prepared(*state, "mei", id);
	assert_null(gone);
}

static void a_broken_file_stops_no_mail(void **state)
{
	const GPtrArray *faults = store_automation_faults(*state);
	assert_int_equal(faults->len, 1);
	assert_non_null(strstr(faults->pdata[0], "broken.ini:3: "));
	assert_int_equal(automation_set_count(store_automation(*state)), 6);
}

static void a_trial_changes_nothing(void **state)
{
	struct mail_facts f = chinese(0);
	gint64 id = make_ingest(*state, &f).case_id;
	g_autofree char *before = picture(*state, id, true);
	g_autoptr(rules_trial_auto) t = store_rules_test(*state, id, NOW, NULL);
	g_autofree char *after = picture(*state, id, true);
	assert_string_equal(after, before);
	assert_true(t->opened);
	const struct rule_trial *first = t->rules->pdata[0], *third = t->rules->pdata[2],
				*fourth = t->rules->pdata[3];
	assert_non_null(first->effects);
	assert_non_null(((struct effect *)first->effects->pdata[0])->why);
	assert_false(third->asked);
	assert_false(fourth->hears);
	assert_null(store_rules_test(*state, 99, NOW, NULL));
	f = (struct mail_facts){.sent = NOW, .alias = "h@relay.example", .lang = "zh-Hans"};
	g_autoptr(rules_trial_auto) poor =
	    store_rules_test(*state, make_ingest(*state, &f).case_id, NOW, NULL);
	assert_string_equal(((struct rule_trial *)poor->rules->pdata[0])->misfit, "value:>50");
}

static void write_rules(const char *root, const char *name, const char *text)
{
	g_autofree char *folder = g_build_filename(root, "amends", "rules", NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_mkdir_with_parents(folder, 0700);
	g_file_set_contents(path, text, -1, NULL);
}

static void remove_rules(const char *root)
{
	static const char *const parts[] = {"amends/rules/shop.ini", "amends/rules/broken.ini",
					    "amends/rules", "amends"};
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(root, parts[i], NULL);
		g_remove(path);
	}
	g_rmdir(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(who_is_next_is_remembered, setup, teardown),
	    cmocka_unit_test_setup_teardown(nothing_fires_twice, setup, teardown),
	    cmocka_unit_test_setup_teardown(quiet_mail_fires_nothing, setup, teardown),
	    cmocka_unit_test_setup_teardown(words_of_the_new_mail_are_found, setup, teardown),
	    cmocka_unit_test_setup_teardown(what_a_person_did_stays, setup, teardown),
	    cmocka_unit_test_setup_teardown(tags_can_be_taken_back, setup, teardown),
	    cmocka_unit_test_setup_teardown(late_mail_keeps_effects, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_reply_waits_for_its_person, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_broken_file_stops_no_mail, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_trial_changes_nothing, setup, teardown),
	};
	/* GLib asks for the folder once. */
	g_autofree char *root = g_dir_make_tmp("amends-rules-XXXXXX", NULL);
	g_setenv("XDG_CONFIG_HOME", root, true);
	write_rules(root, "shop.ini", rules);
	write_rules(root, "broken.ini", broken);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_rules(root);
	return failed;
}
