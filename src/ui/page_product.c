/* SPDX-License-Identifier: MIT */
#include "ui/page.h"

#include "domain/intl.h"
#include "store/product.h"

#include "domain/banned.h"

static void add_troubles(struct page *p, const struct product_page *d)
{
	g_autofree char *orders = g_strdup_printf(
	    d->n_orders < PRODUCT_ORDERS ? _("%" PRId64 " orders") : _("the newest %" PRId64 " orders"),
	    d->n_orders);
	page_heading(p, _("What goes wrong, and what it costs"));
	page_text(p, orders);
	for (guint i = 0; i < d->troubles->len; i++) {
		const struct trouble *t = &g_array_index(d->troubles, struct trouble, i);
		g_autofree char *cost = money_format(&t->cost);
		g_autofree char *text =
		    g_strdup_printf("%" PRId64 "  %s  %s", t->cases, vocab_title(&KINDS, (int)t->kind), cost);
		page_text(p, text);
	}
}

struct page *page_product(const struct desk *desk, gint64 id, GError **error)
{
	g_autoptr(product_page_auto) d = store_product_page(desk->store, id, error);
	if (!d)
		return NULL;
	g_autofree char *title = g_strdup_printf(_(" Article  %s  %s"), d->sku, d->name ? d->name : "");
	struct page *p = page_create(desk, RECORD_PRODUCT, id, title);
	page_heading(p, _("Article (Enter changes a line, u takes it back)"));
	page_field(p, "name", d->name);
	page_field(p, "strengths", d->strengths);
	page_field(p, "faults", d->faults);
	page_field(p, "notes", d->notes);
	add_troubles(p, d);
	page_heading(p, _("Cases"));
	page_cases(p, d->cases);
	return p;
}
