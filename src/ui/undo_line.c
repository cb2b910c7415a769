/* SPDX-License-Identifier: MIT */
#include "ui/undo_line.h"

#include "domain/days.h"
#include "domain/intl.h"

#include "domain/banned.h"

char *undo_line_text(const struct sent *s, gint64 now)
{
	if (!s->outbox || now >= s->until)
		return NULL;
	int left = (int)((s->until - now + SECOND_MS - 1) / SECOND_MS);
	const char *form =
	    s->by_hand ? ngettext_(" The answer to #%" PRId64 " can be taken back for %d s: u",
				   " The answer to #%" PRId64 " can be taken back for %d s: u", left)
		       : ngettext_(" The answer to #%" PRId64 " leaves in %d s: u takes it back",
				   " The answer to #%" PRId64 " leaves in %d s: u takes it back", left);
	return g_strdup_printf(form, s->case_id, left);
}

gint64 undo_line_changes(const struct sent *s, gint64 now)
{
	if (!s->outbox || now >= s->until)
		return G_MAXINT64;
	return s->until - (s->until - now - 1) / SECOND_MS * SECOND_MS;
}
