/* SPDX-License-Identifier: MIT */
/* The clocks of a case in the store, and what moves them: happenings applied one by one, or all over again
 * from the case's events when one comes late. Called inside a write, except clocks_load(). */
#pragma once
#include "store/sql.h"

/* What follows from a case's events. */
struct case_state {
	gint64 id;
	const char *platform; /* word; not owned */
	enum kind kind;
	enum status status;
	gint64 moved; /* time of the newest happening; 0: the case is hollow, all its mails went elsewhere */
	GPtrArray *clocks; /* of struct clock; owned */
	/* Only case_state_rebuild() fills in what follows; mails don't change it. */
	char *assignee; /* login; NULL: nobody */
	bool pinned;
	GPtrArray *tags; /* of char *; NULL: none */
	char *outcome;   /* NULL: none yet */
	struct money cost;
	gint64 merged_into; /* 0: it stands for itself */
};
void case_state_clear(struct case_state *c);

/* The clocks with their intervals; NULL on a fault. Owned by the caller. */
GPtrArray *clocks_load(struct store *s, gint64 case_id, GError **error);

/* Applies one happening: kind (only from "other" or "question" to what is known better), status, clocks. */
void case_state_apply(const struct ruleset *r, struct case_state *c, struct happening *h);

/* Applies all events of the case anew, in the order in which they happened. */
bool case_state_rebuild(struct store *s, const struct ruleset *r, struct case_state *c, GError **error);

/* Writes clocks that are new or changed, with an event for each that started, stopped or was missed. */
bool clocks_save(struct store *s, struct case_state *c, gint64 at, GError **error);
