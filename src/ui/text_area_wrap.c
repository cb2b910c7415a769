/* SPDX-License-Identifier: MIT */
#include "ui/text_area_parts.h"

#include "domain/text.h"

#include <string.h>
#include <unigbrk.h>

#include "domain/banned.h"

static gsize row_at(const struct text_area *a, guint n)
{
	return n < a->rows->len ? g_array_index(a->rows, gsize, n) : a->text->len;
}

int text_area_row_of(const struct text_area *a, gsize at)
{
	guint low = 0, high = a->rows->len;
	while (high - low > 1) {
		guint middle = (low + high) / 2;
		if (row_at(a, middle) <= at)
			low = middle;
		else
			high = middle;
	}
	return (int)low;
}

gsize text_area_after(const struct text_area *a, gsize at)
{
	const uint8_t *s = (const uint8_t *)a->text->str;
	if (at >= a->text->len)
		return a->text->len;
	const uint8_t *next = u8_grapheme_next(s + at, s + a->text->len);
	return next ? (gsize)(next - s) : a->text->len;
}

/* Rows begin at graphemes, so that looking back costs a row and agrees with looking forward. */
gsize text_area_before(const struct text_area *a, gsize at)
{
	if (at == 0)
		return 0;
	gsize p = row_at(a, (guint)text_area_row_of(a, at - 1));
	for (gsize next = text_area_after(a, p); next < at; next = text_area_after(a, p))
		p = next;
	return p;
}

gsize text_area_snap(const struct text_area *a, gsize at)
{
	at = MIN(at, a->text->len);
	gsize p = row_at(a, (guint)text_area_row_of(a, at));
	while (p < at)
		p = text_area_after(a, p);
	return p;
}

struct wrapping {
	GArray *rows;
	const char *base;
	gsize offset;
};

static void take_row(const char *bytes, gsize length, void *data)
{
	struct wrapping *w = data;
	gsize at = w->offset + (gsize)(bytes - w->base);
	g_array_append_val(w->rows, at);
}

/* The rows of [from, to), which holds whole lines but for the last one's end. */
static GArray *rows_between(const struct text_area *a, gsize from, gsize to)
{
	GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
	for (;;) {
		const char *s = a->text->str + from, *newline = memchr(s, '\n', to - from);
		gsize length = newline ? (gsize)(newline - s) : to - from;
		g_autofree char *line = g_strndup(s, length);
		struct wrapping w = {rows, line, from};
		text_wrap(line, a->columns, take_row, &w);
		if (!newline)
			return rows;
		from += length + 1;
	}
}

void text_area_wrap(struct text_area *a, gsize from, gsize to_old, gsize to_new)
{
	const char *s = a->text->str;
	const char *before = from ? memrchr(s, '\n', from) : NULL, *behind = strchr(s + to_new, '\n');
	gsize begin = before ? (gsize)(before + 1 - s) : 0;
	gsize end = behind ? (gsize)(behind - s) : a->text->len, end_old = end - to_new + to_old;
	guint first = (guint)text_area_row_of(a, begin), last = first;
	while (last < a->rows->len && row_at(a, last) <= end_old)
		last++;
	g_autoptr(GArray) rows = rows_between(a, begin, end);
	for (guint i = last; i < a->rows->len; i++)
		g_array_index(a->rows, gsize, i) += end - end_old;
	if (last > first)
		g_array_remove_range(a->rows, first, last - first);
	g_array_insert_vals(a->rows, first, rows->data, rows->len);
}

void text_area_resize(struct text_area *a, int columns)
{
	columns = MAX(columns, 1);
	if (columns == a->columns && a->rows->len)
		return;
	a->columns = columns;
	g_array_unref(a->rows);
	a->rows = rows_between(a, 0, a->text->len);
	a->wanted = -1;
	a->upstream = false;
}

int text_area_rows(const struct text_area *a)
{
	return (int)a->rows->len;
}

gsize text_area_row(const struct text_area *a, int n)
{
	return row_at(a, (guint)MAX(n, 0));
}

gsize text_area_row_shown(const struct text_area *a, int n)
{
	gsize from = text_area_row(a, n), to = text_area_row(a, n + 1);
	bool soft = to > from && a->text->str[to - 1] != '\n' && to < a->text->len;
	if (to > from && a->text->str[to - 1] == '\n')
		return to - 1 - from;
	while (soft && to > from && a->text->str[to - 1] == ' ')
		to--;
	return to - from;
}

static int width_between(const struct text_area *a, gsize from, gsize to)
{
	g_autofree char *part = g_strndup(a->text->str + from, to - from);
	return text_width(part);
}

void text_area_place(const struct text_area *a, gsize at, int *row, int *column)
{
	*row = text_area_row_of(a, at);
	*column = width_between(a, row_at(a, (guint)*row), at);
}

void text_area_cursor_place(const struct text_area *a, int *row, int *column)
{
	text_area_place(a, a->cursor, row, column);
	if (a->upstream && *row > 0 && a->cursor == text_area_row(a, *row)) {
		--*row;
		*column = width_between(a, text_area_row(a, *row), a->cursor);
	}
}

/* The offset in a row that is nearest to a column; its end may be the next row's beginning. */
static gsize in_row(const struct text_area *a, int row, int column)
{
	gsize p = text_area_row(a, row), end = p + text_area_row_shown(a, row);
	int width = 0;
	while (p < end) {
		gsize next = text_area_after(a, p);
		width += width_between(a, p, next);
		if (width > column)
			break;
		p = next;
	}
	return p;
}

void text_area_point(struct text_area *a, int row, int column)
{
	row = CLAMP(row, 0, text_area_rows(a) - 1);
	text_area_leave(a);
	a->wanted = -1;
	a->cursor = in_row(a, row, MAX(column, 0));
	a->upstream = row + 1 < text_area_rows(a) && a->cursor == text_area_row(a, row + 1);
}
