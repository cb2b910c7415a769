/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "ui/ui.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "domain/banned.h"

/* For writing, if there is a store: the desk doesn't make one. */
static struct store *open_store(struct cli *cli)
{
	g_autofree char *standard = cli->db ? NULL : store_default_path();
	const char *path = cli->db ? cli->db : standard;
	return cli_open(cli, g_access(path, W_OK) == 0 ? STORE_WRITE : STORE_READ);
}

int cmd_ui(struct cli *cli, int argc, char **argv)
{
	g_autofree char *number = NULL;
	gint64 id = 0;
	const GOptionEntry options[] = {
	    {"case", 'c', 0, G_OPTION_ARG_STRING, &number, N_("Open this case first"), N_("CASE")},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "ui"), options, &argc, &argv))
		return EXIT_USAGE;
	if (number && !cli_case_number(number, &id))
		return EXIT_USAGE;
	g_autofree char *query = argc > 1 ? g_strjoinv(" ", argv + 1) : NULL;
	g_autoptr(store_auto) s = open_store(cli);
	if (!s)
		return EXIT_FAULT;
	struct ui_options o = {
	    .store = s,
	    .me = cli->me,
	    .now = cli->now,
	    .zone = cli->zone,
	    .open_case = id,
	    .query = query,
	};
	g_autoptr(GError) error = NULL;
	return ui_run(&o, &error) ? EXIT_OK : cli_fault(error);
}
