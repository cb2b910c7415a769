/* SPDX-License-Identifier: MIT */
#include "store/attached.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/attached_write.h"
#include "store/sql.h"

#include "domain/banned.h"

/* Reads attachments from a query for id, name, type, size, file. */
static bool read_files(struct store *s, sqlite3_stmt *q, GPtrArray *files, GError **error)
{
	while (q && sql_step(s, q, error)) {
		struct attachment *a = g_new0(struct attachment, 1);
		*a = (struct attachment){.id = sqlite3_column_int64(q, 0),
					 .name = sql_copy(q, 1),
					 .type = sql_copy(q, 2),
					 .size = sqlite3_column_int64(q, 3),
					 .part = g_strdup(""),
					 .file = sqlite3_column_int64(q, 4)};
		g_ptr_array_add(files, a);
	}
	return q && sql_ended(s);
}

static bool read_draft_files(struct store *s, const char *me, gint64 case_id, GPtrArray *files,
			     GError **error)
{
	return read_files(
	    s,
	    sql_query(s, error,
		      "SELECT d.id, d.name, d.type, f.size, f.id FROM draft_files d JOIN files f"
		      " ON f.id = d.file WHERE d.case_id = ? AND d.login = ? ORDER BY d.id",
		      "it", case_id, me),
	    files, error);
}

bool store_draft_files(struct store *s, const char *me, struct draft *d, GError **error)
{
	g_autoptr(GPtrArray) files = attachments_new();
	/* A note stays in the shop, and has no files. */
	if (d->buffer == DRAFT_REPLY && !read_draft_files(s, me, d->case_id, files, error))
		return false;
	g_clear_pointer(&d->files, g_ptr_array_unref);
	d->files = g_steal_pointer(&files);
	return true;
}

/* The file's row, made if these bytes aren't there yet. */
static bool enter_file(struct store *s, GBytes *bytes, gint64 *file, GError **error)
{
	g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	return sql_run(s, error, "INSERT OR IGNORE INTO files (hash, size, bytes) VALUES (?, ?, ?)", "tib",
		       hash, (gint64)g_bytes_get_size(bytes), bytes) &&
	       sql_number(s, file, NULL, error, "SELECT id FROM files WHERE hash = ?", "t", hash);
}

/* Deletes a file that nothing carries any more. */
static bool forget_file(struct store *s, gint64 file, GError **error)
{
	return sql_run(
	    s, error,
	    "DELETE FROM files WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM draft_files WHERE file = ?1)"
	    " AND NOT EXISTS (SELECT 1 FROM attachments WHERE file = ?1)",
	    "i", file);
}

static bool fits(struct store *s, const char *me, gint64 case_id, const struct upload *u, gint64 most,
		 GError **error)
{
	gint64 size;
	if (!sql_number(s, &size, NULL, error,
			"SELECT coalesce(sum(f.size), 0) FROM draft_files d JOIN files f ON f.id = d.file"
			" WHERE d.case_id = ? AND d.login = ?",
			"it", case_id, me))
		return false;
	size += (gint64)g_bytes_get_size(u->bytes);
	g_autofree char *all = g_format_size_full((guint64)size, G_FORMAT_SIZE_IEC_UNITS),
			*limit = g_format_size_full((guint64)most, G_FORMAT_SIZE_IEC_UNITS);
	if (size > most)
		g_set_error(
		    error, STORE_ERROR, STORE_ERROR_REFUSED,
		    _("%s isn't attached: all files together would have %s, and an answer carries %s"),
		    u->name, all, limit);
	return size <= most;
}

static bool attach(struct store *s, const char *me, struct draft *d, const struct upload *u, gint64 most,
		   gint64 now, GError **error)
{
	gint64 file, there;
	if (!fits(s, me, d->case_id, u, most, error) || !enter_file(s, u->bytes, &file, error) ||
	    !sql_number(
		s, &there, NULL, error,
		"SELECT count(*) FROM draft_files WHERE case_id = ? AND login = ? AND name = ? AND file = ?",
		"itti", d->case_id, me, u->name, file))
		return false;
	if (there) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_REFUSED, _("%s is attached already"), u->name);
		return false;
	}
	return draft_write(s, me, d, now, error) &&
	       sql_run(s, error,
		       "INSERT INTO draft_files (case_id, login, name, type, file) VALUES (?, ?, ?, ?, ?)",
		       "ittti", d->case_id, me, u->name, u->type, file);
}

