/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "store/template_edit.h"
#include "store/template_files.h"

#include <string.h>
#include <sys/wait.h>

#include "domain/banned.h"

static void complain(const char *message, void *data)
{
	out_complain(message);
	(*(guint *)data)++;
}

/* "en nl lt zh-Hans zh-Hant it", a stale body in brackets. */
static char *body_list(const struct template *t)
{
	GString *out = g_string_new(NULL);
	for (int l = 0; l < N_LANGS; l++) {
		if (t->bodies[l])
			g_string_append_printf(out, template_is_stale(t, l) ? "%s(%s)" : "%s%s",
					       out->len ? " " : "", LANGS.words[l].id);
	}
	return g_string_free(out, false);
}

static void print_cell(GString *line, const char *text, int columns)
{
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	text_column(line, safe, columns, TEXT_LEFT);
	g_string_append(line, "  ");
}

static void print_line(const char *name, const char *stage, const char *title, const char *bodies)
{
	g_autoptr(GString) line = g_string_new(NULL);
	print_cell(line, name, 26);
	print_cell(line, stage, 15);
	print_cell(line, title, 44);
	g_string_append(line, bodies);
	g_strchomp(line->str);
	out_text(line->str);
	out_text("\n");
}

static void list(const struct template_set *set)
{
	print_line(_("NAME"), _("STAGE"), _("TITLE"), _("LANGUAGES (out of date)"));
	for (guint i = 0; i < template_set_count(set); i++) {
		const struct template *t = template_set_nth(set, i);
		g_autofree char *bodies = body_list(t);
		if (t->title)
			print_line(t->name, vocab_title(&STAGES, t->stage), t->title, bodies);
	}
}

static int show(const struct template_set *set, const char *name)
{
	const struct template *t = template_set_find(set, name);
	if (!t) {
		g_autofree char *message =
		    g_strdup_printf(_("there is no template \"%s\"; amends templates lists them"), name);
		out_complain(message);
		return EXIT_NOT_FOUND;
	}
	for (int l = 0; l < N_LANGS; l++) {
		if (!t->bodies[l])
			continue;
		g_autofree char *safe = text_safe(t->bodies[l], -1, TEXT_LINES);
		g_autofree char *text =
		    g_strdup_printf("== %s%s\n%s\n\n", vocab_title(&LANGS, l),
				    template_is_stale(t, l) ? _(" (out of date)") : "", safe);
		out_text(text);
	}
	return out_finish();
}

static const char *editor(void)
{
	const char *const names[] = {"VISUAL", "EDITOR"};
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = g_getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "vi";
}

/* Opens meta.ini and the bodies of the person's own copy. $VISUAL may hold options, as everywhere. */
static bool run_editor(const char *folder, GError **error)
{
	g_auto(GStrv) command = NULL;
	int count, status;
	if (!g_shell_parse_argv(editor(), &count, &command, error))
		return false;
	g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func(g_free);
	for (int i = 0; i < count; i++)
		g_ptr_array_add(args, g_strdup(command[i]));
	for (int l = 0; l < N_LANGS; l++) {
		g_autofree char *file = g_strconcat(LANGS.words[l].id, ".txt", NULL);
		g_ptr_array_add(args, g_build_filename(folder, file, NULL));
	}
	g_ptr_array_add(args, g_build_filename(folder, "meta.ini", NULL));
	g_ptr_array_add(args, NULL);
	return g_spawn_sync(NULL, (char **)args->pdata, NULL,
			    G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
			    &status, error) &&
	       g_spawn_check_wait_status(status, error);
}

static void tell_change(const char *name, const struct template_change *change)
{
	g_autofree char *line = NULL;
	if (!change->kept)
		line = g_strdup_printf(_("%s: nothing was changed: the shipped text stays in use\n"), name);
	else if (change->source)
		line = g_strdup_printf(_("%s: en.txt was changed: its revision (source) is now %d; what "
					 "renders it gets the same "
					 "number under [bodies] in meta.ini\n"),
				       name, change->source);
	out_text(line ? line : "");
}

/* What is wrong now is told. */
static int check_edited(const char *name)
{
	g_autoptr(GError) error = NULL;
	guint faults = 0;
	g_autoptr(template_set_auto) set = template_files_load(complain, &faults, &error);
	if (!set)
		return cli_fault(error);
	const struct template *t = template_set_find(set, name);
	for (int l = 0; t && l < N_LANGS; l++) {
		if (template_is_stale(t, l) && t->bodies[l]) {
			g_autofree char *line =
			    g_strdup_printf(_("%s: %s.txt renders an older en.txt"), name, LANGS.words[l].id);
			complain(line, &faults);
		}
	}
	return faults ? EXIT_FAULT : out_finish();
}

/* The folder stays as it was left, right or wrong, unless it was left as it was. */
static int edit(const char *name)
{
	g_autoptr(GError) error = NULL, failed = NULL;
	g_autoptr(template_edit_auto) e = template_edit_begin(name, &error);
	struct template_change change;
	if (!e)
		return cli_fault(error);
	bool ran = run_editor(template_edit_folder(e), &failed);
	if (!template_edit_end(e, &change, &error))
		return cli_fault(error);
	tell_change(name, &change);
	return ran ? check_edited(name) : cli_fault(failed);
}

int cmd_templates(struct cli *cli, int argc, char **argv)
{
	const struct command *self = command_find(desk_commands, "templates");
	if (!command_options(cli, self, NULL, &argc, &argv))
		return EXIT_USAGE;
	bool shows = argc == 3 && g_str_equal(argv[1], "show"),
	     edits = argc == 3 && g_str_equal(argv[1], "edit");
	if (argc != 1 && !shows && !edits) {
		out_complain(
		    _("say amends templates, amends templates show NAME or amends templates edit NAME"));
		return EXIT_USAGE;
	}
	if (edits)
		return edit(argv[2]);
	g_autoptr(GError) error = NULL;
	guint faults = 0;
	g_autoptr(template_set_auto) set = template_files_load(complain, &faults, &error);
	if (!set)
		return cli_fault(error);
	if (shows)
		return show(set, argv[2]);
	list(set);
	return faults ? EXIT_FAULT : out_finish();
}
