/* SPDX-License-Identifier: MIT */
/* Below the inbox: what happened last in the selected case, and what bites next. */
#pragma once
#include "ui/pager.h"
#include "ui/view.h"

struct inbox_preview {
	const struct desk *desk;
	bool stale;    /* its case may have changed */
	bool has_keys; /* the keys move it */
	bool unfold;   /* quoted lines are shown */
	bool quotes;   /* there are any */
	gint64 shown;  /* the case, 0: none */
	struct case_file *file;
	char *heading; /* safe */
	char *biting;  /* which clock bites next and what is lost then (N2), or what keeps its answer; safe */
	bool unsent;   /* biting tells of an answer that hasn't left */
	char *wish;    /* what the buyer seems to want, a row of its own; NULL: nothing */
	int rows;      /* of all of it */
	struct pager pager;
};

void inbox_preview_init(struct inbox_preview *p, const struct desk *desk);
void inbox_preview_finish(struct inbox_preview *p);

/* Whether the screen has room for it. */
bool inbox_preview_fits(const struct desk *desk);

/* How many rows it has. */
void inbox_preview_resize(struct inbox_preview *p, int rows);

/* Lays its lines out anew; `to_newest`: from the newest message on. */
void inbox_preview_lay_out(struct inbox_preview *p, bool to_newest);

/* Reads the row's case; NULL, or a screen without room, empties it. */
bool inbox_preview_load(struct inbox_preview *p, const struct inbox_row *r, GError **error);

/* Moves it as the action says. False if that is no movement. */
bool inbox_preview_act(struct inbox_preview *p, enum action a);

void inbox_preview_draw(const struct inbox_preview *p, struct frame *f, int row);
