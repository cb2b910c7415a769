/* SPDX-License-Identifier: MIT */
#include "ui/desk.h"

#include "domain/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {40, 120}};

/* The column at which each list row says "new" is the same, whatever scripts stand before it. */
static void assert_columns_straight(struct pty *p, int first, int last)
{
	int want = -1;
	for (int row = first; row <= last; row++) {
		g_autofree char *text = pty_row(p, row);
		const char *at = g_strrstr(text, "new");
		assert_non_null(at);
		g_autofree char *before = g_strndup(text, (gsize)(at - text));
		int column = text_width(before);
		if (want < 0)
			want = column;
		assert_int_equal(column, want);
	}
}

static void shows_cases_by_deadline(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pty *p = desk_start(*state, sizes[i].rows, sizes[i].cols, NULL);
		assert_true(pty_wait_text(p, "Walnut wall clock  ["));
		assert_true(pty_wait_row(p, 0, "2 overdue  6 today  24 open"));
		/* Which clock bites, whose it is, and what is lost (N2). */
		assert_true(
		    pty_wait_text(p, "Answer the buyer (platform clock). If missed: The platform decides"));
		assert_int_equal(desk_cursor(p), 3);
		assert_true(pty_wait_row(p, 3, ">!overdue 3h"));
		assert_true(pty_wait_row(p, 4, " !overdue 41m"));
		assert_true(pty_wait_row(p, 5, "  12m"));
		assert_true(pty_wait_row(p, 5, "Živilė"));
		assert_true(pty_wait_row(p, 6, "王小雨"));
		assert_true(pty_wait_row(p, 6, "保温杯 500ml"));
		assert_true(pty_wait_row(p, 7, "林書豪"));
		assert_true(pty_wait_row(p, 7, "藍牙耳機"));
		assert_true(pty_wait_row(p, 8, "2h 10m"));
		desk_settle(p);
		assert_columns_straight(p, 3, 9);
		desk_quit(p);
	}
}

static void wide_terminal_shows_language_and_preview(void **state)
{
	struct pty *p = desk_start(*state, 40, 120, NULL);
	assert_true(pty_wait_row(p, 6, "zh-Hans"));
	assert_true(pty_wait_row(p, 7, "zh-Hant"));
	assert_true(pty_wait_text(p, "│ The glass is cracked right across the dial."));
	pty_send(p, "jj");
	assert_true(pty_wait_text(p, "│ Gavau mėlyną staltiesę, o užsakiau žalią."));
	pty_send(p, "j");
	assert_true(pty_wait_text(p, "│ 杯子漏水，我要退货退款。"));
	pty_send(p, "j");
	assert_true(pty_wait_text(p, "│ 耳機右邊沒有聲音，請問可以退貨嗎？"));
	desk_quit(p);
}

/* Keys and where they lead in a list of 1,000 cases "Parcel 000000" ... "Parcel 000999". */
static const struct {
	const char *keys, *on;
} moves[] = {
    {"", "Parcel 000000"},       {"j", "Parcel 000001"},
    {"\033[B", "Parcel 000002"}, {"k", "Parcel 000001"},
    {"G", "Parcel 000999"},      {"j", "Parcel 000999"},
    {"k", "Parcel 000998"},      {"\033[H", "Parcel 000000"},
    {"k", "Parcel 000000"},      {"\033[6~", "Parcel 000010"},
    {"\006", "Parcel 000020"},   {"\033[5~", "Parcel 000010"},
    {"\033[F", "Parcel 000999"}, {"\033[5~", "Parcel 000989"},
    {"\033[H", "Parcel 000000"}, {"jjjjjjjjjjjjjjjjjjjj", "Parcel 000020"},
    {"n", "Parcel 000021"},      {"N", "Parcel 000020"},
};

static void cursor_goes_anywhere(void **state)
{
	make_many(*state, 1000, NOW);
	struct pty *p = desk_start(*state, 24, 120, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(moves); i++) {
		pty_send(p, moves[i].keys);
		assert_true(desk_wait_cursor(p, moves[i].on));
	}
	/* The whole way down and up again by pages: no row is skipped or shown twice. */
	for (int i = 30; i < 1000; i += 10) {
		g_autofree char *on = g_strdup_printf("Parcel %06d", i);
		pty_send(p, "\006");
		assert_true(desk_wait_cursor(p, on));
	}
	for (int i = 980; i > 0; i -= 10) {
		g_autofree char *on = g_strdup_printf("Parcel %06d", i);
		pty_send(p, "\033[5~");
		assert_true(desk_wait_cursor(p, on));
	}
	desk_quit(p);
}

static void rows_follow_each_other(void **state)
{
	make_many(*state, 400, NOW);
	struct pty *p = desk_start(*state, 24, 120, NULL);
	assert_true(desk_wait_cursor(p, "Parcel 000000"));
	pty_send(p, "G");
	assert_true(desk_wait_cursor(p, "Parcel 000399"));
	pty_send(p, "\033[5~\033[5~\033[5~");
	assert_true(desk_wait_cursor(p, "Parcel 000369"));
	desk_settle(p);
	for (int row = 3, first = -1; row < 13; row++) {
		g_autofree char *text = pty_row(p, row);
		const char *at = strstr(text, "Parcel ");
		assert_non_null(at);
		int n = (int)g_ascii_strtoll(at + strlen("Parcel "), NULL, 10);
		if (first < 0)
			first = n - row;
		assert_int_equal(n - row, first);
	}
	desk_quit(p);
}

