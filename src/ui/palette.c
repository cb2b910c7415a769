/* SPDX-License-Identifier: MIT */
#include "ui/palette.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "store/upload.h"
#include "ui/act_keys.h"

#include <string.h>

#include "domain/banned.h"

static bool not_understood(const char *name, GError **error)
{
	g_autofree char *safe = text_safe(name, -1, TEXT_ONE_LINE);
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
		    _("No command \"%s\" works here; Tab lists those that do."), safe);
	return false;
}

/* `open #12` or `open 12` */
static bool parse_case(const char *rest, struct command *c, GError **error)
{
	gint64 id = 0;
	if (g_ascii_string_to_signed(*rest == '#' ? rest + 1 : rest, 10, 1, G_MAXINT64, &id, NULL)) {
		c->case_id = id;
		return true;
	}
	g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
		    _("open takes a case's number: open 12"));
	return false;
}

bool palette_parse(const char *text, enum place place, guint can, struct command *c, GError **error)
{
	g_autofree char *copy = g_strstrip(g_strdup(text));
	g_auto(GStrv) words = g_strsplit_set(copy, " =", 2);
	*c = (struct command){.action = ACTION_NONE};
	if (!words[0])
		return true;
	enum act_type act;
	const char *rest = words[1] ? g_strstrip(words[1]) : NULL;
	/* With a number, open works where nothing is selected too. */
	bool numbered = rest && g_str_has_prefix("open", words[0]);
	c->action = numbered ? ACTION_OPEN : action_for_name(words[0], place, can);
	if (c->action == ACTION_NONE)
		return not_understood(words[0], error);
	if (!rest)
		return true;
	if (c->action == ACTION_OPEN)
		return parse_case(rest, c, error);
	if (c->action == ACTION_NOTE)
		c->action = (enum action)(ACTION_ACT + ACT_NOTE);
	if (action_is_act(c->action, &act)) {
		c->text = g_strdup_printf("%s=%s", vocab_id(&ACTS, (int)act), rest);
		return true;
	}
	if (c->action == ACTION_SEARCH || c->action == ACTION_VIEW || c->action == ACTION_JUMP ||
	    c->action == ACTION_ATTACH || c->action == ACTION_DETACH) {
		c->text = g_strdup(rest);
		return true;
	}
	return not_understood(copy, error);
}

/* What an act's words or a path may be, behind the name. `begun` is the text up to `at`. */
static GPtrArray *complete_rest(const char *text, const char *begun, gsize at, gsize name, gsize *from,
				enum place place, guint can)
{
	enum act_type act;
	g_autofree char *id = g_strndup(text, name);
	enum action action = action_for_name(id, place, can);
	*from = name + 1;
	if (action == ACTION_ATTACH)
		return upload_complete(begun + name + 1);
	*from = at;
	if (!action_is_act(action, &act))
		return g_ptr_array_new_with_free_func(g_free);
	GPtrArray *found = act_complete(act, text + name + 1, at - name - 1, from);
	*from += name + 1;
	return found;
}

GPtrArray *palette_complete(const char *text, gsize at, gsize *from, enum place place, guint can)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *begun = g_strndup(text, at);
	const struct action_row *row;
	*from = 0;
	gsize name = strcspn(begun, " =");
	if (begun[name])
		return complete_rest(text, begun, at, name, from, place, can);
	for (guint i = 0; (row = action_nth(i)); i++) {
		if (action_works(row, place, can) && g_str_has_prefix(row->id, begun) &&
		    !g_ptr_array_find_with_equal_func(found, row->id, g_str_equal, NULL))
			g_ptr_array_add(found, g_strdup(row->id));
	}
	return found;
}
