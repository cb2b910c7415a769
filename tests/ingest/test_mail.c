/* SPDX-License-Identifier: MIT */
#include "ingest/mail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define RECEIVED G_GINT64_CONSTANT(1767225600000) /* 2026-01-01 00:00 UTC */
#define HEAD "From: Ann <ann@example.org>\nTo: shop@example.org\nDate: Thu, 01 Jan 2026 00:00:00 +0000\n"

static struct mail *read_text(const char *source)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(source, strlen(source));
	return mail_read(bytes, RECEIVED, NULL);
}

/* Every field that is NULL isn't looked at. */
struct mail_case {
	const char *source;
	const char *text, *subject, *from, *address, *message_id, *attachments;
	guint flaws;
};

static const struct mail_case CASES[] = {
    {.source = HEAD "Subject: Cup\nMessage-ID: <1@example.org>\n\nIt is broken.\n",
     .text = "It is broken.",
     .subject = "Cup",
     .from = "Ann <ann@example.org>",
     .address = "ann@example.org",
     .message_id = "1@example.org"},
    {.source = "From:ANN@Example.ORG (Ann Example)\nDate: Thu, 01 Jan 2026 00:00:00 +0000\nMessage-ID:\n "
	       "<2@example.org>\n\nx",
     .text = "x",
     .subject = "",
     .from = "Ann Example <ann@example.org>",
     .address = "ann@example.org",
     .message_id = "2@example.org"},
    {.source = "From: \"amazon@marketplace.amazon.it\" <thief@evil.example>\nDate: Thu, 01 Jan 2026 00:00:00 "
	       "+0000\nMessage-ID: <3@x>\n\nx",
     .address = "thief@evil.example"},
    {.source = "From: \"Last, First \\\"Q\\\"\" <a@example.org>, b@example.org\nDate: Thu, 01 Jan 2026 "
	       "00:00:00 +0000\nMessage-ID: <3@x>\n\nx",
     .from = "Last, First \"Q\" <a@example.org>",
     .address = "a@example.org"},
    {.source = HEAD "Subject: =?utf-8?B?5p2v5a2Q?=\n =?utf-8?Q?_broken?=\nMessage-ID: <4@x>\n\nx",
     .subject = "杯子 broken"},
    /* A character split between two words; no padding; spaces within; a language. */
    {.source = HEAD "Subject: =?utf-8?B?5p2v5Q==?= =?utf-8?B?rZA?=\nMessage-ID: <5@x>\n\nx",
     .subject = "杯子"},
    {.source = HEAD "Subject: =?iso-8859-1*en?Q?caf=E9?= =?unknown?B?eHl6?= =?broken\nMessage-ID: <6@x>\n\nx",
     .subject = "caféxyz =?broken"},
    {.source = HEAD "Subject: =?gb2312?B?zcu/7g==?=\nMessage-ID: <7@x>\n\nx", .subject = "退款"},
    {.source = HEAD "Subject: \xcd\xcb\xbf\xee\xce\xca\xcc\xe2\nMessage-ID: <8@x>\n\nx",
     .subject = "退款问题",
     .flaws = FLAW_CHARSET},
    {.source = HEAD "Subject: Prekė\nMessage-ID: <9@x>\n\nx", .subject = "Prekė"},
    /* Groups; a comment before one once made an address of negative length. */
    {.source = "From: Friends: Bo <bo@example.org>, c@example.org;\nDate: Thu, 01 Jan 2026 00:00:00 "
	       "+0000\nMessage-ID: <3@x>\n\nx",
     .address = "bo@example.org",
     .from = "Bo <bo@example.org>"},
    {.source = "From: a (in fact b) x: from c (d [192.0.2.1]) <e; f\nDate: Thu, 01 Jan 2026 00:00:00 "
	       "+0000\nMessage-ID: <3@x>\n\nx",
     .address = "e;f"},
    {.source = "From: a (b) : c; d\nDate: Thu, 01 Jan 2026 00:00:00 +0000\nMessage-ID: <3@x>\n\nx",
     .address = ""},
    /* Bodies. */
    {.source = HEAD "Message-ID: <10@x>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
		    "base64\n\n5p2v5a2QDQo=\n",
     .text = "杯子"},
    {.source = HEAD "Message-ID: <11@x>\nContent-Type: text/plain; "
		    "charset=windows-1257\nContent-Transfer-Encoding: quoted-printable\n\nPrek=EB=\n su=F0",
     .text = "Prekė suš"},
    {.source = HEAD
     "Message-ID: <12@x>\nContent-Type: text/html; charset=utf-8\n\n<p>Broken <b>cup</b></p><p>Ann</p>",
     .text = "Broken cup\n\nAnn"},
    {.source =
	 HEAD "Message-ID: <13@x>\nContent-Type: text/html\n\n<meta charset=big5><p>\xb0\x68\xb4\xda</p>",
     .text = "退款"},
    {.source = HEAD "Message-ID: <14@x>\nContent-Type: text/plain; format=flowed\n\none \ntwo\n",
     .text = "one two"},
    {.source = HEAD "Message-ID: <15@x>\r\n\r\nline\r\n\r\n\r\n\r\n\r\nend  \r\n", .text = "line\n\n\nend"},
    {.source = HEAD "Message-ID: <16@x>\n\nnew\nOn 2026-01-01 Bob wrote:\n> old",
     .text = "new\n> On 2026-01-01 Bob wrote:\n> old"},
    /* Parts. */
    {.source = HEAD "Message-ID: <20@x>\nContent-Type: multipart/alternative; "
		    "boundary=b\n\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>plain</p>\n--b--\n",
     .text = "plain",
     .attachments = ""},
    {.source = HEAD "Message-ID: <21@x>\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nSee "
		    "HTML.\n--b\nContent-Type: text/html\n\n"
		    "<p>The cup came broken and I would like my money back, please.</p>\n--b--\n",
     .text = "The cup came broken and I would like my money back, please."},
    {.source = HEAD "Message-ID: <22@x>\nContent-Type: multipart/mixed; "
		    "boundary=b\n\n--b\n\ntext\n--b\nContent-Type: image/png; name=\"../../cup.png\"\n"
		    "Content-Transfer-Encoding: base64\n\nQUJD\n--b\nContent-Disposition: attachment; "
		    "filename=\"=?utf-8?B?5p2v5a2QLnR4dA==?=\"\n\nfile\n--b--\n",
     .text = "text",
     .attachments = "2 image/png 3|3 text/plain 4"},
    {.source = HEAD "Message-ID: <23@x>\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: "
		    "multipart/related; boundary=i\n\n"
		    "--i\nContent-Type: text/html\n\n<b>hi</b>\n--i\nContent-Type: image/gif; "
		    "name=a.gif\n\nG\n--i--\n--o--\n",
     .text = "hi",
     .attachments = "1.2 image/gif 1"},
    {.source = HEAD "Message-ID: <24@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
		    "message/rfc822\n\nSubject: Inner\n\ninner text\n--b--\n",
     .text = "inner text",
     .attachments = "1 message/rfc822 26"},
    {.source =
	 HEAD "Message-ID: <25@x>\nContent-Type: multipart/mixed; boundary=missing\n\nno boundary here\n",
     .text = "no boundary here"},
    /* What is missing or wrong. */
    {.source = "From: a@example.org\nDate: Thu, 01 Jan 2026 00:00:00 +0000\n\nx",
     .text = "x",
     .flaws = FLAW_MESSAGE_ID},
    {.source = "From: a@example.org\nMessage-ID: <30@x>\n\nx", .flaws = FLAW_DATE},
    {.source = "From: a@example.org\nMessage-ID: <30@x>\nDate: yesterday\n\nx", .flaws = FLAW_DATE},
    {.source = HEAD "Message-ID: <31@x>\nContent-Type: text/plain; charset=utf-8\n\nsu\xf0iu\xfeus \xf8\xf0",
     .text = "sušiužus ųš",
     .flaws = FLAW_CHARSET},
    {.source = "", .text = "", .flaws = FLAW_UNPARSED | FLAW_MESSAGE_ID},
    {.source = "no mail at all\n", .text = "no mail at all", .flaws = FLAW_UNPARSED | FLAW_MESSAGE_ID},
    {.source = "Dear shop: hello\n", .text = "Dear shop: hello", .flaws = FLAW_UNPARSED | FLAW_MESSAGE_ID},
    {.source = "From x@example.org Thu Jan  1 00:00:00 2026\n" HEAD "Message-ID: <32@x>\n\nx", .text = "x"},
    {.source = HEAD "Message-ID: <33@x>\n \nafter a line of spaces", .text = "after a line of spaces"},
};

