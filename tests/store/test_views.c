/* SPDX-License-Identifier: MIT */
/* Saved views: the shop's first ones, a person's own, what they find and how they count. */
#include "store/act.h"
#include "store/sql.h"
#include "store/views.h"
#include "support/make_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define HOUR G_GINT64_CONSTANT(3600000)
#define DAY (24 * HOUR)
#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */

static int setup(void **state)
{
	*state = make_store();
	return 0;
}

static int teardown(void **state)
{
	make_store_remove(*state);
	return 0;
}

static guint count(struct store *s, const char *name)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = {.now = NOW, .day_end = NOW + 10 * HOUR, .me = "rasa"};
	struct view_row *v = store_view_find(s, "rasa", name, &error);
	if (!v)
		fail_msg("%s: %s", name, error ? error->message : "isn't there");
	if (!store_view_count(s, v, &q, &error))
		fail_msg("%s: %s", name, error->message);
	assert_false(v->more);
	guint n = v->count;
	view_row_destroy(v);
	return n;
}

static void act(struct store *s, struct act a, gint64 id)
{
	g_autoptr(GError) error = NULL;
	struct acted r;
	a.cases = &id;
	a.count = 1;
	if (!store_act(s, "rasa", &a, NOW, &r, &error))
		fail_msg("%s", error->message);
}

static void the_first_views_find_what_they_say(void **state)
{
	struct store *s = *state;
	make_many(s, 6, NOW + HOUR); /* due an hour from now and later, a minute apart */
	static const struct {
		const char *name;
		guint before, after;
	} rows[] = {{"Mine", 0, 1},     {"Unassigned", 6, 5},       {"Overdue", 0, 1}, {"Today", 6, 7},
		    {"Promises", 0, 1}, {"Waiting too long", 0, 1}, {"VIP", 0, 1}};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_int_equal(count(s, rows[i].name), rows[i].before);
	struct mail_facts late = {
	    .platform = "etsy", .alias = "late@example.org", .sent = NOW - 9 * DAY, .stated_due = NOW - HOUR};
	gint64 id = make_ingest(s, &late).case_id;
	act(s, (struct act){.type = ACT_STATUS, .text = "buyer"}, id);
	act(s, (struct act){.type = ACT_TAKE}, 1);
	act(s, (struct act){.type = ACT_ASSIGN, .text = "jonas"}, id);
	act(s, (struct act){.type = ACT_PROMISE, .text = "a call", .due = NOW + 5 * HOUR}, 2);
	assert_true(sql_run(
	    s, NULL, "UPDATE buyers SET vip = 1 WHERE id = (SELECT buyer FROM cases WHERE id = 3)", ""));
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (count(s, rows[i].name) != rows[i].after)
			fail_msg("%s: %u", rows[i].name, count(s, rows[i].name));
	}
	act(s, (struct act){.type = ACT_SOLVE, .text = "done"}, 3);
	assert_int_equal(count(s, "vip"), 0); /* a mark alone doesn't show what is closed */
}

static void own_views_are_ones_own(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) error = NULL;
	assert_true(store_view_save(s, "rasa", "Lamps", "lamp is:pinned", false, NULL));
	assert_true(store_view_save(s, "rasa", "Mine", "who:me status:ours", false, NULL));
	g_autoptr(GPtrArray) hers = store_views(s, "rasa", NULL), his = store_views(s, "jonas", NULL);
	assert_int_equal(hers->len, 9);
	assert_int_equal(his->len, 7);
	struct view_row *v = store_view_find(s, "rasa", "mine", NULL);
	assert_string_equal(v->query, "who:me status:ours"); /* one's own before the shop's */
	assert_false(store_view_drop(s, "jonas", v->id, NOW, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND));
	assert_true(store_view_move(s, "rasa", v->id, 1, NULL));
	g_autoptr(GPtrArray) moved = store_views(s, "rasa", NULL);
	assert_int_equal(((struct view_row *)moved->pdata[0])->id, v->id);
	assert_true(store_view_drop(s, "rasa", v->id, NOW, NULL));
	view_row_destroy(v);
	assert_true(store_view_save(s, "rasa", "Lamps", "lamp", false, NULL)); /* in place of the old one */
	g_autoptr(GPtrArray) after = store_views(s, "rasa", NULL);
	assert_int_equal(after->len, 8);
}

static struct undone undo(struct store *s, const char *me)
{
	g_autoptr(GError) error = NULL;
	struct undone u;
	if (!store_undo(s, me, NOW, NULL, NULL, &u, &error))
		fail_msg("%s", error->message);
	return u;
}

/* In order with what was done to cases, and only by who dropped it. */
static void a_dropped_view_comes_back(void **state)
{
	static const char *const told[] = {"Taken back: pinned", "Taken back: view \"Unassigned\" dropped",
					   "Taken back: taken", "There is nothing to take back"};
	struct store *s = *state;
	make_many(s, 2, NOW + HOUR);
	act(s, (struct act){.type = ACT_TAKE}, 1);
	struct view_row *v = store_view_find(s, "rasa", "Unassigned", NULL);
	assert_true(store_view_drop(s, "rasa", v->id, NOW, NULL));
	view_row_destroy(v);
	assert_null(store_view_find(s, "rasa", "Unassigned", NULL));
	act(s, (struct act){.type = ACT_PIN}, 2);
	struct undone other = undo(s, "jonas");
	assert_false(other.view || other.act);
	undone_clear(&other);
	for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
		struct undone u = undo(s, "rasa");
		assert_non_null(strstr(u.text, told[i]));
		undone_clear(&u);
		v = store_view_find(s, "jonas", "Unassigned", NULL);
		assert_int_equal(v != NULL, i > 0);
		assert_true(!v || (v->shop && v->position == 2));
		view_row_destroy(v);
	}
}

static void what_cannot_be_read_is_not_saved(void **state)
{
	struct store *s = *state;
	g_autoptr(GError) query = NULL, name = NULL;
	assert_false(store_view_save(s, "rasa", "Bad", "due:whenever", false, &query));
	assert_true(g_error_matches(query, STORE_ERROR, STORE_ERROR_QUERY));
	assert_false(store_view_save(s, "rasa", "  ", "who:me", false, &name));
	assert_true(g_error_matches(name, STORE_ERROR, STORE_ERROR_REFUSED));
	assert_null(store_view_find(s, "rasa", "Bad", NULL));
}

static void counting_ends_at_a_thousand(void **state)
{
	struct store *s = *state;
	struct inbox_request q = {.now = NOW, .day_end = NOW + DAY, .me = "rasa"};
	make_many(s, VIEW_COUNT_MOST + 5, NOW);
	struct view_row *v = store_view_find(s, "rasa", "Unassigned", NULL);
	assert_true(store_view_count(s, v, &q, NULL));
	assert_true(v->more && v->count <= VIEW_COUNT_MOST);
	view_row_destroy(v);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_STORE(the_first_views_find_what_they_say), ON_STORE(own_views_are_ones_own),
	    ON_STORE(a_dropped_view_comes_back),          ON_STORE(what_cannot_be_read_is_not_saved),
	    ON_STORE(counting_ends_at_a_thousand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
