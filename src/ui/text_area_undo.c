/* SPDX-License-Identifier: MIT */
#include "ui/text_area_parts.h"

#include <string.h>

#include "domain/banned.h"

void text_area_edit_destroy(gpointer data)
{
	struct edit *e = data;
	g_string_free(e->removed, TRUE);
	g_string_free(e->inserted, TRUE);
	g_free(e);
}

void text_area_forget(struct text_area *a)
{
	g_ptr_array_set_size(a->edits, 0);
	a->done = 0;
	a->joins = false;
}

static bool is_blank(const char *s, gsize length)
{
	return length && (*s == ' ' || *s == '\n');
}

/* Typing joins the word it goes on with: a letter behind a blank begins a new step. */
static bool joins_typing(const struct edit *last, gsize from, gsize to, const char *text, gsize length)
{
	if (from != to || from != last->at + last->inserted->len || *text == '\n')
		return false;
	bool after_blank = is_blank(last->inserted->str + last->inserted->len - 1, last->inserted->len);
	return !after_blank || is_blank(text, length);
}

/* The last step, if this one is only more of it. */
static struct edit *to_join(struct text_area *a, enum edit_kind kind, gsize from, gsize to, const char *text,
			    gsize length)
{
	struct edit *last = a->joins && a->done ? a->edits->pdata[a->done - 1] : NULL;
	if (!last || last->kind != kind || a->done < a->edits->len)
		return NULL;
	if (kind == EDIT_TYPED)
		return joins_typing(last, from, to, text, length) ? last : NULL;
	bool touches = kind == EDIT_ERASED && length == 0 && (to == last->at || from == last->at);
	return touches ? last : NULL;
}

static void note(struct text_area *a, enum edit_kind kind, gsize from, gsize to, const char *text,
		 gsize length)
{
	struct edit *e = to_join(a, kind, from, to, text, length);
	if (!e) {
		g_ptr_array_set_size(a->edits, (gint)a->done);
		e = g_new0(struct edit, 1);
		*e = (struct edit){.kind = kind,
				   .at = from,
				   .removed = g_string_new(NULL),
				   .inserted = g_string_new(NULL),
				   .before = a->cursor,
				   .tag_before = a->tag,
				   .tag_after = a->tag};
		g_ptr_array_add(a->edits, e);
		a->done++;
	}
	if (kind == EDIT_ERASED && to == e->at)
		g_string_prepend_len(e->removed, a->text->str + from, (gssize)(to - from));
	else
		g_string_append_len(e->removed, a->text->str + from, (gssize)(to - from));
	if (from < e->at)
		e->at = from;
	g_string_append_len(e->inserted, text, (gssize)length);
	a->joins = true;
}

void text_area_edit(struct text_area *a, enum edit_kind kind, gsize from, gsize to, const char *text,
		    gsize length)
{
	note(a, kind, from, to, text, length);
	text_area_change(a, from, to, text, length);
	a->cursor = text_area_snap(a, from + length);
	a->upstream = a->at_hole = false;
	a->wanted = -1;
	struct edit *e = a->edits->pdata[a->done - 1];
	e->after = a->cursor;
}

static void stand_at(struct text_area *a, gsize cursor)
{
	text_area_leave(a);
	a->cursor = text_area_snap(a, cursor);
	a->wanted = -1;
}

bool text_area_undo(struct text_area *a)
{
	if (!a->done)
		return false;
	const struct edit *e = a->edits->pdata[--a->done];
	text_area_change(a, e->at, e->at + e->inserted->len, e->removed->str, e->removed->len);
	a->tag = e->tag_before;
	stand_at(a, e->before);
	return true;
}

bool text_area_redo(struct text_area *a)
{
	if (a->done == a->edits->len)
		return false;
	const struct edit *e = a->edits->pdata[a->done++];
	text_area_change(a, e->at, e->at + e->removed->len, e->inserted->str, e->inserted->len);
	a->tag = e->tag_after;
	stand_at(a, e->after);
	return true;
}

void text_area_tag(struct text_area *a, int tag)
{
	a->tag = tag;
	if (a->done)
		((struct edit *)a->edits->pdata[a->done - 1])->tag_after = tag;
}

int text_area_tag_of(const struct text_area *a)
{
	return a->tag;
}

void text_area_rest(struct text_area *a)
{
	a->joins = false;
}
