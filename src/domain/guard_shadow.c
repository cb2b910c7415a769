/* SPDX-License-Identifier: MIT */
#include "domain/guard_shadow.h"

#include "domain/text.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

/* Letters of other scripts that look like Latin ones, signs with several forms, and letters that don't
 * decompose. Sorted by `from`. */
static const struct {
	gunichar from;
	char to;
} lookalikes[] = {
    {0xa0, ' '},   {0xd8, 'o'},   {0xf8, 'o'},   {0x110, 'd'},  {0x111, 'd'},  {0x131, 'i'},   {0x141, 'l'},
    {0x142, 'l'},  {0x261, 'g'},  {0x26a, 'i'},  {0x2bc, '\''}, {0x391, 'a'},  {0x392, 'b'},   {0x395, 'e'},
    {0x396, 'z'},  {0x397, 'h'},  {0x399, 'i'},  {0x39a, 'k'},  {0x39c, 'm'},  {0x39d, 'n'},   {0x39f, 'o'},
    {0x3a1, 'p'},  {0x3a4, 't'},  {0x3a5, 'y'},  {0x3a7, 'x'},  {0x3b1, 'a'},  {0x3b5, 'e'},   {0x3b9, 'i'},
    {0x3ba, 'k'},  {0x3bd, 'v'},  {0x3bf, 'o'},  {0x3c1, 'p'},  {0x3c4, 't'},  {0x3c5, 'u'},   {0x3c7, 'x'},
    {0x405, 's'},  {0x406, 'i'},  {0x408, 'j'},  {0x410, 'a'},  {0x412, 'b'},  {0x415, 'e'},   {0x41a, 'k'},
    {0x41c, 'm'},  {0x41d, 'h'},  {0x41e, 'o'},  {0x420, 'p'},  {0x421, 'c'},  {0x422, 't'},   {0x423, 'y'},
    {0x425, 'x'},  {0x430, 'a'},  {0x432, 'b'},  {0x435, 'e'},  {0x43a, 'k'},  {0x43c, 'm'},   {0x43d, 'h'},
    {0x43e, 'o'},  {0x440, 'p'},  {0x441, 'c'},  {0x442, 't'},  {0x443, 'y'},  {0x445, 'x'},   {0x455, 's'},
    {0x456, 'i'},  {0x458, 'j'},  {0x4bb, 'h'},  {0x501, 'd'},  {0x51b, 'q'},  {0x51d, 'w'},   {0x2010, '-'},
    {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'}, {0x2018, '\''}, {0x2019, '\''},
    {0x201c, '"'}, {0x201d, '"'}, {0x201e, '"'}, {0x2022, '*'}, {0x2212, '-'}, {0x3000, ' '},
};

static char lookalike(gunichar c)
{
	gsize low = 0, high = G_N_ELEMENTS(lookalikes);
	while (low < high) {
		gsize middle = (low + high) / 2;
		if (lookalikes[middle].from == c)
			return lookalikes[middle].to;
		if (lookalikes[middle].from < c)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

static bool is_unseen(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_FORMAT:
	case G_UNICODE_NON_SPACING_MARK:
	case G_UNICODE_ENCLOSING_MARK:
		return true;
	default:
		return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
	}
}

/* The plain letters that `c` stands for; returns how many. Room for G_UNICHAR_MAX_DECOMPOSITION_LENGTH. */
static gsize plain(gunichar c, gunichar *out)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	gsize count = 0;
	char sign = lookalike(c);
	if (sign) {
		out[0] = (gunichar)sign;
		return 1;
	}
	if (c >= 0x4e00 && c <= 0x9fff) {
		out[0] = text_simplified(c);
		return 1;
	}
	gsize n = g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));
	for (gsize i = 0; i < n; i++) {
		if (is_unseen(parts[i]))
			continue;
		gunichar lower = g_unichar_tolower(parts[i]);
		sign = lookalike(lower);
		out[count++] = sign ? (gunichar)sign : text_simplified(lower);
	}
	return count;
}

static struct shadow *shadow_new(gsize size)
{
	struct shadow *s = g_new0(struct shadow, 1);
	s->text = g_string_sized_new(size + 1);
	s->from = g_array_sized_new(FALSE, FALSE, sizeof(guint32), (guint)size + 1);
	return s;
}

void shadow_destroy(struct shadow *s)
{
	if (!s)
		return;
	g_string_free(s->text, TRUE);
	g_array_unref(s->from);
	g_free(s);
}

