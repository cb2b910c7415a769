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
