/* SPDX-License-Identifier: MIT */
#include "store/filter.h"

#include "domain/text.h"
#include "store/finder.h"
#include "store/index.h"
#include "store/search_phrase.h"
#include "store/search_words.h"

#include <string.h>

#include "domain/banned.h"

#define FEW 8000 /* cases: up to so many hits are sorted, more are walked */
/* Of so many messages one: up to so many hits of a word, of a phrase are gathered, which takes a microsecond
 * each, more are walked, which takes a quarter of a millisecond a message but finds a page soon. Counting a
 * phrase costs more. */
#define SHARE_WORD 33
#define SHARE_PHRASE 160
#define RANKED 2000 /* messages: up to so many hits are told apart by relevance */

void filter_clear(struct filter *f)
{
	query_destroy(f->query);
	if (f->where)
		g_string_free(f->where, true);
	g_free(f->hits);
	g_free(f->words);
	g_clear_pointer(&f->values, g_array_unref);
	g_clear_pointer(&f->texts, g_ptr_array_unref);
}

static void add_number(GArray *values, gint64 number)
{
	struct sql_value v = {NULL, number};
	g_array_append_val(values, v);
}

/* Takes `text`. */
static void add_text(struct filter *f, GArray *values, char *text)
{
	struct sql_value v = {text, 0};
	g_array_append_val(values, v);
	g_ptr_array_add(f->texts, text);
}

/* The finder of a leaf, its values appended; NULL if the leaf is a plain condition. `*always` if it excludes
 * nothing. */
static const struct finder *find_by(struct filter *f, const struct query_node *n, GArray *values,
				    bool *always)
{
	*always = false;
	if (n->op == QUERY_TEXT || (n->op == QUERY_FIELD && n->field == FIELD_BUYER)) {
		/* A buyer's name is typed by its beginning; the value of a field isn't folded yet. */
		g_autofree char *begun =
		    n->op == QUERY_FIELD ? g_strconcat(n->text, "*", NULL) : g_strdup(n->text);
		g_autofree char *folded = n->op == QUERY_FIELD ? text_fold(begun) : g_strdup(begun);
		char *phrase = n == f->alone && f->words ? g_strdup(f->words) : search_phrase(folded);
		*always = !phrase;
		if (phrase)
			add_text(f, values, phrase);
		return !phrase ? NULL : n->op == QUERY_TEXT ? &finder_text : &finder_buyer;
	}
	if (n->op != QUERY_FIELD)
		return NULL;
	if (n->field == FIELD_IS)
		return finder_mark(n->text);
	if (n->field == FIELD_TAG) {
		add_text(f, values, g_strdup(n->text));
		return &finder_tag;
	}
	if (n->field == FIELD_WHO && f->scope == SCOPE_OPEN && !g_str_equal(n->text, "none")) {
		const char *who = !g_str_equal(n->text, "me") ? n->text : f->me ? f->me : "";
		add_text(f, values, g_strdup(who));
		add_text(f, values, g_strdup(who));
		return &finder_who;
	}
	if (n->field == FIELD_ORDER) {
		add_text(f, values, g_strdup(n->text));
		add_text(f, values, g_strconcat(n->text, "\xf4\x8f\xbf\xbf", NULL));
		return &finder_order;
	}
	if (n->field == FIELD_CASE) {
		add_number(values, n->number);
		add_text(f, values, g_strdup(n->text));
		return &finder_case;
	}
	return NULL;
}

static void emit_due(struct filter *f, const struct query_node *n, const struct inbox_request *q)
{
	if (n->compare != COMPARE_IS) {
		g_string_append(f->where, n->compare == COMPARE_LESS
					      ? "c.next_due < ?"
					      : "c.next_due < 9223372036854775807 AND c.next_due > ?");
		add_number(f->values, q->now + n->number);
	} else if (g_str_equal(n->text, "none")) {
		g_string_append(f->where, "c.next_due = 9223372036854775807");
	} else {
		g_string_append(f->where, "c.next_due < ?");
		add_number(f->values, g_str_equal(n->text, "today") ? q->day_end : q->now);
	}
}

