/* SPDX-License-Identifier: MIT */
#include "store/views.h"

#include "domain/intl.h"
#include "domain/query.h"
#include "store/act_write.h"
#include "store/sql.h"

#include "domain/banned.h"

#define COLUMNS "SELECT id, name, query, owner = '', position FROM views WHERE owner IN ('', ?) "

/* The views of data/schema-3.sql, so that their names are translated. */
static const char *const standard[] = {N_("Mine"),     N_("Unassigned"),       N_("Overdue"), N_("Today"),
				       N_("Promises"), N_("Waiting too long"), N_("VIP")};

void view_row_destroy(struct view_row *v)
{
	if (!v)
		return;
	g_free(v->name);
	g_free(v->query);
	g_free(v);
}

const char *view_title(const struct view_row *v)
{
	for (gsize i = 0; v->shop && i < G_N_ELEMENTS(standard); i++) {
		if (g_str_equal(v->name, standard[i]))
			return _(standard[i]);
	}
	return v->name;
}

static struct view_row *read_row(sqlite3_stmt *q)
{
	struct view_row *v = g_new0(struct view_row, 1);
	*v = (struct view_row){.id = sqlite3_column_int64(q, 0),
			       .name = sql_copy(q, 1),
			       .query = sql_copy(q, 2),
			       .shop = sqlite3_column_int(q, 3) != 0,
			       .position = sqlite3_column_int(q, 4)};
	return v;
}

GPtrArray *store_views(struct store *s, const char *me, GError **error)
{
	g_autoptr(GPtrArray) views = g_ptr_array_new_with_free_func((GDestroyNotify)view_row_destroy);
	sqlite3_stmt *q = sql_query(s, error, COLUMNS "ORDER BY position, id", "t", me);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(views, read_row(q));
	return q && sql_ended(s) ? g_steal_pointer(&views) : NULL;
}

bool store_view_count(struct store *s, struct view_row *v, const struct inbox_request *q, GError **error)
{
	struct inbox_request r = {.query = v->query, .now = q->now, .day_end = q->day_end, .me = q->me};
	return store_count(s, &r, VIEW_COUNT_MOST, &v->count, &v->more, error);
}

static bool check(const char *name, const char *query, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *trimmed = g_strstrip(g_strdup(name));
	if (!*trimmed || !g_utf8_validate(name, -1, NULL)) {
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_REFUSED, _("a view needs a name"));
		return false;
	}
	g_autoptr(query_auto) n = query_parse(query, NULL, &fault);
	if (!n)
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_QUERY, fault->message);
	return n != NULL;
}

bool store_view_save(struct store *s, const char *me, const char *name, const char *query, bool shop,
		     GError **error)
{
	if (!check(name, query, error) || !sql_begin(s, error))
		return false;
	return sql_end(s,
		       sql_run(s, error,
			       "INSERT INTO views (owner, name, query, position)"
			       " VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM views))"
			       " ON CONFLICT (owner, name) DO UPDATE SET query = excluded.query",
			       "ttt", shop ? "" : me, name, query),
		       error);
}

static bool is_there(struct store *s, const char *me, gint64 id, GError **error)
{
	bool found;
	gint64 n;
	if (!sql_number(s, &n, &found, error, "SELECT id FROM views WHERE id = ? AND owner IN ('', ?)", "it",
			id, me))
		return false;
	if (!found)
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no such view"));
	return found;
}

bool store_view_move(struct store *s, const char *me, gint64 id, int position, GError **error)
{
	if (!sql_begin(s, error))
		return false;
	bool ok = is_there(s, me, id, error) &&
		  sql_run(s, error, "UPDATE views SET position = position + 1 WHERE position >= ?", "i",
			  (gint64)position) &&
		  sql_run(s, error, "UPDATE views SET position = ? WHERE id = ?", "ii", (gint64)position, id);
	return sql_end(s, ok, error);
}

bool store_view_drop(struct store *s, const char *me, gint64 id, gint64 now, GError **error)
{
	if (!sql_begin(s, error))
		return false;
	bool ok =
	    is_there(s, me, id, error) &&
	    sql_run(s, error,
		    "INSERT INTO dropped_views (login, at, act, owner, name, query, position) SELECT ?1, ?2,"
		    " (SELECT coalesce(max(id), 0) FROM acts), owner, name, query, position FROM views"
		    " WHERE id = ?3",
		    "tii", me, now, id) &&
	    sql_run(s, error, "DELETE FROM views WHERE id = ?", "i", id);
	return sql_end(s, ok, error);
}

static bool find_dropped(struct store *s, const char *me, gint64 act, struct view_row *v, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT id, name, owner = '' FROM dropped_views WHERE login = ? AND act >= ?"
		      " ORDER BY id DESC LIMIT 1",
		      "ti", me, act);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	*v = (struct view_row){
	    .id = sqlite3_column_int64(q, 0), .name = sql_copy(q, 1), .shop = sqlite3_column_int(q, 2) != 0};
	return true;
}

bool view_bring_back(struct store *s, const char *me, gint64 act, char **title, GError **error)
{
	struct view_row v = {0};
	bool ok = find_dropped(s, me, act, &v, error);
	*title = ok && v.id ? g_strdup(view_title(&v)) : NULL;
	g_free(v.name);
	/* If one of that name was saved since, that one stays. */
	return ok && (!v.id ||
		      (sql_run(s, error,
			       "INSERT INTO views (owner, name, query, position) SELECT owner, name, query,"
			       " position FROM dropped_views WHERE id = ? ON CONFLICT DO NOTHING",
			       "i", v.id) &&
		       sql_run(s, error, "DELETE FROM dropped_views WHERE id = ?", "i", v.id)));
}

/* A name is the saved one or the one that is shown. */
struct view_row *store_view_find(struct store *s, const char *me, const char *name, GError **error)
{
	g_autoptr(GPtrArray) views = store_views(s, me, error);
	g_autofree char *wanted = g_utf8_casefold(name, -1);
	struct view_row *best = NULL;
	for (guint i = 0; views && i < views->len; i++) {
		struct view_row *v = views->pdata[i];
		g_autofree char *saved = g_utf8_casefold(v->name, -1),
				*shown = g_utf8_casefold(view_title(v), -1);
		bool fits = g_str_equal(wanted, saved) || g_str_equal(wanted, shown);
		if (fits && (!best || (best->shop && !v->shop)))
			best = v;
	}
	guint at;
	return best && g_ptr_array_find(views, best, &at) ? g_ptr_array_steal_index(views, at) : NULL;
}
