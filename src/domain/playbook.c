/* SPDX-License-Identifier: MIT */
#include "domain/playbook.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "domain/playbook_parts.h"
#include "domain/solution.h"
#include "domain/template.h"

#include <string.h>

#include "domain/banned.h"

/* How long before the due time the fallback is due when the clock's start isn't known. */
#define FALLBACK_MS (12 * HOUR_MS)

static const struct word waits[N_PLAYBOOK_WAITS] = {
    [WAIT_NONE] = {"nobody", N_("Go on"), NULL},
    [WAIT_BUYER] = {"buyer", N_("Wait for the buyer"), "Z2"},
    [WAIT_CARRIER] = {"carrier", N_("Wait for the carrier"), "I17"},
    [WAIT_PARCEL] = {"parcel", N_("Wait for the parcel"), "I16"},
    [WAIT_PAYMENT] = {"payment", N_("Wait for the payment"), "Y2"},
    [WAIT_PLATFORM] = {"platform", N_("Wait for the platform"), "I24"},
};
const struct vocabulary PLAYBOOK_WAITS = {"wait", waits, N_PLAYBOOK_WAITS};

static const char *const no_templates[] = {NULL};

void playbook_next_clear(struct playbook_next *n)
{
	g_clear_pointer(&n->title, g_free);
	g_clear_pointer(&n->why, g_free);
}

static const struct money *limit_for(const struct money *limits, guint count, const char *currency)
{
	for (guint n = 0; n < count; n++) {
		if (g_str_equal(limits[n].currency, currency))
			return &limits[n];
	}
	return NULL;
}

/* The value from which a case of this currency is dear; NULL if none is known. */
static const struct money *dear_from(const struct playbook *p, const struct playbook_case *c)
{
	const struct money *own = limit_for(c->limits, c->n_limits, c->value.currency);
	return own ? own : limit_for(p->limits, p->n_limits, c->value.currency);
}

/* Goods whose value isn't known count as dear: nothing is given away unseen (Z7). */
static enum playbook_branch branch_of(const struct playbook *p, const struct playbook_case *c)
{
	const struct money *limit = *c->value.currency ? dear_from(p, c) : NULL;
	return limit && c->value.minor < limit->minor ? BRANCH_CHEAP : BRANCH_DEAR;
}

static bool offers_again(const struct playbook_step *s)
{
	return s->records & FACT_BIT(FACT_OFFERED_AGAIN);
}

static char *const *ladder_of(const struct playbook *p, const struct playbook_next *n)
{
	return n->branch == BRANCH_CHEAP ? p->cheap : p->dear;
}

static void read_states(const struct playbook *p, struct playbook_next *n)
{
	guint32 behind = 0;
	for (guint i = 0; i < p->n_steps; i++) {
		const struct playbook_step *s = &p->steps[i];
		bool matters = !s->only || playbook_knows(&n->facts, s->only);
		bool done = playbook_knows(&n->facts, s->records);
		bool other = s->branch != BRANCH_ANY && s->branch != n->branch;
		if (other || (done && !matters) || (!done && playbook_knows(&n->facts, s->unless)))
			n->states[i] = STEP_SKIPPED;
		else
			n->states[i] = done ? STEP_DONE : STEP_LATER;
		if (n->states[i] != STEP_LATER)
			behind |= (guint32)1 << i;
		else if (n->number < 0 && matters && (s->after & behind) == s->after)
			n->number = (int)i;
	}
	if (n->number >= 0)
		n->states[n->number] = STEP_NEXT;
}

/* The last of the first `count` steps that is done; NULL: none is. */
static const struct playbook_step *last_done(const struct playbook *p, const struct playbook_next *n,
					     guint count)
{
	const struct playbook_step *last = NULL;
	for (guint i = 0; i < count; i++) {
		if (n->states[i] == STEP_DONE)
			last = &p->steps[i];
	}
	return last;
}

static gint64 done_at(const struct playbook_step *s, const struct playbook_facts *f)
{
	gint64 at = 0;
	for (int n = 0; n < N_PLAYBOOK_FACTS; n++) {
		if (s->records & FACT_BIT(n))
			at = MAX(at, f->last[n]);
	}
	return at;
}

static void tell(struct playbook_next *n, enum playbook_move move, const struct playbook_step *s,
		 const char *title, char *why)
{
	n->move = move;
	n->step = s;
	n->title = g_strdup(title);
	n->why = why;
}

