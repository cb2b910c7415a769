/* SPDX-License-Identifier: MIT */
#include "domain/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <wchar.h>

#include <cmocka.h>

#include "domain/banned.h"

#define BYTES(s) s, sizeof s - 1

struct safe_case {
	const char *in;
	gssize length;
	enum text_lines lines;
	const char *out;
};

static const struct safe_case safe_cases[] = {
    {BYTES(""), TEXT_ONE_LINE, ""},
    {BYTES("plain ascii"), TEXT_ONE_LINE, "plain ascii"},
    {BYTES("Šilko šalikas, ąčęėįšųūž"), TEXT_ONE_LINE, "Šilko šalikas, ąčęėįšųūž"},
    {BYTES("退货 退貨 €12"), TEXT_ONE_LINE, "退货 退貨 €12"},
    {BYTES("a\nb"), TEXT_ONE_LINE, "a b"},
    {BYTES("a\nb"), TEXT_LINES, "a\nb"},
    {BYTES("a\r\nb\rc\nd"), TEXT_LINES, "a\nb\nc\nd"},
    {BYTES("a\r\nb\rc"), TEXT_ONE_LINE, "a b c"},
    {BYTES("a\xe2\x80\xa8"
	   "b\xc2\x85"
	   "c"),
     TEXT_LINES, "a\nb\nc"},
    {BYTES("a\tb"), TEXT_ONE_LINE, "a b"},
    {BYTES("a\tb\n退\tc"), TEXT_LINES, "a       b\n退      c"},
    /* What acts on the terminal. */
    {BYTES("\033[31mred\033[0m"), TEXT_ONE_LINE, "‹U+001B›[31mred‹U+001B›[0m"},
    {BYTES("\033]0;title\007"), TEXT_ONE_LINE, "‹U+001B›]0;title‹U+0007›"},
    {BYTES("\033]52;c;ZWNobw==\033\\"), TEXT_LINES, "‹U+001B›]52;c;ZWNobw==‹U+001B›\\"},
    {BYTES("\xc2\x9b"
	   "31m"),
     TEXT_ONE_LINE, "‹U+009B›31m"},
    {BYTES("a\x7f\x08"
	   "b"),
     TEXT_ONE_LINE, "a‹U+007F›‹U+0008›b"},
    {BYTES("a\0\0\0b"), TEXT_ONE_LINE, "a‹U+0000×3›b"},
    /* What deceives the eye. */
    {BYTES("gpj.\u202Eexe"), TEXT_ONE_LINE, "gpj.‹U+202E›exe"},
    {BYTES("\u2066a\u2069\u061C"), TEXT_ONE_LINE, "‹U+2066›a‹U+2069›‹U+061C›"},
    {BYTES("pay\u200Bpal"), TEXT_ONE_LINE, "pay‹U+200B›pal"},
    {BYTES("\u200B\u200B\u200B\u200B"), TEXT_ONE_LINE, "‹U+200B×4›"},
    {BYTES("Hi\u034F \u200C\u034F \u200C\u034F \u200C!"), TEXT_ONE_LINE, "Hi‹U+034F+×6›!"},
    {BYTES("\uFEFFstart"), TEXT_ONE_LINE, "‹U+FEFF›start"},
    {BYTES("\U000E0061\U000E0061\U000E007F"), TEXT_ONE_LINE, "‹U+E0061×2›‹U+E007F›"},
    {BYTES("\uE000\U0010FFFD"), TEXT_ONE_LINE, "‹U+E000›‹U+10FFFD›"},
    {BYTES("\u0378"), TEXT_ONE_LINE, "‹U+0378›"},
    /* What carries nothing. */
    {BYTES("Donau\u00ADdampf"), TEXT_ONE_LINE, "Donaudampf"},
    {BYTES("\u2764\uFE0F!"), TEXT_ONE_LINE, "\u2764!"},
    {BYTES("\U0001F468\u200D\U0001F469\u200D\U0001F467"), TEXT_ONE_LINE, "\U0001F468\U0001F469\U0001F467"},
    {BYTES("\u2764\uFE0F\u200D\U0001F525"), TEXT_ONE_LINE, "\u2764\U0001F525"},
    {BYTES("\U0001F44D\U0001F3FD ok"), TEXT_ONE_LINE, "\U0001F44D ok"},
    /* Combining marks. */
    {BYTES("e\u0301"), TEXT_ONE_LINE, "e\u0301"},
    {BYTES("\u0301e"), TEXT_ONE_LINE, "\u25CC\u0301e"},
    {BYTES("a\n\u0301"), TEXT_LINES, "a\n\u25CC\u0301"},
    {BYTES("a\u0301\u0302\u0303\u0304\u0305\u0306\u0307z"), TEXT_ONE_LINE, "a\u0301\u0302\u0303\u0304‹+3›z"},
    /* Bytes that are no text. */
    {BYTES("a\xff\xff"
	   "b"),
     TEXT_ONE_LINE, "a‹0xFF×2›b"},
    {BYTES("caf\xe9"), TEXT_ONE_LINE, "caf‹0xE9›"},
    {BYTES("\xc0\xaf"), TEXT_ONE_LINE, "‹0xC0›‹0xAF›"},
    {BYTES("\xed\xa0\x80"), TEXT_ONE_LINE, "‹0xED›‹0xA0›‹0x80›"},
    {BYTES("\xf4\x90\x80\x80"), TEXT_ONE_LINE, "‹0xF4›‹0x90›‹0x80×2›"},
    {BYTES("cut \xe9\x80"), TEXT_ONE_LINE, "cut ‹0xE9›‹0x80›"},
    {"NUL-ended", -1, TEXT_ONE_LINE, "NUL-ended"},
};

