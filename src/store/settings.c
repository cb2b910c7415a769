/* SPDX-License-Identifier: MIT */
#include "store/settings.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/datafile.h"

#include <string.h>

#include "domain/banned.h"

#define UNDO_SECONDS 10
#define UNDO_LONGEST 120
#define ATTACH_MIB 10
#define ATTACH_MOST 50 /* mail servers rarely take more */
#define MIB G_GINT64_CONSTANT(1048576)

static const char *const rights_keys[] = {"override", NULL};

void settings_destroy(struct settings *s)
{
	if (!s)
		return;
	g_strfreev(s->override);
	g_free(s);
}

static bool read_number(const struct ini *i, const char *key, guint64 least, guint64 most, guint64 *number,
			GError **error)
{
	g_autofree char *text = ini_value(i, "mail", key);
	if (!text || g_ascii_string_to_unsigned(text, 10, least, most, number, NULL))
		return true;
	return ini_fail(i, "mail", key, error,
			_("\"%s\": write a number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT), text,
			least, most);
}

/* A misspelt group would give everybody every right. */
static bool check_groups(const struct ini *i, GError **error)
{
	static const char *const known[] = {"shop", "mail", "rights", NULL};
	g_auto(GStrv) groups = ini_groups(i);
	for (int n = 0; groups[n]; n++) {
		if (!g_strv_contains(known, groups[n]))
			return ini_fail(i, groups[n], NULL, error, _("unknown group [%s]; there are: %s"),
					groups[n], "[shop], [mail], [rights]");
	}
	return true;
}

/* No key: everybody; a key without a name: nobody. */
static bool read_rights(const struct ini *i, struct settings *s, GError **error)
{
	if (!ini_only(i, "rights", rights_keys, error))
		return false;
	if (!ini_line(i, "rights", "override"))
		return true;
	s->override = ini_list(i, "rights", "override");
	for (int n = 0; s->override[n]; n++) {
		if (strpbrk(s->override[n], " \t"))
			return ini_fail(i, "rights", "override", error,
					_("\"%s\" is no login: separate logins by \";\""), s->override[n]);
	}
	return true;
}

struct settings *settings_read(const struct ini *i, GError **error)
{
	g_autoptr(settings_auto) s = g_new0(struct settings, 1);
	guint64 undo = UNDO_SECONDS, most = ATTACH_MIB;
	if (!check_groups(i, error) || !read_number(i, "undo", 0, UNDO_LONGEST, &undo, error) ||
	    !read_number(i, "attachments_most", 1, ATTACH_MOST, &most, error) || !read_rights(i, s, error))
		return NULL;
	s->undo_ms = (gint64)undo * 1000;
	s->attach_most = (gint64)most * MIB;
	return g_steal_pointer(&s);
}

struct settings *settings_load(GError **error)
{
	struct datafile *f = datafile_one("shop.ini", error);
	if (!f)
		return NULL;
	g_autoptr(ini_auto) i = ini_parse(f->path, f->text, f->length, error);
	struct settings *s = i ? settings_read(i, error) : NULL;
	datafile_destroy(f);
	return s;
}

bool settings_may_override(const struct settings *s, const char *login)
{
	return !s->override || g_strv_contains((const char *const *)s->override, login) ||
	       g_strv_contains((const char *const *)s->override, "*");
}

char *settings_overriders(const struct settings *s)
{
	if (!s->override)
		return g_strdup(_("everybody"));
	g_autofree char *names = g_strjoinv(", ", s->override);
	return *names ? text_safe(names, -1, TEXT_ONE_LINE) : g_strdup(_("nobody"));
}
