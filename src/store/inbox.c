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

/* How each direction walks the list; the key's values follow the filter's. */
static const struct walk {
	const char *bound, *order;
	bool keyed, back;
} walks[] = {
    [INBOX_START] = {"", "c.next_due, c.id", false, false},
    [INBOX_END] = {"", "c.next_due DESC, c.id DESC", false, true},
    [INBOX_AFTER] = {" AND (c.next_due, c.id) > (?, ?)", "c.next_due, c.id", true, false},
    [INBOX_BEFORE] = {" AND (c.next_due, c.id) < (?, ?)", "c.next_due DESC, c.id DESC", true, true},
    [INBOX_AT] = {" AND (c.next_due, c.id) >= (?, ?)", "c.next_due, c.id", true, false},
};

static sqlite3_stmt *ask(struct store *s, const struct filter *f, const char *columns, enum inbox_from from,
			 const struct inbox_key *key, gint64 limit, GError **error)
{
	const struct walk *w = &walks[from];
	g_autofree char *source = filter_from(f);
	g_autofree char *text =
	    g_strdup_printf("SELECT %s %s%s ORDER BY %s LIMIT ?", columns, source, w->bound, w->order);
	g_autoptr(GArray) values = g_array_copy(f->values);
	struct sql_value more[] = {{NULL, key->due}, {NULL, key->id}, {NULL, limit}};
	g_array_append_vals(values, w->keyed ? more : more + 2, w->keyed ? 3 : 1);
	return sql_query_values(s, text, values, error);
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
		g_ptr_array_insert(p->rows, walks[q->from].back ? 0 : -1, inbox_row_read(rows));
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

bool store_inbox_key(struct store *s, gint64 case_id, struct inbox_key *key, GError **error)
{
	bool found;
	key->id = case_id;
	if (!sql_number(s, &key->due, &found, error, "SELECT next_due FROM cases WHERE id = ?", "i", case_id))
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