static void others_changes_appear_and_the_cursor_stays(void **state)
{
	struct pty *p = desk_start(*state, 24, 120, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "jj");
	assert_true(desk_wait_cursor(p, "Živilė"));
	make_ingest(*state, &(struct mail_facts){.platform = "ebay",
						 .trigger = TRIGGER_RETURN_REQUEST,
						 .alias = "u@example.org",
						 .name = "Ursula Quick",
						 .subject = "Most urgent",
						 .item = "Most urgent",
						 .sent = NOW - A_MINUTE,
						 .stated_due = NOW - 999 * A_MINUTE});
	assert_true(pty_wait_row(p, 3, "Most urgent"));
	assert_true(pty_wait_row(p, 0, "3 overdue  6 today  25 open"));
	assert_true(desk_wait_cursor(p, "Živilė"));
	assert_int_equal(desk_cursor(p), 6);
	desk_quit(p);
}

static void countdown_ticks_by_itself(void **state)
{
	/* Two seconds before "12m" becomes "11m". */
	struct pty *p = desk_start_script(*state, 24, 80, NULL, "exec \"$AMENDS\"", NOW - 2000);
	assert_true(pty_wait_row(p, 5, "  11m"));
	desk_quit(p);
}

static void a_cursor_key_costs_few_bytes(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		/* Fourteen rows: no preview. */
		struct pty *p = desk_start(*state, 14, sizes[i].cols, NULL);
		assert_true(desk_wait_cursor(p, "Harriet"));
		desk_settle(p);
		for (int n = 1; n < 20; n++) {
			static const char *const names[] = {"Harriet", "Joris",  "Živilė", "王小雨",
							    "林書豪",  "Giulia", "Oliver", "Marloes"};
			gsize before = pty_bytes(p);
			pty_send(p, "j");
			assert_true(desk_wait_cursor(p, names[n % 8]));
			assert_in_range(pty_bytes(p) - before, 1, 400);
		}
		desk_quit(p);
	}
}

static void mouse_points_scrolls_and_opens(void **state)
{
	struct pty *p = desk_start(*state, 24, 120, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "\033[<0;20;7M\033[<0;20;7m"); /* click on row 6, counted from 0 */
	assert_true(desk_wait_cursor(p, "王小雨"));
	pty_send(p, "\033[<65;20;7M"); /* wheel down */
	assert_true(pty_wait_row(p, 3, "王小雨"));
	pty_send(p, "\033[<64;20;7M");
	assert_true(pty_wait_row(p, 3, "Harriet"));
	assert_true(desk_wait_cursor(p, "王小雨"));
	pty_send(p, "\033[<0;20;7M\033[<0;20;7m");
	assert_true(pty_wait_text(p, "Clocks"));
	desk_quit(p);
}

static void help_lists_only_keys_that_work(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "?");
	assert_true(pty_wait_text(p, "how the due time came about"));
	desk_settle(p);
	assert_true(pty_find(p, "show or fold quoted lines", NULL) < 0);
	pty_send(p, "q");
	assert_true(desk_wait_cursor(p, "Harriet"));
	desk_quit(p);
}

static void empty_desk_says_what_to_do(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(pty_wait_text(p, "amends import PATH"));
	pty_send(p, "jkG\r wn");
	pty_send(p, "?");
	assert_true(pty_wait_text(p, "leave amends"));
	desk_settle(p);
	assert_true(pty_find(p, "open the selected case", NULL) < 0);
	desk_quit(p);
}

static void why_tells_how_a_due_time_came_about(void **state)
{
	struct pty *p = desk_start(*state, 24, 80, NULL);
	assert_true(desk_wait_cursor(p, "Harriet"));
	pty_send(p, "w");
	assert_true(pty_wait_text(p, "Answer the buyer"));
	assert_true(pty_wait_text(p, "by the date in the mail"));
	assert_true(pty_wait_text(p, "The platform decides without us."));
	pty_send(p, "q");
	assert_true(desk_wait_cursor(p, "Harriet"));
	desk_quit(p);
}

#define ON_SHOP(name) cmocka_unit_test_setup_teardown(name, desk_setup_shop, desk_teardown)
#define ON_EMPTY(name) cmocka_unit_test_setup_teardown(name, desk_setup_empty, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_SHOP(shows_cases_by_deadline),
	    ON_SHOP(wide_terminal_shows_language_and_preview),
	    ON_EMPTY(cursor_goes_anywhere),
	    ON_EMPTY(rows_follow_each_other),
	    ON_SHOP(others_changes_appear_and_the_cursor_stays),
	    ON_SHOP(countdown_ticks_by_itself),
	    ON_SHOP(a_cursor_key_costs_few_bytes),
	    ON_SHOP(mouse_points_scrolls_and_opens),
	    ON_SHOP(help_lists_only_keys_that_work),
	    ON_EMPTY(empty_desk_says_what_to_do),
	    ON_SHOP(why_tells_how_a_due_time_came_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
