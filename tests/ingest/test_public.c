/* SPDX-License-Identifier: MIT */
/* Public test mails that nobody here wrote, from the folder shared/mail beside the project or
 * $AMENDS_SHARED/mail. */
#include "ingest/ingest.h"
#include "ingest/mail.h"

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

static char *folder_beside(void)
{
	const char *shared = g_getenv("AMENDS_SHARED"), *data = g_getenv("AMENDS_DATA");
	if (shared)
		return g_build_filename(shared, "mail", NULL);
	g_autofree char *beside = g_build_filename(data ? data : "data", "..", "..", "shared", "mail", NULL);
	return g_canonicalize_filename(beside, NULL);
}

/* The folder; where there is none the test says so and is skipped. skip() jumps, so nothing may be held then.
 */
static char *mail_folder(void)
{
	char *folder = folder_beside();
	if (g_file_test(folder, G_FILE_TEST_IS_DIR))
		return folder;
	print_message("SKIPPED: there is no %s; set AMENDS_SHARED to the folder that holds mail/\n", folder);
	g_free(folder);
	skip();
	return NULL;
}

static void collect(const char *folder, GPtrArray *paths)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir));) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			collect(path, paths);
		else if (strcmp(name, "README.md") != 0)
			g_ptr_array_add(paths, g_steal_pointer(&path));
	}
}

static struct mail *read_file(const char *path)
{
	char *bytes;
	gsize length;
	assert_true(g_file_get_contents(path, &bytes, &length, NULL));
	g_autoptr(GBytes) source = g_bytes_new_take(bytes, length);
	struct mail *m = mail_read(source, 1, NULL);
	gsize kept;
	assert_memory_equal(g_bytes_get_data(m->in->source, &kept), bytes, length);
	assert_int_equal(kept, length);
	return m;
}

/* Mails that hold nothing to read: only files, mails within the mail whose encoding the standard forbids, or
 * no body. */
static const char *const SILENT[] = {
    "bad-newlines-multiple-parts-base64.msg",
    "base64encoded-rfc822message-nested.msg",
    "base64encoded-rfc822message.msg",
    "bluedot-simple.msg",
    "multi-2gifs-base64.msg",
    "missing-subtype.txt",
    "mime2",
    "mime6",
    "mime7",
    "no_body",
    "unicode1",
};

/* No header of theirs can be read. */
static const char *const HEADLESS[] = {"malformedHeaderStartsBody-noheader.msg",
				       "malformedHeader-noheader.msg"};

