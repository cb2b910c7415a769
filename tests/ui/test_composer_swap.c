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
};

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
	const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_what_was_typed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
