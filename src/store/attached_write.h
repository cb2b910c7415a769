/* SPDX-License-Identifier: MIT */
/* What drafts and answers do with their files within a write. Private to store/. */
#pragma once
#include "store/attached.h"

/* Writes the draft's row: in draft.c. */
bool draft_write(struct store *s, const char *me, struct draft *d, gint64 now, GError **error);

/* Adds the draft's files and those of a->uploads to `attachments`, as the answer carries them. */
bool attached_collect(struct store *s, const char *me, const struct answer *a, GPtrArray *attachments,
		      GError **error);
/* Takes all files off the draft; what nothing else carries is deleted. */
bool attached_drop(struct store *s, const char *me, gint64 case_id, GError **error);
/* The message's files are the draft's again. */
bool attached_give_back(struct store *s, const char *me, gint64 case_id, gint64 message, GError **error);

/* Whether each file's bytes are those that were attached. */
bool attached_verify(struct store *s, GError **error);
