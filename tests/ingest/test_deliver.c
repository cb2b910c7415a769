/* SPDX-License-Identifier: MIT */
/* One mail from a descriptor into the store, and an attachment out of it. */
#include "ingest/ingest.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "ingest/platform.h"
#include "support/make_store.h"

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1767225600000)

static const char MAIL[] = "From: Ann <ann@example.org>\nSubject: Broken cup\nDate: Thu, 01 Jan 2026 "
			   "00:00:00 +0000\nMessage-ID: <1@example.org>\n"
			   "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe cup came "
			   "broken.\n--b\nContent-Type: image/png; name=cup.png\n"
			   "Content-Transfer-Encoding: base64\n\nQUIAQ0Q=\n--b--\n";

struct fixture {
	struct store *store;
	struct platforms *platforms;
	int flawed;
};

static gint64 now(void)
{
	return NOW;
}

static int set_up(void **state)
{
	struct fixture *f = g_new0(struct fixture, 1);
	f->store = make_store();
	f->platforms = platforms_load(NULL);
	*state = f;
	return f->platforms ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	make_store_remove(f->store);
	platforms_destroy(f->platforms);
	g_free(f);
	return 0;
}

/* A descriptor from which `length` bytes can be read. */
static int bytes_fd(const char *bytes, gsize length)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fflush(file), 0);
	int fd = dup(fileno(file));
	fclose(file);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void note_flawed(const char *origin, const struct incoming *m, const struct ingested *where,
			void *data)
{
	assert_string_equal(origin, "deliver");
	((struct fixture *)data)->flawed++;
}

static bool deliver(struct fixture *f, const char *bytes, gsize length, struct ingested *where,
		    GError **error)
{
	struct import_options o = {
	    .store = f->store, .platforms = f->platforms, .now = now, .flawed = note_flawed, .data = f};
	int fd = bytes_fd(bytes, length);
	bool stored = ingest_deliver(&o, fd, where, error);
	close(fd);
	return stored;
}

static void a_mail_is_stored_once(void **state)
{
	struct fixture *f = *state;
	struct ingested first, second;
	assert_true(deliver(f, MAIL, strlen(MAIL), &first, NULL));
	assert_int_equal(first.result, INGEST_NEW_CASE);
	assert_true(first.case_id > 0);
	assert_true(deliver(f, MAIL, strlen(MAIL), &second, NULL));
	assert_int_equal(second.result, INGEST_ALREADY_THERE);
	assert_int_equal(f->flawed, 0);
	g_autoptr(GBytes) source = store_source(f->store, first.message_id, NULL);
	assert_int_equal(g_bytes_get_size(source), strlen(MAIL));
	assert_memory_equal(g_bytes_get_data(source, NULL), MAIL, strlen(MAIL));
}

static void an_answer_joins_its_case(void **state)
{
	struct fixture *f = *state;
	static const char ANSWER[] = "From: Ann <ann@example.org>\nSubject: Re: Broken cup\nDate: Fri, 02 "
				     "Jan 2026 00:00:00 +0000\nMessage-ID: <2@example.org>\n"
				     "In-Reply-To: <1@example.org>\n\nAny news?\n";
	struct ingested first, second;
	assert_true(deliver(f, MAIL, strlen(MAIL), &first, NULL));
	assert_true(deliver(f, ANSWER, strlen(ANSWER), &second, NULL));
	assert_int_equal(second.result, INGEST_ADDED);
	assert_int_equal(second.case_id, first.case_id);
}

static void what_is_no_mail_is_kept_and_told(void **state)
{
	struct fixture *f = *state;
	struct ingested where;
	assert_true(deliver(f, "a\0b", 3, &where, NULL));
	assert_int_equal(f->flawed, 1);
	g_autoptr(GBytes) source = store_source(f->store, where.message_id, NULL);
	assert_int_equal(g_bytes_get_size(source), 3);
}

static void nothing_is_refused(void **state)
{
	struct fixture *f = *state;
	struct ingested where;
	g_autoptr(GError) error = NULL;
	assert_false(deliver(f, "", 0, &where, &error));
	assert_non_null(error);
}

static void a_descriptor_that_cant_be_read_is_told(void **state)
{
	struct fixture *f = *state;
	struct ingested where;
	g_autoptr(GError) error = NULL;
	struct import_options o = {.store = f->store, .platforms = f->platforms, .now = now};
	int fd = open("/dev/null", O_WRONLY);
	assert_false(ingest_deliver(&o, fd, &where, &error));
	assert_non_null(error);
	close(fd);
}

static gint64 first_attachment(struct fixture *f, gint64 case_id)
{
	struct case_request q = {.id = case_id, .limit = 10};
	g_autoptr(case_file_auto) file = store_case(f->store, &q, NULL);
	assert_non_null(file);
	for (guint i = 0; i < file->events->len; i++) {
		const struct event *e = g_ptr_array_index(file->events, i);
		if (e->message && e->message->attachments->len)
			return ((struct attachment *)g_ptr_array_index(e->message->attachments, 0))->id;
	}
	return 0;
}

static void an_attachment_comes_out_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct ingested where;
	GError *error = NULL;
	assert_true(deliver(f, MAIL, strlen(MAIL), &where, NULL));
	gint64 id = first_attachment(f, where.case_id);
	assert_true(id > 0);
	int fd = bytes_fd("", 0);
	char bytes[16];
	assert_true(ingest_attachment(f->store, id, fd, &error));
	assert_int_equal(pread(fd, bytes, sizeof(bytes), 0), 5);
	assert_memory_equal(bytes, "AB\0CD", 5);
	close(fd);
	assert_false(ingest_attachment(f->store, id + 1000, 1, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND));
	g_clear_error(&error);
	fd = open("/dev/full", O_WRONLY);
	assert_false(ingest_attachment(f->store, id, fd, &error));
	assert_non_null(error);
	g_clear_error(&error);
	close(fd);
}

/* GMime counts the line ends of a multipart twice when it says how much it wrote. */
static void the_size_of_a_mail_within_the_mail_is_true(void **state)
{
	struct fixture *f = *state;
	static const char DIGEST[] =
	    "From: a@example.org\r\nContent-Type: multipart/digest; boundary=o\r\n\r\n--o\r\n\r\n"
	    "From: b@example.org\r\nContent-Type: multipart/mixed; "
	    "boundary=i\r\n\r\nbefore\r\n\r\n--i\r\n\r\n--i--\r\n\r\nafter\r\n--o--\r\n";
	struct ingested where;
	assert_true(deliver(f, DIGEST, strlen(DIGEST), &where, NULL));
	gint64 id = first_attachment(f, where.case_id);
	struct attachment *a = store_attachment(f->store, id, &where.message_id, NULL);
	assert_non_null(a);
	g_autoptr(GPtrArray) owner = attachments_new();
	g_ptr_array_add(owner, a);
	int fd = bytes_fd("", 0);
	assert_true(ingest_attachment(f->store, id, fd, NULL));
	assert_int_equal(lseek(fd, 0, SEEK_END), a->size);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_mail_is_stored_once, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_answer_joins_its_case, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(what_is_no_mail_is_kept_and_told, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(nothing_is_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_descriptor_that_cant_be_read_is_told, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_attachment_comes_out_as_it_was, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(the_size_of_a_mail_within_the_mail_is_true, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
