/* SPDX-License-Identifier: MIT */
#include "domain/query.h"

#include "domain/vocab.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

/* A query as one line: (and ...) (or ...) (not ...) "text" field=value, with < > and the number. */
static void tell(const struct query_node *q, GString *out)
{
	static const char *const names[N_FIELDS] = {"platform", "lang", "status", "kind", "buyer", "order",
						    "case",     "due",  "value",  "who",  "is"};
	static const char *const ops[] = {"and", "or", "not"};
	switch (q->op) {
	case QUERY_AND:
	case QUERY_OR:
	case QUERY_NOT:
		g_string_append_printf(out, "(%s", ops[q->op]);
		for (guint i = 0; i < q->parts->len; i++) {
			g_string_append_c(out, ' ');
			tell(q->parts->pdata[i], out);
		}
		g_string_append_c(out, ')');
		break;
	case QUERY_TEXT:
		g_string_append_printf(out, "\"%s\"", q->text);
		break;
	case QUERY_FIELD:
		g_string_append_printf(out, "%s%c%s", names[q->field], "=<>"[q->compare], q -> text);
		if (q->number)
			g_string_append_printf(out, "/%" G_GINT64_FORMAT, q->number);
		break;
	}
}

struct query_case {
	const char *text, *tree;
};

static const struct query_case good[] = {
    {"", "(and)"},
    {"   ", "(and)"},
    {"refund", "\"refund*\""},
    {"Refund NOW please", "(and \"refund*\" \"now*\" \"please*\")"},
    {"\"late parcel\"", "\"late parcel\""},
    {"\"late parcel*\"", "\"late parcel\""},
    {"refun*", "\"refun*\""},
    {"a", "\"a\""},
    {"ŠILKAS", "\"šilkas*\""},
    {"退貨", "\"退 货\""},
    {"退貨 收到", "(and \"退 货\" \"收 到\")"},
    {"iPhone手機", "\"iphone 手 机\""},
    {"手機iPhone", "\"手 机 iphone*\""},
    {"late\u3000parcel", "(and \"late*\" \"parcel*\")"},
    /* Signs alone ask nothing. */
    {"&", "(and)"},
    {"refund & -", "\"refund*\""},
    {"\"\" refund", "\"refund*\""},
    {"-&", "(and)"},
    {"refund or &", "\"refund*\""},
    {"& or &", "(and)"},
    /* Operators. */
    {"a or b", "(or \"a\" \"b\")"},
    {"a OR b c", "(or \"a\" (and \"b\" \"c\"))"},
    {"a and b", "(and \"a\" \"b\")"},
    {"a AND b OR c", "(or (and \"a\" \"b\") \"c\")"},
    {"-a", "(not \"a\")"},
    {"not a b", "(and (not \"a\") \"b\")"},
    {"-\"late parcel\"", "(not \"late parcel\")"},
    {"-(a b)", "(not (and \"a\" \"b\"))"},
    {"--a", "(not (not \"a\"))"},
    {"(a or b) c", "(and (or \"a\" \"b\") \"c\")"},
    {"(a)", "\"a\""},
    {"((a))(b)", "(and \"a\" \"b\")"},
    {"\"or\"", "\"or\""},
    {"order", "\"order*\""},
    {"late-parcel", "\"late-parcel*\""},
    /* Fields. */
    {"platform:eBay", "platform=ebay"},
    {"PLATFORM:ebay", "platform=ebay"},
    {"platform：ebay", "platform=ebay"},
    {"platform:my-shop", "platform=my-shop"},
    {"lang:LT", "lang=lt/2"},
    {"lang:zh-hant", "lang=zh-Hant/6"},
    {"status:ours", "status=ours/1"},
    {"status:new", "status=new"},
    {"kind:damaged", "kind=damaged/5"},
    {"buyer:jonas", "buyer=jonas"},
    {"buyer:\"Jonas Žukas\"", "buyer=Jonas Žukas"},
    {"-buyer:jonas", "(not buyer=jonas)"},
    {"order:302-12", "order=302-12"},
    {"case:17", "case=17/17"},
    {"case:#17", "case=17/17"},
    {"case:PP-D-1", "case=PP-D-1"},
    {"due:<1d", "due<1d/86400000"},
    {"due:>2h", "due>2h/7200000"},
    {"due:<90m", "due<90m/5400000"},
    {"due:1W", "due<1W/604800000"},
    {"due:overdue", "due=overdue"},
    {"due:TODAY", "due=today"},
    {"due:none", "due=none"},
    {"value:>50", "value>50/5000"},
    {"value:<20.50", "value<20.50/2050"},
    {"value:>=50", "value>50/4999"},
    {"value:<=20.50", "value<20.50/2051"},
    {"due:<=2h", "due<2h/7200000"},
    {"（lang:zh or “退 货”）-「不要」", "(and (or lang=zh/4 \"退 货\") (not \"不 要\"))"},
    {"buyer:“Jonas Žukas”", "buyer=Jonas Žukas"},
    {"value:20,5", "value=20,5/2050"},
    {"who:me", "who=me"},
    {"is:open", "is=open"},
    {"is:closed", "is=closed/1"},
    {"is:Any", "is=any/2"},
    {"(platform:ebay or platform:etsy) due:<1d -lost",
     "(and (or platform=ebay platform=etsy) due<1d/86400000 (not \"lost*\"))"},
    /* An order finds nothing and refuses nothing. */
    {"sort:newest", "(and)"},
    {"a or b sort:newest", "(or \"a\" \"b\")"},
    {"sort:newest or b", "\"b\""},
    {"(a sort:newest) -b", "(and \"a\" (not \"b\"))"},
    /* A colon alone makes no field. */
    {"http://x", "\"http://x*\""},
    {"Re: parcel", "(and \"re:*\" \"parcel*\")"},
    {"12:30", "\"12:30*\""},
    {"\"platfrom:ebay\"", "\"platfrom:ebay\""},
};

