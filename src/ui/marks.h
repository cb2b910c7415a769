/* SPDX-License-Identifier: MIT */
/* Which cases of the inbox are marked: some by number, or all that the search finds. */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct marks {
	GArray *ids; /* of gint64, in the order in which they were marked */
	bool all;
};

void marks_init(struct marks *m);
void marks_finish(struct marks *m);
void marks_clear(struct marks *m);
bool marks_any(const struct marks *m);
bool marks_has(const struct marks *m, gint64 id);
/* Marks or unmarks one; ends "all". */
void marks_toggle(struct marks *m, gint64 id);
