/* SPDX-License-Identifier: MIT */
#include "domain/text.h"

#include <string.h>
#include <unigbrk.h>

#include "domain/banned.h"

#define NAME_LIMIT 120 /* bytes; file systems take 255, a number may be put before it */
#define ENDING_LIMIT 16

/* Names that Windows gives to devices whatever follows the dot: the file may be passed on there. */
static bool is_reserved(const char *name)
{
	static const char *const devices[] = {"CON", "PRN", "AUX", "NUL"};
	gsize stem = strcspn(name, ". ");
	for (gsize i = 0; i < G_N_ELEMENTS(devices); i++) {
		if (stem == 3 && g_ascii_strncasecmp(name, devices[i], 3) == 0)
			return true;
	}
	bool numbered = g_ascii_strncasecmp(name, "COM", 3) == 0 || g_ascii_strncasecmp(name, "LPT", 3) == 0;
	return stem == 4 && numbered && g_ascii_isdigit(name[3]);
}

/* Whether `c` tells the reader something in a name: no controls, nothing hidden, no private use. */
static bool is_readable(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return false;
	default:
		return !g_unichar_iszerowidth(c) || g_unichar_ismark(c);
	}
}

static GString *cleaned(const char *name)
{
	g_autofree char *valid = g_utf8_make_valid(name, -1);
	GString *out = g_string_new(NULL);
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c < 0x80 && strchr("/\\:*?\"<>|", (int)c))
			g_string_append_c(out, '_');
		else if (c == '\t' || c == '\n' || c == '\r' || g_unichar_isspace(c))
			g_string_append_c(out, ' ');
		else if (is_readable(c))
			g_string_append_unichar(out, c);
	}
	return out;
}

/* The bytes of `s` up to `limit` that end with a whole grapheme. */
static gsize cut_at_grapheme(const char *s, gsize length, gsize limit)
{
	const guint8 *start = (const guint8 *)s, *end = start + length, *p = start;
	while (p < end) {
		const guint8 *next = u8_grapheme_next(p, end);
		if (!next || (gsize)(next - start) > limit)
			break;
		p = next;
	}
	return (gsize)(p - start);
}

/* Cuts the middle, so that the ending still tells what the file is. */
static void shorten(GString *name)
{
	if (name->len <= NAME_LIMIT)
		return;
	const char *dot = strrchr(name->str, '.');
	g_autofree char *ending = NULL;
	if (dot && name->str + name->len - dot <= ENDING_LIMIT)
		ending = g_strdup(dot);
	gsize room = NAME_LIMIT - (ending ? strlen(ending) : 0);
	g_string_truncate(name, cut_at_grapheme(name->str, name->len, room));
	if (ending)
		g_string_append(name, ending);
}

char *text_file_name(const char *name)
{
	GString *out = cleaned(name ? name : "");
	/* A leading dot hides the file, a leading dash reads as an option. */
	gsize leading = strspn(out->str, ". -");
	g_string_erase(out, 0, (gssize)leading);
	if (is_reserved(out->str))
		g_string_prepend_c(out, '_');
	shorten(out);
	while (out->len > 0 && strchr(". ", out->str[out->len - 1]))
		g_string_truncate(out, out->len - 1);
	if (out->len == 0)
		g_string_assign(out, "attachment");
	return g_string_free(out, FALSE);
}
