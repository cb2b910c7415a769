/* SPDX-License-Identifier: MIT */
#include "store/ingest.h"

#include "domain/intl.h"
#include "domain/lang.h"
#include "store/automation.h"
#include "store/clocks.h"
#include "store/history.h"
#include "store/index.h"
#include "store/message.h"
#include "store/own_id.h"
#include "store/tags.h"
#include "store/thread.h"

#include "domain/banned.h"

/* One mail on its way into the store. */
struct entry {
	struct incoming *mail;
	struct parties parties;
	char *thread;
	gint64 now;
	gint64 at; /* when it happens to its case */
	gint64 message, event;
	struct case_state state; /* its id: 0 until the case is found or opened */
	bool opened, late;       /* the case is new; something older than what moved the case last came */
};

static void entry_clear(struct entry *e)
{
	g_free(e->thread);
	case_state_clear(&e->state);
}

/* The state of a case that is there; false on a fault. */
static bool load_state(struct store *s, struct entry *e, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT c.kind, c.status, c.moved, p.word FROM cases c JOIN platforms p ON p.id = c.platform"
	    " WHERE c.id = ?",
	    "i", e->state.id);
	if (!q || !sql_step(s, q, error))
		return false;
	e->state.kind = sql_word(q, 0, &KINDS, KIND_OTHER);
	e->state.status = sql_word(q, 1, &STATUSES, STATUS_NEW);
	e->state.moved = sqlite3_column_int64(q, 2);
	e->state.platform = g_intern_string(sql_text(q, 3));
	sqlite3_reset(q);
	e->state.clocks = clocks_load(s, e->state.id, error);
	return e->state.clocks != NULL;
}

/* What is at stake: what the mail says, else what is known of the order. */
static bool read_value(struct store *s, const struct entry *e, struct money *value, GError **error)
{
	*value = e->mail->amount;
	if (*value->currency || !e->parties.order)
		return true;
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error, "SELECT minor, currency FROM orders WHERE id = ?", "i", e->parties.order);
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	*value = sql_money(q, 0);
	return true;
}

/* Enters the row of a new case; the clocks were reckoned before, so that it is written once. */
static bool open_case(struct store *s, struct entry *e, GError **error)
{
	const struct incoming *m = e->mail;
	const struct case_state *c = &e->state;
	struct money value;
	if (!read_value(s, e, &value, error) ||
	    !sql_run(
		s, error,
		"INSERT INTO cases (open, next_due, platform, status, kind, lang, shop, buyer, order_id, "
		"case_no, subject,"
		" thread, reason, minor, currency, opened, latest, moved)"
		" VALUES (?, ?, ?, ?, ?, ?, (SELECT min(id) FROM shops), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"iiiwwtnntttt"
		"itiii",
		(gint64)status_is_open(c->status), clocks_next_due(c->clocks), e->parties.platform, &STATUSES,
		(int)c->status, &KINDS, (int)c->kind, m->lang, e->parties.buyer, e->parties.order, m->case_no,
		m->subject, e->thread, m->reason, value.minor, value.currency, m->sent, m->sent, c->moved))
		return false;
	e->state.id = sql_row(s);
	struct event opened = {.at = m->sent, .type = EVENT_OPENED, .side = SIDE_DESK};
	return history_append(s, e->state.id, &opened, 0, error);
}

/* Writes what a mail changed in a case that was there. */
static bool update_case(struct store *s, const struct entry *e, GError **error)
{
	const struct incoming *m = e->mail;
	const struct case_state *c = &e->state;
	bool speaks = m->side == SIDE_BUYER && !m->automatic;
	struct money value;
	if (!read_value(s, e, &value, error))
		return false;
	return sql_run(
	    s, error,
	    "UPDATE cases SET open = ?2, next_due = ?3, status = ?4, kind = ?5, moved = ?6,"
	    " lang = coalesce(?7, lang, ?8), buyer = coalesce(buyer, ?9), order_id = coalesce(order_id, ?10),"
	    " case_no = coalesce(case_no, ?11), reason = coalesce(reason, ?12),"
	    " minor = iif(currency = '', ?13, minor), currency = iif(currency = '', ?14, currency),"
	    " opened = min(opened, ?15), latest = max(latest, ?16) WHERE id = ?1",
	    "iiiwwittnnttitii", c->id, (gint64)status_is_open(c->status), clocks_next_due(c->clocks),
	    &STATUSES, (int)c->status, &KINDS, (int)c->kind, c->moved, speaks ? m->lang : NULL, m->lang,
	    e->parties.buyer, e->parties.order, m->case_no, m->reason, value.minor, value.currency, m->sent,
	    e->at);
}

