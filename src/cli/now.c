/* SPDX-License-Identifier: MIT */
#include "cli/now.h"

#include "domain/banned.h"

gint64 now_ms(void)
{
	return g_get_real_time() / 1000;
}
