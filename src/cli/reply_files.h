/* SPDX-License-Identifier: MIT */
/* The files that `amends reply` attaches. */
#pragma once
#include "store/store.h"

/* Reads the files (NULL-ended; may be NULL). GPtrArray of owned struct upload; NULL and *error if one can't
 * be attached or all together have more than `most` bytes. */
GPtrArray *reply_files_read(char *const *paths, gint64 most, GError **error);

/* For an answer that is posted by hand: prints which files to add on the page, and how to save each. */
bool reply_files_tell(struct store *s, gint64 outbox, GError **error);
