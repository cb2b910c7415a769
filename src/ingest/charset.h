/* SPDX-License-Identifier: MIT */
/* Bytes in some charset to UTF-8, wrong and missing labels guessed (I/O charsets of design.md). */
#pragma once
#include <glib.h>
#include <stdbool.h>

/*
 * Valid UTF-8 without NUL bytes, owned by the caller; never NULL. `label` is what the mail says, NULL if
 * it says nothing. A missing or wrong label is guessed: UTF-8, then each of `usual` (NULL-ended, may be
 * NULL), then GB18030, Big5, Windows-1257 or Windows-1252 by which decodes cleanly and looks right.
 * *guessed (may be NULL) is set to the charset taken instead of the label, else left alone; it is static
 * or one of `usual`. What no charset explains becomes U+FFFD.
 */
char *charset_decode(const char *bytes, gsize length, const char *label, const char *const *usual,
		     const char **guessed);

/* The charsets usual in mail from this sender's part of the world, NULL-ended; NULL if nothing is known.
 * Static. A platform's own charsets are in its file: platforms_charsets(). */
const char *const *charset_usual_of(const char *address);
