/* SPDX-License-Identifier: MIT */
#include "store/act_follow_up.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "store/buyer.h"
#include "store/history.h"
#include "store/ingest.h"
#include "store/shop_file.h"

#include "domain/banned.h"

#define STANDARD_DAYS 30 /* where shop.ini can't be read */

/* Follow-ups of the person ?1, done or not, that weren't taken back. */
#define PLANNED                                                                                              \
	"WITH f AS MATERIALIZED (SELECT e.due FROM cases c JOIN events e ON e.case_id = c.id WHERE e.type "  \
	"= 'follow-up'"                                                                                      \
	" AND " ACT_LIVE " AND c.buyer IN (SELECT id FROM buyers WHERE id = ?1 OR merged_into = ?1)) "

/* The first time from `due` on that isn't too near to another: `due` itself, or so far behind one of them. */
static bool find_free(struct store *s, gint64 buyer, gint64 due, gint64 gap, gint64 *free, GError **error)
{
	return sql_number(s, free, NULL, error,
			  PLANNED
			  "SELECT min(k) FROM (SELECT ?2 AS k UNION SELECT due + ?3 FROM f) WHERE k >= ?2"
			  " AND NOT EXISTS (SELECT 1 FROM f WHERE f.due > k - ?3 AND f.due < k + ?3)",
			  "iii", buyer, due, gap);
}

/* Never too often, whichever of the person's records it is planned for. */
static bool check_distance(struct store *s, const struct actor *by, gint64 buyer, gint64 due, GError **error)
{
	const struct shop *shop = store_shop(s, NULL);
	gint64 days = shop ? shop->follow_up_days : STANDARD_DAYS, free;
	if (due <= by->now)
		return act_refuse(error, _("a follow-up is planned for a time to come"));
	if (!find_free(s, buyer, due, days * DAY_MS, &free, error))
		return false;
	if (free == due)
		return true;
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop ? shop->zone : "UTC");
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc((free + MINUTE_MS - 1) / MINUTE_MS * 60);
	g_autoptr(GDateTime) from = g_date_time_to_timezone(utc, zone ? zone : g_date_time_get_timezone(utc));
	g_autofree char *text = g_date_time_format(from, "%Y-%m-%d %H:%M");
	return act_refuse(error, _("never too often: this buyer may be written to again from %s on"), text);
}

/* The row of the case: as in the buyer's newest case, so that order and language are at hand. */
static bool open_row(struct store *s, gint64 buyer, const char *text, gint64 now, gint64 *id, GError **error)
{
	if (!sql_run(s, error,
		     "INSERT INTO cases (open, next_due, platform, status, kind, lang, shop, buyer, subject, "
		     "thread, opened,"
		     " latest, moved) SELECT 0, 9223372036854775807, b.platform, 'new', 'follow-up', "
		     "coalesce(b.lang,"
		     " (SELECT c.lang FROM cases c WHERE c.buyer = b.id AND c.lang IS NOT NULL ORDER BY "
		     "c.latest DESC LIMIT 1)),"
		     " (SELECT min(id) FROM shops), b.id, ?2, '', ?3, ?3, 0 FROM buyers b WHERE b.id = ?1",
		     "iti", buyer, text, now))
		return false;
	*id = sql_row(s);
	return true;
}

static bool begin_act(struct store *s, struct actor *by, gint64 opened, GError **error)
{
	if (by->act)
		return true;
	bool ok =
	    sql_run(s, error, "INSERT INTO acts (login, at, what, case_id, cases) VALUES (?, ?, ?, ?, 1)",
		    "titi", by->me, by->now, vocab_id(&ACTS, ACT_FOLLOW_UP), opened);
	by->act = sql_row(s);
	return ok;
}

/* `buyer`: the record that the person's others lead to. */
static bool plan(struct store *s, struct actor *by, gint64 buyer, const struct act *a, gint64 *opened,
		 GError **error)
{
	if (!check_distance(s, by, buyer, a->due, error) ||
	    !open_row(s, buyer, a->text, by->now, opened, error) || !begin_act(s, by, *opened, error))
		return false;
	struct event e = {.at = by->now,
			  .type = EVENT_FOLLOW_UP,
			  .side = SIDE_US,
			  .trigger = TRIGGER_FOLLOW_UP,
			  .who = (char *)by->me,
			  .text = (char *)a->text,
			  .due = a->due,
			  .act = by->act};
	return history_append(s, *opened, &e, 0, error) && ingest_rebuild(s, *opened, by->now, error);
}

bool act_follow_up_of(struct store *s, const struct actor *by, gint64 id, const struct act *a, gint64 *opened,
		      GError **error)
{
	gint64 buyer;
	struct actor actor = *by;
	if (!sql_number(s, &buyer, NULL, error,
			"SELECT coalesce(b.merged_into, b.id) FROM cases c JOIN buyers b ON b.id = c.buyer "
			"WHERE c.id = ?",
			"i", id))
		return false;
	if (!buyer)
		return act_refuse(error, _("case %" PRId64 " has no buyer who could be written to"), id);
	return plan(s, &actor, buyer, a, opened, error);
}

static bool plan_for(struct store *s, struct actor *by, gint64 id, const struct act *a, gint64 *opened,
		     GError **error)
{
	gint64 buyer;
	bool found;
	if (!person_enter(s, by->me, error) ||
	    !sql_number(s, &buyer, &found, error, "SELECT coalesce(merged_into, id) FROM buyers WHERE id = ?",
			"i", id))
		return false;
	return found ? plan(s, by, buyer, a, opened, error)
		     : act_refuse(error, _("there is no buyer %" PRId64), id);
}

bool store_follow_up(struct store *s, const char *me, gint64 buyer, gint64 due, const char *text, gint64 now,
		     gint64 *opened, GError **error)
{
	struct actor by = {.me = me, .now = now};
	struct act a = {.type = ACT_FOLLOW_UP, .cases = &buyer, .count = 1, .text = text, .due = due};
	if (!act_check(&a, error) || !store_rules(s, error) || !sql_begin(s, error))
		return false;
	return sql_end(s, plan_for(s, &by, buyer, &a, opened, error), error);
}
