/* SPDX-License-Identifier: MIT */
/* Writing an answer or a note. */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "ui/editor.h"
#include "ui/keys.h"

#include <string.h>

#include "domain/banned.h"

/* A pause as long as this ends a step of undo. */
#define PAUSE_MS 1000

/* Saving the draft changes the store too: the history stays where it is unless there is more of it. */
static bool reload(struct composer *c, GError **error)
{
	gint64 before = c->file ? composer_newest(c) : -1;
	if (!composer_read(c, error))
		return false;
	if (composer_newest(c) != before)
		composer_lay_out(c);
	return true;
}

static bool composer_load(struct view *view, enum load_reason why, GError **error)
{
	struct composer *c = (struct composer *)view;
	switch (why) {
	case LOAD_STORE:
		return reload(c, error);
	case LOAD_SIZE:
		composer_lay_out(c);
		return true;
	case LOAD_TIME:
	case LOAD_WATCH:
		return composer_save(c, error);
	case LOAD_IDLE:
		view->pending = false;
		composer_guard(c);
		composer_check_spelling(c);
		composer_follow(c);
		return true;
	}
	return true;
}

static guint composer_can(const struct view *view)
{
	return 0;
}

/* --- keys that are text or move in it ----------------------------------------------- */

static const struct {
	int key;
	void (*act)(struct text_area *a, enum text_unit unit, int step);
	enum text_unit unit;
	int step;
	bool changes;
} edits[] = {
    {UI_LEFT, text_area_move, UNIT_GRAPHEME, -1, false},
    {UI_RIGHT, text_area_move, UNIT_GRAPHEME, 1, false},
    {UI_UP, text_area_move, UNIT_ROW, -1, false},
    {UI_DOWN, text_area_move, UNIT_ROW, 1, false},
    {UI_HOME, text_area_move, UNIT_ROW_EDGE, -1, false},
    {UI_CTRL('a'), text_area_move, UNIT_ROW_EDGE, -1, false},
    {UI_END, text_area_move, UNIT_ROW_EDGE, 1, false},
    {UI_WORD_LEFT, text_area_move, UNIT_WORD, -1, false},
    {UI_WORD_RIGHT, text_area_move, UNIT_WORD, 1, false},
    {UI_TEXT_HOME, text_area_move, UNIT_TEXT_EDGE, -1, false},
    {UI_TEXT_END, text_area_move, UNIT_TEXT_EDGE, 1, false},
    {UI_BACKSPACE, text_area_delete, UNIT_GRAPHEME, -1, true},
    {UI_DELETE, text_area_delete, UNIT_GRAPHEME, 1, true},
    {UI_CTRL('d'), text_area_delete, UNIT_GRAPHEME, 1, true},
    {UI_CTRL('w'), text_area_kill, UNIT_WORD, -1, true},
    {UI_WORD_BACKSPACE, text_area_kill, UNIT_WORD, -1, true},
    {UI_WORD_DELETE, text_area_kill, UNIT_WORD, 1, true},
    {UI_CTRL('k'), text_area_kill, UNIT_LINE_EDGE, 1, true},
    {UI_CTRL('u'), text_area_kill, UNIT_LINE_EDGE, -1, true},
};

static void page(struct composer *c, int step)
{
	for (int i = 0; i < MAX(composer_text_rows(c) - 1, 1); i++)
		text_area_move(c->area, UNIT_ROW, step);
}

/* False if the key is none of these. */
static bool edit(struct composer *c, int key)
{
	for (guint i = 0; i < G_N_ELEMENTS(edits); i++) {
		if (edits[i].key == key) {
			edits[i].act(c->area, edits[i].unit, edits[i].step);
			return true;
		}
	}
	if (key != UI_PAGE_UP && key != UI_PAGE_DOWN)
		return false;
	page(c, key == UI_PAGE_UP ? -1 : 1);
	return true;
}

static bool composer_type(struct view *view, int key, const char *pasted, struct outcome *out, GError **error)
{
	struct composer *c = (struct composer *)view;
	guint before = text_area_version(c->area);
	gint64 now = view->desk->now();
	bool fits = true;
	if (!c->file)
		return true;
	if (now - c->typed > PAUSE_MS)
		text_area_rest(c->area);
	c->typed = now;
	if (pasted)
		fits = text_area_insert(c->area, pasted);
	else if (key == UI_CTRL('y'))
		fits = text_area_yank(c->area);
	else if (key == UI_ENTER)
		fits = text_area_type(c->area, '\n');
	else if (!edit(c, key) && key >= ' ' && key < UI_UP)
		fits = text_area_type(c->area, (gunichar)key);
	if (!fits)
		out->say = g_strdup(_("The answer is as long as it can be."));
	if (text_area_version(c->area) != before)
		composer_touch(c);
	else
		composer_follow(c);
	/* Where the cursor stands is kept too. */
	draft_saver_touch(&c->saver, now);
	view->wake = c->saver.due;
	return true;
}

