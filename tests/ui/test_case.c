/* SPDX-License-Identifier: MIT */
#include "ui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static struct mail_facts talk(const char *id, const char *answers, enum trigger trigger, gint64 sent,
			      const char *text)
{
	return (struct mail_facts){.id = id,
				   .answers = answers,
				   .platform = "ebay",
				   .trigger = trigger,
				   .alias = "jonas@buyers.example",
				   .name = "Jonas Jonaitis",
				   .order = "12-00001-00002",
				   .item = "Green teapot",
				   .subject = "Green teapot",
				   .lang = "lt",
				   .text = text,
				   .sent = sent};
}

/* A talk of three messages: the buyer's with quotes, ours, the buyer's with a file and a flaw. */
static int setup_talk(void **state)
{
	struct store *s = make_store();
	struct mail_facts a =
	    talk("a@example.org", NULL, TRIGGER_RETURN_REQUEST, NOW - 300 * A_MINUTE,
		 "Arbatinukas atkeliavo sudužęs.\n\n> Dear buyer\n> your teapot left today\n\nJonas");
	struct mail_facts b = talk("b@example.org", "a@example.org", TRIGGER_OUR_MESSAGE,
				   NOW - 200 * A_MINUTE, "Labai atsiprašome, siunčiame naują.");
	struct mail_facts c =
	    talk("c@example.org", "b@example.org", TRIGGER_BUYER_MESSAGE, NOW - 100 * A_MINUTE,
		 "Ačiū! \033]0;owned\007\033[31mred \xe2\x80\xae"
		 "evil");
	make_ingest(s, &a);
	make_ingest(s, &b);
	struct incoming *m = make_mail(&c);
	struct attachment *file = g_new0(struct attachment, 1);
	*file = (struct attachment){.name = g_strdup("nuotrauka.jpg"),
				    .type = g_strdup("image/jpeg"),
				    .size = 2048,
				    .part = g_strdup("2")};
	g_ptr_array_add(m->attachments, file);
	m->flaws = FLAW_CHARSET;
	desk_ingest(s, m, NOW);
	*state = s;
	return 0;
}

static struct pty *open_case(struct store *s, int rows, int cols)
{
	struct pty *p = desk_start(s, rows, cols, NULL);
	assert_true(desk_wait_cursor(p, ""));
	pty_send(p, "\r");
	return p;
}

static void shows_both_sides(void **state)
{
	struct pty *p = open_case(*state, 40, 120);
	int ours_col = 0, theirs_col = 0;
	assert_true(pty_wait_text(p, "Labai atsiprašome, siunčiame naują."));
	desk_settle(p);
	int ours = pty_find(p, "> 2026-03-04 08:40 us", &ours_col);
	int theirs = pty_find(p, "< 2026-03-04 07:00 buyer", &theirs_col);
	assert_true(theirs > 0 && ours > theirs);
	/* A mark, an indent and a colour: any one of them is enough. */
	assert_true(ours_col > theirs_col);
	assert_true(pty_cell(p, ours, ours_col).coloured);
	assert_true(pty_wait_text(p, "nuotrauka.jpg (image/jpeg, 2.0"));
	assert_true(pty_wait_text(p, "named its characters wrongly"));
	desk_quit(p);
}

static void outside_text_is_harmless(void **state)
{
	struct pty *p = open_case(*state, 40, 120);
	assert_true(pty_wait_text(p, "Ačiū!"));
	desk_settle(p);
	int row = pty_find(p, "Ačiū!", NULL);
	g_autofree char *text = pty_row(p, row);
	assert_non_null(strstr(text, "U+001B"));
	assert_non_null(strstr(text, "U+202E"));
	int col = 0;
	assert_int_equal(pty_find(p, "red ", &col), row);
	assert_false(pty_cell(p, row, col).coloured);
	desk_quit(p);
}

static void quotes_fold(void **state)
{
	struct pty *p = open_case(*state, 40, 120);
	assert_true(pty_wait_text(p, "[2 quoted lines: o shows them]"));
	desk_settle(p);
	assert_int_equal(pty_find(p, "your teapot left today", NULL), -1);
	pty_send(p, "o");
	assert_true(pty_wait_text(p, "> your teapot left today"));
	pty_send(p, "o");
	assert_true(pty_wait_gone(p, "your teapot left today"));
	desk_quit(p);
}

static void side_pane_opens_the_buyers_other_case(void **state)
{
	struct mail_facts other =
	    talk("o@example.org", NULL, TRIGGER_HELP_REQUEST, NOW - 50 * A_MINUTE, "Kur mano puodelis?");
	other.order = "12-00009-00009";
	other.item = other.subject = "Blue cup";
	make_ingest(*state, &other);
	struct pty *p = open_case(*state, 40, 120);
	assert_true(pty_wait_text(p, "Clocks"));
	assert_true(pty_wait_text(p, "if missed: The platform decides"));
	assert_true(pty_wait_text(p, "12-0000"));
	assert_true(pty_wait_text(p, "The buyer's other cases"));
	desk_settle(p);
	bool on_teapot = pty_find(p, "Arbatinukas", NULL) >= 0;
	pty_send(p, "\tj\r");
	assert_true(pty_wait_text(p, on_teapot ? "Kur mano puodelis?" : "Arbatinukas"));
	pty_send(p, "q");
	assert_true(pty_wait_text(p, on_teapot ? "Arbatinukas" : "Kur mano puodelis?"));
	desk_quit(p);
}

