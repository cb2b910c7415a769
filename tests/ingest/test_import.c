/* SPDX-License-Identifier: MIT */
/* Spools read into a store: complete, once, and going on where it ended. */
#include "ingest/ingest.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "ingest/mbox.h"
#include "ingest/platform.h"
#include "ingest/spool.h"
#include "support/make_store.h"

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1767225600000)
#define ENVELOPE "From ann@example.org Thu Jan  1 00:00:00 2026\n"

struct fixture {
	char *folder;
	struct store *store;
	struct platforms *platforms;
	struct import_report report;
	GError *error;
	volatile int stop;
	int stop_after; /* progress or flawed calls before stopping; 0: never */
	int flawed;
};

static gint64 now(void)
{
	return NOW;
}

static void remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		remove_tree(child);
	}
	chmod(path, 0700);
	remove(path);
}

static int set_up(void **state)
{
	struct fixture *f = g_new0(struct fixture, 1);
	f->folder = g_dir_make_tmp("amends-import-XXXXXX", NULL);
	f->store = make_store();
	f->platforms = platforms_load(&f->error);
	if (!f->platforms) {
		print_error("%s\n", f->error->message);
		return -1;
	}
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	make_store_remove(f->store);
	platforms_destroy(f->platforms);
	remove_tree(f->folder);
	g_clear_error(&f->error);
	g_free(f->folder);
	g_free(f);
	return 0;
}

static char *in_folder(struct fixture *f, const char *name)
{
	return g_build_filename(f->folder, name, NULL);
}

static void put(struct fixture *f, const char *name, const char *text, gssize length)
{
	g_autofree char *path = in_folder(f, name), *parent = g_path_get_dirname(path);
	g_mkdir_with_parents(parent, 0700);
	assert_true(g_file_set_contents(path, text, length, NULL));
}

static void note_flawed(const char *origin, const struct incoming *m, const struct ingested *where,
			void *data)
{
	struct fixture *f = data;
	assert_non_null(origin);
	f->flawed++;
	if (f->stop_after && f->flawed >= f->stop_after)
		f->stop = 1;
}

static bool import(struct fixture *f, const char *name)
{
	g_autofree char *path = in_folder(f, name);
	char *paths[] = {path, NULL};
	struct import_options o = {.store = f->store,
				   .platforms = f->platforms,
				   .now = now,
				   .flawed = note_flawed,
				   .data = f,
				   .stop = &f->stop};
	g_clear_error(&f->error);
	return ingest_import(&o, paths, &f->report, &f->error);
}

static char *one_mail(int n)
{
	return g_strdup_printf(
	    "From: Buyer %d <b%d@example.org>\nSubject: Complaint %d\nDate: Thu, 01 Jan 2026 00:00:00 +0000\n"
	    "Message-ID: <%d@example.org>\n\nThe cup of order %d is broken.\n",
	    n, n, n, n, n);
}

static GString *mbox_of(int from, int to)
{
	GString *s = g_string_new(NULL);
	for (int i = from; i < to; i++) {
		g_autofree char *mail = one_mail(i);
		g_string_append_printf(s, ENVELOPE "%s\n", mail);
	}
	return s;
}

static void put_mbox(struct fixture *f, const char *name, int from, int to)
{
	GString *s = mbox_of(from, to);
	put(f, name, s->str, (gssize)s->len);
	g_string_free(s, TRUE);
}

static void append_mbox(struct fixture *f, const char *name, int from, int to)
{
	g_autofree char *path = in_folder(f, name), *old = NULL;
	assert_true(g_file_get_contents(path, &old, NULL, NULL));
	GString *s = mbox_of(from, to);
	g_string_prepend(s, old);
	put(f, name, s->str, (gssize)s->len);
	g_string_free(s, TRUE);
}

static gint64 open_cases(struct fixture *f)
{
	struct inbox_request q = {.from = INBOX_START, .limit = 500, .now = NOW, .day_end = NOW};
	g_autoptr(inbox_page_auto) page = store_inbox(f->store, &q, NULL);
	assert_non_null(page);
	return page->counts.open;
}