/* Mail that moves nothing. */
static bool is_quiet(const struct incoming *m)
{
	return m->automatic || m->archived;
}

static enum event_type event_of(enum side side)
{
	return side == SIDE_BUYER ? EVENT_MESSAGE_IN : side == SIDE_US ? EVENT_MESSAGE_OUT : EVENT_NOTICE;
}

static bool append_mail(struct store *s, struct entry *e, GError **error)
{
	const struct incoming *m = e->mail;
	struct event event = {
	    .at = e->at,
	    .type = event_of(m->side),
	    .side = m->side,
	    .trigger = is_quiet(m) ? TRIGGER_NONE : m->trigger,
	    .who = g_strcmp0(m->origin, MESSAGE_OURS) == 0 ? m->from
							   : NULL, /* what was written here has its writer */
	    .text = m->reason,
	    .amount = m->amount,
	    .due = m->stated_due,
	};
	if (!history_append(s, e->state.id, &event, e->message, error))
		return false;
	e->event = sql_row(s);
	return true;
}

/* Gives one kept mail to the case, with what it means. */
static bool adopt_one(struct store *s, struct entry *e, gint64 id, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error, "SELECT sent, side, trigger, automatic FROM messages WHERE id = ?", "i", id);
	if (!q || !sql_step(s, q, error))
		return false;
	struct event event = {.at = sqlite3_column_int64(q, 0),
			      .side = sql_word(q, 1, &SIDES, SIDE_PLATFORM)};
	event.type = event_of(event.side);
	event.trigger = sqlite3_column_int(q, 3) ? TRIGGER_NONE : sql_word(q, 2, &TRIGGERS, TRIGGER_NONE);
	sqlite3_reset(q);
	e->late |= event.trigger != TRIGGER_NONE;
	return sql_run(s, error, "UPDATE messages SET case_id = ? WHERE id = ?", "ii", e->state.id, id) &&
	       history_append(s, e->state.id, &event, id, error) &&
	       sql_run(s, error,
		       "UPDATE cases SET opened = min(opened, ?2), latest = max(latest, ?2) WHERE id = ?1",
		       "ii", e->state.id, event.at);
}

/* Mails that were kept alone, because they open no case themselves, join the case of their order or answer.
 */
static bool adopt(struct store *s, struct entry *e, GError **error)
{
	g_autoptr(GArray) kept = g_array_new(false, false, sizeof(gint64));
	sqlite3_stmt *q = sql_query(s, error,
				    "SELECT id FROM messages WHERE order_id = ?1 AND case_id IS NULL UNION"
				    " SELECT m.id FROM message_refs r JOIN messages m ON m.id = r.message"
				    " WHERE r.reference = ?2 AND m.case_id IS NULL ORDER BY 1",
				    "nt", e->parties.order, e->mail->message_id);
	if (!q)
		return false;
	while (sql_step(s, q, error)) {
		gint64 id = sqlite3_column_int64(q, 0);
		g_array_append_val(kept, id);
	}
	if (!sql_ended(s))
		return false;
	for (guint i = 0; i < kept->len; i++) {
		if (!adopt_one(s, e, g_array_index(kept, gint64, i), error))
			return false;
	}
	return true;
}

static void happen(const struct ruleset *r, struct entry *e)
{
	struct happening h = {
	    .trigger = is_quiet(e->mail) ? TRIGGER_NONE : e->mail->trigger,
	    .at = e->at,
	    .since = e->at > e->mail->sent ? e->mail->sent : 0,
	    .kind = e->mail->kind,
	    .stated_due = e->mail->stated_due,
	    .stated = e->mail->stated,
	    .order = e->parties.order,
	};
	case_state_apply(r, &e->state, &h);
}

/* A case of long ago is history from the start: closed, and it says so in its events. */
static bool open_archived(struct store *s, struct entry *e, GError **error)
{
	struct event kind = {.at = e->mail->sent, .type = EVENT_KIND, .side = SIDE_DESK};
	struct event closed = {.at = e->mail->sent, .type = EVENT_STATUS, .side = SIDE_DESK};
	e->state.kind = e->mail->kind;
	e->state.status = STATUS_SOLVED;
	kind.text = (char *)vocab_id(&KINDS, e->state.kind);
	closed.text = (char *)vocab_id(&STATUSES, e->state.status);
	return open_case(s, e, error) && history_append(s, e->state.id, &kind, 0, error) &&
	       history_append(s, e->state.id, &closed, 0, error);
}

