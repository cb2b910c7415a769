/* SPDX-License-Identifier: MIT */
#include "ui/page.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "store/buyer.h"

#include "domain/banned.h"

static void add_fields(struct page *p, const struct buyer_page *b)
{
	page_heading(p, _("Buyer (Enter changes a line, u takes it back)"));
	page_field(p, "name", b->buyer.name);
	page_field(p, "lang", b->buyer.lang);
	page_field(p, "vip", b->buyer.vip ? "1" : "0");
	page_field(p, "segment", b->buyer.segment);
	page_field(p, "contacts", b->contacts);
	page_field(p, "notes", b->buyer.notes);
	for (guint i = 0; i < b->aliases->len; i++)
		page_fact(p, _("known as"), b->aliases->pdata[i]);
	page_item(p, ITEM_MERGE, b->buyer.id, _("+ merge another record of this person"));
}

static void add_figures(struct page *p, const struct buyer_page *b)
{
	g_autofree char *cost = page_sums(b->costs), *spent = page_sums(b->spent);
	g_autofree char *counts = g_strdup_printf(
	    _("cases: %" PRId64 " (open: %" PRId64 "), messages: %" PRId64 ", orders: %" PRId64), b->n_cases,
	    b->n_open, b->n_messages, b->n_orders);
	page_heading(p, _("In all"));
	page_text(p, counts);
	page_fact(p, _("bought"), spent);
	page_fact(p, _("cost the shop"), cost);
}

static void add_follow_ups(struct page *p, const struct buyer_page *b)
{
	page_heading(p, _("Follow-ups"));
	for (guint i = 0; i < b->follow_ups->len; i++) {
		const struct follow_up *f = b->follow_ups->pdata[i];
		g_autofree char *left = when_countdown(f->due, p->now, p->zone);
		g_autofree char *text = g_strdup_printf("%s  %s (%s)", left, f->text, f->login);
		page_item(p, ITEM_CASE, f->case_id, text);
	}
	page_item(p, ITEM_ADD_FOLLOW_UP, b->buyer.id, _("+ call or write again at a time"));
}

static void add_orders(struct page *p, const struct buyer_page *b)
{
	page_heading(p, _("Orders"));
	for (guint i = 0; i < b->orders->len; i++) {
		const struct order_row *o = b->orders->pdata[i];
		g_autofree char *value = money_format(&o->value);
		g_autofree char *text =
		    g_strdup_printf("%s  %s  %s", o->number, value, o->item ? o->item : "");
		page_item(p, ITEM_ORDER, o->id, text);
	}
}

struct page *page_buyer(const struct desk *desk, gint64 id, GError **error)
{
	g_autoptr(buyer_page_auto) b = store_buyer_page(desk->store, id, error);
	if (!b)
		return NULL;
	const char *name = b->buyer.name ? b->buyer.name : b->buyer.handle;
	g_autofree char *title =
	    g_strdup_printf(_(" Buyer  %s  %s%s"), name, b->platform, b->buyer.vip ? _("  VIP") : "");
	struct page *p = page_create(desk, RECORD_BUYER, b->buyer.id, title);
	add_fields(p, b);
	add_figures(p, b);
	add_follow_ups(p, b);
	page_heading(p, _("Cases"));
	page_cases(p, b->cases);
	add_orders(p, b);
	return p;
}
