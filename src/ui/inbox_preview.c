/* SPDX-License-Identifier: MIT */
#include "ui/inbox_preview.h"

#include "domain/intl.h"
#include "ui/history.h"
#include "ui/outbox_words.h"
#include "ui/wish.h"

#include "domain/banned.h"

#define FROM_ROWS 16

void inbox_preview_init(struct inbox_preview *p, const struct desk *desk)
{
	*p = (struct inbox_preview){.desk = desk};
	pager_init(&p->pager);
}

void inbox_preview_finish(struct inbox_preview *p)
{
	case_file_destroy(p->file);
	pager_finish(&p->pager);
	g_free(p->heading);
	g_free(p->biting);
	g_free(p->wish);
}

bool inbox_preview_fits(const struct desk *desk)
{
	return desk->rows >= FROM_ROWS;
}

/* The heading, what bites, the wish. */
static int rows_above(const struct inbox_preview *p)
{
	return p->wish ? 3 : 2;
}

void inbox_preview_resize(struct inbox_preview *p, int rows)
{
	p->rows = rows;
	pager_resize(&p->pager, MAX(rows - rows_above(p), 0));
}

void inbox_preview_lay_out(struct inbox_preview *p, bool to_newest)
{
	struct history_options o = {.columns = p->desk->cols, .unfold = p->unfold, .zone = p->desk->zone};
	if (!p->file)
		return;
	struct history h = history_lay_out(p->file->events, &o);
	pager_set(&p->pager, h.lines);
	p->quotes = h.quotes;
	if (to_newest)
		pager_to(&p->pager, MIN(h.newest, pager_last_top(&p->pager)));
}

static void clear(struct inbox_preview *p)
{
	case_file_destroy(p->file);
	p->file = NULL;
	p->shown = 0;
	p->quotes = false;
	g_clear_pointer(&p->heading, g_free);
	g_clear_pointer(&p->biting, g_free);
	g_clear_pointer(&p->wish, g_free);
	inbox_preview_resize(p, p->rows);
	pager_set(&p->pager, lines_new());
}

static void make_heading(struct inbox_preview *p, const struct inbox_row *r)
{
	g_autofree char *text =
	    g_strdup_printf("#%" G_GINT64_FORMAT "  %s  %s  %s  [%s]", r->id, r->platform ? r->platform : "",
			    r->buyer ? r->buyer : "", r->subject ? r->subject : "", r->lang ? r->lang : "?");
	g_free(p->heading);
	p->heading = text_safe(text, -1, TEXT_ONE_LINE);
}

/* An answer that a person has to do something about comes before all clocks; of these the running ones come
 * first, the earliest due before all. */
static void make_biting(struct inbox_preview *p)
{
	const struct clock *c = p->file->clocks->len ? p->file->clocks->pdata[0] : NULL;
	g_autofree char *text = outbox_line(p->file->unsent, p->desk->zone);
	p->unsent = text != NULL;
	if (!text && c && c->state == CLOCK_RUNNING)
		text = g_strdup_printf(_("%s (%s). If missed: %s"), c->title ? c->title : "",
				       vocab_title(&CLOCK_FAMILIES, c->family),
				       c->consequence ? c->consequence : "?");
	g_free(p->biting);
	p->biting = text_safe(text ? text : _("No clock runs."), -1, TEXT_ONE_LINE);
}

/* Cheap: few events, each cut to what a pane can show. */
bool inbox_preview_load(struct inbox_preview *p, const struct inbox_row *r, GError **error)
{
	if (!r || !inbox_preview_fits(p->desk)) {
		clear(p);
		return true;
	}
	struct case_request q = {.id = r->id, .limit = 12, .text_limit = 8192, .brief = true};
	struct case_file *file = store_case(p->desk->store, &q, error);
	if (!file)
		return false;
	bool other = p->shown != r->id;
	case_file_destroy(p->file);
	p->file = file;
	p->shown = r->id;
	make_heading(p, r);
	make_biting(p);
	g_free(p->wish);
	p->wish = wish_line(p->desk, file);
	inbox_preview_resize(p, p->rows);
	inbox_preview_lay_out(p, other);
	return true;
}

bool inbox_preview_act(struct inbox_preview *p, enum action a)
{
	int by = action_movement(a, MAX(p->pager.height - 1, 1), (int)p->pager.lines->len);
	if (by)
		pager_move(&p->pager, by);
	return by != 0;
}

void inbox_preview_draw(const struct inbox_preview *p, struct frame *f, int row)
{
	enum style style = p->has_keys ? STYLE_FOCUS : STYLE_TITLE;
	struct line *title = frame_line(f, row), *biting = frame_line(f, row + 1);
	line_add(title, style, p->has_keys ? ">─ " : "── ");
	line_column(title, style, p->heading ? p->heading : "", f->cols - 3, TEXT_LEFT);
	line_column(biting, p->unsent ? STYLE_OVERDUE : STYLE_DESK, p->biting ? p->biting : "", f->cols,
		    TEXT_LEFT);
	if (p->wish)
		line_column(frame_line(f, row + 2), STYLE_DESK, p->wish, f->cols, TEXT_LEFT);
	pager_draw(&p->pager, f, row + rows_above(p));
}
