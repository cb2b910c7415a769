/* SPDX-License-Identifier: MIT */
#include "domain/ini.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

struct ini {
	char *file;
	GKeyFile *keys;
	GHashTable *lines; /* "group\nkey" or "group" -> line */
};

void ini_destroy(struct ini *i)
{
	if (!i)
		return;
	g_free(i->file);
	g_clear_pointer(&i->keys, g_key_file_unref);
	g_clear_pointer(&i->lines, g_hash_table_unref);
	g_free(i);
}

static char *place(const char *group, const char *key)
{
	return key ? g_strconcat(group, "\n", key, NULL) : g_strdup(group);
}

/* Notes where `group` or `key` stands; false if it stood somewhere before. */
static bool note_line(struct ini *i, const char *group, const char *key, int line, GError **error)
{
	char *name = place(group, key);
	int before = GPOINTER_TO_INT(g_hash_table_lookup(i->lines, name));
	if (before) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
			    _("%s:%d: \"%s\" is there already, in line %d: remove or rename one"), i->file,
			    line, key ? key : group, before);
		g_free(name);
		return false;
	}
	g_hash_table_insert(i->lines, name, GINT_TO_POINTER(line));
	return true;
}

static bool fault_of_form(const struct ini *i, int line, GError **error)
{
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
		    _("%s:%d: neither \"[group]\" nor \"key = value\" nor a \"# comment\""), i->file, line);
	return false;
}

static bool note_one(struct ini *i, const char *text, int line, char **group, GError **error)
{
	if (!*text || *text == '#')
		return true;
	if (*text == '[') {
		const char *end = strrchr(text, ']');
		if (!end || end[1] || end == text + 1)
			return fault_of_form(i, line, error);
		g_free(*group);
		*group = g_strndup(text + 1, end - text - 1);
		return note_line(i, *group, NULL, line, error);
	}
	const char *equals = strchr(text, '=');
	if (!equals || equals == text || !*group)
		return fault_of_form(i, line, error);
	g_autofree char *key = g_strchomp(g_strndup(text, equals - text));
	return note_line(i, *group, key, line, error);
}

static bool note_lines(struct ini *i, const char *text, gsize length, GError **error)
{
	g_autofree char *copy = g_strndup(text, length);
	g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
	g_autofree char *group = NULL;
	for (int n = 0; lines[n]; n++) {
		if (!note_one(i, g_strstrip(lines[n]), n + 1, &group, error))
			return false;
	}
	return true;
}

static bool check_bytes(const struct ini *i, const char *text, gsize length, GError **error)
{
	const char *bad;
	if (g_utf8_validate(text, length, &bad))
		return true;
	int line = 1;
	for (const char *p = text; p < bad; p++)
		line += *p == '\n';
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_UNKNOWN_ENCODING,
		    _("%s:%d: not UTF-8: save the file as UTF-8 text"), i->file, line);
	return false;
}

struct ini *ini_parse(const char *file, const char *text, gsize length, GError **error)
{
	g_autoptr(ini_auto) i = g_new0(struct ini, 1);
	i->file = g_strdup(file);
	i->keys = g_key_file_new();
	i->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!check_bytes(i, text, length, error) || !note_lines(i, text, length, error))
		return NULL;
	g_autoptr(GError) fault = NULL;
	if (length &&
	    !g_key_file_load_from_data(i->keys, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, &fault)) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s: %s", file, fault->message);
		return NULL;
	}
	return g_steal_pointer(&i);
}

const char *ini_file(const struct ini *i)
{
	return i->file;
}

char **ini_groups(const struct ini *i)
{
	return g_key_file_get_groups(i->keys, NULL);
}

char **ini_keys(const struct ini *i, const char *group)
{
	char **keys = g_key_file_get_keys(i->keys, group, NULL, NULL);
	return keys ? keys : g_new0(char *, 1);
}

int ini_line(const struct ini *i, const char *group, const char *key)
{
	g_autofree char *name = place(group, key);
	return GPOINTER_TO_INT(g_hash_table_lookup(i->lines, name));
}

char *ini_value(const struct ini *i, const char *group, const char *key)
{
	char *value = g_key_file_get_value(i->keys, group, key, NULL);
	return value ? g_strstrip(value) : NULL;
}

char *ini_localised(const struct ini *i, const char *group, const char *key)
{
	const char *const *languages = g_get_language_names_with_category("LC_MESSAGES");
	for (int n = 0; languages[n]; n++) {
		g_autofree char *name = g_strdup_printf("%s[%s]", key, languages[n]);
		char *value = ini_value(i, group, name);
		if (value)
			return value;
	}
	return ini_value(i, group, key);
}

char **ini_list(const struct ini *i, const char *group, const char *key)
{
	g_autofree char *value = ini_value(i, group, key);
	g_auto(GStrv) parts = g_strsplit_set(value ? value : "", ";,", -1);
	GPtrArray *list = g_ptr_array_new();
	for (int n = 0; parts[n]; n++) {
		if (*g_strstrip(parts[n]))
			g_ptr_array_add(list, g_strdup(parts[n]));
	}
	g_ptr_array_add(list, NULL);
	return (char **)g_ptr_array_free(list, false);
}

/* Whether `key`, its [lang] tail aside, is `known` ("example#": the name and a number). */
static bool is_known(const char *key, const char *known)
{
	gsize length = strcspn(key, "["), stem = strlen(known);
	if (!stem || known[stem - 1] != '#')
		return length == stem && strncmp(key, known, stem) == 0;
	if (strncmp(key, known, stem - 1) != 0 || length < stem)
		return false;
	for (gsize n = stem - 1; n < length; n++) {
		if (!g_ascii_isdigit(key[n]))
			return false;
	}
	return true;
}

bool ini_only(const struct ini *i, const char *group, const char *const *known, GError **error)
{
	g_auto(GStrv) keys = ini_keys(i, group);
	for (int k = 0; keys[k]; k++) {
		bool found = false;
		for (int n = 0; known[n] && !found; n++)
			found = is_known(keys[k], known[n]);
		if (found)
			continue;
		g_autofree char *list = g_strjoinv(", ", (char **)known);
		return ini_fail(i, group, keys[k], error, _("unknown key \"%s\"; there are: %s"), keys[k],
				list);
	}
	return true;
}

bool ini_fail(const struct ini *i, const char *group, const char *key, GError **error, const char *format,
	      ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *what = g_strdup_vprintf(format, args);
	va_end(args);
	int line = key ? ini_line(i, group, key) : 0;
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "%s:%d: %s", i->file,
		    line ? line : ini_line(i, group, NULL), what);
	return false;
}
