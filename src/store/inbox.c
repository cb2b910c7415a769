/* SPDX-License-Identifier: MIT */
#include "store/inbox.h"

#include "domain/intl.h"
#include "store/filter.h"
#include "store/outbox_read.h"
#include "store/tags.h"

#include "domain/banned.h"

#define DAY G_GINT64_CONSTANT(86400000)
#define HOUR G_GINT64_CONSTANT(3600000)
#define MOST 500

#define COLUMNS                                                                                              \
	"c.id, c.next_due, (SELECT name FROM platforms WHERE id = c.platform),"                              \
	" (SELECT coalesce(name, alias) FROM buyers WHERE id = c.buyer), c.kind,"                            \
	" coalesce((SELECT item FROM orders WHERE id = c.order_id), c.subject), c.minor, c.currency, "       \
	"c.lang, c.status,"                                                                                  \
	" (SELECT name FROM persons WHERE id = c.person), c.latest, c.pinned,"                               \
	" EXISTS (SELECT 1 FROM clocks k WHERE k.case_id = c.id AND k.state = 'running' AND k.rule = "       \
	"'snoozed')"

const char *inbox_columns(void)
{
	return COLUMNS;
}

struct inbox_row *inbox_row_read(sqlite3_stmt *q)
{
	struct inbox_row *r = g_new0(struct inbox_row, 1);
	r->id = sqlite3_column_int64(q, 0);
	r->due = sqlite3_column_int64(q, 1);
	r->platform = sql_copy(q, 2);
	r->buyer = sql_copy(q, 3);
	r->kind = sql_word(q, 4, &KINDS, KIND_OTHER);
	r->subject = sql_copy(q, 5);
	r->value = sql_money(q, 6);
	r->lang = sql_copy(q, 8);
	r->status = sql_word(q, 9, &STATUSES, STATUS_NEW);
	r->who = sql_copy(q, 10);
	r->latest = sqlite3_column_int64(q, 11);
	r->pinned = sqlite3_column_int(q, 12) != 0;
	r->snoozed = sqlite3_column_int(q, 13) != 0;
	return r;
}

/* How each direction walks a list that rises, and one that falls. */
static const struct walk {
	const char *rising, *falling; /* how rows compare to the key; NULL: there is none */
	bool back;
} walks[] = {
    [INBOX_START] = {NULL, NULL, false}, [INBOX_END] = {NULL, NULL, true}, [INBOX_AFTER] = {">", "<", false},
    [INBOX_BEFORE] = {"<", ">", true},   [INBOX_AT] = {">=", "<=", false},
};

/* What each order goes by, then by the case's number. */
static const struct sort {
	const char *by;
	bool falls;
} sorts[] = {
    [ORDER_CLOCK] = {"c.next_due", false},
    [ORDER_NEWEST] = {"c.latest", true},
    [ORDER_RELEVANCE] = {"hit.score", true},
};

/* The columns, and behind them the key's value. */
static char *select_text(const struct filter *f, const char *columns, enum inbox_from from)
{
	const struct walk *w = &walks[from];
	const struct sort *o = &sorts[f->order];
	const char *compared = o->falls ? w->falling : w->rising, *way = o->falls != w->back ? "DESC" : "ASC";
	g_autofree char *source = filter_from(f);
	GString *text = g_string_new(NULL);
	g_string_printf(text, "SELECT %s, %s %s", columns, o->by, source);
	if (compared)
		g_string_append_printf(text, " AND (%s, c.id) %s (?, ?)", o->by, compared);
	g_string_append_printf(text, " ORDER BY %s %s, c.id %s LIMIT ?", o->by, way, way);
	return g_string_free(text, false);
}

static sqlite3_stmt *ask(struct store *s, const struct filter *f, const char *columns, enum inbox_from from,
			 const struct inbox_key *key, gint64 limit, GError **error)
{
	g_autofree char *text = select_text(f, columns, from);
	g_autoptr(GArray) values = g_array_copy(f->values);
	struct sql_value more[] = {{NULL, key->value}, {NULL, key->id}, {NULL, limit}};
	bool keyed = walks[from].rising != NULL;
	g_array_append_vals(values, keyed ? more : more + 2, keyed ? 3 : 1);
	return sql_query_values(s, text, values, error);
}

/* A row and its place, which stands behind the columns. */
static struct inbox_row *read_row(sqlite3_stmt *rows)
{
	struct inbox_row *r = inbox_row_read(rows);
	r->key = (struct inbox_key){sqlite3_column_int64(rows, sqlite3_column_count(rows) - 1), r->id};
	return r;
}

static bool read_rows(struct store *s, const struct inbox_request *q, const struct filter *f,
		      struct inbox_page *p, bool *more, GError **error)
{
	sqlite3_stmt *rows = ask(s, f, COLUMNS, q->from, &q->key, q->limit + 1, error);
	*more = false;
	while (rows && sql_step(s, rows, error)) {
		if (p->rows->len == (guint)q->limit) {
			*more = true;
			sqlite3_reset(rows);
			break;
		}
		g_ptr_array_insert(p->rows, walks[q->from].back ? 0 : -1, read_row(rows));
	}
	return rows && (*more || sql_ended(s));
}

static bool read_tags(struct store *s, GPtrArray *rows, GError **error)
{
	for (guint i = 0; i < rows->len; i++) {
		struct inbox_row *r = rows->pdata[i];
		r->tags = tags_read(s, r->id, error);
		if (!r->tags)
			return false;
	}
	return true;
}

/* Whether anything stands before the row at `key`. */
static bool any_before(struct store *s, const struct filter *f, const struct inbox_key *key, bool *any,
		       GError **error)
{
	sqlite3_stmt *q = ask(s, f, "1", INBOX_BEFORE, key, 1, error);
	if (!q)
		return false;
	*any = sql_step(s, q, error);
	if (*any)
		sqlite3_reset(q);
	return *any || sql_ended(s);
}

