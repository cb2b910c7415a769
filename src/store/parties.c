/* SPDX-License-Identifier: MIT */
#include "store/parties.h"

#include "domain/lang.h"
#include "domain/text.h"
#include "store/index.h"

#include "domain/banned.h"

static bool enter_platform(struct store *s, const struct incoming *m, gint64 *id, GError **error)
{
	const gint64 *known = g_hash_table_lookup(s->platforms, m->platform);
	if (known) {
		*id = *known;
		return true;
	}
	if (!sql_run(s, error, "INSERT INTO platforms (word, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
		     "tt", m->platform, m->platform_name ? m->platform_name : m->platform) ||
	    !sql_number(s, id, NULL, error, "SELECT id FROM platforms WHERE word = ?", "t", m->platform))
		return false;
	g_hash_table_insert(s->platforms, g_strdup(m->platform), g_memdup2(id, sizeof *id));
	return true;
}

/* The buyer's search text is what can be typed after buyer: the name and the handle. */
static bool feed_buyer(struct store *s, gint64 id, const char *name, const char *alias, GError **error)
{
	g_autofree char *both = g_strconcat(name ? name : "", " ", alias, NULL);
	g_autofree char *folded = text_fold(both);
	return index_buyer(s, id, folded, error);
}

static bool forget_buyer(struct store *s, gint64 id, const char *name, const char *alias, GError **error)
{
	g_autofree char *both = g_strconcat(name ? name : "", " ", alias, NULL);
	g_autofree char *folded = text_fold(both);
	return index_forget_buyer(s, id, folded, error);
}

static bool enter_buyer(struct store *s, const struct incoming *m, gint64 platform, gint64 *id,
			GError **error)
{
	const char *lang = g_strcmp0(m->lang, CHINESE_UNSURE) == 0 ? NULL : m->lang;
	sqlite3_stmt *q =
	    sql_query(s, error, "SELECT id, name, lang FROM buyers WHERE platform = ? AND alias = ?", "it",
		      platform, m->alias);
	if (!q)
		return false;
	if (!sql_step(s, q, error)) {
		if (!sql_ended(s) ||
		    !sql_run(s, error, "INSERT INTO buyers (platform, alias, name, lang) VALUES (?, ?, ?, ?)",
			     "ittt", platform, m->alias, m->buyer_name, lang))
			return false;
		*id = sql_row(s);
		return feed_buyer(s, *id, m->buyer_name, m->alias, error);
	}
	*id = sqlite3_column_int64(q, 0);
	bool name_comes = !sql_text(q, 1) && m->buyer_name;
	bool lang_comes = !sql_text(q, 2) && lang && m->side == SIDE_BUYER;
	sqlite3_reset(q);
	if (lang_comes && !sql_run(s, error, "UPDATE buyers SET lang = ? WHERE id = ?", "ti", lang, *id))
		return false;
	if (!name_comes)
		return true;
	return sql_run(s, error, "UPDATE buyers SET name = ? WHERE id = ?", "ti", m->buyer_name, *id) &&
	       forget_buyer(s, *id, NULL, m->alias, error) &&
	       feed_buyer(s, *id, m->buyer_name, m->alias, error);
}

static bool enter_product(struct store *s, const struct incoming *m, gint64 *id, GError **error)
{
	*id = 0;
	if (!m->sku)
		return true;
	return sql_run(s, error, "INSERT INTO products (sku, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
		       "tt", m->sku, m->item) &&
	       sql_number(s, id, NULL, error, "SELECT id FROM products WHERE sku = ?", "t", m->sku);
}

static bool enter_order(struct store *s, const struct incoming *m, const struct parties *p, gint64 *id,
			GError **error)
{
	gint64 product;
	if (!enter_product(s, m, &product, error))
		return false;
	gint64 minor = *m->amount.currency ? m->amount.minor : 0;
	/* A value that is known already stays: a claim may be about a part of it. */
	return sql_run(
		   s, error,
		   "INSERT INTO orders (platform, number, buyer, product, item, minor, currency, ordered)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (platform, number) DO UPDATE SET"
		   " buyer = coalesce(buyer, ?3), product = coalesce(product, ?4), item = coalesce(item, ?5),"
		   " minor = iif(currency = '', ?6, minor), currency = iif(currency = '', ?7, currency),"
		   " ordered = iif(ordered = 0, ?8, ordered)"
		   " WHERE (buyer IS NULL AND ?3 IS NOT NULL) OR (product IS NULL AND ?4 IS NOT NULL)"
		   " OR (item IS NULL AND ?5 IS NOT NULL) OR (currency = '' AND ?7 <> '') OR (ordered = 0 "
		   "AND ?8 <> 0)",
		   "itnntiti", p->platform, m->order_no, p->buyer, product, m->item, minor,
		   m->amount.currency, m->trigger == TRIGGER_SALE ? m->sent : (gint64)0) &&
	       sql_number(s, id, NULL, error, "SELECT id FROM orders WHERE platform = ? AND number = ?", "it",
			  p->platform, m->order_no);
}

bool parties_enter(struct store *s, const struct incoming *m, struct parties *p, GError **error)
{
	*p = (struct parties){0};
	return enter_platform(s, m, &p->platform, error) &&
	       (!m->alias || enter_buyer(s, m, p->platform, &p->buyer, error)) &&
	       (!m->order_no || enter_order(s, m, p, &p->order, error));
}

bool parties_rename_buyer(struct store *s, gint64 id, const char *name, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error, "SELECT name, alias FROM buyers WHERE id = ?", "i", id);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	g_autofree char *was = sql_copy(q, 0), *alias = sql_copy(q, 1);
	sqlite3_reset(q);
	return sql_run(s, error, "UPDATE buyers SET name = ? WHERE id = ?", "ti", name, id) &&
	       forget_buyer(s, id, was, alias, error) && feed_buyer(s, id, name, alias, error) &&
	       index_flush(s, error);
}
