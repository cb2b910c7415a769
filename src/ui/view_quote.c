/* SPDX-License-Identifier: MIT */
/* Choosing lines of the buyer's message to quote. */
#include "ui/text_view.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

/* Quoted lines stay readable in every mail program. */
#define QUOTE_COLUMNS 70

struct view_quote {
	struct text_view base;
	char *text;        /* safe */
	GPtrArray *quoted; /* of char*, the lines */
	GArray *marked;    /* of bool, one for each */
	int at;
};

static void take_line(const char *bytes, gsize length, void *data)
{
	struct view_quote *v = data;
	bool no = false;
	g_ptr_array_add(v->quoted, g_strndup(bytes, length));
	g_array_append_val(v->marked, no);
}

static bool is_marked(const struct view_quote *v, int n)
{
	return g_array_index(v->marked, bool, n);
}

static void lay_out(struct view_quote *v)
{
	struct pager *p = &v->base.pager;
	GPtrArray *lines = lines_new();
	int top = p->top;
	for (int i = 0; i < (int)v->quoted->len; i++) {
		struct line *l = lines_add(lines);
		enum style style = i == v->at ? STYLE_SELECTED : is_marked(v, i) ? STYLE_HIT : STYLE_PLAIN;
		line_add(l, style, i == v->at ? ">" : " ");
		line_add(l, style, is_marked(v, i) ? "* " : "  ");
		line_add(l, style, v->quoted->pdata[i]);
	}
	pager_resize(p, v->base.view.desk->rows - 2);
	pager_set(p, lines);
	pager_to(p, CLAMP(top, v->at - p->height + 1, v->at));
}

static bool quote_load(struct view *view, enum load_reason why, GError **error)
{
	lay_out((struct view_quote *)view);
	return true;
}

static void step(struct view_quote *v, int by)
{
	v->at = CLAMP(v->at + by, 0, (int)v->quoted->len - 1);
	lay_out(v);
}

static void mark(struct view_quote *v)
{
	bool *marked = &g_array_index(v->marked, bool, v->at);
	*marked = !*marked;
	step(v, 1);
}

/* "> line" for each marked line, or for the one under the cursor. Owned. */
static char *quotation(const struct view_quote *v)
{
	GString *out = g_string_new(NULL);
	bool any = false;
	for (guint i = 0; i < v->marked->len; i++)
		any |= is_marked(v, (int)i);
	for (int i = 0; i < (int)v->quoted->len; i++) {
		if (any ? is_marked(v, i) : i == v->at)
			g_string_append_printf(out, "> %s\n", (char *)v->quoted->pdata[i]);
	}
	return g_string_free(out, FALSE);
}

static bool quote_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_quote *v = (struct view_quote *)view;
	int page = MAX(v->base.pager.height - 1, 1), all = (int)v->quoted->len;
	switch (r->action) {
	case ACTION_CHOOSE:
		out->leave = true;
		out->then = ACTION_INSERT;
		out->then_text = quotation(v);
		return true;
	case ACTION_MARK:
		mark(v);
		return true;
	case ACTION_DOWN:
	case ACTION_UP:
		step(v, r->action == ACTION_DOWN ? 1 : -1);
		return true;
	case ACTION_PAGE_DOWN:
	case ACTION_PAGE_UP:
		step(v, r->action == ACTION_PAGE_DOWN ? page : -page);
		return true;
	case ACTION_FIRST:
	case ACTION_LAST:
		step(v, r->action == ACTION_LAST ? all : -all);
		return true;
	case ACTION_POINT:
		if (r->wheel)
			step(v, r->wheel * 3);
		else
			step(v, r->row - 1 + v->base.pager.top - v->at);
		return true;
	case ACTION_BACK:
		out->leave = true;
		return true;
	default:
		return true;
	}
}

static void quote_destroy(struct view *view)
{
	struct view_quote *v = (struct view_quote *)view;
	text_view_finish(&v->base);
	g_ptr_array_unref(v->quoted);
	g_array_unref(v->marked);
	g_free(v->text);
	g_free(v);
}

static const struct view_ops quote_ops = {
    .place = PLACE_QUOTE,
    .load = quote_load,
    .draw = text_view_draw,
    .can = text_view_can,
    .act = quote_act,
    .destroy = quote_destroy,
};

struct view *view_quote_create(const struct desk *desk, const char *text)
{
	struct view_quote *v = g_new0(struct view_quote, 1);
	text_view_init(&v->base, &quote_ops, desk);
	v->base.title = g_strdup(_(" Lines to quote: Tab marks, Enter quotes"));
	v->text = g_strchomp(text_safe(text, -1, TEXT_LINES));
	v->quoted = g_ptr_array_new_with_free_func(g_free);
	v->marked = g_array_new(FALSE, TRUE, sizeof(bool));
	text_wrap(v->text, QUOTE_COLUMNS, take_line, v);
	return &v->base.view;
}
