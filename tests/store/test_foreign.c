/* SPDX-License-Identifier: MIT */
/* What a draft says of another buyer, in make_shop(): case 1 is Harriet Blythe's, order 10-20000-30000. */
#include "store/foreign.h"
#include "support/make_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */

static int setup(void **state)
{
	*state = make_store();
	make_shop(*state, NOW);
	/* A shop of its own numbers its orders as it likes. */
	struct mail_facts f = {
	    .alias = "giedre.p@upe.example", .name = "Corrado Bassi", .order = "DK-20069", .sent = NOW};
	make_ingest(*state, &f);
	return 0;
}

static int teardown(void **state)
{
	make_store_remove(*state);
	return 0;
}

static void others_are_found_and_ones_own_are_not(void **state)
{
	static const struct {
		const char *text, *found; /* with blanks between */
	} rows[] = {
	    {"", ""},
	    {"Dear Harriet Blythe, your order 10-20000-30000 left today.", ""},
	    {"The order 11-20001-30001 is another one.", "11-20001-30001"},
	    {"Ordine DK-20069.", "DK-20069"},
	    {"ordine (dk-20069)!", "dk-20069"},
	    {"DK-20069 e DK-20069", "DK-20069"},
	    {"DK-200699 xDK-20069", ""},
	    {"Write to giedre.p@upe.example.", "giedre.p@upe.example"},
	    {"Write to Giedre.P@UPE.example", "Giedre.P@UPE.example"},
	    {"Anche Corrado Bassi ha questo problema.", "Corrado Bassi"},
	    {"Anche CorradoBassi, Corrado e Bassi, corrado bassi.", ""},
	    {"沈佳宜女士的订单 DK-20069 也是这样。", "DK-20069"},
	    {"\"; DROP TABLE orders; -- 4711'\"", ""},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_auto(GStrv) found = store_foreign(*state, 1, rows[i].text, &error);
		if (!found)
			fail_msg("%s: %s", rows[i].text, error->message);
		g_autofree char *all = g_strjoinv(" ", found);
		if (!g_str_equal(all, rows[i].found))
			fail_msg("%s: \"%s\", not \"%s\"", rows[i].text, all, rows[i].found);
	}
	/* To its own buyer it may be told. */
	g_auto(GStrv) own =
	    store_foreign(*state, MAKE_SHOP_CASES + 1, "Corrado Bassi, DK-20069, giedre.p@upe.example", NULL);
	assert_int_equal(g_strv_length(own), 0);
}

/* However much stands in a draft, only so much is looked up. */
static void a_long_draft_costs_no_more(void **state)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(text, "%05d-%05d Aa Bb ", i, i);
	g_auto(GStrv) found = store_foreign(*state, 1, text->str, NULL);
	assert_non_null(found);
	assert_int_equal(g_strv_length(found), 0);
}

#define ON_SHOP(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(others_are_found_and_ones_own_are_not),
	    ON_SHOP(a_long_draft_costs_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
