/* SPDX-License-Identifier: MIT */
#include "ui/spell.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static int setup(void **state)
{
	*state = spell_create();
	return 0;
}

static int teardown(void **state)
{
	spell_destroy(*state);
	return 0;
}

/* The words found, with blanks between. */
static char *found(struct spell *s, enum lang lang, const char *text)
{
	g_autoptr(GArray) words = spell_check(s, lang, text);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < words->len; i++) {
		const struct misspelt *m = &g_array_index(words, struct misspelt, i);
		g_string_append_printf(out, "%s%.*s", i ? " " : "", (int)m->length, text + m->at);
	}
	return g_string_free(out, FALSE);
}

static void finds_what_is_wrong(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
	    {"", ""},
	    {"We are sorry for the delay.", ""},
	    {"We recieve it tomorow.", "recieve tomorow"},
	    {"It doesn't work; it doesn’t, 'really'.", ""},
	    {"Dear Harriet Blythe, from Xyzzyton", ""},
	    {"> teh quoted lin\nteh", "teh"},
	    {"see www.exmple.example/abcd or someboddy@exmple.org", ""},
	    {"{{buyr.name}} {{amnt}}", ""},
	    {"order 12-3456 abc12 XYZQ", ""},
	    {"退貨退款 teh 好", "teh"},
	};
	struct spell *s = *state;
	if (spell_tell_missing(s, LANG_EN) || !s)
		skip();
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *words = found(s, LANG_EN, cases[i].text);
		assert_string_equal(words, cases[i].words);
	}
}

/* Diacritics, apostrophes of both forms, compounds, names, numbers and addresses are no faults. */
static const struct {
	enum lang lang;
	const char *text, *words;
} others[] = {
    {LANG_NL,
     "Beste mevrouw De Vries, bedankt voor uw bericht over bestelling 302-1234567. De verzendkosten betalen "
     "wij; "
     "de klantenservice helpt u binnen vierentwintig uur.\nZo'n theepot, foto's, foto’s, 's avonds, "
     "coördinatie, geïnteresseerd.\nKijk op www.voorbeeld.example/retour of schrijf "
     "winkel@voorbeeld.example.",
     ""},
    {LANG_NL, "Wij betaalen de verzentkosten onmidellijk.", "betaalen verzentkosten onmidellijk"},
    {LANG_LT,
     "Gerbiama Onute Kazlauskiene, dėkojame už jūsų žinutę dėl užsakymo 4711-0815. Labai atsiprašome, kad "
     "puodelis sudužo kelyje; grąžinsime pinigus arba išsiųsime naują. Nuotraukų prašome iki trečiadienio.\n"
     "Rašykite į pardavejas@pavyzdys.example arba www.pavyzdys.example/grazinimas",
     ""},
    {LANG_LT, "Labai atsiprasome, kad puodelys sudužo.", "atsiprasome puodelys"},
    {LANG_IT,
     "Gentile signora Bianchi, grazie per averci scritto dell'articolo dell’ordine 4711-0815. Ci dispiace "
     "che "
     "l'anfora sia arrivata rotta: c'è un'altra possibilità, perché quest'oggi le rimborsiamo tutto.\n"
     "Veda www.esempio.example/resi o scriva a negozioo@esempio.example",
     ""},
    {LANG_IT, "Ci dispiacie molto, perchè l'artticolo è arivato rotto.",
     "dispiacie perchè l'artticolo arivato"},
    {LANG_ZH_HANS, "您好，非常抱歉，我们明天退款 teh。", ""},
    {LANG_ZH_HANT, "您好，非常抱歉，我們明天退款 teh。", ""},
};

static void knows_the_other_languages(void **state)
{
	struct spell *s = *state;
	bool missing[N_LANGS] = {false}, any = !s;
	for (guint i = 0; s && i < G_N_ELEMENTS(others); i++) {
		enum lang lang = others[i].lang;
		missing[lang] |= spell_tell_missing(s, lang);
		any |= missing[lang];
		g_autofree char *words = found(s, lang, others[i].text);
		assert_string_equal(words, missing[lang] ? "" : others[i].words);
	}
	if (any)
		skip();
}

static void suggests_better(void **state)
{
	struct spell *s = *state;
	if (spell_tell_missing(s, LANG_EN) || !s)
		skip();
	g_autoptr(GPtrArray) words = spell_suggest(s, LANG_EN, "recieve");
	assert_true(words->len > 0 && words->len <= 9);
	assert_true(g_ptr_array_find_with_equal_func(words, "receive", g_str_equal, NULL));
}

static void tells_once_what_is_missing(void **state)
{
	struct spell *s = *state;
	spell_tell_missing(s, LANG_LT);
	assert_false(spell_tell_missing(s, LANG_LT));
	/* Chinese has no spelling. */
	assert_false(spell_tell_missing(s, LANG_ZH_HANS));
	g_autoptr(GArray) none = spell_check(s, LANG_ZH_HANT, "藍牙耳機 teh");
	assert_int_equal(none->len, 0);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(finds_what_is_wrong, setup, teardown),
	    cmocka_unit_test_setup_teardown(knows_the_other_languages, setup, teardown),
	    cmocka_unit_test_setup_teardown(suggests_better, setup, teardown),
	    cmocka_unit_test_setup_teardown(tells_once_what_is_missing, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
