/* SPDX-License-Identifier: MIT */
/*
 * What a person can do, in one table: keys, footer, help, the palette's names and the
 * conditions under which a key does anything are made from it.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

enum action {
	ACTION_NONE,
	ACTION_DOWN,
	ACTION_UP,
	ACTION_PAGE_DOWN,
	ACTION_PAGE_UP,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_OPEN,
	ACTION_WHY,
	ACTION_SEARCH,
	ACTION_NEXT,
	ACTION_PREVIOUS,
	ACTION_QUOTES,
	ACTION_PANE,
	ACTION_PREVIEW_DOWN,
	ACTION_PREVIEW_UP,
	ACTION_HELP,
	ACTION_COMMAND,
	ACTION_REDRAW,
	ACTION_BACK,
	ACTION_QUIT,
	ACTION_REPLY,
	ACTION_NOTE,
	ACTION_TAKE_BACK, /* the answer that waits, else the person's last act */
	ACTION_MARK_CASE,
	ACTION_MARK_ALL,
	ACTION_SORT,
	ACTION_VIEW, /* a saved one: request.key is its number, or request.text names it */
	ACTION_NEXT_VIEW,
	ACTION_PREVIOUS_VIEW,
	ACTION_NEXT_CASE, /* by deadline, from request.case_id */
	ACTION_PREVIOUS_CASE,
	ACTION_JUMP,
	ACTION_CHOOSE,
	ACTION_LANGUAGE,
	ACTION_GLOSS,
	ACTION_SEND,
	ACTION_NEXT_HOLE,
	ACTION_PREVIOUS_HOLE,
	ACTION_TEMPLATE,
	ACTION_QUOTE,
	ACTION_MARK,
	ACTION_EDITOR,
	ACTION_HISTORY,
	ACTION_HISTORY_DOWN,
	ACTION_HISTORY_UP,
	ACTION_FINDING,
	ACTION_SPELL,
	ACTION_ATTACH, /* the file of request.text; without one: asks by its key, by name tells what is
			  attached */
	ACTION_DETACH, /* the one of that number */
	ACTION_UNDO,
	ACTION_REDO,
	ACTION_POSTED,
	ACTION_COPY,
	ACTION_SAVE_FILES,
	ACTION_OUTBOX, /* the answers that haven't left */
	ACTION_SEND_AGAIN,
	ACTION_TO_DRAFT,
	ACTION_BUYER,
	ACTION_ORDER,
	ACTION_PRODUCT,
	ACTION_EDIT_UNDO,       /* the last change of this page */
	ACTION_STEP,            /* the playbook's next step */
	ACTION_POINT,           /* the mouse; from here on they are in no table and have no key */
	ACTION_ANSWERED,        /* what outcome.ask asked for; request.text */
	ACTION_INSERT,          /* request.text into the draft */
	ACTION_INSERT_TEMPLATE, /* the canned reply of the name in request.text */
	ACTION_UNMARK,          /* the marked cases were acted on */
	ACTION_ACT = 1000       /* and from there on the acts: ACTION_ACT + enum act_type (ui/act_keys.h) */
};

/* Where an action works; bits. */
enum place {
	PLACE_INBOX = 1,
	PLACE_CASE = 2,
	PLACE_WHY = 4,
	PLACE_HELP = 8,
	PLACE_QUOTE = 16,   /* lines of the buyer's message are chosen */
	PLACE_POST = 32,    /* an answer is put onto the platform's page by hand */
	PLACE_PAGE = 256,   /* a buyer, an order or a product */
	PLACE_OUTBOX = 512, /* answers that haven't left */
	PLACE_ANY = 831,    /* where letters are keys */
	PLACE_PICKER = 64,
	PLACE_COMPOSER = 128,
	PLACE_WRITING = 192 /* where letters are text: a key there is no printable character */
};

/* What must hold for it to work; bits. A view says which of them do. */
enum need {
	NEED_CASE = 1,      /* a case is selected */
	NEED_QUOTES = 2,    /* quoted lines are there */
	NEED_HITS = 4,      /* there is something to go on to */
	NEED_PREVIEW = 8,   /* the history pane is shown */
	NEED_PANES = 16,    /* more than one pane is shown */
	NEED_QUERY = 32,    /* the list is narrowed by a search */
	NEED_OTHER = 64,    /* another case of the buyer is chosen */
	NEED_ANSWER = 128,  /* there is a case to answer */
	NEED_UNDO = 256,    /* an answer can still be taken back */
	NEED_MARKS = 1024,  /* cases are marked */
	NEED_FILES = 2048,  /* files go with the answer */
	NEED_UNSENT = 4096, /* an answer that isn't just being sent is selected */
	NEED_AGAIN = 8192   /* it can be sent again */
};

struct action_row {
	enum action action;
	const char *id; /* the palette's name, stable */
	int keys[10];   /* enum ui_key or a character; 0 ends; none: by name only */
	guint places, needs;
	int rank;           /* footer: lower comes first; 0: not in the footer */
	const char *footer; /* one word, msgid */
	const char *help;   /* a phrase, msgid */
};

const struct action_row *action_nth(guint n); /* NULL past the end */

/* True if the row works at `place` while the needs in `can` are met. */
bool action_works(const struct action_row *row, enum place place, guint can);

/* How far an action moves in lines: a page is `page`, the first and the last are `all` away. Up is negative;
 * 0: it is no movement. */
int action_movement(enum action a, int page, int all);

/* The action that a key stands for there; ACTION_NONE if it does nothing. */
enum action action_for_key(int key, enum place place, guint can);

/* The action of that name or of a unique beginning of it, if it works there; else ACTION_NONE. */
enum action action_for_name(const char *name, enum place place, guint can);

/* "j Down": the keys as people call them; ":wake" where there is none. Owned by the caller. */
char *action_keys(const struct action_row *row);

/* The footer: as many "key word" pairs as fit `columns`, the most wanted first. Owned. */
char *actions_footer(enum place place, guint can, int columns);
