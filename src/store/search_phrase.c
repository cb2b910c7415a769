/* SPDX-License-Identifier: MIT */
#include "store/search_phrase.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "domain/banned.h"

#define WAYS_MOST 12 /* in which one phrase is asked for */

/* Written one way here and another there, and no script's alone, so that folding the script leaves them:
 * Taiwan's 寫著 and 檯燈, Hong Kong's 枱燈, the mainland's 写着 and 台灯. */
static const char *const variants[][4] = {
    {"着", "著", NULL}, {"台", "檯", "枱", NULL}, {"里", "裡", "裏", NULL},
    {"群", "羣", NULL}, {"峰", "峯", NULL},
};

static bool is_searchable(const char *folded)
{
	for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			return true;
	}
	return false;
}

/* In FTS5's quotes; a star at the end stands behind them. */
static char *quoted(const char *folded)
{
	bool prefix = g_str_has_suffix(folded, "*");
	GString *out = g_string_new("\"");
	for (const char *p = folded; *p; p++) {
		if (*p == '"')
			g_string_append(out, "\"\"");
		else if (!(prefix && !p[1]))
			g_string_append_c(out, *p);
	}
	g_string_append(out, prefix ? "\" *" : "\"");
	return g_string_free(out, false);
}

static char *replaced(const char *text, const char *from, const char *to)
{
	g_auto(GStrv) parts = g_strsplit(text, from, -1);
	return g_strjoinv(to, parts);
}

/* Adds the phrase with each other way to write one group of characters. */
static void add_ways(GPtrArray *ways, const char *const group[])
{
	guint count = ways->len;
	for (guint i = 0; i < count; i++) {
		for (int from = 0; group[from]; from++) {
			if (!strstr(ways->pdata[i], group[from]))
				continue;
			for (int to = 0; group[to] && ways->len < WAYS_MOST; to++) {
				if (to != from)
					g_ptr_array_add(ways,
							replaced(ways->pdata[i], group[from], group[to]));
			}
		}
	}
}

char *search_phrase(const char *folded)
{
	if (!is_searchable(folded))
		return NULL;
	g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(ways, g_strdup(folded));
	for (gsize n = 0; n < G_N_ELEMENTS(variants); n++)
		add_ways(ways, variants[n]);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < ways->len; i++) {
		g_autofree char *phrase = quoted(ways->pdata[i]);
		g_string_append_printf(out, "%s%s", i ? " OR " : "", phrase);
	}
	return g_string_free(out, false);
}
