/* SPDX-License-Identifier: MIT */
/*
 * Files that go out with an answer. They are copied into the store when they are attached, belong to the
 * reply's draft until it is sent, then to the message; an answer that is taken back gives them to the draft
 * again.
 */
#pragma once
#include "store/answer.h"
#include "store/upload.h"

/* Attaches a file to the person's reply: saves the draft with it, and reads d->files anew.
 * STORE_ERROR_REFUSED if the same file is attached already, or if all files together would be larger than
 * `most` bytes. */
bool store_attach(struct store *s, const char *me, struct draft *d, const struct upload *u, gint64 most,
		  gint64 now, GError **error);
/* Takes the n-th of d->files (from 0) off again, and reads them anew. */
bool store_detach(struct store *s, const char *me, struct draft *d, guint n, GError **error);
/* Reads d->files: a colleague's program, or another of the person's own, may have changed them. */
bool store_draft_files(struct store *s, const char *me, struct draft *d, GError **error);

/* What goes or went out with an answer of the outbox. GPtrArray of owned struct attachment. */
GPtrArray *store_outbox_files(struct store *s, gint64 outbox, GError **error);

/* The bytes of a file (attachment.file). STORE_ERROR_DAMAGED if they aren't those that were attached. */
GBytes *store_file(struct store *s, gint64 file, GError **error);
