/* SPDX-License-Identifier: MIT */
#include "domain/vocab.h"

#include "domain/intl.h"

#include "domain/banned.h"

static const struct word kinds[N_KINDS] = {
    [KIND_OTHER] = {"other", N_("other"), NULL},
    [KIND_QUESTION] = {"question", N_("question"), "L1"},
    [KIND_QUALITY] = {"quality", N_("quality"), "I7"},
    [KIND_CHANGED_MIND] = {"changed-mind", N_("changed mind"), "I8"},
    [KIND_NOT_SATISFIED] = {"not-satisfied", N_("not satisfied"), "I9"},
    [KIND_DAMAGED] = {"damaged", N_("damaged"), "I10"},
    [KIND_MISSING_ITEM] = {"missing-item", N_("item missing"), "I11"},
    [KIND_MISSING_PART] = {"missing-part", N_("part missing"), "I12"},
    [KIND_WRONG_ITEM] = {"wrong-item", N_("wrong item"), "I13"},
    [KIND_HOWTO] = {"howto", N_("how to use"), "I14"},
    [KIND_WARRANTY] = {"warranty", N_("warranty"), "I15"},
    [KIND_RETURN_ARRIVED] = {"return-arrived", N_("return arrived"), "I16"},
    [KIND_SLOW] = {"slow", N_("slow delivery"), "I17"},
    [KIND_LOST] = {"lost", N_("lost parcel"), "I18"},
    [KIND_MISDELIVERED] = {"misdelivered", N_("misdelivered"), "I19"},
    [KIND_CANCEL] = {"cancel", N_("cancellation"), "I20"},
    [KIND_ADDRESS] = {"address", N_("address change"), "I21"},
    [KIND_SHIPPING_COST] = {"shipping-cost", N_("shipping cost"), "I22"},
    [KIND_NO_REASON_RETURN] = {"no-reason-return", N_("no-reason return"), "I23"},
    [KIND_CLAIM] = {"claim", N_("platform claim"), "I24"},
    [KIND_UNPAID] = {"unpaid", N_("unpaid"), "Y3"},
    [KIND_PAYMENT] = {"payment", N_("payment"), "Y4"},
    [KIND_BAD_REVIEW] = {"bad-review", N_("bad review"), "Y5"},
    [KIND_REVIEW_REQUEST] = {"review-request", N_("review request"), "Y6"},
    [KIND_FOLLOW_UP] = {"follow-up", N_("follow-up"), "Y8"},
};

static const struct word statuses[N_STATUSES] = {
    [STATUS_NEW] = {"new", N_("new"), NULL},
    [STATUS_OURS] = {"ours", N_("our move"), NULL},
    [STATUS_BUYER] = {"buyer", N_("their move"), "Z2"},
    [STATUS_PLATFORM] = {"platform", N_("platform"), NULL},
    [STATUS_CARRIER] = {"carrier", N_("carrier"), "I17"},
    [STATUS_SOLVED] = {"solved", N_("solved"), NULL},
    [STATUS_LOST] = {"lost", N_("lost"), "N2"},
    [STATUS_WITHDRAWN] = {"withdrawn", N_("withdrawn"), NULL},
};

static const struct word sides[N_SIDES] = {
    [SIDE_BUYER] = {"buyer", N_("buyer"), NULL},
    [SIDE_US] = {"us", N_("us"), NULL},
    [SIDE_PLATFORM] = {"platform", N_("platform"), NULL},
    [SIDE_DESK] = {"desk", N_("desk"), NULL},
};

