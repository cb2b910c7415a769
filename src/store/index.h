/* SPDX-License-Identifier: MIT */
/*
 * The search index. What is written waits in a temporary table until index_flush(): FTS5 writes what it holds
 * to disk at every statement's savepoint, so that mail by mail it cost a fifth of an import.
 */
#pragma once
#include "store/sql.h"

/* Call before the write begins. */
bool index_prepare(struct store *s, GError **error);

/* Feeds folded text; it can be found after index_flush(). */
bool index_message(struct store *s, gint64 id, const char *folded, GError **error);
bool index_buyer(struct store *s, gint64 id, const char *folded, GError **error);

/* Takes a buyer's old text out. */
bool index_forget_buyer(struct store *s, gint64 id, const char *folded, GError **error);

/* Brings what waits into the index; the last thing before a write ends. */
bool index_flush(struct store *s, GError **error);
