/* SPDX-License-Identifier: MIT */
/* The guard's rules: data/guard/NAME.ini. */
#pragma once
#include "domain/guard.h"
#include "store/records.h"

/* Reads every file, the user's own before the shipped ones. NULL and *error ("FILE:LINE: ...") on any fault.
 */
struct guard_rules *guard_files_load(GError **error);

/* What the guard is to know of a case, with so many files on the draft. It points into `f`; own[] is the
 * caller's room for what it points to besides. Who belongs to whom in the text: store_foreign(). */
struct guard_case guard_case_of(const struct case_file *f, guint files, gint64 now, const char *own[2]);
