/* SPDX-License-Identifier: MIT */
#include "store/datafile.h"

#include "domain/intl.h"

#include <string.h>
#include <sys/stat.h>

#include "domain/banned.h"

#define LARGEST (4 * 1024 * 1024)

void datafile_destroy(struct datafile *f)
{
	if (!f)
		return;
	g_free(f->name);
	g_free(f->path);
	g_free(f->text);
	g_free(f);
}

GPtrArray *datafile_roots(void)
{
	GPtrArray *r = g_ptr_array_new_with_free_func(g_free);
	const char *shipped = g_getenv("AMENDS_DATA");
	g_ptr_array_add(r, g_build_filename(g_get_user_config_dir(), "amends", NULL));
	g_ptr_array_add(r, g_strdup("/etc/amends"));
	g_ptr_array_add(r, g_strdup(shipped && *shipped ? shipped : AMENDS_DATA_DIR));
	return r;
}

static struct datafile *read_file(const char *path, const char *name, GError **error)
{
	struct stat st;
	if (stat(path, &st) == 0 && st.st_size > LARGEST) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			    _("%s is larger than 4 MiB: a data file is never that large; move it away"),
			    path);
		return NULL;
	}
	g_autofree char *text = NULL;
	gsize length = 0;
	if (!g_file_get_contents(path, &text, &length, error))
		return NULL;
	struct datafile *f = g_new0(struct datafile, 1);
	f->name = g_strdup(name);
	f->path = g_strdup(path);
	f->text = g_steal_pointer(&text);
	f->length = length;
	return f;
}

static int by_name(gconstpointer a, gconstpointer b)
{
	const struct datafile *const *x = a, *const *y = b;
	return strcmp((*x)->name, (*y)->name);
}

/* Adds the files of one folder that no more particular folder had. */
static bool add_folder(GPtrArray *files, GHashTable *seen, const char *folder, const char *suffix,
		       GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *entry;
	while (dir && (entry = g_dir_read_name(dir))) {
		if (*entry == '.' || !g_str_has_suffix(entry, suffix) || g_hash_table_contains(seen, entry))
			continue;
		g_autofree char *path = g_build_filename(folder, entry, NULL);
		g_autofree char *name = g_strndup(entry, strlen(entry) - strlen(suffix));
		struct datafile *f = read_file(path, name, error);
		if (!f)
			return false;
		g_hash_table_add(seen, g_strdup(entry));
		g_ptr_array_add(files, f);
	}
	return true;
}

GPtrArray *datafile_all(const char *folder, const char *suffix, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)datafile_destroy);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) in = datafile_roots();
	for (guint i = 0; i < in->len; i++) {
		g_autofree char *path = g_build_filename(in->pdata[i], folder, NULL);
		if (!add_folder(files, seen, path, suffix, error))
			return NULL;
	}
	g_ptr_array_sort(files, by_name);
	return g_steal_pointer(&files);
}

bool datafile_is_own(const struct datafile *f)
{
	g_autoptr(GPtrArray) in = datafile_roots();
	g_autofree char *shipped = g_strconcat(in->pdata[in->len - 1], G_DIR_SEPARATOR_S, NULL);
	return !g_str_has_prefix(f->path, shipped);
}

struct datafile *datafile_one(const char *name, GError **error)
{
	g_autoptr(GPtrArray) in = datafile_roots();
	for (guint i = 0; i < in->len; i++) {
		g_autofree char *path = g_build_filename(in->pdata[i], name, NULL);
		if (g_file_test(path, G_FILE_TEST_EXISTS))
			return read_file(path, name, error);
	}
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
		    _("the data file %s is missing (looked in %s): install amends again or set AMENDS_DATA"),
		    name, (char *)in->pdata[in->len - 1]);
	return NULL;
}
