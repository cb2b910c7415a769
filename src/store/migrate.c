/* SPDX-License-Identifier: MIT */
#include "store/migrate.h"

#include "domain/intl.h"
#include "store/history.h"
#include "store/schema_10_sql.h"
#include "store/schema_11_sql.h"
#include "store/schema_12_sql.h"
#include "store/schema_2_sql.h"
#include "store/schema_3_sql.h"
#include "store/schema_4_sql.h"
#include "store/schema_5_sql.h"
#include "store/schema_6_sql.h"
#include "store/schema_7_sql.h"
#include "store/schema_8_sql.h"
#include "store/schema_9_sql.h"
#include "store/schema_sql.h"
#include "store/sql.h"

#include "domain/banned.h"

/* steps[n] brings version n to n + 1. Never edit one that was released: add the next. */
static const char *const steps[] = {schema_sql,   schema_2_sql,  schema_3_sql,  schema_4_sql,
				    schema_5_sql, schema_6_sql,  schema_7_sql,  schema_8_sql,
				    schema_9_sql, schema_10_sql, schema_11_sql, schema_12_sql};
#define NEWEST ((gint64)G_N_ELEMENTS(steps))

static bool refuse(const struct store *s, enum store_error code, const char *text, GError **error)
{
	g_set_error(error, STORE_ERROR, code, text, s->path);
	return false;
}

static bool look(struct store *s, gint64 *version, bool *empty, GError **error)
{
	gint64 id, objects;
	if (!sql_number(s, &id, NULL, error, "PRAGMA application_id", "") ||
	    !sql_number(s, version, NULL, error, "PRAGMA user_version", "") ||
	    !sql_number(s, &objects, NULL, error,
			"SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)", ""))
		return false;
	*empty = id == 0 && *version == 0 && objects == 0;
	if (!*empty && id != STORE_APPLICATION_ID)
		return refuse(s, STORE_ERROR_FOREIGN,
			      _("%s is another program's database: name another file with --db or AMENDS_DB"),
			      error);
	if (*version > NEWEST)
		return refuse(s, STORE_ERROR_NEWER,
			      _("%s was written by a newer amends: install that version, or name another "
				"store with --db"),
			      error);
	return true;
}

/* event_hash(case, at, type, trigger, message, text, due) for a step that writes into the history. */
static void event_hash(sqlite3_context *c, int n, sqlite3_value **v)
{
	g_autofree char *hash = history_hash(
	    sqlite3_value_int64(v[0]), sqlite3_value_int64(v[1]), (const char *)sqlite3_value_text(v[2]),
	    (const char *)sqlite3_value_text(v[3]), sqlite3_value_int64(v[4]),
	    (const char *)sqlite3_value_text(v[5]), sqlite3_value_int64(v[6]));
	sqlite3_result_text(c, hash, -1, SQLITE_TRANSIENT);
}

static bool step(struct store *s, gint64 from, GError **error)
{
	int code = sqlite3_create_function(s->db, "event_hash", 7, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
					   event_hash, NULL, NULL);
	if (code != SQLITE_OK)
		return sql_fault(s, code, error);
	g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
						STORE_APPLICATION_ID, (int)from + 1);
	return sql_script(s, steps[from], error) && sql_script(s, mark, error);
}

bool migrate(struct store *s, GError **error)
{
	gint64 version;
	bool empty;
	if (!look(s, &version, &empty, error))
		return false;
	if (version == NEWEST)
		return true;
	if (s->mode == STORE_READ)
		return empty ? refuse(s, STORE_ERROR_OPEN,
				      _("%s is empty: import mail first (amends import PATH)"), error)
			     : refuse(s, STORE_ERROR_OLDER,
				      _("%s is of an older version and has to be brought up to date first by "
					"one who may write it: start amends on it, or copy it to where you "
					"may write"),
				      error);
	while (version < NEWEST) {
		if (!sql_begin(s, error))
			return false;
		/* Another process may have done it while this one waited. */
		bool ok = look(s, &version, &empty, error) && (version >= NEWEST || step(s, version, error));
		if (!sql_end(s, ok, error))
			return false;
		version++;
	}
	return true;
}
