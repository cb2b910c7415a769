/* SPDX-License-Identifier: MIT */
/* The line that counts down while an answer can be taken back. */
#pragma once
#include "ui/view.h"

/* The line for `now`; NULL when there is nothing to take back (any more). Owned. */
char *undo_line_text(const struct sent *s, gint64 now);
/* When it reads differently; G_MAXINT64: never. */
gint64 undo_line_changes(const struct sent *s, gint64 now);
