/* SPDX-License-Identifier: MIT */
/* Whatever ends the program, the next start offers the draft: its text byte for byte, the cursor where it
 * was. */
#include "ui/writing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	const char *buyer, *head;
	gint64 id;
	enum draft_buffer buffer;
	const char *typed; /* \r: a new line */
	int back;          /* how many letters the cursor then goes back */
	const char *kept;  /* "|": the cursor */
	const char *more;  /* typed after the next start */
	const char *then;
} drafts[] = {
    {"Harriet", "[en]", 1, DRAFT_REPLY, "Hello world", 5, "Hello |world", "brave ", "Hello brave |world"},
    {"Harriet", "Note on #1", 1, DRAFT_NOTE, "Glass: € 4,50 at Müller's\r\rask Monday ", 11,
     "Glass: € 4,50 at Müller's\n\n|ask Monday ", "1. ", "Glass: € 4,50 at Müller's\n\n1. |ask Monday "},
    {"王小雨", "[zh-Hans]", 4, DRAFT_REPLY, "王小雨，您好：\r杯子漏水，我们为您换新。", 5,
     "王小雨，您好：\n杯子漏水，我们|为您换新。", "马上", "王小雨，您好：\n杯子漏水，我们马上|为您换新。"},
    {"林書豪", "[zh-Hant]", 5, DRAFT_REPLY, "林先生，您好：\r耳機沒有聲音，真的很抱歉。", 5,
     "林先生，您好：\n耳機沒有聲音，真|的很抱歉。", "是", "林先生，您好：\n耳機沒有聲音，真是|的很抱歉。"},
    /* The accent is a mark of its own: letter and marks are one step of the cursor. */
    {"Živilė", "[lt]", 3, DRAFT_REPLY, "Gerbiama Živile,\rsiunčiame žalią̃ staltiesę šiandien.", 20,
     "Gerbiama Živile,\nsiunčiame žalią̃| staltiesę šiandien.", "ją",
     "Gerbiama Živile,\nsiunčiame žalią̃ją| staltiesę šiandien."},
};

/* Leaves an empty draft open. */
static void begin(struct pty *p, guint n)
{
	if (drafts[n].buffer == DRAFT_NOTE) {
		pty_send(p, "c");
		assert_true(pty_wait_row(p, 0, drafts[n].head));
		return;
	}
	writing_take_reply(p, "ask-wish");
	assert_true(pty_wait_row(p, 0, drafts[n].head));
	writing_instead(p, "");
}

/* The draft goes on from what the store had: were one byte lost in reading it, the store would have less. */
static void is_offered(struct store *s, guint n)
{
	g_autofree char *offer =
	    g_strdup_printf("%s on case #%" G_GINT64_FORMAT ": Enter opens",
			    drafts[n].buffer == DRAFT_NOTE ? "note" : "draft", drafts[n].id);
	struct pty *p = desk_start(s, 24, 80, NULL);
	assert_true(pty_wait_text(p, offer));
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, 0, drafts[n].head));
	pty_send(p, drafts[n].more);
	writing_expect_stored(p, s, drafts[n].id, drafts[n].buffer, drafts[n].then);
	pty_destroy(p);
}

static void a_kill_loses_nothing(void **state)
{
	for (guint n = 0; n < G_N_ELEMENTS(drafts); n++) {
		void *own = NULL;
		writing_setup(&own);
		struct pty *p = writing_start_on(own, 24, 80, drafts[n].buyer, NULL);
		begin(p, n);
		pty_send(p, drafts[n].typed);
		for (int i = 0; i < drafts[n].back; i++)
			pty_send(p, KEY_LEFT);
		writing_expect_stored(p, own, drafts[n].id, drafts[n].buffer, drafts[n].kept);
		writing_kill(p);
		is_offered(own, n);
		desk_teardown(&own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_kill_loses_nothing)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
