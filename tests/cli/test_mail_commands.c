/* SPDX-License-Identifier: MIT */
/* import, deliver, attachment and check, run as a person or a mail server runs them. */
#include "support/run.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/banned.h"

static const char first_mail[] =
    "Message-ID: <1@example.org>\n"
    "Date: Mon, 23 Nov 2026 09:00:00 +0000\n"
    "From: Rasa Petkienė <rasa@example.org>\n"
    "Subject: Broken cup\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=b\n\n"
    "--b\nContent-Type: text/plain; charset=utf-8\n\nThe cup came broken.\n"
    "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment; filename=\"../cup.png\"\n\niVBORw0KGgo=\n--b--\n";
static const char second_mail[] = "Message-ID: <2@example.org>\n"
				  "Date: Mon, 23 Nov 2026 10:00:00 +0000\n"
				  "From: Piet <piet@example.org>\n"
				  "Subject: Waar blijft mijn pakket?\n\n"
				  "Ik wacht al twee weken op mijn pakket.\n";

static int home(void **state)
{
	*state = run_home_create();
	return 0;
}

static int leave(void **state)
{
	run_home_destroy(*state);
	return 0;
}

/* Owned by the caller. */
static char *write_file(const struct run_home *h, const char *name, const char *text)
{
	char *path = g_build_filename(h->path, name, NULL);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static char *write_mbox(const struct run_home *h)
{
	g_autofree char *text =
	    g_strconcat("From a@example.org Mon Nov 23 09:00:00 2026\n", first_mail,
			"\nFrom b@example.org Mon Nov 23 10:00:00 2026\n", second_mail, NULL);
	return write_file(h, "inbox.mbox", text);
}

static struct run_result deliver(const struct run_home *h, const char *input)
{
	const char *const argv[] = {g_getenv("AMENDS"), "deliver", NULL};
	return run_program(h, argv, input);
}

static void import_twice_doubles_nothing(void **state)
{
	struct run_home *h = *state;
	g_autofree char *mbox = write_mbox(h);
	struct run_result r = run_amends(h, "AMENDS", "import", mbox, NULL);
	run_expect(&r, 0, "2 mails read", NULL);
	run_expect(&r, 0, "new cases 2", NULL);
	/* Unless it is told which addresses are ours, it says what comes of that. */
	run_expect(&r, 0, "addresses = desk@shop.example", NULL);
	assert_string_equal(r.err, ""); /* no progress where no terminal is */
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "import", mbox, NULL);
	run_expect(&r, 0, "nothing new here", NULL);
	assert_null(strstr(r.out, "new cases"));
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "list", "--json", NULL);
	json_t *all = json_loads(r.out, 0, NULL);
	assert_int_equal(json_array_size(all), 2);
	json_decref(all);
	run_result_clear(&r);
}

static void old_mail_is_closed_and_told(void **state)
{
	struct run_home *h = *state;
	g_autofree char *shop = g_build_filename(h->path, "config", "amends", "shop.ini", NULL);
	assert_true(g_file_set_contents(shop, "[shop]\narchive_days = 100\n", -1, NULL));
	g_autofree char *mail =
	    write_file(h, "old.eml",
		       "Message-ID: <old@example.org>\nDate: Mon, 6 Jan 2020 09:00:00 +0000\n"
		       "From: Piet <piet@example.org>\nSubject: Waar blijft mijn pakket?\n\nHallo?\n");
	struct run_result r = run_amends(h, "AMENDS", "import", mail, NULL);
	run_expect(&r, 0, "older than 100 days (archive_days in shop.ini): 1 cases", NULL);
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "list", NULL);
	assert_null(strstr(r.out, "Piet"));
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "list", "is:closed", NULL);
	run_expect(&r, 0, "Piet", NULL);
	run_result_clear(&r);
}

static void import_goes_on_after_a_fault(void **state)
{
	struct run_home *h = *state;
	g_autofree char *mbox = write_mbox(h);
	g_autofree char *missing = g_build_filename(h->path, "missing", NULL);
	struct run_result r = run_amends(h, "AMENDS", "import", missing, mbox, NULL);
	run_expect(&r, 1, "new cases 2", missing);
	run_result_clear(&r);
}

static void flawed_mail_is_listed_and_kept(void **state)
{
	struct run_home *h = *state;
	g_autofree char *path = write_file(h, "noise.eml", "\x01\x02\x03 this is no mail at all \xff\xfe\n");
	struct run_result r = run_amends(h, "AMENDS", "import", path, NULL);
	run_expect(&r, 0, "noise.eml", NULL);
	run_expect(&r, 0, "kept whole", NULL);
	run_result_clear(&r);
}

static void delivered_mail_becomes_a_case(void **state)
{
	struct run_home *h = *state;
	g_autofree char *path = write_file(h, "one.eml", second_mail);
	struct run_result r = deliver(h, path);
	run_expect(&r, 0, NULL, NULL);
	assert_string_equal(r.out, "");
	assert_string_equal(r.err, "");
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "list", NULL);
	run_expect(&r, 0, "Waar blijft mijn pakket?", NULL);
	run_result_clear(&r);
}