/* --- actions ---------------------------------------------------------------------------- */

static bool change_language(struct composer *c, const char *id, struct outcome *out, GError **error)
{
	enum lang lang;
	guint changed = 0;
	g_autofree char *word = g_strstrip(g_strdup(id));
	if (!*word)
		return true;
	if (!lang_find(word, &lang)) {
		out->say = g_strdup(_("Answers are written in en, nl, lt, it, zh-Hans and zh-Hant."));
		return true;
	}
	if (!composer_language(c, lang, false, &changed, error))
		return false;
	if (!changed)
		return true;
	c->asking = ASKING_SWAP;
	c->wanted = lang;
	out->ask = g_strdup_printf(ngettext_("%u reply was changed by hand and would stay as it is. Change "
					     "the language all the same? (y) ",
					     "%u replies were changed by hand and would stay as they are. "
					     "Change the language all the same? (y) ",
					     changed),
				   changed);
	return true;
}

static bool answered(struct composer *c, const char *text, struct outcome *out, GError **error)
{
	enum asking asking = c->asking;
	guint changed;
	c->asking = ASKING_NOTHING;
	switch (asking) {
	case ASKING_REASON:
		return composer_send_reason(c, text, out, error);
	case ASKING_PROMISE:
		return composer_send_promise(c, text, out, error);
	case ASKING_LANGUAGE:
		return change_language(c, text, out, error);
	case ASKING_SWAP:
		return (*text != 'y' && *text != 'Y') ||
		       composer_language(c, c->wanted, true, &changed, error);
	case ASKING_SPELLING:
		composer_spell(c, text);
		return true;
	case ASKING_FILE:
		return composer_attach(c, text, out, error);
	case ASKING_NOTHING:
		break;
	}
	return true;
}

/* The buyer's newest message. */
static const char *buyer_text(const struct composer *c)
{
	const char *text = NULL;
	for (guint i = 0; i < c->file->events->len; i++) {
		const struct event *e = c->file->events->pdata[i];
		if (e->message && e->message->side == SIDE_BUYER && e->message->text)
			text = e->message->text;
	}
	return text;
}

static void quote(struct composer *c, struct outcome *out)
{
	const char *text = buyer_text(c);
	if (text)
		out->open = view_quote_create(c->view.desk, text);
	else
		out->say = g_strdup(_("The buyer has written nothing that could be quoted."));
}

/* Quoted lines are lines of their own: from the middle of a line they go behind it. */
static bool put_lines(struct text_area *a, const char *lines)
{
	const char *text = text_area_text(a);
	gsize at = text_area_cursor(a), from, to;
	bool at_beginning = (at == 0 || text[at - 1] == '\n') && !text_area_on_hole(a, &from, &to);
	g_autofree char *all = g_strconcat(at_beginning ? "" : "\n", lines, NULL);
	if (!at_beginning)
		at += strcspn(text + at, "\n");
	return text_area_replace(a, at, at, all);
}

static bool put(struct composer *c, const struct request *r, struct outcome *out, GError **error)
{
	if (r->action == ACTION_INSERT_TEMPLATE)
		return composer_insert_template(c, r->text, error);
	if (!put_lines(c->area, r->text))
		out->say = g_strdup(_("The answer is as long as it can be."));
	composer_touch(c);
	return true;
}

static void step_hole(struct composer *c, int step, struct outcome *out)
{
	if (!text_area_next_hole(c->area, step))
		out->say = g_strdup(_("No place is open."));
	composer_follow(c);
}

static void back_and_forth(struct composer *c, bool again, struct outcome *out)
{
	int tag = text_area_tag_of(c->area);
	bool done = again ? text_area_redo(c->area) : text_area_undo(c->area);
	if (done && text_area_tag_of(c->area) != tag)
		composer_speak(c, (enum lang)text_area_tag_of(c->area));
	else if (done)
		composer_touch(c);
	else
		out->say = g_strdup(again ? _("There is nothing to do again.")
					  : _("There is nothing to take back."));
}

static void point(struct composer *c, const struct request *r)
{
	int row, column;
	if (r->wheel)
		pager_move(&c->history, r->wheel * 3);
	else if (composer_at(c, r->row, r->col, &row, &column))
		text_area_point(c->area, row, column);
}

static void toggle_history(struct composer *c)
{
	c->show_history = !c->show_history;
	composer_lay_out(c);
}

static void ask_language(struct composer *c, struct outcome *out)
{
	c->asking = ASKING_LANGUAGE;
	out->ask =
	    g_strdup_printf(_("Language (en nl lt it zh-Hans zh-Hant), now %s: "), LANGS.words[c->lang].id);
}

