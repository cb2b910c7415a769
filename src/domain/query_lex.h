/* SPDX-License-Identifier: MIT */
/* Cuts a query into tokens. Only for the query_*.c files. */
#pragma once
#include "domain/query.h"

enum query_token_kind {
	TOKEN_END,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_WORD,   /* text */
	TOKEN_PHRASE, /* text, was in quotes */
	TOKEN_FIELD   /* field, compare, text */
};

struct query_token {
	enum query_token_kind kind;
	enum query_field field;
	enum query_compare compare;
	bool or_equal; /* <= or >= */
	char *text;    /* owned; NULL where the kind has none */
	gsize at, length;
};

void query_token_clear(struct query_token *token);

/* Reads the token at or after byte `*at` of `text` and moves `*at` behind it. False and *error on an unclosed
 * quote or a field that doesn't exist. */
bool query_lex(const char *text, gsize *at, struct query_token *token, gsize *error_at, GError **error);
