/* SPDX-License-Identifier: MIT */
#include "ui/inbox_list_parts.h"

#include "domain/intl.h"
#include "domain/when.h"

#include <string.h>

#include "domain/banned.h"

gint64 inbox_list_prepare(struct inbox_list *l, gint64 now)
{
	gint64 next = G_MAXINT64;
	for (int i = l->top; i < count(l) && i < l->top + l->height; i++) {
		struct item *it = item_of(l, i);
		if (!it->line || now >= it->until) {
			if (it->line)
				line_clear(it->line);
			else
				it->line = line_create();
			columns_row(&l->columns, it->row, now, l->source.desk->zone, it->line);
			gint64 change = when_countdown_changes(it->row->due, now, l->source.desk->zone);
			it->until = it->row->due > now ? MIN(change, it->row->due) : change;
		}
		next = MIN(next, it->until);
	}
	return next;
}

bool inbox_list_fell_due(const struct inbox_list *l, gint64 since, gint64 now)
{
	for (int i = l->top; i < count(l) && i < l->top + l->height; i++) {
		gint64 due = item_of(l, i)->row->due;
		if (due > since && due <= now)
			return true;
	}
	return false;
}

/* A query that doesn't name them leaves closed cases out: the person is told so. */
static const char *nothing_found(const struct inbox_list *l)
{
	bool all = strstr(l->source.query, "is:") || strstr(l->source.query, "status:");
	return all ? _("  Nothing found. / searches again, q shows the whole inbox.")
		   : _("  No open case fits. q shows the inbox; is:any searches closed ones too.");
}

void inbox_list_draw(const struct inbox_list *l, struct frame *f, int row)
{
	for (int i = 0; i < l->height; i++) {
		struct line *to = frame_line(f, row + i);
		if (!to || l->top + i >= count(l))
			break;
		const struct line *from = item_of(l, l->top + i)->line;
		if (!from)
			continue;
		line_part(to, from, f->cols);
		if (marks_has(l->marks, item_of(l, l->top + i)->row->id))
			to->text->str[1] = '*';
		if (l->top + i == l->at) {
			to->text->str[0] = '>';
			line_restyle(to, STYLE_SELECTED);
		}
	}
	if (!count(l) && frame_line(f, row))
		line_column(frame_line(f, row), STYLE_PLAIN,
			    l->source.finding  ? _("  Searching ...  q stops it.")
			    : *l->source.query ? nothing_found(l)
					       : _("  No open case. `amends import PATH` reads mail."),
			    f->cols, TEXT_LEFT);
}
