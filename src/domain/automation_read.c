/* SPDX-License-Identifier: MIT */
#include "domain/automation.h"

#include "domain/automation_example.h"
#include "domain/ini.h"
#include "domain/intl.h"
#include "domain/query.h"
#include "domain/tag.h"
#include "domain/when_parse.h"

#include "domain/banned.h"

#define OPENED "opened"
#define SOME_DAY G_GINT64_CONSTANT(1795442400000) /* to try a snooze on: 2026-11-23 14:00 UTC */

struct automation_set {
	GPtrArray *rules; /* of struct automation */
	guint64 when;     /* of all */
	bool opened;
};

static const char *const keys[] = {"title",    "when", "query", "assign", "in_turn", "kind",   "snooze",
				   "template", "tag",  "clock", "stop",   "match.#", "pass.#", NULL};

static void automation_destroy(gpointer data)
{
	struct automation *a = data;
	char *const owned[] = {a->id,     a->title,    a->query, a->assign,
			       a->snooze, a->template, a->clock, a->file};
	for (gsize i = 0; i < G_N_ELEMENTS(owned); i++)
		g_free(owned[i]);
	g_strfreev(a->in_turn);
	g_strfreev(a->tags);
	g_clear_pointer(&a->examples, g_ptr_array_unref);
	g_free(a);
}

struct automation_set *automation_set_create(void)
{
	struct automation_set *s = g_new0(struct automation_set, 1);
	s->rules = g_ptr_array_new_with_free_func(automation_destroy);
	return s;
}

void automation_set_destroy(struct automation_set *s)
{
	if (!s)
		return;
	g_ptr_array_unref(s->rules);
	g_free(s);
}

guint automation_set_count(const struct automation_set *s)
{
	return s->rules->len;
}

const struct automation *automation_set_nth(const struct automation_set *s, guint n)
{
	return n < s->rules->len ? s->rules->pdata[n] : NULL;
}

bool automation_hears(const struct automation *a, enum trigger trigger, bool opened)
{
	return trigger != TRIGGER_NONE && ((a->opened && opened) || (a->when >> trigger & 1));
}

bool automation_set_hears(const struct automation_set *s, enum trigger trigger, bool opened)
{
	return trigger != TRIGGER_NONE && ((s->opened && opened) || (s->when >> trigger & 1));
}

/* --- reading a rule ---------------------------------------------------------- */

static char *known_words(const struct vocabulary *v, int from)
{
	GString *known = g_string_new(NULL);
	for (int n = from; n < v->count; n++)
		g_string_append_printf(known, "%s%s", n > from ? ", " : "", v->words[n].id);
	return g_string_free(known, false);
}

static bool read_when(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	g_auto(GStrv) list = ini_list(i, group, "when");
	for (int n = 0, word; list[n]; n++) {
		if (g_str_equal(list[n], OPENED)) {
			a->opened = true;
		} else if (vocab_find(&TRIGGERS, list[n], &word) && word != TRIGGER_NONE) {
			a->when |= (guint64)1 << word;
		} else {
			g_autofree char *known = known_words(&TRIGGERS, TRIGGER_NONE + 1);
			return ini_fail(i, group, "when", error,
					_("\"%s\" is no event; there are: opened (a new case), %s"), list[n],
					known);
		}
	}
	return a->when || a->opened ||
	       ini_fail(i, group, NULL, error, _("when is missing, as in: when = opened"));
}

/* A rule has no person of its own, so it can't ask for "me". */
static bool names_me(const struct query_node *q)
{
	if (q->op == QUERY_FIELD)
		return q->field == FIELD_WHO && g_ascii_strcasecmp(q->text, "me") == 0;
	for (guint n = 0; q->parts && n < q->parts->len; n++) {
		if (names_me(q->parts->pdata[n]))
			return true;
	}
	return false;
}

