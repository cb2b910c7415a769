/* SPDX-License-Identifier: MIT */
#include "store/message.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/index.h"

#include "domain/banned.h"

#define PIECE (1 << 20)
#define PIECES 4096 /* of one message */
#define INDEXED (256 * 1024)

static bool look(struct store *s, const char *message_id, gint64 *id, gint64 *case_id, char **content,
		 GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error, "SELECT id, case_id, content_hash, origin FROM messages WHERE message_id = ?",
		      "t", message_id);
	*id = 0;
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	*id = sqlite3_column_int64(q, 0);
	*case_id = sqlite3_column_int64(q, 1);
	/* What we sent comes back as a copy whose content was changed on the way: it is the same mail. */
	*content = g_strcmp0(sql_text(q, 3), MESSAGE_OURS) == 0 ? NULL : sql_copy(q, 2);
	return true;
}

enum message_known message_look(struct store *s, struct incoming *m, struct ingested *there, GError **error)
{
	/* Round twice at most: under its own Message-ID, then under the one made from the content. */
	for (int round = 0; round < 2; round++) {
		g_autofree char *content = NULL;
		gint64 id, case_id = 0;
		if (!look(s, m->message_id, &id, &case_id, &content, error))
			return MESSAGE_FAULT;
		if (!id)
			return MESSAGE_NEW;
		if (round > 0 || !content || g_strcmp0(content, m->content_hash) == 0) {
			*there = (struct ingested){INGEST_ALREADY_THERE, case_id, id};
			return MESSAGE_THERE;
		}
		g_free(m->message_id);
		m->message_id = g_strdup_printf("%s@content.amends.invalid", m->content_hash);
		m->flaws |= FLAW_MESSAGE_ID;
		if (!m->flaw_note)
			m->flaw_note =
			    g_strdup(_("another mail came with the same Message-ID; both are kept"));
	}
	return MESSAGE_NEW;
}

static void feed(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)(text ? text : ""), -1);
	g_checksum_update(sum, (const guchar *)"", 1);
}

char *message_hash(const char *message_id, gint64 sent, const char *sender, const char *subject,
		   const char *text, const char *whole, GBytes *source)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree char *time = g_strdup_printf("%" G_GINT64_FORMAT, sent);
	const char *const texts[] = {message_id, time, sender, subject, text, whole};
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		feed(sum, texts[i]);
	gsize size;
	const void *bytes = g_bytes_get_data(source, &size);
	for (gsize at = 0; at < size; at += PIECE)
		g_checksum_update(sum, (const guchar *)bytes + at, MIN(PIECE, size - at));
	char *hash = g_strndup(g_checksum_get_string(sum), 32);
	g_checksum_free(sum);
	return hash;
}

static bool write_row(struct store *s, const struct incoming *m, const struct parties *p, gint64 case_id,
		      gint64 now, gint64 *id, GError **error)
{
	g_autofree char *hash = message_hash(m->message_id, m->sent, m->from, m->subject,
					     m->text ? m->text : "", m->whole, m->source);
	if (!sql_run(
		s, error,
		"INSERT INTO messages (case_id, order_id, platform, buyer, message_id, content_hash, side, "
		"trigger, kind,"
		" automatic, sent, received, stated_due, stated, reason, minor, currency, lang, sender, "
		"subject, flaws,"
		" flaw_note, origin, size, row_hash, text, whole, reply_to)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		"?)",
		"nninttwwwiiiittitttt"
		"ittitttt",
		case_id, p->order, p->platform, p->buyer, m->message_id, m->content_hash, &SIDES,
		(int)m->side, &TRIGGERS, (int)m->trigger, &KINDS, (int)m->kind, (gint64)m->automatic, m->sent,
		now, m->stated_due, m->stated, m->reason, m->amount.minor, m->amount.currency, m->lang,
		m->from, m->subject, (gint64)m->flaws, m->flaw_note, m->origin,
		(gint64)g_bytes_get_size(m->source), hash, m->text ? m->text : "", m->whole, m->reply_to))
		return false;
	*id = sql_row(s);
	return true;
}

static bool write_source(struct store *s, gint64 id, GBytes *source, GError **error)
{
	gsize size = g_bytes_get_size(source);
	gint64 piece = 0;
	for (gsize at = 0; at < size || piece == 0; at += PIECE, piece++) {
		if (piece == PIECES) {
			g_set_error(error, STORE_ERROR, STORE_ERROR_FULL,
				    _("a mail larger than 4 GiB can't be stored"));
			return false;
		}
		g_autoptr(GBytes) part = g_bytes_new_from_bytes(source, at, MIN(PIECE, size - at));
		if (!sql_run(s, error, "INSERT INTO sources (id, bytes) VALUES (?, ?)", "ib",
			     id * PIECES + piece, part))
			return false;
	}
	return true;
}

static bool write_attachments(struct store *s, gint64 id, const GPtrArray *attachments, GError **error)
{
	for (guint i = 0; i < attachments->len; i++) {
		const struct attachment *a = attachments->pdata[i];
		if (!sql_run(s, error,
			     "INSERT INTO attachments (message, name, type, size, part, file) VALUES (?, ?, "
			     "?, ?, ?, ?)",
			     "ittitn", id, a->name, a->type, a->size, a->part, a->file))
			return false;
	}
	return true;
}

/* Everything a person may remember of a mail can be searched. */
static bool write_index(struct store *s, gint64 id, const struct incoming *m, GError **error)
{
	const char *const texts[] = {m->subject, m->from, m->order_no,
				     m->case_no, m->item, m->whole ? m->whole : m->text};
	g_autoptr(GString) all = g_string_new(NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		if (texts[i])
			g_string_append_printf(all, "%s\n", texts[i]);
	}
	if (all->len > INDEXED) {
		const char *cut = g_utf8_find_prev_char(all->str, all->str + INDEXED);
		g_string_truncate(all, cut ? cut - all->str : 0);
	}
	g_autofree char *folded = text_fold(all->str);
	return index_message(s, id, folded, error);
}

bool message_write(struct store *s, const struct incoming *m, const struct parties *p, gint64 case_id,
		   gint64 now, gint64 *id, GError **error)
{
	return write_row(s, m, p, case_id, now, id, error) && write_source(s, *id, m->source, error) &&
	       write_attachments(s, *id, m->attachments, error) && write_index(s, *id, m, error);
}

GBytes *message_source(struct store *s, gint64 id, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error, "SELECT bytes FROM sources WHERE id BETWEEN ? AND ? ORDER BY id", "ii",
		      id * PIECES, id * PIECES + PIECES - 1);
	if (!q)
		return NULL;
	g_autoptr(GByteArray) all = g_byte_array_new();
	bool any = false;
	while (sql_step(s, q, error)) {
		const void *bytes = sqlite3_column_blob(q, 0);
		if (bytes)
			g_byte_array_append(all, bytes, sqlite3_column_bytes(q, 0));
		any = true;
	}
	if (!sql_ended(s))
		return NULL;
	if (!any) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no message %" PRId64), id);
		return NULL;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}
