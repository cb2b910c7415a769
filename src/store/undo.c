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

/* An undo that goes on from batch to batch. */
struct undoing {
	const char *me;
	gint64 now;
	gint64 act;    /* the one that was begun; 0: none */
	gint64 before; /* only acts older than this one */
	bool told;     /* that the act at hand can't be taken back */
	guint all;     /* cases of the act */
	bool more;
};

/* The person's newest act that stands, in *u; its act is 0 if there is none. */
static bool find_act(struct store *s, struct undoing *g, struct undone *u, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT id, what, case_id, cases, stuck FROM acts WHERE login = ? AND undone = 0"
		      " AND id < ? ORDER BY id DESC LIMIT 1",
		      "ti", g->me, g->before);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	u->act = sqlite3_column_int64(q, 0);
	u->type = sql_word(q, 1, &ACTS, ACT_NOTE);
	u->case_id = sqlite3_column_int64(q, 2);
	g->all = (guint)sqlite3_column_int64(q, 3);
	g->told = sqlite3_column_int(q, 4) != 0;
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

/* A view that was dropped after the newest act comes first. */
static bool undo_view(struct store *s, const struct undoing *g, struct undone *u, GError **error)
{
	g_autofree char *title = NULL;
	if (!view_bring_back(s, g->me, u->act, &title, error))
		return false;
	if (title)
		*u = (struct undone){.view = true,
				     .text = g_strdup_printf(_("Taken back: view \"%s\" dropped"), title)};
	return true;
}

static bool undo_next(struct store *s, struct undoing *g, struct undone *u, GError **error)
{
	g_autoptr(GString) what = g_string_new(NULL);
	g->more = false;
	if (!find_act(s, g, u, error))
		return false;
	if (!g->act && !undo_view(s, g, u, error))
		return false;
	if (!u->act || (g->act && u->act != g->act))
		return true;
	struct actor by = {g->me, g->now, u->act};
	if ((!u->text && !describe(s, u, what, error)) || !undo_batch(s, &by, u, &u->cases, &g->more, error))
		return false;
	if (!u->text)
		u->text = g_strdup(what->str);
	return true;
}

/* What is told at the end: the act, and where. */
static void finish_text(struct undone *u)
{
	if (u->view)
		return;
	g_autofree char *what = g_steal_pointer(&u->text);
	if (!u->act)
		u->text = g_strdup(_("There is nothing to take back"));
	else if (u->cases == 1 || u->type == ACT_MERGE || u->type == ACT_MOVE || u->type == ACT_LINK)
		u->text = g_strdup_printf(_("Taken back: %s, case %" PRId64), what, u->case_id);
	else
		u->text = g_strdup_printf(_("Taken back: %s, %u cases"), what, u->cases);
}

static void start_over(struct undoing *g, struct undone *u)
{
	undone_clear(u);
	*u = (struct undone){0};
	g->act = 0;
	g->more = true;
}

/* The act can't be taken back. Told already: the one before it is tried; else that is kept, and told. */
static bool step_over(struct store *s, struct undoing *g, struct undone *u, GError **error)
{
	g_autoptr(GError) why = NULL;
	bool told = g->told;
	g->before = u->act;
	start_over(g, u);
	if (told) {
		g_clear_error(error);
		return true;
	}
	if (sql_begin(s, &why))
		sql_end(s, sql_run(s, &why, "UPDATE acts SET stuck = 1 WHERE id = ?", "i", g->before), &why);
	if (!why) {
		g_autofree char *reason = g_strdup((*error)->message);
		g_clear_error(error);
		act_refuse(error, _("%s; asked again, undo steps over it"), reason);
	}
	return false;
}

/* One transaction. */
static bool undo_step(struct store *s, struct undoing *g, struct undone *u, GError **error)
{
	g_autoptr(GError) fault = NULL;
	if (sql_begin(s, &fault) && sql_end(s, undo_next(s, g, u, &fault), &fault)) {
		/* A colleague took all of it back already: the one before. */
		if (u->act && !u->cases && !g->more)
			start_over(g, u);
		return true;
	}
	bool refused = g_error_matches(fault, STORE_ERROR, STORE_ERROR_REFUSED);
	if (refused && step_over(s, g, u, &fault))
		return true;
	undone_clear(u);
	g_propagate_error(error, g_steal_pointer(&fault));
	return false;
}

bool store_undo(struct store *s, const char *me, gint64 now, act_progress *progress, void *data,
		struct undone *u, GError **error)
{
	struct undoing g = {.me = me, .now = now, .before = G_MAXINT64, .more = true};
	*u = (struct undone){0};
	if (!store_rules(s, error))
		return false;
	while (g.more) {
		if (!undo_step(s, &g, u, error))
			return false;
		g.act = u->act;
		if (u->act && progress && !progress(data, u->cases, MAX(g.all, u->cases))) {
			u->more = g.more;
			break;
		}
	}
	finish_text(u);
	return true;
}