static void emit_who(struct filter *f, const struct query_node *n, const struct inbox_request *q)
{
	bool me = g_str_equal(n->text, "me");
	if (g_str_equal(n->text, "none")) {
		g_string_append(f->where, "c.person IS NULL");
		return;
	}
	g_string_append(f->where,
			"c.person IN (SELECT id FROM persons WHERE login = ? OR lower(name) = lower(?))");
	for (int i = 0; i < 2; i++)
		add_text(f, f->values, g_strdup(me ? (q->me ? q->me : "") : n->text));
}

static void emit_word(struct filter *f, const char *condition, const char *word)
{
	g_string_append(f->where, condition);
	add_text(f, f->values, g_strdup(word));
}

static void emit_field(struct filter *f, const struct query_node *n, const struct inbox_request *q)
{
	switch (n->field) {
	case FIELD_PLATFORM:
		emit_word(f, "c.platform IN (SELECT id FROM platforms WHERE word = lower(?))", n->text);
		break;
	case FIELD_LANG:
		if (g_str_equal(n->text, "zh"))
			g_string_append(f->where, "c.lang IN ('zh', 'zh-Hans', 'zh-Hant')");
		else
			emit_word(f, "c.lang IS ?", n->text);
		break;
	case FIELD_STATUS:
		emit_word(f, "c.status = ?", vocab_id(&STATUSES, n->number));
		break;
	case FIELD_KIND:
		emit_word(f, "c.kind = ?", vocab_id(&KINDS, n->number));
		break;
	case FIELD_VALUE:
		g_string_append(f->where, n->compare == COMPARE_LESS ? "(c.currency <> '' AND c.minor < ?)"
					  : n->compare == COMPARE_MORE
					      ? "(c.currency <> '' AND c.minor > ?)"
					      : "(c.currency <> '' AND c.minor = ?)");
		add_number(f->values, n->number);
		break;
	case FIELD_IS:
		g_string_append(f->where, g_str_equal(n->text, "open")     ? "c.open = 1"
					  : g_str_equal(n->text, "closed") ? "c.open = 0"
									   : "1");
		break;
	case FIELD_DUE:
		emit_due(f, n, q);
		break;
	case FIELD_WHO:
		emit_who(f, n, q);
		break;
	default:
		g_string_append(f->where, "1");
	}
}

static void emit(struct filter *f, const struct query_node *n, const struct inbox_request *q);

static void emit_parts(struct filter *f, const struct query_node *n, const struct inbox_request *q)
{
	g_string_append(f->where, n->op == QUERY_NOT ? "NOT coalesce((" : "(");
	for (guint i = 0; i < n->parts->len; i++) {
		if (i)
			g_string_append(f->where, n->op == QUERY_OR ? " OR " : " AND ");
		emit(f, n->parts->pdata[i], q);
	}
	if (!n->parts->len)
		g_string_append(f->where, "1");
	g_string_append(f->where, n->op == QUERY_NOT ? "), 0)" : ")");
}

static void emit(struct filter *f, const struct query_node *n, const struct inbox_request *q)
{
	bool always;
	if (n->op == QUERY_AND || n->op == QUERY_OR || n->op == QUERY_NOT) {
		emit_parts(f, n, q);
		return;
	}
	if (n == f->driver) {
		g_string_append(f->where, "1");
		return;
	}
	const struct finder *by = find_by(f, n, f->values, &always);
	if (always)
		g_string_append(f->where, "1");
	else if (!by)
		emit_field(f, n, q);
	else if (by->walk && f->one)
		g_string_append(f->where, by->walk);
	else if (n == f->walked)
		g_string_append(f->where, by->walk);
	else if (by->probe)
		g_string_append(f->where, by->probe);
	else
		g_string_append_printf(f->where, "c.id IN (%s)", by->ids);
}

static bool is_open_ended(const struct query_node *n)
{
	return g_str_has_suffix(n->text, "*");
}

/* A text that stands alone is looked at closely, and the beginning of a word taken as the words that there
 * are. */
static bool look_at_text(struct store *s, struct filter *f, GError **error)
{
	const struct query_node *top = f->query, *only = top->parts->len == 1 ? top->parts->pdata[0] : NULL;
	if (!only || top->op != QUERY_AND || only->op != QUERY_TEXT)
		return true;
	f->alone = only;
	g_autofree char *begun = g_strndup(only->text, strlen(only->text) - 1);
	return !is_open_ended(only) || words_that_begin(s, begun, &f->words, error);
}