static void good_queries_are_understood(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(query_auto) q = query_parse(good[i].text, NULL, &error);
		if (!q)
			fail_msg("%s: %s", good[i].text, error->message);
		g_autoptr(GString) tree = g_string_new(NULL);
		tell(q, tree);
		if (strcmp(tree->str, good[i].tree) != 0)
			fail_msg("%s: %s, not %s", good[i].text, tree->str, good[i].tree);
	}
}

struct fault_case {
	const char *text;
	gsize at;
	const char *says; /* a part of the message */
};

static const struct fault_case faults[] = {
    {"\"late", 0, "quote isn't closed"},
    {"a \"", 2, "quote isn't closed"},
    {"buyer:\"Jonas", 6, "quote isn't closed"},
    {"(a", 0, "bracket isn't closed"},
    {"退（a", 3, "bracket isn't closed"},
    {"退 “a", 4, "quote isn't closed"},
    {"a (b (c)", 2, "bracket isn't closed"},
    {"a)", 1, "closes nothing"},
    {")", 0, "closes nothing"},
    {"a ()", 2, "nothing in the brackets"},
    {"a or", 4, "word is missing"},
    {"or a", 0, "word is missing"},
    {"a or or b", 5, "word is missing"},
    {"and a", 0, "word is missing"},
    {"a and", 5, "word is missing"},
    {"not", 3, "word is missing"},
    {"platform:", 0, "platform: is missing its value: ebay"},
    {"a lang:", 2, "lang: is missing its value: en, nl, lt, it"},
    {"buyer:", 0, "as in buyer:jonas"},
    {"due:<", 0, "due: is missing its value"},
    {"lang:de", 0, "lang:de isn't known; use one of: en, nl"},
    {"status:open", 0, "use one of: new, ours"},
    {"kind:broken", 0, "damaged"},
    {"is:nice", 0, "open, closed, any"},
    {"platform:>ebay", 0, "can't be compared"},
    {"due:<1", 0, "due:<1 isn't a time; write <90m"},
    {"due:soon", 0, "isn't a time"},
    {"due:<overdue", 0, "due:<overdue isn't a time"},
    {"due:<99999999999999999999d", 0, "isn't a time"},
    {"due:<-1d", 0, "isn't a time"},
    {"value:>", 0, "value: is missing its value"},
    {"value:>a", 0, "isn't an amount"},
    {"value:>1.234", 0, "isn't an amount"},
    {"value:>99999999999999999999", 0, "isn't an amount"},
    {"sort:", 0, "sort: is missing its value: clock, newest, relevance"},
    {"a sort:oldest", 2, "use one of: clock, newest, relevance"},
    {"a sort:<newest", 2, "can't be compared"},
    {"a -sort:newest", 3, "can't be excluded"},
    {"a -(b sort:newest)", 6, "can't be excluded"},
    {"a platfrom:ebay", 2, "is it platform:?"},
    {"plat:ebay", 0, "Fields: platform: lang:"},
    {"orders:1", 0, "is it order:?"},
    {"a\xff", 1, "valid UTF-8"},
};