static void safe_text_shows_what_is_hidden(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(safe_cases); i++) {
		const struct safe_case *c = &safe_cases[i];
		g_autofree char *out = text_safe(c->in, c->length, c->lines);
		assert_string_equal(out, c->out);
		g_autofree char *again = text_safe(out, -1, c->lines);
		assert_string_equal(again, out);
	}
}

static void safe_text_of_nothing_is_empty(void **state)
{
	g_autofree char *out = text_safe(NULL, 5, TEXT_ONE_LINE);
	assert_string_equal(out, "");
}

/* Every character of Unicode: valid, no controls, and as wide as libc says. */
static void safe_text_agrees_with_wcwidth(void **state)
{
	for (gunichar c = 1; c < 0x110000; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		char in[8] = "", *out = NULL;
		gsize length = (gsize)g_unichar_to_utf8(c, in);
		out = text_safe(in, (gssize)length, TEXT_ONE_LINE);
		if (!g_utf8_validate(out, -1, NULL))
			fail_msg("U+%04X comes out broken", c);
		int sum = 0;
		for (const char *p = out; *p; p = g_utf8_next_char(p)) {
			int width = wcwidth((wchar_t)g_utf8_get_char(p));
			if (width < 0)
				fail_msg("U+%04X comes out unprintable", c);
			sum += width;
		}
		if (sum != text_width(out))
			fail_msg("U+%04X: %d columns by wcwidth, %d by text_width", c, sum, text_width(out));
		g_free(out);
	}
}

struct fit_case {
	const char *in;
	int columns;
	const char *fits;
	int used;
};

static const struct fit_case fit_cases[] = {
    {"", 5, "", 0},
    {"abc", 5, "abc", 3},
    {"abcdef", 3, "abc", 3},
    {"abc", 0, "", 0},
    {"退货退货", 5, "退货", 4},
    {"a退", 2, "a", 1},
    {"ae\u0301o", 2, "ae\u0301", 2},
    {"e\u0301", 1, "e\u0301", 1},
    {"šū", 1, "š", 1},
    {"\U0001F44Dok", 2, "\U0001F44D", 2},
    {"\u0e01\u0e33x", 1, "", 0},
};

static void fit_never_splits_a_grapheme(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(fit_cases); i++) {
		const struct fit_case *c = &fit_cases[i];
		int used = -1;
		gsize length = text_fit(c->in, c->columns, &used);
		g_autofree char *fits = g_strndup(c->in, length);
		assert_string_equal(fits, c->fits);
		assert_int_equal(used, c->used);
	}
}

struct column_case {
	const char *in;
	int columns;
	enum text_align align;
	const char *out;
};

