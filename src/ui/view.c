/* SPDX-License-Identifier: MIT */
#include "ui/view.h"

#include "domain/banned.h"

guint view_can(const struct view *v)
{
	return v->ops->can(v) | v->desk->can;
}

/* The buyer's language: of the case, else of the person, else the agent's own. */
static enum lang reply_language(const struct case_file *f)
{
	enum lang lang = lang_of_user();
	if (!lang_find(f->record.lang, &lang) && f->buyer)
		lang_find(f->buyer->lang, &lang);
	return lang;
}

struct view *view_reply_create(const struct desk *desk, gint64 case_id, GError **error)
{
	g_autoptr(GError) fault = NULL;
	struct case_request q = {.id = case_id, .limit = 1, .text_limit = 1};
	g_autoptr(draft_auto) draft = store_draft(desk->store, desk->me, case_id, DRAFT_REPLY, &fault);
	g_autoptr(case_file_auto) file = fault ? NULL : store_case(desk->store, &q, &fault);
	if (!file) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return NULL;
	}
	enum lang lang = reply_language(file);
	return draft ? view_composer_create(desk, case_id, DRAFT_REPLY, lang, NULL)
		     : view_picker_create(desk, case_id, lang, false);
}
