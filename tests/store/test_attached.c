/* SPDX-License-Identifier: MIT */
/* Files that go out with answers: copied in, sent, taken back, dropped; and who may override the guard. */
#include "store/attached.h"
#include "store/sql.h"
#include "support/make_store.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */
#define MOST 100

struct desk {
	struct store *store;
	char *folder;
	struct draft *draft;
};

static int setup(void **state)
{
	struct desk *d = g_new0(struct desk, 1);
	struct mail_facts f = {
	    .id = "first@x.example", .platform = "mail", .alias = "ona@x.example", .sent = NOW - 1000};
	d->store = make_store();
	d->folder = g_dir_make_tmp("amends-files-XXXXXX", NULL);
	d->draft = g_new0(struct draft, 1);
	d->draft->case_id = make_ingest(d->store, &f).case_id;
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;
	const char *name;
	g_autoptr(GDir) dir = g_dir_open(d->folder, 0, NULL);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(d->folder, name, NULL);
		g_remove(path);
	}
	g_rmdir(d->folder);
	g_free(d->folder);
	draft_destroy(d->draft);
	make_store_remove(d->store);
	g_free(d);
	return 0;
}

static char *make_file(const struct desk *d, const char *name, const char *bytes, gssize length)
{
	char *path = g_build_filename(d->folder, name, NULL);
	assert_true(g_file_set_contents(path, bytes, length, NULL));
	return path;
}

/* Attaches a file of that content; the file itself is gone then. */
static bool attach(struct desk *d, const char *name, const char *bytes, GError **error)
{
	g_autofree char *path = make_file(d, name, bytes, -1);
	g_autoptr(upload_auto) u = upload_read(path, MOST, error);
	g_remove(path);
	return u && store_attach(d->store, "rasa", d->draft, u, MOST, NOW, error);
}

static gint64 count(struct desk *d, const char *sql)
{
	gint64 n;
	assert_true(sql_number(d->store, &n, NULL, NULL, sql, ""));
	return n;
}

static void expect_files(struct desk *d, const char *names)
{
	g_autoptr(draft_auto) back = store_draft(d->store, "rasa", d->draft->case_id, DRAFT_REPLY, NULL);
	g_autoptr(GString) all = g_string_new(NULL);
	for (guint i = 0; back && i < back->files->len; i++) {
		const struct attachment *a = back->files->pdata[i];
		g_string_append_printf(all, "%s%s %s", i ? ", " : "", a->name, a->type);
	}
	assert_string_equal(all->str, names);
}

static struct answered send(struct desk *d, const char *attempt, const GPtrArray *uploads)
{
	g_autoptr(GError) error = NULL;
	struct answered r;
	struct answer a = {.case_id = d->draft->case_id,
			   .attempt = attempt,
			   .text = "The label is attached.",
			   .seen = G_MAXINT64,
			   .uploads = uploads};
	if (!store_answer(d->store, "rasa", &a, NOW, &r, &error))
		fail_msg("%s", error->message);
	assert_int_equal(r.result, ANSWER_QUEUED);
	return r;
}

static void files_stay_with_the_draft(void **state)
{
	struct desk *d = *state;
	g_autoptr(GError) error = NULL;
	assert_true(attach(d, "退货标签.pdf", "%PDF-1.7 one", NULL));
	assert_true(attach(d, "steps.txt", "Press both.", NULL));
	expect_files(d, "退货标签.pdf application/pdf, steps.txt text/plain");
	assert_false(attach(d, "steps.txt", "Press both.", &error));
	assert_non_null(strstr(error->message, "attached already"));
	/* Its text is saved without disturbing them. */
	d->draft->text = g_strdup("Dear Ona");
	assert_true(store_draft_save(d->store, "rasa", d->draft, NOW + 1, NULL));
	expect_files(d, "退货标签.pdf application/pdf, steps.txt text/plain");
	assert_true(store_detach(d->store, "rasa", d->draft, 0, NULL));
	expect_files(d, "steps.txt text/plain");
	assert_int_equal(count(d, "SELECT count(*) FROM files"), 1);
	assert_true(store_draft_drop(d->store, "rasa", d->draft->case_id, DRAFT_REPLY, NULL));
	assert_int_equal(count(d, "SELECT count(*) FROM files"), 0);
}

static void all_together_have_a_limit(void **state)
{
	struct desk *d = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *sixty = g_strnfill(60, 'x'), *forty = g_strnfill(40, 'y'), *one = g_strdup("z");
	assert_true(attach(d, "a.txt", sixty, NULL));
	assert_true(attach(d, "b.txt", forty, NULL));
	assert_false(attach(d, "c.txt", one, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "101"));
	assert_int_equal(count(d, "SELECT count(*) FROM files"), 2); /* the third was rolled back */
}

