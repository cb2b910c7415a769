/* SPDX-License-Identifier: MIT */
/*
 * The clock rules (data/clocks/NAME.ini) and the calendars they name, as one set.
 * Pure: the caller reads the files (store/datafile.h) and hands in their text.
 */
#pragma once
#include "domain/calendar.h"
#include "domain/vocab.h"

struct clock_rule {
	char *id; /* "ebay.return": file name without .ini, a dot, the group */
	enum clock_family family;
	char *platform;      /* "ebay"; "*" for every platform (the file's, or the rule's own `platform`) */
	guint32 kinds;       /* bit per enum kind; 0: every kind */
	guint64 start, stop; /* bit per enum trigger */
	guint64 cancel;      /* triggers after which it no longer matters */
	guint64 miss;        /* triggers that show the platform decided first */
	bool restart;        /* a new start trigger moves a running clock's start (else it keeps) */
	bool pauses; /* stands still while it is the buyer's move: the rule for shop clocks, `pauses = no`
		      * for those that watch just that wait (Z2); platform clocks never pause */
	struct span span;
	bool takes_stated; /* a date stated in the mail that starts it beats the span: the rule for a
			    * platform's own clocks, `stated = no` for those that count something else than
			    * the mail's date */
	bool only_stated;  /* `span = stated`: no rule of its own, only a date in the mail */
	const struct calendar *calendar; /* not owned; never NULL */
	char *title;                     /* in the user's language, e.g. "Return request" */
	char *consequence;               /* what is lost when it is missed (N2) */
	char *source, *checked, *sure;   /* where the rule comes from, when it was checked, H/M/L */
	char *file;
	int line;
};

struct ruleset;

struct ruleset *ruleset_create(void);
void ruleset_destroy(struct ruleset *r);
typedef struct ruleset ruleset_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ruleset_auto, ruleset_destroy)

/* Calendars come before the rules that name them. A name added twice: the first stays
 * (the user's own file is read before the shipped one). False and *error ("FILE:LINE: ...",
 * what is wrong and what to write instead) on any fault; nothing is added then. */
bool ruleset_add_calendar(struct ruleset *r, const char *name, const char *file, const char *text,
			  gsize length, GError **error);
/* Puts a calendar that was added into another zone. */
void ruleset_set_zone(struct ruleset *r, const char *calendar, const char *zone);
bool ruleset_add_clocks(struct ruleset *r, const char *name, const char *file, const char *text, gsize length,
			GError **error);

const struct clock_rule *ruleset_find(const struct ruleset *r, const char *id);
const struct calendar *ruleset_calendar(const struct ruleset *r, const char *name);
guint ruleset_count(const struct ruleset *r);
const struct clock_rule *ruleset_nth(const struct ruleset *r, guint n);

/* Works out the examples of the clock files ("exampleN = START -> DUE", local time of the rule's calendar).
 * Sets *count to how many there are; false and *error ("FILE:LINE: ...") at the first that fails. */
bool ruleset_check_examples(const struct ruleset *r, guint *count, GError **error);
