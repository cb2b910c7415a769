/* SPDX-License-Identifier: MIT */
/* From the case under the cursor to an answer that has left: the real program, its own canned replies and
 * guard. */
#include "store/answer.h"
#include "ui/writing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static bool asks_or_leaves(struct pty *p, const void *nothing)
{
	return pty_find(p, "Enter: yes, n: no", NULL) >= 0 || pty_find(p, "u takes it back", NULL) >= 0 ||
	       pty_find(p, "To post by hand", NULL) >= 0;
}

/* Sends, and confirms what is promised. */
static void send_answer(struct pty *p)
{
	pty_send(p, CTRL_S);
	assert_true(pty_wait_until(p, asks_or_leaves, NULL));
	if (pty_find(p, "Enter: yes, n: no", NULL) >= 0)
		pty_send(p, "\r");
}

static struct outbox_row *newest_in_outbox(struct store *s, GPtrArray **rows)
{
	g_autoptr(GError) error = NULL;
	*rows = store_outbox(s, true, 10, &error);
	assert_non_null(*rows);
	return (*rows)->len ? (*rows)->pdata[0] : NULL;
}

static void expect_outbox(struct store *s, enum outbox_state state)
{
	GPtrArray *rows;
	const struct outbox_row *r = newest_in_outbox(s, &rows);
	assert_non_null(r);
	assert_int_equal(r->state, state);
	g_ptr_array_unref(rows);
}

static void expect_status(struct store *s, gint64 id, enum status status)
{
	g_autoptr(GError) error = NULL;
	struct case_request q = {.id = id, .limit = 50};
	g_autoptr(case_file_auto) f = store_case(s, &q, &error);
	assert_non_null(f);
	assert_int_equal(f->record.status, status);
}

static bool case_holds(struct store *s, gint64 id, const char *text)
{
	struct case_request q = {.id = id, .limit = 100};
	g_autoptr(case_file_auto) f = store_case(s, &q, NULL);
	for (guint i = 0; f && i < f->events->len; i++) {
		const struct event *e = f->events->pdata[i];
		if ((e->text && strstr(e->text, text)) ||
		    (e->message && e->message->text && strstr(e->message->text, text)))
			return true;
	}
	return false;
}

/* --- each language ------------------------------------------------------------------------- */

static const struct {
	const char *buyer, *lang, *begins;
	const char *agent, *gloss_of, *gloss; /* the agent's language, and how the reply begins in it */
	const char *amount, *reason, *filled; /* what is typed, and a line of the answer then */
	const char *guard;
	gint64 id;
	bool by_hand;
} answers[] = {
    {"Harriet", "[en]", "Thank you for asking", "LANGUAGE=lt", "Lithuanian", "Dėkojame, kad", "£3.20",
     "the parcel to you.", "less £3.20 for shipping. What this is for: the parcel to you.",
     "guard: nothing found", 1, false},
    {"Joris", "[nl]", "Bedankt voor uw vraag", "LANGUAGE=en", "English", "Thank you for asking", "€ 3,20",
     "het pakket naar u.", "min € 3,20 voor de verzending. Waar dat voor is: het pakket naar u.",
     "guard: nothing found", 2, true},
    {"Živilė", "[lt]", "Dėkojame, kad", "LANGUAGE=en", "English", "Thank you for asking", "3,20 €",
     "siunta pas Jus.", "mokestį: 3,20 €. Už ką jis: siunta pas Jus.", "guard: nothing found", 3, false},
    {"王小雨", "[zh-Hans]", "谢谢您来询问", "LANGUAGE=en", "English", "Thank you for asking", "12 元",
     "寄给您的快递费。", "扣除了12 元运费。这笔费用的用途：寄给您的快递费。", "guard: nothing found", 4,
     true},
    {"林書豪", "[zh-Hant]", "謝謝您的詢問", "LANGUAGE=nl", "Dutch", "Bedankt voor uw vraag", "12 元",
     "寄給您的物流費。", "扣除12 元的運費。這筆費用的用途：寄給您的物流費。", "guard: nothing found", 5,
     true},
    {"Giulia", "[it]", "Grazie per la domanda", "LANGUAGE=zh_TW", "Chinese (traditional)", "謝謝您的詢問",
     "€ 3,20", "il pacco per Lei.",
     "meno € 3,20 per la spedizione. A che cosa si riferisce: il pacco per Lei.", "guard: nothing found", 6,
     false},
};

