/* SPDX-License-Identifier: MIT */
/*
 * A view: what fills the screen. load() changes its state, draw() only paints it, act()
 * is told an action and never a key. app.c keeps a stack of views.
 */
#pragma once
#include "store/answer.h"
#include "store/edit.h"
#include "ui/actions.h"
#include "ui/library.h"
#include "ui/paint.h"

/* What every view may use; owned by app.c. */
struct desk {
	struct store *store;
	const char *me;      /* login */
	gint64 (*now)(void); /* UTC ms */
	GTimeZone *zone;
	int rows, cols; /* of the screen; a view draws all rows but the last, the footer */
	guint can;      /* bits of enum need that are met in every view */
	struct library *library;
};

enum load_reason {
	LOAD_STORE, /* the first time, and when the store changed */
	LOAD_SIZE,  /* the screen's size changed, or the view comes back to the top */
	LOAD_TIME,  /* view->wake has come */
	LOAD_WATCH, /* view->watch became readable */
	LOAD_IDLE   /* view->pending was set, and no key waits */
};

struct request {
	enum action action;
	int row, col;     /* ACTION_POINT: where */
	int wheel;        /* ACTION_POINT: lines, negative up; 0: a click */
	int key;          /* the key it came by; 0: none */
	gint64 case_id;   /* ACTION_NEXT_CASE, ACTION_PREVIOUS_CASE: from which */
	const char *text; /* ACTION_SEARCH: what for; "" ends the search. ACTION_ANSWERED, ACTION_INSERT...:
			     the text */
};

/* An answer that waits in the outbox. */
struct sent {
	gint64 outbox, case_id; /* outbox 0: none */
	gint64 until;           /* UTC ms: from then on it leaves */
	bool by_hand;
};

/* To what an act done now would go. Nothing is owned. */
struct subject {
	gint64 case_id;      /* the selected one; 0: none */
	const GArray *marks; /* of gint64: the marked cases; NULL or empty: none */
	bool all;            /* all that `query` finds are marked */
	bool found;          /* what it finds is kept (inbox_request.found) */
	const char *query;
	bool pinned;
	const char *currency; /* of bare amounts; "" or NULL: unknown */
	gint64 message;       /* that ACT_MOVE moves; 0: none */
};

/* What app.c is to do after an action. */
struct outcome {
	bool leave;        /* close this view */
	struct view *open; /* put this one on top; owned by app.c then */
	char *say;         /* shown in the footer until the next key; owned */
	bool leave_all;    /* close every view but the first */
	enum action then;  /* what the view that is on top after leaving is told, with then_text; an act is
			      done to its  subject, then_text is all of it as typed or NULL */
	char *then_text;   /* owned */
	char *ask;         /* a question; the answer comes as ACTION_ANSWERED; owned */
	bool ask_file;     /* it is a file's path: Tab completes it */
	char *ask_begin;   /* what stands in the answer's line at first; owned */
	char *ask_fault;   /* above it: why it is asked again; owned */
	char *clipboard;   /* put this on the person's clipboard; owned */
	bool outside;      /* run ops->outside with the terminal put away */
	struct sent sent;  /* an answer was sent: it can be taken back for a while */
};

struct view {
	const struct view_ops *ops;
	const struct desk *desk;
	gint64 wake;  /* UTC ms at which the picture changes by itself; G_MAXINT64: never */
	int watch;    /* a descriptor of something that goes on beside; 0: none */
	bool pending; /* wants LOAD_IDLE */
};

struct view_ops {
	enum place place;
	bool (*load)(struct view *v, enum load_reason why, GError **error);
	void (*draw)(const struct view *v, struct frame *f);
	guint (*can)(const struct view *v); /* bits of enum need that are met */
	bool (*act)(struct view *v, const struct request *r, struct outcome *out, GError **error);
	void (*destroy)(struct view *v);
	/* NULL where nothing can be done to cases. */
	void (*subject)(const struct view *v, struct subject *s);
	/* Only where letters are text (PLACE_WRITING): a key that stands for no action, or pasted text (`key`
	 * 0). */
	bool (*type)(struct view *v, int key, const char *pasted, struct outcome *out, GError **error);
	/* Runs another program; the terminal is its own meanwhile. NULL if the view never asks for it. */
	bool (*outside)(struct view *v, GError **error);
};

/* What works in the view now: its own needs and those that the desk meets everywhere. */
guint view_can(const struct view *v);

struct view *view_inbox_create(const struct desk *desk, const char *query);
struct view *view_case_create(const struct desk *desk, gint64 id);
struct view *view_why_create(const struct desk *desk, gint64 id);
/* In place of a language: the buyer's as the case tells it, else the agent's own. The view finds it when it
 * reads the case. */
#define LANG_OF_CASE N_LANGS
enum lang view_answer_language(const struct case_file *f);
/* The answer to a case: its draft if there is one, else the choice of canned replies. NULL and *error on a
 * fault. */
struct view *view_reply_create(const struct desk *desk, gint64 case_id, GError **error);
/* Canned replies for a case. `into_draft`: the chosen one is told as ACTION_INSERT_TEMPLATE to the view
 * below; else it opens the composer. */
struct view *view_picker_create(const struct desk *desk, gint64 case_id, enum lang lang, bool into_draft);
/* Puts these replies (names, NULL-ended) first and the cursor on the first of them. Does nothing to another
 * view. */
void view_picker_prefer(struct view *v, const char *const *names);
/* A buyer's, an order's or a product's page. */
struct view *view_page_create(const struct desk *desk, enum record record, gint64 id);
/* The page of the case's buyer, order or product in out->open; says so if there is none. */
bool view_page_of_case(const struct desk *desk, enum record record, gint64 case_id, struct outcome *out,
		       GError **error);
/* A draft; `template` (may be NULL) is put into it at the start. */
struct view *view_composer_create(const struct desk *desk, gint64 case_id, enum draft_buffer buffer,
				  enum lang lang, const char *template);
/* Choosing lines of a message; told as ACTION_INSERT to the view below. */
struct view *view_quote_create(const struct desk *desk, const char *text);
/* An answer that is posted by hand: `text` is on the clipboard, `page` (may be NULL) is where it belongs. */
struct view *view_post_create(const struct desk *desk, const struct sent *sent, const char *text,
			      const char *page);
/* Answers that haven't left. */
struct view *view_outbox_create(const struct desk *desk);
/* `about` is the view from which help was asked: only what works there is listed. */
struct view *view_help_create(const struct desk *desk, const struct view *about);