static void an_mbox_comes_in_once(void **state)
{
	struct fixture *f = *state;
	put_mbox(f, "box", 0, 200);
	assert_true(import(f, "box"));
	assert_int_equal(f->report.mails, 200);
	assert_int_equal(f->report.new_cases, 200);
	assert_int_equal(open_cases(f), 200);
	/* Unchanged: not even read. */
	assert_true(import(f, "box"));
	assert_int_equal(f->report.mails, 0);
	/* The same mails under another name: read and found there. */
	put_mbox(f, "copy", 0, 200);
	assert_true(import(f, "copy"));
	assert_int_equal(f->report.already, 200);
	assert_int_equal(open_cases(f), 200);
}

static void a_grown_mbox_goes_on(void **state)
{
	struct fixture *f = *state;
	put_mbox(f, "box", 0, 3);
	assert_true(import(f, "box"));
	append_mbox(f, "box", 3, 100);
	assert_true(import(f, "box"));
	assert_int_equal(f->report.mails, 97);
	append_mbox(f, "box", 100, 150);
	assert_true(import(f, "box"));
	assert_int_equal(f->report.mails, 50);
	assert_int_equal(open_cases(f), 150);
}

static void another_file_of_that_name_is_read_anew(void **state)
{
	struct fixture *f = *state;
	put_mbox(f, "box", 0, 50);
	assert_true(import(f, "box"));
	put_mbox(f, "box", 50, 150);
	assert_true(import(f, "box"));
	assert_int_equal(f->report.new_cases, 100);
	/* Shorter than before. */
	put_mbox(f, "box", 200, 202);
	assert_true(import(f, "box"));
	assert_int_equal(f->report.new_cases, 2);
}

/* Mails without a date are flawed: the third call of `flawed` stops the import. */
static void a_stopped_import_keeps_what_it_read_and_goes_on(void **state)
{
	struct fixture *f = *state;
	GString *s = g_string_new(NULL);
	for (int i = 0; i < 3000; i++)
		g_string_append_printf(
		    s, ENVELOPE "From: b%d@example.org\nSubject: s%d\nMessage-ID: <%d@x>\n\ntext %d\n\n", i,
		    i, i, i);
	put(f, "box", s->str, (gssize)s->len);
	g_string_free(s, TRUE);
	f->stop_after = 3;
	assert_false(import(f, "box"));
	assert_true(f->report.interrupted);
	assert_true(g_error_matches(f->error, G_FILE_ERROR, G_FILE_ERROR_INTR));
	gint64 first = f->report.mails;
	assert_true(first >= 64 && first < 3000);
	assert_int_equal(open_cases(f), first);
	f->stop = 0;
	f->stop_after = 0;
	assert_true(import(f, "box"));
	assert_int_equal(f->report.mails, 3000 - first);
	assert_int_equal(f->report.already, 0);
	assert_int_equal(open_cases(f), 3000);
}

static void a_maildir_comes_in_once_whatever_its_flags(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 10; i++) {
		g_autofree char *mail = one_mail(i);
		g_autofree char *name =
		    g_strdup_printf(i < 5 ? "Maildir/new/%d.host" : "Maildir/cur/%d.host:2,S", i);
		put(f, name, mail, -1);
	}
	put(f, "Maildir/tmp/half", "From: half", -1);
	put(f, "Maildir/dovecot.index", "\x01\x02", -1);
	g_autofree char *sent = one_mail(20);
	put(f, "Maildir/.Sent/cur/20.host:2,", sent, -1);
	put(f, "Maildir/.Sent/new/.keep", "", -1);
	assert_true(import(f, "Maildir"));
	assert_int_equal(f->report.mails, 11);
	assert_int_equal(f->report.flawed, 0);
	/* The reader marks one as seen: its name changes. */
	g_autofree char *from = in_folder(f, "Maildir/new/1.host"),
			*to = in_folder(f, "Maildir/cur/1.host:2,RS");
	assert_int_equal(rename(from, to), 0);
	assert_true(import(f, "Maildir"));
	assert_int_equal(f->report.mails, 0);
}

