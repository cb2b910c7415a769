/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "domain/banned.h"

#define FORM_COLUMNS 20
#define HELP_COLUMNS 79

const struct command *command_find(const struct command *table, const char *name)
{
	for (; table->name; table++) {
		if (g_str_equal(table->name, name))
			return table;
	}
	return NULL;
}

struct meaning {
	GString *out;
	bool beside; /* the form stands on this line already */
};

static void meaning_line(const char *bytes, gsize length, void *data)
{
	struct meaning *m = data;
	if (!m->beside)
		g_string_append_printf(m->out, "  %-*s ", FORM_COLUMNS, "");
	g_string_append_len(m->out, bytes, (gssize)length);
	g_string_append_c(m->out, '\n');
	m->beside = false;
}

static void add_command(GString *out, const struct command *command)
{
	g_autofree char *form = g_strjoin(" ", command->name, command->form, NULL);
	struct meaning m = {.out = out, .beside = strlen(form) <= FORM_COLUMNS};
	/* A long form has its own line. */
	if (m.beside)
		g_string_append_printf(out, "  %-*s ", FORM_COLUMNS, form);
	else
		g_string_append_printf(out, "  %s\n", form);
	text_wrap(_(command->meaning), HELP_COLUMNS - FORM_COLUMNS - 3, meaning_line, &m);
}

static char *help_text(const struct command *table)
{
	GString *out = g_string_new(_("Commands:\n"));
	for (; table->name; table++)
		add_command(out, table);
	g_string_append(out, _("\nCOMMAND --help tells a command's own options. man amends has more."));
	return g_string_free(out, FALSE);
}

static int usage(const char *program, const char *format, const char *what)
{
	g_autofree char *message = g_strdup_printf(format, what);
	out_complain(message);
	g_autofree char *hint = g_strdup_printf(_("%s --help tells how it is used"), program);
	out_complain(hint);
	return EXIT_USAGE;
}

/* Options that may stand before or behind the command's name. */
static void add_common(GOptionContext *context, struct cli *cli)
{
	const GOptionEntry common[] = {
	    {"db", 0, 0, G_OPTION_ARG_FILENAME, &cli->db,
	     N_("The store to use (else $AMENDS_DB, else the default one)"), N_("FILE")},
	    G_OPTION_ENTRY_NULL,
	};
	g_option_context_add_main_entries(context, common, GETTEXT_PACKAGE);
	g_option_context_set_help_enabled(context, FALSE);
}

static void print_help(GOptionContext *context)
{
	g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
	out_text(text);
}

bool command_options(struct cli *cli, const struct command *command, const GOptionEntry *own, int *argc,
		     char ***argv)
{
	gboolean help = FALSE;
	const GOptionEntry helping[] = {
	    {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Tell how it is used"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autofree char *form = g_strjoin(" ", command->name, command->form, NULL);
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_option_context_set_summary(context, _(command->meaning));
	if (own)
		g_option_context_add_main_entries(context, own, GETTEXT_PACKAGE);
	g_option_context_add_main_entries(context, helping, GETTEXT_PACKAGE);
	add_common(context, cli);
	g_autofree char *name = g_strjoin(" ", cli->program, form, NULL);
	g_set_prgname(name);
	g_autoptr(GError) error = NULL;
	if (!g_option_context_parse(context, argc, argv, &error)) {
		/* "-refund" is a query too, but looks like an option. */
		const char *hint = strstr(command->form, "QUERY")
				       ? _("%s (%s %s --help tells the options; write -- before a query "
					   "that begins with -)")
				       : _("%s (%s %s --help tells the options)");
		g_autofree char *message = g_strdup_printf(hint, error->message, cli->program, command->name);
		out_complain(message);
		return false;
	}
	if (help) {
		print_help(context);
		exit(out_finish());
	}
	/* "--" has done its work. */
	if (*argc > 1 && g_str_equal((*argv)[1], "--")) {
		memmove(*argv + 1, *argv + 2, sizeof(char *) * (size_t)(*argc - 1));
		(*argc)--;
	}
	return true;
}

struct store *cli_open(struct cli *cli, enum store_mode mode)
{
	g_autofree char *standard = cli->db ? NULL : store_default_path();
	g_autoptr(GError) error = NULL;
	if (cli->db && !*cli->db) {
		out_complain(_("--db is empty: name a file, or leave --db out for the default store"));
		return NULL;
	}
	const char *path = cli->db ? cli->db : standard;
	struct store *s = store_open(path, mode, &error);
	/* Who may write a store brings it up to date by reading it, too. */
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_OLDER) && g_access(path, W_OK) == 0) {
		g_clear_error(&error);
		store_close(store_open(path, STORE_WRITE, &error));
		s = error ? NULL : store_open(path, mode, &error);
	}
	if (!s)
		out_complain(error->message);
	return s;
}

