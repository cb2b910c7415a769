/* SPDX-License-Identifier: MIT */
#include "store/sql.h"

#include "domain/intl.h"
#include "store/queue.h"

#include <string.h>

#include "domain/banned.h"

/* SQLite's codes, as what they mean to the user. The first row that fits counts. */
static const struct fault {
	int code;
	enum store_error error;
	const char *text; /* %s: the store's path */
} faults[] = {
    {SQLITE_FULL, STORE_ERROR_FULL,
     N_("the disk with %s is full: nothing of this was stored. Make room and try again")},
    {SQLITE_READONLY, STORE_ERROR_OPEN,
     N_("%s can't be written: the disk or the file is read-only. Put it elsewhere with --db or AMENDS_DB")},
    {SQLITE_PERM, STORE_ERROR_OPEN,
     N_("%s may not be opened: ask its owner for the right to read and write it")},
    {SQLITE_CANTOPEN, STORE_ERROR_OPEN,
     N_("%s can't be opened: check that the folder is there and that you may write in it")},
    {SQLITE_NOTADB, STORE_ERROR_FOREIGN,
     N_("%s is not a store of amends: name another file with --db or AMENDS_DB")},
    {SQLITE_CORRUPT, STORE_ERROR_DAMAGED,
     N_("%s is damaged: stop using it, keep a copy and go back to the last backup; the mails can be imported "
	"again")},
    {SQLITE_IOERR, STORE_ERROR_IO,
     N_("the disk with %s failed: what was stored before is kept. Check the disk, then start amends again")},
    {SQLITE_INTERRUPT, STORE_ERROR_LATE, N_("%s: what was asked for takes too long: ask for less")},
    {SQLITE_BUSY, STORE_ERROR_IO,
     N_("%s is held by another program: close whatever else has it open and try again")},
};

GQuark store_error_quark(void)
{
	return g_quark_from_static_string("amends-store-error");
}

bool sql_fault(const struct store *s, int code, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
		if ((code & 0xff) != faults[i].code)
			continue;
		g_autofree char *text = g_strdup_printf(_(faults[i].text), s->path);
		g_set_error(error, STORE_ERROR, faults[i].error, "%s (%s)", text, sqlite3_errstr(code));
		return false;
	}
	g_set_error(error, STORE_ERROR, STORE_ERROR_IO, _("%s: the store failed: %s"), s->path,
		    s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
	return false;
}

/* Of SQLite's machine between two looks at the time. */
#define STEPS 2000

/* True stops the statement: its time is over. */
static int is_late(void *data)
{
	const struct store *s = data;
	return g_get_monotonic_time() > s->until;
}

void sql_limit(struct store *s, gint64 us)
{
	s->until = g_get_monotonic_time() + us;
	sqlite3_progress_handler(s->db, us ? STEPS : 0, us ? is_late : NULL, us ? s : NULL);
}

static sqlite3_stmt *prepare(struct store *s, const char *text, GError **error)
{
	sqlite3_stmt *q = g_hash_table_lookup(s->statements, text);
	if (q) {
		sqlite3_reset(q);
		return q;
	}
	int code = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL);
	if (code != SQLITE_OK) {
		sql_fault(s, code, error);
		return NULL;
	}
	g_hash_table_insert(s->statements, g_strdup(text), q);
	return q;
}

static void bind_bytes(sqlite3_stmt *q, int n, GBytes *bytes)
{
	gsize size = 0;
	const void *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
	if (size)
		sqlite3_bind_blob64(q, n, data, size, SQLITE_STATIC);
	else
		sqlite3_bind_zeroblob(q, n, 0);
}

static void bind_all(sqlite3_stmt *q, const char *format, va_list args)
{
	for (int n = 1; *format; format++, n++) {
		switch (*format) {
		case 'i':
			sqlite3_bind_int64(q, n, va_arg(args, gint64));
			break;
		case 'n': {
			gint64 number = va_arg(args, gint64);
			if (number)
				sqlite3_bind_int64(q, n, number);
			else
				sqlite3_bind_null(q, n);
			break;
		}
		case 't':
			sqlite3_bind_text(q, n, va_arg(args, const char *), -1, SQLITE_STATIC);
			break;
		case 'b':
			bind_bytes(q, n, va_arg(args, GBytes *));
			break;
		case 'w': {
			const struct vocabulary *v = va_arg(args, const struct vocabulary *);
			sqlite3_bind_text(q, n, vocab_id(v, va_arg(args, int)), -1, SQLITE_STATIC);
			break;
		}
		default:
			g_error("sql: no binding \"%c\"", *format);
		}
	}
}

