/* SPDX-License-Identifier: MIT */
/* Writing on the desk: from the case under the cursor into the composer, and what the store has of it. */
#pragma once
#include "store/answer.h"
#include "ui/desk.h"

#define CTRL_S "\023"
#define KEY_LEFT "\033[D"
#define KEY_RIGHT "\033[C"
#define KEY_UP "\033[A"
#define KEY_DOWN "\033[B"
#define KEY_WORD_LEFT "\033[1;5D"
#define KEY_WORD_RIGHT "\033[1;5C"
#define KEY_TEXT_HOME "\033[1;5H"
#define KEY_TEXT_END "\033[1;5F"

/* desk_setup_shop(), and the shop has a name and a zone; *state. */
int writing_setup(void **state);

/* Starts with the cursor on the first case of that buyer. */
struct pty *writing_start_on(struct store *s, int rows, int cols, const char *buyer, const char *const *env);
/* Opens the picker and takes the canned reply of that name. */
void writing_take_reply(struct pty *p, const char *name);
/* An answer that is this text and nothing else. */
void writing_answer(struct pty *p, const char *text);
/* The same in an empty draft that is open: kills all there is, types. The text has one line. */
void writing_instead(struct pty *p, const char *text);

/* Waits until the store has this draft: its text, with "|" where the cursor stands; "|" alone: none. */
void writing_expect_stored(struct pty *p, struct store *s, gint64 case_id, enum draft_buffer buffer,
			   const char *marked);
/* Waits until the reply's draft begins so, likewise marked: all of it. Owned. */
char *writing_wait_stored(struct pty *p, struct store *s, gint64 case_id, const char *begin);
/* Ends the program as a crash would. Frees. */
void writing_kill(struct pty *p);
