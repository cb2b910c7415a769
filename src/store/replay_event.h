/* SPDX-License-Identifier: MIT */
/* What each event of a history does to its case, when the case is built anew. */
#pragma once
#include "store/clocks.h"

/* Applies one row of case_state_rebuild()'s query. `strand`: see struct happening. */
void replay_event(const struct ruleset *r, struct case_state *c, gint64 strand, sqlite3_stmt *q);
