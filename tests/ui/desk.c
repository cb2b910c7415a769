/* SPDX-License-Identifier: MIT */
#include "ui/desk.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const char *program(void)
{
	const char *path = g_getenv("AMENDS_AT");
	if (!path)
		fail_msg("AMENDS_AT names no program: run this by meson test");
	return path;
}

static struct pty *start(struct store *s, int rows, int cols, const char *const *env, const char *const *argv,
			 gint64 at)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(all, g_strdup_printf("AMENDS_TEST_NOW=%" G_GINT64_FORMAT, at));
	g_ptr_array_add(all, g_strdup_printf("AMENDS_DB=%s", store_path(s)));
	g_ptr_array_add(all, g_strdup_printf("AMENDS=%s", program()));
	g_ptr_array_add(all, g_strdup("TZ=UTC"));
	g_ptr_array_add(all, g_strdup("LANGUAGE="));
	for (; env && *env; env++)
		g_ptr_array_add(all, g_strdup(*env));
	g_ptr_array_add(all, NULL);
	struct pty_options o = {
	    .rows = rows, .cols = cols, .argv = argv, .env = (const char *const *)all->pdata};
	return pty_spawn(&o);
}

struct pty *desk_start(struct store *s, int rows, int cols, const char *const *env)
{
	const char *argv[] = {program(), NULL};
	return start(s, rows, cols, env, argv, NOW - A_MINUTE / 2);
}

struct pty *desk_start_script(struct store *s, int rows, int cols, const char *const *env, const char *script,
			      gint64 at)
{
	const char *argv[] = {"/bin/sh", "-c", script, NULL};
	return start(s, rows, cols, env, argv, at);
}

int desk_cursor(struct pty *p)
{
	for (int row = 0; row < pty_rows(p); row++) {
		g_autofree char *text = pty_row(p, row);
		if (*text == '>' && pty_cell(p, row, 0).reverse)
			return row;
	}
	return -1;
}

static bool cursor_on(struct pty *p, const void *text)
{
	int row = desk_cursor(p);
	g_autofree char *line = row >= 0 ? pty_row(p, row) : NULL;
	return line && strstr(line, text);
}

bool desk_wait_cursor(struct pty *p, const char *text)
{
	bool ok = pty_wait_until(p, cursor_on, text);
	if (!ok)
		fprintf(stderr, "the cursor should stand on: %s\n", text);
	return ok;
}

static bool prompt_open(struct pty *p, const void *open)
{
	int row = pty_rows(p) - 1;
	g_autofree char *text = pty_row(p, row);
	return g_str_equal(text, ":") == (open != NULL) && (open || *text);
}

void desk_settle(struct pty *p)
{
	pty_send(p, ":");
	assert_true(pty_wait_until(p, prompt_open, p));
	pty_send(p, "\177");
	assert_true(pty_wait_until(p, prompt_open, NULL));
}

struct ingested desk_ingest(struct store *s, struct incoming *m, gint64 now)
{
	g_autoptr(GPtrArray) mails = g_ptr_array_new_with_free_func((GDestroyNotify)incoming_destroy);
	g_autoptr(GArray) results = g_array_new(false, true, sizeof(struct ingested));
	g_autoptr(GError) error = NULL;
	g_ptr_array_add(mails, m);
	if (!store_ingest(s, mails, NULL, now, results, &error))
		fail_msg("%s", error->message);
	return g_array_index(results, struct ingested, 0);
}

void desk_quit(struct pty *p)
{
	pty_send(p, "Q");
	assert_int_equal(pty_wait_exit(p), 0);
	assert_false(pty_alternate(p));
	assert_true(pty_cursor_shown(p));
	pty_destroy(p);
}

int desk_setup_empty(void **state)
{
	*state = make_store();
	return 0;
}

int desk_setup_shop(void **state)
{
	struct store *s = make_store();
	make_shop(s, NOW);
	*state = s;
	return 0;
}

int desk_teardown(void **state)
{
	make_store_remove(*state);
	return 0;
}
