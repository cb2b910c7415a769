/* SPDX-License-Identifier: MIT */
#include "store/search_words.h"

#include <string.h>

#include "domain/banned.h"

#define MOST 24 /* words; beyond, asking for each of them costs more than merging them */

/* What the index keeps as it is typed: no marks that it would take off. */
static bool is_one_word(const char *s)
{
	for (const char *p = s; *p; p++) {
		if (!g_ascii_isalnum(*p))
			return false;
	}
	return *s != '\0';
}

/* The first word of the index from `from` on. FTS5's list of words in which each stands as often as it is
 * used finds its beginning without reading what lies before; to go on behind a word it skips that word's
 * messages unread. */
static bool next_word(struct store *s, const char *from, char **word, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error, "SELECT term FROM temp.index_words WHERE term >= ? LIMIT 1", "t", from);
	*word = NULL;
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	*word = sql_copy(q, 0);
	return true;
}

bool words_that_begin(struct store *s, const char *begun, char **words, GError **error)
{
	*words = NULL;
	if (!is_one_word(begun))
		return true;
	if (!sql_script(s,
			"CREATE VIRTUAL TABLE IF NOT EXISTS temp.index_words USING fts5vocab('main', "
			"'search', 'instance')",
			error))
		return false;
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *from = g_strdup(begun);
	for (int n = 0; n <= MOST; n++) {
		g_autofree char *word = NULL;
		if (!next_word(s, from, &word, error))
			return false;
		if (!word || !g_str_has_prefix(word, begun)) {
			*words = all->len ? g_string_free(g_steal_pointer(&all), false) : NULL;
			return true;
		}
		g_string_append_printf(all, "%s\"%s\"", all->len ? " OR " : "", word);
		g_free(from);
		from = g_strconcat(word, "\001", NULL);
	}
	return true;
}
