/* SPDX-License-Identifier: MIT */
#include "domain/clock.h"

#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

/* Where an explanation grows. */
struct telling {
	GPtrArray *lines;
	const struct clock *clock;
	const struct clock_rule *rule; /* NULL: gone */
	gint64 now;
	GTimeZone *zone;
};

static void tell(struct telling *t, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void tell(struct telling *t, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_ptr_array_add(t->lines, g_strdup_vprintf(format, args));
	va_end(args);
}

static const char *sure_words(const char *sure)
{
	switch (*sure) {
	case 'H':
		return _("sure");
	case 'M':
		return _("fairly sure");
	default:
		return _("unsure: check it");
	}
}

static void tell_rule(struct telling *t)
{
	const struct clock_rule *rule = t->rule;
	if (!rule) {
		if (t->clock->rule && t->clock->why != WHY_MANUAL && t->clock->why != WHY_PROMISE)
			tell(t, _("Rule: %s, which is no longer in the clock files"), t->clock->rule);
		return;
	}
	g_autofree char *span =
	    rule->only_stated ? g_strdup(_("the date that the platform states")) : span_describe(&rule->span);
	tell(t, _("Rule: %s, calendar \"%s\" (%s)"), span, calendar_name(rule->calendar),
	     g_time_zone_get_identifier(calendar_zone(rule->calendar)));
	tell(t, _("Source: %s, checked %s, %s (%s:%d)"), rule->source, rule->checked, sure_words(rule->sure),
	     rule->file, rule->line);
}

static void tell_why(struct telling *t)
{
	const struct clock *c = t->clock;
	switch (c->why) {
	case WHY_STATED:
		if (c->stated && *c->stated)
			tell(t, _("Stated in the mail: \"%s\". A stated date beats the rule."), c->stated);
		else
			tell(t, "%s", _("Stated in the mail. A stated date beats the rule."));
		break;
	case WHY_PROMISE:
		tell(t, "%s", _("We promised this to the buyer."));
		break;
	case WHY_MANUAL:
		tell(t, "%s", _("Set by hand."));
		break;
	case WHY_RULE:
	case N_CLOCK_WHYS:
		break;
	}
}

static void tell_stretch(struct telling *t, const struct stretch *s)
{
	g_autofree char *from = when_long(s->from, t->zone), *to = when_long(s->to, t->zone);
	g_autofree char *length = when_span(s->to - s->from);
	tell(t, "  %s %s - %s (%s): %s", s->counted ? "+" : "-", from, to, length, s->reason);
}

/* The span that an interval had before it: the rule's for the first, what a pause left over for later ones.
 */
static struct span span_of_interval(const struct clock_rule *rule, const struct clock_interval *i, bool first)
{
	struct span span = rule->span;
	if (first)
		return span;
	if (span.unit == SPAN_BUSINESS_HOURS) {
		span.amount = calendar_open_between(rule->calendar, i->from, i->due);
	} else if (span.unit == SPAN_BUSINESS_DAYS) {
		span.amount = calendar_business_days_between(rule->calendar, i->from, i->due);
	} else {
		span.unit = SPAN_HOURS;
		span.amount = i->due - i->from;
	}
	return span;
}

/* A way that doesn't lead to `due`, as when the rule was changed since, is told as one stretch. */
static void tell_running(struct telling *t, const struct clock_interval *i, bool first)
{
	g_autoptr(GArray) way = stretches_new();
	gint64 end = i->to && i->to < i->due ? i->to : i->due;
	bool known = t->rule && t->clock->why == WHY_RULE && !t->rule->only_stated;
	if (known) {
		struct span span = span_of_interval(t->rule, i, first);
		known = calendar_due(t->rule->calendar, i->from, &span, way) == i->due;
	}
	if (!known) {
		const char *reason = t->clock->why == WHY_STATED ? _("until the stated date") : _("running");
		struct stretch whole = {i->from, end, true, (char *)reason};
		if (i->from < end)
			tell_stretch(t, &whole);
		return;
	}
	for (guint n = 0; n < way->len; n++) {
		struct stretch s = g_array_index(way, struct stretch, n);
		s.to = MIN(s.to, end);
		if (s.from < s.to)
			tell_stretch(t, &s);
	}
}

static void tell_paused(struct telling *t, const struct clock_interval *i)
{
	struct stretch s = {i->from, i->to ? i->to : MAX(t->now, i->from), false,
			    (char *)_("waiting for the buyer")};
	if (s.from < s.to)
		tell_stretch(t, &s);
}

/* The intervals since the clock last began (a restart moves `started`). */
static void tell_way(struct telling *t)
{
	const GArray *intervals = t->clock->intervals;
	bool first = true;
	for (guint n = 0; intervals && n < intervals->len; n++) {
		const struct clock_interval *i = &g_array_index(intervals, struct clock_interval, n);
		if (i->from < t->clock->started)
			continue;
		if (i->running)
			tell_running(t, i, first);
		else
			tell_paused(t, i);
		first = false;
	}
}

static void tell_due(struct telling *t)
{
	const struct clock *c = t->clock;
	g_autofree char *due = when_long(c->due, t->zone);
	if (c->state == CLOCK_PAUSED) {
		tell(t, _("Due: stands still; it was %s before the pause"), due);
	} else if (c->state != CLOCK_RUNNING || c->due == G_MAXINT64) {
		tell(t, _("Due: %s"), due);
	} else {
		g_autofree char *span = when_span(c->due - t->now);
		if (c->due > t->now)
			tell(t, _("Due: %s, in %s"), due, span);
		else
			tell(t, _("Due: %s, %s ago"), due, span);
	}
}

static void tell_end(struct telling *t)
{
	const struct clock *c = t->clock;
	if (!c->stopped)
		return;
	g_autofree char *stopped = when_long(c->stopped, t->zone);
	g_autofree char *span = when_span(c->stopped - c->due);
	const char *state = vocab_title(&CLOCK_STATES, c->state);
	if (c->stopped > c->due)
		tell(t, _("Ended: %s, %s, %s after it was due"), stopped, state, span);
	else
		tell(t, _("Ended: %s, %s, %s before it was due"), stopped, state, span);
}

static bool counts_hours(const struct telling *t)
{
	return t->rule && t->clock->why == WHY_RULE && t->rule->span.unit == SPAN_BUSINESS_HOURS;
}

static void tell_next_change(struct telling *t)
{
	const struct clock *c = t->clock;
	if (c->state == CLOCK_PAUSED) {
		tell(t, "%s", _("Next change: it goes on when the buyer writes"));
		return;
	}
	if (c->state != CLOCK_RUNNING || c->due <= t->now || c->due == G_MAXINT64)
		return;
	gint64 at = counts_hours(t) ? calendar_next_change(t->rule->calendar, t->now) : G_MAXINT64;
	g_autofree char *moment = when_long(MIN(at, c->due), t->zone);
	if (at >= c->due)
		tell(t, _("Next change: due %s"), moment);
	else if (calendar_open_between(t->rule->calendar, t->now, at))
		tell(t, _("Next change: the shop closes %s"), moment);
	else
		tell(t, _("Next change: the shop opens %s"), moment);
}

static void tell_loss(struct telling *t)
{
	const struct clock *c = t->clock;
	if (!c->consequence || !*c->consequence)
		return;
	if (c->state == CLOCK_MISSED)
		tell(t, _("Missed: %s"), c->consequence);
	else if (c->state == CLOCK_RUNNING || c->state == CLOCK_PAUSED)
		tell(t, _("If missed: %s"), c->consequence);
}

GPtrArray *clock_explain(const struct ruleset *r, const struct clock *c, gint64 now, GTimeZone *zone)
{
	struct telling t = {
	    .lines = g_ptr_array_new_with_free_func(g_free),
	    .clock = c,
	    .rule = r ? ruleset_find(r, c->rule) : NULL,
	    .now = now,
	    .zone = zone,
	};
	tell(&t, "%s (%s, %s)",
	     c->title  ? c->title
	     : c->rule ? c->rule
		       : "",
	     vocab_title(&CLOCK_FAMILIES, c->family), vocab_title(&CLOCK_STATES, c->state));
	tell_rule(&t);
	tell_why(&t);
	g_autofree char *started = when_long(c->started, zone);
	tell(&t, _("Started: %s"), started);
	tell_way(&t);
	tell_due(&t);
	tell_end(&t);
	tell_next_change(&t);
	tell_loss(&t);
	return t.lines;
}
