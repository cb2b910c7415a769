/* SPDX-License-Identifier: MIT */
#include "cli/reply_files.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "store/attached.h"

#include "domain/banned.h"

GPtrArray *reply_files_read(char *const *paths, gint64 most, GError **error)
{
	g_autoptr(GPtrArray) uploads = g_ptr_array_new_with_free_func((GDestroyNotify)upload_destroy);
	gint64 all = 0;
	for (int i = 0; paths && paths[i]; i++) {
		struct upload *u = upload_read(paths[i], most, error);
		if (!u)
			return NULL;
		g_ptr_array_add(uploads, u);
		all += (gint64)g_bytes_get_size(u->bytes);
	}
	if (all <= most)
		return g_steal_pointer(&uploads);
	g_autofree char *size = g_format_size_full((guint64)all, G_FORMAT_SIZE_IEC_UNITS),
			*limit = g_format_size_full((guint64)most, G_FORMAT_SIZE_IEC_UNITS);
	g_set_error(error, STORE_ERROR, STORE_ERROR_REFUSED,
		    _("the files together have %s, and an answer carries %s: attach fewer, or raise"
		      " attachments_most in shop.ini"),
		    size, limit);
	return NULL;
}

bool reply_files_tell(struct store *s, gint64 outbox, GError **error)
{
	g_autoptr(GPtrArray) files = store_outbox_files(s, outbox, error);
	for (guint i = 0; files && i < files->len; i++) {
		const struct attachment *a = files->pdata[i];
		g_autofree char *name = text_safe(a->name, -1, TEXT_ONE_LINE),
				*line = g_strdup_printf(
				    _("Add this file on the page: %s (amends attachment --save"
				      " FOLDER %" PRId64 ")\n"),
				    name, a->id);
		out_text(line);
	}
	return files != NULL;
}
