/* SPDX-License-Identifier: MIT */
#include "domain/intl.h"
#include "domain/template.h"
#include "store/clocks.h"
#include "store/inbox.h"
#include "store/message.h"
#include "store/outbox_read.h"
#include "store/tags.h"

#include <string.h>

#include "domain/banned.h"

#define OTHERS 20

static bool read_record(struct store *s, gint64 id, struct case_file *f, gint64 *buyer, gint64 *order,
			GError **error)
{
	struct case_record *r = &f->record;
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT c.id, p.word, p.name, c.case_no, c.subject, c.lang, o.name, c.reason, c.kind,"
	    " c.status, c.minor, c.currency, c.opened, c.latest, c.next_due, c.buyer, c.order_id,"
	    " c.outcome, c.cost, c.cost_currency, c.pinned, c.merged_into"
	    " FROM cases c JOIN platforms p ON p.id = c.platform LEFT JOIN persons o ON o.id = c.person"
	    " WHERE c.id = ?",
	    "i", id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no case %" PRId64),
				    id);
		return false;
	}
	char **const texts[] = {&r->platform, &r->platform_name, &r->case_no, &r->subject,
				&r->lang,     &r->who,           &r->reason};
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		*texts[i] = sql_copy(q, i + 1);
	r->id = id;
	r->kind = sql_word(q, 8, &KINDS, KIND_OTHER);
	r->status = sql_word(q, 9, &STATUSES, STATUS_NEW);
	r->value = sql_money(q, 10);
	r->opened = sqlite3_column_int64(q, 12);
	r->latest = sqlite3_column_int64(q, 13);
	r->due = sqlite3_column_int64(q, 14);
	*buyer = sqlite3_column_int64(q, 15);
	*order = sqlite3_column_int64(q, 16);
	r->outcome = sql_copy(q, 17);
	r->cost = sql_money(q, 18);
	r->pinned = sqlite3_column_int(q, 20) != 0;
	r->merged_into = sqlite3_column_int64(q, 21);
	sqlite3_reset(q);
	r->tags = tags_read(s, id, error);
	return r->tags != NULL;
}

/* Text of column `n`, cut to `limit` bytes (0: whole) between characters. */
static char *text_upto(sqlite3_stmt *q, int n, gsize limit)
{
	const char *text = sql_text(q, n);
	if (!text || !limit || strlen(text) <= limit)
		return g_strdup(text);
	const char *end = g_utf8_find_prev_char(text, text + limit + 1);
	return g_strndup(text, end ? end - text : 0);
}

static struct message *read_message(sqlite3_stmt *q, const struct case_request *r)
{
	if (sqlite3_column_type(q, 10) == SQLITE_NULL)
		return NULL;
	struct message *m = g_new0(struct message, 1);
	m->id = sqlite3_column_int64(q, 10);
	m->side = sql_word(q, 11, &SIDES, SIDE_PLATFORM);
	m->from = sql_copy(q, 12);
	m->subject = sql_copy(q, 13);
	m->text = text_upto(q, 14, r->text_limit);
	m->whole = r->text_limit ? NULL : sql_copy(q, 15);
	m->lang = sql_copy(q, 16);
	m->message_id = sql_copy(q, 17);
	m->sent = sqlite3_column_int64(q, 18);
	m->automatic = sqlite3_column_int(q, 19) != 0;
	m->flaws = sqlite3_column_int(q, 20);
	m->flaw_note = sql_copy(q, 21);
	m->attachments = attachments_new();
	return m;
}

static struct event *read_event(sqlite3_stmt *q, const struct case_request *r)
{
	struct event *e = g_new0(struct event, 1);
	e->id = sqlite3_column_int64(q, 0);
	e->at = sqlite3_column_int64(q, 1);
	e->type = sql_word(q, 2, &EVENT_TYPES, EVENT_NOTE);
	e->side = sql_word(q, 3, &SIDES, SIDE_DESK);
	e->trigger = sql_word(q, 4, &TRIGGERS, TRIGGER_NONE);
	e->who = sql_copy(q, 5);
	e->text = sql_copy(q, 6);
	e->amount = sql_money(q, 7);
	e->due = sqlite3_column_int64(q, 9);
	e->message = read_message(q, r);
	e->undoes = sqlite3_column_int64(q, 22);
	e->undone = sqlite3_column_int(q, 23) != 0;
	e->act = sqlite3_column_int64(q, 24);
	e->about = sqlite3_column_int64(q, 25);
	e->other = sqlite3_column_int64(q, 26);
	e->origin = sqlite3_column_int64(q, 27);
	e->rule = sql_copy(q, 28);
	return e;
}

