/* SPDX-License-Identifier: MIT */
#include "support/run.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "domain/banned.h"

/* The tests' mails have fixed dates: they don't grow old. */
static void keep_mail_young(const char *config)
{
	g_autofree char *folder = g_build_filename(config, "amends", NULL);
	g_autofree char *file = g_build_filename(folder, "shop.ini", NULL);
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(file, "[shop]\narchive_days = 0\n", -1, NULL));
}

struct run_home *run_home_create(void)
{
	struct run_home *h = g_new0(struct run_home, 1);
	h->path = g_dir_make_tmp("amends-test-XXXXXX", NULL);
	assert_non_null(h->path);
	h->env = g_get_environ();
	g_autofree char *data = g_build_filename(h->path, "data", NULL);
	g_autofree char *config = g_build_filename(h->path, "config", NULL);
	h->store = g_build_filename(data, "amends", "desk.db", NULL);
	keep_mail_young(config);
	run_set(h, "HOME", h->path);
	run_set(h, "XDG_DATA_HOME", data);
	run_set(h, "XDG_CONFIG_HOME", config);
	run_set(h, "TZ", "UTC");
	run_set(h, "LC_ALL", "C.UTF-8");
	static const char *const strangers[] = {"AMENDS_DB", "LANGUAGE", "NO_COLOR", "AMENDS_TEST_NOW"};
	for (gsize i = 0; i < G_N_ELEMENTS(strangers); i++)
		run_set(h, strangers[i], NULL);
	return h;
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		remove_tree(inner);
	}
	g_remove(path);
}

void run_home_destroy(struct run_home *h)
{
	if (!h)
		return;
	remove_tree(h->path);
	g_strfreev(h->env);
	g_free(h->path);
	g_free(h->store);
	g_free(h);
}

void run_set(struct run_home *h, const char *name, const char *value)
{
	h->env = value ? g_environ_setenv(h->env, name, value, TRUE) : g_environ_unsetenv(h->env, name);
}

void run_result_clear(struct run_result *r)
{
	g_clear_pointer(&r->out, g_free);
	g_clear_pointer(&r->err, g_free);
}

static void open_input(gpointer data)
{
	const char *input = data;
	int fd = open(input ? input : "/dev/null", O_RDONLY);
	if (fd >= 0)
		dup2(fd, STDIN_FILENO);
}

struct run_result run_program(const struct run_home *h, const char *const *argv, const char *input)
{
	struct run_result r = {0};
	int status = 0;
	g_autoptr(GError) error = NULL;
	bool ran = g_spawn_sync(h->path, (char **)argv, h->env, G_SPAWN_CHILD_INHERITS_STDIN, open_input,
				(gpointer)input, &r.out, &r.err, &status, &error);
	if (!ran)
		fail_msg("%s: %s", argv[0], error->message);
	r.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return r;
}

struct run_result run_amends(const struct run_home *h, const char *which, ...)
{
	const char *program = g_getenv(which);
	if (!program)
		fail_msg("%s must name the program under test", which);
	g_autoptr(GPtrArray) args = g_ptr_array_new();
	va_list list;
	va_start(list, which);
	for (const char *arg = program; arg; arg = va_arg(list, const char *))
		g_ptr_array_add(args, (gpointer)arg);
	va_end(list);
	g_ptr_array_add(args, NULL);
	return run_program(h, (const char *const *)args->pdata, NULL);
}

void run_expect(const struct run_result *r, int status, const char *out, const char *err)
{
	bool as_wanted =
	    r->status == status && (!out || strstr(r->out, out)) && (!err || strstr(r->err, err));
	if (!as_wanted)
		fail_msg("exit %d, not %d; wanted \"%s\" and \"%s\"\nout: %s\nerr: %s", r->status, status,
			 out ? out : "", err ? err : "", r->out, r->err);
}
