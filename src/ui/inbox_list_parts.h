/* SPDX-License-Identifier: MIT */
/* The list of the inbox from within: its rows are fetched in inbox_list.c, painted in inbox_list_draw.c. */
#pragma once
#include "ui/inbox_list.h"
#include "ui/inbox_source.h"

struct item {
	struct inbox_row *row;
	struct line *line; /* laid out, NULL until it is seen */
	gint64 until;      /* when it reads differently */
};

struct inbox_list {
	struct inbox_source source;
	const struct marks *marks;
	GPtrArray *items; /* of struct item: a stretch of the list without gaps */
	bool more_before, more_after;
	int top, at;          /* indexes of the first row seen and of the cursor */
	struct inbox_key key; /* of the cursor: where to go on when its case is gone */
	int height, width;
	enum query_order order;
	struct columns columns;
	struct inbox_counts counts;
	char *shop;
};

static inline struct item *item_of(const struct inbox_list *l, int i)
{
	return l->items->pdata[i];
}

static inline int count(const struct inbox_list *l)
{
	return (int)l->items->len;
}
