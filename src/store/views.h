/* SPDX-License-Identifier: MIT */
/* Saved searches: the shop's, which all see, and a person's own. Mine, Unassigned, Overdue, Today, Promises,
 * Waiting too long and VIP are there at first. */
#pragma once
#include "store/store.h"

struct view_row {
	gint64 id;
	char *name; /* as saved; the first ones have a translation: view_title() */
	char *query;
	bool shop; /* the shop's, not the person's own */
	int position;
	guint count; /* cases, if asked for; at most VIEW_COUNT_MOST */
	bool more;   /* there are more than `count`, or counting took too long */
};
#define VIEW_COUNT_MOST 1000
void view_row_destroy(struct view_row *v);

/* The name to show. Static or of the row. */
const char *view_title(const struct view_row *v);

/* The views that `me` sees: the shop's and their own, by position. A GPtrArray of owned struct view_row. */
GPtrArray *store_views(struct store *s, const char *me, GError **error);

/* Counts one view's cases into v->count and v->more: at most 10 ms each, so that tabs are counted one after
 * another while no key waits. q: now, day_end and me. */
bool store_view_count(struct store *s, struct view_row *v, const struct inbox_request *q, GError **error);

/* Saves a search under a name: anew, or in place of the one so called. `shop`: for all. STORE_ERROR_QUERY if
 * it can't be read, STORE_ERROR_REFUSED without a name. */
bool store_view_save(struct store *s, const char *me, const char *name, const char *query, bool shop,
		     GError **error);

/* Moves it to a position (others make room) or drops it: store_undo() brings it back. STORE_ERROR_NOT_FOUND
 * if `me` sees no such view. */
bool store_view_move(struct store *s, const char *me, gint64 id, int position, GError **error);
bool store_view_drop(struct store *s, const char *me, gint64 id, gint64 now, GError **error);

/* By name, whatever its letters' case; the person's own before the shop's. NULL without *error if there is
 * none. Owned by the caller. */
struct view_row *store_view_find(struct store *s, const char *me, const char *name, GError **error);
