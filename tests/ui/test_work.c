/* SPDX-License-Identifier: MIT */
/* Works the cases of a script (tests/ui/work) from first mail to outcome: true mails, the real program on a
 * terminal, a clock that the script moves. What a line may say is told in tests/ui/work/README. */
#include "store/answer.h"
#include "support/pty.h"
#include "support/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define START G_GINT64_CONSTANT(1772625600000) /* Wednesday 4 March 2026, 12:00 UTC */
#define MINUTE G_GINT64_CONSTANT(60000)
#define CTRL_S "\023"
#define CTRL_U "\025"
#define PROMISE_ASKED "Enter: yes, n: no"

struct work {
	char **lines;
	guint line; /* the one that is next */
	struct run_home *home;
	struct pty *pty; /* NULL while the program isn't open */
	gint64 now;
	int mails, rows, cols;
};

static char *part(char *const *parts, guint n)
{
	return n < g_strv_length((char **)parts) ? g_strstrip(parts[n]) : (char *)"";
}

/* --- the program --------------------------------------------------------------------------------- */

static void set_now(struct work *w)
{
	g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, w->now);
	run_set(w->home, "AMENDS_TEST_NOW", now);
}

static void go_to_case(struct work *w)
{
	pty_send(w->pty, "g");
	assert_true(pty_wait_row(w->pty, w->rows - 1, "#"));
	pty_send(w->pty, "1\r");
	assert_true(pty_wait_text(w->pty, "Next step"));
}

/* Opens the program on the one case, unless it is open. */
static struct pty *at_case(struct work *w)
{
	if (w->pty)
		return w->pty;
	const char *argv[] = {g_getenv("AMENDS_AT"), NULL};
	struct pty_options o = {
	    .rows = w->rows, .cols = w->cols, .argv = argv, .env = (const char *const *)w->home->env};
	w->pty = pty_spawn(&o);
	assert_true(pty_wait_text(w->pty, " open"));
	go_to_case(w);
	return w->pty;
}

static void leave(struct work *w)
{
	if (!w->pty)
		return;
	pty_send(w->pty, "Q");
	assert_int_equal(pty_wait_exit(w->pty), 0);
	pty_destroy(w->pty);
	w->pty = NULL;
}

/* --- what a line does ------------------------------------------------------------------------------ */

static void deliver(struct work *w, char **parts)
{
	g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(w->now / 1000);
	g_autofree char *stamp = g_date_time_format(date, "%a, %d %b %Y %H:%M:%S +0000");
	g_autofree char *path = g_build_filename(w->home->path, "in.eml", NULL);
	g_autoptr(GString) mail = g_string_new(NULL);
	g_string_printf(mail,
			"Message-ID: <work-%d@example.org>\nDate: %s\nFrom: %s\nTo: desk@dunekettle.example\n"
			"Subject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
			"Content-Transfer-Encoding: 8bit\n\n",
			++w->mails, stamp, part(parts, 0), part(parts, 1));
	for (const char *line; (line = w->lines[w->line]) && *line == '>'; w->line++)
		g_string_append_printf(mail, "%s\n", line[1] ? line + 2 : "");
	assert_true(g_file_set_contents(path, mail->str, (gssize)mail->len, NULL));
	const char *const argv[] = {g_getenv("AMENDS_MAIL_AT"), "deliver", NULL};
	struct run_result r = run_program(w->home, argv, path);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
}

static void pass_time(struct work *w, gint64 minutes)
{
	leave(w);
	w->now += minutes * MINUTE;
	set_now(w);
}

/* While the program is open; dated as it was started, since a mail's date knows no part of a second. */
static void do_comes(struct work *w, char **parts)
{
	at_case(w);
	deliver(w, parts);
}

/* The mail comes an hour later. */
static void do_mail(struct work *w, char **parts)
{
	pass_time(w, 60);
	deliver(w, parts);
}

static void do_see(struct work *w, char **parts)
{
	assert_true(pty_wait_text(at_case(w), part(parts, 0)));
}

static void do_gone(struct work *w, char **parts)
{
	assert_true(pty_wait_gone(at_case(w), part(parts, 0)));
}

/* Questions and their answers by turns, then what is said at the end. */
static void answer(struct work *w, char **parts)
{
	guint n = 0;
	for (; n + 1 < g_strv_length(parts); n += 2) {
		assert_true(pty_wait_row(w->pty, w->rows - 1, part(parts, n)));
		pty_send(w->pty, CTRL_U);
		pty_send(w->pty, part(parts, n + 1));
		pty_send(w->pty, "\r");
	}
	assert_true(pty_wait_row(w->pty, w->rows - 1, part(parts, n)));
}

