/* SPDX-License-Identifier: MIT */
#include "store/index.h"

#include "domain/banned.h"

enum { MESSAGES, BUYERS };

bool index_prepare(struct store *s, GError **error)
{
	if (!s->indexes)
		s->indexes = sql_script(
		    s, "CREATE TEMP TABLE IF NOT EXISTS to_index (what INTEGER, id INTEGER, text TEXT)",
		    error);
	return s->indexes;
}

static bool wait_for_flush(struct store *s, gint64 what, gint64 id, const char *folded, GError **error)
{
	return sql_run(s, error, "INSERT INTO temp.to_index VALUES (?, ?, ?)", "iit", what, id, folded);
}

bool index_message(struct store *s, gint64 id, const char *folded, GError **error)
{
	return wait_for_flush(s, MESSAGES, id, folded, error);
}

bool index_buyer(struct store *s, gint64 id, const char *folded, GError **error)
{
	return wait_for_flush(s, BUYERS, id, folded, error);
}

bool index_forget_buyer(struct store *s, gint64 id, const char *folded, GError **error)
{
	/* One that still waits never was in the index. */
	gint64 waits;
	if (!sql_number(s, &waits, NULL, error,
			"SELECT count(*) FROM temp.to_index WHERE what = ? AND id = ?", "ii", (gint64)BUYERS,
			id))
		return false;
	if (waits)
		return sql_run(s, error, "DELETE FROM temp.to_index WHERE what = ? AND id = ?", "ii",
			       (gint64)BUYERS, id);
	return sql_run(s, error,
		       "INSERT INTO buyer_search (buyer_search, rowid, text) VALUES ('delete', ?, ?)", "it",
		       id, folded);
}

bool index_flush(struct store *s, GError **error)
{
	return sql_run(s, error,
		       "INSERT INTO search (rowid, text) SELECT id, text FROM temp.to_index WHERE what = ? "
		       "ORDER BY id",
		       "i", (gint64)MESSAGES) &&
	       sql_run(s, error,
		       "INSERT INTO buyer_search (rowid, text) SELECT id, text FROM temp.to_index WHERE what "
		       "= ? ORDER BY id",
		       "i", (gint64)BUYERS) &&
	       sql_run(s, error, "DELETE FROM temp.to_index", "");
}
