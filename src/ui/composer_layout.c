/* SPDX-License-Identifier: MIT */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "ui/history.h"

#include <string.h>

#include "domain/banned.h"

#define GUARD_MOST 6

/* Where the parts stand: header, [history above,] draft, guard, footer. */
struct places {
	int text_top, text_rows, text_cols;
	int history_top, history_rows, history_col, history_cols; /* rows 0: not shown */
	int guard_top, guard_rows;
	int files_row; /* what is attached; 0: nothing is */
};

static struct places places_of(const struct composer *c)
{
	int rows = c->view.desk->rows, cols = c->view.desk->cols, body = rows - 2;
	struct places p = {.text_top = 1, .text_cols = cols};
	int chosen;
	g_autoptr(GPtrArray) found = composer_guard_lines(c, cols, &chosen);
	int wanted = c->buffer == DRAFT_NOTE ? 0 : 1 + (int)MIN(found->len, GUARD_MOST);
	p.guard_rows = MIN(wanted, MAX(body / 3, 1));
	p.guard_top = rows - 1 - p.guard_rows;
	p.files_row = composer_file_count(c) ? p.guard_top - 1 : 0;
	p.text_rows = body - p.guard_rows - (p.files_row ? 1 : 0);
	if (cols >= COMPOSER_WIDE) {
		p.text_cols = cols * 3 / 5;
		p.history_top = 1;
		p.history_rows = p.text_rows;
		p.history_col = p.text_cols + 1;
		p.history_cols = cols - p.history_col;
	} else if (c->show_history && p.text_rows >= 6) {
		p.history_rows = p.text_rows / 2;
		p.history_top = 1;
		p.history_cols = cols;
		p.text_top = 2 + p.history_rows;
		p.text_rows -= p.history_rows + 1;
	}
	return p;
}

int composer_text_rows(const struct composer *c)
{
	return places_of(c).text_rows;
}

void composer_lay_out(struct composer *c)
{
	struct places p = places_of(c);
	struct history_options o = {.columns = p.history_rows ? p.history_cols : c->view.desk->cols,
				    .talk = true,
				    .zone = c->view.desk->zone};
	struct history h = history_lay_out(c->file->events, &o);
	pager_set(&c->history, h.lines);
	pager_resize(&c->history, p.history_rows);
	pager_to(&c->history, MIN(h.newest, pager_last_top(&c->history)));
	/* One column more than the text: the cursor may stand behind it. */
	text_area_resize(c->area, p.text_cols - 1);
	composer_follow(c);
}

void composer_follow(struct composer *c)
{
	int row, column, rows = MAX(places_of(c).text_rows, 1);
	text_area_cursor_place(c->area, &row, &column);
	c->top = CLAMP(c->top, row - rows + 1, row);
	c->top = CLAMP(c->top, 0, MAX(text_area_rows(c->area) - 1, 0));
}

bool composer_at(const struct composer *c, int row, int col, int *text_row, int *text_col)
{
	struct places p = places_of(c);
	*text_row = row - p.text_top + c->top;
	*text_col = col;
	return row >= p.text_top && row < p.text_top + p.text_rows && col < p.text_cols;
}

/* --- the draft ------------------------------------------------------------------ */

struct mark {
	gsize from, to;
	enum style style;
};

/* What stands out in the text; the first that covers a place counts. */
static GArray *marks_of(const struct composer *c)
{
	GArray *marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	g_autoptr(GArray) holes = g_array_new(FALSE, FALSE, sizeof(struct template_hole));
	template_find_holes(text_area_text(c->area), holes);
	for (guint i = 0; i < holes->len; i++) {
		const struct template_hole *h = &g_array_index(holes, struct template_hole, i);
		struct mark m = {h->at, h->at + h->length, STYLE_HIT};
		g_array_append_val(marks, m);
	}
	bool fresh = c->found_in == text_area_version(c->area);
	for (guint i = 0; fresh && i < c->findings->len; i++) {
		const struct guard_finding *f = c->findings->pdata[i];
		struct mark m = {f->at, f->at + f->length,
				 f->severity == GUARD_BLOCK  ? STYLE_ERROR
				 : f->severity == GUARD_WARN ? STYLE_OVERDUE
							     : STYLE_TODAY};
		g_array_append_val(marks, m);
	}
	for (guint i = 0; c->spelt_in == text_area_version(c->area) && i < c->misspelt->len; i++) {
		const struct misspelt *w = &g_array_index(c->misspelt, struct misspelt, i);
		struct mark m = {w->at, w->at + w->length, STYLE_WRONG};
		g_array_append_val(marks, m);
	}
	return marks;
}

/* The style at `at`, and in *end where it may change. */
static enum style style_at(const GArray *marks, gsize at, gsize *end)
{
	for (guint i = 0; i < marks->len; i++) {
		const struct mark *m = &g_array_index(marks, struct mark, i);
		if (at >= m->from && at < m->to) {
			*end = MIN(*end, m->to);
			return m->style;
		}
		if (m->from > at && m->to > m->from)
			*end = MIN(*end, m->from);
	}
	return STYLE_PLAIN;
}

static void draw_row(const struct composer *c, const GArray *marks, int row, struct line *l)
{
	const char *text = text_area_text(c->area);
	gsize at = text_area_row(c->area, row), to = at + text_area_row_shown(c->area, row);
	bool quoted = at < to && text[at] == '>';
	while (at < to) {
		gsize end = to;
		enum style style = style_at(marks, at, &end);
		g_autofree char *part = g_strndup(text + at, end - at);
		line_add(l, style == STYLE_PLAIN && quoted ? STYLE_QUOTE : style, part);
		at = end;
	}
}