struct store *cli_open_there(struct cli *cli)
{
	g_autofree char *path = cli->db ? g_strdup(cli->db) : store_default_path();
	return cli_open(cli, g_file_test(path, G_FILE_TEST_EXISTS) ? STORE_WRITE : STORE_READ);
}

bool cli_case_number(const char *text, gint64 *id)
{
	guint64 number = 0;
	const char *digits = text + (text[0] == '#');
	if (!g_ascii_string_to_unsigned(digits, 10, 1, G_MAXINT64, &number, NULL)) {
		g_autofree char *message =
		    g_strdup_printf(_("%s is no case number; amends list shows them"), text);
		out_complain(message);
		return false;
	}
	*id = (gint64)number;
	return true;
}

int cli_fault(const GError *error)
{
	out_complain(error->message);
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND))
		return EXIT_NOT_FOUND;
	return g_error_matches(error, STORE_ERROR, STORE_ERROR_QUERY) ? EXIT_USAGE : EXIT_FAULT;
}

static void set_up_language(void)
{
	const char *built = g_getenv("AMENDS_LOCALE"); /* where nothing is installed, as for AMENDS_DATA */
	setlocale(LC_ALL, "");
	bindtextdomain(GETTEXT_PACKAGE, built && *built ? built : AMENDS_LOCALE_DIR);
	bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
	textdomain(GETTEXT_PACKAGE);
}

/* Reads the options before the command. -1: go on; else the exit code. */
static int read_globals(const struct command *table, struct cli *cli, int *argc, char ***argv)
{
	gboolean help = FALSE, version = FALSE;
	const GOptionEntry entries[] = {
	    {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Tell how it is used"), NULL},
	    {"version", 'V', 0, G_OPTION_ARG_NONE, &version, N_("Tell the version"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(_("[COMMAND] [ARGUMENT...]"));
	g_autofree char *commands = help_text(table);
	g_option_context_set_summary(context,
				     _("A terminal complaint desk, sorted by the clock that bites next."));
	g_option_context_set_description(context, commands);
	g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
	add_common(context, cli);
	g_option_context_set_strict_posix(context, TRUE);
	g_autoptr(GError) error = NULL;
	if (!g_option_context_parse(context, argc, argv, &error))
		return usage(cli->program, "%s", error->message);
	if (help) {
		print_help(context);
		return out_finish();
	}
	if (version) {
		g_autofree char *text = g_strdup_printf("%s %s\n", cli->program, AMENDS_VERSION);
		out_text(text);
		return out_finish();
	}
	return -1;
}

static int dispatch(const struct command *table, const struct command *fallback, struct cli *cli, int argc,
		    char **argv)
{
	const struct command *command = fallback;
	if (argc > 1) {
		command = command_find(table, argv[1]);
		if (!command)
			return usage(cli->program, _("there is no command %s"), argv[1]);
		argc--;
		argv++;
	}
	if (!command)
		return usage(cli->program, "%s", _("name a command"));
	if (!command->raw)
		out_speak_of_locale();
	return command->run(cli, argc, argv);
}

int command_main(const struct command *table, const struct command *fallback, const char *program,
		 gint64 (*now)(void), int argc, char **argv)
{
	set_up_language();
	/* GOption shortens the vector in place; the strings stay ours. */
	g_autofree char **args = g_new0(char *, (gsize)argc + 2);
	for (int i = 0; i < argc; i++)
		args[i] = argv[i];
	if (argc == 0)
		args[argc++] = (char *)program;
	g_set_prgname(program);
	struct cli cli = {.program = program, .me = g_get_user_name(), .now = now};
	char **rest = args;
	int code = read_globals(table, &cli, &argc, &rest);
	if (code < 0) {
		cli.zone = g_time_zone_new_local();
		code = dispatch(table, fallback, &cli, argc, rest);
		g_time_zone_unref(cli.zone);
	}
	g_free(cli.db);
	return code;
}
