/* SPDX-License-Identifier: MIT */
#include "store/act_stray.h"

#include "store/thread.h"

#include "domain/banned.h"

#define MOVED                                                                                                \
	" EXISTS (SELECT 1 FROM events k JOIN events w ON w.id = k.undoes JOIN messages o ON o.id ="         \
	" w.message LEFT JOIN buyers ob ON ob.id = o.buyer WHERE k.act = g.act AND k.type = 'moved'"         \
	" AND k.case_id = g.case_id AND "
/* What an act brought goes back with that act; what was here before only came back itself. */
#define CAME_SINCE                                                                                           \
	" AND (e.origin IS NULL OR (SELECT act FROM events WHERE id = e.origin) IS NULL) AND NOT EXISTS"     \
	" (SELECT 1 FROM events o WHERE o.case_id = e.case_id AND o.message = e.message AND o.id < g.id)"

/* The mail `m` of event `e` in case `t`, into which `f` was merged by event `g`. */
static const char candidates[] =
    "SELECT e.id, g.case_id, m.subject, f.thread, t.thread, coalesce(mb.merged_into, m.buyer, 0),"
    " coalesce(fb.merged_into, f.buyer), coalesce(tb.merged_into, t.buyer), coalesce(m.order_id, 0),"
    " f.order_id, t.order_id," MOVED
    "coalesce(ob.merged_into, ob.id) = coalesce(mb.merged_into, mb.id))," MOVED
    "o.order_id = m.order_id) FROM events g JOIN events e ON e.case_id = g.other AND e.id > g.id"
    " JOIN messages m ON m.id = e.message JOIN cases f ON f.id = g.case_id JOIN cases t ON t.id = g.other"
    " LEFT JOIN buyers mb ON mb.id = m.buyer LEFT JOIN buyers fb ON fb.id = f.buyer"
    " LEFT JOIN buyers tb ON tb.id = t.buyer WHERE g.act = ? AND g.type = 'merge' AND g.text = 'into'"
    " AND " ACT_MOVABLE " AND " ACT_LIVE CAME_SINCE " ORDER BY e.id";

static bool is_of_thread(sqlite3_stmt *q)
{
	g_autofree char *thread = thread_subject(sql_text(q, 2));
	return g_strcmp0(thread, sql_text(q, 3)) == 0 && g_strcmp0(thread, sql_text(q, 4)) != 0;
}

/* By the first that tells the two cases apart. */
static bool is_of_home(sqlite3_stmt *q)
{
	gint64 buyer = sqlite3_column_int64(q, 5), order = sqlite3_column_int64(q, 8);
	bool ours = sqlite3_column_int(q, 11) || buyer == sqlite3_column_int64(q, 6);
	if (buyer && ours != (buyer == sqlite3_column_int64(q, 7)))
		return ours;
	ours = sqlite3_column_int(q, 12) || order == sqlite3_column_int64(q, 9);
	if (order && ours != (order == sqlite3_column_int64(q, 10)))
		return ours;
	return is_of_thread(q);
}

GArray *strays_find(struct store *s, gint64 act, GError **error)
{
	g_autoptr(GArray) strays = g_array_new(false, false, sizeof(struct stray));
	sqlite3_stmt *q = sql_query(s, error, candidates, "i", act);
	while (q && sql_step(s, q, error)) {
		struct stray stray = {sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1)};
		if (is_of_home(q))
			g_array_append_val(strays, stray);
	}
	return q && sql_ended(s) ? g_steal_pointer(&strays) : NULL;
}