static char *attachment_list(const struct incoming *in)
{
	g_autoptr(GString) s = g_string_new(NULL);
	for (guint i = 0; i < in->attachments->len; i++) {
		const struct attachment *a = g_ptr_array_index(in->attachments, i);
		g_string_append_printf(s, "%s%s %s %d", i ? "|" : "", a->part, a->type, (int)a->size);
		assert_null(strchr(a->name, '/'));
		assert_true(*a->name && *a->name != '.');
	}
	return g_strdup(s->str);
}

static void expect(const struct mail_case *c, const char *what, const char *wanted, const char *got)
{
	if (wanted && g_strcmp0(wanted, got) != 0)
		fail_msg("%s\n%s is \"%s\", not \"%s\"", c->source, what, got, wanted);
}

static void mails_are_read(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const struct mail_case *c = &CASES[i];
		g_autoptr(mail_auto) m = read_text(c->source);
		g_autofree char *attachments = attachment_list(m->in);
		expect(c, "text", c->text, m->in->text);
		expect(c, "subject", c->subject, m->in->subject);
		expect(c, "from", c->from, m->in->from);
		expect(c, "address", c->address, m->from_address);
		expect(c, "id", c->message_id, m->in->message_id);
		expect(c, "attachments", c->attachments, attachments);
		if (m->in->flaws != c->flaws)
			fail_msg("%s\nflaws 0x%x, not 0x%x", c->source, m->in->flaws, c->flaws);
		assert_true((m->in->flaws & ~(guint)FLAW_MESSAGE_ID) == 0 || m->in->flaw_note);
		assert_int_equal(strlen(m->in->content_hash), 64);
	}
}