static const struct word event_types[N_EVENT_TYPES] = {
    [EVENT_OPENED] = {"opened", N_("case opened"), NULL},
    [EVENT_MESSAGE_IN] = {"message-in", N_("message from the buyer"), NULL},
    [EVENT_MESSAGE_OUT] = {"message-out", N_("our message"), NULL},
    [EVENT_NOTICE] = {"notice", N_("notice from the platform"), NULL},
    [EVENT_NOTE] = {"note", N_("note"), NULL},
    [EVENT_CALL] = {"call", N_("call"), "Y1"},
    [EVENT_WISH] = {"wish", N_("buyer's wish"), "Z5"},
    [EVENT_OFFER] = {"offer", N_("offer"), NULL},
    [EVENT_PROMISE] = {"promise", N_("promise"), "Z4"},
    [EVENT_EVIDENCE_ASKED] = {"evidence-asked", N_("evidence asked"), "Z9"},
    [EVENT_EVIDENCE_GOT] = {"evidence-got", N_("evidence received"), "Z9"},
    [EVENT_FOUND] = {"found", N_("found out"), "I9"},
    [EVENT_STATUS] = {"status", N_("status"), NULL},
    [EVENT_KIND] = {"kind", N_("kind"), NULL},
    [EVENT_CLAIM] = {"claim", N_("taken or handed back"), NULL},
    [EVENT_CLOCK_START] = {"clock-start", N_("clock started"), "N1"},
    [EVENT_CLOCK_PAUSE] = {"clock-pause", N_("clock paused"), NULL},
    [EVENT_CLOCK_RESUME] = {"clock-resume", N_("clock goes on"), NULL},
    [EVENT_CLOCK_STOP] = {"clock-stop", N_("clock stopped"), NULL},
    [EVENT_CLOCK_MISS] = {"clock-miss", N_("clock missed"), "N2"},
    [EVENT_MERGE] = {"merge", N_("merged"), NULL},
    [EVENT_OUTCOME] = {"outcome", N_("outcome"), "I26"},
    [EVENT_UNDO] = {"undo", N_("taken back"), NULL},
    [EVENT_OFFER_ANSWER] = {"offer-answer", N_("answer to an offer"), NULL},
    [EVENT_PROMISE_KEPT] = {"promise-kept", N_("promise kept"), "Z4"},
    [EVENT_REFUND] = {"refund", N_("refunded"), NULL},
    [EVENT_REPLACEMENT] = {"replacement", N_("replacement sent"), NULL},
    [EVENT_CARRIER_ASKED] = {"carrier-asked", N_("carrier asked"), "I17"},
    [EVENT_LABEL] = {"label", N_("return label sent"), "Z6"},
    [EVENT_GOODS_BACK] = {"goods-back", N_("goods came back"), "I16"},
    [EVENT_SNOOZE] = {"snooze", N_("snoozed"), "Z2"},
    [EVENT_PIN] = {"pin", N_("pinned"), NULL},
    [EVENT_NO_ANSWER] = {"no-answer", N_("no answer needed"), NULL},
    [EVENT_MOVED] = {"moved", N_("moved to another case"), NULL},
    [EVENT_SPLIT] = {"split", N_("split off"), NULL},
    [EVENT_LINK] = {"link", N_("linked"), NULL},
    [EVENT_FOLLOW_UP] = {"follow-up", N_("follow-up planned"), "Y8"},
    [EVENT_TAG] = {"tag", N_("tagged"), NULL},
    [EVENT_UNTAG] = {"untag", N_("tag taken off"), NULL},
    [EVENT_PREPARED] = {"prepared", N_("reply prepared"), NULL},
    [EVENT_CLOCK_SET] = {"clock-set", N_("clock set"), NULL},
};

static const struct word families[N_CLOCK_FAMILIES] = {
    [CLOCK_PLATFORM] = {"platform", N_("platform clock"), "N1"},
    [CLOCK_SHOP] = {"shop", N_("shop clock"), "I2"},
};

static const struct word clock_states[N_CLOCK_STATES] = {
    [CLOCK_RUNNING] = {"running", N_("running"), NULL},
    [CLOCK_PAUSED] = {"paused", N_("paused"), NULL},
    [CLOCK_MET] = {"met", N_("met"), NULL},
    [CLOCK_LATE] = {"late", N_("met late"), NULL},
    [CLOCK_MISSED] = {"missed", N_("missed"), "N2"},
    [CLOCK_CANCELLED] = {"cancelled", N_("cancelled"), NULL},
};

static const struct word clock_whys[N_CLOCK_WHYS] = {
    [WHY_STATED] = {"stated", N_("stated in the mail"), NULL},
    [WHY_RULE] = {"rule", N_("by rule"), NULL},
    [WHY_PROMISE] = {"promise", N_("promised"), "Z4"},
    [WHY_MANUAL] = {"manual", N_("set by hand"), NULL},
};

/* TRIGGERS and what each does to a case stand in one table. */
#define KEEP N_STATUSES
struct trigger_effect {
	enum status next; /* KEEP: no change */
	bool opens;
};

