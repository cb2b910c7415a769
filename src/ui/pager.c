/* SPDX-License-Identifier: MIT */
#include "ui/pager.h"

#include <string.h>

#include "domain/banned.h"

void pager_init(struct pager *p)
{
	*p = (struct pager){.lines = lines_new(), .hit = -1};
}

void pager_finish(struct pager *p)
{
	g_ptr_array_unref(p->lines);
}

int pager_last_top(const struct pager *p)
{
	return MAX((int)p->lines->len - p->height, 0);
}

void pager_to(struct pager *p, int top)
{
	p->top = CLAMP(top, 0, pager_last_top(p));
}

void pager_set(struct pager *p, GPtrArray *lines)
{
	g_ptr_array_unref(p->lines);
	p->lines = lines;
	p->hit = -1;
	pager_to(p, p->top);
}

void pager_resize(struct pager *p, int height)
{
	p->height = MAX(height, 0);
	pager_to(p, p->top);
}

bool pager_move(struct pager *p, int by)
{
	int before = p->top;
	pager_to(p, p->top + by);
	return p->top != before;
}

const struct line *pager_line(const struct pager *p, int row)
{
	int i = p->top + row;
	return row >= 0 && row < p->height && i < (int)p->lines->len ? p->lines->pdata[i] : NULL;
}

void pager_draw_part(const struct pager *p, int row, struct line *l, int columns)
{
	const struct line *src = pager_line(p, row);
	if (!src) {
		line_fill(l, STYLE_PLAIN, l->columns + columns);
		return;
	}
	if (p->top + row != p->hit) {
		line_part(l, src, columns);
		return;
	}
	line_column(l, STYLE_HIT, src->text->str, columns, TEXT_LEFT);
}

void pager_draw(const struct pager *p, struct frame *f, int row)
{
	for (int i = 0; i < p->height; i++) {
		struct line *l = frame_line(f, row + i);
		if (l && pager_line(p, i))
			pager_draw_part(p, i, l, f->cols);
	}
}

/* Appends `text` folded for comparing: no marks, one space for many. */
static void add_folded(GString *out, const char *text)
{
	g_autofree char *folded = text_fold(text);
	g_autofree char *split = g_utf8_normalize(folded, -1, G_NORMALIZE_NFD);
	for (const char *c = split ? split : folded; *c; c = g_utf8_next_char(c)) {
		gunichar u = g_utf8_get_char(c);
		if (g_unichar_ismark(u))
			continue;
		if (u != ' ')
			g_string_append_unichar(out, u);
		else if (out->len && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
}

/* Whether `needle` begins in line `i`, running on into the next if it must. */
static bool line_holds(const struct pager *p, int i, const char *needle)
{
	const struct line *l = p->lines->pdata[i];
	g_autoptr(GString) hay = g_string_new(NULL);
	add_folded(hay, l->text->str);
	gsize own = hay->len;
	if (i + 1 < (int)p->lines->len) {
		const struct line *next = p->lines->pdata[i + 1];
		if (own && hay->str[own - 1] != ' ')
			g_string_append_c(hay, ' ');
		/* What begins each body line (an indent and a rule) isn't part of the text. */
		const char *text = next->text->str;
		text += strspn(text, " ");
		if (g_str_has_prefix(text, "│ "))
			text += strlen("│ ");
		add_folded(hay, text);
	}
	const char *at = strstr(hay->str, needle);
	return at && (gsize)(at - hay->str) < own;
}

bool pager_find(struct pager *p, const char *text, int step)
{
	int count = (int)p->lines->len;
	g_autoptr(GString) needle = g_string_new(NULL);
	add_folded(needle, text);
	while (needle->len && needle->str[needle->len - 1] == ' ')
		g_string_truncate(needle, needle->len - 1);
	if (!needle->len || !count)
		return false;
	int i = p->hit >= 0 ? p->hit : p->top - (step > 0 ? 1 : 0);
	for (int tried = 0; tried < count; tried++) {
		i = (i + step + count) % count;
		if (!line_holds(p, i, needle->str))
			continue;
		p->hit = i;
		if (i < p->top || i >= p->top + p->height)
			pager_to(p, i - p->height / 3);
		return true;
	}
	return false;
}