/* The id made from the content doesn't change with the way the mail came, and differs with what is in it. */
static void made_ids_are_stable(void **state)
{
#define BODY(file)                                                                                           \
	"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: image/png; name=" file \
	"\n\nx\n--b--\n"
	static const struct {
		const char *a, *b;
		bool same;
	} PAIRS[] = {
	    {"From: a@example.org\nSubject: x\n\ntext",
	     "Received: by mx.example; Thu, 01 Jan 2026 00:00:00 +0000\r\nFrom: a@example.org\r\nSubject: "
	     "x\r\n\r\ntext\r\n\r\n",
	     true},
	    {"From: a@example.org\nSubject: x\n\ntext", "From: a@example.org\nSubject: x\n\nother text",
	     false},
	    {"From: a@example.org\n" BODY("a.png"), "From: a@example.org\n" BODY("b.png"), false},
	    {"From: a@example.org\n\n", "From: b@example.org\n\n", false},
	    {"not a mail", "not a mail either", false},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(PAIRS); i++) {
		g_autoptr(mail_auto) a = read_text(PAIRS[i].a);
		g_autoptr(mail_auto) b = read_text(PAIRS[i].b);
		assert_int_equal(strcmp(a->in->message_id, b->in->message_id) == 0, PAIRS[i].same);
		assert_int_equal(strcmp(a->in->content_hash, b->in->content_hash) == 0, PAIRS[i].same);
	}
}

static const struct {
	const char *headers;
	gint64 sent;
	guint flaws;
} DATES[] = {
    {"Date: Thu, 01 Jan 2026 10:00:00 +0200\n", G_GINT64_CONSTANT(1767254400000), 0},
    {"", RECEIVED, FLAW_DATE},
    {"Received: by mx.example; Fri, 02 Jan 2026 00:00:00 +0000\n", G_GINT64_CONSTANT(1767312000000),
     FLAW_DATE},
    /* A clock ahead at the buyer's must not hide the mail behind a date in the future. */
    {"Received: by mx.example; Fri, 02 Jan 2026 00:00:00 +0000\nDate: Tue, 01 Jan 2030 00:00:00 +0000\n",
     G_GINT64_CONSTANT(1767312000000), FLAW_DATE},
    {"Date: Thu, 01 Jan 1970 00:00:00 +0000\n", RECEIVED, FLAW_DATE},
};

