/* SPDX-License-Identifier: MIT */
#include "store/act.h"

#include "domain/intl.h"
#include "store/act_follow_up.h"
#include "store/act_table.h"
#include "store/act_write.h"
#include "store/history.h"
#include "store/ingest.h"
#include "store/tags.h"

#include <string.h>

#include "domain/banned.h"

/* How a case stands before the act. */
struct standing {
	gint64 id;
	enum status status;
	enum kind kind;
	char *login; /* assignee; NULL: nobody */
	bool pinned, snoozed;
	bool tagged; /* it has the tag that the act names */
	gint64 merged_into;
};

static bool read_standing(struct store *s, gint64 id, struct standing *c, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT c.status, c.kind, p.login, c.pinned, coalesce(c.merged_into, 0),"
	    " EXISTS (SELECT 1 FROM clocks WHERE case_id = c.id AND state = 'running' AND rule = 'snoozed')"
	    " FROM cases c LEFT JOIN persons p ON p.id = c.person WHERE c.id = ?",
	    "i", id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no case %" PRId64),
				    id);
		return false;
	}
	*c = (struct standing){.id = id,
			       .status = sql_word(q, 0, &STATUSES, STATUS_NEW),
			       .kind = sql_word(q, 1, &KINDS, KIND_OTHER),
			       .login = sql_copy(q, 2),
			       .pinned = sqlite3_column_int(q, 3) != 0,
			       .merged_into = sqlite3_column_int64(q, 4),
			       .snoozed = sqlite3_column_int(q, 5) != 0};
	return true;
}

static bool read_tagged(struct store *s, const struct act *a, struct standing *c, GError **error)
{
	return (a->type != ACT_TAG && a->type != ACT_UNTAG) || tags_has(s, c->id, a->text, &c->tagged, error);
}

/* Whether the case stands so already. */
static bool stands_so(const struct standing *c, const struct act *a, const char *me)
{
	switch (a->type) {
	case ACT_TAKE:
		return g_strcmp0(c->login, me) == 0;
	case ACT_ASSIGN:
		return g_strcmp0(c->login, a->text) == 0;
	case ACT_HAND_BACK:
		return !c->login;
	case ACT_STATUS:
		return g_str_equal(vocab_id(&STATUSES, c->status), a->text);
	case ACT_KIND:
		return g_str_equal(vocab_id(&KINDS, c->kind), a->text);
	case ACT_WAKE:
		return !c->snoozed;
	case ACT_PIN:
		return c->pinned;
	case ACT_UNPIN:
		return !c->pinned;
	case ACT_TAG:
		return c->tagged;
	case ACT_UNTAG:
		return !c->tagged;
	default:
		return false;
	}
}

static bool may(const struct standing *c, const struct act *a, const char *me, GError **error)
{
	if (c->merged_into)
		return act_refuse(error, _("case %" PRId64 " was merged into case %" PRId64 ": go on there"),
				  c->id, c->merged_into);
	if (a->type == ACT_TAKE && c->login && g_strcmp0(c->login, me) != 0)
		return act_refuse(error,
				  _("%s has case %" PRId64 ": ask, or assign it to yourself (assign=%s)"),
				  c->login, c->id, me);
	if (a->type == ACT_SNOOZE && !status_is_open(c->status))
		return act_refuse(error, _("case %" PRId64 " is closed: it can't be snoozed"), c->id);
	return true;
}

/* The offer that is answered, the promise that is kept: the one named, else the newest, or the one due first.
 */
