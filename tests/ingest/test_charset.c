/* SPDX-License-Identifier: MIT */
#include "ingest/charset.h"
#include "ingest/charset_guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define BYTES(s) s, sizeof s - 1
#define LT "Sveiki, gavau sugadintą prekę, prašau grąžinti pinigus už užsakymą. Žąsis čiulba, šuo loja."
#define IT "La tazza è arrivata rotta, perciò vorrei la sostituzione. Così non va più, è già la terza."
#define NL "De financiële schade is groot, coöperatief bent u niet; ik wacht op één antwoord uit België."
#define HANS "您好，我收到的杯子碎了，请问可以退款吗？订单号一二三。"
#define HANT "您好，我收到的杯子破掉了，請問可以退貨還款嗎？訂單編號一二三。"

/* `text` is encoded as `encoding`, then read with `label`. */
static const struct {
	const char *text, *encoding, *label, *guessed;
} CASES[] = {
    {"plain", "UTF-8", NULL, NULL},
    {"plain", "UTF-8", "no-such-charset", NULL},
    {LT, "UTF-8", "utf-8", NULL},
    {LT, "UTF-8", "\"UTF8\"", "UTF-8"},
    {LT, "UTF-8", " UTF8 ", NULL},
    {LT, "WINDOWS-1257", "windows-1257", NULL},
    {LT, "ISO-8859-13", "iso-8859-13", NULL},
    {IT, "ISO-8859-15", "ISO-8859-15", NULL},
    {"5 € più", "WINDOWS-1252", "iso-8859-1", NULL},
    {HANS, "GB18030", "gb2312", NULL},
    {"朱镕基", "GB18030", "gb2312", NULL},
    {HANS, "GBK", "x-gbk", NULL},
    {HANT, "BIG5", "big5", NULL},
    {"안녕하세요", "CP949", "ks_c_5601-1987", NULL},
    {"こんにちは", "CP932", "x-sjis", NULL},
    {"こんにちは", "ISO-2022-JP", "iso-2022-jp", NULL},
    {LT, "UTF-16LE", "utf-16le", NULL},
    {"Žalia", "UTF-7", "unicode-1-1-utf-7", NULL},
    /* No label. */
    {LT, "UTF-8", NULL, "UTF-8"},
    {HANS, "GB18030", NULL, "GB18030"},
    {HANT, "BIG5", NULL, "BIG5-HKSCS"},
    {LT, "WINDOWS-1257", NULL, "WINDOWS-1257"},
    {IT, "WINDOWS-1252", NULL, "WINDOWS-1252"},
    {NL, "WINDOWS-1252", NULL, "WINDOWS-1252"},
    {"こんにちは", "ISO-2022-JP", NULL, "ISO-2022-JP"},
    /* A label that says nothing, or is unknown. */
    {HANS, "GB18030", "us-ascii", "GB18030"},
    {LT, "WINDOWS-1257", "unknown-8bit", "WINDOWS-1257"},
    {IT, "WINDOWS-1252", "x-nonsense", "WINDOWS-1252"},
    {IT, "WINDOWS-1252", "utf-8//IGNORE", "WINDOWS-1252"},
    /* A wrong label. */
    {LT, "UTF-8", "iso-8859-1", "UTF-8"},
    {HANS, "UTF-8", "gb2312", "UTF-8"},
    {HANS, "GB18030", "iso-8859-1", "GB18030"},
    {HANT, "BIG5", "utf-8", "BIG5-HKSCS"},
    {LT, "WINDOWS-1257", "utf-8", "WINDOWS-1257"},
    {IT, "WINDOWS-1252", "utf-8", "WINDOWS-1252"},
    {"plain text", "UTF-8", "utf-16", NULL},
};

static void labels_and_guesses(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		gsize n;
		g_autoptr(GError) error = NULL;
		const char *guessed = NULL;
		g_autofree char *bytes =
		    g_convert(CASES[i].text, -1, CASES[i].encoding, "UTF-8", NULL, &n, &error);
		assert_null(error);
		g_autofree char *text = charset_decode(bytes, n, CASES[i].label, NULL, &guessed);
		if (strcmp(text, CASES[i].text) != 0 || g_strcmp0(guessed, CASES[i].guessed) != 0)
			fail_msg("%s labelled %s: \"%s\" as %s", CASES[i].encoding,
				 CASES[i].label ? CASES[i].label : "nothing", text,
				 guessed ? guessed : "labelled");
	}
}

static const struct {
	const char *bytes;
	gsize length;
	const char *label, *text;
} BROKEN[] = {
    {"", 0, NULL, ""},
    {BYTES("a\0b"), "utf-8", "a\uFFFDb"},
    {BYTES("a\0b"), NULL, "a\uFFFDb"},
    {BYTES("\xFF"), "utf-8", "ÿ"},
    {BYTES("café naïve à la carte ééééé\xE2\x82"), "utf-8", "café naïve à la carte ééééé\uFFFD\uFFFD"},
    {BYTES("~{<:Ky2;S{~}!~~ ok"), "hz-gb-2312", "己所不欲!~ ok"},
};

static void broken_bytes_stay_readable(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
		g_autofree char *text =
		    charset_decode(BROKEN[i].bytes, BROKEN[i].length, BROKEN[i].label, NULL, NULL);
		assert_true(g_utf8_validate(text, -1, NULL));
		assert_string_equal(text, BROKEN[i].text);
	}
}

/* Four bytes could be two charsets: the sender's part of the world decides. */
static void what_is_usual_decides(void **state)
{
	const char *const *usual = charset_usual_of("pirkejas@laiskas.lt");
	const char *guessed = NULL;
	assert_non_null(usual);
	g_autofree char *text = charset_decode("\xE8\xE8", 2, NULL, usual, &guessed);
	assert_string_equal(text, "čč");
	assert_string_equal(guessed, "WINDOWS-1257");
	g_autofree char *west = charset_decode("\xE8", 1, NULL, NULL, &guessed);
	assert_string_equal(west, "è");
	assert_null(charset_usual_of("someone@example.org"));
	assert_null(charset_usual_of(NULL));
}

/* Whatever the bytes, the answer is valid UTF-8. */
static void every_pair_of_bytes_is_valid(void **state)
{
	static const char *const LABELS[] = {NULL,           "utf-8",  "gb18030",  "big5",
					     "iso-2022-cn",  "utf-7",  "utf-16",   "hz",
					     "windows-1257", "euc-kr", "shift_jis"};
	for (gsize l = 0; l < G_N_ELEMENTS(LABELS); l++)
		for (guint a = 0; a < 256; a += 5)
			for (guint b = 0; b < 256; b += 7) {
				const char bytes[] = {'x', (char)a, (char)b, (char)a};
				g_autofree char *text =
				    charset_decode(bytes, sizeof(bytes), LABELS[l], NULL, NULL);
				assert_true(g_utf8_validate(text, -1, NULL));
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(labels_and_guesses),
	    cmocka_unit_test(broken_bytes_stay_readable),
	    cmocka_unit_test(what_is_usual_decides),
	    cmocka_unit_test(every_pair_of_bytes_is_valid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
