/* SPDX-License-Identifier: MIT */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/attached.h"
#include "store/automation.h"
#include "store/guard_files.h"

#include <string.h>

#include "ui/composer_swap.h"

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

/* What was put in is known only while the program runs; filled in as of then, it can be found again. */
static void remember_templates(struct composer *c, const char *names)
{
	g_auto(GStrv) list = g_strsplit(names ? names : "", " ", -1);
	for (int i = 0; list[i]; i++) {
		char *text = *list[i] ? composer_fill(c, list[i], c->lang, NULL) : NULL;
		if (!text)
			continue;
		struct inserted *in = g_new(struct inserted, 1);
		*in = (struct inserted){g_strdup(list[i]), text};
		g_ptr_array_add(c->inserted, in);
	}
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
	remember_templates(c, draft->templates);
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

/* --- the guard -------------------------------------------------------------- */

void composer_guard(struct composer *c)
{
	const struct guard_rules *rules =
	    c->buffer == DRAFT_REPLY ? library_guard(c->view.desk->library) : NULL;
	guint version = text_area_version(c->area);
	if (c->found_in == version || !c->file)
		return;
	c->found_in = version;
	c->finding = -1;
	g_ptr_array_set_size(c->findings, 0);
	if (!rules || !text_area_length(c->area))
		return;
	const char *own[2];
	struct guard_case facts = guard_case_of(c->file, composer_file_count(c), c->view.desk->now(), own);
	struct guard_draft draft = {.text = text_area_text(c->area),
				    .lang_known = true,
				    .lang = c->lang,
				    .platform = c->file->record.platform,
				    .facts = &facts};
	g_ptr_array_unref(c->findings);
	c->findings = guard_read(rules, &draft);
}

guint composer_count(const struct composer *c, enum guard_severity severity)
{
	guint count = 0;
	for (guint i = 0; i < c->findings->len; i++) {
		const struct guard_finding *f = c->findings->pdata[i];
		count += f->severity == severity;
	}
	return count;
}

bool composer_next_finding(struct composer *c)
{
	composer_guard(c);
	if (!c->findings->len)
		return false;
	c->finding = (c->finding + 1) % (int)c->findings->len;
	const struct guard_finding *f = c->findings->pdata[c->finding];
	if (f->length)
		text_area_go(c->area, f->at);
	composer_follow(c);
	return true;
}

/* --- canned replies ---------------------------------------------------------- */

char *composer_fill(struct composer *c, const char *name, enum lang lang, GError **error)
{
	const struct desk *d = c->view.desk;
	const struct template_set *set = library_templates(d->library, error);
	const struct template *t = set ? template_set_find(set, name) : NULL;
	if (!set)
		return NULL;
	if (!t) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no canned reply \"%s\""),
			    name);
		return NULL;
	}
	gint64 begun = c->saver.draft && c->saver.draft->begun ? c->saver.draft->begun : d->now();
	g_autoptr(fill_values_auto) values = fill_values_create(d->store, c->file, d->me, lang, begun, error);
	char *text = values ? template_fill(set, t, lang, fill_values_get(values), NULL) : NULL;
	if (values && !text)
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("\"%s\" has no text in %s"), name,
			    vocab_title(&LANGS, (int)lang));
	return text;
}

static void name_template(struct draft *d, const char *name)
{
	g_auto(GStrv) list = g_strsplit(d->templates, " ", -1);
	if (g_strv_contains((const char *const *)list, name))
		return;
	char *names = g_strconcat(d->templates, *d->templates ? " " : "", name, NULL);
	g_free(d->templates);
	d->templates = names;
}

bool composer_insert_template(struct composer *c, const char *name, GError **error)
{
	char *text = composer_fill(c, name, c->lang, error);
	if (!text)
		return false;
	gsize at = text_area_cursor(c->area);
	if (!text_area_insert(c->area, text)) {
		g_free(text);
		g_set_error(error, STORE_ERROR, STORE_ERROR_FULL, _("The answer is as long as it can be."));
		return false;
	}
	struct inserted *in = g_new(struct inserted, 1);
	*in = (struct inserted){g_strdup(name), text};
	g_ptr_array_add(c->inserted, in);
	name_template(c->saver.draft, name);
	gsize end = text_area_cursor(c->area);
	text_area_go(c->area, at);
	if (!text_area_next_hole(c->area, 1) || text_area_cursor(c->area) < at ||
	    text_area_cursor(c->area) >= end)
		text_area_go(c->area, end);
	composer_touch(c);
	return true;
}

/* The text in the other language as far as its replies stand as they were put in. Owned; NULL on a fault. */
static char *swapped(struct composer *c, enum lang lang, guint *changed, GError **error)
{
	g_autofree char *text = g_strdup(text_area_text(c->area));
	*changed = 0;
	for (guint i = 0; i < c->inserted->len; i++) {
		const struct inserted *in = c->inserted->pdata[i];
		g_autofree char *after = composer_fill(c, in->name, lang, error);
		char *next = after ? composer_swap(text, in->text, after) : NULL;
		if (!after)
			return NULL;
		if (next) {
			g_free(text);
			text = next;
		} else {
			++*changed;
		}
	}
	return g_steal_pointer(&text);
}

static void refill(struct composer *c, enum lang lang)
{
	for (guint i = 0; i < c->inserted->len; i++) {
		struct inserted *in = c->inserted->pdata[i];
		char *text = composer_fill(c, in->name, lang, NULL);
		if (!text)
			continue;
		g_free(in->text);
		in->text = text;
	}
}

bool composer_language(struct composer *c, enum lang lang, bool force, guint *changed, GError **error)
{
	g_autofree char *text = swapped(c, lang, changed, error);
	if (!text)
		return false;
	if (*changed && !force)
		return true;
	if (!g_str_equal(text, text_area_text(c->area)))
		text_area_replace(c->area, 0, text_area_length(c->area), text);
	text_area_go(c->area, 0);
	text_area_next_hole(c->area, 1);
	refill(c, lang);
	c->lang = lang;
	g_free(c->saver.draft->lang);
	c->saver.draft->lang = g_strdup(LANGS.words[lang].id);
	c->found_in--;
	c->spelt_in--;
	composer_touch(c);
	return true;
}
