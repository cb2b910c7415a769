/* SPDX-License-Identifier: MIT */
/* The action table and the columns, without a terminal. */
#include "ui/act_keys.h"
#include "ui/actions.h"
#include "ui/columns.h"
#include "ui/keys.h"
#include "ui/palette.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "domain/banned.h"

#define ALL_NEEDS 0xffff

static const enum place places[] = {PLACE_INBOX, PLACE_CASE, PLACE_WHY,    PLACE_HELP,   PLACE_QUOTE,
				    PLACE_POST,  PLACE_PAGE, PLACE_OUTBOX, PLACE_PICKER, PLACE_COMPOSER};

/* However many rows have a key, it does one thing at one place. */
static void no_key_means_two_things(void **state)
{
	const struct action_row *a, *b;
	for (guint i = 0; (a = action_nth(i)); i++) {
		for (guint n = i + 1; (b = action_nth(n)); n++) {
			if (!(a->places & b->places) || a->action == b->action)
				continue;
			for (guint k = 0; k < G_N_ELEMENTS(a->keys) && a->keys[k]; k++) {
				for (guint m = 0; m < G_N_ELEMENTS(b->keys) && b->keys[m]; m++)
					assert_int_not_equal(a->keys[k], b->keys[m]);
			}
		}
	}
}

static void every_action_can_be_reached_and_read(void **state)
{
	const struct action_row *r;
	for (guint i = 0; (r = action_nth(i)); i++) {
		g_autofree char *keys = action_keys(r);
		assert_true(*keys && *r->id && *r->help && *r->footer && r->places);
		for (gsize p = 0; p < G_N_ELEMENTS(places); p++) {
			if (!(r->places & places[p]))
				continue;
			if (r->keys[0])
				assert_int_equal(action_for_key(r->keys[0], places[p], ALL_NEEDS), r->action);
			assert_int_equal(action_for_name(r->id, places[p], ALL_NEEDS), r->action);
		}
		if (r->needs && r->keys[0])
			assert_int_not_equal(action_for_key(r->keys[0], places[0], 0), r->action);
	}
}

static void footers_fit_and_keep_the_way_out(void **state)
{
	for (gsize p = 0; p < G_N_ELEMENTS(places); p++) {
		const char *out = places[p] == PLACE_INBOX    ? "Esc clear"
				  : places[p] & PLACE_WRITING ? "Esc back"
							      : "q back";
		for (int columns = 0; columns <= 200; columns++) {
			g_autofree char *footer = actions_footer(places[p], ALL_NEEDS, columns);
			assert_true(text_width(footer) <= columns);
			if (columns >= 80)
				assert_non_null(strstr(footer, out));
		}
	}
	/* From the whole inbox q leaves the program, and says so. */
	g_autofree char *whole = actions_footer(PLACE_INBOX, NEED_CASE, 80);
	assert_non_null(strstr(whole, "q quit"));
}

/* The acts are called the same on the screen and in the store, and each can be given. */
static void every_act_has_a_row(void **state)
{
	const struct action_row *r;
	bool seen[N_ACTS] = {[ACT_NOTE] = true}; /* a note is written in the composer */
	for (guint i = 0; (r = action_nth(i)); i++) {
		enum act_type type;
		if (!action_is_act(r->action, &type))
			continue;
		assert_string_equal(r->id, vocab_id(&ACTS, (int)type));
		seen[type] = true;
		guint fields = act_fields(type) & (ACT_TEXT | ACT_DUE | ACT_AMOUNT | ACT_OTHER | ACT_MESSAGE);
		assert_int_equal(act_takes_input(type), fields != 0);
	}
	for (int i = 0; i < N_ACTS; i++)
		assert_true(seen[i]);
}

static const struct {
	const char *typed, *expected; /* what stands in the line when the first choice is taken */
} completions[] = {
    {"snooz", "snooze"},
    {"kind changed", "kind changed-mind"},
    {"kind=changed", "kind=changed-mind"},
    {"snooze tom", "snooze tomorrow 9"},
    {"goods-back re", "goods-back resell"},
    {"merge 1", NULL},
    {"nonsense x", NULL},
};

static void commands_are_completed(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(completions); i++) {
		gsize from;
		const char *typed = completions[i].typed;
		g_autoptr(GPtrArray) found =
		    palette_complete(typed, strlen(typed), &from, PLACE_INBOX, ALL_NEEDS);
		assert_int_equal(found->len > 0, completions[i].expected != NULL);
		if (!found->len)
			continue;
		g_autofree char *whole =
		    g_strdup_printf("%.*s%s", (int)from, typed, (const char *)found->pdata[0]);
		assert_string_equal(whole, completions[i].expected);
	}
}

