/* SPDX-License-Identifier: MIT */
/* Choosing a canned reply: left those that fit, best first; right the reply filled in for this buyer. */
#include "ui/view.h"

#include "domain/intl.h"
#include "store/fill_values.h"
#include "ui/keys.h"
#include "ui/line_edit.h"
#include "ui/pager.h"
#include "ui/picker_list.h"
#include "ui/text_view.h"

#include <string.h>

#include "domain/banned.h"

/* From here on the agent's language stands beside the buyer's; below, Tab changes between them. */
#define GLOSS_COLUMNS 120

struct view_picker {
	struct view view;
	gint64 case_id;
	enum lang lang, own; /* the buyer's, the agent's */
	bool into_draft;
	char **preferred; /* names; NULL: none */
	struct case_file *file;
	struct picker_list *list;
	struct line_edit needle;
	struct fill_values *values[N_LANGS];
	guint choice, top;
	bool show_gloss;
	struct pager text, gloss;
};

static int list_columns(const struct view_picker *v)
{
	return CLAMP(v->view.desk->cols / 3, 16, 44);
}

static bool has_gloss(const struct view_picker *v)
{
	return v->own != v->lang && v->view.desk->cols >= GLOSS_COLUMNS;
}

static int text_columns(const struct view_picker *v)
{
	int rest = v->view.desk->cols - list_columns(v) - 1;
	return has_gloss(v) ? (rest - 1) / 2 : rest;
}

static int body_rows(const struct view_picker *v)
{
	return v->view.desk->rows - 4;
}

static const struct picker_row *chosen(const struct view_picker *v)
{
	return picker_list_nth(v->list, v->choice);
}

static const struct template_values *values_for(struct view_picker *v, enum lang lang, GError **error)
{
	const struct desk *d = v->view.desk;
	if (!v->values[lang])
		v->values[lang] = fill_values_create(d->store, v->file, d->me, lang, d->now(), error);
	return v->values[lang] ? fill_values_get(v->values[lang]) : NULL;
}

/* Lines of the reply, open places marked. */
static bool fill_pager(struct view_picker *v, struct pager *p, enum lang lang, GError **error)
{
	const struct picker_row *r = chosen(v);
	const struct template_set *set = library_templates(v->view.desk->library, error);
	const struct template_values *values = r && set ? values_for(v, lang, error) : NULL;
	GPtrArray *lines = lines_new();
	pager_set(p, lines);
	pager_to(p, 0);
	if (!values)
		return !r;
	g_autofree char *text = template_fill(set, r->template, lang, values, NULL);
	g_autofree char *safe =
	    text_safe(text ? text : _("There is no text in this language."), -1, TEXT_LINES);
	g_auto(GStrv) paragraphs = g_strsplit(safe, "\n", -1);
	for (char **para = paragraphs; *para; para++)
		text_view_add_letter(lines, text_columns(v) - 1,
				     strstr(*para, "{{") ? STYLE_TODAY : STYLE_PLAIN, *para);
	return true;
}

static bool show_choice(struct view_picker *v, GError **error)
{
	int rows = body_rows(v);
	guint count = picker_list_count(v->list);
	v->choice = count ? MIN(v->choice, count - 1) : 0;
	if (v->choice < v->top)
		v->top = v->choice;
	if (rows > 0 && v->choice >= v->top + (guint)rows)
		v->top = v->choice - (guint)rows + 1;
	pager_resize(&v->text, rows);
	pager_resize(&v->gloss, rows);
	bool gloss_only = v->show_gloss && !has_gloss(v);
	return fill_pager(v, &v->text, gloss_only ? v->own : v->lang, error) &&
	       (!has_gloss(v) || fill_pager(v, &v->gloss, v->own, error));
}

static bool make_list(struct view_picker *v, GError **error)
{
	const struct desk *d = v->view.desk;
	const struct case_record *r = &v->file->record;
	const struct template_set *set = library_templates(d->library, error);
	g_autoptr(GHashTable) uses = set ? store_template_uses(d->store, error) : NULL;
	if (!uses)
		return false;
	struct template_case c = {.kind = r->kind,
				  .status = r->status,
				  .platform = r->platform,
				  .answered = v->file->facts.answered,
				  .asked = v->file->facts.asked,
				  .silent = v->file->facts.silent};
	v->list = picker_list_create(set, &c, v->lang, v->own, uses);
	if (v->preferred)
		picker_list_prefer(v->list, (const char *const *)v->preferred);
	return true;
}

