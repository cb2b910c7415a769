/* SPDX-License-Identifier: MIT */
/*
 * The words of the trade, one table for each family: kinds of complaint,
 * statuses, sides, event types, triggers, clock families and states.
 *
 * The store, the data files, the query language and --json use a word's `id`;
 * people read its `title`, translated. An enum value is the row's number.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct word {
	const char *id;    /* stable, lower case, in files and the store */
	const char *title; /* English msgid; show vocab_title() instead */
	const char *rule;  /* domain rule it stands for ("I10"), or NULL */
};

struct vocabulary {
	const char *name; /* "kind", for error texts */
	const struct word *words;
	int count;
};

/* Kinds of complaint: domain rules I7-I24, Y3-Y6. */
enum kind {
	KIND_OTHER, /* not yet known; a person or a rule decides */
	KIND_QUESTION,
	KIND_QUALITY,          /* I7 */
	KIND_CHANGED_MIND,     /* I8 */
	KIND_NOT_SATISFIED,    /* I9 */
	KIND_DAMAGED,          /* I10 */
	KIND_MISSING_ITEM,     /* I11 */
	KIND_MISSING_PART,     /* I12 */
	KIND_WRONG_ITEM,       /* I13 */
	KIND_HOWTO,            /* I14 */
	KIND_WARRANTY,         /* I15 */
	KIND_RETURN_ARRIVED,   /* I16 */
	KIND_SLOW,             /* I17 */
	KIND_LOST,             /* I18 */
	KIND_MISDELIVERED,     /* I19 */
	KIND_CANCEL,           /* I20 */
	KIND_ADDRESS,          /* I21 */
	KIND_SHIPPING_COST,    /* I22 */
	KIND_NO_REASON_RETURN, /* I23 */
	KIND_CLAIM,            /* I24 */
	KIND_UNPAID,           /* Y3 */
	KIND_PAYMENT,          /* Y4 */
	KIND_BAD_REVIEW,       /* Y5 */
	KIND_REVIEW_REQUEST,   /* Y6 */
	KIND_FOLLOW_UP,        /* Y8: a loyal buyer is written to or called again */
	N_KINDS
};

enum status {
	STATUS_NEW,      /* nobody has answered yet: our move */
	STATUS_OURS,     /* our move */
	STATUS_BUYER,    /* their move */
	STATUS_PLATFORM, /* the platform decides */
	STATUS_CARRIER,  /* the carrier looks into it */
	STATUS_SOLVED,
	STATUS_LOST,
	STATUS_WITHDRAWN,
	N_STATUSES
};

/* Who speaks in a message or an event. */
enum side { SIDE_BUYER, SIDE_US, SIDE_PLATFORM, SIDE_DESK /* amends itself */, N_SIDES };

enum event_type {
	EVENT_OPENED,
	EVENT_MESSAGE_IN,
	EVENT_MESSAGE_OUT,
	EVENT_NOTICE, /* the platform told us something: see its trigger */
	EVENT_NOTE,
	EVENT_CALL,
	EVENT_WISH,
	EVENT_OFFER,
	EVENT_PROMISE,
	EVENT_EVIDENCE_ASKED,
	EVENT_EVIDENCE_GOT,
	EVENT_FOUND, /* what a playbook asked a person to find out: the text is a word of PLAYBOOK_FINDINGS */
	EVENT_STATUS,
	EVENT_KIND,
	EVENT_CLAIM, /* a colleague took or handed back the case */
	EVENT_CLOCK_START,
	EVENT_CLOCK_PAUSE,
	EVENT_CLOCK_RESUME,
	EVENT_CLOCK_STOP,
	EVENT_CLOCK_MISS,
	EVENT_MERGE,
	EVENT_OUTCOME,
	EVENT_UNDO,         /* takes back the event that it names */
	EVENT_OFFER_ANSWER, /* accepted, refused, countered */
	EVENT_PROMISE_KEPT,
	EVENT_REFUND,
	EVENT_REPLACEMENT,
	EVENT_CARRIER_ASKED,
	EVENT_LABEL,      /* a return label was sent */
	EVENT_GOODS_BACK, /* resell, relabel, destroy */
	EVENT_SNOOZE,     /* until `due`; 0: woken */
	EVENT_PIN,        /* yes, no */
	EVENT_NO_ANSWER,
	EVENT_MOVED, /* the event that it names stands in another case now */
	EVENT_SPLIT, /* the case was split off another */
	EVENT_LINK,
	EVENT_FOLLOW_UP, /* planned for `due` */
	EVENT_TAG,
	EVENT_UNTAG,
	EVENT_PREPARED,  /* a rule prepared a canned reply as a draft: the text is its name */
	EVENT_CLOCK_SET, /* a rule started a clock: the text is the clock rule's id */
	N_EVENT_TYPES
};