static void tell_wait(struct playbook_next *n, const struct playbook_step *s, gint64 until)
{
	g_autofree char *span = span_describe(&s->patience);
	tell(n, MOVE_WAIT, s, _(waits[s->waits].title),
	     s->waits == WAIT_BUYER
		 ? g_strdup_printf(_("We wrote last. After %s of silence the case comes back by itself."),
				   span)
		 : g_strdup_printf(_("Done: %s. If nothing comes within %s, the next step is due."), s->title,
				   span));
	n->at = until;
}

static void tell_remind(const struct playbook *p, struct playbook_next *n, const struct playbook_step *s,
			gint64 since)
{
	bool for_evidence = playbook_knows(&n->facts, FACT_BIT(FACT_EVIDENCE_ASKED)) &&
			    !playbook_knows(&n->facts, FACT_BIT(FACT_EVIDENCE_GOT) | FACT_BIT(FACT_OFFER));
	char **templates = for_evidence && *p->remind_evidence ? p->remind_evidence : p->remind;
	g_autofree char *span = span_describe(&s->patience);
	tell(n, MOVE_REMIND, s, _("Remind the buyer, once"),
	     g_strdup_printf(
		 for_evidence
		     ? _("Nothing was heard for %s. Evidence is voluntary: after this one reminder a "
			 "solution is offered without it.")
		     : _("Nothing was heard for %s. One friendly reminder; after it we go on by ourselves."),
		 span));
	n->templates = (const char *const *)templates;
	n->at = since;
}

static void tell_answer(struct playbook_next *n, const char *why)
{
	tell(n, MOVE_ANSWER, NULL, _("Answer the buyer"), g_strdup(why));
}

/* The step whose wait lasts, or lasted too long; NULL: nobody is waited for. A buyer who hasn't answered
 * holds up the whole ladder; anybody else only the steps below. */
static const struct playbook_step *waiting(const struct playbook *p, const struct playbook_next *n)
{
	const struct playbook_step *s = last_done(p, n, p->n_steps);
	if (!s || s->waits != WAIT_BUYER)
		s = last_done(p, n, n->number < 0 ? p->n_steps : (guint)n->number);
	if (!s || s->waits == WAIT_NONE || playbook_knows(&n->facts, s->until))
		return NULL;
	return s->waits != WAIT_BUYER || n->facts.first_out_since ? s : NULL;
}

/* Whether it is somebody else's move, or the silence has lasted long enough for the reminder. True: told in
 * *n. */
static bool tell_patience(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n)
{
	const struct playbook_step *s = waiting(p, n);
	if (!s)
		return false;
	gint64 from = s->waits == WAIT_BUYER ? n->facts.last_out : done_at(s, &n->facts);
	gint64 until = calendar_due(c->calendar, from, &s->patience, NULL);
	bool reminded = playbook_knows(&n->facts, FACT_BIT(FACT_REMINDED));
	if (c->now < until && n->facts.last_in > MAX(from, n->facts.last_out))
		tell_answer(n, _("The buyer has written in the meantime. What was begun goes on."));
	else if (c->now < until)
		tell_wait(n, s, until);
	else if (!reminded && *p->remind && s->waits != WAIT_PLATFORM &&
		 (s->waits == WAIT_BUYER || n->number < 0))
		tell_remind(p, n, s, until);
	else
		return false;
	return true;
}

/* When the fallback falls due; 0: there is none, or it isn't needed (any more). */
static gint64 fallback_at(const struct playbook *p, const struct playbook_case *c,
			  const struct playbook_facts *f)
{
	const guint64 judged = FACT_BIT(FACT_CLAIMED) | FACT_BIT(FACT_INFO_WANTED);
	if (!p->fallback_percent || !c->clock_due || playbook_knows(f, p->fallback.records))
		return 0;
	if (c->clock_wants_answer && !playbook_knows(f, judged))
		return 0;
	if (c->clock_started <= 0 || c->clock_started >= c->clock_due)
		return c->clock_due - FALLBACK_MS;
	return c->clock_due - (c->clock_due - c->clock_started) / 100 * p->fallback_percent;
}

/* Whether the buyer has refused all that the ladder offers: then the fallback needs no clock (Z6). */
static bool ladder_is_refused(const struct playbook *p, const struct playbook_next *n)
{
	return p->fallback_percent && !playbook_knows(&n->facts, p->fallback.records) && n->number >= 0 &&
	       offers_again(&p->steps[n->number]) && playbook_knows(&n->facts, FACT_BIT(FACT_REFUSED)) &&
	       *ladder_of(p, n) && offer_next(ladder_of(p, n), n->facts.rungs) < 0;
}

