/* SPDX-License-Identifier: MIT */
#include "store/tags.h"

#include "domain/tag.h"

#include "domain/banned.h"

void tags_change(GPtrArray **tags, const char *name, bool there)
{
	if (!*tags)
		*tags = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *wanted = tag_fold(name);
	for (guint i = 0; i < (*tags)->len; i++) {
		g_autofree char *known = tag_fold((*tags)->pdata[i]);
		if (!g_str_equal(known, wanted))
			continue;
		if (!there)
			g_ptr_array_remove_index(*tags, i);
		return;
	}
	if (there)
		g_ptr_array_add(*tags, g_strdup(name));
}

static bool enter(struct store *s, gint64 case_id, const char *name, GError **error)
{
	g_autofree char *folded = tag_fold(name);
	return sql_run(s, error, "INSERT INTO tags (folded, name) VALUES (?, ?) ON CONFLICT DO NOTHING", "tt",
		       folded, name) &&
	       sql_run(s, error,
		       "INSERT INTO case_tags SELECT id, ?2 FROM tags WHERE folded = ?1"
		       " ON CONFLICT DO NOTHING",
		       "ti", folded, case_id);
}

bool tags_save(struct store *s, gint64 case_id, const GPtrArray *tags, GError **error)
{
	if (!sql_run(s, error, "DELETE FROM case_tags WHERE case_id = ?", "i", case_id))
		return false;
	for (guint i = 0; tags && i < tags->len; i++) {
		if (!enter(s, case_id, tags->pdata[i], error))
			return false;
	}
	return true;
}

bool tags_has(struct store *s, gint64 case_id, const char *name, bool *has, GError **error)
{
	g_autofree char *folded = tag_fold(name);
	gint64 id;
	return sql_number(s, &id, has, error,
			  "SELECT t.id FROM tags t JOIN case_tags c ON c.tag = t.id WHERE t.folded = ? AND "
			  "c.case_id = ?",
			  "ti", folded, case_id);
}

GPtrArray *tags_read(struct store *s, gint64 case_id, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *q = sql_query(s, error,
				    "SELECT t.name FROM case_tags c JOIN tags t ON t.id = c.tag"
				    " WHERE c.case_id = ? ORDER BY t.folded",
				    "i", case_id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(names, sql_copy(q, 0));
	return q && sql_ended(s) ? g_steal_pointer(&names) : NULL;
}
