/* SPDX-License-Identifier: MIT */
/*
 * The shop's automation (data/rules/NAME.ini): when a mail of some meaning comes to a case that a query
 * finds, then do this to the case. Nothing here sends. Not to be taken for the clock rules (domain/rules.h).
 * Pure: the caller reads the files, asks the store whether the query fits, and writes the effects.
 */
#pragma once
#include "domain/vocab.h"

struct automation {
	char *id;     /* "shop.chinese": file name without .ini, a dot, the group */
	char *title;  /* in the user's language; the id where none is given */
	guint64 when; /* bit per enum trigger */
	bool opened;  /* also when a mail opens a new case, whatever it means */
	char *query;  /* "" for every case; it can be read */
	char *assign; /* NULL: nobody */
	char **in_turn;
	int kind;     /* enum kind; -1: as it is */
	char *snooze; /* as typed: "+4h"; NULL: not */
	char *template, *clock;
	char **tags;
	bool stop;           /* no later rule is asked */
	GPtrArray *examples; /* of struct automation_example */
	char *file;
	int line;
};

struct automation_set;
struct automation_set *automation_set_create(void);
void automation_set_destroy(struct automation_set *s); /* accepts NULL */
typedef struct automation_set automation_set_auto;     /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(automation_set_auto, automation_set_destroy)

/* Adds a file's rules behind those that are there. False and *error ("FILE:LINE: ...", with what to write
 * instead) on any fault; none of the file's rules is added then. */
bool automation_set_add(struct automation_set *s, const char *name, const char *file, const char *text,
			gsize length, GError **error);

guint automation_set_count(const struct automation_set *s);
const struct automation *automation_set_nth(const struct automation_set *s, guint n); /* in order */

/* Whether the rule, or any rule of the set, is asked after a mail of that meaning. Cheap. */
bool automation_hears(const struct automation *a, enum trigger trigger, bool opened);
bool automation_set_hears(const struct automation_set *s, enum trigger trigger, bool opened);

/* "return request, new case": for lists. Owned. */
char *automation_events(const struct automation *a);

/* --- effects --------------------------------------------------------------- */

enum effect_type {
	EFFECT_ASSIGN,
	EFFECT_KIND,
	EFFECT_SNOOZE,
	EFFECT_TEMPLATE,
	EFFECT_TAG,
	EFFECT_CLOCK,
	N_EFFECTS
};
extern const struct vocabulary EFFECTS;

/* How the case stands. automation_effects() brings it in line with what it returns, so that the next rule
 * sees what this one did. */
struct automation_facts {
	bool open;      /* its status */
	char *assignee; /* owned; NULL: nobody */
	enum kind kind;
	bool kind_by_person, snoozed;
	GPtrArray *tags;    /* folded, owned: those it has */
	GPtrArray *refused; /* folded, owned: those that a person took off */
	GPtrArray *clocks;  /* rule ids that run or are paused, owned */
	char *prepared;     /* the canned reply that waits as a draft; NULL: none */
	gint64 at;          /* when the mail was sent: a snooze counts from then */
	gint64 now;
	GTimeZone *zone; /* not owned */
};
void automation_facts_init(struct automation_facts *f);
void automation_facts_clear(struct automation_facts *f);

struct effect {
	enum effect_type type;
	char *text;      /* login, kind's id, tag, template, clock rule */
	gint64 due;      /* SNOOZE */
	const char *why; /* why it isn't done, translated; NULL: it is */
	bool in_turn;    /* ASSIGN: the turn goes on */
};

/* What the rule does to the case, in order: a GPtrArray of owned struct effect. `last` had the rule's last
 * turn (NULL: nobody yet). */
GPtrArray *automation_effects(const struct automation *a, const char *last, struct automation_facts *f);
