/* SPDX-License-Identifier: MIT */
#include "store/queue.h"

#include "domain/intl.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/banned.h"

struct queue {
	char *file;
	int fd; /* -1 until first entered */
	sigset_t before;
};

struct queue *queue_create(const char *path)
{
	struct queue *q = g_new0(struct queue, 1);
	q->file = g_strconcat(path, "-queue", NULL);
	q->fd = -1;
	return q;
}

void queue_destroy(struct queue *q)
{
	if (!q)
		return;
	if (q->fd >= 0)
		close(q->fd);
	g_free(q->file);
	g_free(q);
}

static bool fault(const struct queue *q, GError **error)
{
	g_set_error(
	    error, STORE_ERROR, errno == ENOSPC ? STORE_ERROR_FULL : STORE_ERROR_OPEN,
	    _("%s can't be made or locked: %s. Check that you may write in its folder, or name another store "
	      "with --db or AMENDS_DB"),
	    q->file, g_strerror(errno));
	return false;
}

/* The lock file is as open to others as the store is. */
static mode_t mode_like_store(const char *file)
{
	struct stat st;
	g_autofree char *store = g_strndup(file, strlen(file) - strlen("-queue"));
	return stat(store, &st) == 0 ? st.st_mode & 0666 : 0600;
}

bool queue_enter(struct queue *q, GError **error)
{
	if (q->fd < 0)
		q->fd = open(q->file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_like_store(q->file));
	if (q->fd < 0)
		return fault(q, error);
	while (flock(q->fd, LOCK_EX) != 0) {
		if (errno != EINTR)
			return fault(q, error);
	}
	sigset_t stops;
	sigemptyset(&stops);
	sigaddset(&stops, SIGTSTP);
	pthread_sigmask(SIG_BLOCK, &stops, &q->before);
	return true;
}

void queue_leave(struct queue *q)
{
	flock(q->fd, LOCK_UN);
	pthread_sigmask(SIG_SETMASK, &q->before, NULL);
}
