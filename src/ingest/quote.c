/* SPDX-License-Identifier: MIT */
#include "ingest/quote.h"

#include <stdbool.h>
#include <string.h>

#include "domain/banned.h"

/* A line that says who wrote what follows. `start` "": however it begins. */
static const struct {
	const char *start, *end;
} ATTRIBUTIONS[] = {
    {"On ", " wrote:"},
    {"On ", " writes:"},
    {"Op ", ":"},
    {"Il ", " ha scritto:"},
    {"In data ", " ha scritto:"},
    {"Am ", ":"},
    {"Le ", " a écrit :"},
    {"Le ", " a écrit:"},
    {"", " schreef:"},
    {"", " rašė:"},
    {"", " parašė:"},
    {"", " rašo:"},
    {"", " ha scritto:"},
    {"", " wrote:"},
    {"", "写道："},
    {"", "写道:"},
    {"", "寫道："},
    {"", "寫道:"},
    {"", "來信："},
    {"", "来信："},
};

/* What stands between the dashes of a separator line. */
static const char *const SEPARATORS[] = {
    "original message",
    "original appointment",
    "oorspronkelijk bericht",
    "originele bericht",
    "pradinis laiškas",
    "originalus pranešimas",
    "originalus laiškas",
    "messaggio originale",
    "原始邮件",
    "邮件原件",
    "原始郵件",
    "原始信件",
    "ursprüngliche nachricht",
    "message d'origine",
};

/* The four lines with which Outlook begins history: sender, sent, to, subject. */
static const char *const BLOCKS[][4] = {
    {"From:", "Sent:", "To:", "Subject:"},        {"From:", "Date:", "To:", "Subject:"},
    {"Van:", "Verzonden:", "Aan:", "Onderwerp:"}, {"Nuo:", "Išsiųsta:", "Kam:", "Tema:"},
    {"Nuo:", "Siųsta:", "Kam:", "Tema:"},         {"Da:", "Inviato:", "A:", "Oggetto:"},
    {"发件人", "发送时间", "收件人", "主题"},     {"发件人", "日期", "收件人", "主题"},
    {"寄件者", "寄件日期", "收件者", "主旨"},     {"寄件者", "傳送時間", "收件者", "主旨"},
    {"Von:", "Gesendet:", "An:", "Betreff:"},
};

enum { ATTRIBUTION_MAX = 400 }; /* bytes; longer lines are prose */

struct lines {
	char **line;
	int count;
};

/* An address, a time of day or a year: without one, "as you wrote:" is prose. */
static bool says_when_or_who(const char *s)
{
	int digits = 0;
	for (; *s; s++) {
		bool digit = g_ascii_isdigit(*s);
		if (*s == '@' || (*s == ':' && digits && g_ascii_isdigit(s[1])))
			return true;
		digits = digit ? digits + 1 : 0;
		if (digits == 4)
			return true;
	}
	return false;
}

static bool is_attribution_text(const char *s)
{
	gsize n = strlen(s);
	if (n < 6 || n > ATTRIBUTION_MAX || !says_when_or_who(s))
		return false;
	for (gsize i = 0; i < G_N_ELEMENTS(ATTRIBUTIONS); i++) {
		if (!g_str_has_prefix(s, ATTRIBUTIONS[i].start) || !g_str_has_suffix(s, ATTRIBUTIONS[i].end))
			continue;
		/* "Op ... schreef NAME:" and "Am ... schrieb NAME:" end in any name. */
		if (strcmp(ATTRIBUTIONS[i].end, ":") != 0 || strstr(s, " schreef ") ||
		    strstr(s, " schrieb ") || strstr(s, " heeft "))
			return true;
	}
	return false;
}