static void a_folder_of_everything(void **state)
{
	struct fixture *f = *state;
	g_autofree char *a = one_mail(1), *b = one_mail(2);
	put(f, "in/a.eml", a, -1);
	put(f, "in/deep/er/b.eml", b, -1);
	put_mbox(f, "in/archive", 10, 15);
	put(f, "in/empty", "", 0);
	put(f, "in/archive.msf", "index of a mail program", -1);
	put(f, "in/letter.txt", "Dear shop, no mail at all", -1);
	g_autofree char *loop = in_folder(f, "in/deep/loop"), *target = in_folder(f, "in");
	assert_int_equal(symlink(target, loop), 0);
	assert_true(import(f, "in"));
	assert_int_equal(f->report.mails, 8);
	assert_int_equal(f->report.flawed, 1);
	assert_int_equal(f->flawed, 1);
}

static void faults_of_one_path_dont_stop_the_others(void **state)
{
	struct fixture *f = *state;
	put_mbox(f, "box", 0, 5);
	put(f, "shut", "x", -1);
	g_autofree char *box = in_folder(f, "box"), *none = in_folder(f, "none"),
			*shut = in_folder(f, "shut");
	char *paths[] = {none, shut, box, "/dev/null", NULL};
	chmod(shut, 0);
	struct import_options o = {.store = f->store, .platforms = f->platforms, .now = now};
	assert_false(ingest_import(&o, paths, &f->report, &f->error));
	assert_true(f->report.new_cases >= 5);
	assert_non_null(strstr(f->error->message, none));
	assert_non_null(strstr(f->error->message, "/dev/null"));
	/* root reads everything */
	assert_true(geteuid() == 0 || strstr(f->error->message, shut));
}

static void two_imports_of_one_box_add_up_to_one(void **state)
{
	struct fixture *f = *state;
	put_mbox(f, "box", 0, 300);
	put_mbox(f, "copy", 0, 300);
	g_autofree char *box = in_folder(f, "box"), *copy = in_folder(f, "copy");
	char *paths[] = {box, copy, NULL};
	struct import_options o = {.store = f->store, .platforms = f->platforms, .now = now};
	assert_true(ingest_import(&o, paths, &f->report, &f->error));
	assert_int_equal(f->report.new_cases, 300);
	assert_int_equal(f->report.already, 300);
}

/* --- the mbox reader by itself -------------------------------------------- */

static const struct {
	const char *file;
	const char *mails[4];
} BOXES[] = {
    {"", {NULL}},
    {ENVELOPE "A: 1\n\none\n\n" ENVELOPE "A: 2\n\ntwo\n", {"A: 1\n\none\n", "A: 2\n\ntwo\n"}},
    {ENVELOPE "A: 1\n\n>From here\n>>From there\n>fromage\n", {"A: 1\n\nFrom here\n>From there\n>fromage\n"}},
    {"From ann@example.org Thu Jan  1 00:00:00 2026\r\nA: 1\r\n\r\none\r\n\r\nFrom ann@example.org Thu Jan  "
     "1 00:00:00 2026\r\nA: 2\r\n\r\n",
     {"A: 1\r\n\r\none\r\n", "A: 2\r\n"}},
    /* Text that begins like an envelope, unquoted. */
    {ENVELOPE "A: 1\n\nfoo\n\nFrom 12:30 on 3 March 2026 it leaked.\n",
     {"A: 1\n\nfoo\n\nFrom 12:30 on 3 March 2026 it leaked.\n"}},
    {ENVELOPE "A: 1\n\nno end", {"A: 1\n\nno end"}},
    {ENVELOPE ENVELOPE "A: 2\n", {"", "A: 2\n"}},
    {ENVELOPE, {""}},
    {"From nowhere", {""}},
    {"A: 1\n\nsingle\n\nFrom ann@example.org Thu Jan  1 00:00:00 2026\n",
     {"A: 1\n\nsingle\n\nFrom ann@example.org Thu Jan  1 00:00:00 2026\n"}},
};

