/* SPDX-License-Identifier: MIT */
/* Files of the person's machine that go out with an answer, and those that come back to a folder. */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct upload {
	char *name;       /* made safe: text_file_name() */
	const char *type; /* "application/pdf"; static */
	GBytes *bytes;
};
void upload_destroy(struct upload *u); /* accepts NULL */
typedef struct upload upload_auto;     /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(upload_auto, upload_destroy)

/* Reads a file whole, of at most `most` bytes; "~" and "~/" stand for the home folder. NULL and *error if it
 * isn't there, can't be read, is a folder, a device or empty, or is too large. */
struct upload *upload_read(const char *path, gint64 most, GError **error);

/* Paths that begin as typed, folders with a "/" behind, as typed, at most 200. GPtrArray of owned strings. */
GPtrArray *upload_complete(const char *typed);

/* Writes it all to a descriptor; false with errno on a fault. */
bool upload_write(int fd, const void *bytes, gsize length);

/* The name under which a file of that name can lie beside those of `taken` (a set of strings; the name is
 * added): itself, or "label-2.pdf" where "label.pdf" is there, whatever the case of its letters. Owned. */
char *upload_name_beside(const char *name, GHashTable *taken);

/* A new file of that safe name in the folder, never over one that is there; removed again if it can't be
 * written whole. *path is owned. */
bool upload_save(const char *folder, const char *name, GBytes *bytes, char **path, GError **error);
