/* SPDX-License-Identifier: MIT */
/* A line of input: UTF-8, the cursor moves by grapheme, with history and completion. */
#pragma once
#include "ui/paint.h"

/* What could stand at byte `at` of `text`: owned strings, best first; *from: the byte that they replace from.
 */
typedef GPtrArray *line_complete_fn(const char *text, gsize at, gsize *from, void *data);

struct line_edit {
	GString *text;
	gsize cursor;       /* byte */
	GPtrArray *history; /* of char*, oldest first; borrowed */
	guint past;         /* which of the history is shown; history->len: none */
	line_complete_fn *complete;
	void *data;         /* for complete */
	GPtrArray *choices; /* NULL unless completing */
	guint choice;
	gsize from; /* where the choice begins */
};

/* `history` may be NULL and must outlive the edit. */
void line_edit_init(struct line_edit *e, const char *text, GPtrArray *history, line_complete_fn *complete,
		    void *data);
void line_edit_finish(struct line_edit *e);

enum edit_result { EDIT_GOES_ON, EDIT_DONE, EDIT_GIVEN_UP };
enum edit_result line_edit_key(struct line_edit *e, int key);

/* Inserts text from outside, made safe and put on one line. */
void line_edit_insert(struct line_edit *e, const char *text);

/* Paints the text into the rest of `l` up to `columns`, scrolled so that the cursor is seen; *column: where
 * it stands. */
void line_edit_draw(const struct line_edit *e, struct line *l, int columns, int *column);

/* Adds a text to a history, once, at its end. */
void line_history_add(GPtrArray *history, const char *text);
