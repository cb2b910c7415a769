/* SPDX-License-Identifier: MIT */
#include "ui/text_view.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

void text_view_init(struct text_view *v, const struct view_ops *ops, const struct desk *desk)
{
	v->view = (struct view){.ops = ops, .desk = desk, .wake = G_MAXINT64};
	v->title = NULL;
	pager_init(&v->pager);
}

void text_view_finish(struct text_view *v)
{
	pager_finish(&v->pager);
	g_free(v->title);
}

void text_view_draw(const struct view *view, struct frame *f)
{
	const struct text_view *v = (const struct text_view *)view;
	struct line *l = frame_line(f, 0);
	line_column(l, STYLE_HEADER, v->title ? v->title : "", f->cols, TEXT_LEFT);
	pager_draw(&v->pager, f, 1);
}

guint text_view_can(const struct view *view)
{
	return 0;
}

bool text_view_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct text_view *v = (struct text_view *)view;
	int by = action_movement(r->action, MAX(v->pager.height - 1, 1), (int)v->pager.lines->len);
	if (r->action == ACTION_POINT)
		by = r->wheel * 3;
	out->leave = r->action == ACTION_BACK;
	if (by)
		pager_move(&v->pager, by);
	return true;
}

struct wrapping {
	GPtrArray *lines;
	enum style style;
	int indent, hang;
	bool later;
};

static void wrapped_line(const char *bytes, gsize length, void *data)
{
	struct wrapping *w = data;
	g_autofree char *text = g_strndup(bytes, length);
	struct line *l = lines_add(w->lines);
	line_fill(l, w->style, w->indent + (w->later ? w->hang : 0));
	line_add(l, w->style, text);
	w->later = true;
}

void text_view_add(GPtrArray *lines, int columns, enum style style, const char *safe)
{
	int indent = (int)MIN(strspn(safe, " "), 12);
	struct wrapping w = {.lines = lines, .style = style, .indent = indent, .hang = 2};
	text_wrap(safe + indent, MAX(columns - indent - 2, 8), wrapped_line, &w);
}

void text_view_add_letter(GPtrArray *lines, int columns, enum style style, const char *safe)
{
	struct wrapping w = {.lines = lines, .style = style};
	text_wrap(safe, MAX(columns, 8), wrapped_line, &w);
}
