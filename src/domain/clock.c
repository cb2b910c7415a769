/* SPDX-License-Identifier: MIT */
#include "domain/clock.h"

#include "domain/banned.h"

static bool has(guint64 bits, enum trigger t)
{
	return t > TRIGGER_NONE && t < N_TRIGGERS && (bits >> t & 1);
}

static bool is_over(const struct clock *c)
{
	return c->state != CLOCK_RUNNING && c->state != CLOCK_PAUSED;
}

void clock_destroy(struct clock *c)
{
	if (!c)
		return;
	g_free(c->rule);
	g_free(c->title);
	g_free(c->consequence);
	g_free(c->stated);
	g_clear_pointer(&c->intervals, g_array_unref);
	g_free(c);
}

GPtrArray *clocks_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)clock_destroy);
}

static struct clock_interval *last_interval(const struct clock *c)
{
	if (!c->intervals || !c->intervals->len)
		return NULL;
	return &g_array_index(c->intervals, struct clock_interval, c->intervals->len - 1);
}

static void end_interval(struct clock *c, gint64 at)
{
	struct clock_interval *last = last_interval(c);
	if (last && !last->to)
		last->to = at;
}

static void begin_interval(struct clock *c, gint64 at, bool running)
{
	end_interval(c, at);
	if (!c->intervals)
		c->intervals = g_array_new(false, true, sizeof(struct clock_interval));
	struct clock_interval i = {.from = at, .running = running, .due = running ? c->due : 0};
	g_array_append_val(c->intervals, i);
	c->dirty = true;
}

static void end_clock(struct clock *c, gint64 at, enum clock_state state)
{
	end_interval(c, at);
	c->state = state;
	c->stopped = at;
	c->dirty = true;
}

/* What is left of a span at `at`: opening time, wall time, or whole business days. */
static gint64 time_left(const struct clock_rule *rule, gint64 at, gint64 due)
{
	if (at >= due)
		return 0;
	switch (rule->span.unit) {
	case SPAN_BUSINESS_HOURS:
		return calendar_open_between(rule->calendar, at, due);
	case SPAN_BUSINESS_DAYS:
		return calendar_business_days_between(rule->calendar, at, due);
	default:
		return due - at;
	}
}

static void pause_clock(const struct clock_rule *rule, struct clock *c, gint64 at)
{
	c->left = time_left(rule, at, c->due);
	c->state = CLOCK_PAUSED;
	begin_interval(c, at, false);
}

/* Goes on with what was left. What was overdue before the pause is so again at once; business days of which
 * less than one was left are due when the day ends. */
static void resume_clock(const struct clock_rule *rule, struct clock *c, gint64 at)
{
	const struct clock_interval *pause = last_interval(c);
	struct span rest = rule->span;
	rest.amount = c->left;
	if (rest.unit == SPAN_DAYS)
		rest.unit = SPAN_HOURS;
	bool was_overdue = pause && c->due <= pause->from;
	if (was_overdue)
		c->due = at;
	else if (rest.unit == SPAN_BUSINESS_DAYS && c->left == 0)
		c->due = calendar_day_end(rule->calendar, at, 0);
	else
		c->due = calendar_due(rule->calendar, at, &rest, NULL);
	c->left = 0;
	c->state = CLOCK_RUNNING;
	begin_interval(c, at, true);
}

/* Platform clocks never pause, whatever a rule says. */
static void pause_or_resume(const struct clock_rule *rule, struct clock *c, const struct happening *h)
{
	bool wait =
	    h->status == STATUS_BUYER && rule->pauses && c->family == CLOCK_SHOP && c->why == WHY_RULE;
	if (wait && c->state == CLOCK_RUNNING)
		pause_clock(rule, c, h->at);
	else if (!wait && c->state == CLOCK_PAUSED)
		resume_clock(rule, c, h->at);
}

