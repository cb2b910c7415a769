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

/* Which act records a fact, and what is asked for it. A fact that isn't here is an ACT_FOUND
 * of its word. */
static const struct recording {
	enum playbook_fact fact;
	enum act_type act;
	const char *ask; /* msgid */
} recordings[] = {
    {FACT_CALL, ACT_CALL, N_("What was said on the telephone: ")},
    {FACT_WISH, ACT_WISH, N_("What the buyer wants: ")},
    {FACT_EVIDENCE_ASKED, ACT_EVIDENCE_ASKED, N_("Evidence asked for (photo video number ...): ")},
    {FACT_EVIDENCE_GOT, ACT_EVIDENCE_GOT, N_("Evidence that came (photo video number ...): ")},
    {FACT_OFFER, ACT_OFFER, N_("What is offered; its amount: ")},
    {FACT_OFFERED_AGAIN, ACT_OFFER, N_("What is offered now; its amount: ")},
    {FACT_ACCEPTED, ACT_OFFER_ACCEPTED, NULL},
    {FACT_REFUSED, ACT_OFFER_REFUSED, NULL},
    {FACT_COUNTERED, ACT_OFFER_COUNTERED, N_("Amount that the buyer wants (or just Enter): ")},
    {FACT_PROMISE, ACT_PROMISE, N_("Until when; what is promised: ")},
    {FACT_CARRIER_ASKED, ACT_CARRIER, N_("What the carrier was asked (or just Enter): ")},
    {FACT_RETURN_LABEL, ACT_LABEL, N_("Cost of the return label (or just Enter): ")},
    {FACT_RETURNED, ACT_GOODS_BACK, N_("The goods are for: resell, relabel or destroy: ")},
    {FACT_INSPECTED, ACT_GOODS_BACK, N_("The goods are for: resell, relabel or destroy: ")},
    {FACT_REPLACED, ACT_REPLACEMENT, N_("Cost of the replacement (or just Enter): ")},
    {FACT_REFUNDED, ACT_REFUND, N_("Amount refunded: ")},
    {FACT_KIND_SET, ACT_KIND, N_("Kind, or its beginning (damaged, lost, wrong-item ...): ")},
    {FACT_PAID, ACT_PAYMENT, N_("Bank, reference, when it came; amount: ")},
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
	g_free(n->form);
	*n = (struct next_step){0};
}

bool next_step_asks(const struct next_step *n)
{
	return n->case_id != 0;
}

/* --- recording ----------------------------------------------------------------------------------- */

static bool act_as_typed(const struct next_step *n, const struct desk *desk, const char *typed, GError **error)
{
	struct act a = {.cases = &n->case_id, .count = 1};
	struct acted done;
	g_autofree char *text = NULL;
	return act_parse(typed, desk->now(), desk->zone, *n->currency ? n->currency : NULL, &a, &text, error) &&
	       store_act(desk->store, desk->me, &a, desk->now(), &done, error);
}

static bool note(const struct next_step *n, const struct desk *desk, const char *text, GError **error)
{
	struct act a = {.type = ACT_NOTE, .cases = &n->case_id, .count = 1, .text = text};
	struct acted done;
	return store_act(desk->store, desk->me, &a, desk->now(), &done, error);
}

/* What was done, and what is next. */
static bool tell_done(const struct desk *desk, gint64 case_id, struct outcome *out, GError **error)
{
	g_autoptr(ladder_auto) l = ladder_read(desk, case_id, error);
	g_autofree char *next = l ? ladder_line(l) : NULL;
	if (!l)
		return false;
	out->say = next ? g_strdup_printf(_("Recorded. %s"), next) : g_strdup(_("Recorded."));
	return true;
}

/* Asks for the fields of the act that records the fact; records at once what has none. */
static bool record_fact(struct next_step *n, const struct desk *desk, enum playbook_fact fact, struct outcome *out,
			bool *changed, GError **error)
{
	const struct recording *r = recording_of(fact);
	const char *word = vocab_id(&PLAYBOOK_FACTS, (int)fact);
	n->choices = 0;
	g_free(n->form);
	n->form = r ? g_strdup(vocab_id(&ACTS, (int)r->act)) : g_strdup_printf("found=%s", word);
	n->whole = !r;
	if (r && r->ask) {
		out->ask = g_strdup(_(r->ask));
		return true;
	}
	if (!r) {
		out->ask = g_strdup_printf(_("%s: Enter records it, with a note if you type one: "),
					   vocab_title(&PLAYBOOK_FACTS, (int)fact));
		return true;
	}
	gint64 id = n->case_id;
	bool ok = act_as_typed(n, desk, n->form, error);
	*changed = ok;
	next_step_forget(n);
	return ok && tell_done(desk, id, out, error);
}

/* "1 accepted, 2 refused, 3 countered". */
static void ask_choice(struct next_step *n, const char *title, struct outcome *out)
{
	g_autoptr(GString) ask = g_string_new(NULL);
	for (int fact = 0, number = 1; fact < N_PLAYBOOK_FACTS; fact++) {
		if (n->choices & BIT(fact))
			g_string_append_printf(ask, "%s%d %s", number > 1 ? ", " : "", number,
					       vocab_title(&PLAYBOOK_FACTS, fact)),
			    number++;
	}
	g_string_append(ask, ": ");
	out->ask = g_steal_pointer(&ask->str);
	out->say = g_strdup(title);
}

