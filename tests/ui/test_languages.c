/* SPDX-License-Identifier: MIT */
/* The desk in the languages of its staff: the frame of the screen is theirs, and fits. */
#include "ui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	const char *language, *header, *due, *footer, *pane, *clock;
} rows[] = {
    {"nl", "te laat", "Termijn", "r antwoord", "Klokken", "Koper antwoorden"},
    {"lt", "vėluoja", "Iki", "r atsakymas", "Laikrodžiai", "Atsakyti pirkėjui"},
    {"zh_CN", "超时", "到期", "r 回复", "计时", "答复买家"},
    {"zh_TW", "逾時", "到期", "r 回覆", "計時", "答覆買家"},
    {"it", "scaduti", "Scade", "r risposta", "Termini", "Rispondere"},
};

static void the_frame_is_in_the_persons_language(void **state)
{
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *language = g_strconcat("LANGUAGE=", rows[n].language, NULL);
		const char *const env[] = {language, NULL};
		struct pty *p = desk_start(*state, 60, 80, env);
		assert_true(desk_wait_cursor(p, "Harriet"));
		if (!pty_wait_row(p, 0, rows[n].header) || !pty_wait_row(p, 2, rows[n].due) ||
		    !pty_wait_row(p, 59, rows[n].footer))
			fail_msg("%s: %s", rows[n].language, pty_row(p, 0));
		pty_send(p, "\r");
		assert_true(pty_wait_text(p, rows[n].pane));
		/* The mail was read in by somebody who has the desk in English. */
		assert_true(pty_wait_text(p, rows[n].clock));
		pty_send(p, "q");
		assert_true(desk_wait_cursor(p, "Harriet"));
		/* What a person types stays the same in each. */
		pty_send(p, "/lang:lt\r");
		assert_true(desk_wait_cursor(p, "Živilė"));
		pty_send(p, "q");
		assert_true(desk_wait_cursor(p, "Harriet"));
		desk_quit(p);
	}
}

static void a_small_screen_holds_it_too(void **state)
{
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *language = g_strconcat("LANGUAGE=", rows[n].language, NULL);
		const char *const env[] = {language, NULL};
		struct pty *p = desk_start(*state, 10, 40, env);
		assert_true(desk_wait_cursor(p, "Harriet"));
		assert_true(pty_wait_row(p, 9, rows[n].footer));
		desk_quit(p);
	}
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(the_frame_is_in_the_persons_language),
	    ON_SHOP(a_small_screen_holds_it_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