static bool find_about(struct store *s, gint64 id, const struct act *a, gint64 *about, GError **error)
{
	bool promise = a->type == ACT_PROMISE_KEPT;
	if (!sql_number(
		s, about, NULL, error,
		promise ? "SELECT e.id FROM events e WHERE e.case_id = ?1 AND e.type = 'promise' AND (?2 = 0 "
			  "OR e.id = ?2)"
			  " AND " ACT_LIVE
			  " AND e.id NOT IN (SELECT coalesce(k.about, 0) FROM events k WHERE k.case_id = ?1"
			  " AND k.type = 'promise-kept' AND k.id NOT IN (SELECT undoes FROM events WHERE "
			  "case_id = ?1"
			  " AND undoes IS NOT NULL)) ORDER BY e.due, e.id LIMIT 1"
			: "SELECT e.id FROM events e WHERE e.case_id = ?1 AND e.type = 'offer' AND (?2 = 0 "
			  "OR e.id = ?2)"
			  " AND " ACT_LIVE " ORDER BY e.at DESC, e.id DESC LIMIT 1",
		"ii", id, a->about))
		return false;
	if (*about)
		return true;
	return promise ? act_refuse(error, _("case %" PRId64 " has no open promise"), id)
		       : act_refuse(error, _("case %" PRId64 " has no offer that could be answered"), id);
}

static const char *text_of(const struct act *a, const char *me)
{
	const char *fixed = act_row(a->type)->text;
	return fixed ? fixed : a->type == ACT_TAKE ? me : a->text && *a->text ? a->text : NULL;
}

static const char *closing(enum act_type type)
{
	return type == ACT_SOLVE      ? "solved"
	       : type == ACT_LOSE     ? "lost"
	       : type == ACT_WITHDRAW ? "withdrawn"
				      : NULL;
}

/* A part that nobody agreed on ends no request: the platform's clock runs on for the rest. */
static bool is_refund_in_full(struct store *s, gint64 id, const struct money *m, bool *full, GError **error)
{
	gint64 partly;
	if (!sql_number(
		s, &partly, NULL, error,
		"SELECT count(*) FROM cases c WHERE c.id = ?1 AND c.currency = ?2 AND c.minor > ?3 AND NOT"
		" EXISTS (SELECT 1 FROM events e WHERE e.case_id = ?1 AND e.type = 'offer-answer' AND e.text "
		"="
		" 'accepted' AND " ACT_LIVE ")",
		"iti", id, m->currency, m->minor))
		return false;
	*full = !partly;
	return true;
}

static bool append_note(struct store *s, const struct actor *by, gint64 id, const char *text, GError **error)
{
	struct event e = {.at = by->now,
			  .type = EVENT_NOTE,
			  .side = SIDE_US,
			  .who = (char *)by->me,
			  .text = (char *)text,
			  .act = by->act};
	return history_append(s, id, &e, 0, error);
}

static bool append(struct store *s, const struct actor *by, gint64 id, const struct act *a, GError **error)
{
	const struct act_row *row = act_row(a->type);
	struct event e = {.at = by->now,
			  .type = row->event,
			  .side = SIDE_US,
			  .trigger = row->trigger,
			  .who = (char *)by->me,
			  .text = (char *)text_of(a, by->me),
			  .act = by->act};
	if (row->fields & ACT_DUE)
		e.due = a->due;
	if (row->fields & ACT_AMOUNT)
		e.amount = a->amount;
	if (row->fields & ACT_OTHER)
		e.other = a->other;
	bool full = true;
	if (a->type == ACT_REFUND && !is_refund_in_full(s, id, &a->amount, &full, error))
		return false;
	if (!full)
		e.trigger = TRIGGER_NONE;
	if ((row->fields & ACT_ABOUT) && !find_about(s, id, a, &e.about, error))
		return false;
	if (!history_append(s, id, &e, 0, error) || (a->note && !append_note(s, by, id, a->note, error)))
		return false;
	if (!closing(a->type))
		return true;
	struct event status = {.at = by->now,
			       .type = EVENT_STATUS,
			       .side = SIDE_US,
			       .who = (char *)by->me,
			       .text = (char *)closing(a->type),
			       .act = by->act};
	return history_append(s, id, &status, 0, error);
}

