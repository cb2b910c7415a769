/* SPDX-License-Identifier: MIT */
#include "domain/when_words.h"

#include <stdbool.h>
#include <string.h>

#include "domain/banned.h"

#define WEEK 0x5468 /* 周 */
#define TEN 0x5341  /* 十 */

/* Ways to write one and the same, after NFKC. */
static const struct {
	const char *typed, *plain;
} same[] = {{"星期", "周"}, {"礼拜", "周"}, {"禮拜", "周"}, {"週", "周"}, {"點", "点"}, {"號", "号"},
	    {"個", ""},     {"个", ""},     {"時", "时"},   {"鐘", "钟"}, {"後", "后"}, {"過", "过"}};

/* The value of a Chinese numeral, 10 for 十; -1 if it is none. */
static int numeral(gunichar c)
{
	static const gunichar numerals[] = {0x96f6 /* 零 */, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94,
					    0x516d,          0x4e03, 0x516b, 0x4e5d, TEN};
	for (gsize n = 0; n < G_N_ELEMENTS(numerals); n++) {
		if (c == numerals[n])
			return (int)n;
	}
	return c == 0x4e24 /* 两 */ || c == 0x5169 /* 兩 */ ? 2 : c == 0x3007 /* 〇 */ ? 0 : -1;
}

/* 十二 is 12, 二十三 is 23, 二〇二六 is 2026, 零五 is 05. Returns where the numerals end. */
static const char *add_numerals(GString *out, const char *p)
{
	g_autoptr(GString) digits = g_string_new(NULL);
	for (int n; (n = numeral(g_utf8_get_char(p))) >= 0; p = g_utf8_next_char(p)) {
		bool more = numeral(g_utf8_get_char(g_utf8_next_char(p))) >= 0;
		if (n < 10)
			g_string_append_printf(digits, "%d", n);
		else
			g_string_append(digits, digits->len ? more ? "" : "0" : more ? "1" : "10");
	}
	g_string_append(out, digits->str);
	return p;
}

char *when_plain(const char *text)
{
	g_autofree char *wide = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
	g_autofree char *lower = wide ? g_utf8_strdown(wide, -1) : g_strdup("");
	g_autoptr(GString) one = g_string_new(lower);
	for (gsize n = 0; n < G_N_ELEMENTS(same); n++)
		g_string_replace(one, same[n].typed, same[n].plain, 0);
	GString *out = g_string_new(NULL);
	gunichar before = 0;
	for (const char *p = one->str; *p;) {
		gunichar c = g_utf8_get_char(p);
		/* 周三 is a day, 三周 three weeks. */
		if (numeral(c) >= 0 && before != WEEK) {
			p = add_numerals(out, p);
			before = 0;
			continue;
		}
		if (!g_unichar_ismark(c))
			g_string_append_unichar(out, c);
		before = c;
		p = g_utf8_next_char(p);
	}
	return g_string_free(out, false);
}
