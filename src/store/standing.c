/* SPDX-License-Identifier: MIT */
#include "store/progress.h"

#include "store/shop_file.h"
#include "store/sql.h"

#include <string.h>

#include "domain/banned.h"

#define DAY_MS G_GINT64_CONSTANT(86400000)

/* Rows of one sort that are looked at: a shop with more has lost the account long ago. */
#define MOST 20000

/* The triggers of the index messages_counting, worded as there: only so does SQLite see that the index will
 * do. */
#define COUNTABLE                                                                                            \
	"('help-request', 'return-request', 'not-received', 'cancel-request', 'case-opened', "               \
	"'claim-opened',"                                                                                    \
	" 'claim-denied', 'claim-granted', 'payment-dispute', 'chargeback', 'refund-request', 'unpaid', "    \
	"'review')"

/* A query that is put together, with its values in order. */
struct counting {
	GString *sql;
	GArray *values; /* of struct sql_value */
	const struct metric *m;
	gint64 from, to;
};

static void bind_text(struct counting *c, const char *text)
{
	struct sql_value v = {.text = text};
	g_array_append_val(c->values, v);
}

static void bind_number(struct counting *c, gint64 n)
{
	struct sql_value v = {.number = n};
	g_array_append_val(c->values, v);
}

static void add_kinds(struct counting *c, const char *column)
{
	if (!c->m->kinds)
		return;
	g_string_append_printf(c->sql, " AND %s IN (''", column);
	for (int k = 0; k < N_KINDS; k++) {
		if (c->m->kinds & (guint32)1 << k)
			g_string_append_printf(c->sql, ", '%s'", vocab_id(&KINDS, k));
	}
	g_string_append(c->sql, ")");
}

static void join(struct counting *c)
{
	g_string_append(c->sql, c->sql->len ? " UNION " : "");
}

static void add_triggers(struct counting *c)
{
	for (int t = 0; t < N_TRIGGERS; t++) {
		if (!(c->m->counts & (guint64)1 << t))
			continue;
		join(c);
		g_string_append_printf(
		    c->sql,
		    "SELECT * FROM (SELECT m.case_id FROM messages m%s WHERE m.trigger IN " COUNTABLE
		    " AND m.trigger = '%s' AND m.platform ="
		    " (SELECT id FROM platforms WHERE word = ?) AND m.sent > ? AND m.sent <= ?"
		    " AND +m.case_id IS NOT NULL",
		    c->m->kinds ? " JOIN cases c ON c.id = m.case_id" : "", vocab_id(&TRIGGERS, t));
		bind_text(c, c->m->platform);
		bind_number(c, c->from);
		bind_number(c, c->to);
		add_kinds(c, "c.kind");
		g_string_append_printf(c->sql, " LIMIT %d)", MOST);
	}
}

/* Of a share of messages each late answer counts, of another each case. */
static void add_clocks(struct counting *c)
{
	const char *what = c->m->base == METRIC_MESSAGES ? "k.id" : "k.case_id";
	for (int i = 0; c->m->clocks[i]; i++) {
		join(c);
		g_string_append_printf(c->sql,
				       "SELECT * FROM (SELECT %s FROM clocks k%s WHERE k.rule = ? AND "
				       "k.state IN ('late', 'missed')"
				       " AND k.due > ? AND k.due <= ?",
				       what, c->m->kinds ? " JOIN cases c ON c.id = k.case_id" : "");
		bind_text(c, c->m->clocks[i]);
		bind_number(c, c->from);
		bind_number(c, c->to);
		add_kinds(c, "c.kind");
		g_string_append_printf(c->sql, " LIMIT %d)", MOST);
	}
}

static void add_statuses(struct counting *c)
{
	for (int n = 0; n < N_STATUSES; n++) {
		if (!(c->m->statuses & (guint32)1 << n))
			continue;
		join(c);
		g_string_append_printf(
		    c->sql,
		    "SELECT * FROM (SELECT c.id FROM cases c WHERE c.status = '%s' AND c.platform ="
		    " (SELECT id FROM platforms WHERE word = ?) AND c.moved > ? AND c.moved <= ?",
		    vocab_id(&STATUSES, n));
		bind_text(c, c->m->platform);
		bind_number(c, c->from);
		bind_number(c, c->to);
		add_kinds(c, "c.kind");
		g_string_append_printf(c->sql, " LIMIT %d)", MOST);
	}
}

static bool count_bad(struct store *s, struct counting *c, gint64 *bad, GError **error)
{
	add_triggers(c);
	add_clocks(c);
	add_statuses(c);
	g_string_prepend(c->sql, "SELECT count(*) FROM (");
	g_string_append(c->sql, ")");
	g_autoptr(sql_row_auto) q = sql_query_values(s, c->sql->str, c->values, error);
	if (!q || !sql_step(s, q, error))
		return false;
	*bad = sqlite3_column_int64(q, 0);
	return true;
}

/* What the metric's share is taken of: what the mails were about, or what shop.ini tells if that is more. */
static bool count_all(struct store *s, const struct counting *c, struct metric_count *count, GError **error)
{
	const struct shop *shop = store_shop(s, NULL);
	gint64 told =
	    c->m->base == METRIC_ORDERS && shop ? shop_orders(shop, c->m->platform, c->m->window_days) : 0;
	if (!sql_number(
		s, &count->total, NULL, error,
		"SELECT coalesce(sum(n), 0) FROM day_tallies WHERE platform = (SELECT id FROM platforms WHERE"
		" word = ?) AND what = ? AND day > ? AND day <= ?",
		"ttii", c->m->platform, vocab_id(&METRIC_BASES, (int)c->m->base), c->from / DAY_MS,
		c->to / DAY_MS))
		return false;
	count->total = MAX(count->total, told);
	count->by_mail = c->m->base == METRIC_ORDERS && !told;
	return true;
}

bool store_standing(struct store *s, const struct metric *m, gint64 now, struct metric_count *count,
		    GError **error)
{
	struct counting c = {.sql = g_string_new(NULL),
			     .values = g_array_new(false, false, sizeof(struct sql_value)),
			     .m = m,
			     .from = now - m->window_days * DAY_MS,
			     .to = now};
	gint64 bad = 0;
	bool ok = count_bad(s, &c, &bad, error) && count_all(s, &c, count, error);
	g_string_free(c.sql, true);
	g_array_unref(c.values);
	if (!ok)
		return false;
	count->total = MAX(count->total, bad);
	count->counted = m->at_least ? count->total - bad : bad;
	return true;
}
