/* SPDX-License-Identifier: MIT */
#include "store/order.h"

#include "domain/intl.h"
#include "store/act_write.h"
#include "store/inbox.h"
#include "store/sql.h"

#include "domain/banned.h"

#define ROWS 100

void payment_destroy(struct payment *p)
{
	g_free(p->text);
	g_free(p);
}

void order_page_destroy(struct order_page *p)
{
	if (!p)
		return;
	g_free(p->order.number);
	g_free(p->order.item);
	g_free(p->order.sku);
	g_free(p->platform);
	g_free(p->carrier);
	g_free(p->tracking);
	g_free(p->buyer);
	g_ptr_array_unref(p->payments);
	g_ptr_array_unref(p->cases);
	g_free(p);
}

static bool read_record(struct store *s, struct order_page *p, gint64 id, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT o.number, o.item, d.sku, o.minor, o.currency, o.ordered, f.name, o.carrier, o.tracking,"
	    " coalesce(b.name, b.alias), o.buyer, o.product, o.promised, o.dispatched, o.delivered"
	    " FROM orders o JOIN platforms f ON f.id = o.platform LEFT JOIN buyers b ON b.id = o.buyer"
	    " LEFT JOIN products d ON d.id = o.product WHERE o.id = ?",
	    "i", id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
				    _("there is no order %" PRId64), id);
		return false;
	}
	p->order.id = id;
	p->order.number = sql_copy(q, 0);
	p->order.item = sql_copy(q, 1);
	p->order.sku = sql_copy(q, 2);
	p->order.value = sql_money(q, 3);
	p->order.ordered = sqlite3_column_int64(q, 5);
	p->platform = sql_copy(q, 6);
	p->carrier = sql_copy(q, 7);
	p->tracking = sql_copy(q, 8);
	p->buyer = sql_copy(q, 9);
	p->buyer_id = sqlite3_column_int64(q, 10);
	p->product = sqlite3_column_int64(q, 11);
	p->promised = sqlite3_column_int64(q, 12);
	p->dispatched = sqlite3_column_int64(q, 13);
	p->delivered = sqlite3_column_int64(q, 14);
	return true;
}

static bool read_payments(struct store *s, struct order_page *p, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT e.at AS at, e.case_id, coalesce(e.text, m.subject), iif(e.currency = '', "
		      "coalesce(m.minor,"
		      " 0), e.minor), iif(e.currency = '', coalesce(m.currency, ''), e.currency) FROM cases c"
		      " JOIN events e ON e.case_id = c.id LEFT JOIN messages m ON m.id = e.message"
		      " WHERE c.order_id = ?1 AND e.trigger = 'payment-received' AND " ACT_LIVE
		      " UNION ALL SELECT m.sent, 0, m.subject, m.minor, m.currency FROM messages m"
		      " WHERE m.case_id IS NULL AND m.order_id = ?1 AND m.trigger = 'payment-received'"
		      " ORDER BY at LIMIT ?2",
		      "ii", p->order.id, (gint64)ROWS);
	while (q && sql_step(s, q, error)) {
		struct payment *pay = g_new0(struct payment, 1);
		*pay = (struct payment){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
					sql_copy(q, 2), sql_money(q, 3)};
		g_ptr_array_add(p->payments, pay);
	}
	return q && sql_ended(s);
}

static bool read_cases(struct store *s, struct order_page *p, GError **error)
{
	g_autofree char *text =
	    g_strdup_printf("SELECT %s FROM cases c WHERE c.order_id = ? ORDER BY c.latest DESC LIMIT %d",
			    inbox_columns(), ROWS);
	sqlite3_stmt *q = sql_query(s, error, text, "i", p->order.id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(p->cases, inbox_row_read(q));
	return q && sql_ended(s);
}

struct order_page *store_order_page(struct store *s, gint64 id, GError **error)
{
	g_autoptr(order_page_auto) p = g_new0(struct order_page, 1);
	p->payments = g_ptr_array_new_with_free_func((GDestroyNotify)payment_destroy);
	p->cases = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_row_destroy);
	if (!sql_read_begin(s, error))
		return NULL;
	bool ok = read_record(s, p, id, error) && read_payments(s, p, error) && read_cases(s, p, error);
	sql_read_end(s);
	return ok ? g_steal_pointer(&p) : NULL;
}
