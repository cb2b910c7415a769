/* SPDX-License-Identifier: MIT */
/*
 * Platform files and what they read: any file is read or refused with its line, and whatever rules come out
 * of it, a mail is recognised. The input is a file, a NUL, and the body of a mail.
 */
#include "domain/shop.h"
#include "ingest/due_date.h"
#include "ingest/kinds.h"
#include "ingest/platform.h"

#include <stdint.h>
#include <string.h>

#include "domain/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void recognise(const struct platforms *p, const char *body, gsize length)
{
	g_autoptr(GString) text =
	    g_string_new("From: Ann <ann@x.test>\nSubject: order 5, by Aug 02, 2026\nX-Kind: a\n\n");
	g_string_append_len(text, body, (gssize)length);
	g_autoptr(GBytes) source = g_bytes_new(text->str, text->len);
	g_autoptr(mail_auto) m = mail_read(source, 0, NULL);
	platform_recognise(p, m);
	if (m->in->text && !g_utf8_validate(m->in->text, -1, NULL))
		g_abort();
}

static void read_date(const char *body, gsize length)
{
	g_autofree char *words = g_strndup(body, MIN(length, 600));
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	gint64 due = 0;
	due_date_parse(words, G_GINT64_CONSTANT(1785405600000), zone, &due);
}

static void one_of_two(bool read, const GError *error)
{
	if (read != (error == NULL))
		g_abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *file = (const char *)data, *nul = size ? memchr(file, 0, size) : NULL;
	gsize length = nul ? (gsize)(nul - file) : size, rest = nul ? size - length - 1 : 0;
	g_autoptr(GError) fault = NULL, kinds_fault = NULL, shop_fault = NULL;
	g_autoptr(platforms_auto) p = platforms_create();
	mail_init();
	one_of_two(platforms_add(p, "mail", "fuzz.ini", file, length, &fault), fault);
	g_autoptr(kind_words_auto) kinds = kind_words_parse("kinds.ini", file, length, &kinds_fault);
	one_of_two(kinds != NULL, kinds_fault);
	if (kinds)
		kind_of_words(kinds, NULL, "x", "> no\nbroken lid ... missing。碎了");
	g_autoptr(shop_auto) shop = shop_parse("shop.ini", file, length, &shop_fault);
	one_of_two(shop != NULL, shop_fault);
	if (!fault)
		recognise(p, nul ? nul + 1 : "", rest);
	read_date(nul ? nul + 1 : file, nul ? rest : size);
	return 0;
}