/* Newest first from the place that the request names, turned round into reading order. */
static bool read_events(struct store *s, const struct case_request *r, struct case_file *f, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT e.id, e.at, e.type, e.side, e.trigger, p.name, e.text, e.minor, e.currency, e.due,"
	    " m.id, m.side, m.sender, m.subject, m.text, m.whole, m.lang, m.message_id, m.sent,"
	    " m.automatic, m.flaws, m.flaw_note, e.undoes,"
	    " e.id IN (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL),"
	    " e.act, e.about, e.other, e.origin, e.rule"
	    " FROM events e LEFT JOIN messages m ON m.id = e.message"
	    " LEFT JOIN persons p ON p.id = e.person WHERE e.case_id = ?1 AND e.id > ?2"
	    " AND (?3 = 0 OR (e.at, e.id) < ((SELECT at FROM events WHERE id = ?3), ?3))"
	    " ORDER BY e.at DESC, e.id DESC LIMIT ?4",
	    "iiii", r->id, r->since, r->before, (gint64)r->limit + 1);
	if (!q)
		return false;
	while (sql_step(s, q, error)) {
		if (f->events->len == (guint)r->limit) {
			f->more_before = true;
			sqlite3_reset(q);
			break;
		}
		g_ptr_array_add(f->events, read_event(q, r));
	}
	for (guint a = 0, b = f->events->len; b > a + 1; a++) {
		gpointer swap = f->events->pdata[--b];
		f->events->pdata[b] = f->events->pdata[a];
		f->events->pdata[a] = swap;
	}
	return f->more_before || sql_ended(s);
}

static void add_fact(struct case_facts *f, enum event_type type, enum trigger trigger, const char *text)
{
	switch (type) {
	case EVENT_EVIDENCE_ASKED:
		f->asked |= vocab_bits(&EVIDENCE, text ? text : "", NULL);
		break;
	case EVENT_EVIDENCE_GOT:
		f->got |= vocab_bits(&EVIDENCE, text ? text : "", NULL);
		break;
	case EVENT_OFFER:
		f->offered |= vocab_bits(&OFFERS, text ? text : "", NULL);
		break;
	case EVENT_WISH:
		f->wish_known = true;
		break;
	case EVENT_MESSAGE_OUT:
		f->answered = f->silent = true;
		break;
	case EVENT_MESSAGE_IN:
		f->silent = false;
		f->approached = true;
		break;
	case EVENT_NOTICE:
		f->approached |= trigger_opens_case(trigger);
		break;
	default:
		break;
	}
}

/* The platform's notice of a refund tells the amount only where nobody recorded it. */
static void add_refund(struct case_facts *f, bool recorded, const struct money *amount)
{
	if (!*amount->currency || (!recorded && *f->refund.currency))
		return;
	bool more = recorded && g_str_equal(amount->currency, f->refund.currency);
	gint64 before = more ? f->refund.minor : 0;
	f->refund = *amount;
	f->refund.minor += before;
}

/* What was done for the buyer, and by whom it was judged. */
static void add_deed(struct case_facts *f, enum event_type type, sqlite3_stmt *q)
{
	enum trigger trigger = sql_word(q, 2, &TRIGGERS, TRIGGER_NONE);
	gint64 at = sqlite3_column_int64(q, 3);
	struct money amount = sql_money(q, 4);
	if (type == EVENT_REFUND || trigger == TRIGGER_REFUND_ISSUED) {
		f->refunded = at;
		add_refund(f, type == EVENT_REFUND, &amount);
	}
	if (type == EVENT_REPLACEMENT)
		f->replaced = at;
	if (trigger == TRIGGER_CLAIM_DENIED || trigger == TRIGGER_CLAIM_GRANTED)
		f->decided = at;
	if (type == EVENT_FOUND)
		f->content |= g_strcmp0(sql_text(q, 1), "content") == 0;
}

