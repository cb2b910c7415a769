/* SPDX-License-Identifier: MIT */
/* PCRE2 for patterns of data files in domain: UTF, case as written, limits on matching. Const once made; several threads may use one. */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct regex;

/* NULL and *error (what is wrong, and where in the pattern) if it can't be compiled. */
struct regex *regex_create(const char *pattern, GError **error);
void regex_destroy(struct regex *r);

struct regex_hit {
	gsize at, end;             /* bytes of the text */
	const char *group;         /* the first named group that took part; NULL: none. Owned by the regex */
	gsize group_at, group_end; /* where it did */
};

/* The first place in `text` (valid UTF-8, `length` bytes) at or after `from`. A pattern that exceeds its limits counts as
 * not found. */
bool regex_find(const struct regex *r, const char *text, gsize length, gsize from, struct regex_hit *hit);
