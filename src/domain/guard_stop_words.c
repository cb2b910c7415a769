/* SPDX-License-Identifier: MIT */
#include "domain/guard_rules.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

#define EN (1 << PATTERN_EN)
#define NL (1 << PATTERN_NL)
#define LT (1 << PATTERN_LT)
#define IT (1 << PATTERN_IT)

/* Stop words without marks, in the order of the alphabet. */
static const struct stop_word {
	const char word[16];
	guint8 langs;
} stop_words[] = {
    {"aan", NL},        {"abbiamo", IT},    {"about", EN},       {"aciu", LT},
    {"al", NL | IT},    {"all", EN},        {"alla", IT},        {"als", NL},
    {"an", EN},         {"anche", IT},      {"and", EN},         {"ant", LT},
    {"any", EN},        {"apie", LT},       {"ar", LT},          {"arba", LT},
    {"are", EN},        {"as", EN | LT},    {"atsiprasome", LT}, {"be", EN},
    {"been", EN},       {"beste", NL},      {"bestelling", NL},  {"bet", LT},
    {"bij", NL},        {"binnen", NL},     {"buongiorno", IT},  {"bus", LT},
    {"but", EN},        {"butu", LT},       {"buvo", LT},        {"by", EN},
    {"can", EN},        {"che", IT},        {"ci", IT},          {"come", IT},
    {"con", IT},        {"da", IT},         {"dal", IT},         {"dan", NL},
    {"dank", NL},       {"dar", LT},        {"dat", NL},         {"de", NL},
    {"dear", EN},       {"dei", IT},        {"dekojame", LT},    {"del", LT | IT},
    {"della", IT},      {"deze", NL},       {"di", IT},          {"diena", LT},
    {"dienas", LT},     {"dit", NL},        {"do", EN},          {"door", NL},
    {"e", IT},          {"een", NL},        {"en", NL},          {"entro", IT},
    {"er", NL},         {"essere", IT},     {"find", EN},        {"for", EN},
    {"from", EN},       {"galetumete", LT}, {"gali", LT},        {"galime", LT},
    {"galite", LT},     {"geen", NL},       {"geld", NL},        {"gentile", IT},
    {"gli", IT},        {"graag", NL},      {"grazie", IT},      {"ha", IT},
    {"hanno", IT},      {"has", EN},        {"have", EN},        {"hebben", NL},
    {"hebt", NL},       {"heeft", NL},      {"hello", EN},       {"het", NL},
    {"hier", NL},       {"i", EN | IT},     {"if", EN},          {"ik", NL},
    {"iki", LT},        {"il", IT},         {"ir", LT},          {"is", EN | NL | LT},
    {"it", EN},         {"jau", LT},        {"je", NL},          {"jei", LT},
    {"jums", LT},       {"jus", LT},        {"jusu", LT},        {"ka", LT},
    {"kad", LT},        {"kai", LT},        {"kaip", LT},        {"kas", LT},
    {"kunnen", NL},     {"kunt", NL},       {"kuri", LT},        {"la", IT},
    {"laba", LT},       {"labai", LT},      {"le", IT},          {"lei", IT},
    {"lo", IT},         {"ma", IT},         {"maar", NL},        {"man", LT},
    {"me", EN},         {"meer", NL},       {"mes", LT},         {"met", NL},
    {"mi", IT},         {"mijn", NL},       {"more", EN},        {"mums", LT},
    {"musu", LT},       {"my", EN},         {"naar", NL},        {"ne", LT},
    {"nel", IT},        {"niet", NL},       {"nog", NL},         {"non", IT},
    {"noretumete", LT}, {"nostra", IT},     {"nostro", IT},      {"not", EN},
    {"nuo", LT},        {"o", IT},          {"of", EN | NL},     {"on", EN},
    {"ons", NL},        {"onze", NL},       {"ook", NL},         {"op", NL},
    {"or", EN},         {"order", EN},      {"ordine", IT},      {"our", EN},
    {"over", NL},       {"per", LT | IT},   {"pinigus", LT},     {"piu", IT},
    {"please", EN},     {"po", LT},         {"potete", IT},      {"prasome", LT},
    {"preke", LT},      {"prekes", LT},     {"prodotto", IT},    {"puo", IT},
    {"quando", IT},     {"questa", IT},     {"questo", IT},      {"refund", EN},
    {"rimborso", IT},   {"sara", IT},       {"se", IT},          {"send", EN},
    {"si", LT | IT},    {"siamo", IT},      {"sis", LT},         {"siunta", LT},
    {"siuntini", LT},   {"sono", IT},       {"sorry", EN},       {"su", LT},
    {"sua", IT},        {"suo", IT},        {"sveiki", LT},      {"tai", LT},
    {"te", NL},         {"terug", NL},      {"thank", EN},       {"that", EN},
    {"the", EN},        {"there", EN},      {"this", EN},        {"to", EN},
    {"turi", LT},       {"u", NL},          {"uit", NL},         {"un", IT},
    {"una", IT},        {"us", EN},         {"uw", NL},          {"uz", LT},
    {"uzsakymas", LT},  {"uzsakymo", LT},   {"van", NL},         {"vi", IT},
    {"visus", LT},      {"voor", NL},       {"wanneer", NL},     {"was", EN | NL},
    {"we", EN | NL},    {"wel", NL},        {"what", EN},        {"when", EN},
    {"which", EN},      {"wij", NL},        {"will", EN},        {"wilt", NL},
    {"with", EN},       {"within", EN},     {"wordt", NL},       {"would", EN},
    {"you", EN},        {"your", EN},       {"yra", LT},         {"zijn", NL},
    {"zodra", NL},      {"zou", NL},
};

struct letters {
	const char *word;
	gsize length;
};

static int by_alphabet(const void *key, const void *row)
{
	const struct letters *k = key;
	const struct stop_word *r = row;
	int order = strncmp(k->word, r->word, k->length);
	return order ? order : r->word[k->length] ? -1 : 0;
}

void guard_count_words(const char *text, gsize length, int words_most, int counts[N_PATTERN_LANGS])
{
	for (gsize at = 0, end; at < length && words_most > 0; at = end + (end == at)) {
		for (end = at; end < length && g_ascii_islower(text[end]); end++)
			;
		if (end == at)
			continue;
		words_most--;
		struct letters k = {text + at, end - at};
		const struct stop_word *w =
		    k.length < sizeof w->word
			? bsearch(&k, stop_words, G_N_ELEMENTS(stop_words), sizeof *w, by_alphabet)
			: NULL;
		for (int l = 0; w && l < N_PATTERN_LANGS; l++)
			counts[l] += w->langs >> l & 1;
	}
}

bool guard_plainly(const int counts[N_PATTERN_LANGS], enum pattern_lang *lang)
{
	int best = 0, second = -1;
	for (int l = 1; l < N_PATTERN_LANGS; l++) {
		if (counts[l] > counts[best]) {
			second = best;
			best = l;
		} else if (second < 0 || counts[l] > counts[second]) {
			second = l;
		}
	}
	*lang = (enum pattern_lang)best;
	return counts[best] >= 2 && counts[best] >= counts[second] + 1 + counts[second] / 3;
}
