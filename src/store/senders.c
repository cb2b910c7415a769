/* SPDX-License-Identifier: MIT */
#include "store/senders.h"

#include "domain/intl.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/banned.h"

struct senders {
	int fd;
};

static struct senders *fault(const char *file, GError **error)
{
	g_set_error(error, STORE_ERROR, errno == ENOSPC ? STORE_ERROR_FULL : STORE_ERROR_OPEN,
		    _("%s can't be made or locked: %s. Check that you may write in its folder"), file,
		    g_strerror(errno));
	return NULL;
}

struct senders *senders_enter(const struct store *s, GError **error)
{
	g_autofree char *file = g_strconcat(store_path(s), "-senders", NULL);
	struct stat st;
	/* As open to others as the store is. Never inherited: the mail program may outlive us, the lock must
	 * not. */
	mode_t mode = stat(store_path(s), &st) == 0 ? st.st_mode & 0666 : 0600;
	int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode), locked;
	if (fd < 0)
		return fault(file, error);
	do
		locked = flock(fd, LOCK_EX | LOCK_NB);
	while (locked != 0 && errno == EINTR);
	if (locked == 0) {
		struct senders *l = g_new0(struct senders, 1);
		l->fd = fd;
		return l;
	}
	struct senders *none = errno == EWOULDBLOCK ? NULL : fault(file, error);
	close(fd);
	return none;
}

void senders_leave(struct senders *l)
{
	if (!l)
		return;
	close(l->fd);
	g_free(l);
}
