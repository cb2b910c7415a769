/* SPDX-License-Identifier: MIT */
/* Recognition by the shipped rules: whole mails in, and what became of them. */
#include "ingest/platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define SENT G_GINT64_CONSTANT(1785405600000) /* Thu 30 Jul 2026, 10:00 UTC */

/* NULL in the expected columns: not asked; "": nothing. `head`: more header lines, each with its "\n". */
static const struct row {
	const char *from, *to, *head, *subject, *body;
	const char *platform;
	enum trigger trigger;
	enum side side;
	const char *alias, *order;
	enum kind kind;
	bool automatic, unknown;
} rows[] = {
    /* domains: exact or a sub-domain, never a mere ending or beginning */
    {"x@members.ebay.co.uk", "", "", "Re: bowl", "hi", "ebay", TRIGGER_BUYER_MESSAGE, SIDE_BUYER, "x", "", 0,
     false, false},
    {"x@EBAY.CO.UK", "", "", "Refund issued", "", "ebay", TRIGGER_REFUND_ISSUED, SIDE_PLATFORM, NULL, "", 0,
     false, false},
    {"k3v9x0q2m7b1tz@marketplace.amazon.it", "", "", "ciao", "x", "amazon", TRIGGER_BUYER_MESSAGE, SIDE_BUYER,
     "k3v9x0q2m7b1tz", "", 0, false, false},
    {"k3v9x0q2m7b1tz@marketplace.amazon.it.evil.example", "", "", "ciao", "x", "mail", TRIGGER_BUYER_MESSAGE,
     SIDE_BUYER, "k3v9x0q2m7b1tz@marketplace.amazon.it.evil.example", "", 0, false, false},
    {"a@notebay.co.uk", "", "", "Return request", "x", "mail", TRIGGER_BUYER_MESSAGE, SIDE_BUYER,
     "a@notebay.co.uk", "", 0, false, false},
    {"a@ebay.co.uk.test", "", "", "Return request", "x", "mail", TRIGGER_BUYER_MESSAGE, SIDE_BUYER, NULL, "",
     0, false, false},
    /* a header that only Amazon uses names it, but not where the sender imitates it */
    {"relay@forwarder.example", "", "X-Space-Notification-Type: REFUND_ISSUED\n", "Refund", "", "amazon",
     TRIGGER_REFUND_ISSUED, SIDE_PLATFORM, NULL, "", 0, false, false},
    {"a@amazon.it.evil.example", "", "X-Space-Notification-Type: REFUND_ISSUED\n", "Refund", "", "mail",
     TRIGGER_BUYER_MESSAGE, SIDE_BUYER, NULL, "", 0, false, false},
    /* the header beats the subject */
    {"order-update@amazon.it", "", "X-Space-Notification-Type: A_Z_CLAIM_RESPONDENT_NOTIFY\n",
     "Richiesta di reso", "", "amazon", TRIGGER_CLAIM_OPENED, SIDE_PLATFORM, NULL, "", KIND_CLAIM, false,
     false},
    /* the subject's order number beats the body's */
    {"k3v9x0q2m7b1tz@marketplace.amazon.it", "", "", "Ordine 403-1111111-1111111",
     "come l'ordine 403-2222222-2222222", "amazon", TRIGGER_BUYER_MESSAGE, SIDE_BUYER, NULL,
     "403-1111111-1111111", 0, false, false},
    {"x@members.ebay.de", "", "", "Hi", "order 1234567890123-987654321", "ebay", TRIGGER_BUYER_MESSAGE,
     SIDE_BUYER, NULL, "1234567890123-987654321", 0, false, false},
    /* Amazon's aliases: the part after + changes, business buyers share one address */
    {"k3v9x0q2m7b1tz+9f-3a@marketplace.amazon.de", "", "", "x", "x", "amazon", TRIGGER_BUYER_MESSAGE,
     SIDE_BUYER, "k3v9x0q2m7b1tz", "", 0, false, false},
    {"no-reply-amazon-iba-buyer@marketplace.amazon.de", "", "", "x", "x", "amazon", TRIGGER_BUYER_MESSAGE,
     SIDE_BUYER, "", "", 0, false, false},
    /* our own mail: the buyer is whom it goes to */
    {"desk@shop.example", "k3v9x0q2m7b1tz@marketplace.amazon.it", "", "Re: x", "Hello", "amazon",
     TRIGGER_OUR_MESSAGE, SIDE_US, "k3v9x0q2m7b1tz", "", 0, false, false},
    {"Mira@Shop.Example", "ann@buyer.example", "", "Re: x", "Hello", "mail", TRIGGER_OUR_MESSAGE, SIDE_US,
     "ann@buyer.example", "", 0, false, false},
    {"me@other.example", "ann@buyer.example", "", "Re: x", "Hello", "mail", TRIGGER_BUYER_MESSAGE, SIDE_BUYER,
     "me@other.example", "", 0, false, false},
    {"desk@shop.example", "ann@buyer.example", "Auto-Submitted: auto-replied\n", "Re: x", "We got it", "mail",
     TRIGGER_NONE, SIDE_US, NULL, "", 0, true, false},
    /* automatic mail moves nothing, but a notice that a rule knows does, however the platform marks it */
    {"ann@buyer.example", "", "Auto-Submitted: auto-replied\n", "Out of office", "Back on Monday", "mail",
     TRIGGER_NONE, SIDE_BUYER, "ann@buyer.example", "", 0, true, false},
    {"k3v9x0q2m7b1tz@marketplace.amazon.it", "", "Auto-Submitted: auto-replied\n", "Away", "x", "amazon",
     TRIGGER_NONE, SIDE_BUYER, NULL, "", 0, true, false},
    {"atoz-guarantee-no-reply@amazon.com", "", "Auto-Submitted: auto-generated\n",
     "Action required: Claim received on order 026-1111111-1111111", "", "amazon", TRIGGER_CLAIM_OPENED,
     SIDE_PLATFORM, NULL, "026-1111111-1111111", KIND_CLAIM, false, false},
    {"order-update@amazon.com", "",
     "X-AMAZON-MAIL-RELAY-TYPE: NOTIFICATION\nAuto-Submitted: auto-generated\n",
     "Refund initiated for order 026-1111111-1111111", "", "amazon", TRIGGER_NONE, SIDE_PLATFORM, NULL,
     "026-1111111-1111111", 0, true, false},
    {"auto-communication@amazon.com", "", "", "Your listing", "", "amazon", TRIGGER_NONE, SIDE_PLATFORM, NULL,
     "", 0, true, false},
    /* a platform's mail that no rule knows is flagged; one that states a date wants something */
    {"x@ebay.co.uk", "", "", "Wholly new template", "", "ebay", TRIGGER_NONE, SIDE_PLATFORM, NULL, "", 0,
     false, true},
    {"x@ebay.co.uk", "", "", "Wholly new template", "Please act by Aug 04, 2026.", "ebay", TRIGGER_CLAIM_INFO,
     SIDE_PLATFORM, NULL, "", 0, false, true},
    /* kinds by the buyer's words */
    {"a@b.example", "", "", "Order DK-20417", "The lid is missing and one part is missing too", "mail",
     TRIGGER_BUYER_MESSAGE, SIDE_BUYER, NULL, "DK-20417", KIND_MISSING_PART, false, false},
    {"a@b.example", "", "", "x", "Could this be sent to Malta?", "mail", TRIGGER_BUYER_MESSAGE, SIDE_BUYER,
     NULL, "", KIND_QUESTION, false, false},
    {"a@b.example", "", "", "x", "收到的碗摔坏了", "mail", TRIGGER_BUYER_MESSAGE, SIDE_BUYER, NULL, "",
     KIND_DAMAGED, false, false},
    {"a@b.example", "", "", "x", "收到的碗摔壞了", "mail", TRIGGER_BUYER_MESSAGE, SIDE_BUYER, NULL, "",
     KIND_DAMAGED, false, false},
};

