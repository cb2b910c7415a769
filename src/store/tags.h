/* SPDX-License-Identifier: MIT */
/* The tags of cases: they follow from events; the table is there to be searched. Called inside a write. */
#pragma once
#include "store/sql.h"

/* Brings the case's rows in line with `tags` (GPtrArray of char *, as the events spell them; NULL: none). */
bool tags_save(struct store *s, gint64 case_id, const GPtrArray *tags, GError **error);

/* Whether the case has the tag, however it is spelled. */
bool tags_has(struct store *s, gint64 case_id, const char *name, bool *has, GError **error);

/* The case's tags by name: a GPtrArray of owned strings. NULL on a fault. */
GPtrArray *tags_read(struct store *s, gint64 case_id, GError **error);

/* Adds a tag to a list, or takes it out, whatever the spelling. */
void tags_change(GPtrArray **tags, const char *name, bool there);
