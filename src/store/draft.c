/* SPDX-License-Identifier: MIT */
#include "domain/intl.h"
#include "store/act_write.h"
#include "store/attached_write.h"

#include "domain/banned.h"

static const struct word buffers[N_DRAFT_BUFFERS] = {
    [DRAFT_REPLY] = {"reply", N_("reply"), NULL},
    [DRAFT_NOTE] = {"note", N_("note"), NULL},
};
const struct vocabulary DRAFT_BUFFERS = {"buffer", buffers, N_DRAFT_BUFFERS};

void draft_destroy(struct draft *d)
{
	if (!d)
		return;
	g_free(d->text);
	g_free(d->lang);
	g_free(d->templates);
	g_free(d->attempt);
	g_clear_pointer(&d->files, g_ptr_array_unref);
	g_free(d);
}

bool draft_write(struct store *s, const char *me, struct draft *d, gint64 now, GError **error)
{
	if (!d->attempt)
		d->attempt = g_uuid_string_random();
	if (!d->begun)
		d->begun = now;
	d->saved = now;
	return sql_run(s, error, "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		       "itwtitttiii", d->case_id, me, &DRAFT_BUFFERS, (int)d->buffer, d->text ? d->text : "",
		       (gint64)d->cursor, d->lang, d->templates ? d->templates : "", d->attempt, d->seen,
		       d->begun, d->saved);
}

bool store_draft_save(struct store *s, const char *me, struct draft *d, gint64 now, GError **error)
{
	return sql_begin(s, error) && sql_end(s, draft_write(s, me, d, now, error), error);
}

static struct draft *read_draft(sqlite3_stmt *q)
{
	struct draft *d = g_new0(struct draft, 1);
	d->case_id = sqlite3_column_int64(q, 0);
	d->buffer = sql_word(q, 1, &DRAFT_BUFFERS, DRAFT_REPLY);
	d->text = sql_copy(q, 2);
	d->cursor = sqlite3_column_int64(q, 3);
	d->lang = sql_copy(q, 4);
	d->templates = sql_copy(q, 5);
	d->attempt = sql_copy(q, 6);
	d->seen = sqlite3_column_int64(q, 7);
	d->begun = sqlite3_column_int64(q, 8);
	d->saved = sqlite3_column_int64(q, 9);
	return d;
}

struct draft *store_draft(struct store *s, const char *me, gint64 case_id, enum draft_buffer buffer,
			  GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT case_id, buffer, text, cursor, lang, templates, attempt, seen, begun, saved"
		      " FROM drafts WHERE case_id = ? AND login = ? AND buffer = ?",
		      "itw", case_id, me, &DRAFT_BUFFERS, (int)buffer);
	if (!q || !sql_step(s, q, error))
		return NULL;
	g_autoptr(draft_auto) d = read_draft(q);
	return store_draft_files(s, me, d, error) ? g_steal_pointer(&d) : NULL;
}

bool store_draft_drop(struct store *s, const char *me, gint64 case_id, enum draft_buffer buffer,
		      GError **error)
{
	if (!sql_begin(s, error))
		return false;
	bool ok = sql_run(s, error, "DELETE FROM drafts WHERE case_id = ? AND login = ? AND buffer = ?",
			  "itw", case_id, me, &DRAFT_BUFFERS, (int)buffer) &&
		  (buffer != DRAFT_REPLY || attached_drop(s, me, case_id, error));
	return sql_end(s, ok, error);
}

GPtrArray *store_drafts(struct store *s, const char *me, GError **error)
{
	g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_destroy);
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT case_id, buffer, NULL, cursor, lang, templates, attempt, seen, begun, saved"
		      " FROM drafts WHERE login = ? ORDER BY saved DESC",
		      "t", me);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(drafts, read_draft(q));
	return q && sql_ended(s) ? g_steal_pointer(&drafts) : NULL;
}

bool store_note(struct store *s, const char *me, gint64 case_id, const char *text, gint64 now, GError **error)
{
	struct act a = {.type = ACT_NOTE, .cases = &case_id, .count = 1, .text = text};
	struct acted r;
	if (!store_rules(s, error) || !sql_begin(s, error))
		return false;
	bool ok = act_write(s, me, &a, now, &r, error) &&
		  sql_run(s, error, "DELETE FROM drafts WHERE case_id = ? AND login = ? AND buffer = 'note'",
			  "it", case_id, me);
	return sql_end(s, ok, error);
}
