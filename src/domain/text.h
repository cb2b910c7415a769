/* SPDX-License-Identifier: MIT */
/*
 * Text from outside, made harmless, measured, cut and wrapped; and folded for search.
 * Everything a buyer, a platform or a file supplied passes text_safe() before it reaches
 * a screen, a terminal title, an error text or a log (style 20).
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

enum text_lines {
	TEXT_ONE_LINE, /* line ends and tabs become one space each */
	TEXT_LINES     /* \n stays (\r\n and lone \r become it), tabs become spaces to the next 8th column */
};

/*
 * Valid UTF-8 in which nothing acts on the reader's terminal or deceives the eye:
 * control characters, escape sequences, bidi controls, zero-width, tag and
 * private characters and invalid bytes are shown as ‹U+202E›-like marks; a run of the same
 * invisible padding is shown once with its count; variation selectors, soft hyphens and what
 * joins or tints pictures, which carry nothing here, go. A letter keeps four combining marks, more are
 * counted. Safe text stays as it is. Never NULL; owned by the caller. `length` -1: NUL-ended.
 */
char *text_safe(const char *bytes, gssize length, enum text_lines lines);

/* Columns `s` (safe text) takes, by libc wcwidth; by Unicode's tables where the locale has none. */
int text_width(const char *s);

/* How many bytes of `s` fit into `columns` without splitting a grapheme; *used (may be NULL)
 * gets the columns they take. */
gsize text_fit(const char *s, int columns, int *used);

enum text_align { TEXT_LEFT, TEXT_RIGHT };

/* Appends `s` cut to `columns` (with … when cut) and padded to exactly `columns`. */
void text_column(GString *out, const char *s, int columns, enum text_align align);

/*
 * Wraps safe text by UAX #14 to `columns`. Calls `line` for each line with its bytes
 * (not NUL-ended, without the line end and trailing spaces). A word longer than the
 * line is cut by grapheme. At least one line for an empty text.
 */
void text_wrap(const char *s, int columns, void (*line)(const char *bytes, gsize length, void *data),
	       void *data);

/*
 * Folds for search: NFKC, case folded, traditional Chinese to simplified character by
 * character, a space round each Han character; marks stay (the index drops them).
 * The index and the query go through the same. Owned by the caller.
 */
char *text_fold(const char *s);

/* The same without the marks on letters, as the index has it. Owned by the caller. */
char *text_fold_bare(const char *s);

/* 'zh-Hans' or 'zh-Hant' characters in a text: how many are in only one script. */
struct han_count {
	int han, hans_only, hant_only, letters;
};
struct han_count text_count_han(const char *s);

/* The simplified form of a traditional Chinese character; any other character as it is. */
gunichar text_simplified(gunichar c);

/* A file name that is safe to write and to show: no slash, no leading dot, no control
 * characters, no reserved name, at most 120 bytes; "attachment" if nothing is left. Owned. */
char *text_file_name(const char *name);