/* A date stated by the platform beats the rule. */
static bool is_bound(const struct clock_rule *rule, const struct happening *h)
{
	return h->stated_due && rule->takes_stated;
}

static void state_due(struct clock *c, const struct happening *h)
{
	c->due = h->stated_due;
	/* A follow-up's date stands in no mail. */
	bool by_hand = h->trigger == TRIGGER_FOLLOW_UP;
	c->why = by_hand ? WHY_MANUAL : WHY_STATED;
	g_free(c->stated);
	c->stated = by_hand ? NULL : g_strdup(h->stated);
}

static gint64 since(const struct happening *h)
{
	return h->since ? h->since : h->at;
}

/* The start trigger came again while the clock runs: a newly stated date counts; without one the
 * clock keeps its start, unless the rule lets it restart. A stated date isn't given up for the rule. */
static void start_again(const struct clock_rule *rule, struct clock *c, const struct happening *h)
{
	if (is_bound(rule, h)) {
		if (c->why == WHY_STATED && c->due == h->stated_due)
			return;
		state_due(c, h);
	} else if (rule->restart && c->why == WHY_RULE) {
		c->started = since(h);
		c->due = calendar_due(rule->calendar, since(h), &rule->span, NULL);
	} else {
		return;
	}
	c->left = 0;
	c->state = CLOCK_RUNNING;
	begin_interval(c, since(h), true);
}

/* Two orders that were merged into one case have nothing to do with each other. */
static bool concerns(const struct happening *h, const struct clock *c)
{
	return !h->order || !c->order || h->order == c->order;
}

/* Ends the clock if the happening does; true if so. */
static bool stop_by_rule(const struct clock_rule *rule, struct clock *c, const struct happening *h)
{
	if (has(rule->stop, h->trigger))
		end_clock(c, h->at, c->state == CLOCK_RUNNING && h->at > c->due ? CLOCK_LATE : CLOCK_MET);
	else if (has(rule->miss, h->trigger))
		end_clock(c, h->at, CLOCK_MISSED);
	else if (has(rule->cancel, h->trigger))
		end_clock(c, h->at, CLOCK_CANCELLED);
	return is_over(c);
}

/* The shop's own clocks are about the case as a whole. */
static gint64 strand_of(const struct clock_rule *rule, const struct happening *h)
{
	return rule->family == CLOCK_PLATFORM ? h->strand : 0;
}

static void apply_to_clock(const struct clock_rule *rule, struct clock *c, const struct happening *h)
{
	if (is_over(c) || h->at < c->started)
		return;
	if (rule && concerns(h, c) && stop_by_rule(rule, c, h))
		return;
	/* The shop's own clocks end with the case; an appeal's or another platform clock outlives it. */
	if (c->family == CLOCK_SHOP && !status_is_open(h->status)) {
		end_clock(c, h->at, CLOCK_CANCELLED);
		return;
	}
	if (!rule)
		return;
	if (has(rule->start, h->trigger) && c->strand == strand_of(rule, h))
		start_again(rule, c, h);
	pause_or_resume(rule, c, h);
}

static bool fits(const struct clock_rule *rule, const struct happening *h)
{
	if (!has(rule->start, h->trigger))
		return false;
	if (rule->kinds && !(rule->kinds >> h->kind & 1))
		return false;
	if (rule->only_stated && !h->stated_due)
		return false;
	if (rule->family == CLOCK_SHOP && !status_is_open(h->status))
		return false;
	return g_str_equal(rule->platform, "*") || g_strcmp0(rule->platform, h->platform) == 0;
}

/* Whether a clock of the rule runs, or one that is over covered this moment already: a mail that comes in
 * late must not open again what has been answered since. */
static bool is_covered(const GPtrArray *clocks, guint count, const struct clock_rule *rule,
		       const struct happening *h)
{
	for (guint n = 0; n < count; n++) {
		const struct clock *c = g_ptr_array_index(clocks, n);
		if (c->strand != strand_of(rule, h) || g_strcmp0(c->rule, rule->id) != 0)
			continue;
		if (!is_over(c) || (c->started <= h->at && h->at < c->stopped))
			return true;
	}
	return false;
}

