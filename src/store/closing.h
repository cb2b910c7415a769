/* SPDX-License-Identifier: MIT */
/* What a case still owes when it is closed: the promises that are open, the platform's clocks that run on. */
#pragma once
#include "store/act.h"

/* Whether the act ends a case: with an outcome and its cost. */
bool act_closes(enum act_type type);

/* The act that gives a case this status with an outcome; ACT_STATUS of one in which it stays open. */
enum act_type act_closing(const char *status);

/* Before: "Still promised: photos by 2026-03-06 12:00; ..." (Z4). NULL: nothing. Owned; not safe. */
char *closing_promises(struct store *s, gint64 case_id, GTimeZone *zone);

/* In how many of many cases (of gint64) a promise's clock runs. */
guint closing_promised(struct store *s, const GArray *cases);

/* After: "the platform's clock runs on: Return request until ...", the earliest (N2). NULL: none. Owned; not
 * safe. */
char *closing_clock(struct store *s, gint64 case_id, GTimeZone *zone);