static void do_step(struct work *w, char **parts)
{
	pty_send(at_case(w), " ");
	answer(w, parts);
}

static void do_key(struct work *w, char **parts)
{
	pty_send(at_case(w), part(parts, 0));
	answer(w, parts + 1);
}

/* Whether the draft is in the store, made from the canned reply of that name. */
struct wanted_draft {
	const struct work *work;
	const char *name;
};

static bool draft_is_from(struct pty *p, const void *data)
{
	const struct wanted_draft *wanted = data;
	g_autoptr(store_auto) s = store_open(wanted->work->home->store, STORE_READ, NULL);
	g_autoptr(draft_auto) d = s ? store_draft(s, g_get_user_name(), 1, DRAFT_REPLY, NULL) : NULL;
	return d && g_strcmp0(d->templates, wanted->name) == 0;
}

/* Advice alone stops nothing. */
static bool guard_lets_pass(struct pty *p, const void *nothing)
{
	int row = pty_find(p, "guard: ", NULL);
	g_autofree char *text = row >= 0 ? pty_row(p, row) : NULL;
	if (!text || strstr(text, "can't be sent") || strstr(text, "look again"))
		return false;
	return strstr(text, "nothing found") || strstr(text, "advice");
}

/* The last line may still tell of the act or the answer before: only the composer's end says that it went. */
static bool has_left(struct pty *p, const void *nothing)
{
	return pty_find(p, "Reply to #1", NULL) < 0 &&
	       (pty_find(p, "u takes it back", NULL) >= 0 || pty_find(p, "To post by hand", NULL) >= 0);
}

static bool asks_or_leaves(struct pty *p, const void *nothing)
{
	return pty_find(p, PROMISE_ASKED, NULL) >= 0 || has_left(p, nothing);
}

static bool asks_or_says(struct pty *p, const void *said)
{
	return pty_find(p, PROMISE_ASKED, NULL) >= 0 || pty_find(p, said, NULL) >= 0;
}

/* Sends; a promise is confirmed. */
static void send_draft(struct work *w)
{
	struct pty *p = w->pty;
	assert_true(pty_wait_until(p, guard_lets_pass, NULL));
	pty_send(p, CTRL_S);
	assert_true(pty_wait_until(p, asks_or_leaves, NULL));
	if (pty_find(p, PROMISE_ASKED, NULL) >= 0)
		pty_send(p, "\r");
	assert_true(pty_wait_until(p, has_left, NULL));
	if (pty_find(p, "To post by hand", NULL) < 0)
		return;
	g_autofree char *copied = pty_clipboard(p);
	assert_non_null(copied);
	assert_null(strstr(copied, "{{"));
	pty_send(p, "p");
	assert_true(pty_wait_text(p, "Noted as posted"));
}

/* Space opens the canned replies; `typed` narrows them. The chosen one is filled in. */
static void write_draft(struct work *w, char **parts, const char *typed)
{
	struct pty *p = at_case(w);
	pty_send(p, " ");
	assert_true(pty_wait_text(p, "Canned replies for #"));
	pty_send(p, typed);
	assert_true(pty_wait_row(p, 1, typed));
	if (g_strv_length(parts) > 1 && !g_str_equal(part(parts, 1), "-"))
		assert_true(pty_wait_text(p, parts[1]));
	pty_send(p, "\r");
	assert_true(pty_wait_text(p, "Reply to #1"));
	assert_true(pty_wait_text(p, "saved"));
	assert_true(pty_wait_until(p, draft_is_from, &(struct wanted_draft){w, part(parts, 0)}));
	for (guint n = 2; n < g_strv_length(parts); n++) {
		if (n > 2)
			pty_send(p, "\t");
		pty_send(p, part(parts, n));
		assert_true(pty_wait_text(p, part(parts, n)));
	}
}

static void write_reply(struct work *w, char **parts, const char *typed)
{
	write_draft(w, parts, typed);
	send_draft(w);
	go_to_case(w);
}

/* The reply that the step proposes, filled in but not sent. */
static void do_draft(struct work *w, char **parts)
{
	write_draft(w, parts, "");
}

/* What stands against sending it; a promise is confirmed. */
static void do_stopped(struct work *w, char **parts)
{
	pty_send(w->pty, CTRL_S);
	assert_true(pty_wait_until(w->pty, asks_or_says, part(parts, 0)));
	if (pty_find(w->pty, PROMISE_ASKED, NULL) >= 0)
		pty_send(w->pty, "\r");
	assert_true(pty_wait_row(w->pty, w->rows - 1, part(parts, 0)));
}

static void do_send(struct work *w, char **parts)
{
	send_draft(w);
	go_to_case(w);
}

