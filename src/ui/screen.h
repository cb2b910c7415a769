/* SPDX-License-Identifier: MIT */
/*
 * The terminal: started, put back whatever happens, and shown a frame. Knows colours,
 * NO_COLOR, monochrome terminals and locales that aren't UTF-8 (text is then transliterated).
 */
#pragma once
#include "ui/paint.h"

struct screen;

/* NULL and *error (UI_ERROR) if standard input or output is no terminal or its kind is unknown. */
struct screen *screen_start(GError **error);
/* Puts the terminal back. Accepts NULL. */
void screen_stop(struct screen *s);

void screen_size(const struct screen *s, int *rows, int *cols);
/* Asks the terminal for its size again. True if it changed. */
bool screen_resized(struct screen *s);

/* Shows the frame: only what differs is sent. */
void screen_show(struct screen *s, const struct frame *f);
/* The next screen_show() sends everything. */
void screen_redraw(struct screen *s);

/* Puts the terminal back for a while, and takes it again. */
void screen_leave(struct screen *s);
void screen_return(struct screen *s);

/* Puts text on the person's clipboard by OSC 52, also from within tmux and screen. False if it is longer than
 * terminals take. Whether the terminal does it can't be known. */
bool screen_clipboard(struct screen *s, const char *text);

/* False where the locale isn't UTF-8: its name, static, in *charset. */
bool screen_utf8(const struct screen *s, const char **charset);
