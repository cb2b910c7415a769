/* SPDX-License-Identifier: MIT */
/*
 * The one door to PCRE2, for the patterns of data files: UTF, ^ and $ at line ends, limits on steps and
 * memory (a pattern that exceeds them counts as not found: it must not hold anything up). Const once made;
 * each thread has its own match data.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct regex;

/* `caseless`: case is ignored. NULL and *error (what is wrong, and where in the pattern) if it can't be
 * compiled. */
struct regex *regex_create(const char *pattern, bool caseless, GError **error);

/* The same, where \w, \d, \s and \b know ASCII only, which is faster by half: for texts in a plain form. */
struct regex *regex_create_ascii(const char *pattern, GError **error);
void regex_destroy(struct regex *r);

/* The names of its groups, in the order of the alphabet; NULL past the end. Owned by the regex. */
const char *regex_group(const struct regex *r, guint n);

struct regex_hit {
	gsize at, end;             /* bytes of the text */
	const char *group;         /* the first named group that took part; NULL: none. Owned by the regex */
	gsize group_at, group_end; /* where it did */
};

/* The first place in `text` (valid UTF-8, `length` bytes) at or after `from`. */
bool regex_find(const struct regex *r, const char *text, gsize length, gsize from, struct regex_hit *hit);

/* The same from the beginning; calls `group` for each named group that took part, with what it caught. */
bool regex_catch(const struct regex *r, const char *text, gsize length,
		 void (*group)(const char *name, const char *caught, gsize length, void *data), void *data);