/* By its key the file is asked for, by name alone what is attached is told. */
static bool change_files(struct composer *c, const struct request *r, struct outcome *out, GError **error)
{
	if (r->action == ACTION_DETACH)
		return composer_detach(c, r->text, out, error);
	if (r->text)
		return composer_attach(c, r->text, out, error);
	if (r->key)
		composer_ask_file(c, out);
	else
		composer_tell_files(c, out);
	return true;
}

/* Actions that only look or move. False if it is none of these. */
static bool look(struct composer *c, const struct request *r, struct outcome *out)
{
	switch (r->action) {
	case ACTION_NEXT_HOLE:
	case ACTION_PREVIOUS_HOLE:
		step_hole(c, r->action == ACTION_NEXT_HOLE ? 1 : -1, out);
		return true;
	case ACTION_FINDING:
		if (!composer_next_finding(c))
			out->say = g_strdup(_("Nothing was found."));
		return true;
	case ACTION_HISTORY:
		toggle_history(c);
		return true;
	case ACTION_HISTORY_DOWN:
	case ACTION_HISTORY_UP:
		pager_move(&c->history,
			   r->action == ACTION_HISTORY_DOWN ? c->history.height - 1 : 1 - c->history.height);
		return true;
	case ACTION_POINT:
		point(c, r);
		return true;
	default:
		return false;
	}
}

static bool composer_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct composer *c = (struct composer *)view;
	if (!c->file) {
		out->leave = r->action == ACTION_BACK;
		return true;
	}
	if (look(c, r, out))
		return true;
	switch (r->action) {
	case ACTION_SEND:
		return composer_send(c, out, error);
	case ACTION_ANSWERED:
		return answered(c, r->text, out, error);
	case ACTION_INSERT:
	case ACTION_INSERT_TEMPLATE:
		return put(c, r, out, error);
	case ACTION_TEMPLATE:
		out->open = view_picker_create(view->desk, c->case_id, c->lang, true);
		return true;
	case ACTION_LANGUAGE:
		ask_language(c, out);
		return true;
	case ACTION_QUOTE:
		quote(c, out);
		return true;
	case ACTION_SPELL:
		composer_ask_spelling(c, out);
		return true;
	case ACTION_ATTACH:
	case ACTION_DETACH:
		return change_files(c, r, out, error);
	case ACTION_EDITOR:
		out->outside = true;
		return composer_save(c, error);
	case ACTION_UNDO:
	case ACTION_REDO:
		back_and_forth(c, r->action == ACTION_REDO, out);
		return true;
	case ACTION_BACK:
		out->leave = composer_save(c, error);
		return out->leave;
	default:
		return true;
	}
}

static bool composer_outside(struct view *view, GError **error)
{
	struct composer *c = (struct composer *)view;
	g_autofree char *text = editor_run(text_area_text(c->area), error);
	if (!text)
		return false;
	if (!g_str_equal(text, text_area_text(c->area)))
		text_area_replace(c->area, 0, text_area_length(c->area), text);
	composer_touch(c);
	return true;
}

static void composer_destroy(struct view *view)
{
	struct composer *c = (struct composer *)view;
	/* Also when the terminal goes away: what was typed stays. */
	composer_save(c, NULL);
	draft_saver_finish(&c->saver);
	case_file_destroy(c->file);
	text_area_destroy(c->area);
	g_ptr_array_unref(c->inserted);
	g_ptr_array_unref(c->findings);
	g_array_unref(c->misspelt);
	pager_finish(&c->history);
	g_free(c->template);
	g_free(c->prepared);
	g_free(c->prepared_by);
	g_free(c->reason);
	g_free(c->promise);
	g_free(c);
}

static const struct view_ops composer_ops = {
    .place = PLACE_COMPOSER,
    .load = composer_load,
    .draw = composer_draw,
    .can = composer_can,
    .act = composer_act,
    .destroy = composer_destroy,
    .type = composer_type,
    .outside = composer_outside,
};

static void inserted_destroy(gpointer data)
{
	struct inserted *in = data;
	g_free(in->name);
	g_free(in->text);
	g_free(in);
}

struct view *view_composer_create(const struct desk *desk, gint64 case_id, enum draft_buffer buffer,
				  enum lang lang, const char *template)
{
	struct composer *c = g_new0(struct composer, 1);
	c->view = (struct view){.ops = &composer_ops, .desk = desk, .wake = G_MAXINT64};
	c->case_id = case_id;
	c->buffer = buffer;
	c->lang = lang;
	c->template = g_strdup(template);
	c->area = text_area_create(desk->cols);
	c->saver.due = G_MAXINT64;
	c->finding = -1;
	c->inserted = g_ptr_array_new_with_free_func(inserted_destroy);
	c->findings = g_ptr_array_new_with_free_func((GDestroyNotify)guard_finding_destroy);
	c->misspelt = g_array_new(FALSE, FALSE, sizeof(struct misspelt));
	pager_init(&c->history);
	return &c->view;
}