static bool picker_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_picker *v = (struct view_picker *)view;
	struct case_request q = {.id = v->case_id, .limit = 20, .text_limit = 4096};
	if (!v->file)
		v->file = store_case(view->desk->store, &q, error);
	if (v->file && v->lang == LANG_OF_CASE)
		v->lang = view_answer_language(v->file);
	if (!v->file || (!v->list && !make_list(v, error)))
		return false;
	if (why == LOAD_IDLE) {
		picker_list_read_bodies(v->list);
		view->pending = false;
		return true;
	}
	/* What came meanwhile changes nothing here: the composer sees it. */
	return why == LOAD_TIME || show_choice(v, error);
}

/* --- drawing ------------------------------------------------------------------------------- */

static void draw_header(const struct view_picker *v, struct line *l, int columns)
{
	const struct case_record *r = &v->file->record;
	g_autofree char *head = g_strdup_printf(_(" Canned replies for #%" PRId64 "  %s  "), v->case_id,
						vocab_title(&KINDS, (int)r->kind));
	line_add(l, STYLE_HEADER, head);
	line_add_foreign(l, STYLE_HEADER, v->file->buyer ? v->file->buyer->name : "");
	line_add(l, STYLE_HEADER, "  ");
	line_add_foreign(l, STYLE_HEADER, r->platform_name);
	line_cut(l, columns);
	line_fill(l, STYLE_HEADER, columns);
}

static void draw_titles(const struct view_picker *v, struct line *l)
{
	bool gloss_only = v->show_gloss && !has_gloss(v);
	g_autofree char *text = g_strdup_printf("[%s] %s", LANGS.words[gloss_only ? v->own : v->lang].id,
						vocab_title(&LANGS, (int)(gloss_only ? v->own : v->lang)));
	line_fill(l, STYLE_TITLE, list_columns(v) + 1);
	line_column(l, STYLE_TITLE, text, text_columns(v), TEXT_LEFT);
	if (!has_gloss(v))
		return;
	g_autofree char *own = g_strdup_printf(_(" in your language: %s"), vocab_title(&LANGS, (int)v->own));
	line_column(l, STYLE_TITLE, own, v->view.desk->cols - l->columns, TEXT_LEFT);
}

static void draw_choice(const struct view_picker *v, guint n, struct line *l)
{
	const struct picker_row *r = picker_list_nth(v->list, n);
	int columns = list_columns(v);
	if (!r) {
		line_fill(l, STYLE_PLAIN, columns);
		return;
	}
	enum style style = n == v->choice ? STYLE_SELECTED : r->fit ? STYLE_PLAIN : STYLE_QUOTE;
	line_add(l, style, n == v->choice ? ">" : " ");
	/* "~": its text in this language is older than its source. */
	line_add(l, style, r->stale ? "~" : " ");
	g_autofree char *title = text_safe(r->template->title, -1, TEXT_ONE_LINE);
	line_column(l, style, title, columns - 2, TEXT_LEFT);
}

static void picker_draw(const struct view *view, struct frame *f)
{
	const struct view_picker *v = (const struct view_picker *)view;
	if (!v->list)
		return;
	draw_header(v, frame_line(f, 0), f->cols);
	struct line *needle = frame_line(f, 1);
	line_add(needle, STYLE_PLAIN, "> ");
	line_edit_draw(&v->needle, needle, f->cols, &f->cursor_col);
	f->cursor_row = 1;
	draw_titles(v, frame_line(f, 2));
	for (int row = 0; row < body_rows(v); row++) {
		struct line *l = frame_line(f, 3 + row);
		draw_choice(v, v->top + (guint)row, l);
		line_add(l, STYLE_TITLE, "│");
		pager_draw_part(&v->text, row, l, text_columns(v));
		if (has_gloss(v)) {
			line_add(l, STYLE_TITLE, "│");
			pager_draw_part(&v->gloss, row, l, f->cols - l->columns);
		}
	}
	if (!picker_list_count(v->list)) {
		struct line *l = frame_line(f, 3);
		line_clear(l);
		line_column(l, STYLE_QUOTE, _("No canned reply is called so: Backspace, or Esc."), f->cols,
			    TEXT_LEFT);
	}
}

/* --- acting --------------------------------------------------------------------------------- */

static bool step(struct view_picker *v, int by, GError **error)
{
	guint count = picker_list_count(v->list);
	if (count)
		v->choice = (guint)CLAMP((int)v->choice + by, 0, (int)count - 1);
	return show_choice(v, error);
}

static void choose(struct view_picker *v, struct outcome *out)
{
	const struct picker_row *r = chosen(v);
	out->leave = r != NULL;
	if (!r)
		return;
	if (v->into_draft) {
		out->then = ACTION_INSERT_TEMPLATE;
		out->then_text = g_strdup(r->template->name);
	} else {
		out->open =
		    view_composer_create(v->view.desk, v->case_id, DRAFT_REPLY, v->lang, r->template->name);
	}
}