static void they_leave_with_the_answer_and_come_back(void **state)
{
	struct desk *d = *state;
	bool done;
	gint64 message;
	assert_true(attach(d, "label.pdf", "%PDF-1.7 one", NULL));
	struct answered r = send(d, "one", NULL);
	assert_null(store_draft(d->store, "rasa", d->draft->case_id, DRAFT_REPLY, NULL));
	g_autoptr(GPtrArray) files = store_outbox_files(d->store, r.outbox, NULL);
	assert_int_equal(files->len, 1);
	const struct attachment *sent = files->pdata[0];
	assert_string_equal(sent->name, "label.pdf");
	g_autoptr(GBytes) bytes = store_file(d->store, sent->file, NULL);
	assert_memory_equal(g_bytes_get_data(bytes, NULL), "%PDF-1.7 one", 12);
	assert_int_equal(g_bytes_get_size(bytes), 12);
	/* In the history, as any message's. */
	struct attachment *shown = store_attachment(d->store, sent->id, &message, NULL);
	g_autoptr(GPtrArray) owner = attachments_new();
	g_ptr_array_add(owner, shown);
	assert_int_equal(shown->file, sent->file);
	assert_true(store_take_back(d->store, "rasa", r.outbox, NOW + 1, &done, NULL));
	assert_true(done);
	expect_files(d, "label.pdf application/pdf");
	/* Dropped then, the draft has none; the history still says what had been sent. */
	assert_true(store_draft_drop(d->store, "rasa", d->draft->case_id, DRAFT_REPLY, NULL));
	expect_files(d, "");
	assert_int_equal(count(d, "SELECT count(*) FROM files"), 1);
	assert_true(store_verify(d->store, NULL));
}

static void one_file_is_kept_once(void **state)
{
	struct desk *d = *state;
	g_autofree char *path = make_file(d, "manual.pdf", "%PDF-1.7 manual", -1);
	g_autoptr(GPtrArray) uploads = g_ptr_array_new_with_free_func((GDestroyNotify)upload_destroy);
	g_ptr_array_add(uploads, upload_read(path, MOST, NULL));
	send(d, "one", uploads);
	send(d, "two", uploads);
	assert_int_equal(count(d, "SELECT count(*) FROM attachments WHERE file IS NOT NULL"), 2);
	assert_int_equal(count(d, "SELECT count(*) FROM files"), 1);
}

static void a_flipped_bit_is_found(void **state)
{
	struct desk *d = *state;
	g_autoptr(GError) error = NULL;
	assert_true(attach(d, "label.pdf", "%PDF-1.7 one", NULL));
	const struct attachment *a = d->draft->files->pdata[0];
	assert_true(sql_script(d->store, "UPDATE files SET bytes = x'00'", NULL));
	assert_null(store_file(d->store, a->file, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_DAMAGED));
	assert_false(store_verify(d->store, NULL));
}

/* --- reading and saving -------------------------------------------------------------------------------- */

static void what_is_no_file_isnt_attached(void **state)
{
	struct desk *d = *state;
	g_autofree char *large = g_strnfill(MOST + 1, 'x');
	g_autofree char *empty = make_file(d, "empty.pdf", "", 0), *big = make_file(d, "big.pdf", large, -1),
			*none = g_build_filename(d->folder, "none.pdf", NULL),
			*pipe = g_build_filename(d->folder, "pipe", NULL),
			*escape = g_build_filename(d->folder, "x\033[31m.pdf", NULL);
	const struct {
		const char *path, *fault;
	} faults[] = {
	    {empty, "is empty"},          {big, "an answer carries 100"}, {none, "No such file"},
	    {pipe, "only plain files"},   {d->folder, "a folder"},        {"/dev/null", "only plain files"},
	    {"~/no/such.pdf", "No such"}, {escape, "No such file"},       {"", "No such file"},
	};
	assert_int_equal(mkfifo(pipe, 0600), 0);
	for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autoptr(GError) error = NULL;
		assert_null(upload_read(faults[i].path, MOST, &error));
		if (!strstr(error->message, faults[i].fault))
			fail_msg("\"%s\" has no \"%s\"", error->message, faults[i].fault);
		assert_null(strchr(error->message, '\033'));
	}
	if (geteuid() == 0)
		return; /* who reads everything */
	g_autoptr(GError) error = NULL;
	g_chmod(big, 0);
	assert_null(upload_read(big, 10 * MOST, &error));
	assert_non_null(strstr(error->message, "Permission denied"));
}

