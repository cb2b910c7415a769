/* SPDX-License-Identifier: MIT */
/* Searches that take long: a request that keeps to its time, and the search beside that needs what it needs.
 */
#include "store/finding.h"

#include "support/make_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */
#define CASES 3000

static int setup(void **state)
{
	*state = make_store();
	make_many(*state, CASES, NOW);
	return 0;
}

static int teardown(void **state)
{
	make_store_remove(*state);
	return 0;
}

static struct inbox_request request(const char *query)
{
	return (struct inbox_request){.query = query, .limit = 20, .now = NOW, .day_end = NOW, .me = "ona"};
}

static GArray *find_beside(struct store *s, const struct inbox_request *q, GError **error)
{
	struct finding *f = finding_start(s, q, error);
	assert_non_null(f);
	struct pollfd p = {.fd = finding_fd(f), .events = POLLIN};
	assert_int_equal(poll(&p, 1, 60000), 1);
	assert_true(finding_over(f));
	GArray *cases = finding_take(f, error);
	finding_destroy(f);
	return cases;
}

static void a_request_keeps_to_its_time(void **state)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = request("-lang:en");
	q.limit_us = 1;
	assert_null(store_inbox(*state, &q, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_LATE));
	/* The next one isn't bound by it. */
	g_clear_error(&error);
	q.limit_us = 0;
	g_autoptr(inbox_page_auto) p = store_inbox(*state, &q, &error);
	assert_non_null(p);
	assert_int_equal(p->rows->len, 0);
}

static void what_was_found_is_paged_through(void **state)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = request("due:<1h");
	g_autoptr(GArray) cases = find_beside(*state, &q, &error);
	assert_non_null(cases);
	assert_int_equal(cases->len, 60);
	assert_true(store_keep_found(*state, cases, &error));
	q.found = true;
	q.limit_us = 1000000;
	g_autoptr(inbox_page_auto) first = store_inbox(*state, &q, &error);
	assert_non_null(first);
	assert_int_equal(first->rows->len, 20);
	assert_true(first->more_after);
	const struct inbox_row *last = first->rows->pdata[19];
	q.from = INBOX_AFTER;
	q.key = last->key;
	q.limit = 500;
	g_autoptr(inbox_page_auto) rest = store_inbox(*state, &q, &error);
	assert_int_equal(rest->rows->len, 40);
	assert_false(rest->more_after);
	/* What is kept next stands in its place. */
	g_array_set_size(cases, 3);
	assert_true(store_keep_found(*state, cases, &error));
	q.from = INBOX_START;
	g_autoptr(inbox_page_auto) three = store_inbox(*state, &q, &error);
	assert_int_equal(three->rows->len, 3);
}

static void a_fault_comes_back(void **state)
{
	g_autoptr(GError) error = NULL;
	struct inbox_request q = request("due:<<");
	assert_null(find_beside(*state, &q, &error));
	assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_QUERY));
}

static void one_that_nobody_wants_is_stopped(void **state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) query = g_string_new("tag:none");
	for (int n = 0; n < 300; n++)
		g_string_append_printf(query, " or tag:none%d", n);
	struct inbox_request q = request(query->str);
	for (int n = 0; n < 20; n++) {
		struct finding *f = finding_start(*state, &q, &error);
		assert_non_null(f);
		finding_destroy(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_request_keeps_to_its_time),
	    cmocka_unit_test(what_was_found_is_paged_through),
	    cmocka_unit_test(a_fault_comes_back),
	    cmocka_unit_test(one_that_nobody_wants_is_stopped),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
