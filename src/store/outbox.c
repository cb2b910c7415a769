/* SPDX-License-Identifier: MIT */
#include "store/outbox_read.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "store/attached.h"
#include "store/history.h"
#include "store/ingest.h"
#include "store/sender.h"
#include "store/sql.h"

#include "domain/banned.h"

/* The timer sends every minute: what should have left so long ago waits for a sender that isn't there. */
#define LATE_MS (10 * MINUTE_MS)

static const struct word states[N_OUTBOX_STATES] = {
    [OUTBOX_WAITING] = {"waiting", N_("waits"), NULL},
    [OUTBOX_SENDING] = {"sending", N_("being sent"), NULL},
    [OUTBOX_SENT] = {"sent", N_("sent"), NULL},
    [OUTBOX_FAILED] = {"failed", N_("failed"), NULL},
    [OUTBOX_UNSURE] = {"unsure", N_("perhaps sent"), NULL},
    [OUTBOX_TAKEN_BACK] = {"taken-back", N_("taken back"), NULL},
    [OUTBOX_TO_POST] = {"to-post", N_("to post by hand"), NULL},
    [OUTBOX_POSTED] = {"posted", N_("posted"), NULL},
};
const struct vocabulary OUTBOX_STATES = {"outbox state", states, N_OUTBOX_STATES};

void outbox_row_destroy(struct outbox_row *r)
{
	g_free(r->login);
	g_free(r->buyer);
	g_free(r->platform);
	g_free(r->subject);
	g_free(r->fault);
	g_free(r);
}

void outgoing_destroy(struct outgoing *o)
{
	if (!o)
		return;
	g_free(o->message_id);
	g_free(o->to);
	g_free(o->subject);
	g_free(o->text);
	g_free(o->lang);
	g_clear_pointer(&o->references, g_ptr_array_unref);
	g_clear_pointer(&o->files, g_ptr_array_unref);
	g_free(o);
}

static struct outbox_row *read_row(sqlite3_stmt *q)
{
	struct outbox_row *r = g_new0(struct outbox_row, 1);
	r->id = sqlite3_column_int64(q, 0);
	r->case_id = sqlite3_column_int64(q, 1);
	r->message = sqlite3_column_int64(q, 2);
	r->created = sqlite3_column_int64(q, 3);
	r->send_after = sqlite3_column_int64(q, 4);
	r->next_try = sqlite3_column_int64(q, 5);
	r->state = sql_word(q, 6, &OUTBOX_STATES, OUTBOX_UNSURE);
	r->method = sql_word(q, 7, &SEND_METHODS, SEND_HAND);
	r->tries = sqlite3_column_int(q, 8);
	r->login = sql_copy(q, 9);
	r->buyer = sql_copy(q, 10);
	r->platform = sql_copy(q, 11);
	r->subject = sql_copy(q, 12);
	r->fault = sql_copy(q, 13);
	return r;
}

/* States in which an answer still needs something. */
#define UNSETTLED "('waiting', 'sending', 'failed', 'unsure', 'to-post')"

#define ROWS                                                                                                 \
	"SELECT o.id, o.case_id, o.message, o.created, o.send_after, o.next_try, o.state, o.method,"         \
	" o.tries, o.login, coalesce(b.name, b.alias), p.name, m.subject, o.fault FROM outbox o"             \
	" JOIN cases c ON c.id = o.case_id JOIN platforms p ON p.id = c.platform"                            \
	" JOIN messages m ON m.id = o.message LEFT JOIN buyers b ON b.id = c.buyer"

static GPtrArray *read_rows(struct store *s, sqlite3_stmt *q, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_row_destroy);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(rows, read_row(q));
	return q && sql_ended(s) ? g_steal_pointer(&rows) : NULL;
}

GPtrArray *store_outbox(struct store *s, bool all, int limit, GError **error)
{
	const char *text = all ? ROWS " ORDER BY o.id DESC LIMIT ?"
			       : ROWS " WHERE o.state IN " UNSETTLED " ORDER BY o.id DESC LIMIT ?";
	return read_rows(s, sql_query(s, error, text, "i", (gint64)limit), error);
}

