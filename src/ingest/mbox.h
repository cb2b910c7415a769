/* SPDX-License-Identifier: MIT */
/* Mails out of one file: an mbox (mboxo or mboxrd, LF or CRLF), or a single mail. Read as a stream. */
#pragma once
#include <glib.h>
#include <stdbool.h>

enum {
	MBOX_MAIL_MAX = 900 * 1024 * 1024, /* bytes of one mail; SQLite holds no more than 1e9 in a value */
	MBOX_HEAD = 4096                   /* bytes by which a file is known again */
};

struct mbox;

/* Opens a file for reading and waits for a program that holds its lock. NULL and *error if it can't be read.
 */
struct mbox *mbox_open(const char *path, GError **error);
void mbox_close(struct mbox *b); /* accepts NULL */
typedef struct mbox mbox_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(mbox_auto, mbox_close)

/* Goes on at a byte where an earlier reading ended. False if no mail begins there (then it stays at the
 * start). */
bool mbox_resume(struct mbox *b, gint64 offset);

/* sha256 (hex) of the file's first MBOX_HEAD bytes, or of `length` bytes if that is less; NULL if it is
 * shorter than that or can't be read. Owned by the caller. */
char *mbox_head(struct mbox *b, gint64 length);

/* The next mail without its envelope line, quoting of "From " undone; NULL at the end, or with *error if
 * reading failed. A mail larger than MBOX_MAIL_MAX is passed over and counted in mbox_too_large(). *came gets
 * the envelope's time (UTC ms; 0: none). */
GBytes *mbox_next(struct mbox *b, gint64 *came, GError **error);

/* Bytes read so far, up to the end of the last mail given out. */
gint64 mbox_offset(const struct mbox *b);
int mbox_too_large(const struct mbox *b);
