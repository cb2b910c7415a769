/* SPDX-License-Identifier: MIT */
#include "ingest/language.h"

#include "domain/lang.h"
#include "domain/text.h"
#include "store/datafile.h"

#include <libexttextcat/textcat.h>
#include <string.h>

#include "domain/banned.h"

#define SAMPLE_LIMIT 500 /* bytes: textcat is sure long before */
#define FEWEST_LETTERS 20
#define PLAIN_CASE                                                                                           \
	4 /* so many frequent words of one language, and hardly any of another, need no textcat              \
	   */

/* Frequent words that only one of the four has: they decide short texts. */
static const struct {
	const char *lang, *words;
} stop_words[] = {
    {"en", " the and you your have has not with this that please my thanks thank hello hi it what when where "
	   "am for from but are "
	   "would will can they been which were to on be if by we i'm there "},
    {"nl", " de het een en ik mijn niet niets met dit dat voor bestelling graag dank hallo heb heeft u "
	   "jullie geen wanneer waar nog van "
	   "op te zijn naar maar ook bij als om er hij ze wij uw wordt werd deze die kunt wil "},
    {"lt", " ir aš mano nėra kada kur prašau ačiū sveiki laba diena užsakymas užsakymo prekė prekės dar bet "
	   "kaip ar yra iki buvo tai kad "
	   "jau į iš dėl jis ji mes jūs jūsų nebuvo tik už bus labai "},
    {"it", " il lo la gli che non con mio mia ho è grazie ciao buongiorno salve quando dove ordine ancora "
	   "sono di del della un una ma mi "
	   "si ha dopo nel alla le vi da delle dal dei questo "},
};

/* The head of the text without quoted lines and addresses, for the guess. */
static char *sample(const char *text)
{
	GString *out = g_string_sized_new(SAMPLE_LIMIT + 80);
	for (const char *p = text; *p && out->len < SAMPLE_LIMIT;) {
		const char *end = strchr(p, '\n');
		gsize length = end ? (gsize)(end - p) : strlen(p);
		if (*p != '>')
			g_string_append_len(out, p, MIN(length, SAMPLE_LIMIT));
		g_string_append_c(out, ' ');
		p += length + (end ? 1 : 0);
	}
	if (out->len > SAMPLE_LIMIT)
		g_string_truncate(out,
				  g_utf8_find_prev_char(out->str, out->str + SAMPLE_LIMIT + 1) - out->str);
	char *valid = g_utf8_make_valid(out->str, out->len);
	g_string_free(out, true);
	return valid;
}

static void textcat_free(gpointer at)
{
	textcat_Done(at);
}

/* A thread's own textcat: it keeps its answer inside. NULL if the profiles aren't installed. */
static void *own_textcat(void)
{
	static GPrivate own = G_PRIVATE_INIT(textcat_free);
	void *cat = g_private_get(&own);
	if (cat)
		return cat;
	struct datafile *conf = datafile_one("textcat.conf", NULL);
	if (conf && g_file_test(TEXTCAT_DIR "lt.lm", G_FILE_TEST_EXISTS))
		cat = special_textcat_Init(conf->path, TEXTCAT_DIR);
	datafile_destroy(conf);
	g_private_set(&own, cat);
	return cat;
}

static const char *known(const char *name, gsize length)
{
	for (guint n = 0; n < G_N_ELEMENTS(stop_words); n++) {
		if (length == 2 && strncmp(stop_words[n].lang, name, 2) == 0)
			return stop_words[n].lang;
	}
	return NULL;
}

/* textcat answers "[en--utf8]", several of them when it can't decide. */
static const char *by_textcat(const char *text)
{
	void *cat = own_textcat();
	const char *answer = cat ? textcat_Classify(cat, text, strlen(text)) : NULL;
	if (!answer || answer[0] != '[' || strchr(answer + 1, '['))
		return NULL;
	return known(answer + 1, strcspn(answer + 1, "-]"));
}

/* The language with the most frequent words; *sure if there is no doubt. */
static const char *by_stop_words(const char *text, bool *sure)
{
	g_autofree char *low = g_utf8_strdown(text, -1);
	int score[G_N_ELEMENTS(stop_words)] = {0}, best = 0, second = 0;
	const char *winner = NULL;
	g_autoptr(GString) word = g_string_new(" ");
	for (const char *p = low;; p = g_utf8_next_char(p)) {
		if (*p && g_unichar_isalpha(g_utf8_get_char(p))) {
			g_string_append_len(word, p, g_utf8_next_char(p) - p);
			continue;
		}
		g_string_append_c(word, ' ');
		for (guint n = 0; word->len > 2 && n < G_N_ELEMENTS(stop_words); n++)
			score[n] += strstr(stop_words[n].words, word->str) != NULL;
		g_string_assign(word, " ");
		if (!*p)
			break;
	}
	for (guint n = 0; n < G_N_ELEMENTS(stop_words); n++) {
		if (score[n] > best) {
			second = best;
			best = score[n];
			winner = stop_words[n].lang;
		} else if (score[n] > second) {
			second = score[n];
		}
	}
	*sure = best >= PLAIN_CASE && best >= 4 * second;
	return best > second ? winner : NULL;
}

const char *language_of(const char *text)
{
	g_autofree char *head = sample(text);
	struct han_count count = text_count_han(head);
	/* A Han character says as much as two or three letters. */
	if (count.han > 0 && count.han * 3 >= count.letters - count.han)
		return count.hant_only > count.hans_only   ? "zh-Hant"
		       : count.hans_only > count.hant_only ? "zh-Hans"
							   : CHINESE_UNSURE;
	bool sure = false;
	const char *lang = by_stop_words(head, &sure), *guess;
	if (sure || count.letters < FEWEST_LETTERS)
		return lang;
	guess = by_textcat(head);
	return guess ? guess : lang;
}
