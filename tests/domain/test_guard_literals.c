/* SPDX-License-Identifier: MIT */
/* What a pattern can't do without, how far it reaches, and where that stands in a text. */
#include "domain/guard_literals.h"
#include "domain/literal_index.h"
#include "domain/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "a, b", sorted, the edge of a word as |; "-" if nothing can be said. */
static char *told(const char *pattern, enum guard_reach *reach)
{
	g_autoptr(GPtrArray) literals = guard_literals_of(pattern, reach);
	if (!literals)
		return g_strdup("-");
	g_ptr_array_sort(literals, by_text);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < literals->len; i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "", (const char *)literals->pdata[i]);
	for (gsize n = 0; n < out->len; n++)
		out->str[n] = out->str[n] == LITERAL_EDGE ? '|' : out->str[n];
	return g_string_free(out, FALSE);
}

static void what_a_pattern_needs(void **state)
{
	static const struct {
		const char *pattern, *literals;
		enum guard_reach reach;
	} rows[] = {
	    {"refund", "refund", REACH_SENTENCE},
	    {"refund|replace", "refund, replace", REACH_SENTENCE},
	    {"\\b(?:sue|court)\\b", "|court|, |sue|", REACH_SENTENCE},
	    {"(?:can|do) you", "can you, do you", REACH_SENTENCE},
	    {"colou?r", "color, colour", REACH_SENTENCE},
	    {"re[pf]lace", "reflace, replace", REACH_SENTENCE},
	    {"(?:the )?claims?", "claim, claims, the claim, the claims", REACH_SENTENCE},
	    /* The longest that all share. */
	    {"a\\w* complaint", " complaint", REACH_SENTENCE},
	    {"(?:a|withdraw)\\w+ it", " it", REACH_SENTENCE},
	    {"(?:refund|money)\\w*(?:back|again)", "money, refund", REACH_SENTENCE},
	    {"x+yz", "yz", REACH_SENTENCE},
	    {"(?:abc){2,3}d", "abc", REACH_SENTENCE},
	    {"(?<name>mail) ?@", "mail @, mail@", REACH_SENTENCE},
	    {"@", "@", REACH_SENTENCE},
	    /* What looks about takes nothing. */
	    {"(?<!not )sorry(?! to)", "sorry", REACH_SENTENCE},
	    {"(?>over)time", "overtime", REACH_SENTENCE},
	    {"好评|五[星分]", "五分, 五星, 好评", REACH_SENTENCE},
	    /* Nothing that all must hold. */
	    {"refund|\\d+", "-", REACH_SENTENCE},
	    {"(?:refund)?", "-", REACH_SENTENCE},
	    {"(?:refund)*", "-", REACH_SENTENCE},
	    {"[a-z]+", "-", REACH_SENTENCE},
	    {"a|refund", "-", REACH_SENTENCE},
	    {"(ab)\\1", "-", REACH_SENTENCE},
	    {"(?i)abc", "-", REACH_SENTENCE},
	    {"", "-", REACH_SENTENCE},
	    /* How far. */
	    {"ab[^.!?]{0,20}cd", "ab", REACH_SENTENCE},
	    {"ab[^.\\n]{0,20}cd", "ab", REACH_BESIDE},
	    {"ab[^\\n]{0,20}cd", "ab", REACH_DRAFT},
	    {"ab.{0,20}cd", "ab", REACH_BESIDE},
	    {"ab.*cd", "ab", REACH_DRAFT},
	    {"ab\\.cd", "ab.cd", REACH_BESIDE},
	    {"ab\\z", "ab", REACH_DRAFT},
	    {"ab\\scd", "ab", REACH_BESIDE},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		enum guard_reach reach;
		g_autofree char *literals = told(rows[n].pattern, &reach);
		if (strcmp(literals, rows[n].literals) != 0)
			fail_msg("%s: %s, not %s", rows[n].pattern, literals, rows[n].literals);
		if (strcmp(literals, "-") != 0 && reach != rows[n].reach)
			fail_msg("%s reaches %d", rows[n].pattern, (int)reach);
	}
}

static void note(void *data, guint pattern, gsize at)
{
	g_string_append_printf(data, "%u@%u ", pattern, (guint)at);
}

static void where_they_stand(void **state)
{
	static const char *const patterns[] = {"\\bsue\\b", "issue|tissue", "五星好评", "@",
					       "refund the whole sum"};
	static const struct {
		const char *text, *found;
	} rows[] = {
	    {"", ""},
	    {"we sue", "0@3 "},
	    {"the issue", "1@4 "},
	    {"a tissue: sue", "1@2 1@3 0@10 "},
	    {"给五星好评吧", "2@3 "},
	    {"a@b", "3@1 "},
	    {"refund the whole su", ""},
	    {"refund the whole sum", "4@0 "},
	    {"sue", "0@0 "},
	    {"sue_", ""},
	};
	struct literal_index *x = literal_index_create();
	for (gsize n = 0; n < G_N_ELEMENTS(patterns); n++) {
		enum guard_reach reach;
		g_autoptr(GPtrArray) literals = guard_literals_of(patterns[n], &reach);
		assert_int_equal(literal_index_add(x, literals), n);
	}
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GString) found = g_string_new(NULL);
		literal_index_scan(x, rows[n].text, strlen(rows[n].text), note, found);
		assert_string_equal(found->str, rows[n].found);
	}
	literal_index_destroy(x);
}

static void any(void *data, guint pattern, gsize at)
{
	*(bool *)data = true;
}

/* Whatever the pattern matches, one of its literals stands in it. */
static void no_match_without_them(void **state)
{
	static const char *const patterns[] = {
	    "\\b(?:call|ring)(?:ing)? (?:us|me)\\b",
	    "wh?at(?:s|z)? ?app",
	    "(?:\\+|\\b00) ?(?:\\d[ -]?){4}",
	    "close[^.!?]{0,9}case|case[^.!?]{0,9}closed",
	    "(?:微|薇)信|加[我v]",
	};
	static const char *const texts[] = {
	    "calling me now",  "ring us",        "watsapp",  "whatz app", "+1 234 5",
	    "close that case", "case is closed", "加我薇信", "加v",       "nothing here"};
	for (gsize p = 0; p < G_N_ELEMENTS(patterns); p++) {
		enum guard_reach reach;
		g_autoptr(GPtrArray) literals = guard_literals_of(patterns[p], &reach);
		struct regex *regex = regex_create_ascii(patterns[p], NULL);
		struct literal_index *x = literal_index_create();
		assert_non_null(regex);
		if (literals)
			literal_index_add(x, literals);
		for (gsize t = 0; literals && t < G_N_ELEMENTS(texts); t++) {
			struct regex_hit hit;
			bool stands = false;
			literal_index_scan(x, texts[t], strlen(texts[t]), any, &stands);
			if (regex_find(regex, texts[t], strlen(texts[t]), 0, &hit) && !stands)
				fail_msg("%s in %s", patterns[p], texts[t]);
		}
		literal_index_destroy(x);
		regex_destroy(regex);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_a_pattern_needs),
	    cmocka_unit_test(where_they_stand),
	    cmocka_unit_test(no_match_without_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
