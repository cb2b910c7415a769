/* SPDX-License-Identifier: MIT */
/*
 * Fills the man page while building: each line @COMMANDS@, @QUERY@ or @KEYS@ of the template becomes the
 * program's own table. Usage: man_tables TEMPLATE > PAGE.scd
 */
#include "cli/commands.h"
#include "domain/query.h"
#include "ui/actions.h"

#include <stdio.h>
#include <string.h>

#include "domain/banned.h"

/* scdoc's own signs, made literal. */
static void append_plain(GString *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("*_\\#[]|<>~", *text))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
}

static void append_row(GString *out, const char *term, const char *meaning)
{
	g_string_append_c(out, '*');
	append_plain(out, term);
	g_string_append(out, "*\n\t");
	append_plain(out, meaning);
	g_string_append(out, "\n\n");
}

static void append_commands(GString *out)
{
	for (const struct command *c = desk_commands; c->name; c++) {
		g_autofree char *form = g_strjoin(*c->form ? " " : "", c->name, c->form, NULL);
		append_row(out, form, c->meaning);
	}
}

static void append_query(GString *out)
{
	const struct query_help *row;
	for (guint n = 0; (row = query_help_nth(n)); n++)
		append_row(out, row->form, row->meaning);
}

/* The keys of the lists come first, then those of the places in which one writes or chooses. */
static const struct {
	guint places;
	const char *title;
} chapters[] = {
    {PLACE_INBOX | PLACE_CASE | PLACE_WHY | PLACE_HELP, NULL},
    {PLACE_PICKER, "Choosing a canned reply"},
    {PLACE_COMPOSER, "In a draft"},
    {PLACE_QUOTE, "Quoting the buyer"},
    {PLACE_POST, "Posting an answer by hand"},
    {PLACE_OUTBOX, "The outbox"},
    {PLACE_PAGE, "The page of a buyer, an order or an article"},
};

static void append_keys(GString *out)
{
	const struct action_row *row;
	for (guint i = 0; i < G_N_ELEMENTS(chapters); i++) {
		if (chapters[i].title)
			g_string_append_printf(out, "## %s\n\n", chapters[i].title);
		for (guint n = 0; (row = action_nth(n)); n++) {
			/* What works in the lists as well has been told there. */
			if (!(row->places & chapters[i].places) || (i && (row->places & chapters[0].places)))
				continue;
			g_autofree char *keys = action_keys(row);
			append_row(out, keys, row->help);
		}
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *mark;
		void (*append)(GString *out);
	} tables[] = {{"@COMMANDS@", append_commands}, {"@QUERY@", append_query}, {"@KEYS@", append_keys}};
	g_autofree char *template = NULL;
	if (argc != 2 || !g_file_get_contents(argv[1], &template, NULL, NULL)) {
		fputs("usage: man_tables TEMPLATE\n", stderr);
		return 1;
	}
	g_auto(GStrv) lines = g_strsplit(g_strchomp(template), "\n", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; lines[i]; i++) {
		bool filled = false;
		for (gsize t = 0; t < G_N_ELEMENTS(tables) && !filled; t++) {
			filled = g_str_equal(lines[i], tables[t].mark);
			if (filled)
				tables[t].append(out);
		}
		if (!filled)
			g_string_append_printf(out, "%s\n", lines[i]);
	}
	fputs(out->str, stdout);
	return fflush(stdout) ? 1 : 0;
}
