/* SPDX-License-Identifier: MIT */
/* Answers as mails: headers that hold, text that comes back as it was written, and nothing put in from
 * outside. */
#include "domain/text.h"
#include "ingest/compose.h"
#include "ingest/compose_text.h"
#include "ingest/flowed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gmime/gmime.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(InternetAddressList, g_object_unref)

#define SENT G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */

static struct shop *make_shop_facts(const char *name)
{
	g_autofree char *text = g_strdup_printf(
	    "[shop]\nname = %s\naddresses = @all.example; desk@shop.example\nzone = Europe/Vilnius\n", name);
	struct shop *s = shop_parse("shop.ini", text, strlen(text), NULL);
	assert_non_null(s);
	return s;
}

static struct outgoing *make_outgoing(const char *to, const char *subject, const char *text)
{
	struct outgoing *o = g_new0(struct outgoing, 1);
	*o = (struct outgoing){.id = 1,
			       .case_id = 2,
			       .message = 3,
			       .message_id = g_strdup("attempt.0123456789ab@amends.invalid"),
			       .to = g_strdup(to),
			       .subject = g_strdup(subject),
			       .text = g_strdup(text),
			       .lang = g_strdup("nl"),
			       .references = g_ptr_array_new_with_free_func(g_free),
			       .date = SENT,
			       .tries = 1};
	return o;
}

/* The mail's source. Owned. */
static char *compose(struct outgoing *o, const char *shop_name)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(shop_auto) shop = make_shop_facts(shop_name);
	g_autoptr(GBytes) mail = compose_mail(o, NULL, shop, &error);
	if (!mail)
		fail_msg("%s", error->message);
	gsize length;
	const char *bytes = g_bytes_get_data(mail, &length);
	assert_null(memchr(bytes, '\r', length));
	assert_null(memchr(bytes, '\0', length));
	return g_strndup(bytes, length);
}

static GMimeMessage *parse(const char *source)
{
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(source, strlen(source));
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
	return g_mime_parser_construct_message(parser, NULL);
}

/* The text that a reader of flowed mail sees. Owned. */
static char *text_of(GMimeMessage *m)
{
	g_autofree char *raw = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_message_get_mime_part(m)));
	return flowed_join(raw, false);
}

static int count_headers(const char *source, const char *name)
{
	int n = 0;
	g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
	for (int i = 0; lines[i] && *lines[i]; i++) {
		gsize length = strlen(name);
		n += g_ascii_strncasecmp(lines[i], name, length) == 0 && lines[i][length] == ':';
	}
	return n;
}

static void the_headers_are_those_of_an_answer(void **state)
{
	g_autoptr(outgoing_auto) o = make_outgoing("Ona Žilė <a1@market.test>", "Re: Broken lamp", "Hello");
	const char *const ids[] = {"first@x.test", "made-up@content.amends.invalid",
				   "old.ba9876543210@amends.invalid", "bad id@x", "last@x.test"};
	for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
		g_ptr_array_add(o->references, g_strdup(ids[i]));
	o->answered = 4;
	g_autofree char *source = compose(o, "Dune, Kettle \"&\" Co");
	assert_non_null(strstr(source, "Date: Mon, 23 Nov 2026 16:00:00 +0200\n"));
	assert_non_null(strstr(source, "Message-ID: <attempt.0123456789ab@shop.example>\n"));
	assert_non_null(strstr(source, "In-Reply-To: <last@x.test>\n"));
	assert_non_null(strstr(source, "X-Amends-Loop: shop.example\n"));
	assert_non_null(strstr(source, "Content-Language: nl\n"));
	assert_int_equal(count_headers(source, "Auto-Submitted"), 0);
	g_autoptr(GMimeMessage) m = parse(source);
	assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(m), "References"),
			    "<first@x.test> <old.ba9876543210@shop.example> <last@x.test>");
	InternetAddress *from = internet_address_list_get_address(g_mime_message_get_from(m), 0);
	assert_string_equal(internet_address_get_name(from), "Dune, Kettle \"&\" Co");
	assert_string_equal(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(from)),
			    "desk@shop.example");
	InternetAddress *to = internet_address_list_get_address(g_mime_message_get_to(m), 0);
	assert_string_equal(internet_address_get_name(to), "Ona Žilė");
	assert_string_equal(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(to)),
			    "a1@market.test");
	assert_int_equal(internet_address_list_length(g_mime_message_get_all_recipients(m)), 1);
}

