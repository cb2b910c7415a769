/* SPDX-License-Identifier: MIT */
/* Lines longer than their place: scrolled and searched. */
#pragma once
#include "ui/paint.h"

struct pager {
	GPtrArray *lines; /* of struct line */
	int top, height;
	int hit; /* line of the present hit, -1: none */
};

void pager_init(struct pager *p);
void pager_finish(struct pager *p);

/* Takes `lines`; the place stays as far as they reach. */
void pager_set(struct pager *p, GPtrArray *lines);
void pager_resize(struct pager *p, int height);
/* Scrolls by `by` lines, as far as there are any. True if the place changed. */
bool pager_move(struct pager *p, int by);
void pager_to(struct pager *p, int top);
int pager_last_top(const struct pager *p);

/* The line at screen row `row` of the pager, NULL where there is none. */
const struct line *pager_line(const struct pager *p, int row);

/* Paints it into full rows of the frame from `row` on; the hit is marked. */
void pager_draw(const struct pager *p, struct frame *f, int row);
/* Appends row `row` to `l`, in `columns`; the hit is marked. */
void pager_draw_part(const struct pager *p, int row, struct line *l, int columns);

/*
 * Goes to the next line (step 1) or the one before (-1) that holds `text`, from the hit there is,
 * else from the top; goes round at the ends. Upper and lower case, marks and the two Chinese
 * scripts are the same to it, and a match may run over a line's end. False if there is none.
 */
bool pager_find(struct pager *p, const char *text, int step);
