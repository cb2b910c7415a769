/* SPDX-License-Identifier: MIT */
#include "store/progress.h"

#include "domain/intl.h"
#include "store/act_write.h"
#include "store/clocks.h"
#include "store/message.h"
#include "store/shop_file.h"
#include "store/sql.h"

#include "domain/banned.h"

/* Of one case; what is older than the newest so many says nothing new. */
#define EVENTS_MOST 5000

/* The calendar of the shop's own clocks (data/calendars/shop.ini). */
#define SHOP_CALENDAR "shop"

void progress_destroy(struct progress *p)
{
	if (!p)
		return;
	g_free(p->platform);
	g_free(p->lang);
	g_free(p->consequence);
	g_array_unref(p->events);
	g_string_chunk_free(p->texts);
	g_ptr_array_unref(p->running);
	g_ptr_array_unref(p->missed);
	g_ptr_array_unref(p->promises);
	g_ptr_array_unref(p->offers);
	g_free(p);
}

static struct progress *progress_new(gint64 id)
{
	struct progress *p = g_new0(struct progress, 1);
	p->id = id;
	p->events = g_array_new(false, false, sizeof(struct playbook_event));
	p->texts = g_string_chunk_new(256);
	p->running = g_ptr_array_new_with_free_func(g_free);
	p->missed = g_ptr_array_new_with_free_func(g_free);
	p->promises = g_ptr_array_new_with_free_func(g_free);
	p->offers = g_ptr_array_new_with_free_func((GDestroyNotify)offer_destroy);
	return p;
}

static bool read_record(struct store *s, struct progress *p, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT f.word, c.lang, c.kind, c.status, c.minor, c.currency FROM cases c"
		      " JOIN platforms f ON f.id = c.platform WHERE c.id = ?",
		      "i", p->id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no case %" PRId64),
				    p->id);
		return false;
	}
	p->platform = sql_copy(q, 0);
	p->lang = sql_copy(q, 1);
	p->kind = sql_word(q, 2, &KINDS, KIND_OTHER);
	p->status = sql_word(q, 3, &STATUSES, STATUS_NEW);
	p->value = sql_money(q, 4);
	return true;
}

static void add_event(struct progress *p, sqlite3_stmt *q)
{
	const char *text = sql_text(q, 4);
	struct playbook_event e = {
	    .at = sqlite3_column_int64(q, 0),
	    .type = sql_word(q, 1, &EVENT_TYPES, EVENT_NOTE),
	    .side = sql_word(q, 2, &SIDES, SIDE_DESK),
	    .trigger = sql_word(q, 3, &TRIGGERS, TRIGGER_NONE),
	    .text = text ? g_string_chunk_insert(p->texts, text) : NULL,
	    .automatic = sqlite3_column_int(q, 5) != 0,
	    .amount = sql_money(q, 6),
	    .learned = sqlite3_column_int64(q, 8),
	};
	if (!e.automatic)
		p->triggers |= (guint64)1 << e.trigger;
	g_array_append_val(p->events, e);
}

/* The newest are read, then turned into the order in which they happened. */
static bool read_events(struct store *s, struct progress *p, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error,
	    /* A mail of ours that was written elsewhere and read in later knew what had happened. */
	    "SELECT e.at, e.type, e.side, e.trigger, e.text, coalesce(m.automatic, 0), e.minor, e.currency,"
	    " iif(e.type = 'message-out' AND m.origin IS NOT '" MESSAGE_OURS "', 0, e.id) FROM events e"
	    " LEFT JOIN messages m ON m.id = e.message WHERE e.case_id = ?1 AND e.type NOT IN"
	    " ('clock-start', 'clock-pause', 'clock-resume', 'clock-stop', 'clock-miss', 'undo', 'moved')"
	    " AND e.id NOT IN (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL)"
	    " ORDER BY e.at DESC, e.id DESC LIMIT ?2",
	    "ii", p->id, (gint64)EVENTS_MOST);
	while (q && sql_step(s, q, error))
		add_event(p, q);
	for (guint a = 0, b = p->events->len; b > a + 1; a++) {
		struct playbook_event *x = &g_array_index(p->events, struct playbook_event, a);
		struct playbook_event *y = &g_array_index(p->events, struct playbook_event, --b), swap = *x;
		*x = *y;
		*y = swap;
	}
	return q && sql_ended(s);
}

static bool read_promises(struct store *s, struct progress *p, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error,
	    "SELECT e.text FROM events e WHERE e.case_id = ?1 AND e.type = 'promise' AND e.id NOT IN"
	    " (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT NULL) AND e.id NOT IN"
	    " (SELECT k.about FROM events k WHERE k.case_id = ?1 AND k.type = 'promise-kept' AND k.about"
	    " IS NOT NULL AND k.id NOT IN (SELECT undoes FROM events WHERE case_id = ?1 AND undoes IS NOT"
	    " NULL)) ORDER BY e.due, e.id LIMIT 20",
	    "i", p->id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(p->promises, g_strdup(sql_text(q, 0) ? sql_text(q, 0) : ""));
	return q && sql_ended(s);
}

static struct offer *read_offer(sqlite3_stmt *q)
{
	struct offer *o = g_new0(struct offer, 1);
	*o = (struct offer){sqlite3_column_int64(q, 0), sql_copy(q, 1), sql_money(q, 2), sql_copy(q, 4),
			    sql_money(q, 5)};
	return o;
}

