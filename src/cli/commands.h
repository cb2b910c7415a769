/* SPDX-License-Identifier: MIT */
/* The commands of both programs: each reads its own options, prints, and returns its exit code. */
#pragma once
#include "cli/command.h"

/* amends */
int cmd_ui(struct cli *cli, int argc, char **argv);
int cmd_list(struct cli *cli, int argc, char **argv);
int cmd_show(struct cli *cli, int argc, char **argv);
int cmd_act(struct cli *cli, int argc, char **argv);
int cmd_why(struct cli *cli, int argc, char **argv);
int cmd_templates(struct cli *cli, int argc, char **argv);
int cmd_rules(struct cli *cli, int argc, char **argv);
int cmd_guard(struct cli *cli, int argc, char **argv);
int cmd_reply(struct cli *cli, int argc, char **argv);
int cmd_outbox(struct cli *cli, int argc, char **argv);
int cmd_exec(struct cli *cli, int argc, char **argv); /* hands over to amends-mail */

/* amends-mail */
int cmd_import(struct cli *cli, int argc, char **argv);
int cmd_deliver(struct cli *cli, int argc, char **argv);
int cmd_attachment(struct cli *cli, int argc, char **argv);
int cmd_send(struct cli *cli, int argc, char **argv);
int cmd_check(struct cli *cli, int argc, char **argv);

/* The one list of commands: amends runs the desk's and hands the mail's over. */
extern const struct command desk_commands[], mail_commands[];
