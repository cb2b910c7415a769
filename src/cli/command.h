/* SPDX-License-Identifier: MIT */
/*
 * Subcommands: one table makes dispatch and help. `amends` and `amends-mail` each have one.
 */
#pragma once
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

/* Exit codes of everything but `deliver`, which speaks sysexits. */
enum cli_exit { EXIT_OK = 0, EXIT_FAULT = 1, EXIT_USAGE = 2, EXIT_NOT_FOUND = 3, EXIT_INTERRUPTED = 130 };

/* What every command gets. */
struct cli {
	const char *program; /* "amends" */
	char *db;            /* --db, or NULL; owned */
	const char *me;      /* login name */
	gint64 (*now)(void); /* UTC ms */
	GTimeZone *zone;     /* the reader's; owned */
};

struct command {
	const char *name;
	const char *form;                                   /* "[QUERY]", what follows the name */
	const char *meaning;                                /* msgid */
	int (*run)(struct cli *cli, int argc, char **argv); /* argv[0] is the command's name */
	bool raw; /* the locale isn't spoken of: others read the output */
};

/* Sets up locale and translations, reads the options before the command, runs it. Returns the exit code.
 * `fallback` runs when no command is named (NULL: that is a fault of usage). The table ends with a NULL name.
 */
int command_main(const struct command *table, const struct command *fallback, const char *program,
		 gint64 (*now)(void), int argc, char **argv);

/*
 * Reads a command's own options (may be NULL) and --db from argv, leaving the rest in it; --help prints and
 * ends. False after a fault, which has been told; the command then returns EXIT_USAGE.
 */
bool command_options(struct cli *cli, const struct command *command, const GOptionEntry *own, int *argc,
		     char ***argv);

/* The row of `name`; NULL if there is none. */
const struct command *command_find(const struct command *table, const char *name);

/* Opens the store named by --db, AMENDS_DB or the default; NULL after telling why not. */
struct store *cli_open(struct cli *cli, enum store_mode mode);

/* The same for writing, but makes none where there is none: that is told as a fault. */
struct store *cli_open_there(struct cli *cli);

/* Reads a case number ("17" or "#17"). False after telling. */
bool cli_case_number(const char *text, gint64 *id);

/* Tells a fault and returns the exit code it means. */
int cli_fault(const GError *error);
