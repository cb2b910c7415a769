/* SPDX-License-Identifier: MIT */
/*
 * Spelling by whatever dictionaries Enchant finds on the machine. A build without Enchant, a language without
 * a dictionary and Chinese find nothing. Dictionaries are opened when first asked for.
 */
#pragma once
#include "domain/lang.h"

struct spell;

struct spell *spell_create(void);
void spell_destroy(struct spell *s); /* accepts NULL */

struct misspelt {
	gsize at, length; /* bytes of the text */
};

/*
 * Words of valid UTF-8 that the language's dictionary doesn't know: a GArray of struct misspelt. Passed over:
 * names (a capital first), words with digits, capitals only, quoted lines, addresses and open places. Owned
 * by the caller.
 */
GArray *spell_check(struct spell *s, enum lang lang, const char *text);

/* Better spellings, best first, at most nine: a GPtrArray of owned strings. */
GPtrArray *spell_suggest(struct spell *s, enum lang lang, const char *word);

/* True once for a language whose dictionary is missing and could be installed. */
bool spell_tell_missing(struct spell *s, enum lang lang);
