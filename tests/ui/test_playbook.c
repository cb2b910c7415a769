/* SPDX-License-Identifier: MIT */
/* Cases worked by Space from the first mail to their outcome: the real program, its own playbooks. */
#include "store/act.h"
#include "store/answer.h"
#include "ui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define ME g_get_user_name()

/* One case of this kind and value, opened an hour ago. */
static gint64 make_case(struct store *s, enum kind kind, gint64 minor)
{
	struct mail_facts m = {.id = "first@buyers.example",
			       .platform = "etsy",
			       .trigger = TRIGGER_HELP_REQUEST,
			       .kind = kind,
			       .alias = "ona@buyers.example",
			       .name = "Ona Jonaitė",
			       .order = "301-7654321-1234567",
			       .item = "Green teapot",
			       .subject = "Green teapot",
			       .text = "Hello, there is a problem with the teapot.",
			       .lang = "en",
			       .sent = NOW - 60 * A_MINUTE,
			       .minor = minor,
			       .currency = minor ? "EUR" : NULL};
	return make_ingest(s, &m).case_id;
}

static void buyer_writes(struct store *s, const char *text)
{
	struct mail_facts m = {.platform = "etsy",
			       .alias = "ona@buyers.example",
			       .name = "Ona Jonaitė",
			       .order = "301-7654321-1234567",
			       .answers = "first@buyers.example",
			       .subject = "Re: Green teapot",
			       .text = text,
			       .lang = "en",
			       .sent = NOW};
	make_ingest(s, &m);
}

static struct pty *open_case(struct store *s)
{

	struct pty *p = desk_start(s, 50, 140, NULL);
	assert_true(desk_wait_cursor(p, "Ona"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Next step"));
	return p;
}

static struct case_file *read_case(struct store *s, gint64 id)
{
	g_autoptr(GError) error = NULL;
	struct case_request q = {.id = id, .limit = 200};
	struct case_file *f = store_case(s, &q, &error);
	if (!f)
		fail_msg("%s", error->message);
	return f;
}

static bool has_event(struct store *s, gint64 id, enum event_type type, const char *text)
{
	g_autoptr(case_file_auto) f = read_case(s, id);
	for (guint i = 0; i < f->events->len; i++) {
		const struct event *e = f->events->pdata[i];
		if (e->type == type && (!text || g_strcmp0(e->text, text) == 0))
			return true;
	}
	return false;
}

/* Space asks; the answer is typed; the line says what was recorded. */
static void record(struct pty *p, const char *question, const char *answer, const char *recorded)
{
	pty_send(p, " ");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, question));
	pty_send(p, answer);
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, recorded));
}

