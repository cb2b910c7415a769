/* SPDX-License-Identifier: MIT */
#include "domain/guard.h"

#include "domain/guard_rules.h"
#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

static const struct word severities[N_GUARD_SEVERITIES] = {
    [GUARD_BLOCK] = {"block", N_("can't be sent"), "N7"},
    [GUARD_WARN] = {"warn", N_("look again"), "N7"},
    [GUARD_HINT] = {"hint", N_("advice"), "N7"},
};
const struct vocabulary GUARD_SEVERITIES = {"severity", severities, N_GUARD_SEVERITIES};

static const char *const whens[] = {"any", "open", "undone", "solved", NULL};

const char *const guard_check_names[N_GUARD_CHECKS] = {
    [CHECK_NONE] = "none",
    [CHECK_OPEN_PLACEHOLDER] = "open-placeholder",
    [CHECK_UNKNOWN_PLACEHOLDER] = "unknown-placeholder",
    [CHECK_WRONG_LANGUAGE] = "wrong-language",
    [CHECK_EMPTY] = "empty",
    [CHECK_FOREIGN_NUMBER] = "foreign-number",
    [CHECK_FOREIGN_KNOWN] = "foreign-known",
    [CHECK_FOREIGN_NAME] = "foreign-name",
    [CHECK_PLATFORM_NAME] = "wrong-platform-name",
    [CHECK_ATTACHMENT] = "attachment-missing",
    [CHECK_WISH] = "wish-not-asked",
    [CHECK_ASKED] = "asked-again",
    [CHECK_UNASKED_LATE] = "unasked-late",
};

/* Keys of patterns and examples end in one of these. */
static const char *const pattern_langs[N_PATTERN_LANGS] = {"en", "nl", "lt", "zh", "it", "all"};

static void example_destroy(gpointer data)
{
	struct guard_example *e = data;
	g_free(e->key);
	g_free(e->text);
	g_free(e);
}

void guard_rule_destroy(struct guard_rule *r)
{
	struct guard_matcher *m = r->matcher;
	for (int l = 0; m && l < N_PATTERN_LANGS; l++) {
		g_clear_pointer(&m->patterns[l], g_ptr_array_unref);
		g_clear_pointer(&m->unless[l], g_ptr_array_unref);
		g_clear_pointer(&m->doubt[l], g_ptr_array_unref);
		g_clear_pointer(&m->elsewhere[l], g_ptr_array_unref);
		g_clear_pointer(&m->missing[l], g_ptr_array_unref);
	}
	if (m)
		g_ptr_array_unref(m->examples);
	g_free(m);
	g_free(r->id);
	g_strfreev(r->platforms);
	g_free(r->title);
	g_free(r->why);
	g_free(r->instead);
	g_strfreev(r->rules);
	g_free(r->file);
	g_free(r);
}

struct guard_rules *guard_create(void)
{
	struct guard_rules *g = g_new0(struct guard_rules, 1);
	g->words = g_ptr_array_new_with_free_func((GDestroyNotify)guard_word_destroy);
	g->rules = g_ptr_array_new_with_free_func((GDestroyNotify)guard_rule_destroy);
	for (int n = 0; n < 2 * N_PATTERN_LANGS; n++)
		g->literals[n % 2][n / 2] = literal_index_create();
	for (int l = 0; l < N_PATTERN_LANGS; l++)
		g->word_literals[l] = literal_index_create();
	g->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	g->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return g;
}

void guard_destroy(struct guard_rules *g)
{
	if (!g)
		return;
	for (int n = 0; n < 2 * N_PATTERN_LANGS; n++)
		literal_index_destroy(g->literals[n % 2][n / 2]);
	for (int l = 0; l < N_PATTERN_LANGS; l++)
		literal_index_destroy(g->word_literals[l]);
	g_hash_table_unref(g->files);
	g_hash_table_unref(g->by_id);
	g_ptr_array_unref(g->rules);
	g_ptr_array_unref(g->words);
	g_free(g);
}

/* The row of `value` in a NULL-ended list; -1 after a fault, which names what there is. */
static int choose(const struct ini *i, const char *group, const char *key, const char *const *list,
		  int standard, GError **error)
{
	g_autofree char *value = ini_value(i, group, key);
	if (!value && standard >= 0)
		return standard;
	for (int n = 0; list[n] && value; n++) {
		if (g_str_equal(value, list[n]))
			return n;
	}
	g_autofree char *known = g_strjoinv(", ", (char **)list);
	ini_fail(i, group, value ? key : NULL, error, _("%s must be one of %s"), key, known);
	return -1;
}