static void a_mail_server_is_asked_to_try_again(void **state)
{
	struct run_home *h = *state;
	g_autofree char *mail = write_file(h, "one.eml", second_mail);
	g_autofree char *foreign = write_file(h, "not-a-store", "something else altogether\n");
	g_autofree char *below = g_build_filename(foreign, "desk.db", NULL);
	const char *const stores[] = {foreign, below};
	for (gsize i = 0; i < G_N_ELEMENTS(stores); i++) {
		run_set(h, "AMENDS_DB", stores[i]);
		struct run_result r = deliver(h, mail);
		run_expect(&r, 75, "", "amends: ");
		run_result_clear(&r);
	}
	run_set(h, "AMENDS_DB", NULL);
	g_autofree char *folder = g_build_filename(h->path, "config", "amends", "platforms", NULL);
	g_autofree char *broken = g_build_filename(folder, "ebay.ini", NULL);
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(broken, "[nonsense\n", -1, NULL));
	struct run_result r = deliver(h, mail);
	run_expect(&r, 75, "", "ebay.ini:1:");
	run_result_clear(&r);
}

static void deliver_without_a_mail_is_a_fault_of_data(void **state)
{
	struct run_home *h = *state;
	struct run_result r = deliver(h, NULL);
	run_expect(&r, 65, "", "No mail");
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "deliver", "extra", NULL);
	run_expect(&r, 64, "", "takes no arguments");
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "deliver", "--nonsense", NULL);
	run_expect(&r, 64, "", "--nonsense");
	run_result_clear(&r);
}

static gint64 attachment_number(const struct run_home *h)
{
	struct run_result r = run_amends(h, "AMENDS", "show", "1", "--json", NULL);
	run_expect(&r, 0, NULL, NULL);
	json_t *file = json_loads(r.out, 0, NULL), *events = json_object_get(file, "events");
	gint64 id = 0;
	for (size_t i = 0; i < json_array_size(events) && !id; i++) {
		json_t *list =
		    json_object_get(json_object_get(json_array_get(events, i), "message"), "attachments");
		id = json_integer_value(json_object_get(json_array_get(list, 0), "id"));
	}
	json_decref(file);
	run_result_clear(&r);
	assert_true(id > 0);
	return id;
}

static void attachments_come_out_as_they_were(void **state)
{
	struct run_home *h = *state;
	g_autofree char *mail = write_file(h, "one.eml", first_mail), *bytes = NULL;
	struct run_result r = deliver(h, mail);
	run_expect(&r, 0, NULL, NULL);
	run_result_clear(&r);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, attachment_number(h));
	/* The name that the sender gave doesn't lead out of the folder. */
	g_autofree char *folder = g_build_filename(h->path, "saved", NULL);
	assert_int_equal(g_mkdir(folder, 0700), 0);
	r = run_amends(h, "AMENDS", "attachment", "--save", folder, number, NULL);
	run_expect(&r, 0, folder, NULL);
	g_strchomp(r.out);
	g_autofree char *saved_in = g_path_get_dirname(r.out);
	gsize length = 0;
	assert_string_equal(saved_in, folder);
	assert_true(g_file_get_contents(r.out, &bytes, &length, NULL));
	assert_int_equal(length, 8);
	assert_memory_equal(bytes, "\x89PNG\r\n\x1a\n", 8);
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "attachment", "--save", folder, number, NULL);
	run_expect(&r, 1, "", "can't be made");
	run_result_clear(&r);
	r = run_amends(h, "AMENDS", "attachment", "999", NULL);
	run_expect(&r, 3, "", "no attachment 999");
	run_result_clear(&r);
}

static void shipped_files_pass_the_check(void **state)
{
	struct run_result r = run_amends(*state, "AMENDS", "check", NULL);
	run_expect(&r, 0, " 0 faults", NULL);
	assert_string_equal(r.err, "");
	run_result_clear(&r);
}

static void check_names_file_and_line(void **state)
{
	static const struct {
		const char *folder, *file, *text, *says;
	} cases[] = {
	    {"calendars", "uk-banking.ini", "[calendar]\n\nnonsense = 1\n", "uk-banking.ini:3:"},
	    {"clocks", "ebay.ini", "[clocks]\nplatform = ebay\nfamily = platform\nnonsense = 1\n",
	     "ebay.ini:4:"},
	    {"platforms", "etsy.ini", "# one\n[platform\n", "etsy.ini:2:"},
	    {"", "shop.ini", "[shop]\nzone = Nowhere/Land\n", "shop.ini:2:"},
	};
	struct run_home *h = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *folder =
		    g_build_filename(h->path, "config", "amends", cases[i].folder, NULL);
		g_autofree char *path = g_build_filename(folder, cases[i].file, NULL);
		assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
		assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
		struct run_result r = run_amends(h, "AMENDS", "check", NULL);
		run_expect(&r, 1, NULL, cases[i].says);
		run_result_clear(&r);
		assert_int_equal(g_unlink(path), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(import_twice_doubles_nothing, home, leave),
	    cmocka_unit_test_setup_teardown(old_mail_is_closed_and_told, home, leave),
	    cmocka_unit_test_setup_teardown(import_goes_on_after_a_fault, home, leave),
	    cmocka_unit_test_setup_teardown(flawed_mail_is_listed_and_kept, home, leave),
	    cmocka_unit_test_setup_teardown(delivered_mail_becomes_a_case, home, leave),
	    cmocka_unit_test_setup_teardown(a_mail_server_is_asked_to_try_again, home, leave),
	    cmocka_unit_test_setup_teardown(deliver_without_a_mail_is_a_fault_of_data, home, leave),
	    cmocka_unit_test_setup_teardown(attachments_come_out_as_they_were, home, leave),
	    cmocka_unit_test_setup_teardown(shipped_files_pass_the_check, home, leave),
	    cmocka_unit_test_setup_teardown(check_names_file_and_line, home, leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