GPtrArray *outbox_of_case(struct store *s, gint64 case_id, GError **error)
{
	return read_rows(
	    s,
	    sql_query(s, error, ROWS " WHERE o.case_id = ? AND o.state IN " UNSETTLED " ORDER BY o.id DESC",
		      "i", case_id),
	    error);
}

bool outbox_count(struct store *s, gint64 now, struct outbox_counts *c, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT sum(state = 'failed'), sum(state = 'unsure'), sum(state = 'to-post'),"
		      " sum(state = 'waiting' AND tries > 0 AND next_try > ?1),"
		      " sum((state = 'waiting' AND next_try <= ?1) OR (state = 'sending' AND changed <= ?1))"
		      " FROM outbox WHERE state IN " UNSETTLED,
		      "i", now - LATE_MS);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	gint64 *const counts[] = {&c->failed, &c->unsure, &c->to_post, &c->retried, &c->late};
	for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
		*counts[i] = sqlite3_column_int64(q, (int)i);
	sqlite3_reset(q);
	return true;
}

/* The thread as it stood when the answer was written (by arrival: a buyer's clock may be wrong), oldest
 * first; which of its messages is answered, the buyer's newest, else ours; and where the buyer wants the
 * answer. */
static bool read_thread(struct store *s, struct outgoing *o, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT m.message_id, coalesce(m.reply_to, m.sender), m.side FROM messages m"
		      " WHERE " SENDER_ANSWERED " AND m.id < ?2 AND m.automatic = 0 ORDER BY m.sent, m.id",
		      "ii", o->case_id, o->message);
	bool buyer = false;
	while (q && sql_step(s, q, error)) {
		bool buyers = sql_word(q, 2, &SIDES, SIDE_DESK) == SIDE_BUYER;
		g_ptr_array_add(o->references, sql_copy(q, 0));
		if (buyers || !buyer)
			o->answered = o->references->len - 1;
		buyer |= buyers;
		if (!buyers || !sender_takes_answers(sql_text(q, 1)))
			continue;
		g_free(o->to);
		o->to = sql_copy(q, 1);
	}
	return q && sql_ended(s);
}

static bool take(struct store *s, gint64 now, struct outgoing *o, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT o.id, o.case_id, o.message, o.tries, m.message_id, m.subject, m.text, m.lang, m.sent"
	    " FROM outbox o JOIN messages m ON m.id = o.message WHERE o.state = 'waiting'"
	    " AND o.next_try <= ? ORDER BY o.next_try, o.id LIMIT 1",
	    "i", now);
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	o->id = sqlite3_column_int64(q, 0);
	o->case_id = sqlite3_column_int64(q, 1);
	o->message = sqlite3_column_int64(q, 2);
	o->tries = sqlite3_column_int(q, 3) + 1;
	o->message_id = sql_copy(q, 4);
	o->subject = sql_copy(q, 5);
	o->text = sql_copy(q, 6);
	o->lang = sql_copy(q, 7);
	o->date = sqlite3_column_int64(q, 8);
	sqlite3_reset(q);
	o->files = store_outbox_files(s, o->id, error);
	return o->files && read_thread(s, o, error) &&
	       sql_run(s, error,
		       "UPDATE outbox SET state = 'sending', tries = tries + 1, changed = ? WHERE id = ?",
		       "ii", now, o->id);
}

struct outgoing *store_outbox_take(struct store *s, gint64 now, GError **error)
{
	g_autoptr(outgoing_auto) o = g_new0(struct outgoing, 1);
	o->references = g_ptr_array_new_with_free_func(g_free);
	if (!sql_begin(s, error))
		return NULL;
	bool ok = sql_end(s, take(s, now, o, error), error);
	return ok && o->id ? g_steal_pointer(&o) : NULL;
}

/* A failed answer stops no clock (case_state_rebuild()). */
static bool reckon_failed(struct store *s, gint64 id, gint64 now, GError **error)
{
	gint64 case_id;
	return sql_number(s, &case_id, NULL, error, "SELECT case_id FROM outbox WHERE id = ?", "i", id) &&
	       ingest_rebuild(s, case_id, now, error);
}

