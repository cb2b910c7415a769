/* SPDX-License-Identifier: MIT */
/* The shop's automation: rules of data/rules, read from files and asked for each mail. Like store.h. */
#pragma once
#include "domain/automation.h"
#include "store/store.h"

/* The rules, read when first asked for; owned by the store. A file with a fault is left out whole: mail comes
 * in all the same. */
const struct automation_set *store_automation(struct store *s);
/* What was wrong with the files: a GPtrArray of "FILE:LINE: ...", owned by the store; empty: nothing. */
const GPtrArray *store_automation_faults(struct store *s);

/* What one rule would do if the case's newest mail came now. */
struct rule_trial {
	const struct automation *rule; /* not owned */
	bool hears;                    /* the mail's meaning is one of the rule's */
	bool asked;                    /* no rule before said stop */
	char *misfit;                  /* the part of its query that doesn't fit; NULL: it fits */
	GPtrArray *effects;            /* of struct effect, if it would fire; else NULL */
};
struct rules_trial {
	enum trigger trigger; /* of the newest mail; TRIGGER_NONE: there is none, or automatic */
	bool opened;          /* it opened the case */
	gint64 at;
	GPtrArray *rules; /* of struct rule_trial, in order */
};
void rules_trial_destroy(struct rules_trial *t);
typedef struct rules_trial rules_trial_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(rules_trial_auto, rules_trial_destroy)

/* Asks all rules about a case as it stands now; changes nothing. NULL and *error on a fault. */
struct rules_trial *store_rules_test(struct store *s, gint64 case_id, gint64 now, GError **error);

/* Runs the examples in the rules, on cases of a store of their own; *count how many. False and *error
 * ("FILE:LINE: ...") on the first that doesn't come out. */
bool automation_check_examples(const struct automation_set *set, guint *count, GError **error);

/* The canned reply that a rule prepared for this person, and by which rule: the newest since we last
 * answered, in a case that is the person's or nobody's. *template NULL: none. Both owned. */
bool store_prepared(struct store *s, const char *me, gint64 case_id, char **template, char **rule,
		    GError **error);

/* Lets the rules do what they do after a mail (its event, meaning, and time) came. Inside a write. */
bool automation_run(struct store *s, gint64 case_id, gint64 event, enum trigger trigger, bool opened,
		    gint64 sent, gint64 now, GError **error);
