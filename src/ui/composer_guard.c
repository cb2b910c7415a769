/* SPDX-License-Identifier: MIT */
/* What the guard found in the draft, and how that is told. */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/foreign.h"
#include "store/guard_files.h"

#include "domain/banned.h"

/* What stops the answer comes first; the sort keeps the order of the text. */
static int by_severity(gconstpointer a, gconstpointer b)
{
	const struct guard_finding *const *x = a, *const *y = b;
	return (int)(*x)->severity - (int)(*y)->severity;
}

void composer_guard(struct composer *c)
{
	const struct guard_rules *rules =
	    c->buffer == DRAFT_REPLY ? library_guard(c->view.desk->library) : NULL;
	guint version = text_area_version(c->area);
	if (c->found_in == version || !c->file)
		return;
	c->found_in = version;
	c->finding = -1;
	g_ptr_array_set_size(c->findings, 0);
	if (!rules || !text_area_length(c->area))
		return;
	const char *own[2];
	struct guard_case facts = guard_case_of(c->file, composer_file_count(c), c->view.desk->now(), own);
	/* What can't be looked up for a fault isn't looked up; the fault shows elsewhere. */
	g_auto(GStrv) foreign =
	    store_foreign(c->view.desk->store, c->file->record.id, text_area_text(c->area), NULL);
	facts.foreign = (const char *const *)foreign;
	struct guard_draft draft = {.text = text_area_text(c->area),
				    .lang_known = true,
				    .lang = c->lang,
				    .platform = c->file->record.platform,
				    .facts = &facts};
	g_ptr_array_unref(c->findings);
	c->findings = guard_read(rules, &draft);
	g_ptr_array_sort(c->findings, by_severity);
}

guint composer_count(const struct composer *c, enum guard_severity severity)
{
	guint count = 0;
	for (guint i = 0; i < c->findings->len; i++) {
		const struct guard_finding *f = c->findings->pdata[i];
		count += f->severity == severity;
	}
	return count;
}

bool composer_next_finding(struct composer *c)
{
	composer_guard(c);
	if (!c->findings->len)
		return false;
	c->finding = (c->finding + 1) % (int)c->findings->len;
	const struct guard_finding *f = c->findings->pdata[c->finding];
	if (f->length)
		text_area_go(c->area, f->at);
	composer_follow(c);
	return true;
}

/* --- telling ------------------------------------------------------------------------ */

static const struct guard_finding *finding(const struct composer *c, guint n)
{
	return c->findings->pdata[n];
}

/* How many places the rule of finding `n` found; 0 if an earlier finding is of it and tells that. */
static guint places(const struct composer *c, guint n)
{
	guint count = 0;
	for (guint i = 0; i < c->findings->len; i++) {
		bool same = finding(c, i)->rule == finding(c, n)->rule;
		if (same && i < n)
			return 0;
		count += same;
	}
	return count;
}

struct wrapping {
	GPtrArray *lines;
	const char *mark;
	enum style style, mark_style;
};

static void wrapped_line(const char *bytes, gsize length, void *data)
{
	struct wrapping *w = data;
	g_autofree char *text = g_strndup(bytes, length);
	struct line *l = lines_add(w->lines);
	line_add(l, w->mark_style, w->mark);
	line_add(l, w->style, text);
	w->mark = "  ";
}

/* The one that was gone to in full, with its reason; of the others the first line. */
static void add_finding(const struct composer *c, guint n, int columns, GPtrArray *lines)
{
	static const enum style styles[N_GUARD_SEVERITIES] = {STYLE_ERROR, STYLE_OVERDUE, STYLE_TODAY};
	static const char *const marks[N_GUARD_SEVERITIES] = {"! ", "? ", "- "};
	const struct guard_finding *f = finding(c, n);
	guint count = places(c, n);
	bool chosen = c->finding >= 0 && finding(c, (guint)c->finding)->rule == f->rule;
	g_autofree char *often = count > 1 ? g_strdup_printf(_("(%u places) "), count) : g_strdup("");
	g_autofree char *text =
	    g_strconcat(often, f->text, chosen ? " " : "", chosen ? f->rule->why : "", NULL);
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	struct wrapping w = {lines, marks[f->severity], STYLE_PLAIN,
			     chosen ? STYLE_SELECTED : styles[f->severity]};
	if (chosen) {
		text_wrap(safe, MAX(columns - 2, 8), wrapped_line, &w);
		return;
	}
	g_autoptr(GString) cut = g_string_new(NULL);
	text_column(cut, safe, MAX(columns - 2, 8), TEXT_LEFT);
	wrapped_line(cut->str, cut->len, &w);
}

GPtrArray *composer_guard_lines(const struct composer *c, int columns, int *chosen)
{
	GPtrArray *lines = lines_new();
	*chosen = 0;
	for (guint n = 0; n < c->findings->len; n++) {
		if (!places(c, n))
			continue;
		if (c->finding >= 0 && finding(c, (guint)c->finding)->rule == finding(c, n)->rule)
			*chosen = (int)lines->len;
		add_finding(c, n, columns, lines);
	}
	return lines;
}
