/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"

#include <errno.h>
#include <unistd.h>

#include "domain/banned.h"

#define MAIL_PROGRAM "amends-mail"

/* Beside this program in a build folder; else where it was installed. */
static char *find_program(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = self ? g_path_get_dirname(self) : NULL;
	g_autofree char *beside = folder ? g_build_filename(folder, MAIL_PROGRAM, NULL) : NULL;
	if (beside && access(beside, X_OK) == 0)
		return g_steal_pointer(&beside);
	return g_build_filename(AMENDS_LIBEXEC_DIR, MAIL_PROGRAM, NULL);
}

/* What links MIME and HTML libraries is a program of its own, so that the desk starts without loading them.
 */
int cmd_exec(struct cli *cli, int argc, char **argv)
{
	g_autoptr(GPtrArray) args = g_ptr_array_new();
	g_autofree char *program = find_program();
	g_ptr_array_add(args, program);
	if (cli->db) {
		g_ptr_array_add(args, (gpointer) "--db");
		g_ptr_array_add(args, cli->db);
	}
	for (int i = 0; i < argc; i++)
		g_ptr_array_add(args, argv[i]);
	g_ptr_array_add(args, NULL);
	execv(program, (char **)args->pdata);
	g_autofree char *message =
	    g_strdup_printf(_("%s can't be run: %s. Install amends again"), program, g_strerror(errno));
	out_complain(message);
	/* A mail server that gets this from `deliver` keeps the mail and tries again. */
	return g_str_equal(argv[0], "deliver") ? 75 : EXIT_FAULT;
}
