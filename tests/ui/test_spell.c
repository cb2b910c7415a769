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

/* The English words found, with blanks between. */
static char *found(struct spell *s, const char *text)
{
	g_autoptr(GArray) words = spell_check(s, LANG_EN, text);
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
		g_autofree char *words = found(s, cases[i].text);
		assert_string_equal(words, cases[i].words);
	}
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
	    cmocka_unit_test_setup_teardown(suggests_better, setup, teardown),
	    cmocka_unit_test_setup_teardown(tells_once_what_is_missing, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
