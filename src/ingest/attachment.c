/* SPDX-License-Identifier: MIT */
#include "ingest/ingest.h"

#include <errno.h>
#include <string.h>

#include "domain/intl.h"
#include "ingest/mail.h"
#include "ingest/parts.h"
#include "store/attached.h"

#include "domain/banned.h"

static bool write_all(int fd, const guint8 *bytes, gsize length, GError **error)
{
	if (upload_write(fd, bytes, length))
		return true;
	int fault = errno;
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(fault),
		    _("The attachment can't be written: %s"), g_strerror(fault));
	return false;
}

static bool write_part(GMimeMessage *message, const char *number, int fd, GError **error)
{
	bool more = false;
	g_autoptr(GPtrArray) parts = parts_list(message, false, &more);
	for (guint i = 0; i < parts->len; i++) {
		struct part *p = g_ptr_array_index(parts, i);
		if (p->role == PART_TEXT || strcmp(p->number, number) != 0)
			continue;
		g_autoptr(GByteArray) bytes = parts_content(p->object, 0);
		return write_all(fd, bytes->data, bytes->len, error);
	}
	g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
		    _("The mail has no part %s any more; the store may be damaged."), number);
	return false;
}

/* What we sent lies in the store as it was attached. */
static bool write_file(struct store *s, gint64 file, int fd, GError **error)
{
	g_autoptr(GBytes) bytes = store_file(s, file, error);
	gsize length;
	const guint8 *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
	return data && write_all(fd, data, length, error);
}

bool ingest_attachment(struct store *s, gint64 attachment_id, int fd, GError **error)
{
	gint64 message_id = 0;
	struct attachment *a = store_attachment(s, attachment_id, &message_id, error);
	if (!a)
		return false;
	/* The array owns the record and frees it. */
	g_autoptr(GPtrArray) owner = attachments_new();
	g_ptr_array_add(owner, a);
	if (a->file)
		return write_file(s, a->file, fd, error);
	g_autoptr(GBytes) source = store_source(s, message_id, error);
	if (!source)
		return false;
	mail_init();
	gsize length;
	const char *bytes = g_bytes_get_data(source, &length);
	gsize skip = mail_skip_envelope(bytes, length);
	GMimeMessage *message = parts_parse(bytes + skip, parts_safe_length(bytes + skip, length - skip));
	bool written = message && write_part(message, a->part, fd, error);
	if (!message)
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
				    _("The mail can't be read as a mail."));
	g_clear_object(&message);
	return written;
}
