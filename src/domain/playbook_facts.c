/* SPDX-License-Identifier: MIT */
#include "domain/playbook.h"

#include "domain/intl.h"
#include "domain/playbook_parts.h"
#include "domain/solution.h"
#include "domain/template.h"

#include <string.h>

#include "domain/banned.h"

/* A second message sooner than this corrects the first; it is no reminder. */
#define REMINDER_MS (G_GINT64_CONSTANT(12) * 60 * 60 * 1000)

static const struct word facts[N_PLAYBOOK_FACTS] = {
    [FACT_ANSWERED] = {"answered", N_("we have answered"), "L1"},
    [FACT_WRITTEN_TWICE] = {"written-twice", N_("we have written twice"), NULL},
    [FACT_REMINDED] = {"reminded", N_("the buyer was reminded"), "Z11"},
    [FACT_SILENT] = {"silent", N_("the buyer stays silent"), "Z2"},
    [FACT_CALL] = {"call", N_("telephoned"), "I1"},
    [FACT_WISH] = {"wish", N_("the buyer's wish is known"), "Z5"},
    [FACT_EVIDENCE_ASKED] = {"evidence-asked", N_("evidence was asked for"), "Z9"},
    [FACT_EVIDENCE_GOT] = {"evidence-got", N_("evidence came"), "Z9"},
    [FACT_OFFER] = {"offer", N_("a solution was offered"), "Z6"},
    [FACT_ACCEPTED] = {"accepted", N_("the buyer accepted"), NULL},
    [FACT_REFUSED] = {"refused", N_("the buyer refused"), NULL},
    [FACT_COUNTERED] = {"countered", N_("the buyer wants something else"), "N5"},
    [FACT_OFFERED_AGAIN] = {"offered-again", N_("a second solution was offered"), "Z6"},
    [FACT_AGREED] = {"agreed", N_("the buyer accepted, or stays silent on the offer"), "Z11"},
    [FACT_PROMISE] = {"promise", N_("a time was promised"), "I2"},
    [FACT_CARRIER_ASKED] = {"carrier-asked", N_("the carrier was asked"), "I17"},
    [FACT_NEWS] = {"news", N_("news was given"), "I2"},
    [FACT_RETURN_LABEL] = {"return-label", N_("a return label was sent"), "Z6"},
    [FACT_RETURNED] = {"returned", N_("the goods are back"), "I16"},
    [FACT_INSPECTED] = {"inspected", N_("the goods were inspected"), "I16"},
    [FACT_REPLACED] = {"replaced", N_("a replacement was sent"), "I10"},
    [FACT_REFUNDED] = {"refunded", N_("money was refunded"), "Z6"},
    [FACT_AFTERWORD] = {"afterword", N_("the buyer was told"), "I2"},
    [FACT_PAID] = {"paid", N_("the payment arrived"), "Y4"},
    [FACT_CLAIMED] = {"claimed", N_("a claim is open"), "I24"},
    [FACT_INFO_WANTED] = {"info-wanted", N_("the platform wants information"), "I24"},
    [FACT_CLAIM_LOST] = {"claim-lost", N_("the claim was decided against us"), "I1"},
    [FACT_CLAIM_WON] = {"claim-won", N_("the claim was decided for us"), "I24"},
    [FACT_REVIEWED] = {"reviewed", N_("the buyer has left a review"), "Y6"},
    [FACT_KIND_SET] = {"kind-set", N_("the kind of complaint is known"), NULL},
    [FACT_CAUSE] = {"cause", N_("the cause is known"), "I9"},
    [FACT_OUR_FAULT] = {"our-fault", N_("the fault is plainly ours"), "I7"},
    [FACT_DISPATCHED] = {"dispatched", N_("the parcel has left"), "I20"},
    [FACT_NOT_DISPATCHED] = {"not-dispatched", N_("the parcel is still here"), "I20"},
    [FACT_IN_TIME] = {"in-time", N_("within the period"), "I23"},
    [FACT_TOO_LATE] = {"too-late", N_("after the period"), "I23"},
    [FACT_DELIVERED] = {"delivered", N_("the parcel has turned up"), "I17"},
    [FACT_NO_TRACE] = {"no-trace", N_("the carrier can't find it"), "I18"},
    [FACT_ADDRESS_CHANGED] = {"address-changed", N_("the address is changed"), "I21"},
    [FACT_PLATFORM_TOLD] = {"platform-told", N_("the platform has our account"), "I24"},
    [FACT_APPEALED] = {"appealed", N_("an appeal was made"), "I1"},
    [FACT_REPORTED] = {"reported", N_("it was reported as unpaid"), "Y2"},
    [FACT_PUBLIC_REPLY] = {"public-reply", N_("the review was answered publicly"), "Y5"},
    [FACT_CARRIER_CLAIMED] = {"carrier-claimed", N_("the loss was claimed from the carrier"), "L5"},
    [FACT_CONTENT] = {"content", N_("the buyer is content"), "Y6"},
};
const struct vocabulary PLAYBOOK_FACTS = {"fact", facts, N_PLAYBOOK_FACTS};
const struct vocabulary PLAYBOOK_FINDINGS = {"finding", facts + FACT_CAUSE, N_PLAYBOOK_FACTS - FACT_CAUSE};

