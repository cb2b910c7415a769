/* SPDX-License-Identifier: MIT */
/* What a file is, for the mail that carries it. */
#pragma once
#include <glib.h>

/*
 * The media type ("application/pdf") of a file of that name that begins with `bytes`: by what it begins with
 * where that is known, else by its ending. "application/octet-stream" when neither tells, or when they
 * contradict each other. Static.
 */
const char *media_type_guess(const char *name, const void *bytes, gsize length);
