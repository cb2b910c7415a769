/* SPDX-License-Identifier: MIT */
#include "ui/signals.h"

#include <errno.h>
#include <sys/select.h>

#include "domain/banned.h"

static const int caught[] = {SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT, SIGWINCH};
G_STATIC_ASSERT(G_N_ELEMENTS(caught) <= G_N_ELEMENTS(((struct signals *)NULL)->old));

/* A handler gets no pointer of ours: the one place where a static is the only way. */
static volatile sig_atomic_t pending[G_N_ELEMENTS(caught)];

static void note(int sig)
{
	for (guint i = 0; i < G_N_ELEMENTS(caught); i++) {
		if (caught[i] == sig)
			pending[i] = 1;
	}
}

void signals_start(struct signals *s)
{
	sigset_t block;
	sigemptyset(&block);
	for (guint i = 0; i < G_N_ELEMENTS(caught); i++) {
		sigaddset(&block, caught[i]);
		pending[i] = 0;
	}
	sigprocmask(SIG_BLOCK, &block, &s->before);
	/* Whatever the parent blocked, these must come through while we wait. */
	for (guint i = 0; i < G_N_ELEMENTS(caught); i++) {
		struct sigaction act = {.sa_handler = note};
		sigaction(caught[i], &act, &s->old[i]);
		sigdelset(&s->before, caught[i]);
	}
}

void signals_stop(struct signals *s)
{
	/* A terminal that goes sends SIGHUP more than once: what main has yet to do comes to its end. To
	 * ignore a signal also discards one that waits. */
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	for (guint i = 0; i < G_N_ELEMENTS(caught); i++) {
		sigaction(caught[i], &ignore, NULL);
		if (caught[i] != SIGHUP)
			sigaction(caught[i], &s->old[i], NULL);
	}
	sigprocmask(SIG_SETMASK, &s->before, NULL);
}

bool signals_take(int sig)
{
	for (guint i = 0; i < G_N_ELEMENTS(caught); i++) {
		if (caught[i] == sig && pending[i]) {
			pending[i] = 0;
			return true;
		}
	}
	return false;
}

bool signals_wait(struct signals *s, int fd, int watch, gint64 ms)
{
	fd_set set;
	FD_ZERO(&set);
	FD_SET(fd, &set);
	if (watch > 0 && watch < FD_SETSIZE)
		FD_SET(watch, &set);
	ms = CLAMP(ms, 0, 3600 * 1000);
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
	return pselect(MAX(fd, watch) + 1, &set, NULL, NULL, &t, &s->before) > 0 && FD_ISSET(fd, &set);
}

void signals_suspend(struct signals *s)
{
	struct sigaction normal = {.sa_handler = SIG_DFL}, ours;
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &normal, &ours);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, NULL);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	sigaction(SIGTSTP, &ours, NULL);
}