/* The reply in both languages: side by side, or in a narrow terminal one behind the other. */
static void choose_reply(struct pty *p, guint n, int cols)
{
	g_autofree char *own = g_strdup_printf("in your language: %s", answers[n].gloss_of);
	pty_send(p, "rshipping-cost");
	assert_true(pty_wait_row(p, 1, "shipping-cost"));
	assert_true(pty_wait_row(p, 2, answers[n].lang));
	assert_true(pty_wait_text(p, answers[n].begins));
	if (cols < 120) {
		assert_int_equal(pty_find(p, answers[n].gloss, NULL), -1);
		pty_send(p, "\t");
		assert_true(pty_wait_gone(p, answers[n].begins));
	} else {
		assert_true(pty_wait_row(p, 2, own));
	}
	assert_true(pty_wait_text(p, answers[n].gloss));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #"));
	assert_true(pty_wait_row(p, 0, answers[n].lang));
	assert_true(pty_wait_text(p, answers[n].begins));
}

/* The cursor is on the first open place; Tab goes to the next. */
static void fill_in(struct pty *p, guint n)
{
	assert_true(pty_wait_text(p, "{{amount}}"));
	pty_send(p, answers[n].amount);
	assert_true(pty_wait_gone(p, "{{amount}}"));
	assert_true(pty_wait_text(p, "{{reason}}"));
	pty_send(p, "\t");
	pty_send(p, answers[n].reason);
	assert_true(pty_wait_gone(p, "{{reason}}"));
	assert_true(pty_wait_text(p, answers[n].guard));
}

/* u within the ten seconds: the text is a draft again, as it was written. */
static void send_and_take_back(struct pty *p, struct store *s, guint n)
{
	send_answer(p);
	assert_true(pty_wait_text(p, answers[n].by_hand ? "To post by hand" : "u takes it back"));
	expect_outbox(s, answers[n].by_hand ? OUTBOX_TO_POST : OUTBOX_WAITING);
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Taken back: here is the draft."));
	assert_true(pty_wait_row(p, 0, answers[n].lang));
	assert_true(pty_wait_text(p, answers[n].begins));
	expect_outbox(s, OUTBOX_TAKEN_BACK);
	expect_status(s, answers[n].id, STATUS_NEW);
}

static void post_by_hand(struct pty *p, guint n)
{
	assert_true(pty_wait_text(p, "To post by hand"));
	g_autofree char *copied = pty_clipboard(p);
	assert_non_null(copied);
	assert_non_null(strstr(copied, answers[n].begins));
	assert_non_null(strstr(copied, answers[n].filled));
	assert_null(strstr(copied, "{{"));
	assert_true(pty_wait_text(p, "https://"));
	pty_send(p, "p");
	assert_true(pty_wait_text(p, "Noted as posted"));
}

static void answer_one(guint n, int rows, int cols)
{
	void *state = NULL;
	writing_setup(&state);
	struct store *s = state;
	const char *const env[] = {answers[n].agent, NULL};
	struct pty *p = writing_start_on(s, rows, cols, answers[n].buyer, env);
	choose_reply(p, n, cols);
	fill_in(p, n);
	send_and_take_back(p, s, n);
	send_answer(p);
	if (answers[n].by_hand)
		post_by_hand(p, n);
	else
		assert_true(pty_wait_text(p, "u takes it back"));
	expect_outbox(s, answers[n].by_hand ? OUTBOX_POSTED : OUTBOX_WAITING);
	expect_status(s, answers[n].id, STATUS_BUYER);
	assert_true(case_holds(s, answers[n].id, answers[n].filled));
	desk_quit(p);
	desk_teardown(&state);
}