static void dates_are_read(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(DATES); i++) {
		g_autofree char *source =
		    g_strconcat(DATES[i].headers, "From: a@example.org\nMessage-ID: <1@x>\n\nx", NULL);
		g_autoptr(mail_auto) m = read_text(source);
		if (m->in->sent != DATES[i].sent || m->in->flaws != DATES[i].flaws)
			fail_msg("%s: %" G_GINT64_FORMAT " 0x%x", source, m->in->sent, m->in->flaws);
	}
}

static const struct {
	const char *header;
	bool automatic;
} ROBOTS[] = {
    {"X-Mailer: Mutt", false},
    {"Auto-Submitted: auto-replied", true},
    {"Auto-Submitted: no", false},
    {"auto-submitted: auto-generated; owner-email=\"a@example.org\"", true},
    {"Precedence: bulk", true},
    {"Precedence: list", true},
    {"Precedence: first-class", false},
    {"X-Auto-Response-Suppress: All", true},
    {"Return-Path: <>", true},
    {"Return-Path: <ann@example.org>", false},
    {"From: MAILER-DAEMON@mx.example (Mail Delivery System)", true},
    {"X-AMAZON-MAIL-RELAY-TYPE: NOTIFICATION", true},
    {"X-Amends-Loop: 1", true},
};

static void robots_are_told_from_people(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(ROBOTS); i++) {
		g_autofree char *source =
		    g_strconcat(ROBOTS[i].header, "\n" HEAD "Message-ID: <1@x>\n\nx", NULL);
		g_autoptr(mail_auto) m = read_text(source);
		if (m->in->automatic != ROBOTS[i].automatic)
			fail_msg("%s: %s", ROBOTS[i].header, m->in->automatic ? "automatic" : "a person");
	}
}

static void references_run_from_the_newest(void **state)
{
	g_autoptr(mail_auto) m = read_text(
	    HEAD
	    "Message-ID: <4@x>\nIn-Reply-To: <3@x> (Ann's of Monday)\nReferences: <1@x>\n\t<2@x> <3@x>\n\nx");
	assert_int_equal(m->in->references->len, 3);
	assert_string_equal(g_ptr_array_index(m->in->references, 0), "3@x");
	assert_string_equal(g_ptr_array_index(m->in->references, 1), "2@x");
	assert_string_equal(g_ptr_array_index(m->in->references, 2), "1@x");
}

static void headers_are_found_in_any_case(void **state)
{
	g_autoptr(mail_auto) m =
	    read_text(HEAD "X-Space-Notification-Type: =?utf-8?Q?RETURN=5FREQUEST?=\nMessage-ID: "
			   "<1@x>\nContent-Type: text/plain\n\nx");
	assert_string_equal(mail_header(m, "x-space-notification-type"), "RETURN_REQUEST");
	assert_string_equal(mail_header(m, "content-type"), "text/plain");
	assert_null(mail_header(m, "X-None"));
	assert_string_equal(m->to_address, "shop@example.org");
}

static void the_sender_is_known_beforehand(void **state)
{
	static const char SOURCE[] =
	    "Received: x\nFROM:\n =?utf-8?Q?Ann?=\n <Ann@Example.org>\nTo: y\n\nFrom: text@example.org\n";
	g_autoptr(GBytes) bytes = g_bytes_new_static(SOURCE, strlen(SOURCE));
	g_autofree char *sender = mail_sender(bytes);
	assert_string_equal(sender, "ann@example.org");
	g_autoptr(GBytes) none = g_bytes_new_static("\n\nFrom: a@b\n", 12);
	g_autofree char *nobody = mail_sender(none);
	assert_string_equal(nobody, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(mails_are_read),
	    cmocka_unit_test(made_ids_are_stable),
	    cmocka_unit_test(dates_are_read),
	    cmocka_unit_test(robots_are_told_from_people),
	    cmocka_unit_test(references_run_from_the_newest),
	    cmocka_unit_test(headers_are_found_in_any_case),
	    cmocka_unit_test(the_sender_is_known_beforehand),
	};
	mail_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