static bool start_case(struct store *s, const struct ruleset *r, struct entry *e, GError **error)
{
	e->opened = true;
	e->state.kind = KIND_OTHER;
	e->state.status = STATUS_NEW;
	e->state.platform = e->mail->platform;
	e->state.clocks = clocks_new();
	if (e->mail->archived)
		return open_archived(s, e, error);
	happen(r, e);
	return open_case(s, e, error);
}

/* Mails for a case that was merged go where its mails went. */
static bool follow_merge(struct store *s, gint64 *id, GError **error)
{
	gint64 next = *id;
	while (next) {
		*id = next;
		if (!sql_number(s, &next, NULL, error, "SELECT merged_into FROM cases WHERE id = ?", "i",
				*id))
			return false;
	}
	return true;
}

/* A mail happens when it was sent. But a buyer's words that come only after somebody here answered, solved or
 * put off the case are unknown to that: they happen as they come. Their clocks run from when they were sent.
 */
static bool tell_time(struct store *s, struct entry *e, GError **error)
{
	const struct incoming *m = e->mail;
	gint64 acted;
	if (m->side != SIDE_BUYER || is_quiet(m) || m->sent >= e->state.moved)
		return true;
	if (!sql_number(
		s, &acted, NULL, error,
		"SELECT coalesce(max(at), 0) FROM events WHERE case_id = ?1 AND person IS NOT NULL AND id"
		" NOT IN (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL)",
		"i", e->state.id))
		return false;
	if (acted > m->sent)
		e->at = MAX(e->now, acted);
	return true;
}

/* Finds or opens the case and applies the mail to it. A late mail is applied once it is in the history. */
static bool join_case(struct store *s, const struct ruleset *r, struct entry *e, GError **error)
{
	const struct incoming *m = e->mail;
	if (!e->state.id && !thread_find(s, m, &e->parties, e->thread, &e->state.id, error))
		return false;
	if (!e->state.id)
		return m->automatic || !trigger_opens_case(m->trigger) || start_case(s, r, e, error);
	if (!follow_merge(s, &e->state.id, error) || !load_state(s, e, error) || !tell_time(s, e, error))
		return false;
	bool hollow = e->state.moved == 0; /* it has no mail: what this one finds isn't the state of a case */
	e->late = !is_quiet(m) && m->trigger != TRIGGER_NONE && (hollow || e->at < e->state.moved);
	if (!e->late)
		happen(r, e);
	return true;
}

/* "好的" is the same in both scripts: the buyer goes on in the one that they wrote before. */
static bool tell_script(struct store *s, struct entry *e, GError **error)
{
	struct incoming *m = e->mail;
	if (g_strcmp0(m->lang, CHINESE_UNSURE) != 0)
		return true;
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error, "SELECT lang FROM buyers WHERE id = ? AND lang LIKE 'zh-%'", "i", e->parties.buyer);
	bool known = q && sql_step(s, q, error);
	if (!known && (!q || !sql_ended(s)))
		return false;
	g_free(m->lang);
	m->lang = known ? sql_copy(q, 0) : g_strdup(vocab_id(&LANGS, LANG_ZH_HANS));
	return true;
}

static bool settle_case(struct store *s, const struct ruleset *r, struct entry *e, GError **error)
{
	if (!e->state.id)
		return true;
	return append_mail(s, e, error) && adopt(s, e, error) &&
	       (!e->late || case_state_rebuild(s, r, &e->state, error)) &&
	       ((e->opened && !e->late) || update_case(s, e, error)) &&
	       clocks_save(s, &e->state, e->at, error);
}

bool ingest_one(struct store *s, struct incoming *m, gint64 case_id, gint64 now, struct ingested *result,
		gint64 *event, GError **error)
{
	const struct ruleset *r = store_rules(s, error);
	enum message_known known =
	    r && own_ids_restore(s, m, error) ? message_look(s, m, result, error) : MESSAGE_FAULT;
	if (known != MESSAGE_NEW)
		return known == MESSAGE_THERE;
	struct entry e = {
	    .mail = m, .now = now, .at = m->sent, .thread = thread_subject(m->subject), .state.id = case_id};
	bool ok = parties_enter(s, m, &e.parties, error) && tell_script(s, &e, error) &&
		  join_case(s, r, &e, error) &&
		  message_write(s, m, &e.parties, e.state.id, now, &e.message, error) &&
		  thread_remember(s, m, e.message, error) && settle_case(s, r, &e, error);
	*result = (struct ingested){!e.state.id ? INGEST_KEPT
				    : e.opened  ? INGEST_NEW_CASE
						: INGEST_ADDED,
				    e.state.id, e.message};
	if (event)
		*event = e.event;
	entry_clear(&e);
	return ok;
}

