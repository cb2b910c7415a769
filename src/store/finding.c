/* SPDX-License-Identifier: MIT */
#include "store/finding.h"

#include "domain/intl.h"
#include "store/act.h"
#include "store/filter.h"

#include <glib-unix.h>
#include <unistd.h>

#include "domain/banned.h"

/* Of SQLite's machine between two looks whether nobody wants it any more. */
#define STEPS 2000

struct finding {
	char *path, *query, *me;
	struct inbox_request request;
	GThread *thread;
	int stop, over; /* atomic */
	int pipe[2];    /* its end for reading is closed by the searcher's last word */
	GArray *cases;  /* these two are the thread's until it is over */
	GError *error;
};

static int is_stopped(void *data)
{
	struct finding *f = data;
	return g_atomic_int_get(&f->stop);
}

static gpointer search(gpointer data)
{
	struct finding *f = data;
	g_autoptr(store_auto) s = store_open(f->path, STORE_READ, &f->error);
	if (s) {
		sqlite3_progress_handler(s->db, STEPS, is_stopped, f);
		f->cases = store_find(s, &f->request, &f->error);
	}
	g_atomic_int_set(&f->over, 1);
	close(f->pipe[1]);
	return NULL;
}

struct finding *finding_start(const struct store *s, const struct inbox_request *q, GError **error)
{
	struct finding *f = g_new0(struct finding, 1);
	if (!g_unix_open_pipe(f->pipe, FD_CLOEXEC, error)) {
		g_free(f);
		return NULL;
	}
	f->path = g_strdup(store_path(s));
	f->query = g_strdup(q->query);
	f->me = g_strdup(q->me);
	f->request = *q;
	f->request.query = f->query;
	f->request.me = f->me;
	f->request.found = false;
	f->thread = g_thread_new("search", search, f);
	return f;
}

int finding_fd(const struct finding *f)
{
	return f->pipe[0];
}

bool finding_over(const struct finding *f)
{
	return g_atomic_int_get(&f->over) != 0;
}

GArray *finding_take(struct finding *f, GError **error)
{
	g_return_val_if_fail(finding_over(f), NULL);
	if (f->error)
		g_propagate_error(error, g_steal_pointer(&f->error));
	return g_steal_pointer(&f->cases);
}

void finding_destroy(struct finding *f)
{
	if (!f)
		return;
	g_atomic_int_set(&f->stop, 1);
	g_thread_join(f->thread);
	close(f->pipe[0]);
	g_clear_pointer(&f->cases, g_array_unref);
	g_clear_error(&f->error);
	g_free(f->path);
	g_free(f->query);
	g_free(f->me);
	g_free(f);
}

bool store_keep_found(struct store *s, const GArray *cases, GError **error)
{
	if (!sql_script(s, "CREATE TEMP TABLE IF NOT EXISTS found (id INTEGER PRIMARY KEY)", error) ||
	    !sql_read_begin(s, error))
		return false;
	bool ok = sql_run(s, error, "DELETE FROM " FILTER_FOUND, "");
	for (guint i = 0; ok && i < cases->len; i++)
		ok = sql_run(s, error, "INSERT OR IGNORE INTO " FILTER_FOUND " VALUES (?)", "i",
			     g_array_index(cases, gint64, i));
	sql_read_end(s);
	return ok;
}
