/* SPDX-License-Identifier: MIT */
/* gettext: _() translates, N_() marks a msgid in a table. Call from the program's own domain. */
#pragma once
#include "config.h"
#include <libintl.h>

#define _(text) dgettext(GETTEXT_PACKAGE, text)
#define N_(text) (text)
#define ngettext_(one, many, n) dngettext(GETTEXT_PACKAGE, one, many, n)
