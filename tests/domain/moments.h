/* SPDX-License-Identifier: MIT */
/* What the tests of times share: moments written by hand, and the rules as shipped. GLib's own GDateTime
 * reads the moments, so that domain/days.h is never checked against itself. */
#pragma once
#include "domain/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "2026-11-23 14:05", with ":30" or ":30.999" or none, in `zone`; a tail such as "+01" names the offset.
 * "never" is G_MAXINT64. */
static inline gint64 moment(const char *text, GTimeZone *zone)
{
	if (g_str_equal(text, "never"))
		return G_MAXINT64;
	g_autofree char *iso = g_strdelimit(g_strdup(text), " ", 'T');
	g_autofree char *full = strlen(iso) == 16 ? g_strconcat(iso, ":00", NULL) : g_strdup(iso);
	g_autoptr(GDateTime) t = g_date_time_new_from_iso8601(full, zone);
	assert_non_null(t);
	return g_date_time_to_unix(t) * 1000 + g_date_time_get_microsecond(t) / 1000;
}

static inline char *moment_text(gint64 at, GTimeZone *zone)
{
	if (at == G_MAXINT64)
		return g_strdup("never");
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / 1000);
	g_autoptr(GDateTime) t = g_date_time_to_timezone(utc, zone);
	g_autofree char *text = g_date_time_format(t, "%Y-%m-%d %H:%M:%S%z");
	return g_strdup_printf("%s.%03d", text, (int)(at % 1000));
}

static inline void add_folder(struct ruleset *r, const char *folder, bool clocks)
{
	g_autofree char *path = g_build_filename(g_getenv("AMENDS_DATA"), folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	assert_non_null(dir);
	for (const char *n; (n = g_dir_read_name(dir));) {
		if (!g_str_has_suffix(n, ".ini"))
			continue;
		g_autofree char *file = g_build_filename(path, n, NULL);
		g_autofree char *name = g_strndup(n, strlen(n) - 4);
		g_autofree char *text = NULL;
		g_autoptr(GError) error = NULL;
		gsize length;
		assert_true(g_file_get_contents(file, &text, &length, NULL));
		bool good = clocks ? ruleset_add_clocks(r, name, file, text, length, &error)
				   : ruleset_add_calendar(r, name, file, text, length, &error);
		if (!good)
			fail_msg("%s", error->message);
	}
}

static inline struct ruleset *shipped_rules(void)
{
	struct ruleset *r = ruleset_create();
	add_folder(r, "calendars", false);
	add_folder(r, "clocks", true);
	return r;
}