static void start_clock(GPtrArray *clocks, const struct clock_rule *rule, const struct happening *h)
{
	struct clock *c = g_new0(struct clock, 1);
	c->rule = g_strdup(rule->id);
	c->family = rule->family;
	c->state = CLOCK_RUNNING;
	c->started = since(h);
	c->title = g_strdup(rule->title);
	c->consequence = g_strdup(rule->consequence);
	c->why = WHY_RULE;
	c->strand = strand_of(rule, h);
	c->order = h->order;
	if (is_bound(rule, h))
		state_due(c, h);
	else
		c->due = calendar_due(rule->calendar, since(h), &rule->span, NULL);
	begin_interval(c, since(h), true);
	pause_or_resume(rule, c, h);
	g_ptr_array_add(clocks, c);
}

void clocks_apply(const struct ruleset *r, GPtrArray *clocks, const struct happening *h)
{
	guint count = clocks->len;
	for (guint n = 0; n < count; n++) {
		struct clock *c = g_ptr_array_index(clocks, n);
		apply_to_clock(ruleset_find(r, c->rule), c, h);
	}
	for (guint n = 0; n < ruleset_count(r); n++) {
		const struct clock_rule *rule = ruleset_nth(r, n);
		if (fits(rule, h) && !is_covered(clocks, count, rule, h))
			start_clock(clocks, rule, h);
	}
}

bool clocks_set(const struct ruleset *r, GPtrArray *clocks, const char *id, const struct happening *h)
{
	const struct clock_rule *rule = ruleset_find(r, id);
	if (!rule || (rule->only_stated && !h->stated_due) ||
	    (rule->family == CLOCK_SHOP && !status_is_open(h->status)) ||
	    is_covered(clocks, clocks->len, rule, h))
		return false;
	start_clock(clocks, rule, h);
	return true;
}

struct clock *clock_start_own(GPtrArray *clocks, const char *name, enum clock_why why, const char *title,
			      const char *consequence, gint64 at, gint64 due)
{
	struct clock *c = g_new0(struct clock, 1);
	c->rule = g_strdup(name);
	c->family = CLOCK_SHOP;
	c->state = CLOCK_RUNNING;
	c->why = why;
	c->started = at;
	c->due = due;
	c->title = g_strdup(title);
	c->consequence = g_strdup(consequence);
	begin_interval(c, at, true);
	g_ptr_array_add(clocks, c);
	return c;
}

void clock_end(struct clock *c, gint64 at, enum clock_state state)
{
	if (!is_over(c))
		end_clock(c, at, state);
}

static bool is_snooze(const struct clock *c)
{
	return c->state == CLOCK_RUNNING && g_strcmp0(c->rule, CLOCK_SNOOZED) == 0;
}

void clocks_wake(GPtrArray *clocks, gint64 at, enum clock_state state)
{
	for (guint n = 0; n < clocks->len; n++) {
		struct clock *c = g_ptr_array_index(clocks, n);
		if (is_snooze(c) && c->started <= at)
			clock_end(c, at, state);
	}
}

gint64 clocks_next_due(const GPtrArray *clocks)
{
	gint64 shop = G_MAXINT64, platform = G_MAXINT64, snoozed = G_MAXINT64;
	for (guint n = 0; n < clocks->len; n++) {
		const struct clock *c = g_ptr_array_index(clocks, n);
		if (c->state != CLOCK_RUNNING)
			continue;
		gint64 *least = is_snooze(c) ? &snoozed : c->family == CLOCK_PLATFORM ? &platform : &shop;
		*least = MIN(*least, c->due);
	}
	return MIN(platform, snoozed < G_MAXINT64 ? snoozed : shop);
}
