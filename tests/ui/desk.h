/* SPDX-License-Identifier: MIT */
/* The real program on a terminal, at a fixed time, on a store made for the test. */
#pragma once
#include "support/make_store.h"
#include "support/pty.h"

/* Wednesday 4 March 2026, 12:00 UTC. */
#define NOW G_GINT64_CONSTANT(1772625600000)
#define A_MINUTE G_GINT64_CONSTANT(60000)

/* Starts the program on `s` half a minute before NOW, so that no countdown changes while a test looks;
 * `env` as in struct pty_options, may be NULL. */
struct pty *desk_start(struct store *s, int rows, int cols, const char *const *env);

/* The same through `sh -c SCRIPT`, in which $AMENDS is the program; `start` is the time it starts at. */
struct pty *desk_start_script(struct store *s, int rows, int cols, const char *const *env, const char *script,
			      gint64 start);

/* The row on which the cursor's mark stands, -1 if there is none. */
int desk_cursor(struct pty *p);
/* Waits until the cursor's row holds the text. */
bool desk_wait_cursor(struct pty *p, const char *text);

/* Waits until all that was sent before is on the screen: a prompt opens and closes after it. */
void desk_settle(struct pty *p);

/* Stores one mail as it is; takes it. */
struct ingested desk_ingest(struct store *s, struct incoming *m, gint64 now);

/* Ends the program by its own key and sees that it left the terminal as it found it. */
void desk_quit(struct pty *p);

/* A store with make_shop() in it; *state. */
int desk_setup_shop(void **state);
int desk_setup_empty(void **state);
int desk_teardown(void **state);
