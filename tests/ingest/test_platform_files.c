/* SPDX-License-Identifier: MIT */
/* The shipped platform files: every example in them, and the faults of files that aren't right. */
#include "ingest/platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static void shipped_examples_hold(void **state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(platforms_auto) p = platforms_load(&error);
	if (!p)
		fail_msg("%s", error->message);
	guint count = 0;
	if (!platforms_check_examples(p, &count, &error))
		fail_msg("%s", error->message);
	assert_true(count >= 390);
}

/* What a fault's text must hold. */
static const struct {
	const char *text, *fault;
} faults[] = {
    {"[x]\ntrigger = none\n", "x.ini:1: the group [platform]"},
    {"[platform]\n", "x.ini:1: \"name\" is missing"},
    {"[platform]\nname = X\ncolour = red\n", "x.ini:3: unknown key \"colour\""},
    {"[platform]\nname = X\nzone = Mars/Base\n", "x.ini:3: \"Mars/Base\" is no time zone"},
    {"[platform]\nname = X\nanswer = fax\n", "x.ini:3: \"fax\": write mail or hand"},
    {"[platform]\nname = X\npage = http://x.test/\n",
     "x.ini:3: \"http://x.test/\": write an address that begins https://"},
    {"[platform]\nname = X\npage = https://x.test/{buyer}\n", "x.ini:3: \"https://x.test/{buyer}\": write"},
    {"[platform]\nname = X\ncurrency = euro\n", "x.ini:3: \"euro\" is no currency"},
    {"[platform]\nname = X\nplaces = x.test\n", "x.ini:3: \"x.test\": write DOMAIN ZONE CURRENCY"},
    {"[platform]\nname = X\n[fields]\nsubject1 = (?<order>\\d+\n", "x.ini:4: the pattern can't be read"},
    {"[platform]\nname = X\n[fields]\nsubject1 = (?<colour>\\d+)\n",
     "x.ini:4: the group \"colour\" fills no field"},
    {"[platform]\nname = X\n[fields]\nsubject1 = \\d+\n", "x.ini:4: the pattern has no named group"},
    {"[platform]\nname = X\n[r]\nsubject1 = x\n", "x.ini:3: \"trigger\" is missing"},
    {"[platform]\nname = X\n[r]\nsubject1 =\ntrigger = none\n", "x.ini:4: the pattern is empty"},
    {"[platform]\nname = X\n[r]\ntrigger = dance\n", "x.ini:4: unknown trigger \"dance\""},
    {"[platform]\nname = X\n[r]\ntrigger = none\nautomatic = maybe\n", "x.ini:5: \"maybe\": write yes or no"},
    {"[platform]\nname = X\n[r]\ntrigger = none\nheader1 = X-Kind\n", "x.ini:5: write the header's name"},
    {"[platform]\nname = X\n[r]\ntrigger = none\nfrom = someone\n",
     "x.ini:5: \"someone\": write NAME@DOMAIN"},
    {"[platform]\nname = X\ndomains = x.test\n[r]\ntrigger = none\n", "x.ini:4: the rule has no condition"},
    {"[platform]\nname = X\ndomains = x.test\n[r]\nsubject1 = ^a$\ntrigger = none\nexample1 = b\n",
     "x.ini:7: [r] example1: doesn't come to this rule but to none"},
    {"[platform]\nname = X\ndomains = x.test\n[r]\nsubject1 = ^a\ntrigger = none\nnot1 = ab\n",
     "x.ini:7: [r] not1: comes to this rule, but must not"},
    {"[platform]\nname = X\ndomains = x.test\n[fields]\nsubject1 = (?<order>\\d+)\n[r]\nsubject1 = "
     "^a\ntrigger = none\n"
     "example1 = a 5\nexample_expect1 = order = 6\n",
     "x.ini:9: [r] example1: order should be \"6\" but is \"5\""},
};

static void faults_say_where_and_what(void **state)
{
	for (guint n = 0; n < G_N_ELEMENTS(faults); n++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(platforms_auto) p = platforms_create();
		assert_false(platforms_add(p, "x", "x.ini", faults[n].text, strlen(faults[n].text), &error));
		if (!g_str_has_prefix(error->message, faults[n].fault))
			fail_msg("\"%s\" does not begin with \"%s\"", error->message, faults[n].fault);
	}
}

static const struct {
	const char *text, *fault;
} kind_faults[] = {
    {"[sad]\nen = tears\n", "kinds.ini:1: \"sad\" is no kind"},
    {"[slow]\nde = spät\n", "kinds.ini:2: unknown key \"de\""},
    {"[slow]\nen = late; not ...\n", "kinds.ini:2: \"not ...\": words on both sides"},
    {"[slow]\nen = ... late\n", "kinds.ini:2: \"... late\": words on both sides"},
    {"[slow]\nen = *\n", "kinds.ini:2: \"*\": words on both sides"},
    {"[slow]\nen = late* ... now\n", "kinds.ini:2: \"late* ... now\": words on both sides"},
};

static void faults_of_kinds(void **state)
{
	for (guint n = 0; n < G_N_ELEMENTS(kind_faults); n++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(platforms_auto) p = platforms_create();
		const char *text = kind_faults[n].text;
		assert_false(platforms_add(p, "kinds", "kinds.ini", text, strlen(text), &error));
		if (!g_str_has_prefix(error->message, kind_faults[n].fault))
			fail_msg("\"%s\" does not begin with \"%s\"", error->message, kind_faults[n].fault);
	}
}

static void a_domain_belongs_to_one(void **state)
{
	static const char text[] = "[platform]\nname = X\ndomains = x.test\n";
	g_autoptr(GError) error = NULL;
	g_autoptr(platforms_auto) p = platforms_create();
	assert_true(platforms_add(p, "x", "x.ini", text, strlen(text), &error));
	assert_false(platforms_add(p, "y", "y.ini", text, strlen(text), &error));
	assert_non_null(strstr(error->message, "belongs to x.ini already"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shipped_examples_hold),
	    cmocka_unit_test(faults_say_where_and_what),
	    cmocka_unit_test(faults_of_kinds),
	    cmocka_unit_test(a_domain_belongs_to_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
