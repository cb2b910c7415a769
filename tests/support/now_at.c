/* SPDX-License-Identifier: MIT */
/* The clock of the test build: AMENDS_TEST_NOW (UTC ms) is the time at the first call, and it ticks on from
 * there. */
#include "cli/now.h"

#include <stdlib.h>

#include "domain/banned.h"

gint64 now_ms(void)
{
	static gint64 offset, asked;
	if (!asked) {
		const char *start = g_getenv("AMENDS_TEST_NOW");
		offset = start ? g_ascii_strtoll(start, NULL, 10) - g_get_real_time() / 1000 : 0;
		asked = 1;
	}
	return g_get_real_time() / 1000 + offset;
}
