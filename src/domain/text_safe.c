/* SPDX-License-Identifier: MIT */
#include "domain/text.h"

#include "domain/text_char.h"

#include <string.h>
#include <unictype.h>

#include "domain/banned.h"

/* More marks than this on one letter reach into the neighbouring lines; ncurses keeps four too. */
#define MARKS_ON_A_LETTER 4
/* So many unlike invisible characters in a row are told one by one, more are counted. */
#define INVISIBLE_SHOWN 3

enum sort {
	SHOWN,
	COMBINING, /* joins the character before it */
	LINE_END,
	TAB,
	DROPPED,   /* carries nothing in a terminal */
	INVISIBLE, /* takes no room: used as padding and to break up words */
	MARKED     /* acts on the terminal, hides or turns text, or nobody knows it */
};

struct range {
	gunichar first, last;
	enum sort sort;
};

/* Sorted. What isn't here and isn't assigned is marked as well. */
static const struct range ranges[] = {
    {0x7f, 0x84, MARKED},                                     /* DEL, C1 controls */
    {0x85, 0x85, LINE_END},                                   /* next line */
    {0x86, 0x9f, MARKED},          {0xad, 0xad, DROPPED},     /* soft hyphen */
    {0x34f, 0x34f, INVISIBLE},                                /* grapheme joiner: newsletters pad with it */
    {0x61c, 0x61c, MARKED},                                   /* Arabic letter mark */
    {0x115f, 0x1160, INVISIBLE},                              /* Hangul fillers */
    {0x17b4, 0x17b5, INVISIBLE},   {0x180b, 0x180d, DROPPED}, /* Mongolian variation selectors */
    {0x180e, 0x180e, INVISIBLE},   {0x180f, 0x180f, DROPPED},
    {0x200b, 0x200d, INVISIBLE},                              /* zero-width space, non-joiner, joiner */
    {0x200e, 0x200f, MARKED},                                 /* left-to-right, right-to-left mark */
    {0x2028, 0x2029, LINE_END},    {0x202a, 0x202e, MARKED},  /* bidi embeddings and overrides */
    {0x2060, 0x2064, INVISIBLE},                              /* word joiner and invisible operators */
    {0x2065, 0x206f, MARKED},                                 /* bidi isolates and older format controls */
    {0x3164, 0x3164, INVISIBLE},   {0xd800, 0xf8ff, MARKED},  /* surrogates, private use */
    {0xfdd0, 0xfdef, MARKED},      {0xfe00, 0xfe0f, DROPPED}, /* variation selectors */
    {0xfeff, 0xfeff, INVISIBLE},                              /* byte order mark */
    {0xffa0, 0xffa0, INVISIBLE},   {0xfff0, 0xfffb, MARKED},  /* annotations */
    {0xfffe, 0xffff, MARKED},      {0x1bca0, 0x1bca3, INVISIBLE},
    {0x1d173, 0x1d17a, INVISIBLE}, {0xe0000, 0xe00ff, MARKED},  /* tags: hidden text */
    {0xe0100, 0xe01ef, DROPPED},   {0xe01f0, 0x10ffff, MARKED}, /* unassigned, private use */
};

static enum sort range_sort(gunichar c)
{
	gsize low = 0, high = G_N_ELEMENTS(ranges);
	while (low < high) {
		gsize middle = (low + high) / 2;
		if (c > ranges[middle].last)
			low = middle + 1;
		else if (c < ranges[middle].first)
			high = middle;
		else
			return ranges[middle].sort;
	}
	return SHOWN;
}

static enum sort sort_of(gunichar c, bool utf8_locale)
{
	if (c < 0x20)
		return c == '\n' || c == '\r' ? LINE_END : c == '\t' ? TAB : MARKED;
	bool common = c < 0x7f || (c >= 0xae && c < 0x300) || (c >= 0x4e00 && c <= 0x9fef);
	if (common)
		return SHOWN;
	enum sort sort = range_sort(c);
	if (sort != SHOWN)
		return sort;
	if (g_unichar_type(c) == G_UNICODE_UNASSIGNED)
		return MARKED;
	int width = text_char_width(c, utf8_locale);
	return width < 0 ? MARKED : width == 0 ? COMBINING : SHOWN;
}

/* One step through bytes that may be anything: a character, or a byte that is none. */
struct step {
	gunichar c;
	gsize length;
	bool broken;
};

static struct step step_at(const char *s, const char *end)
{
	unsigned char byte = (unsigned char)*s;
	if (byte < 0x80)
		return (struct step){byte, 1, false};
	gunichar c = g_utf8_get_char_validated(s, end - s);
	if (c >= 0x110000)
		return (struct step){byte, 1, true};
	return (struct step){c, (gsize)(g_utf8_next_char(s) - s), false};
}

struct safe {
	GString *out;
	const char *at, *end;
	enum text_lines lines;
	bool utf8_locale;
	gunichar last; /* the last character written; 0 at the start of a line */
	int marks;     /* combining ones since the last base */
	int column;    /* for tabs */
};

static void put(struct safe *s, gunichar c)
{
	g_string_append_unichar(s->out, c);
	s->last = c;
	s->marks = 0;
	s->column += c < 0x7f ? 1 : MAX(text_char_width(c, s->utf8_locale), 0);
}

static void put_ascii(struct safe *s, const char *text)
{
	for (; *text; text++)
		put(s, (unsigned char)*text);
}

static void put_mark(struct safe *s, const char *what, guint count)
{
	put(s, 0x2039);
	put_ascii(s, what);
	if (count > 1) {
		g_autofree char *times = g_strdup_printf("%u", count);
		put(s, 0xd7);
		put_ascii(s, times);
	}
	put(s, 0x203a);
}