static bool change(struct store *s, gint64 id, enum outbox_state state, const char *fault, gint64 next_try,
		   gint64 now, GError **error)
{
	/* The rules are read before the queue is entered. */
	if ((state == OUTBOX_FAILED && !store_rules(s, error)) || !sql_begin(s, error))
		return false;
	bool ok = sql_run(s, error,
			  "UPDATE outbox SET state = ?, fault = ?, next_try = ?, changed = ? WHERE id = ?",
			  "wtiii", &OUTBOX_STATES, (int)state, fault, next_try, now, id) &&
		  (state != OUTBOX_FAILED || reckon_failed(s, id, now, error));
	return sql_end(s, ok, error);
}

bool store_outbox_sent(struct store *s, gint64 id, gint64 now, GError **error)
{
	return change(s, id, OUTBOX_SENT, NULL, 0, now, error);
}

bool store_outbox_failed(struct store *s, gint64 id, const char *fault, gint64 retry_ms, gint64 now,
			 GError **error)
{
	return change(s, id, retry_ms ? OUTBOX_WAITING : OUTBOX_FAILED, fault, now + retry_ms, now, error);
}

bool store_outbox_recover(struct store *s, gint64 now, guint *count, GError **error)
{
	if (!sql_begin(s, error))
		return false;
	bool ok = sql_run(
	    s, error, "UPDATE outbox SET state = 'unsure', changed = ?, fault = ? WHERE state = 'sending'",
	    "it", now,
	    _("amends ended while this was being handed over; it may have left. Look before it is sent "
	      "again"));
	*count = ok ? sqlite3_changes(s->db) : 0;
	return sql_end(s, ok, error);
}

bool store_outbox_unsure(struct store *s, gint64 id, const char *fault, gint64 now, GError **error)
{
	return change(s, id, OUTBOX_UNSURE, fault, 0, now, error);
}

bool store_outbox_next(struct store *s, gint64 *at, GError **error)
{
	return sql_number(
	    s, at, NULL, error,
	    "SELECT coalesce(min(next_try), 9223372036854775807) FROM outbox WHERE state = 'waiting'", "");
}

/* From which states a person may settle into `to`. */
static const char *settled_from(enum outbox_state to)
{
	switch (to) {
	case OUTBOX_POSTED:
		return "to-post waiting failed unsure";
	case OUTBOX_SENT:
		return "waiting failed unsure";
	case OUTBOX_WAITING:
		return "failed unsure";
	default:
		return "";
	}
}

static bool find_case(struct store *s, gint64 id, enum outbox_state to, gint64 *case_id, GError **error)
{
	bool found;
	if (!sql_number(s, case_id, &found, error,
			"SELECT case_id FROM outbox WHERE id = ?1 AND instr(' ' || ?2 || ' ', ' ' || state "
			"|| ' ') > 0"
			" AND (?3 = 0 OR method = 'mail')",
			"iti", id, settled_from(to), (gint64)(to == OUTBOX_WAITING)))
		return false;
	if (!found)
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
			    _("no answer %" PRId64
			      " in the outbox can become \"%s\"; amends outbox --all shows how each stands"),
			    id, vocab_title(&OUTBOX_STATES, to));
	return found;
}

bool store_outbox_settle(struct store *s, const char *me, gint64 id, enum outbox_state state, gint64 now,
			 GError **error)
{
	gint64 case_id;
	if (!store_rules(s, error) || !sql_begin(s, error))
		return false;
	bool ok = find_case(s, id, state, &case_id, error);
	struct event e = {.at = now,
			  .type = EVENT_NOTE,
			  .side = SIDE_US,
			  .who = (char *)me,
			  .text = (char *)vocab_title(&OUTBOX_STATES, state)};
	/* A mail that is sent again begins its tries anew. */
	ok = ok && person_enter(s, me, error) && history_append(s, case_id, &e, 0, error) &&
	     sql_run(s, error,
		     "UPDATE outbox SET state = ?1, fault = NULL, next_try = ?2, changed = ?2,"
		     " tries = CASE WHEN ?1 = 'waiting' THEN 0 ELSE tries END WHERE id = ?3",
		     "wii", &OUTBOX_STATES, (int)state, now, id) &&
	     ingest_rebuild(s, case_id, now, error);
	return sql_end(s, ok, error);
}
