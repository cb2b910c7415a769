/* SPDX-License-Identifier: MIT */
/*
 * The list of the inbox: a window of rows round the cursor, fetched by key, so that any
 * place of any list costs the same. The cursor is a case, not a row number: it stays on
 * its case whatever changes round it.
 */
#pragma once
#include "ui/columns.h"
#include "ui/marks.h"
#include "ui/view.h"

struct inbox_list;

/* `marks` outlives the list. */
struct inbox_list *inbox_list_create(const struct desk *desk, const char *query, const struct marks *marks);
void inbox_list_destroy(struct inbox_list *l);

/* Gives it `height` rows and `width` columns; what is missing is fetched by the next load. */
void inbox_list_resize(struct inbox_list *l, int height, int width);

/* Fetches what stands at the cursor anew: the first time from the start of the list. */
bool inbox_list_load(struct inbox_list *l, GError **error);

/* Another query; the cursor goes to its first row. On an error the old query stays. */
bool inbox_list_query(struct inbox_list *l, const char *query, GError **error);
const char *inbox_list_query_text(const struct inbox_list *l); /* "" for the whole inbox */

/* Which may be another than the query asks for. */
enum query_order inbox_list_order(const struct inbox_list *l);

/* Moves the cursor by so many rows, fetching as needed; it stops at the ends. */
bool inbox_list_move(struct inbox_list *l, int by, GError **error);
bool inbox_list_to_end(struct inbox_list *l, bool last, GError **error);
/* Puts the cursor on a case of the list; where it isn't in the list, near its place. */
bool inbox_list_go(struct inbox_list *l, gint64 id, GError **error);
/* The case before (-1) or behind (1) `id` in the list; *found 0: none. A case that left the list is reckoned
 * from where the cursor has it. */
bool inbox_list_neighbour(struct inbox_list *l, gint64 id, int step, gint64 *found, GError **error);
/* Moves the view by rows, the cursor only as far as it must (the mouse wheel). */
bool inbox_list_scroll(struct inbox_list *l, int by, GError **error);
/* Puts the cursor on screen row `row`. False if there is none. */
bool inbox_list_point(struct inbox_list *l, int row);

/*
 * A search that doesn't answer at once goes on beside (store/finding.h); until it is over the list stays as
 * it is, an empty one after inbox_list_query(). A descriptor that becomes readable then, 0: none runs.
 */
int inbox_list_watch(const struct inbox_list *l);
/* Takes in what such a search has found, if it is over. */
bool inbox_list_take_found(struct inbox_list *l, GError **error);
/* Whether what the list shows was found so: requests for all of it are to look among that. */
bool inbox_list_found(const struct inbox_list *l);

/* The row under the cursor; NULL in an empty list. */
const struct inbox_row *inbox_list_selected(const struct inbox_list *l);
bool inbox_list_at_end(const struct inbox_list *l, bool last);

/* Lays out the visible rows for `now` where they read differently; returns when that will be next (UTC ms).
 */
gint64 inbox_list_prepare(struct inbox_list *l, gint64 now);
/* Whether a visible row fell due after `since`, up to `now`. */
bool inbox_list_fell_due(const struct inbox_list *l, gint64 since, gint64 now);
/* Paints the rows into the frame from `row` on. Call inbox_list_prepare() before. */
void inbox_list_draw(const struct inbox_list *l, struct frame *f, int row);

const struct columns *inbox_list_columns(const struct inbox_list *l);
const struct inbox_counts *inbox_list_counts(const struct inbox_list *l);
const char *inbox_list_shop(const struct inbox_list *l); /* NULL before one is set */
