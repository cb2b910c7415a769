/* SPDX-License-Identifier: MIT */
#include "store/automation.h"

#include "domain/tag.h"
#include "domain/when.h"
#include "store/act_write.h"
#include "store/filter.h"
#include "store/history.h"
#include "store/index.h"
#include "store/ingest.h"

#include "domain/banned.h"

/* A mail, and the case that it came to. */
struct moment {
	gint64 case_id, event, sent, now;
	enum trigger trigger;
	bool opened;
};

/* --- how the case stands ------------------------------------------------------ */

static bool read_row(struct store *s, gint64 id, struct automation_facts *f, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT c.open, p.login, c.kind, EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id"
		      " AND e.type = 'kind' AND e.person IS NOT NULL AND " ACT_LIVE ")"
		      " FROM cases c LEFT JOIN persons p ON p.id = c.person WHERE c.id = ?",
		      "i", id);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	f->open = sqlite3_column_int(q, 0) != 0;
	f->assignee = sql_copy(q, 1);
	f->kind = sql_word(q, 2, &KINDS, KIND_OTHER);
	f->kind_by_person = sqlite3_column_int(q, 3) != 0;
	return true;
}

static bool read_list(struct store *s, GPtrArray *list, const char *sql, gint64 id, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error, sql, "i", id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(list, sql_copy(q, 0));
	return q && sql_ended(s);
}

/* A tag that a person took off and nobody gave again. */
static bool read_refused(struct store *s, gint64 id, GPtrArray *refused, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error,
				    "SELECT e.text FROM events e WHERE e.case_id = ? AND e.type = 'untag'"
				    " AND e.person IS NOT NULL AND e.text IS NOT NULL AND " ACT_LIVE,
				    "i", id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(refused, tag_fold(sql_text(q, 0)));
	return q && sql_ended(s);
}

static bool read_facts(struct store *s, const struct moment *m, struct automation_facts *f, GError **error)
{
	g_autofree char *rule = NULL;
	automation_facts_init(f);
	f->at = m->sent;
	f->now = m->now;
	bool ok =
	    read_row(s, m->case_id, f, error) &&
	    read_list(s, f->tags,
		      "SELECT t.folded FROM case_tags c JOIN tags t ON t.id = c.tag WHERE c.case_id = ?",
		      m->case_id, error) &&
	    read_list(s, f->clocks,
		      "SELECT rule FROM clocks WHERE case_id = ? AND state IN ('running', 'paused')"
		      " AND rule IS NOT NULL",
		      m->case_id, error) &&
	    read_refused(s, m->case_id, f->refused, error) &&
	    store_prepared(s, f->assignee ? f->assignee : "", m->case_id, &f->prepared, &rule, error);
	f->snoozed = ok && g_ptr_array_find_with_equal_func(f->clocks, CLOCK_SNOOZED, g_str_equal, NULL);
	return ok;
}

static GTimeZone *zone_of(struct store *s)
{
	const struct ruleset *r = store_rules(s, NULL);
	const struct calendar *c = r ? ruleset_calendar(r, "shop") : NULL;
	return c ? g_time_zone_ref(calendar_zone(c)) : g_time_zone_new_utc();
}

static bool read_turn(struct store *s, const char *rule, char **last, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error, "SELECT login FROM rule_turns WHERE rule = ?", "t", rule);
	*last = NULL;
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	*last = sql_copy(q, 0);
	return true;
}

/* --- asking a rule -------------------------------------------------------------- */

static bool fits(struct store *s, const char *query, const struct moment *m, GTimeZone *zone, bool *fit,
		 GError **error)
{
	struct inbox_request r = {
	    .query = query, .now = m->now, .day_end = when_day_end(m->now, zone), .me = ""};
	*fit = true;
	return !*query || filter_fits(s, &r, m->case_id, fit, error);
}

/* --- doing ------------------------------------------------------------------------ */