static bool read_kinds(const struct ini *i, const char *group, guint32 *kinds, GError **error)
{
	g_auto(GStrv) list = ini_list(i, group, "kinds");
	for (int n = 0; list[n]; n++) {
		int kind;
		if (!vocab_find(&KINDS, list[n], &kind))
			return ini_fail(i, group, "kinds", error, _("\"%s\" is no kind of complaint"),
					list[n]);
		*kinds |= (guint32)1 << kind;
	}
	return true;
}

static bool read_texts(struct guard_rule *r, const struct ini *i, const char *group, GError **error)
{
	r->title = ini_localised(i, group, "title");
	r->why = ini_localised(i, group, "why");
	r->instead = ini_localised(i, group, "instead");
	r->platforms = ini_list(i, group, "platforms");
	r->rules = ini_list(i, group, "rules");
	if (!r->title || !r->why)
		return ini_fail(i, group, NULL, error, _("title (what is wrong) and why must be there"));
	return true;
}

/* Reads "STEM.LANG" and "STEM.LANG1" ... into lists by language. What is looked for in every sentence is
 * worth an index; `indexes` NULL: it isn't. */
static bool read_patterns(const struct guard_rules *g, const struct ini *i, const char *group,
			  const char *stem, struct literal_index *const *indexes, GPtrArray **lists,
			  GError **error)
{
	g_auto(GStrv) keys = ini_keys(i, group);
	for (int k = 0; keys[k]; k++) {
		if (!g_str_has_prefix(keys[k], stem))
			continue;
		const char *tail = keys[k] + strlen(stem);
		for (int l = 0; l < N_PATTERN_LANGS; l++) {
			gsize length = strlen(pattern_langs[l]);
			if (strncmp(tail, pattern_langs[l], length) != 0 ||
			    strspn(tail + length, "0123456789") != strlen(tail + length))
				continue;
			g_autofree char *text = ini_value(i, group, keys[k]);
			g_autoptr(GError) fault = NULL;
			struct guard_pattern *p = guard_pattern_create(g, (enum pattern_lang)l, text,
								       indexes ? indexes[l] : NULL, &fault);
			if (!p)
				return ini_fail(i, group, keys[k], error, "%s", fault->message);
			if (!lists[l])
				lists[l] =
				    g_ptr_array_new_with_free_func((GDestroyNotify)guard_pattern_destroy);
			g_ptr_array_add(lists[l], p);
		}
	}
	return true;
}

static const char *const shows[N_GUARD_SHOWS] = {
    [SHOWS_MATCH] = "match.", [SHOWS_DOUBT] = "warn.", [SHOWS_PASS] = "pass."};

/* "match.zh-Hans.1", "pass.all.2": LANG. */
static bool read_example(struct guard_matcher *m, const struct ini *i, const char *group, const char *key,
			 GError **error)
{
	int show = 0;
	while (show < N_GUARD_SHOWS && !g_str_has_prefix(key, shows[show]))
		show++;
	if (show == N_GUARD_SHOWS)
		return true;
	const char *from = strchr(key, '.') + 1, *dot = strchr(from, '.');
	g_autofree char *lang = dot ? g_strndup(from, (gsize)(dot - from)) : NULL;
	int l = N_LANGS;
	if (!lang || (!vocab_find(&LANGS, lang, &l) && !g_str_equal(lang, "all")))
		return ini_fail(i, group, key, error,
				_("an example names its language and a number, as in match.zh-Hans.1"));
	struct guard_example *e = g_new0(struct guard_example, 1);
	*e = (struct guard_example){g_strdup(key), ini_value(i, group, key), (enum guard_shows)show, l};
	char **lines = g_strsplit(e->text, "\\n", -1); /* a value is one line */
	g_free(e->text);
	e->text = g_strjoinv("\n", lines);
	g_strfreev(lines);
	g_ptr_array_add(m->examples, e);
	return true;
}

static bool check_keys(const struct ini *i, const char *group, GError **error)
{
	static const char *const plain[] = {"severity", "platforms", "kinds", "when", "check",
					    "read",     "days",      "title", "why",  "instead",
					    "rules",    "source",    NULL};
	g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
	for (int n = 0; plain[n]; n++)
		g_ptr_array_add(known, g_strdup(plain[n]));
	for (int l = 0; l < N_PATTERN_LANGS; l++) {
		for (const char *const *stem =
			 (const char *const[]){"pattern", "unless", "doubt", "elsewhere", "missing", NULL};
		     *stem; stem++) {
			g_ptr_array_add(known, g_strdup_printf("%s.%s", *stem, pattern_langs[l]));
			g_ptr_array_add(known, g_strdup_printf("%s.%s#", *stem, pattern_langs[l]));
		}
	}
	for (int l = 0; l <= N_LANGS; l++) {
		const char *lang = l == N_LANGS ? "all" : LANGS.words[l].id;
		for (int show = 0; show < N_GUARD_SHOWS; show++)
			g_ptr_array_add(known, g_strdup_printf("%s%s.#", shows[show], lang));
	}
	g_ptr_array_add(known, NULL);
	return ini_only(i, group, (const char *const *)known->pdata, error);
}

