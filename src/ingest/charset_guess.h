/* SPDX-License-Identifier: MIT */
/* What bytes look like when nobody says, or what is said can't be true. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* "GB18030" or "BIG5-HKSCS" if at least `share` (0..1) of the bytes above 127 make common characters
 * of it, else NULL. Static. */
const char *charset_guess_chinese(const char *bytes, gsize length, double share);

/* "WINDOWS-1257" if letters of Lithuanian outweigh those of western Europe, else "WINDOWS-1252". Static. */
const char *charset_guess_latin(const char *bytes, gsize length);