/* References are the thread in order; what is answered isn't always its last. */
static void what_is_answered_is_named(void **state)
{
	static const char *const named[] = {"<first@x.test>", "<first@x.test>", "<last@x.test>"};
	g_autoptr(outgoing_auto) o = make_outgoing("Ona <a1@market.test>", "Re: lamp", "Hello");
	const char *const ids[] = {"first@x.test", "made-up@content.amends.invalid", "last@x.test"};
	for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
		g_ptr_array_add(o->references, g_strdup(ids[i]));
	for (o->answered = 0; o->answered < G_N_ELEMENTS(named); o->answered++) {
		g_autofree char *source = compose(o, "Shop");
		g_autoptr(GMimeMessage) m = parse(source);
		assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(m), "In-Reply-To"),
				    named[o->answered]);
		assert_string_equal(g_mime_object_get_header(GMIME_OBJECT(m), "References"),
				    "<first@x.test> <last@x.test>");
	}
}

static void nothing_from_outside_adds_a_header(void **state)
{
	static const char *const attacks[] = {
	    "x\r\nBcc: thief@evil.test",      "x\nBcc: thief@evil.test",
	    "x\rBcc: thief@evil.test",        "x\r\n\r\nbody",
	    "x\u2028Bcc: thief@evil.test",    "=?utf-8?q?x=0ABcc:_thief@evil.test?=",
	    "x\" <thief@evil.test>, \"y",     "x>, <thief@evil.test",
	    "\xff\xfe\nBcc: thief@evil.test",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++) {
		g_autofree char *to = g_strconcat(attacks[i], " <a1@market.test>", NULL);
		g_autoptr(outgoing_auto) o = make_outgoing(to, attacks[i], "Hello");
		g_ptr_array_add(o->references, g_strdup(attacks[i]));
		g_autofree char *source = compose(o, "Shop");
		assert_int_equal(count_headers(source, "Bcc"), 0);
		assert_int_equal(count_headers(source, "In-Reply-To"), 0);
		g_autoptr(GMimeMessage) m = parse(source);
		g_autoptr(InternetAddressList) all = g_mime_message_get_all_recipients(m);
		if (internet_address_list_length(all) != 1)
			fail_msg("%zu: more than one recipient:\n%s", i, source);
		InternetAddressMailbox *only =
		    INTERNET_ADDRESS_MAILBOX(internet_address_list_get_address(all, 0));
		assert_string_equal(internet_address_mailbox_get_addr(only), "a1@market.test");
		g_autofree char *text = text_of(m);
		assert_string_equal(g_strchomp(text), "Hello");
	}
}

static void an_address_that_is_none_is_refused(void **state)
{
	static const char *const addresses[] = {
	    "a@b.test\nBcc: c@d.test",
	    "Ona <a@b.test\r\n>",
	    "Ona <>",
	    "Ona",
	    "Ona <a@b@c.test>",
	    "<a@b.test, c@d.test>",
	    "Ona <a b@c.test>",
	    "Ona <@b.test>",
	    "Ona <a@>",
	    "Ona <\"a\"@b.test>",
	    "Ona <žilė@b.test>",
	    "Ona <a@-b.test>",
	    "Ona <a@b.test;>",
	};
	g_autoptr(shop_auto) shop = make_shop_facts("Shop");
	for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(outgoing_auto) o = make_outgoing(addresses[i], "x", "Hello");
		g_autoptr(GBytes) mail = compose_mail(o, NULL, shop, &error);
		/* A line end after the address is only trimmed away. */
		if (mail && !g_str_has_suffix(addresses[i], "\r\n>"))
			fail_msg("%s was taken", addresses[i]);
		if (mail)
			assert_int_equal(count_headers(g_bytes_get_data(mail, NULL), "Bcc"), 0);
		else
			assert_non_null(error);
	}
	g_autoptr(GError) error = NULL;
	g_autoptr(outgoing_auto) nobody = make_outgoing(NULL, "x", "Hello");
	assert_null(compose_mail(nobody, NULL, shop, &error));
	assert_non_null(error);
}

static void a_shop_without_an_address_sends_nothing(void **state)
{
	g_autoptr(GError) error = NULL;
	const char text[] = "[shop]\naddresses = @shop.example\n";
	g_autoptr(shop_auto) shop = shop_parse("shop.ini", text, strlen(text), NULL);
	g_autoptr(outgoing_auto) o = make_outgoing("a@b.test", "x", "Hello");
	assert_null(compose_mail(o, NULL, shop, &error));
	assert_non_null(strstr(error->message, "addresses"));
}

