/* SPDX-License-Identifier: MIT */
/*
 * The single door to SQLite: one connection, its cached statements, bound parameters, faults as
 * GErrors for the user. Private to store/.
 *
 * Values are bound by a format, one letter each:
 *   i gint64    n gint64, 0 as NULL    t const char * (NULL as NULL)    b GBytes *
 *   w const struct vocabulary *, int (its id as text)
 */
#pragma once
#include "domain/vocab.h"
#include "store/store.h"

#include <sqlite3.h>

struct queue;

struct store {
	char *path;
	sqlite3 *db;
	enum store_mode mode;
	struct queue *queue;
	GHashTable *statements;            /* text -> sqlite3_stmt */
	struct ruleset *rules;             /* NULL until first needed */
	struct shop *shop;                 /* the same */
	struct automation_set *automation; /* the same */
	GPtrArray *automation_faults;
	GHashTable *platforms; /* word -> id, for the importer */
	bool indexes;          /* index_prepare() was called */
	bool bulk;             /* set up for many writes */
	bool failed;           /* the last sql_step() ended on a fault */
	gint64 until;          /* of sql_limit(), monotonic microseconds */
};

/* Prepares (or takes from the cache), resets and binds. NULL and *error on a fault. Owned by the store; valid
 * until the same text is asked for again. */
sqlite3_stmt *sql_query(struct store *s, GError **error, const char *text, const char *format, ...);

/* The same for a statement that is put together: `values` is a GArray of struct sql_value. */
struct sql_value {
	const char *text; /* not owned; NULL: the number counts */
	gint64 number;
};
sqlite3_stmt *sql_query_values(struct store *s, const char *text, const GArray *values, GError **error);

/* True while there is a row. At the end or on a fault (*error set) the statement is reset. */
bool sql_step(struct store *s, sqlite3_stmt *q, GError **error);

/* For g_autoptr: a statement of which one row is read is reset at the end of its scope. Reset it by hand
 * where a write that it could disturb comes before. */
typedef sqlite3_stmt sql_row_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sql_row_auto, sqlite3_reset)

/* After the last sql_step(): whether the rows ended in good order. */
bool sql_ended(const struct store *s);

/* Statements that run longer than `us` from now fail with STORE_ERROR_LATE; 0: they take what they need
 * again.
 */
void sql_limit(struct store *s, gint64 us);

/* Runs a statement that gives no rows. */
bool sql_run(struct store *s, GError **error, const char *text, const char *format, ...);

/* The first column of the first row; `*found` (may be NULL) false and 0 if there is none. False on a fault.
 */
bool sql_number(struct store *s, gint64 *number, bool *found, GError **error, const char *text,
		const char *format, ...);

/* Runs several statements that take no parameters. */
bool sql_script(struct store *s, const char *text, GError **error);

/* Column as text (NULL for NULL), as a copy, or as a word of `v` (`otherwise` if it is none). */
const char *sql_text(sqlite3_stmt *q, int column);
char *sql_copy(sqlite3_stmt *q, int column);
int sql_word(sqlite3_stmt *q, int column, const struct vocabulary *v, int otherwise);
struct money sql_money(sqlite3_stmt *q, int column); /* minor units, then the currency */

/* The last inserted row. */
gint64 sql_row(const struct store *s);

/* A write: takes the queue, then BEGIN IMMEDIATE. sql_end() commits if `ok`, else rolls back, and leaves the
 * queue; it returns whether the write is stored. */
bool sql_begin(struct store *s, GError **error);
bool sql_end(struct store *s, bool ok, GError **error);

/* Several reads that must agree. Never held while a person thinks. */
bool sql_read_begin(struct store *s, GError **error);
void sql_read_end(struct store *s);

/* Sets *error from the connection's last fault. Returns false. */
bool sql_fault(const struct store *s, int code, GError **error);