static int set_up(void **state)
{
	static const char *const own[] = {"desk@shop.example", "@Shop.example", NULL};
	g_autoptr(GError) error = NULL;
	struct platforms *p = platforms_load(&error);
	if (!p) {
		print_error("%s\n", error->message);
		return -1;
	}
	platforms_set_own(p, own);
	mail_init();
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	platforms_destroy(*state);
	return 0;
}

static struct mail *read_mail(const char *from, const char *to, const char *head, const char *subject,
			      const char *body)
{
	g_autofree char *text = g_strdup_printf(
	    "From: %s\nTo: %s\nSubject: %s\nMessage-ID: <1@test.example>\n%sMIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\n\n%s\n",
	    from, *to ? to : "desk@shop.example", subject, head, body);
	g_autoptr(GBytes) source = g_bytes_new(text, strlen(text));
	return mail_read(source, SENT, NULL);
}

static int differs(guint row, const char *what, const char *want, const char *got)
{
	if (!want || g_strcmp0(want, got ? got : "") == 0)
		return 0;
	print_error("row %u (%s): %s should be \"%s\", is \"%s\"\n", row, rows[row].from, what, want,
		    got ? got : "");
	return 1;
}

static void mails_are_recognised(void **state)
{
	int wrong = 0;
	for (guint n = 0; n < G_N_ELEMENTS(rows); n++) {
		const struct row *r = &rows[n];
		g_autoptr(mail_auto) m = read_mail(r->from, r->to, r->head, r->subject, r->body);
		platform_recognise(*state, m);
		const struct incoming *in = m->in;
		wrong += differs(n, "platform", r->platform, in->platform);
		wrong += differs(n, "trigger", vocab_id(&TRIGGERS, (int)r->trigger),
				 vocab_id(&TRIGGERS, (int)in->trigger));
		wrong += differs(n, "side", vocab_id(&SIDES, (int)r->side), vocab_id(&SIDES, (int)in->side));
		wrong +=
		    differs(n, "alias", r->alias, in->alias) + differs(n, "order", r->order, in->order_no);
		wrong += differs(n, "kind", r->kind ? vocab_id(&KINDS, (int)r->kind) : NULL,
				 vocab_id(&KINDS, (int)in->kind));
		wrong += differs(n, "automatic", r->automatic ? "yes" : "no", in->automatic ? "yes" : "no");
		wrong +=
		    differs(n, "unknown", r->unknown ? "yes" : "no", in->flaws & FLAW_UNKNOWN ? "yes" : "no");
	}
	assert_int_equal(wrong, 0);
}