static bool write_effect(struct store *s, const struct moment *m, const struct automation *a,
			 const struct effect *e, GError **error)
{
	static const enum event_type types[N_EFFECTS] = {
	    [EFFECT_ASSIGN] = EVENT_CLAIM,      [EFFECT_KIND] = EVENT_KIND, [EFFECT_SNOOZE] = EVENT_SNOOZE,
	    [EFFECT_TEMPLATE] = EVENT_PREPARED, [EFFECT_TAG] = EVENT_TAG,   [EFFECT_CLOCK] = EVENT_CLOCK_SET,
	};
	struct event event = {.at = m->sent,
			      .type = types[e->type],
			      .side = SIDE_DESK,
			      .text = e->type == EFFECT_SNOOZE ? NULL : e->text,
			      .due = e->due,
			      .about = m->event,
			      .rule = a->id};
	if (e->type == EFFECT_ASSIGN &&
	    (!person_enter(s, e->text, error) ||
	     (e->in_turn &&
	      !sql_run(s, error, "INSERT OR REPLACE INTO rule_turns VALUES (?, ?)", "tt", a->id, e->text))))
		return false;
	return history_append(s, m->case_id, &event, 0, error);
}

/* The effects of one rule; *done counts those that were written. */
static bool fire(struct store *s, const struct moment *m, const struct automation *a,
		 struct automation_facts *f, guint *done, GError **error)
{
	g_autofree char *last = NULL;
	if (!read_turn(s, a->id, &last, error))
		return false;
	g_autoptr(GPtrArray) effects = automation_effects(a, last, f);
	for (guint n = 0; n < effects->len; n++) {
		const struct effect *e = effects->pdata[n];
		if (e->why)
			continue;
		if (!write_effect(s, m, a, e, error))
			return false;
		++*done;
	}
	return true;
}

static bool run(struct store *s, const struct moment *m, struct automation_facts *f, GTimeZone *zone,
		GError **error)
{
	const struct automation_set *set = store_automation(s);
	const struct automation *a;
	bool fit = false;
	for (guint n = 0; (a = automation_set_nth(set, n)); n++) {
		guint done = 0;
		if (!automation_hears(a, m->trigger, m->opened))
			continue;
		if (!fits(s, a->query, m, zone, &fit, error))
			return false;
		if (!fit)
			continue;
		if (!f->tags && !read_facts(s, m, f, error))
			return false;
		f->zone = zone;
		/* The next rule's query sees what this one did. */
		if (!fire(s, m, a, f, &done, error) ||
		    (done && !ingest_rebuild(s, m->case_id, m->sent, error)))
			return false;
		if (a->stop)
			break;
	}
	return true;
}

bool automation_run(struct store *s, gint64 case_id, gint64 event, enum trigger trigger, bool opened,
		    gint64 sent, gint64 now, GError **error)
{
	if (!case_id || !event || !automation_set_hears(store_automation(s), trigger, opened))
		return true;
	struct moment m = {case_id, event, sent, now, trigger, opened};
	struct automation_facts f = {0};
	g_autoptr(GTimeZone) zone = zone_of(s);
	bool ok = run(s, &m, &f, zone, error);
	automation_facts_clear(&f);
	return ok;
}

bool store_prepared(struct store *s, const char *me, gint64 case_id, char **template, char **rule,
		    GError **error)
{
	*template = *rule = NULL;
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT e.text, e.rule FROM events e JOIN cases c ON c.id = e.case_id"
	    " LEFT JOIN persons p ON p.id = c.person WHERE e.case_id = ?1 AND e.type = 'prepared'"
	    " AND (p.login IS NULL OR p.login = ?2) AND " ACT_LIVE
	    " AND NOT EXISTS (SELECT 1 FROM events o WHERE o.case_id = ?1 AND o.type = 'message-out'"
	    " AND (o.at, o.id) > (e.at, e.id) AND NOT EXISTS (SELECT 1 FROM events v WHERE v.case_id = ?1"
	    " AND v.undoes = o.id)) ORDER BY e.at DESC, e.id DESC LIMIT 1",
	    "it", case_id, me);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	*template = sql_copy(q, 0);
	*rule = sql_copy(q, 1);
	return true;
}

/* --- trying ------------------------------------------------------------------------- */

static void trial_destroy(gpointer data)
{
	struct rule_trial *t = data;
	g_free(t->misfit);
	g_clear_pointer(&t->effects, g_ptr_array_unref);
	g_free(t);
}

