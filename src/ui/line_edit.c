/* SPDX-License-Identifier: MIT */
#include "ui/line_edit.h"

#include "ui/keys.h"

#include <string.h>
#include <unigbrk.h>

#include "domain/banned.h"

void line_edit_init(struct line_edit *e, const char *text, GPtrArray *history, line_complete_fn *complete,
		    void *data)
{
	*e = (struct line_edit){
	    .text = g_string_new(text), .history = history, .complete = complete, .data = data};
	e->cursor = e->text->len;
	e->past = history ? history->len : 0;
}

static void stop_completing(struct line_edit *e)
{
	if (e->choices)
		g_ptr_array_unref(e->choices);
	e->choices = NULL;
}

void line_edit_finish(struct line_edit *e)
{
	stop_completing(e);
	g_string_free(e->text, TRUE);
}

static gsize next_grapheme(const struct line_edit *e, gsize at)
{
	const uint8_t *s = (const uint8_t *)e->text->str;
	const uint8_t *next = at < e->text->len ? u8_grapheme_next(s + at, s + e->text->len) : NULL;
	return next ? (gsize)(next - s) : e->text->len;
}

static gsize previous_grapheme(const struct line_edit *e, gsize at)
{
	const uint8_t *s = (const uint8_t *)e->text->str;
	const uint8_t *before = at ? u8_grapheme_prev(s + at, s) : NULL;
	return before ? (gsize)(before - s) : 0;
}

static gsize previous_word(const struct line_edit *e)
{
	gsize at = e->cursor;
	while (at && e->text->str[at - 1] == ' ')
		at--;
	while (at && e->text->str[at - 1] != ' ')
		at--;
	return at;
}

static void erase(struct line_edit *e, gsize from, gsize to)
{
	g_string_erase(e->text, (gssize)from, (gssize)(to - from));
	e->cursor = from;
}

static void set_text(struct line_edit *e, const char *text)
{
	g_string_assign(e->text, text);
	e->cursor = e->text->len;
}

static void recall(struct line_edit *e, int step)
{
	if (!e->history || (step < 0 ? e->past == 0 : e->past >= e->history->len))
		return;
	e->past += (guint)step;
	set_text(e, e->past < e->history->len ? e->history->pdata[e->past] : "");
}

/* Puts the next choice in the place of the one before. */
static void next_choice(struct line_edit *e, int step)
{
	if (!e->choices) {
		if (!e->complete)
			return;
		e->choices = e->complete(e->text->str, e->cursor, &e->from, e->data);
		if (!e->choices || !e->choices->len || e->from > e->cursor) {
			stop_completing(e);
			return;
		}
		e->choice = step > 0 ? 0 : e->choices->len - 1;
	} else {
		e->choice = (e->choice + e->choices->len + (guint)step) % e->choices->len;
	}
	const char *word = e->choices->pdata[e->choice];
	gsize from = e->from;
	erase(e, from, e->cursor);
	g_string_insert(e->text, (gssize)from, word);
	e->cursor = from + strlen(word);
	if (e->choices->len == 1)
		stop_completing(e);
}

static void insert_character(struct line_edit *e, int key)
{
	if (key < ' ' || key >= UI_UP || !g_unichar_validate((gunichar)key))
		return;
	char one[8] = {0};
	g_unichar_to_utf8((gunichar)key, one);
	if (!e->cursor || !g_unichar_ismark((gunichar)key)) {
		line_edit_insert(e, one);
		return;
	}
	/* A mark joins the letter before it; alone, text_safe() would give it a letter of its own. */
	g_string_insert(e->text, (gssize)e->cursor, one);
	e->cursor += strlen(one);
}

void line_edit_insert(struct line_edit *e, const char *text)
{
	stop_completing(e);
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	g_string_insert(e->text, (gssize)e->cursor, safe);
	e->cursor += strlen(safe);
}

static void edit_key(struct line_edit *e, int key)
{
	switch (key) {
	case UI_LEFT:
	case UI_CTRL('b'):
		e->cursor = previous_grapheme(e, e->cursor);
		break;
	case UI_RIGHT:
	case UI_CTRL('f'):
		e->cursor = next_grapheme(e, e->cursor);
		break;
	case UI_HOME:
	case UI_CTRL('a'):
		e->cursor = 0;
		break;
	case UI_END:
	case UI_CTRL('e'):
		e->cursor = e->text->len;
		break;
	case UI_BACKSPACE:
		erase(e, previous_grapheme(e, e->cursor), e->cursor);
		break;
	case UI_DELETE:
	case UI_CTRL('d'):
		erase(e, e->cursor, next_grapheme(e, e->cursor));
		break;
	case UI_CTRL('u'):
		erase(e, 0, e->text->len);
		break;
	case UI_CTRL('k'):
		g_string_truncate(e->text, e->cursor);
		break;
	case UI_CTRL('w'):
		erase(e, previous_word(e), e->cursor);
		break;
	case UI_UP:
		recall(e, -1);
		break;
	case UI_DOWN:
		recall(e, 1);
		break;
	default:
		insert_character(e, key);
	}
}

enum edit_result line_edit_key(struct line_edit *e, int key)
{
	if (key == UI_ENTER)
		return EDIT_DONE;
	if (key == UI_ESCAPE || key == UI_CTRL('c') || key == UI_CTRL('g') ||
	    (key == UI_BACKSPACE && !e->text->len))
		return EDIT_GIVEN_UP;
	if (key == UI_TAB || key == UI_BACK_TAB) {
		next_choice(e, key == UI_TAB ? 1 : -1);
		return EDIT_GOES_ON;
	}
	stop_completing(e);
	edit_key(e, key);
	return EDIT_GOES_ON;
}

void line_edit_draw(const struct line_edit *e, struct line *l, int columns, int *column)
{
	int room = columns - l->columns - 1; /* the cursor may stand behind the text */
	gsize start = 0;
	g_autofree char *before = g_strndup(e->text->str, e->cursor);
	int width = text_width(before);
	while (start < e->cursor && width > room) {
		start = next_grapheme(e, start);
		width = text_width(before + MIN(start, e->cursor));
	}
	*column = l->columns + MAX(width, 0);
	line_column(l, STYLE_PLAIN, e->text->str + start, MAX(room, 0) + 1, TEXT_LEFT);
}

void line_history_add(GPtrArray *history, const char *text)
{
	for (guint i = 0; i < history->len; i++) {
		if (g_str_equal(history->pdata[i], text)) {
			g_ptr_array_remove_index(history, i);
			break;
		}
	}
	if (*text)
		g_ptr_array_add(history, g_strdup(text));
}
