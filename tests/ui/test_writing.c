/* SPDX-License-Identifier: MIT */
/* The keys of the composer, as a terminal sends them: what they leave in the store. */
#include "ui/writing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define UNDO "\037"
#define REDO "\022"
#define YANK "\031"
#define KILL_LINE "\013"
#define KILL_BACK "\025"
#define KILL_WORD "\027"
#define ALT_D "\033d"
#define ALT_BACKSPACE "\033\177"
#define DELETE "\033[3~"
#define HOME "\033[H"
#define END "\033[F"
#define PAGE_UP "\033[5~"
#define PAGE_DOWN "\033[6~"
#define PASTE(text) "\033[200~" text "\033[201~"

static const struct {
	const char *begun; /* typed first, in one line */
	const char *keys;
	const char *stored; /* "|": the cursor */
} keys[] = {
    /* Back word by word and forth again; what is typed then ends the way forth. */
    {"one two three", UNDO UNDO UNDO, "|"},
    {"one two three", UNDO UNDO UNDO REDO REDO, "one two |"},
    {"one two three", UNDO UNDO REDO UNDO REDO REDO, "one two three|"},
    {"one two three", UNDO "four" REDO, "one two four|"},
    {"gerai", "\177\177" UNDO REDO UNDO, "gerai|"},
    /* Killed, put back, also elsewhere and twice; each step can be taken back. */
    {"one two three", KEY_WORD_LEFT KILL_BACK KEY_TEXT_END " " YANK, "three one two |"},
    {"one two three", KEY_TEXT_HOME KILL_LINE YANK YANK, "one two threeone two three|"},
    {"one two three", KILL_WORD KILL_WORD KEY_TEXT_HOME YANK, "two three|one "},
    {"one two three", HOME ALT_D DELETE KEY_TEXT_END " " YANK, "two three one|"},
    {"one two three", ALT_BACKSPACE UNDO, "one two three|"},
    {"one two three", HOME KILL_LINE UNDO UNDO, "one two |"},
    {"退货退款，谢谢", KILL_WORD YANK YANK, "退货退款，谢谢谢谢|"},
    /* Words. */
    {"don't wait, ąžuolas", KEY_WORD_LEFT KEY_WORD_LEFT "x", "don't x|wait, ąžuolas"},
    {"don't wait, ąžuolas", HOME KEY_WORD_RIGHT "x" KEY_WORD_RIGHT "y", "don'tx waity|, ąžuolas"},
    {"退貨退款，謝謝。", "\033b\033b您", "您|退貨退款，謝謝。"},
    {"退貨退款，謝謝。", "\001\033f\033f！", "退貨退款，謝謝！|。"},
    /* Lines: as they are wrapped, and as they are written. */
    {"", "ab\rlong line\rcd" KEY_UP KEY_UP "x", "abx|\nlong line\ncd"},
    {"", "long line\rab\rlong line" KEY_UP KEY_UP "x", "long linex|\nab\nlong line"},
    {"", "one\rtwo\rthree" KEY_UP HOME KILL_LINE "\177" END "x", "onex|\nthree"},
    {"", "one\rtwo\rthree" PAGE_UP "x" PAGE_DOWN "y", "xone\ntwo\nthreey|"},
    /* Pasted text is text: nothing in it is a key, an escape sequence or a command. */
    {"Start", PASTE(" Q\r:send\023\033[31mred\033[A up\177\004\t1\t22") "!",
     "Start Q\n:send[31mred[A up       1       22!|"},
    {"Start", PASTE(" a\r\nb\rc\n") "!", "Start a\nb\nc\n!|"},
    {"Start", PASTE(" a\rb") UNDO, "Start|"},
    {"收件：",
     PASTE("这个保温杯的杯盖在运输途中被压裂了一条缝，倒入热水以后会慢慢地渗水，桌面和背包都被打湿了，所以想"
	   "请您帮忙看看"
	   "能不能换一个新的杯盖寄给我。"),
     "收件：这个保温杯的杯盖在运输途中被压裂了一条缝，倒入热水以后会慢慢地渗水，桌面和背包都被打湿了，所以想"
     "请您帮忙看看"
     "能不能换一个新的杯盖寄给我。|"},
};

static void each_key_does_what_it_says(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_take_reply(p, "ask-wish");
	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
		writing_instead(p, keys[i].begun);
		pty_send(p, keys[i].keys);
		writing_expect_stored(p, *state, 1, DRAFT_REPLY, keys[i].stored);
	}
	pty_destroy(p);
}

/* --- back and forth ------------------------------------------------------------------------ */

static void send_times(struct pty *p, const char *key, int times)
{
	for (int i = 0; i < times; i++)
		pty_send(p, key);
}

