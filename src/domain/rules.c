/* SPDX-License-Identifier: MIT */
#include "domain/rules.h"

#include "domain/days.h"
#include "domain/ini.h"
#include "domain/intl.h"
#include "domain/when.h"

#include <string.h>

#include "domain/banned.h"

G_STATIC_ASSERT(N_KINDS <= 32 && N_TRIGGERS <= 64);

/* "exampleN = START -> DUE": a due time worked out by hand. */
struct example {
	char *text;
	int line;
	const struct clock_rule *rule; /* not owned */
};

struct ruleset {
	GPtrArray *rules;      /* of owned struct clock_rule, in the order they were added */
	GHashTable *by_id;     /* id -> rule, not owned */
	GHashTable *calendars; /* name -> owned struct calendar */
	GHashTable *files;     /* names of clock files added */
	GArray *examples;      /* of struct example */
};

/* One file of clocks being read; its rules join the set when all are good. */
struct reading {
	const struct ruleset *set;
	const struct ini *ini;
	const char *name;
	char *platform;
	enum clock_family family;
	GPtrArray *rules;
	GArray *examples;
};

static void rule_destroy(gpointer data)
{
	struct clock_rule *rule = data;
	g_free(rule->id);
	g_free(rule->platform);
	g_free(rule->title);
	g_free(rule->consequence);
	g_free(rule->source);
	g_free(rule->checked);
	g_free(rule->sure);
	g_free(rule->file);
	g_free(rule);
}

static void example_clear(gpointer data)
{
	struct example *e = data;
	g_free(e->text);
}

static GArray *examples_new(void)
{
	GArray *examples = g_array_new(false, true, sizeof(struct example));
	g_array_set_clear_func(examples, example_clear);
	return examples;
}

struct ruleset *ruleset_create(void)
{
	struct ruleset *r = g_new0(struct ruleset, 1);
	r->rules = g_ptr_array_new_with_free_func(rule_destroy);
	r->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	r->calendars =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)calendar_destroy);
	r->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	r->examples = examples_new();
	return r;
}

void ruleset_destroy(struct ruleset *r)
{
	if (!r)
		return;
	g_hash_table_unref(r->by_id);
	g_ptr_array_unref(r->rules);
	g_array_unref(r->examples);
	g_hash_table_unref(r->calendars);
	g_hash_table_unref(r->files);
	g_free(r);
}

bool ruleset_add_calendar(struct ruleset *r, const char *name, const char *file, const char *text,
			  gsize length, GError **error)
{
	if (g_hash_table_contains(r->calendars, name))
		return true;
	struct calendar *c = calendar_parse(name, file, text, length, error);
	if (!c)
		return false;
	g_hash_table_insert(r->calendars, g_strdup(name), c);
	return true;
}

void ruleset_set_zone(struct ruleset *r, const char *calendar, const char *zone)
{
	struct calendar *c = g_hash_table_lookup(r->calendars, calendar);
	if (c)
		calendar_set_zone(c, zone);
}

/* Reads a list of vocabulary ids into bits. */
static bool read_words(const struct reading *r, const char *group, const char *key,
		       const struct vocabulary *v, guint64 *bits, GError **error)
{
	g_auto(GStrv) items = ini_list(r->ini, group, key);
	for (int n = 0; items[n]; n++) {
		int found;
		if (vocab_find(v, items[n], &found)) {
			*bits |= G_GUINT64_CONSTANT(1) << found;
			continue;
		}
		g_autoptr(GString) known = g_string_new(NULL);
		for (int w = 0; w < v->count; w++)
			g_string_append_printf(known, "%s%s", w ? ", " : "", vocab_id(v, w));
		return ini_fail(r->ini, group, key, error, _("\"%s\" is no %s; there are: %s"), items[n],
				v->name, known->str);
	}
	return true;
}

