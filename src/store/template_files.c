/* SPDX-License-Identifier: MIT */
#include "store/template_files.h"

#include "domain/intl.h"
#include "store/datafile.h"

#include <string.h>

#include "domain/banned.h"

#define FOLDER "templates"

struct loading {
	struct template_set *set;
	void (*fault)(const char *message, void *data);
	void *data;
};

static char *read_text(const char *folder, const char *file, GError **error)
{
	g_autofree char *path = g_build_filename(folder, file, NULL);
	g_autoptr(GError) fault = NULL;
	char *text = NULL;
	if (!g_file_get_contents(path, &text, NULL, &fault) &&
	    !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		g_propagate_error(error, g_steal_pointer(&fault));
	return text;
}

static bool add_one(struct template_set *set, const char *folder, const char *name, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *meta_file = g_build_filename(folder, "meta.ini", NULL);
	g_autofree char *meta = read_text(folder, "meta.ini", &fault);
	char *bodies[N_LANGS] = {NULL};
	struct template_files f = {
	    .name = name, .meta_file = meta_file, .meta = meta, .meta_length = meta ? strlen(meta) : 0};
	for (int l = 0; l < N_LANGS && !fault; l++) {
		g_autofree char *file = g_strconcat(LANGS.words[l].id, ".txt", NULL);
		f.bodies[l] = bodies[l] = read_text(folder, file, &fault);
	}
	bool ok = !fault;
	if (ok && !meta && *name != '_') {
		g_set_error(&fault, G_FILE_ERROR, G_FILE_ERROR_NOENT,
			    _("%s is missing: it says when the reply fits"), meta_file);
		ok = false;
	}
	ok = ok && template_set_add(set, &f, &fault);
	for (int l = 0; l < N_LANGS; l++)
		g_free(bodies[l]);
	if (!ok)
		g_propagate_error(error, g_steal_pointer(&fault));
	return ok;
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_root(struct loading *l, const char *root)
{
	g_autofree char *folder = g_build_filename(root, FOLDER, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *entry;
	while (dir && (entry = g_dir_read_name(dir))) {
		if (*entry != '.')
			g_ptr_array_add(names, g_strdup(entry));
	}
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++) {
		g_autoptr(GError) fault = NULL;
		g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR) &&
		    !add_one(l->set, path, names->pdata[i], &fault) && l->fault)
			l->fault(fault->message, l->data);
	}
}

struct template_set *template_files_load(void (*fault)(const char *message, void *data), void *data,
					 GError **error)
{
	struct loading l = {template_set_create(), fault, data};
	g_autoptr(GPtrArray) roots = datafile_roots();
	for (guint i = 0; i < roots->len; i++)
		add_root(&l, roots->pdata[i]);
	if (template_set_count(l.set))
		return l.set;
	template_set_destroy(l.set);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
		    _("there are no templates (looked in %s/%s): install amends again or set AMENDS_DATA"),
		    (char *)roots->pdata[roots->len - 1], FOLDER);
	return NULL;
}
