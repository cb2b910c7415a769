/* SPDX-License-Identifier: MIT */
/* What the text_area*.c files share. */
#pragma once
#include "ui/text_area.h"

enum edit_kind { EDIT_WHOLE, EDIT_TYPED, EDIT_ERASED };

/* One step: `removed` stood at `at`, `inserted` stands there now. */
struct edit {
	enum edit_kind kind;
	gsize at;
	GString *removed, *inserted;
	gsize before, after; /* the cursor */
	int tag_before, tag_after;
};

struct text_area {
	GString *text;
	GArray *rows; /* of gsize, where each begins; no gap */
	int columns;
	gsize cursor;
	bool upstream; /* the cursor stands at a soft row's end, not at the next one's beginning */
	int wanted;    /* column that up and down keep, -1: the cursor's */
	bool at_hole;  /* came here by text_area_next_hole() */
	guint version;
	int tag;
	GPtrArray *edits; /* of struct edit */
	guint done;       /* how many of them stand; the rest can be done again */
	bool joins;       /* the next typed character may join the last edit */
	GString *killed;
	bool killing; /* the last act was a kill */
};

/* Changes the text and wraps what it touches; nothing is noted, the cursor stays. */
void text_area_change(struct text_area *a, gsize from, gsize to, const char *text, gsize length);
/* Notes the change as a step of undo, and makes it; the cursor goes behind it. */
void text_area_edit(struct text_area *a, enum edit_kind kind, gsize from, gsize to, const char *text,
		    gsize length);
void text_area_forget(struct text_area *a);
void text_area_edit_destroy(gpointer edit);

/* Wraps anew what lies between `from` and `to_old` (before the change: `to_old`, after it: `to_new`). */
void text_area_wrap(struct text_area *a, gsize from, gsize to_old, gsize to_new);
/* The row in which `at` lies. */
int text_area_row_of(const struct text_area *a, gsize at);
/* The grapheme boundary behind, before, and at or behind `at`. */
gsize text_area_after(const struct text_area *a, gsize at);
gsize text_area_before(const struct text_area *a, gsize at);
gsize text_area_snap(const struct text_area *a, gsize at);

/* Where the move leads; *upstream as in the struct. Not for UNIT_ROW. */
gsize text_area_target(const struct text_area *a, enum text_unit unit, int step, bool *upstream);
/* A move or another act: ends runs of typing and killing. */
void text_area_leave(struct text_area *a);
