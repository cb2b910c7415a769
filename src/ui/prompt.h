/* SPDX-License-Identifier: MIT */
/* The line at the bottom in which a search or a command is typed. */
#pragma once
#include "ui/act_keys.h"
#include "ui/line_edit.h"
#include "ui/palette.h"
#include "ui/view.h"

enum prompt_kind {
	PROMPT_QUERY,
	PROMPT_FIND,
	PROMPT_COMMAND,
	PROMPT_ASK,
	PROMPT_ACT,  /* what an act takes */
	PROMPT_JUMP, /* where to go */
	PROMPT_FILE, /* a path; else as PROMPT_ASK */
	N_PROMPT_KINDS
};

struct prompt;

/* `history` outlives the prompt; place and can say which commands there are. */
struct prompt *prompt_create(enum prompt_kind kind, GPtrArray *history, enum place place, guint can);
/* Before the line stands this instead of a sign, for PROMPT_ASK and PROMPT_ACT. */
void prompt_question(struct prompt *p, const char *question);
/* The tags that there are, for completion; takes them (NULL: none). */
void prompt_tags(struct prompt *p, GPtrArray *tags);
/* PROMPT_ACT: what it completes. */
void prompt_act(struct prompt *p, enum act_type type);
/* Text to begin with, proposed or typed before. */
void prompt_begin(struct prompt *p, const char *text);
/* The same, in place of what stands there. */
void prompt_replace(struct prompt *p, const char *text);
/* A line above until the next key: what is wrong, or what to know. */
void prompt_tell(struct prompt *p, const char *text, bool is_fault);
void prompt_destroy(struct prompt *p); /* accepts NULL */

/* EDIT_DONE only when what was typed can be read; else the prompt says what is wrong and goes on. */
enum edit_result prompt_key(struct prompt *p, int key);
void prompt_paste(struct prompt *p, const char *text);

enum prompt_kind prompt_kind(const struct prompt *p);
const char *prompt_text(const struct prompt *p);

/* Paints the last row, and above it the choices or what is wrong. */
void prompt_draw(const struct prompt *p, struct frame *f);
