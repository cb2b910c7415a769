/* SPDX-License-Identifier: MIT */
#include "store/answer.h"

#include "domain/intl.h"
#include "domain/playbook.h"
#include "domain/template.h"
#include "store/attached_write.h"
#include "store/history.h"
#include "store/index.h"
#include "store/ingest.h"
#include "store/message.h"
#include "store/own_id.h"
#include "store/sender.h"
#include "store/shop_file.h"

#include <string.h>

#include "domain/banned.h"

static const struct word methods[N_SEND_METHODS] = {
    [SEND_MAIL] = {"mail", N_("by mail"), NULL},
    [SEND_HAND] = {"hand", N_("by hand"), NULL},
};
const struct vocabulary SEND_METHODS = {"method", methods, N_SEND_METHODS};

/* The first event after `seen` that a person must have looked at before answering: a message in, a note, a
 * colleague's answer. Clocks and the person's own acts don't count. */
static bool find_unseen(struct store *s, const char *me, const struct answer *a, gint64 *event,
			GError **error)
{
	return sql_number(
	    s, event, NULL, error,
	    "SELECT e.id FROM events e LEFT JOIN persons p ON p.id = e.person WHERE e.case_id = ? AND e.id > "
	    "?"
	    " AND e.type IN ('message-in', 'message-out', 'notice', 'note') AND p.login IS NOT ?"
	    " AND e.id NOT IN (SELECT undoes FROM events WHERE undoes IS NOT NULL AND case_id = e.case_id)"
	    " ORDER BY e.id LIMIT 1",
	    "iit", a->case_id, a->seen, me);
}

/* The newest mails of the case, newest first, as references; and what the answer is about. */
static bool read_thread(struct store *s, gint64 case_id, struct incoming *m, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT m.message_id FROM messages m WHERE " SENDER_ANSWERED " AND m.automatic = 0"
		      " ORDER BY m.side = 'buyer' DESC, m.sent DESC LIMIT 10",
		      "i", case_id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(m->references, sql_copy(q, 0));
	if (!q || !sql_ended(s))
		return false;
	q = sql_query(
	    s, error,
	    /* What a follow-up is for is the shop's own affair: its mail goes on with what the buyer wrote
	       of. */
	    "SELECT p.word, p.name, iif(c.kind = 'follow-up', (SELECT m.subject FROM messages m "
	    "WHERE " SENDER_ANSWERED
	    " AND m.side = 'buyer' ORDER BY m.sent DESC LIMIT 1), c.subject), b.alias, o.number FROM cases c"
	    " JOIN platforms p ON p.id = c.platform"
	    " LEFT JOIN buyers b ON b.id = c.buyer LEFT JOIN orders o ON o.id = c.order_id WHERE c.id = ?1",
	    "i", case_id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no case %" PRId64),
				    case_id);
		return false;
	}
	m->platform = sql_copy(q, 0);
	m->platform_name = sql_copy(q, 1);
	const char *subject = sql_text(q, 2);
	bool answers = subject && g_ascii_strncasecmp(subject, "Re:", 3) == 0;
	m->subject = g_strconcat(answers ? "" : "Re: ", subject ? subject : "", NULL);
	m->alias = sql_copy(q, 3);
	m->order_no = sql_copy(q, 4);
	sqlite3_reset(q);
	return true;
}

/* Our answer as a message like those that come in: its source is what was written. */
static struct incoming *as_message(struct store *s, const char *me, const struct answer *a, gint64 now,
				   GError **error)
{
	g_autoptr(incoming_auto) m = incoming_create();
	m->message_id = own_id(s, a->attempt, error);
	if (!m->message_id || !read_thread(s, a->case_id, m, error) ||
	    !attached_collect(s, me, a, m->attachments, error))
		return NULL;
	m->content_hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, a->attempt, -1);
	m->trigger = TRIGGER_OUR_MESSAGE;
	m->side = SIDE_US;
	m->from = g_strdup(me);
	m->lang = g_strdup(a->lang);
	m->sent = now;
	m->text = g_strdup(a->text);
	m->stated_due = a->promise_due;
	m->stated = g_strdup(a->promise_due ? a->promise : NULL);
	m->source = g_bytes_new(a->text, strlen(a->text));
	m->origin = g_strdup(MESSAGE_OURS);
	return g_steal_pointer(&m);
}

/* "photo video" */
static char *bit_words(const struct vocabulary *v, guint32 bits)
{
	GString *out = g_string_new(NULL);
	for (int i = 0; i < v->count; i++) {
		if (bits & (guint32)1 << i)
			g_string_append_printf(out, "%s%s", out->len ? " " : "", v->words[i].id);
	}
	return g_string_free(out, false);
}

static bool append_fact(struct store *s, const char *me, const struct answer *a, enum event_type type,
			const char *text, gint64 due, gint64 now, GError **error)
{
	struct event e = {
	    .at = now, .type = type, .side = SIDE_US, .who = (char *)me, .text = (char *)text, .due = due};
	if (type == EVENT_OFFER)
		e.amount = a->amount;
	return history_append(s, a->case_id, &e, 0, error);
}