static void narrow_terminal_shows_one_pane(void **state)
{
	struct pty *p = open_case(*state, 10, 40);
	assert_true(pty_wait_text(p, "Ačiū!"));
	desk_settle(p);
	assert_int_equal(pty_find(p, "Clocks", NULL), -1);
	pty_send(p, "\t");
	assert_true(pty_wait_text(p, "Clocks"));
	assert_true(pty_wait_gone(p, "Ačiū!"));
	/* Beside the clocks the key that explains them works. */
	pty_send(p, "w");
	assert_true(pty_wait_text(p, "Why case"));
	pty_send(p, "q\t");
	assert_true(pty_wait_text(p, "Ačiū!"));
	desk_quit(p);
}

/* What stands at the end of an event, the due time, is wrapped in, not cut off. */
static void narrow_history_keeps_due_times(void **state)
{
	struct pty *p = open_case(*state, 10, 40);
	assert_true(pty_wait_text(p, "Ačiū!"));
	pty_send(p, "\033[H");
	assert_true(pty_wait_text(p, "case opened"));
	for (int i = 0; i < 40 && pty_find(p, "due 2026-", NULL) < 0; i++) {
		pty_send(p, "j");
		desk_settle(p);
	}
	assert_true(pty_find(p, "due 2026-", NULL) > 0);
	desk_quit(p);
}

static void a_key_without_meaning_says_so(void **state)
{
	struct pty *p = open_case(*state, 24, 80);
	assert_true(pty_wait_text(p, "Ačiū!"));
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, 23, "That key does nothing here; ? shows those that do."));
	pty_send(p, "?");
	assert_true(pty_wait_text(p, "find in its history"));
	assert_int_equal(pty_find(p, "open the buyer's other case", NULL), -1);
	/* In a narrow terminal the meanings are wrapped. */
	pty_resize(p, 30, 40);
	assert_true(pty_wait_text(p, "    search; in a case, find in its"));
	assert_true(pty_wait_text(p, "    history"));
	desk_quit(p);
}

/* 200 messages: the newest is there at once, the first by Home, whatever was read so far. */
static int setup_long_talk(void **state)
{
	struct store *s = make_store();
	for (int i = 0; i < 200; i++) {
		g_autofree char *id = g_strdup_printf("long%03d@example.org", i);
		g_autofree char *text = g_strdup_printf("Message number %03d", i);
		struct mail_facts f = talk(id, i ? "long000@example.org" : NULL,
					   i % 2 ? TRIGGER_OUR_MESSAGE : TRIGGER_BUYER_MESSAGE,
					   NOW - (300 - i) * A_MINUTE, text);
		make_ingest(s, &f);
	}
	*state = s;
	return 0;
}

static bool differs(struct pty *p, const void *before)
{
	g_autofree char *screen = pty_screen(p);
	return !g_str_equal(screen, before);
}

static void note_seen(struct pty *p, bool *seen)
{
	g_autofree char *screen = pty_screen(p);
	for (const char *at = screen; (at = strstr(at, "Message number ")); at++)
		seen[g_ascii_strtoll(at + strlen("Message number "), NULL, 10)] = true;
}

static void long_history_is_read_as_it_is_scrolled(void **state)
{
	bool seen[1000] = {false};
	struct pty *p = open_case(*state, 24, 80);
	assert_true(pty_wait_text(p, "Message number 199"));
	desk_settle(p);
	note_seen(p, seen);
	/* Page by page nothing is left out, whatever is read in between. */
	while (!seen[0]) {
		g_autofree char *before = pty_screen(p);
		pty_send(p, "\033[5~");
		assert_true(pty_wait_until(p, differs, before));
		desk_settle(p);
		note_seen(p, seen);
	}
	for (int i = 0; i < 200; i++)
		assert_true(seen[i]);
	pty_send(p, "G");
	assert_true(pty_wait_text(p, "Message number 199"));
	desk_quit(p);
}

static void home_goes_to_the_very_first_message(void **state)
{
	struct pty *p = open_case(*state, 24, 80);
	assert_true(pty_wait_text(p, "Message number 199"));
	pty_send(p, "\033[H");
	assert_true(pty_wait_text(p, "Message number 000"));
	assert_true(pty_wait_row(p, 1, "case opened"));
	desk_quit(p);
}

static void new_message_appears_in_the_open_case(void **state)
{
	struct pty *p = open_case(*state, 40, 120);
	assert_true(pty_wait_text(p, "Ačiū!"));
	struct mail_facts d = talk("d@example.org", "c@example.org", TRIGGER_BUYER_MESSAGE,
				   NOW - 10 * A_MINUTE, "Dar vienas klausimas.");
	make_ingest(*state, &d);
	assert_true(pty_wait_text(p, "Dar vienas klausimas."));
	desk_quit(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(shows_both_sides, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(outside_text_is_harmless, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(quotes_fold, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(side_pane_opens_the_buyers_other_case, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(narrow_terminal_shows_one_pane, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(narrow_history_keeps_due_times, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(a_key_without_meaning_says_so, setup_talk, desk_teardown),
	    cmocka_unit_test_setup_teardown(long_history_is_read_as_it_is_scrolled, setup_long_talk,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(home_goes_to_the_very_first_message, setup_long_talk,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(new_message_appears_in_the_open_case, setup_talk, desk_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
