/* SPDX-License-Identifier: MIT */
#include "domain/text.h"

#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "domain/banned.h"

enum script { BOTH_SCRIPTS, ONLY_HANS, ONLY_HANT };

/* A character with a partner in the other script, or that only one script uses. Sorted by `from`. */
struct hant_row {
	gunichar from, hans;
	enum script script;
};

#include "hant_table.h"

static const struct hant_row *hant_row(gunichar c)
{
	gsize low = 0, high = G_N_ELEMENTS(hant_table);
	if (c >= EVERYDAY_FIRST && c <= EVERYDAY_LAST) {
		guint row = hant_everyday[c - EVERYDAY_FIRST];
		return row ? &hant_table[row - 1] : NULL;
	}
	while (low < high) {
		gsize middle = (low + high) / 2;
		if (hant_table[middle].from == c)
			return &hant_table[middle];
		if (hant_table[middle].from < c)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

gunichar text_simplified(gunichar c)
{
	const struct hant_row *row = hant_row(c);
	return row ? row->hans : c;
}

static bool is_han(gunichar c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	       (c >= 0x20000 && c <= 0x3ffff) || c == 0x3005 || c == 0x3007;
}

/* Latin-1 and Latin Extended-A letters whose folding is one lower-case letter and that NFKC leaves alone:
 * all but the ones with a longer or another folding. */
static bool is_simple_latin(gunichar c)
{
	if (c < 0xc0 || c > 0x17f)
		return false;
	switch (c) {
	case 0xdf:  /* ß: ss */
	case 0x130: /* dotted capital I */
	case 0x132: /* ligature IJ */
	case 0x133:
	case 0x13f: /* L with middle dot */
	case 0x140:
	case 0x149: /* n after apostrophe */
	case 0x17f: /* long s */
		return false;
	default:
		return true;
	}
}

/* ASCII's wide twins, which Chinese text uses for its punctuation. */
static bool is_wide_ascii(gunichar c)
{
	return c >= 0xff01 && c <= 0xff5e;
}

/* Punctuation that stays as it is: quotes, the ideographic comma and full stop. */
static bool is_steady_sign(gunichar c)
{
	return (c >= 0x2018 && c <= 0x201f) || c == 0x3001 || c == 0x3002;
}

/* Folds by itself, whatever stands before it, and unless a mark follows. */
static bool is_plain(gunichar c)
{
	return c < 0x80 || is_simple_latin(c) || (is_han(c) && c < 0x2f800) || is_wide_ascii(c) ||
	       is_steady_sign(c);
}

struct fold {
	GString *out;
	bool after_han; /* a space is owed before the next character */
};

static void put(struct fold *f, gunichar c)
{
	if (is_han(c)) {
		const struct hant_row *row = hant_row(c);
		gsize length = f->out->len;
		if (length > 0 && f->out->str[length - 1] != ' ')
			g_string_append_c(f->out, ' ');
		g_string_append_unichar(f->out, row ? row->hans : c);
		f->after_han = true;
		return;
	}
	if (f->after_han && c != ' ')
		g_string_append_c(f->out, ' ');
	f->after_han = false;
	if (c < 0x80)
		g_string_append_c(f->out, (char)c);
	else
		g_string_append_unichar(f->out, c);
}

static void put_plain(struct fold *f, gunichar c)
{
	if (is_wide_ascii(c))
		c -= 0xff01 - 0x21;
	if (c < 0x80)
		put(f, (guchar)g_ascii_tolower((char)c));
	else
		put(f, is_simple_latin(c) ? g_unichar_tolower(c) : c);
}

/* What needs the whole of Unicode: NFKC first, or a letterlike sign would keep its capitals. */
static void put_folded(struct fold *f, const char *s, gsize length)
{
	size_t size = 0, folded_size = 0;
	g_autofree char *valid = NULL;
	if (!g_utf8_validate(s, (gssize)length, NULL)) {
		valid = g_utf8_make_valid(s, (gssize)length);
		s = valid;
		length = strlen(valid);
	}
	uint8_t *normal = u8_normalize(UNINORM_NFKC, (const guint8 *)s, length, NULL, &size);
	uint8_t *folded = normal ? u8_casefold(normal, size, NULL, UNINORM_NFKC, NULL, &folded_size) : NULL;
	const char *p = folded ? (const char *)folded : s;
	for (const char *end = p + (folded ? folded_size : length); p < end; p = g_utf8_next_char(p))
		put(f, g_utf8_get_char(p));
	free(folded); /* libunistring's, so libc's */
	free(normal);
}

/* The character at `p`, or one that takes the slow way if the bytes are none. */
static gunichar peek(const char *p, const char *end, gsize *length)
{
	*length = 1;
	if (p >= end)
		return 0;
	if ((guchar)*p < 0x80)
		return (guchar)*p;
	gunichar c = g_utf8_get_char_validated(p, end - p);
	if (c >= 0x110000)
		return 0xfffd;
	*length = (gsize)(g_utf8_next_char(p) - p);
	return c;
}

/* ASCII up to the last character before another one: that one may bear a mark. Returns the bytes taken. */
static gsize put_ascii(struct fold *f, const char *s, const char *end)
{
	const char *p = s;
	while (p < end && (guchar)*p < 0x80)
		p++;
	if (p < end && p > s)
		p--;
	gsize length = (gsize)(p - s);
	if (length == 0)
		return 0;
	put_plain(f, (guchar)*s);
	gsize at = f->out->len;
	g_string_append_len(f->out, s + 1, (gssize)length - 1);
	for (char *out = f->out->str + at; *out; out++)
		*out = *out >= 'A' && *out <= 'Z' ? (char)(*out | 0x20)
						  : *out; /* a call each would cost a third */
	return length;
}

char *text_fold(const char *s)
{
	const char *end = s + strlen(s);
	struct fold f = {g_string_sized_new((gsize)(end - s) * 5 / 4 + 16), false};
	while (s < end) {
		s += put_ascii(&f, s, end);
		if (s >= end)
			break;
		gsize length = 0, next_length = 0;
		gunichar c = peek(s, end, &length);
		const char *next = s + length;
		if (is_plain(c) && is_plain(peek(next, end, &next_length))) {
			put_plain(&f, c);
			s = next;
			continue;
		}
		/* A base, if there is one, and everything up to the next character that stands for itself. */
		while (next < end && !is_plain(peek(next, end, &next_length)))
			next += next_length;
		put_folded(&f, s, (gsize)(next - s));
		s = next;
	}
	return g_string_free(f.out, FALSE);
}

static bool is_mark(gunichar c)
{
	return c >= 0x300 && c <= 0x36f;
}

/* The letter below all marks; 0 for a mark. */
static gunichar bare(gunichar c)
{
	gunichar base, mark;
	while (g_unichar_decompose(c, &base, &mark) && is_mark(mark))
		c = base;
	return is_mark(c) ? 0 : c;
}

char *text_fold_bare(const char *s)
{
	g_autofree char *folded = text_fold(s);
	GString *out = g_string_sized_new(strlen(folded));
	for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p), letter = c < 0x80 || is_han(c) ? c : bare(c);
		if (letter)
			g_string_append_unichar(out, letter);
	}
	return g_string_free(out, FALSE);
}

struct han_count text_count_han(const char *s)
{
	struct han_count count = {0};
	const char *end = s + strlen(s);
	gsize length = 0;
	for (; s < end; s += length) {
		gunichar c = peek(s, end, &length);
		bool letter = c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c);
		count.letters += letter;
		if (!is_han(c))
			continue;
		count.han++;
		const struct hant_row *row = hant_row(c);
		count.hans_only += row && row->script == ONLY_HANS;
		count.hant_only += row && row->script == ONLY_HANT;
	}
	return count;
}
