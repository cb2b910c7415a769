/* SPDX-License-Identifier: MIT */
#include "ingest/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	const char *html, *text;
} CASES[] = {
    {"", ""},
    {"just text", "just text"},
    {"<p>One</p><p>Two</p>", "One\n\nTwo"},
    {"<div>One</div><div>Two<br>Three</div>", "One\nTwo\nThree"},
    {"a<br><br>b", "a\n\nb"},
    {"<p>spaces \n\t  and&nbsp;&nbsp;lines </p>", "spaces and lines"},
    {"fish &amp; chips &euro;5 &#8364; &lt;b&gt;", "fish & chips €5 € <b>"},
    {"<b>bo</b>ld", "bold"},
    {"<b>two</b> <i>words</i>", "two words"},
    {"<a href=\"https://www.example.org/r\">Return label</a>.", "Return label <https://www.example.org/r>."},
    {"<a href=\"https://example.org/\">https://example.org/</a>", "https://example.org/"},
    {"<a href=\"mailto:ann@example.org\">ann@example.org</a>", "ann@example.org"},
    {"<a href=\"mailto:ann@example.org\">Ann</a>", "Ann <mailto:ann@example.org>"},
    {"<a href=\"javascript:alert(1)\">Pay</a> <a href=\"#top\">up</a>", "Pay up"},
    {"<a href=\"https://example.org/logo\"><img src=\"cid:x\"></a>after", "after"},
    {"<img src=\"cid:x\" alt=\"Broken cup\">", "[Broken cup]"},
    {"<ul><li>one</li><li>two</li></ul>", "- one\n- two"},
    {"<ol><li>one<li>two</ol>", "1. one\n2. two"},
    {"<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"},
    {"<ul><li>two<br>lines</li></ul>", "- two\n  lines"},
    {"<table><tr><td>Order</td><td>302-1234567-1234567</td></tr><tr><td>Reason</td><td>Broken</td></tr></"
     "table>",
     "Order  302-1234567-1234567\nReason  Broken"},
    {"<table><tr><td> </td><td>&nbsp;</td><td>x</td></tr></table>", "x"},
    {"<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>", "a  b"},
    {"<blockquote>old<blockquote>older</blockquote></blockquote>new", "> old\n> \n> > older\n\nnew"},
    {"<pre>a  b\n c</pre>d", "a  b\n c\n\nd"},
    {"<h1>Title</h1>text", "Title\n\ntext"},
    {"<head><title>no</title><style>p{}</style></head><body>yes<script>no()</script></body>", "yes"},
    {"<div style=\"display:none\">secret</div>shown", "shown"},
    {"<span style=\"font-size: 0px; color:#fff\">secret</span>shown", "shown"},
    {"<div style=\"DISPLAY : NONE\">x<div>y</div>z</div>shown", "shown"},
    {"<p hidden>secret</p>shown", "shown"},
    {"pre\u200Bview\u200C\u034F\uFEFF", "preview"},
    {"<p>unclosed <b>tags<p>go on", "unclosed tags\n\ngo on"},
    {"</div></div>stray", "stray"},
    {"<td>cell without a table", "cell without a table"},
    {"<!-- comment -->text<!-- unclosed", "text"},
    {"尺寸不對，<b>退貨</b>！", "尺寸不對，退貨！"},
    {"<html><head><meta charset=\"gb2312\"></head><body>ąčę</body></html>", "ąčę"},
    {"<select><option>1</option></select>text", "text"},
};

static void pages_become_text(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		bool cut = false;
		g_autofree char *text = html_to_text(CASES[i].html, strlen(CASES[i].html), &cut);
		if (strcmp(text, CASES[i].text) != 0)
			fail_msg("%s\ngave \"%s\"\nnot  \"%s\"", CASES[i].html, text, CASES[i].text);
		assert_false(cut);
	}
}

static GString *repeated(const char *piece, gsize n)
{
	GString *s = g_string_sized_new(strlen(piece) * n);
	for (gsize i = 0; i < n; i++)
		g_string_append(s, piece);
	return s;
}

static void deep_pages_are_cut(void **state)
{
	bool cut = false;
	GString *page = repeated("<div>x", 300000);
	g_autofree char *text = html_to_text(page->str, page->len, &cut);
	assert_true(cut);
	assert_true(g_str_has_prefix(text, "x\nx\nx"));
	g_string_free(page, TRUE);
}

static void large_pages_are_cut(void **state)
{
	bool cut = false;
	GString *page = repeated("<p>a paragraph</p>", HTML_MAX / 10);
	g_autofree char *text = html_to_text(page->str, page->len, &cut);
	assert_true(cut);
	assert_true(g_str_has_prefix(text, "a paragraph\n\na paragraph"));
	g_string_free(page, TRUE);
}

/* As deep as allowed and no deeper: an ordinary page is never cut. */
static void depth_within_the_limit_is_read(void **state)
{
	bool cut = false;
	GString *page = repeated("<div>", HTML_DEPTH - 10);
	g_string_append(page, "bottom");
	g_autofree char *text = html_to_text(page->str, page->len, &cut);
	assert_false(cut);
	assert_string_equal(text, "bottom");
	g_string_free(page, TRUE);
}

static void the_page_names_its_charset(void **state)
{
	static const struct {
		const char *html, *charset;
	} PAGES[] = {
	    {"<meta charset=\"GB2312\">", "gb2312"},
	    {"<META http-equiv=Content-Type content=\"text/html; charset=big5\">", "big5"},
	    {"<p>charset=big5</p>", NULL},
	    {"<meta charset=\"\">", NULL},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(PAGES); i++) {
		g_autofree char *charset = html_charset(PAGES[i].html, strlen(PAGES[i].html));
		if (g_strcmp0(charset, PAGES[i].charset) != 0)
			fail_msg("%s: %s", PAGES[i].html, charset ? charset : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pages_become_text),          cmocka_unit_test(deep_pages_are_cut),
	    cmocka_unit_test(large_pages_are_cut),        cmocka_unit_test(depth_within_the_limit_is_read),
	    cmocka_unit_test(the_page_names_its_charset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
