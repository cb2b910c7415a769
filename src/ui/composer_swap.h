/* SPDX-License-Identifier: MIT */
/* A canned reply in a draft, put into another language. Pure. */
#pragma once
#include <glib.h>

/*
 * `text` with `before` (a reply as it was filled in, its open places "{{name}}") replaced by `after` (the
 * same reply in another language). What was typed into an open place is kept: it goes into the place of that
 * name. NULL if `before` doesn't stand in the text any more but for its open places. Owned by the caller.
 */
char *composer_swap(const char *text, const char *before, const char *after);