static bool read_yes(const struct reading *r, const char *group, const char *key, bool standard, bool *yes,
		     GError **error)
{
	g_autofree char *value = ini_value(r->ini, group, key);
	*yes = value ? g_str_equal(value, "yes") : standard;
	if (!value || *yes || g_str_equal(value, "no"))
		return true;
	return ini_fail(r->ini, group, key, error, _("write \"yes\" or \"no\", not \"%s\""), value);
}

/* A text that must be there and not be empty. */
static bool read_text(const struct reading *r, const char *group, const char *key, char **text,
		      GError **error)
{
	*text = ini_localised(r->ini, group, key);
	if (*text && **text)
		return true;
	return ini_fail(r->ini, group, NULL, error, _("[%s] lacks \"%s\""), group, key);
}

static bool read_span(const struct reading *r, const char *group, struct clock_rule *rule, GError **error)
{
	g_autofree char *value = ini_value(r->ini, group, "span");
	g_autoptr(GError) fault = NULL;
	if (!value)
		return ini_fail(r->ini, group, NULL, error, _("[%s] lacks \"span\""), group);
	rule->only_stated = g_str_equal(value, "stated");
	if (rule->only_stated || span_parse(value, &rule->span, &fault))
		return true;
	return ini_fail(r->ini, group, "span", error, "%s", fault->message);
}

/* The law's clocks and the shop's don't follow the date of a platform's mail. */
static bool read_stated(const struct reading *r, const char *group, struct clock_rule *rule, GError **error)
{
	bool standard =
	    rule->only_stated || (rule->family == CLOCK_PLATFORM && !g_str_equal(rule->platform, "*"));
	if (!read_yes(r, group, "stated", standard, &rule->takes_stated, error))
		return false;
	if (rule->takes_stated || !rule->only_stated)
		return true;
	return ini_fail(r->ini, group, "stated", error,
			_("a rule with \"span = stated\" needs the stated date"));
}

static bool read_calendar(const struct reading *r, const char *group, struct clock_rule *rule, GError **error)
{
	g_autofree char *value = ini_value(r->ini, group, "calendar");
	const char *name = value ? value : rule->family == CLOCK_SHOP ? "shop" : "wall";
	rule->calendar = ruleset_calendar(r->set, name);
	if (rule->calendar)
		return true;
	GList *names = g_list_sort(g_hash_table_get_keys(r->set->calendars), (GCompareFunc)strcmp);
	g_autoptr(GString) known = g_string_new(NULL);
	for (GList *n = names; n; n = n->next)
		g_string_append_printf(known, "%s%s", known->len ? ", " : "", (char *)n->data);
	g_list_free(names);
	return ini_fail(r->ini, group, value ? "calendar" : NULL, error,
			_("no calendar is called \"%s\"; there are: %s"), name, known->str);
}

static bool read_source(const struct reading *r, const char *group, struct clock_rule *rule, GError **error)
{
	if (!read_text(r, group, "source", &rule->source, error) ||
	    !read_text(r, group, "checked", &rule->checked, error) ||
	    !read_text(r, group, "sure", &rule->sure, error))
		return false;
	if (strlen(rule->sure) == 1 && strchr("HML", *rule->sure))
		return true;
	return ini_fail(r->ini, group, "sure", error,
			_("write H (high), M (middling) or L (low), not \"%s\""), rule->sure);
}

static bool read_triggers(const struct reading *r, const char *group, struct clock_rule *rule, GError **error)
{
	if (!read_words(r, group, "start", &TRIGGERS, &rule->start, error) ||
	    !read_words(r, group, "stop", &TRIGGERS, &rule->stop, error) ||
	    !read_words(r, group, "cancel", &TRIGGERS, &rule->cancel, error) ||
	    !read_words(r, group, "miss", &TRIGGERS, &rule->miss, error))
		return false;
	if (!rule->start)
		return ini_fail(r->ini, group, NULL, error, _("[%s] lacks \"start\""), group);
	if ((rule->stop & rule->cancel) || (rule->stop & rule->miss) || (rule->cancel & rule->miss))
		return ini_fail(
		    r->ini, group, NULL, error,
		    _("[%s] names a trigger in two of \"stop\", \"cancel\" and \"miss\": keep one"), group);
	if (rule->restart && (rule->start & (rule->stop | rule->cancel | rule->miss)))
		return ini_fail(
		    r->ini, group, "restart", error,
		    _("a trigger that ends this clock can't restart it: take it out of \"start\", or "
		      "\"restart\" away"));
	return true;
}

