/* SPDX-License-Identifier: MIT */
/* Where canned replies stand: the person's own, the machine's, the shipped ones; a folder each. */
#pragma once
#include "domain/template.h"

/*
 * Reads every template. A fault in one is told to `fault` (may be NULL: it is left out without a word) and
 * doesn't hide the others. NULL and *error only if a folder can't be read.
 */
struct template_set *template_files_load(void (*fault)(const char *message, void *data), void *data,
					 GError **error);