static void long_headers_are_folded_and_come_back(void **state)
{
	static const char *const subjects[] = {
	    "Re: "
	    "关于订单的问题：收到的灯罩已经破损，请问怎么处理比较好呢，希望尽快回复，谢谢你们的帮助和耐心等"
	    "待",
	    "Re: a subject of plain words that is long enough to need more than one line of a header, and "
	    "then some more words",
	    "Re: Kur mano siunta? Žąsų plunksnų pagalvė užsakyta prieš dvi savaites ir vis dar neatvyko į "
	    "namus Šiauliuose",
	    "Re: =?utf-8?q?not_a_word?= but typed so",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++) {
		g_autoptr(outgoing_auto) o = make_outgoing("a@b.test", subjects[i], "Hello");
		for (int n = 0; n < 300; n++)
			g_ptr_array_add(o->references,
					g_strdup_printf("message-number-%d@some-server.test", n));
		g_autofree char *source = compose(o, "淘气的茶壶和沙丘上的小商店，全世界最好的茶壶都在这里");
		g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
		for (int n = 0; lines[n] && *lines[n]; n++)
			assert_in_range(strlen(lines[n]), 1, 78);
		g_autoptr(GMimeMessage) m = parse(source);
		assert_string_equal(g_mime_message_get_subject(m), subjects[i]);
		const char *references = g_mime_object_get_header(GMIME_OBJECT(m), "References");
		assert_true(g_str_has_prefix(references, "<message-number-0@"));
		assert_true(g_str_has_suffix(references, "<message-number-299@some-server.test>"));
		assert_true(strlen(references) < 1000);
	}
}

static void the_text_comes_back_as_it_was_written(void **state)
{
	static const char *const texts[] = {
	    "Hello",
	    "Hello,\n\nsecond paragraph.\n\n\nAfter two empty lines.",
	    "A paragraph that is much longer than one line of a mail should be, so that it has to be broken "
	    "softly, and joined again by who reads it.",
	    "From the beginning of a line\n.\n..dots\n. and one more",
	    "-- \nRasa\nShop",
	    "> quoted words of the buyer that stand in a rather long line which keeps its break, as quotes "
	    "always do in the mails that we send\n\nOur answer",
	    "  indented\n >not a quote",
	    "100% = sure\ttab\tstop",
	    "您好，非常抱歉给您带来不便。我们已经收到您的照片，会在四十八小时之内给您答复。请问您希望换货还是"
	    "退款？我们一定会尽快处理，感谢您的耐心等待和理解，祝您生活愉快。",
	    "Ačiū už kantrybę – išspręsime iki lapkričio 26 d., ir jei siunta neatvyks, galėsite rinktis: "
	    "pinigų grąžinimą arba naują prekę.",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(outgoing_auto) o = make_outgoing("a@b.test", "x", texts[i]);
		g_autofree char *source = compose(o, "Shop");
		g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
		for (int n = 0; lines[n]; n++) {
			assert_in_range(strlen(lines[n]), 0, 78);
			assert_false(lines[n][0] == '.' || g_str_has_prefix(lines[n], "From "));
		}
		g_autoptr(GMimeMessage) m = parse(source);
		g_autofree char *back = text_of(m);
		assert_string_equal(g_strchomp(back), texts[i][0] == '-' ? "-- \nRasa\nShop" : texts[i]);
	}
}

static void line_ends_and_controls_are_put_right(void **state)
{
	g_autofree char *flowed =
	    compose_flowed("one\r\ntwo\rthree\u2028four\x1b[31m\x07 end   \nlast\n\n\n");
	assert_string_equal(flowed, "one\ntwo\nthree\nfour[31m end\nlast\n");
	g_autofree char *invalid = compose_flowed("bad \xff byte");
	assert_true(g_utf8_validate(invalid, -1, NULL));
}

/* --- files --------------------------------------------------------------------------------- */

static const struct {
	const char *name, *type, *bytes;
	gsize length;
	const char *read_type; /* what comes back; NULL: the same */
} attached[] = {
    {"退货标签.pdf", "application/pdf", "%PDF-1.7\0\xff\r\n.\r\nFrom me", 22, NULL},
    {"退貨標籤與發票的很長很長很長很長很長的檔案名稱.pdf", "application/pdf", "x", 1, NULL},
    {"Ąžuolinė lėkštė – sąskaita.pdf", "application/pdf", "y", 1, NULL},
    {"фото.jpg", "image/jpeg", "x", 1, NULL},
    {"café.jpg", "image/jpeg", "x", 1, NULL},
    {"it's \"50%\" (new); a=b, c.txt", "text/plain", "Zwölf\nline", 11, NULL},
    {"a\r\nBcc: thief@evil.test.pdf", "application/pdf", "z", 1, NULL},
    {"x\"; filename=\"y.exe", "application/pdf", "z", 1, NULL},
    {"../../etc/passwd", "text/plain", "z", 1, NULL},
    {"mail.eml", "message/rfc822", "From: x", 7, "application/octet-stream"},
    {"odd.bin", "no type\r\nBcc: x@evil.test", "z", 1, "application/octet-stream"},
    {"boundary.txt", "text/plain", "--=_amends_", 11, NULL},
};

