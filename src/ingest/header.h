/* SPDX-License-Identifier: MIT */
/* Header values: unfolded, RFC 2047 words decoded however wrongly they are written, addresses and ids found.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

enum { HEADER_MAX = 64 * 1024 }; /* bytes of a value that are looked at */

/* The value on one line in valid UTF-8, ends stripped. `usual` as for charset_decode(). *guessed is set true
 * if a charset had to be guessed and wasn't UTF-8, else left alone. Owned by the caller. */
char *header_decode(const char *raw, const char *const *usual, bool *guessed);

struct address {
	char *name;    /* decoded, "" if none */
	char *address; /* lower case, "" if none */
};

/* The first mailbox of a raw From, To or Reply-To value (NULL: none). Fills both; owned by the caller. */
void header_address(const char *raw, const char *const *usual, struct address *a, bool *guessed);

/* Adds the message ids of a raw value to `ids` (of owned char*), without <>, each once, at most
 * `max` in all; `backwards` from the last to the first. */
void header_ids(const char *raw, bool backwards, guint max, GPtrArray *ids);

/* UTC ms of a date as mail writes it (RFC 5322, asctime and what comes near them); 0 if it can't be read
 * or lies outside 1980-2100. `text` may be NULL. */
gint64 header_date(const char *text);
