/* SPDX-License-Identifier: MIT */
/* HTML to readable text (libxml2, event by event: no tree, no recursion). */
#pragma once
#include <glib.h>
#include <stdbool.h>

/*
 * Text of a page in valid UTF-8 without NULs: one line a paragraph, "text <url>" for links, "- " and "1. "
 * for lists, a table row a line with its cells two spaces apart, "> " for quoted blocks. What the sender
 * hid is left out. Never NULL, owned by the caller. *cut is set when the page was too large
 * (HTML_MAX bytes) or too deep (HTML_DEPTH elements) to be read to its end, else left alone.
 */
char *html_to_text(const char *html, gsize length, bool *cut);

enum { HTML_MAX = 2 * 1024 * 1024, HTML_DEPTH = 1000 };

/* The charset that the page itself names in its first 2 KiB, NULL if none. `html` is bytes in any
 * charset that keeps ASCII. Owned by the caller. */
char *html_charset(const char *html, gsize length);