static const struct column_case column_cases[] = {
    {"ab", 4, TEXT_LEFT, "ab  "},
    {"ab", 4, TEXT_RIGHT, "  ab"},
    {"abcd", 4, TEXT_LEFT, "abcd"},
    {"abcde", 4, TEXT_LEFT, "abc…"},
    {"退货退货", 5, TEXT_LEFT, "退货…"},
    {"退货退货", 6, TEXT_LEFT, "退货… "},
    {"退货退货", 6, TEXT_RIGHT, " 退货…"},
    {"退货", 1, TEXT_LEFT, "…"},
    {"退", 1, TEXT_LEFT, "…"},
    {"abc", 0, TEXT_LEFT, ""},
    {"abc", -1, TEXT_LEFT, ""},
    {"", 3, TEXT_LEFT, "   "},
    {"ne\u0301e\u0301e\u0301", 3, TEXT_LEFT, "ne\u0301…"},
};

static void columns_are_exact(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(column_cases); i++) {
		const struct column_case *c = &column_cases[i];
		g_autoptr(GString) out = g_string_new(NULL);
		text_column(out, c->in, c->columns, c->align);
		assert_string_equal(out->str, c->out);
		assert_int_equal(text_width(out->str), MAX(c->columns, 0));
	}
}

static void collect(const char *bytes, gsize length, void *data)
{
	GString *out = data;
	g_string_append_len(out, bytes, (gssize)length);
	g_string_append_c(out, '|');
}

struct wrap_case {
	const char *in;
	int columns;
	const char *out; /* lines, each ended by | */
};

static const struct wrap_case wrap_cases[] = {
    {"", 10, "|"},
    {"one", 10, "one|"},
    {"one two three", 7, "one two|three|"},
    {"one two three", 8, "one two|three|"},
    {"one  two", 4, "one|two|"},
    {"a\nb", 10, "a|b|"},
    {"a\n\nb", 10, "a||b|"},
    {"a\n", 10, "a|"},
    {"\n", 10, "|"},
    {"abcdefghij", 4, "abcd|efgh|ij|"},
    {"ab abcdefghij", 4, "ab|abcd|efgh|ij|"},
    /* Chinese breaks anywhere, but a comma or a full stop never begins a line. */
    {"我要退货", 4, "我要|退货|"},
    {"我要退，谢谢", 6, "我要|退，谢|谢|"},
    {"要退货。", 6, "要退|货。|"},
    {"「退货」", 4, "「退|货」|"},
    {"退货", 1, "退|货|"},
    {"退貨 iPhone", 7, "退貨|iPhone|"},
    {"Prašau grąžinti pinigus", 9, "Prašau|grąžinti|pinigus|"},
    {"e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301|"},
    {"price 12,50 EUR", 8, "price|12,50|EUR|"},
    {"  indented", 20, "  indented|"},
    {"x", 0, "x|"},
    /* No break is allowed after the opening bracket, even after its spaces. */
    {"a (      b", 5, "a|(|b|"},
    /* A space that carries a tone mark is no mere space. */
    {"abc \u302e x", 5, "abc| \u302e x|"},
};

static void wrap_follows_uax14(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(wrap_cases); i++) {
		const struct wrap_case *c = &wrap_cases[i];
		g_autoptr(GString) out = g_string_new(NULL);
		text_wrap(c->in, c->columns, collect, out);
		assert_string_equal(out->str, c->out);
	}
}

struct longest {
	int columns;
	gsize bytes;
};

static void measure(const char *bytes, gsize length, void *data)
{
	struct longest *longest = data;
	g_autofree char *line = g_strndup(bytes, length);
	longest->columns = MAX(longest->columns, text_width(line));
	longest->bytes += length;
}

static void wrap_cuts_a_huge_word(void **state)
{
	g_autofree char *word = g_malloc0(1000001);
	memset(word, 'x', 1000000);
	struct longest longest = {0, 0};
	text_wrap(word, 80, measure, &longest);
	assert_int_equal(longest.columns, 80);
	assert_int_equal(longest.bytes, 1000000);
}

struct fold_case {
	const char *in, *out;
};

