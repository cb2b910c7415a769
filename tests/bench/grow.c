/* SPDX-License-Identifier: MIT */
/*
 * grow STORE TIMES: makes a store many times as large, for figures at a size that no generator of mail
 * reaches in an evening. Each round writes all cases once more with buyers, orders, messages, events, clocks
 * and their words in the search index, under new numbers and a little later; sources of mails aren't
 * repeated. One buyer gets 200 cases. The result is for measuring: content hashes aren't made anew.
 */
#include "domain/text.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

#define CASES_OF_ONE 200

/* Columns that a round changes; ?1 is the round, ?2 to ?7 are the highest ids of the first one. */
static const struct table {
	const char *name;
	const char *columns[16]; /* NAME=EXPRESSION */
} tables[] = {
    {"buyers", {"id=id+?1*?2", "alias=alias||'-'||?1", "merged_into=NULL"}},
    {"orders", {"id=id+?1*?3", "number=number||'-'||?1", "buyer=buyer+?1*?2"}},
    {"cases",
     {"id=id+?1*?4", "buyer=buyer+?1*?2", "order_id=order_id+?1*?3", "case_no=case_no||'-'||?1",
      "next_due=iif(next_due=9223372036854775807,next_due,next_due+?1*1000)", "merged_into=NULL"}},
    {"messages",
     {"id=id+?1*?5", "case_id=case_id+?1*?4", "order_id=order_id+?1*?3", "buyer=buyer+?1*?2",
      "message_id=message_id||'.'||?1"}},
    {"events",
     {"id=id+?1*?6", "case_id=case_id+?1*?4", "message=message+?1*?5", "undoes=undoes+?1*?6",
      "about=about+?1*?6", "origin=origin+?1*?6", "other=other+?1*?4", "act=NULL"}},
    {"clocks", {"id=id+?1*?7", "case_id=case_id+?1*?4", "due=due+?1*1000"}},
    {"clock_intervals", {"clock=clock+?1*?7", "due=due+?1*1000"}},
};
/* In the order of the parameters. */
static const char *const counted[] = {"buyers", "orders", "cases", "messages", "events", "clocks"};

static void die(sqlite3 *db, const char *what)
{
	g_printerr("grow: %s: %s\n", what, sqlite3_errmsg(db));
	exit(1);
}

static void run(sqlite3 *db, const char *text, const gint64 *values, int count)
{
	sqlite3_stmt *q;
	if (sqlite3_prepare_v2(db, text, -1, &q, NULL) != SQLITE_OK)
		die(db, text);
	for (int i = 0; i < MIN(count, sqlite3_bind_parameter_count(q)); i++)
		sqlite3_bind_int64(q, i + 1, values[i]);
	int code;
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		;
	sqlite3_finalize(q);
	if (code != SQLITE_DONE)
		die(db, text);
}

static gint64 number(sqlite3 *db, const char *text)
{
	sqlite3_stmt *q;
	if (sqlite3_prepare_v2(db, text, -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW)
		die(db, text);
	gint64 n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return n;
}

static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
	g_autofree char *folded = text_fold((const char *)sqlite3_value_text(values[0]));
	sqlite3_result_text(context, folded, -1, SQLITE_TRANSIENT);
}

/* INSERT INTO t (columns) SELECT expressions FROM t WHERE rowid of the first round. */
static char *copy_of(sqlite3 *db, const struct table *t, const char *bound)
{
	g_autoptr(GString) names = g_string_new(NULL);
	g_autoptr(GString) values = g_string_new(NULL);
	g_autofree char *ask = g_strdup_printf("SELECT name FROM pragma_table_info('%s')", t->name);
	sqlite3_stmt *q;
	if (sqlite3_prepare_v2(db, ask, -1, &q, NULL) != SQLITE_OK)
		die(db, ask);
	while (sqlite3_step(q) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(q, 0), *value = name;
		for (int i = 0; t->columns[i]; i++) {
			gsize length = strlen(name);
			if (strncmp(t->columns[i], name, length) == 0 && t->columns[i][length] == '=')
				value = t->columns[i] + length + 1;
		}
		g_string_append_printf(names, "%s%s", names->len ? ", " : "", name);
		g_string_append_printf(values, "%s%s", values->len ? ", " : "", value);
	}
	sqlite3_finalize(q);
	return g_strdup_printf("INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s", t->name, names->str,
			       values->str, t->name, bound);
}

static void grow(sqlite3 *db, gint64 rounds)
{
	gint64 values[7];
	for (gsize i = 0; i < G_N_ELEMENTS(counted); i++) {
		g_autofree char *ask = g_strdup_printf("SELECT max(id) FROM %s", counted[i]);
		values[i + 1] = number(db, ask);
	}
	char *copies[G_N_ELEMENTS(tables)];
	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
		bool intervals = g_str_equal(tables[i].name, "clock_intervals");
		gint64 most = intervals ? values[6] : number(db, "SELECT 0");
		for (gsize c = 0; c < G_N_ELEMENTS(counted); c++)
			most = g_str_equal(counted[c], tables[i].name) ? values[c + 1] : most;
		g_autofree char *bound =
		    g_strdup_printf("%s <= %" G_GINT64_FORMAT, intervals ? "clock" : "id", most);
		copies[i] = copy_of(db, &tables[i], bound);
	}
	for (values[0] = 1; values[0] < rounds; values[0]++) {
		run(db, "BEGIN", NULL, 0);
		for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
			run(db, copies[i], values, 7);
		run(db,
		    "INSERT INTO search (rowid, text) SELECT id, fold(coalesce(subject, '') || ' ' || text) "
		    "FROM messages "
		    "WHERE id > ?1*?5 AND id <= (?1+1)*?5 AND ?2+?3+?4 > 0",
		    values, 7);
		run(db,
		    "INSERT INTO buyer_search (rowid, text) SELECT id, fold(coalesce(name, '') || ' ' || "
		    "alias) FROM buyers "
		    "WHERE id > ?1*?2 AND id <= (?1+1)*?2",
		    values, 7);
		run(db, "COMMIT", NULL, 0);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
		g_free(copies[i]);
	gint64 of_one[] = {CASES_OF_ONE};
	run(db, "UPDATE cases SET buyer = 1 WHERE id IN (SELECT id * 7 FROM cases LIMIT ?1)", of_one, 1);
	g_print("%" G_GINT64_FORMAT " cases, %" G_GINT64_FORMAT " events\n",
		number(db, "SELECT count(*) FROM cases"), number(db, "SELECT count(*) FROM events"));
}

int main(int argc, char **argv)
{
	sqlite3 *db;
	if (argc != 3 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
		g_printerr("usage: grow STORE TIMES\n");
		return 2;
	}
	sqlite3_create_function_v2(db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold, NULL, NULL,
				   NULL);
	run(db, "PRAGMA synchronous = OFF", NULL, 0);
	run(db, "PRAGMA cache_size = -800000", NULL, 0);
	grow(db, g_ascii_strtoll(argv[2], NULL, 10));
	/* As a large import leaves it: store_tidy_search(). */
	run(db, "INSERT INTO search (search) VALUES ('optimize')", NULL, 0);
	run(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, 0);
	sqlite3_close(db);
	return 0;
}
