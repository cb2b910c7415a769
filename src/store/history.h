/* SPDX-License-Identifier: MIT */
/* The append-only history of a case, with a hash on each row. Called inside a write. */
#pragma once
#include "store/sql.h"

/* Appends `e` to the case; its message by id (0: none), `who` by login. */
bool history_append(struct store *s, gint64 case_id, const struct event *e, gint64 message, GError **error);

/* Enters a person by login, unless known. */
bool person_enter(struct store *s, const char *login, GError **error);

/* The hash of an event's row. Owned by the caller. */
char *history_hash(gint64 case_id, gint64 at, const char *type, const char *trigger, gint64 message,
		   const char *text, gint64 due);
