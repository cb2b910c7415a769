/* SPDX-License-Identifier: MIT */
/* Whom and what a mail is about: platform, buyer and order, found or entered. Called inside a write. */
#pragma once
#include "store/sql.h"

struct parties {
	gint64 platform, buyer, order; /* row ids; 0 where the mail names none */
};

/* Enters what is new and fills in what was unknown (a buyer's name, an order's item or amount). */
bool parties_enter(struct store *s, const struct incoming *m, struct parties *p, GError **error);

/* Gives a buyer another name (NULL: none), also for the search. index_prepare() comes before the write. */
bool parties_rename_buyer(struct store *s, gint64 id, const char *name, GError **error);
