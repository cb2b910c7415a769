/* SPDX-License-Identifier: MIT */
#include "ui/composer_swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	const char *text, *before, *after, *swapped; /* NULL: isn't there as it was */
} cases[] = {
    {"Hello.", "Hello.", "Hallo.", "Hallo."},
    {"Mine. Hello. Mine.", "Hello.", "Hallo.", "Mine. Hallo. Mine."},
    {"Helo.", "Hello.", "Hallo.", NULL},
    /* Still open, and typed. */
    {"We refund {{amount}}.", "We refund {{amount}}.", "Wij betalen {{amount}} terug.",
     "Wij betalen {{amount}} terug."},
    {"We refund £5.", "We refund {{amount}}.", "Wij betalen {{amount}} terug.", "Wij betalen £5 terug."},
    {"a 1 b 2 c", "a {{x}} b {{y}} c", "{{y}} dan {{x}}", "2 dan 1"},
    {"a 1 b 2 c", "a {{x}} b {{y}} c", "{{z}} dan {{x}}", "{{z}} dan 1"},
    {"a 1 B 2 c", "a {{x}} b {{y}} c", "{{y}} dan {{x}}", NULL},
    /* At the ends. */
    {"pay 5 now\nMine", "pay {{x}}", "betaal {{x}}", "betaal 5 now\nMine"},
    {"5 is paid", "{{x}} is paid", "{{x}} betaald", "5 betaald"},
    /* A beginning that also stands earlier. */
    {"Dear A,\nDear B, thanks", "Dear B, thanks", "Beste B, dank", "Dear A,\nBeste B, dank"},
    {"退款 5 元。", "退款 {{amount}} 元。", "退還 {{amount}} 元。", "退還 5 元。"},
    {"", "Hello.", "Hallo.", NULL},
    /* Written between its paragraphs. */
    {"Dear A,\n\nSorry.\n\nMine.\n\nWe pay £5.\n\nBye", "Dear A,\n\nSorry.\n\nWe pay {{x}}.\n\nBye",
     "Beste A,\n\nSpijtig.\n\nWij betalen {{x}}.\n\nDag",
     "Beste A,\n\nSpijtig.\n\nMine.\n\nWij betalen £5.\n\nDag"},
    {"Hi\n\n£5 is paid\n\nMine\n\nBye", "Hi\n\n{{x}} is paid\n\nBye", "Hoi\n\nBetaald: {{x}}\n\nDag",
     "Hoi\n\nBetaald: £5\n\nMine\n\nDag"},
    {"Hi\n\nMine\n\nBye", "Hi\n\nBye", "Hoi en dag", NULL},
    {"Hi\n\nBye\n\nMine", "Hi\n\nBye", "Hoi en dag", "Hoi en dag\n\nMine"},
    {"Bye\n\nHi", "Hi\n\nBye", "Hoi\n\nDag", NULL},
};

static const struct {
	const char *text, *reply;
	bool stands;
} left[] = {
    {"Dear A,\n\nWe refund £5.\n\nKind regards", "Dear A,\n\nWe refund {{x}}.\n\nKind regards", true},
    {"", "Dear A,\n\nWe refund {{x}}.", false},
    {"Dear A,\n\nSomething else.\n\nKind regards",
     "Dear A,\n\nPlease send it back with this label. It costs you nothing.\n\nKind regards", false},
    /* One sentence is rewritten, two stand. */
    {"Please send it back. It's free. We pay at once.",
     "Please send it back. It costs nothing. We pay at once.", true},
    {"请把商品寄回。我们马上退款。", "请把商品寄回。运费由我们承担。我们马上退款。", true},
    {"我们马上退款。", "请把商品寄回。运费由我们承担。收到后我们马上退款给您。", false},
    {"{{x", "{{x}}", false},
};

static void knows_what_is_left(void **state)
{
	for (guint i = 0; i < G_N_ELEMENTS(left); i++) {
		if (composer_stands(left[i].text, left[i].reply) != left[i].stands)
			fail_msg("\"%s\" in \"%s\"", left[i].reply, left[i].text);
	}
}

static void keeps_what_was_typed(void **state)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *out = composer_swap(cases[i].text, cases[i].before, cases[i].after);
		if (g_strcmp0(out, cases[i].swapped) != 0)
			fail_msg("\"%s\": is \"%s\", should be \"%s\"", cases[i].text, out ? out : "NULL",
				 cases[i].swapped ? cases[i].swapped : "NULL");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_what_was_typed),
					   cmocka_unit_test(knows_what_is_left)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
