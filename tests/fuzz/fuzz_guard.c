/* SPDX-License-Identifier: MIT */
/*
 * The first byte chooses: any text as a draft, read by a few rules with every kind of pattern; or any text as
 * a rule file, which is read or refused with a message. What is found lies within the draft, at whole
 * characters.
 */
#include "domain/guard.h"

#include <stdint.h>
#include <string.h>

#include "domain/promise.h"

#include "domain/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char words[] = "[review]\nen = review\nzh = 评价\nall = review\n";
static const char rules[] =
    "[a]\nseverity = block\ntitle = t\nwhy = w\nread = spelled\npattern.all = (?:\\d[ .-]?){6}\n"
    "[b]\nseverity = warn\ntitle = t\nwhy = w\npattern.en = \\bif{..}{review}\npattern.zh = "
    "如果{..}{review}\n"
    "unless.en = \\bnot\\b\nelsewhere.en = never\n"
    "[c]\nseverity = block\ntitle = t\nwhy = w\ncheck = open-placeholder\npattern.all = "
    "\\{\\{[^{}\\n]*\\}\\}\n"
    "[d]\nseverity = block\ntitle = t\nwhy = w\ncheck = empty\n"
    "[e]\nseverity = hint\ntitle = t\nwhy = w\ncheck = wrong-language\n"
    "[f]\nseverity = block\ntitle = t\nwhy = w\ncheck = foreign-name\npattern.all = \\A\\s*dear "
    "(?<name>\\w+)\n"
    "[g]\nseverity = hint\ntitle = t\nwhy = w\nmissing.en = sorry\n";
static const char promises[] = "[hours]\npattern.en = within \\d+ hours\n[date]\npattern.zh = "
			       "\\d+月\\d+日\n[weekday]\npattern.en = by \\w+day\n"
			       "[days]\npattern.en = in \\w+ weeks?\n";

static void check_place(const char *text, gsize at, gsize length)
{
	gsize size = strlen(text);
	if (at > size || length > size - at || (text[at] & 0xc0) == 0x80 ||
	    (text[at + length] & 0xc0) == 0x80)
		g_abort();
}

static void read_draft(const struct guard_rules *g, const char *text)
{
	const struct guard_case facts = {
	    .buyer_lang_known = true, .buyer_name = "Anna Berg", .order = "12-34567-89012"};
	const struct guard_draft draft = {.text = text, .platform = "ebay", .facts = &facts};
	g_autoptr(GPtrArray) findings = guard_read(g, &draft);
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		check_place(text, f->at, f->length);
	}
}

static void read_promises(const char *text)
{
	g_autoptr(phrases_auto) p = phrases_read(PHRASES_PROMISES, "p.ini", promises, strlen(promises), NULL);
	g_autoptr(GArray) found = promises_find(p, text);
	for (guint n = 0; n < found->len; n++) {
		const struct promise *f = &g_array_index(found, struct promise, n);
		check_place(text, f->at, f->length);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1 || size > 16384)
		return 0;
	g_autoptr(guard_auto) g = guard_create();
	g_autoptr(GError) error = NULL;
	const char *bytes = (const char *)data + 1;
	if (!guard_add(g, "_words", "w.ini", words, strlen(words), NULL))
		g_abort();
	if (data[0] & 1) {
		g_autofree char *text = g_utf8_make_valid(bytes, (gssize)size - 1);
		if (!guard_add(g, "x", "x.ini", rules, strlen(rules), NULL))
			g_abort();
		read_draft(g, text);
		read_promises(text);
		return 0;
	}
	if (guard_add(g, "x", "x.ini", bytes, size - 1, &error) == (error != NULL))
		g_abort();
	if (!error)
		read_draft(g, "If this is 0 6 1 2 3 4 a review, dear Anna, 如果评价 {{x}}");
	return 0;
}
