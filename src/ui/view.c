/* SPDX-License-Identifier: MIT */
#include "ui/view.h"

#include "store/automation.h"
#include "ui/library.h"

#include "domain/banned.h"

guint view_can(const struct view *v)
{
	return v->ops->can(v) | v->desk->can;
}

enum lang view_answer_language(const struct case_file *f)
{
	enum lang lang = lang_of_user();
	if (!lang_find(f->record.lang, &lang) && f->buyer)
		lang_find(f->buyer->lang, &lang);
	return lang;
}

struct view *view_reply_create(const struct desk *desk, gint64 case_id, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(draft_auto) draft = store_draft(desk->store, desk->me, case_id, DRAFT_REPLY, &fault);
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return NULL;
	}
	if (draft)
		return view_composer_create(desk, case_id, DRAFT_REPLY, LANG_OF_CASE, NULL);
	/* What a rule prepared is this person's draft as soon as it is opened. */
	g_autofree char *template = NULL, *rule = NULL;
	if (!store_prepared(desk->store, desk->me, case_id, &template, &rule, error))
		return NULL;
	const struct template_set *set = template ? library_templates(desk->library, NULL) : NULL;
	return set && template_set_find(set, template)
		   ? view_composer_create(desk, case_id, DRAFT_REPLY, LANG_OF_CASE, template)
		   : view_picker_create(desk, case_id, LANG_OF_CASE, false);
}