/* How many lines from `i` on say who wrote what follows: 0, 1, or 2 and 3 where a program broke the line. */
static int attribution_lines(const struct lines *l, int i)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	for (int n = 1; n <= 3 && i + n <= l->count; n++) {
		g_autofree char *s = g_strstrip(g_strdup(l->line[i + n - 1]));
		if (!*s || *s == '>')
			return 0;
		if (n > 1)
			g_string_append_c(joined, ' ');
		g_string_append(joined, s);
		if (is_attribution_text(joined->str))
			return n;
		/* Only lines that begin like one may go on. */
		if (n == 1 && !g_str_has_prefix(s, "On ") && !g_str_has_prefix(s, "Op ") &&
		    !g_str_has_prefix(s, "Il ") && !g_str_has_prefix(s, "Am ") &&
		    !g_str_has_prefix(s, "Le ") && !g_str_has_prefix(s, "在 "))
			return 0;
	}
	return 0;
}

static bool is_separator(const char *line)
{
	const char *s = line + strspn(line, "-_ ");
	if (s - line < 2 || strlen(s) > 80 || (line[0] != '-' && line[0] != '_'))
		return false;
	g_autofree char *low = g_utf8_strdown(s, -1);
	for (gsize i = 0; i < G_N_ELEMENTS(SEPARATORS); i++)
		if (g_str_has_prefix(low, SEPARATORS[i]))
			return true;
	return false;
}

/* The text after stars and spaces, with which some programs make the words bold. */
static const char *bare(const char *line)
{
	return line + strspn(line, "* \t");
}

static bool is_block(const struct lines *l, int i)
{
	for (gsize b = 0; b < G_N_ELEMENTS(BLOCKS); b++) {
		if (!g_str_has_prefix(bare(l->line[i]), BLOCKS[b][0]))
			continue;
		int found = 1;
		for (int n = 1; n <= 6 && i + n < l->count; n++)
			for (int w = 1; w < 4; w++)
				found += g_str_has_prefix(bare(l->line[i + n]), BLOCKS[b][w]);
		if (found >= 3)
			return true;
	}
	return false;
}

static bool is_blank(const char *s)
{
	return s[strspn(s, " \t")] == '\0';
}

/* The first line that isn't blank from `i` on; count if there is none. */
static int next_text(const struct lines *l, int i)
{
	while (i < l->count && is_blank(l->line[i]))
		i++;
	return i;
}

/* Where history begins at or after `i` and how far it is marked: *end. False if there is none. */
static bool find_history(const struct lines *l, int from, int *start, int *end)
{
	for (int i = from; i < l->count; i++) {
		const char *s = l->line[i];
		if (*s == '>' || is_blank(s))
			continue;
		int said = attribution_lines(l, i);
		bool marked =
		    said && next_text(l, i + said) < l->count && *l->line[next_text(l, i + said)] == '>';
		if (said || is_separator(s) || is_block(l, i)) {
			*start = i;
			*end = marked ? i + said : l->count;
			return true;
		}
	}
	return false;
}

static void append_marked(GString *out, const char *line)
{
	if (*line == '>' || *line == '\0')
		g_string_append(out, *line ? line : ">");
	else
		g_string_append_printf(out, "> %s", line);
	g_string_append_c(out, '\n');
}

char *quote_mark(const char *text)
{
	g_auto(GStrv) split = g_strsplit(text, "\n", -1);
	struct lines l = {split, (int)g_strv_length(split)};
	g_autoptr(GString) out = g_string_sized_new(strlen(text) + 64);
	int at = 0, start, end;
	int first = next_text(&l, 0);
	while (at < l.count && find_history(&l, at, &start, &end)) {
		for (; at < start; at++)
			g_string_append_printf(out, "%s\n", l.line[at]);
		bool keep = start == first && end == l.count; /* nothing but history: it is the message */
		for (; at < end; at++)
			if (keep)
				g_string_append_printf(out, "%s\n", l.line[at]);
			else
				append_marked(out, l.line[at]);
	}
	for (; at < l.count; at++)
		g_string_append_printf(out, "%s\n", l.line[at]);
	g_string_truncate(out, out->len ? out->len - 1 : 0); /* the split's last line had no end */
	return g_strdup(out->str);
}
