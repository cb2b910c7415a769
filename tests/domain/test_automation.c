/* SPDX-License-Identifier: MIT */
/* Rules of automation: what a file may say, and what a rule does to a case as it stands. */
#include "domain/automation.h"
#include "domain/tag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */
#define HOUR G_GINT64_CONSTANT(3600000)

static void faults_name_their_line(void **state)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
	    {"[a]\nwhen = opened\ntag = x\ncolour = red\n", "shop.ini:4: "},
	    {"[a]\nwhen = tomorrow\ntag = x\n", "shop.ini:2: \"tomorrow\" is no event"},
	    {"[a]\nwhen = none\ntag = x\n", "\"none\" is no event"},
	    {"[a]\ntag = x\n", "shop.ini:1: when is missing"},
	    {"[a]\nwhen = opened\n", "shop.ini:1: the rule does nothing"},
	    {"[a]\nwhen = opened\nquery = lang:zh due:soon\ntag = x\n", "shop.ini:3: at character 9: "},
	    {"[a]\nwhen = opened\nquery = a or (who:me)\ntag = x\n", "who:me"},
	    {"[a]\nwhen = opened\nkind = broken\n", "shop.ini:3: \"broken\" isn't known"},
	    {"[a]\nwhen = opened\nsnooze = whenever\n", "shop.ini:3: "},
	    {"[a]\nwhen = opened\ntag = two words\n", "letters, digits and hyphens"},
	    {"[a]\nwhen = opened\nassign = mei\nin_turn = mei; wang\n", "not both"},
	    {"[a]\nwhen = opened\nstop = maybe\n", "yes or no"},
	    {"[a]\nwhen = opened\ntag = x\npass.1 = kind=broken\n", "shop.ini:4: kind can't be \"broken\""},
	    {"[a]\nwhen = opened\ntag = x\npass.1 = value=60\n", "value can't be \"60\""},
	    {"[a]\nwhen = opened\ntag = x\nmatch.1 = lang=lt; event=none\n", "event can't be \"none\""},
	    {"[a]\nwhen = opened\ntag = x\nmatch.1 = lang=lt; opened\n", "shop.ini:4: \"opened\" is no fact"},
	    {"[a]\nwhen = opened\ntag = x\nmatch.1 = colour=red\n", "\"colour=red\" is no fact"},
	    {"[a]\nwhen = opened\ntag = x\nmatch.one = kind=lost\n", "shop.ini:4: "},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(automation_set_auto) s = automation_set_create();
		assert_false(
		    automation_set_add(s, "shop", "shop.ini", rows[i].text, strlen(rows[i].text), &error));
		if (!strstr(error->message, rows[i].fault))
			fail_msg("%s\n is not in: %s", rows[i].fault, error->message);
		assert_int_equal(automation_set_count(s), 0);
	}
}

static struct automation_set *parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct automation_set *s = automation_set_create();
	if (!automation_set_add(s, "shop", "shop.ini", text, strlen(text), &error))
		fail_msg("%s", error->message);
	return s;
}

static void rules_hear_their_events(void **state)
{
	g_autoptr(automation_set_auto) s =
	    parse("[a]\nwhen = opened\ntag = x\n[b]\nwhen = review, chargeback\nstop = yes\n");
	const struct automation *a = automation_set_nth(s, 0), *b = automation_set_nth(s, 1);
	assert_string_equal(a->id, "shop.a");
	assert_true(automation_hears(a, TRIGGER_BUYER_MESSAGE, true));
	assert_false(automation_hears(a, TRIGGER_BUYER_MESSAGE, false));
	assert_false(automation_hears(a, TRIGGER_NONE, true));
	assert_true(automation_hears(b, TRIGGER_REVIEW, false));
	assert_true(automation_set_hears(s, TRIGGER_CHARGEBACK, false));
	assert_false(automation_set_hears(s, TRIGGER_UNPAID, false));
	assert_false(automation_set_hears(s, TRIGGER_NONE, true));
}

static char *told(const GPtrArray *effects)
{
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < effects->len; i++) {
		const struct effect *e = effects->pdata[i];
		g_string_append_printf(out, "%s%s%s=%s", out->len ? " " : "", e->why ? "-" : "",
				       vocab_id(&EFFECTS, (int)e->type), e->text);
	}
	return g_string_free(out, false);
}

