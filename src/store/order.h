/* SPDX-License-Identifier: MIT */
/* An order's page: dates promised and kept, tracking, what was paid, its cases. */
#pragma once
#include "store/edit.h"

/* A payment that arrived (Y4): a person's record of it, or the platform's or bank's mail. */
struct payment {
	gint64 at, case_id; /* case_id 0: kept with the order */
	char *text;         /* bank, reference, when; of a mail its subject */
	struct money amount;
};
void payment_destroy(struct payment *p);

struct order_page {
	struct order order;
	char *platform, *carrier, *tracking, *buyer;
	gint64 buyer_id, product; /* 0: not known */
	gint64 promised, dispatched, delivered;
	GPtrArray *payments; /* of struct payment, oldest first */
	GPtrArray *cases;    /* of struct inbox_row, newest first */
};
void order_page_destroy(struct order_page *p);
typedef struct order_page order_page_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(order_page_auto, order_page_destroy)

/* STORE_ERROR_NOT_FOUND if there is none. */
struct order_page *store_order_page(struct store *s, gint64 id, GError **error);
