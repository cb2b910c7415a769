/* SPDX-License-Identifier: MIT */
#include "ui/side_pane.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "ui/outbox_words.h"
#include "ui/solution_table.h"

#include "domain/banned.h"

/* Columns of a pane on 80x24, where a step takes two or three lines: there the stake comes before the ladder.
 */
#define NARROW 36

struct side_lines {
	GPtrArray *lines;
	int columns;
	gint64 now;
	GTimeZone *zone;
};

struct wrapping {
	struct side_lines *s;
	enum style style;
	bool later;
};

static void wrapped_line(const char *bytes, gsize length, void *data)
{
	struct wrapping *w = data;
	g_autofree char *text = g_strndup(bytes, length);
	struct line *l = lines_add(w->s->lines);
	if (w->later)
		line_fill(l, w->style, 2);
	line_add(l, w->style, text);
	w->later = true;
}

/* A paragraph; its second and further lines are indented. */
static void add(struct side_lines *s, enum style style, const char *safe)
{
	struct wrapping w = {.s = s, .style = style};
	text_wrap(safe, MAX(s->columns - 2, 8), wrapped_line, &w);
}

static void add_title(struct side_lines *s, const char *title)
{
	if (s->lines->len)
		lines_add(s->lines);
	line_add(lines_add(s->lines), STYLE_TITLE, title);
}

/* "label: text", left out when there is no text. */
static void add_field(struct side_lines *s, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	g_autofree char *whole = g_strdup_printf("%s: %s", label, safe);
	add(s, STYLE_PLAIN, whole);
}

static void add_clock(struct side_lines *s, const struct clock *c)
{
	bool runs = c->state == CLOCK_RUNNING;
	g_autofree char *title = text_safe(c->title ? c->title : "", -1, TEXT_ONE_LINE);
	g_autofree char *left = runs ? when_countdown(c->due, s->now, s->zone) : NULL;
	g_autofree char *due = c->due == G_MAXINT64 ? g_strdup("") : when_stamp(c->due, s->zone);
	g_autofree char *head = g_strdup_printf("%s %s: %s", c->family == CLOCK_PLATFORM ? "*" : "-", title,
						runs ? left : vocab_title(&CLOCK_STATES, (int)c->state));
	bool overdue = runs && c->due <= s->now;
	add(s, overdue ? STYLE_OVERDUE : c->family == CLOCK_PLATFORM ? STYLE_PLATFORM : STYLE_US, head);
	g_autofree char *detail =
	    g_strdup_printf("  %s, %s, %s", due, vocab_title(&CLOCK_FAMILIES, (int)c->family),
			    vocab_title(&CLOCK_WHYS, (int)c->why));
	add(s, STYLE_PLAIN, detail);
	if ((runs || c->state == CLOCK_MISSED) && c->consequence && *c->consequence) {
		g_autofree char *safe = text_safe(c->consequence, -1, TEXT_ONE_LINE);
		g_autofree char *text = g_strdup_printf(_("  if missed: %s"), safe);
		add(s, STYLE_PLAIN, text);
	}
}

/* Those that still bite or did: they stand at the top. What was met or cancelled is told further down. */
static bool matters(const struct clock *c)
{
	return c->state == CLOCK_RUNNING || c->state == CLOCK_PAUSED || c->state == CLOCK_MISSED;
}

static void add_clocks(struct side_lines *s, const GPtrArray *clocks)
{
	guint shown = 0;
	add_title(s, _("Clocks"));
	for (guint i = 0; clocks && i < clocks->len; i++) {
		if (matters(clocks->pdata[i])) {
			add_clock(s, clocks->pdata[i]);
			shown++;
		}
	}
	if (!shown)
		add(s, STYLE_PLAIN, _("no clock runs"));
}

static void add_stopped_clocks(struct side_lines *s, const GPtrArray *clocks)
{
	guint shown = 0;
	for (guint i = 0; clocks && i < clocks->len; i++) {
		if (matters(clocks->pdata[i]))
			continue;
		if (!shown++)
			add_title(s, _("Stopped clocks"));
		add_clock(s, clocks->pdata[i]);
	}
}

/* At the top, where they are seen without a key. */
static void add_tags(struct side_lines *s, const GPtrArray *tags)
{
	g_autoptr(GString) names = g_string_new(NULL);
	for (guint i = 0; tags && i < tags->len; i++)
		g_string_append_printf(names, "%s%s", i ? " " : "", (const char *)tags->pdata[i]);
	add_field(s, _("tags"), names->str);
}

