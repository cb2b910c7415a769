/* SPDX-License-Identifier: MIT */
/*
 * What a person does to a case: acts. Each appends events to the history of the cases it changes, and all
 * else about a case follows from its events. An act is taken back as one, whether it changed one case or a
 * thousand. Like store.h: whole requests, plain records, false (or NULL) and *error on a fault.
 */
#pragma once
#include "store/store.h"

enum act_type {
	ACT_TAKE,      /* mine from now on; refused if a colleague has the case */
	ACT_ASSIGN,    /* text: a login, whoever has it now */
	ACT_HAND_BACK, /* nobody's */
	ACT_STATUS,    /* text: an id of STATUSES */
	ACT_KIND,      /* text: an id of KINDS */
	ACT_SNOOZE, /* due: until then; platform clocks run on and still count, what comes from outside wakes
		       it (Z2) */
	ACT_WAKE,
	ACT_PIN,
	ACT_UNPIN,
	ACT_NO_ANSWER,      /* stops the platform's message clock, nothing else */
	ACT_NOTE,           /* text */
	ACT_CALL,           /* text: what was said (Y1, I1) */
	ACT_WISH,           /* text: what the buyer wants (Z5) */
	ACT_OFFER,          /* text: words of OFFERS or plain ones, amount; one of them may lack */
	ACT_OFFER_ACCEPTED, /* these three: `about` names the offer (0: the newest); text and amount may lack
			     */
	ACT_OFFER_REFUSED,
	ACT_OFFER_COUNTERED,
	ACT_PROMISE,        /* due, text: a clock starts (Z4) */
	ACT_PROMISE_KEPT,   /* `about` names the promise (0: the one that is due first) */
	ACT_EVIDENCE_ASKED, /* text: words of EVIDENCE, blanks between (Z9) */
	ACT_EVIDENCE_GOT,
	ACT_REFUND,      /* amount: what it costs the shop; it stops what a refund stops */
	ACT_REPLACEMENT, /* amount may lack */
	ACT_CARRIER,     /* the carrier was asked: it is its move (I17); text may lack */
	ACT_LABEL,       /* a return label was sent; amount may lack */
	ACT_GOODS_BACK,  /* text: resell, relabel, destroy (I16) */
	ACT_FOUND,       /* text: what a playbook asked to find out, an id of PLAYBOOK_FINDINGS */
	ACT_PAYMENT, /* amount: what came; text: bank, reference, when (Y4): told apart by it from another of
			that sum */
	ACT_SOLVE,   /* these three end the case; text: the outcome; amount: its cost (I26) */
	ACT_LOSE,
	ACT_WITHDRAW,
	ACT_MERGE,     /* into case `other`: all that was said and done moves there */
	ACT_MOVE,      /* `message` of the case to case `other`; 0: to a new one */
	ACT_LINK,      /* with case `other`: both show it */
	ACT_FOLLOW_UP, /* due, text: opens a case of its own for this case's buyer (Y8) */
	ACT_TAG,       /* text: a tag's name (domain/tag.h) */
	ACT_UNTAG,
	N_ACTS
};
extern const struct vocabulary ACTS, GOODS_FATES;

/* Which fields of an act count: for prompts, and for what is refused. Bits. */
enum act_field {
	ACT_TEXT = 1 << 0,
	ACT_DUE = 1 << 1,
	ACT_AMOUNT = 1 << 2,
	ACT_OTHER = 1 << 3,
	ACT_MESSAGE = 1 << 4,
	ACT_ABOUT = 1 << 5,
	ACT_BULK = 1 << 6, /* makes sense for many cases at once */
	ACT_TEXT_MAY_LACK = 1 << 7,
	ACT_AMOUNT_MAY_LACK = 1 << 8
};
guint act_fields(enum act_type type);
/* The words that its text may be; NULL: any text. */
const struct vocabulary *act_words(enum act_type type);

