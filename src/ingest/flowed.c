/* SPDX-License-Identifier: MIT */
#include "ingest/flowed.h"

#include <string.h>

#include "domain/banned.h"

static gsize quote_depth(const char *line)
{
	return strspn(line, ">");
}

static void begin_line(GString *out, gsize depth)
{
	for (gsize i = 0; i < depth; i++)
		g_string_append(out, "> ");
}

char *flowed_join(const char *text, bool delsp)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_sized_new(strlen(text) + 64);
	bool open = false; /* the line before asked to be continued */
	gsize open_depth = 0;
	for (int i = 0; lines[i]; i++) {
		gsize depth = quote_depth(lines[i]);
		const char *s = lines[i] + depth;
		s += *s == ' '; /* stuffing */
		bool signature = strcmp(s, "-- ") == 0;
		bool flows = !signature && g_str_has_suffix(s, " ");
		bool joins = open && open_depth == depth && !signature;
		if (!joins) {
			if (i)
				g_string_append_c(out, '\n');
			begin_line(out, depth);
		}
		g_string_append_len(out, s, (gssize)(strlen(s) - (flows && delsp)));
		open = flows;
		open_depth = depth;
	}
	return g_string_free(out, FALSE);
}
