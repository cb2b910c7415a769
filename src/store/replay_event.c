/* SPDX-License-Identifier: MIT */
#include "store/replay_event.h"

#include "domain/intl.h"
#include "store/tags.h"

#include "domain/banned.h"

/* The columns of case_state_rebuild()'s query. */
enum {
	ID,
	AT,
	TYPE,
	TRIGGER,
	KIND,
	STATED_DUE,
	STATED,
	TEXT,
	DUE,
	ABOUT,
	OTHER,
	ACT,
	MINOR,
	CURRENCY,
	MAIL,
	ORDER,
	ORIGIN,
	SENT
};

/* A status that a person set pauses, resumes and ends the shop's clocks as one that follows from a mail does.
 */
static void set_status(const struct ruleset *r, struct case_state *c, gint64 at, enum status status)
{
	struct happening h = {
	    .at = at, .trigger = TRIGGER_NONE, .kind = c->kind, .platform = c->platform, .status = status};
	c->status = status;
	clocks_apply(r, c->clocks, &h);
}

static void snooze(struct case_state *c, gint64 at, gint64 until)
{
	clocks_wake(c->clocks, at, until ? CLOCK_CANCELLED : CLOCK_MET);
	if (until && status_is_open(c->status))
		clock_start_own(c->clocks, CLOCK_SNOOZED, WHY_MANUAL, _("Snoozed"),
				_("The case comes back to the list"), at, until);
}

/* A rule of data/rules started it; one that runs already stays as it is. */
static void set_clock(const struct ruleset *r, struct case_state *c, gint64 at, const char *id)
{
	struct happening h = {
	    .at = at, .trigger = TRIGGER_NONE, .kind = c->kind, .platform = c->platform, .status = c->status};
	clocks_set(r, c->clocks, id ? id : "", &h);
}

/* What an answer promises has its clock from the rules (shop.promise); what a person notes gets one here. */
static void promise(struct case_state *c, gint64 event, gint64 at, gint64 due, const char *text)
{
	struct clock *k =
	    clock_start_own(c->clocks, CLOCK_PROMISED, WHY_PROMISE, text && *text ? text : _("Promise made"),
			    _("A promise to the buyer is broken"), at, due);
	k->event = event;
}

/* The clock that a promise in an answer started. */
static void name_promise(struct case_state *c, gint64 event, gint64 at, gint64 due)
{
	for (guint i = 0; i < c->clocks->len; i++) {
		struct clock *k = c->clocks->pdata[i];
		if (k->started == at && k->due == due && k->family == CLOCK_SHOP && !k->event)
			k->event = event;
	}
}

static void keep_promise(struct case_state *c, gint64 event, gint64 at)
{
	for (guint i = 0; i < c->clocks->len; i++) {
		struct clock *k = c->clocks->pdata[i];
		if (k->event && k->event == event)
			clock_end(k, at, at > k->due ? CLOCK_LATE : CLOCK_MET);
	}
}

static void mail(const struct ruleset *r, struct case_state *c, gint64 strand, sqlite3_stmt *q)
{
	struct happening h = {
	    .at = sqlite3_column_int64(q, AT),
	    .since = sqlite3_column_int64(q, SENT),
	    .trigger = sql_word(q, TRIGGER, &TRIGGERS, TRIGGER_NONE),
	    .kind = sql_word(q, KIND, &KINDS, KIND_OTHER),
	    .stated_due = sqlite3_column_int64(q, STATED_DUE),
	    .stated = sql_text(q, STATED),
	    .strand = strand,
	    .order = sqlite3_column_int64(q, ORDER),
	};
	case_state_apply(r, c, &h);
}

/* It opens its case as a buyer's mail would. */
static void follow_up(const struct ruleset *r, struct case_state *c, gint64 at, gint64 due, const char *text)
{
	struct happening h = {.at = at,
			      .trigger = TRIGGER_FOLLOW_UP,
			      .kind = KIND_FOLLOW_UP,
			      .stated_due = due,
			      .stated = text};
	case_state_apply(r, c, &h);
}

/* Acts of persons; false if the event is none that moves a case. */
static bool act(const struct ruleset *r, struct case_state *c, enum event_type type, sqlite3_stmt *q)
{
	gint64 at = sqlite3_column_int64(q, AT), due = sqlite3_column_int64(q, DUE);
	const char *text = sql_text(q, TEXT);
	int word;
	switch (type) {
	case EVENT_STATUS:
		if (text && vocab_find(&STATUSES, text, &word))
			set_status(r, c, at, word);
		return true;
	case EVENT_FOLLOW_UP:
		follow_up(r, c, at, due, text);
		return true;
	case EVENT_CARRIER_ASKED:
		set_status(r, c, at, STATUS_CARRIER);
		return true;
	case EVENT_KIND:
		if (text && vocab_find(&KINDS, text, &word))
			c->kind = word;
		return true;
	case EVENT_CLAIM:
		g_free(c->assignee);
		c->assignee = text && *text ? g_strdup(text) : NULL;
		return true;
	case EVENT_SNOOZE:
		snooze(c, at, due);
		return true;
	case EVENT_CLOCK_SET:
		set_clock(r, c, at, text);
		return true;
	case EVENT_PROMISE:
		if (!sqlite3_column_int64(q, ACT))
			name_promise(c, sqlite3_column_int64(q, ID), at, due);
		else if (due)
			promise(c, sqlite3_column_int64(q, ID), at, due, text);
		return true;
	case EVENT_PROMISE_KEPT:
		keep_promise(c, sqlite3_column_int64(q, ABOUT), at);
		return true;
	default:
		return false;
	}
}

/* What is only kept with the case: no clock follows from it. */
static bool keep(struct case_state *c, enum event_type type, sqlite3_stmt *q)
{
	switch (type) {
	case EVENT_PIN:
		c->pinned = g_strcmp0(sql_text(q, TEXT), "yes") == 0;
		return true;
	case EVENT_TAG:
	case EVENT_UNTAG:
		if (sql_text(q, TEXT))
			tags_change(&c->tags, sql_text(q, TEXT), type == EVENT_TAG);
		return true;
	case EVENT_PREPARED:
		return true;
	case EVENT_OUTCOME:
		g_free(c->outcome);
		c->outcome = sql_copy(q, TEXT);
		c->cost = sql_money(q, MINOR);
		return true;
	case EVENT_MERGE:
		if (g_strcmp0(sql_text(q, TEXT), "into") == 0)
			c->merged_into = sqlite3_column_int64(q, OTHER);
		return true;
	default:
		return false;
	}
}

void replay_event(const struct ruleset *r, struct case_state *c, gint64 strand, sqlite3_stmt *q)
{
	enum event_type type = sql_word(q, TYPE, &EVENT_TYPES, EVENT_NOTE);
	if (act(r, c, type, q)) {
		/* A mail that was sent before and comes in later is put in its place by a rebuild. */
		c->moved = MAX(c->moved, sqlite3_column_int64(q, AT));
		return;
	}
	if (keep(c, type, q))
		return;
	mail(r, c, strand, q);
}
