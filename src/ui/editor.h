/* SPDX-License-Identifier: MIT */
/* The person's own editor. The caller has put the terminal away. */
#pragma once
#include <glib.h>

/* Lets $VISUAL, else $EDITOR, else vi work on the text; returns what it left. NULL and *error if it can't be
 * run, ends with a fault or leaves something that isn't text: the text is then as before. Owned by the
 * caller. */
char *editor_run(const char *text, GError **error);
