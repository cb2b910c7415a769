/* SPDX-License-Identifier: MIT */
#include "domain/tag.h"

#include "domain/intl.h"
#include "domain/text.h"

#include "domain/banned.h"

static bool is_part(gunichar c)
{
	return c == '-' || g_unichar_isalnum(c) || g_unichar_ismark(c);
}

bool tag_check(const char *name, GError **error)
{
	const char *p = name ? name : "";
	glong length = 0;
	bool ok = g_utf8_validate(p, -1, NULL) && *p && *p != '-';
	for (; ok && *p; p = g_utf8_next_char(p), length++)
		ok = is_part(g_utf8_get_char(p)) && length < TAG_MOST;
	if (!ok)
		g_set_error(error, g_quark_from_static_string("amends-tag"), 0,
			    _("a tag is letters, digits and hyphens, %d at most, as in: vip-china"),
			    TAG_MOST);
	return ok;
}

char *tag_fold(const char *name)
{
	return text_fold(name);
}
