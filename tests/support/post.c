/* SPDX-License-Identifier: MIT */
#include "support/post.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/banned.h"

#define PATIENCE 30 /* seconds for what is waited for */

bool post_is_possible(void)
{
	g_autofree char *msmtp = g_find_program_in_path("msmtp");
	return msmtp != NULL;
}

static const char buyers_mail[] = "Message-ID: <1@example.org>\n"
				  "Date: Mon, 23 Nov 2026 09:00:00 +0000\n"
				  "From: Rasa Petkienė <rasa@example.org>\n"
				  "Subject: Broken cup, order 4711-0815\n\n"
				  "The cup came broken.\n";

void post_wait_for(const char *path)
{
	gint64 until = g_get_monotonic_time() + PATIENCE * G_USEC_PER_SEC;
	while (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		if (g_get_monotonic_time() > until)
			fail_msg("%s didn't come", path);
		g_usleep(2000);
	}
}

char *post_read(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	char *text = NULL;
	g_file_get_contents(path, &text, NULL, NULL);
	return text;
}

void post_write(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void start_server(struct post *p)
{
	g_autoptr(GError) error = NULL;
	char *argv[] = {(char *)"python3", (char *)g_getenv("SMTP_SERVER"), p->folder, NULL};
	if (!g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL,
				      NULL, &p->server, &p->hold, NULL, NULL, &error))
		fail_msg("%s", error->message);
	/* A program that a failed test leaves behind must not keep the server alive. */
	fcntl(p->hold, F_SETFD, FD_CLOEXEC);
	g_autofree char *port = g_build_filename(p->folder, "port", NULL);
	post_wait_for(port);
}

void post_write_shop(const struct post *p, const char *command, const char *more)
{
	g_autofree char *config = g_build_filename(p->home->path, "config", "amends", NULL);
	g_autofree char *text = g_strdup_printf(
	    "[shop]\narchive_days = 0\nname = Dune & Kettle\naddresses = desk@dunekettle.example\n"
	    "zone = Europe/Vilnius\nlanguages = en\n[mail]\ncommand = %s\nlimit = 60\n%s",
	    command, more);
	assert_int_equal(g_mkdir_with_parents(config, 0700), 0);
	post_write(config, "shop.ini", text);
}

void post_deliver(const struct post *p, const char *mail)
{
	post_write(p->home->path, "in.eml", mail);
	g_autofree char *path = g_build_filename(p->home->path, "in.eml", NULL);
	const char *const argv[] = {g_getenv("AMENDS"), "deliver", NULL};
	struct run_result r = run_program(p->home, argv, path);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
}

void post_set_now(const struct post *p, gint64 now)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, now);
	run_set(p->home, "AMENDS_TEST_NOW", text);
}

int post_setup(void **state)
{
	struct post *p = g_new0(struct post, 1);
	p->home = run_home_create();
	p->folder = g_build_filename(p->home->path, "server", NULL);
	assert_int_equal(g_mkdir_with_parents(p->folder, 0700), 0);
	start_server(p);
	g_autofree char *port = post_read(p->folder, "port");
	p->send = g_strdup_printf(
	    "msmtp -C /dev/null --host=127.0.0.1 --port=%s --from=desk@dunekettle.example -t -i", port);
	post_write_shop(p, p->send, "");
	post_deliver(p, buyers_mail);
	post_set_now(p, POST_NOW);
	*state = p;
	return 0;
}

int post_teardown(void **state)
{
	struct post *p = *state;
	close(p->hold);
	waitpid(p->server, NULL, 0);
	run_home_destroy(p->home);
	g_free(p->folder);
	g_free(p->send);
	g_free(p);
	return 0;
}

void post_expect_reply(const struct post *p)
{
	struct run_result r = run_amends(p->home, "AMENDS_AT", "reply", "1", "--template", "evidence-photo",
					 "--lang", "en", NULL);
	run_expect(&r, 0, "amends outbox drop", NULL);
	run_result_clear(&r);
}

void post_expect_send(const struct post *p, gint64 now, int status, const char *out, const char *err)
{
	post_set_now(p, now);
	struct run_result r = run_amends(p->home, "AMENDS_MAIL_AT", "send", "--once", NULL);
	run_expect(&r, status, out, err);
	run_result_clear(&r);
}

void post_expect_outbox(const struct post *p, const char *state)
{
	g_autofree char *wanted = g_strdup_printf("\"state\":\"%s\"", state);
	struct run_result r = run_amends(p->home, "AMENDS_AT", "outbox", "--all", "--json", NULL);
	run_expect(&r, 0, wanted, NULL);
	run_result_clear(&r);
}

guint post_count(const struct post *p)
{
	guint count = 0;
	const char *name;
	g_autoptr(GDir) dir = g_dir_open(p->folder, 0, NULL);
	while ((name = g_dir_read_name(dir)))
		count += g_str_has_suffix(name, ".eml");
	return count;
}

GPid post_begin_send(const struct post *p, gint64 now)
{
	GPid pid;
	post_set_now(p, now);
	char *argv[] = {(char *)g_getenv("AMENDS_MAIL_AT"), (char *)"send", NULL};
	assert_true(
	    g_spawn_async(NULL, argv, p->home->env, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL));
	return pid;
}