static void a_name_is_made_safe(void **state)
{
	struct desk *d = *state;
	g_autofree char *path = make_file(d, "a\nBcc: x@evil.test\u202e.pdf", "%PDF-1.7", -1);
	g_autoptr(upload_auto) u = upload_read(path, MOST, NULL);
	assert_null(strchr(u->name, '\n'));
	assert_null(strstr(u->name, "\u202e"));
}

static void what_is_saved_never_overwrites(void **state)
{
	struct desk *d = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = g_bytes_new_static("%PDF-1.7", 8);
	g_autofree char *first = NULL, *second = NULL, *text = NULL;
	assert_true(upload_save(d->folder, "label.pdf", bytes, &first, NULL));
	assert_true(g_file_get_contents(first, &text, NULL, NULL));
	assert_string_equal(text, "%PDF-1.7");
	assert_false(upload_save(d->folder, "label.pdf", bytes, &second, &error));
	assert_non_null(strstr(error->message, "File exists"));
}

static void paths_are_completed(void **state)
{
	struct desk *d = *state;
	static const char *const names[] = {"label one.pdf", "label two.pdf", ".label"};
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		g_free(make_file(d, names[i], "x", -1));
	g_autofree char *typed = g_build_filename(d->folder, "lab", NULL),
			*first = g_build_filename(d->folder, names[0], NULL),
			*inside = g_strconcat(d->folder, "/", NULL),
			*folder = g_strndup(d->folder, strlen(d->folder) - 1);
	g_autoptr(GPtrArray) found = upload_complete(typed), folders = upload_complete(folder);
	assert_int_equal(found->len, 2);
	assert_string_equal(found->pdata[0], first);
	assert_true(g_ptr_array_find_with_equal_func(folders, inside, g_str_equal, NULL));
	g_autoptr(GPtrArray) all = upload_complete(inside), nothing = upload_complete("/no/such/folder/x");
	assert_int_equal(all->len, 2); /* not the hidden one */
	assert_int_equal(nothing->len, 0);
}

/* --- the right to override -------------------------------------------------------------------------------
 */

/* The store asks, whatever the program that sends. */
static void without_the_right_nothing_is_sent(void **state)
{
	struct desk *d = *state;
	g_autofree char *config = g_build_filename(d->folder, "shop.ini", NULL),
			*saved = g_strdup(g_getenv("AMENDS_DATA"));
	g_autoptr(GError) error = NULL;
	struct answered r;
	struct answer a = {.case_id = d->draft->case_id,
			   .attempt = "blocked",
			   .text = "Write to x@example.org",
			   .seen = G_MAXINT64,
			   .override = "the buyer asked for it"};
	assert_true(store_rules(d->store, NULL) != NULL);
	assert_true(g_file_set_contents(config, "[shop]\n[rights]\noverride = ona\n", -1, NULL));
	g_setenv("AMENDS_DATA", d->folder, true);
	bool sent = store_answer(d->store, "rasa", &a, NOW, &r, &error);
	bool by_ona = store_answer(d->store, "ona", &a, NOW, &r, NULL);
	g_setenv("AMENDS_DATA", saved, true);
	assert_false(sent);
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "only ona may"));
	assert_true(by_ona);
	assert_int_equal(count(d, "SELECT count(*) FROM outbox"), 1);
}

static void names_that_clash_are_numbered(void **state)
{
	static const struct {
		const char *name, *beside;
	} rows[] = {
	    {"label.pdf", "label.pdf"},       {"label.pdf", "label-2.pdf"}, {"LABEL.pdf", "LABEL-3.pdf"},
	    {"label-2.pdf", "label-2-2.pdf"}, {"退货标签", "退货标签"},     {"退货标签", "退货标签-2"},
	    {"ĄŽ.tar.gz", "ĄŽ.tar.gz"},       {"ąž.tar.gz", "ąž.tar-2.gz"},
	};
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = upload_name_beside(rows[i].name, taken);
		assert_string_equal(name, rows[i].beside);
	}
}

#define ON_DESK(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_DESK(files_stay_with_the_draft),
	    ON_DESK(all_together_have_a_limit),
	    ON_DESK(they_leave_with_the_answer_and_come_back),
	    ON_DESK(one_file_is_kept_once),
	    ON_DESK(a_flipped_bit_is_found),
	    ON_DESK(what_is_no_file_isnt_attached),
	    ON_DESK(a_name_is_made_safe),
	    ON_DESK(what_is_saved_never_overwrites),
	    ON_DESK(paths_are_completed),
	    ON_DESK(without_the_right_nothing_is_sent),
	    cmocka_unit_test(names_that_clash_are_numbered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
