/* SPDX-License-Identifier: MIT */
#include "domain/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/banned.h"

static char *slurp(const char *folder, const char *name, gsize *length)
{
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), folder, name, NULL);
	char *text = NULL;
	if (!g_file_get_contents(path, &text, length, NULL))
		fail_msg("%s can't be read", path);
	return text;
}

static int load(void **state)
{
	static const char *const names[] = {"_words", "advice", "amazon",  "claim",   "contact",
					    "draft",  "law",    "outside", "reviews", "tone"};
	struct guard_rules *g = guard_create();
	for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
		g_autofree char *file = g_strconcat(names[n], ".ini", NULL);
		g_autoptr(GError) error = NULL;
		gsize length = 0;
		g_autofree char *text = slurp("guard", file, &length);
		if (!guard_add(g, names[n], file, text, length, &error))
			fail_msg("%s", error->message);
	}
	*state = g;
	return 0;
}

static int unload(void **state)
{
	guard_destroy(*state);
	return 0;
}

/* The gravest finding, or NULL if all are advice. Owned by the list. */
static const struct guard_finding *gravest(const GPtrArray *findings)
{
	const struct guard_finding *worst = NULL;
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		if (f->severity != GUARD_HINT && (!worst || f->severity < worst->severity))
			worst = f;
	}
	return worst;
}

/* The order number that the sentences on a platform name as the buyer's. */
static const char *own_order(const char *platform)
{
	static const struct {
		const char *platform, *order;
	} rows[] = {
	    {"amazon", "302-1234567-7654321"}, {"ebay", "12-34567-89012"},         {"etsy", "1234567890"},
	    {"taobao", "1234567890123456789"}, {"aliexpress", "8123456789012345"}, {"bol", "1234567890"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		if (g_str_equal(rows[n].platform, platform))
			return rows[n].order;
	}
	return NULL;
}

struct tally {
	guint violations, found, stopped, proper, warned, blocked;
};

/* "PLATFORM [solved] [N]| TEXT" */
static void read_line(const struct guard_rules *g, const char *line, enum lang lang, bool violation,
		      struct tally *tally)
{
	const char *bar = strstr(line, "| ");
	if (!bar)
		fail_msg("no platform: %s", line);
	g_autofree char *head = g_strndup(line, (gsize)(bar - line));
	g_auto(GStrv) words = g_strsplit(head, " ", -1);
	const struct guard_case facts = {.status = words[1] && g_str_equal(words[1], "solved") ? STATUS_SOLVED
											       : STATUS_OURS,
					 .kind = KIND_DAMAGED,
					 .order = own_order(words[0]),
					 .wish_known = true,
					 .attachments = 1};
	const struct guard_draft draft = {bar + 2, true, lang, words[0], &facts};
	g_autoptr(GPtrArray) findings = guard_read(g, &draft);
	const struct guard_finding *worst = gravest(findings);
	bool blocked = worst && worst->severity == GUARD_BLOCK;
	if (violation) {
		tally->violations++;
		tally->found += worst != NULL;
		tally->stopped += blocked;
	} else {
		tally->proper++;
		tally->warned += worst && !blocked;
		tally->blocked += blocked;
	}
	if (violation != (worst != NULL))
		print_message("%s %s %s: %s\n", vocab_id(&LANGS, lang),
			      violation ? "missed"
			      : blocked ? "blocked"
					: "warned",
			      worst ? worst->rule->id : "-", line);
}

/* At least 95 % of the violations are found and at most 2 % of the proper sentences are blocked, in each
 * language. */
static void test_held_out(void **state)
{
	struct tally tallies[N_LANGS] = {0};
	enum lang lang = LANG_EN;
	bool violation = false;
	g_autofree char *text = slurp("../tests/domain", "guard_heldout.txt", NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (int n = 0; lines[n]; n++) {
		if (!*lines[n] || *lines[n] == '#')
			continue;
		if (*lines[n] == '[') {
			g_auto(GStrv) words = g_strsplit_set(lines[n] + 1, " ]", 3);
			assert_true(lang_find(words[0], &lang));
			violation = g_str_equal(words[1], "violation");
			continue;
		}
		read_line(*state, lines[n], lang, violation, &tallies[lang]);
	}
	for (int l = 0; l < N_LANGS; l++) {
		const struct tally *t = &tallies[l];
		print_message("%s: found %u of %u, blocked %u; of %u proper blocked %u, warned %u\n",
			      vocab_id(&LANGS, (guint)l), t->found, t->violations, t->stopped, t->proper,
			      t->blocked, t->warned);
		assert_true(t->violations >= 30 && t->proper >= 40);
	}
	for (int l = 0; l < N_LANGS; l++) {
		assert_true(tallies[l].found * 100 >= tallies[l].violations * 95);
		assert_true(tallies[l].blocked * 100 <= tallies[l].proper * 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_held_out)};
	return cmocka_run_group_tests(tests, load, unload);
}
