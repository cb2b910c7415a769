/* SPDX-License-Identifier: MIT */
#include "ui/ladder.h"

#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

/* Steps that are told beside the history after the next one. */
#define STEPS_AHEAD 2

void ladder_destroy(struct ladder *l)
{
	if (!l)
		return;
	progress_destroy(l->progress);
	playbook_next_clear(&l->next);
	if (l->solutions)
		g_ptr_array_unref(l->solutions);
	if (l->stake)
		g_ptr_array_unref(l->stake);
	g_free(l);
}

static void add_safe(GPtrArray *lines, const char *text)
{
	g_ptr_array_add(lines, text_safe(text, -1, TEXT_ONE_LINE));
}

/* Under each metric that the case counts toward stands where the shop is. A fault here hides only this. */
static void add_standings(GPtrArray *lines, const struct desk *desk, const struct metrics *m,
			  const struct stake_case *c)
{
	for (guint i = 0; i < metrics_count(m); i++) {
		const struct metric *metric = metrics_nth(m, i);
		struct metric_count count;
		if (stake_of(metric, c) == STAKE_NONE ||
		    !store_standing(desk->store, metric, desk->now(), &count, NULL))
			continue;
		g_autofree char *stands = metric_describe(metric, &count);
		g_autofree char *text = g_strdup_printf("%s: %s", metric->title, stands);
		add_safe(lines, text);
	}
}

static void read_stake(struct ladder *l, const struct desk *desk)
{
	const struct metrics *m = library_metrics(desk->library);
	struct stake_case c;
	if (!m)
		return;
	bool falls = l->playbook && l->playbook->fallback_percent;
	progress_stake_case(l->progress, falls ? l->playbook->fallback.title : NULL, &c);
	l->stake = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) lines = stake_lines(m, &c);
	for (guint i = 0; i < lines->len; i++)
		add_safe(l->stake, lines->pdata[i]);
	add_standings(l->stake, desk, m, &c);
}

struct ladder *ladder_read(const struct desk *desk, gint64 case_id, GError **error)
{
	g_autoptr(ladder_auto) l = g_new0(struct ladder, 1);
	l->progress = store_progress(desk->store, case_id, error);
	if (!l->progress)
		return NULL;
	const struct playbook_set *set = library_playbooks(desk->library);
	if (set && l->progress->calendar)
		l->playbook = playbook_find(set, l->progress->kind);
	if (l->playbook) {
		struct playbook_case c;
		progress_playbook_case(l->progress, desk->now(), &c);
		playbook_next(l->playbook, &c, &l->next);
	}
	bool open = l->playbook && l->next.move != MOVE_NONE;
	l->solutions = progress_solutions(l->progress, !open                           ? NULL
						       : l->next.branch == BRANCH_DEAR ? l->playbook->dear
										       : l->playbook->cheap);
	read_stake(l, desk);
	return g_steal_pointer(&l);
}

char *ladder_line(const struct ladder *l)
{
	if (!l->playbook)
		return NULL;
	g_autofree char *text = g_strdup_printf(_("Next: %s"), l->next.title);
	return text_safe(text, -1, TEXT_ONE_LINE);
}

gint64 ladder_changes(const struct ladder *l, gint64 now)
{
	gint64 at = G_MAXINT64;
	if (!l->playbook)
		return at;
	if (l->next.move == MOVE_WAIT && l->next.at > now)
		at = l->next.at;
	if (l->next.fallback_due > now)
		at = MIN(at, l->next.fallback_due);
	return at;
}

/* --- lines ------------------------------------------------------------------------------------ */

struct telling {
	const struct ladder *l;
	ladder_tell *tell;
	void *data;
};

static void tell(const struct telling *t, enum style style, const char *text)
{
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	t->tell(t->data, style, safe);
}

static void tell_next(const struct telling *t, GTimeZone *zone)
{
	const struct playbook_next *n = &t->l->next;
	bool urgent = n->move == MOVE_FALLBACK;
	g_autofree char *head = g_strdup_printf("> %s", n->title);
	tell(t, urgent ? STYLE_OVERDUE : STYLE_TODAY, head);
	tell(t, STYLE_PLAIN, n->why);
	if (n->move == MOVE_WAIT) {
		g_autofree char *until = when_stamp(n->at, zone);
		g_autofree char *text = g_strdup_printf(_("until %s"), until);
		tell(t, STYLE_PLAIN, text);
	} else if (n->move != MOVE_NONE) {
		tell(t, STYLE_DESK, _("Space does it."));
	}
	if (n->fallback_due && !urgent) {
		g_autofree char *due = when_stamp(n->fallback_due, zone);
		g_autofree char *text =
		    g_strdup_printf(_("From %s on: %s"), due, t->l->playbook->fallback.title);
		tell(t, STYLE_PLAIN, text);
	}
}

