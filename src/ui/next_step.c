/* SPDX-License-Identifier: MIT */
#include "ui/next_step.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "store/act.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

#define BIT(fact) ((guint64)1 << (fact))

/* Facts that a message makes true: they are done by writing. */
#define WRITTEN                                                                                              \
	(BIT(FACT_ANSWERED) | BIT(FACT_WRITTEN_TWICE) | BIT(FACT_REMINDED) | BIT(FACT_NEWS) |                \
	 BIT(FACT_AFTERWORD))

/* Facts that only the platform's own words make true. */
#define TOLD                                                                                                 \
	(BIT(FACT_SILENT) | BIT(FACT_CLAIMED) | BIT(FACT_INFO_WANTED) | BIT(FACT_CLAIM_LOST) |               \
	 BIT(FACT_CLAIM_WON) | BIT(FACT_REVIEWED))

/* Which act records a fact. One that isn't here is an ACT_FOUND of its word. */
static const struct recording {
	enum playbook_fact fact;
	enum act_type act;
} recordings[] = {
    {FACT_CALL, ACT_CALL},
    {FACT_WISH, ACT_WISH},
    {FACT_EVIDENCE_ASKED, ACT_EVIDENCE_ASKED},
    {FACT_EVIDENCE_GOT, ACT_EVIDENCE_GOT},
    {FACT_OFFER, ACT_OFFER},
    {FACT_OFFERED_AGAIN, ACT_OFFER},
    {FACT_ACCEPTED, ACT_OFFER_ACCEPTED},
    {FACT_REFUSED, ACT_OFFER_REFUSED},
    {FACT_COUNTERED, ACT_OFFER_COUNTERED},
    {FACT_PROMISE, ACT_PROMISE},
    {FACT_CARRIER_ASKED, ACT_CARRIER},
    {FACT_RETURN_LABEL, ACT_LABEL},
    {FACT_RETURNED, ACT_GOODS_BACK},
    {FACT_INSPECTED, ACT_GOODS_BACK},
    {FACT_REPLACED, ACT_REPLACEMENT},
    {FACT_REFUNDED, ACT_REFUND},
    {FACT_KIND_SET, ACT_KIND},
    {FACT_PAID, ACT_PAYMENT},
};

static const struct recording *recording_of(enum playbook_fact fact)
{
	for (gsize i = 0; i < G_N_ELEMENTS(recordings); i++) {
		if (recordings[i].fact == fact)
			return &recordings[i];
	}
	return NULL;
}

void next_step_forget(struct next_step *n)
{
	*n = (struct next_step){0};
}

bool next_step_asks(const struct next_step *n)
{
	return n->case_id != 0;
}

/* --- recording ----------------------------------------------------------------------------------- */

/* The act is done as if the person had asked for it: with its question, its completion, its way back. */
static void record_fact(enum playbook_fact fact, struct outcome *out)
{
	const struct recording *r = recording_of(fact);
	out->then = ACTION_ACT + (int)(r ? r->act : ACT_FOUND);
	if (!r)
		out->then_text = g_strdup_printf("found=%s", vocab_id(&PLAYBOOK_FACTS, (int)fact));
}

/* A finding has no line of its own, so that one key would record it: Enter does, with what was typed as a
 * note. */
static void ask_finding(struct next_step *n, enum playbook_fact fact, struct outcome *out)
{
	n->finding = true;
	n->choices = BIT(fact);
	out->ask = g_strdup_printf(_("%s: Enter records it, with a note if you type one: "),
				   vocab_title(&PLAYBOOK_FACTS, (int)fact));
}

static int only_fact(guint64 facts)
{
	for (int fact = 0; fact < N_PLAYBOOK_FACTS; fact++) {
		if (facts == BIT(fact))
			return fact;
	}
	return -1;
}

/* "1 accepted, 2 refused, 3 countered". */
static void ask_choice(struct next_step *n, const char *title, struct outcome *out)
{
	GString *ask = g_string_new(NULL);
	int number = 0;
	for (int fact = 0; fact < N_PLAYBOOK_FACTS; fact++) {
		if (!(n->choices & BIT(fact)))
			continue;
		number++;
		g_string_append_printf(ask, "%s%d %s", number > 1 ? ", " : "", number,
				       vocab_title(&PLAYBOOK_FACTS, fact));
	}
	g_string_append(ask, ": ");
	out->ask = g_string_free(ask, FALSE);
	out->say = g_strdup(title);
}

/* The fact that the answer names: by number, or by the beginning of its word. -1: none, or several. */
static int chosen_fact(guint64 choices, const char *answer)
{
	int found = -1, hits = 0, wanted = atoi(answer), number = 1;
	for (int fact = 0; fact < N_PLAYBOOK_FACTS; fact++) {
		if (!(choices & BIT(fact)))
			continue;
		if (wanted == number++ ||
		    (!wanted && g_str_has_prefix(vocab_id(&PLAYBOOK_FACTS, fact), answer))) {
			found = fact;
			hits++;
		}
	}
	return hits == 1 ? found : -1;
}

static void start_recording(struct next_step *n, gint64 case_id, const char *title, guint64 facts,
			    struct outcome *out)
{
	int only = only_fact(facts);
	n->case_id = case_id;
	n->choices = facts;
	if (only < 0) {
		ask_choice(n, title, out);
	} else if (!recording_of((enum playbook_fact)only)) {
		ask_finding(n, (enum playbook_fact)only, out);
	} else {
		next_step_forget(n);
		record_fact((enum playbook_fact)only, out);
	}
}

