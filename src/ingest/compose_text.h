/* SPDX-License-Identifier: MIT */
/* The parts of a mail that is written: header lines, encoded words, flowed text, quoted-printable. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Appends "Name: value", folded at blanks to 76 columns. The value is one line of ASCII: what the functions
 * below give. */
void compose_header(GString *out, const char *name, const char *value);

/* Text for an unstructured header: as it is if it is plain ASCII, else as encoded words (RFC 2047). Line ends
 * and control characters become blanks; cut to so many characters. Owned by the caller. */
char *compose_words(const char *text, int characters);

/* The same for the name before an address: quoted where it must be. "" for none. Owned by the caller. */
char *compose_phrase(const char *text, int characters);

/* Text as format=flowed: paragraphs broken softly at blanks, all line ends \n, one at the end. Chinese has no
 * blanks and stays in one line. Owned by the caller. */
char *compose_flowed(const char *text);

/* Appends text (\n ends) in quoted-printable. No line begins with "." or "From ", so that no program on the
 * way takes it for an end or changes it. */
void compose_quoted_printable(GString *out, const char *text);
