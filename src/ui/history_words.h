/* SPDX-License-Identifier: MIT */
/* An event that is no message in a person's words: "taken by Rasa", "snoozed until 2026-11-24 09:00, by
 * Rasa". */
#pragma once
#include "store/records.h"

/* One safe line without mark and time. `events` are those shown, for what an undo took back. Owned. */
char *history_words(const struct event *e, const GPtrArray *events, GTimeZone *zone);