static void everything_can_be_taken_back_and_done_again(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Živilė", NULL);
	writing_take_reply(p, "ask-wish");
	assert_true(pty_wait_text(p, "Dėkojame, kad mums parašėte"));
	pty_send(p, KEY_TEXT_HOME KILL_LINE "Laba diena, " KEY_WORD_LEFT "graži " KILL_WORD YANK YANK);
	pty_send(p, PASTE("两行\r收到") "\177" DELETE);
	g_autofree char *text = writing_wait_stored(p, *state, 3, "Laba graži graži 两行\n收|");
	send_times(p, UNDO, 40);
	assert_true(pty_wait_text(p, "There is nothing to take back."));
	writing_expect_stored(p, *state, 3, DRAFT_REPLY, "|");
	send_times(p, REDO, 40);
	assert_true(pty_wait_text(p, "There is nothing to do again."));
	writing_expect_stored(p, *state, 3, DRAFT_REPLY, text);
	pty_destroy(p);
}

/* --- several replies in one answer ------------------------------------------------------------- */

/* How often the text stands in the draft of case 1 as it is on the screen. */
static guint count(struct pty *p, const char *text)
{
	g_autofree char *screen = pty_screen(p);
	g_auto(GStrv) parts = g_strsplit(screen, text, -1);
	return g_strv_length(parts) - 1;
}

static void expect_once(struct pty *p, const char *text)
{
	assert_true(pty_wait_text(p, text));
	assert_int_equal(count(p, text), 1);
}

static void put_another_in(struct pty *p, const char *name)
{
	pty_send(p, "\024");
	assert_true(pty_wait_text(p, "Canned replies for #1"));
	pty_send(p, name);
	assert_true(pty_wait_row(p, 1, name));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #1"));
}

/* The rows of the screen on which these texts begin go down. */
static void expect_order(struct pty *p, const char *const *texts)
{
	for (int before = -1; *texts; texts++) {
		assert_true(pty_wait_text(p, *texts));
		int row = pty_find(p, *texts, NULL);
		if (row <= before)
			fail_msg("\"%s\" stands in row %d, behind %d", *texts, row, before);
		before = row;
	}
}

/* The second comes without greeting and signature, leaves the first one's open place alone, and both change
 * the language together, with what was typed between them; one key takes that back. */
static void a_second_reply_joins_the_first(void **state)
{
	static const char *const en[] = {"Dear Harriet",
					 "As agreed, you keep",
					 "Thank you for letting us know",
					 "Mine.",
					 "We will confirm it here",
					 "Kind regards",
					 NULL};
	static const char *const nl[] = {"Beste Harriet",
					 "Zoals afgesproken",
					 "Dank u wel voor uw bericht",
					 "Mine.",
					 "Zodra het gebeurd is",
					 "Met vriendelijke groet",
					 NULL};
	struct pty *p = writing_start_on(*state, 50, 100, "Harriet", NULL);
	writing_take_reply(p, "partial-refund-keep");
	assert_true(pty_wait_text(p, "we refund {{amount}}."));
	put_another_in(p, "evidence-photo");
	assert_true(pty_wait_text(p, "Thank you for letting us know"));
	pty_send(p, "\r\rMine.\t£5");
	assert_true(pty_wait_text(p, "we refund £5."));
	assert_true(pty_wait_text(p, "Mine."));
	expect_once(p, "Dear Harriet");
	expect_once(p, "Kind regards");
	expect_order(p, en);
	pty_send(p, "\014nl\r");
	assert_true(pty_wait_row(p, 0, "[nl]"));
	assert_true(pty_wait_text(p, "betalen we u £5"));
	expect_once(p, "Met vriendelijke groet");
	expect_order(p, nl);
	pty_send(p, UNDO);
	assert_true(pty_wait_row(p, 0, "[en]"));
	assert_true(pty_wait_text(p, "we refund £5."));
	expect_order(p, en);
	pty_send(p, REDO);
	assert_true(pty_wait_row(p, 0, "[nl]"));
	expect_order(p, nl);
	pty_destroy(p);
}

/* Without an open place the cursor stands where more could be said, not behind the signature. */
static void more_can_be_said_at_once(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "林書豪", NULL);
	writing_take_reply(p, "ask-wish");
	pty_send(p, "\r\r祝您愉快。");
	assert_true(pty_wait_text(p, "祝您愉快。"));
	assert_true(pty_find(p, "祝您愉快。", NULL) < pty_find(p, "敬祝 順心", NULL));
	pty_destroy(p);
}

