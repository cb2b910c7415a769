/* SPDX-License-Identifier: MIT */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

void composer_check_spelling(struct composer *c)
{
	guint version = text_area_version(c->area);
	if (c->spelt_in == version)
		return;
	c->spelt_in = version;
	g_array_unref(c->misspelt);
	c->misspelt = spell_check(library_spell(c->view.desk->library), c->lang, text_area_text(c->area));
}

static const struct misspelt *misspelt(const struct composer *c, guint n)
{
	return &g_array_index(c->misspelt, struct misspelt, n);
}

/* The word at the cursor, else the next one, round at the end; NULL if none is wrong. */
static const struct misspelt *wrong_word(const struct composer *c)
{
	gsize at = text_area_cursor(c->area);
	for (guint i = 0; i < c->misspelt->len; i++) {
		if (misspelt(c, i)->at + misspelt(c, i)->length >= at)
			return misspelt(c, i);
	}
	return c->misspelt->len ? misspelt(c, 0) : NULL;
}

static char *word_text(const struct composer *c, const struct misspelt *m)
{
	return g_strndup(text_area_text(c->area) + m->at, m->length);
}

void composer_ask_spelling(struct composer *c, struct outcome *out)
{
	struct spell *s = library_spell(c->view.desk->library);
	composer_check_spelling(c);
	const struct misspelt *m = wrong_word(c);
	if (!m) {
		out->say = g_strdup(
		    spell_tell_missing(s, c->lang)
			? _("There is no dictionary for this language: install one for Hunspell or Aspell.")
			: _("No word looks misspelt."));
		return;
	}
	g_autofree char *word = word_text(c, m);
	g_autoptr(GPtrArray) words = spell_suggest(s, c->lang, word);
	g_autoptr(GString) question = g_string_new(NULL);
	text_area_go(c->area, m->at);
	composer_follow(c);
	for (guint i = 0; i < words->len && text_width(question->str) < c->view.desk->cols / 3; i++)
		g_string_append_printf(question, "%u %s  ", i + 1, (char *)words->pdata[i]);
	g_string_append(question, words->len ? _("number or word: ") : _("no suggestion; word: "));
	c->asking = ASKING_SPELLING;
	out->ask = g_string_free(g_steal_pointer(&question), FALSE);
}

void composer_spell(struct composer *c, const char *answer)
{
	const struct misspelt *m = wrong_word(c);
	g_autofree char *typed = g_strstrip(g_strdup(answer));
	guint64 number = 0;
	if (!m || !*typed)
		return;
	g_autofree char *word = word_text(c, m);
	g_autoptr(GPtrArray) words = spell_suggest(library_spell(c->view.desk->library), c->lang, word);
	bool numbered = g_ascii_string_to_unsigned(typed, 10, 1, MAX(words->len, 1), &number, NULL);
	if (numbered && !words->len)
		return;
	text_area_replace(c->area, m->at, m->at + m->length, numbered ? words->pdata[number - 1] : typed);
	composer_touch(c);
}
