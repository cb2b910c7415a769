/* SPDX-License-Identifier: MIT */
#include "ui/text_area_parts.h"

#include <string.h>

#include "domain/banned.h"

enum class { CLASS_OTHER, CLASS_WORD, CLASS_HAN };

static enum class class_at(const struct text_area *a, gsize at) {
	gunichar c = g_utf8_get_char(a->text->str + at);
	GUnicodeScript script = c < 0x80 ? G_UNICODE_SCRIPT_LATIN : g_unichar_get_script(c);
	if (script == G_UNICODE_SCRIPT_HAN && g_unichar_isalpha(c)) return CLASS_HAN;
	bool word = g_unichar_isalnum(c) || g_unichar_ismark(c) || c == '\'' || c == 0x2019;
	return word ? CLASS_WORD : CLASS_OTHER;
}

static gsize word_after(const struct text_area *a)
{
	gsize p = a->cursor, end = a->text->len;
	while (p < end && class_at(a, p) == CLASS_OTHER)
		p = text_area_after(a, p);
	for (enum class c = p < end ? class_at(a, p) : CLASS_OTHER; p < end && class_at(a, p) == c;)
		p = text_area_after(a, p);
	return p;
}

static gsize word_before(const struct text_area *a)
{
	gsize p = a->cursor;
	while (p && class_at(a, text_area_before(a, p)) == CLASS_OTHER)
		p = text_area_before(a, p);
	enum class c = p ? class_at(a, text_area_before(a, p)) : CLASS_OTHER;
	while (p && class_at(a, text_area_before(a, p)) == c)
		p = text_area_before(a, p);
	return p;
}

static gsize row_edge(const struct text_area *a, int step, bool *upstream)
{
	int row, column;
	text_area_cursor_place(a, &row, &column);
	gsize from = text_area_row(a, row);
	if (step < 0)
		return from;
	gsize end = from + text_area_row_shown(a, row);
	*upstream = row + 1 < text_area_rows(a) && end == text_area_row(a, row + 1);
	return end;
}

static gsize line_edge(const struct text_area *a, int step)
{
	const char *s = a->text->str;
	if (step > 0)
		return a->cursor + strcspn(s + a->cursor, "\n");
	const char *newline = a->cursor ? memrchr(s, '\n', a->cursor) : NULL;
	return newline ? (gsize)(newline + 1 - s) : 0;
}

gsize text_area_target(const struct text_area *a, enum text_unit unit, int step, bool *upstream)
{
	*upstream = false;
	switch (unit) {
	case UNIT_GRAPHEME:
		return step > 0 ? text_area_after(a, a->cursor) : text_area_before(a, a->cursor);
	case UNIT_WORD:
		return step > 0 ? word_after(a) : word_before(a);
	case UNIT_ROW_EDGE:
		return row_edge(a, step, upstream);
	case UNIT_LINE_EDGE:
		return line_edge(a, step);
	case UNIT_TEXT_EDGE:
		return step > 0 ? a->text->len : 0;
	case UNIT_ROW:
		break;
	}
	return a->cursor;
}

void text_area_leave(struct text_area *a)
{
	a->joins = a->killing = a->at_hole = a->upstream = false;
}

static void move_row(struct text_area *a, int step)
{
	int row, column, wanted = a->wanted;
	text_area_cursor_place(a, &row, &column);
	if (wanted < 0)
		wanted = column;
	/* Above the first row and below the last lie the ends of the text. */
	if (row + step < 0 || row + step >= text_area_rows(a))
		text_area_go(a, step < 0 ? 0 : a->text->len);
	else
		text_area_point(a, row + step, wanted);
	a->wanted = wanted;
}

void text_area_move(struct text_area *a, enum text_unit unit, int step)
{
	bool upstream;
	if (unit == UNIT_ROW) {
		move_row(a, step);
		return;
	}
	gsize at = text_area_target(a, unit, step, &upstream);
	text_area_leave(a);
	a->cursor = at;
	a->upstream = upstream;
	a->wanted = -1;
}

void text_area_go(struct text_area *a, gsize at)
{
	text_area_leave(a);
	a->cursor = text_area_snap(a, at);
	a->wanted = -1;
}