static void faults_say_where_and_what_to_do(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autoptr(GError) error = NULL;
		gsize at = 999;
		g_autoptr(query_auto) q = query_parse(faults[i].text, &at, &error);
		if (q)
			fail_msg("%s: taken", faults[i].text);
		assert_non_null(error);
		if (!strstr(error->message, faults[i].says))
			fail_msg("%s: %s", faults[i].text, error->message);
		if (at != faults[i].at)
			fail_msg("%s: at byte %zu, not %zu", faults[i].text, at, faults[i].at);
	}
}

static char *repeated(const char *what, guint count, const char *end)
{
	GString *s = g_string_new(NULL);
	while (count-- > 0)
		g_string_append(s, what);
	g_string_append(s, end);
	return g_string_free(s, FALSE);
}

static void limits_hold(void **state)
{
	static const struct {
		const char *what;
		guint count;
		const char *end, *says; /* says NULL: taken */
	} cases[] = {
	    {"-", 31, "a", NULL},         {"-", 32, "a", "too deeply"},
	    {"(", 32, "a", "too deeply"}, {"not ", 900, "a", "too deeply"},
	    {"x", 4096, "", NULL},        {"x", 4097, "", "too long"},
	    {"a ", 2048, "", NULL},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = repeated(cases[i].what, cases[i].count, cases[i].end);
		g_autoptr(query_auto) q = query_parse(text, NULL, &error);
		assert_true((q != NULL) == (cases[i].says == NULL));
		if (!q)
			assert_non_null(strstr(error->message, cases[i].says));
	}
}

static void nodes_know_their_place(void **state)
{
	g_autoptr(query_auto) q = query_parse("退货 (due:<1d or \"b c\")", NULL, NULL);
	assert_non_null(q);
	const struct query_node *text = q->parts->pdata[0], *any = q->parts->pdata[1];
	const struct query_node *due = any->parts->pdata[0], *phrase = any->parts->pdata[1];
	assert_int_equal(text->at, 0);
	assert_int_equal(text->length, 6);
	assert_int_equal(due->at, 8);
	assert_int_equal(due->length, 7);
	assert_int_equal(phrase->at, 19);
	assert_int_equal(phrase->length, 5);
}

static void statuses_are_noticed_anywhere(void **state)
{
	static const struct {
		const char *text;
		bool names;
	} cases[] = {
	    {"", false},
	    {"lost", false},
	    {"platform:ebay due:<1d", false},
	    {"status:lost", true},
	    {"a or (b -is:closed)", true},
	    {"is:any", true},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(query_auto) q = query_parse(cases[i].text, NULL, NULL);
		assert_true(query_names_status(q) == cases[i].names);
	}
}

