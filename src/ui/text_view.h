/* SPDX-License-Identifier: MIT */
/* What the two views share that only show lines: a title, a pager and the moves. */
#pragma once
#include "ui/pager.h"
#include "ui/view.h"

struct text_view {
	struct view view;
	struct pager pager;
	char *title; /* safe; NULL: none yet */
};

void text_view_init(struct text_view *v, const struct view_ops *ops, const struct desk *desk);
void text_view_finish(struct text_view *v);
void text_view_draw(const struct view *view, struct frame *f);
guint text_view_can(const struct view *view);
bool text_view_act(struct view *view, const struct request *r, struct outcome *out, GError **error);
/* Wraps one safe paragraph into `lines`; further lines are indented like it and two more. */
void text_view_add(GPtrArray *lines, int columns, enum style style, const char *safe);
/* A paragraph of a letter, wrapped as the buyer sees it: nothing is indented. */
void text_view_add_letter(GPtrArray *lines, int columns, enum style style, const char *safe);