static void answers_in_each_language(void **state)
{
	for (guint n = 0; n < G_N_ELEMENTS(answers); n++) {
		answer_one(n, 24, 80);
		answer_one(n, 40, 120);
	}
}

/* --- sending --------------------------------------------------------------------------------- */

static void takes_an_answer_back(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_take_reply(p, "ask-wish");
	assert_true(pty_wait_text(p, "guard: nothing found"));
	send_answer(p);
	assert_true(pty_wait_text(p, "u takes it back"));
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Taken back: here is the draft."));
	assert_true(pty_wait_text(p, "Thank you for telling us about this"));
	expect_outbox(*state, OUTBOX_TAKEN_BACK);
	expect_status(*state, 1, STATUS_NEW);
	/* It can be sent after all, as another answer. */
	send_answer(p);
	assert_true(pty_wait_text(p, "u takes it back"));
	expect_outbox(*state, OUTBOX_WAITING);
	desk_quit(p);
}

static void an_open_place_cant_leave(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_take_reply(p, "partial-refund-keep");
	assert_true(pty_wait_text(p, "{{amount}}"));
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "A place is still open"));
	pty_send(p, "£5");
	assert_true(pty_wait_text(p, "we refund £5."));
	assert_true(pty_wait_gone(p, "{{amount}}"));
	pty_send(p, "\037");
	assert_true(pty_wait_text(p, "{{amount}}"));
	/* Tab goes there again, wherever the cursor is. */
	pty_send(p, "\033[1;5H\t£7");
	assert_true(pty_wait_text(p, "we refund £7."));
	pty_destroy(p);
}

static void what_came_unseen_stops_sending(void **state)
{
	struct store *s = *state;
	struct pty *p = writing_start_on(s, 24, 80, "Harriet", NULL);
	writing_take_reply(p, "ask-wish");
	assert_true(pty_wait_text(p, "saved"));
	struct mail_facts f = {.id = "later@shop.example",
			       .answers = "case00@shop.example",
			       .platform = "ebay",
			       .alias = "buyer00@shop0.example",
			       .name = "Harriet Blythe",
			       .order = "10-20000-30000",
			       .lang = "en",
			       .text = "Never mind, I mended it myself.",
			       .sent = NOW};
	assert_int_equal(make_ingest(s, &f).case_id, 1);
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "Not sent: something came meanwhile."));
	assert_true(pty_wait_text(p, "Never mind, I mended it myself."));
	/* The draft is where it was, and now it can be sent. */
	assert_true(pty_wait_text(p, "There is nothing else you need"));
	send_answer(p);
	assert_true(pty_wait_text(p, "u takes it back"));
	expect_outbox(s, OUTBOX_WAITING);
	desk_quit(p);
}

static void a_block_wants_a_reason(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "Please write to me at someone@example.org today.");
	assert_true(pty_wait_text(p, "guard: 1"));
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "Reason to send all the same:"));
	/* No reason, no sending. */
	pty_send(p, "\r");
	assert_true(pty_wait_gone(p, "Reason to send"));
	assert_true(pty_wait_text(p, "Reply to #1"));
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "Reason to send all the same:"));
	pty_send(p, "the buyer asked for it\r");
	assert_true(pty_wait_text(p, "u takes it back"));
	assert_true(case_holds(*state, 1, "the buyer asked for it"));
	desk_quit(p);
}

/* The due time of the promise in case 1; 0: none. */
static gint64 promised(struct store *s)
{
	struct case_request q = {.id = 1, .limit = 100};
	g_autoptr(case_file_auto) f = store_case(s, &q, NULL);
	for (guint i = 0; f && i < f->events->len; i++) {
		const struct event *e = f->events->pdata[i];
		if (e->type == EVENT_PROMISE)
			return e->due;
	}
	return 0;
}

