/* SPDX-License-Identifier: MIT */
#include "ui/writing.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

int writing_setup(void **state)
{
	g_autoptr(GError) error = NULL;
	desk_setup_shop(state);
	if (!store_set_shop(*state, "Example shop", "Europe/Amsterdam", &error))
		fail_msg("%s", error->message);
	return 0;
}

struct pty *writing_start_on(struct store *s, int rows, int cols, const char *buyer, const char *const *env)
{
	struct pty *p = desk_start(s, rows, cols, env);
	assert_true(desk_wait_cursor(p, ""));
	for (int i = 0; i < MAKE_SHOP_CASES; i++) {
		int row = desk_cursor(p);
		g_autofree char *text = row >= 0 ? pty_row(p, row) : g_strdup("");
		if (strstr(text, buyer))
			return p;
		pty_send(p, "j");
		desk_settle(p);
	}
	fail_msg("no row of %s", buyer);
	return p;
}

void writing_take_reply(struct pty *p, const char *name)
{
	pty_send(p, "r");
	assert_true(pty_wait_text(p, "Canned replies for #"));
	pty_send(p, name);
	assert_true(pty_wait_row(p, 1, name));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #"));
}

/* Whether this line is all of the draft. */
static bool is_all(struct pty *p, const void *text)
{
	g_autofree char *first = pty_row(p, 1), *second = pty_row(p, 2), *line = g_strchomp(g_strdup(text));
	return g_str_equal(first, line) && !*second;
}

void writing_instead(struct pty *p, const char *text)
{
	/* To the end, then kill line after line upwards. */
	pty_send(p, KEY_TEXT_END);
	for (int i = 0; i < 20; i++)
		pty_send(p, "\025\177");
	pty_send(p, text);
	assert_true(pty_wait_until(p, is_all, text));
}

void writing_answer(struct pty *p, const char *text)
{
	writing_take_reply(p, "ask-wish");
	assert_true(pty_wait_text(p, "saved"));
	writing_instead(p, text);
}

struct wanted {
	struct store *store;
	gint64 case_id;
	enum draft_buffer buffer;
	const char *marked;
	bool begins; /* more may follow */
};

static char *stored(const struct wanted *w)
{
	g_autoptr(draft_auto) d = store_draft(w->store, g_get_user_name(), w->case_id, w->buffer, NULL);
	if (!d)
		return g_strdup("|");
	if (d->cursor > strlen(d->text))
		return NULL;
	return g_strdup_printf("%.*s|%s", (int)d->cursor, d->text, d->text + d->cursor);
}

static bool is_stored(struct pty *p, const void *data)
{
	const struct wanted *w = data;
	g_autofree char *text = stored(w);
	return text && (w->begins ? g_str_has_prefix(text, w->marked) : g_str_equal(text, w->marked));
}

static char *expect_stored(struct pty *p, const struct wanted *w)
{
	bool there = pty_wait_until(p, is_stored, w);
	char *text = stored(w);
	if (!there)
		fail_msg("the store has \"%s\", should have \"%s\"", text ? text : "none", w->marked);
	return text;
}

void writing_expect_stored(struct pty *p, struct store *s, gint64 case_id, enum draft_buffer buffer,
			   const char *marked)
{
	g_free(expect_stored(p, &(struct wanted){s, case_id, buffer, marked, false}));
}

char *writing_wait_stored(struct pty *p, struct store *s, gint64 case_id, const char *begin)
{
	return expect_stored(p, &(struct wanted){s, case_id, DRAFT_REPLY, begin, true});
}

void writing_kill(struct pty *p)
{
	pty_signal(p, SIGKILL);
	assert_int_equal(pty_wait_exit(p), 128 + SIGKILL);
	pty_destroy(p);
}
