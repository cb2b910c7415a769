/* SPDX-License-Identifier: MIT */
/*
 * A text of many lines that a person writes: UTF-8, the cursor by grapheme, wrapped softly by UAX #14, undone
 * and redone without end. A pure model: no curses. Offsets are bytes of the text. What is put in is made safe
 * first (text_safe), what can't be seen is left out, so that what stands on the screen is what is sent.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Bytes a text may have; what would exceed it isn't put in. */
#define TEXT_AREA_LIMIT (256 * 1024)

enum text_unit {
	UNIT_GRAPHEME,
	UNIT_WORD,      /* a run of letters and digits, or of Han */
	UNIT_ROW,       /* up and down; the wanted column is kept */
	UNIT_ROW_EDGE,  /* Home and End of the visual line */
	UNIT_LINE_EDGE, /* of the line as written */
	UNIT_TEXT_EDGE
};

struct text_area;

struct text_area *text_area_create(int columns);
void text_area_destroy(struct text_area *a); /* accepts NULL */

/* A new text; undo begins anew. The cursor goes to the grapheme at or after `cursor`. */
void text_area_set(struct text_area *a, const char *text, gsize cursor);
const char *text_area_text(const struct text_area *a); /* valid until the next change */
gsize text_area_length(const struct text_area *a);
/* Counts the changes, to see whether there was one. */
guint text_area_version(const struct text_area *a);

gsize text_area_cursor(const struct text_area *a);
void text_area_go(struct text_area *a, gsize at);
/* Moves by one unit; `step` 1 or -1. */
void text_area_move(struct text_area *a, enum text_unit unit, int step);

/* One typed character. Replaces the hole that the cursor is on. False if the text is full. */
bool text_area_type(struct text_area *a, gunichar c);
/* A paste, a template, a quotation: one step of undo. Replaces the hole that the cursor is on. False if the
 * text is full. */
bool text_area_insert(struct text_area *a, const char *text);
/* Replaces [from, to) in one step of undo; the cursor goes behind it. False if the text is full. */
bool text_area_replace(struct text_area *a, gsize from, gsize to, const char *text);
/* Deletes from the cursor to where the move would go; a hole goes as a whole. */
void text_area_delete(struct text_area *a, enum text_unit unit, int step);
/* The same, kept for text_area_yank(); kills in a row are kept together. At a line's end UNIT_LINE_EDGE takes
 * the line end. */
void text_area_kill(struct text_area *a, enum text_unit unit, int step);
bool text_area_yank(struct text_area *a);

/* False if there is nothing to take back or to do again. */
bool text_area_undo(struct text_area *a);
bool text_area_redo(struct text_area *a);
/* A number of the writer's that goes with the text, its language: given after a change, it comes with it, and
 * undo and redo bring back what it was. */
void text_area_tag(struct text_area *a, int tag);
int text_area_tag_of(const struct text_area *a);
/* What is typed after this is another step of undo. For a pause. */
void text_area_rest(struct text_area *a);

/* Goes to the next (1) or previous (-1) "{{placeholder}}", round at the ends. False if there is none. */
bool text_area_next_hole(struct text_area *a, int step);
/* The hole that typing would replace. */
bool text_area_on_hole(const struct text_area *a, gsize *from, gsize *to);

/* --- rows ------------------------------------------------------------------ */

void text_area_resize(struct text_area *a, int columns);
int text_area_rows(const struct text_area *a); /* at least one */
/* Where row `n` begins; it reaches to where the next begins. */
gsize text_area_row(const struct text_area *a, int n);
/* The bytes of row `n` that are shown: without line end and blanks that hang over the edge. */
gsize text_area_row_shown(const struct text_area *a, int n);
/* The row and column of an offset, and of the cursor. */
void text_area_place(const struct text_area *a, gsize at, int *row, int *column);
void text_area_cursor_place(const struct text_area *a, int *row, int *column);
/* Puts the cursor at the grapheme nearest to that place. */
void text_area_point(struct text_area *a, int row, int column);
