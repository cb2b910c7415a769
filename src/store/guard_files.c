/* SPDX-License-Identifier: MIT */
#include "store/guard_files.h"

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
