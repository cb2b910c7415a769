/* SPDX-License-Identifier: MIT */
/* Dates and times as people type them, in the five languages of the desk, mixed as they come. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/*
 * Reads "tomorrow 9", "fri", "+4h", "in 2 days", "23.11. 14:30", "2026-11-23", "morgen 9", "rytoj 9",
 * "penktadienį", "domani alle 9", "venerdì", "明天9点", "周五下午3点", "3天后" ... A day without a time means
 * 9:00, a time without a day the next such time, a weekday the next such day that isn't today, a date without
 * a year the next one. Letters may lack their marks. `at` gets UTC ms, always after `now`. False and *error,
 * with what can be written, if the text can't be read, names a day that there isn't, or lies in the past.
 */
bool when_parse(const char *text, gint64 now, GTimeZone *zone, gint64 *at, GError **error);

#define WHEN_ERROR when_error_quark()
GQuark when_error_quark(void);