/*
 * What a mail means to the case: it starts and stops clocks (data/clocks) and
 * moves the status. A platform file (data/platforms) names one for each mail.
 */
enum trigger {
	TRIGGER_NONE, /* automatic mail, copies: kept, but nothing moves */
	TRIGGER_BUYER_MESSAGE,
	TRIGGER_OUR_MESSAGE,
	TRIGGER_NO_ANSWER_NEEDED,
	TRIGGER_HELP_REQUEST, /* Etsy: 48 h before a case may be opened */
	TRIGGER_RETURN_REQUEST,
	TRIGGER_NOT_RECEIVED, /* item-not-received request */
	TRIGGER_CANCEL_REQUEST,
	TRIGGER_CASE_OPENED,
	TRIGGER_CASE_ON_HOLD,
	TRIGGER_CASE_CLOSED,
	TRIGGER_CLAIM_OPENED,  /* A-to-z and the like */
	TRIGGER_CLAIM_INFO,    /* the platform wants facts from us by a date */
	TRIGGER_CLAIM_DENIED,  /* decided for us */
	TRIGGER_CLAIM_GRANTED, /* decided against us: may be appealed */
	TRIGGER_PAYMENT_DISPUTE,
	TRIGGER_CHARGEBACK,
	TRIGGER_RETURN_APPROVED,
	TRIGGER_RETURN_ARRIVED,
	TRIGGER_REFUND_REQUEST, /* Taobao: refund asked, agreed when silent */
	TRIGGER_REFUND_ISSUED,
	TRIGGER_UNPAID,
	TRIGGER_PAYMENT_RECEIVED,
	TRIGGER_SALE,
	TRIGGER_REVIEW,
	TRIGGER_FOLLOW_UP,   /* the time has come to write to a loyal buyer or to call: no mail means it */
	TRIGGER_BUYER_ACTED, /* a person noted it: answered by telephone, sent pictures, gave the goods back
			      */
	N_TRIGGERS
};

/* The two families never blur: platform clocks never pause. */
enum clock_family { CLOCK_PLATFORM, CLOCK_SHOP, N_CLOCK_FAMILIES };

enum clock_state {
	CLOCK_RUNNING,
	CLOCK_PAUSED, /* shop clocks only, while it is the buyer's move */
	CLOCK_MET,
	CLOCK_LATE,      /* stopped by us after it was due */
	CLOCK_MISSED,    /* the platform decided before we moved */
	CLOCK_CANCELLED, /* what it waited for fell away */
	N_CLOCK_STATES
};

/* How sure a due date is, and where it comes from (record `clock.why`). */
enum clock_why { WHY_STATED, WHY_RULE, WHY_PROMISE, WHY_MANUAL, N_CLOCK_WHYS };

extern const struct vocabulary KINDS, STATUSES, SIDES, EVENT_TYPES, TRIGGERS, CLOCK_FAMILIES, CLOCK_STATES,
    CLOCK_WHYS;

/* The row's id; "?" for a number outside the table. Static. */
const char *vocab_id(const struct vocabulary *v, int n);

/* The row's title in the user's language; "?" outside the table. Static. */
const char *vocab_title(const struct vocabulary *v, int n);

/* Finds `id` (exact). False if there is none; *n is then untouched. */
bool vocab_find(const struct vocabulary *v, const char *id, int *n);

/* The rows whose ids stand in `text` (blanks or commas between), a bit each; the table has at most 32 rows.
 * *all (may be NULL) tells whether there is a word and each is of the table. */
guint32 vocab_bits(const struct vocabulary *v, const char *text, bool *all);

/* Open statuses are in the inbox; solved, lost and withdrawn are not. */
bool status_is_open(enum status s);

/* The status after `t` happened to a case that stood at `s` (Z2, design.md). */
enum status status_after(enum status s, enum trigger t);

/* Whether a mail that means `t` opens a case when it fits none. All but
 * TRIGGER_NONE, TRIGGER_SALE and TRIGGER_PAYMENT_RECEIVED do: those are kept with the order. */
bool trigger_opens_case(enum trigger t);
