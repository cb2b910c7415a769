/* SPDX-License-Identifier: MIT */
/* The demonstration shop's mails, made by data/demo/make_demo.py, read as they are meant and imported whole.
 */
#include "domain/lang.h"
#include "ingest/ingest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ingest/platform.h"
#include "support/make_store.h"

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1785495600000) /* Fri 31 Jul 2026, 11:00 UTC */
#define FEWEST_CASES 75

/* The columns of the index. */
enum {
	COLUMN_ID,
	COLUMN_PLATFORM,
	COLUMN_KIND,
	COLUMN_LANG,
	COLUMN_SIDE,
	COLUMN_ORDER,
	COLUMN_DUE,
	N_COLUMNS
};

struct demo {
	char *folder, *spool;
	GHashTable *index; /* Message-ID -> char ** */
	struct platforms *platforms;
};

static void remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		remove_tree(child);
	}
	remove(path);
}

static void read_index(struct demo *d, const char *path)
{
	g_autofree char *text = NULL;
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
	for (int n = 0; lines[n]; n++) {
		char **columns = g_strsplit(lines[n], "\t", -1);
		assert_int_equal(g_strv_length(columns), N_COLUMNS);
		g_hash_table_insert(d->index, columns[COLUMN_ID], columns);
	}
}

static void set_own(struct demo *d)
{
	static const char *const own[] = {"desk@dunekettle.example", NULL};
	platforms_set_own(d->platforms, own);
}

static int set_up(void **state)
{
	struct demo *d = g_new0(struct demo, 1);
	g_autoptr(GError) error = NULL;
	d->folder = g_dir_make_tmp("amends-demo-XXXXXX", NULL);
	d->spool = g_build_filename(d->folder, "mail", NULL);
	d->index = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_strfreev);
	g_autofree char *script = g_build_filename(g_getenv("AMENDS_DATA"), "demo", "make_demo.py", NULL);
	g_autofree char *index = g_build_filename(d->folder, "index.tsv", NULL);
	g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, NOW);
	char *argv[] = {"python3", "-B", script, "--now", now, "--out", d->spool, "--index", index, NULL};
	int status = 1;
	if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
			  NULL, NULL, &status, &error) ||
	    status != 0)
		return -1;
	read_index(d, index);
	d->platforms = platforms_load(&error);
	if (!d->platforms) {
		print_error("%s\n", error->message);
		return -1;
	}
	set_own(d);
	mail_init();
	*state = d;
	return 0;
}

static int tear_down(void **state)
{
	struct demo *d = *state;
	if (!d)
		return 0; /* set_up() said what is wrong */
	remove_tree(d->folder);
	g_free(d->folder);
	g_free(d->spool);
	g_hash_table_unref(d->index);
	platforms_destroy(d->platforms);
	g_free(d);
	return 0;
}

/* Tells where a mail isn't read as meant; "-" in the index: not asked. */
static int differs(const char *id, const char *what, const char *want, const char *got)
{
	if (g_str_equal(want, "-") || g_strcmp0(want, got) == 0)
		return 0;
	print_error("%s: %s should be %s, is %s\n", id, what, want, got ? got : "nothing");
	return 1;
}

/* A text that both scripts write alike tells neither: the store takes what the buyer wrote before. */
static int check_language(char **want, const struct incoming *in)
{
	bool shared = g_strcmp0(in->lang, CHINESE_UNSURE) == 0 && g_str_has_prefix(want[COLUMN_LANG], "zh-");
	return shared ? 0 : differs(want[COLUMN_ID], "language", want[COLUMN_LANG], in->lang);
}

static int check_one(char **want, const struct incoming *in)
{
	gint64 due = g_ascii_strtoll(want[COLUMN_DUE], NULL, 10);
	g_autofree char *wanted = due ? g_strdup_printf("%" G_GINT64_FORMAT, due) : g_strdup("-");
	g_autofree char *stated = g_strdup_printf("%" G_GINT64_FORMAT, in->stated_due);
	g_autofree char *flaws = g_strdup_printf("%u", in->flaws);
	const char *id = want[COLUMN_ID];
	return differs(id, "platform", want[COLUMN_PLATFORM], in->platform) +
	       differs(id, "kind", want[COLUMN_KIND], vocab_id(&KINDS, in->kind)) + check_language(want, in) +
	       differs(id, "order", want[COLUMN_ORDER], in->order_no) + differs(id, "due", wanted, stated) +
	       differs(id, "flaws", "0", flaws);
}

