/* SPDX-License-Identifier: MIT */
/* Choosing, saving and dropping views: by number, by name, the next one. */
#include "ui/tabs.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

static void by_number(const struct tabs *t, guint n, char **chosen, struct outcome *out)
{
	const struct view_row *row = tabs_nth(t, n);
	if (row || !n)
		*chosen = g_strdup(row ? row->query : "");
	else
		out->say =
		    g_strdup(_("There is no view of that number; :view save NAME makes one of a search."));
}

static bool save(struct tabs *t, const struct desk *d, const char *name, const char *query, bool share,
		 struct outcome *out, GError **error)
{
	if (!store_view_save(d->store, d->me, name, query, share, error))
		return false;
	tabs_stale(t);
	out->say = g_strdup_printf(_("Saved: %s"), name);
	return true;
}

static struct view_row *find(const struct desk *d, const char *name, GError **error)
{
	g_autoptr(GError) fault = NULL;
	struct view_row *row = store_view_find(d->store, d->me, name, &fault);
	if (fault)
		g_propagate_error(error, g_steal_pointer(&fault));
	else if (!row)
		g_set_error(
		    error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
		    _("There is no such view; :view save NAME makes one of the search that is shown."));
	return row;
}

static bool drop_it(struct tabs *t, const struct desk *d, const struct view_row *row, struct outcome *out,
		    GError **error)
{
	bool ok = store_view_drop(d->store, d->me, row->id, d->now(), error);
	tabs_stale(t);
	if (ok)
		out->say =
		    g_strdup_printf(_("Dropped: %s (%s); u takes it back"), view_title(row), row->query);
	return ok;
}

/* Without a name: the one that is shown. The shop's is everybody's: that is asked. */
static bool drop(struct tabs *t, const struct desk *d, const char *name, const char *query,
		 struct outcome *out, GError **error)
{
	const struct view_row *shown = tabs_nth(t, tabs_of_query(t, query));
	struct view_row *row = find(d, *name || !shown ? name : shown->name, error);
	bool ok = row && (row->shop || drop_it(t, d, row, out, error));
	if (ok && row->shop) {
		t->dropping = row->id;
		out->ask = g_strdup_printf(_("Drop the shop's view \"%s\" for everybody (y: yes)? "),
					   view_title(row));
	}
	view_row_destroy(row);
	return ok;
}

bool tabs_answer(struct tabs *t, const struct desk *d, const char *text, struct outcome *out, GError **error)
{
	g_autofree char *yes = g_ascii_strdown(text, -1);
	gint64 id = t->dropping;
	t->dropping = 0;
	for (guint i = 0; g_str_equal(yes, "y") && i < t->views->len; i++) {
		const struct view_row *row = t->views->pdata[i];
		if (row->id == id)
			return drop_it(t, d, row, out, error);
	}
	out->say = g_strdup(_("Nothing was changed."));
	return true;
}

/* "Late parcels", "save Late parcels", "share Late parcels", "drop Late parcels", "drop" */
static bool by_name(struct tabs *t, const struct desk *d, const char *text, const char *query, char **chosen,
		    struct outcome *out, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 2);
	const char *verb = words[0] ? words[0] : "", *name = *verb && words[1] ? g_strstrip(words[1]) : "";
	if (g_str_equal(verb, "save") || g_str_equal(verb, "share"))
		return save(t, d, name, query, g_str_equal(verb, "share"), out, error);
	if (g_str_equal(verb, "drop"))
		return drop(t, d, name, query, out, error);
	struct view_row *row = find(d, text, error);
	if (row)
		*chosen = g_strdup(row->query);
	view_row_destroy(row);
	return *chosen != NULL;
}

bool tabs_choose(struct tabs *t, const struct desk *d, const struct request *r, const char *query,
		 char **chosen, struct outcome *out, GError **error)
{
	*chosen = NULL;
	/* A key may come before there was any leisure, and a low screen has no tabs. */
	if (t->unread && !tabs_load(t, d, error))
		return false;
	if (r->text)
		return by_name(t, d, r->text, query, chosen, out, error);
	guint at = tabs_of_query(t, query), all = t->views->len + 1;
	guint n = r->key >= '0' && r->key <= '9' ? (guint)(r->key - '0') : 0;
	if (r->action != ACTION_VIEW)
		n = (at + (r->action == ACTION_NEXT_VIEW ? 1 : all - 1)) % all;
	by_number(t, n, chosen, out);
	return true;
}
