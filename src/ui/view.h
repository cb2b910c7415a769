/* SPDX-License-Identifier: MIT */
/*
 * A view: what fills the screen. load() changes its state, draw() only paints it, act()
 * is told an action and never a key. app.c keeps a stack of views.
 */
#pragma once
#include "store/store.h"
#include "ui/actions.h"
#include "ui/paint.h"

/* What every view may use; owned by app.c. */
struct desk {
	struct store *store;
	const char *me;      /* login */
	gint64 (*now)(void); /* UTC ms */
	GTimeZone *zone;
	int rows, cols; /* of the screen; a view draws all rows but the last, the footer */
};

enum load_reason {
	LOAD_STORE, /* the first time, and when the store changed */
	LOAD_SIZE,  /* the screen's size changed, or the view comes back to the top */
	LOAD_TIME,  /* view->wake has come */
	LOAD_IDLE   /* view->pending was set, and no key waits */
};

struct request {
	enum action action;
	int row, col;     /* ACTION_POINT: where */
	int wheel;        /* ACTION_POINT: lines, negative up; 0: a click */
	const char *text; /* ACTION_SEARCH: what for; "" ends the search */
};

/* What app.c is to do after an action. */
struct outcome {
	bool leave;        /* close this view */
	struct view *open; /* put this one on top; owned by app.c then */
	char *say;         /* shown in the footer until the next key; owned */
};

struct view {
	const struct view_ops *ops;
	const struct desk *desk;
	gint64 wake;  /* UTC ms at which the picture changes by itself; G_MAXINT64: never */
	bool pending; /* wants LOAD_IDLE */
};

struct view_ops {
	enum place place;
	bool (*load)(struct view *v, enum load_reason why, GError **error);
	void (*draw)(const struct view *v, struct frame *f);
	guint (*can)(const struct view *v); /* bits of enum need that are met */
	bool (*act)(struct view *v, const struct request *r, struct outcome *out, GError **error);
	void (*destroy)(struct view *v);
};

struct view *view_inbox_create(const struct desk *desk, const char *query);
struct view *view_case_create(const struct desk *desk, gint64 id);
struct view *view_why_create(const struct desk *desk, gint64 id);
/* `about` is the view from which help was asked: only what works there is listed. */
struct view *view_help_create(const struct desk *desk, const struct view *about);
