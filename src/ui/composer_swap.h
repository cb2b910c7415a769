/* SPDX-License-Identifier: MIT */
/* A canned reply in a draft: what is left of it, and the same in another language. Pure. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/*
 * `text` with `before` (a reply as it was filled in, its open places "{{name}}") replaced by `after` (the
 * same reply in another language). What was typed into an open place is kept: it goes into the place of that
 * name. What was written between its paragraphs stays there if `after` has as many. NULL if `before` doesn't
 * stand in the text any more but for that. Owned by the caller.
 */
char *composer_swap(const char *text, const char *before, const char *after);

/* Whether enough of a reply (as it was filled in) is left in the text to say that it is what the text says:
 * a third of it, sentence by sentence; greeting and signature alone are less. */
bool composer_stands(const char *text, const char *reply);