static const struct fold_case fold_cases[] = {
    {"", ""},
    {"Hello World", "hello world"},
    {"ŠILKAS Žąsis", "šilkas žąsis"},
    {"ĄČĘĖĮŠŲŪŽ", "ąčęėįšųūž"},
    {"Straße", "strasse"},
    {"ſ", "s"},
    /* A letter and its mark are one, however they were typed. */
    {"CAFE\u0301", "café"},
    {"e\u0301", "é"},
    {"\u0160", "\u0161"},
    {"S\u030C", "\u0161"},
    {"\u0116\u0301", "\u0117\u0301"},
    {"ＡＢＣ１２", "abc12"},
    {"ﬁn", "fin"},
    {"№5 ℡", "no5 tel"},
    {"²", "2"},
    {"Σίσυφος", "σίσυφοσ"},
    {"ДОБРО", "добро"},
    /* Chinese: one script, every character a word of its own. */
    {"退貨", "退 货"},
    {"退货", "退 货"},
    {"我要退貨!", "我 要 退 货 !"},
    {"iPhone手機x", "iphone 手 机 x"},
    {"訂單 123", "订 单 123"},
    {"訂單，謝謝", "订 单 , 谢 谢"},
    {"收到　貨", "收 到 货"},
    {"\u2F08", "人"}, /* Kangxi radical */
    {"\uF900", "岂"}, /* compatibility ideograph of 豈 */
    {"é退", "é 退"},
};

static void fold_joins_what_means_the_same(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(fold_cases); i++) {
		const struct fold_case *c = &fold_cases[i];
		g_autofree char *out = text_fold(c->in);
		assert_string_equal(out, c->out);
	}
}

static void bare_folding_drops_marks(void **state)
{
	static const struct fold_case cases[] = {
	    {"Grąžinimas", "grazinimas"},
	    {"e\u0301te\u0301", "ete"},
	    {"Tiếng", "tieng"},
	    {"退貨é", "退 货 e"},
	    {"й", "и"},
	    {"が", "が"},
	    {"plain", "plain"},
	    {"\u0301", ""},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *out = text_fold_bare(cases[i].in);
		assert_string_equal(out, cases[i].out);
	}
}

/* The short ways through the folding must not show: each character alone, and between others, folds as
 * it does in a text that takes the long way; and what is folded stays so. */
static void fold_is_steady(void **state)
{
	for (gunichar c = 0x20; c < 0x30000; c++) {
		if (!g_unichar_validate(c))
			continue;
		g_autoptr(GString) in = g_string_new("Ab");
		g_string_append_unichar(in, c);
		g_string_append(in, "Z");
		g_autofree char *once = text_fold(in->str);
		g_autofree char *twice = text_fold(once);
		if (!g_utf8_validate(once, -1, NULL) || strcmp(once, twice) != 0)
			fail_msg("U+%04X folds to \"%s\", then to \"%s\"", c, once, twice);
	}
}

/* The long way, for all: NFKC, then case folding, then NFKC. Owned by the caller. */
static char *folded_by_unicode(const char *s)
{
	size_t size = 0, folded_size = 0;
	uint8_t *normal = u8_normalize(UNINORM_NFKC, (const uint8_t *)s, strlen(s), NULL, &size);
	uint8_t *folded = u8_casefold(normal, size, NULL, UNINORM_NFKC, NULL, &folded_size);
	char *out = g_strndup((const char *)folded, folded_size);
	free(folded);
	free(normal);
	return out;
}

/* The short ways through the folding give what the long way gives, before and behind letters and marks. */
static void fold_takes_no_wrong_turn(void **state)
{
	static const char *const around[][2] = {
	    {"", ""}, {"A", "B"}, {"S\u030C", "\u0301Z"}, {"Į", "Ž"}, {"\uFF21", "\u0327"}};
	for (gunichar c = 0x20; c < 0x11000; c++) {
		/* Han gets blanks and another script, which Unicode's folding knows nothing of. */
		if (!g_unichar_validate(c) || g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN)
			continue;
		char letter[8] = "";
		g_unichar_to_utf8(c, letter);
		for (gsize i = 0; i < G_N_ELEMENTS(around); i++) {
			g_autofree char *in = g_strconcat(around[i][0], letter, around[i][1], NULL);
			g_autofree char *out = text_fold(in);
			g_autofree char *reference = folded_by_unicode(in);
			bool has_han = text_count_han(reference).han > 0;
			if (!has_han && strcmp(out, reference) != 0)
				fail_msg("U+%04X in place %zu folds to \"%s\", not \"%s\"", c, i, out,
					 reference);
		}
	}
}

static void fold_survives_broken_bytes(void **state)
{
	static const char *const broken[] = {"\xff!", "\xe9\x80", "\xed\xa0\x80x", "Z\xc3"};
	for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
		g_autofree char *out = text_fold(broken[i]);
		assert_true(g_utf8_validate(out, -1, NULL));
		assert_true(strlen(out) > 0);
	}
}

struct han_case {
	const char *in;
	struct han_count count;
};

