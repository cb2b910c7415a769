/* SPDX-License-Identifier: MIT */
#include "store/act.h"
#include "ui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* What is typed after / and whose case comes first then. */
static const struct {
	const char *query, *first;
} searches[] = {
    {"staltiesę", "Živilė"},
    {"staltiese", "Živilė"},
    {"退貨", "王小雨"}, /* traditional finds simplified */
    {"耳机", "林書豪"}, /* and the other way round */
    {"lampada", "Giulia"},
    {"platform:etsy", "Joris"},
    {"lang:zh-Hant", "林書豪"},
    {"kind:slow", "Marloes"},
    {"due:<1h -due:overdue", "Živilė"},
    {"buyer:penhale", "Oliver"},
    {"order:13-20003", "王小雨"},
};

static void finds_in_any_language(void **state)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}};
	for (gsize k = 0; k < G_N_ELEMENTS(sizes); k++) {
		struct pty *p = desk_start(*state, sizes[k][0], sizes[k][1], NULL);
		assert_true(desk_wait_cursor(p, "Harriet"));
		for (gsize i = 0; i < G_N_ELEMENTS(searches); i++) {
			g_autofree char *keys = g_strdup_printf("/%s\r", searches[i].query);
			g_autofree char *shown = g_strdup_printf("open  /%s", searches[i].query);
			pty_send(p, keys);
			assert_true(pty_wait_row(p, 0, shown));
			assert_true(desk_wait_cursor(p, searches[i].first));
		}
		/* q and Esc give the search up; Esc never leaves. */
		pty_send(p, "q");
		assert_true(desk_wait_cursor(p, "Harriet"));
		pty_send(p, "/lampada\r");
		assert_true(desk_wait_cursor(p, "Giulia"));
		pty_send(p, "\033");
		assert_true(desk_wait_cursor(p, "Harriet"));
		pty_send(p, "\033");
		desk_settle(p);
		desk_quit(p);
	}
}

/* z turns the order round and back; the view that is shown stays marked; the cursor follows what comes in. */
static void what_happened_last_comes_first(void **state)
{
	struct pty *p = desk_start(*state, 30, 120, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "z");
	assert_true(pty_wait_row(p, 0, "/sort:newest"));
	assert_true(pty_wait_row(p, 2, "Latest"));
	assert_true(pty_wait_text(p, "What happened last comes first."));
	struct mail_facts f = {
	    .alias = "ingrid@shop.example", .name = "Ingrid", .subject = "Lamp", .sent = NOW};
	make_ingest(*state, &f);
	assert_true(pty_wait_row(p, 3, "Ingrid"));
	assert_true(pty_wait_row(p, 3, "today 12:00"));
	pty_send(p, "z");
	assert_true(desk_wait_cursor(p, "Harriet"));
	assert_true(pty_wait_gone(p, "Latest"));
	pty_send(p, "/lang:zh sort:newest\r");
	assert_true(pty_wait_row(p, 0, "/lang:zh sort:newest"));
	pty_send(p, "/platform:etsy sort:relevance\r");
	assert_true(pty_wait_text(p, "the newest come first"));
	pty_send(p, "/staltiese sort:relevance\r");
	assert_true(desk_wait_cursor(p, "Živilė"));
	desk_quit(p);
}

static void nothing_found_is_said(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/zqneedle\r");
	assert_true(pty_wait_text(p, "No open case fits."));
	pty_send(p, "jG\rw");
	pty_send(p, "/is:any zqneedle\r");
	assert_true(pty_wait_text(p, "Nothing found."));
	pty_send(p, "/\r");
	assert_true(desk_wait_cursor(p, "Harriet"));
	desk_quit(p);
}

static void a_fault_keeps_the_prompt_and_the_list(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/kind:nonsense\r");
	assert_true(pty_wait_row(p, 22, "nonsense"));
	assert_true(pty_wait_row(p, 23, "/kind:nonsense"));
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "\025kind:slow\r"); /* ^U */
	assert_true(desk_wait_cursor(p, "Marloes"));
	desk_quit(p);
}

static void tab_completes(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/plat\t");
	assert_true(pty_wait_row(p, 23, "/platform:"));
	pty_send(p, "\025kind:dam\t\r");
	assert_true(pty_wait_row(p, 0, "/kind:damaged"));
	desk_quit(p);
}

static void the_prompt_edits_by_grapheme(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	/* e with a combining dot is one; a Han character is two columns and one step. */
	pty_send(p, "/ae\xcc\x87"
		    "b\177\177c");
	assert_true(pty_wait_row(p, 23, "/ac"));
	pty_send(p, "\025退貨款\033[D\177");
	assert_true(pty_wait_row(p, 23, "/退款"));
	pty_send(p, "\033");
	assert_true(pty_wait_row(p, 23, "search"));
	desk_quit(p);
}

static void history_recalls_what_was_searched(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/lampada\r");
	assert_true(desk_wait_cursor(p, "Giulia"));
	pty_send(p, "/kind:slow\r");
	assert_true(desk_wait_cursor(p, "Marloes"));
	pty_send(p, "/\033[A\033[A\r");
	assert_true(desk_wait_cursor(p, "Giulia"));
	desk_quit(p);
}

