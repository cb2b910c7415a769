/* SPDX-License-Identifier: MIT */
/* Quoted history: found and marked, so that the screen can fold it. */
#pragma once
#include <glib.h>

/*
 * The text with the history that the writer's program added below or above marked by "> ": lines after
 * "On ... wrote:", "-----Original Message-----", a From/Sent/To block, in English, Dutch, Lithuanian,
 * Italian, Chinese, German and French. Lines already marked stay; a text that is nothing but history (a
 * forward) stays as it is. Owned by the caller.
 */
char *quote_mark(const char *text);