static void an_order_is_read_and_written_anywhere(void **state)
{
	static const struct {
		const char *text;
		enum query_order order;
		const char *by_clock, *newest;
	} cases[] = {
	    {"", ORDER_CLOCK, "", "sort:newest"},
	    {"sort:newest", ORDER_NEWEST, "", "sort:newest"},
	    {"refund  lang:lt", ORDER_CLOCK, "refund  lang:lt", "refund  lang:lt sort:newest"},
	    {"refund SORT:Newest lang:lt", ORDER_NEWEST, "refund lang:lt", "refund lang:lt sort:newest"},
	    {"sort:relevance \"a sort:newest b\"", ORDER_RELEVANCE, "\"a sort:newest b\"",
	     "\"a sort:newest b\" sort:newest"},
	    {"(a sort:relevance) (b sort:clock)", ORDER_CLOCK, "(a) (b)", "(a) (b) sort:newest"},
	    {"退货 sort:\"newest\"", ORDER_NEWEST, "退货", "退货 sort:newest"},
	    {"a sort:oldest", ORDER_CLOCK, "a sort:oldest", "a sort:oldest"},
	    {"\"a sort:newest", ORDER_CLOCK, "\"a sort:newest", "\"a sort:newest"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_int_equal(query_order(cases[i].text), cases[i].order);
		g_autofree char *by_clock = query_with_order(cases[i].text, ORDER_CLOCK);
		g_autofree char *newest = query_with_order(cases[i].text, ORDER_NEWEST);
		assert_string_equal(by_clock, cases[i].by_clock);
		assert_string_equal(newest, cases[i].newest);
	}
}

struct complete_case {
	const char *text; /* the cursor is at its end, or at | */
	gsize from;
	const char *offers;
};

static const struct complete_case completions[] = {
    {"pl", 0, "platform:"},
    {"a pl", 2, "platform:"},
    {"-pl", 1, "platform:"},
    {"(pl", 1, "platform:"},
    {"PL", 0, "platform:"},
    {"", 0, "platform: lang: status: kind: buyer: order: case: due: value: who: is: tag: sort:"},
    {"platform:e", 9, "ebay etsy"},
    {"a lang:zh", 7, "zh zh-Hans zh-Hant"},
    {"status:s", 7, "solved"},
    {"kind:wa", 5, "warranty"},
    {"due:<", 4, "<1h <1d <7d"},
    {"who:", 4, "me none"},
    {"refund sort:", 12, "clock newest relevance"},
    {"sort:n", 5, "newest"},
    {"buyer:jo", 6, ""},
    {"http:/", 0, ""},
    {"refund", 0, ""},
    {"退 l", 4, "lang:"},
    {"l| status:ours", 0, "lang:"},
};

static void completion_offers_what_fits(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(completions); i++) {
		const struct complete_case *c = &completions[i];
		const char *cursor = strchr(c->text, '|');
		gsize at = cursor ? (gsize)(cursor - c->text) : strlen(c->text), from = 999;
		g_autoptr(GPtrArray) got = query_complete(c->text, at, &from);
		g_autoptr(GString) offers = g_string_new(NULL);
		for (guint j = 0; j < got->len; j++)
			g_string_append_printf(offers, "%s%s", j ? " " : "", (char *)got->pdata[j]);
		if (strcmp(offers->str, c->offers) != 0)
			fail_msg("%s: %s", c->text, offers->str);
		assert_int_equal(from, c->from);
	}
}

/* Every form the help shows can be typed as it stands. */
static void help_shows_only_what_works(void **state)
{
	guint n = 0;
	for (const struct query_help *row; (row = query_help_nth(n)); n++) {
		g_autoptr(GError) error = NULL;
		assert_true(strlen(row->meaning) > 0);
		if (strcmp(row->form, "( )") == 0)
			continue;
		g_autoptr(query_auto) q = query_parse(row->form, NULL, &error);
		if (!q)
			fail_msg("%s: %s", row->form, error->message);
	}
	assert_true(n >= 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_queries_are_understood),
	    cmocka_unit_test(faults_say_where_and_what_to_do),
	    cmocka_unit_test(limits_hold),
	    cmocka_unit_test(nodes_know_their_place),
	    cmocka_unit_test(an_order_is_read_and_written_anywhere),
	    cmocka_unit_test(statuses_are_noticed_anywhere),
	    cmocka_unit_test(completion_offers_what_fits),
	    cmocka_unit_test(help_shows_only_what_works),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