/* What stands is left as it is: a person's word beats a rule's. A "-" is what isn't done. */
static void a_person_is_never_overridden(void **state)
{
	static const struct {
		const char *rule, *assignee, *refused;
		bool by_person, closed, snoozed;
		const char *last, *effects;
	} rows[] = {
	    {"assign = mei", NULL, NULL, false, false, false, NULL, "assign=mei"},
	    {"assign = mei", "rasa", NULL, false, false, false, NULL, "-assign=mei"},
	    {"in_turn = mei; wang", NULL, NULL, false, false, false, NULL, "assign=mei"},
	    {"in_turn = mei; wang", NULL, NULL, false, false, false, "mei", "assign=wang"},
	    {"in_turn = mei; wang", NULL, NULL, false, false, false, "wang", "assign=mei"},
	    {"in_turn = mei; wang", NULL, NULL, false, false, false, "gone", "assign=mei"},
	    {"kind = damaged", NULL, NULL, false, false, false, NULL, "kind=damaged"},
	    {"kind = damaged", NULL, NULL, true, false, false, NULL, "-kind=damaged"},
	    {"kind = question", NULL, NULL, false, false, false, NULL, "-kind=question"},
	    {"tag = VIP, old", NULL, "vip", false, false, false, NULL, "-tag=VIP -tag=old"},
	    {"tag = new, NEW", NULL, NULL, false, false, false, NULL, "tag=new -tag=NEW"},
	    {"snooze = +4h", NULL, NULL, false, false, false, NULL, "snooze=+4h"},
	    {"snooze = +4h", NULL, NULL, false, true, false, NULL, "-snooze=+4h"},
	    {"snooze = +4h", NULL, NULL, false, false, true, NULL, "-snooze=+4h"},
	    {"snooze = +1h", NULL, NULL, false, false, false, NULL, "-snooze=+1h"},
	    {"clock = shop.promise", NULL, NULL, false, false, false, NULL, "clock=shop.promise"},
	    {"clock = shop.running", NULL, NULL, false, false, false, NULL, "-clock=shop.running"},
	    {"template = ask-wish", NULL, NULL, false, false, false, NULL, "template=ask-wish"},
	};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strdup_printf("[a]\nwhen = opened\n%s\n", rows[i].rule);
		g_autoptr(automation_set_auto) s = parse(text);
		struct automation_facts f;
		automation_facts_init(&f);
		f.open = !rows[i].closed;
		f.assignee = g_strdup(rows[i].assignee);
		f.kind = KIND_QUESTION;
		f.kind_by_person = rows[i].by_person;
		f.snoozed = rows[i].snoozed;
		f.at = NOW - 2 * HOUR;
		f.now = NOW;
		f.zone = zone;
		g_ptr_array_add(f.tags, g_strdup("old"));
		g_ptr_array_add(f.clocks, g_strdup("shop.running"));
		if (rows[i].refused)
			g_ptr_array_add(f.refused, g_strdup(rows[i].refused));
		g_autoptr(GPtrArray) effects = automation_effects(automation_set_nth(s, 0), rows[i].last, &f);
		g_autofree char *is = told(effects);
		if (!g_str_equal(is, rows[i].effects))
			fail_msg("%s: %s, not %s", rows[i].rule, is, rows[i].effects);
		automation_facts_clear(&f);
	}
}

static void what_a_tag_is(void **state)
{
	static const struct {
		const char *name;
		bool good;
	} rows[] = {
	    {"vip", true},
	    {"vip-china", true},
	    {"贵宾", true},
	    {"ačiū", true},
	    {"", false},
	    {"-vip", false},
	    {"a b", false},
	    {"a;b", false},
	    {"a\"b", false},
	    {"\xff", false},
	    {"12345678901234567890123456789012", true},
	    {"123456789012345678901234567890123", false},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (tag_check(rows[i].name, NULL) != rows[i].good)
			fail_msg("\"%s\"", rows[i].name);
	}
	g_autofree char *a = tag_fold("VIP-貴賓"), *b = tag_fold("vip-贵宾");
	assert_string_equal(a, b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(faults_name_their_line),
	    cmocka_unit_test(rules_hear_their_events),
	    cmocka_unit_test(a_person_is_never_overridden),
	    cmocka_unit_test(what_a_tag_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