void rules_trial_destroy(struct rules_trial *t)
{
	if (!t)
		return;
	g_ptr_array_unref(t->rules);
	g_free(t);
}

/* The first part of the query that the case doesn't fit, as it is written. */
static bool find_misfit(struct store *s, const char *query, const struct moment *m, GTimeZone *zone,
			char **misfit, GError **error)
{
	g_autoptr(query_auto) top = query_parse(query, NULL, error);
	bool fit = true;
	if (!top || !fits(s, query, m, zone, &fit, error))
		return false;
	*misfit = fit ? NULL : g_strdup(query);
	for (guint n = 0; !fit && top->op == QUERY_AND && n < top->parts->len; n++) {
		const struct query_node *part = top->parts->pdata[n];
		bool part_fits = true;
		if (part->op != QUERY_FIELD && part->op != QUERY_TEXT)
			continue;
		g_autofree char *text = g_strndup(query + part->at, part->length);
		if (!fits(s, text, m, zone, &part_fits, error))
			return false;
		if (!part_fits) {
			g_free(*misfit);
			*misfit = g_steal_pointer(&text);
			break;
		}
	}
	return true;
}

static bool try_rule(struct store *s, const struct moment *m, struct automation_facts *f,
		     struct rule_trial *t, GError **error)
{
	g_autofree char *last = NULL;
	t->hears = automation_hears(t->rule, m->trigger, m->opened);
	if (!find_misfit(s, t->rule->query, m, f->zone, &t->misfit, error) ||
	    !read_turn(s, t->rule->id, &last, error))
		return false;
	if (t->hears && t->asked && !t->misfit)
		t->effects = automation_effects(t->rule, last, f);
	return true;
}

/* The newest mail that means something, and whether no other came before it. */
static bool newest_mail(struct store *s, struct moment *m, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT e.id, e.at, e.trigger, NOT EXISTS (SELECT 1 FROM events o WHERE o.case_id = e.case_id"
	    " AND o.message IS NOT NULL AND (o.at, o.id) < (e.at, e.id)) FROM events e WHERE e.case_id = ?"
	    " AND e.message IS NOT NULL AND e.trigger <> 'none' AND " ACT_LIVE
	    " ORDER BY e.at DESC, e.id DESC LIMIT 1",
	    "i", m->case_id);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	m->event = sqlite3_column_int64(q, 0);
	m->sent = sqlite3_column_int64(q, 1);
	m->trigger = sql_word(q, 2, &TRIGGERS, TRIGGER_NONE);
	m->opened = sqlite3_column_int(q, 3) != 0;
	return true;
}

static bool try_all(struct store *s, const struct moment *m, struct automation_facts *f,
		    struct rules_trial *trial, GError **error)
{
	const struct automation_set *set = store_automation(s);
	bool asked = true;
	for (guint n = 0; n < automation_set_count(set); n++) {
		struct rule_trial *t = g_new0(struct rule_trial, 1);
		g_ptr_array_add(trial->rules, t);
		t->rule = automation_set_nth(set, n);
		t->asked = asked;
		if (!try_rule(s, m, f, t, error))
			return false;
		asked = asked && !(t->effects && t->rule->stop);
	}
	return true;
}

struct rules_trial *store_rules_test(struct store *s, gint64 case_id, gint64 now, GError **error)
{
	struct moment m = {.case_id = case_id, .now = now};
	struct automation_facts f = {0};
	g_autoptr(GTimeZone) zone = zone_of(s);
	g_autoptr(rules_trial_auto) trial = g_new0(struct rules_trial, 1);
	trial->rules = g_ptr_array_new_with_free_func(trial_destroy);
	/* For a case that isn't there it says so. */
	struct case_request request = {.id = case_id, .limit = 1, .brief = true};
	g_autoptr(case_file_auto) file = store_case(s, &request, error);
	bool ok = file && newest_mail(s, &m, error) && read_facts(s, &m, &f, error);
	f.zone = zone;
	ok = ok && try_all(s, &m, &f, trial, error);
	trial->trigger = m.trigger;
	trial->opened = m.opened;
	trial->at = m.sent;
	automation_facts_clear(&f);
	return ok ? g_steal_pointer(&trial) : NULL;
}