static void a_promise_becomes_a_clock(void **state)
{
	static const char *const keys[] = {"n\r", "\r"};
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		void *own = NULL;
		writing_setup(&own);
		struct pty *p = writing_start_on(own, 24, 80, "Harriet", NULL);
		writing_answer(p, "You will hear from us within 24 hours.");
		pty_send(p, CTRL_S);
		assert_true(pty_wait_text(p, "Promise by 2026-03-05 "));
		assert_true(pty_wait_text(p, "(within 24 hours)"));
		pty_send(p, keys[i]);
		assert_true(pty_wait_text(p, "u takes it back"));
		gint64 due = promised(own), day = 24 * 60 * A_MINUTE;
		if (i == 0)
			assert_int_equal(due, 0);
		else
			assert_true(due > NOW + day - A_MINUTE && due < NOW + day + 10 * A_MINUTE);
		desk_quit(p);
		desk_teardown(&own);
	}
}

/* In the zone of the shop, Amsterdam, while the desk's is UTC. */
static void a_time_of_day_is_the_clocks(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "The label is here by Friday 6 March, 2:30 pm.");
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "Promise by 2026-03-06 14:30?"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "u takes it back"));
	assert_int_equal(promised(*state), G_GINT64_CONSTANT(1772803800000)); /* 13:30 UTC */
	desk_quit(p);
}

/* What waits for the buyer is no promise of today. */
static void an_answer_for_later_promises_nothing(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "You will have our proposal the same working day as your answer.");
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "u takes it back"));
	assert_int_equal(promised(*state), 0);
	desk_quit(p);
}

/* That stand. */
static guint events_of(struct store *s, gint64 id, enum event_type type)
{
	struct case_request q = {.id = id, .limit = 100};
	g_autoptr(case_file_auto) f = store_case(s, &q, NULL);
	guint count = 0;
	for (guint i = 0; f && i < f->events->len; i++)
		count += ((const struct event *)f->events->pdata[i])->type == type &&
			 !((const struct event *)f->events->pdata[i])->undone;
	return count;
}

/* What a canned reply asks for is a fact of the case only if the answer still says it (Z9). */
static void a_reply_that_was_deleted_asks_for_nothing(void **state)
{
	static const struct {
		const char *keys, *shows;
		guint asked;
	} rows[] = {{" ", "photo", 1}, {"\037", "nothing found", 0}};
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		void *own = NULL;
		writing_setup(&own);
		struct pty *p = writing_start_on(own, 24, 80, "Harriet", NULL);
		writing_take_reply(p, "evidence-photo");
		assert_true(pty_wait_text(p, "send us a photo"));
		pty_send(p, rows[i].keys);
		pty_send(p, "\r\rWe are sorry and look into it today.");
		assert_true(pty_wait_text(p, rows[i].shows));
		assert_true(pty_wait_text(p, "We are sorry and look into it today."));
		send_answer(p);
		assert_true(pty_wait_text(p, "u takes it back"));
		assert_int_equal(events_of(own, 1, EVENT_EVIDENCE_ASKED), rows[i].asked);
		/* Taken back and sent again it is as if it had been sent once. */
		pty_send(p, "u");
		assert_true(pty_wait_text(p, "Taken back: here is the draft."));
		assert_int_equal(events_of(own, 1, EVENT_EVIDENCE_ASKED), 0);
		send_answer(p);
		assert_true(pty_wait_text(p, "u takes it back"));
		assert_int_equal(events_of(own, 1, EVENT_EVIDENCE_ASKED), rows[i].asked);
		pty_destroy(p);
		desk_teardown(&own);
	}
}

/* --- keeping ----------------------------------------------------------------------------------- */

static void a_draft_that_is_left_goes_on(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "Hello world");
	pty_send(p, "\033");
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "r");
	assert_true(pty_wait_text(p, "Hello world"));
	pty_destroy(p);
}

static void a_note_is_another_buffer(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "For the buyer");
	pty_send(p, "\033");
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "c");
	assert_true(pty_wait_text(p, "Note on #1"));
	pty_send(p, "Only for us");
	assert_true(pty_wait_text(p, "Only for us"));
	assert_int_equal(pty_find(p, "For the buyer", NULL), -1);
	pty_send(p, CTRL_S);
	assert_true(pty_wait_text(p, "The note is in the history."));
	assert_true(case_holds(*state, 1, "Only for us"));
	pty_send(p, "r");
	assert_true(pty_wait_text(p, "For the buyer"));
	assert_true(pty_wait_gone(p, "Only for us"));
	GPtrArray *rows;
	assert_null(newest_in_outbox(*state, &rows));
	g_ptr_array_unref(rows);
	pty_destroy(p);
}

