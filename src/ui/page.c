/* SPDX-License-Identifier: MIT */
#include "ui/page.h"

#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

static void item_clear(gpointer data)
{
	g_free(((struct page_item *)data)->value);
}

struct page *page_create(const struct desk *desk, enum record record, gint64 id, const char *title)
{
	struct page *p = g_new0(struct page, 1);
	p->title = text_safe(title, -1, TEXT_ONE_LINE);
	p->lines = lines_new();
	p->items = g_array_new(false, true, sizeof(struct page_item));
	g_array_set_clear_func(p->items, item_clear);
	p->columns = desk->cols;
	p->now = desk->now();
	p->zone = desk->zone;
	p->record = record;
	p->id = id;
	return p;
}

void page_destroy(struct page *p)
{
	if (!p)
		return;
	g_free(p->title);
	g_ptr_array_unref(p->lines);
	g_array_unref(p->items);
	g_free(p);
}

void page_heading(struct page *p, const char *title)
{
	if (p->lines->len)
		lines_add(p->lines);
	line_add(lines_add(p->lines), STYLE_TITLE, title);
}

struct wrapping {
	struct page *page;
	bool later;
};

static void wrapped_line(const char *bytes, gsize length, void *data)
{
	struct wrapping *w = data;
	g_autofree char *text = g_strndup(bytes, length);
	struct line *l = lines_add(w->page->lines);
	line_fill(l, STYLE_PLAIN, w->later ? 4 : 2);
	line_add(l, STYLE_PLAIN, text);
	w->later = true;
}

void page_text(struct page *p, const char *text)
{
	struct wrapping w = {.page = p};
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	text_wrap(safe, MAX(p->columns - 5, 8), wrapped_line, &w);
}

void page_fact(struct page *p, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	g_autofree char *whole = g_strdup_printf("%s: %s", label, text);
	page_text(p, whole);
}

void page_item(struct page *p, enum page_item_kind kind, gint64 id, const char *text)
{
	struct page_item item = {.line = (int)p->lines->len, .kind = kind, .id = id};
	g_array_append_val(p->items, item);
	page_text(p, text);
}

static void add_field(struct page *p, const char *field, const char *value, const char *shown)
{
	const struct record_field *f = record_field_find(p->record, field);
	struct page_item item = {.line = (int)p->lines->len,
				 .kind = ITEM_FIELD,
				 .id = p->id,
				 .field = f,
				 .value = g_strdup(value)};
	g_autofree char *whole = g_strdup_printf("%s: %s", _(f->title), *shown ? shown : "-");
	g_array_append_val(p->items, item);
	page_text(p, whole);
}

void page_field(struct page *p, const char *field, const char *value)
{
	const struct record_field *f = record_field_find(p->record, field);
	bool yes = value && g_str_equal(value, "1");
	add_field(p, field, value ? value : "",
		  f->kind == EDIT_YES_NO ? (yes ? _("yes") : _("no"))
		  : value                ? value
					 : "");
}

void page_time_field(struct page *p, const char *field, gint64 at)
{
	g_autofree char *value = g_strdup_printf("%" PRId64, at);
	g_autofree char *shown = at ? when_stamp(at, p->zone) : g_strdup("");
	add_field(p, field, value, shown);
}

void page_money_field(struct page *p, const char *field, const struct money *m)
{
	g_autofree char *value = edit_money(m), *shown = money_format(m);
	add_field(p, field, value, shown);
}

void page_cases(struct page *p, GPtrArray *cases)
{
	for (guint i = 0; i < cases->len; i++) {
		const struct inbox_row *r = cases->pdata[i];
		g_autofree char *value = money_format(&r->value);
		g_autofree char *latest = when_stamp(r->latest, p->zone);
		g_autofree char *text = g_strdup_printf(
		    "#%" PRId64 "  %s  %s  %s  %s  %s", r->id, latest, vocab_title(&KINDS, (int)r->kind),
		    vocab_title(&STATUSES, (int)r->status), value, r->subject ? r->subject : "");
		page_item(p, ITEM_CASE, r->id, text);
	}
}

char *page_sums(const GArray *sums)
{
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < sums->len; i++) {
		g_autofree char *text = money_format(&g_array_index(sums, struct money, i));
		g_string_append_printf(out, "%s%s", i ? ", " : "", text);
	}
	return g_string_free(out, FALSE);
}
