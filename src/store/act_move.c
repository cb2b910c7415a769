/* SPDX-License-Identifier: MIT */
/*
 * Merging and splitting. Events stay where they were written: what moves is marked as moved in the old case
 * (which takes it out of all that follows from it) and written again, with its own time and person, in the
 * new one.
 */
#include "store/act_write.h"

#include "domain/intl.h"
#include "store/act_stray.h"
#include "store/history.h"
#include "store/ingest.h"
#include "store/tags.h"
#include "store/thread.h"

#include "domain/banned.h"

#define COLUMNS                                                                                              \
	"SELECT e.id, e.at, e.type, e.side, e.trigger, p.login, e.text, e.minor, e.currency, e.due, e.act, " \
	"e.about,"                                                                                           \
	" coalesce(e.message, 0), e.case_id, coalesce(e.other, 0), coalesce(e.undoes, 0), e.origin, e.rule"  \
	" FROM events e LEFT JOIN persons p ON p.id = e.person "

/* An event as it stands, to be written again elsewhere. */
struct copy {
	gint64 id, case_id, message, undoes;
	struct event event;
};

static void copy_clear(gpointer data)
{
	struct copy *c = data;
	g_free(c->event.who);
	g_free(c->event.text);
	g_free(c->event.rule);
}

static struct copy read_copy(sqlite3_stmt *q)
{
	struct copy c = {.id = sqlite3_column_int64(q, 0),
			 .message = sqlite3_column_int64(q, 12),
			 .case_id = sqlite3_column_int64(q, 13),
			 .undoes = sqlite3_column_int64(q, 15)};
	c.event = (struct event){
	    .at = sqlite3_column_int64(q, 1),
	    .type = sql_word(q, 2, &EVENT_TYPES, EVENT_NOTE),
	    .side = sql_word(q, 3, &SIDES, SIDE_DESK),
	    .trigger = sql_word(q, 4, &TRIGGERS, TRIGGER_NONE),
	    .who = sql_copy(q, 5),
	    .text = sql_copy(q, 6),
	    .amount = sql_money(q, 7),
	    .due = sqlite3_column_int64(q, 9),
	    .act = sqlite3_column_int64(q, 10),
	    .about = sqlite3_column_int64(q, 11),
	    .other = sqlite3_column_int64(q, 14),
	    .origin = sqlite3_column_int64(q, 16),
	    .rule = sql_copy(q, 17),
	};
	return c;
}

static GArray *read_copies(struct store *s, sqlite3_stmt *q, GError **error)
{
	g_autoptr(GArray) copies = g_array_new(false, true, sizeof(struct copy));
	g_array_set_clear_func(copies, copy_clear);
	while (q && sql_step(s, q, error)) {
		struct copy c = read_copy(q);
		g_array_append_val(copies, c);
	}
	return q && sql_ended(s) ? g_steal_pointer(&copies) : NULL;
}

/* What refers to an event that was written again refers to its new row. */
static void map_about(GHashTable *map, struct event *e)
{
	gint64 *now = g_hash_table_lookup(map, &e->about);
	if (now)
		e->about = *now;
}

static void remember(GHashTable *map, gint64 was, gint64 is)
{
	g_hash_table_insert(map, g_memdup2(&was, sizeof was), g_memdup2(&is, sizeof is));
}