static void pasted_text_is_no_keys(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "\033[200~qQ\rjj\033[201~");
	assert_true(pty_wait_row(p, 23, "Paste works after"));
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "/\033[200~lam\npada\033[201~");
	assert_true(pty_wait_row(p, 23, "/lam pada"));
	pty_send(p, "\033");
	assert_true(pty_wait_row(p, 23, "search"));
	desk_quit(p);
}

static void the_palette_runs_commands(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, ":last\r");
	assert_true(desk_wait_cursor(p, "Marloes"));
	pty_send(p, ":open 3\r");
	assert_true(pty_wait_row(p, 0, "#3"));
	pty_send(p, ":back\r");
	assert_true(desk_wait_cursor(p, "Marloes"));
	pty_send(p, ":search lampada\r");
	assert_true(desk_wait_cursor(p, "Giulia"));
	pty_send(p, ":wh\t\r");
	assert_true(pty_wait_text(p, "Answer the buyer"));
	pty_send(p, "q:nonsense\r");
	assert_true(pty_wait_row(p, 22, "No command \"nonsense\""));
	pty_send(p, "\033:open 99999\r");
	assert_true(pty_wait_row(p, 23, "99999"));
	pty_send(p, ":quit\r");
	assert_int_equal(pty_wait_exit(p), 0);
	pty_destroy(p);
}

static void finds_inside_a_case(void **state)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < 100; i++)
		g_string_append_printf(text, "line %d%s\n", i,
				       i == 20   ? " Žalias arbatinukas"
				       : i == 70 ? " 请退货"
						 : "");
	make_ingest(*state, &(struct mail_facts){.platform = "mail",
						 .alias = "long@example.org",
						 .name = "Long Letter",
						 .subject = "Long",
						 .item = "Long",
						 .sent = NOW - A_MINUTE,
						 .text = text->str,
						 .stated_due = NOW - 5000 * A_MINUTE});
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Long"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Clocks"));
	pty_send(p, "\033[H/zalias\r");
	assert_true(pty_wait_text(p, "line 20 Žalias arbatinukas"));
	pty_send(p, "/退貨\r");
	assert_true(pty_wait_text(p, "line 70 请退货"));
	pty_send(p, "n"); /* round to the same: it is the only one */
	pty_send(p, "/line 9\r");
	assert_true(pty_wait_text(p, "line 90"));
	pty_send(p, "N");
	assert_true(pty_wait_text(p, "│ line 9  "));
	pty_send(p, "/not there\r");
	assert_true(pty_wait_row(p, 23, "\"not there\" isn't in this case."));
	desk_quit(p);
}

/* One case of thousands has a tag; to look for it among hundreds of tags takes more time than a key may wait.
 */
static char *long_search(void)
{
	GString *query = g_string_new("/tag:slow");
	for (int n = 0; n < 330; n++)
		g_string_append_printf(query, " or tag:%d", n);
	g_string_append_c(query, '\r');
	return g_string_free(query, FALSE);
}

static void a_long_search_goes_on_beside(void **state)
{
	struct store *s = *state;
	make_many(s, 4000, NOW);
	g_autoptr(GError) error = NULL;
	gint64 slow[] = {3001, 3801};
	struct acted r;
	assert_true(store_act(
	    s, "rasa", &(struct act){.type = ACT_TAG, .cases = slow, .count = 2, .text = (char *)"slow"}, NOW,
	    &r, &error));
	g_autofree char *keys = long_search();
	struct pty *p = desk_start(s, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "many000000"));
	pty_send(p, keys);
	assert_true(pty_wait_text(p, "Searching ..."));
	/* Given up, it leaves nothing behind. */
	pty_send(p, "q");
	assert_true(desk_wait_cursor(p, "many000000"));
	pty_send(p, keys);
	assert_true(pty_wait_text(p, "Searching ..."));
	assert_true(desk_wait_cursor(p, "many003000"));
	/* The list is like any other: it moves, it ends, acts go to all of it. */
	pty_send(p, "j");
	assert_true(desk_wait_cursor(p, "many003800"));
	pty_send(p, "j");
	assert_true(pty_wait_row(p, 23, "This is the last case."));
	pty_send(p, "Ta");
	assert_true(pty_wait_text(p, "taken: change 2 cases? y does it"));
	pty_send(p, "y");
	assert_true(pty_wait_text(p, "taken: 2 cases; u takes it back"));
	/* A case that is closed leaves it, as it leaves the inbox. */
	gint64 first = slow[0];
	assert_true(store_act(
	    s, "rasa",
	    &(struct act){.type = ACT_WITHDRAW, .cases = &first, .count = 1, .text = (char *)"gone"}, NOW, &r,
	    &error));
	assert_true(pty_wait_gone(p, "many003000"));
	assert_true(desk_wait_cursor(p, "many003800"));
	desk_quit(p);
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)
#define ON_EMPTY(name) cmocka_unit_test_setup_teardown(name, desk_setup_empty, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(finds_in_any_language),
	    ON_SHOP(what_happened_last_comes_first),
	    ON_SHOP(nothing_found_is_said),
	    ON_SHOP(a_fault_keeps_the_prompt_and_the_list),
	    ON_SHOP(tab_completes),
	    ON_SHOP(the_prompt_edits_by_grapheme),
	    ON_SHOP(history_recalls_what_was_searched),
	    ON_SHOP(pasted_text_is_no_keys),
	    ON_SHOP(the_palette_runs_commands),
	    ON_SHOP(finds_inside_a_case),
	    ON_EMPTY(a_long_search_goes_on_beside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
