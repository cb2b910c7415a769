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

/* Pages that one step of tidying writes; it holds the queue for some milliseconds. */
#define TIDY_PAGES 250
#define TIDY_LEAST 5000 /* mails */
#define TIDY_SHARE 10   /* of the mails that are there */

static bool tidy_step(struct store *s, gint64 pages, bool *changed, GError **error)
{
	if (!sql_begin(s, error))
		return false;
	int before = sqlite3_total_changes(s->db);
	bool ok = sql_run(s, error, "INSERT INTO search (search, rank) VALUES ('merge', ?)", "i", pages);
	/* FTS5 counts what it wrote; less than two means that there is nothing left to merge. */
	*changed = sqlite3_total_changes(s->db) - before >= 2;
	return sql_end(s, ok, error);
}

bool store_tidy_search(struct store *s, gint64 stored, const volatile int *stop, GError **error)
{
	gint64 messages;
	bool changed = true;
	if (!sql_number(s, &messages, NULL, error, "SELECT coalesce(max(id), 0) FROM messages", ""))
		return false;
	if (stored < TIDY_LEAST || stored < messages / TIDY_SHARE)
		return true;
	/* A number below zero lets it begin on all pieces, however few of a size there are. */
	for (gint64 pages = -TIDY_PAGES; changed && !(stop && *stop); pages = TIDY_PAGES) {
		if (!tidy_step(s, pages, &changed, error))
			return false;
	}
	return true;
}