static void put(struct shadow *s, gunichar c, guint32 from)
{
	gsize before = s->text->len;
	if (c == ' ' && before > 0 && s->text->str[before - 1] == ' ')
		return;
	if (c < 0x80)
		g_string_append_c(s->text, (char)c);
	else
		g_string_append_unichar(s->text, c);
	g_array_set_size(s->from, (guint)s->text->len);
	for (gsize n = before; n < s->text->len; n++)
		g_array_index(s->from, guint32, n) = from;
}

/* A line end within a sentence, where the next line goes on in lower case, is a space. */
static bool is_soft_break(const char *p)
{
	return *p == '\n' && g_ascii_islower(p[1]);
}

struct shadow *shadow_create(const char *draft)
{
	struct shadow *s = shadow_new(strlen(draft));
	gunichar out[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	for (const char *p = draft; *p; p = g_utf8_next_char(p)) {
		guint32 from = (guint32)(p - draft);
		if ((guchar)*p < 0x80) {
			put(s,
			    is_soft_break(p) || *p == '\t' || *p == '\r' ? ' ' : (guchar)g_ascii_tolower(*p),
			    from);
			continue;
		}
		gunichar c = g_utf8_get_char(p);
		if (c >= 0x4e00 && c <= 0x9fff) {
			put(s, text_simplified(c), from);
			continue;
		}
		if (is_unseen(c))
			continue;
		gsize n = plain(c, out);
		for (gsize i = 0; i < n; i++)
			put(s, out[i], from);
	}
	guint32 end = (guint32)strlen(draft);
	g_array_append_val(s->from, end);
	return s;
}

/* Figures as people spell them, without marks, in the languages of the templates. A ten that a figure follows
 * in its language ("thirty four") stands for its own figure only. Sorted. */
static const struct spelled {
	const char *word, *figures;
} spelled[] = {
    {"acht", "8"},        {"achttien", "18"},
    {"astuoni", "8"},     {"astuoniasdesimt", "8"},
    {"cento", "00"},      {"cinquanta", "50"},
    {"cinque", "5"},      {"dertien", "13"},
    {"dertig", "30"},     {"desimt", "10"},
    {"devyni", "9"},      {"devyniasdesimt", "9"},
    {"diciannove", "19"}, {"diciassette", "17"},
    {"diciotto", "18"},   {"dieci", "10"},
    {"dodici", "12"},     {"drie", "3"},
    {"du", "2"},          {"due", "2"},
    {"dvidesimt", "2"},   {"dvylika", "12"},
    {"een", "1"},         {"eight", "8"},
    {"eighteen", "18"},   {"eighty", "8"},
    {"eleven", "11"},     {"elf", "11"},
    {"fifteen", "15"},    {"fifty", "5"},
    {"five", "5"},        {"forty", "4"},
    {"four", "4"},        {"fourteen", "14"},
    {"honderd", "00"},    {"hundred", "00"},
    {"keturi", "4"},      {"keturiasdesimt", "4"},
    {"negen", "9"},       {"negentien", "19"},
    {"negentig", "90"},   {"nine", "9"},
    {"nineteen", "19"},   {"ninety", "9"},
    {"novanta", "90"},    {"nove", "9"},
    {"nul", "0"},         {"nulis", "0"},
    {"oh", "0"},          {"one", "1"},
    {"ottanta", "80"},    {"otto", "8"},
    {"penki", "5"},       {"penkiasdesimt", "5"},
    {"quaranta", "40"},   {"quattordici", "14"},
    {"quattro", "4"},     {"quindici", "15"},
    {"sedici", "16"},     {"sei", "6"},
    {"septyni", "7"},     {"septyniasdesimt", "7"},
    {"sesi", "6"},        {"sesiasdesimt", "6"},
    {"sessanta", "60"},   {"settanta", "70"},
    {"sette", "7"},       {"seven", "7"},
    {"seventeen", "17"},  {"seventy", "7"},
    {"simtai", "00"},     {"simtas", "00"},
    {"simtu", "00"},      {"six", "6"},
    {"sixteen", "16"},    {"sixty", "6"},
    {"tachtig", "80"},    {"ten", "10"},
    {"thirteen", "13"},   {"thirty", "3"},
    {"three", "3"},       {"tien", "10"},
    {"tre", "3"},         {"tredici", "13"},
    {"trenta", "30"},     {"trisdesimt", "3"},
    {"trylika", "13"},    {"trys", "3"},
    {"twaalf", "12"},     {"twee", "2"},
    {"twelve", "12"},     {"twenty", "2"},
    {"twintig", "20"},    {"two", "2"},
    {"undici", "11"},     {"uno", "1"},
    {"veertien", "14"},   {"veertig", "40"},
    {"venti", "20"},      {"vienas", "1"},
    {"vienuolika", "11"}, {"vier", "4"},
    {"vijf", "5"},        {"vijftien", "15"},
    {"vijftig", "50"},    {"zero", "0"},
    {"zes", "6"},         {"zestien", "16"},
    {"zestig", "60"},     {"zeven", "7"},
    {"zeventien", "17"},  {"zeventig", "70"},
};

static const char *figures_of_word(const char *word, gsize length)
{
	for (gsize low = 0, high = G_N_ELEMENTS(spelled); low < high;) {
		gsize middle = (low + high) / 2;
		int order = strncmp(word, spelled[middle].word, length);
		if (order == 0 && spelled[middle].word[length])
			order = -1;
		if (order == 0)
			return spelled[middle].figures;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* "vierendertig": the figures of both parts, the ten first; false if it isn't one. */
static bool figures_of_compound(const char *word, gsize length, char figures[2])
{
	for (gsize n = 3; n + 6 < length && n < 7; n++) {
		if (word[n] != 'e' || word[n + 1] != 'n')
			continue;
		const char *unit = figures_of_word(word, n),
			   *ten = figures_of_word(word + n + 2, length - n - 2);
		if (unit && ten && !unit[1] && ten[1] == '0') {
			figures[0] = ten[0];
			figures[1] = unit[0];
			return true;
		}
	}
	return false;
}

/* "double seven", "dubbel nul", "doppio zero": the next figure counts twice. */
static bool is_double(const char *word, gsize length)
{
	static const char *const words[] = {"double", "dubbel", "doppio", "doppia", NULL};
	for (int n = 0; words[n]; n++) {
		if (strlen(words[n]) == length && strncmp(word, words[n], length) == 0)
			return true;
	}
	return false;
}

static char figure_of_han(gunichar c)
{
	static const gunichar figures[] = {0x96f6, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
					   0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d};
	if (c == 0x3007)
		return '0';
	if (c == 0x5e7a)
		return '1';
	for (int n = 0; n < 10; n++) {
		if (figures[n] == c)
			return (char)('0' + n);
	}
	return 0;
}

/* The figures that `length` letters at `word` (none: one Chinese character) stand for, or "". */
static void figures_at(const char *word, gsize length, char figures[3])
{
	const char *known = length ? figures_of_word(word, length) : NULL;
	memset(figures, 0, 3);
	if (known)
		memcpy(figures, known, strlen(known));
	else if (length)
		figures_of_compound(word, length, figures);
	else
		figures[0] = figure_of_han(g_utf8_get_char(word));
}

struct shadow *shadow_spelled(const struct shadow *s)
{
	struct shadow *out = shadow_new(s->text->len);
	const char *text = s->text->str;
	bool twice = false;
	for (const char *p = text, *end; *p; p = end) {
		gsize length = 0;
		guint32 from = g_array_index(s->from, guint32, p - text);
		char figures[3];
		while (g_ascii_islower(p[length]))
			length++;
		end = length ? p + length : g_utf8_next_char(p);
		if (length && is_double(p, length)) {
			twice = true;
			continue;
		}
		figures_at(p, length, figures);
		if (*figures && twice)
			put(out, (gunichar)*figures, from);
		for (int n = 0; figures[n]; n++)
			put(out, (gunichar)figures[n], from);
		twice = twice && !*figures && !length;
		for (; !*figures && p < end; p = g_utf8_next_char(p))
			put(out, g_utf8_get_char(p), g_array_index(s->from, guint32, p - text));
	}
	g_array_append_val(out->from, g_array_index(s->from, guint32, s->from->len - 1));
	return out;
}

char *shadow_pattern(const char *pattern)
{
	GString *out = g_string_new(NULL);
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	for (const char *p = pattern; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c < 0x80) {
			g_string_append_c(out, (char)c);
			continue;
		}
		gsize n = plain(c, parts);
		for (gsize i = 0; i < n; i++)
			g_string_append_unichar(out, parts[i]);
	}
	return g_string_free(out, FALSE);
}
