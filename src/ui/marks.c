/* SPDX-License-Identifier: MIT */
#include "ui/marks.h"

#include "domain/banned.h"

void marks_init(struct marks *m)
{
	*m = (struct marks){.ids = g_array_new(false, false, sizeof(gint64))};
}

void marks_finish(struct marks *m)
{
	g_array_unref(m->ids);
}

void marks_clear(struct marks *m)
{
	g_array_set_size(m->ids, 0);
	m->all = false;
}

bool marks_any(const struct marks *m)
{
	return m->all || m->ids->len;
}

static gint index_of(const struct marks *m, gint64 id)
{
	for (guint i = 0; i < m->ids->len; i++) {
		if (g_array_index(m->ids, gint64, i) == id)
			return (gint)i;
	}
	return -1;
}

bool marks_has(const struct marks *m, gint64 id)
{
	return m->all || index_of(m, id) >= 0;
}

void marks_toggle(struct marks *m, gint64 id)
{
	gint at = index_of(m, id);
	m->all = false;
	if (at >= 0)
		g_array_remove_index(m->ids, (guint)at);
	else
		g_array_append_val(m->ids, id);
}
