/* SPDX-License-Identifier: MIT */
/* Stores for tests: mails made from a few facts, put in through the store's own face. */
#pragma once
#include "store/store.h"

/* The facts of one mail; what is left out gets a sensible value. */
struct mail_facts {
	const char *id;       /* Message-ID; NULL: made from the content */
	const char *platform; /* "mail" */
	enum trigger trigger; /* none: TRIGGER_BUYER_MESSAGE, unless automatic */
	enum kind kind;
	enum side side;
	const char *alias, *name, *order, *case_no, *item, *subject, *text, *lang,
	    *answers /* a Message-ID */;
	gint64 sent, arrives, stated_due, minor; /* arrives 0: as it is sent */
	const char *currency;
	bool archived;           /* so old when it came that it is history */
	bool automatic, nothing; /* nothing: TRIGGER_NONE without being automatic */
};

struct incoming *make_mail(const struct mail_facts *f);

/* Stores one mail; fails the test if that fails. */
struct ingested make_ingest(struct store *s, const struct mail_facts *f);

/* A new store in a folder of its own, opened for writing; make_store_remove() closes it and removes the
 * folder. */
struct store *make_store(void);
void make_store_remove(struct store *s);

/* Fills a store with a small shop whose cases are due around `now`: one each in en, nl, lt, it, zh-Hans and
 * zh-Hant on several platforms, some overdue, some due in minutes, most later. Case n is due in list order.
 */
void make_shop(struct store *s, gint64 now);
#define MAKE_SHOP_CASES 24

/* Fills a store with `cases` plain cases, due one minute apart from `now` on. */
void make_many(struct store *s, int cases, gint64 now);
