/* SPDX-License-Identifier: MIT */
#include "ingest/flowed.h"
#include "ingest/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	const char *in, *out;
} QUOTES[] = {
    {"", ""},
    {"just a text", "just a text"},
    {"two\nlines", "two\nlines"},
    {"new\n> old", "new\n> old"},
    {"new\n\nOn Mon, 2 Mar 2026 at 10:00, Ann wrote:\n> old\nmore",
     "new\n\n> On Mon, 2 Mar 2026 at 10:00, Ann wrote:\n> old\nmore"},
    {"new\n\nOn 2026-03-02 Ann wrote:\nold\n\nolder", "new\n\n> On 2026-03-02 Ann wrote:\n> old\n>\n> older"},
    {"new\nOn Mon, 2 Mar 2026 at 10:00, Ann Example\n<ann@example.org> wrote:\n\nold",
     "new\n> On Mon, 2 Mar 2026 at 10:00, Ann Example\n> <ann@example.org> wrote:\n>\n> old"},
    {"nieuw\nOp ma 2 mrt 2026 om 10:00 schreef Jan <jan@example.org>:\noud",
     "nieuw\n> Op ma 2 mrt 2026 om 10:00 schreef Jan <jan@example.org>:\n> oud"},
    {"nauja\n2026-03-02 10:00, Ona <ona@example.org> rašė:\nsena",
     "nauja\n> 2026-03-02 10:00, Ona <ona@example.org> rašė:\n> sena"},
    {"nuovo\nIl giorno lun 2 mar 2026 alle ore 10:00 Ada ha scritto:\nvecchio",
     "nuovo\n> Il giorno lun 2 mar 2026 alle ore 10:00 Ada ha scritto:\n> vecchio"},
    {"新\n在 2026年3月2日 10:00，王伟 写道：\n旧", "新\n> 在 2026年3月2日 10:00，王伟 写道：\n> 旧"},
    {"新\n王小明 <wang@example.org> 於 2026年3月2日 寫道：\n舊",
     "新\n> 王小明 <wang@example.org> 於 2026年3月2日 寫道：\n> 舊"},
    {"new\n-----Original Message-----\nold", "new\n> -----Original Message-----\n> old"},
    {"nieuw\n-----Oorspronkelijk bericht-----\noud", "nieuw\n> -----Oorspronkelijk bericht-----\n> oud"},
    {"nuovo\n-----Messaggio originale-----\nvecchio", "nuovo\n> -----Messaggio originale-----\n> vecchio"},
    {"新\n------------------ 原始邮件 ------------------\n旧",
     "新\n> ------------------ 原始邮件 ------------------\n> 旧"},
    {"new\nFrom: a@example.org\nSent: Monday\nTo: b@example.org\nSubject: x\n\nold",
     "new\n> From: a@example.org\n> Sent: Monday\n> To: b@example.org\n> Subject: x\n>\n> old"},
    {"nieuw\nVan: a\nVerzonden: maandag\nAan: b\nOnderwerp: x\noud",
     "nieuw\n> Van: a\n> Verzonden: maandag\n> Aan: b\n> Onderwerp: x\n> oud"},
    {"nuovo\nDa: a\nInviato: lunedì\nA: b\nOggetto: x\nvecchio",
     "nuovo\n> Da: a\n> Inviato: lunedì\n> A: b\n> Oggetto: x\n> vecchio"},
    {"新\n发件人: a\n发送时间: b\n收件人: c\n主题: d\n旧",
     "新\n> 发件人: a\n> 发送时间: b\n> 收件人: c\n> 主题: d\n> 旧"},
    /* Not history. */
    {"On Monday I wrote:\nplease answer", "On Monday I wrote:\nplease answer"},
    {"As you wrote:\nit is broken", "As you wrote:\nit is broken"},
    {"From: the left side\nit is scratched", "From: the left side\nit is scratched"},
    {"---- Begin message ----\ntext\n---- End message ----",
     "---- Begin message ----\ntext\n---- End message ----"},
    {"Op 2 maart kwam het pakket:\nkapot", "Op 2 maart kwam het pakket:\nkapot"},
    /* Nothing but history is the message. */
    {"-----Original Message-----\nFrom: a@example.org\nforwarded",
     "-----Original Message-----\nFrom: a@example.org\nforwarded"},
};

static void history_is_marked(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(QUOTES); i++) {
		g_autofree char *out = quote_mark(QUOTES[i].in);
		if (strcmp(out, QUOTES[i].out) != 0)
			fail_msg("%s\ngave:\n%s", QUOTES[i].in, out);
		g_autofree char *again = quote_mark(out);
		assert_string_equal(again, out);
	}
}

static const struct {
	const char *in;
	bool delsp;
	const char *out;
} FLOWS[] = {
    {"", false, ""},
    {"one \ntwo\nthree", false, "one two\nthree"},
    {"退 \n货\n", true, "退货\n"},
    {">quoted \n>more\nmine", false, "> quoted more\nmine"},
    {">> a \n> b", false, "> > a \n> b"},
    {" From stuffed\n >no quote", false, "From stuffed\n>no quote"},
    {"end\n-- \nname \nlast", false, "end\n-- \nname last"},
};

static void flowed_lines_join(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(FLOWS); i++) {
		g_autofree char *out = flowed_join(FLOWS[i].in, FLOWS[i].delsp);
		if (strcmp(out, FLOWS[i].out) != 0)
			fail_msg("%s\ngave:\n%s", FLOWS[i].in, out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(history_is_marked),
	    cmocka_unit_test(flowed_lines_join),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
