/* SPDX-License-Identifier: MIT */
#include "domain/query.h"

#include "domain/intl.h"
#include "domain/query_fields.h"

#include <string.h>

#include "domain/banned.h"

static const struct query_help rows[] = {
    {N_("refund"), N_("word, or the beginning of one, in any of the languages")},
    {N_("\"late parcel\""), N_("these words in this order")},
    {"platform:ebay", N_("marketplace: ebay, amazon, etsy, taobao, bol, mail ...")},
    {"lang:lt", N_("language: en, nl, lt, it, zh, zh-Hans, zh-Hant")},
    {"status:ours", N_("status: new, ours, buyer, platform, carrier, solved, lost, withdrawn")},
    {"kind:damaged", N_("kind of complaint")},
    {"buyer:jonas", N_("part of the buyer's name or handle")},
    {"order:302-12", N_("beginning of the order number")},
    {"case:17", N_("our case number, or the platform's")},
    {"due:<1d", N_("due within a day; >2h: in more than two hours; m, h, d, w")},
    {"due:overdue", N_("due: overdue, today, none")},
    {"value:>50", N_("value at stake, in whole units of its currency")},
    {"who:me", N_("who has it: a name, me, none")},
    {"tag:vip-china", N_("a tag that the shop gave it")},
    {"is:any", N_("is: open (as without it), closed, any")},
    {"is:pinned", N_("is: pinned, snoozed, promised (to the buyer), vip")},
    {"sort:newest", N_("order: clock (as without it), newest, relevance (where hits are few)")},
    {N_("a or b"), N_("either; side by side means both")},
    {"-a", N_("without; not a says the same")},
    {"( )", N_("brackets group")},
};

const struct query_help *query_help_nth(guint n)
{
	return n < G_N_ELEMENTS(rows) ? &rows[n] : NULL;
}

/* Where the word that byte `at` is in or behind begins. */
static gsize word_start(const char *text, gsize at)
{
	const char *p = text + at;
	while (p > text) {
		const char *before = g_utf8_find_prev_char(text, p);
		if (!before || strchr("()\"", *before) || g_unichar_isspace(g_utf8_get_char(before)))
			break;
		p = before;
	}
	while (*p == '-' && p < text + at)
		p++;
	return (gsize)(p - text);
}

static bool begins(const char *whole, const char *typed, gsize length)
{
	return g_ascii_strncasecmp(whole, typed, length) == 0;
}

static void add_values(GPtrArray *out, enum query_field field, const char *typed, gsize length)
{
	g_autoptr(GPtrArray) values = query_field_values(field);
	for (guint i = 0; i < values->len; i++) {
		if (begins(values->pdata[i], typed, length))
			g_ptr_array_add(out, g_strdup(values->pdata[i]));
	}
}

static void add_fields(GPtrArray *out, const char *typed, gsize length)
{
	for (int i = 0; i < N_FIELDS; i++) {
		const char *name = query_field_name((enum query_field)i);
		if (begins(name, typed, length))
			g_ptr_array_add(out, g_strconcat(name, ":", NULL));
	}
}

GPtrArray *query_complete(const char *text, gsize at, gsize *replace_from)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	at = MIN(at, strlen(text));
	*replace_from = at;
	if (!g_utf8_validate(text, (gssize)at, NULL))
		return out;
	gsize start = word_start(text, at);
	const char *word = text + start;
	const char *colon = memchr(word, ':', at - start);
	enum query_field field = 0;
	if (colon && query_field_find(word, (gsize)(colon - word), &field)) {
		start = (gsize)(colon + 1 - text);
		add_values(out, field, text + start, at - start);
	} else if (!colon) {
		add_fields(out, word, at - start);
	}
	*replace_from = start;
	return out;
}
