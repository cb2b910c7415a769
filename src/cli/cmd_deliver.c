/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "ingest/ingest.h"
#include "ingest/mail.h"
#include "ingest/platform.h"
#include "store/automation.h"

#include <sysexits.h>
#include <unistd.h>

#include "domain/banned.h"

/* A mail server bounces the mail on most codes and keeps it on one: whatever a person can put right later, a
 * broken data file and a foreign store too, is EX_TEMPFAIL. Only where nothing came there is nothing to lose.
 */
static int failed(const GError *error)
{
	out_complain(error->message);
	return g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_INVAL) ? EX_DATAERR : EX_TEMPFAIL;
}

static int deliver(struct cli *cli)
{
	g_autoptr(store_auto) s = cli_open(cli, STORE_WRITE);
	if (!s)
		return EX_TEMPFAIL;
	g_autoptr(GError) error = NULL;
	mail_init();
	g_autoptr(platforms_auto) platforms = platforms_load(&error);
	if (!platforms) {
		out_complain(error->message);
		return EX_TEMPFAIL;
	}
	struct import_options o = {.store = s, .platforms = platforms, .now = cli->now};
	struct ingested where = {0};
	const GPtrArray *faults = store_automation_faults(s);
	for (guint n = 0; n < faults->len; n++)
		out_complain(faults->pdata[n]);
	return ingest_deliver(&o, STDIN_FILENO, &where, &error) ? EX_OK : failed(error);
}

int cmd_deliver(struct cli *cli, int argc, char **argv)
{
	if (!command_options(cli, command_find(mail_commands, "deliver"), NULL, &argc, &argv))
		return EX_USAGE;
	if (argc > 1) {
		out_complain(_("deliver reads standard input and takes no arguments"));
		return EX_USAGE;
	}
	return deliver(cli);
}