static bool link_back(struct store *s, const struct actor *by, gint64 id, const struct act *a, GError **error)
{
	struct standing other = {0};
	if (id == a->other)
		return act_refuse(error, _("case %" PRId64 " can't be linked with itself"), id);
	bool ok = read_standing(s, a->other, &other, error);
	g_free(other.login);
	struct event e = {.at = by->now,
			  .type = EVENT_LINK,
			  .side = SIDE_US,
			  .who = (char *)by->me,
			  .other = id,
			  .act = by->act};
	return ok && history_append(s, a->other, &e, 0, error);
}

static bool change(struct store *s, const struct actor *by, gint64 id, const struct act *a, struct acted *r,
		   gint64 *look, GError **error)
{
	*look = id;
	if (a->type == ACT_MERGE || a->type == ACT_MOVE)
		*look = a->other;
	if (a->type == ACT_MERGE)
		return act_merge(s, by, id, a->other, a->sure ? NULL : &r->unsure, error);
	if (a->type == ACT_MOVE)
		return act_move(s, by, id, a->message, look, error);
	if (a->type == ACT_FOLLOW_UP)
		return act_follow_up_of(s, by, id, a, r, error);
	return (a->type != ACT_LINK || link_back(s, by, id, a, error)) && append(s, by, id, a, error) &&
	       sql_run(s, error, "UPDATE cases SET latest = max(latest, ?2) WHERE id = ?1", "ii", id,
		       by->now) &&
	       (act_row(a->type)->quiet || ingest_rebuild(s, id, by->now, error));
}

static bool begin_act(struct store *s, struct actor *by, const struct act *a, gint64 id, GError **error)
{
	if (by->act)
		return true;
	if (!sql_run(s, error, "INSERT INTO acts (login, at, what, case_id, cases) VALUES (?, ?, ?, ?, 0)",
		     "titi", by->me, by->now, vocab_id(&ACTS, a->type), id))
		return false;
	by->act = sql_row(s);
	return true;
}

/* One case. Of many, one that can't be changed is left out; a fault of the store is a fault of all. */
static bool act_one(struct store *s, struct actor *by, const struct act *a, gint64 id, struct acted *r,
		    GError **error)
{
	struct standing c = {0};
	gint64 look = id;
	g_autoptr(GError) fault = NULL;
	bool ok = read_standing(s, id, &c, &fault) && read_tagged(s, a, &c, &fault),
	     same = ok && !c.merged_into && stands_so(&c, a, by->me);
	ok = ok && (same || (may(&c, a, by->me, &fault) && begin_act(s, by, a, id, &fault) &&
			     change(s, by, id, a, r, &look, &fault)));
	g_free(c.login);
	bool passes = fault && fault->domain == STORE_ERROR &&
		      (fault->code == STORE_ERROR_REFUSED || fault->code == STORE_ERROR_NOT_FOUND);
	if (!ok && (a->count == 1 || !passes)) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	if (ok && !same) {
		r->changed++;
		r->case_id = r->case_id ? r->case_id : look;
	} else {
		r->skipped++;
	}
	return true;
}

bool act_write(struct store *s, const char *me, const struct act *a, gint64 now, struct acted *r,
	       GError **error)
{
	*r = (struct acted){0};
	struct actor by = {me, now, a->group};
	if (!act_check(a, error) || !person_enter(s, me, error) ||
	    (a->type == ACT_ASSIGN && !person_enter(s, a->text, error)))
		return false;
	for (guint i = 0; i < a->count; i++) {
		if (!act_one(s, &by, a, a->cases[i], r, error))
			return false;
	}
	if (!r->changed && !a->group) /* a row may have been begun for a case that was left out */
		return !by.act || sql_run(s, error, "DELETE FROM acts WHERE id = ?", "i", by.act);
	r->act = by.act;
	return sql_run(s, error, "UPDATE acts SET cases = cases + ? WHERE id = ?", "ii", (gint64)r->changed,
		       by.act);
}

bool store_act(struct store *s, const char *me, const struct act *a, gint64 now, struct acted *r,
	       GError **error)
{
	/* The rules are read before the queue is entered: nobody waits for that. */
	if (!store_rules(s, error) || !sql_begin(s, error))
		return false;
	return sql_end(s, act_write(s, me, a, now, r, error), error);
}
