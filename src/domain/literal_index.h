/* SPDX-License-Identifier: MIT */
/*
 * Where the literals of many patterns stand in a text, found in one walk over it: by their first bytes, which
 * a filter tells apart from nearly all others.
 */
#pragma once
#include <glib.h>

/* Which patterns, by number, each literal speaks for. */
struct literal_index;
struct literal_index *literal_index_create(void);
void literal_index_destroy(struct literal_index *x); /* accepts NULL */

/* Adds a pattern; returns its number, from 0. Takes the literals' texts. */
guint literal_index_add(struct literal_index *x, GPtrArray *literals);
guint literal_index_count(const struct literal_index *x);

/* Tells each place where a literal of a pattern stands, in the order of the text. */
typedef void literal_found(void *data, guint pattern, gsize at);
void literal_index_scan(const struct literal_index *x, const char *text, gsize length, literal_found *found,
			void *data);