/* Who speaks: the buyer, we, or the platform; requests that a platform passes on count as the buyer's. */
static int check_side(char **want, const struct incoming *in)
{
	bool us = g_str_equal(want[COLUMN_SIDE], "us");
	return us == (in->side == SIDE_US) && us == (in->trigger == TRIGGER_OUR_MESSAGE) &&
		       in->trigger != TRIGGER_NONE
		   ? 0
		   : differs(want[COLUMN_ID], "side", want[COLUMN_SIDE], vocab_id(&TRIGGERS, in->trigger)) +
			 1;
}

static void each_mail_is_read_as_meant(void **state)
{
	struct demo *d = *state;
	g_autofree char *folder = g_build_filename(d->spool, "new", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	guint seen = 0;
	int wrong = 0;
	for (const char *name; (name = g_dir_read_name(dir)); seen++) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		char *text = NULL;
		gsize length = 0;
		assert_true(g_file_get_contents(path, &text, &length, NULL));
		g_autoptr(GBytes) source = g_bytes_new_take(text, length);
		g_autoptr(mail_auto) m = mail_read(source, NOW, NULL);
		platform_recognise(d->platforms, m);
		char **want = g_hash_table_lookup(d->index, m->in->message_id);
		assert_non_null(want);
		wrong += check_one(want, m->in) + check_side(want, m->in);
	}
	assert_int_equal(wrong, 0);
	assert_int_equal(seen, g_hash_table_size(d->index));
}

static gint64 now(void)
{
	return NOW;
}

static gint64 count_of(struct store *s, const char *query)
{
	g_autoptr(GError) error = NULL;
	const struct inbox_request q = {
	    .query = query, .from = INBOX_START, .limit = 500, .now = NOW, .day_end = NOW};
	g_autoptr(inbox_page_auto) page = store_inbox(s, &q, &error);
	if (!page)
		fail_msg("%s", error->message);
	return page->rows->len;
}

/* What the demonstration promises to hold: issue's languages and platforms, and every kind of complaint. */
static void check_breadth(struct store *s)
{
	static const char *const each[] = {
	    "platform:ebay",
	    "platform:etsy",
	    "platform:amazon",
	    "platform:taobao",
	    "platform:mail",
	    "platform:bol",
	    "platform:aliexpress",
	    "platform:paypal",
	    "lang:en",
	    "lang:nl",
	    "lang:lt",
	    "lang:it",
	    "lang:zh-Hans",
	    "lang:zh-Hant",
	    "status:new",
	    "status:buyer",
	    "status:ours",
	    "due:overdue",
	    "due:<1h",
	};
	for (guint n = 0; n < G_N_ELEMENTS(each); n++) {
		if (!count_of(s, each[n]))
			fail_msg("no case answers %s", each[n]);
	}
	for (int k = KIND_QUESTION; k < N_KINDS; k++) {
		if (k == KIND_FOLLOW_UP) /* no mail means it: a person plans it */
			continue;
		g_autofree char *query = g_strdup_printf("kind:%s", vocab_id(&KINDS, k));
		if (!count_of(s, query))
			fail_msg("no case answers %s", query);
	}
	assert_int_equal(count_of(s, "kind:other"), 0);
}

static void the_import_makes_the_shop(void **state)
{
	struct demo *d = *state;
	g_autoptr(GError) error = NULL;
	struct store *s = make_store();
	const struct import_options options = {.store = s, .platforms = d->platforms, .now = now};
	struct import_report report = {0};
	char *paths[] = {d->spool, NULL};
	if (!ingest_import(&options, paths, &report, &error))
		fail_msg("%s", error->message);
	assert_int_equal(report.mails, g_hash_table_size(d->index));
	assert_int_equal(report.flawed, 0);
	assert_true(report.new_cases >= FEWEST_CASES);
	assert_int_equal(report.new_cases + report.added + report.kept, report.mails);
	check_breadth(s);
	gint64 overdue = count_of(s, "due:overdue"), all = count_of(s, "");
	assert_in_range(overdue, 3, all / 3);
	make_store_remove(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_mail_is_read_as_meant),
	    cmocka_unit_test(the_import_makes_the_shop),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
