/* SPDX-License-Identifier: MIT */
/*
 * Playbooks: for each kind of complaint the ladder of steps to its end (domain rules I7-I24, Y3-Y6). Read
 * from data/playbooks/KIND.ini. Where a case stands is worked out from its events each time, never stored.
 * Pure: the caller reads the files and knows the case and the time.
 */
#pragma once
#include "domain/calendar.h"
#include "domain/money.h"
#include "domain/vocab.h"

#define PLAYBOOK_STEPS_MAX 24

/* What the events of a case say. Bits: (guint64)1 << fact. The words are those of data/playbooks and of
 * `found` events. */
enum playbook_fact {
	FACT_ANSWERED,      /* we wrote */
	FACT_WRITTEN_TWICE, /* we wrote two messages or more */
	FACT_REMINDED,      /* we wrote again without having heard from the buyer: the one reminder (Z11) */
	FACT_SILENT,        /* the buyer let that reminder's time pass, too (Z2) */
	FACT_CALL,
	FACT_WISH,
	FACT_EVIDENCE_ASKED,
	FACT_EVIDENCE_GOT,
	FACT_OFFER,
	FACT_ACCEPTED, /* the latest offer; so the next two */
	FACT_REFUSED,
	FACT_COUNTERED,
	FACT_OFFERED_AGAIN, /* an offer after one that was refused or countered, not refused itself */
	FACT_AGREED,        /* the latest offer was accepted, or the buyer stays silent on it (Z11) */
	FACT_PROMISE,
	FACT_CARRIER_ASKED,
	FACT_NEWS, /* we wrote after the carrier was asked */
	FACT_RETURN_LABEL,
	FACT_RETURNED,  /* the goods are back */
	FACT_INSPECTED, /* and it is settled what becomes of them: resell, relabel, destroy */
	FACT_REPLACED,
	FACT_REFUNDED,
	FACT_AFTERWORD, /* we wrote after refunding, replacing, a claim's end or the parcel's turning up */
	FACT_PAID,
	FACT_CLAIMED,     /* the platform's judge has it: a case, claim, dispute or chargeback was opened */
	FACT_INFO_WANTED, /* the platform asked us for facts */
	FACT_CLAIM_LOST,
	FACT_CLAIM_WON,
	FACT_REVIEWED,
	FACT_KIND_SET,
	/* What only a person can find out or do elsewhere: an EVENT_FOUND whose text is the word. */
	FACT_CAUSE, /* what went wrong is known */
	FACT_OUR_FAULT,
	FACT_DISPATCHED,
	FACT_NOT_DISPATCHED,
	FACT_IN_TIME,
	FACT_TOO_LATE,
	FACT_DELIVERED,
	FACT_NO_TRACE,
	FACT_ADDRESS_CHANGED,
	FACT_PLATFORM_TOLD, /* our account and evidence went to the platform */
	FACT_APPEALED,
	FACT_REPORTED, /* reported as unpaid */
	FACT_PUBLIC_REPLY,
	FACT_CARRIER_CLAIMED, /* the loss was claimed from the carrier */
	FACT_CONTENT,         /* the buyer is content and nothing is open */
	N_PLAYBOOK_FACTS
};
extern const struct vocabulary PLAYBOOK_FACTS;
/* Those of them that a person finds out, from FACT_CAUSE on: the texts of EVENT_FOUND. */
extern const struct vocabulary PLAYBOOK_FINDINGS;

enum playbook_branch { BRANCH_ANY, BRANCH_CHEAP, BRANCH_DEAR };

/* Whose move it is once a step is done. */
enum playbook_wait {
	WAIT_NONE,
	WAIT_BUYER,
	WAIT_CARRIER,
	WAIT_PARCEL,
	WAIT_PAYMENT,
	WAIT_PLATFORM,
	N_PLAYBOOK_WAITS
};
extern const struct vocabulary PLAYBOOK_WAITS;

struct playbook_step {
	char *name;
	char *title, *why; /* in the user's language */
	char **templates;  /* names, the fitting one first; empty: see playbook_wants_message() */
	guint64 records;   /* facts of which any shows that it is done; a person is asked which if there are
			      several */
	guint64 only;      /* facts of which one must be known before it matters; 0: none */
	guint64 unless;    /* facts of which any makes it unneeded */
	guint32 after;     /* bits of earlier steps that must be done or skipped first */
	enum playbook_branch branch;
	enum playbook_wait waits;
	struct span patience; /* how long to wait then */
	guint64 until; /* facts that end the wait, as a message does when it is the buyer who is waited for */
};

struct playbook {
	enum kind kind;
	char *title;          /* the method in a line */
	char **rules;         /* ids of domain rules */
	char **find_out;      /* what to find out, in the user's language */
	char **never;         /* what never to do */
	guint32 evidence;     /* bits of EVIDENCE that fit (Z10); 0: none is asked for */
	char **cheap, **dear; /* OFFERS words in the order in which they are offered (Z6, Z7) */
	struct money *limits; /* from these values on a case is dear, one for each currency */
	guint n_limits;
	struct span patience; /* how long a silent buyer is waited for (Z2) */
	struct playbook_step *steps;
	guint n_steps;
	struct playbook_step fallback;    /* `records`: any of them makes it unneeded */
	guint32 fallback_offers;          /* bits of OFFERS: once one was offered, the fallback is to do it */
	int fallback_percent;             /* of the clock: it is due when so much is left; 0: there is none */
	char **remind, **remind_evidence; /* templates of the one reminder */
	char *file;
};

