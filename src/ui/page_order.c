/* SPDX-License-Identifier: MIT */
#include "ui/page.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "domain/when.h"
#include "domain/when_parse.h"
#include "store/order.h"

#include <string.h>

#include "domain/banned.h"

/* Whether the promised date was kept, in words; NULL while it can't be said. */
static const char *kept(const struct order_page *o, gint64 now)
{
	if (!o->promised)
		return NULL;
	if (o->delivered)
		return o->delivered <= o->promised ? _("kept") : _("missed: it came late");
	return now > o->promised ? _("missed: it hasn't come") : NULL;
}

static void add_links(struct page *p, const struct order_page *o)
{
	g_autofree char *ordered = o->order.ordered ? when_stamp(o->order.ordered, p->zone) : NULL;
	page_heading(p, _("Order (Enter changes a line, u takes it back)"));
	page_field(p, "item", o->order.item);
	page_money_field(p, "value", &o->order.value);
	page_field(p, "article", o->order.sku);
	page_fact(p, _("ordered"), ordered);
	if (o->buyer_id) {
		g_autofree char *text = g_strdup_printf(_("buyer: %s"), o->buyer ? o->buyer : "?");
		page_item(p, ITEM_BUYER, o->buyer_id, text);
	}
	if (o->product) {
		g_autofree char *text = g_strdup_printf(_("article: %s"), o->order.sku ? o->order.sku : "?");
		page_item(p, ITEM_PRODUCT, o->product, text);
	}
}

/* "25.11.", "2026-11-25 14:30": a reference may be a number, too. */
static bool is_date(const char *text)
{
	int dots = 0, dashes = 0;
	for (const char *c = text; *c; c++) {
		dots += *c == '.';
		dashes += *c == '-';
		if (!g_ascii_isdigit(*c) && !strchr(".-: ", *c))
			return false;
	}
	return dots == 2 || dashes == 2;
}

/* When it came, if that was typed among its words (Y4): no later than it was recorded. */
static gint64 time_of(const struct payment *pay, GTimeZone *zone)
{
	g_auto(GStrv) parts = g_strsplit(pay->text ? pay->text : "", ",", -1);
	for (int i = 0; parts[i]; i++) {
		gint64 at;
		if (is_date(g_strstrip(parts[i])) &&
		    when_parse(parts[i], pay->at - 365 * DAY_MS, zone, &at, NULL) && at <= pay->at)
			return at;
	}
	return pay->at;
}

static void add_payments(struct page *p, const struct order_page *o)
{
	page_heading(p, _("Payments ($ on a case records one)"));
	for (guint i = 0; i < o->payments->len; i++) {
		const struct payment *pay = o->payments->pdata[i];
		g_autofree char *amount = money_format(&pay->amount);
		g_autofree char *at = when_stamp(time_of(pay, p->zone), p->zone);
		g_autofree char *text = g_strdup_printf("%s  %s  %s", at, amount, pay->text ? pay->text : "");
		if (pay->case_id)
			page_item(p, ITEM_CASE, pay->case_id, text);
		else
			page_text(p, text);
	}
	if (!o->payments->len)
		page_text(p, _("none is known"));
}

struct page *page_order(const struct desk *desk, gint64 id, GError **error)
{
	g_autoptr(order_page_auto) o = store_order_page(desk->store, id, error);
	if (!o)
		return NULL;
	g_autofree char *title = g_strdup_printf(_(" Order  %s  %s"), o->order.number, o->platform);
	struct page *p = page_create(desk, RECORD_ORDER, id, title);
	add_links(p, o);
	page_heading(p, _("Delivery"));
	page_time_field(p, "promised", o->promised);
	page_fact(p, _("the promise was"), kept(o, p->now));
	page_time_field(p, "dispatched", o->dispatched);
	page_time_field(p, "delivered", o->delivered);
	page_field(p, "carrier", o->carrier);
	page_field(p, "tracking", o->tracking);
	add_payments(p, o);
	page_heading(p, _("Cases"));
	page_cases(p, o->cases);
	return p;
}
