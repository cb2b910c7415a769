/* SPDX-License-Identifier: MIT */
#include "domain/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct row {
	const char *text, *fallback, *told; /* told NULL: no amount */
} rows[] = {
    {"12,50", "EUR", "12.50 EUR"},
    {"12.50", "EUR", "12.50 EUR"},
    {"€12.50", NULL, "12.50 EUR"},
    {"€ 12,50", NULL, "12.50 EUR"},
    {"12,50 €", NULL, "12.50 EUR"},
    {"EUR 1.234,56", NULL, "1234.56 EUR"},
    {"1,234.56 EUR", NULL, "1234.56 EUR"},
    {"1 234,50 €", NULL, "1234.50 EUR"},
    {"1\xc2\xa0"
     "234,50\xe2\x80\xaf€",
     NULL, "1234.50 EUR"},
    {"CHF 1'234.50", NULL, "1234.50 CHF"},
    {"CHF 1’234.50", NULL, "1234.50 CHF"},
    {"€ 12,-", NULL, "12.00 EUR"},
    {"€ 12,--", NULL, "12.00 EUR"},
    {"116,99 eur", NULL, "116.99 EUR"},
    {"US$39.40", NULL, "39.40 USD"},
    {"$39.4", NULL, "39.40 USD"},
    {"$39.40", "CAD", "39.40 CAD"},
    {"£5", NULL, "5.00 GBP"},
    {"¥88", NULL, "88.00 CNY"},
    {"￥88.00", NULL, "88.00 CNY"},
    {"¥1,000", "JPY", "1000 JPY"},
    {"¥1,000.00", "JPY", "1000 JPY"},
    {"88元", NULL, "88.00 CNY"},
    {"NT$ 1,280", NULL, "1280.00 TWD"},
    {"100 kr.", NULL, "100.00 DKK"},
    {"1.234", "EUR", "1234.00 EUR"},
    {"1,234", "EUR", "1234.00 EUR"},
    {"1.234.567", "EUR", "1234567.00 EUR"},
    {"1.234", "KWD", "1.234 KWD"},
    {"-12,50 €", NULL, "-12.50 EUR"},
    {"−12,50 €", NULL, "-12.50 EUR"},
    {"-€0.05", NULL, "-0.05 EUR"},
    {"0,99", "EUR", "0.99 EUR"},
    {"12", NULL, NULL},
    {"12", "XYZ", NULL},
    {"", "EUR", NULL},
    {"EUR", NULL, NULL},
    {"twelve", "EUR", NULL},
    {"12.50 zorkmids", "EUR", NULL},
    {"12,505", "EUR", "12505.00 EUR"},
    {"0,505", "EUR", NULL},
    {"12.5055", "EUR", NULL},
    {"1,23,456", "EUR", NULL},
    {"1.23,456.00", "EUR", NULL},
    {"12 50 EUR 3", NULL, NULL},
    {"12 50", "EUR", NULL},
    {"12 5", "EUR", NULL},
    {"1 2345", "EUR", NULL},
    {"12,50 3", "EUR", NULL},
    {"12 500", "EUR", "12500.00 EUR"},
    {"1 234 567,50", "EUR", "1234567.50 EUR"},
    {"12 ,50", "EUR", "12.50 EUR"},
    {",50", "EUR", "0.50 EUR"},
    {".5", "EUR", "0.50 EUR"},
    {"€,50", NULL, "0.50 EUR"},
    {"€ -,50", NULL, "-0.50 EUR"},
    {"Rs.500", NULL, "500.00 INR"},
    {",", "EUR", NULL},
    {"１２", "EUR", "12.00 EUR"},
    {"１２．５０", "EUR", "12.50 EUR"},
    {"￥１，２８０", NULL, "1280.00 CNY"},
    {"88块", "EUR", "88.00 CNY"},
    {"88 块钱", NULL, "88.00 CNY"},
    {"88元", "TWD", "88.00 TWD"},
    {"88塊", "TWD", "88.00 TWD"},
    {"12欧元", NULL, "12.00 EUR"},
    {"12 eurų", NULL, "12.00 EUR"},
    {"12,50 Eurų", NULL, "12.50 EUR"},
    {"21 euras", NULL, "21.00 EUR"},
    {"5 dollars", NULL, "5.00 USD"},
    {"3-1-2026", "EUR", NULL},
    {"¥10.50", "JPY", NULL},
    {"99999999999999999999", "EUR", NULL},
    {"9223372036854775807", "JPY", "9223372036854775807 JPY"},
    {"9223372036854775808", "JPY", NULL},
    {"\xff\xfe", "EUR", NULL},
};

static void test_parse(void **state)
{
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		struct money m = {0};
		bool good = money_parse(rows[n].text, rows[n].fallback, &m);
		g_autofree char *told = money_format(&m);
		if (good != (rows[n].told != NULL) || (good && !g_str_equal(told, rows[n].told)))
			fail_msg("\"%s\": \"%s\", not \"%s\"", rows[n].text, told,
				 rows[n].told ? rows[n].told : "refused");
	}
}

/* What is formatted reads back as the same. */
static void test_round_trip(void **state)
{
	static const char *const codes[] = {"EUR", "USD", "CNY", "JPY", "KWD", "SEK", "PLN", "HKD"};
	static const gint64 amounts[] = {0, 1, 5, 10, 99, 100, 12345, 1234567, -1, -12345, G_MAXINT64 / 100};
	for (gsize n = 0; n < G_N_ELEMENTS(codes) * G_N_ELEMENTS(amounts); n++) {
		struct money m = {.minor = amounts[n % G_N_ELEMENTS(amounts)]}, back;
		g_strlcpy(m.currency, codes[n / G_N_ELEMENTS(amounts)], sizeof m.currency);
		g_autofree char *text = money_format(&m), *brief = money_short(&m);
		assert_true(money_parse(text, NULL, &back));
		assert_int_equal(back.minor, m.minor);
		assert_string_equal(back.currency, m.currency);
		assert_true(money_parse(brief, NULL, &back));
		assert_int_equal(back.minor, m.minor);
		assert_string_equal(back.currency, m.currency);
	}
}

static void test_format(void **state)
{
	static const struct {
		struct money m;
		const char *told, *brief;
	} cases[] = {
	    {{1250, "EUR"}, "12.50 EUR", "€12.50"},
	    {{-5, "EUR"}, "-0.05 EUR", "-€0.05"},
	    {{500, "JPY"}, "500 JPY", "JP¥500"},
	    {{1000, "SEK"}, "10.00 SEK", "SEK 10.00"},
	    {{0, ""}, "", ""},
	    {{100, "XXX"}, "1.00 XXX", "XXX 1.00"},
	    {{G_MININT64, "EUR"}, "-92233720368547758.08 EUR", "-€92233720368547758.08"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(cases); n++) {
		g_autofree char *told = money_format(&cases[n].m), *brief = money_short(&cases[n].m);
		assert_string_equal(told, cases[n].told);
		assert_string_equal(brief, cases[n].brief);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parse),
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
