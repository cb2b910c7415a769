/* SPDX-License-Identifier: MIT */
/* shop.ini: what each key means, and what is said of one that can't be meant. */
#include "domain/shop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static struct shop *parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	struct shop *s = shop_parse("shop.ini", text, strlen(text), &error);
	if (!s)
		fail_msg("%s", error->message);
	return s;
}

static void what_is_left_out(void **state)
{
	g_autoptr(shop_auto) s = parse("[shop]\n");
	assert_string_equal(s->name, "");
	assert_string_equal(s->zone, "UTC");
	assert_int_equal(s->archive_days, 180);
	assert_int_equal(s->n_dear, 0);
	assert_string_equal(s->currency, "");
	assert_string_equal(s->command[0], "sendmail");
	assert_int_equal(s->limit, 120);
	assert_int_equal(s->undo, 10);
	assert_int_equal(s->attach_most, 10 * 1048576);
	assert_int_equal(s->follow_up_days, 30);
	assert_int_equal(s->follow_ups_a_year, 4);
	assert_true(shop_may_override(s, "anybody"));
}

static void what_is_said(void **state)
{
	g_autoptr(shop_auto) s =
	    parse("[shop]\nname = Dune\naddresses = @dune.example; desk@dune.example\n"
		  "dear_from = 50.00 EUR; 8000 JPY\narchive_days = 0\ncurrency = eur\n"
		  "[mail]\ncommand = msmtp -t \"-a b\"\nlimit = 5\nundo = 0\nattachments_most = 50\n"
		  "[costs]\ngoods = 45\nback = 0\npost = 5.50 EUR; 4.20 GBP\n"
		  "[orders]\nebay = 420 per month\nbol = 1 per year\n"
		  "[follow-ups]\nleast_days = 90\nmost_a_year = 2\n");
	assert_string_equal(shop_address(s, NULL), "desk@dune.example");
	assert_int_equal(s->n_dear, 2);
	assert_string_equal(s->currency, "EUR");
	assert_int_equal(s->dear[0].minor, 5000);
	assert_string_equal(s->dear[1].currency, "JPY");
	assert_int_equal(s->dear[1].minor, 8000);
	assert_int_equal(s->archive_days, 0);
	assert_string_equal(s->command[2], "-a b");
	assert_int_equal(s->undo, 0);
	assert_int_equal(s->attach_most, 50 * 1048576);
	assert_int_equal(s->costs.goods, 45);
	assert_int_equal(s->costs.partial, 30);
	assert_int_equal(s->costs.n_post, 2);
	assert_int_equal(s->costs.post[1].minor, 420);
	assert_int_equal(s->costs.n_label, 0);
	assert_int_equal(s->follow_up_days, 90);
	assert_int_equal(s->follow_ups_a_year, 2);
	assert_int_equal(shop_orders(s, "ebay", 60), 840);
	assert_int_equal(shop_orders(s, "bol", 30), 1);
	assert_int_equal(shop_orders(s, "etsy", 60), 0);
}

static void rights(void **state)
{
	static const struct {
		const char *line, *told; /* told: what one without the right reads; NULL: rasa has it too */
	} rows[] = {
	    {"", NULL},
	    {"[rights]\noverride = jonas; rasa\n", NULL},
	    {"[rights]\noverride = jonas; mei\n", "only jonas, mei may"},
	    {"[rights]\noverride =\n", "nobody"},
	    {"[rights]\noverride = Rasa\n", "only Rasa may"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *text = g_strconcat("[shop]\n", rows[n].line, NULL);
		g_autoptr(shop_auto) s = parse(text);
		g_autofree char *told = shop_tell_override(s);
		assert_int_equal(shop_may_override(s, "rasa"), rows[n].told == NULL);
		if (rows[n].told && !strstr(told, rows[n].told))
			fail_msg("%s", told);
	}
}

static void faults(void **state)
{
	static const struct {
		const char *text, *told;
	} rows[] = {
	    {"", "shop.ini:1: the group [shop] is missing"},
	    {"[shop]\nnam = x\n", "shop.ini:2"},
	    {"[shop]\n[right]\noverride = x\n", "there is no group [right]"},
	    {"[shop]\n[rights]\noverwrite = x\n", "shop.ini:3"},
	    {"[shop]\naddresses = desk\n", "\"desk\" is no address"},
	    {"[shop]\naddresses = a@b@c.example\n", "is no address"},
	    {"[shop]\nzone = Middle/Earth\n", "is no time zone"},
	    {"[shop]\nlanguages = xx\n", "unknown language"},
	    {"[shop]\narchive_days = soon\n", "\"soon\": write a number of days from 0 to 36500"},
	    {"[shop]\ncurrency = zorkmid\n", "shop.ini:2: \"zorkmid\" is no currency"},
	    {"[shop]\ndear_from = 50\n", "shop.ini:2: \"50\""},
	    {"[shop]\n[costs]\npost = 5\n", "shop.ini:3: \"5\""},
	    {"[shop]\n[costs]\npost = -5 EUR\n", "shop.ini:3: \"-5 EUR\""},
	    {"[shop]\n[costs]\ngoods = 101\n", "write a number of percent from 0 to 100"},
	    {"[shop]\n[mail]\ncommand = \"open\n", "can't be split"},
	    {"[shop]\n[mail]\nundo = 121\n", "shop.ini:3: \"121\": write a number of seconds from 0 to 120"},
	    {"[shop]\n[mail]\nattachments_most = 51\n", "write a number of MiB from 1 to 50"},
	    {"[shop]\n[mail]\nserver = x\n", "shop.ini:3: unknown key \"server\""},
	    {"[shop]\nlanguages = de\n", "shop.ini:2: unknown language \"de\""},
	    {"[shop]\naddresses = desk@shop.example, <other@x.example>\n",
	     "\"<other@x.example>\" is no address"},
	    {"[shop]\naddresses = @shop.example; a desk@shop.example\n",
	     "\"a desk@shop.example\" is no address"},
	    {"[shop]\n[rights]\noverride = ann ben\n", "shop.ini:3: \"ann ben\" is no login"},
	    {"[shop]\n[mail]\nlimit = 0\n", "from 1 to 3600"},
	    {"[shop]\n[follow-ups]\nleast_days = 0\n", "from 1 to 3650"},
	    {"[shop]\n[orders]\nebay = 420\n", "shop.ini:3: \"420\": write how many orders"},
	    {"[shop]\n[orders]\nebay = 0 per month\n", "as in: ebay = 420 per month"},
	    {"[shop]\n[orders]\nebay = 420 per fortnight\n", "in a day, week, month or year"},
	    {"[shop]\n[follow-ups]\nmost_a_year = 0\n", "write a number of follow-ups from 1 to 365"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GError) error = NULL;
		assert_null(shop_parse("shop.ini", rows[n].text, strlen(rows[n].text), &error));
		if (!strstr(error->message, rows[n].told))
			fail_msg("%s", error->message);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_left_out),
	    cmocka_unit_test(what_is_said),
	    cmocka_unit_test(rights),
	    cmocka_unit_test(faults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
