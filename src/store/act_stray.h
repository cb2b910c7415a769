/* SPDX-License-Identifier: MIT */
/* Mails that came in while two cases were one. Called inside a write. */
#pragma once
#include "store/act_write.h"

struct stray {
	gint64 event; /* of the mail, in the case that was merged into */
	gint64 home;  /* the case that it belongs to once the merge is taken back */
};

/* The mails that came into the merged case since the act and are the other case's: by their buyer, else their
 * order, else their thread. A GArray of struct stray, owned; NULL on a fault. */
GArray *strays_find(struct store *s, gint64 act, GError **error);
