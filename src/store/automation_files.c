/* SPDX-License-Identifier: MIT */
#include "store/automation.h"

#include "store/datafile.h"
#include "store/sql.h"

#include "domain/banned.h"

static void read_all(struct store *s)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files = datafile_all("rules", ".ini", &error);
	s->automation = automation_set_create();
	s->automation_faults = g_ptr_array_new_with_free_func(g_free);
	if (!files)
		g_ptr_array_add(s->automation_faults, g_strdup(error->message));
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		g_autoptr(GError) fault = NULL;
		if (!automation_set_add(s->automation, f->name, f->path, f->text, f->length, &fault))
			g_ptr_array_add(s->automation_faults, g_strdup(fault->message));
	}
}

const struct automation_set *store_automation(struct store *s)
{
	if (!s->automation)
		read_all(s);
	return s->automation;
}

const GPtrArray *store_automation_faults(struct store *s)
{
	store_automation(s);
	return s->automation_faults;
}
