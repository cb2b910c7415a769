/* SPDX-License-Identifier: MIT */
/* Amounts, weekdays and dates in the words of a promise. Only for promise.c. */
#pragma once
#include "domain/promise.h"

/*
 * Reads what the words that a pattern of p->kind found say of time ("within twenty four hours", "iki
 * penktadienio", "8月4日") into p. `text` is in plain letters (guard_shadow.h). False if it says nothing that
 * can be meant.
 */
bool promise_read_time(const char *text, struct promise *p);

/*
 * Reads the time of day that goes on from the words ("2:30 pm", "om 14:30", "14:30前") into p->minute. How
 * many bytes of `text` tell it; 0: none, and p->minute is -1.
 */
gsize promise_read_hour(const char *text, struct promise *p);
