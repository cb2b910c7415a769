/* SPDX-License-Identifier: MIT */
#include "domain/automation_example.h"

#include "domain/intl.h"
#include "domain/lang.h"
#include "domain/tag.h"

#include <string.h>

#include "domain/banned.h"

static const struct word facts[N_EXAMPLE_FACTS] = {
    [EXAMPLE_EVENT] = {"event", NULL, NULL},     [EXAMPLE_OPENED] = {"opened", NULL, NULL},
    [EXAMPLE_KIND] = {"kind", NULL, NULL},       [EXAMPLE_PLATFORM] = {"platform", NULL, NULL},
    [EXAMPLE_LANG] = {"lang", NULL, NULL},       [EXAMPLE_VALUE] = {"value", NULL, NULL},
    [EXAMPLE_BUYER] = {"buyer", NULL, NULL},     [EXAMPLE_ORDER] = {"order", NULL, NULL},
    [EXAMPLE_SUBJECT] = {"subject", NULL, NULL}, [EXAMPLE_TEXT] = {"text", NULL, NULL},
    [EXAMPLE_STATUS] = {"status", NULL, NULL},   [EXAMPLE_WHO] = {"who", NULL, NULL},
    [EXAMPLE_TAG] = {"tag", NULL, NULL},
};
static const struct vocabulary FACTS = {"fact", facts, N_EXAMPLE_FACTS};

static void example_destroy(gpointer data)
{
	struct automation_example *e = data;
	g_free(e->key);
	for (int n = 0; n < N_EXAMPLE_FACTS; n++)
		g_free(e->facts[n]);
	g_free(e);
}

static bool is_word(const struct vocabulary *v, const char *text)
{
	int word;
	return vocab_find(v, text, &word);
}

/* Whether the fact can have that value. */
static bool can_be(enum example_fact fact, const char *text)
{
	struct money m;
	enum lang lang;
	switch (fact) {
	case EXAMPLE_EVENT:
		return is_word(&TRIGGERS, text) && !g_str_equal(text, vocab_id(&TRIGGERS, TRIGGER_NONE));
	case EXAMPLE_OPENED:
		return g_str_equal(text, "yes") || g_str_equal(text, "no");
	case EXAMPLE_KIND:
		return is_word(&KINDS, text);
	case EXAMPLE_LANG:
		return lang_find(text, &lang);
	case EXAMPLE_VALUE:
		return money_parse(text, NULL, &m) && *m.currency;
	case EXAMPLE_STATUS:
		return is_word(&STATUSES, text);
	case EXAMPLE_TAG:
		return tag_check(text, NULL);
	default:
		return *text != '\0';
	}
}

static bool read_fact(const struct ini *i, const char *group, struct automation_example *e, const char *text,
		      GError **error)
{
	int fact;
	g_auto(GStrv) parts = g_strsplit(text, "=", 2);
	if (!parts[0] || !parts[1] || !vocab_find(&FACTS, g_strstrip(parts[0]), &fact))
		return ini_fail(i, group, e->key, error,
				_("\"%s\" is no fact; write them as in: event=return-request; kind=damaged; "
				  "platform=ebay; lang=nl; value=50 EUR (and opened, buyer, order, subject, "
				  "text, status, who, tag)"),
				text);
	g_free(e->facts[fact]);
	e->facts[fact] = g_strdup(g_strstrip(parts[1]));
	return can_be((enum example_fact)fact, e->facts[fact]) ||
	       ini_fail(i, group, e->key, error, _("%s can't be \"%s\""), facts[fact].id, e->facts[fact]);
}

static bool read_example(const struct ini *i, const char *group, struct automation_example *e, GError **error)
{
	g_autofree char *value = ini_value(i, group, e->key);
	g_auto(GStrv) list = g_strsplit(value, ";", -1);
	e->line = ini_line(i, group, e->key);
	for (int n = 0; list[n]; n++) {
		if (*g_strstrip(list[n]) && !read_fact(i, group, e, list[n], error))
			return false;
	}
	return true;
}

GPtrArray *automation_examples_read(const struct ini *i, const char *group, GError **error)
{
	g_autoptr(GPtrArray) examples = g_ptr_array_new_with_free_func(example_destroy);
	g_auto(GStrv) keys = ini_keys(i, group);
	for (int n = 0; keys[n]; n++) {
		bool match = g_str_has_prefix(keys[n], "match.");
		if (!match && !g_str_has_prefix(keys[n], "pass."))
			continue;
		struct automation_example *e = g_new0(struct automation_example, 1);
		g_ptr_array_add(examples, e);
		e->match = match;
		e->key = g_strdup(keys[n]);
		if (!read_example(i, group, e, error))
			return NULL;
	}
	return g_steal_pointer(&examples);
}
