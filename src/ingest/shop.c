/* SPDX-License-Identifier: MIT */
#include "ingest/shop.h"

#include "domain/ini.h"
#include "domain/intl.h"
#include "ingest/compose_text.h"
#include "store/datafile.h"
#include "store/settings.h"

#include <string.h>

#include "domain/banned.h"

static const char *const shop_keys[] = {"name", "addresses", "zone", "languages", "archive_days", NULL};
static const char *const mail_keys[] = {"command", "limit", "undo", "attachments_most", NULL};
#define COMMAND "sendmail -t -i"
#define LIMIT 120
#define LONGEST_LIMIT 3600
#define ARCHIVE_DAYS 180
#define MOST_ARCHIVE_DAYS 36500
static const char *const known_languages[] = {"en", "nl", "lt", "it", "zh-Hans", "zh-Hant", NULL};

void shop_destroy(struct shop *s)
{
	if (!s)
		return;
	g_free(s->name);
	g_strfreev(s->addresses);
	g_free(s->zone);
	g_strfreev(s->languages);
	g_strfreev(s->command);
	g_free(s);
}

static bool check(const struct ini *i, const struct shop *s, GError **error)
{
	for (int n = 0; s->addresses[n]; n++) {
		const char *at = strrchr(s->addresses[n], '@');
		bool whole = at != s->addresses[n];
		if (!at || !at[1] || (whole && !compose_address_is_plain(s->addresses[n])))
			return ini_fail(i, "shop", "addresses", error,
					_("\"%s\" is no address: write desk@shop.example, or @shop.example "
					  "for all of a domain"),
					s->addresses[n]);
	}
	for (int n = 0; s->languages[n]; n++) {
		if (!g_strv_contains(known_languages, s->languages[n]))
			return ini_fail(i, "shop", "languages", error,
					_("unknown language \"%s\"; there are: %s"), s->languages[n],
					"en, nl, lt, it, zh-Hans, zh-Hant");
	}
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(s->zone);
	if (!zone)
		return ini_fail(i, "shop", "zone", error,
				_("\"%s\" is no time zone: write one such as Europe/Vilnius"), s->zone);
	return true;
}

static bool read_mail(const struct ini *i, struct shop *s, GError **error)
{
	if (!ini_only(i, "mail", mail_keys, error))
		return false;
	g_autoptr(GError) fault = NULL;
	g_autofree char *command = ini_value(i, "mail", "command"), *limit = ini_value(i, "mail", "limit");
	if (!g_shell_parse_argv(command && *command ? command : COMMAND, NULL, &s->command, &fault))
		return ini_fail(i, "mail", "command", error, _("\"%s\" can't be split into words: %s"),
				command, fault->message);
	guint64 seconds = LIMIT;
	if (limit && !g_ascii_string_to_unsigned(limit, 10, 1, LONGEST_LIMIT, &seconds, NULL))
		return ini_fail(i, "mail", "limit", error,
				_("\"%s\": write a number of seconds from 1 to %d"), limit, LONGEST_LIMIT);
	s->limit = (int)seconds;
	return true;
}

static bool read_archive(const struct ini *i, struct shop *s, GError **error)
{
	guint64 days = ARCHIVE_DAYS;
	g_autofree char *text = ini_value(i, "shop", "archive_days");
	if (text && *text && !g_ascii_string_to_unsigned(text, 10, 0, MOST_ARCHIVE_DAYS, &days, NULL))
		return ini_fail(i, "shop", "archive_days", error,
				_("\"%s\": write a number of days, or 0 for never"), text);
	s->archive_days = (int)days;
	return true;
}

const char *shop_address(const struct shop *s, GError **error)
{
	for (int n = 0; s->addresses[n]; n++) {
		if (s->addresses[n][0] != '@')
			return s->addresses[n];
	}
	g_set_error(
	    error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
	    _("shop.ini names no address to answer from: write one such as addresses = desk@shop.example into"
	      " ~/.config/amends/shop.ini"));
	return NULL;
}

struct shop *shop_parse(const char *file, const char *text, gsize length, GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	if (!i)
		return NULL;
	if (!ini_line(i, "shop", NULL)) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
			    _("%s:1: the group [shop] is missing"), file);
		return NULL;
	}
	if (!ini_only(i, "shop", shop_keys, error))
		return NULL;
	/* What the store goes by is checked with the rest. */
	g_autoptr(settings_auto) settings = settings_read(i, error);
	if (!settings)
		return NULL;
	g_autoptr(shop_auto) s = g_new0(struct shop, 1);
	char *name = ini_value(i, "shop", "name"), *zone = ini_value(i, "shop", "zone");
	s->name = name ? name : g_strdup("");
	s->zone = zone && *zone ? g_steal_pointer(&zone) : g_strdup("UTC");
	g_free(zone);
	s->addresses = ini_list(i, "shop", "addresses");
	s->languages = ini_list(i, "shop", "languages");
	return check(i, s, error) && read_mail(i, s, error) && read_archive(i, s, error) ? g_steal_pointer(&s)
											 : NULL;
}

struct shop *shop_load(GError **error)
{
	struct datafile *f = datafile_one("shop.ini", error);
	if (!f)
		return NULL;
	struct shop *s = shop_parse(f->path, f->text, f->length, error);
	datafile_destroy(f);
	return s;
}
