/* SPDX-License-Identifier: MIT */
#include "ui/prompt.h"

#include "domain/intl.h"
#include "domain/query.h"
#include "domain/tag.h"
#include "store/upload.h"

#include <string.h>

#include "domain/banned.h"

struct prompt {
	enum prompt_kind kind;
	struct line_edit edit;
	GPtrArray *history;
	enum place place;
	guint can;
	enum act_type act; /* PROMPT_ACT */
	GPtrArray *tags;   /* of char *: those of the store, to complete; NULL: none */
	char *told;        /* above the line; safe */
	bool is_fault;
	char *question; /* safe; NULL: the kind's sign */
};

static const char *const signs[N_PROMPT_KINDS] = {
    [PROMPT_QUERY] = "/", [PROMPT_FIND] = "/",  [PROMPT_COMMAND] = ":", [PROMPT_ASK] = "? ",
    [PROMPT_ACT] = "? ",  [PROMPT_JUMP] = "# ", [PROMPT_FILE] = "? "};

static GPtrArray *complete_words(const struct prompt *p, const char *text, gsize at, gsize *from)
{
	if (p->kind == PROMPT_COMMAND)
		return palette_complete(text, at, from, p->place, p->can);
	if (p->kind == PROMPT_ACT)
		return act_complete(p->act, text, at, from);
	if (p->kind == PROMPT_FILE) {
		g_autofree char *typed = g_strndup(text, at);
		*from = 0;
		return upload_complete(typed);
	}
	return p->kind == PROMPT_QUERY ? query_complete(text, at, from) : NULL;
}

static bool takes_tag(int act)
{
	return act == ACT_TAG || act == ACT_UNTAG;
}

/* Whether a tag's name stands at `from`: behind tag: of a query, where an act asks for one, or behind the
 * act's name. */
static bool wants_tag(const struct prompt *p, const char *text, gsize from)
{
	g_autofree char *before = g_strndup(text, from);
	int act = (int)p->act;
	if (p->kind == PROMPT_QUERY)
		return g_str_has_suffix(before, "tag:");
	if (p->kind == PROMPT_COMMAND)
		before[strcspn(before, " =")] = '\0';
	return (p->kind == PROMPT_ACT || (p->kind == PROMPT_COMMAND && vocab_find(&ACTS, before, &act))) &&
	       takes_tag(act);
}

static GPtrArray *complete(const char *text, gsize at, gsize *from, void *data)
{
	const struct prompt *p = data;
	GPtrArray *found = complete_words(p, text, at, from);
	if (!found || !p->tags || !wants_tag(p, text, *from))
		return found;
	g_autofree char *begun = g_strndup(text + *from, at - *from), *folded = tag_fold(begun);
	for (guint n = 0; n < p->tags->len; n++) {
		g_autofree char *tag = tag_fold(p->tags->pdata[n]);
		if (g_str_has_prefix(tag, folded))
			g_ptr_array_add(found, g_strdup(p->tags->pdata[n]));
	}
	return found;
}

struct prompt *prompt_create(enum prompt_kind kind, GPtrArray *history, enum place place, guint can)
{
	struct prompt *p = g_new0(struct prompt, 1);
	p->kind = kind;
	p->history = history;
	p->place = place;
	p->can = can;
	line_edit_init(&p->edit, "", history, complete, p);
	return p;
}

void prompt_question(struct prompt *p, const char *question)
{
	g_free(p->question);
	p->question = text_safe(question, -1, TEXT_ONE_LINE);
}

void prompt_tags(struct prompt *p, GPtrArray *tags)
{
	g_clear_pointer(&p->tags, g_ptr_array_unref);
	p->tags = tags;
}

void prompt_act(struct prompt *p, enum act_type type)
{
	p->act = type;
}

void prompt_begin(struct prompt *p, const char *text)
{
	line_edit_insert(&p->edit, text);
}

void prompt_replace(struct prompt *p, const char *text)
{
	g_string_truncate(p->edit.text, 0);
	p->edit.cursor = 0;
	line_edit_insert(&p->edit, text);
}

void prompt_tell(struct prompt *p, const char *text, bool is_fault)
{
	g_free(p->told);
	p->told = text_safe(text, -1, TEXT_ONE_LINE);
	p->is_fault = is_fault;
}

void prompt_destroy(struct prompt *p)
{
	if (!p)
		return;
	line_edit_finish(&p->edit);
	g_clear_pointer(&p->tags, g_ptr_array_unref);
	g_free(p->told);
	g_free(p->question);
	g_free(p);
}

/* Whether what was typed can be read; puts the cursor on the fault. */
static bool readable(struct prompt *p)
{
	g_autoptr(GError) error = NULL;
	gsize at = p->edit.text->len;
	struct command c = {0};
	if (p->kind == PROMPT_QUERY) {
		query_destroy(query_parse(p->edit.text->str, &at, &error));
	} else if (p->kind == PROMPT_COMMAND) {
		palette_parse(p->edit.text->str, p->place, p->can, &c, &error);
	}
	g_free(c.text);
	if (!error)
		return true;
	prompt_tell(p, error->message, true);
	p->edit.cursor = MIN(at, p->edit.text->len);
	return false;
}

/* What is to be known stays while the answer is typed; what was wrong is being mended. */
static void forget_fault(struct prompt *p)
{
	if (p->is_fault)
		g_clear_pointer(&p->told, g_free);
	p->is_fault = false;
}

enum edit_result prompt_key(struct prompt *p, int key)
{
	forget_fault(p);
	enum edit_result result = line_edit_key(&p->edit, key);
	if (result != EDIT_DONE)
		return result;
	if (!readable(p))
		return EDIT_GOES_ON;
	line_history_add(p->history, p->edit.text->str);
	return EDIT_DONE;
}

void prompt_paste(struct prompt *p, const char *text)
{
	forget_fault(p);
	line_edit_insert(&p->edit, text);
}

enum prompt_kind prompt_kind(const struct prompt *p)
{
	return p->kind;
}

const char *prompt_text(const struct prompt *p)
{
	return p->edit.text->str;
}

static void draw_choices(const struct line_edit *e, struct line *l, int columns)
{
	/* Begins with a choice near enough to the chosen one for that to be seen. */
	guint first = e->choice > 2 ? e->choice - 2 : 0;
	line_clear(l);
	for (guint i = first; i < e->choices->len && l->columns < columns; i++) {
		line_add(l, STYLE_TITLE, " ");
		g_autofree char *safe = text_safe(e->choices->pdata[i], -1, TEXT_ONE_LINE);
		line_add(l, i == e->choice ? STYLE_SELECTED : STYLE_TITLE, safe);
	}
	line_cut(l, columns);
}

void prompt_draw(const struct prompt *p, struct frame *f)
{
	struct line *above = frame_line(f, f->rows - 2), *l = frame_line(f, f->rows - 1);
	if (above && p->edit.choices && !p->is_fault) {
		draw_choices(&p->edit, above, f->cols);
	} else if (above && p->told) {
		line_clear(above);
		line_column(above, p->is_fault ? STYLE_ERROR : STYLE_TITLE, p->told, f->cols, TEXT_LEFT);
	}
	if (!l)
		return;
	line_clear(l);
	const char *sign = p->question ? p->question : signs[p->kind];
	/* A long question leaves room for the answer. */
	line_column(l, STYLE_PLAIN, sign, MIN(text_width(sign), f->cols - 12), TEXT_LEFT);
	line_edit_draw(&p->edit, l, f->cols, &f->cursor_col);
	f->cursor_row = f->rows - 1;
}