/* --- writing -------------------------------------------------------------------------------------- */

static void the_editor_comes_and_goes(void **state)
{
	const char *const env[] = {"VISUAL=sed -i s/old/new/", NULL};
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", env);
	writing_answer(p, "An old word");
	pty_send(p, "\005");
	assert_true(pty_wait_text(p, "An new word"));
	/* A change like any other: it can be taken back. */
	pty_send(p, "\037");
	assert_true(pty_wait_text(p, "An old word"));
	pty_destroy(p);
}

static void a_failing_editor_changes_nothing(void **state)
{
	const char *const env[] = {"VISUAL=false", NULL};
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", env);
	writing_answer(p, "An old word");
	pty_send(p, "\005");
	assert_true(pty_wait_text(p, "the editor \"false\""));
	assert_true(pty_wait_text(p, "An old word"));
	pty_destroy(p);
}

static void a_paste_is_text(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "Start");
	pty_send(p, "\033[200~ Q\rsecond\023line\033[201~");
	assert_true(pty_wait_text(p, "Start Q"));
	assert_true(pty_wait_text(p, "secondline"));
	pty_destroy(p);
}

/* Pasted bytes that are no text, and what stands in the draft. */
static const struct {
	const char *bytes;
	gsize length;
	const char *text;
} no_text[] = {
#define PASTE(bytes) bytes, sizeof(bytes) - 1
    {PASTE("nul\0x"), "> nulx"},
    {PASTE("\0"), "> "},
    {PASTE("inv \xff\xfe\xc3( alid"), "> inv \uFFFD\uFFFD\uFFFD( alid"},
    {PASTE("cut \xe9\x80"), "> cut \uFFFD"},
    {PASTE("latin \xe9t\xe9"), "> latin \uFFFDt\uFFFD"},
    {PASTE("begun \xc3\xc3\xa9"), "> begun \uFFFDé"},
};

static void a_paste_of_no_text_ends_all_the_same(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "> ");
	for (gsize i = 0; i < G_N_ELEMENTS(no_text); i++) {
		pty_send(p, "\033[200~");
		pty_send_bytes(p, no_text[i].bytes, no_text[i].length);
		pty_send(p, "\033[201~.\r");
		g_autofree char *row = g_strdup_printf("%s.", no_text[i].text);
		assert_true(pty_wait_text(p, row));
		pty_send(p, "> ");
	}
	assert_int_equal(pty_find(p, "20", NULL), -1);
	pty_send(p, "\033");
	assert_true(pty_wait_row(p, 23, "r reply"));
	pty_destroy(p);
}

static void a_paste_without_end_is_given_up(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "Start ");
	pty_send(p, "\033[200~endless\r");
	assert_true(pty_wait_text(p, "^C ends it"));
	assert_int_equal(pty_find(p, "endless", NULL), -1);
	pty_send(p, "\003");
	assert_true(pty_wait_text(p, "Start endless"));
	pty_send(p, "typed");
	assert_true(pty_wait_text(p, "typed"));
	pty_destroy(p);
}

static void bytes_that_are_no_text_are_no_keys(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "> ");
	pty_send(p, "\xe9one \xff\xc3two\xe9\033[D\033[D-");
	assert_true(pty_wait_text(p, "> one t-wo"));
	pty_destroy(p);
}

static void another_language_keeps_what_was_typed(void **state)
{
	struct pty *p = writing_start_on(*state, 40, 120, "Harriet", NULL);
	writing_take_reply(p, "partial-refund-keep");
	assert_true(pty_wait_text(p, "{{amount}}"));
	pty_send(p, "£5");
	assert_true(pty_wait_text(p, "we refund £5."));
	pty_send(p, "\033[1;5F\rMy own line.");
	assert_true(pty_wait_text(p, "My own line."));
	pty_send(p, "\014");
	assert_true(pty_wait_text(p, "Language (en nl"));
	pty_send(p, "nl\r");
	assert_true(pty_wait_row(p, 0, "[nl]"));
	assert_true(pty_wait_gone(p, "Thank you for talking"));
	assert_true(pty_wait_text(p, "£5"));
	assert_true(pty_wait_text(p, "My own line."));
	pty_destroy(p);
}

