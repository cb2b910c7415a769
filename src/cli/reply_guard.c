/* SPDX-License-Identifier: MIT */
#include "cli/reply_guard.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "store/foreign.h"
#include "store/guard_files.h"

#include "domain/banned.h"

static void tell(const char *text, const struct guard_finding *f)
{
	g_autofree char *place = g_strndup(text + f->at, f->length);
	g_autofree char *line =
	    g_strdup_printf(f->length ? "%s: %s: %s \"%s\"" : "%s: %s: %s",
			    vocab_id(&GUARD_SEVERITIES, f->severity), f->rule->id, f->text, place);
	out_complain(line);
}

bool reply_guard(struct store *s, const struct case_file *f, const char *text, enum lang lang, guint files,
		 gint64 now, bool hints, enum guard_severity *worst, GError **error)
{
	g_autoptr(guard_auto) rules = guard_files_load(error);
	if (!rules)
		return false;
	const char *own[2];
	struct guard_case facts = guard_case_of(f, files, now, own);
	g_auto(GStrv) foreign = store_foreign(s, f->record.id, text, error);
	if (!foreign)
		return false;
	facts.foreign = (const char *const *)foreign;
	struct guard_draft draft = {
	    .text = text, .lang_known = true, .lang = lang, .platform = f->record.platform, .facts = &facts};
	g_autoptr(GPtrArray) findings = guard_read(rules, &draft);
	*worst = N_GUARD_SEVERITIES;
	for (guint i = 0; i < findings->len; i++) {
		const struct guard_finding *g = findings->pdata[i];
		*worst = MIN(*worst, g->severity);
		if (hints || g->severity != GUARD_HINT)
			tell(text, g);
	}
	return true;
}
