/* SPDX-License-Identifier: MIT */
/*
 * What the solutions of a case cost the shop (N5, Z7, L5): those that were offered, what the buyer asked for
 * instead, and those of the playbook's ladder that come next, so that two can be weighed side by side. Pure.
 */
#pragma once
#include "domain/money.h"
#include "domain/vocab.h"

/* [costs] of shop.ini: percent of the order's value, and what parcels cost, an amount for each currency. */
struct cost_rates {
	int goods;                  /* what the shop pays for the goods: a replacement costs that */
	int part;                   /* a missing or spare part */
	int gift;                   /* a small gift */
	int repair;                 /* a repairer's bill */
	int partial;                /* a partial refund or discount for which no figure was named */
	int back;                   /* what goods that come back are still worth */
	struct money *post, *label; /* a parcel to the buyer; a return label */
	guint n_post, n_label;
};
void cost_rates_clear(struct cost_rates *r);

enum cost_part {
	COST_MONEY, /* to the buyer */
	COST_GOODS, /* sent, given or repaired */
	COST_POST,
	COST_LABEL,
	COST_BACK, /* worth of what comes back: below zero */
	N_COST_PARTS
};
extern const struct vocabulary COST_PARTS;

struct solution_cost {
	struct money total;         /* of what is known; without currency: nothing is */
	gint64 parts[N_COST_PARTS]; /* minor units of the total's currency */
	guint unknown;              /* bits of parts that cost something that nobody has said */
	bool assumed;               /* no figure was named: the shop's usual share was taken */
};

enum solution_state {
	SOLUTION_NEXT, /* of the ladder, not offered yet */
	SOLUTION_OFFERED,
	SOLUTION_ACCEPTED,
	SOLUTION_REFUSED,
	SOLUTION_COUNTERED,
	SOLUTION_ASKED, /* what the buyer countered with */
	N_SOLUTION_STATES
};
extern const struct vocabulary SOLUTION_STATES;

/* An offer of the case that wasn't taken back. */
struct offer {
	gint64 at;
	char *text; /* words of OFFERS, blanks between: alternatives (I3); or free words. May be NULL */
	struct money amount; /* the figure that was named, if any */
	char *answer;        /* "accepted", "refused", "countered"; NULL: none yet */
	struct money counter;
};
void offer_destroy(struct offer *o); /* accepts NULL */

/* What an offer's text puts forward: bits of OFFERS. A refund after a return isn't one that keeps the goods.
 */
guint32 offer_rungs(const char *text);

/* The rung of the ladder (words of OFFERS, NULL-ended, may be NULL) that is offered after these: the first
 * above the highest of them, then what was skipped, but nothing that gives less than what was refused. A
 * word of OFFERS; -1: every rung was offered. */
int offer_next(char *const *ladder, guint32 rungs);

struct solution {
	char *title; /* in the user's language, or the offer's own words as they were typed */
	enum solution_state state;
	gint64 at;           /* when it was offered; 0: not yet */
	struct money amount; /* named figure, if any */
	struct solution_cost cost;
};
void solution_destroy(struct solution *s); /* accepts NULL */

struct solution_case {
	const GPtrArray *offers; /* of struct offer, newest first */
	char *const
	    *ladder;        /* OFFERS words in the order in which they are offered; NULL-ended, may be NULL */
	struct money value; /* of the order */
	const struct cost_rates *rates;
};

/* At most this many are compared. */
#define SOLUTIONS_MOST 4

/* The newest offers first; where fewer than two were made, the ladder's next follow. A GPtrArray of owned
 * struct solution, the caller's; may be empty. */
GPtrArray *solutions_of(const struct solution_case *c);
