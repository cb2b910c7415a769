/* SPDX-License-Identifier: MIT */
#include "store/clocks.h"

#include "store/replay_event.h"

#include "domain/banned.h"

static bool is_vague(enum kind k)
{
	return k == KIND_OTHER || k == KIND_QUESTION;
}

/* "question" says more than "other", a complaint more than either; afterwards only a person changes it. */
static enum kind better_kind(enum kind known, enum kind told)
{
	return is_vague(known) && told > known ? told : known;
}

/* Our answer ends a snooze as well as what comes from outside: then the case has its own clocks again. */
static void wake(struct case_state *c, const struct happening *h)
{
	if (trigger_opens_case(h->trigger))
		clocks_wake(c->clocks, h->at,
			    h->trigger == TRIGGER_OUR_MESSAGE ? CLOCK_MET : CLOCK_CANCELLED);
}

void case_state_apply(const struct ruleset *r, struct case_state *c, struct happening *h)
{
	/* What came before the case was opened (a sale, a payment) is history only. */
	bool opens = trigger_opens_case(h->trigger);
	if (h->trigger == TRIGGER_NONE || (c->moved == 0 && !opens))
		return;
	if (opens)
		c->kind = better_kind(c->kind, h->kind);
	c->status = status_after(c->status, h->trigger);
	h->kind = c->kind;
	h->status = c->status;
	h->platform = c->platform;
	/* What we say answers all that was merged here. */
	if (h->trigger == TRIGGER_OUR_MESSAGE || h->trigger == TRIGGER_NO_ANSWER_NEEDED)
		h->order = 0;
	wake(c, h);
	clocks_apply(r, c->clocks, h);
	c->moved = MAX(c->moved, h->at);
}

/* Gives the clocks made anew the ids of those they replace and drops what has no successor. Only what changed
 * stays dirty. Clocks without a name don't follow from events and are kept. */
static bool take_over(struct store *s, GPtrArray *fresh, GPtrArray *old, GError **error)
{
	for (guint o = 0; o < old->len; o++) {
		struct clock *was = old->pdata[o];
		bool lives = false;
		for (guint n = 0; n < fresh->len && was->rule; n++) {
			struct clock *is = fresh->pdata[n];
			if (is->id || is->strand != was->strand || g_strcmp0(is->rule, was->rule) != 0 ||
			    is->started != was->started)
				continue;
			is->id = was->id;
			is->dirty = !was->id || is->state != was->state || is->due != was->due ||
				    is->stopped != was->stopped || is->intervals->len != was->intervals->len;
			lives = true;
			break;
		}
		if (was->rule && !lives &&
		    !sql_run(s, error, "DELETE FROM clocks WHERE id = ?", "i", was->id))
			return false;
	}
	for (guint o = old->len; o-- > 0;) {
		if (!((struct clock *)old->pdata[o])->rule)
			g_ptr_array_insert(fresh, 0, g_ptr_array_steal_index(old, o));
	}
	return true;
}

static void start_over(struct case_state *c)
{
	case_state_clear(c);
	c->clocks = clocks_new();
	c->status = STATUS_NEW;
	c->kind = KIND_OTHER;
	c->moved = 0;
	c->pinned = false;
	c->cost = (struct money){0};
	c->merged_into = 0;
}

/* Without mails, and not being a follow-up, nothing is left to work on. A case that was split off and put
 * back leads to the one it came from. */
static bool settle_hollow(struct store *s, struct case_state *c, GError **error)
{
	c->status = STATUS_WITHDRAWN;
	c->moved = 0;
	g_ptr_array_set_size(c->clocks, 0);
	return c->merged_into ||
	       sql_number(
		   s, &c->merged_into, NULL, error,
		   "SELECT other FROM events WHERE case_id = ? AND type = 'split' ORDER BY id DESC LIMIT 1",
		   "i", c->id);
}

/* The case in which an event was first written that a merge or a move brought here by the mark `origin`; 0 if
 * that is this case. */
static bool find_strand(struct store *s, const struct case_state *c, gint64 origin, gint64 *strand,
			GError **error)
{
	*strand = 0;
	while (origin) {
		sqlite3_stmt *q =
		    sql_query(s, error,
			      "SELECT m.case_id, e.origin FROM events m JOIN events e ON e.id = m.undoes"
			      " WHERE m.id = ?",
			      "i", origin);
		if (!q || !sql_step(s, q, error))
			return q && sql_ended(s);
		*strand = sqlite3_column_int64(q, 0);
		origin = sqlite3_column_int64(q, 1);
		sqlite3_reset(q);
	}
	*strand = *strand == c->id ? 0 : *strand;
	return true;
}

/* An answer that couldn't be sent has told the buyer nothing: until it leaves, it counts as not written. */
#define NOT_FAILED                                                                                           \
	" AND (e.message IS NULL OR e.message NOT IN (SELECT message FROM outbox WHERE state = 'failed'))"

bool case_state_rebuild(struct store *s, const struct ruleset *r, struct case_state *c, GError **error)
{
	g_autoptr(GPtrArray) old = g_steal_pointer(&c->clocks);
	bool mails = false;
	start_over(c);
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT e.id, e.at, e.type, e.trigger, m.kind, coalesce(m.stated_due, 0), m.stated, e.text,"
	    " e.due, e.about, e.other, e.act, e.minor, e.currency, e.message IS NOT NULL, m.order_id, "
	    "e.origin, iif(m.sent < e.at, m.sent, 0)"
	    " FROM events e LEFT JOIN messages m ON m.id = e.message WHERE e.case_id = ?1"
	    " AND e.type NOT IN ('clock-start', 'clock-stop', 'clock-miss', 'undo', 'moved')"
	    " AND e.id NOT IN (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT "
	    "NULL)" NOT_FAILED " ORDER BY e.at, e.id",
	    "i", c->id);
	if (!q)
		return false;
	while (sql_step(s, q, error)) {
		gint64 strand;
		mails |= sqlite3_column_int(q, 14) != 0 || g_strcmp0(sql_text(q, 2), "follow-up") == 0;
		if (!find_strand(s, c, sqlite3_column_int64(q, 16), &strand, error)) {
			sqlite3_reset(q);
			return false;
		}
		replay_event(r, c, strand, q);
	}
	return sql_ended(s) && (mails || settle_hollow(s, c, error)) && take_over(s, c->clocks, old, error);
}