static bool read_ordered(struct store *s, gint64 id, gint64 *ordered, GError **error)
{
	return sql_number(s, ordered, NULL, error,
			  "SELECT CASE WHEN c.order_id IS NULL THEN (SELECT max(o.ordered) FROM orders o"
			  " WHERE o.buyer = c.buyer AND o.platform = c.platform)"
			  " ELSE (SELECT ordered FROM orders WHERE id = c.order_id) END FROM cases c"
			  " WHERE c.id = ?",
			  "i", id);
}

static bool read_facts(struct store *s, gint64 id, struct case_facts *f, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT type, text, trigger, at, minor, currency FROM events WHERE case_id = ?1 AND (type IN"
	    " ('evidence-asked', 'evidence-got', 'offer', 'wish', 'message-out', 'message-in', 'refund',"
	    " 'replacement', 'found') OR type = 'notice' OR trigger IN ('refund-issued', 'claim-denied', "
	    "'claim-granted')) AND"
	    " id NOT IN"
	    " (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL) ORDER BY at, id",
	    "i", id);
	while (q && sql_step(s, q, error)) {
		enum event_type type = sql_word(q, 0, &EVENT_TYPES, EVENT_NOTE);
		add_fact(f, type, sql_word(q, 2, &TRIGGERS, TRIGGER_NONE), sql_text(q, 1));
		add_deed(f, type, q);
	}
	return q && sql_ended(s) && read_ordered(s, id, &f->ordered, error) &&
	       sql_number(s, &f->newest, NULL, error, "SELECT max(id) FROM events WHERE case_id = ?", "i",
			  id);
}

static bool read_wish(struct store *s, gint64 id, struct case_facts *f, GError **error)
{
	gint64 event;
	return sql_number(s, &event, &f->wish_known, error,
			  "SELECT id FROM events WHERE case_id = ?1 AND type = 'wish' AND id NOT IN"
			  " (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL) LIMIT 1",
			  "i", id);
}

static struct attachment *read_attachment(sqlite3_stmt *q)
{
	struct attachment *a = g_new0(struct attachment, 1);
	*a = (struct attachment){sqlite3_column_int64(q, 0), sql_copy(q, 1), sql_copy(q, 2),
				 sqlite3_column_int64(q, 3), sql_copy(q, 4), sqlite3_column_int64(q, 5)};
	return a;
}

static bool read_attachments(struct store *s, struct message *m, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error,
				    "SELECT id, name, type, size, part, coalesce(file, 0) FROM attachments "
				    "WHERE message = ? ORDER BY id",
				    "i", m->id);
	if (!q)
		return false;
	while (sql_step(s, q, error))
		g_ptr_array_add(m->attachments, read_attachment(q));
	return sql_ended(s);
}

static int by_due(gconstpointer a, gconstpointer b)
{
	const struct clock *const *x = a, *const *y = b;
	bool x_runs = (*x)->state == CLOCK_RUNNING, y_runs = (*y)->state == CLOCK_RUNNING;
	if (x_runs != y_runs)
		return x_runs ? -1 : 1;
	bool x_waits = (*x)->state == CLOCK_PAUSED, y_waits = (*y)->state == CLOCK_PAUSED;
	if (x_waits != y_waits)
		return x_waits ? -1 : 1;
	gint64 x_key = x_runs || x_waits ? (*x)->due : -(*x)->stopped,
	       y_key = y_runs || y_waits ? (*y)->due : -(*y)->stopped;
	if (x_key != y_key)
		return x_key < y_key ? -1 : 1;
	return (*x)->started != (*y)->started ? ((*x)->started < (*y)->started ? -1 : 1)
					      : g_strcmp0((*x)->rule, (*y)->rule);
}

