/* SPDX-License-Identifier: MIT */
/* What comes from the terminal: keys, the mouse and pasted text, each whole. */
#pragma once
#include "ui/keys.h"

#include <glib.h>
#include <stdbool.h>

enum input_kind { INPUT_KEY, INPUT_MOUSE, INPUT_PASTE };

struct input {
	enum input_kind kind;
	int key;      /* INPUT_KEY: a character or an enum ui_key */
	int row, col; /* INPUT_MOUSE */
	int wheel;    /* INPUT_MOUSE: -1 up, 1 down, 0 a click */
	char *text;   /* INPUT_PASTE: what was pasted, as it came; owned by the caller */
};

struct input_reader;

/* After screen_start(). */
struct input_reader *input_create(void);
void input_destroy(struct input_reader *r);

/* Whether a paste has begun whose end hasn't come; then it can be ended with what came. */
bool input_pasting(const struct input_reader *r);
void input_end_paste(struct input_reader *r, struct input *in);

/* The next input; false if none is there. Never waits longer than it takes to tell Esc from a longer
 * sequence. */
bool input_next(struct input_reader *r, struct input *in);
