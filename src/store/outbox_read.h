/* SPDX-License-Identifier: MIT */
/* What other requests tell of the outbox. Called inside a read. */
#pragma once
#include "store/answer.h"

/* How many answers of the shop need a look; UTC ms. */
bool outbox_count(struct store *s, gint64 now, struct outbox_counts *c, GError **error);
/* The case's answers that haven't left, newest first. Owned. */
GPtrArray *outbox_of_case(struct store *s, gint64 case_id, GError **error);
