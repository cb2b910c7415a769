/* SPDX-License-Identifier: MIT */
#include "store/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/intl.h"
#include "domain/media_type.h"
#include "domain/text.h"

#include "domain/banned.h"

#define CHOICES 200

void upload_destroy(struct upload *u)
{
	if (!u)
		return;
	g_free(u->name);
	g_bytes_unref(u->bytes);
	g_free(u);
}

/* "~/label.pdf" with the home folder in its place. Owned. */
static char *expand(const char *path)
{
	if (path[0] == '~' && (path[1] == '/' || path[1] == '\0'))
		return g_strconcat(g_get_home_dir(), path + 1, NULL);
	return g_strdup(path);
}

G_GNUC_PRINTF(3, 4)
static bool refuse(GError **error, const char *path, const char *format, ...)
{
	g_autofree char *safe = text_safe(path, -1, TEXT_ONE_LINE);
	va_list args;
	va_start(args, format);
	g_autofree char *why = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", safe, why);
	return false;
}

static bool is_sound(const char *path, const struct stat *st, gint64 most, GError **error)
{
	g_autofree char *size = g_format_size_full((guint64)MAX(st->st_size, 0), G_FORMAT_SIZE_IEC_UNITS);
	g_autofree char *limit = g_format_size_full((guint64)most, G_FORMAT_SIZE_IEC_UNITS);
	if (S_ISDIR(st->st_mode))
		return refuse(error, path, _("a folder can't be attached; name a file in it"));
	if (!S_ISREG(st->st_mode))
		return refuse(error, path, _("only plain files can be attached"));
	if (st->st_size == 0)
		return refuse(error, path, _("the file is empty"));
	return st->st_size <= most ||
	       refuse(
		   error, path,
		   _("the file has %s, and an answer carries %s: make it smaller, or raise attachments_most "
		     "in shop.ini"),
		   size, limit);
}

/* Reads to the end, one byte more than there may be at most: it may have grown since it was looked at. */
static GBytes *read_all(int fd, const char *path, gint64 most, GError **error)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	guint8 piece[65536];
	for (;;) {
		gssize n = read(fd, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			refuse(error, path, "%s", g_strerror(errno));
			return NULL;
		}
		if (n == 0)
			return g_byte_array_free_to_bytes(g_steal_pointer(&all));
		g_byte_array_append(all, piece, (guint)n);
		if (all->len > most) {
			refuse(error, path, _("the file grows while it is read"));
			return NULL;
		}
	}
}

struct upload *upload_read(const char *path, gint64 most, GError **error)
{
	g_autofree char *file = expand(path);
	/* A pipe without a writer must not hold the screen up. */
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0) {
		refuse(error, path, "%s", g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	GBytes *bytes = is_sound(path, &st, most, error) ? read_all(fd, path, most, error) : NULL;
	close(fd);
	if (!bytes)
		return NULL;
	struct upload *u = g_new0(struct upload, 1);
	g_autofree char *base = g_path_get_basename(file);
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	*u = (struct upload){text_file_name(base), media_type_guess(base, data, length), bytes};
	return u;
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *upload_complete(const char *typed)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	const char *slash = strrchr(typed, '/'), *begun = slash ? slash + 1 : typed;
	g_autofree char *head = g_strndup(typed, begun - typed), *folder = expand(*head ? head : ".");
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while (dir && found->len < CHOICES && (name = g_dir_read_name(dir))) {
		/* Hidden files only when they are asked for. */
		if (!g_str_has_prefix(name, begun) || (*name == '.' && *begun != '.') ||
		    !g_utf8_validate(name, -1, NULL))
			continue;
		g_autofree char *whole = g_build_filename(folder, name, NULL);
		bool inside = g_file_test(whole, G_FILE_TEST_IS_DIR);
		g_ptr_array_add(found, g_strconcat(head, name, inside ? "/" : "", NULL));
	}
	g_ptr_array_sort(found, by_name);
	return found;
}

bool upload_write(int fd, const void *bytes, gsize length)
{
	const guint8 *rest = bytes;
	while (length) {
		gssize n = write(fd, rest, length);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			rest += n;
			length -= (gsize)n;
		}
	}
	return true;
}

/* "label.pdf" as the `n`th of its name. */
static char *numbered(const char *name, int n)
{
	const char *dot = strrchr(name, '.');
	int stem = dot && dot != name ? (int)(dot - name) : (int)strlen(name);
	return n > 1 ? g_strdup_printf("%.*s-%d%s", stem, name, n, name + stem) : g_strdup(name);
}

char *upload_name_beside(const char *name, GHashTable *taken)
{
	for (int n = 1;; n++) {
		g_autofree char *free_name = numbered(name, n), *folded = g_utf8_casefold(free_name, -1);
		if (!g_hash_table_contains(taken, folded)) {
			g_hash_table_add(taken, g_steal_pointer(&folded));
			return g_steal_pointer(&free_name);
		}
	}
}

bool upload_save(const char *folder, const char *name, GBytes *bytes, char **path, GError **error)
{
	g_autofree char *into = expand(folder);
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	*path = g_build_filename(into, name, NULL);
	int fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return refuse(error, *path, _("can't be made: %s. Move it away or name another folder"),
			      g_strerror(errno));
	bool ok = upload_write(fd, data, length);
	int fault = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		fault = errno;
	}
	if (ok)
		return true;
	unlink(*path);
	return refuse(error, *path, _("can't be written: %s"), g_strerror(fault));
}