/* KIND_OTHER is 0 in the table above and so not asked there. */
static void words_that_say_nothing_are_other(void **state)
{
	static const char *const bodies[] = {"> the bowl is broken\nThat is all.",
					     "It isn't brokenhearted to say hello", "Hello."};
	for (guint n = 0; n < G_N_ELEMENTS(bodies); n++) {
		g_autoptr(mail_auto) m = read_mail("a@b.example", "", "", "x", bodies[n]);
		platform_recognise(*state, m);
		assert_int_equal(m->in->kind, KIND_OTHER);
	}
}

static void a_buyers_date_is_no_clock(void **state)
{
	static const char *const frames = "New message from: nora (4)\n\nI need it by Aug 02, 2026, for a "
					  "birthday.\n\nReply\nOrder: 04-11223-44556\n";
	g_autoptr(mail_auto) m = read_mail("nora_1@members.ebay.co.uk", "", "",
					   "nora sent a message about Bowl #123456789012", frames);
	platform_recognise(*state, m);
	assert_int_equal(m->in->stated_due, 0);
	assert_string_equal(m->in->text, "I need it by Aug 02, 2026, for a birthday.");
	assert_non_null(strstr(m->in->whole, "New message from"));
	assert_string_equal(m->in->order_no, "04-11223-44556");
	assert_string_equal(m->in->alias, "nora");
}

