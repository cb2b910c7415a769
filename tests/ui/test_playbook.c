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

#define CTRL_S "\023"
#define ME g_get_user_name()

/* One case of this kind and value, opened an hour ago. */
static gint64 make_case(struct store *s, enum kind kind, gint64 minor)
{
	struct mail_facts m = {.id = "first@buyers.example", .platform = "etsy", .trigger = TRIGGER_HELP_REQUEST,
			       .kind = kind, .alias = "ona@buyers.example", .name = "Ona Jonaitė",
			       .order = "301-7654321-1234567", .item = "Green teapot", .subject = "Green teapot",
			       .text = "Hello, there is a problem with the teapot.", .lang = "en",
			       .sent = NOW - 60 * A_MINUTE, .minor = minor, .currency = minor ? "EUR" : NULL};
	return make_ingest(s, &m).case_id;
}

static void buyer_writes(struct store *s, const char *text)
{
	struct mail_facts m = {.platform = "etsy", .alias = "ona@buyers.example", .name = "Ona Jonaitė",
			       .order = "301-7654321-1234567", .answers = "first@buyers.example",
			       .subject = "Re: Green teapot", .text = text, .lang = "en", .sent = NOW};
	make_ingest(s, &m);
}

static struct pty *open_case(struct store *s, gint64 *id)
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
static void record(struct pty *p, const char *question, const char *answer, const char *next)
{
	pty_send(p, " ");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, question));
	pty_send(p, answer);
	pty_send(p, "\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "Recorded."));
	assert_true(pty_wait_row(p, pty_rows(p) - 1, next));
}

static void the_pane_tells_where_the_case_stands(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_DAMAGED, 9900);
	struct pty *p = open_case(s, &id);
	assert_true(pty_wait_text(p, "> Apologise and ask what the buyer"));
	assert_true(pty_wait_text(p, "Ladder (+ done, > next, . later)"));
	assert_true(pty_wait_text(p, "What missing it costs"));
	assert_true(pty_wait_text(p, "99.00 EUR"));
	desk_quit(p);
}

static void space_opens_the_reply_of_the_step(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_DAMAGED, 9900);
	struct pty *p = open_case(s, &id);
	pty_send(p, " ");
	assert_true(pty_wait_text(p, "Canned replies for #"));
	assert_true(pty_wait_row(p, 3, "> "));
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "Apologise and ask what the buyer would like"));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #"));
	assert_true(pty_wait_text(p, "saved"));
	g_autoptr(GError) error = NULL;
	struct store *mine = s;
	g_autoptr(draft_auto) d = store_draft(mine, ME, id, DRAFT_REPLY, &error);
	assert_non_null(d);
	assert_string_equal(d->templates, "ask-wish");
	pty_send(p, CTRL_S);
	desk_quit(p);
}

static void an_answer_is_chosen_among_several(void **state)
{
	struct store *s = *state;
	gint64 id = make_case(s, KIND_CANCEL, 9900);
	struct pty *p = open_case(s, &id);
	pty_send(p, " ");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "1 the parcel has left, 2 the parcel is still here"));
	pty_send(p, "2\r");
	assert_true(pty_wait_text(p, "still here: Enter records it"));
	pty_send(p, "the courier comes at five\r");
	assert_true(pty_wait_row(p, pty_rows(p) - 1, "Recorded. Next:"));
	assert_true(has_event(s, id, EVENT_NOTE, "the courier comes at five"));
	desk_quit(p);
	assert_true(has_event(s, id, EVENT_FOUND, "not-dispatched"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(the_pane_tells_where_the_case_stands, desk_setup_empty, desk_teardown),
	    cmocka_unit_test_setup_teardown(space_opens_the_reply_of_the_step, desk_setup_empty, desk_teardown),
	    cmocka_unit_test_setup_teardown(an_answer_is_chosen_among_several, desk_setup_empty, desk_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
