/* SPDX-License-Identifier: MIT */
/* A buyer's, an order's or a product's page: read from the top down, edited in place. */
#include "ui/view.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "domain/when_parse.h"
#include "store/buyer.h"
#include "store/shop_file.h"
#include "ui/page.h"
#include "ui/pager.h"

#include <string.h>

#include "domain/banned.h"

struct view_page {
	struct view view;
	enum record record;
	gint64 id;
	struct page *page; /* its lines are the pager's */
	struct pager pager;
	int choice; /* item */
	int asked;  /* item whose question is open; -1: none */
};

static const struct page_item *item_at(const struct view_page *v, int n)
{
	bool there = v->page && n >= 0 && n < (int)v->page->items->len;
	return there ? &g_array_index(v->page->items, struct page_item, n) : NULL;
}

static void show_choice(struct view_page *v)
{
	const struct page_item *i = item_at(v, v->choice);
	if (!i)
		return;
	/* From the first item one sees the heading above it. */
	int line = v->choice == 0 ? 0 : i->line;
	if (line < v->pager.top)
		pager_to(&v->pager, line);
	if (i->line >= v->pager.top + v->pager.height)
		pager_to(&v->pager, i->line - v->pager.height + 1);
}

static bool page_load(struct view *view, enum load_reason why, GError **error)
{
	static struct page *(*const make[])(const struct desk *, gint64, GError **) = {page_buyer, page_order,
										       page_product};
	struct view_page *v = (struct view_page *)view;
	struct page *p = make[v->record](view->desk, v->id, error);
	if (!p)
		return false;
	page_destroy(v->page);
	v->page = p;
	/* A record that was merged shows the one it leads to. */
	v->id = p->id;
	pager_set(&v->pager, g_ptr_array_ref(p->lines));
	pager_resize(&v->pager, view->desk->rows - 2);
	v->choice = CLAMP(v->choice, 0, MAX((int)p->items->len - 1, 0));
	if (why == LOAD_SIZE)
		show_choice(v);
	view->wake = view->desk->now() + 60000;
	return true;
}

static void page_draw(const struct view *view, struct frame *f)
{
	const struct view_page *v = (const struct view_page *)view;
	const struct page_item *chosen = item_at(v, v->choice);
	if (!v->page)
		return;
	line_column(frame_line(f, 0), STYLE_HEADER, v->page->title, f->cols, TEXT_LEFT);
	pager_draw(&v->pager, f, 1);
	int row = chosen ? chosen->line - v->pager.top : -1;
	const struct line *src = row >= 0 ? pager_line(&v->pager, row) : NULL;
	struct line *l = src && row < v->pager.height ? frame_line(f, row + 1) : NULL;
	if (!l)
		return;
	g_autofree char *text = g_strdup_printf(">%s", src->text->len ? src->text->str + 1 : "");
	line_clear(l);
	line_column(l, STYLE_SELECTED, text, f->cols, TEXT_LEFT);
}

static guint page_can(const struct view *view)
{
	return item_at((const struct view_page *)view, 0) ? NEED_OTHER : 0;
}

/* --- what Enter does ------------------------------------------------------------------------------ */

static void ask_field(const struct view_page *v, const struct page_item *i, struct outcome *out)
{
	bool time = edit_is_time(i->field->kind);
	out->ask = g_strdup_printf(
	    time ? _("%s (2026-03-31, 31.3. 14:00, yesterday; empty: none): ") : "%s: ", _(i->field->title));
	struct money m;
	if (i->field->kind == EDIT_MONEY)
		out->ask_begin = edit_money_read(i->value, &m) ? money_format(&m) : NULL;
	else if (!time)
		out->ask_begin = g_strdup(i->value);
	else if (g_ascii_strtoll(i->value, NULL, 10))
		out->ask_begin = when_stamp(g_ascii_strtoll(i->value, NULL, 10), v->view.desk->zone);
}

static void ask_follow_up(struct outcome *out)
{
	out->ask = g_strdup(_("When; what for (1.12. 10; ask how the clock runs): "));
}

static bool edit(struct view_page *v, const struct page_item *i, const char *value, GError **error)
{
	const struct desk *d = v->view.desk;
	return store_edit(d->store, d->me, v->record, v->id, i->field->id, value, d->now(), error) &&
	       page_load(&v->view, LOAD_STORE, error);
}