static bool read_query(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	gsize at = 0;
	g_autoptr(GError) fault = NULL;
	a->query = ini_value(i, group, "query");
	if (!a->query)
		a->query = g_strdup("");
	g_autoptr(query_auto) q = query_parse(a->query, &at, &fault);
	if (!q)
		return ini_fail(i, group, "query", error, _("at character %d: %s"),
				(int)g_utf8_strlen(a->query, (gssize)at) + 1, fault->message);
	return !names_me(q) ||
	       ini_fail(i, group, "query", error, _("a rule is nobody: write a login instead of who:me"));
}

static bool read_tags(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	g_autoptr(GError) fault = NULL;
	a->tags = ini_list(i, group, "tag");
	for (int n = 0; a->tags[n]; n++) {
		if (!tag_check(a->tags[n], &fault))
			return ini_fail(i, group, "tag", error, "%s", fault->message);
	}
	return true;
}

static bool read_kind(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	g_autofree char *value = ini_value(i, group, "kind");
	a->kind = -1;
	if (!value || vocab_find(&KINDS, value, &a->kind))
		return true;
	g_autofree char *known = known_words(&KINDS, 0);
	return ini_fail(i, group, "kind", error, _("\"%s\" isn't known; there are: %s"), value, known);
}

static bool read_snooze(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	gint64 at;
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	g_autoptr(GError) fault = NULL;
	a->snooze = ini_value(i, group, "snooze");
	return !a->snooze || when_parse(a->snooze, SOME_DAY, zone, &at, &fault) ||
	       ini_fail(i, group, "snooze", error, "%s", fault->message);
}

static bool read_stop(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	g_autofree char *value = ini_value(i, group, "stop");
	a->stop = g_strcmp0(value, "yes") == 0;
	return !value || a->stop || g_str_equal(value, "no") ||
	       ini_fail(i, group, "stop", error, _("this is yes or no"));
}

static bool does_something(const struct automation *a)
{
	return a->assign || *a->in_turn || a->kind >= 0 || a->snooze || a->template || *a->tags || a->clock ||
	       a->stop;
}

static bool read_rule(const struct ini *i, const char *group, struct automation *a, GError **error)
{
	a->title = ini_localised(i, group, "title");
	if (!a->title)
		a->title = g_strdup(a->id);
	a->assign = ini_value(i, group, "assign");
	a->in_turn = ini_list(i, group, "in_turn");
	a->template = ini_value(i, group, "template");
	a->clock = ini_value(i, group, "clock");
	a->file = g_strdup(ini_file(i));
	a->line = ini_line(i, group, NULL);
	if (!ini_only(i, group, keys, error) || !read_when(i, group, a, error) ||
	    !read_query(i, group, a, error) || !read_kind(i, group, a, error) ||
	    !read_snooze(i, group, a, error) || !read_tags(i, group, a, error) ||
	    !read_stop(i, group, a, error) || !(a->examples = automation_examples_read(i, group, error)))
		return false;
	if (a->assign && *a->in_turn)
		return ini_fail(i, group, "in_turn", error, _("either assign or in_turn, not both"));
	return does_something(a) || ini_fail(i, group, NULL, error,
					     _("the rule does nothing; write one of: assign, in_turn, kind, "
					       "snooze, template, tag, clock, stop"));
}

bool automation_set_add(struct automation_set *s, const char *name, const char *file, const char *text,
			gsize length, GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(automation_destroy);
	if (!i)
		return false;
	g_auto(GStrv) groups = ini_groups(i);
	for (int n = 0; groups[n]; n++) {
		struct automation *a = g_new0(struct automation, 1);
		g_ptr_array_add(rules, a);
		a->id = g_strdup_printf("%s.%s", name, groups[n]);
		if (!read_rule(i, groups[n], a, error))
			return false;
	}
	for (guint n = 0; n < rules->len; n++) {
		const struct automation *a = rules->pdata[n];
		s->when |= a->when;
		s->opened |= a->opened;
	}
	g_ptr_array_extend_and_steal(s->rules, g_steal_pointer(&rules));
	return true;
}
