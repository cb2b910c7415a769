/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "domain/intl.h"

#include "domain/banned.h"

const struct command desk_commands[] = {
    {"ui", "[QUERY]", N_("open the desk (as without a command)"), cmd_ui, false},
    {"list", "[QUERY]", N_("list open cases, the next deadline first"), cmd_list, false},
    {"show", "CASE", N_("show a case with its whole history"), cmd_show, false},
    {"why", "CASE", N_("tell how a case's due times came about"), cmd_why, false},
    {"act", "[CASE WHAT | undo]",
     N_("do something to a case (take, status=ours, snooze=fri), or take the last act back"), cmd_act, false},
    {"templates", "[show NAME | edit NAME]", N_("list the canned replies, show one, or change one"),
     cmd_templates, false},
    {"rules", "[test CASE]", N_("list the rules of automation, or tell what they would do to a case"),
     cmd_rules, false},
    {"guard", "", N_("read a draft, tell what it may not say"), cmd_guard, false},
    {"reply", "CASE --template NAME", N_("answer a case with a canned reply"), cmd_reply, false},
    {"outbox", "[posted ID | again ID | drop ID]",
     N_("list the answers that wait or failed, or say what became of one"), cmd_outbox, false},
    {"send", "", N_("send the answers that may leave"), cmd_exec, true},
    {"import", "PATH...", N_("read mail in: mbox, Maildir, single mails, folders"), cmd_exec, true},
    {"deliver", "", N_("read one mail from standard input (for mail servers)"), cmd_exec, true},
    {"attachment", "ID", N_("write an attachment to standard output"), cmd_exec, true},
    {"check", "", N_("check every data file"), cmd_exec, true},
    {NULL, NULL, NULL, NULL, false},
};
