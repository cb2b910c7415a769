/* SPDX-License-Identifier: MIT */
#include "ingest/spool.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/intl.h"
#include "domain/text.h"

#include "domain/banned.h"

enum { DEPTH_MAX = 100 };

struct listing {
	GPtrArray *files;
	GString *faults;
	GHashTable *folders; /* "device:inode" of those already entered */
	bool whole;          /* nothing was left out so far */
};

static void spool_file_destroy(gpointer data)
{
	struct spool_file *f = data;
	g_free(f->path);
	g_free(f->mark);
	g_free(f);
}

GPtrArray *spool_files_new(void)
{
	return g_ptr_array_new_with_free_func(spool_file_destroy);
}

void spool_fault(GString *faults, const char *path, const char *why)
{
	g_autofree char *shown = text_safe(path, -1, TEXT_ONE_LINE);
	if (faults->len)
		g_string_append_c(faults, '\n');
	g_string_append_printf(faults, "%s: %s", shown, why);
}

static void fault(struct listing *l, const char *path, const char *why)
{
	spool_fault(l->faults, path, why);
	l->whole = false;
}

/* MAILDIR/new/NAME and MAILDIR/cur/NAME:2,FLAGS are one mail. */
static char *mark_path(const char *path, bool maildir)
{
	if (!maildir)
		return g_strdup(path);
	g_autofree char *name = g_path_get_basename(path), *folder = g_path_get_dirname(path);
	g_autofree char *root = g_path_get_dirname(folder);
	char *info = strstr(name, ":2,");
	if (info)
		*info = '\0';
	return g_build_filename(root, "cur", name, NULL);
}

static void add_file(struct listing *l, const char *path, const struct stat *st, bool maildir)
{
	struct spool_file *f = g_new0(struct spool_file, 1);
	f->path = g_strdup(path);
	f->mark = mark_path(path, maildir);
	f->size = st->st_size;
	f->mtime = st->st_mtim.tv_sec * G_GINT64_CONSTANT(1000) + st->st_mtim.tv_nsec / 1000000;
	g_ptr_array_add(l->files, f);
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, sorted; NULL if it can't be read. */
static GPtrArray *names_in(struct listing *l, const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	if (!dir) {
		fault(l, folder, g_strerror(errno));
		return NULL;
	}
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name; (name = g_dir_read_name(dir));)
		g_ptr_array_add(names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(names, by_name);
	return names;
}

static bool first_visit(struct listing *l, const struct stat *st)
{
	return g_hash_table_add(l->folders, g_strdup_printf("%llu:%llu", (unsigned long long)st->st_dev,
							    (unsigned long long)st->st_ino));
}

static bool is_folder(const char *parent, const char *name)
{
	g_autofree char *path = g_build_filename(parent, name, NULL);
	return g_file_test(path, G_FILE_TEST_IS_DIR);
}

static bool is_maildir(const char *folder)
{
	return is_folder(folder, "cur") && is_folder(folder, "new");
}

static void list_folder(struct listing *l, const char *folder, int depth);

/* The mails themselves: new/ or cur/. */
static void list_mails(struct listing *l, const char *maildir, const char *which)
{
	g_autofree char *folder = g_build_filename(maildir, which, NULL);
	g_autoptr(GPtrArray) names = names_in(l, folder);
	for (guint i = 0; names && i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		struct stat st;
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (*name == '.' || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
			continue; /* gone since: another program moved it and it is found under its new name
				     next time */
		add_file(l, path, &st, true);
	}
}

static bool is_skipped(const char *name, bool maildir)
{
	/* Maildir++ keeps its subfolders under names with a dot; elsewhere such files are programs' own. */
	if (maildir)
		return !strcmp(name, "cur") || !strcmp(name, "new") || !strcmp(name, "tmp");
	return *name == '.' || g_str_has_suffix(name, ".msf");
}

static void list_entry(struct listing *l, const char *path, bool in_maildir, int depth)
{
	struct stat st;
	if (stat(path, &st) != 0)
		fault(l, path, g_strerror(errno));
	else if (S_ISDIR(st.st_mode) && depth >= DEPTH_MAX)
		fault(l, path, _("folders are nested too deep; import this one by itself"));
	else if (S_ISDIR(st.st_mode) && first_visit(l, &st))
		list_folder(l, path, depth + 1);
	else if (S_ISREG(st.st_mode) && !in_maildir)
		add_file(l, path, &st, false);
}

static void list_folder(struct listing *l, const char *folder, int depth)
{
	bool maildir = is_maildir(folder);
	if (maildir) {
		list_mails(l, folder, "new");
		list_mails(l, folder, "cur");
	}
	g_autoptr(GPtrArray) names = names_in(l, folder);
	for (guint i = 0; names && i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (!is_skipped(name, maildir))
			list_entry(l, path, maildir, depth);
	}
}

bool spool_list(const char *path, GPtrArray *files, GString *faults)
{
	struct listing l = {files, faults, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
			    true};
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	struct stat st;
	if (stat(absolute, &st) != 0)
		fault(&l, path, g_strerror(errno));
	else if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		fault(&l, path, _("is neither a file nor a folder"));
	else
		list_entry(&l, absolute, false, 0);
	g_hash_table_unref(l.folders);
	return l.whole;
}