static bool clock_runs_out(const struct playbook_case *c, const struct playbook_next *n)
{
	return n->fallback_due && c->now >= n->fallback_due;
}

static char *fallback_why(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n)
{
	if (!clock_runs_out(c, n))
		return g_strdup_printf(_("Every solution of the ladder was refused. %s"), p->fallback.why);
	if (c->now >= c->clock_due)
		return g_strdup_printf(_("The clock has run out. %s"), p->fallback.why);
	return g_strdup_printf(_("Less than %d %% of the clock is left. %s"), p->fallback_percent,
			       p->fallback.why);
}

static void tell_fallback(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n)
{
	tell(n, MOVE_FALLBACK, &p->fallback, p->fallback.title, fallback_why(p, c, n));
	/* What was offered is done now, not offered again. */
	if (!(n->facts.offered & p->fallback_offers))
		n->templates = (const char *const *)p->fallback.templates;
	n->records = p->fallback.records;
	n->at = clock_runs_out(c, n) ? n->fallback_due : n->facts.last[FACT_REFUSED];
}

/* "... (Cheap: 12.00 EUR, below 50.00 EUR.)", so that the branch explains itself (Z7). */
static char *branch_why(const struct playbook *p, const struct playbook_case *c,
			const struct playbook_step *s)
{
	if (s->branch == BRANCH_ANY)
		return g_strdup(s->why);
	const struct money *limit = *c->value.currency ? dear_from(p, c) : NULL;
	if (!limit)
		return g_strdup_printf(_("%s (What the goods are worth isn't known, so they count as dear.)"),
				       s->why);
	g_autofree char *value = money_format(&c->value), *from = money_format(limit);
	return s->branch == BRANCH_CHEAP
		   ? g_strdup_printf(_("%s (Cheap: %s, below %s.)"), s->why, value, from)
		   : g_strdup_printf(_("%s (Dear: %s, at least %s.)"), s->why, value, from);
}

static void tell_step(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n)
{
	const struct playbook_step *s = &p->steps[n->number];
	if (offers_again(s))
		n->rung = offer_next(ladder_of(p, n), n->facts.rungs);
	g_autofree char *title = n->rung < 0
				     ? g_strdup(s->title)
				     : g_strdup_printf(_("Offer next: %s"), vocab_title(&OFFERS, n->rung));
	tell(n, MOVE_STEP, s, title, branch_why(p, c, s));
	n->templates = (const char *const *)s->templates;
	n->records = s->records;
}

static void tell_end(struct playbook_next *n)
{
	if (n->facts.last_in > n->facts.last_out)
		tell_answer(
		    n,
		    _("The ladder is done, but the buyer has written since. Answer, then close the case."));
	else
		tell(n, MOVE_SOLVE, NULL, _("Close the case"),
		     g_strdup(_("Every step is done. Record the outcome and what it cost.")));
}

bool playbook_wants_message(const struct playbook_next *n)
{
	const guint64 messages = FACT_BIT(FACT_ANSWERED) | FACT_BIT(FACT_WRITTEN_TWICE) |
				 FACT_BIT(FACT_REMINDED) | FACT_BIT(FACT_NEWS) | FACT_BIT(FACT_AFTERWORD);
	return n->move == MOVE_ANSWER || n->move == MOVE_REMIND || *n->templates || (n->records & messages);
}

static void tell_move(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n)
{
	n->fallback_due = fallback_at(p, c, &n->facts);
	if (clock_runs_out(c, n) || ladder_is_refused(p, n))
		tell_fallback(p, c, n);
	else if (tell_patience(p, c, n))
		return;
	else if (n->number >= 0)
		tell_step(p, c, n);
	else
		tell_end(n);
}

void playbook_next(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n)
{
	*n = (struct playbook_next){.number = -1, .rung = -1, .templates = no_templates};
	playbook_read_facts(c, &p->patience, &n->facts);
	n->branch = branch_of(p, c);
	read_states(p, n);
	if (status_is_open(c->status))
		tell_move(p, c, n);
	else
		tell(n, MOVE_NONE, NULL, _("Closed"), g_strdup(_("The case is over.")));
	/* What isn't done now isn't marked as next. */
	if (n->move != MOVE_STEP && n->number >= 0) {
		n->states[n->number] = STEP_LATER;
		n->number = -1;
	}
}
