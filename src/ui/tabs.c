/* SPDX-License-Identifier: MIT */
#include "ui/tabs.h"

#include "domain/intl.h"
#include "domain/when.h"

#include <string.h>

#include "domain/banned.h"

void tabs_init(struct tabs *t)
{
	*t = (struct tabs){.views = g_ptr_array_new_with_free_func((GDestroyNotify)view_row_destroy),
			   .unread = true};
}

void tabs_finish(struct tabs *t)
{
	g_ptr_array_unref(t->views);
}

void tabs_stale(struct tabs *t)
{
	t->unread = true;
	t->counted = 0;
}

bool tabs_pending(const struct tabs *t)
{
	return t->unread || t->counted < t->views->len;
}

/* What was counted before stands until it is counted anew. */
static void keep_counts(const GPtrArray *old, GPtrArray *new)
{
	for (guint i = 0; i < new->len; i++) {
		struct view_row *v = new->pdata[i];
		v->more = true; /* unknown, so far */
		for (guint k = 0; k < old->len; k++) {
			const struct view_row *o = old->pdata[k];
			if (o->id == v->id && g_str_equal(o->query, v->query)) {
				v->count = o->count;
				v->more = o->more;
			}
		}
	}
}

static bool read_views(struct tabs *t, const struct desk *d, GError **error)
{
	GPtrArray *views = store_views(d->store, d->me, error);
	if (!views)
		return false;
	keep_counts(t->views, views);
	g_ptr_array_unref(t->views);
	t->views = views;
	t->unread = false;
	t->counted = 0;
	return true;
}

bool tabs_load(struct tabs *t, const struct desk *d, GError **error)
{
	gint64 now = d->now();
	struct inbox_request q = {.now = now, .day_end = when_day_end(now, d->zone), .me = d->me};
	if (t->unread)
		return read_views(t, d, error);
	if (t->counted >= t->views->len)
		return true;
	/* A view that can't be counted, its words being of another version, has no count. */
	struct view_row *v = t->views->pdata[t->counted++];
	guint before = v->more ? v->count : 0;
	if (!store_view_count(d->store, v, &q, NULL)) {
		v->count = 0;
		v->more = true;
	}
	/* A count that was stopped for its time says "at least": what was reached before holds as well. */
	if (v->more)
		v->count = MAX(v->count, before);
	return true;
}

const struct view_row *tabs_nth(const struct tabs *t, guint n)
{
	return n >= 1 && n <= t->views->len ? t->views->pdata[n - 1] : NULL;
}

/* The order they are shown in makes no other view of them. */
static bool same_cases(const char *a, const char *b)
{
	g_autofree char *a_cases = query_with_order(a, ORDER_CLOCK),
			*b_cases = query_with_order(b, ORDER_CLOCK);
	return g_str_equal(a_cases, b_cases);
}

guint tabs_of_query(const struct tabs *t, const char *query)
{
	for (guint i = 0; *query && i < t->views->len; i++) {
		const struct view_row *v = t->views->pdata[i];
		if (same_cases(v->query, query))
			return i + 1;
	}
	return 0;
}

/* " 2 Unassigned 21 "; without a count where it isn't known. Owned. */
static char *label(const struct tabs *t, guint n, gint64 open)
{
	const struct view_row *v = tabs_nth(t, n);
	if (!v)
		return g_strdup_printf(" 0 %s %" PRId64 " ", _("All"), open);
	g_autofree char *title = text_safe(view_title(v), -1, TEXT_ONE_LINE);
	bool known = v->count || !v->more;
	g_autofree char *count =
	    known ? g_strdup_printf(" %u%s", v->count, v->more ? "+" : "") : g_strdup("");
	return n <= 9 ? g_strdup_printf(" %u %s%s ", n, title, count)
		      : g_strdup_printf(" %s%s ", title, count);
}

/* The first tab to show so that the one shown fits. */
static guint first_shown(const struct tabs *t, guint shown, int columns, gint64 open)
{
	int used = 0;
	for (guint n = shown + 1; n > 0; n--) {
		g_autofree char *text = label(t, n - 1, open);
		used += text_width(text);
		if (used > columns)
			return MIN(n, shown);
	}
	return 0;
}

void tabs_draw(const struct tabs *t, struct line *l, int columns, const char *query, gint64 open)
{
	guint shown = tabs_of_query(t, query);
	bool other = !shown && !same_cases(query, "");
	for (guint n = first_shown(t, shown, columns, open); n <= t->views->len; n++) {
		g_autofree char *text = label(t, n, open);
		if (l->columns && l->columns + text_width(text) > columns)
			break;
		line_add(l, n == shown && !other ? STYLE_FOCUS : STYLE_TITLE, text);
	}
	line_fill(l, STYLE_TITLE, columns);
	line_cut(l, columns);
}