/* The reply that the step proposes. */
static void do_reply(struct work *w, char **parts)
{
	write_reply(w, parts, "");
}

/* Another reply, by its name. */
static void do_choose(struct work *w, char **parts)
{
	write_reply(w, parts, part(parts, 0));
}

static void do_later(struct work *w, char **parts)
{
	char *unit;
	gint64 n = g_ascii_strtoll(part(parts, 0), &unit, 10);
	pass_time(w, n * (*unit == 'd' ? 24 * 60 : *unit == 'h' ? 60 : 1));
}

/* What `amends show` tells of the case when it is over: the words of the line, and no clock that runs. */
static void do_end(struct work *w, char **parts)
{
	leave(w);
	struct run_result r = run_amends(w->home, "AMENDS_AT", "show", "1", "--json", NULL);
	for (guint n = 0; n < g_strv_length(parts); n++)
		run_expect(&r, 0, part(parts, n), NULL);
	if (strstr(r.out, "\"state\":\"running\"") || strstr(r.out, "\"state\":\"paused\""))
		fail_msg("a clock still runs: %s", r.out);
	run_result_clear(&r);
}

static void do_left(struct work *w, char **parts)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(store_auto) s = store_open(w->home->store, STORE_READ, &error);
	if (!s)
		fail_msg("%s", error->message);
	g_autoptr(GPtrArray) rows = store_outbox(s, true, 20, &error);
	assert_non_null(rows);
	assert_int_equal(rows->len, g_ascii_strtoll(part(parts, 0), NULL, 10));
}

/* --- scripts ------------------------------------------------------------------------------------------ */

static const struct {
	const char *word;
	void (*run)(struct work *w, char **parts);
} words[] = {
    {"mail", do_mail},   {"comes", do_comes},     {"see", do_see},     {"gone", do_gone},
    {"step", do_step},   {"key", do_key},         {"reply", do_reply}, {"choose", do_choose},
    {"draft", do_draft}, {"stopped", do_stopped}, {"send", do_send},   {"later", do_later},
    {"end", do_end},     {"left", do_left},
};

static void run_line(struct work *w, const char *line)
{
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		gsize length = strlen(words[i].word);
		if (!g_str_has_prefix(line, words[i].word) || (line[length] && line[length] != ' '))
			continue;
		g_auto(GStrv) parts = g_strsplit(line + length, " | ", -1);
		words[i].run(w, parts);
		return;
	}
	fail_msg("not a line of a script: %s", line);
}

static void works_the_case(void **state)
{
	struct work *w = *state;
	while (w->lines[w->line]) {
		const char *line = w->lines[w->line++];
		if (!*line || *line == '#')
			continue;
		fprintf(stderr, "%u: %s\n", w->line, line);
		run_line(w, line);
	}
}

static int setup(void **state)
{
	struct work *w = *state;
	w->home = run_home_create();
	w->now = START;
	w->rows = 50;
	w->cols = 140;
	g_autofree char *shop = g_build_filename(w->home->path, "config", "amends", "shop.ini", NULL);
	static const char text[] =
	    "[shop]\narchive_days = 0\nname = Dune & Kettle\naddresses = desk@dunekettle.example\n"
	    "zone = UTC\nlanguages = en\n[mail]\ncommand = true\n";
	assert_true(g_file_set_contents(shop, text, -1, NULL));
	set_now(w);
	return 0;
}

static int teardown(void **state)
{
	struct work *w = *state;
	pty_destroy(w->pty);
	run_home_destroy(w->home);
	return 0;
}

/* Cases are parted by a line "case NAME"; each is a test of that name. */
int main(int argc, char **argv)
{
	g_autofree char *text = NULL;
	if (argc != 2 || !g_file_get_contents(argv[1], &text, NULL, NULL))
		return 2;
	g_auto(GStrv) blocks = g_strsplit(text, "\ncase ", -1);
	const char *only = g_getenv("ONLY");
	guint count = g_strv_length(blocks);
	g_autofree struct work *work = g_new0(struct work, count);
	g_autofree struct CMUnitTest *tests = g_new0(struct CMUnitTest, count);
	guint n = 0;
	for (guint i = 1; i < count; i++) {
		work[n].lines = g_strsplit(blocks[i], "\n", -1);
		work[n].line = 1;
		if (only && !g_str_equal(work[n].lines[0], only)) {
			g_strfreev(work[n].lines);
			continue;
		}
		tests[n] = (struct CMUnitTest){work[n].lines[0], works_the_case, setup, teardown, &work[n]};
		n++;
	}
	int failed = _cmocka_run_group_tests(argv[1], tests, n, NULL, NULL);
	for (guint i = 0; i < n; i++)
		g_strfreev(work[i].lines);
	return failed;
}
