/* SPDX-License-Identifier: MIT */
#include "ingest/compose_text.h"

#include <string.h>

#include "domain/banned.h"

#define COLUMNS 76
#define FLOWED 72 /* characters of a flowed line, its blank not counted */
#define WORD_LONGEST                                                                                         \
	54 /* columns in an encoded word: 66 with its frame, so that it fits behind "Subject:"               \
	    */

void compose_header(GString *out, const char *name, const char *value)
{
	g_string_append_printf(out, "%s:", name);
	gsize column = strlen(name) + 1;
	for (const char *p = value; *p;) {
		gsize length = strcspn(p, " ");
		if (length && column > strlen(name) + 1 && column + 1 + length > COLUMNS) {
			g_string_append(out, "\n");
			column = 0;
		}
		if (length) {
			g_string_append_c(out, ' ');
			g_string_append_len(out, p, length);
			column += length + 1;
		}
		p += length + (p[length] == ' ');
	}
	g_string_append_c(out, '\n');
}

/* One line of valid UTF-8 without control characters, blanks run together, cut. */
static char *one_line(const char *text, int characters)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *out = g_string_new(NULL);
	for (const char *p = valid; *p && characters > 0; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool blank = g_unichar_iscntrl(c) || g_unichar_isspace(c);
		if (blank && (!out->len || out->str[out->len - 1] == ' '))
			continue;
		g_string_append_unichar(out, blank ? ' ' : c);
		characters--;
	}
	return g_strchomp(g_string_free(out, FALSE));
}

static bool is_ascii(const char *s)
{
	for (; *s; s++) {
		if ((guchar)*s >= 0x80)
			return false;
	}
	return true;
}

/* "=?UTF-8?Q?...?= =?UTF-8?Q?...?=": each holds whole characters. Not base64: GMime, and so some readers,
 * join the words' contents before they decode, and stop at the padding of the first. */
static char *encoded_words(const char *text)
{
	GString *out = g_string_new(NULL);
	gsize used = WORD_LONGEST;
	for (const char *p = text, *next; *p; p = next) {
		next = g_utf8_next_char(p);
		bool plain = g_ascii_isalnum(*p) || *p == ' ';
		gsize columns = plain ? 1 : 3 * (gsize)(next - p);
		if (used + columns > WORD_LONGEST) {
			g_string_append(out, out->len ? "?= =?UTF-8?Q?" : "=?UTF-8?Q?");
			used = 0;
		}
		used += columns;
		if (plain)
			g_string_append_c(out, *p == ' ' ? '_' : *p);
		for (const char *byte = p; !plain && byte < next; byte++)
			g_string_append_printf(out, "=%02X", (guchar)*byte);
	}
	g_string_append(out, out->len ? "?=" : "");
	return g_string_free(out, FALSE);
}

char *compose_words(const char *text, int characters)
{
	g_autofree char *line = one_line(text, characters);
	/* What looks like an encoded word is encoded, or the reader would see something else. */
	return is_ascii(line) && !strstr(line, "=?") ? g_steal_pointer(&line) : encoded_words(line);
}

char *compose_phrase(const char *text, int characters)
{
	g_autofree char *line = one_line(text, characters);
	if (!is_ascii(line) || strstr(line, "=?"))
		return encoded_words(line);
	if (line[strspn(
		line,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$%&'*+-/=?^_`{|}~")] ==
	    '\0')
		return g_steal_pointer(&line);
	GString *out = g_string_new("\"");
	for (const char *p = line; *p; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *p);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

/* How many bytes of a paragraph make a line: up to the last blank that fits, else to the first one there is.
 */
static gsize flowed_length(const char *s)
{
	gsize fits = 0;
	int characters = 0;
	for (const char *p = s; *p; p = g_utf8_next_char(p), characters++) {
		if (*p != ' ' || p[1] == ' ')
			continue;
		if (characters <= FLOWED || !fits)
			fits = p + 1 - s;
		if (characters > FLOWED)
			break;
	}
	gsize rest = strlen(s);
	return !fits || g_utf8_strlen(s, rest) <= FLOWED ? rest : fits;
}

/* A line that begins with a blank, a quote mark or "From " gets a blank before it, which the reader takes
 * off. */
static void add_flowed(GString *out, const char *s, gsize length)
{
	if (*s == ' ' || *s == '>' || g_str_has_prefix(s, "From "))
		g_string_append_c(out, ' ');
	g_string_append_len(out, s, length);
	g_string_append_c(out, '\n');
}

static void add_paragraph(GString *out, char *line)
{
	if (!g_str_equal(line, "-- "))
		g_strchomp(line);
	/* Quoted lines keep their marks and their breaks. */
	if (*line == '>') {
		g_string_append_printf(out, "%s\n", line);
		return;
	}
	do {
		gsize length = g_str_equal(line, "-- ") ? strlen(line) : flowed_length(line);
		add_flowed(out, line, length);
		line += length;
	} while (*line);
}

static bool is_kept(gunichar c)
{
	return c == '\t' || !g_unichar_iscntrl(c);
}

/* The text's lines without line ends and control characters. NULL-ended, owned. */
static char **split_lines(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autoptr(GString) clean = g_string_sized_new(strlen(valid));
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
			g_string_append_c(clean, '\n');
		else if (is_kept(c))
			g_string_append_unichar(clean, c);
		if (c == '\r' && p[1] == '\n')
			p++;
	}
	while (clean->len && clean->str[clean->len - 1] == '\n')
		g_string_truncate(clean, clean->len - 1);
	return g_strsplit(clean->str, "\n", -1);
}

char *compose_flowed(const char *text)
{
	g_auto(GStrv) lines = split_lines(text);
	GString *out = g_string_sized_new(strlen(text) + 64);
	for (int i = 0; lines[i]; i++)
		add_paragraph(out, lines[i]);
	return g_string_free(out, FALSE);
}

static bool needs_code(const char *p, bool line_begins)
{
	guchar c = (guchar)*p;
	if (line_begins && (c == '.' || g_str_has_prefix(p, "From ")))
		return true;
	if (c == ' ' || c == '\t')
		return p[1] == '\n' || p[1] == '\0';
	return c < 0x21 || c > 0x7e || c == '=';
}

void compose_quoted_printable(GString *out, const char *text)
{
	gsize begin = out->len;
	bool line_begins = true;
	for (const char *p = text; *p; p++) {
		if (*p == '\n') {
			g_string_append_c(out, '\n');
			begin = out->len;
			line_begins = true;
			continue;
		}
		bool code = needs_code(p, line_begins);
		/* One column is left for the "=" of a soft break. */
		if (out->len - begin + (code ? 3 : 1) > COLUMNS - 1) {
			g_string_append(out, "=\n");
			begin = out->len;
			code = needs_code(p, true);
		}
		if (code)
			g_string_append_printf(out, "=%02X", (guchar)*p);
		else
			g_string_append_c(out, *p);
		line_begins = false;
	}
}