/* From how many hits on a text is walked that stands alone. */
static bool count_enough(struct store *s, const struct filter *f, const struct query_node *n, gint64 *enough,
			 GError **error)
{
	gint64 messages;
	*enough = FEW;
	if (n != f->alone)
		return true;
	if (!sql_number(s, &messages, NULL, error, "SELECT coalesce(max(id), 0) FROM messages", ""))
		return false;
	*enough += messages / (strchr(n->text, ' ') ? SHARE_PHRASE : SHARE_WORD);
	return true;
}

/* Counts the hits of a leaf, up to `enough` + 1; -1 if it has none to count. -2 on a fault. */
static gint64 count_hits(struct store *s, struct filter *f, const struct query_node *n, gint64 enough,
			 GError **error)
{
	bool always;
	g_autoptr(GArray) values = g_array_new(false, true, sizeof(struct sql_value));
	const struct finder *by = find_by(f, n, values, &always);
	if (!by)
		return -1;
	add_number(values, enough + 1);
	g_autoptr(sql_row_auto) q = sql_query_values(s, by->count, values, error);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s) ? 0 : -2;
	gint64 count = sqlite3_column_int64(q, 0);
	return count;
}

/* The leaf with the fewest hits, and how many: fewer than *least was before. Relevance is that of words. */
static bool find_least(struct store *s, struct filter *f, const struct query_node **best, gint64 *least,
		       GError **error)
{
	const struct query_node *top = f->query;
	for (guint i = 0; i < top->parts->len; i++) {
		const struct query_node *n = top->parts->pdata[i];
		if (f->order == ORDER_RELEVANCE && n->op != QUERY_TEXT)
			continue;
		gint64 enough,
		    count = count_enough(s, f, n, &enough, error) ? count_hits(s, f, n, enough, error) : -2;
		if (count == -2)
			return false;
		/* For the beginning of a word FTS5 would merge all words that begin so each time it is asked.
		 */
		if (n == f->alone && count > enough && (f->words || !is_open_ended(n)))
			f->walked = n;
		if (count >= 0 && count < *least) {
			*least = count;
			*best = n;
		}
	}
	return true;
}

/* Chooses the leaf with the fewest hits to drive the search; with too many for relevance the newest come
 * first. */
static bool choose_driver(struct store *s, struct filter *f, GError **error)
{
	const struct query_node *best = NULL;
	gint64 least = f->order == ORDER_RELEVANCE ? RANKED + 1 : FEW + 1;
	if (!find_least(s, f, &best, &least, error))
		return false;
	if (f->order == ORDER_RELEVANCE && !best) {
		f->order = ORDER_NEWEST;
		return choose_driver(s, f, error);
	}
	f->nothing = best && least == 0;
	if (best) {
		bool always;
		const struct finder *by = find_by(f, best, f->values, &always);
		f->hits = g_strdup(f->order == ORDER_RELEVANCE ? by->scored : by->ids);
		f->driver = best;
	}
	return true;
}

/* The narrowest index that holds all that can fit. */
static enum filter_scope scope_of(const struct query_node *top)
{
	if (!query_names_status(top))
		return SCOPE_OPEN;
	for (guint i = 0; top->op == QUERY_AND && i < top->parts->len; i++) {
		const struct query_node *n = top->parts->pdata[i];
		if (n->op != QUERY_FIELD)
			continue;
		if (n->field == FIELD_STATUS)
			return status_is_open(n->number) ? SCOPE_OPEN : SCOPE_CLOSED;
		if (n->field == FIELD_IS && g_str_equal(n->text, "open"))
			return SCOPE_OPEN;
		if (n->field == FIELD_IS && g_str_equal(n->text, "closed"))
			return SCOPE_CLOSED;
	}
	return SCOPE_ANY;
}

