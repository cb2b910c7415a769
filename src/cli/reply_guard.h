/* SPDX-License-Identifier: MIT */
/* The guard before an answer leaves from the command line. */
#pragma once
#include "domain/guard.h"
#include "store/store.h"

/*
 * Reads the answer as the guard does at the desk, with all that the case tells at `now` and `files` attached,
 * and tells what it finds on standard error (hints only if `hints`). Sets *worst to the gravest finding,
 * N_GUARD_SEVERITIES if there is none. False and *error if the rules can't be read.
 */
bool reply_guard(struct store *s, const struct case_file *f, const char *text, enum lang lang, guint files,
		 gint64 now, bool hints, enum guard_severity *worst, GError **error);
