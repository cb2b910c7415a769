/* SPDX-License-Identifier: MIT */
#include "ui/picker_list.h"

#include "domain/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static void add(struct template_set *set, const char *name, const char *title, const char *kinds,
		const char *stage, const char *zh)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *meta =
	    g_strdup_printf("[template]\ntitle = %s\nkinds = %s\nstage = %s\nplatforms = *\n"
			    "when = open\nsource = 2\n\n[bodies]\nzh-Hant = %d\nlt = 1\n",
			    title, kinds, stage, zh ? 2 : 1);
	struct template_files f = {
	    .name = name, .meta_file = "meta.ini", .meta = meta, .meta_length = strlen(meta)};
	f.bodies[LANG_EN] = "Dear buyer, we are sorry.";
	f.bodies[LANG_LT] = "Gerbiamas pirkėjau, atsiprašome.";
	f.bodies[LANG_ZH_HANT] = zh;
	if (!template_set_add(set, &f, &error))
		fail_msg("%s", error->message);
}

static struct template_set *make_set(void)
{
	struct template_set *set = template_set_create();
	add(set, "photo", "Ask for a photo of the damage", "damaged", "evidence", "請寄照片。");
	add(set, "label", "Ask for a photo of the label", "wrong-item", "evidence", "請寄標籤照片。");
	add(set, "refund",
	    "Refund in full\ntitle[zh_TW] = 全額退還款項\ntitle[it] = Rimborso completo\ntitle[lt] = "
	    "Grąžinti pinigus",
	    "damaged", "solution", "我們會全額退款。");
	add(set, "delay", "Delay: date of the next news", "", "delay", NULL);
	add(set, "lietuva", "Žinutė apie grąžinimą", "damaged", "policy", NULL);
	return set;
}

static const struct template_case damaged = {.kind = KIND_DAMAGED, .status = STATUS_NEW, .platform = "ebay"};

static void best_first(void **state)
{
	g_autoptr(template_set_auto) set = make_set();
	g_autoptr(GHashTable) uses = g_hash_table_new(g_str_hash, g_str_equal);
	struct picker_list *l = picker_list_create(set, &damaged, LANG_EN, LANG_EN, NULL);
	assert_int_equal(picker_list_count(l), 4); /* the label's kind is another */
	assert_string_equal(picker_list_nth(l, 0)->template->name, "photo");
	for (guint i = 1; i < picker_list_count(l); i++)
		assert_true(picker_list_nth(l, i - 1)->fit >= picker_list_nth(l, i)->fit);
	assert_null(picker_list_nth(l, 4));
	picker_list_destroy(l);
	/* Among those that fit about as well, the one that is used most. */
	g_hash_table_insert(uses, "refund", GINT_TO_POINTER(250));
	l = picker_list_create(set, &damaged, LANG_EN, LANG_EN, uses);
	assert_string_equal(picker_list_nth(l, 0)->template->name, "refund");
	picker_list_destroy(l);
}

/* What the playbook names comes first; but on Amazon not what may not be sent there. */
static void what_a_step_names_comes_first(void **state)
{
	static const char meta[] =
	    "[template]\ntitle = Warm words\nkinds = damaged\nstage = after\nplatforms = *; -amazon\n"
	    "source = 1\n\n[bodies]\n";
	static const char *const names[] = {"warm", NULL};
	g_autoptr(template_set_auto) set = make_set();
	struct template_files f = {
	    .name = "warm", .meta_file = "meta.ini", .meta = meta, .meta_length = strlen(meta)};
	f.bodies[LANG_EN] = "Dear buyer, thank you.";
	assert_true(template_set_add(set, &f, NULL));
	for (int amazon = 0; amazon < 2; amazon++) {
		struct template_case c = damaged;
		c.platform = amazon ? "amazon" : "ebay";
		struct picker_list *l = picker_list_create(set, &c, LANG_EN, LANG_EN, NULL);
		picker_list_prefer(l, names);
		assert_int_equal(g_str_equal(picker_list_nth(l, 0)->template->name, "warm"), !amazon);
		picker_list_destroy(l);
	}
}

