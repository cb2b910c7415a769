/* SPDX-License-Identifier: MIT */
/* When what a text promises falls due. All days, and times of day, are the shop's: those of its calendar. */
#pragma once
#include "domain/calendar.h"
#include "domain/promise.h"

/* The end of the day that is named, or the time of day on it. 0 for a date that doesn't exist or is over. */
gint64 promise_due(const struct promise *p, const struct calendar *shop, gint64 now);

/* The promise in `text` that falls due first after `now`; its own words in *words, owned by the caller. 0 and
 * NULL if there is none. */
gint64 promises_first(const struct phrases *promises, const char *text, const struct calendar *shop,
		      gint64 now, char **words);
