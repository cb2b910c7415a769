/* SPDX-License-Identifier: MIT */
/* format=flowed (RFC 3676). */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Joins flowed lines (\n ends) to paragraphs; quote marks become "> " once a level. Owned by the caller. */
char *flowed_join(const char *text, bool delsp);
