/* SPDX-License-Identifier: MIT */
/* Opening: what is refused and how, what is set, and the queue that writers and checkpoints stand in. */
#include "store/migrate.h"
#include "store/queue.h"
#include "store/sql.h"
#include "support/make_store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1795442400000)

struct place {
	char *folder, *path;
};

static int setup(void **state)
{
	struct place *p = g_new0(struct place, 1);
	p->folder = g_dir_make_tmp("amends-test-XXXXXX", NULL);
	p->path = g_build_filename(p->folder, "desk.db", NULL);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	g_autoptr(GDir) dir = g_dir_open(p->folder, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(p->folder, name, NULL);
		g_unlink(path);
		g_rmdir(path);
	}
	g_rmdir(p->folder);
	g_free(p->folder);
	g_free(p->path);
	g_free(p);
	return 0;
}

/* Opening fails with `code` and says something with `word`. */
static void refused(const char *path, enum store_mode mode, enum store_error code, const char *word)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(store_auto) s = store_open(path, mode, &error);
	assert_null(s);
	if (!g_error_matches(error, STORE_ERROR, code) || !strstr(error->message, word))
		fail_msg("%s (code %d)", error->message, error->code);
}

static void make_one(const char *path, int cases)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(store_auto) s = store_open(path, STORE_WRITE, &error);
	if (!s)
		fail_msg("%s", error->message);
	make_many(s, cases, NOW);
}

/* Brings everything from the log into the file, as the next large import would. */
static void checkpoint(const char *path)
{
	g_autoptr(store_auto) s = store_open(path, STORE_WRITE, NULL);
	assert_true(sql_script(s, "PRAGMA wal_checkpoint(TRUNCATE)", NULL));
}

static void run(const char *path, const char *sql)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void a_missing_store(void **state)
{
	struct place *p = *state;
	refused(p->path, STORE_READ, STORE_ERROR_OPEN, "amends import");
	g_autofree char *deep = g_build_filename(p->folder, "desk.db", "x", "desk.db", NULL);
	make_one(p->path, 1);
	refused(deep, STORE_WRITE, STORE_ERROR_OPEN, "can't be");
	refused("/proc/amends/desk.db", STORE_WRITE, STORE_ERROR_OPEN, "/proc/amends");
	refused(p->folder, STORE_WRITE, STORE_ERROR_FOREIGN, "no file");
}

static void its_folder_is_made_for_its_owner_alone(void **state)
{
	struct place *p = *state;
	g_autofree char *folder = g_build_filename(p->folder, "new", NULL);
	g_autofree char *path = g_build_filename(folder, "desk.db", NULL);
	make_one(path, 1);
	struct stat st;
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(folder, name, NULL);
		g_unlink(file);
	}
	g_rmdir(folder);
}

static void another_programs_file(void **state)
{
	struct place *p = *state;
	assert_true(
	    g_file_set_contents(p->path,
				"Dear diary, nothing happened today that would fill a database header of a "
				"hundred bytes, but here it is.",
				-1, NULL));
	refused(p->path, STORE_WRITE, STORE_ERROR_FOREIGN, "not a store");
	g_unlink(p->path);
	run(p->path, "CREATE TABLE diary (day); PRAGMA user_version = 3");
	g_autofree char *before = NULL, *after = NULL;
	gsize before_length, after_length;
	g_file_get_contents(p->path, &before, &before_length, NULL);
	refused(p->path, STORE_WRITE, STORE_ERROR_FOREIGN, "another program");
	g_file_get_contents(p->path, &after, &after_length, NULL);
	assert_int_equal(before_length, after_length);
	assert_memory_equal(before, after, before_length);
}

static void a_newer_store(void **state)
{
	struct place *p = *state;
	make_one(p->path, 1);
	run(p->path, "PRAGMA user_version = 99");
	refused(p->path, STORE_WRITE, STORE_ERROR_NEWER, "newer");
	refused(p->path, STORE_READ, STORE_ERROR_NEWER, "newer");
}

static void a_store_cut_off(void **state)
{
	struct place *p = *state;
	make_one(p->path, 300);
	checkpoint(p->path);
	struct stat st;
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(truncate(p->path, st.st_size / 2), 0);
	refused(p->path, STORE_WRITE, STORE_ERROR_DAMAGED, "cut off");
	assert_int_equal(truncate(p->path, 50), 0);
	refused(p->path, STORE_WRITE, STORE_ERROR_FOREIGN, "not a store");
}

static void an_empty_file_becomes_a_store(void **state)
{
	struct place *p = *state;
	assert_true(g_file_set_contents(p->path, "", 0, NULL));
	refused(p->path, STORE_READ, STORE_ERROR_OPEN, "is empty");
	make_one(p->path, 2);
	g_autoptr(store_auto) s = store_open(p->path, STORE_READ, NULL);
	assert_non_null(s);
}