static bool read_page(struct store *s, const struct inbox_request *q, struct inbox_page *p, GError **error)
{
	struct filter f;
	bool more = false, ok = filter_make(s, q, &f, error);
	if (ok && !f.nothing)
		ok = read_rows(s, q, &f, p, &more, error) && (!q->tags || read_tags(s, p->rows, error));
	p->order = f.order;
	p->more_after = walks[q->from].back ? q->from == INBOX_BEFORE && !f.nothing : more;
	p->more_before = walks[q->from].back ? more : q->from == INBOX_AFTER;
	if (ok && q->from == INBOX_AT && !f.nothing)
		ok = any_before(s, &f, &q->key, &p->more_before, error);
	filter_clear(&f);
	return ok;
}

/* Open cases due before `at`: whole days and hours from the tallies, the rest from the index. */
static bool count_before(struct store *s, gint64 at, gint64 *count, GError **error)
{
	gint64 day = at / DAY, hour = at / HOUR;
	return sql_number(
	    s, count, NULL, error,
	    "SELECT coalesce((SELECT sum(cases) FROM tallies WHERE scale = 1 AND slot < ?1), 0)"
	    " + coalesce((SELECT sum(cases) FROM tallies WHERE scale = 2 AND slot >= ?2 AND slot < ?3), 0)"
	    " + (SELECT count(*) FROM cases INDEXED BY cases_inbox WHERE open = 1 AND next_due >= ?4"
	    " AND next_due < ?5)",
	    "iiiii", day, day * 24, hour, hour * HOUR, at);
}

static bool read_counts(struct store *s, const struct inbox_request *q, struct inbox_counts *c,
			GError **error)
{
	gint64 before_day_end;
	if (!count_before(s, q->now, &c->overdue, error) ||
	    !count_before(s, q->day_end, &before_day_end, error))
		return false;
	c->today = before_day_end - c->overdue;
	return outbox_count(s, q->now, &c->outbox, error) &&
	       sql_number(s, &c->open, NULL, error, "SELECT cases FROM tallies WHERE scale = 0 AND slot = 0",
			  "");
}

static bool read_shop(struct store *s, char **name, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(s, error, "SELECT name FROM shops ORDER BY id LIMIT 1", "");
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	*name = sql_copy(q, 0);
	return true;
}

struct inbox_page *store_inbox(struct store *s, const struct inbox_request *q, GError **error)
{
	g_return_val_if_fail(q->limit >= 1 && q->limit <= MOST, NULL);
	g_autoptr(inbox_page_auto) p = g_new0(struct inbox_page, 1);
	p->rows = g_ptr_array_new_with_free_func((GDestroyNotify)inbox_row_destroy);
	if (!sql_read_begin(s, error))
		return NULL;
	sql_limit(s, q->limit_us);
	bool ok = read_page(s, q, p, error);
	sql_limit(s, 0);
	ok = ok && read_counts(s, q, &p->counts, error) && read_shop(s, &p->shop, error);
	p->version = store_version(s);
	sql_read_end(s);
	return ok ? g_steal_pointer(&p) : NULL;
}

/* The value of a case that the query finds by relevance. */
static bool find_score(struct store *s, const struct inbox_request *q, gint64 case_id, gint64 *score,
		       bool *found, GError **error)
{
	struct filter f;
	*found = false;
	bool ok = filter_make(s, q, &f, error);
	if (ok && f.order == ORDER_RELEVANCE) {
		g_autofree char *source = filter_from(&f);
		g_autofree char *text =
		    g_strdup_printf("SELECT %s %s AND c.id = ?", sorts[f.order].by, source);
		struct sql_value id = {NULL, case_id};
		g_array_append_val(f.values, id);
		g_autoptr(sql_row_auto) row = sql_query_values(s, text, f.values, error);
		*found = row && sql_step(s, row, error);
		*score = *found ? sqlite3_column_int64(row, 0) : 0;
		ok = row && (*found || sql_ended(s));
	}
	filter_clear(&f);
	return ok;
}

bool store_inbox_key(struct store *s, const struct inbox_request *q, gint64 case_id, struct inbox_key *key,
		     GError **error)
{
	bool found = false;
	enum query_order order = query_order(q->query ? q->query : "");
	key->id = case_id;
	if (order == ORDER_RELEVANCE && !find_score(s, q, case_id, &key->value, &found, error))
		return false;
	if (!found && !sql_number(s, &key->value, &found, error,
				  order == ORDER_CLOCK ? "SELECT next_due FROM cases WHERE id = ?"
						       : "SELECT latest FROM cases WHERE id = ?",
				  "i", case_id))
		return false;
	if (!found)
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no case %" PRId64),
			    case_id);
	return found;
}

/* What the query language completes with, by field. */
static const struct source {
	const char *field, *text;
} sources[] = {
    {"platform", "SELECT word FROM platforms ORDER BY word"},
    {"lang", "SELECT DISTINCT lang FROM buyers WHERE lang IS NOT NULL ORDER BY lang"},
    {"who", "SELECT login FROM persons ORDER BY login"},
    {"tag", "SELECT name FROM tags ORDER BY folded"},
};

GPtrArray *store_words(struct store *s, const char *field, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
		if (!g_str_equal(field, sources[i].field))
			continue;
		sqlite3_stmt *q = sql_query(s, error, sources[i].text, "");
		while (q && sql_step(s, q, error))
			g_ptr_array_add(words, sql_copy(q, 0));
		if (!q || !sql_ended(s))
			return NULL;
	}
	return g_steal_pointer(&words);
}