/* Each is a finding of its own, as a person would have recorded it. */
static bool append_findings(struct store *s, const char *me, const struct answer *a, gint64 now,
			    GError **error)
{
	for (int i = 0; i < PLAYBOOK_FINDINGS.count; i++) {
		if ((a->finds & (guint32)1 << i) &&
		    !append_fact(s, me, a, EVENT_FOUND, vocab_id(&PLAYBOOK_FINDINGS, i), 0, now, error))
			return false;
	}
	return true;
}

/* What the answer says becomes facts of the case (Z4, Z9): asked, offered, promised; and the reason for
 * passing over a block. */
static bool append_facts(struct store *s, const char *me, const struct answer *a, gint64 now, GError **error)
{
	g_autofree char *asks = bit_words(&EVIDENCE, a->asks), *offers = bit_words(&OFFERS, a->offers);
	g_autofree char *reason =
	    a->override ? g_strdup_printf(_("sent in spite of the guard: %s"), a->override) : NULL;
	return (!a->asks || append_fact(s, me, a, EVENT_EVIDENCE_ASKED, asks, 0, now, error)) &&
	       (!a->offers || append_fact(s, me, a, EVENT_OFFER, offers, 0, now, error)) &&
	       append_findings(s, me, a, now, error) &&
	       (!a->promise_due ||
		append_fact(s, me, a, EVENT_PROMISE, a->promise, a->promise_due, now, error)) &&
	       (!reason || append_fact(s, me, a, EVENT_NOTE, reason, 0, now, error));
}

static bool count_templates(struct store *s, const char *names, GError **error)
{
	g_auto(GStrv) list = g_strsplit(names ? names : "", " ", -1);
	for (int i = 0; list[i]; i++) {
		if (*list[i] &&
		    !sql_run(
			s, error,
			"INSERT INTO template_uses VALUES (?, 1) ON CONFLICT DO UPDATE SET uses = uses + 1",
			"t", list[i]))
			return false;
	}
	return true;
}

static bool write_outbox(struct store *s, const char *me, const struct answer *a, gint64 message, gint64 now,
			 struct answered *r, GError **error)
{
	enum outbox_state state = a->method == SEND_MAIL ? OUTBOX_WAITING : OUTBOX_TO_POST;
	if (!sql_run(s, error,
		     "INSERT INTO outbox (attempt, case_id, event, message, login, method, state, "
		     "send_after, next_try, created,"
		     " changed, templates) VALUES (?, ?, ?, ?, ?, ?, ?, ?8, ?8, ?9, ?9, ?10)",
		     "tiiitwwiit", a->attempt, a->case_id, r->event, message, me, &SEND_METHODS,
		     (int)a->method, &OUTBOX_STATES, (int)state, now + a->undo_ms, now,
		     a->templates ? a->templates : ""))
		return false;
	r->outbox = sql_row(s);
	return true;
}

/* The writer's name goes onto the event, which is written without one by the path that imports share. */
static bool send(struct store *s, const char *me, const struct answer *a, gint64 now, struct answered *r,
		 GError **error)
{
	struct ingested stored;
	g_autoptr(incoming_auto) m = as_message(s, me, a, now, error);
	return m && person_enter(s, me, error) &&
	       ingest_one(s, m, a->case_id, now, &stored, &r->event, error) &&
	       append_facts(s, me, a, now, error) && count_templates(s, a->templates, error) &&
	       write_outbox(s, me, a, stored.message_id, now, r, error) &&
	       attached_drop(s, me, a->case_id, error) &&
	       sql_run(s, error, "DELETE FROM drafts WHERE case_id = ? AND login = ? AND buffer = 'reply'",
		       "it", a->case_id, me);
}

/* What the guard blocks leaves only by one who may say so. Asked here, because all answers pass here,
 * whichever program they come from; the file is read anew, so that a change counts at once. */
static bool may_override(const char *me, const struct answer *a, GError **error)
{
	if (!a->override)
		return true;
	g_autoptr(shop_auto) shop = shop_load(error);
	if (!shop || shop_may_override(shop, me))
		return shop != NULL;
	g_autofree char *text = shop_tell_override(shop);
	g_set_error_literal(error, STORE_ERROR, STORE_ERROR_REFUSED, text);
	return false;
}

/* No answer goes to mail that no person wrote, nor to an address that nobody reads. */
static bool may_leave(struct store *s, const struct answer *a, GError **error)
{
	bool may = a->method != SEND_MAIL;
	if (!may && !case_takes_mail(s, a->case_id, &may, error))
		return false;
	if (!may)
		g_set_error(error, STORE_ERROR, STORE_ERROR_REFUSED,
			    _("the buyer wrote no mail in case %" PRId64
			      " that can be answered (automatic mail and no-reply addresses"
			      " aren't): answer on the platform's page"),
			    a->case_id);
	return may;
}

