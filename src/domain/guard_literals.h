/* SPDX-License-Identifier: MIT */
/*
 * What a pattern can't do without. Most of the guard's patterns are lists of words: from each a set of
 * literals is taken of which one must stand in whatever it matches, so that it is tried only near those
 * (literal_index.h). Only for the guard_*.c files.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* How far from a literal what the pattern matches may reach: within its sentence, into those beside it, or
 * anywhere. */
enum guard_reach { REACH_SENTENCE, REACH_BESIDE, REACH_DRAFT };

/* Literals (owned char *) of which one stands in every text that the pattern (PCRE2, as guard_pattern.c
 * writes it) matches. NULL: nothing can be said. Owned by the caller. */
GPtrArray *guard_literals_of(const char *pattern, enum guard_reach *reach);

/* In a literal: the edge of a word, as \b means it. */
#define LITERAL_EDGE '\1'
