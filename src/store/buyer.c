/* SPDX-License-Identifier: MIT */
#include "store/buyer.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "store/act_write.h"
#include "store/inbox.h"
#include "store/sql.h"

#include <string.h>

#include "domain/banned.h"

/* The records of the person whose main record is ?1. */
#define PERSON "(SELECT id FROM buyers WHERE id = ?1 OR merged_into = ?1)"

void order_row_destroy(struct order_row *r)
{
	g_free(r->number);
	g_free(r->item);
	g_free(r);
}

void follow_up_destroy(struct follow_up *f)
{
	g_free(f->login);
	g_free(f->text);
	g_free(f);
}

void buyer_page_destroy(struct buyer_page *p)
{
	if (!p)
		return;
	g_free(p->buyer.name);
	g_free(p->buyer.handle);
	g_free(p->buyer.lang);
	g_free(p->buyer.notes);
	g_free(p->buyer.segment);
	g_free(p->platform);
	g_free(p->contacts);
	g_ptr_array_unref(p->aliases);
	g_ptr_array_unref(p->cases);
	g_ptr_array_unref(p->orders);
	g_array_unref(p->costs);
	g_array_unref(p->spent);
	g_ptr_array_unref(p->follow_ups);
	g_free(p);
}

static struct buyer_page *page_new(void)
{
	struct buyer_page *p = g_new0(struct buyer_page, 1);
	p->aliases = g_ptr_array_new_with_free_func(g_free);
	p->cases = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_row_destroy);
	p->orders = g_ptr_array_new_with_free_func((GDestroyNotify)order_row_destroy);
	p->costs = g_array_new(false, false, sizeof(struct money));
	p->spent = g_array_new(false, false, sizeof(struct money));
	p->follow_ups = g_ptr_array_new_with_free_func((GDestroyNotify)follow_up_destroy);
	return p;
}

static bool main_record(struct store *s, gint64 id, gint64 *root, GError **error)
{
	bool found;
	if (!sql_number(s, root, &found, error, "SELECT coalesce(merged_into, id) FROM buyers WHERE id = ?",
			"i", id))
		return false;
	if (!found)
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no buyer %" PRId64), id);
	return found;
}

static bool read_record(struct store *s, struct buyer_page *p, gint64 id, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT b.name, b.alias, b.lang, b.notes, b.segment, b.vip, f.name, b.contacts FROM buyers b"
	    " JOIN platforms f ON f.id = b.platform WHERE b.id = ?",
	    "i", id);
	if (!q || !sql_step(s, q, error))
		return false;
	p->buyer = (struct buyer){id,
				  sql_copy(q, 0),
				  sql_copy(q, 1),
				  sql_copy(q, 2),
				  sql_copy(q, 3),
				  sql_copy(q, 4),
				  sqlite3_column_int(q, 5) != 0};
	p->platform = sql_copy(q, 6);
	p->contacts = sql_copy(q, 7);
	return true;
}

static bool read_aliases(struct store *s, struct buyer_page *p, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT f.name, b.alias, b.id FROM buyers b JOIN platforms f ON f.id = b.platform "
		      "WHERE b.id IN " PERSON " ORDER BY b.id = ?1 DESC, b.id LIMIT 50",
		      "i", p->buyer.id);
	while (q && sql_step(s, q, error)) {
		g_ptr_array_add(p->aliases,
				g_strdup_printf("%s: %s (%" PRId64 ")", sql_text(q, 0), sql_text(q, 1),
						(gint64)sqlite3_column_int64(q, 2)));
		p->records++;
	}
	return q && sql_ended(s);
}

static bool read_cases(struct store *s, struct buyer_page *p, GError **error)
{
	g_autofree char *text = g_strdup_printf("SELECT %s FROM cases c WHERE c.buyer IN " PERSON
						" ORDER BY c.latest DESC LIMIT %d",
						inbox_columns(), BUYER_ROWS);
	sqlite3_stmt *q = sql_query(s, error, text, "i", p->buyer.id);
	while (q && sql_step(s, q, error))
		g_ptr_array_add(p->cases, inbox_row_read(q));
	return q && sql_ended(s);
}

static bool read_orders(struct store *s, struct buyer_page *p, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT id, number, item, minor, currency, ordered FROM orders WHERE buyer IN " PERSON
		      " ORDER BY ordered DESC, id DESC LIMIT ?2",
		      "ii", p->buyer.id, (gint64)BUYER_ROWS);
	while (q && sql_step(s, q, error)) {
		struct order_row *r = g_new0(struct order_row, 1);
		*r = (struct order_row){sqlite3_column_int64(q, 0), sql_copy(q, 1), sql_copy(q, 2),
					sql_money(q, 3), sqlite3_column_int64(q, 5)};
		g_ptr_array_add(p->orders, r);
	}
	return q && sql_ended(s);
}

