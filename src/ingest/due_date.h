/* SPDX-License-Identifier: MIT */
/* Due dates in the words of mails: "by Aug 02, 2026", "entro 3 giorni di calendario", "2026年8月2日". */
#pragma once
#include <glib.h>
#include <stdbool.h>

/*
 * Reads the first date or span in `words`: en, nl, lt, it, zh. A span ("within 48 hours") counts from `sent`
 * (UTC ms); calendar days end with their last day. A day without a time of day is due at its last millisecond
 * in `zone`; one without a year is the next such day. 02/08/2026 is 2 August, in zones of America 8 February.
 * False if there is none, or only one in business days: those need a calendar, so the clock's rule decides.
 */
bool due_date_parse(const char *words, gint64 sent, GTimeZone *zone, gint64 *due);