static void read_examples(struct reading *r, const char *group, const struct clock_rule *rule)
{
	g_auto(GStrv) keys = ini_keys(r->ini, group);
	for (int n = 0; keys[n]; n++) {
		if (!g_str_has_prefix(keys[n], "example"))
			continue;
		struct example e = {ini_value(r->ini, group, keys[n]), ini_line(r->ini, group, keys[n]),
				    rule};
		g_array_append_val(r->examples, e);
	}
}

static bool read_rule(struct reading *r, const char *group, GError **error)
{
	static const char *const known[] = {"title",  "platform", "kinds",       "start",  "stop",
					    "cancel", "miss",     "span",        "stated", "restart",
					    "pauses", "calendar", "consequence", "source", "checked",
					    "sure",   "example#", NULL};
	guint64 kinds = 0;
	struct clock_rule *rule = g_new0(struct clock_rule, 1);
	g_ptr_array_add(r->rules, rule);
	rule->id = g_strdup_printf("%s.%s", r->name, group);
	rule->platform = ini_value(r->ini, group, "platform");
	if (!rule->platform)
		rule->platform = g_strdup(r->platform);
	rule->family = r->family;
	rule->file = g_strdup(ini_file(r->ini));
	rule->line = ini_line(r->ini, group, NULL);
	if (!ini_only(r->ini, group, known, error) || !read_text(r, group, "title", &rule->title, error) ||
	    !read_text(r, group, "consequence", &rule->consequence, error) ||
	    !read_words(r, group, "kinds", &KINDS, &kinds, error) ||
	    !read_yes(r, group, "restart", false, &rule->restart, error) ||
	    !read_yes(r, group, "pauses", r->family == CLOCK_SHOP, &rule->pauses, error) ||
	    !read_triggers(r, group, rule, error) || !read_span(r, group, rule, error) ||
	    !read_stated(r, group, rule, error) || !read_calendar(r, group, rule, error) ||
	    !read_source(r, group, rule, error))
		return false;
	if (rule->pauses && rule->family == CLOCK_PLATFORM)
		return ini_fail(r->ini, group, "pauses", error,
				_("a platform's clock never pauses: take this line away"));
	rule->kinds = (guint32)kinds;
	read_examples(r, group, rule);
	return true;
}

/* [clocks]: whose rules the file holds. */
static bool read_head(struct reading *r, GError **error)
{
	static const char *const known[] = {"platform", "family", NULL};
	int family;
	if (!ini_line(r->ini, "clocks", NULL))
		return ini_fail(r->ini, "clocks", NULL, error,
				_("the group [clocks] with \"platform\" and \"family\" is missing"));
	if (!ini_only(r->ini, "clocks", known, error) ||
	    !read_text(r, "clocks", "platform", &r->platform, error))
		return false;
	g_autofree char *value = ini_value(r->ini, "clocks", "family");
	if (!value || !vocab_find(&CLOCK_FAMILIES, value, &family))
		return ini_fail(r->ini, "clocks", "family", error,
				_("\"family\" is \"platform\" or \"shop\""));
	r->family = (enum clock_family)family;
	return true;
}

static bool read_clocks(struct reading *r, GError **error)
{
	if (!read_head(r, error))
		return false;
	g_auto(GStrv) groups = ini_groups(r->ini);
	for (int n = 0; groups[n]; n++) {
		if (!g_str_equal(groups[n], "clocks") && !read_rule(r, groups[n], error))
			return false;
	}
	return true;
}