static void add_case(struct side_lines *s, const struct case_record *r)
{
	g_autofree char *value = money_format(&r->value);
	g_autofree char *opened = when_stamp(r->opened, s->zone);
	add_title(s, _("Case"));
	add_field(s, _("kind"), vocab_title(&KINDS, (int)r->kind));
	add_field(s, _("status"), vocab_title(&STATUSES, (int)r->status));
	add_field(s, _("number"), r->case_no);
	add_field(s, _("reason"), r->reason);
	add_field(s, _("value"), value);
	add_field(s, _("who"), r->who);
	add_field(s, _("opened"), opened);
}

static void add_order(struct side_lines *s, const struct order *o)
{
	g_autofree char *value = money_format(&o->value);
	g_autofree char *ordered = o->ordered ? when_stamp(o->ordered, s->zone) : NULL;
	add_title(s, _("Order"));
	add_field(s, _("number"), o->number);
	add_field(s, _("item"), o->item);
	add_field(s, _("article"), o->sku);
	add_field(s, _("value"), value);
	add_field(s, _("ordered"), ordered);
	add_field(s, _("strengths"), o->strengths);
	add_field(s, _("known faults"), o->faults);
}

static void add_buyer(struct side_lines *s, const struct buyer *b)
{
	add_title(s, b->vip ? _("Buyer (VIP)") : _("Buyer"));
	add_field(s, _("name"), b->name);
	add_field(s, _("handle"), b->handle);
	add_field(s, _("language"), b->lang);
	add_field(s, _("segment"), b->segment);
	add_field(s, _("notes"), b->notes);
}

/* One line each: it can be opened. */
static void add_others(struct side_lines *s, GPtrArray *others)
{
	add_title(s, _("The buyer's other cases"));
	for (guint i = 0; i < others->len; i++) {
		const struct inbox_row *r = others->pdata[i];
		struct line *l = lines_add(s->lines);
		g_autofree char *subject = text_safe(r->subject ? r->subject : "", -1, TEXT_ONE_LINE);
		g_autofree char *text = g_strdup_printf("#%" G_GINT64_FORMAT " %s, %s", r->id,
							vocab_title(&STATUSES, (int)r->status), subject);
		line_add(l, STYLE_PLAIN, text);
		line_cut(l, s->columns);
		l->target = r->id;
	}
}

static void add_told(void *data, enum style style, const char *safe)
{
	if (style == STYLE_TITLE)
		add_title(data, safe);
	else
		add(data, style, safe);
}

/* What is seen first, on the smallest screen as well: what to do, where that stands, what is lost without it.
 */
static void add_next(struct side_lines *s, const struct ladder *ladder)
{
	bool narrow = s->columns < NARROW;
	ladder_tell_next(ladder, s->zone, add_told, s);
	if (!narrow)
		ladder_tell_place(ladder, add_told, s);
	ladder_tell_stake(ladder, add_told, s);
	if (narrow)
		ladder_tell_place(ladder, add_told, s);
}

static void add_ladder(struct side_lines *s, const struct ladder *ladder)
{
	if (ladder->solutions->len) {
		add_title(s, _("Solutions and their cost"));
		solution_table_lay_out(s->lines, ladder->solutions, s->columns, s->zone);
	}
	ladder_tell_rest(ladder, add_told, s);
}

/* Answers of which a person must know (`needed`) stand at the top, those that only wait at the bottom. */
static void add_unsent(struct side_lines *s, const GPtrArray *rows, bool needed)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct outbox_row *r = rows->pdata[i];
		if (outbox_needs_person(r) != needed)
			continue;
		g_autofree char *heading = outbox_heading(r, s->zone);
		g_autofree char *text = g_strdup_printf("%s (!)", heading);
		if (!needed)
			add_title(s, text);
		else
			add(s, STYLE_OVERDUE, text);
		outbox_each_line(r, s->zone, add_told, s);
	}
}

GPtrArray *side_pane_lay_out(const struct case_file *file, const struct ladder *ladder, const char *wish,
			     int columns, gint64 now, GTimeZone *zone)
{
	struct side_lines s = {.lines = lines_new(), .columns = columns, .now = now, .zone = zone};
	add_unsent(&s, file->unsent, true);
	if (wish)
		add(&s, STYLE_DESK, wish);
	add_tags(&s, file->record.tags);
	if (ladder)
		add_next(&s, ladder);
	add_clocks(&s, file->clocks);
	if (ladder)
		add_ladder(&s, ladder);
	add_case(&s, &file->record);
	if (file->order)
		add_order(&s, file->order);
	if (file->buyer)
		add_buyer(&s, file->buyer);
	if (file->others && file->others->len)
		add_others(&s, file->others);
	add_unsent(&s, file->unsent, false);
	add_stopped_clocks(&s, file->clocks);
	return s.lines;
}
