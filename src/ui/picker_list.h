/* SPDX-License-Identifier: MIT */
/*
 * The canned replies that fit a case, best first, narrowed by what is typed: a subsequence of the title in
 * the agent's language or of the name, or words of the title in any language or of the body in the buyer's or
 * the agent's; folded as the search folds, so that marks, case and the two Chinese scripts don't matter. A
 * pure model: no curses.
 */
#pragma once
#include "domain/template.h"

struct picker_row {
	const struct template *template;
	int fit;      /* template_fit() */
	bool allowed; /* on the case's platform */
	int uses;
	bool stale; /* its body in the buyer's language renders an older source, or is missing */
	/* Folded: the title in the agent's language and in each, the name; the bodies NULL until they are
	 * needed. */
	char *title, *titles[N_LANGS], *name, *bodies[N_LANGS];
	int score; /* of the present needle */
};

struct picker_list;

/*
 * Every reply of `set` but partials; those that don't fit at all stand last and only show once something is
 * typed. `lang` is the buyer's language, `own` the agent's. `uses` (name -> GINT_TO_POINTER(count)) may be
 * NULL. `set` must outlive the list.
 */
struct picker_list *picker_list_create(const struct template_set *set, const struct template_case *c,
				       enum lang lang, enum lang own, GHashTable *uses);
void picker_list_destroy(struct picker_list *l); /* accepts NULL */

/* Another language of the buyer, for bodies and staleness; the needle stays. */
void picker_list_language(struct picker_list *l, enum lang lang);

/* Folds the bodies, a millisecond's work that can be done ahead: they are searched once a letter is typed. */
void picker_list_read_bodies(struct picker_list *l);

/* Narrows to what holds `needle`; "" shows all that fit. The choice goes to the best row. */
void picker_list_narrow(struct picker_list *l, const char *needle);

/* Puts these replies (names, NULL-ended) before all others, in this order; but none that the platform
 * forbids. */
void picker_list_prefer(struct picker_list *l, const char *const *names);

guint picker_list_count(const struct picker_list *l);
const struct picker_row *picker_list_nth(const struct picker_list *l, guint n); /* NULL past the end */

/* How well `needle` (folded) is a subsequence of `text` (folded): 0 not at all; word starts and runs count
 * more. */
int picker_score(const char *text, const char *needle);