static GHashTable *map_new(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

/* Writes the event into case `to`; its message and the answer in the outbox go along. */
static bool write_copy(struct store *s, struct copy *c, gint64 to, gint64 origin, GHashTable *map,
		       GError **error)
{
	c->event.origin = origin;
	c->event.other = 0;
	map_about(map, &c->event);
	if (!history_append(s, to, &c->event, c->message, error))
		return false;
	gint64 fresh = sql_row(s);
	remember(map, c->id, fresh);
	return !c->message ||
	       (sql_run(s, error, "UPDATE messages SET case_id = ? WHERE id = ?", "ii", to, c->message) &&
		sql_run(s, error, "UPDATE outbox SET case_id = ?, event = ? WHERE message = ?", "iii", to,
			fresh, c->message));
}

static bool mark_moved(struct store *s, const struct actor *by, gint64 from, gint64 to, gint64 event,
		       gint64 *mark, GError **error)
{
	struct event e = {.at = by->now,
			  .type = EVENT_MOVED,
			  .side = SIDE_US,
			  .who = (char *)by->me,
			  .undoes = event,
			  .other = to,
			  .act = by->act};
	bool ok = history_append(s, from, &e, 0, error);
	*mark = sql_row(s);
	return ok;
}

/* `message` 0: all that can move. */
static bool move_events(struct store *s, const struct actor *by, gint64 from, gint64 to, gint64 message,
			GError **error)
{
	sqlite3_stmt *q = sql_query(s, error,
				    COLUMNS "WHERE e.case_id = ?1 AND " ACT_MOVABLE " AND " ACT_LIVE
					    " AND (?2 = 0 OR e.message = ?2) ORDER BY e.id",
				    "ii", from, message);
	g_autoptr(GArray) copies = read_copies(s, q, error);
	g_autoptr(GHashTable) map = map_new();
	for (guint i = 0; copies && i < copies->len; i++) {
		struct copy *c = &g_array_index(copies, struct copy, i);
		gint64 mark;
		if (!mark_moved(s, by, from, to, c->id, &mark, error) ||
		    !write_copy(s, c, to, mark, map, error))
			return false;
	}
	return copies && (!message || copies->len ||
			  act_refuse(error, _("case %" PRId64 " has no message %" PRId64), from, message));
}

static bool tell(struct store *s, const struct actor *by, gint64 in, enum event_type type, const char *text,
		 gint64 other, GError **error)
{
	struct event e = {.at = by->now,
			  .type = type,
			  .side = SIDE_US,
			  .who = (char *)by->me,
			  .text = (char *)text,
			  .other = other,
			  .act = by->act};
	return history_append(s, in, &e, 0, error) &&
	       sql_run(s, error, "UPDATE cases SET latest = max(latest, ?2) WHERE id = ?1", "ii", in,
		       by->now);
}

/* The case that mails are to go to: there, and not merged away itself. */
static bool check_target(struct store *s, gint64 from, gint64 to, GError **error)
{
	gint64 into;
	bool found;
	if (from == to)
		return act_refuse(error, _("name another case than case %" PRId64 " itself"), from);
	if (!sql_number(s, &into, &found, error, "SELECT coalesce(merged_into, 0) FROM cases WHERE id = ?",
			"i", to))
		return false;
	if (!found) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no case %" PRId64), to);
		return false;
	}
	return !into ||
	       act_refuse(error, _("case %" PRId64 " was merged into case %" PRId64 ": name that one"), to,
			  into);
}

/* A tag stays with the old case, too: nothing is taken from there. */
static bool give_tags(struct store *s, const struct actor *by, gint64 from, gint64 to, GError **error)
{
	g_autoptr(GPtrArray) tags = tags_read(s, from, error);
	for (guint i = 0; tags && i < tags->len; i++) {
		struct event e = {.at = by->now,
				  .type = EVENT_TAG,
				  .side = SIDE_US,
				  .who = (char *)by->me,
				  .text = tags->pdata[i],
				  .act = by->act};
		bool has;
		if (!tags_has(s, to, e.text, &has, error) || (!has && !history_append(s, to, &e, 0, error)))
			return false;
	}
	return tags != NULL;
}

static bool merge(struct store *s, const struct actor *by, gint64 from, gint64 to, GError **error)
{
	return tell(s, by, from, EVENT_MERGE, "into", to, error) &&
	       tell(s, by, to, EVENT_MERGE, "from", from, error) && move_events(s, by, from, to, 0, error) &&
	       give_tags(s, by, from, to, error) && ingest_rebuild(s, from, by->now, error) &&
	       ingest_rebuild(s, to, by->now, error);
}

