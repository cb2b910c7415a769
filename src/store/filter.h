/* SPDX-License-Identifier: MIT */
/*
 * A query of the query language as SQL over `cases c`. What names few cases (a rare word, a buyer, an order)
 * drives the search; a common word is tested while the inbox index is walked, so that a page never waits for
 * all its hits.
 */
#pragma once
#include "domain/query.h"
#include "store/sql.h"

/* The cases that store_keep_found() was given; of this connection alone. */
#define FILTER_FOUND "temp.found"

/* Which cases can fit, and so which index is walked. */
enum filter_scope { SCOPE_OPEN, SCOPE_CLOSED, SCOPE_ANY };

struct filter {
	struct query_node *query;
	GString *where;                  /* a condition on c */
	char *hits;                      /* a SELECT of case ids that drives it; NULL: walk the index */
	const struct query_node *driver; /* the leaf whose hits these are; tested by them */
	GArray *values;                  /* of struct sql_value: those of `hits`, then those of `where` */
	GPtrArray *texts;                /* what the values point at */
	const struct query_node
	    *alone;  /* the text that is all of the query; NULL: there is more to it, or else */
	char *words; /* FTS5's expression for it if it is the beginning of words, else NULL */
	const struct query_node *walked; /* asked for case by case; NULL: none */
	const char *me;                  /* login, for who:me; not owned; may be NULL */
	enum filter_scope scope;
	enum query_order order; /* the rows' */
	bool one;               /* only one case is asked for */
	bool nothing;           /* it is known already that nothing fits */
};
void filter_clear(struct filter *f);

/* Reads q->query. False and *error (STORE_ERROR_QUERY if it can't be read). */
bool filter_make(struct store *s, const struct inbox_request *q, struct filter *f, GError **error);

/* "FROM ... WHERE ..." for cases c, with hit.score if they come by relevance. Owned by the caller. */
char *filter_from(const struct filter *f);

/* Whether one case, open or closed, fits q->query. Brings waiting texts into the index first if the query
 * asks for words. */
bool filter_fits(struct store *s, const struct inbox_request *q, gint64 case_id, bool *fits, GError **error);
