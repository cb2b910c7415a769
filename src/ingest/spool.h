/* SPDX-License-Identifier: MIT */
/* What a path given to import stands for: the files to read, in order. */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct spool_file {
	char *path;   /* absolute */
	char *mark;   /* the same for one mail of a Maildir whatever its flags, in new/ or cur/ */
	gint64 size;  /* bytes */
	gint64 mtime; /* ms */
};

/* Of owned struct spool_file. */
GPtrArray *spool_files_new(void);

/*
 * Adds every file that `path` stands for: itself, or what is in the folder and its subfolders by name; of a
 * Maildir only new/ and cur/ (and of its subfolders). A folder reached twice is read once. False if
 * something couldn't be read: `faults` then got a line for each, and the rest is listed all the same.
 */
bool spool_list(const char *path, GPtrArray *files, GString *faults);

/* Adds "PATH: why" to `faults`, on a line of its own. */
void spool_fault(GString *faults, const char *path, const char *why);
