/* SPDX-License-Identifier: MIT */
#include "domain/address.h"

#include <glib.h>
#include <string.h>

#include "domain/banned.h"

#define LONGEST 254 /* RFC 5321 */

bool address_is_plain(const char *s)
{
	const char *at = strchr(s, '@');
	if (!at || at == s || !at[1] || strchr(at + 1, '@') || strlen(s) > LONGEST)
		return false;
	for (const char *p = s; *p; p++) {
		if (!g_ascii_isgraph(*p) || strchr("<>()[]\\,;:\"", *p))
			return false;
	}
	return g_ascii_isalnum(at[1]);
}
