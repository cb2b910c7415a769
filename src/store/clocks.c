/* SPDX-License-Identifier: MIT */
#include "store/clocks.h"

#include "store/history.h"

#include "domain/banned.h"

void case_state_clear(struct case_state *c)
{
	g_clear_pointer(&c->clocks, g_ptr_array_unref);
	g_clear_pointer(&c->assignee, g_free);
	g_clear_pointer(&c->outcome, g_free);
	g_clear_pointer(&c->tags, g_ptr_array_unref);
}

static bool load_intervals(struct store *s, struct clock *c, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error, "SELECT begun, ended, running, due FROM clock_intervals WHERE clock = ? ORDER BY n",
	    "i", c->id);
	if (!q)
		return false;
	while (sql_step(s, q, error)) {
		struct clock_interval i = {sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
					   sqlite3_column_int(q, 2) != 0, sqlite3_column_int64(q, 3)};
		g_array_append_val(c->intervals, i);
	}
	return sql_ended(s);
}

static struct clock *clock_of_row(sqlite3_stmt *q)
{
	struct clock *c = g_new0(struct clock, 1);
	c->id = sqlite3_column_int64(q, 0);
	c->rule = sql_copy(q, 1);
	c->family = sql_word(q, 2, &CLOCK_FAMILIES, CLOCK_PLATFORM);
	c->state = sql_word(q, 3, &CLOCK_STATES, CLOCK_RUNNING);
	c->why = sql_word(q, 4, &CLOCK_WHYS, WHY_RULE);
	c->started = sqlite3_column_int64(q, 5);
	c->due = sqlite3_column_int64(q, 6);
	c->left = sqlite3_column_int64(q, 7);
	c->stopped = sqlite3_column_int64(q, 8);
	c->title = sql_copy(q, 9);
	c->consequence = sql_copy(q, 10);
	c->stated = sql_copy(q, 11);
	c->strand = sqlite3_column_int64(q, 12);
	c->order = sqlite3_column_int64(q, 13);
	c->intervals = g_array_new(false, false, sizeof(struct clock_interval));
	return c;
}

/* Words as this reader's rules have them: the store keeps those of whoever read the mail in. */
static void put_in_words(struct store *s, struct clock *c)
{
	const struct ruleset *r = c->rule ? store_rules(s, NULL) : NULL;
	const struct clock_rule *rule = r ? ruleset_find(r, c->rule) : NULL;
	if (!rule)
		return;
	g_free(c->title);
	g_free(c->consequence);
	c->title = g_strdup(rule->title);
	c->consequence = g_strdup(rule->consequence);
}

GPtrArray *clocks_load(struct store *s, gint64 case_id, GError **error)
{
	g_autoptr(GPtrArray) clocks = clocks_new();
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT id, rule, family, state, why, started, due, remaining, stopped, title,"
		      " consequence, stated, strand, order_id FROM clocks WHERE case_id = ? ORDER BY id",
		      "i", case_id);
	if (!q)
		return NULL;
	while (sql_step(s, q, error))
		g_ptr_array_add(clocks, clock_of_row(q));
	if (!sql_ended(s))
		return NULL;
	for (guint i = 0; i < clocks->len; i++) {
		put_in_words(s, clocks->pdata[i]);
		if (!load_intervals(s, clocks->pdata[i], error))
			return NULL;
	}
	return g_steal_pointer(&clocks);
}

static bool save_intervals(struct store *s, const struct clock *c, bool is_new, GError **error)
{
	for (guint n = 0; n < c->intervals->len; n++) {
		const struct clock_interval *i = &g_array_index(c->intervals, struct clock_interval, n);
		if (!sql_run(s, error, "INSERT OR REPLACE INTO clock_intervals VALUES (?, ?, ?, ?, ?, ?)",
			     "iiiiii", c->id, (gint64)n, i->from, i->to, (gint64)i->running, i->due))
			return false;
	}
	return is_new || sql_run(s, error, "DELETE FROM clock_intervals WHERE clock = ? AND n >= ?", "ii",
				 c->id, (gint64)c->intervals->len);
}

static bool save_row(struct store *s, gint64 case_id, struct clock *c, GError **error)
{
	if (!sql_run(s, error,
		     "INSERT OR REPLACE INTO clocks (id, case_id, rule, family, state, why, started, due, "
		     "remaining,"
		     " stopped, title, consequence, stated, strand, order_id)"
		     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		     "nitwwwiiiitttnn", c->id, case_id, c->rule, &CLOCK_FAMILIES, (int)c->family,
		     &CLOCK_STATES, (int)c->state, &CLOCK_WHYS, (int)c->why, c->started, c->due, c->left,
		     c->stopped, c->title, c->consequence, c->stated, c->strand, c->order))
		return false;
	c->id = sql_row(s);
	return true;
}

static bool has_stopped(enum clock_state state)
{
	return state != CLOCK_RUNNING && state != CLOCK_PAUSED;
}

static bool tell(struct store *s, gint64 case_id, const struct clock *c, enum event_type type, gint64 at,
		 GError **error)
{
	struct event e = {.at = at, .type = type, .side = SIDE_DESK, .text = c->title, .due = c->due};
	return history_append(s, case_id, &e, 0, error);
}

static bool save_one(struct store *s, struct case_state *state, struct clock *c, gint64 at, GError **error)
{
	bool is_new = c->id == 0, missed = c->state == CLOCK_MISSED;
	if (!save_row(s, state->id, c, error) || !save_intervals(s, c, is_new, error))
		return false;
	c->dirty = false;
	if (is_new && !tell(s, state->id, c, EVENT_CLOCK_START, c->started, error))
		return false;
	return !has_stopped(c->state) || tell(s, state->id, c, missed ? EVENT_CLOCK_MISS : EVENT_CLOCK_STOP,
					      c->stopped ? c->stopped : at, error);
}

bool clocks_save(struct store *s, struct case_state *c, gint64 at, GError **error)
{
	for (guint i = 0; i < c->clocks->len; i++) {
		struct clock *clock = c->clocks->pdata[i];
		if (clock->dirty && !save_one(s, c, clock, at, error))
			return false;
	}
	return true;
}