/* The persons behind both cases' buyers, if they are known and two. */
static bool check_buyers(struct store *s, gint64 from, gint64 to, bool *two, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error,
	    "SELECT coalesce(b.name, b.alias), coalesce(o.name, o.alias) FROM cases f JOIN buyers b ON"
	    " b.id = f.buyer JOIN cases t ON t.id = ?2 JOIN buyers o ON o.id = t.buyer WHERE f.id = ?1"
	    " AND coalesce(b.merged_into, b.id) <> coalesce(o.merged_into, o.id)",
	    "ii", from, to);
	*two = q && sql_step(s, q, error);
	if (!*two)
		return q && sql_ended(s);
	return act_refuse(error, _("these are two buyers: case %" PRId64 " is of %s, case %" PRId64 " of %s"),
			  from, sql_text(q, 0), to, sql_text(q, 1));
}

bool act_merge(struct store *s, const struct actor *by, gint64 from, gint64 to, bool *two_buyers,
	       GError **error)
{
	return check_target(s, from, to, error) &&
	       (!two_buyers || check_buyers(s, from, to, two_buyers, error)) && merge(s, by, from, to, error);
}

/* The row of a case that is split off: what the message says of itself, else as in the case it comes from. */
static bool open_split(struct store *s, const struct actor *by, gint64 from, gint64 message, gint64 *to,
		       GError **error)
{
	sqlite3_stmt *q = sql_query(s, error, "SELECT subject FROM messages WHERE id = ?", "i", message);
	if (!q || !sql_step(s, q, error))
		return false;
	g_autofree char *thread = thread_subject(sql_text(q, 0));
	sqlite3_reset(q);
	if (!sql_run(s, error,
		     "INSERT INTO cases (open, next_due, platform, status, kind, lang, shop, buyer, "
		     "order_id, subject, thread,"
		     " reason, minor, currency, opened, latest, moved) SELECT 0, 9223372036854775807, "
		     "c.platform, 'new', 'other',"
		     " coalesce(m.lang, c.lang), c.shop, c.buyer, c.order_id, m.subject, ?3, m.reason, "
		     "c.minor, c.currency,"
		     " m.sent, m.sent, 0 FROM cases c JOIN messages m ON m.id = ?2 WHERE c.id = ?1",
		     "iit", from, message, thread))
		return false;
	*to = sql_row(s);
	return tell(s, by, *to, EVENT_SPLIT, NULL, from, error);
}

/* The last message stays: moving it would be a merge, which takes notes and all along. */
static bool check_message(struct store *s, gint64 from, gint64 message, GError **error)
{
	gint64 here, others;
	if (!sql_number(s, &here, NULL, error,
			"SELECT count(*) FROM events e WHERE e.case_id = ? AND e.message = ? AND " ACT_LIVE,
			"ii", from, message) ||
	    !sql_number(s, &others, NULL, error,
			"SELECT count(*) FROM events e WHERE e.case_id = ? AND e.message <> ? AND " ACT_LIVE,
			"ii", from, message))
		return false;
	if (!here)
		return act_refuse(error, _("case %" PRId64 " has no message %" PRId64), from, message);
	return others ||
	       act_refuse(error, _("it is the only message of case %" PRId64 ": merge the case instead"),
			  from);
}

bool act_move(struct store *s, const struct actor *by, gint64 from, gint64 message, gint64 *to,
	      GError **error)
{
	if (!check_message(s, from, message, error) ||
	    (*to ? !check_target(s, from, *to, error) : !open_split(s, by, from, message, to, error)))
		return false;
	return move_events(s, by, from, *to, message, error) && ingest_rebuild(s, from, by->now, error) &&
	       ingest_rebuild(s, *to, by->now, error);
}