static bool asks_or_tells(struct pty *p, const void *nothing)
{
	return pty_find(p, "number or word:", NULL) >= 0 || pty_find(p, "There is no dictionary", NULL) >= 0;
}

static void a_word_is_spelt_otherwise(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "We recieve it.");
	pty_send(p, "\020");
	assert_true(pty_wait_until(p, asks_or_tells, NULL));
	if (pty_find(p, "There is no dictionary", NULL) >= 0) {
		pty_destroy(p); /* skip() jumps */
		skip();
	}
	pty_send(p, "receive\r");
	assert_true(pty_wait_text(p, "We receive it."));
	pty_destroy(p);
}

static void lines_can_be_quoted(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Harriet", NULL);
	writing_answer(p, "You wrote:");
	pty_send(p, "\r\021");
	assert_true(pty_wait_text(p, "Lines to quote"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "> The glass is cracked right across the dial."));
	assert_true(pty_wait_text(p, "You wrote:"));
	pty_destroy(p);
}

static void the_clipboard_is_reached_through_multiplexers(void **state)
{
	static const struct {
		const char *env, *bytes;
	} cases[] = {{"TMUX=/tmp/tmux", "\033Ptmux;\033\033]52;c;"}, {"STY=1.tty", "\033P\033]52;c;"}};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		void *own = NULL;
		writing_setup(&own);
		const char *const env[] = {cases[i].env, NULL};
		struct pty *p = writing_start_on(own, 24, 80, "Joris", env);
		writing_take_reply(p, "ask-wish");
		assert_true(pty_wait_text(p, "guard: nothing found"));
		send_answer(p);
		assert_true(pty_wait_text(p, "To post by hand"));
		assert_true(pty_wrote(p, cases[i].bytes));
		pty_destroy(p);
		desk_teardown(&own);
	}
}

static void the_gloss_is_one_key_away(void **state)
{
	struct pty *p = writing_start_on(*state, 24, 80, "Živilė", NULL);
	pty_send(p, "r");
	assert_true(pty_wait_text(p, "[lt] Lithuanian"));
	pty_send(p, "ask-wish");
	assert_true(pty_wait_text(p, "Dėkojame"));
	pty_send(p, "\t");
	assert_true(pty_wait_text(p, "Thank you for telling us"));
	pty_resize(p, 40, 120);
	assert_true(pty_wait_text(p, "in your language: English"));
	assert_true(pty_wait_text(p, "Dėkojame"));
	pty_destroy(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, writing_setup, desk_teardown)
	    cmocka_unit_test(answers_in_each_language),
	    TEST(takes_an_answer_back),
	    TEST(an_open_place_cant_leave),
	    TEST(what_came_unseen_stops_sending),
	    TEST(a_block_wants_a_reason),
	    cmocka_unit_test(a_promise_becomes_a_clock),
	    TEST(a_time_of_day_is_the_clocks),
	    TEST(an_answer_for_later_promises_nothing),
	    cmocka_unit_test(a_reply_that_was_deleted_asks_for_nothing),
	    TEST(a_draft_that_is_left_goes_on),
	    TEST(a_note_is_another_buffer),
	    TEST(the_editor_comes_and_goes),
	    TEST(a_failing_editor_changes_nothing),
	    TEST(a_paste_is_text),
	    TEST(a_paste_of_no_text_ends_all_the_same),
	    TEST(a_paste_without_end_is_given_up),
	    TEST(bytes_that_are_no_text_are_no_keys),
	    TEST(another_language_keeps_what_was_typed),
	    TEST(a_word_is_spelt_otherwise),
	    TEST(lines_can_be_quoted),
	    TEST(the_clipboard_is_reached_through_multiplexers),
	    TEST(the_gloss_is_one_key_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
