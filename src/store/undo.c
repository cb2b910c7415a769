/* SPDX-License-Identifier: MIT */
#include "domain/intl.h"
#include "store/act_table.h"
#include "store/act_write.h"
#include "store/history.h"
#include "store/ingest.h"

#include "domain/banned.h"

/* An event of the act that still stands. Moves are put back on their own (act_move_back()). */
#define STANDS "e.type <> 'moved' AND " ACT_LIVE

void undone_clear(struct undone *u)
{
	g_clear_pointer(&u->text, g_free);
}

static GArray *read_numbers(struct store *s, sqlite3_stmt *q, GError **error)
{
	g_autoptr(GArray) numbers = g_array_new(false, false, sizeof(gint64));
	while (q && sql_step(s, q, error)) {
		gint64 n = sqlite3_column_int64(q, 0);
		g_array_append_val(numbers, n);
	}
	return q && sql_ended(s) ? g_steal_pointer(&numbers) : NULL;
}

/* The person's newest act that stands, in *u; its act is 0 if there is none. */
static bool find_act(struct store *s, const char *me, struct undone *u, guint *all, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT id, what, case_id, cases FROM acts WHERE login = ? AND undone = 0"
		      " ORDER BY id DESC LIMIT 1",
		      "t", me);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	u->act = sqlite3_column_int64(q, 0);
	u->type = sql_word(q, 1, &ACTS, ACT_NOTE);
	u->case_id = sqlite3_column_int64(q, 2);
	*all = (guint)sqlite3_column_int64(q, 3);
	return true;
}

/* "status ours": what the act said, for the line that tells it. */
static bool describe(struct store *s, const struct undone *u, GString *out, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error, "SELECT text, minor, currency FROM events WHERE act = ? ORDER BY id LIMIT 1",
		      "i", u->act);
	g_string_append(out, vocab_title(&ACTS, u->type));
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	bool own = (act_fields(u->type) & ACT_TEXT) && sql_text(q, 0);
	g_autofree char *text =
	    own ? g_utf8_substring(sql_text(q, 0), 0, MIN(40, g_utf8_strlen(sql_text(q, 0), -1))) : NULL;
	struct money m = sql_money(q, 1);
	g_autofree char *amount = *m.currency ? money_format(&m) : NULL;
	sqlite3_reset(q);
	const struct vocabulary *v = act_words(u->type);
	int n;
	if (text)
		g_string_append_printf(out, " \"%s\"",
				       v && vocab_find(v, text, &n) ? vocab_title(v, n) : text);
	if (amount)
		g_string_append_printf(out, " %s", amount);
	return true;
}

static bool undo_case(struct store *s, const struct actor *by, gint64 case_id, GError **error)
{
	g_autoptr(GArray) ids =
	    read_numbers(s,
			 sql_query(s, error,
				   "SELECT e.id FROM events e WHERE e.act = ? AND e.case_id = ? AND " STANDS
				   " ORDER BY e.id DESC",
				   "ii", by->act, case_id),
			 error);
	for (guint i = 0; ids && i < ids->len; i++) {
		struct event e = {.at = by->now,
				  .type = EVENT_UNDO,
				  .side = SIDE_US,
				  .who = (char *)by->me,
				  .undoes = g_array_index(ids, gint64, i)};
		if (!history_append(s, case_id, &e, 0, error))
			return false;
	}
	return ids && ingest_rebuild(s, case_id, by->now, error) &&
	       sql_run(s, error, "UPDATE cases SET latest = max(latest, ?2) WHERE id = ?1", "ii", case_id,
		       by->now);
}

/* The next cases in which something of the act stands, or that its moves touched: those come all at once. */
static GArray *next_cases(struct store *s, const struct actor *by, bool moves, GError **error)
{
	return read_numbers(
	    s,
	    moves ? sql_query(s, error,
			      "SELECT case_id FROM events WHERE act = ?1 UNION"
			      " SELECT other FROM events WHERE act = ?1 AND other IS NOT NULL",
			      "i", by->act)
		  : sql_query(s, error,
			      "SELECT DISTINCT e.case_id FROM events e WHERE e.act = ? AND " STANDS
			      " ORDER BY e.case_id LIMIT ?",
			      "ii", by->act, (gint64)ACT_MOST),
	    error);
}

/* A batch; *more if there may be others. */
static bool undo_batch(struct store *s, const struct actor *by, const struct undone *u, guint *done,
		       bool *more, GError **error)
{
	bool moves = u->type == ACT_MERGE || u->type == ACT_MOVE;
	if (moves && !act_move_back(s, by, error))
		return false;
	g_autoptr(GArray) cases = next_cases(s, by, moves, error);
	for (guint i = 0; cases && i < cases->len; i++) {
		if (!undo_case(s, by, g_array_index(cases, gint64, i), error))
			return false;
	}
	if (!cases)
		return false;
	*done += cases->len;
	*more = !moves && cases->len == ACT_MOST;
	return *more || sql_run(s, error, "UPDATE acts SET undone = 1 WHERE id = ?", "i", by->act);
}

static bool undo_next(struct store *s, const char *me, gint64 now, gint64 act, struct undone *u, guint *all,
		      bool *more, GError **error)
{
	g_autoptr(GString) what = g_string_new(NULL);
	*more = false;
	if (!find_act(s, me, u, all, error))
		return false;
	if (!u->act || (act && u->act != act))
		return true;
	struct actor by = {me, now, u->act};
	if ((!u->text && !describe(s, u, what, error)) || !undo_batch(s, &by, u, &u->cases, more, error))
		return false;
	if (!u->text)
		u->text = g_strdup(what->str);
	return true;
}

/* What is told at the end: the act, and where. */
static void finish_text(struct undone *u)
{
	g_autofree char *what = g_steal_pointer(&u->text);
	if (!u->act)
		u->text = g_strdup(_("There is nothing to take back"));
	else if (u->cases == 1 || u->type == ACT_MERGE || u->type == ACT_MOVE || u->type == ACT_LINK)
		u->text = g_strdup_printf(_("Taken back: %s, case %" PRId64), what, u->case_id);
	else
		u->text = g_strdup_printf(_("Taken back: %s, %u cases"), what, u->cases);
}

bool store_undo(struct store *s, const char *me, gint64 now, act_progress *progress, void *data,
		struct undone *u, GError **error)
{
	guint all = 0;
	bool more = true;
	*u = (struct undone){0};
	if (!store_rules(s, error))
		return false;
	for (gint64 act = 0; more;) {
		if (!sql_begin(s, error) ||
		    !sql_end(s, undo_next(s, me, now, act, u, &all, &more, error), error)) {
			undone_clear(u);
			return false;
		}
		if (u->act && !u->cases &&
		    !more) { /* a colleague took all of it back already: the one before */
			undone_clear(u);
			*u = (struct undone){0};
			more = true;
			continue;
		}
		act = u->act;
		if (progress && !progress(data, u->cases, MAX(all, u->cases))) {
			u->more = more;
			break;
		}
	}
	finish_text(u);
	return true;
}
