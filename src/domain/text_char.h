/* SPDX-License-Identifier: MIT */
/* One character: how wide it is. Only for the text_*.c files. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Whether libc's own tables speak Unicode: ask once for a whole text, not for each character. */
bool text_locale_is_utf8(void);

/* Columns `c` takes (0: it joins the one before); -1 if libc's terminal tables don't know it. */
int text_char_width(gunichar c, bool utf8_locale);
