/* SPDX-License-Identifier: MIT */
/* SQLite's integrity_check finds few flipped bits (8 % as measured), so messages and events carry hashes. */
#include "domain/intl.h"
#include "store/attached_write.h"
#include "store/history.h"
#include "store/message.h"

#include "domain/banned.h"

static bool damaged(const struct store *s, const char *what, gint64 id, GError **error)
{
	g_set_error(error, STORE_ERROR, STORE_ERROR_DAMAGED,
		    _("%s: %s %" PRId64
		      " isn't what was written: keep a copy of the file and go back to the last "
		      "backup; the mails can be imported again"),
		    s->path, what, id);
	return false;
}

static bool check_database(struct store *s, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(s, error, "PRAGMA integrity_check(1)", "");
	if (!q || !sql_step(s, q, error))
		return false;
	bool ok = g_strcmp0(sql_text(q, 0), "ok") == 0;
	if (!ok)
		g_set_error(error, STORE_ERROR, STORE_ERROR_DAMAGED,
			    _("%s is damaged (%s): keep a copy and go back to the last backup"), s->path,
			    sql_text(q, 0));
	return ok;
}

static bool check_events(struct store *s, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error, "SELECT id, case_id, at, type, trigger, message, text, due, row_hash FROM events", "");
	while (q && sql_step(s, q, error)) {
		g_autofree char *hash = history_hash(
		    sqlite3_column_int64(q, 1), sqlite3_column_int64(q, 2), sql_text(q, 3), sql_text(q, 4),
		    sqlite3_column_int64(q, 5), sql_text(q, 6), sqlite3_column_int64(q, 7));
		if (g_strcmp0(hash, sql_text(q, 8)) == 0)
			continue;
		gint64 id = sqlite3_column_int64(q, 0);
		sqlite3_reset(q);
		return damaged(s, _("event"), id, error);
	}
	return q && sql_ended(s);
}

static bool check_messages(struct store *s, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error, "SELECT id, message_id, sent, sender, subject, text, whole, row_hash FROM messages",
	    "");
	while (q && sql_step(s, q, error)) {
		gint64 id = sqlite3_column_int64(q, 0);
		g_autoptr(GBytes) source = message_source(s, id, NULL);
		g_autofree char *hash =
		    !source ? NULL
			    : message_hash(sql_text(q, 1), sqlite3_column_int64(q, 2), sql_text(q, 3),
					   sql_text(q, 4), sql_text(q, 5), sql_text(q, 6), source);
		if (g_strcmp0(hash, sql_text(q, 7)) == 0)
			continue;
		sqlite3_reset(q);
		return damaged(s, _("message"), id, error);
	}
	return q && sql_ended(s);
}

bool store_verify(struct store *s, GError **error)
{
	return check_database(s, error) && check_events(s, error) && check_messages(s, error) &&
	       attached_verify(s, error);
}
