/* SPDX-License-Identifier: MIT */
/* A product's page (I25): what is known of the article, and what goes wrong with it and costs. */
#pragma once
#include "store/edit.h"

/* Cases of one kind with the article. */
struct trouble {
	enum kind kind;
	gint64 cases;
	struct money
	    cost; /* of those in this currency; a kind whose cases cost in two currencies has two rows */
};

struct product_page {
	gint64 id;
	char *sku, *name, *strengths, *faults, *notes;
	GArray *troubles; /* of struct trouble, the most cases first, over the newest PRODUCT_ORDERS orders */
	gint64 n_orders;  /* counted up to PRODUCT_ORDERS */
	GPtrArray *cases; /* of struct inbox_row: the newest */
};
#define PRODUCT_ORDERS 5000
void product_page_destroy(struct product_page *p);
typedef struct product_page product_page_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(product_page_auto, product_page_destroy)

/* STORE_ERROR_NOT_FOUND if there is none. */
struct product_page *store_product_page(struct store *s, gint64 id, GError **error);