static bool set_language(struct view_picker *v, const char *word, struct outcome *out, GError **error)
{
	g_autofree char *id = g_strstrip(g_strdup(word));
	enum lang lang;
	if (!*id)
		return true;
	if (!lang_find(id, &lang)) {
		out->say = g_strdup(_("Answers are written in en, nl, lt, it, zh-Hans and zh-Hant."));
		return true;
	}
	v->lang = lang;
	picker_list_language(v->list, lang);
	return show_choice(v, error);
}

static bool point(struct view_picker *v, const struct request *r, GError **error)
{
	if (r->wheel && r->col > list_columns(v)) {
		pager_move(&v->text, r->wheel * 3);
		pager_move(&v->gloss, r->wheel * 3);
		return true;
	}
	if (r->wheel)
		return step(v, r->wheel * 3, error);
	if (r->row >= 3 && r->col < list_columns(v) &&
	    v->top + (guint)r->row - 3 < picker_list_count(v->list))
		v->choice = v->top + (guint)r->row - 3;
	return show_choice(v, error);
}

static bool picker_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_picker *v = (struct view_picker *)view;
	int page = MAX(body_rows(v) - 1, 1);
	switch (r->action) {
	case ACTION_CHOOSE:
		choose(v, out);
		return true;
	case ACTION_DOWN:
	case ACTION_UP:
		return step(v, r->action == ACTION_DOWN ? 1 : -1, error);
	case ACTION_PREVIEW_DOWN:
	case ACTION_PREVIEW_UP:
		pager_move(&v->text, r->action == ACTION_PREVIEW_DOWN ? page : -page);
		pager_move(&v->gloss, r->action == ACTION_PREVIEW_DOWN ? page : -page);
		return true;
	case ACTION_GLOSS:
		v->show_gloss = !v->show_gloss;
		return show_choice(v, error);
	case ACTION_LANGUAGE:
		out->ask = g_strdup_printf(_("Language (en nl lt it zh-Hans zh-Hant), now %s: "),
					   LANGS.words[v->lang].id);
		return true;
	case ACTION_ANSWERED:
		return set_language(v, r->text, out, error);
	case ACTION_POINT:
		return point(v, r, error);
	case ACTION_BACK:
		out->leave = true;
		return true;
	default:
		return true;
	}
}

static bool picker_type(struct view *view, int key, const char *pasted, struct outcome *out, GError **error)
{
	struct view_picker *v = (struct view_picker *)view;
	g_autofree char *before = g_strdup(v->needle.text->str);
	if (pasted)
		line_edit_insert(&v->needle, pasted);
	else if (key != UI_BACKSPACE || v->needle.text->len)
		line_edit_key(&v->needle, key);
	if (g_str_equal(before, v->needle.text->str))
		return true;
	picker_list_narrow(v->list, v->needle.text->str);
	v->choice = v->top = 0;
	return show_choice(v, error);
}

static guint picker_can(const struct view *view)
{
	return 0;
}

static void picker_destroy(struct view *view)
{
	struct view_picker *v = (struct view_picker *)view;
	for (int i = 0; i < N_LANGS; i++)
		fill_values_destroy(v->values[i]);
	picker_list_destroy(v->list);
	case_file_destroy(v->file);
	g_strfreev(v->preferred);
	line_edit_finish(&v->needle);
	pager_finish(&v->text);
	pager_finish(&v->gloss);
	g_free(v);
}

static const struct view_ops picker_ops = {
    .place = PLACE_PICKER,
    .load = picker_load,
    .draw = picker_draw,
    .can = picker_can,
    .act = picker_act,
    .destroy = picker_destroy,
    .type = picker_type,
};

struct view *view_picker_create(const struct desk *desk, gint64 case_id, enum lang lang, bool into_draft)
{
	struct view_picker *v = g_new0(struct view_picker, 1);
	v->view = (struct view){.ops = &picker_ops, .desk = desk, .wake = G_MAXINT64};
	v->case_id = case_id;
	v->lang = lang;
	v->own = lang_of_user();
	v->into_draft = into_draft;
	v->view.pending = true; /* the bodies are searched only once a letter is typed */
	line_edit_init(&v->needle, "", NULL, NULL, NULL);
	pager_init(&v->text);
	pager_init(&v->gloss);
	return &v->view;
}

void view_picker_prefer(struct view *view, const char *const *names)
{
	struct view_picker *v = (struct view_picker *)view;
	if (view->ops != &picker_ops)
		return;
	g_strfreev(v->preferred);
	v->preferred = g_strdupv((char **)names);
}
