/* SPDX-License-Identifier: MIT */
/* Messages in the store: the row, the source in pieces, attachments, and the search index. Called inside a
 * write. */
#pragma once
#include "store/parties.h"

#define MESSAGE_OURS "outbox" /* the origin of what was written here */

/* What became of a mail with this Message-ID before. */
enum message_known { MESSAGE_NEW, MESSAGE_THERE, MESSAGE_FAULT };

/* Looks for the mail; if its Message-ID belongs to another content, gives it one of its own
 * (FLAW_MESSAGE_ID). */
enum message_known message_look(struct store *s, struct incoming *m, struct ingested *there, GError **error);

/* Writes the mail, in the case (0: in none), at *id. */
bool message_write(struct store *s, const struct incoming *m, const struct parties *p, gint64 case_id,
		   gint64 now, gint64 *id, GError **error);

/* The row's hash over its texts and source, fed in this order. Owned. */
char *message_hash(const char *message_id, gint64 sent, const char *sender, const char *subject,
		   const char *text, const char *whole, GBytes *source);

/* The source of a message as it came, whole; NULL and *error if it isn't there. */
GBytes *message_source(struct store *s, gint64 id, GError **error);
