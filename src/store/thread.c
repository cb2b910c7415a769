/* SPDX-License-Identifier: MIT */
#include "store/thread.h"

#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

#define REFERENCES 64 /* of one mail that are looked at: the newest */

/* What answers and forwards put before a subject, folded. */
static const char *const prefixes[] = {"re",  "fw",    "fwd",   "aw",    "wg",    "sv",
				       "vs",  "antw",  "betr",  "rif",   "r",     "i",
				       "ats", "回 复", "答 复", "转 发", "回 覆", "轉 寄"};

/* The length of one such prefix with its colon and blanks; 0 if there is none. */
static gsize prefix_length(const char *s)
{
	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
		if (!g_str_has_prefix(s, prefixes[i]))
			continue;
		const char *p = s + strlen(prefixes[i]);
		if (*p == '[') {
			p++;
			p += strspn(p, "0123456789");
			p += *p == ']';
		}
		p += strspn(p, " ");
		if (*p == ':')
			return p + 1 + strspn(p + 1, " ") - s;
	}
	return 0;
}

char *thread_subject(const char *subject)
{
	g_autofree char *folded = text_fold(subject ? subject : "");
	const char *s = g_strstrip(folded);
	for (gsize length; (length = prefix_length(s));)
		s += length;
	GString *out = g_string_new(NULL);
	for (; *s; s++) {
		if (!g_ascii_isspace(*s) || (s[1] && !g_ascii_isspace(s[1])))
			g_string_append_c(out, g_ascii_isspace(*s) ? ' ' : *s);
	}
	return g_string_free(out, false);
}

/* The case of a mail that `reference` names, if it is this platform's or this buyer's. */
static bool by_reference(struct store *s, const char *reference, const struct parties *p, gint64 *id,
			 GError **error)
{
	return sql_number(s, id, NULL, error,
			  "SELECT case_id FROM messages WHERE message_id = ? AND (platform = ? OR buyer = ?)"
			  " AND case_id IS NOT NULL",
			  "tin", reference, p->platform, p->buyer);
}

/* The case of a mail that came earlier and answers this one. */
static bool by_answer(struct store *s, const struct incoming *m, const struct parties *p, gint64 *id,
		      GError **error)
{
	return sql_number(
	    s, id, NULL, error,
	    "SELECT m.case_id FROM message_refs r JOIN messages m ON m.id = r.message"
	    " WHERE r.reference = ? AND (m.platform = ? OR m.buyer = ?) AND m.case_id IS NOT NULL"
	    " ORDER BY m.id LIMIT 1",
	    "tin", m->message_id, p->platform, p->buyer);
}

static bool by_number(struct store *s, const struct incoming *m, const struct parties *p, gint64 *id,
		      GError **error)
{
	return sql_number(s, id, NULL, error,
			  "SELECT id FROM cases WHERE platform = ? AND case_no = ? ORDER BY id DESC LIMIT 1",
			  "it", p->platform, m->case_no);
}

/* Open cases come first, then the newest; one that carries another case number is another case; the buyer's
 * own before one whose buyer isn't known. */
static bool by_order(struct store *s, const struct incoming *m, const struct parties *p, gint64 *id,
		     GError **error)
{
	return sql_number(s, id, NULL, error,
			  "SELECT id FROM cases WHERE order_id = ?1 AND platform = ?2"
			  " AND (?3 IS NULL OR case_no IS NULL OR case_no = ?3)"
			  " ORDER BY buyer IS ?4 DESC, open DESC, latest DESC, id DESC LIMIT 1",
			  "iitn", p->order, p->platform, m->case_no, p->buyer);
}

static bool by_subject(struct store *s, const struct incoming *m, const struct parties *p, const char *thread,
		       gint64 *id, GError **error)
{
	return sql_number(s, id, NULL, error,
			  "SELECT id FROM cases WHERE buyer = ?1 AND open = 1 AND thread = ?2"
			  " AND (?3 IS NULL OR order_id IS NULL) AND (?4 IS NULL OR case_no IS NULL)"
			  " ORDER BY latest DESC, id DESC LIMIT 1",
			  "itnt", p->buyer, thread, p->order, m->case_no);
}

bool thread_find(struct store *s, const struct incoming *m, const struct parties *p, const char *thread,
		 gint64 *id, GError **error)
{
	*id = 0;
	for (guint i = 0; i < m->references->len && i < REFERENCES; i++) {
		if (!by_reference(s, m->references->pdata[i], p, id, error))
			return false;
		if (*id)
			return true;
	}
	return by_answer(s, m, p, id, error) && (*id || !m->case_no || by_number(s, m, p, id, error)) &&
	       (*id || !p->order || by_order(s, m, p, id, error)) &&
	       (*id || !p->buyer || by_subject(s, m, p, thread, id, error));
}

bool thread_remember(struct store *s, const struct incoming *m, gint64 message, GError **error)
{
	for (guint i = 0; i < m->references->len && i < REFERENCES; i++) {
		gint64 there;
		const char *reference = m->references->pdata[i];
		if (!sql_number(s, &there, NULL, error, "SELECT id FROM messages WHERE message_id = ?", "t",
				reference))
			return false;
		if (!there &&
		    !sql_run(s, error, "INSERT INTO message_refs VALUES (?, ?) ON CONFLICT DO NOTHING", "ti",
			     reference, message))
			return false;
	}
	return true;
}
