/* SPDX-License-Identifier: MIT */
/*
 * A program on a pseudo terminal, read through libvterm. Nothing sleeps: every wait ends when
 * the screen is as wanted, or fails after a generous deadline and prints the screen to stderr.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct pty;

struct pty_options {
	int rows, cols;
	const char *const *argv; /* NULL-ended; argv[0] is a path */
	const char *const *env;  /* NULL-ended: "NAME=value" sets, "NAME" unsets; may be NULL */
};

/* Starts it with TERM=xterm-256color and LC_ALL=C.UTF-8 unless env says otherwise; fails the test if it
 * can't. */
struct pty *pty_spawn(const struct pty_options *o);
/* Ends the program if it still runs, and frees. Accepts NULL. */
void pty_destroy(struct pty *p);

void pty_send(struct pty *p, const char *bytes);
/* The same for bytes of which some are NUL. */
void pty_send_bytes(struct pty *p, const char *bytes, gsize length);
void pty_resize(struct pty *p, int rows, int cols);
void pty_signal(struct pty *p, int sig);
/* Takes the terminal away: closes this end of it. */
void pty_hang_up(struct pty *p);

/* Wait until the text stands on the screen (on one row), or until it doesn't. False at the deadline. */
bool pty_wait_text(struct pty *p, const char *text);
bool pty_wait_gone(struct pty *p, const char *text);
/* Waits until screen row `row` holds the text. */
bool pty_wait_row(struct pty *p, int row, const char *text);
bool pty_wait_until(struct pty *p, bool (*holds)(struct pty *p, const void *data), const void *data);

/* Waits for the end: the exit code, 128 + signal, or -1 at the deadline. */
int pty_wait_exit(struct pty *p);

int pty_rows(const struct pty *p);
/* The row's text without trailing spaces; owned by the caller. */
char *pty_row(struct pty *p, int row);
/* All rows, each ended by \n; owned. */
char *pty_screen(struct pty *p);
/* The first row that holds the text, -1 if none does; *col (may be NULL) gets the column. */
int pty_find(struct pty *p, const char *text, int *col);

struct pty_cell {
	bool bold, underline, reverse, coloured;
	int width;
};
struct pty_cell pty_cell(struct pty *p, int row, int col);
/* Whether any cell of the screen has a colour. */
bool pty_coloured(struct pty *p);

gsize pty_bytes(const struct pty *p); /* received so far */
/* Whether the program wrote these bytes, whatever the emulator made of them. */
bool pty_wrote(const struct pty *p, const char *bytes);
/* The text that OSC 52 put on the clipboard last; NULL if none did. Owned. */
char *pty_clipboard(const struct pty *p);
bool pty_alternate(const struct pty *p); /* the alternate screen is shown */
bool pty_cursor_shown(const struct pty *p);
/* Whether the line discipline is as a shell wants it: canonical, echoing. */
bool pty_cooked(const struct pty *p);
