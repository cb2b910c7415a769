/* SPDX-License-Identifier: MIT */
#include "domain/guard_rules.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

/* {..} stays in the sentence, {,} in the clause, {...} in the paragraph. Between patterns, " {+} " is "and,
 * anywhere in the sentence". */
static const struct {
	const char *name, *latin, *chinese;
} gaps[] = {
    {"..", "[^.!?。\\n]{0,110}?(?:\\.\\w[^.!?。\\n]{0,60}?){0,2}?", "[^.!?。\\n]{0,45}?"},
    {",", "[^.!?,;:。\\n]{0,60}?", "[^.!?,;:。、\\n]{0,22}?"},
    {"...", "[^\\n]{0,180}?", "[^\\n]{0,70}?"},
};

enum pattern_lang pattern_lang_of(enum lang lang)
{
	static const enum pattern_lang of[N_LANGS] = {
	    [LANG_EN] = PATTERN_EN,      [LANG_NL] = PATTERN_NL,      [LANG_LT] = PATTERN_LT,
	    [LANG_ZH_HANS] = PATTERN_ZH, [LANG_ZH_HANT] = PATTERN_ZH, [LANG_IT] = PATTERN_IT,
	};
	return of[lang];
}

static const struct guard_word *find_word(const struct guard_rules *g, const char *name, gsize length,
					  guint *number)
{
	for (guint n = 0; n < g->words->len; n++) {
		const struct guard_word *w = g->words->pdata[n];
		if (strlen(w->name) == length && strncmp(w->name, name, length) == 0) {
			*number = n;
			return w;
		}
	}
	return NULL;
}

struct expansion {
	GString *out;
	guint64 needs;
	int depth;   /* of round brackets */
	bool choice; /* a "|" outside brackets: no word is needed by all */
};

static bool put_gap(struct expansion *e, enum pattern_lang lang, const char *name, gsize length)
{
	for (gsize n = 0; n < G_N_ELEMENTS(gaps); n++) {
		if (strlen(gaps[n].name) != length || strncmp(gaps[n].name, name, length) != 0)
			continue;
		g_string_append(e->out, lang == PATTERN_ZH ? gaps[n].chinese : gaps[n].latin);
		return true;
	}
	return false;
}

static bool put_word(struct expansion *e, const struct guard_rules *g, enum pattern_lang lang,
		     const char *name, gsize length, GError **error)
{
	guint number = 0;
	const struct guard_word *w = find_word(g, name, length, &number);
	const char *text = w ? w->text[lang] ? w->text[lang] : w->text[PATTERN_ALL] : NULL;
	if (!text) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
			    _("there are no words {%.*s} for this language: see _words.ini"), (int)length,
			    name);
		return false;
	}
	g_string_append(e->out, text);
	char after = name[length + 1];
	if (e->depth == 0 && after != '?' && after != '*' && w->regex[lang])
		e->needs |= (guint64)1 << number;
	return true;
}

/* `text` with {words} and gaps put in. NULL and *error on an unknown one. */
static char *expand(const struct guard_rules *g, enum pattern_lang lang, const char *text, guint64 *needs,
		    GError **error)
{
	g_autofree char *plain = shadow_pattern(text);
	struct expansion e = {g_string_new(NULL), 0, 0, false};
	g_autoptr(GString) out = e.out;
	bool in_class = false;
	for (const char *p = plain; *p; p++) {
		const char *end = *p == '{' && !g_ascii_isdigit(p[1]) ? strchr(p, '}') : NULL;
		if (end && !in_class) {
			gsize length = (gsize)(end - p - 1);
			if (!put_gap(&e, lang, p + 1, length) && !put_word(&e, g, lang, p + 1, length, error))
				return NULL;
			p = end;
			continue;
		}
		g_string_append_c(out, *p);
		if (*p == '\\' && p[1])
			g_string_append_c(out, *++p);
		else if (*p == '[' || *p == ']')
			in_class = *p == '[';
		else if (!in_class)
			e.depth += (*p == '(') - (*p == ')');
		e.choice |= *p == '|' && e.depth == 0 && !in_class;
	}
	if (needs)
		*needs = e.choice ? 0 : e.needs;
	return g_strdup(out->str);
}

static void destroy_regex(gpointer regex)
{
	regex_destroy(regex);
}