static bool write_marks(struct store *s, const GPtrArray *marks, GError **error)
{
	for (guint i = 0; marks && i < marks->len; i++) {
		const struct import_mark *m = marks->pdata[i];
		if (!sql_run(s, error,
			     "INSERT OR REPLACE INTO import_marks (path, size, mtime, offset, head) VALUES "
			     "(?, ?, ?, ?, ?)",
			     "tiiit", m->path, m->size, m->mtime, m->offset, m->head))
			return false;
	}
	return true;
}

/* A writer of many needs more pages at hand and longer stretches between checkpoints than a person's screen.
 */
static bool set_up_bulk(struct store *s, GError **error)
{
	if (s->bulk)
		return true;
	s->bulk = sql_script(s, "PRAGMA cache_size = -48000; PRAGMA wal_autocheckpoint = 8000", error);
	return s->bulk;
}

/* A mail that was there already has no event, so that no rule acts twice on it. */
static bool let_rules_act(struct store *s, const struct incoming *m, const struct ingested *r, gint64 event,
			  gint64 now, GError **error)
{
	return is_quiet(m) || automation_run(s, r->case_id, event, m->trigger, r->result == INGEST_NEW_CASE,
					     m->sent, now, error);
}

bool store_ingest(struct store *s, GPtrArray *mails, GPtrArray *marks, gint64 now, GArray *results,
		  GError **error)
{
	/* The rules are read before the queue is entered: nobody waits for that. */
	store_automation(s);
	if (!store_rules(s, error) || !index_prepare(s, error) ||
	    (mails->len > 1 && !set_up_bulk(s, error)) || !sql_begin(s, error))
		return false;
	bool ok = true;
	guint before = results->len;
	for (guint i = 0; ok && i < mails->len; i++) {
		struct ingested result = {0};
		gint64 event = 0;
		ok = ingest_one(s, mails->pdata[i], 0, now, &result, &event, error) &&
		     let_rules_act(s, mails->pdata[i], &result, event, now, error);
		g_array_append_val(results, result);
	}
	ok = sql_end(s, ok && write_marks(s, marks, error) && index_flush(s, error), error);
	if (!ok) {
		g_array_set_size(results, before);
		g_hash_table_remove_all(s->platforms); /* their rows went with the rollback */
	}
	return ok;
}

bool ingest_rebuild(struct store *s, gint64 case_id, gint64 now, GError **error)
{
	const struct ruleset *r = store_rules(s, error);
	struct entry e = {.state.id = case_id};
	struct case_state *c = &e.state;
	bool ok =
	    r && load_state(s, &e, error) && case_state_rebuild(s, r, c, error) &&
	    sql_run(
		s, error,
		"UPDATE cases SET open = ?2, next_due = ?3, status = ?4, kind = ?5, moved = ?6,"
		" person = (SELECT id FROM persons WHERE login = ?7), pinned = ?8, outcome = ?9, cost = ?10,"
		" cost_currency = ?11, merged_into = ?12 WHERE id = ?1",
		"iiiwwititit"
		"n",
		c->id, (gint64)status_is_open(c->status), clocks_next_due(c->clocks), &STATUSES,
		(int)c->status, &KINDS, (int)c->kind, c->moved, c->assignee, (gint64)c->pinned, c->outcome,
		c->cost.minor, c->cost.currency, c->merged_into) &&
	    tags_save(s, c->id, c->tags, error) && clocks_save(s, c, now, error);
	entry_clear(&e);
	return ok;
}

struct import_mark *store_import_mark(struct store *s, const char *path, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error, "SELECT path, size, mtime, offset, head FROM import_marks WHERE path = ?", "t", path);
	if (!q || !sql_step(s, q, error))
		return NULL;
	struct import_mark *m = g_new0(struct import_mark, 1);
	*m = (struct import_mark){sql_copy(q, 0), sqlite3_column_int64(q, 1), sqlite3_column_int64(q, 2),
				  sqlite3_column_int64(q, 3), sql_copy(q, 4)};
	return m;
}
