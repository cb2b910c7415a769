/* SPDX-License-Identifier: MIT */
/* The keys that work where help was asked, from the action table; then the query language. */
#include "ui/text_view.h"

#include "domain/intl.h"
#include "domain/query.h"

#include "domain/banned.h"

#define KEY_COLUMNS 22
/* In a narrower terminal what a key does stands below it. */
#define SIDE_BY_SIDE 60

struct view_help {
	struct text_view base;
	enum place place;
	guint can;
};

struct meaning {
	GPtrArray *lines;
	struct line *line; /* to go on with, NULL: begin one */
	int indent;
};

static void meaning_line(const char *bytes, gsize length, void *data)
{
	struct meaning *m = data;
	g_autofree char *text = g_strndup(bytes, length);
	struct line *l = m->line ? m->line : lines_add(m->lines);
	line_fill(l, STYLE_PLAIN, m->indent);
	line_add(l, STYLE_PLAIN, text);
	m->line = NULL;
}

static void add_pair(const struct view_help *v, GPtrArray *lines, const char *left, const char *right)
{
	int cols = v->base.view.desk->cols;
	bool beside = cols >= SIDE_BY_SIDE && text_width(left) <= KEY_COLUMNS;
	struct line *l = lines_add(lines);
	line_add(l, STYLE_US, left);
	struct meaning m = {
	    .lines = lines, .line = beside ? l : NULL, .indent = cols >= SIDE_BY_SIDE ? KEY_COLUMNS + 1 : 4};
	text_wrap(right, MAX(cols - m.indent - 1, 8), meaning_line, &m);
}

static void add_keys(const struct view_help *v, GPtrArray *lines)
{
	const struct action_row *row;
	for (guint i = 0; (row = action_nth(i)); i++) {
		if (!action_works(row, v->place, v->can))
			continue;
		g_autofree char *keys = action_keys(row);
		add_pair(v, lines, keys, _(row->help));
	}
}

/* What may stand before a case. */
static void add_marks(const struct view_help *v, GPtrArray *lines)
{
	static const struct {
		const char *mark, *meaning;
	} marks[] = {{"!", N_("overdue")}, {"^", N_("pinned")}, {"z", N_("snoozed")}, {"*", N_("marked")}};
	lines_add(lines);
	line_add(lines_add(lines), STYLE_TITLE, _("What stands before a case"));
	for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
		add_pair(v, lines, marks[i].mark, _(marks[i].meaning));
}

static void add_query_language(const struct view_help *v, GPtrArray *lines)
{
	const struct query_help *row;
	lines_add(lines);
	line_add(lines_add(lines), STYLE_TITLE, _("What / understands in the inbox"));
	for (guint i = 0; (row = query_help_nth(i)); i++)
		add_pair(v, lines, _(row->form), _(row->meaning));
}

static bool help_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_help *v = (struct view_help *)view;
	GPtrArray *lines = lines_new();
	add_keys(v, lines);
	if (v->place == PLACE_INBOX)
		add_marks(v, lines);
	if (v->place == PLACE_INBOX)
		add_query_language(v, lines);
	g_free(v->base.title);
	v->base.title = g_strdup(_(" The keys that work here; q goes back"));
	pager_resize(&v->base.pager, view->desk->rows - 2);
	pager_set(&v->base.pager, lines);
	return true;
}

static void help_destroy(struct view *view)
{
	struct view_help *v = (struct view_help *)view;
	text_view_finish(&v->base);
	g_free(v);
}

static const struct view_ops help_ops = {
    .place = PLACE_HELP,
    .load = help_load,
    .draw = text_view_draw,
    .can = text_view_can,
    .act = text_view_act,
    .destroy = help_destroy,
};

struct view *view_help_create(const struct desk *desk, const struct view *about)
{
	struct view_help *v = g_new0(struct view_help, 1);
	text_view_init(&v->base, &help_ops, desk);
	v->place = about->ops->place;
	v->can = view_can(about);
	return &v->base.view;
}
