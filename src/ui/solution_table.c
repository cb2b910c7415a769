/* SPDX-License-Identifier: MIT */
#include "ui/solution_table.h"

#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

#define BESIDE 24 /* columns from which two stand beside each other */
#define GAP "│ "  /* between them */
#define GAP_COLUMNS 2

/* One solution, wrapped to its column. */
struct cell {
	GPtrArray *lines; /* of struct line */
	int columns;
	enum style style;
};

static void add_wrapped(const char *bytes, gsize length, void *data)
{
	struct cell *c = data;
	g_autofree char *text = g_strndup(bytes, length);
	line_add(lines_add(c->lines), c->style, text);
}

static void add(struct cell *c, enum style style, const char *safe)
{
	c->style = style;
	text_wrap(safe, c->columns, add_wrapped, c);
}

static void add_title(struct cell *c, const struct solution *s)
{
	g_autofree char *title = text_safe(s->title ? s->title : "", -1, TEXT_ONE_LINE);
	g_autofree char *amount = money_short(&s->amount);
	g_autofree char *both = g_strdup_printf("%s%s%s", title, *amount ? " " : "", amount);
	add(c, STYLE_TITLE, both);
}

static void add_state(struct cell *c, const struct solution *s, GTimeZone *zone)
{
	const char *state = vocab_title(&SOLUTION_STATES, (int)s->state);
	g_autofree char *stamp = s->at ? when_stamp(s->at, zone) : NULL;
	g_autofree char *text =
	    stamp ? g_strdup_printf("%s, %s", state, stamp) : g_strdup_printf("%s", state);
	add(c, s->state == SOLUTION_ACCEPTED ? STYLE_TODAY : STYLE_PLAIN, text);
}

static guint count_parts(const struct solution_cost *cost)
{
	guint n = 0;
	for (int i = 0; i < N_COST_PARTS; i++)
		n += cost->parts[i] != 0 || (cost->unknown & 1U << i);
	return n;
}

/* What the sum is made of; a single part is the sum itself. */
static void add_parts(struct cell *c, const struct solution_cost *cost)
{
	if (count_parts(cost) < 2)
		return;
	for (int i = 0; i < N_COST_PARTS; i++) {
		struct money m = {cost->parts[i], ""};
		g_strlcpy(m.currency, cost->total.currency, sizeof m.currency);
		g_autofree char *amount = money_short(&m);
		const char *part = vocab_title(&COST_PARTS, i);
		g_autofree char *text = cost->unknown & 1U << i ? g_strdup_printf(_("%s: not known"), part)
					: m.minor               ? g_strdup_printf("%s %s", part, amount)
								: NULL;
		if (text)
			add(c, STYLE_QUOTE, text);
	}
}

static void add_cost(struct cell *c, const struct solution_cost *cost)
{
	bool none = cost->unknown && !cost->parts[COST_MONEY] && !cost->parts[COST_GOODS];
	g_autofree char *total = money_short(&cost->total);
	const char *form = cost->unknown   ? _("costs more than %s")
			   : cost->assumed ? _("costs about %s")
					   : _("costs %s");
	g_autofree char *text =
	    none ? g_strdup(_("what it costs isn't known")) : g_strdup_printf(form, total);
	add(c, STYLE_US, text);
	add_parts(c, cost);
}

static struct cell cell_of(const struct solution *s, int columns, GTimeZone *zone)
{
	struct cell c = {.lines = lines_new(), .columns = columns};
	add_title(&c, s);
	add_state(&c, s, zone);
	add_cost(&c, &s->cost);
	return c;
}

static void append_all(GPtrArray *lines, const struct cell *c)
{
	for (guint i = 0; i < c->lines->len; i++)
		line_part(lines_add(lines), c->lines->pdata[i], c->columns);
}

static void add_pair(GPtrArray *lines, const struct cell *a, const struct cell *b)
{
	for (guint i = 0; i < MAX(a->lines->len, b->lines->len); i++) {
		struct line *l = lines_add(lines);
		if (i < a->lines->len)
			line_part(l, a->lines->pdata[i], a->columns);
		line_fill(l, STYLE_PLAIN, a->columns);
		line_add(l, STYLE_QUOTE, GAP);
		if (i < b->lines->len)
			line_part(l, b->lines->pdata[i], b->columns);
	}
}

void solution_table_lay_out(GPtrArray *lines, const GPtrArray *solutions, int columns, GTimeZone *zone)
{
	bool beside = columns >= BESIDE;
	int width = beside ? (columns - GAP_COLUMNS) / 2 : MAX(columns, 8);
	for (guint i = 0; i < solutions->len; i++) {
		struct cell a = cell_of(solutions->pdata[i], width, zone);
		if (beside && i + 1 < solutions->len) {
			struct cell b = cell_of(solutions->pdata[++i], width, zone);
			add_pair(lines, &a, &b);
			g_ptr_array_unref(b.lines);
		} else {
			append_all(lines, &a);
		}
		if (i + 1 < solutions->len)
			lines_add(lines);
		g_ptr_array_unref(a.lines);
	}
}
