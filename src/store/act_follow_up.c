/* SPDX-License-Identifier: MIT */
#include "store/act_follow_up.h"

#include "domain/contact.h"
#include "domain/days.h"
#include "domain/intl.h"
#include "domain/when.h"
#include "store/buyer.h"
#include "store/history.h"
#include "store/ingest.h"
#include "store/shop_file.h"

#include "domain/banned.h"

/* Where shop.ini can't be read. */
#define STANDARD_DAYS 30
#define STANDARD_YEAR 4

/* Contacts with the person ?1 that were planned and not taken back: when we wrote, called or settled it, else
 * when it is planned for. What was withdrawn before that is none. */
#define CONTACTS                                                                                             \
	"SELECT coalesce((SELECT min(k.at) FROM events k WHERE k.case_id = e.case_id AND k.at >= e.at"       \
	" AND (k.type IN ('message-out', 'call') OR (k.type = 'status' AND k.text = 'solved'))"              \
	" AND NOT EXISTS (SELECT 1 FROM events u WHERE u.case_id = k.case_id AND u.undoes = k.id)),"         \
	" iif(c.status = 'withdrawn', NULL, e.due)) AS day"                                                  \
	" FROM cases c JOIN events e ON e.case_id = c.id WHERE e.type = 'follow-up' AND " ACT_LIVE           \
	" AND c.buyer IN (SELECT id FROM buyers WHERE id = ?1 OR merged_into = ?1) AND day IS NOT NULL"

static GArray *read_contacts(struct store *s, gint64 buyer, GError **error)
{
	g_autoptr(GArray) days = g_array_new(false, false, sizeof(gint64));
	sqlite3_stmt *q = sql_query(s, error, CONTACTS, "i", buyer);
	while (q && sql_step(s, q, error)) {
		gint64 day = sqlite3_column_int64(q, 0);
		g_array_append_val(days, day);
	}
	return q && sql_ended(s) ? g_steal_pointer(&days) : NULL;
}

/* Times are named to the minute: the next whole one. */
static gint64 whole_minute(gint64 at)
{
	return (at + MINUTE_MS - 1) / MINUTE_MS * MINUTE_MS;
}

/* Never too often, whichever of the person's records it is planned for. *allowed is set when it is refused.
 */
static bool check_distance(struct store *s, const struct actor *by, gint64 buyer, gint64 due, gint64 *allowed,
			   GError **error)
{
	const struct shop *shop = store_shop(s, NULL);
	struct contact_cap cap = {(shop ? shop->follow_up_days : STANDARD_DAYS) * DAY_MS,
				  shop ? shop->follow_ups_a_year : STANDARD_YEAR};
	if (due <= by->now)
		return act_refuse(error, _("a follow-up is planned for a time to come"));
	g_autoptr(GArray) contacts = read_contacts(s, buyer, error);
	gint64 free = contacts ? contact_first_free(&cap, contacts, due) : 0;
	if (!contacts || free == due)
		return contacts != NULL;
	*allowed = whole_minute(free);
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop ? shop->zone : "UTC");
	g_autofree char *text = when_stamp(*allowed, zone);
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
static bool plan(struct store *s, struct actor *by, gint64 buyer, const struct act *a, struct acted *r,
		 GError **error)
{
	gint64 opened;
	if (!check_distance(s, by, buyer, a->due, &r->allowed, error) ||
	    !open_row(s, buyer, a->text, by->now, &opened, error) || !begin_act(s, by, opened, error))
		return false;
	r->case_id = opened;
	struct event e = {.at = by->now,
			  .type = EVENT_FOLLOW_UP,
			  .side = SIDE_US,
			  .trigger = TRIGGER_FOLLOW_UP,
			  .who = (char *)by->me,
			  .text = (char *)a->text,
			  .due = a->due,
			  .act = by->act};
	return history_append(s, opened, &e, 0, error) && ingest_rebuild(s, opened, by->now, error);
}

bool act_follow_up_of(struct store *s, const struct actor *by, gint64 id, const struct act *a,
		      struct acted *r, GError **error)
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
	return plan(s, &actor, buyer, a, r, error);
}

static bool plan_for(struct store *s, struct actor *by, gint64 id, const struct act *a, struct acted *r,
		     GError **error)
{
	gint64 buyer;
	bool found;
	if (!person_enter(s, by->me, error) ||
	    !sql_number(s, &buyer, &found, error, "SELECT coalesce(merged_into, id) FROM buyers WHERE id = ?",
			"i", id))
		return false;
	return found ? plan(s, by, buyer, a, r, error)
		     : act_refuse(error, _("there is no buyer %" PRId64), id);
}

bool store_follow_up(struct store *s, const char *me, gint64 buyer, gint64 due, const char *text, gint64 now,
		     struct acted *r, GError **error)
{
	*r = (struct acted){0};
	struct actor by = {.me = me, .now = now};
	struct act a = {.type = ACT_FOLLOW_UP, .cases = &buyer, .count = 1, .text = text, .due = due};
	if (!act_check(&a, error) || !store_rules(s, error) || !sql_begin(s, error))
		return false;
	return sql_end(s, plan_for(s, &by, buyer, &a, r, error), error);
}
