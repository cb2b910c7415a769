/* SPDX-License-Identifier: MIT */
#include "store/template_edit.h"

#include "domain/intl.h"
#include "store/datafile.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "domain/banned.h"

#define FOLDER "templates"
#define META "meta.ini"

struct template_edit {
	char *own, *hidden;    /* folders; `hidden`: whose place the own one takes, NULL if there is none */
	char *bodies[N_LANGS]; /* before the change; NULL where there was none */
	char *meta;
};

void template_edit_destroy(struct template_edit *e)
{
	if (!e)
		return;
	for (int l = 0; l < N_LANGS; l++)
		g_free(e->bodies[l]);
	g_free(e->meta);
	g_free(e->hidden);
	g_free(e->own);
	g_free(e);
}

const char *template_edit_folder(const struct template_edit *e)
{
	return e->own;
}

/* NULL if there is none or it can't be read. */
static char *text_of(const char *folder, const char *file)
{
	g_autofree char *path = g_build_filename(folder, file, NULL);
	char *text = NULL;
	return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

static char *body_of(const char *folder, int lang)
{
	g_autofree char *file = g_strconcat(LANGS.words[lang].id, ".txt", NULL);
	return text_of(folder, file);
}

/* The names in a folder but hidden ones; owned by the caller. */
static GPtrArray *entries(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const char *entry;
	while (dir && (entry = g_dir_read_name(dir))) {
		if (*entry != '.')
			g_ptr_array_add(names, g_strdup(entry));
	}
	return names;
}

static bool copy_all(const char *from, const char *to, GError **error)
{
	g_autoptr(GPtrArray) names = entries(from);
	if (g_mkdir_with_parents(to, 0700) != 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), _("%s can't be made: %s"),
			    to, g_strerror(errno));
		return false;
	}
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *source = g_build_filename(from, names->pdata[i], NULL),
				*target = g_build_filename(to, names->pdata[i], NULL);
		g_autofree char *text = NULL;
		gsize length;
		if (!g_file_get_contents(source, &text, &length, error) ||
		    !g_file_set_contents(target, text, (gssize)length, error))
			return false;
	}
	return true;
}

static bool find_folders(struct template_edit *e, const char *name)
{
	g_autoptr(GPtrArray) roots = datafile_roots();
	e->own = g_build_filename(roots->pdata[0], FOLDER, name, NULL);
	for (guint i = 1; i < roots->len && !e->hidden; i++) {
		g_autofree char *folder = g_build_filename(roots->pdata[i], FOLDER, name, NULL);
		if (g_file_test(folder, G_FILE_TEST_IS_DIR))
			e->hidden = g_steal_pointer(&folder);
	}
	return !strchr(name, '/') && (e->hidden || g_file_test(e->own, G_FILE_TEST_IS_DIR));
}

struct template_edit *template_edit_begin(const char *name, GError **error)
{
	g_autoptr(template_edit_auto) e = g_new0(struct template_edit, 1);
	if (!find_folders(e, name)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
			    _("there is no template \"%s\"; amends templates lists them"), name);
		return NULL;
	}
	if (!g_file_test(e->own, G_FILE_TEST_IS_DIR) && !copy_all(e->hidden, e->own, error))
		return NULL;
	for (int l = 0; l < N_LANGS; l++)
		e->bodies[l] = body_of(e->own, l);
	e->meta = text_of(e->own, META);
	return g_steal_pointer(&e);
}

static bool is_same(const char *a, const char *b)
{
	g_autoptr(GPtrArray) names = entries(a), others = entries(b);
	bool same = names->len == others->len;
	for (guint i = 0; i < names->len && same; i++) {
		g_autofree char *x = text_of(a, names->pdata[i]), *y = text_of(b, names->pdata[i]);
		same = x && g_strcmp0(x, y) == 0;
	}
	return same;
}

static bool remove_all(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) names = entries(folder);
	bool ok = true;
	for (guint i = 0; i < names->len && ok; i++) {
		g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
		ok = g_unlink(path) == 0;
	}
	if (ok && g_rmdir(folder) == 0)
		return true;
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), _("%s can't be removed: %s"), folder,
		    g_strerror(errno));
	return false;
}

/* What stands behind "KEY =" in a meta.ini; NULL if there is no such line. By lines, because the file may
 * have a fault by now, and its comments stay. */
static const char *value_of(const char *meta, const char *key)
{
	for (const char *line = meta; line; line = strchr(line, '\n'), line += line != NULL) {
		const char *p = line + strspn(line, " \t");
		if (!g_str_has_prefix(p, key))
			continue;
		p += strlen(key);
		p += strspn(p, " \t");
		if (*p == '=')
			return p + 1;
	}
	return NULL;
}

static int number_of(const char *meta, const char *key)
{
	const char *value = meta ? value_of(meta, key) : NULL;
	return value ? (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, 100000) : 0;
}

static char *with_number(const char *meta, const char *group, const char *key, int number)
{
	const char *value = value_of(meta, key);
	if (value)
		return g_strdup_printf("%.*s %d%s", (int)(value - meta), meta, number,
				       value + strcspn(value, "\n"));
	g_autofree char *head = g_strdup_printf("[%s]\n", group);
	const char *at = strstr(meta, head);
	if (!at)
		return g_strdup_printf("%s\n%s%s = %d\n", meta, head, key, number);
	at += strlen(head);
	return g_strdup_printf("%.*s%s = %d\n%s", (int)(at - meta), meta, key, number, at);
}

static void replace(char **text, char *by)
{
	g_free(*text);
	*text = by;
}

static bool raise_source(struct template_edit *e, int source, GError **error)
{
	g_autofree char *path = g_build_filename(e->own, META, NULL);
	g_autofree char *meta = NULL;
	if (!g_file_get_contents(path, &meta, NULL, error))
		return false;
	replace(&meta, with_number(meta, "template", "source", source));
	for (int l = 0; l < N_LANGS; l++) {
		g_autofree char *body = body_of(e->own, l);
		const char *id = LANGS.words[l].id;
		if (l != LANG_EN && body && g_strcmp0(body, e->bodies[l]) != 0)
			replace(&meta, with_number(meta, "bodies", id, source));
	}
	return g_file_set_contents(path, meta, -1, error);
}

bool template_edit_end(struct template_edit *e, struct template_change *change, GError **error)
{
	*change = (struct template_change){.kept = true};
	if (e->hidden && is_same(e->own, e->hidden)) {
		change->kept = false;
		return remove_all(e->own, error);
	}
	g_autofree char *source = body_of(e->own, LANG_EN), *meta = text_of(e->own, META);
	int before = MAX(1, number_of(e->meta, "source"));
	if (!source || !e->bodies[LANG_EN] || g_str_equal(source, e->bodies[LANG_EN]) ||
	    number_of(meta, "source") > before)
		return true;
	change->source = before + 1;
	return raise_source(e, change->source, error);
}