static bool send_unless(struct store *s, const char *me, const struct answer *a, gint64 now,
			struct answered *r, GError **error)
{
	bool repeated;
	if (!sql_number(s, &r->outbox, &repeated, error, "SELECT id FROM outbox WHERE attempt = ?", "t",
			a->attempt))
		return false;
	if (repeated) {
		r->result = ANSWER_REPEATED;
		return true;
	}
	if (!find_unseen(s, me, a, &r->event, error))
		return false;
	if (r->event) {
		r->result = ANSWER_UNSEEN;
		return true;
	}
	r->result = ANSWER_QUEUED;
	return may_override(me, a, error) && may_leave(s, a, error) && send(s, me, a, now, r, error);
}

bool store_answer(struct store *s, const char *me, const struct answer *a, gint64 now, struct answered *r,
		  GError **error)
{
	*r = (struct answered){0};
	/* The rules are read before the queue is entered: nobody waits for that. */
	if (!may_override(me, a, error) || !store_rules(s, error) || !index_prepare(s, error) ||
	    !sql_begin(s, error))
		return false;
	return sql_end(s, send_unless(s, me, a, now, r, error) && index_flush(s, error), error);
}

/* Every event that the answer brought with it, newest first: it and the facts behind it. */
static bool undo_events(struct store *s, const char *me, gint64 case_id, gint64 event, gint64 created,
			gint64 now, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(false, false, sizeof(gint64));
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT id FROM events WHERE case_id = ?1 AND (id = ?2 OR (id > ?2 AND at = ?3 AND person ="
	    " (SELECT id FROM persons WHERE login = ?4) AND type IN ('offer', 'promise', 'note',"
	    " 'evidence-asked', 'found'))) ORDER BY id DESC",
	    "iiit", case_id, event, created, me);
	while (q && sql_step(s, q, error)) {
		gint64 id = sqlite3_column_int64(q, 0);
		g_array_append_val(ids, id);
	}
	if (!q || !sql_ended(s))
		return false;
	for (guint i = 0; i < ids->len; i++) {
		struct event e = {.at = now,
				  .type = EVENT_UNDO,
				  .side = SIDE_US,
				  .who = (char *)me,
				  .undoes = g_array_index(ids, gint64, i)};
		if (!history_append(s, case_id, &e, 0, error))
			return false;
	}
	return true;
}

/* The text is a draft again, under a new attempt; one that was begun since is kept and ours put before it. */
static bool give_back(struct store *s, const char *me, gint64 case_id, gint64 outbox, gint64 now,
		      GError **error)
{
	g_autofree char *attempt = g_uuid_string_random();
	return sql_run(
	    s, error,
	    "INSERT INTO drafts SELECT ?1, ?2, 'reply', m.text, length(CAST(m.text AS BLOB)), m.lang,"
	    " o.templates, ?3, (SELECT max(id) FROM events WHERE case_id = ?1), ?4, ?4"
	    " FROM outbox o JOIN messages m ON m.id = o.message WHERE o.id = ?5"
	    " ON CONFLICT DO UPDATE SET text = excluded.text || char(10, 10) || drafts.text,"
	    " templates = trim(excluded.templates || ' ' || drafts.templates)",
	    "ittii", case_id, me, attempt, now, outbox);
}

static bool take_back(struct store *s, const char *me, gint64 outbox, gint64 now, bool *done, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT case_id, event, message, created FROM outbox WHERE id = ? AND login = ?"
		      " AND state IN ('to-post', 'waiting', 'failed', 'unsure')",
		      "it", outbox, me);
	*done = false;
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	gint64 case_id = sqlite3_column_int64(q, 0), event = sqlite3_column_int64(q, 1),
	       message = sqlite3_column_int64(q, 2);
	gint64 created = sqlite3_column_int64(q, 3);
	sqlite3_reset(q);
	*done = true;
	return sql_run(s, error, "UPDATE outbox SET state = 'taken-back', changed = ? WHERE id = ?", "ii",
		       now, outbox) &&
	       undo_events(s, me, case_id, event, created, now, error) &&
	       ingest_rebuild(s, case_id, now, error) && give_back(s, me, case_id, outbox, now, error) &&
	       attached_give_back(s, me, case_id, message, error);
}

bool store_take_back(struct store *s, const char *me, gint64 outbox, gint64 now, bool *done, GError **error)
{
	if (!store_rules(s, error) || !sql_begin(s, error))
		return false;
	return sql_end(s, take_back(s, me, outbox, now, done, error), error);
}

GHashTable *store_template_uses(struct store *s, GError **error)
{
	g_autoptr(GHashTable) uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	sqlite3_stmt *q = sql_query(s, error, "SELECT name, uses FROM template_uses", "");
	while (q && sql_step(s, q, error))
		g_hash_table_insert(uses, sql_copy(q, 0), GINT_TO_POINTER(sqlite3_column_int(q, 1)));
	return q && sql_ended(s) ? g_steal_pointer(&uses) : NULL;
}