/* Each with the latest answer to it. */
static bool read_offers(struct store *s, struct progress *p, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error,
				    "SELECT o.at, o.text, o.minor, o.currency, a.text, a.minor, a.currency "
				    "FROM (SELECT * FROM events e"
				    " WHERE e.case_id = ?1 AND e.type = 'offer' AND " ACT_LIVE
				    ") o LEFT JOIN events a ON a.id ="
				    " (SELECT max(e.id) FROM events e WHERE e.case_id = ?1 AND e.type = "
				    "'offer-answer' AND e.about = o.id"
				    " AND " ACT_LIVE ") ORDER BY o.at DESC, o.id DESC LIMIT ?2",
				    "ii", p->id, (gint64)SOLUTIONS_MOST);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(p->offers, read_offer(q));
	return q && sql_ended(s);
}

/* The gravest clock so far. */
struct gravest {
	int gravity;
	gint64 due;
};

/* A case that the platform judges before a request, what costs the money before what costs a figure, and
 * any clock of the platform's before the shop's own (N2, Z12). */
static int gravity_of(const struct clock *c, const struct clock_rule *rule)
{
	static const guint64 judged = (guint64)1 << TRIGGER_CASE_OPENED | (guint64)1 << TRIGGER_CLAIM_OPENED |
				      (guint64)1 << TRIGGER_CLAIM_GRANTED |
				      (guint64)1 << TRIGGER_PAYMENT_DISPUTE |
				      (guint64)1 << TRIGGER_CHARGEBACK;
	if (c->family != CLOCK_PLATFORM)
		return 0;
	bool decided = rule && (rule->start & judged);
	bool money = rule && (rule->stop & (guint64)1 << TRIGGER_REFUND_ISSUED);
	return 1 + money + 2 * decided;
}

/* Of equally grave clocks the one that bites first says what is lost. */
static void weigh_clock(struct progress *p, const struct clock_rule *rule, const struct clock *c,
			struct gravest *g)
{
	struct gravest own = {gravity_of(c, rule), c->due};
	if (own.gravity < g->gravity || (own.gravity == g->gravity && own.due >= g->due))
		return;
	*g = own;
	g_free(p->consequence);
	p->consequence = g_strdup(c->consequence);
}

static void add_clock(struct progress *p, const struct ruleset *rules, const struct clock *c,
		      struct gravest *gravest)
{
	const struct clock_rule *rule = c->rule ? ruleset_find(rules, c->rule) : NULL;
	if (c->rule && c->state == CLOCK_RUNNING)
		g_ptr_array_add(p->running, g_strdup(c->rule));
	if (c->rule && (c->state == CLOCK_MISSED || c->state == CLOCK_LATE))
		g_ptr_array_add(p->missed, g_strdup(c->rule));
	if (c->state != CLOCK_RUNNING)
		return;
	weigh_clock(p, rule, c, gravest);
	if (c->family != CLOCK_PLATFORM || (p->clock_due && c->due >= p->clock_due))
		return;
	p->clock_started = c->started;
	p->clock_due = c->due;
	p->clock_wants_answer = rule && (rule->stop & (guint64)1 << TRIGGER_OUR_MESSAGE);
}

static bool read_clocks(struct store *s, struct progress *p, const struct ruleset *rules, GError **error)
{
	g_autoptr(GPtrArray) clocks = clocks_load(s, p->id, error);
	struct gravest gravest = {.gravity = -1};
	for (guint i = 0; clocks && i < clocks->len; i++)
		add_clock(p, rules, clocks->pdata[i], &gravest);
	g_ptr_array_add(p->running, NULL);
	g_ptr_array_add(p->missed, NULL);
	return clocks != NULL;
}

struct progress *store_progress(struct store *s, gint64 case_id, GError **error)
{
	const struct ruleset *rules = store_rules(s, error);
	if (!rules || !sql_read_begin(s, error))
		return NULL;
	g_autoptr(progress_auto) p = progress_new(case_id);
	p->calendar = ruleset_calendar(rules, SHOP_CALENDAR);
	p->shop = store_shop(s, NULL);
	bool ok = read_record(s, p, error) && read_events(s, p, error) && read_promises(s, p, error) &&
		  read_offers(s, p, error) && read_clocks(s, p, rules, error);
	sql_read_end(s);
	return ok ? g_steal_pointer(&p) : NULL;
}

void progress_playbook_case(const struct progress *p, gint64 now, struct playbook_case *c)
{
	*c = (struct playbook_case){
	    .status = p->status,
	    .value = p->value,
	    .limits = p->shop ? p->shop->dear : NULL,
	    .n_limits = p->shop ? p->shop->n_dear : 0,
	    .events = (const struct playbook_event *)(gpointer)p->events->data,
	    .n_events = p->events->len,
	    .clock_started = p->clock_started,
	    .clock_due = p->clock_due,
	    .clock_wants_answer = p->clock_wants_answer,
	    .now = now,
	    .calendar = p->calendar,
	};
}

void progress_stake_case(const struct progress *p, const char *fallback, struct stake_case *c)
{
	*c = (struct stake_case){
	    .platform = p->platform,
	    .kind = p->kind,
	    .status = p->status,
	    .value = p->value,
	    .triggers = p->triggers,
	    .running = (const char *const *)p->running->pdata,
	    .missed = (const char *const *)p->missed->pdata,
	    .consequence = p->consequence,
	    .fallback = fallback,
	};
}

GPtrArray *progress_solutions(const struct progress *p, char *const *ladder)
{
	static const struct cost_rates none = {.goods = 100};
	const struct solution_case c = {p->offers, ladder, p->value, p->shop ? &p->shop->costs : &none};
	return solutions_of(&c);
}