/* Where answers go, if not to the sender. */
static void a_reply_address_is_taken_from_plain_mail(void **state)
{
	static const struct {
		const char *from, *reply, *taken, *alias; /* NULL: the sender's counts; not looked at */
	} mails[] = {
	    {"paul@buyer.example", "Paul <paul.other@buyer.example>", "paul.other@buyer.example",
	     "paul@buyer.example"},
	    {"noreply@forms.example", "ann@buyer.example", "ann@buyer.example", "ann@buyer.example"},
	    {"web@forms.example", "Ann@buyer.example", "ann@buyer.example", "ann@buyer.example"},
	    {"paul@buyer.example", "PAUL@buyer.example", NULL, NULL},
	    {"paul@buyer.example", "", NULL, NULL},
	    {"paul@buyer.example", "no address", NULL, NULL},
	    {"paul@buyer.example", "\"x y\"@buyer.example", NULL, NULL},
	    {"paul@buyer.example", "desk@shop.example", NULL, NULL},                   /* ours */
	    {"paul@buyer.example", "k3v9x0q2@marketplace.amazon.it", NULL, NULL},      /* a relay's */
	    {"k3v9x0q2m7b1tz@marketplace.amazon.it", "ann@buyer.example", NULL, NULL}, /* through a relay */
	    {"desk@shop.example", "ann@buyer.example", NULL, NULL},                    /* our own mail */
	};
	for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autofree char *head = g_strdup_printf("Reply-To: %s\n", mails[i].reply);
		g_autoptr(mail_auto) m = read_mail(mails[i].from, "", head, "x", "hi");
		platform_recognise(*state, m);
		if (g_strcmp0(m->in->reply_to, mails[i].taken) != 0)
			fail_msg("%zu: %s", i, m->in->reply_to ? m->in->reply_to : "none");
		if (mails[i].alias)
			assert_string_equal(m->in->alias, mails[i].alias);
	}
}

static void our_promise_is_stated(void **state)
{
	g_autoptr(mail_auto) m =
	    read_mail("desk@shop.example", "ann@buyer.example", "Date: Thu, 30 Jul 2026 10:00:00 +0000\n",
		      "Re: bowl", "We will write to you again within 24 hours.");
	platform_recognise(*state, m);
	assert_int_equal(m->in->stated_due, SENT + 24 * G_GINT64_CONSTANT(3600000));
	assert_string_equal(m->in->stated, "within 24 hours");
	g_autoptr(mail_auto) theirs =
	    read_mail("ann@buyer.example", "", "", "bowl", "I will be home within 24 hours.");
	platform_recognise(*state, theirs);
	assert_int_equal(theirs->in->stated_due, 0);
}

/* A pattern may not hold up the mail: long runs of what patterns look for, and a body far over the limit. */
static void hostile_text_is_read_all_the_same(void **state)
{
	static const char *const pieces[] = {
	    "Message:\n", "order ",  "Reply\n\n", "by Aug ",
	    "a",          "Order #", "退款",      "---- Begin message ----\n"};
	for (guint n = 0; n < G_N_ELEMENTS(pieces); n++) {
		g_autoptr(GString) body = g_string_new(NULL);
		while (body->len < 300000)
			g_string_append(body, pieces[n]);
		g_autoptr(mail_auto) m = read_mail("x@ebay.co.uk", "", "", "hm", body->str);
		platform_recognise(*state, m);
		assert_string_equal(m->in->platform, "ebay");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(mails_are_recognised),
	    cmocka_unit_test(words_that_say_nothing_are_other),
	    cmocka_unit_test(a_buyers_date_is_no_clock),
	    cmocka_unit_test(our_promise_is_stated),
	    cmocka_unit_test(a_reply_address_is_taken_from_plain_mail),
	    cmocka_unit_test(hostile_text_is_read_all_the_same),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
