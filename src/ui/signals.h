/* SPDX-License-Identifier: MIT */
/*
 * Signals for a program that waits in one place: they are blocked everywhere else, so that
 * nothing (least of all a commit) is interrupted, and are read like input after the wait.
 */
#pragma once
#include <glib.h>
#include <signal.h>
#include <stdbool.h>

struct signals {
	sigset_t before; /* the mask to wait with and to put back */
	struct sigaction old[8];
};

/* Call before curses starts: it leaves handlers alone that are set already. */
void signals_start(struct signals *s);
/* Puts back what was, but SIGHUP stays ignored: the program is at its end. */
void signals_stop(struct signals *s);

/* True once for each time `sig` (HUP, TERM, INT, TSTP, CONT, WINCH) came since it was last asked. */
bool signals_take(int sig);

/* Waits until `fd` or `watch` (0: none) can be read, a signal comes or `ms` have passed. True if `fd` can be
 * read. */
bool signals_wait(struct signals *s, int fd, int watch, gint64 ms);

/* Stops the process as SIGTSTP does by default; returns when it is continued. */
void signals_suspend(struct signals *s);
