/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "domain/banned.h"

char *history_hash(gint64 case_id, gint64 at, const char *type, const char *trigger, gint64 message,
		   const char *text, gint64 due)
{
	g_autoptr(GString) row = g_string_new(NULL);
	g_string_printf(row,
			"%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT
			" %" G_GINT64_FORMAT " %s",
			case_id, at, type, trigger, message, due, text ? text : "");
	g_autofree char *hash =
	    g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)row->str, row->len);
	return g_strndup(hash, 16); /* against flipped bits, not against a forger */
}

bool history_append(struct store *s, gint64 case_id, const struct event *e, gint64 message, GError **error)
{
	const char *type = vocab_id(&EVENT_TYPES, e->type), *trigger = vocab_id(&TRIGGERS, e->trigger);
	g_autofree char *hash = history_hash(case_id, e->at, type, trigger, message, e->text, e->due);
	return sql_run(
	    s, error,
	    "INSERT INTO events (case_id, at, type, side, trigger, message, text, minor, "
	    "currency, due, row_hash,"
	    " person, undoes, act, about, other, origin, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " (SELECT id FROM persons WHERE login = ?), ?, ?, ?, ?, ?, ?)",
	    "iitwtntitittnnnnnt", case_id, e->at, type, &SIDES, (int)e->side, trigger, message, e->text,
	    e->amount.minor, e->amount.currency, e->due, hash, e->who, e->undoes, e->act, e->about, e->other,
	    e->origin, e->rule);
}

bool person_enter(struct store *s, const char *login, GError **error)
{
	return sql_run(s, error, "INSERT INTO persons (login, name) VALUES (?1, ?1) ON CONFLICT DO NOTHING",
		       "t", login);
}