static void behind_the_signature_it_goes_before_it(void **state)
{
	static const char *const order[] = {"Dear Harriet", "There is nothing else you need",
					    "Thank you for letting us know", "Kind regards", NULL};
	struct pty *p = writing_start_on(*state, 40, 100, "Harriet", NULL);
	writing_take_reply(p, "ask-wish");
	pty_send(p, KEY_TEXT_END);
	put_another_in(p, "evidence-photo");
	assert_true(pty_wait_text(p, "Thank you for letting us know"));
	expect_once(p, "Kind regards");
	expect_order(p, order);
	assert_true(pty_wait_text(p, "saved"));
	writing_kill(p);
	/* After that too each reply is known for what it is. */
	p = desk_start(*state, 40, 100, NULL);
	assert_true(pty_wait_text(p, "draft on case #1"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #1 [en]"));
	pty_send(p, "\014nl\r");
	assert_true(pty_wait_text(p, "Dank u wel voor uw bericht"));
	assert_true(pty_wait_text(p, "Dank u wel dat u ons dit laat weten"));
	assert_int_equal(count(p, "Thank you"), 0);
	pty_destroy(p);
}

/* --- quoting --------------------------------------------------------------------------------------- */

static void chosen_lines_are_quoted(void **state)
{
	struct mail_facts f = {.id = "more@shop.example",
			       .answers = "case00@shop.example",
			       .platform = "ebay",
			       .alias = "buyer00@shop0.example",
			       .name = "Harriet Blythe",
			       .order = "10-20000-30000",
			       .lang = "en",
			       .text = "The glass is cracked.\nThe hands are bent.\nThe box was soaked.\n"
				       "\nCan you send a new one?",
			       .sent = NOW};
	assert_int_equal(make_ingest(*state, &f).case_id, 1);
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "You wrote:");
	/* From the middle of a line they go behind it. */
	pty_send(p, KEY_WORD_LEFT "\021");
	assert_true(pty_wait_text(p, "Lines to quote"));
	pty_send(p, "\tj\tG\t\r");
	writing_expect_stored(
	    p, *state, 1, DRAFT_REPLY,
	    "You wrote:\n> The glass is cracked.\n> The box was soaked.\n> Can you send a new one?\n|");
	pty_send(p, UNDO);
	writing_expect_stored(p, *state, 1, DRAFT_REPLY, "You |wrote:");
	pty_destroy(p);
}

/* Beside the draft stands what was said; the clocks stand in the case. */
static void the_history_tells_what_was_said(void **state)
{
	struct pty *p = writing_start_on(*state, 40, 120, "Harriet", NULL);
	assert_true(pty_wait_text(p, "clock started"));
	writing_take_reply(p, "ask-wish");
	assert_true(pty_wait_text(p, "The glass is cracked right across the dial."));
	assert_true(pty_wait_text(p, "case opened"));
	assert_int_equal(pty_find(p, "clock started", NULL), -1);
	pty_destroy(p);
}

/* --- the guard ------------------------------------------------------------------------------------- */

/* What stops the answer stands first, one line for each rule, whatever the text's order; ^N tells the reason.
 */
static void what_the_guard_found_is_told(void **state)
{
	static const char reason[] = "The talk stays on the platform";
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "We send one soon. We repair it soon. Write to me at someone@example.org now.");
	assert_true(pty_wait_text(p, "- (2 places) No definite time."));
	int title = pty_find(p, "── guard: 1 can't be sent", NULL);
	assert_true(title > 0);
	assert_true(pty_wait_row(p, title + 1, "! An e-mail address"));
	assert_int_equal(pty_find(p, reason, NULL), -1);
	pty_send(p, "\016");
	assert_true(pty_wait_text(p, reason));
	pty_destroy(p);
}

/* --- $EDITOR ------------------------------------------------------------------------------------------ */

static const struct {
	const char *buyer;
	gint64 id;
	const char *typed, *editor, *stored;
} edited[] = {
    {"Harriet", 1, "We cancelled it.", "VISUAL=sed -i s/cancelled/shipped/", "We shipped it.|"},
    {"Joris", 2, "Een ideetje voor u.", "EDITOR=sed -i s/ideetje/idée/", "Een idée voor u.|"},
    {"Živilė", 3, "Išsiųsime rytoj.", "EDITOR=sed -i 's/rytoj/šiąnakt/;$a\\'", "Išsiųsime šiąnakt.|"},
    {"王小雨", 4, "我们明天寄出。", "EDITOR=sed -i 's/明天/今天/;a谢谢！'", "我们今天寄出。\n谢谢！|"},
    {"林書豪", 5, "我們明天寄出。", "EDITOR=sed -i 's/明天/今天/;i您好：'", "您好：\n我們今天寄出。|"},
    {"Giulia", 6, "È già partito.", "EDITOR=sed -i 's/già/oggi/;s/$/\\r/;$a\\'", "È oggi partito.|"},
};

static void the_editor_keeps_every_language(void **state)
{
	for (guint i = 0; i < G_N_ELEMENTS(edited); i++) {
		void *own = NULL;
		writing_setup(&own);
		const char *const env[] = {"VISUAL", edited[i].editor, NULL};
		struct pty *p = writing_start_on(own, 24, 80, edited[i].buyer, env);
		writing_answer(p, edited[i].typed);
		pty_send(p, "\005");
		writing_expect_stored(p, own, edited[i].id, DRAFT_REPLY, edited[i].stored);
		pty_destroy(p);
		desk_teardown(&own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, writing_setup, desk_teardown)
	    TEST(each_key_does_what_it_says),
	    TEST(everything_can_be_taken_back_and_done_again),
	    TEST(a_second_reply_joins_the_first),
	    TEST(behind_the_signature_it_goes_before_it),
	    TEST(more_can_be_said_at_once),
	    TEST(chosen_lines_are_quoted),
	    TEST(the_history_tells_what_was_said),
	    TEST(what_the_guard_found_is_told),
	    cmocka_unit_test(the_editor_keeps_every_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
