/* SPDX-License-Identifier: MIT */
/*
 * Styled lines and the frame that holds a screen of them. Views paint into a frame;
 * screen.h compares it with what is shown and sends what differs. Nothing here knows curses.
 * All text must be safe already (text_safe) unless a function says that it makes it so.
 */
#pragma once
#include "domain/text.h"

enum style {
	STYLE_PLAIN,
	STYLE_HEADER,
	STYLE_FOOTER,
	STYLE_TITLE, /* of columns and panes */
	STYLE_FOCUS, /* the title of the pane that has the keys */
	STYLE_SELECTED,
	STYLE_OVERDUE,
	STYLE_TODAY,
	STYLE_BUYER,
	STYLE_US,
	STYLE_PLATFORM,
	STYLE_DESK,
	STYLE_QUOTE,
	STYLE_HIT,
	STYLE_ERROR,
	STYLE_WRONG, /* a misspelt word */
	N_STYLES
};

struct run {
	gsize end; /* byte after the run */
	enum style style;
};

struct line {
	GString *text;
	GArray *runs;  /* of struct run, to the end of the text */
	int columns;   /* how many the text takes */
	gint64 target; /* case that Enter opens on this line, 0 for none */
};

struct line *line_create(void);
void line_destroy(struct line *l); /* accepts NULL */
void line_clear(struct line *l);
bool line_equal(const struct line *a, const struct line *b);

/* Appends safe text as it is. */
void line_add(struct line *l, enum style style, const char *safe);
/* Appends text from outside, made safe, on one line. */
void line_add_foreign(struct line *l, enum style style, const char *text);
/* Appends text cut and padded to exactly `columns`. */
void line_column(struct line *l, enum style style, const char *safe, int columns, enum text_align align);
/* Pads with spaces until the line takes `columns`; does nothing if it is longer. */
void line_fill(struct line *l, enum style style, int columns);
/* Appends a copy of `src` cut and padded to exactly `columns`. */
void line_part(struct line *l, const struct line *src, int columns);
/* Gives the whole line one style. */
void line_restyle(struct line *l, enum style style);
/* Cuts the line to `columns`. */
void line_cut(struct line *l, int columns);

/* A GPtrArray of owned struct line. */
GPtrArray *lines_new(void);
/* Appends an empty line and returns it. */
struct line *lines_add(GPtrArray *lines);

struct frame {
	int rows, cols;
	GPtrArray *lines;           /* `rows` of struct line */
	int cursor_row, cursor_col; /* where the terminal's cursor stands; -1: hidden */
};
struct frame *frame_create(void);
void frame_destroy(struct frame *f);
/* Empties the frame and gives it this size. */
void frame_begin(struct frame *f, int rows, int cols);
/* Line `row`; NULL outside the frame. */
struct line *frame_line(struct frame *f, int row);
