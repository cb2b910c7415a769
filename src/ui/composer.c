/* SPDX-License-Identifier: MIT */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/attached.h"
#include "store/automation.h"
#include "store/guard_files.h"

#include <string.h>

#include "domain/banned.h"

#define EVENTS 200

gint64 composer_newest(const struct composer *c)
{
	return c->file->facts.newest;
}

static struct draft *new_draft(const struct composer *c)
{
	struct draft *d = g_new0(struct draft, 1);
	d->case_id = c->case_id;
	d->buffer = c->buffer;
	d->lang = g_strdup(LANGS.words[c->lang].id);
	d->templates = g_strdup("");
	d->seen = composer_newest(c);
	return d;
}

static bool read_draft(struct composer *c, GError **error)
{
	const struct desk *d = c->view.desk;
	g_autoptr(GError) fault = NULL;
	struct draft *draft = store_draft(d->store, d->me, c->case_id, c->buffer, &fault);
	bool stored = draft != NULL;
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	if (c->lang == LANG_OF_CASE)
		c->lang = view_answer_language(c->file);
	if (!draft)
		draft = new_draft(c);
	if (draft->lang)
		lang_find(draft->lang, &c->lang);
	draft_saver_init(&c->saver, d->store, d->me, draft, stored);
	text_area_set(c->area, draft->text, draft->cursor);
	c->found_in = c->spelt_in = text_area_version(c->area) - 1;
	text_area_tag(c->area, (int)c->lang);
	composer_remember_replies(c);
	return true;
}

/* Whether the buyer or the platform wrote after what the person has seen. What counts for sending, the store
 * decides. */
static bool has_news(const struct composer *c)
{
	for (guint i = c->file->events->len; i > 0; i--) {
		const struct event *e = c->file->events->pdata[i - 1];
		if (e->id <= c->saver.draft->seen)
			return false;
		if (e->type == EVENT_MESSAGE_IN || e->type == EVENT_NOTICE)
			return true;
	}
	return false;
}

/* The person may have attached something in another window. */
static bool reread_files(struct composer *c, GError **error)
{
	const struct desk *d = c->view.desk;
	guint before = composer_file_count(c);
	if (!store_draft_files(d->store, d->me, c->saver.draft, error))
		return false;
	if (composer_file_count(c) != before) {
		c->found_in--;
		composer_lay_out(c);
	}
	return true;
}

static bool read_prepared(struct composer *c, GError **error)
{
	const struct desk *d = c->view.desk;
	g_clear_pointer(&c->prepared, g_free);
	g_clear_pointer(&c->prepared_by, g_free);
	return store_prepared(d->store, d->me, c->case_id, &c->prepared, &c->prepared_by, error);
}

bool composer_is_prepared(const struct composer *c)
{
	if (!c->prepared || c->inserted->len != 1)
		return false;
	const struct inserted *in = c->inserted->pdata[0];
	return g_str_equal(in->name, c->prepared) && g_str_equal(in->text, text_area_text(c->area));
}

bool composer_read(struct composer *c, GError **error)
{
	struct case_request q = {.id = c->case_id, .limit = EVENTS};
	struct case_file *file = store_case(c->view.desk->store, &q, error);
	if (!file)
		return false;
	case_file_destroy(c->file);
	c->file = file;
	c->view.pending = true;
	bool first = !c->saver.draft;
	if (first && !read_draft(c, error))
		return false;
	if (!first && !reread_files(c, error))
		return false;
	if (c->buffer == DRAFT_REPLY && !read_prepared(c, error))
		return false;
	c->news = has_news(c);
	if (!c->template)
		return true;
	g_autofree char *name = g_steal_pointer(&c->template);
	return composer_insert_template(c, name, error);
}

void composer_touch(struct composer *c)
{
	draft_saver_touch(&c->saver, c->view.desk->now());
	c->view.wake = c->saver.due;
	c->view.pending = true;
	composer_follow(c);
}

bool composer_save(struct composer *c, GError **error)
{
	if (!c->saver.draft)
		return true;
	bool ok = draft_saver_save(&c->saver, text_area_text(c->area), text_area_cursor(c->area),
				   c->view.desk->now(), error);
	c->view.wake = c->saver.due;
	return ok;
}
