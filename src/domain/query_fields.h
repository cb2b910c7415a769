/* SPDX-License-Identifier: MIT */
/* The fields of the query language, one table. Only for the query_*.c files. */
#pragma once
#include "domain/query.h"

#define QUERY_ERROR g_quark_from_static_string("amends-query")

/* Sets *error and, where wanted, the byte at which the query goes wrong. */
void query_fail(GError **error, gsize *error_at, gsize at, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* "platform", without the colon. Static. */
const char *query_field_name(enum query_field field);

/* Finds a field by `length` bytes of its name, in any case. */
bool query_field_find(const char *name, gsize length, enum query_field *field);

/* The field that somebody who wrote `name` probably meant; false if it looks like plain text. */
bool query_field_meant(const char *name, gsize length, enum query_field *field);

/* "platform: lang: ..." for error texts. Owned. */
char *query_field_list(void);

/* The values that can be named beforehand, best first: a GPtrArray of static strings, owned by the caller. */
GPtrArray *query_field_values(enum query_field field);

/*
 * Checks the value of a FIELD node and fills its text and number. `node->text` holds the value as
 * typed, without the sign of comparison. False and *error if it is none.
 */
bool query_field_check(struct query_node *node, gsize *error_at, GError **error);