static void narrows(void **state)
{
	static const struct {
		const char *needle, *first;
		int count; /* -1: not looked at */
	} cases[] = {
	    {"", "photo", 4},
	    {"photo", "photo", 2},
	    {"phl", "label", -1}, /* photo ... label, by subsequence */
	    {"rif", "refund", -1},
	    {"REFUND", "refund", -1},
	    {"zinute", "lietuva", 1},       /* without marks */
	    {"ŽINUTĖ", "lietuva", 1},       /* and with them */
	    {"Z\u030cinute", "lietuva", 1}, /* however they are written */
	    {"rimborso", "refund", 1},      /* a title in another language */
	    {"grazinti", "refund", 1},
	    {"退还", "refund", 1},
	    {"退還", "refund", 1},
	    {"rimbrso", NULL, 0},     /* there only as it is written */
	    {"dear", "photo", 4 + 1}, /* the agent's language beside the buyer's */
	    {"gerbiamas", NULL, 0},   /* but no third one */
	    {"退款", "refund", 1},
	    {"全额", "refund", 1}, /* simplified finds traditional */
	    {"标签", "label", 1},
	    {"delay", "delay", -1},
	    {"lietuva", "lietuva", -1}, /* the folder's name */
	    {"qqq", NULL, 0},
	};
	g_autoptr(template_set_auto) set = make_set();
	struct picker_list *l = picker_list_create(set, &damaged, LANG_ZH_HANT, LANG_EN, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		picker_list_narrow(l, cases[i].needle);
		const struct picker_row *r = picker_list_nth(l, 0);
		if (g_strcmp0(r ? r->template->name : NULL, cases[i].first) != 0)
			fail_msg("\"%s\" finds %s first, should be %s", cases[i].needle,
				 r ? r->template->name : "nothing",
				 cases[i].first ? cases[i].first : "nothing");
		if (cases[i].count >= 0 && (int)picker_list_count(l) != cases[i].count)
			fail_msg("\"%s\" finds %u, should be %d", cases[i].needle, picker_list_count(l),
				 cases[i].count);
	}
	picker_list_destroy(l);
}

static void flags_what_is_stale(void **state)
{
	g_autoptr(template_set_auto) set = make_set();
	struct picker_list *l = picker_list_create(set, &damaged, LANG_EN, LANG_EN, NULL);
	assert_false(picker_list_nth(l, 0)->stale);
	picker_list_language(l, LANG_LT);
	assert_true(picker_list_nth(l, 0)->stale);
	picker_list_narrow(l, "Atsiprašome");
	assert_int_equal(picker_list_count(l), 4 + 1);
	picker_list_narrow(l, "atsiprasome");
	assert_int_equal(picker_list_count(l), 4 + 1);
	picker_list_destroy(l);
}

static void scores(void **state)
{
	/* Better ones first. */
	static const struct {
		const char *needle, *better, *worse;
	} pairs[] = {
	    {"ref", "refund in full", "are of"},
	    {"rif", "refund in full", "tariff"},
	    {"full", "refund in full", "for useful life"},
	    {"ab", "a bc ab", "a xxxx b"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		assert_true(picker_score(pairs[i].better, pairs[i].needle) >
			    picker_score(pairs[i].worse, pairs[i].needle));
	assert_int_equal(picker_score("refund", "fr"), 0);
	assert_int_equal(picker_score("", "a"), 0);
	assert_true(picker_score("anything", "") > 0);
}

/* Printed, not asserted: other work on the machine would make it fail by chance. */
static void a_key_is_quick(void **state)
{
	g_autoptr(template_set_auto) set = template_set_create();
	g_autoptr(GString) body = g_string_new(NULL);
	for (int i = 0; i < 20; i++)
		g_string_append(body, "我們會全額退款，造成您的不便，敬請見諒。");
	for (int i = 0; i < 500; i++) {
		g_autofree char *name = g_strdup_printf("reply-%d", i);
		g_autofree char *title = g_strdup_printf("Ask for a photo, a video or a label, kind %d", i);
		add(set, name, title, "damaged", "evidence", body->str);
	}
	struct picker_list *l = picker_list_create(set, &damaged, LANG_ZH_HANT, LANG_EN, NULL);
	static const char *const typed[] = {"p",  "ph",   "pho", "phot", "photo",
					    "退", "退款", "a",   "as",   "ask"};
	gint64 start = g_get_monotonic_time();
	for (int i = 0; i < 100; i++)
		picker_list_narrow(l, typed[i % G_N_ELEMENTS(typed)]);
	print_message("a key over 500 replies: %.0f us\n", (double)(g_get_monotonic_time() - start) / 100);
	picker_list_destroy(l);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_a_step_names_comes_first),
	    cmocka_unit_test(best_first),
	    cmocka_unit_test(narrows),
	    cmocka_unit_test(flags_what_is_stale),
	    cmocka_unit_test(scores),
	    cmocka_unit_test(a_key_is_quick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