#define TRIGGER_TABLE(ROW)                                                                                   \
	ROW(NONE, "none", N_("nothing to do"), KEEP, false)                                                  \
	ROW(BUYER_MESSAGE, "buyer-message", N_("message from the buyer"), STATUS_OURS, true)                 \
	ROW(OUR_MESSAGE, "our-message", N_("our answer"), STATUS_BUYER, true)                                \
	ROW(NO_ANSWER_NEEDED, "no-answer-needed", N_("no answer needed"), KEEP, false)                       \
	ROW(HELP_REQUEST, "help-request", N_("help request"), STATUS_OURS, true)                             \
	ROW(RETURN_REQUEST, "return-request", N_("return request"), STATUS_OURS, true)                       \
	ROW(NOT_RECEIVED, "not-received", N_("item not received"), STATUS_OURS, true)                        \
	ROW(CANCEL_REQUEST, "cancel-request", N_("cancellation asked"), STATUS_OURS, true)                   \
	ROW(CASE_OPENED, "case-opened", N_("platform case opened"), STATUS_OURS, true)                       \
	ROW(CASE_ON_HOLD, "case-on-hold", N_("platform looks into it"), STATUS_PLATFORM, true)               \
	ROW(CASE_CLOSED, "case-closed", N_("platform case closed"), STATUS_SOLVED, false)                    \
	ROW(CLAIM_OPENED, "claim-opened", N_("claim opened"), STATUS_OURS, true)                             \
	ROW(CLAIM_INFO, "claim-info", N_("platform wants information"), STATUS_OURS, true)                   \
	ROW(CLAIM_DENIED, "claim-denied", N_("claim decided for us"), STATUS_OURS, true)                     \
	ROW(CLAIM_GRANTED, "claim-granted", N_("claim decided against us"), STATUS_OURS, true)               \
	ROW(PAYMENT_DISPUTE, "payment-dispute", N_("payment dispute"), STATUS_OURS, true)                    \
	ROW(CHARGEBACK, "chargeback", N_("chargeback"), STATUS_OURS, true)                                   \
	ROW(RETURN_APPROVED, "return-approved", N_("return approved"), STATUS_BUYER, true)                   \
	ROW(RETURN_ARRIVED, "return-arrived", N_("return arrived"), STATUS_OURS, true)                       \
	ROW(REFUND_REQUEST, "refund-request", N_("refund asked"), STATUS_OURS, true)                         \
	ROW(REFUND_ISSUED, "refund-issued", N_("refund issued"), KEEP, false)                                \
	ROW(UNPAID, "unpaid", N_("item unpaid"), STATUS_OURS, true)                                          \
	ROW(PAYMENT_RECEIVED, "payment-received", N_("payment received"), KEEP, false)                       \
	ROW(SALE, "sale", N_("sale"), KEEP, false)                                                           \
	ROW(REVIEW, "review", N_("review"), STATUS_OURS, true)                                               \
	ROW(FOLLOW_UP, "follow-up", N_("follow-up planned"), STATUS_OURS, true)                              \
	ROW(BUYER_ACTED, "buyer-acted", N_("the buyer answered, sent or returned"), STATUS_OURS, false)

#define TRIGGER_WORD(name, id, title, next, opens) [TRIGGER_##name] = {id, title, NULL},
#define TRIGGER_EFFECT(name, id, title, next, opens) [TRIGGER_##name] = {(enum status)(next), opens},
static const struct word triggers[N_TRIGGERS] = {TRIGGER_TABLE(TRIGGER_WORD)};
static const struct trigger_effect effects[N_TRIGGERS] = {TRIGGER_TABLE(TRIGGER_EFFECT)};

const struct vocabulary KINDS = {"kind", kinds, N_KINDS};
const struct vocabulary STATUSES = {"status", statuses, N_STATUSES};
const struct vocabulary SIDES = {"side", sides, N_SIDES};
const struct vocabulary EVENT_TYPES = {"event", event_types, N_EVENT_TYPES};
const struct vocabulary TRIGGERS = {"trigger", triggers, N_TRIGGERS};
const struct vocabulary CLOCK_FAMILIES = {"family", families, N_CLOCK_FAMILIES};
const struct vocabulary CLOCK_STATES = {"state", clock_states, N_CLOCK_STATES};
const struct vocabulary CLOCK_WHYS = {"why", clock_whys, N_CLOCK_WHYS};

const char *vocab_id(const struct vocabulary *v, int n)
{
	return n >= 0 && n < v->count ? v->words[n].id : "?";
}

const char *vocab_title(const struct vocabulary *v, int n)
{
	return n >= 0 && n < v->count ? _(v->words[n].title) : "?";
}

bool vocab_find(const struct vocabulary *v, const char *id, int *n)
{
	for (int i = 0; i < v->count; i++) {
		if (g_str_equal(v->words[i].id, id)) {
			*n = i;
			return true;
		}
	}
	return false;
}

guint32 vocab_bits(const struct vocabulary *v, const char *text, bool *all)
{
	g_auto(GStrv) words = g_strsplit_set(text, " ,;:", -1);
	guint32 bits = 0;
	bool known = true;
	for (int i = 0, n; words[i]; i++) {
		if (vocab_find(v, words[i], &n))
			bits |= (guint32)1 << n;
		else if (*words[i])
			known = false;
	}
	if (all)
		*all = known && bits;
	return bits;
}

bool status_is_open(enum status s)
{
	return s < STATUS_SOLVED;
}

enum status status_after(enum status s, enum trigger t)
{
	if ((int)t < 0 || t >= N_TRIGGERS || effects[t].next == (enum status)KEEP)
		return s;
	/* The buyer's thanks and the outcome are still to come, unless a person was done with it. */
	if (t == TRIGGER_CLAIM_DENIED && !status_is_open(s))
		return s;
	/* A first message waits as "new" until somebody answers. */
	if (s == STATUS_NEW && effects[t].next == STATUS_OURS)
		return STATUS_NEW;
	return effects[t].next;
}

bool trigger_opens_case(enum trigger t)
{
	return (int)t >= 0 && t < N_TRIGGERS && effects[t].opens;
}