/* A line of the ladder: a step, or the move that is none of its steps. */
struct rung {
	enum playbook_state state;
	const char *title;
};

/* All lines from the top; what comes next stands below what is done, in the words of the next step. */
static GArray *rungs_of(const struct ladder *l)
{
	const struct playbook_next *n = &l->next;
	GArray *rungs = g_array_new(false, false, sizeof(struct rung));
	guint done = 0;
	for (guint i = 0; i < l->playbook->n_steps; i++) {
		enum playbook_state state = n->states[i];
		struct rung r = {state, state == STEP_NEXT ? n->title : l->playbook->steps[i].title};
		if (state != STEP_SKIPPED)
			g_array_append_val(rungs, r);
		if (state == STEP_DONE)
			done = rungs->len;
	}
	struct rung next = {STEP_NEXT, n->title};
	if (n->move != MOVE_STEP && n->move != MOVE_NONE)
		g_array_insert_val(rungs, done, next);
	return rungs;
}

static void tell_rungs(const struct telling *t, const GArray *rungs, guint from, guint to)
{
	/* A mark and a word, so that colour isn't the only sign. */
	static const char *const marks[] = {[STEP_DONE] = "+", [STEP_NEXT] = ">", [STEP_LATER] = "."};
	static const enum style styles[] = {
	    [STEP_DONE] = STYLE_QUOTE, [STEP_NEXT] = STYLE_TODAY, [STEP_LATER] = STYLE_PLAIN};
	for (guint i = from; i < to; i++) {
		const struct rung *r = &g_array_index(rungs, struct rung, i);
		g_autofree char *text = g_strdup_printf("%s %s", marks[r->state], r->title);
		tell(t, styles[r->state], text);
	}
}

static void tell_list(const struct telling *t, const char *title, char *const *texts)
{
	if (!texts || !*texts)
		return;
	t->tell(t->data, STYLE_TITLE, title);
	for (int i = 0; texts[i]; i++) {
		g_autofree char *text = g_strdup_printf("- %s", texts[i]);
		tell(t, STYLE_PLAIN, text);
	}
}

void ladder_tell_next(const struct ladder *l, GTimeZone *zone, ladder_tell *told, void *data)
{
	struct telling t = {.l = l, .tell = told, .data = data};
	if (!l->playbook)
		return;
	t.tell(data, STYLE_TITLE, _("Next step"));
	tell_next(&t, zone);
}

void ladder_tell_place(const struct ladder *l, ladder_tell *told, void *data)
{
	struct telling t = {.l = l, .tell = told, .data = data};
	if (!l->playbook || l->next.move == MOVE_NONE)
		return;
	g_autoptr(GArray) rungs = rungs_of(l);
	guint next = 0;
	while (next < rungs->len && g_array_index(rungs, struct rung, next).state != STEP_NEXT)
		next++;
	t.tell(data, STYLE_TITLE, _("Ladder (+ done, > next, . later)"));
	tell_rungs(&t, rungs, next ? next - 1 : 0, MIN(next + STEPS_AHEAD + 1, rungs->len));
}

void ladder_tell_stake(const struct ladder *l, ladder_tell *told, void *data)
{
	if (!l->stake || !status_is_open(l->progress->status))
		return;
	told(data, STYLE_TITLE, _("What missing it costs"));
	for (guint i = 0; i < l->stake->len; i++)
		told(data, STYLE_PLAIN, l->stake->pdata[i]);
}

void ladder_tell_rest(const struct ladder *l, ladder_tell *told, void *data)
{
	struct telling t = {.l = l, .tell = told, .data = data};
	if (l->playbook) {
		g_autoptr(GArray) rungs = rungs_of(l);
		t.tell(data, STYLE_TITLE, _("The whole ladder"));
		tell_rungs(&t, rungs, 0, rungs->len);
	}
	if (l->playbook && l->next.move != MOVE_NONE) {
		tell_list(&t, _("Never"), l->playbook->never);
		tell_list(&t, _("To find out"), l->playbook->find_out);
	}
}