/* Events that say a fact, and a word that must be in the text (NULL: any text). */
static const struct said {
	enum event_type type;
	const char *word;
	enum playbook_fact fact;
} said[] = {
    {EVENT_CALL, NULL, FACT_CALL},
    {EVENT_WISH, NULL, FACT_WISH},
    {EVENT_EVIDENCE_ASKED, NULL, FACT_EVIDENCE_ASKED},
    {EVENT_EVIDENCE_GOT, NULL, FACT_EVIDENCE_GOT},
    {EVENT_PROMISE, NULL, FACT_PROMISE},
    {EVENT_KIND, NULL, FACT_KIND_SET},
    {EVENT_OFFER_ANSWER, "accepted", FACT_ACCEPTED},
    {EVENT_OFFER_ANSWER, "refused", FACT_REFUSED},
    {EVENT_OFFER_ANSWER, "countered", FACT_COUNTERED},
    {EVENT_CARRIER_ASKED, NULL, FACT_CARRIER_ASKED},
    {EVENT_LABEL, NULL, FACT_RETURN_LABEL},
    {EVENT_GOODS_BACK, NULL, FACT_RETURNED},
    {EVENT_GOODS_BACK, NULL, FACT_INSPECTED}, /* its text says what becomes of them */
    {EVENT_REPLACEMENT, NULL, FACT_REPLACED},
    {EVENT_REFUND, NULL, FACT_REFUNDED},
};

/* What the platform's own words say. */
static const struct told {
	enum trigger trigger;
	enum playbook_fact fact;
} told[] = {
    {TRIGGER_RETURN_APPROVED, FACT_RETURN_LABEL}, {TRIGGER_RETURN_ARRIVED, FACT_RETURNED},
    {TRIGGER_REFUND_ISSUED, FACT_REFUNDED},       {TRIGGER_PAYMENT_RECEIVED, FACT_PAID},
    {TRIGGER_CASE_OPENED, FACT_CLAIMED},          {TRIGGER_CLAIM_OPENED, FACT_CLAIMED},
    {TRIGGER_PAYMENT_DISPUTE, FACT_CLAIMED},      {TRIGGER_CHARGEBACK, FACT_CLAIMED},
    {TRIGGER_CLAIM_INFO, FACT_INFO_WANTED},       {TRIGGER_CLAIM_GRANTED, FACT_CLAIM_LOST},
    {TRIGGER_CLAIM_DENIED, FACT_CLAIM_WON},       {TRIGGER_REVIEW, FACT_REVIEWED},
};

bool playbook_knows(const struct playbook_facts *f, guint64 any)
{
	return f->known & any;
}

static void learn(struct playbook_facts *f, enum playbook_fact fact, gint64 at)
{
	f->known |= FACT_BIT(fact);
	if (!f->first[fact])
		f->first[fact] = at;
	f->last[fact] = MAX(f->last[fact], at);
}

static bool has_word(char *const *words, const char *word)
{
	for (int n = 0; words[n]; n++) {
		if (g_str_equal(words[n], word))
			return true;
	}
	return false;
}

#define DECLINED (FACT_BIT(FACT_REFUSED) | FACT_BIT(FACT_COUNTERED))

/* What was said of the offer before isn't said of this one. What was agreed stays so while we repeat it. */
static void learn_offer(struct playbook_facts *f, const struct playbook_event *e)
{
	guint32 rungs = offer_rungs(e->text);
	if (playbook_knows(f, FACT_BIT(FACT_OFFER)) && playbook_knows(f, DECLINED))
		learn(f, FACT_OFFERED_AGAIN, e->at);
	f->known &= ~DECLINED;
	if (rungs & ~f->rungs)
		f->known &= ~FACT_BIT(FACT_ACCEPTED);
	f->rungs |= rungs;
	f->offered |= vocab_bits(&OFFERS, e->text ? e->text : "", NULL);
	learn(f, FACT_OFFER, e->at);
}

/* The latest answer counts. Refused, the offer was no step forward: the next one has to be made. */
static void forget_answer(struct playbook_facts *f)
{
	f->known &= ~(DECLINED | FACT_BIT(FACT_ACCEPTED) | FACT_BIT(FACT_OFFERED_AGAIN));
}

