/* SPDX-License-Identifier: MIT */
#include "ingest/identity.h"

#include <string.h>

#include "domain/banned.h"

static void hash_words(GChecksum *sum, const char *text)
{
	g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void hash_head(GChecksum *sum, const struct mail *m)
{
	const char *date = mail_header(m, "Date");
	hash_words(sum, m->in->from);
	hash_words(sum, m->in->subject);
	hash_words(sum, date ? date : "");
}

/* What follows the headers, whichever way it came: without carriage returns and the last line ends. */
static void hash_body(GChecksum *sum, GBytes *source)
{
	gsize length;
	const char *bytes = g_bytes_get_data(source, &length);
	if (!length)
		return;
	gsize skip = mail_skip_envelope(bytes, length);
	const char *s = bytes + skip, *end = s + length - skip;
	const char *lf = s < end ? memmem(s, (gsize)(end - s), "\n\n", 2) : NULL;
	const char *crlf = s < end ? memmem(s, (gsize)(end - s), "\n\r\n", 3) : NULL;
	if (lf || crlf)
		s = lf && (!crlf || lf < crlf) ? lf + 2 : crlf + 3;
	while (end > s && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	while (s < end) {
		const char *stop = memchr(s, '\r', (gsize)(end - s));
		g_checksum_update(sum, (const guchar *)s, (stop ? stop : end) - s);
		s = stop ? stop + 1 : end;
	}
}

/* Mails without an id are one only if their whole bodies are: the same words may come with another picture.
 */
static char *made_id(const struct mail *m)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	hash_head(sum, m);
	hash_body(sum, m->in->source);
	return g_strdup_printf("%.32s@made.amends.invalid", g_checksum_get_string(sum));
}

void mail_seal(struct mail *m)
{
	struct incoming *in = m->in;
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	hash_head(sum, m);
	hash_words(sum, in->text);
	for (guint i = 0; i < in->attachments->len; i++) {
		const struct attachment *a = g_ptr_array_index(in->attachments, i);
		g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT, a->size);
		hash_words(sum, a->name);
		hash_words(sum, size);
	}
	in->content_hash = g_strdup(g_checksum_get_string(sum));
	if (in->message_id)
		return;
	in->message_id = made_id(m);
	in->flaws |= FLAW_MESSAGE_ID;
}
