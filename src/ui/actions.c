/* SPDX-License-Identifier: MIT */
#include "ui/actions.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "ui/keys.h"

#include <string.h>

#include "domain/banned.h"

static const struct {
	int key;
	const char *name;
} names[] = {
    {UI_TAB, "Tab"},   {UI_ENTER, "Enter"},    {UI_ESCAPE, "Esc"},         {UI_UP, "Up"},
    {UI_DOWN, "Down"}, {UI_LEFT, "Left"},      {UI_RIGHT, "Right"},        {UI_HOME, "Home"},
    {UI_END, "End"},   {UI_PAGE_UP, "PageUp"}, {UI_PAGE_DOWN, "PageDown"}, {UI_BACK_TAB, "Shift-Tab"},
    {' ', "Space"},
};

bool action_works(const struct action_row *row, enum place place, guint can)
{
	return (row->places & place) && (row->needs & can) == row->needs;
}

int action_movement(enum action a, int page, int all)
{
	return a == ACTION_DOWN        ? 1
	       : a == ACTION_UP        ? -1
	       : a == ACTION_PAGE_DOWN ? page
	       : a == ACTION_PAGE_UP   ? -page
	       : a == ACTION_FIRST     ? -all
	       : a == ACTION_LAST      ? all
				       : 0;
}

enum action action_for_key(int key, enum place place, guint can)
{
	const struct action_row *r;
	for (guint i = 0; (r = action_nth(i)); i++) {
		if (!action_works(r, place, can))
			continue;
		for (guint k = 0; k < G_N_ELEMENTS(r->keys) && r->keys[k]; k++) {
			if (r->keys[k] == key)
				return r->action;
		}
	}
	return ACTION_NONE;
}

enum action action_for_name(const char *name, enum place place, guint can)
{
	enum action found = ACTION_NONE;
	guint hits = 0;
	const struct action_row *r;
	for (guint i = 0; *name && (r = action_nth(i)); i++) {
		if (!action_works(r, place, can) || !g_str_has_prefix(r->id, name))
			continue;
		if (g_str_equal(r->id, name))
			return r->action;
		hits += r->action != found;
		found = r->action;
	}
	return hits == 1 ? found : ACTION_NONE;
}

static void add_key_name(GString *out, int key)
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (names[i].key == key) {
			g_string_append(out, names[i].name);
			return;
		}
	}
	if (key < ' ')
		g_string_append_printf(out, "^%c", key + '@');
	else
		g_string_append_unichar(out, (gunichar)key);
}

/* Where the digits end that follow each other from `k` on: "1-9" is shown, not each. */
static guint run_of_digits(const int *keys, guint k, guint n)
{
	while (k + 1 < n && keys[k] >= '1' && keys[k] < '9' && keys[k + 1] == keys[k] + 1)
		k++;
	return k;
}

char *action_keys(const struct action_row *row)
{
	GString *out = g_string_new(NULL);
	guint n = 0;
	while (n < G_N_ELEMENTS(row->keys) && row->keys[n])
		n++;
	if (!n)
		g_string_printf(out, ":%s", row->id);
	for (guint k = 0; k < n; k++) {
		if (k)
			g_string_append_c(out, ' ');
		guint last = run_of_digits(row->keys, k, n);
		add_key_name(out, row->keys[k]);
		if (last - k > 1) {
			g_string_append_c(out, '-');
			add_key_name(out, row->keys[k = last]);
		}
	}
	return g_string_free(out, FALSE);
}

/* The row that comes next in the footer after `rank`, or NULL. */
static const struct action_row *next_in_footer(enum place place, guint can, int rank)
{
	const struct action_row *best = NULL, *r;
	for (guint i = 0; (r = action_nth(i)); i++) {
		if (r->rank > rank && action_works(r, place, can) && (!best || r->rank < best->rank))
			best = r;
	}
	return best;
}

char *actions_footer(enum place place, guint can, int columns)
{
	GString *out = g_string_new(NULL);
	int used = 0;
	const struct action_row *r;
	for (int rank = 0; (r = next_in_footer(place, can, rank)); rank = r->rank) {
		g_autoptr(GString) item = g_string_new(used ? "  " : " ");
		add_key_name(item, r->keys[0]);
		g_string_append_printf(item, " %s", _(r->footer));
		int width = text_width(item->str);
		if (used + width > columns)
			continue;
		g_string_append(out, item->str);
		used += width;
	}
	return g_string_free(out, FALSE);
}
