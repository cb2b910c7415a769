/* SPDX-License-Identifier: MIT */
/*
 * Clocks of a case: how triggers start, pause, resume and stop them, and how a due
 * time explains itself. No I/O and no clock of its own: the caller passes the times.
 *
 * Platform clocks never pause; shop clocks pause while it is the buyer's move and
 * go on with what was left. A date stated by the platform beats the rule.
 */
#pragma once
#include "domain/rules.h"

/* An interval in which a clock ran or stood still. `to` is 0 while it lasts. */
struct clock_interval {
	gint64 from, to;
	bool running; /* false: paused */
	gint64 due;   /* what the due time was from then on (0 while paused) */
};

struct clock {
	gint64 id;  /* 0: not yet in the store */
	char *rule; /* rule id; NULL for a promise or a date set by hand */
	enum clock_family family;
	enum clock_state state;
	enum clock_why why;
	gint64 started; /* UTC ms */
	gint64 due;     /* UTC ms; while paused: the due time before the pause */
	gint64 left; /* while paused: opening time or wall time (ms) or, for business days, whole days left */
	gint64 stopped;            /* 0 while it runs or is paused */
	char *title, *consequence; /* copies: the case keeps what was true when it started */
	char *stated;              /* the mail's own words, when why is WHY_STATED; else NULL */
	GArray *intervals;         /* of struct clock_interval, in order */
	gint64 strand;             /* the case that its mails came from by a merge; 0: this one */
	gint64 order;              /* that the mail which started it is about; 0: not known */
	gint64
	    event;  /* of a promise that a person noted: the event, while the case is replayed; not stored */
	bool dirty; /* changed by clocks_apply(); the store writes it and clears the flag */
};

void clock_destroy(struct clock *c);
/* A GPtrArray of owned struct clock. */
GPtrArray *clocks_new(void);

/* Something happened to a case. */
struct happening {
	enum trigger trigger;
	gint64 at;            /* when it happened (a mail: when it was sent) */
	gint64 since;         /* from when clocks run that it starts, if that is earlier; 0: from then on */
	const char *platform; /* platform id */
	enum kind kind;
	enum status status; /* after the happening */
	gint64 stated_due;  /* 0: none stated */
	const char *stated; /* the words that stated it, or NULL */
	gint64 strand;      /* the case that the mail came from by a merge; 0: this one */
	gint64 order;       /* that it is about; 0: all of the case */
};

/*
 * Applies one happening to the clocks of a case (GPtrArray of struct clock),
 * appending those that start. Changed and new ones are marked dirty.
 * Happenings must come in time order; one that is older than a clock's start
 * does not stop it. A clock is met when its stop trigger comes by its due time,
 * late after it. A running clock of the same rule isn't started twice: it keeps its start (unless the rule
 * says `restart`), so that no second mail resets it silently; a newly stated date moves its due time.
 * What came by a merge from another case has platform clocks of its own, so that of two requests neither due
 * time hides the other; what ends one ends it in both, unless it is about another order. A trigger that stops
 * and starts a rule ends the running clock and starts a new one. Shop clocks are cancelled when the case is
 * over; platform clocks aren't.
 */
void clocks_apply(const struct ruleset *r, GPtrArray *clocks, const struct happening *h);

/* Starts the clock of a rule whatever its triggers say, unless it runs or its family can't: a shop clock in a
 * closed case, one that needs a stated date. False if it was not started. */
bool clocks_set(const struct ruleset *r, GPtrArray *clocks, const char *rule, const struct happening *h);

/* Names of clocks that a person's act starts; no rule stands behind them. */
#define CLOCK_SNOOZED "snoozed"
#define CLOCK_PROMISED "promised"

/* Starts a shop clock that a person set. Owned by `clocks`. */
struct clock *clock_start_own(GPtrArray *clocks, const char *name, enum clock_why why, const char *title,
			      const char *consequence, gint64 at, gint64 due);

/* Ends a clock that isn't over; one that is stays as it is. */
void clock_end(struct clock *c, gint64 at, enum clock_state state);

/* Ends the running snooze, if there is one that began by `at`. */
void clocks_wake(GPtrArray *clocks, gint64 at, enum clock_state state);

/* The least due of the running clocks; G_MAXINT64 if none runs. While the case is snoozed the shop's other
 * clocks don't count; the platform's always do. */
gint64 clocks_next_due(const GPtrArray *clocks);

/*
 * How the due time came about, as lines of translated text (GPtrArray of char*,
 * owned by the caller): the clock and its family, the rule and its source, the start, each
 * stretch counted and skipped, pauses, the due time, the next change, what is lost when it is missed.
 * `r` may lack the rule (it was removed since): then what the clock itself keeps is told.
 */
GPtrArray *clock_explain(const struct ruleset *r, const struct clock *c, gint64 now, GTimeZone *zone);