static struct outgoing *with_files(GPtrArray *contents)
{
	struct outgoing *o = make_outgoing("Ona <a1@market.test>", "Re: lamp", "Hello\n--=_amends_\nRasa");
	o->files = attachments_new();
	for (gsize i = 0; i < G_N_ELEMENTS(attached); i++) {
		struct attachment *a = g_new0(struct attachment, 1);
		*a = (struct attachment){.name = g_strdup(attached[i].name),
					 .type = g_strdup(attached[i].type)};
		g_ptr_array_add(o->files, a);
		g_ptr_array_add(contents, g_bytes_new(attached[i].bytes, attached[i].length));
	}
	return o;
}

static void expect_part(GMimeObject *part, gsize i)
{
	const char *type = attached[i].read_type ? attached[i].read_type : attached[i].type;
	g_autofree char *mime = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part));
	assert_string_equal(mime, type);
	g_autofree char *safe = text_file_name(attached[i].name);
	assert_string_equal(g_mime_part_get_filename(GMIME_PART(part)), safe);
	assert_string_equal(g_mime_object_get_disposition(part), "attachment");
	g_autoptr(GMimeStream) out = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), out);
	const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
	assert_int_equal(bytes->len, attached[i].length);
	assert_memory_equal(bytes->data, attached[i].bytes, attached[i].length);
}

static void files_come_back_as_they_were(void **state)
{
	g_autoptr(GPtrArray) contents = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	g_autoptr(outgoing_auto) o = with_files(contents);
	g_autoptr(shop_auto) shop = make_shop_facts("Shop");
	g_autoptr(GBytes) mail = compose_mail(o, contents, shop, NULL);
	g_autofree char *source = g_strndup(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail));
	assert_null(strchr(source, '\r'));
	assert_int_equal(strlen(source), g_bytes_get_size(mail));
	assert_null(strstr(source, "\nBcc"));
	assert_int_equal(count_headers(source, "MIME-Version"), 1);
	assert_non_null(strstr(source, "filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE.jpg"));
	assert_non_null(strstr(source, "filename*=UTF-8''caf%C3%A9.jpg"));
	assert_null(strstr(source, "iso-8859"));
	g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
	for (int i = 0; lines[i]; i++)
		assert_true(strlen(lines[i]) <= 78);
	g_autoptr(GMimeMessage) m = parse(source);
	assert_int_equal(internet_address_list_length(g_mime_message_get_all_recipients(m)), 1);
	GMimeMultipart *all = GMIME_MULTIPART(g_mime_message_get_mime_part(m));
	assert_int_equal(g_mime_multipart_get_count(all), 1 + G_N_ELEMENTS(attached));
	GMimeObject *text = g_mime_multipart_get_part(all, 0);
	assert_true(GMIME_IS_TEXT_PART(text));
	assert_string_equal(g_mime_object_get_content_type_parameter(text, "format"), "flowed");
	g_autofree char *written = g_mime_text_part_get_text(GMIME_TEXT_PART(text));
	assert_non_null(strstr(written, "Hello\n--=_amends_\nRasa"));
	for (gsize i = 0; i < G_N_ELEMENTS(attached); i++)
		expect_part(g_mime_multipart_get_part(all, (int)i + 1), i);
}

static int start(void **state)
{
	g_mime_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_headers_are_those_of_an_answer),
	    cmocka_unit_test(what_is_answered_is_named),
	    cmocka_unit_test(nothing_from_outside_adds_a_header),
	    cmocka_unit_test(an_address_that_is_none_is_refused),
	    cmocka_unit_test(a_shop_without_an_address_sends_nothing),
	    cmocka_unit_test(long_headers_are_folded_and_come_back),
	    cmocka_unit_test(the_text_comes_back_as_it_was_written),
	    cmocka_unit_test(line_ends_and_controls_are_put_right),
	    cmocka_unit_test(files_come_back_as_they_were),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