/* A character that isn't shown itself, and as many equal ones as follow. */
static void put_marked(struct safe *s, struct step first)
{
	guint count = 0;
	while (s->at < s->end) {
		struct step next = step_at(s->at, s->end);
		if (next.c != first.c || next.broken != first.broken)
			break;
		s->at += next.length;
		count++;
	}
	g_autofree char *name = g_strdup_printf(first.broken ? "0x%02X" : "U+%04X", (unsigned)first.c);
	put_mark(s, name, count);
}

/* How many invisible characters stand here, with single spaces between them or not. */
static guint invisible_run(const struct safe *s, bool *alike, const char **after)
{
	const char *p = s->at;
	gunichar first = step_at(p, s->end).c;
	guint count = 0;
	*alike = true;
	bool space = false;
	while (p < s->end) {
		struct step next = step_at(p, s->end);
		bool blank = !next.broken && (next.c == ' ' || next.c == 0xa0);
		if (!blank && (next.broken || sort_of(next.c, s->utf8_locale) != INVISIBLE))
			break;
		p += next.length;
		if (blank) {
			if (space)
				break;
			space = true;
			continue;
		}
		*alike = *alike && !space && next.c == first;
		space = false;
		count++;
		*after = p;
	}
	return count;
}

static void put_invisible(struct safe *s, struct step first)
{
	bool alike = true;
	const char *after = s->at + first.length;
	guint count = invisible_run(s, &alike, &after);
	if (alike || count <= INVISIBLE_SHOWN) {
		put_marked(s, first);
		return;
	}
	s->at = after;
	g_autofree char *name = g_strdup_printf("U+%04X+", (unsigned)first.c);
	put_mark(s, name, count);
}

/* A joiner between two pictures and a skin colour go: terminals disagree whether they widen
 * the picture, and a line that is drawn wider than it was reckoned is a broken column. */
static bool goes_with_picture(const struct safe *s, struct step step)
{
	if (!s->last || !uc_is_property_extended_pictographic(s->last))
		return false;
	if (step.c >= 0x1f3fb && step.c <= 0x1f3ff)
		return true;
	const char *next = s->at + step.length;
	if (step.c != 0x200d || next >= s->end)
		return false;
	struct step after = step_at(next, s->end);
	return !after.broken && uc_is_property_extended_pictographic(after.c);
}

static void put_combining(struct safe *s, struct step step)
{
	if (s->marks < MARKS_ON_A_LETTER) {
		int marks = s->marks + 1;
		/* Without a letter it would climb onto whatever stands before this text. */
		if (!s->last || s->last == ' ')
			put(s, 0x25cc);
		put(s, step.c);
		s->marks = marks;
		s->at += step.length;
		return;
	}
	guint count = 0;
	while (s->at < s->end) {
		struct step next = step_at(s->at, s->end);
		if (next.broken || sort_of(next.c, s->utf8_locale) != COMBINING)
			break;
		s->at += next.length;
		count++;
	}
	g_autofree char *more = g_strdup_printf("+%u", count);
	put_mark(s, more, 1);
}

static void put_line_end(struct safe *s, struct step step)
{
	s->at += step.length;
	if (step.c == '\r' && s->at < s->end && *s->at == '\n')
		s->at++;
	if (s->lines == TEXT_ONE_LINE) {
		put(s, ' ');
		return;
	}
	g_string_append_c(s->out, '\n');
	s->last = 0;
	s->marks = 0;
	s->column = 0;
}

static void put_tab(struct safe *s)
{
	s->at++;
	int spaces = s->lines == TEXT_ONE_LINE ? 1 : 8 - s->column % 8;
	while (spaces-- > 0)
		put(s, ' ');
}

static void put_step(struct safe *s)
{
	struct step step = step_at(s->at, s->end);
	enum sort sort = step.broken ? MARKED : sort_of(step.c, s->utf8_locale);
	if (goes_with_picture(s, step))
		sort = DROPPED;
	switch (sort) {
	case SHOWN:
		put(s, step.c);
		s->at += step.length;
		break;
	case DROPPED:
		s->at += step.length;
		break;
	case COMBINING:
		put_combining(s, step);
		break;
	case LINE_END:
		put_line_end(s, step);
		break;
	case TAB:
		put_tab(s);
		break;
	case INVISIBLE:
		put_invisible(s, step);
		break;
	case MARKED:
		put_marked(s, step);
		break;
	}
}

/* Most text is harmless as it is: this is asked for every cell of the screen. */
static bool is_safe(const char *bytes, const char *end, enum text_lines lines, bool utf8_locale)
{
	while (bytes < end) {
		unsigned char byte = (unsigned char)*bytes;
		if ((byte >= 0x20 && byte < 0x7f) || (byte == '\n' && lines == TEXT_LINES)) {
			bytes++;
			continue;
		}
		if (byte < 0x80)
			return false;
		struct step step = step_at(bytes, end);
		if (step.broken || sort_of(step.c, utf8_locale) != SHOWN ||
		    (step.c >= 0x1f3fb && step.c <= 0x1f3ff))
			return false;
		bytes += step.length;
	}
	return true;
}

char *text_safe(const char *bytes, gssize length, enum text_lines lines)
{
	if (!bytes)
		return g_strdup("");
	gsize size = length < 0 ? strlen(bytes) : (gsize)length;
	bool utf8_locale = text_locale_is_utf8();
	if (is_safe(bytes, bytes + size, lines, utf8_locale))
		return g_strndup(bytes, size);
	struct safe s = {
	    .out = g_string_sized_new(size + 32),
	    .at = bytes,
	    .end = bytes + size,
	    .lines = lines,
	    .utf8_locale = utf8_locale,
	};
	while (s.at < s.end)
		put_step(&s);
	return g_string_free(s.out, FALSE);
}
