/* SPDX-License-Identifier: MIT */
#include "ui/actions.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "ui/act_keys.h"
#include "ui/keys.h"

#include <string.h>

#include "domain/banned.h"

#define IN_LISTS PLACE_ANY
static const struct action_row rows[] = {
    {ACTION_OPEN,
     "open",
     {UI_ENTER, UI_RIGHT},
     PLACE_INBOX,
     NEED_CASE,
     1,
     N_("open"),
     N_("open the selected case")},
    {ACTION_OPEN,
     "open",
     {UI_ENTER, UI_RIGHT},
     PLACE_CASE,
     NEED_OTHER,
     1,
     N_("open"),
     N_("open the buyer's other case")},
    {ACTION_SEARCH,
     "search",
     {'/'},
     PLACE_INBOX | PLACE_CASE,
     0,
     3,
     N_("search"),
     N_("search; in a case, find in its history")},
    {ACTION_WHY,
     "why",
     {'w'},
     PLACE_INBOX | PLACE_CASE,
     NEED_CASE,
     4,
     N_("why"),
     N_("how the due time came about")},
    {ACTION_QUOTES,
     "quotes",
     {'o'},
     PLACE_CASE | PLACE_INBOX,
     NEED_QUOTES,
     20,
     N_("quotes"),
     N_("show or fold quoted lines")},
    {ACTION_NEXT,
     "next",
     {'n'},
     PLACE_INBOX | PLACE_CASE,
     NEED_HITS,
     0,
     N_("next"),
     N_("next hit; in the inbox, next case")},
    {ACTION_PREVIOUS,
     "previous",
     {'N'},
     PLACE_INBOX | PLACE_CASE,
     NEED_HITS,
     0,
     N_("previous"),
     N_("previous hit; in the inbox, previous case")},
    {ACTION_PANE,
     "pane",
     {UI_TAB, UI_BACK_TAB},
     PLACE_INBOX | PLACE_CASE,
     NEED_PANES,
     7,
     N_("pane"),
     N_("go to the other pane")},
    {ACTION_PREVIEW_DOWN,
     "preview-down",
     {'J'},
     PLACE_INBOX,
     NEED_PREVIEW,
     0,
     N_("history down"),
     N_("move the history pane down")},
    {ACTION_PREVIEW_UP,
     "preview-up",
     {'K'},
     PLACE_INBOX,
     NEED_PREVIEW,
     0,
     N_("history up"),
     N_("move the history pane up")},
    {ACTION_DOWN, "down", {'j', UI_DOWN}, IN_LISTS, 0, 0, N_("down"), N_("down")},
    {ACTION_UP, "up", {'k', UI_UP}, IN_LISTS, 0, 0, N_("up"), N_("up")},
    {ACTION_BUYER,
     "buyer",
     {'b'},
     PLACE_INBOX | PLACE_CASE,
     NEED_CASE,
     21,
     N_("buyer"),
     N_("the buyer's page")},
    {ACTION_ORDER,
     "order",
     {'v'},
     PLACE_INBOX | PLACE_CASE,
     NEED_CASE,
     22,
     N_("order"),
     N_("the order's page")},
    {ACTION_PRODUCT,
     "product",
     {'f'},
     PLACE_INBOX | PLACE_CASE,
     NEED_CASE,
     23,
     N_("article"),
     N_("the article's page: strengths, faults, what goes wrong")},
    {ACTION_OPEN,
     "open",
     {UI_ENTER, UI_RIGHT},
     PLACE_PAGE,
     NEED_OTHER,
     1,
     N_("change"),
     N_("change the line, or open what it names")},
    {ACTION_EDIT_UNDO,
     "undo",
     {'u'},
     PLACE_PAGE,
     0,
     2,
     N_("undo"),
     N_("take back the last change of this page")},
    {ACTION_STEP,
     "step",
     {' '},
     PLACE_INBOX | PLACE_CASE,
     NEED_CASE,
     5,
     N_("step"),
     N_("do the next step: the fitting reply, or a line to record what was done")},
    {ACTION_PAGE_DOWN,
     "page-down",
     {UI_PAGE_DOWN, UI_CTRL('f')},
     PLACE_INBOX | PLACE_CASE,
     0,
     0,
     N_("page down"),
     N_("a page down")},
    {ACTION_PAGE_DOWN,
     "page-down",
     {UI_PAGE_DOWN, ' ', UI_CTRL('f')},
     IN_LISTS & ~(PLACE_INBOX | PLACE_CASE),
     0,
     0,
     N_("page down"),
     N_("a page down")},
    {ACTION_PAGE_UP, "page-up", {UI_PAGE_UP, UI_CTRL('b')}, IN_LISTS, 0, 0, N_("page up"), N_("a page up")},
    {ACTION_FIRST, "first", {UI_HOME}, IN_LISTS, 0, 0, N_("first"), N_("to the beginning")},
    {ACTION_LAST, "last", {'G', UI_END}, IN_LISTS, 0, 0, N_("last"), N_("to the end")},
    {ACTION_HELP,
     "help",
     {'?'},
     PLACE_INBOX | PLACE_CASE | PLACE_WHY | PLACE_POST | PLACE_PAGE,
     0,
     6,
     N_("help"),
     N_("this page")},
    {ACTION_COMMAND, "command", {':'}, PLACE_ANY, 0, 9, N_("command"), N_("give a command by name")},
    {ACTION_REDRAW, "redraw", {UI_CTRL('l'), 'l'}, PLACE_ANY, 0, 0, N_("redraw"), N_("draw the screen anew")},
    {ACTION_BACK,
     "back",
     {'q', UI_LEFT, UI_ESCAPE},
     PLACE_CASE | PLACE_WHY | PLACE_HELP | PLACE_QUOTE | PLACE_POST | PLACE_PAGE,
     0,
     8,
     N_("back"),
     N_("go back")},
    /* Not the way out: over a slow line a lone Esc may be the beginning of another key. */
    {ACTION_BACK, "clear", {UI_ESCAPE}, PLACE_INBOX, NEED_QUERY, 8, N_("clear"), N_("give up the search")},
    {ACTION_BACK, "clear", {UI_ESCAPE}, PLACE_INBOX, NEED_MARKS, 8, N_("clear"), N_("take the marks off")},
    {ACTION_BACK,
     "back",
     {'q'},
     PLACE_INBOX,
     0,
     8,
     N_("quit"),
     N_("give up the search; from the whole inbox, leave amends")},
    {ACTION_QUIT, "quit", {'Q'}, PLACE_ANY, 0, 0, N_("quit"), N_("leave amends")},
    {ACTION_REPLY,
     "reply",
     {'r'},
     PLACE_INBOX | PLACE_CASE,
     NEED_ANSWER,
     2,
     N_("reply"),
     N_("answer: go on with the draft or choose a canned reply")},
    {ACTION_NOTE,
     "note",
     {'c'},
     PLACE_INBOX | PLACE_CASE,
     NEED_ANSWER,
     10,
     N_("note"),
     N_("write a note that only the shop sees")},
    {ACTION_TAKE_BACK,
     "undo",
     {'u'},
     PLACE_ANY & ~PLACE_PAGE,
     0,
     14,
     N_("undo"),
     N_("take back the answer that still waits, else what you did last")},
    {ACTION_MARK_CASE,
     "mark",
     {'t'},
     PLACE_INBOX,
     NEED_CASE,
     0,
     N_("mark"),
     N_("mark the case: acts go to all that are marked")},
    {ACTION_MARK_ALL,
     "mark-all",
     {'T'},
     PLACE_INBOX,
     NEED_CASE,
     0,
     N_("mark all"),
     N_("mark all that the search finds; again: none")},
    {ACTION_VIEW,
     "view",
     {'1', '2', '3', '4', '5', '6', '7', '8', '9', '0'},
     PLACE_INBOX,
     0,
     0,
     N_("view"),
     N_("a saved view by its number; 0 is the whole inbox (:view NAME, save NAME, share NAME, drop)")},
    {ACTION_NEXT_VIEW, "next-view", {']'}, PLACE_INBOX, 0, 0, N_("next view"), N_("the next saved view")},
    {ACTION_PREVIOUS_VIEW,
     "previous-view",
     {'['},
     PLACE_INBOX,
     0,
     0,
     N_("previous view"),
     N_("the saved view before")},
    {ACTION_NEXT_CASE,
     "next-case",
     {']'},
     PLACE_CASE,
     NEED_CASE,
     0,
     N_("next case"),
     N_("the next case by deadline")},
    {ACTION_PREVIOUS_CASE,
     "previous-case",
     {'['},
     PLACE_CASE,
     NEED_CASE,
     0,
     N_("previous case"),
     N_("the case before by deadline")},
    {ACTION_JUMP,
     "jump",
     {'g'},
     PLACE_INBOX | PLACE_CASE,
     0,
     0,
     N_("go to"),
     N_("go to a case, an order or a buyer by number or name")},
    {ACTION_CHOOSE,
     "choose",
     {UI_ENTER},
     PLACE_PICKER,
     0,
     1,
     N_("take it"),
     N_("put the reply into the draft")},
    {ACTION_DOWN, "down", {UI_DOWN, UI_CTRL('n')}, PLACE_PICKER, 0, 0, N_("down"), N_("down")},
    {ACTION_UP, "up", {UI_UP, UI_CTRL('p')}, PLACE_PICKER, 0, 0, N_("up"), N_("up")},
    {ACTION_PREVIEW_DOWN,
     "preview-down",
     {UI_PAGE_DOWN, UI_CTRL('f')},
     PLACE_PICKER,
     0,
     0,
     N_("text down"),
     N_("move the text down")},
    {ACTION_PREVIEW_UP,
     "preview-up",
     {UI_PAGE_UP, UI_CTRL('b')},
     PLACE_PICKER,
     0,
     0,
     N_("text up"),
     N_("move the text up")},
    {ACTION_GLOSS,
     "gloss",
     {UI_TAB, UI_BACK_TAB},
     PLACE_PICKER,
     0,
     2,
     N_("your language"),
     N_("show the reply in your own language")},
    {ACTION_SEND, "send", {UI_CTRL('s')}, PLACE_COMPOSER, 0, 1, N_("send"), N_("send, or keep the note")},
    {ACTION_NEXT_HOLE,
     "next-place",
     {UI_TAB},
     PLACE_COMPOSER,
     0,
     2,
     N_("next open"),
     N_("to the next place that is still open")},
    {ACTION_PREVIOUS_HOLE,
     "previous-place",
     {UI_BACK_TAB},
     PLACE_COMPOSER,
     0,
     0,
     N_("previous open"),
     N_("to the open place before")},
    {ACTION_TEMPLATE,
     "template",
     {UI_CTRL('t')},
     PLACE_COMPOSER,
     0,
     3,
     N_("reply"),
     N_("put another canned reply in")},
    {ACTION_FINDING,
     "finding",
     {UI_CTRL('n')},
     PLACE_COMPOSER,
     0,
     4,
     N_("finding"),
     N_("to the next thing that the guard or the spelling found")},
    {ACTION_HISTORY,
     "history",
     {UI_CTRL('o')},
     PLACE_COMPOSER,
     0,
     5,
     N_("history"),
     N_("show or hide the history")},
    {ACTION_HISTORY_DOWN,
     "history-down",
     {UI_CTRL('f')},
     PLACE_COMPOSER,
     0,
     0,
     N_("history down"),
     N_("move the history down")},
    {ACTION_HISTORY_UP,
     "history-up",
     {UI_CTRL('b')},
     PLACE_COMPOSER,
     0,
     0,
     N_("history up"),
     N_("move the history up")},
    {ACTION_EDITOR,
     "editor",
     {UI_CTRL('e')},
     PLACE_COMPOSER,
     0,
     7,
     N_("editor"),
     N_("edit in $VISUAL or $EDITOR")},
    {ACTION_LANGUAGE,
     "language",
     {UI_CTRL('l')},
     PLACE_WRITING,
     0,
     8,
     N_("language"),
     N_("answer in another language")},
    {ACTION_QUOTE,
     "quote",
     {UI_CTRL('q')},
     PLACE_COMPOSER,
     0,
     9,
     N_("quote"),
     N_("quote lines of the buyer's message")},
    {ACTION_SPELL,
     "spell",
     {UI_CTRL('p')},
     PLACE_COMPOSER,
     0,
     10,
     N_("spelling"),
     N_("spell the word at the cursor otherwise")},
    {ACTION_ATTACH,
     "attach",
     {UI_CTRL('g')},
     PLACE_COMPOSER,
     0,
     12,
     N_("attach"),
     N_("attach a file (:attach PATH; :attach alone tells what is)")},
    {ACTION_DETACH,
     "detach",
     {0},
     PLACE_COMPOSER,
     0,
     0,
     N_("detach"),
     N_("take an attached file off again, by its number (:detach 2)")},
    {ACTION_UNDO, "undo", {UI_CTRL('_')}, PLACE_COMPOSER, 0, 0, N_("undo"), N_("take back a change")},
    {ACTION_REDO, "redo", {UI_CTRL('r')}, PLACE_COMPOSER, 0, 0, N_("redo"), N_("make the change again")},
    {ACTION_BACK, "back", {UI_ESCAPE}, PLACE_WRITING, 0, 6, N_("back"), N_("go back; a draft is kept")},
    {ACTION_COMMAND,
     "command",
     {UI_CTRL('x')},
     PLACE_WRITING,
     0,
     11,
     N_("command"),
     N_("give a command by name")},
    {ACTION_MARK, "mark", {UI_TAB, 'm'}, PLACE_QUOTE, 0, 2, N_("mark"), N_("mark the line")},
    {ACTION_CHOOSE,
     "choose",
     {UI_ENTER},
     PLACE_QUOTE,
     0,
     1,
     N_("quote"),
     N_("quote what is marked, or this line")},
    {ACTION_POSTED,
     "posted",
     {'p'},
     PLACE_POST,
     0,
     1,
     N_("posted"),
     N_("say that the answer stands on the page")},
    {ACTION_SAVE_FILES,
     "save-files",
     {'s'},
     PLACE_POST,
     NEED_FILES,
     3,
     N_("save files"),
     N_("save the attached files to a folder, to add them on the page")},
    {ACTION_COPY, "copy", {'y'}, PLACE_POST, 0, 2, N_("copy"), N_("copy the answer again")},
};

static const struct {
	int key;
	const char *name;
} names[] = {
    {UI_TAB, "Tab"},   {UI_ENTER, "Enter"},    {UI_ESCAPE, "Esc"},         {UI_UP, "Up"},
    {UI_DOWN, "Down"}, {UI_LEFT, "Left"},      {UI_RIGHT, "Right"},        {UI_HOME, "Home"},
    {UI_END, "End"},   {UI_PAGE_UP, "PageUp"}, {UI_PAGE_DOWN, "PageDown"}, {UI_BACK_TAB, "Shift-Tab"},
    {' ', "Space"},
};

const struct action_row *action_nth(guint n)
{
	return n < G_N_ELEMENTS(rows) ? &rows[n] : act_key_nth(n - G_N_ELEMENTS(rows));
}

bool action_works(const struct action_row *row, enum place place, guint can)
{
	return (row->places & place) && (row->needs & can) == row->needs;
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
