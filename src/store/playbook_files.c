/* SPDX-License-Identifier: MIT */
#include "store/playbook_files.h"

#include "store/datafile.h"

#include "domain/banned.h"

/* "_common" sorts before every kind, as the set wants it. */
struct playbook_set *playbook_files_load(GError **error)
{
	g_autoptr(playbook_set_auto) set = playbook_set_create();
	g_autoptr(GPtrArray) files = datafile_all("playbooks", ".ini", error);
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		if (!playbook_set_add(set, f->name, f->path, f->text, f->length, error))
			return NULL;
	}
	return files ? g_steal_pointer(&set) : NULL;
}

struct metrics *metrics_file_load(GError **error)
{
	struct datafile *f = datafile_one("metrics.ini", error);
	struct metrics *m = f ? metrics_parse(f->path, f->text, f->length, error) : NULL;
	if (f)
		datafile_destroy(f);
	return m;
}