static bool read_sums(struct store *s, GArray *sums, gint64 id, const char *text, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error, text, "i", id);
	while (q && sql_step(s, q, error)) {
		struct money m = sql_money(q, 0);
		g_array_append_val(sums, m);
	}
	return q && sql_ended(s);
}

static bool read_figures(struct store *s, struct buyer_page *p, GError **error)
{
	gint64 id = p->buyer.id;
	return sql_number(s, &p->n_cases, NULL, error, "SELECT count(*) FROM cases WHERE buyer IN " PERSON,
			  "i", id) &&
	       sql_number(s, &p->n_open, NULL, error,
			  "SELECT count(*) FROM cases WHERE open = 1 AND buyer IN " PERSON, "i", id) &&
	       sql_number(s, &p->n_orders, NULL, error, "SELECT count(*) FROM orders WHERE buyer IN " PERSON,
			  "i", id) &&
	       sql_number(s, &p->n_messages, NULL, error,
			  "SELECT count(*) FROM messages WHERE automatic = 0 AND case_id IN (SELECT id FROM "
			  "cases WHERE buyer IN " PERSON ")",
			  "i", id) &&
	       read_sums(
		   s, p->costs, id,
		   "SELECT sum(cost), cost_currency FROM cases WHERE cost_currency <> '' AND buyer IN " PERSON
		   " GROUP BY cost_currency",
		   error) &&
	       read_sums(s, p->spent, id,
			 "SELECT sum(minor), currency FROM orders WHERE currency <> '' AND buyer IN " PERSON
			 " GROUP BY currency",
			 error);
}

static bool read_follow_ups(struct store *s, struct buyer_page *p, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT c.id, e.due, p.login, e.text FROM cases c JOIN events e ON e.case_id = c.id"
		      " LEFT JOIN persons p ON p.id = e.person WHERE c.open = 1 AND c.kind = 'follow-up'"
		      " AND e.type = 'follow-up' AND " ACT_LIVE " AND c.buyer IN " PERSON
		      " ORDER BY e.due, c.id LIMIT 50",
		      "i", p->buyer.id);
	while (q && sql_step(s, q, error)) {
		struct follow_up *f = g_new0(struct follow_up, 1);
		*f = (struct follow_up){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
					sql_copy(q, 2), sql_copy(q, 3)};
		g_ptr_array_add(p->follow_ups, f);
	}
	return q && sql_ended(s);
}

struct buyer_page *store_buyer_page(struct store *s, gint64 id, GError **error)
{
	g_autoptr(buyer_page_auto) p = page_new();
	gint64 root;
	if (!sql_read_begin(s, error))
		return NULL;
	bool ok = main_record(s, id, &root, error) && read_record(s, p, root, error) &&
		  read_aliases(s, p, error) && read_cases(s, p, error) && read_orders(s, p, error) &&
		  read_figures(s, p, error) && read_follow_ups(s, p, error);
	sql_read_end(s);
	return ok ? g_steal_pointer(&p) : NULL;
}

bool store_buyer_merge(struct store *s, const char *me, gint64 id, gint64 other, gint64 now, GError **error)
{
	gint64 root, leads, led;
	if (!main_record(s, id, &root, error) || !main_record(s, other, &leads, error) ||
	    !sql_number(s, &led, NULL, error, "SELECT count(*) FROM buyers WHERE merged_into = ?", "i",
			other))
		return false;
	if (root == leads)
		return act_refuse(error, _("these are one person already"));
	if (leads != other || led)
		return act_refuse(
		    error, _("buyer %" PRId64 " is merged with others: merge this one into it instead"),
		    leads);
	g_autofree char *value = g_strdup_printf("%" PRId64, root);
	return store_edit(s, me, RECORD_BUYER, other, "merged_into", value, now, error);
}

bool store_buyer_find(struct store *s, gint64 id, const char *name, gint64 *other, GError **error)
{
	gint64 number = 0;
	if (g_ascii_string_to_signed(name, 10, 1, G_MAXINT64, &number, NULL))
		return sql_number(s, other, NULL, error, "SELECT id FROM buyers WHERE id = ? AND id <> ?",
				  "ii", number, id);
	return sql_number(
	    s, other, NULL, error,
	    "SELECT id FROM buyers WHERE alias = ?1 AND id <> ?2 AND platform IN (SELECT id FROM platforms)"
	    " ORDER BY id DESC LIMIT 1",
	    "ti", name, id);
}
