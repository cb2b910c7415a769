/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/now.h"
#include "domain/intl.h"

#include "domain/banned.h"

const struct command mail_commands[] = {
    {"import", "PATH...", N_("read mail in: mbox, Maildir, single mails, folders"), cmd_import, false},
    {"deliver", "", N_("read one mail from standard input (for mail servers)"), cmd_deliver, true},
    {"attachment", "ID", N_("write an attachment to standard output"), cmd_attachment, true},
    {"send", "", N_("send the answers that may leave"), cmd_send, false},
    {"check", "", N_("check every data file"), cmd_check, false},
    {NULL, NULL, NULL, NULL, false},
};

/* Run by `amends`, so it answers under that name. */
int main(int argc, char **argv)
{
	return command_main(mail_commands, NULL, "amends", now_ms, argc, argv);
}
