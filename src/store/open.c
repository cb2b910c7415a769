/* SPDX-License-Identifier: MIT */
#include "domain/intl.h"
#include "store/automation.h"
#include "store/datafile.h"
#include "store/migrate.h"
#include "store/queue.h"
#include "store/shop_file.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/banned.h"

#define HEADER 100 /* bytes of SQLite's file header */

static bool refuse(GError **error, enum store_error code, const char *format, const char *path)
{
	g_set_error(error, STORE_ERROR, code, format, path);
	return false;
}

/* A file shorter than its header says was cut off: SQLite would notice only when it reads the missing pages.
 */
static bool check_length(const guint8 *header, gint64 size, const char *path, GError **error)
{
	guint32 page = header[16] << 8 | header[17];
	guint32 pages = (guint32)header[28] << 24 | header[29] << 16 | header[30] << 8 | header[31];
	bool counted = memcmp(header + 24, header + 92, 4) == 0; /* else the page count isn't to be trusted */
	if (page == 1)
		page = 65536;
	if (counted && size < (gint64)page * pages)
		return refuse(error, STORE_ERROR_DAMAGED,
			      _("%s is cut off: keep a copy and go back to the last backup; mails can be "
				"imported again"),
			      path);
	return true;
}

static bool check_header(const char *path, gint64 size, GError **error)
{
	guint8 header[HEADER];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, _("%s can't be opened: %s"), path,
			    g_strerror(errno));
		return false;
	}
	ssize_t got = read(fd, header, sizeof header);
	close(fd);
	if (got < (ssize_t)sizeof header || memcmp(header, "SQLite format 3", 16) != 0)
		return refuse(error, STORE_ERROR_FOREIGN,
			      _("%s is not a store of amends: name another file with --db or AMENDS_DB"),
			      path);
	g_autofree char *wal = g_strconcat(path, "-wal", NULL);
	struct stat st;
	if (stat(wal, &st) == 0 && st.st_size > 0)
		return true; /* what is missing may stand in the log */
	return check_length(header, size, path, error);
}

static bool make_folder(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	if (g_mkdir_with_parents(folder, 0700) == 0)
		return true;
	g_set_error(
	    error, STORE_ERROR, errno == ENOSPC ? STORE_ERROR_FULL : STORE_ERROR_OPEN,
	    _("the folder %s can't be made: %s. Make it, or name another store with --db or AMENDS_DB"),
	    folder, g_strerror(errno));
	return false;
}

/* What stands at `path` before SQLite touches it. */
static bool look_at(const char *path, enum store_mode mode, GError **error)
{
	struct stat st;
	if (stat(path, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			return refuse(error, STORE_ERROR_FOREIGN,
				      _("%s is no file: name a file with --db or AMENDS_DB"), path);
		return st.st_size == 0 || check_header(path, st.st_size, error);
	}
	if (errno == ENOENT && mode == STORE_WRITE)
		return make_folder(path, error);
	if (errno == ENOENT)
		return refuse(error, STORE_ERROR_OPEN,
			      _("there is no store at %s yet: import mail first (amends import PATH), or "
				"name one with --db"),
			      path);
	g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, _("%s can't be opened: %s"), path,
		    g_strerror(errno));
	return false;
}

static bool is_there(const char *path, const char *tail, bool if_empty)
{
	struct stat st;
	g_autofree char *file = g_strconcat(path, tail, NULL);
	return stat(file, &st) == 0 && (if_empty || st.st_size > 0);
}

/* A store that nobody works on, in a place where nothing may be written: a backup, a medium. SQLite can't
 * make its index of the log there, and there is no log. */
static bool is_at_rest(const struct store *s)
{
	g_autofree char *folder = g_path_get_dirname(s->path);
	return s->mode == STORE_READ && access(folder, W_OK) != 0 && !is_there(s->path, "-shm", true) &&
	       !is_there(s->path, "-wal", false);
}

static bool connect(struct store *s, GError **error)
{
	int flags = SQLITE_OPEN_NOMUTEX;
	g_autofree char *uri = NULL;
	if (is_at_rest(s)) {
		g_autofree char *file = g_filename_to_uri(s->path, NULL, error);
		if (!file)
			return false;
		uri = g_strconcat(file, "?immutable=1", NULL);
		flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
	} else {
		flags |= SQLITE_OPEN_READWRITE | (s->mode == STORE_WRITE ? SQLITE_OPEN_CREATE : 0);
	}
	int code = sqlite3_open_v2(uri ? uri : s->path, &s->db, flags, NULL);
	if (code != SQLITE_OK)
		return sql_fault(s, code, error);
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, 10000);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return true;
}