/* Space writes: the reply that is chosen first is put into the draft as it is. */
static void write_reply(struct pty *p, struct store *s, gint64 id, const char *name)
{
	g_autoptr(GError) error = NULL;
	pty_send(p, " ");
	assert_true(pty_wait_text(p, "Canned replies for #"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #"));
	assert_true(pty_wait_text(p, "saved"));
	g_autoptr(draft_auto) d = store_draft(s, ME, id, DRAFT_REPLY, &error);
	assert_non_null(d);
	assert_string_equal(d->templates, name);
	pty_send(p, "\033");
	assert_true(pty_wait_text(p, "Next step"));
}

/* What sending does to the case, without the guard's questions and the undo time. */
static void send_reply(struct store *s, gint64 id, guint32 asks, guint32 offers, gint64 at)
{
	g_autoptr(GError) error = NULL;
	struct answered r;
	g_autoptr(case_file_auto) f = read_case(s, id);
	struct answer a = {.case_id = id,
			   .attempt = "one",
			   .text = "Hello, we are sorry.",
			   .lang = "en",
			   .templates = "",
			   .seen = f->facts.newest,
			   .method = SEND_HAND,
			   .asks = asks,
			   .offers = offers};
	if (!store_answer(s, ME, &a, at, &r, &error))
		fail_msg("%s", error->message);
	assert_int_equal(r.result, ANSWER_QUEUED);
}

static void the_pane_tells_where_the_case_stands(void **state)
{
	struct store *s = *state;
	make_case(s, KIND_DAMAGED, 9900);
	struct pty *p = open_case(s);
	assert_true(pty_wait_text(p, "> Apologise and ask what the buyer"));
	assert_true(pty_wait_text(p, "Ladder (+ done, > next, . later)"));
	assert_true(pty_wait_text(p, "What missing it costs"));
	assert_true(pty_wait_text(p, "99.00 EUR"));
	desk_quit(p);
}

/* On the first page, without paging: what to do, what is lost, and where the room is there, the ladder. */
static void the_next_step_and_the_stake_are_seen_first(void **state)
{
	static const struct {
		int rows, cols;
		const char *ladder;
	} sizes[] = {{24, 80, NULL}, {40, 120, ". Offer numbered choices"}};
	struct store *s = *state;
	struct acted done;
	gint64 id = make_case(s, KIND_DAMAGED, 9900);
	struct act wish = {.type = ACT_WISH, .cases = &id, .count = 1, .text = "a new one"};
	/* A step for dear goods alone: it has the longest reason. */
	send_reply(s, id, 0, 0, NOW - 30 * A_MINUTE);
	buyer_writes(s, "I would like a new one.");
	assert_true(store_act(s, ME, &wish, NOW, &done, NULL));
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(s, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(desk_wait_cursor(p, "Ona"));
		pty_send(p, "\r");
		assert_true(pty_wait_text(p, "> Ask once for evidence"));
		assert_true(!sizes[i].ladder || pty_wait_text(p, sizes[i].ladder));
		assert_true(pty_wait_text(p, "What missing it costs"));
		assert_true(pty_wait_text(p, "At stake: 99.00 EUR"));
		assert_true(pty_wait_text(p, "If missed: "));
		desk_quit(p);
	}
}

/* While somebody is waited for, the one mark stands there, in the ladder as above it. */
static void the_ladder_marks_what_the_next_step_says(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_DAMAGED, 900);
	send_reply(s, id, 0, 0, NOW - 30 * A_MINUTE);
	struct pty *p = open_case(s);
	assert_true(pty_wait_text(p, "> Wait for the buyer"));
	assert_true(pty_wait_text(p, ". Record what the buyer wants"));
	assert_true(pty_find(p, "> Record what", NULL) < 0);
	desk_quit(p);
}

static void space_opens_the_reply_of_the_step(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_DAMAGED, 9900);
	struct pty *p = open_case(s);
	write_reply(p, s, id, "ask-wish");
	desk_quit(p);
}

static void a_case_is_worked_from_its_first_mail_to_its_end(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_DAMAGED, 900);
	struct pty *p = open_case(s);
	write_reply(p, s, id, "ask-wish");
	send_reply(s, id, 0, 0, NOW - 30 * A_MINUTE);
	assert_true(pty_wait_text(p, "> Wait for the buyer"));
	pty_send(p, " ");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "Wait for the buyer until"));
	buyer_writes(s, "I would like my money back.");
	assert_true(pty_wait_text(p, "> Record what the buyer wants"));
	record(p, "the buyer wants:", "\025the money back", "buyer's wish: #1");
	assert_true(has_event(s, id, EVENT_WISH, "the money back"));
	assert_true(pty_wait_text(p, "> Offer to settle it at once"));
	/* What was recorded is taken back by its own key, and the ladder follows. */
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "> Record what the buyer wants"));
	record(p, "the buyer wants:", "\025the money back", "buyer's wish: #1");
	assert_true(pty_wait_text(p, "> Offer to settle it at once"));
	desk_quit(p);
}

static void an_answer_is_chosen_among_several(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_CANCEL, 9900);
	struct pty *p = open_case(s);
	pty_send(p, " ");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "1 the parcel has left, 2 the parcel is still here"));
	pty_send(p, "3\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "Nothing was recorded"));
	record(p, "1 the parcel has left, 2 the parcel is still here", "2", "found out: #1");
	desk_quit(p);
	assert_true(has_event(s, id, EVENT_FOUND, "not-dispatched"));
	assert_false(has_event(s, id, EVENT_FOUND, "dispatched"));
}

static void a_payment_is_recorded(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_PAYMENT, 0);
	struct pty *p = open_case(s);
	assert_true(pty_wait_text(p, "> Record the payment"));
	record(p, "bank, reference, when; amount:", "Swedbank, RF18 5390, 10:05; 12,50 EUR",
	       "payment arrived 12.50 EUR: #1");
	assert_true(has_event(s, id, EVENT_NOTICE, "Swedbank, RF18 5390, 10:05"));
	assert_true(pty_wait_text(p, "> Tell the buyer that the money came"));
	write_reply(p, s, id, "payment-received");
	desk_quit(p);
}