bool store_attach(struct store *s, const char *me, struct draft *d, const struct upload *u, gint64 most,
		  gint64 now, GError **error)
{
	if (!sql_begin(s, error))
		return false;
	return sql_end(s, attach(s, me, d, u, most, now, error), error) && store_draft_files(s, me, d, error);
}

bool store_detach(struct store *s, const char *me, struct draft *d, guint n, GError **error)
{
	const struct attachment *a = d->files->pdata[n];
	if (!sql_begin(s, error))
		return false;
	bool ok = sql_run(s, error, "DELETE FROM draft_files WHERE id = ? AND login = ?", "it", a->id, me) &&
		  forget_file(s, a->file, error);
	return sql_end(s, ok, error) && store_draft_files(s, me, d, error);
}

static bool add_uploads(struct store *s, const GPtrArray *uploads, GPtrArray *attachments, GError **error)
{
	for (guint i = 0; uploads && i < uploads->len; i++) {
		const struct upload *u = uploads->pdata[i];
		gint64 file;
		if (!enter_file(s, u->bytes, &file, error))
			return false;
		struct attachment *a = g_new0(struct attachment, 1);
		*a = (struct attachment){.name = g_strdup(u->name),
					 .type = g_strdup(u->type),
					 .size = (gint64)g_bytes_get_size(u->bytes),
					 .part = g_strdup(""),
					 .file = file};
		g_ptr_array_add(attachments, a);
	}
	return true;
}

bool attached_collect(struct store *s, const char *me, const struct answer *a, GPtrArray *attachments,
		      GError **error)
{
	return read_draft_files(s, me, a->case_id, attachments, error) &&
	       add_uploads(s, a->uploads, attachments, error);
}

bool attached_drop(struct store *s, const char *me, gint64 case_id, GError **error)
{
	g_autoptr(GPtrArray) files = attachments_new();
	if (!read_draft_files(s, me, case_id, files, error) ||
	    !sql_run(s, error, "DELETE FROM draft_files WHERE case_id = ? AND login = ?", "it", case_id, me))
		return false;
	for (guint i = 0; i < files->len; i++) {
		if (!forget_file(s, ((const struct attachment *)files->pdata[i])->file, error))
			return false;
	}
	return true;
}

bool attached_give_back(struct store *s, const char *me, gint64 case_id, gint64 message, GError **error)
{
	return sql_run(
	    s, error,
	    "INSERT OR IGNORE INTO draft_files (case_id, login, name, type, file)"
	    " SELECT ?, ?, name, type, file FROM attachments WHERE message = ? AND file IS NOT NULL"
	    " ORDER BY id",
	    "iti", case_id, me, message);
}

GPtrArray *store_outbox_files(struct store *s, gint64 outbox, GError **error)
{
	g_autoptr(GPtrArray) files = attachments_new();
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT a.id, a.name, a.type, a.size, a.file FROM outbox o JOIN attachments a"
		      " ON a.message = o.message WHERE o.id = ? AND a.file IS NOT NULL ORDER BY a.id",
		      "i", outbox);
	return read_files(s, q, files, error) ? g_steal_pointer(&files) : NULL;
}

static bool damaged(const struct store *s, gint64 file, GError **error)
{
	g_set_error(error, STORE_ERROR, STORE_ERROR_DAMAGED,
		    _("%s: file %" PRId64
		      " isn't what was attached: keep a copy of the store and go back to the"
		      " last backup; attach the file again"),
		    s->path, file);
	return false;
}

static GBytes *read_bytes(sqlite3_stmt *q, int column)
{
	return g_bytes_new(sqlite3_column_blob(q, column), (gsize)sqlite3_column_bytes(q, column));
}

static bool is_whole(GBytes *bytes, const char *hash)
{
	g_autofree char *now = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	return g_strcmp0(now, hash) == 0;
}

GBytes *store_file(struct store *s, gint64 file, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error, "SELECT bytes, hash FROM files WHERE id = ?", "i", file);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			damaged(s, file, error);
		return NULL;
	}
	g_autoptr(GBytes) bytes = read_bytes(q, 0);
	bool whole = is_whole(bytes, sql_text(q, 1));
	return whole || damaged(s, file, error) ? g_steal_pointer(&bytes) : NULL;
}

bool attached_verify(struct store *s, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error, "SELECT bytes, hash, id FROM files", "");
	while (q && sql_step(s, q, error)) {
		g_autoptr(GBytes) bytes = read_bytes(q, 0);
		gint64 id = sqlite3_column_int64(q, 2);
		if (is_whole(bytes, sql_text(q, 1)))
			continue;
		sqlite3_reset(q);
		return damaged(s, id, error);
	}
	return q && sql_ended(s);
}