static void boxes_are_split(void **state)
{
	struct fixture *f = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(BOXES); i++) {
		put(f, "box", BOXES[i].file, -1);
		g_autofree char *path = in_folder(f, "box");
		g_autoptr(mbox_auto) b = mbox_open(path, NULL);
		assert_non_null(b);
		gint64 came;
		int n = 0;
		for (GBytes *mail; (mail = mbox_next(b, &came, NULL)); n++) {
			gsize length;
			const char *bytes = g_bytes_get_data(mail, &length);
			g_autofree char *text = g_strndup(length ? bytes : "", length);
			if (g_strcmp0(text, BOXES[i].mails[n]) != 0)
				fail_msg("box %d, mail %d: \"%s\"", (int)i, n, text);
			g_bytes_unref(mail);
		}
		assert_null(n < 4 ? BOXES[i].mails[n] : NULL);
		assert_int_equal(mbox_offset(b), strlen(BOXES[i].file));
	}
}

/* Mails larger than the window, whose borders fall anywhere. */
static void large_mails_are_split(void **state)
{
	struct fixture *f = *state;
	GString *s = g_string_new(NULL);
	gsize sizes[40];
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		gsize start = s->len;
		g_string_append(s, ENVELOPE "A: 1\n\n");
		for (gsize n = 0; n < 3000 * i + 997 * (i % 7); n++)
			g_string_append(s, n % 50 ? "0123456789 " : "\n");
		g_string_append(s, "\n\n");
		sizes[i] = s->len - start - strlen(ENVELOPE) - 1;
	}
	put(f, "box", s->str, (gssize)s->len);
	g_string_free(s, TRUE);
	g_autofree char *path = in_folder(f, "box");
	g_autoptr(mbox_auto) b = mbox_open(path, NULL);
	gint64 came;
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autoptr(GBytes) mail = mbox_next(b, &came, NULL);
		assert_non_null(mail);
		assert_int_equal(g_bytes_get_size(mail), sizes[i]);
		assert_true(came == NOW);
	}
	assert_null(mbox_next(b, &came, NULL));
}

/* A program that delivers holds the lock until its mail is whole. */
static void a_mail_being_delivered_is_waited_for(void **state)
{
	struct fixture *f = *state;
	int ready[2];
	put_mbox(f, "box", 0, 1);
	g_autofree char *path = in_folder(f, "box"), *big = g_strnfill(8 * 1024 * 1024, 'x');
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
		int fd = open(path, O_WRONLY | O_APPEND);
		bool done = fcntl(fd, F_SETLK, &lock) == 0 && write(ready[1], "r", 1) == 1 &&
			    write(fd, ENVELOPE "A: 2\n\n", strlen(ENVELOPE) + 6) > 0;
		for (int i = 0; done && i < 4; i++)
			done = write(fd, big, strlen(big)) > 0;
		_exit(done && write(fd, "\n", 1) == 1 ? 0 : 1);
	}
	char c;
	assert_int_equal(read(ready[0], &c, 1), 1);
	g_autoptr(mbox_auto) b = mbox_open(path, NULL);
	assert_non_null(b);
	gint64 came;
	g_autoptr(GBytes) first = mbox_next(b, &came, NULL);
	g_autoptr(GBytes) second = mbox_next(b, &came, NULL);
	assert_true(first && second);
	assert_int_equal(g_bytes_get_size(second), 6 + 32 * 1024 * 1024 + 1);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(ready[0]);
	close(ready[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(an_mbox_comes_in_once, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_grown_mbox_goes_on, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(another_file_of_that_name_is_read_anew, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_stopped_import_keeps_what_it_read_and_goes_on, set_up,
					    tear_down),
	    cmocka_unit_test_setup_teardown(a_maildir_comes_in_once_whatever_its_flags, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_folder_of_everything, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(faults_of_one_path_dont_stop_the_others, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(two_imports_of_one_box_add_up_to_one, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_mail_being_delivered_is_waited_for, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(boxes_are_split, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(large_mails_are_split, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