static void space_in_the_inbox_asks_the_kind(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_OTHER, 0);
	struct pty *p = desk_start(s, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Ona"));
	record(p, "kind (Tab lists):", "lost", "kind: #1");
	assert_true(pty_wait_text(p, "lost"));
	desk_quit(p);
	g_autoptr(case_file_auto) f = read_case(s, id);
	assert_int_equal(f->record.kind, KIND_LOST);
}

/* What was offered stands beside what the buyer wants instead, each with what it costs (N5). */
static void offers_stand_side_by_side(void **state)
{
	static const struct {
		int rows, cols;
		const char *told[3]; /* in one row each */
	} sizes[] = {
	    {50,
	     140,
	     {"missing part          │ replacement", "costs more than €19.80│ costs more than",
	      "postage: not known"}},
	    {100, 80, {"missing part│ replacement", "costs more  │ costs more", "€19.80"}},
	};
	struct store *s = *state;
	make_case(s, KIND_DAMAGED, 9900);
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(s, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(desk_wait_cursor(p, "Ona"));
		pty_send(p, "\r");
		for (gsize n = 0; n < G_N_ELEMENTS(sizes[i].told); n++) {
			if (!pty_wait_text(p, sizes[i].told[n]))
				fail_msg("%d columns: %s", sizes[i].cols, sizes[i].told[n]);
		}
		desk_quit(p);
	}
	struct pty *p = open_case(s);
	pty_send(p, ":offer partial-refund; 15\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "offer 15.00 EUR: #1"));
	assert_true(pty_wait_text(p, "partial refund €15.00 │ return label"));
	pty_send(p, ":countered 40\r");
	assert_true(pty_wait_text(p, "partial refund €15.00 │ partial refund €40.00"));
	assert_true(pty_wait_text(p, "costs €15.00          │ costs €40.00"));
	pty_send(p, ":accepted\r");
	assert_true(pty_wait_text(p, "accepted, "));
	pty_send(p, "uu");
	assert_true(pty_wait_text(p, "partial refund €15.00 │ return label"));
	desk_quit(p);
}

/* The wish is read out of the newest message, without what is quoted there, and W records it. */
static void what_the_buyer_seems_to_want_waits_for_w(void **state)
{
	struct store *s = *state;
	make_case(s, KIND_DAMAGED, 4000);
	buyer_writes(s,
		     "De theepot is kapot. Ik wil graag een nieuwe ontvangen.\n\n> Wilt u uw geld terug?\n");
	struct pty *p = desk_start(s, 24, 100, NULL);
	assert_true(pty_wait_text(p, "Buyer seems to want: replacement (W confirms)"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "│Buyer seems to want:"));
	pty_send(p, "W");
	assert_true(pty_wait_row(p, 23, "the buyer wants: replacement"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "buyer's wish: "));
	assert_true(pty_wait_gone(p, "seems to want"));
	pty_send(p, "q");
	assert_true(desk_wait_cursor(p, "Ona"));
	assert_true(pty_wait_gone(p, "seems to want"));
	/* Taken back, it is proposed again. */
	pty_send(p, "u");
	assert_true(pty_wait_text(p, "Buyer seems to want: replacement"));
	pty_destroy(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(the_pane_tells_where_the_case_stands, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(the_next_step_and_the_stake_are_seen_first, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(the_ladder_marks_what_the_next_step_says, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(space_opens_the_reply_of_the_step, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(a_case_is_worked_from_its_first_mail_to_its_end, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(what_the_buyer_seems_to_want_waits_for_w, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(a_payment_is_recorded, desk_setup_empty, desk_teardown),
	    cmocka_unit_test_setup_teardown(space_in_the_inbox_asks_the_kind, desk_setup_empty,
					    desk_teardown),
	    cmocka_unit_test_setup_teardown(offers_stand_side_by_side, desk_setup_empty, desk_teardown),
	    cmocka_unit_test_setup_teardown(an_answer_is_chosen_among_several, desk_setup_empty,
					    desk_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
