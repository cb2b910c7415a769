/* SPDX-License-Identifier: MIT */
/* gettext: _() translates, N_() marks a msgid in a table. Call from the program's own domain. Numbers of 64
 * bits are PRId64 in translated formats: xgettext knows no other macro. */
#pragma once
#include "config.h"
#include <inttypes.h>
#include <libintl.h>

#define _(text) dgettext(GETTEXT_PACKAGE, text)
#define N_(text) (text)
#define ngettext_(one, many, n) dngettext(GETTEXT_PACKAGE, one, many, n)
