/* SPDX-License-Identifier: MIT */
/* What app.c (the loop) and app_act.c (what keys and views ask for) share. */
#pragma once
#include "ui/app.h"
#include "ui/input.h"
#include "ui/prompt.h"
#include "ui/view.h"

struct doing;

struct app {
	struct desk desk;
	struct screen *screen;
	struct signals *signals;
	struct input_reader *input;
	struct frame *frame;
	GPtrArray *views; /* of struct view; the last is on top */
	struct prompt *prompt;
	GPtrArray *history[N_PROMPT_KINDS]; /* of char* */
	char *message;                      /* in the footer until the next key; safe */
	bool is_fault;
	struct sent sent;  /* what can be taken back */
	gint64 draft_case; /* case of the draft that Enter opens, until another key; 0: none */
	enum draft_buffer draft_buffer;
	struct doing *doing; /* an act that is asked for or running; NULL: none (app_do.h) */
	bool drafts_offered; /* looked for once */
	bool ahead;          /* data files are still to be read ahead */
	gint64 version;      /* of the store as shown */
	gint64 looked;       /* when the version was last asked, monotonic ms */
	bool over;
	bool unread; /* more input may wait, also within curses */
};

struct view *app_top(const struct app *a); /* NULL when none is left */
bool app_big_enough(const struct app *a);
/* Puts a line into the footer until the next key; NULL takes it away. */
void app_say(struct app *a, const char *text, bool is_fault);
/* Loads the top view; a fault is told and the old state stays on the screen. */
bool app_load(struct app *a, enum load_reason why);
/* Puts a view on top; NULL is ignored. */
void app_push(struct app *a, struct view *v);

/* Does what an input asks for, and frees its text. */
void app_handle(struct app *a, struct input *in);
/* Opens a prompt for the top view; `question` may be NULL. */
void app_open_prompt(struct app *a, enum prompt_kind kind, const char *question);
/* Takes the marks off in the inbox. */
void app_unmark(struct app *a);
/* Goes to the case, order or buyer of that number or name. */
void app_jump(struct app *a, const char *where);
/* From a case to the next (1) or previous (-1) one by deadline. */
void app_next_case(struct app *a, int step);

/* Looks for drafts left from before and offers the newest. */
void app_offer_draft(struct app *a);
