/* SPDX-License-Identifier: MIT */
/* What stands beside a case's history: clocks, the playbook, order, buyer and the buyer's other cases. */
#pragma once
#include "store/records.h"
#include "ui/ladder.h"
#include "ui/paint.h"

/* GPtrArray of struct line, the caller's; the lines of other cases have them as target. */
/* `ladder` and `wish` (wish_line()) may be NULL. */
GPtrArray *side_pane_lay_out(const struct case_file *file, const struct ladder *ladder, const char *wish,
			     int columns, gint64 now, GTimeZone *zone);