static void flipped_bytes_are_found(void **state)
{
	struct place *p = *state;
	make_one(p->path, 50);
	checkpoint(p->path);
	g_autofree char *bytes = NULL;
	gsize length;
	assert_true(g_file_get_contents(p->path, &bytes, &length, NULL));
	char *at = memmem(bytes, length, "Where is my parcel", 18);
	assert_non_null(at);
	at[9] ^= 1;
	assert_true(g_file_set_contents(p->path, bytes, length, NULL));
	g_autoptr(GError) error = NULL;
	g_autoptr(store_auto) s = store_open(p->path, STORE_READ, &error);
	assert_non_null(s);
	assert_false(store_verify(s, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_DAMAGED));
}

static void settings(void **state)
{
	static const struct {
		const char *pragma;
		gint64 value;
	} rows[] = {
	    {"PRAGMA application_id", STORE_APPLICATION_ID},
	    {"PRAGMA user_version", 12},
	    {"PRAGMA foreign_keys", 1},
	    {"PRAGMA trusted_schema", 0},
	    {"PRAGMA cell_size_check", 1},
	    {"PRAGMA mmap_size", 0},
	    {"PRAGMA synchronous", 2},
	};
	struct place *p = *state;
	g_autoptr(store_auto) s = store_open(p->path, STORE_WRITE, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		gint64 value;
		assert_true(sql_number(s, &value, NULL, NULL, rows[i].pragma, ""));
		if (value != rows[i].value)
			fail_msg("%s is %d", rows[i].pragma, (int)value);
	}
	gint64 loose;
	assert_true(sql_number(
	    s, &loose, NULL, NULL,
	    "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
	    " AND name NOT LIKE 'sqlite_%'",
	    ""));
	assert_int_equal(loose, 0);
	sqlite3_stmt *q = sql_query(s, NULL, "PRAGMA journal_mode", "");
	assert_true(sql_step(s, q, NULL));
	assert_string_equal(sql_text(q, 0), "wal");
	sqlite3_reset(q);
}

static bool queue_is_free(const char *path)
{
	g_autofree char *file = g_strconcat(path, "-queue", NULL);
	int fd = open(file, O_RDWR);
	bool free = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
	close(fd);
	return free;
}

static int watched_commits;
static int on_commit(void *path, sqlite3 *db, const char *name, int pages)
{
	assert_false(queue_is_free(path));
	watched_commits++;
	return SQLITE_OK;
}

static void every_commit_happens_in_the_queue(void **state)
{
	struct place *p = *state;
	g_autoptr(store_auto) s = store_open(p->path, STORE_WRITE, NULL);
	assert_true(queue_is_free(p->path));
	make_many(s, 2, NOW); /* sets its own hook when it sets up for many writes */
	watched_commits = 0;
	/* The hook runs after each commit to the log and replaces the automatic checkpoint. */
	sqlite3_wal_hook(s->db, on_commit, p->path);
	make_many(s, 5, NOW);
	assert_true(store_set_shop(s, "Shop", "Europe/Vilnius", NULL));
	assert_true(watched_commits >= 2);
	assert_true(queue_is_free(p->path));
}

static gint64 size_of(const char *path, const char *tail)
{
	g_autofree char *file = g_strconcat(path, tail, NULL);
	struct stat st;
	return stat(file, &st) == 0 ? st.st_size : -1;
}

/* Returns once the kernel shows the process waiting for a lock. */
static void wait_until_queued(pid_t child)
{
	g_autofree char *waiting = g_strdup_printf("-> FLOCK  ADVISORY  WRITE %d ", (int)child);
	gint64 end = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
	for (;;) {
		g_autofree char *locks = NULL;
		assert_true(g_file_get_contents("/proc/locks", &locks, NULL, NULL));
		if (strstr(locks, waiting))
			return;
		assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
		assert_true(g_get_monotonic_time() < end);
	}
}

/* The database file changes only by checkpoints: there is none at opening, reading or closing, and a writer
 * that closes waits for the queue with it. */
static void no_checkpoint_outside_the_queue(void **state)
{
	struct place *p = *state;
	struct stat before, after;
	struct store *writer = store_open(p->path, STORE_WRITE, NULL);
	make_many(writer, 100, NOW);
	gint64 log = size_of(p->path, "-wal");
	assert_true(log > 0);
	stat(p->path, &before);
	for (int i = 0; i < 3; i++) {
		g_autoptr(store_auto) s = store_open(p->path, i ? STORE_WRITE : STORE_READ, NULL);
		struct inbox_request q = {.from = INBOX_START, .limit = 50, .now = NOW, .day_end = NOW};
		g_autoptr(inbox_page_auto) page = store_inbox(s, &q, NULL);
		assert_int_equal(page->rows->len, 50);
	}
	struct queue *other = queue_create(p->path);
	assert_true(queue_enter(other, NULL));
	pid_t child = fork();
	if (child == 0) {
		store_close(writer);
		_exit(0);
	}
	wait_until_queued(child);
	stat(p->path, &after);
	assert_int_equal(size_of(p->path, "-wal"), log);
	assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
	assert_int_equal(before.st_size, after.st_size);
	queue_leave(other);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(size_of(p->path, "-wal"), 0);
	queue_destroy(other);
	store_close(writer);
}

