/* SPDX-License-Identifier: MIT */
/* Mails made to hurt: large, deep, broken. Each must be read within seconds and keep its source. */
#include "ingest/mail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define HEAD                                                                                                 \
	"From: a@example.org\nDate: Thu, 01 Jan 2026 00:00:00 +0000\nMessage-ID: <1@x>\nMIME-Version: 1.0\n"

/* Seconds a mail may take: generous, as the tests also run under sanitizers; without limits these
 * take minutes or overflow the stack. */
enum { SECONDS = 20 };

static struct mail *read_hurtful(GString *s)
{
	gsize length = s->len;
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(s);
	gint64 start = g_get_monotonic_time();
	struct mail *m = mail_read(bytes, 1, NULL);
	gint64 took = (g_get_monotonic_time() - start) / G_USEC_PER_SEC;
	if (took >= SECONDS)
		fail_msg("took %d s", (int)took);
	assert_int_equal(g_bytes_get_size(m->in->source), length);
	assert_true(g_utf8_validate(m->in->text, -1, NULL));
	assert_true(strlen(m->in->text) <= 256 * 1024);
	return m;
}

static void repeat(GString *s, const char *piece, int n)
{
	for (int i = 0; i < n; i++)
		g_string_append(s, piece);
}

static void a_mail_of_200_mb(void **state)
{
	GString *s = g_string_sized_new(201 * 1024 * 1024);
	g_string_append(
	    s, HEAD
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe text.\n--b\nContent-Type: video/mp4\n"
	    "Content-Transfer-Encoding: base64\n\n");
	gsize line = strlen("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\n");
	repeat(s, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\n",
	       (int)(200 * 1024 * 1024 / line));
	g_string_append(s, "--b--\n");
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_string_equal(m->in->text, "The text.");
	assert_true(m->in->flaws & FLAW_CUT);
}

static void a_text_of_30_mb(void **state)
{
	GString *s = g_string_new(HEAD "\n");
	repeat(s, "All of this is text, line after line of it.\n", 700000);
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(g_str_has_prefix(m->in->text, "All of this"));
	assert_int_equal(m->in->flaws, FLAW_CUT);
}

