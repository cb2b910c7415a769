/* SPDX-License-Identifier: MIT */
#include "ui/draft_saver.h"

#include "domain/banned.h"

#define RETRY_MS 5000

void draft_saver_init(struct draft_saver *s, struct store *store, const char *me, struct draft *draft,
		      bool stored)
{
	*s = (struct draft_saver){
	    .store = store, .me = me, .draft = draft, .due = G_MAXINT64, .stored = stored};
}

void draft_saver_finish(struct draft_saver *s)
{
	draft_destroy(s->draft);
	s->draft = NULL;
}

void draft_saver_touch(struct draft_saver *s, gint64 now)
{
	s->due = MIN(s->due, now + DRAFT_SAVE_MS);
}

bool draft_saver_save(struct draft_saver *s, const char *text, gsize cursor, gint64 now, GError **error)
{
	struct draft *d = s->draft;
	bool ok = true, keep = *text || (d->files && d->files->len);
	if (s->due == G_MAXINT64)
		return true;
	g_free(d->text);
	d->text = g_strdup(text);
	d->cursor = cursor;
	if (keep)
		ok = store_draft_save(s->store, s->me, d, now, error);
	else if (s->stored)
		ok = store_draft_drop(s->store, s->me, d->case_id, d->buffer, error);
	s->stored = ok ? keep : s->stored;
	s->due = ok ? G_MAXINT64 : now + RETRY_MS;
	return ok;
}