/* The fact that the answer names: by number, or by the beginning of its word. -1: none, or several. */
static int chosen_fact(guint64 choices, const char *answer)
{
	int found = -1, hits = 0, wanted = atoi(answer), number = 1;
	for (int fact = 0; fact < N_PLAYBOOK_FACTS; fact++) {
		if (!(choices & BIT(fact)))
			continue;
		if (wanted == number++ || (!wanted && g_str_has_prefix(vocab_id(&PLAYBOOK_FACTS, fact), answer))) {
			found = fact;
			hits++;
		}
	}
	return hits == 1 ? found : -1;
}

static bool start_recording(struct next_step *n, const struct desk *desk, const char *title, guint64 facts,
			    struct outcome *out, GError **error)
{
	bool changed = false;
	guint64 first = facts & -facts;
	if (facts != first) {
		n->choices = facts;
		ask_choice(n, title, out);
		return true;
	}
	return record_fact(n, desk, (enum playbook_fact)g_bit_nth_lsf((gulong)first, -1), out, &changed, error);
}

/* --- the key ---------------------------------------------------------------------------------------- */

/* The reply that the step names stands chosen among those that fit; a draft that is there goes on. */
static bool write_step(const struct desk *desk, const struct ladder *l, struct outcome *out, GError **error)
{
	out->open = view_reply_create(desk, l->progress->id, error);
	if (!out->open)
		return false;
	if (l->next.templates && *l->next.templates)
		view_picker_prefer(out->open, l->next.templates);
	out->say = g_strdup_printf("%s. %s", l->next.title, l->next.why);
	return true;
}

static void tell_wait(const struct desk *desk, const struct ladder *l, struct outcome *out)
{
	g_autofree char *until = when_stamp(l->next.at, desk->zone);
	out->say = g_strdup_printf(_("%s until %s; there is nothing to do now."), l->next.title, until);
}

/* Solving shows first what was promised and isn't kept. */
static void ask_solved(struct next_step *n, const struct ladder *l, struct outcome *out)
{
	n->form = g_strdup("solve");
	if (l->progress->promises->len)
		out->ask = g_strdup_printf(_("Still promised: %s. Outcome; what it cost: "),
					   (char *)l->progress->promises->pdata[0]);
	else
		out->ask = g_strdup(_("Close the case. Outcome; what it cost: "));
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
		n->case_id = l->progress->id;
		ask_solved(n, l, out);
		return true;
	case MOVE_STEP:
	case MOVE_FALLBACK:
		if (writes)
			return write_step(desk, l, out, error);
		n->case_id = l->progress->id;
		return start_recording(n, desk, next->title, facts, out, error);
	case MOVE_REMIND:
	case MOVE_ANSWER:
		break;
	}
	return write_step(desk, l, out, error);
}

bool next_step_do(struct next_step *n, const struct desk *desk, gint64 case_id, struct outcome *out, GError **error)
{
	g_autoptr(ladder_auto) l = ladder_read(desk, case_id, error);
	next_step_forget(n);
	if (!l)
		return false;
	g_strlcpy(n->currency, l->progress->value.currency, sizeof n->currency);
	if (!l->playbook) {
		const char *fault = library_playbook_fault(desk->library);
		out->say = g_strdup(fault ? fault : _("There is no playbook for this kind of case."));
		return true;
	}
	return do_move(n, desk, l, out, error);
}

/* A kind may be told by its beginning. */
static char *whole_kind(const char *typed)
{
	int found = -1, hits = 0;
	for (int i = 0; i < KINDS.count; i++) {
		if (g_str_equal(vocab_id(&KINDS, i), typed))
			return g_strdup(typed);
		if (*typed && g_str_has_prefix(vocab_id(&KINDS, i), typed)) {
			found = i;
			hits++;
		}
	}
	return g_strdup(hits == 1 ? vocab_id(&KINDS, found) : typed);
}

static char *whole_act(const struct next_step *n, const char *typed)
{
	if (n->whole || !*typed)
		return g_strdup(n->form);
	g_autofree char *kind = g_str_equal(n->form, "kind") ? whole_kind(typed) : NULL;
	return g_strconcat(n->form, "=", kind ? kind : typed, NULL);
}

bool next_step_answer(struct next_step *n, const struct desk *desk, const char *text, struct outcome *out,
		      bool *changed, GError **error)
{
	g_autofree char *typed = g_strstrip(g_strdup(text));
	*changed = false;
	if (n->choices) {
		int fact = chosen_fact(n->choices, typed);
		if (fact >= 0)
			return record_fact(n, desk, (enum playbook_fact)fact, out, changed, error);
		next_step_forget(n);
		out->say = g_strdup(_("Nothing was recorded: answer with one of the numbers."));
		return true;
	}
	g_autofree char *whole = whole_act(n, typed);
	gint64 id = n->case_id;
	bool ok = (!n->whole || !*typed || note(n, desk, typed, error)) && act_as_typed(n, desk, whole, error);
	next_step_forget(n);
	*changed = ok;
	return ok && tell_done(desk, id, out, error);
}
