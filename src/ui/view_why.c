/* SPDX-License-Identifier: MIT */
/* How each due time of a case came about. */
#include "ui/text_view.h"

#include "domain/intl.h"

#include "domain/banned.h"

struct view_why {
	struct text_view base;
	gint64 id;
};

/* The clock's own lines; the first names it. */
static void add_clock(struct view_why *v, GPtrArray *lines, const struct ruleset *rules,
		      const struct clock *c)
{
	const struct desk *d = v->base.view.desk;
	g_autoptr(GPtrArray) told = clock_explain(rules, c, d->now(), d->zone);
	if (lines->len)
		lines_add(lines);
	for (guint i = 0; i < told->len; i++) {
		g_autofree char *safe = text_safe(told->pdata[i], -1, TEXT_ONE_LINE);
		text_view_add(lines, d->cols, i ? STYLE_PLAIN : STYLE_TITLE, safe);
	}
}

static bool why_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_why *v = (struct view_why *)view;
	struct case_request q = {.id = v->id, .limit = 1, .text_limit = 1, .brief = true};
	g_autoptr(case_file_auto) file = store_case(view->desk->store, &q, error);
	const struct ruleset *rules = file ? store_rules(view->desk->store, error) : NULL;
	if (!rules)
		return false;
	GPtrArray *lines = lines_new();
	for (guint i = 0; file->clocks && i < file->clocks->len; i++)
		add_clock(v, lines, rules, file->clocks->pdata[i]);
	if (!lines->len)
		line_add(lines_add(lines), STYLE_PLAIN, _("No clock has run on this case."));
	g_autofree char *title = g_strdup_printf(_(" Why case #%" PRId64 " is due when it is"), v->id);
	g_free(v->base.title);
	v->base.title = text_safe(title, -1, TEXT_ONE_LINE);
	pager_resize(&v->base.pager, view->desk->rows - 2);
	pager_set(&v->base.pager, lines);
	/* What is counted down in the lines is told in minutes. */
	view->wake = view->desk->now() + 60000;
	return true;
}

static void why_destroy(struct view *view)
{
	struct view_why *v = (struct view_why *)view;
	text_view_finish(&v->base);
	g_free(v);
}

static const struct view_ops why_ops = {
    .place = PLACE_WHY,
    .load = why_load,
    .draw = text_view_draw,
    .can = text_view_can,
    .act = text_view_act,
    .destroy = why_destroy,
};

struct view *view_why_create(const struct desk *desk, gint64 id)
{
	struct view_why *v = g_new0(struct view_why, 1);
	text_view_init(&v->base, &why_ops, desk);
	v->id = id;
	return &v->base.view;
}
