/* SPDX-License-Identifier: MIT */
/* Keeps a draft in the store: nothing typed waits longer than DRAFT_SAVE_MS for it. */
#pragma once
#include "store/answer.h"

#define DRAFT_SAVE_MS 600

struct draft_saver {
	struct store *store;
	const char *me;
	struct draft *draft; /* what is saved next; owned */
	gint64 due;          /* UTC ms of the next save; G_MAXINT64: all is saved */
	bool stored;         /* it is in the store */
};

/* Takes `draft`; `stored` tells whether the store has it. */
void draft_saver_init(struct draft_saver *s, struct store *store, const char *me, struct draft *draft,
		      bool stored);
/* Doesn't save. */
void draft_saver_finish(struct draft_saver *s);

/* Something changed. */
void draft_saver_touch(struct draft_saver *s, gint64 now);

/* Saves text and cursor if anything changed. A draft without text and files is dropped. On a fault it is
 * tried again later.
 */
bool draft_saver_save(struct draft_saver *s, const char *text, gsize cursor, gint64 now, GError **error);