static bool open_item(struct view_page *v, struct outcome *out, GError **error)
{
	const struct page_item *i = item_at(v, v->choice);
	const struct desk *d = v->view.desk;
	if (!i)
		return true;
	v->asked = v->choice;
	switch (i->kind) {
	case ITEM_FIELD:
		if (i->field->kind == EDIT_YES_NO)
			return edit(v, i, g_str_equal(i->value, "1") ? "0" : "1", error);
		ask_field(v, i, out);
		return true;
	case ITEM_CASE:
		out->open = view_case_create(d, i->id);
		return true;
	case ITEM_BUYER:
	case ITEM_ORDER:
	case ITEM_PRODUCT:
		out->open = view_page_create(d, (enum record)(i->kind - ITEM_BUYER), i->id);
		return true;
	case ITEM_ADD_FOLLOW_UP:
		ask_follow_up(out);
		return true;
	case ITEM_MERGE:
		out->ask = g_strdup(_("The other record's number or alias: "));
		return true;
	}
	return true;
}

/* --- answers ---------------------------------------------------------------------------------------- */

/* Says which day and year it took. */
static bool answer_time(struct view_page *v, const struct page_item *i, const char *typed,
			struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	enum when_side side = i->field->kind == EDIT_PAST ? WHEN_BEHIND : WHEN_NEAR;
	struct when_meant meant = {0};
	if (*typed && !when_parse_side(typed, side, d->now(), d->zone, &meant, error))
		return false;
	g_autofree char *day = *typed ? when_long(meant.at, d->zone) : g_strdup("-");
	g_autofree char *said = g_strdup_printf("%s: %s", _(i->field->title), day);
	g_autofree char *value = g_strdup_printf("%" PRId64, meant.at);
	if (!edit(v, i, value, error))
		return false;
	out->say = g_steal_pointer(&said);
	return true;
}

/* A bare amount is in the currency that stands there. */
static bool answer_money(struct view_page *v, const struct page_item *i, const char *typed, GError **error)
{
	struct money was = {0}, m = {0};
	edit_money_read(i->value, &was);
	const char *currency = store_currency(v->view.desk->store, *was.currency ? was.currency : NULL);
	bool read = !*typed || money_parse(typed, currency, &m);
	g_autofree char *value = read ? edit_money(&m) : g_strdup(typed);
	return edit(v, i, value, error);
}

static bool answer_field(struct view_page *v, const struct page_item *i, const char *typed,
			 struct outcome *out, GError **error)
{
	if (i->field->kind == EDIT_MONEY)
		return answer_money(v, i, typed, error);
	return edit_is_time(i->field->kind) ? answer_time(v, i, typed, out, error) : edit(v, i, typed, error);
}

/* What was typed isn't lost by a slip; a day that is too soon becomes the first one allowed. */
static void ask_again(struct view_page *v, const char *typed, const char *text, gint64 allowed,
		      const char *why, struct outcome *out)
{
	g_autofree char *day = allowed ? when_stamp(allowed, v->view.desk->zone) : NULL;
	ask_follow_up(out);
	out->ask_begin = day ? g_strdup_printf("%s; %s", day, text) : g_strdup(typed);
	out->ask_fault = g_strdup(why);
	v->asked = v->choice;
}

/* Planned as an act, so that u in the list takes it back. */
static bool answer_follow_up(struct view_page *v, const char *typed, struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	g_autoptr(GError) fault = NULL;
	g_auto(GStrv) parts = g_strsplit(typed, ";", 2);
	const char *text = parts[0] && parts[1] ? g_strstrip(parts[1]) : "";
	gint64 due = 0;
	struct acted r = {0};
	if (!when_parse(parts[0] ? g_strstrip(parts[0]) : "", d->now(), d->zone, &due, &fault) ||
	    !store_follow_up(d->store, d->me, v->id, due, text, d->now(), &r, &fault)) {
		ask_again(v, typed, text, r.allowed, fault->message, out);
		return true;
	}
	out->say = g_strdup_printf(
	    _("Planned as case #%" PRId64 ": it comes into the list by its own clock."), r.case_id);
	return page_load(&v->view, LOAD_STORE, error);
}

static bool answer_merge(struct view_page *v, const char *typed, struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	gint64 other = 0;
	if (!store_buyer_find(d->store, v->id, typed, &other, error))
		return false;
	if (!other) {
		out->say = g_strdup(_("No other buyer has that number or alias."));
		return true;
	}
	out->say = g_strdup(_("Merged; u on this page takes it back."));
	return store_buyer_merge(d->store, d->me, v->id, other, d->now(), error) &&
	       page_load(&v->view, LOAD_STORE, error);
}