static bool take_away(struct store *s, const struct actor *by, gint64 case_id, gint64 event, GError **error)
{
	struct event e = {
	    .at = by->now, .type = EVENT_UNDO, .side = SIDE_US, .who = (char *)by->me, .undoes = event};
	return history_append(s, case_id, &e, 0, error);
}

/* Puts one moved event back: unless it was itself taken back where it went. Refused if it was moved on from
 * there. */
static bool put_back(struct store *s, const struct actor *by, const struct copy *mark, GHashTable *map,
		     GError **error)
{
	gint64 copy, gone;
	if (!sql_number(s, &copy, NULL, error,
			"SELECT id FROM events WHERE origin = ? ORDER BY id DESC LIMIT 1", "i", mark->id) ||
	    !sql_number(s, &gone, NULL, error,
			"SELECT CASE u.type WHEN 'moved' THEN 2 ELSE 1 END FROM events u JOIN events e ON "
			"e.id = u.undoes"
			" AND e.case_id = u.case_id WHERE e.id = ?",
			"i", copy))
		return false;
	if (gone == 2)
		return act_refuse(
		    error,
		    _("what was moved to case %" PRId64 " has been moved on since: take that back first"),
		    mark->event.other);
	if (gone == 1)
		return true;
	g_autoptr(GArray) was =
	    read_copies(s, sql_query(s, error, COLUMNS "WHERE e.id = ?", "i", mark->undoes), error);
	if (!was || was->len != 1 || !take_away(s, by, mark->event.other, copy, error))
		return false;
	/* It may have been moved to the old case by an earlier act: it still has come from there. */
	struct copy *c = &g_array_index(was, struct copy, 0);
	return write_copy(s, c, mark->case_id, c->event.origin, map, error);
}

/* A case that was split off has a life of its own once more was said or done in it. */
static bool check_split(struct store *s, const struct actor *by, GError **error)
{
	gint64 lives;
	if (!sql_number(
		s, &lives, NULL, error,
		"SELECT e.case_id FROM events n JOIN events e ON e.case_id = n.case_id WHERE n.act = ?1 AND "
		"n.type = 'split'"
		" AND " ACT_MOVABLE " AND " ACT_LIVE
		" AND (e.origin IS NULL OR e.origin NOT IN (SELECT id FROM events WHERE act = ?1)) LIMIT 1",
		"i", by->act))
		return false;
	return !lives ||
	       act_refuse(error, _("more has happened in case %" PRId64 " since: merge it back instead"),
			  lives);
}

/* Of no act: nobody did it. */
static bool send_home(struct store *s, const struct actor *by, const struct stray *stray, GHashTable *map,
		      GError **error)
{
	const struct actor nobody = {by->me, by->now, 0};
	gint64 mark;
	g_autoptr(GArray) was =
	    read_copies(s, sql_query(s, error, COLUMNS "WHERE e.id = ?", "i", stray->event), error);
	if (!was || was->len != 1)
		return false;
	struct copy *c = &g_array_index(was, struct copy, 0);
	return mark_moved(s, &nobody, c->case_id, stray->home, c->id, &mark, error) &&
	       write_copy(s, c, stray->home, mark, map, error);
}

bool act_move_back(struct store *s, const struct actor *by, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error, COLUMNS "WHERE e.act = ? AND e.type = 'moved' ORDER BY e.id", "i", by->act);
	g_autoptr(GArray) marks = read_copies(s, q, error);
	g_autoptr(GHashTable) map = map_new();
	g_autoptr(GArray) strays = marks ? strays_find(s, by->act, error) : NULL;
	if (!strays || !check_split(s, by, error))
		return false;
	for (guint i = 0; i < marks->len; i++) {
		if (!put_back(s, by, &g_array_index(marks, struct copy, i), map, error))
			return false;
	}
	for (guint i = 0; i < strays->len; i++) {
		if (!send_home(s, by, &g_array_index(strays, struct stray, i), map, error))
			return false;
	}
	return true;
}
