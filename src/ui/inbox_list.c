/* SPDX-License-Identifier: MIT */
#include "ui/inbox_list_parts.h"

#include "domain/banned.h"

/* Rows kept beyond those seen: what a few pages back and forth need no request for. */
#define KEEP_PAGES 4

static void item_destroy(struct item *i)
{
	inbox_row_destroy(i->row);
	line_destroy(i->line);
	g_free(i);
}

static GPtrArray *items_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)item_destroy);
}

struct inbox_list *inbox_list_create(const struct desk *desk, const char *query, const struct marks *marks)
{
	struct inbox_list *l = g_new0(struct inbox_list, 1);
	inbox_source_init(&l->source, desk, query);
	l->marks = marks;
	l->items = items_new();
	l->height = 1;
	return l;
}

void inbox_list_destroy(struct inbox_list *l)
{
	if (!l)
		return;
	inbox_source_finish(&l->source);
	g_ptr_array_unref(l->items);
	g_free(l->shop);
	g_free(l);
}

static void note_cursor(struct inbox_list *l)
{
	if (l->at < count(l)) {
		const struct inbox_row *r = item_of(l, l->at)->row;
		l->key = r->key;
	}
}

/* Keeps the cursor in the list and the view round the cursor. */
static void settle(struct inbox_list *l)
{
	l->at = CLAMP(l->at, 0, MAX(count(l) - 1, 0));
	int last_top = MAX(count(l) - l->height, 0);
	l->top = CLAMP(l->top, MAX(l->at - l->height + 1, 0), l->at);
	l->top = MIN(l->top, last_top);
	note_cursor(l);
}

/* Nothing is known yet: the list stays as it is. */
static struct inbox_page *no_page(const struct inbox_list *l)
{
	struct inbox_page *p = g_new0(struct inbox_page, 1);
	p->rows = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_row_destroy);
	p->more_before = l->more_before;
	p->more_after = l->more_after;
	return p;
}

static struct inbox_page *request(struct inbox_list *l, enum inbox_from from, struct inbox_key key, int limit,
				  GError **error)
{
	struct inbox_page *p = inbox_source_page(&l->source, from, key, limit, error);
	return !p && l->source.late && l->source.finding ? no_page(l) : p;
}

static void take_head(struct inbox_list *l, struct inbox_page *p)
{
	if (l->source.late)
		return;
	l->counts = p->counts;
	g_free(l->shop);
	l->shop = g_steal_pointer(&p->shop);
}

/* Moves the page's rows into `items` at index `place`. */
static void take_rows(GPtrArray *items, int place, struct inbox_page *p)
{
	GDestroyNotify none = NULL;
	g_ptr_array_set_free_func(p->rows, none);
	for (guint i = 0; i < p->rows->len; i++) {
		struct item *it = g_new0(struct item, 1);
		it->row = p->rows->pdata[i];
		g_ptr_array_insert(items, place < 0 ? -1 : place + (int)i, it);
	}
	g_ptr_array_set_size(p->rows, 0);
}

static void fit_columns(struct inbox_list *l)
{
	columns_fit(&l->columns, l->width, l->order == ORDER_NEWEST);
	for (int i = 0; i < count(l); i++)
		item_of(l, i)->until = G_MININT64;
}

/* Makes one page the whole window. */
static void replace(struct inbox_list *l, struct inbox_page *p)
{
	if (l->source.late)
		return;
	g_ptr_array_set_size(l->items, 0);
	take_rows(l->items, -1, p);
	take_head(l, p);
	l->more_before = p->more_before;
	l->more_after = p->more_after;
	if (l->order != p->order) {
		l->order = p->order;
		fit_columns(l);
	}
}

/* Fetches the rows after the window, and forgets the farthest before it. */
static bool fetch_after(struct inbox_list *l, int rows, GError **error)
{
	const struct inbox_row *last = item_of(l, count(l) - 1)->row;
	g_autoptr(inbox_page_auto) p = request(l, INBOX_AFTER, last->key, rows, error);
	if (!p)
		return false;
	take_rows(l->items, -1, p);
	take_head(l, p);
	l->more_after = p->more_after;
	int extra = MIN(count(l) - l->height * KEEP_PAGES - INBOX_SOURCE_MOST / 10, l->top - l->height);
	if (extra > 0) {
		g_ptr_array_remove_range(l->items, 0, (guint)extra);
		l->top -= extra;
		l->at -= extra;
		l->more_before = true;
	}
	return true;
}

