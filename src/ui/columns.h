/* SPDX-License-Identifier: MIT */
/* The columns of the inbox: which are shown at which width, and what stands in them. */
#pragma once
#include "store/records.h"
#include "ui/paint.h"

enum { N_COLUMNS = 10 };

struct columns {
	int width[N_COLUMNS]; /* 0: not shown */
	int total;
};

/* Chooses columns for a list `total` wide; `latest`: also when something last happened. */
void columns_fit(struct columns *c, int total, bool latest);

void columns_titles(const struct columns *c, struct line *l);

/* Paints a row. Its first column is blank: the cursor's mark goes there; the second has one mark: z snoozed,
 * ^ pinned, ! overdue. */
void columns_row(const struct columns *c, const struct inbox_row *r, gint64 now, GTimeZone *zone,
		 struct line *l);