/* --- the key ---------------------------------------------------------------------------------------- */

/* What an event did for the buyer, as a reply would have offered it: bits of OFFERS; 0: nothing. Where the
 * amount isn't told, what was `offered` was done. */
static guint32 deed(const struct playbook_event *e, const struct money *value, guint32 offered)
{
	guint32 whole = vocab_bits(&OFFERS, "refund", NULL),
		part = vocab_bits(&OFFERS, "partial-refund", NULL);
	if (e->type == EVENT_REPLACEMENT)
		return vocab_bits(&OFFERS, "replacement part", NULL);
	if (e->type != EVENT_REFUND && e->trigger != TRIGGER_REFUND_ISSUED)
		return 0;
	if (*e->amount.currency && g_str_equal(e->amount.currency, value->currency))
		return e->amount.minor < value->minor ? part : whole;
	return offered & (whole | part) ? offered & (whole | part) : whole;
}

/* What was done last. A platform that names no amount says less than the refund that was recorded. */
static guint32 done_last(const struct ladder *l)
{
	const GArray *events = l->progress->events;
	guint32 told = 0;
	for (guint i = events->len; i-- > 0;) {
		const struct playbook_event *e = &g_array_index(events, struct playbook_event, i);
		guint32 done = deed(e, &l->progress->value, l->next.facts.offered);
		if (done && (e->type != EVENT_NOTICE || *e->amount.currency))
			return done;
		told |= done;
	}
	return told;
}

/* Of the replies that a step names, those about something else than the rung that is offered now, or than
 * what was done, come last: a refund isn't confirmed by the words for a replacement. Names aren't owned. */
static GPtrArray *order_replies(const struct desk *desk, const struct ladder *l)
{
	const struct template_set *set = library_templates(desk->library, NULL);
	guint32 about = l->next.rung >= 0 ? (guint32)1 << l->next.rung : done_last(l);
	GPtrArray *names = g_ptr_array_new();
	for (int fits = 1; fits >= 0; fits--) {
		for (int i = 0; l->next.templates[i]; i++) {
			const struct template *t = set ? template_set_find(set, l->next.templates[i]) : NULL;
			bool other_deed = t && about && t->offers && !(t->offers & about);
			if (other_deed != (fits == 1))
				g_ptr_array_add(names, (gpointer)l->next.templates[i]);
		}
	}
	g_ptr_array_add(names, NULL);
	return names;
}

/* The reply that the step names stands chosen among those that fit; a draft that is there goes on. */
static bool write_step(const struct desk *desk, const struct ladder *l, struct outcome *out, GError **error)
{
	out->open = view_reply_create(desk, l->progress->id, error);
	if (!out->open)
		return false;
	if (l->next.templates && *l->next.templates) {
		g_autoptr(GPtrArray) names = order_replies(desk, l);
		view_picker_prefer(out->open, (const char *const *)names->pdata);
	}
	out->say = g_strdup_printf("%s. %s", l->next.title, l->next.why);
	return true;
}

static void tell_wait(const struct desk *desk, const struct ladder *l, struct outcome *out)
{
	g_autofree char *until = when_stamp(l->next.at, desk->zone);
	out->say = g_strdup_printf(_("%s until %s; there is nothing to do now."), l->next.title, until);
}

static bool do_move(struct next_step *n, const struct desk *desk, const struct ladder *l, struct outcome *out,
		    GError **error)
{
	const struct playbook_next *next = &l->next;
	guint64 facts = next->records & ~(WRITTEN | TOLD);
	bool writes = (next->templates && *next->templates) || !facts;
	switch (next->move) {
	case MOVE_WAIT:
		tell_wait(desk, l, out);
		return true;
	case MOVE_NONE:
		out->say = g_strdup(next->why);
		return true;
	case MOVE_SOLVE:
		out->then = ACTION_ACT + ACT_SOLVE;
		return true;
	case MOVE_STEP:
	case MOVE_FALLBACK:
		if (writes)
			return write_step(desk, l, out, error);
		start_recording(n, l->progress->id, next->title, facts, out);
		return true;
	case MOVE_REMIND:
	case MOVE_ANSWER:
		break;
	}
	return write_step(desk, l, out, error);
}

bool next_step_do(struct next_step *n, const struct desk *desk, gint64 case_id, struct outcome *out,
		  GError **error)
{
	g_autoptr(ladder_auto) l = ladder_read(desk, case_id, error);
	next_step_forget(n);
	if (!l)
		return false;
	if (!l->playbook) {
		const char *fault = library_playbook_fault(desk->library);
		out->say = g_strdup(fault ? fault : _("There is no playbook for this kind of case."));
		return true;
	}
	return do_move(n, desk, l, out, error);
}

static bool note(const struct next_step *n, const struct desk *desk, const char *text, GError **error)
{
	struct act a = {.type = ACT_NOTE, .cases = &n->case_id, .count = 1, .text = text};
	struct acted done;
	return store_act(desk->store, desk->me, &a, desk->now(), &done, error);
}

bool next_step_answer(struct next_step *n, const struct desk *desk, const char *text, struct outcome *out,
		      GError **error)
{
	g_autofree char *typed = g_strstrip(g_strdup(text));
	int fact = n->finding ? only_fact(n->choices) : chosen_fact(n->choices, typed);
	bool ok = !n->finding || !*typed || note(n, desk, typed, error);
	next_step_forget(n);
	if (ok && fact >= 0)
		record_fact((enum playbook_fact)fact, out);
	else if (ok)
		out->say = g_strdup(_("Nothing was recorded: answer with one of the numbers."));
	return ok;
}
