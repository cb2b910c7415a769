/* SPDX-License-Identifier: MIT */
#include "store/guard_files.h"

#include "domain/days.h"
#include "store/datafile.h"

#include "domain/banned.h"

struct guard_rules *guard_files_load(GError **error)
{
	g_autoptr(guard_auto) g = guard_create();
	g_autoptr(GPtrArray) files = datafile_all("guard", ".ini", error);
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		if (!guard_add(g, f->name, f->path, f->text, f->length, error))
			return NULL;
	}
	return files ? g_steal_pointer(&g) : NULL;
}

struct guard_case guard_case_of(const struct case_file *f, guint files, gint64 now, const char *own[2])
{
	struct guard_case c = {
	    .status = f->record.status,
	    .kind = f->record.kind,
	    .buyer_name = f->buyer ? f->buyer->name : NULL,
	    .order = f->order ? f->order->number : NULL,
	    .number = f->record.case_no,
	    .own = own,
	    .asked = f->facts.asked,
	    .got = f->facts.got,
	    .wish_known = f->facts.wish_known,
	    .done = f->facts.refunded || f->facts.replaced || f->facts.decided,
	    .content = f->facts.content,
	    .attachments = files,
	    .approached = f->facts.approached,
	    .order_days = f->facts.ordered ? (int)CLAMP((now - f->facts.ordered) / DAY_MS, 0, G_MAXINT) : 0,
	};
	own[0] = f->buyer ? f->buyer->handle : NULL;
	own[1] = NULL;
	c.buyer_lang_known = lang_find(f->record.lang, &c.buyer_lang);
	return c;
}