/* Moves what was read into the set. */
static void keep(struct ruleset *set, struct reading *r)
{
	while (r->rules->len) {
		struct clock_rule *rule = g_ptr_array_steal_index(r->rules, 0);
		g_hash_table_insert(set->by_id, rule->id, rule);
		g_ptr_array_add(set->rules, rule);
	}
	for (guint n = 0; n < r->examples->len; n++) {
		struct example *e = &g_array_index(r->examples, struct example, n);
		g_array_append_val(set->examples, *e);
		e->text = NULL;
	}
	g_hash_table_add(set->files, g_strdup(r->name));
}

bool ruleset_add_clocks(struct ruleset *r, const char *name, const char *file, const char *text, gsize length,
			GError **error)
{
	if (g_hash_table_contains(r->files, name))
		return true;
	g_autoptr(ini_auto) ini = ini_parse(file, text, length, error);
	if (!ini)
		return false;
	g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(rule_destroy);
	g_autoptr(GArray) examples = examples_new();
	struct reading reading = {.set = r, .ini = ini, .name = name, .rules = rules, .examples = examples};
	bool good = read_clocks(&reading, error);
	if (good)
		keep(r, &reading);
	g_free(reading.platform);
	return good;
}

const struct clock_rule *ruleset_find(const struct ruleset *r, const char *id)
{
	return id ? g_hash_table_lookup(r->by_id, id) : NULL;
}

const struct calendar *ruleset_calendar(const struct ruleset *r, const char *name)
{
	return g_hash_table_lookup(r->calendars, name);
}

guint ruleset_count(const struct ruleset *r)
{
	return r->rules->len;
}

const struct clock_rule *ruleset_nth(const struct ruleset *r, guint n)
{
	return n < r->rules->len ? g_ptr_array_index(r->rules, n) : NULL;
}

/* "2026-12-24 10:00", with or without seconds, in the calendar's zone. */
static bool read_moment(const struct calendar *c, const char *text, gint64 *at)
{
	g_autofree char *iso = g_strdelimit(g_strstrip(g_strdup(text)), " ", 'T');
	g_autofree char *full =
	    strlen(iso) == strlen("2026-12-24T10:00") ? g_strconcat(iso, ":00", NULL) : g_strdup(iso);
	g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(full, calendar_zone(c));
	if (!moment)
		return false;
	*at = g_date_time_to_unix(moment) * 1000;
	return true;
}

static bool example_fault(const struct example *e, GError **error, const char *what)
{
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "%s:%d: %s", e->rule->file,
		    e->line, what);
	return false;
}

/* Examples tell whole seconds; a day's end is 23:59:59.999. */
static bool check_example(const struct example *e, GError **error)
{
	const struct calendar *c = e->rule->calendar;
	g_auto(GStrv) ends = g_strsplit(e->text, "->", 2);
	gint64 start, due;
	if (g_strv_length(ends) != 2 || !read_moment(c, ends[0], &start) || !read_moment(c, ends[1], &due))
		return example_fault(
		    e, error, _("an example is written like \"2026-12-24 10:00 -> 2026-12-31 10:00\""));
	if (e->rule->only_stated)
		return example_fault(e, error, _("a rule with \"span = stated\" has no examples"));
	gint64 reckoned = calendar_due(c, start, &e->rule->span, NULL);
	if (reckoned / 1000 == due / 1000)
		return true;
	g_autofree char *is = when_long(reckoned, calendar_zone(c));
	g_autofree char *span = span_describe(&e->rule->span);
	g_autofree char *what =
	    g_strdup_printf(_("this example fails: %s from then on the clock is due %s"), span, is);
	return example_fault(e, error, what);
}

bool ruleset_check_examples(const struct ruleset *r, guint *count, GError **error)
{
	for (guint n = 0; n < r->examples->len; n++) {
		if (!check_example(&g_array_index(r->examples, struct example, n), error))
			return false;
	}
	*count = r->examples->len;
	return true;
}
