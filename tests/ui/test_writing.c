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
     PASTE("这个保温杯的杯盖在运输途中被压裂了一条缝，倒入热水以后会慢慢地渗水，桌面和背包都被打湿了，所以想请您帮忙看看"
	   "能不能换一个新的杯盖寄给我。"),
     "收件：这个保温杯的杯盖在运输途中被压裂了一条缝，倒入热水以后会慢慢地渗水，桌面和背包都被打湿了，所以想请您帮忙看看"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, writing_setup, desk_teardown)
	    TEST(each_key_does_what_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