static bool fetch_before(struct inbox_list *l, int rows, GError **error)
{
	const struct inbox_row *first = item_of(l, 0)->row;
	g_autoptr(inbox_page_auto) p = request(l, INBOX_BEFORE, first->key, rows, error);
	if (!p)
		return false;
	int got = (int)p->rows->len;
	take_rows(l->items, 0, p);
	take_head(l, p);
	l->top += got;
	l->at += got;
	l->more_before = p->more_before;
	int keep = l->top + l->height * 2 + INBOX_SOURCE_MOST / 10;
	if (count(l) > keep + l->height * KEEP_PAGES) {
		g_ptr_array_remove_range(l->items, (guint)keep, l->items->len - (guint)keep);
		l->more_after = true;
	}
	return true;
}

/* Fetches until `by` more rows lie after (before) the cursor, or the list ends. */
static bool reach(struct inbox_list *l, int by, GError **error)
{
	while (by > 0 && l->more_after && l->at + by >= count(l)) {
		int had = count(l) - l->at;
		if (!fetch_after(l, MAX(l->height, by), error))
			return false;
		if (count(l) - l->at == had)
			break;
	}
	while (by < 0 && l->more_before && l->at + by < 0) {
		int had = l->at;
		if (!fetch_before(l, MAX(l->height, -by), error))
			return false;
		if (l->at == had)
			break;
	}
	return true;
}

/* Fills the view below and above the cursor where the window is too short for it. */
static bool fill(struct inbox_list *l, GError **error)
{
	if (count(l) && l->more_after && count(l) < l->top + l->height &&
	    !fetch_after(l, l->top + l->height - count(l), error))
		return false;
	if (count(l) && l->more_before && count(l) < l->height &&
	    !fetch_before(l, l->height - count(l), error))
		return false;
	settle(l);
	return true;
}

void inbox_list_resize(struct inbox_list *l, int height, int width)
{
	l->height = MAX(height, 1);
	if (l->width != width) {
		l->width = width;
		fit_columns(l);
	}
	if (count(l))
		settle(l);
}

static int index_of(const struct inbox_list *l, gint64 id)
{
	for (int i = 0; i < count(l); i++) {
		if (item_of(l, i)->row->id == id)
			return i;
	}
	return -1;
}

/* From the start of the list, with the cursor on `id` if it is among the first rows. */
static bool load_start(struct inbox_list *l, gint64 id, bool *found, GError **error)
{
	g_autoptr(inbox_page_auto) p = request(l, INBOX_START, (struct inbox_key){0}, l->height, error);
	if (!p)
		return false;
	replace(l, p);
	int i = index_of(l, id);
	*found = i >= 0;
	l->top = 0;
	l->at = MAX(i, 0);
	return true;
}

/* The rows round the cursor's key, with the cursor as far from the top as it was. */
static bool load_round(struct inbox_list *l, struct inbox_key key, int offset, GError **error)
{
	g_autoptr(inbox_page_auto) p = request(l, INBOX_AT, key, l->height, error);
	if (!p)
		return false;
	if (l->source.late)
		return true;
	if (!p->rows->len) {
		g_autoptr(inbox_page_auto) last = request(l, INBOX_END, key, l->height, error);
		if (!last)
			return false;
		replace(l, last);
		l->at = count(l) - 1;
		settle(l);
		return true;
	}
	replace(l, p);
	l->at = l->top = 0;
	if (offset > 0 && l->more_before && !fetch_before(l, offset, error))
		return false;
	l->top = MAX(l->at - offset, 0);
	return fill(l, error);
}

bool inbox_list_load(struct inbox_list *l, GError **error)
{
	bool found = false, first = !count(l);
	bool at_start = first || (l->top == 0 && !l->more_before);
	struct inbox_key key = l->key;
	int offset = l->at - l->top;
	if (!inbox_source_refresh(&l->source, error))
		return false;
	if (at_start && !load_start(l, key.id, &found, error))
		return false;
	if (first || found) {
		settle(l);
		return true;
	}
	/* A case that moved is followed; one that is gone leaves the cursor at its place. */
	struct inbox_key moved = key;
	g_autoptr(GError) gone = NULL;
	if (!inbox_source_key(&l->source, key.id, &moved, &gone))
		moved = key;
	if (!load_round(l, moved, offset, error))
		return false;
	if (count(l) && l->key.id != key.id && moved.value != key.value)
		return load_round(l, key, offset, error);
	return true;
}

