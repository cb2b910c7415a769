/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "domain/banned.h"

/* A new file for --save, under the attachment's own safe name; never over one that is there. */
static int create_file(struct store *s, gint64 id, const char *folder, char **path, GError **error)
{
	gint64 message = 0;
	struct attachment *a = store_attachment(s, id, &message, error);
	if (!a)
		return -1;
	g_autoptr(GPtrArray) owner = attachments_new();
	g_ptr_array_add(owner, a);
	*path = g_build_filename(folder, a->name, NULL);
	int fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
			    _("%s can't be made: %s. Move it away or name another folder"), *path,
			    g_strerror(errno));
	return fd;
}

static int save(struct store *s, gint64 id, const char *folder)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	int fd = create_file(s, id, folder, &path, &error);
	if (fd < 0)
		return cli_fault(error);
	bool ok = ingest_attachment(s, id, fd, &error);
	if (close(fd) != 0 && ok) {
		ok = false;
		g_set_error(&error, G_FILE_ERROR, g_file_error_from_errno(errno),
			    _("%s can't be written: %s"), path, g_strerror(errno));
	}
	if (!ok) {
		unlink(path);
		return cli_fault(error);
	}
	g_autofree char *line = g_strconcat(path, "\n", NULL);
	out_text(line);
	return out_finish();
}

static int print(struct store *s, gint64 id)
{
	g_autoptr(GError) error = NULL;
	if (isatty(STDOUT_FILENO)) {
		out_complain(
		    _("an attachment isn't written to the terminal; use --save FOLDER or send it to a file"));
		return EXIT_USAGE;
	}
	return ingest_attachment(s, id, STDOUT_FILENO, &error) ? EXIT_OK : cli_fault(error);
}

int cmd_attachment(struct cli *cli, int argc, char **argv)
{
	g_autofree char *folder = NULL;
	const GOptionEntry options[] = {
	    {"save", 's', 0, G_OPTION_ARG_FILENAME, &folder,
	     N_("Write it into this folder under its own name"), N_("FOLDER")},
	    G_OPTION_ENTRY_NULL,
	};
	guint64 id = 0;
	if (!command_options(cli, command_find(mail_commands, "attachment"), options, &argc, &argv))
		return EXIT_USAGE;
	if (argc != 2 || !g_ascii_string_to_unsigned(argv[1], 10, 1, G_MAXINT64, &id, NULL)) {
		out_complain(_("name one attachment by its number; amends show CASE lists them"));
		return EXIT_USAGE;
	}
	g_autoptr(store_auto) s = cli_open(cli, STORE_READ);
	if (!s)
		return EXIT_FAULT;
	return folder ? save(s, (gint64)id, folder) : print(s, (gint64)id);
}
