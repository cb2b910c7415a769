/* SPDX-License-Identifier: MIT */
/*
 * The query language of `/`, `amends list` and saved views.
 *
 *   refund "late parcel"        every word or phrase, in any of the languages
 *   platform:ebay  lang:lt  status:ours  kind:damaged  buyer:jonas  order:302-12
 *   due:<1d  due:>2h  due:overdue  due:today  value:>50  who:me  who:none
 *   a or b   -a   ( ... )       or, not, brackets; side by side means and
 *
 * The inbox shows open cases; a query that names status: or says is:closed / is:any sees others.
 * tag:NAME finds cases by the shop's own words (domain/tag.h).
 * is:pinned, is:snoozed, is:promised and is:vip find cases by their marks.
 * sort: chooses the order of all that is found, wherever it stands; the last one counts.
 */
#pragma once
#include "domain/query_order.h"

#include <glib.h>
#include <stdbool.h>

enum query_op { QUERY_AND, QUERY_OR, QUERY_NOT, QUERY_TEXT, QUERY_FIELD };
enum query_compare { COMPARE_IS, COMPARE_LESS, COMPARE_MORE };

enum query_field {
	FIELD_PLATFORM,
	FIELD_LANG,
	FIELD_STATUS,
	FIELD_KIND,
	FIELD_BUYER,
	FIELD_ORDER,
	FIELD_CASE,
	FIELD_DUE,
	FIELD_VALUE,
	FIELD_WHO,
	FIELD_IS,
	FIELD_TAG,
	FIELD_SORT, /* in no node: see query_node.order */
	N_FIELDS
};

struct query_node {
	enum query_op op;
	GPtrArray *parts;           /* AND, OR, NOT: of struct query_node, owned */
	enum query_field field;     /* FIELD */
	enum query_compare compare; /* FIELD */
	char
	    *text; /* TEXT: folded phrase, a last '*' for "or longer"; FIELD: the value as typed, validated */
	gint64 number;    /* DUE: ms from now, VALUE: minor units, CASE: our number or 0, enums: the row */
	gsize at, length; /* where it stands in the query text */
	enum query_order order; /* of the whole query: only on its top */
};

/*
 * Parses `text`. NULL and *error on a fault: the text says what is wrong and what would
 * do, *error_at (may be NULL) gets the byte where. An empty query gives an AND without parts.
 */
struct query_node *query_parse(const char *text, gsize *error_at, GError **error);
void query_destroy(struct query_node *q);
typedef struct query_node query_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(query_auto, query_destroy)

/* Whether a value of is: speaks of open and closed (else of a mark: is:pinned). */
bool query_is_state(const char *is);

/* True if the query says itself which statuses it wants (status:, is:open, is:closed, is:any). */
bool query_names_status(const struct query_node *q);

/* What could be typed next at byte `at`: whole field names ("platform:") or values of the field
 * there ("ebay"). A GPtrArray of owned strings, best first; empty if nothing fits. */
GPtrArray *query_complete(const char *text, gsize at, gsize *replace_from);

/* One row of the language's own help: an example and what it means. Both are msgids: show _(form),
 * _(meaning). */
struct query_help {
	const char *form, *meaning;
};
const struct query_help *query_help_nth(guint n); /* NULL past the end */