static void a_mail_of_100000_parts(void **state)
{
	GString *s = g_string_new(HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe text.\n");
	repeat(s, "--b\nContent-Type: image/png\n\nx\n", 100000);
	g_string_append(s, "--b--\n");
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(m->in->flaws & FLAW_PARTS);
	assert_int_equal(m->in->attachments->len, 200);
	assert_string_equal(m->in->text, "The text.");
}

static void nested_10000_deep(void **state)
{
	GString *s = g_string_new(HEAD);
	for (int i = 0; i < 10000; i++)
		g_string_append_printf(s, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	g_string_append(s, "\nbottom\n");
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(m->in->flaws & FLAW_PARTS);
}

static void mails_within_mails_10000_deep(void **state)
{
	GString *s = g_string_new(HEAD);
	repeat(s, "Content-Type: message/rfc822\n\n", 10000);
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(m->in->flaws & FLAW_PARTS);
}

static void a_header_of_1_mb(void **state)
{
	GString *s = g_string_new(HEAD "Subject: ");
	repeat(s, "=?utf-8?Q?=C4=97?= ", 60000);
	g_string_append(s, "\n\nThe text.\n");
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(g_str_has_prefix(m->in->subject, "ėėė"));
	/* A list and a row carry what a person can read; the rest is in the mail as it came. */
	assert_true(g_str_has_suffix(m->in->subject, "ė…"));
	assert_true(strlen(m->in->subject) < 1010);
	assert_true(m->in->flaws & FLAW_CUT);
	assert_string_equal(m->in->text, "The text.");
}

static void headers_of_every_kind_1_mb_long(void **state)
{
	static const char *const NAMES[] = {"From",         "To",       "References", "Date",
					    "Content-Type", "Received", "X-Long"};
	static const char *const PIECES[] = {"(", "\"", "<", "a@b,", "=?", ";x=y", "<a@b>"};
	for (gsize n = 0; n < G_N_ELEMENTS(NAMES); n++)
		for (gsize p = 0; p < G_N_ELEMENTS(PIECES); p++) {
			GString *s = g_string_new("Message-ID: <1@x>\n");
			g_string_append_printf(s, "%s: ", NAMES[n]);
			repeat(s, PIECES[p], (int)(1000000 / strlen(PIECES[p])));
			g_string_append(s, "\n\nThe text.\n");
			g_autoptr(mail_auto) m = read_hurtful(s);
			assert_true(g_utf8_validate(m->in->from, -1, NULL));
			assert_true(strlen(m->in->from) < 1000);
		}
}

static void a_header_folded_10000_times(void **state)
{
	GString *s = g_string_new(HEAD "Subject: x");
	repeat(s, "\n folded again and again", 10000);
	g_string_append(s, "\n\nThe text.\n");
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(g_str_has_prefix(m->in->subject, "x folded again and again folded"));
	assert_string_equal(m->in->text, "The text.");
}

static void headers_by_the_hundred_thousand(void **state)
{
	GString *s = g_string_new(HEAD);
	repeat(s, "X: y\n", 200000);
	g_string_append(s, "\nThe text.\n");
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_string_equal(m->in->text, "The text.");
}

static void nul_bytes(void **state)
{
	GString *s = g_string_new(HEAD "Subject: x\n\n");
	g_string_append_len(s, "a\0b\n\0\0c", 7);
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_string_equal(m->in->text, "a\uFFFDb\n\uFFFD\uFFFDc");
}

static void nul_bytes_in_headers(void **state)
{
	GString *s = g_string_new(NULL);
	g_string_append_len(s, "From: a\0b@example.org\nSub\0ject: x\nSubject: y\0z\n\ntext\n", 53);
	g_autoptr(mail_auto) m = read_hurtful(s);
	assert_true(g_utf8_validate(m->in->subject, -1, NULL));
}

static void random_bytes_are_kept_whole(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	for (int i = 0; i < 300; i++) {
		GString *s = g_string_new(i % 2 ? HEAD "Content-Type: text/html\n\n" : "");
		for (int n = 0; n < 2000; n++)
			g_string_append_c(s, (char)g_rand_int_range(rand, 0, 256));
		g_autoptr(mail_auto) m = read_hurtful(s);
		assert_true(i % 2 || (m->in->flaws & FLAW_UNPARSED));
	}
}

/* A mail cut anywhere is still a mail. */
static void cut_anywhere(void **state)
{
	static const char WHOLE[] =
	    HEAD "Subject: =?utf-8?B?5p2v5a2Q?=\nContent-Type: multipart/alternative; "
		 "boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=gb18030\n"
		 "Content-Transfer-Encoding: base64\n\nzcu/7g==\n--b\nContent-Type: text/html\n\n<p>x<a "
		 "href=\"https://example.org\">y</a>\n--b--\n";
	for (gsize n = 0; n < strlen(WHOLE); n++) {
		g_autoptr(mail_auto) m = read_hurtful(g_string_new_len(WHOLE, (gssize)n));
		assert_non_null(m->in->message_id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_mail_of_200_mb),
	    cmocka_unit_test(a_text_of_30_mb),
	    cmocka_unit_test(a_mail_of_100000_parts),
	    cmocka_unit_test(nested_10000_deep),
	    cmocka_unit_test(mails_within_mails_10000_deep),
	    cmocka_unit_test(a_header_of_1_mb),
	    cmocka_unit_test(headers_of_every_kind_1_mb_long),
	    cmocka_unit_test(a_header_folded_10000_times),
	    cmocka_unit_test(headers_by_the_hundred_thousand),
	    cmocka_unit_test(nul_bytes),
	    cmocka_unit_test(nul_bytes_in_headers),
	    cmocka_unit_test(random_bytes_are_kept_whole),
	    cmocka_unit_test(cut_anywhere),
	};
	mail_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