/* How late is too late: of one check, which can't do without. */
static bool read_days(struct guard_matcher *m, const struct ini *i, const char *group, GError **error)
{
	guint64 days = 0;
	g_autofree char *value = ini_value(i, group, "days");
	bool wanted = m->check == CHECK_UNASKED_LATE;
	if (wanted != (value != NULL) ||
	    (value && !g_ascii_string_to_unsigned(value, 10, 1, 3650, &days, NULL)))
		return ini_fail(i, group, value ? "days" : NULL, error,
				_("check = unasked-late, and only that, takes a number of days from 1 to "
				  "3650, as in: days = 30"));
	m->days = (int)days;
	return true;
}

static bool read_matcher(const struct guard_rules *g, struct guard_matcher *m, const struct ini *i,
			 const char *group, GError **error)
{
	static const char *const shadows[] = {"plain", "spelled", NULL};
	const char *names[N_GUARD_CHECKS + 1] = {NULL};
	for (int n = 0; n < N_GUARD_CHECKS; n++)
		names[n] = guard_check_names[n];
	int check = choose(i, group, "check", names, CHECK_NONE, error);
	int shadow = check < 0 ? -1 : choose(i, group, "read", shadows, 0, error);
	if (shadow < 0)
		return false;
	m->check = (enum guard_check)check;
	m->spelled = shadow == 1;
	if (!read_days(m, i, group, error))
		return false;
	g_auto(GStrv) keys = ini_keys(i, group);
	for (int k = 0; keys[k]; k++) {
		if (!read_example(m, i, group, keys[k], error))
			return false;
	}
	return read_patterns(g, i, group, "pattern.", g->literals[m->spelled], m->patterns, error) &&
	       read_patterns(g, i, group, "unless.", NULL, m->unless, error) &&
	       read_patterns(g, i, group, "doubt.", NULL, m->doubt, error) &&
	       read_patterns(g, i, group, "elsewhere.", NULL, m->elsewhere, error) &&
	       read_patterns(g, i, group, "missing.", NULL, m->missing, error);
}

static bool read_rule(const struct guard_rules *g, struct guard_rule *r, const struct ini *i,
		      const char *group, GError **error)
{
	const char *words[N_GUARD_SEVERITIES + 1] = {"block", "warn", "hint", NULL};
	if (!check_keys(i, group, error))
		return false;
	int severity = choose(i, group, "severity", words, -1, error);
	int when = severity < 0 ? -1 : choose(i, group, "when", whens, 0, error);
	if (when < 0)
		return false;
	r->severity = (enum guard_severity)severity;
	r->when = (enum guard_when)when;
	r->line = ini_line(i, group, NULL);
	return read_texts(r, i, group, error) && read_kinds(i, group, &r->kinds, error) &&
	       read_matcher(g, r->matcher, i, group, error);
}

static bool add_rules(struct guard_rules *g, const char *name, const struct ini *i, GError **error)
{
	g_auto(GStrv) groups = ini_groups(i);
	for (int n = 0; groups[n]; n++) {
		struct guard_rule *r = g_new0(struct guard_rule, 1);
		r->matcher = g_new0(struct guard_matcher, 1);
		r->matcher->examples = g_ptr_array_new_with_free_func(example_destroy);
		r->id = g_strconcat(name, ".", groups[n], NULL);
		r->file = g_strdup(ini_file(i));
		if (!read_rule(g, r, i, groups[n], error)) {
			guard_rule_destroy(r);
			return false;
		}
		g_ptr_array_add(g->rules, r);
		g_hash_table_insert(g->by_id, r->id, r);
	}
	return true;
}

bool guard_add(struct guard_rules *g, const char *name, const char *file, const char *text, gsize length,
	       GError **error)
{
	if (g_hash_table_contains(g->files, name))
		return true;
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	if (!i || !(*name == '_' ? guard_add_words(g, i, error) : add_rules(g, name, i, error)))
		return false;
	g_hash_table_add(g->files, g_strdup(name));
	return true;
}

guint guard_count(const struct guard_rules *g)
{
	return g->rules->len;
}

const struct guard_rule *guard_nth(const struct guard_rules *g, guint n)
{
	return n < g->rules->len ? g->rules->pdata[n] : NULL;
}

const struct guard_rule *guard_find(const struct guard_rules *g, const char *id)
{
	return id ? g_hash_table_lookup(g->by_id, id) : NULL;
}
