/* SPDX-License-Identifier: MIT */
/* One message into the store, inside a write: what import and answer share. */
#pragma once
#include "store/sql.h"

/* Stores one mail, in the case named (0: the one it belongs to, or a new one); *event (may be NULL) is its
 * event. */
bool ingest_one(struct store *s, struct incoming *m, gint64 case_id, gint64 now, struct ingested *result,
		gint64 *event, GError **error);

/* Brings a case's row and clocks in line with its events, after one was taken back. */
bool ingest_rebuild(struct store *s, gint64 case_id, gint64 now, GError **error);
