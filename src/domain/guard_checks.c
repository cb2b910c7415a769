/* SPDX-License-Identifier: MIT */
#include "domain/guard_rules.h"

#include "domain/template.h"
#include "domain/template_parse.h"
#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

/* Fewer letters than this between greeting and signature say nothing. */
#define COUNTED 512 /* bytes of a paragraph: far more than those */
#define LETTERS_LEAST 12
#define HAN_LEAST 4

/* At most this many words and bytes are looked at: a language shows early. */
#define WORDS_MAX 120
#define HEAD_MAX 2000

bool guard_language(const char *text, enum lang *lang)
{
	static const enum lang of[N_PATTERN_LANGS] = {LANG_EN,      LANG_NL, LANG_LT,
						      LANG_ZH_HANS, LANG_IT, LANG_EN};
	const char *cut = strlen(text) > HEAD_MAX ? g_utf8_find_prev_char(text, text + HEAD_MAX) : NULL;
	g_autofree char *head = cut ? g_strndup(text, (gsize)(cut - text)) : g_strdup(text);
	struct han_count han = text_count_han(head);
	if (han.han >= 2 && han.han * 4 > han.letters - han.han) {
		*lang = han.hant_only > han.hans_only ? LANG_ZH_HANT : LANG_ZH_HANS;
		return true;
	}
	g_autoptr(shadow_auto) s = shadow_create(head);
	int counts[N_PATTERN_LANGS] = {0};
	enum pattern_lang best;
	guard_count_words(s->text->str, s->text->len, WORDS_MAX, counts);
	if (!guard_plainly(counts, &best))
		return false;
	*lang = of[best];
	return true;
}

static bool is_same(const struct shadow *s, gsize at, gsize end, const char *known)
{
	if (!known || !*known)
		return false;
	g_autoptr(shadow_auto) k = shadow_create(known);
	return k->text->len == end - at && strncmp(k->text->str, s->text->str + at, end - at) == 0;
}

/* This case's own numbers and addresses. */
static bool is_own(const struct guard_case *c, const struct shadow *s, gsize at, gsize end)
{
	if (!c)
		return false;
	if (is_same(s, at, end, c->order) || is_same(s, at, end, c->number))
		return true;
	for (int n = 0; c->own && c->own[n]; n++) {
		if (is_same(s, at, end, c->own[n]))
			return true;
	}
	return false;
}

/* Whether any word of the name greeted is one of the buyer's. */
static bool is_buyer(const struct shadow *s, const struct regex_hit *hit, const char *buyer)
{
	g_autoptr(shadow_auto) name = shadow_create(buyer);
	g_autofree char *greeted = g_strndup(s->text->str + hit->group_at, hit->group_end - hit->group_at);
	g_auto(GStrv) words = g_strsplit_set(greeted, " .,-", -1);
	for (int n = 0; words[n]; n++) {
		if (strlen(words[n]) >= 2 && strstr(name->text->str, words[n]))
			return true;
	}
	return false;
}

static bool evidence_known(const struct guard_case *c, const char *group)
{
	g_autofree char *id = g_strdelimit(g_strdup(group), "_", '-');
	int bit;
	return vocab_find(&EVIDENCE, id, &bit) && ((c->asked | c->got) & (guint32)1 << bit);
}

/* Between "{{" and "}}". */
static bool is_known_placeholder(const struct shadow *s, const struct regex_hit *hit)
{
	const char *text = s->text->str + hit->at;
	gsize length = hit->end - hit->at;
	if (length < 4 || text[0] != '{' || text[1] != '{')
		return true;
	text += 2;
	length -= 4;
	if (length > 0 && strchr("#/^>", *text)) {
		text++;
		length--;
	}
	return piece_is_known(text, length);
}

bool guard_check_counts(enum guard_check check, const struct guard_draft *d, const struct shadow *s,
			const struct regex_hit *hit)
{
	const struct guard_case *c = d->facts;
	switch (check) {
	case CHECK_NONE:
		return !is_own(c, s, hit->at, hit->end);
	case CHECK_OPEN_PLACEHOLDER:
		return is_known_placeholder(s, hit);
	case CHECK_UNKNOWN_PLACEHOLDER:
		return !is_known_placeholder(s, hit);
	case CHECK_FOREIGN_NUMBER:
		return c && (c->order || c->number) &&
		       !(hit->group ? is_own(c, s, hit->group_at, hit->group_end)
				    : is_own(c, s, hit->at, hit->end));
	case CHECK_FOREIGN_NAME:
		return c && c->buyer_name && *c->buyer_name && hit->group && !is_buyer(s, hit, c->buyer_name);
	case CHECK_PLATFORM_NAME:
		return d->platform && hit->group && !g_str_equal(hit->group, d->platform);
	case CHECK_ATTACHMENT:
		return c && c->attachments == 0;
	case CHECK_WISH:
		return c && !c->wish_known;
	case CHECK_ASKED:
		return c && hit->group && evidence_known(c, hit->group);
	default:
		return false;
	}
}

/* Greeting and signature: paragraphs of one short line, or that end in a comma. */
static bool is_frame(const char *paragraph)
{
	gsize length = strlen(paragraph);
	glong chars = g_utf8_strlen(paragraph, -1);
	const char *last = length ? g_utf8_find_prev_char(paragraph, paragraph + length) : NULL;
	bool han = text_count_han(paragraph).han > 0;
	return last && chars <= (han ? 12 : 40) && strchr(",!:\n", *last ? *last : ',') != NULL;
}

static bool ends_in_stop(const char *paragraph)
{
	return g_str_has_suffix(paragraph, ".") || g_str_has_suffix(paragraph, "\xe3\x80\x82") ||
	       g_str_has_suffix(paragraph, "?");
}

static bool is_empty(const char *text)
{
	g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
	guint count = g_strv_length(paragraphs);
	int letters = 0, han = 0;
	for (guint n = 0; n < count; n++) {
		g_strstrip(paragraphs[n]);
		bool signature =
		    n > 0 && n + 1 == count && strlen(paragraphs[n]) < 80 && !ends_in_stop(paragraphs[n]);
		bool frame = signature || is_frame(paragraphs[n]);
		if (strlen(paragraphs[n]) > COUNTED) /* enough to tell */
			*g_utf8_find_prev_char(paragraphs[n], paragraphs[n] + COUNTED) = '\0';
		struct han_count counted = text_count_han(paragraphs[n]);
		letters += frame ? 0 : counted.letters;
		han += frame ? 0 : counted.han;
		if (letters >= LETTERS_LEAST || han >= HAN_LEAST)
			return false;
	}
	return true;
}

static bool is_wrong_language(const struct guard_draft *d)
{
	enum lang written;
	if (!d->facts || !d->facts->buyer_lang_known || !guard_language(d->text, &written) ||
	    written == d->facts->buyer_lang)
		return false;
	if (pattern_lang_of(written) != PATTERN_ZH || pattern_lang_of(d->facts->buyer_lang) != PATTERN_ZH)
		return true;
	/* Short Chinese may be written alike in both scripts. */
	struct han_count han = text_count_han(d->text);
	return han.hans_only != han.hant_only;
}

bool guard_check_whole(const struct guard_matcher *m, const struct guard_draft *d)
{
	const struct guard_case *c = d->facts;
	switch (m->check) {
	case CHECK_EMPTY:
		return is_empty(d->text);
	case CHECK_WRONG_LANGUAGE:
		return is_wrong_language(d);
	case CHECK_UNASKED_LATE:
		return c && !c->approached && c->order_days > m->days;
	default:
		return false;
	}
}
