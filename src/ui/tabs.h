/* SPDX-License-Identifier: MIT */
/* The saved views as tabs: one line, with counts that are worked out one after another while no key waits. */
#pragma once
#include "store/views.h"
#include "ui/view.h"

struct tabs {
	GPtrArray *views; /* of struct view_row */
	guint counted;    /* so many have a count of now */
	bool unread;      /* the views are to be read anew */
	gint64 dropping;  /* the shop's view that is asked about; 0: none */
};

void tabs_init(struct tabs *t);
void tabs_finish(struct tabs *t);

/* What is shown may be wrong: read and count again. The old counts stay until then. */
void tabs_stale(struct tabs *t);
/* Whether there is something to read or to count. */
bool tabs_pending(const struct tabs *t);
/* Does one bit of it: at most 10 ms. */
bool tabs_load(struct tabs *t, const struct desk *d, GError **error);

/* The view at a number from 1 on; NULL: none. */
const struct view_row *tabs_nth(const struct tabs *t, guint n);
/* The number of the view that has this query; 0: none, the whole inbox has "". */
guint tabs_of_query(const struct tabs *t, const char *query);

/* What ACTION_VIEW, ACTION_NEXT_VIEW and ACTION_PREVIOUS_VIEW ask for while `query` is shown; a view may be
 * saved or dropped. *chosen gets the query to show, owned by the caller; NULL: the one that is shown. */
bool tabs_choose(struct tabs *t, const struct desk *d, const struct request *r, const char *query,
		 char **chosen, struct outcome *out, GError **error);

/* The answer, if tabs_choose() asked whether to drop a view of the shop's; it is forgotten by `dropping` = 0.
 */
bool tabs_answer(struct tabs *t, const struct desk *d, const char *text, struct outcome *out, GError **error);

/* Paints as many as fit, the one shown among them. `open`: cases of the whole inbox. */
void tabs_draw(const struct tabs *t, struct line *l, int columns, const char *query, gint64 open);
