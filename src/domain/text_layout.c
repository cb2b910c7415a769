/* SPDX-License-Identifier: MIT */
#include "domain/text.h"

#include "domain/text_char.h"

#include <langinfo.h>
#include <string.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uniwidth.h>
#include <wchar.h>

#include "domain/banned.h"

#define ELLIPSIS "…"

bool text_locale_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int text_char_width(gunichar c, bool utf8_locale)
{
	if (c >= 0x20 && c < 0x7f)
		return 1;
	return utf8_locale ? wcwidth((wchar_t)c) : uc_width(c, "UTF-8");
}

static bool is_plain(char byte)
{
	return byte >= 0x20 && byte < 0x7f;
}

/* Columns of `length` bytes. What the terminal's tables don't know counts one column, a line end none. */
static int width_of(const char *s, gsize length, bool utf8_locale)
{
	int width = 0;
	for (const char *p = s, *end = s + length; p < end;) {
		if (is_plain(*p)) {
			width++;
			p++;
			continue;
		}
		gunichar c = g_utf8_get_char(p);
		int columns = text_char_width(c, utf8_locale);
		width += columns >= 0 ? columns : c != '\n';
		p = g_utf8_next_char(p);
	}
	return width;
}

int text_width(const char *s)
{
	return width_of(s, strlen(s), text_locale_is_utf8());
}

/* Bytes of the grapheme at `s`. Two ASCII characters in a row never join. */
static gsize grapheme_length(const char *s, const char *end)
{
	if (is_plain(*s) && (s + 1 == end || (guint8)s[1] < 0x80))
		return 1;
	const guint8 *next = u8_grapheme_next((const guint8 *)s, (const guint8 *)end);
	return next ? (gsize)((const char *)next - s) : (gsize)(end - s);
}

gsize text_fit(const char *s, int columns, int *used)
{
	bool utf8_locale = text_locale_is_utf8();
	const char *p = s, *end = s + strlen(s);
	int width = 0;
	while (p < end) {
		gsize length = grapheme_length(p, end);
		int wide = width_of(p, length, utf8_locale);
		if (width + wide > columns)
			break;
		width += wide;
		p += length;
	}
	if (used)
		*used = width;
	return (gsize)(p - s);
}

static void append_spaces(GString *out, int count)
{
	while (count-- > 0)
		g_string_append_c(out, ' ');
}

void text_column(GString *out, const char *s, int columns, enum text_align align)
{
	if (columns <= 0)
		return;
	int used = 0;
	gsize length = text_fit(s, columns, &used);
	bool cut = s[length] != '\0';
	if (cut) {
		length = text_fit(s, columns - 1, &used);
		used++;
	}
	if (align == TEXT_RIGHT)
		append_spaces(out, columns - used);
	g_string_append_len(out, s, (gssize)length);
	if (cut)
		g_string_append(out, ELLIPSIS);
	if (align == TEXT_LEFT)
		append_spaces(out, columns - used);
}

struct wrap {
	int columns;
	bool utf8_locale;
	void (*line)(const char *bytes, gsize length, void *data);
	void *data;
};

static void emit(const struct wrap *w, const char *from, const char *to)
{
	while (to > from && to[-1] == ' ')
		to--;
	w->line(from, (gsize)(to - from), w->data);
}

/* Wraps a paragraph that doesn't fit into one line. */
static void wrap_long(const struct wrap *w, const char *s, gsize length)
{
	g_autofree char *breaks = g_malloc(length);
	u8_possible_linebreaks((const guint8 *)s, length, "UTF-8", breaks);
	const char *end = s + length, *from = s, *last_break = NULL;
	int width = 0, width_at_break = 0;
	for (const char *p = s; p < end;) {
		gsize size = grapheme_length(p, end);
		int wide = width_of(p, size, w->utf8_locale);
		if (p > from && (breaks[p - s] == UC_BREAK_POSSIBLE || breaks[p - s] == UC_BREAK_MANDATORY)) {
			last_break = p;
			width_at_break = width;
		}
		/* Spaces (but not one that carries a mark) hang over the edge; the next line never begins
		 * with them. Where no break is allowed after them, what stands behind the last break may be
		 * too long as well: hence twice. */
		while (width + wide > w->columns && p > from && !(size == 1 && *p == ' ')) {
			const char *cut = last_break ? last_break : p;
			emit(w, from, cut);
			width = last_break ? width - width_at_break : 0;
			from = cut;
			last_break = NULL;
		}
		width += wide;
		p += size;
	}
	emit(w, from, end);
}

void text_wrap(const char *s, int columns, void (*line)(const char *bytes, gsize length, void *data),
	       void *data)
{
	struct wrap w = {MAX(columns, 1), text_locale_is_utf8(), line, data};
	for (;;) {
		const char *newline = strchr(s, '\n');
		const char *end = newline ? newline : s + strlen(s);
		gsize length = (gsize)(end - s);
		/* No character is wider than its bytes are many, so a short text needs no measuring. */
		if (length <= (gsize)w.columns || width_of(s, length, w.utf8_locale) <= w.columns)
			emit(&w, s, end);
		else
			wrap_long(&w, s, length);
		if (!*end || !end[1])
			return;
		s = end + 1;
	}
}
