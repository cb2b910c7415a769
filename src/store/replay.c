/* SPDX-License-Identifier: MIT */
#include "store/clocks.h"

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
	clocks_apply(r, c->clocks, h);
	c->moved = MAX(c->moved, h->at);
}

static void apply_row(const struct ruleset *r, struct case_state *c, sqlite3_stmt *q)
{
	int type = sql_word(q, 1, &EVENT_TYPES, EVENT_NOTE), word;
	const char *text = sql_text(q, 6);
	struct happening h = {
		.at = sqlite3_column_int64(q, 0),
		.trigger = sql_word(q, 2, &TRIGGERS, TRIGGER_NONE),
		.kind = sql_word(q, 3, &KINDS, KIND_OTHER),
		.stated_due = sqlite3_column_int64(q, 4),
		.stated = sql_text(q, 5),
	};
	if (type == EVENT_STATUS && text && vocab_find(&STATUSES, text, &word))
		c->status = word;
	else if (type == EVENT_KIND && text && vocab_find(&KINDS, text, &word))
		c->kind = word;
	else
		case_state_apply(r, c, &h);
}

/* Gives the clocks made anew the ids of those they replace and drops what has no successor. Only what changed
 * stays dirty. Clocks without a rule (promises, set by hand) don't follow from mails and are kept. */
static bool take_over(struct store *s, GPtrArray *fresh, GPtrArray *old, GError **error)
{
	for (guint o = 0; o < old->len; o++) {
		struct clock *was = old->pdata[o];
		bool lives = false;
		for (guint n = 0; n < fresh->len && was->rule; n++) {
			struct clock *is = fresh->pdata[n];
			if (is->id || g_strcmp0(is->rule, was->rule) != 0 || is->started != was->started)
				continue;
			is->id = was->id;
			is->dirty = !was->id || is->state != was->state || is->due != was->due || is->stopped != was->stopped ||
			            is->intervals->len != was->intervals->len;
			lives = true;
			break;
		}
		if (was->rule && !lives && !sql_run(s, error, "DELETE FROM clocks WHERE id = ?", "i", was->id))
			return false;
	}
	for (guint o = old->len; o-- > 0;) {
		if (!((struct clock *)old->pdata[o])->rule)
			g_ptr_array_insert(fresh, 0, g_ptr_array_steal_index(old, o));
	}
	return true;
}

bool case_state_rebuild(struct store *s, const struct ruleset *r, struct case_state *c, GError **error)
{
	g_autoptr(GPtrArray) old = g_steal_pointer(&c->clocks);
	c->clocks = clocks_new();
	c->status = STATUS_NEW;
	c->kind = KIND_OTHER;
	c->moved = 0;
	sqlite3_stmt *q = sql_query(s, error,
	                            "SELECT e.at, e.type, e.trigger, m.kind, coalesce(m.stated_due, 0), m.stated, e.text"
	                            " FROM events e LEFT JOIN messages m ON m.id = e.message"
	                            " WHERE e.case_id = ?1 AND (e.message IS NOT NULL OR e.type IN ('status', 'kind'))"
	                            " AND e.id NOT IN (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL)"
	                            " ORDER BY e.at, e.id",
	                            "i", c->id);
	if (!q)
		return false;
	while (sql_step(s, q, error))
		apply_row(r, c, q);
	return sql_ended(s) && take_over(s, c->clocks, old, error);
}
