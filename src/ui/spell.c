/* SPDX-License-Identifier: MIT */
#include "ui/spell.h"

#include "config.h"

#include <string.h>

#ifdef HAVE_ENCHANT
#include <enchant.h>
#endif

#include "domain/banned.h"

#ifdef HAVE_ENCHANT
#define MOST_SUGGESTIONS 9

/* Tags of the dictionaries that may serve a language, the most wanted first. */
static const char *const tags[N_LANGS][4] = {
    [LANG_EN] = {"en_GB", "en_US", "en"},
    [LANG_NL] = {"nl_NL", "nl"},
    [LANG_LT] = {"lt_LT", "lt"},
    [LANG_IT] = {"it_IT", "it"},
};

struct dictionary {
	EnchantDict *dict;
	GHashTable *known; /* word -> GINT_TO_POINTER(1 right, 2 wrong), so that each is looked up once */
	bool tried, told;
};

struct spell {
	EnchantBroker *broker;
	struct dictionary dictionaries[N_LANGS];
};

struct spell *spell_create(void)
{
	return g_new0(struct spell, 1);
}

void spell_destroy(struct spell *s)
{
	if (!s)
		return;
	for (int i = 0; i < N_LANGS; i++) {
		struct dictionary *d = &s->dictionaries[i];
		if (d->dict)
			enchant_broker_free_dict(s->broker, d->dict);
		g_clear_pointer(&d->known, g_hash_table_unref);
	}
	if (s->broker)
		enchant_broker_free(s->broker);
	g_free(s);
}

static struct dictionary *open_dictionary(struct spell *s, enum lang lang)
{
	struct dictionary *d = &s->dictionaries[lang];
	if (d->tried)
		return d;
	d->tried = true;
	if (!s->broker)
		s->broker = enchant_broker_init();
	for (int i = 0; tags[lang][i] && !d->dict; i++) {
		if (enchant_broker_dict_exists(s->broker, tags[lang][i]))
			d->dict = enchant_broker_request_dict(s->broker, tags[lang][i]);
	}
	d->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return d;
}

static bool is_right(struct dictionary *d, const char *word)
{
	gpointer known = g_hash_table_lookup(d->known, word);
	if (!known) {
		/* A fault of the dictionary is no fault of the writer. */
		known = GINT_TO_POINTER(enchant_dict_check(d->dict, word, -1) > 0 ? 2 : 1);
		g_hash_table_insert(d->known, g_strdup(word), known);
	}
	return known == GINT_TO_POINTER(1);
}

static bool is_letter(gunichar c)
{
	return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static bool is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2019;
}

/* What is part of a word or makes it none: letters, digits, and what joins addresses. */
static bool joins(gunichar c)
{
	return is_letter(c) || g_unichar_isdigit(c) || is_apostrophe(c) || c == '@' || c == '_' || c == '/' ||
	       c == '{' || c == '}';
}

/* The end of the run at `p`; a full stop within it, as in an address, belongs to it. */
static const char *run_end(const char *p)
{
	for (;; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool dot = (c == '.' || c == ':') && joins(g_utf8_get_char(p + 1)) && p[1] != '\0';
		if (!c || (!joins(c) && !dot))
			return p;
	}
}

/* Letters only (an apostrophe may stand within), small at the beginning. */
static bool is_word(const char *p, const char *end)
{
	if (g_unichar_isupper(g_utf8_get_char(p)) || end - p < 2)
		return false;
	for (; p < end; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		/* From here on scripts whose words are spelt otherwise begin: Han, kana. */
		if (c >= 0x2e80 || (!is_letter(c) && !is_apostrophe(c)))
			return false;
	}
	return true;
}

/* The word as dictionaries write it: with a plain apostrophe, none at its ends. Moves both ends. Owned. */
static char *trimmed(const char **from, const char **to)
{
	while (*from < *to && is_apostrophe(g_utf8_get_char(*from)))
		*from = g_utf8_next_char(*from);
	while (*to > *from && is_apostrophe(g_utf8_get_char(g_utf8_prev_char(*to))))
		*to = g_utf8_prev_char(*to);
	GString *word = g_string_new_len(*from, *to - *from);
	g_string_replace(word, "’", "'", 0);
	return g_string_free(word, FALSE);
}

static void check_line(struct dictionary *d, const char *text, const char *line, const char *end,
		       GArray *found)
{
	for (const char *p = line; p < end;) {
		if (!joins(g_utf8_get_char(p))) {
			p = g_utf8_next_char(p);
			continue;
		}
		const char *from = p, *to = run_end(p);
		p = to;
		g_autofree char *word = trimmed(&from, &to);
		if (from >= to || !is_word(from, to) || is_right(d, word))
			continue;
		struct misspelt m = {(gsize)(from - text), (gsize)(to - from)};
		g_array_append_val(found, m);
	}
}

GArray *spell_check(struct spell *s, enum lang lang, const char *text)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(struct misspelt));
	struct dictionary *d = open_dictionary(s, lang);
	for (const char *line = text; d->dict && *line;) {
		const char *end = line + strcspn(line, "\n");
		if (*line != '>')
			check_line(d, text, line, end, found);
		line = *end ? end + 1 : end;
	}
	return found;
}

GPtrArray *spell_suggest(struct spell *s, enum lang lang, const char *word)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	struct dictionary *d = open_dictionary(s, lang);
	size_t count = 0;
	char **words = d->dict ? enchant_dict_suggest(d->dict, word, -1, &count) : NULL;
	for (size_t i = 0; i < MIN(count, MOST_SUGGESTIONS); i++)
		g_ptr_array_add(out, g_strdup(words[i]));
	if (words)
		enchant_dict_free_string_list(d->dict, words);
	return out;
}

bool spell_tell_missing(struct spell *s, enum lang lang)
{
	struct dictionary *d = open_dictionary(s, lang);
	bool tell = !d->dict && tags[lang][0] && !d->told;
	d->told = true;
	return tell;
}

#else

struct spell *spell_create(void)
{
	return NULL;
}

void spell_destroy(struct spell *s)
{
}

GArray *spell_check(struct spell *s, enum lang lang, const char *text)
{
	return g_array_new(FALSE, FALSE, sizeof(struct misspelt));
}

GPtrArray *spell_suggest(struct spell *s, enum lang lang, const char *word)
{
	return g_ptr_array_new_with_free_func(g_free);
}

bool spell_tell_missing(struct spell *s, enum lang lang)
{
	return false;
}

#endif
