/* SPDX-License-Identifier: MIT */
#include "store/product.h"

#include "domain/intl.h"
#include "store/inbox.h"
#include "store/sql.h"

#include "domain/banned.h"

#define ROWS 50

/* The newest orders of the article ?1: a bound on what is read. */
#define ORDERS "(SELECT id FROM orders WHERE product = ?1 ORDER BY id DESC LIMIT ?2)"

void product_page_destroy(struct product_page *p)
{
	if (!p)
		return;
	g_free(p->sku);
	g_free(p->name);
	g_free(p->strengths);
	g_free(p->faults);
	g_free(p->notes);
	g_array_unref(p->troubles);
	g_ptr_array_unref(p->cases);
	g_free(p);
}

static bool read_record(struct store *s, struct product_page *p, GError **error)
{
	sqlite3_stmt *q = sql_query(
	    s, error, "SELECT sku, name, strengths, faults, notes FROM products WHERE id = ?", "i", p->id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
				    _("there is no article %" PRId64), p->id);
		return false;
	}
	char **const texts[] = {&p->sku, &p->name, &p->strengths, &p->faults, &p->notes};
	for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
		*texts[i] = sql_copy(q, i);
	sqlite3_reset(q);
	return true;
}

static bool read_troubles(struct store *s, struct product_page *p, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT kind, count(*), sum(cost), cost_currency FROM cases WHERE order_id IN " ORDERS
		      " GROUP BY kind, cost_currency ORDER BY count(*) DESC, kind LIMIT 60",
		      "ii", p->id, (gint64)PRODUCT_ORDERS);
	while (q && sql_step(s, q, error)) {
		struct trouble t = {sql_word(q, 0, &KINDS, KIND_OTHER), sqlite3_column_int64(q, 1),
				    sql_money(q, 2)};
		g_array_append_val(p->troubles, t);
	}
	return q && sql_ended(s) &&
	       sql_number(s, &p->n_orders, NULL, error, "SELECT count(*) FROM " ORDERS, "ii", p->id,
			  (gint64)PRODUCT_ORDERS);
}

static bool read_cases(struct store *s, struct product_page *p, GError **error)
{
	g_autofree char *text = g_strdup_printf("SELECT %s FROM cases c WHERE c.order_id IN " ORDERS
						" ORDER BY c.latest DESC LIMIT %d",
						inbox_columns(), ROWS);
	sqlite3_stmt *q = sql_query(s, error, text, "ii", p->id, (gint64)PRODUCT_ORDERS);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(p->cases, inbox_row_read(q));
	return q && sql_ended(s);
}

struct product_page *store_product_page(struct store *s, gint64 id, GError **error)
{
	g_autoptr(product_page_auto) p = g_new0(struct product_page, 1);
	p->id = id;
	p->troubles = g_array_new(false, false, sizeof(struct trouble));
	p->cases = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_row_destroy);
	if (!sql_read_begin(s, error))
		return NULL;
	bool ok = read_record(s, p, error) && read_troubles(s, p, error) && read_cases(s, p, error);
	sql_read_end(s);
	return ok ? g_steal_pointer(&p) : NULL;
}