static bool is_one_of(const char *path, const char *const *names, gsize n)
{
	g_autofree char *name = g_path_get_basename(path);
	for (gsize i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void every_mail_comes_in(void **state)
{
	g_autofree char *folder = mail_folder();
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	collect(folder, paths);
	assert_int_equal(paths->len, 173);
	for (guint i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		g_autoptr(mail_auto) m = read_file(path);
		if (!g_utf8_validate(m->in->text, -1, NULL) || !g_utf8_validate(m->in->subject, -1, NULL) ||
		    !g_utf8_validate(m->in->from, -1, NULL))
			fail_msg("%s isn't valid UTF-8", path);
		if (!*m->in->text != is_one_of(path, SILENT, G_N_ELEMENTS(SILENT)))
			fail_msg("%s: %s text", path, *m->in->text ? "unexpected" : "no");
		bool headless = is_one_of(path, HEADLESS, G_N_ELEMENTS(HEADLESS));
		if (!(m->in->flaws & FLAW_UNPARSED) == headless)
			fail_msg("%s is%s read as a mail", path, headless ? "" : "n't");
	}
}

/* Read by hand. `text` stands somewhere in the readable text; NULL fields aren't looked at. */
static const struct {
	const char *file, *from, *subject, *text;
	int attachments;
} EXPECTED[] = {
    {"mime4j/german-qp.msg", "Jörn Reder <joern@zyn.de>", "Testnachricht", "mit 8 Bit Sönderzäichen", 0},
    {"mime4j/dup-names.msg", "Eryq <eryq@rhine.gsfc.nasa.gov>", "Two images for you...", "multi-part", 5},
    {"mime4j/frag.msg", NULL, "[Fwd: [Fwd: [Fwd: FW: Another Priceless  Moment]]]",
     "> -----Original Message-----", 1},
    {"mime4j/bluedot-postcard.msg", NULL, "A postcard for you", "instead of this boring text!", 1},
    {"mime4j/attachment-filename-encoding-Latin1.msg", NULL, NULL, "Attachment Test", 1},
    {"mime4j/hdr-fakeout.msg", NULL, "test message 1", "actually has a space in it.", 0},
    {"mime4j/twopart.msg", NULL, NULL, "¿Contraseña?", 1},
    {"mime4j/obsolete.msg", NULL,
     "The obsolete syntax allow spaces before the colon        and also empty lines in folding.", "body", 0},
    {"mime4j/qp-body.msg", NULL, "subject", "euro € symbol", 0},
    {"mimekit/japanese.txt", "Atsushi Eno <x@x.com>", "日本語メールテスト (testing Japanese emails)",
     "送れているか", 0},
    {"mimekit/body.2.txt", NULL, NULL, "This is an html body.", 0},
    {"mimekit/bounce.txt", NULL, "Undelivered Mail Returned to Sender", "could not\nbe delivered", 1},
    {"mimekit/stack-overflow.txt", NULL, "Message Subject", "Message Body", 0},
    {"spamassassin/cjk/gb2312.1", "台湾鑫龙商贸集团公司 <1234@e34.com>", NULL, "本公司长期经销电脑配件", 0},
    {"spamassassin/cjk/gb2312.2", "Jason Lee (李展锋) <jason_lee@quantatw.com>", "RE: 装硬碟问题",
     "请检查一下", 0},
    {"spamassassin/cjk/big5-base64.1", NULL, NULL, "最新資訊的軟體泡麵站", 0},
    {"spamassassin/cjk/iso-2022-jp.1", NULL, NULL, "Now, I try to test MHonArc", 2},
    {"spamassassin/unicode2", NULL,
     "【重要訊息】台電105年3月電費，委託金融機構扣繳成功電子繳費憑證(電號07487616730)", "test", 0},
    {"spamassassin/unicode1", "Marilù Gioffré ♥ <marilù.gioffré@esempio-università.it>", NULL, "", 1},
};

static void these_are_read_as_a_person_would(void **state)
{
	g_autofree char *folder = mail_folder();
	for (gsize i = 0; i < G_N_ELEMENTS(EXPECTED); i++) {
		g_autofree char *path = g_build_filename(folder, EXPECTED[i].file, NULL);
		g_autoptr(mail_auto) m = read_file(path);
		if (EXPECTED[i].from && strcmp(m->in->from, EXPECTED[i].from) != 0)
			fail_msg("%s: from \"%s\"", path, m->in->from);
		if (EXPECTED[i].subject && strcmp(m->in->subject, EXPECTED[i].subject) != 0)
			fail_msg("%s: subject \"%s\"", path, m->in->subject);
		if (!strstr(m->in->text, EXPECTED[i].text))
			fail_msg("%s: text \"%.500s\"", path, m->in->text);
		if ((int)m->in->attachments->len != EXPECTED[i].attachments)
			fail_msg("%s: %u attachments", path, m->in->attachments->len);
	}
}

static gint64 now(void)
{
	return G_GINT64_CONSTANT(1767225600000);
}

/* All of it goes into a store; twenty are another's copy with a header more or other line ends. */
static void a_store_takes_them_all(void **state)
{
	g_autofree char *folder = mail_folder();
	struct store *store = make_store();
	g_autoptr(platforms_auto) platforms = platforms_load(NULL);
	struct import_options o = {.store = store, .platforms = platforms, .now = now};
	struct import_report r;
	char *paths[] = {folder, NULL};
	assert_non_null(platforms);
	assert_true(ingest_import(&o, paths, &r, NULL));
	assert_int_equal(r.mails, 173 + 1 /* README.md, kept as it came */);
	assert_int_equal(r.already, 20);
	assert_int_equal(r.new_cases + r.added + r.kept + r.already, r.mails);
	make_store_remove(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_mail_comes_in),
	    cmocka_unit_test(these_are_read_as_a_person_would),
	    cmocka_unit_test(a_store_takes_them_all),
	};
	mail_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