/* Changing a file to WAL writes it, so that happens in the queue and only once. */
static bool set_wal(struct store *s, GError **error)
{
	sqlite3_stmt *q = sql_query(s, error, "PRAGMA journal_mode", "");
	if (!q || !sql_step(s, q, error))
		return false;
	bool wal = g_strcmp0(sql_text(q, 0), "wal") == 0;
	sqlite3_reset(q);
	if (wal || s->mode == STORE_READ)
		return true;
	if (!queue_enter(s->queue, error))
		return false;
	bool ok = sql_script(s, "PRAGMA journal_mode = WAL", error);
	queue_leave(s->queue);
	return ok;
}

static bool set_up(struct store *s, GError **error)
{
	return sql_script(s,
			  "PRAGMA cell_size_check = 1; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL;"
			  "PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY",
			  error);
}

static bool is_empty(const char *path)
{
	struct stat st;
	return stat(path, &st) != 0 || st.st_size == 0;
}

static void finalize(gpointer statement)
{
	sqlite3_finalize(statement);
}

struct store *store_open(const char *path, enum store_mode mode, GError **error)
{
	if (!look_at(path, mode, error))
		return NULL;
	bool fresh = is_empty(path);
	g_autoptr(store_auto) s = g_new0(struct store, 1);
	s->path = g_canonicalize_filename(path, NULL);
	s->mode = mode;
	s->queue = queue_create(s->path);
	s->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalize);
	s->platforms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (!connect(s, error) || !set_up(s, error))
		return NULL;
	/* Whose file it is comes before anything is changed in it. */
	if (fresh ? !set_wal(s, error) || !migrate(s, error) : !migrate(s, error) || !set_wal(s, error))
		return NULL;
	return g_steal_pointer(&s);
}

/* Whoever opens a store next reads its whole log first, so a writer leaves none behind; readers that are in
 * the way are not waited for. */
static void clear_log(struct store *s)
{
	if (s->mode != STORE_WRITE || !s->db || sqlite3_total_changes(s->db) == 0 ||
	    !queue_enter(s->queue, NULL))
		return;
	sqlite3_busy_timeout(s->db, 0);
	sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	queue_leave(s->queue);
}

void store_close(struct store *s)
{
	if (!s)
		return;
	g_clear_pointer(&s->statements, g_hash_table_unref);
	g_clear_pointer(&s->platforms, g_hash_table_unref);
	clear_log(s);
	sqlite3_close_v2(s->db);
	queue_destroy(s->queue);
	ruleset_destroy(s->rules);
	shop_destroy(s->shop);
	automation_set_destroy(s->automation);
	g_clear_pointer(&s->automation_faults, g_ptr_array_unref);
	g_free(s->path);
	g_free(s);
}

char *store_default_path(void)
{
	const char *path = g_getenv("AMENDS_DB");
	if (path && *path)
		return g_strdup(path);
	return g_build_filename(g_get_user_data_dir(), "amends", "desk.db", NULL);
}

const char *store_path(const struct store *s)
{
	return s->path;
}

gint64 store_version(struct store *s)
{
	gint64 others = 0;
	sql_number(s, &others, NULL, NULL, "PRAGMA data_version", "");
	return others << 32 | (guint32)sqlite3_total_changes(s->db);
}

bool store_set_shop(struct store *s, const char *name, const char *zone, GError **error)
{
	gint64 same;
	if (!sql_number(s, &same, NULL, error,
			"SELECT count(*) FROM shops WHERE id = 1 AND name = ? AND zone = ?", "tt", name,
			zone ? zone : ""))
		return false;
	if (same)
		return true;
	if (!sql_begin(s, error))
		return false;
	bool ok = sql_run(s, error,
			  "INSERT INTO shops (id, name, zone) VALUES (1, ?, ?)"
			  " ON CONFLICT (id) DO UPDATE SET name = excluded.name, zone = excluded.zone",
			  "tt", name, zone ? zone : "");
	return sql_end(s, ok, error);
}
