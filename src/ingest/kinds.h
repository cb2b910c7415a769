/* SPDX-License-Identifier: MIT */
/* The kind of a complaint by the words of its text, in all languages at once (data/platforms/kinds.ini). */
#pragma once
#include "domain/vocab.h"

#include <glib.h>

struct kind_words;

/*
 * Reads kinds.ini: a group for each kind, a key for each language, phrases separated by ";". "*" at the end
 * of a phrase: any ending; "..." in it: other words of the same sentence. NULL and *error ("FILE:LINE: ...").
 */
struct kind_words *kind_words_parse(const char *file, const char *text, gsize length, GError **error);
void kind_words_destroy(struct kind_words *k);
typedef struct kind_words kind_words_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kind_words_auto, kind_words_destroy)

/*
 * The kind whose phrases weigh most: `reason` (the platform's words), then subject, then text, each may be
 * NULL. Quoted lines don't count. KIND_OTHER if no phrase is found. On a tie the kind that comes first in the
 * file.
 */
enum kind kind_of_words(const struct kind_words *k, const char *reason, const char *subject,
			const char *text);