static bool answered(struct view_page *v, const char *text, struct outcome *out, GError **error)
{
	const struct page_item *i = item_at(v, v->asked);
	g_autofree char *typed = g_strstrip(g_strdup(text));
	v->asked = -1;
	if (!i || (!*typed && i->kind != ITEM_FIELD))
		return true;
	switch (i->kind) {
	case ITEM_FIELD:
		return answer_field(v, i, typed, out, error);
	case ITEM_ADD_FOLLOW_UP:
		return answer_follow_up(v, typed, out, error);
	case ITEM_MERGE:
		return answer_merge(v, typed, out, error);
	default:
		return true;
	}
}

/* --- acting ----------------------------------------------------------------------------------------- */

static void move(struct view_page *v, int by)
{
	int last = (int)v->page->items->len - 1;
	/* Beyond the last item there may be lines still. */
	if (by > 0 && v->choice == last)
		pager_move(&v->pager, by);
	v->choice = CLAMP(v->choice + by, 0, MAX(last, 0));
	if (by < 0 || v->choice < last)
		show_choice(v);
}

static void point(struct view_page *v, const struct request *r)
{
	if (r->wheel) {
		pager_move(&v->pager, r->wheel * 3);
		return;
	}
	for (int n = 0; n < (int)v->page->items->len; n++) {
		if (item_at(v, n)->line == v->pager.top + r->row - 1)
			v->choice = n;
	}
}

static bool take_back(struct view_page *v, struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	return store_edit_undo(d->store, d->me, v->record, v->id, &out->say, error) &&
	       page_load(&v->view, LOAD_STORE, error);
}

static bool page_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_page *v = (struct view_page *)view;
	int page = MAX(v->pager.height - 1, 1);
	if (r->action == ACTION_BACK || !v->page) {
		out->leave = true;
		return true;
	}
	switch (r->action) {
	case ACTION_OPEN:
		return open_item(v, out, error);
	case ACTION_ANSWERED:
		return answered(v, r->text, out, error);
	case ACTION_EDIT_UNDO:
		return take_back(v, out, error);
	case ACTION_DOWN:
	case ACTION_UP:
		move(v, r->action == ACTION_DOWN ? 1 : -1);
		return true;
	case ACTION_PAGE_DOWN:
	case ACTION_PAGE_UP:
		move(v, r->action == ACTION_PAGE_DOWN ? page : -page);
		return true;
	case ACTION_FIRST:
	case ACTION_LAST:
		move(v, r->action == ACTION_LAST ? (int)v->page->items->len : -(int)v->page->items->len);
		return true;
	case ACTION_POINT:
		point(v, r);
		return true;
	default:
		return true;
	}
}

static void page_view_destroy(struct view *view)
{
	struct view_page *v = (struct view_page *)view;
	page_destroy(v->page);
	pager_finish(&v->pager);
	g_free(v);
}

static const struct view_ops page_ops = {
    .place = PLACE_PAGE,
    .load = page_load,
    .draw = page_draw,
    .can = page_can,
    .act = page_act,
    .destroy = page_view_destroy,
};

struct view *view_page_create(const struct desk *desk, enum record record, gint64 id)
{
	struct view_page *v = g_new0(struct view_page, 1);
	v->view = (struct view){.ops = &page_ops, .desk = desk, .wake = G_MAXINT64};
	v->record = record;
	v->id = id;
	v->asked = -1;
	pager_init(&v->pager);
	return &v->view;
}

bool view_page_of_case(const struct desk *desk, enum record record, gint64 case_id, struct outcome *out,
		       GError **error)
{
	static const char *const lacks[] = {
	    N_("The case has no buyer."), N_("The case has no order."),
	    N_("The case's article isn't known: v opens the order, to enter its number.")};
	struct case_request q = {.id = case_id, .limit = 1, .text_limit = 1};
	g_autoptr(case_file_auto) f = store_case(desk->store, &q, error);
	if (!f)
		return false;
	gint64 ids[] = {f->buyer ? f->buyer->id : 0, f->order ? f->order->id : 0,
			f->order ? f->order->product : 0};
	if (ids[record])
		out->open = view_page_create(desk, record, ids[record]);
	else
		out->say = g_strdup(_(lacks[record == RECORD_PRODUCT && !f->order ? RECORD_ORDER : record]));
	return true;
}
