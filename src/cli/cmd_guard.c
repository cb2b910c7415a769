/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/guard.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "store/datafile.h"
#include "store/guard_files.h"

#include <stdio.h>
#include <string.h>

#include "domain/banned.h"

/* A draft of this size is no draft. */
#define DRAFT_MAX (1024 * 1024)

/* All of standard input; NULL after telling. */
static char *read_draft(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	char part[4096];
	for (gsize n; (n = fread(part, 1, sizeof part, stdin)) > 0 && text->len <= DRAFT_MAX;)
		g_string_append_len(text, part, (gssize)n);
	if (ferror(stdin) || text->len > DRAFT_MAX) {
		out_complain(
		    _("the draft can't be read, or is larger than 1 MiB: give its text on standard input"));
		return NULL;
	}
	if (!g_utf8_validate_len(text->str, text->len, NULL)) {
		out_complain(_("the draft isn't UTF-8 text: convert it first, for example with iconv"));
		return NULL;
	}
	return g_strdup(text->str);
}

/* Line and column of a byte, both from 1; the column counts characters. */
static void place_of(const char *text, gsize at, glong *line, glong *column)
{
	const char *start = text;
	*line = 1;
	for (const char *p = text; p < text + at; p++) {
		if (*p != '\n')
			continue;
		(*line)++;
		start = p + 1;
	}
	*column = g_utf8_strlen(start, text + at - start) + 1;
}

static void print_line(const char *text, const struct guard_finding *f)
{
	glong line, column;
	place_of(text, f->at, &line, &column);
	g_autofree char *row =
	    g_strdup_printf("%ld:%ld: %s: %s: %s\n", line, column, vocab_id(&GUARD_SEVERITIES, f->severity),
			    f->rule->id, f->text);
	g_autofree char *safe = text_safe(row, -1, TEXT_LINES);
	out_text(safe);
}

static json_t *as_json(const char *text, const struct guard_finding *f)
{
	glong line, column;
	place_of(text, f->at, &line, &column);
	g_autofree char *found = g_strndup(text + f->at, f->length);
	json_t *row = json_object();
	json_object_set_new(row, "line", json_integer(line));
	json_object_set_new(row, "column", json_integer(column));
	json_object_set_new(row, "severity", json_string(vocab_id(&GUARD_SEVERITIES, f->severity)));
	json_object_set_new(row, "rule", json_string(f->rule->id));
	json_object_set_new(row, "found", out_json_text(found));
	json_object_set_new(row, "title", out_json_text(f->rule->title));
	json_object_set_new(row, "why", out_json_text(f->rule->why));
	json_object_set_new(row, "instead", out_json_text(f->rule->instead));
	return row;
}

/* Whether anything was worse than a hint. */
static bool print_findings(const char *text, const GPtrArray *findings, bool json)
{
	bool bad = false;
	json_t *rows = json ? json_array() : NULL;
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		bad |= f->severity != GUARD_HINT;
		if (json)
			json_array_append_new(rows, as_json(text, f));
		else
			print_line(text, f);
	}
	if (json)
		out_json(rows, "\n");
	return bad;
}

static bool read_lang(const char *id, struct guard_draft *draft)
{
	if (!id)
		return true;
	draft->lang_known = lang_find(id, &draft->lang);
	if (!draft->lang_known) {
		g_autofree char *message =
		    g_strdup_printf(_("%s is none of the languages: en, nl, lt, zh-Hans, zh-Hant, it"), id);
		out_complain(message);
	}
	return draft->lang_known;
}

/* The ids of all platforms: their files, of which kinds.ini is none. NULL-ended, owned. */
static char **platform_ids(GError **error)
{
	g_autoptr(GPtrArray) files = datafile_all("platforms", ".ini", error);
	g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		if (!g_str_equal(f->name, "kinds"))
			g_strv_builder_add(ids, f->name);
	}
	return files ? g_strv_builder_end(ids) : NULL;
}

/* As the screens write it ("Amazon") is right too. Else its rules would be left out without a word. `*id`
 * owned. */
static bool read_platform(const char *asked, char **id)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) ids = asked ? platform_ids(&error) : NULL;
	*id = asked ? g_ascii_strdown(asked, -1) : NULL;
	if (!asked || (ids && g_strv_contains((const char *const *)ids, *id)))
		return true;
	g_autofree char *all = ids ? g_strjoinv(", ", ids) : NULL;
	g_autofree char *message =
	    ids ? g_strdup_printf(_("%s is none of the platforms: %s"), asked, all) : NULL;
	out_complain(message ? message : error->message);
	return false;
}

static int run(const char *lang, const char *asked, bool json)
{
	g_autofree char *platform = NULL;
	struct guard_draft draft = {0};
	g_autoptr(GError) error = NULL;
	if (!read_lang(lang, &draft) || !read_platform(asked, &platform))
		return EXIT_USAGE;
	draft.platform = platform;
	g_autoptr(guard_auto) rules = guard_files_load(&error);
	if (!rules)
		return cli_fault(error);
	g_autofree char *text = read_draft();
	if (!text)
		return EXIT_USAGE;
	draft.text = text;
	g_autoptr(GPtrArray) findings = guard_read(rules, &draft);
	bool bad = print_findings(text, findings, json);
	int written = out_finish();
	return bad ? EXIT_FAULT : written;
}

int cmd_guard(struct cli *cli, int argc, char **argv)
{
	g_autofree char *lang = NULL, *platform = NULL;
	gboolean json = FALSE;
	const GOptionEntry own[] = {
	    {"lang", 0, 0, G_OPTION_ARG_STRING, &lang,
	     N_("The language of the draft (else it is recognised)"), N_("LANG")},
	    {"platform", 0, 0, G_OPTION_ARG_STRING, &platform, N_("The platform it goes to, such as ebay"),
	     N_("NAME")},
	    {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "guard"), own, &argc, &argv))
		return EXIT_USAGE;
	if (argc > 1) {
		out_complain(_("guard takes no argument: it reads the draft from standard input"));
		return EXIT_USAGE;
	}
	return run(lang, platform, json);
}