/* A single leaf becomes an AND of one, so that every query has the same top. */
static struct query_node *with_and_on_top(struct query_node *n)
{
	if (n->op == QUERY_AND)
		return n;
	struct query_node *top = g_new0(struct query_node, 1);
	top->op = QUERY_AND;
	top->parts = g_ptr_array_new_with_free_func((GDestroyNotify)query_destroy);
	g_ptr_array_add(top->parts, n);
	return top;
}

static bool begin(const struct inbox_request *q, struct filter *f, GError **error)
{
	g_autoptr(GError) fault = NULL;
	*f = (struct filter){0};
	struct query_node *n = query_parse(q->query ? q->query : "", NULL, &fault);
	if (!n) {
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_QUERY, fault->message);
		return false;
	}
	f->order = n->order;
	f->query = with_and_on_top(n);
	f->where = g_string_new(NULL);
	f->values = g_array_new(false, true, sizeof(struct sql_value));
	f->texts = g_ptr_array_new_with_free_func(g_free);
	f->me = q->me;
	f->scope = scope_of(f->query);
	return true;
}

bool filter_make(struct store *s, const struct inbox_request *q, struct filter *f, GError **error)
{
	if (!begin(q, f, error))
		return false;
	if (q->found) {
		f->order = f->order == ORDER_RELEVANCE ? ORDER_NEWEST : f->order;
		f->hits = g_strdup("SELECT id AS case_id FROM " FILTER_FOUND);
		g_string_append(f->where, "1");
		return true;
	}
	if (!look_at_text(s, f, error) || !choose_driver(s, f, error))
		return false;
	emit(f, f->query, q);
	return true;
}

static bool asks_for_words(const struct query_node *n)
{
	for (guint i = 0; n->parts && i < n->parts->len; i++) {
		if (asks_for_words(n->parts->pdata[i]))
			return true;
	}
	return n->op == QUERY_TEXT || (n->op == QUERY_FIELD && n->field == FIELD_BUYER);
}

bool filter_fits(struct store *s, const struct inbox_request *q, gint64 case_id, bool *fits, GError **error)
{
	struct filter f;
	gint64 found;
	bool ok = begin(q, &f, error);
	if (ok) {
		f.one = true;
		f.scope = SCOPE_ANY;
		add_number(f.values, case_id);
		emit(&f, f.query, q);
	}
	/* Texts wait only inside a write that brought them. */
	if (ok && s->indexes && asks_for_words(f.query))
		ok = index_flush(s, error);
	if (ok) {
		g_autofree char *text =
		    g_strdup_printf("SELECT 1 FROM cases c WHERE c.id = ? AND %s", f.where->str);
		sqlite3_stmt *stmt = sql_query_values(s, text, f.values, error);
		found = stmt && sql_step(s, stmt, error);
		*fits = found != 0;
		ok = stmt && (found || sql_ended(s));
		if (found)
			sqlite3_reset(stmt);
	}
	filter_clear(&f);
	return ok;
}

char *filter_from(const struct filter *f)
{
	static const struct {
		const char *index, *condition;
	} scopes[] = {
	    [SCOPE_OPEN] = {"cases_inbox", "c.open = 1"},
	    [SCOPE_CLOSED] = {"cases_closed", "c.open = 0"},
	    [SCOPE_ANY] = {"cases_by_due", "c.next_due IS NOT NULL"},
	};
	const char *among = scopes[f->scope].condition;
	if (f->hits && f->order == ORDER_RELEVANCE)
		return g_strdup_printf("FROM (WITH scored AS MATERIALIZED (%s) SELECT case_id AS id,"
				       " CAST(sum(score) * 1e9 AS INTEGER) AS score FROM scored GROUP BY "
				       "case_id) hit CROSS JOIN cases c ON c.id = hit.id WHERE %s AND %s",
				       f->hits, among, f->where->str);
	if (f->hits)
		return g_strdup_printf(
		    "FROM (SELECT DISTINCT case_id AS id FROM (%s)) hit CROSS JOIN cases c ON c.id = hit.id"
		    " WHERE %s AND %s",
		    f->hits, among, f->where->str);
	return g_strdup_printf("FROM cases c INDEXED BY %s WHERE %s AND %s",
			       f->order == ORDER_NEWEST ? "cases_newest" : scopes[f->scope].index, among,
			       f->where->str);
}
