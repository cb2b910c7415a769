/* SPDX-License-Identifier: MIT */
#include "store/migrate.h"

#include "domain/intl.h"
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
static const char *const steps[] = {schema_sql,   schema_2_sql, schema_3_sql, schema_4_sql, schema_5_sql,
				    schema_6_sql, schema_7_sql, schema_8_sql, schema_9_sql};
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

static bool step(struct store *s, gint64 from, GError **error)
{
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