bool inbox_list_query(struct inbox_list *l, const char *query, GError **error)
{
	g_autoptr(inbox_page_auto) p = NULL;
	if (!inbox_source_query(&l->source, query, l->height, &p, error))
		return false;
	l->top = l->at = 0;
	if (p) {
		replace(l, p);
		settle(l);
		return true;
	}
	g_ptr_array_set_size(l->items, 0);
	l->more_before = l->more_after = false;
	return true;
}

int inbox_list_watch(const struct inbox_list *l)
{
	return l->source.finding ? finding_fd(l->source.finding) : 0;
}

bool inbox_list_found(const struct inbox_list *l)
{
	return l->source.found;
}

bool inbox_list_take_found(struct inbox_list *l, GError **error)
{
	bool taken;
	return inbox_source_take(&l->source, &taken, error) && (!taken || inbox_list_load(l, error));
}

const char *inbox_list_query_text(const struct inbox_list *l)
{
	return l->source.query;
}

bool inbox_list_move(struct inbox_list *l, int by, GError **error)
{
	if (!reach(l, by, error))
		return false;
	l->at += by;
	settle(l);
	return true;
}

bool inbox_list_to_end(struct inbox_list *l, bool last, GError **error)
{
	g_autoptr(inbox_page_auto) p =
	    request(l, last ? INBOX_END : INBOX_START, (struct inbox_key){0}, l->height, error);
	if (!p)
		return false;
	if (l->source.late)
		return true;
	replace(l, p);
	l->at = last ? count(l) - 1 : 0;
	l->top = 0;
	settle(l);
	return true;
}

bool inbox_list_go(struct inbox_list *l, gint64 id, GError **error)
{
	int i = index_of(l, id);
	if (i >= 0) {
		l->at = i;
		settle(l);
		return true;
	}
	struct inbox_key key;
	return inbox_source_key(&l->source, id, &key, error) && load_round(l, key, l->at - l->top, error);
}

bool inbox_list_neighbour(struct inbox_list *l, gint64 id, int step, gint64 *found, GError **error)
{
	struct inbox_key key = l->key;
	*found = 0;
	if (key.id != id && !inbox_source_key(&l->source, id, &key, error))
		return false;
	g_autoptr(inbox_page_auto) p = request(l, step > 0 ? INBOX_AFTER : INBOX_BEFORE, key, 1, error);
	if (p && p->rows->len) {
		const struct inbox_row *r = p->rows->pdata[0];
		*found = r->id;
	}
	return p != NULL;
}

bool inbox_list_scroll(struct inbox_list *l, int by, GError **error)
{
	int edge = by > 0 ? l->top + l->height - 1 : l->top;
	if (!reach(l, edge - l->at + by, error))
		return false;
	l->top = CLAMP(l->top + by, 0, MAX(count(l) - l->height, 0));
	l->at = CLAMP(l->at, l->top, l->top + l->height - 1);
	settle(l);
	return true;
}

bool inbox_list_point(struct inbox_list *l, int row)
{
	if (row < 0 || row >= l->height || l->top + row >= count(l))
		return false;
	l->at = l->top + row;
	note_cursor(l);
	return true;
}

const struct inbox_row *inbox_list_selected(const struct inbox_list *l)
{
	return l->at < count(l) ? item_of(l, l->at)->row : NULL;
}

bool inbox_list_at_end(const struct inbox_list *l, bool last)
{
	return last ? !l->more_after && l->at + 1 >= count(l) : !l->more_before && l->at == 0;
}

const struct columns *inbox_list_columns(const struct inbox_list *l)
{
	return &l->columns;
}

enum query_order inbox_list_order(const struct inbox_list *l)
{
	return l->order;
}

const struct inbox_counts *inbox_list_counts(const struct inbox_list *l)
{
	return &l->counts;
}

const char *inbox_list_shop(const struct inbox_list *l)
{
	return l->shop;
}
