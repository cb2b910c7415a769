/* SPDX-License-Identifier: MIT */
/* The language of messages, as short as buyers write them. */
#include "ingest/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	const char *text, *lang; /* NULL: unsure */
} cases[] = {
    /* two words are enough where the words are telling */
    {"Thank you!", "en"},
    {"Where is my order?", "en"},
    {"Bedankt, graag omruilen", "nl"},
    {"Waar is mijn bestelling?", "nl"},
    {"Kur mano užsakymas?", "lt"},
    {"Ačiū, laukiu.", "lt"},
    {"Dov'è il mio ordine?", "it"},
    {"Grazie mille, buongiorno", "it"},
    {"你好", "zh"}, /* the same in both scripts */
    {"好的，收到了", "zh"},
    {"请问什么时候发货？", "zh-Hans"},
    {"請問什麼時候出貨？", "zh-Hant"},
    {"退貨", "zh-Hant"},
    {"退货", "zh-Hans"},
    /* sentences without the commonest words */
    {"Bowl arrived broken, photos attached, replacement wanted", "en"},
    {"Gavau sudužusį dubenį, pridedu nuotraukas, prašyčiau pakeisti", "lt"},
    {"Dubuo sudužo kelyje, pridedu keletą nuotraukų", "lt"},
    {"Pacco arrivato danneggiato, allego foto, chiedo sostituzione", "it"},
    {"Kom kapot aangekomen, foto's bijgevoegd, liever omruilen", "nl"},
    {"De kom is gebroken aangekomen en ik wil graag een nieuwe ontvangen.", "nl"},
    /* Chinese with a product's Latin name and an order number stays Chinese, and the other way round */
    {"我买的 Dune & Kettle 茶壶坏了，订单 DK-20417，请帮我处理一下。", "zh-Hans"},
    {"我買的 Dune & Kettle 茶壺壞了，訂單 DK-20417，請幫我處理。", "zh-Hant"},
    {"Hello, the label says 陶瓷 but I ordered the wooden one. Could you please check what happened to my "
     "order?",
     "en"},
    /* what is quoted doesn't count */
    {"> Laba diena, atsiprašome dėl vėlavimo, siunta jau pakeliui.\n> Tomas\nThank you, I will wait for it "
     "then.",
     "en"},
    {"Ačiū, lauksiu siuntos.\n> Thank you for your order, it is on the way and we will write again.", "lt"},
    /* nothing to go by */
    {"", NULL},
    {"12345 67890", NULL},
    {"OK", NULL},
    {"> only quoted words are here", NULL},
    {"DK-20417", NULL},
    {":-)", NULL},
};

static void languages_are_told_apart(void **state)
{
	int wrong = 0;
	for (guint n = 0; n < G_N_ELEMENTS(cases); n++) {
		const char *got = language_of(cases[n].text);
		if (g_strcmp0(got, cases[n].lang) != 0) {
			print_error("\"%s\": should be %s, is %s\n", cases[n].text,
				    cases[n].lang ? cases[n].lang : "unsure", got ? got : "unsure");
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void odd_bytes_do_no_harm(void **state)
{
	static const char *const odd[] = {"\xff\xfe\xfd", "\xe4\xbd", "a\xe4", "\xc4\x85\xc4"};
	for (guint n = 0; n < G_N_ELEMENTS(odd); n++)
		language_of(odd[n]);
	g_autofree char *huge = g_strnfill(5 * 1024 * 1024, 'x');
	language_of(huge);
}

static gpointer work(gpointer data)
{
	for (int n = 0; n < 200; n++) {
		if (g_strcmp0(language_of("Pacco arrivato danneggiato, allego foto, chiedo sostituzione"),
			      "it") != 0)
			return data;
	}
	return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
	GThread *threads[4];
	for (int n = 0; n < 4; n++)
		threads[n] = g_thread_new("lang", work, &threads[n]);
	for (int n = 0; n < 4; n++)
		assert_null(g_thread_join(threads[n]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(languages_are_told_apart),
	    cmocka_unit_test(odd_bytes_do_no_harm),
	    cmocka_unit_test(threads_do_not_disturb_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
