/* SPDX-License-Identifier: MIT */
/* The little language of template bodies: {{name}}, {{#name}}...{{/name}}, {{^name}}...{{/name}},
 * {{>partial}}, and "{{{{" for two braces. Private to template*.c. */
#pragma once
#include "domain/template.h"

enum piece_type {
	PIECE_TEXT,
	PIECE_VALUE,
	PIECE_PARTIAL,
	PIECE_IF,
	PIECE_UNLESS,
	PIECE_END,
	PIECE_STOP,
	PIECE_FAULT
};

/* One piece of a body; `text` isn't NUL-ended. For all but PIECE_TEXT it is the name between the braces. */
struct piece {
	enum piece_type type;
	const char *text;
	gsize length;
	const char *whole; /* with the braces */
	gsize whole_length;
};

/* Reads the piece at *at and moves *at behind it. A section that stands alone on its line takes the line end
 * with it. PIECE_STOP at the end, PIECE_FAULT at "{{" without "}}". */
struct piece piece_next(const char **at);

/* Whether `name` is one of the known placeholders ("date:2b" counts as "date:"). */
bool piece_is_known(const char *name, gsize length);

/* Reads "date:24h": unit 'h', 'd' or 'b' and the amount. False if it isn't one. */
bool piece_is_time(const char *name, gsize length, char *unit, int *amount, bool *with_time);