static const struct {
	const char *typed;
	enum action action;
	gint64 id;
	const char *text;
	bool fault;
} commands[] = {
    {"", ACTION_NONE, 0, NULL, false},
    {"help", ACTION_HELP, 0, NULL, false},
    {"  he ", ACTION_HELP, 0, NULL, false},
    {"open 12", ACTION_OPEN, 12, NULL, false},
    {"open #12", ACTION_OPEN, 12, NULL, false},
    {"o 7", ACTION_OPEN, 7, NULL, false},
    {"open", ACTION_OPEN, 0, NULL, false},
    {"open twelve", ACTION_OPEN, 0, NULL, true},
    {"open 0", ACTION_OPEN, 0, NULL, true},
    {"open 99999999999999999999", ACTION_OPEN, 0, NULL, true},
    {"search late  parcel", ACTION_SEARCH, 0, "late  parcel", false},
    {"pre", ACTION_NONE, 0, NULL, true}, /* previous, preview-down, preview-up */
    {"take", (enum action)(ACTION_ACT + ACT_TAKE), 0, NULL, false},
    {"snooze tomorrow 9", (enum action)(ACTION_ACT + ACT_SNOOZE), 0, "snooze=tomorrow 9", false},
    {"snooze=tomorrow 9", (enum action)(ACTION_ACT + ACT_SNOOZE), 0, "snooze=tomorrow 9", false},
    {"merge 17", (enum action)(ACTION_ACT + ACT_MERGE), 0, "merge=17", false},
    {"note a = b", (enum action)(ACTION_ACT + ACT_NOTE), 0, "note=a = b", false},
    {"view save Late", ACTION_VIEW, 0, "save Late", false},
    {"jump 17", ACTION_JUMP, 0, "17", false},
    {"help me", ACTION_HELP, 0, NULL, true},
    {"\033[31m", ACTION_NONE, 0, NULL, true},
};

static void commands_are_read(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
		struct command c;
		g_autoptr(GError) error = NULL;
		bool ok = palette_parse(commands[i].typed, PLACE_INBOX, ALL_NEEDS, &c, &error);
		assert_int_equal(ok, !commands[i].fault);
		assert_int_equal(error != NULL, commands[i].fault);
		assert_int_equal(c.action, commands[i].action);
		assert_int_equal(c.case_id, commands[i].id);
		assert_int_equal(g_strcmp0(c.text, commands[i].text), 0);
		if (error)
			assert_null(strchr(error->message, '\033'));
		g_free(c.text);
	}
}

/* Rows whose cells are wide, combined, hostile or missing. */
static const struct {
	const char *platform, *buyer, *subject, *lang, *who;
} cells[] = {
    {"eBay", "Harriet Blythe", "Walnut wall clock", "en", "Rasa"},
    {"淘宝网", "王小雨王小雨王小雨", "保温杯保温杯保温杯保温杯保温杯保温杯", "zh-Hans", "林書豪"},
    {"Etsy",
     "z\xcc\x87"
     "z\xcc\x87"
     "z\xcc\x87",
     "Z\xcc\x8c"
     "alias arbatinukas",
     "lt", NULL},
    {"x\tx", "\033[31mred\033[0m",
     "a\nb\r\xe2\x80\xae"
     "c\xff\xfe",
     "\x07", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"},
    {NULL, NULL, NULL, NULL, NULL},
};

static void rows_are_exactly_as_wide_as_the_screen(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	const gint64 now = G_GINT64_CONSTANT(1772625600000),
		     dues[] = {now - 1, now, now + 60000, G_MAXINT64, G_MININT64 / 4};
	for (int columns = 40; columns <= 220; columns++) {
		struct columns c;
		columns_fit(&c, columns, columns % 2 == 0);
		for (gsize i = 0; i < G_N_ELEMENTS(cells) * G_N_ELEMENTS(dues); i++) {
			gsize k = i % G_N_ELEMENTS(cells);
			struct inbox_row row = {.id = 7,
						.due = dues[i / G_N_ELEMENTS(cells)],
						.platform = (char *)cells[k].platform,
						.buyer = (char *)cells[k].buyer,
						.subject = (char *)cells[k].subject,
						.lang = (char *)cells[k].lang,
						.who = (char *)cells[k].who,
						.kind = KIND_NO_REASON_RETURN,
						.status = STATUS_BUYER,
						.value = {.minor = G_MAXINT64, .currency = "EUR"}};
			struct line *l = line_create();
			columns_row(&c, &row, now, zone, l);
			assert_int_equal(text_width(l->text->str), columns);
			assert_int_equal(l->columns, columns);
			assert_true(g_utf8_validate(l->text->str, -1, NULL));
			assert_null(strpbrk(l->text->str, "\033\007\n\r\t"));
			line_destroy(l);
		}
	}
}

/* A word of a fixed set isn't cut while the subject has more room than it needs. */
static void room_goes_to_what_would_be_cut(void **state)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	for (int columns = 120; columns <= 220; columns += 20) {
		struct columns c;
		columns_fit(&c, columns, false);
		for (int kind = 0; kind < N_KINDS; kind++) {
			struct inbox_row row = {.due = 1,
						.platform = (char *)"AliExpress",
						.subject = (char *)"Twenty letters, here",
						.kind = (enum kind)kind,
						.status = STATUS_BUYER};
			struct line *l = line_create();
			columns_row(&c, &row, 0, zone, l);
			assert_non_null(strstr(l->text->str, vocab_title(&KINDS, kind)));
			assert_non_null(strstr(l->text->str, vocab_title(&STATUSES, STATUS_BUYER)));
			assert_true(columns < 140 || strstr(l->text->str, row.platform));
			assert_non_null(strstr(l->text->str, row.subject));
			line_destroy(l);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_key_means_two_things),
	    cmocka_unit_test(every_action_can_be_reached_and_read),
	    cmocka_unit_test(footers_fit_and_keep_the_way_out),
	    cmocka_unit_test(every_act_has_a_row),
	    cmocka_unit_test(commands_are_completed),
	    cmocka_unit_test(commands_are_read),
	    cmocka_unit_test(rows_are_exactly_as_wide_as_the_screen),
	    cmocka_unit_test(room_goes_to_what_would_be_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
