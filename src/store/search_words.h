/* SPDX-License-Identifier: MIT */
#pragma once
#include "store/sql.h"

/*
 * The words of the search index that begin with a folded word, as an FTS5 expression: "refund" OR "refunds".
 * *words NULL if there are more than a few of them, or if `begun` isn't one word of ASCII letters and digits.
 * Owned by the caller.
 */
bool words_that_begin(struct store *s, const char *begun, char **words, GError **error);