static sqlite3_stmt *query(struct store *s, GError **error, const char *text, const char *format,
			   va_list args)
{
	sqlite3_stmt *q = prepare(s, text, error);
	if (q)
		bind_all(q, format, args);
	return q;
}

sqlite3_stmt *sql_query(struct store *s, GError **error, const char *text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	sqlite3_stmt *q = query(s, error, text, format, args);
	va_end(args);
	return q;
}

sqlite3_stmt *sql_query_values(struct store *s, const char *text, const GArray *values, GError **error)
{
	sqlite3_stmt *q = prepare(s, text, error);
	for (guint i = 0; q && i < values->len; i++) {
		const struct sql_value *v = &g_array_index(values, struct sql_value, i);
		if (v->text)
			sqlite3_bind_text(q, i + 1, v->text, -1, SQLITE_TRANSIENT);
		else
			sqlite3_bind_int64(q, i + 1, v->number);
	}
	return q;
}

bool sql_step(struct store *s, sqlite3_stmt *q, GError **error)
{
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		return true;
	sqlite3_reset(q);
	s->failed = code != SQLITE_DONE;
	if (s->failed)
		sql_fault(s, code, error);
	return false;
}

bool sql_ended(const struct store *s)
{
	return !s->failed;
}

static bool run(struct store *s, sqlite3_stmt *q, GError **error)
{
	int code = sqlite3_step(q);
	while (code == SQLITE_ROW)
		code = sqlite3_step(q);
	sqlite3_reset(q);
	return code == SQLITE_DONE || sql_fault(s, code, error);
}

bool sql_run(struct store *s, GError **error, const char *text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	sqlite3_stmt *q = query(s, error, text, format, args);
	bool ok = q && run(s, q, error);
	va_end(args);
	return ok;
}

bool sql_number(struct store *s, gint64 *number, bool *found, GError **error, const char *text,
		const char *format, ...)
{
	va_list args;
	va_start(args, format);
	sqlite3_stmt *q = query(s, error, text, format, args);
	int code = q ? sqlite3_step(q) : SQLITE_ERROR;
	va_end(args);
	*number = code == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
	if (found)
		*found = code == SQLITE_ROW;
	if (!q)
		return false;
	sqlite3_reset(q);
	return code == SQLITE_ROW || code == SQLITE_DONE || sql_fault(s, code, error);
}

bool sql_script(struct store *s, const char *text, GError **error)
{
	int code = sqlite3_exec(s->db, text, NULL, NULL, NULL);
	return code == SQLITE_OK || sql_fault(s, code, error);
}

const char *sql_text(sqlite3_stmt *q, int column)
{
	return (const char *)sqlite3_column_text(q, column);
}

char *sql_copy(sqlite3_stmt *q, int column)
{
	return g_strdup(sql_text(q, column));
}

int sql_word(sqlite3_stmt *q, int column, const struct vocabulary *v, int otherwise)
{
	const char *word = sql_text(q, column);
	int n = otherwise;
	if (word)
		vocab_find(v, word, &n);
	return n;
}

struct money sql_money(sqlite3_stmt *q, int column)
{
	struct money m = {.minor = sqlite3_column_int64(q, column)};
	const char *currency = sql_text(q, column + 1);
	g_strlcpy(m.currency, currency ? currency : "", sizeof m.currency);
	return m;
}

gint64 sql_row(const struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

bool sql_begin(struct store *s, GError **error)
{
	if (!queue_enter(s->queue, error))
		return false;
	if (sql_run(s, error, "BEGIN IMMEDIATE", ""))
		return true;
	queue_leave(s->queue);
	return false;
}

bool sql_end(struct store *s, bool ok, GError **error)
{
	bool stored = ok && sql_run(s, error, "COMMIT", "");
	if (!stored && !sqlite3_get_autocommit(s->db))
		sql_run(s, NULL, "ROLLBACK", "");
	queue_leave(s->queue);
	return stored;
}

bool sql_read_begin(struct store *s, GError **error)
{
	return sql_run(s, error, "BEGIN", "");
}

void sql_read_end(struct store *s)
{
	sql_run(s, NULL, "COMMIT", "");
}