static bool read_buyer(struct store *s, gint64 id, struct case_file *f, GError **error)
{
	if (!id)
		return true;
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error, "SELECT name, alias, lang, notes, segment, vip FROM buyers WHERE id = ?", "i", id);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	struct buyer *b = f->buyer = g_new0(struct buyer, 1);
	*b = (struct buyer){id,
			    sql_copy(q, 0),
			    sql_copy(q, 1),
			    sql_copy(q, 2),
			    sql_copy(q, 3),
			    sql_copy(q, 4),
			    sqlite3_column_int(q, 5) != 0};
	return true;
}

static bool read_order(struct store *s, gint64 id, struct case_file *f, GError **error)
{
	if (!id)
		return true;
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT o.number, o.item, p.sku, o.minor, o.currency, o.ordered, o.product,"
		      " p.strengths, p.faults FROM orders o"
		      " LEFT JOIN products p ON p.id = o.product WHERE o.id = ?",
		      "i", id);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	struct order *o = f->order = g_new0(struct order, 1);
	*o = (struct order){id,
			    sql_copy(q, 0),
			    sql_copy(q, 1),
			    sql_copy(q, 2),
			    sql_money(q, 3),
			    sqlite3_column_int64(q, 5),
			    sqlite3_column_int64(q, 6),
			    sql_copy(q, 7),
			    sql_copy(q, 8)};
	return true;
}

static bool read_others(struct store *s, gint64 buyer, struct case_file *f, GError **error)
{
	if (!buyer)
		return true;
	g_autofree char *text = g_strdup_printf(
	    "SELECT %s FROM cases c WHERE c.buyer IN (SELECT b.id FROM buyers b, buyers me WHERE me.id = ?1 "
	    "AND"
	    " (b.id = coalesce(me.merged_into, me.id) OR b.merged_into = coalesce(me.merged_into, me.id))) "
	    "AND c.id <> ?2 ORDER BY c.latest DESC LIMIT %d",
	    inbox_columns(), OTHERS);
	sqlite3_stmt *q = sql_query(s, error, text, "ii", buyer, f->record.id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(f->others, inbox_row_read(q));
	return q && sql_ended(s);
}

static bool read_all(struct store *s, const struct case_request *r, struct case_file *f, GError **error)
{
	gint64 buyer, order;
	if (!read_record(s, r->id, f, &buyer, &order, error) || !read_events(s, r, f, error))
		return false;
	for (guint i = 0; i < f->events->len; i++) {
		struct message *m = ((struct event *)f->events->pdata[i])->message;
		if (m && !read_attachments(s, m, error))
			return false;
	}
	f->clocks = clocks_load(s, r->id, error);
	if (!f->clocks)
		return false;
	g_ptr_array_sort(f->clocks, by_due);
	f->unsent = outbox_of_case(s, r->id, error);
	if (!f->unsent)
		return false;
	if (r->brief)
		return read_wish(s, r->id, &f->facts, error);
	return read_facts(s, r->id, &f->facts, error) && read_buyer(s, buyer, f, error) &&
	       read_order(s, order, f, error) && read_others(s, buyer, f, error);
}

struct case_file *store_case(struct store *s, const struct case_request *r, GError **error)
{
	g_return_val_if_fail(r->limit >= 1 && r->limit <= 1000, NULL);
	g_autoptr(case_file_auto) f = g_new0(struct case_file, 1);
	f->events = g_ptr_array_new_with_free_func((GDestroyNotify)event_destroy);
	f->others = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_row_destroy);
	if (!sql_read_begin(s, error))
		return NULL;
	bool ok = read_all(s, r, f, error);
	f->version = store_version(s);
	sql_read_end(s);
	return ok ? g_steal_pointer(&f) : NULL;
}

GBytes *store_source(struct store *s, gint64 message_id, GError **error)
{
	return message_source(s, message_id, error);
}

struct attachment *store_attachment(struct store *s, gint64 id, gint64 *message_id, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT id, name, type, size, part, coalesce(file, 0), message FROM attachments WHERE id = ?",
	    "i", id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
				    _("there is no attachment %" PRId64), id);
		return NULL;
	}
	struct attachment *a = read_attachment(q);
	*message_id = sqlite3_column_int64(q, 6);
	return a;
}
