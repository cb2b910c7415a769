/* SPDX-License-Identifier: MIT */
#include "ui/paint.h"

#include <string.h>

#include "domain/banned.h"

struct line *line_create(void)
{
	struct line *l = g_new0(struct line, 1);
	l->text = g_string_new(NULL);
	l->runs = g_array_new(FALSE, FALSE, sizeof(struct run));
	return l;
}

void line_destroy(struct line *l)
{
	if (!l)
		return;
	g_string_free(l->text, TRUE);
	g_array_unref(l->runs);
	g_free(l);
}

void line_clear(struct line *l)
{
	g_string_truncate(l->text, 0);
	g_array_set_size(l->runs, 0);
	l->columns = 0;
	l->target = 0;
}

bool line_equal(const struct line *a, const struct line *b)
{
	if (a->text->len != b->text->len || a->runs->len != b->runs->len ||
	    memcmp(a->text->str, b->text->str, a->text->len) != 0)
		return false;
	for (guint i = 0; i < a->runs->len; i++) {
		const struct run *x = &g_array_index(a->runs, struct run, i);
		const struct run *y = &g_array_index(b->runs, struct run, i);
		if (x->end != y->end || x->style != y->style)
			return false;
	}
	return true;
}

/* Gives what was appended since the last run its style, joining runs of one style. */
static void end_run(struct line *l, enum style style)
{
	struct run *last = l->runs->len ? &g_array_index(l->runs, struct run, l->runs->len - 1) : NULL;
	if (last && last->end == l->text->len)
		return;
	if (last && last->style == style) {
		last->end = l->text->len;
		return;
	}
	struct run r = {.end = l->text->len, .style = style};
	g_array_append_val(l->runs, r);
}

void line_add(struct line *l, enum style style, const char *safe)
{
	g_string_append(l->text, safe);
	l->columns += text_width(safe);
	end_run(l, style);
}

void line_add_foreign(struct line *l, enum style style, const char *text)
{
	g_autofree char *safe = text_safe(text ? text : "", -1, TEXT_ONE_LINE);
	line_add(l, style, safe);
}

void line_column(struct line *l, enum style style, const char *safe, int columns, enum text_align align)
{
	if (columns <= 0)
		return;
	text_column(l->text, safe, columns, align);
	l->columns += columns;
	end_run(l, style);
}

void line_fill(struct line *l, enum style style, int columns)
{
	for (; l->columns < columns; l->columns++)
		g_string_append_c(l->text, ' ');
	end_run(l, style);
}

void line_part(struct line *l, const struct line *src, int columns)
{
	int used = 0;
	gsize bytes = src->columns <= columns ? src->text->len : text_fit(src->text->str, columns, &used);
	if (src->columns <= columns)
		used = src->columns;
	gsize from = 0;
	for (guint i = 0; i < src->runs->len && from < bytes; i++) {
		const struct run *r = &g_array_index(src->runs, struct run, i);
		gsize end = MIN(r->end, bytes);
		g_string_append_len(l->text, src->text->str + from, (gssize)(end - from));
		end_run(l, r->style);
		from = end;
	}
	int full = l->columns + columns;
	l->columns += used;
	line_fill(l, STYLE_PLAIN, full);
}

void line_restyle(struct line *l, enum style style)
{
	g_array_set_size(l->runs, 0);
	if (l->text->len)
		end_run(l, style);
}

void line_cut(struct line *l, int columns)
{
	if (l->columns <= columns)
		return;
	int used = 0;
	gsize bytes = text_fit(l->text->str, MAX(columns, 0), &used);
	g_string_truncate(l->text, bytes);
	l->columns = used;
	for (guint i = 0; i < l->runs->len; i++) {
		struct run *r = &g_array_index(l->runs, struct run, i);
		if (r->end >= bytes) {
			r->end = bytes;
			g_array_set_size(l->runs, bytes ? i + 1 : 0);
			break;
		}
	}
}

GPtrArray *lines_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)line_destroy);
}

struct line *lines_add(GPtrArray *lines)
{
	struct line *l = line_create();
	g_ptr_array_add(lines, l);
	return l;
}

struct frame *frame_create(void)
{
	struct frame *f = g_new0(struct frame, 1);
	f->lines = lines_new();
	return f;
}

void frame_destroy(struct frame *f)
{
	if (!f)
		return;
	g_ptr_array_unref(f->lines);
	g_free(f);
}

void frame_begin(struct frame *f, int rows, int cols)
{
	f->rows = MAX(rows, 0);
	f->cols = MAX(cols, 0);
	f->cursor_row = f->cursor_col = -1;
	while (f->lines->len < (guint)f->rows)
		lines_add(f->lines);
	for (int i = 0; i < f->rows; i++)
		line_clear(f->lines->pdata[i]);
}

struct line *frame_line(struct frame *f, int row)
{
	return row >= 0 && row < f->rows ? f->lines->pdata[row] : NULL;
}