/* Words are a closer filter than literals: patterns that ask for them have no need of any. */
static void add_literals(struct guard_pattern *p, const char *first, struct literal_index *index)
{
	g_autoptr(GPtrArray) literals = p->needs || !index ? NULL : guard_literals_of(first, &p->reach);
	p->literal = literals != NULL;
	if (literals)
		p->number = literal_index_add(index, literals);
}

struct guard_pattern *guard_pattern_create(const struct guard_rules *g, enum pattern_lang lang,
					   const char *text, struct literal_index *index, GError **error)
{
	g_autofree char *first = NULL;
	g_auto(GStrv) parts = g_strsplit(text, " {+} ", -1);
	struct guard_pattern *p = g_new0(struct guard_pattern, 1);
	for (int n = 0; parts[n]; n++) {
		guint64 needs = 0;
		g_autofree char *whole = expand(g, lang, parts[n], &needs, error);
		struct regex *regex = whole ? regex_create_ascii(whole, error) : NULL;
		if (!regex) {
			guard_pattern_destroy(p);
			return NULL;
		}
		p->needs |= needs;
		if (n == 0) {
			p->regex = regex;
			first = g_steal_pointer(&whole);
			continue;
		}
		if (!p->also)
			p->also = g_ptr_array_new_with_free_func(destroy_regex);
		g_ptr_array_add(p->also, regex);
	}
	add_literals(p, first, index);
	return p;
}

void guard_pattern_destroy(struct guard_pattern *p)
{
	if (!p)
		return;
	regex_destroy(p->regex);
	if (p->also)
		g_ptr_array_unref(p->also);
	g_free(p);
}

void guard_word_destroy(struct guard_word *w)
{
	for (int l = 0; l < N_PATTERN_LANGS; l++) {
		g_free(w->text[l]);
		regex_destroy(w->regex[l]);
	}
	g_free(w->name);
	g_free(w);
}

/* A word stays within its sentence. */
static void add_word_literals(const struct guard_rules *g, struct guard_word *w, enum pattern_lang lang)
{
	enum guard_reach reach;
	g_autoptr(GPtrArray) literals = guard_literals_of(w->text[lang], &reach);
	w->literal[lang] = literals != NULL;
	if (literals)
		w->number[lang] = literal_index_add(g->word_literals[lang], literals);
}

/* Latin words are stems: they begin at a word's beginning and may go on. "no\b" is the whole word. */
static bool add_word_lang(struct guard_rules *g, struct guard_word *w, const struct ini *i, const char *key,
			  enum pattern_lang lang, GError **error)
{
	g_autofree char *value = ini_value(i, w->name, key);
	if (!value)
		return true;
	g_autoptr(GError) fault = NULL;
	g_autofree char *inner = expand(g, lang, value, NULL, &fault);
	if (inner) {
		bool latin = lang != PATTERN_ZH && lang != PATTERN_ALL;
		w->text[lang] = g_strdup_printf(latin ? "\\b(?:%s)\\w*+" : "(?:%s)", inner);
		w->regex[lang] = regex_create_ascii(w->text[lang], &fault);
		add_word_literals(g, w, lang);
	}
	return w->regex[lang] || ini_fail(i, w->name, key, error, "%s", fault->message);
}

bool guard_add_words(struct guard_rules *g, const struct ini *i, GError **error)
{
	static const char *const keys[] = {"en", "nl", "lt", "zh", "it", "all", NULL};
	g_auto(GStrv) groups = ini_groups(i);
	for (int n = 0; groups[n]; n++) {
		guint number;
		if (find_word(g, groups[n], strlen(groups[n]), &number))
			continue;
		if (!ini_only(i, groups[n], keys, error))
			return false;
		if (g->words->len == 64)
			return ini_fail(i, groups[n], NULL, error,
					_("there are 64 words already: put this one into its patterns"));
		struct guard_word *w = g_new0(struct guard_word, 1);
		w->name = g_strdup(groups[n]);
		bool good = true;
		for (int l = 0; l < N_PATTERN_LANGS && good; l++)
			good = add_word_lang(g, w, i, keys[l], l, error);
		if (!good) {
			guard_word_destroy(w);
			return false;
		}
		g_ptr_array_add(g->words, w);
	}
	return true;
}