struct playbook_set;
struct playbook_set *playbook_set_create(void);
void playbook_set_destroy(struct playbook_set *s);
typedef struct playbook_set playbook_set_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(playbook_set_auto, playbook_set_destroy)

/*
 * Adds one file. "_common" (steps and texts that the others share) comes first; any other name must be a
 * kind's id. A name added twice: the first stays (the user's own is read before the shipped one). False and
 * *error ("FILE:LINE: ...") on any fault; nothing is added then.
 */
bool playbook_set_add(struct playbook_set *s, const char *name, const char *file, const char *text,
		      gsize length, GError **error);
/* NULL if there is none for the kind. */
const struct playbook *playbook_find(const struct playbook_set *s, enum kind kind);

/* The templates that `p` names, each once; for checks. A GPtrArray of const char*, owned by the caller. */
GPtrArray *playbook_templates(const struct playbook *p);

/* --- where a case stands ---------------------------------------------------- */

/* One event of the case that wasn't taken back, oldest first. */
struct playbook_event {
	gint64 at; /* UTC ms */
	enum event_type type;
	enum side side;
	enum trigger trigger;
	const char *text; /* words of EVIDENCE, OFFERS, PLAYBOOK_FINDINGS as the type has it; may be NULL */
	bool automatic;   /* a mail that no person wrote: it moves nothing */
	struct money amount; /* of a refund, an offer ...; no currency: not known */
	gint64 learned;      /* the order in which the desk learned of them; 0: as they happened */
};

struct playbook_case {
	enum status status;
	struct money value;
	const struct money *limits; /* the shop's own limits for dear goods; they beat the playbook's */
	guint n_limits;
	const struct playbook_event *events;
	guint n_events;
	gint64 clock_started, clock_due; /* the running platform clock that bites next; 0, 0: none */
	bool clock_wants_answer;         /* our message meets that clock: a late answer, not a lost case */
	gint64 now;
	const struct calendar *calendar; /* the shop's; must be there */
};

/* Each fact's bit, and when it was first and last true (0: never). */
struct playbook_facts {
	guint64 known;
	gint64 first[N_PLAYBOOK_FACTS], last[N_PLAYBOOK_FACTS];
	guint32 offered;          /* bits of OFFERS */
	guint32 rungs;            /* the same, as rungs of the ladder: offer_rungs() */
	gint64 last_in, last_out; /* the latest message from the buyer and from us */
	gint64 first_out_since;   /* the first of ours since which the buyer wasn't heard, by mail or as a
				     person recorded it; 0: none */
	gint64 settled;           /* `learned` of the first event that settled something */
	guint outs;
};
/* `patience`: how long a silent buyer is waited for. */
void playbook_read_facts(const struct playbook_case *c, const struct span *patience,
			 struct playbook_facts *f);

enum playbook_state { STEP_DONE, STEP_NEXT, STEP_LATER, STEP_SKIPPED };

enum playbook_move {
	MOVE_STEP,     /* do `step` */
	MOVE_WAIT,     /* nothing until `at`: somebody else's move (Z2) */
	MOVE_REMIND,   /* write the one reminder (Z11) */
	MOVE_FALLBACK, /* the clock runs out, or every solution was refused: do what the platform always
			  accepts (Z6) */
	MOVE_ANSWER, /* the buyer has written, while somebody else is waited for or since the ladder was done
		      */
	MOVE_SOLVE,  /* all is done: record outcome and cost */
	MOVE_NONE    /* the case is over */
};

struct playbook_next {
	enum playbook_move move;
	const struct playbook_step
	    *step;         /* STEP, FALLBACK; WAIT: what is waited for, REMIND: about what; else NULL */
	int number;        /* the step's place in the ladder; -1 for any other move than STEP */
	char *title, *why; /* what to do and why, in the user's language; owned */
	const char *const *templates; /* NULL-ended, may be empty; not owned */
	guint64 records;              /* what to record when there is nothing to write */
	int rung;                    /* the solution to offer now, a word of OFFERS; -1: none in particular */
	gint64 at;                   /* WAIT: until when. REMIND, FALLBACK: since when it is due */
	gint64 fallback_due;         /* when the fallback falls due; 0: no clock, or none needed any more */
	enum playbook_branch branch; /* cheap or dear */
	enum playbook_state states[PLAYBOOK_STEPS_MAX]; /* of all steps; NEXT only what MOVE_STEP does */
	struct playbook_facts facts;
};
void playbook_next_clear(struct playbook_next *n);
typedef struct playbook_next playbook_next_auto; /* for g_auto only */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(playbook_next_auto, playbook_next_clear)

/* Whether the move is to write to the buyer (with a canned reply or without) and not to record a fact. */
bool playbook_wants_message(const struct playbook_next *n);

/* The case's place in the ladder and what comes next. Fills *n, which is cleared by the caller. */
void playbook_next(const struct playbook *p, const struct playbook_case *c, struct playbook_next *n);