/* Several processes write at once; each write waits for its turn and none is lost. */
static void writers_wait_for_each_other(void **state)
{
	enum { WRITERS = 4, MAILS = 40 };
	struct place *p = *state;
	make_one(p->path, 1);
	for (int w = 0; w < WRITERS; w++) {
		if (fork() == 0) {
			g_autoptr(store_auto) s = store_open(p->path, STORE_WRITE, NULL);
			for (int i = 0; s && i < MAILS; i++) {
				g_autofree char *alias = g_strdup_printf("w%d-%d@x.example", w, i);
				struct mail_facts f = {.alias = alias, .sent = NOW};
				make_ingest(s, &f);
			}
			_exit(s ? 0 : 1);
		}
	}
	for (int w = 0; w < WRITERS; w++) {
		int status;
		wait(&status);
		assert_int_equal(status, 0);
	}
	g_autoptr(store_auto) s = store_open(p->path, STORE_READ, NULL);
	gint64 cases;
	assert_true(sql_number(s, &cases, NULL, NULL, "SELECT count(*) FROM cases", ""));
	assert_int_equal(cases, 1 + WRITERS * MAILS);
	assert_true(store_verify(s, NULL));
}

/* A full disk, by SQLite's own limit on pages: a clear fault, and what was there stays. */
static void a_full_disk(void **state)
{
	struct place *p = *state;
	g_autoptr(store_auto) s = store_open(p->path, STORE_WRITE, NULL);
	make_many(s, 10, NOW);
	assert_true(sql_script(s, "PRAGMA max_page_count = 1", NULL));
	g_autofree char *large = g_strnfill(2 << 20, 'x');
	struct mail_facts f = {.alias = "q@x.example", .sent = NOW, .text = large};
	g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)incoming_destroy);
	g_autoptr(GArray) results = g_array_new(false, true, sizeof(struct ingested));
	g_autoptr(GError) error = NULL;
	g_ptr_array_add(mails, make_mail(&f));
	assert_false(store_ingest(s, mails, NULL, NOW, results, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL));
	assert_true(queue_is_free(p->path));
	gint64 cases;
	assert_true(sql_number(s, &cases, NULL, NULL, "SELECT count(*) FROM cases", ""));
	assert_int_equal(cases, 10);
}

/* Reads the store as one who may not write there would; the number of its cases, 255 if it can't be read. */
static int read_as_another(const char *path)
{
	pid_t child = fork();
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(254);
		struct store *s = store_open(path, STORE_READ, NULL);
		struct inbox_request q = {.query = "", .limit = 40, .now = NOW, .day_end = NOW};
		struct inbox_page *page = s ? store_inbox(s, &q, NULL) : NULL;
		_exit(page ? (int)page->rows->len : 255);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A backup on a medium, a store in somebody else's folder: it is read as long as its log is empty, or its
 * index there. */
static void a_place_where_nothing_may_be_written(void **state)
{
	struct place *p = *state;
	struct store *s = store_open(p->path, STORE_WRITE, NULL);
	make_many(s, 3, NOW);
	store_close(s);
	g_autofree char *shm = g_strconcat(p->path, "-shm", NULL), *wal = g_strconcat(p->path, "-wal", NULL);
	g_unlink(shm);
	g_unlink(wal);
	assert_int_equal(g_chmod(p->path, 0444), 0);
	assert_int_equal(g_chmod(p->folder, 0555), 0);
	assert_int_equal(read_as_another(p->path), 3);
	/* With a log that was left behind nothing is guessed. */
	assert_int_equal(g_chmod(p->folder, 0755), 0);
	assert_true(g_file_set_contents(wal, "log", -1, NULL));
	assert_int_equal(g_chmod(p->folder, 0555), 0);
	assert_int_equal(read_as_another(p->path), 255);
	assert_int_equal(g_chmod(p->folder, 0755), 0);
}

#define IN_PLACE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_PLACE(a_place_where_nothing_may_be_written),
	    IN_PLACE(a_missing_store),
	    IN_PLACE(its_folder_is_made_for_its_owner_alone),
	    IN_PLACE(another_programs_file),
	    IN_PLACE(a_newer_store),
	    IN_PLACE(a_store_cut_off),
	    IN_PLACE(an_empty_file_becomes_a_store),
	    IN_PLACE(flipped_bytes_are_found),
	    IN_PLACE(settings),
	    IN_PLACE(every_commit_happens_in_the_queue),
	    IN_PLACE(no_checkpoint_outside_the_queue),
	    IN_PLACE(writers_wait_for_each_other),
	    IN_PLACE(a_full_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