static const struct han_case han_cases[] = {
    {"Hello", {0, 0, 0, 5}},
    {"我要退货", {4, 1, 0, 4}},                   /* 货 */
    {"我要退貨", {4, 0, 1, 4}},                   /* 貨 */
    {"这个东西坏了，请给我换货", {11, 7, 0, 11}}, /* 这个东请给换货; 坏 is a character of its own in Big5 */
    {"這個東西壞了", {6, 0, 4, 6}},               /* 這個東壞 */
    {"皇后 乾隆", {4, 0, 0, 4}},                  /* both scripts write these */
    {"Ąžuolas 1", {0, 0, 0, 7}},
};

static void han_count_tells_the_scripts_apart(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(han_cases); i++) {
		const struct han_case *c = &han_cases[i];
		struct han_count got = text_count_han(c->in);
		assert_int_equal(got.han, c->count.han);
		assert_int_equal(got.letters, c->count.letters);
		assert_int_equal(got.hans_only, c->count.hans_only);
		assert_int_equal(got.hant_only, c->count.hant_only);
	}
}

struct name_case {
	const char *in, *out;
};

static const struct name_case name_cases[] = {
    {"photo.jpg", "photo.jpg"},
    {"退货单.pdf", "退货单.pdf"},
    {"sąskaita faktūra.pdf", "sąskaita faktūra.pdf"},
    {"../../etc/passwd", "_.._etc_passwd"},
    {"C:\\evil.exe", "C__evil.exe"},
    {".bashrc", "bashrc"},
    {"-rf", "rf"},
    {"...", "attachment"},
    {"", "attachment"},
    {NULL, "attachment"},
    {"a\033[31m\n.txt", "a[31m .txt"},
    {"gpj.\u202Eexe", "gpj.exe"},
    {"con", "_con"},
    {"NUL.txt", "_NUL.txt"},
    {"com1.log", "_com1.log"},
    {"console.log", "console.log"},
    {"name. . ", "name"},
    {"a*b?.txt", "a_b_.txt"},
    {"bad\xff.png", "bad\uFFFD.png"},
};

static void file_names_are_harmless(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(name_cases); i++) {
		g_autofree char *out = text_file_name(name_cases[i].in);
		assert_string_equal(out, name_cases[i].out);
	}
}

static void long_file_names_keep_their_ending(void **state)
{
	g_autoptr(GString) in = g_string_new(NULL);
	for (int i = 0; i < 100; i++)
		g_string_append(in, "退");
	g_string_append(in, ".jpeg");
	g_autofree char *out = text_file_name(in->str);
	assert_true(strlen(out) <= 120);
	assert_true(strlen(out) > 115);
	assert_true(g_str_has_suffix(out, "退.jpeg"));
	assert_true(g_utf8_validate(out, -1, NULL));
}

/* Without a locale that speaks Unicode the widths come from Unicode's own tables. */
static void width_does_not_hang_on_the_locale(void **state)
{
	assert_non_null(setlocale(LC_ALL, "C"));
	assert_int_equal(text_width("退货 é e\u0301"), 8);
	g_autofree char *safe = text_safe("退货\u202E", -1, TEXT_ONE_LINE);
	assert_string_equal(safe, "退货‹U+202E›");
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	assert_int_equal(text_width("退货 é e\u0301"), 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(safe_text_shows_what_is_hidden),
	    cmocka_unit_test(safe_text_of_nothing_is_empty),
	    cmocka_unit_test(safe_text_agrees_with_wcwidth),
	    cmocka_unit_test(fit_never_splits_a_grapheme),
	    cmocka_unit_test(columns_are_exact),
	    cmocka_unit_test(wrap_follows_uax14),
	    cmocka_unit_test(wrap_cuts_a_huge_word),
	    cmocka_unit_test(fold_joins_what_means_the_same),
	    cmocka_unit_test(bare_folding_drops_marks),
	    cmocka_unit_test(fold_is_steady),
	    cmocka_unit_test(fold_takes_no_wrong_turn),
	    cmocka_unit_test(fold_survives_broken_bytes),
	    cmocka_unit_test(han_count_tells_the_scripts_apart),
	    cmocka_unit_test(file_names_are_harmless),
	    cmocka_unit_test(long_file_names_keep_their_ending),
	    cmocka_unit_test(width_does_not_hang_on_the_locale),
	};
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