/* Events by which the buyer was heard, though no mail came (Z2). */
static bool is_buyers(enum event_type type)
{
	return type == EVENT_OFFER_ANSWER || type == EVENT_EVIDENCE_GOT || type == EVENT_GOODS_BACK;
}

static void learn_message_in(struct playbook_facts *f, gint64 at)
{
	f->last_in = MAX(f->last_in, at);
	f->first_out_since = 0;
}

/* What there is to tell the buyer of. */
#define SETTLED                                                                                              \
	(FACT_BIT(FACT_REFUNDED) | FACT_BIT(FACT_REPLACED) | FACT_BIT(FACT_CLAIM_WON) |                      \
	 FACT_BIT(FACT_PAID) | FACT_BIT(FACT_DELIVERED))

/* An answer can't tell of what its writer didn't know: a notice that came after it, though dated before. */
static bool tells_of_it(const struct playbook_facts *f, const struct playbook_event *e)
{
	return playbook_knows(f, SETTLED) && (!e->learned || f->settled < e->learned);
}

static void learn_message_out(struct playbook_facts *f, const struct playbook_event *e)
{
	gint64 at = e->at;
	f->outs++;
	if (f->outs > 1)
		learn(f, FACT_WRITTEN_TWICE, at);
	if (f->first_out_since && at - f->first_out_since >= REMINDER_MS)
		learn(f, FACT_REMINDED, at);
	if (!f->first_out_since)
		f->first_out_since = at;
	if (playbook_knows(f, FACT_BIT(FACT_CARRIER_ASKED)))
		learn(f, FACT_NEWS, at);
	if (tells_of_it(f, e))
		learn(f, FACT_AFTERWORD, at);
	f->last_out = MAX(f->last_out, at);
	learn(f, FACT_ANSWERED, at);
}

static void learn_words(struct playbook_facts *f, const struct playbook_event *e)
{
	g_auto(GStrv) words = g_strsplit_set(e->text ? e->text : "", " ,;:", -1);
	int word;
	if (e->type == EVENT_OFFER)
		learn_offer(f, e);
	if (e->type == EVENT_OFFER_ANSWER)
		forget_answer(f);
	if (is_buyers(e->type))
		f->first_out_since = 0;
	if (e->type == EVENT_FOUND && e->text && vocab_find(&PLAYBOOK_FINDINGS, e->text, &word))
		learn(f, (enum playbook_fact)(FACT_CAUSE + word), e->at);
	for (gsize n = 0; n < G_N_ELEMENTS(said); n++) {
		if (said[n].type == e->type && (!said[n].word || has_word(words, said[n].word)))
			learn(f, said[n].fact, e->at);
	}
}

static void learn_event(struct playbook_facts *f, const struct playbook_event *e)
{
	bool settled = playbook_knows(f, SETTLED);
	if (e->automatic)
		return;
	for (gsize n = 0; n < G_N_ELEMENTS(told); n++) {
		if (told[n].trigger == e->trigger)
			learn(f, told[n].fact, e->at);
	}
	if (e->type == EVENT_MESSAGE_OUT)
		learn_message_out(f, e);
	else if (e->type == EVENT_MESSAGE_IN)
		learn_message_in(f, e->at);
	else
		learn_words(f, e);
	if (!settled && playbook_knows(f, SETTLED))
		f->settled = e->learned;
}

static void learn_silence(const struct playbook_case *c, const struct span *patience,
			  struct playbook_facts *f)
{
	if (!playbook_knows(f, FACT_BIT(FACT_REMINDED)) || !f->first_out_since)
		return;
	/* One reminder a case, whatever comes after (Z11): a buyer who falls silent again isn't reminded
	 * again. */
	gint64 from = MAX(f->first[FACT_REMINDED], f->first_out_since);
	gint64 due = calendar_due(c->calendar, from, patience, NULL);
	if (c->now >= due)
		learn(f, FACT_SILENT, due);
}

void playbook_read_facts(const struct playbook_case *c, const struct span *patience, struct playbook_facts *f)
{
	*f = (struct playbook_facts){0};
	for (guint n = 0; n < c->n_events; n++)
		learn_event(f, &c->events[n]);
	learn_silence(c, patience, f);
	if (playbook_knows(f, FACT_BIT(FACT_ACCEPTED)))
		learn(f, FACT_AGREED, f->last[FACT_ACCEPTED]);
	else if (playbook_knows(f, FACT_BIT(FACT_SILENT)) && playbook_knows(f, FACT_BIT(FACT_OFFER)) &&
		 !playbook_knows(f, DECLINED))
		learn(f, FACT_AGREED, f->last[FACT_SILENT]);
}
