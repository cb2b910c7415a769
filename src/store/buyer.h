/* SPDX-License-Identifier: MIT */
/*
 * A buyer's page (Y7): all that is known of one person. Two records of one person are merged by leading one
 * to the other: nothing moves, so it can be taken back (store/edit.h), and mail to either alias goes on
 * finding its own.
 */
#pragma once
#include "store/act.h"
#include "store/edit.h"

struct order_row {
	gint64 id;
	char *number, *item;
	struct money value;
	gint64 ordered; /* 0: not known */
};
void order_row_destroy(struct order_row *r);

/* When a buyer is to be written to or called (Y8): an open case. */
struct follow_up {
	gint64 case_id, due;
	char *login, *text;
};
void follow_up_destroy(struct follow_up *f);

struct buyer_page {
	struct buyer buyer; /* of the record that the others lead to */
	char *platform, *contacts;
	GPtrArray *aliases; /* of owned char *: "eBay: handle", of all records of the person */
	guint records;
	GPtrArray *cases;  /* of struct inbox_row, newest first, at most BUYER_ROWS */
	GPtrArray *orders; /* of struct order_row, newest first, at most BUYER_ROWS */
	gint64 n_cases, n_open, n_messages, n_orders;
	GArray *costs, *spent; /* of struct money, one for each currency: what the cases cost, what the orders
				  were worth */
	GPtrArray *follow_ups; /* of struct follow_up, the next first */
};
#define BUYER_ROWS 200
void buyer_page_destroy(struct buyer_page *p);
typedef struct buyer_page buyer_page_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(buyer_page_auto, buyer_page_destroy)

/* The page of the person behind any of their records. STORE_ERROR_NOT_FOUND if there is none. */
struct buyer_page *store_buyer_page(struct store *s, gint64 id, GError **error);

/* Leads record `other` to `id` (or to what that leads to); store_edit_undo() of either takes it back. Refused
 * if they are one already. */
bool store_buyer_merge(struct store *s, const char *me, gint64 id, gint64 other, gint64 now, GError **error);

/* The newest other record of that name (as folded for the search) or alias; 0 if there is none. */
bool store_buyer_find(struct store *s, gint64 id, const char *name, gint64 *other, GError **error);

/*
 * Plans a follow-up for the person behind a record: a case of its own, r->case_id, whose clock is due then.
 * It is an act: store_undo() takes it back. Refused if that would be too soon after another one or too often
 * by shop.ini (Y8); then r->allowed says from when on it may be.
 */
bool store_follow_up(struct store *s, const char *me, gint64 buyer, gint64 due, const char *text, gint64 now,
		     struct acted *r, GError **error);
