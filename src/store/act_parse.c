/* SPDX-License-Identifier: MIT */
#include "store/act.h"

#include "domain/intl.h"
#include "domain/when_parse.h"
#include "store/act_write.h"
#include "store/closing.h"

#include <string.h>

#include "domain/banned.h"

struct typed {
	const char *form;
	gint64 now;
	GTimeZone *zone;
	const char *currency;
};

static bool unclear(const struct typed *t, GError **error)
{
	return act_refuse(error, _("this can't be read; write: %s"), t->form);
}

static bool read_id(const char *text, gint64 *id)
{
	guint64 n = 0;
	bool ok = g_ascii_string_to_unsigned(text + (*text == '#'), 10, 1, G_MAXINT64, &n, NULL);
	*id = (gint64)n;
	return ok;
}

static bool read_due(const struct typed *t, const char *text, gint64 *due, GError **error)
{
	g_autoptr(GError) fault = NULL;
	return when_parse(text, t->now, t->zone, due, &fault) || act_refuse(error, "%s", fault->message);
}

/* "12,50 EUR", or "12.50" in the case's currency. Nothing is nothing in any. */
static bool read_amount(const struct typed *t, const char *text, struct money *m, GError **error)
{
	if (money_parse(text, t->currency, m))
		return true;
	if (*text == '0' && text[strspn(text, "0.,")] == '\0') {
		*m = (struct money){0};
		return true;
	}
	return act_refuse(error, _("\"%s\" is no amount; write it with its currency: 12.50 EUR"), text);
}

/* "17", or of a merge "17; sure" */
static bool read_other(const char *first, const char *second, struct act *a)
{
	a->sure = a->type == ACT_MERGE && second && g_str_equal(second, "sure");
	return first && (!second || a->sure) && read_id(first, &a->other);
}

/* A finding's word and why, in one block. */
static void note_why(struct act *a, char **text, const char *why)
{
	g_autofree char *word = *text;
	GString *both = g_string_new(word);
	g_string_append_c(both, '\0');
	g_string_append(both, why);
	*text = g_string_free(both, FALSE);
	a->text = *text;
	a->note = *text + strlen(*text) + 1;
}

/* The part before the ";" is what the act's first field says, the one behind it the second. */
static bool read_fields(const struct typed *t, char **parts, struct act *a, char **text, GError **error)
{
	guint f = act_fields(a->type), n = g_strv_length(parts), used = 0;
	const char *first = n > 0 && *parts[0] ? parts[0] : NULL,
		   *second = n > 1 && *parts[1] ? parts[1] : NULL;
	if (f & ACT_MESSAGE) {
		bool fresh = second && g_str_equal(second, "new");
		return (first && second && read_id(first, &a->message) &&
			(fresh || read_id(second, &a->other))) ||
		       unclear(t, error);
	}
	if (f & ACT_OTHER)
		return read_other(first, second, a) || unclear(t, error);
	if ((f & ACT_DUE) && (used++, !first || !read_due(t, first, &a->due, error)))
		return first ? false : unclear(t, error);
	const char *words = used ? second : first;
	if (f & ACT_TEXT) {
		used++;
		*text = g_strdup(words);
		/* An offer or a payment may be an amount alone. */
		if ((a->type == ACT_OFFER || a->type == ACT_PAYMENT) && words && !second &&
		    money_parse(words, t->currency, &a->amount))
			g_clear_pointer(text, g_free);
		a->text = *text;
	}
	if (a->type == ACT_FOUND && first && second && ++used)
		note_why(a, text, second);
	const char *money = used ? second : first;
	if ((a->type == ACT_SOLVE || a->type == ACT_LOSE) && first && !second)
		return act_refuse(error, _("say what it cost too, 0 if nothing: %s"), t->form);
	if ((f & ACT_AMOUNT) && money && (used++, !read_amount(t, money, &a->amount, error)))
		return false;
	return n <= used || unclear(t, error);
}

/* A case doesn't end without a word on how, and at what cost. */
static bool check_status(const struct act *a, GError **error)
{
	enum act_type closing = a->type == ACT_STATUS ? act_closing(a->text) : ACT_STATUS;
	return closing == ACT_STATUS ||
	       act_refuse(error, _("that ends the case: say how, %s"), act_form(closing));
}

static bool find_act(const char *name, struct act *a, GError **error)
{
	int n;
	if (vocab_find(&ACTS, name, &n)) {
		a->type = n;
		return true;
	}
	g_autoptr(GString) known = g_string_new(NULL);
	for (int i = 0; i < N_ACTS; i++)
		g_string_append_printf(known, "%s%s", i ? ", " : "", vocab_id(&ACTS, i));
	return act_refuse(error, _("\"%s\" isn't known; there are: %s"), name, known->str);
}

bool act_parse(const char *typed, gint64 now, GTimeZone *zone, const char *currency, struct act *a,
	       char **text, GError **error)
{
	const char *is = strchr(typed, '=');
	g_autofree char *name = is ? g_strndup(typed, (gsize)(is - typed)) : g_strdup(typed);
	*text = NULL;
	if (!find_act(g_strstrip(name), a, error))
		return false;
	/* What people write in a note or say in a call may have any sign in it. */
	bool free_text =
	    a->type == ACT_NOTE || a->type == ACT_CALL || a->type == ACT_WISH || a->type == ACT_CARRIER;
	g_auto(GStrv) parts = g_strsplit(is ? is + 1 : "", free_text ? "\n\n\n\n" : ";", free_text ? 1 : 2);
	for (int i = 0; parts[i]; i++)
		g_strstrip(parts[i]);
	guint used = parts[0] && (parts[1] || *parts[0]) ? g_strv_length(parts) : 0;
	if (!used && parts[0])
		g_clear_pointer(&parts[0], g_free);
	struct typed t = {act_form(a->type), now, zone, currency};
	if (read_fields(&t, parts, a, text, error) && check_status(a, error))
		return true;
	g_clear_pointer(text, g_free);
	return false;
}

char *act_told(const struct act *a)
{
	g_autofree char *amount = money_format(&a->amount);
	return g_strjoin(*amount ? " " : "", vocab_title(&ACTS, (int)a->type), amount, NULL);
}