static void draw_text(const struct composer *c, struct frame *f, const struct places *p)
{
	g_autoptr(GArray) marks = marks_of(c);
	int row, column;
	for (int i = 0; i < p->text_rows; i++) {
		struct line *l = frame_line(f, p->text_top + i);
		if (c->top + i < text_area_rows(c->area))
			draw_row(c, marks, c->top + i, l);
		line_cut(l, p->text_cols);
	}
	text_area_cursor_place(c->area, &row, &column);
	f->cursor_row = p->text_top + row - c->top;
	f->cursor_col = MIN(column, p->text_cols - 1);
}

/* --- around it -------------------------------------------------------------------- */

static void draw_header(const struct composer *c, struct line *l, int columns)
{
	const struct case_record *r = &c->file->record;
	const char *buyer = c->file->buyer && c->file->buyer->name ? c->file->buyer->name : "";
	g_autofree char *prepared =
	    composer_is_prepared(c) ? g_strdup_printf(_("prepared by rule %s"), c->prepared_by) : NULL;
	const char *state = c->news                      ? _("NEW: something came since")
			    : prepared                   ? prepared
			    : c->saver.due != G_MAXINT64 ? ""
			    : c->saver.stored            ? _("saved")
							 : "";
	g_autofree char *head = g_strdup_printf(
	    c->buffer == DRAFT_NOTE ? _(" Note on #%" PRId64) : _(" Reply to #%" PRId64), c->case_id);
	int room = MAX(columns - text_width(state) - 1, 0);
	line_add(l, STYLE_HEADER, head);
	if (c->buffer == DRAFT_REPLY) {
		line_add(l, STYLE_HEADER, " [");
		line_add(l, STYLE_HEADER, LANGS.words[c->lang].id);
		line_add(l, STYLE_HEADER, "]");
	}
	line_add(l, STYLE_HEADER, "  ");
	line_add_foreign(l, STYLE_HEADER, buyer);
	line_add(l, STYLE_HEADER, "  ");
	line_add_foreign(l, STYLE_HEADER, r->platform_name);
	line_add(l, STYLE_HEADER, "  ");
	line_add_foreign(l, STYLE_HEADER, r->subject);
	line_cut(l, room - 2);
	line_fill(l, STYLE_HEADER, room);
	line_add(l, STYLE_HEADER, state);
	line_fill(l, STYLE_HEADER, columns);
}

static void draw_history(const struct composer *c, struct frame *f, const struct places *p)
{
	for (int i = 0; i < p->history_rows; i++) {
		struct line *l = frame_line(f, p->history_top + i);
		if (p->history_col) {
			line_fill(l, STYLE_PLAIN, p->history_col - 1);
			line_add(l, STYLE_TITLE, "│");
		}
		pager_draw_part(&c->history, i, l, p->history_cols);
	}
	if (p->history_rows && !p->history_col) {
		struct line *l = frame_line(f, p->history_top + p->history_rows);
		line_column(l, STYLE_TITLE, _("── your answer ──"), p->history_cols, TEXT_LEFT);
	}
}

/* "── guard: 1 block, 2 warn ──" */
static void draw_guard_title(const struct composer *c, struct line *l, int columns)
{
	g_autoptr(GString) title = g_string_new("── ");
	const char *fault = library_guard_fault(c->view.desk->library);
	g_string_append(title, _("guard"));
	g_string_append(title, ": ");
	gsize before = title->len;
	for (int s = 0; s < N_GUARD_SEVERITIES; s++) {
		guint count = composer_count(c, s);
		if (count)
			g_string_append_printf(title, "%s%u %s", title->len > before ? ", " : "", count,
					       vocab_title(&GUARD_SEVERITIES, s));
	}
	if (title->len == before)
		g_string_append(title, fault                                       ? fault
				       : c->found_in == text_area_version(c->area) ? _("nothing found")
										   : "...");
	line_column(l, c->findings->len ? STYLE_FOCUS : STYLE_TITLE, title->str, columns, TEXT_LEFT);
}

static void draw_guard(const struct composer *c, struct frame *f, const struct places *p)
{
	int chosen, rows = p->guard_rows - 1;
	if (!p->guard_rows)
		return;
	g_autoptr(GPtrArray) lines = composer_guard_lines(c, f->cols, &chosen);
	int first = CLAMP(chosen, 0, MAX((int)lines->len - rows, 0));
	draw_guard_title(c, frame_line(f, p->guard_top), f->cols);
	for (int i = 0; i < rows && first + i < (int)lines->len; i++)
		line_part(frame_line(f, p->guard_top + 1 + i), lines->pdata[first + i], f->cols);
}

static void draw_files(const struct composer *c, struct line *l, int columns)
{
	g_autofree char *files = composer_files_line(c), *line = g_strdup_printf(_("── attached: %s"), files);
	line_column(l, STYLE_FOCUS, line, columns, TEXT_LEFT);
}

void composer_draw(const struct view *view, struct frame *f)
{
	const struct composer *c = (const struct composer *)view;
	if (!c->file)
		return;
	struct places p = places_of(c);
	draw_header(c, frame_line(f, 0), f->cols);
	draw_text(c, f, &p);
	draw_history(c, f, &p);
	if (p.files_row)
		draw_files(c, frame_line(f, p.files_row), f->cols);
	draw_guard(c, f, &p);
}
