/* SPDX-License-Identifier: MIT */
/* The lines of a buyer's, an order's and a product's page, and what can be done on each. Made by page_*.c,
 * shown by view_page.c. */
#pragma once
#include "store/edit.h"
#include "ui/paint.h"
#include "ui/view.h"

enum page_item_kind {
	ITEM_FIELD, /* Enter edits it */
	ITEM_CASE,  /* Enter opens it; so the next three */
	ITEM_BUYER,
	ITEM_ORDER,
	ITEM_PRODUCT,
	ITEM_ADD_FOLLOW_UP,
	ITEM_MERGE
};

struct page_item {
	int line; /* its first line */
	enum page_item_kind kind;
	gint64 id;
	const struct record_field *field;
	char *value; /* of the field, as stored; owned */
};

struct page {
	char *title; /* safe */
	GPtrArray *lines;
	GArray *items; /* of struct page_item, from the top down */
	int columns;
	gint64 now;
	GTimeZone *zone;
	enum record record;
	gint64 id; /* of the record that is edited */
};

/* NULL and *error if there is no such record. Owned by the caller. */
struct page *page_buyer(const struct desk *desk, gint64 id, GError **error);
struct page *page_order(const struct desk *desk, gint64 id, GError **error);
struct page *page_product(const struct desk *desk, gint64 id, GError **error);
void page_destroy(struct page *p); /* accepts NULL */

/* --- for page_*.c ------------------------------------------------------------------------------- */

struct page *page_create(const struct desk *desk, enum record record, gint64 id, const char *title);
void page_heading(struct page *p, const char *title);
/* A paragraph; `text` needn't be safe. */
void page_text(struct page *p, const char *text);
/* "label: text"; nothing where there is no text. */
void page_fact(struct page *p, const char *label, const char *text);
/* A line on which Enter does something. */
void page_item(struct page *p, enum page_item_kind kind, gint64 id, const char *text);
/* A field of the page's record; `value` as stored, may be NULL. */
void page_field(struct page *p, const char *field, const char *value);
void page_time_field(struct page *p, const char *field, gint64 at);
void page_money_field(struct page *p, const char *field, const struct money *m);
/* Cases, a line each (GPtrArray of struct inbox_row). */
void page_cases(struct page *p, GPtrArray *cases);
/* "12.00 EUR, 5.00 GBP" of a GArray of struct money; owned. */
char *page_sums(const GArray *sums);
