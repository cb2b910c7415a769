/* SPDX-License-Identifier: MIT */
/* Any bytes: read as a mail, whatever comes out is valid, within its limits, and the source is whole. */
#include "ingest/mail.h"

#include <stdint.h>
#include <string.h>

#include "ingest/body.h"
#include "ingest/parts.h"

#include "domain/banned.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	mail_init();
	return 0;
}

static void check_text(const char *text, gsize max)
{
	if (!text || !g_utf8_validate(text, -1, NULL) || strlen(text) > max)
		g_abort();
}

/* Every attachment that is listed can be written. */
static void check_attachments(const struct incoming *in, const char *bytes, gsize length)
{
	bool more = false;
	gsize skip = mail_skip_envelope(bytes, length);
	GMimeMessage *message = parts_parse(bytes + skip, parts_safe_length(bytes + skip, length - skip));
	g_autoptr(GPtrArray) parts = message ? parts_list(message, false, &more) : NULL;
	guint files = 0;
	for (guint i = 0; parts && i < parts->len; i++) {
		struct part *p = g_ptr_array_index(parts, i);
		if (p->role == PART_TEXT)
			continue;
		struct attachment *a = g_ptr_array_index(in->attachments, files++);
		g_autoptr(GByteArray) content = parts_content(p->object, 0);
		if (strcmp(a->part, p->number) != 0 || (gint64)content->len != a->size)
			g_abort();
		check_text(a->name, 120);
	}
	g_clear_object(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) source = g_bytes_new(data, size);
	g_autofree char *sender = mail_sender(source);
	g_autoptr(mail_auto) m = mail_read(source, 1, NULL);
	check_text(sender, G_MAXSIZE);
	check_text(m->in->text, BODY_TEXT_MAX);
	check_text(m->in->subject, G_MAXSIZE);
	check_text(m->in->from, G_MAXSIZE);
	check_text(m->in->message_id, 1000);
	for (guint i = 0; i < m->headers->len; i++)
		check_text(((struct mail_header *)g_ptr_array_index(m->headers, i))->value, G_MAXSIZE);
	if (g_bytes_get_size(m->in->source) != size || m->in->attachments->len > 2 * PARTS_MAX)
		g_abort();
	if (size && !(m->in->flaws & FLAW_UNPARSED))
		check_attachments(m->in, g_bytes_get_data(source, NULL), size);
	return 0;
}
