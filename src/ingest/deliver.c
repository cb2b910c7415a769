/* SPDX-License-Identifier: MIT */
#include "ingest/ingest.h"

#include <errno.h>
#include <unistd.h>

#include "domain/intl.h"
#include "ingest/mbox.h"
#include "ingest/pipeline.h"

#include "domain/banned.h"

enum { CHUNK = 64 * 1024 };

static bool fail(GError **error, int fault)
{
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(fault), _("The mail can't be read: %s"),
		    g_strerror(fault));
	return false;
}

/* Everything from `fd`; NULL and *error if it can't be read, is empty or too large. */
static GBytes *read_all(int fd, GError **error)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	gssize n;
	do {
		guint8 piece[CHUNK];
		n = read(fd, piece, sizeof(piece));
		if (n > 0)
			g_byte_array_append(all, piece, (guint)n);
		else if (n < 0 && errno != EINTR)
			return fail(error, errno), NULL;
		if (all->len > MBOX_MAIL_MAX)
			return fail(error, EFBIG), NULL;
	} while (n);
	if (!all->len) {
		g_set_error_literal(
		    error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    _("No mail came on the standard input; give it one mail, as it arrived."));
		return NULL;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

bool ingest_deliver(const struct import_options *o, int fd, struct ingested *where, GError **error)
{
	g_autoptr(GBytes) source = read_all(fd, error);
	if (!source)
		return false;
	mail_init();
	gint64 now = o->now();
	g_autoptr(mail_auto) m = pipeline_read(o->platforms, source, now);
	m->in->origin = g_strdup("deliver");
	g_autoptr(GPtrArray) mails = g_ptr_array_new();
	g_autoptr(GArray) results = g_array_new(FALSE, TRUE, sizeof(struct ingested));
	g_ptr_array_add(mails, m->in);
	if (!store_ingest(o->store, mails, NULL, now, results, error))
		return false;
	*where = g_array_index(results, struct ingested, 0);
	if (m->in->flaws && o->flawed)
		o->flawed(m->in->origin, m->in, where, o->data);
	return true;
}
