/* SPDX-License-Identifier: MIT */
/* Tags: the shop's own words for cases. */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define TAG_MOST 32 /* characters */

/* Whether the text is a tag's name: letters, digits and hyphens of any script, at most TAG_MOST. False and
 * *error with what a name looks like. */
bool tag_check(const char *name, GError **error);

/* What two spellings of one tag have in common: cases, wide forms and both Chinese scripts are folded. Owned.
 */
char *tag_fold(const char *name);