struct act {
	enum act_type type;
	const gint64 *cases; /* which it changes: at most ACT_MOST */
	guint count;
	const char *text;
	struct money amount;
	gint64 due;
	const char *note; /* ACT_FOUND: why, noted beside it; NULL: nothing */
	gint64 about, other, message;
	bool sure;    /* a merge: also of two buyers' cases */
	gint64 group; /* 0: an act of its own; else the id of the act that it goes on with (a later batch) */
};
#define ACT_MOST 64

struct acted {
	gint64 act; /* 0: nothing changed */
	gint64
	    case_id; /* where to look now: the case merged into, the new case, else the first one changed */
	gint64 allowed; /* a follow-up was refused as too soon: from then on it may be; else 0 */
	bool unsure;    /* a merge was refused as the cases are of two buyers; act.sure does it */
	guint changed;  /* cases */
	guint skipped; /* those that stood so already, were another's, or couldn't be changed; not of a single
			  case */
};

/*
 * Does the act, in one transaction. STORE_ERROR_NOT_FOUND if a case isn't there. STORE_ERROR_REFUSED if a
 * field is missing or makes no sense, or if the case (being the only one) can't be so changed: the text says
 * why.
 */
bool store_act(struct store *s, const char *me, const struct act *a, gint64 now, struct acted *r,
	       GError **error);

/* Told after each batch; false stops there. What was done until then stays, and is taken back as one. */
typedef bool act_progress(void *data, guint done, guint all);

/* Does the act to all cases of `cases` (GArray of gint64), or to all that fit q->query where `cases` is NULL
 * (q->now, day_end and me count too), in batches that let others in between. a->cases doesn't count. */
bool store_act_bulk(struct store *s, const char *me, const struct act *a, const GArray *cases,
		    const struct inbox_request *q, gint64 now, act_progress *progress, void *data,
		    struct acted *r, GError **error);

/* All cases that fit q->query, in no order: a GArray of gint64, owned by the caller. For acts in slices. */
GArray *store_find(struct store *s, const struct inbox_request *q, GError **error);

/* How many cases a query finds, counted up to `most`; stops after 10 ms. *more: there are others. */
bool store_count(struct store *s, const struct inbox_request *q, guint most, guint *count, bool *more,
		 GError **error);

struct undone {
	gint64 act; /* 0: none; if it was no view either, there is nothing (more) to take back */
	bool view;  /* it was a view that had been dropped; only text counts */
	enum act_type type;
	gint64 case_id; /* the first one changed */
	guint cases;    /* changed back now */
	bool more;      /* progress stopped it: asked again, it goes on with this act */
	char *text;     /* what it took back, for the person: "Taken back: status ours, case 17" */
};
void undone_clear(struct undone *u);

/* Takes this person's last act back, by new events; asked again, the one before. `progress` may be NULL.
 * Refused once if the cases have gone another way since (merged on, split again): *error says why. Asked
 * again, it steps over that act, unless it can be taken back by then. */
bool store_undo(struct store *s, const char *me, gint64 now, act_progress *progress, void *data,
		struct undone *u, GError **error);

/*
 * Reads an act as typed: "take", "status=ours", "snooze=tomorrow 9", "offer=partial-refund; 12.50",
 * "promise=fri 12; photos of the new one", "solve=refunded in part; 12.50", "found=cause; the box was torn",
 * "merge=17" ("merge=17; sure"), "move=203; 17" or "move=203; new". `now`, `zone` and `currency` (may be
 * NULL) give dates and bare amounts their meaning. Fills in what the words say; *text gets what a->text and
 * a->note point at, owned by the caller. STORE_ERROR_REFUSED with what to write instead.
 */
bool act_parse(const char *typed, gint64 now, GTimeZone *zone, const char *currency, struct act *a,
	       char **text, GError **error);
/* The act in words, with the amount as it was understood: "offer 12.50 EUR". Owned. */
char *act_told(const struct act *a);
/* A row of the help: "snooze=WHEN". NULL past the end. Static. */
const char *act_form(enum act_type type);
