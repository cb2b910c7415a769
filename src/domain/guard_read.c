/* SPDX-License-Identifier: MIT */
#include "domain/guard_rules.h"

#include "domain/intl.h"
#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

#define SENTENCE_WORDS 9         /* words of a sentence that tell its language */
#define PLACES_MAX 5             /* findings of one rule */
#define FULL_STOP "\xe3\x80\x82" /* the Chinese one */

/* A sentence of the plain shadow, and which words it is known to hold. */
struct sentence {
	gsize from, end;
	guint64 known[N_PATTERN_LANGS], have[N_PATTERN_LANGS];
};

/* For each pattern with literals, by number: in which sentences one stands, a bit each. Of the spelled
 * shadow, which has other places, only whether one stands in it, as if it were one sentence. */
struct nearness {
	guint64 *bits[N_PATTERN_LANGS];
	guint row; /* words of 64 sentences for one pattern */
};

/* One draft while it is read. */
struct reading {
	const struct guard_rules *rules;
	const struct guard_draft *draft;
	struct shadow *plain, *spelled; /* spelled: made when first needed */
	bool langs[N_PATTERN_LANGS];
	guint64 known[N_PATTERN_LANGS], have[N_PATTERN_LANGS]; /* words looked for, words found */
	GArray *sentences;                                     /* of struct sentence */
	struct nearness plain_near, spelled_near, word_near;
	GPtrArray *findings;
};

void guard_finding_destroy(struct guard_finding *f)
{
	g_free(f->text);
	g_free(f);
}

static bool platform_fits(const struct guard_rule *r, const char *platform)
{
	bool named = false, any = true;
	for (int n = 0; r->platforms[n]; n++) {
		const char *p = r->platforms[n];
		if (*p == '-' && g_strcmp0(p + 1, platform) == 0)
			return false;
		if (*p != '-' && !g_str_equal(p, "*")) {
			any = false;
			named |= g_strcmp0(p, platform) == 0;
		}
	}
	return any || named;
}

static bool rule_fits(const struct guard_rule *r, const struct guard_draft *d)
{
	const struct guard_case *c = d->facts;
	if (!platform_fits(r, d->platform))
		return false;
	if (r->kinds && (!c || !(r->kinds & (guint32)1 << c->kind)))
		return false;
	if (r->when == GUARD_WHILE_OPEN || r->when == GUARD_WHILE_UNDONE)
		return c && status_is_open(c->status) && !c->content &&
		       !(r->when == GUARD_WHILE_UNDONE && c->done);
	return r->when == GUARD_ANY_TIME || (c && c->status == STATUS_SOLVED);
}

/* A sentence in another language than the rest may say what must not be said, too. */
static void add_langs_of_sentences(struct reading *r)
{
	for (guint n = 0; n < r->sentences->len; n++) {
		const struct sentence *st = &g_array_index(r->sentences, struct sentence, n);
		int counts[N_PATTERN_LANGS] = {0};
		enum pattern_lang lang;
		guard_count_words(r->plain->text->str + st->from, st->end - st->from, SENTENCE_WORDS, counts);
		if (guard_plainly(counts, &lang))
			r->langs[lang] = true;
	}
	r->langs[PATTERN_ZH] = r->langs[PATTERN_ZH] || text_count_han(r->draft->text).han >= 2;
}

static void choose_langs(struct reading *r)
{
	const struct guard_draft *d = r->draft;
	enum lang found;
	bool sure = guard_language(d->text, &found);
	if (sure)
		r->langs[pattern_lang_of(found)] = true;
	if (d->lang_known)
		r->langs[pattern_lang_of(d->lang)] = true;
	for (int l = 0; l < N_PATTERN_LANGS && !sure && !d->lang_known; l++)
		r->langs[l] = true;
	add_langs_of_sentences(r);
	r->langs[PATTERN_ALL] = true;
}

/* Whether all words that a pattern can't do without are in the draft. */
static bool has_words(struct reading *r, enum pattern_lang lang, guint64 needs)
{
	for (guint64 left = needs & ~r->known[lang]; left; left &= left - 1) {
		int n = __builtin_ctzll(left);
		struct regex_hit hit;
		const struct guard_word *w = r->rules->words->pdata[n];
		r->known[lang] |= (guint64)1 << n;
		if (regex_find(w->regex[lang], r->plain->text->str, r->plain->text->len, 0, &hit))
			r->have[lang] |= (guint64)1 << n;
	}
	return (needs & r->have[lang]) == needs;
}

/* Whether a sentence holds all the parts that a pattern asks for beside its first. */
static bool has_parts(const struct guard_pattern *p, const char *sentence, gsize length)
{
	struct regex_hit hit;
	for (guint n = 0; p->also && n < p->also->len; n++) {
		if (!regex_find(p->also->pdata[n], sentence, length, 0, &hit))
			return false;
	}
	return true;
}

/* Whether any of the patterns is in a stretch of the text, for the languages in use. */
static bool any_found(struct reading *r, GPtrArray *const *lists, const char *text, gsize length)
{
	struct regex_hit hit;
	for (int l = 0; l < N_PATTERN_LANGS; l++) {
		for (guint n = 0; r->langs[l] && lists[l] && n < lists[l]->len; n++) {
			const struct guard_pattern *p = lists[l]->pdata[n];
			if (has_words(r, (enum pattern_lang)l, p->needs) &&
			    regex_find(p->regex, text, length, 0, &hit) && has_parts(p, text, length))
				return true;
		}
	}
	return false;
}

/* "Order no. 12", "užsakymo nr. 12", "tel. 12": what follows belongs to it. */
static bool is_short_for_number(const char *text, const char *point)
{
	static const char *const words[] = {"no", "nr", "tel", "art", "ref"};
	for (gsize n = 0; n < G_N_ELEMENTS(words); n++) {
		gsize length = strlen(words[n]);
		const char *word = point - length;
		if (point >= text + length && strncmp(word, words[n], length) == 0 &&
		    (word == text || !g_ascii_isalnum(word[-1])) && point[1] == ' ' &&
		    g_ascii_isdigit(point[2]))
			return true;
	}
	return false;
}

static bool ends_sentence(const char *text, const char *p)
{
	if (*p == '\n' || strncmp(p, FULL_STOP, 3) == 0)
		return true;
	if (*p == '.' && is_short_for_number(text, p))
		return false;
	return (*p == '.' || *p == '!' || *p == '?') && (guchar)p[1] <= ' ';
}

/* The sentence (or sentences) that a hit stands in. */
static void sentence_of(const struct shadow *s, const struct regex_hit *hit, gsize *from, gsize *length)
{
	const char *text = s->text->str;
	gsize start = hit->at, end = hit->end;
	while (start > 0 && !ends_sentence(text, text + start - 1) &&
	       !(start >= 3 && strncmp(text + start - 3, FULL_STOP, 3) == 0))
		start--;
	while (end < s->text->len && !ends_sentence(text, text + end))
		end++;
	*from = start;
	*length = end - start;
}

/* Each begins with the sign that ended the one before: patterns may ask for it. */
static void split_sentences(struct reading *r)
{
	const char *text = r->plain->text->str;
	gsize length = r->plain->text->len;
	r->sentences = g_array_new(FALSE, TRUE, sizeof(struct sentence));
	for (gsize from = 0, end; from < length; from = end) {
		end = (gsize)(g_utf8_next_char(text + from) - text);
		while (end < length && !ends_sentence(text, text + end))
			end = (gsize)(g_utf8_next_char(text + end) - text);
		struct sentence st = {.from = from, .end = end};
		g_array_append_val(r->sentences, st);
	}
}

struct scan {
	const GArray *sentences; /* NULL: all is one */
	guint64 *bits;
	guint row, sentence; /* that was reached */
};

static void note_literal(void *data, guint pattern, gsize at)
{
	struct scan *s = data;
	while (s->sentences && at >= g_array_index(s->sentences, struct sentence, s->sentence).end)
		s->sentence++;
	s->bits[pattern * s->row + s->sentence / 64] |= (guint64)1 << s->sentence % 64;
}

/* One walk over a shadow tells where which patterns are worth trying. */
static void scan_literals(const struct reading *r, struct literal_index *const *indexes, bool spelled,
			  struct nearness *near)
{
	const struct shadow *shadow = spelled ? r->spelled : r->plain;
	const GArray *sentences = spelled ? NULL : r->sentences;
	near->row = sentences ? sentences->len / 64 + 1 : 1;
	for (int l = 0; l < N_PATTERN_LANGS; l++) {
		const struct literal_index *x = indexes[l];
		if (!r->langs[l])
			continue;
		near->bits[l] = g_new0(guint64, (gsize)literal_index_count(x) * near->row + 1);
		struct scan s = {sentences, near->bits[l], near->row, 0};
		literal_index_scan(x, shadow->text->str, shadow->text->len, note_literal, &s);
	}
}

static void nearness_clear(struct nearness *near)
{
	for (int l = 0; l < N_PATTERN_LANGS; l++)
		g_free(near->bits[l]);
}

static bool has_bit(const struct nearness *near, enum pattern_lang lang, guint number, guint sentence)
{
	return near->bits[lang][(gsize)number * near->row + sentence / 64] & (guint64)1 << sentence % 64;
}

/* Whether the sentence, or one beside it if the pattern reaches there, holds a literal of the pattern. */
static bool is_near(const struct reading *r, enum pattern_lang lang, const struct guard_pattern *p,
		    guint sentence)
{
	guint beside = p->reach != REACH_SENTENCE;
	for (guint n = MAX(sentence, beside) - beside; n <= sentence + beside && n < r->sentences->len; n++) {
		if (has_bit(&r->plain_near, lang, p->number, n))
			return true;
	}
	return false;
}

static bool find_word_in(const struct reading *r, guint sentence, enum pattern_lang lang,
			 const struct guard_word *w)
{
	const struct sentence *st = &g_array_index(r->sentences, struct sentence, sentence);
	struct regex_hit hit;
	return (!w->literal[lang] || has_bit(&r->word_near, lang, w->number[lang], sentence)) &&
	       regex_find(w->regex[lang], r->plain->text->str, st->end, st->from, &hit);
}

/* Whether a sentence holds all words that a pattern can't do without: most patterns are tried on few
 * sentences. */
static bool sentence_has(const struct reading *r, guint sentence, enum pattern_lang lang, guint64 needs)
{
	struct sentence *st = &g_array_index(r->sentences, struct sentence, sentence);
	for (guint64 left = needs; left; left &= left - 1) {
		guint64 bit = left & -left;
		if (!(st->known[lang] & bit) &&
		    find_word_in(r, sentence, lang, r->rules->words->pdata[__builtin_ctzll(bit)]))
			st->have[lang] |= bit;
		st->known[lang] |= bit;
		if (!(st->have[lang] & bit))
			return false;
	}
	return true;
}

/* What is wrong, and what to write instead, as the language of the title ends a sentence. */
static char *told(const struct guard_rule *rule)
{
	const char *title = rule->title, *last = g_utf8_find_prev_char(title, title + strlen(title));
	bool han = last && g_unichar_get_script(g_utf8_get_char(last)) == G_UNICODE_SCRIPT_HAN;
	return rule->instead ? g_strconcat(title, han ? FULL_STOP : ". ", rule->instead, NULL)
			     : g_strdup(title);
}

/* Spaces at its ends aren't part of a finding. */
static void add_finding(struct reading *r, const struct guard_rule *rule, enum guard_severity severity,
			const struct shadow *s, const struct regex_hit *hit)
{
	gsize at = hit->at, end = hit->end;
	while (at < end && s->text->str[at] == ' ')
		at++;
	while (end > at && s->text->str[end - 1] == ' ')
		end--;
	gsize from = g_array_index(s->from, guint32, at), to = g_array_index(s->from, guint32, end);
	/* A letter may stand for several of the shadow's. */
	if (to <= from && from < strlen(r->draft->text))
		to = (gsize)(g_utf8_next_char(r->draft->text + from) - r->draft->text);
	struct guard_finding *f = g_new0(struct guard_finding, 1);
	*f = (struct guard_finding){rule, severity, from, end > at ? to - from : 0, NULL};
	f->text = told(rule);
	g_ptr_array_add(r->findings, f);
}

static bool overlaps(const struct reading *r, const struct guard_rule *rule, gsize from)
{
	for (guint n = r->findings->len; n-- > 0;) {
		const struct guard_finding *f = r->findings->pdata[n];
		if (f->rule != rule)
			return false;
		if (from >= f->at && from < f->at + f->length)
			return true;
	}
	return false;
}

/* Every place of one pattern that counts, between two places of the shadow. */
static void find_within(struct reading *r, const struct guard_rule *rule, const struct guard_pattern *p,
			const struct shadow *s, gsize at, gsize end, guint *left)
{
	const struct guard_matcher *m = rule->matcher;
	struct regex_hit hit;
	while (*left > 0 && at <= end && regex_find(p->regex, s->text->str, end, at, &hit)) {
		gsize from, length;
		at = MAX(hit.end, hit.at + 1);
		while (at < end && (s->text->str[at] & 0xc0) == 0x80)
			at++;
		sentence_of(s, &hit, &from, &length);
		bool counts = guard_check_counts(m->check, r->draft, s, &hit) &&
			      !overlaps(r, rule, g_array_index(s->from, guint32, hit.at)) &&
			      has_parts(p, s->text->str + from, length) &&
			      !any_found(r, m->unless, s->text->str + from, length);
		if (counts) {
			bool doubtful = rule->severity == GUARD_BLOCK &&
					any_found(r, m->doubt, s->text->str + from, length);
			add_finding(r, rule, doubtful ? GUARD_WARN : rule->severity, s, &hit);
			(*left)--;
		}
	}
}

/* A pattern with literals: in each stretch of sentences near one. */
static void find_near(struct reading *r, const struct guard_rule *rule, enum pattern_lang lang,
		      const struct guard_pattern *p, guint *left)
{
	const struct sentence *all = (const struct sentence *)(gpointer)r->sentences->data;
	for (guint n = 0; n < r->sentences->len; n++) {
		guint first = n;
		while (n < r->sentences->len && is_near(r, lang, p, n))
			n++;
		if (n == first)
			continue;
		bool whole = p->reach == REACH_DRAFT;
		find_within(r, rule, p, r->plain, whole ? 0 : all[first].from,
			    whole ? r->plain->text->len : all[n - 1].end, left);
		if (whole)
			return;
	}
}

/* A pattern that needs words stays in the sentence, as they do; the spelled shadow has other places than the
 * plain one. */
static void find_pattern(struct reading *r, const struct guard_rule *rule, enum pattern_lang lang,
			 const struct guard_pattern *p, guint *left)
{
	if (rule->matcher->spelled) {
		if (!p->literal || r->spelled_near.bits[lang][p->number])
			find_within(r, rule, p, r->spelled, 0, r->spelled->text->len, left);
		return;
	}
	if (p->literal) {
		find_near(r, rule, lang, p, left);
		return;
	}
	if (!p->needs) {
		find_within(r, rule, p, r->plain, 0, r->plain->text->len, left);
		return;
	}
	for (guint n = 0; n < r->sentences->len; n++) {
		const struct sentence *st = &g_array_index(r->sentences, struct sentence, n);
		if (sentence_has(r, n, lang, p->needs))
			find_within(r, rule, p, r->plain, st->from, st->end, left);
	}
}

static void find_patterns(struct reading *r, const struct guard_rule *rule)
{
	const struct guard_matcher *m = rule->matcher;
	guint left = PLACES_MAX, before = r->findings->len;
	if (m->spelled && !r->spelled) {
		r->spelled = shadow_spelled(r->plain);
		scan_literals(r, r->rules->literals[1], true, &r->spelled_near);
	}
	for (int l = 0; l < N_PATTERN_LANGS; l++) {
		for (guint n = 0; r->langs[l] && m->patterns[l] && n < m->patterns[l]->len; n++) {
			const struct guard_pattern *p = m->patterns[l]->pdata[n];
			if (has_words(r, (enum pattern_lang)l, p->needs))
				find_pattern(r, rule, (enum pattern_lang)l, p, &left);
		}
	}
	if (r->findings->len > before && any_found(r, m->elsewhere, r->plain->text->str, r->plain->text->len))
		g_ptr_array_set_size(r->findings, (int)before);
}

/* A rule of what must be there speaks only for the languages it knows. */
static bool is_missing(struct reading *r, const struct guard_matcher *m)
{
	bool speaks = false;
	for (int l = 0; l < N_PATTERN_LANGS; l++)
		speaks |= r->langs[l] && m->missing[l];
	return speaks && r->plain->text->len > 0 &&
	       !any_found(r, m->missing, r->plain->text->str, r->plain->text->len);
}

static gint by_place(gconstpointer a, gconstpointer b)
{
	const struct guard_finding *x = *(struct guard_finding *const *)a,
				   *y = *(struct guard_finding *const *)b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (int)x->severity - (int)y->severity;
}

/* Each place of what the caller knows to be another buyer's. */
static void find_known(struct reading *r, const struct guard_rule *rule)
{
	const struct guard_draft *d = r->draft;
	guint left = PLACES_MAX;
	for (int n = 0; d->facts && d->facts->foreign && d->facts->foreign[n]; n++) {
		const char *what = d->facts->foreign[n];
		for (const char *p = d->text; left > 0 && (p = strstr(p, what)); p += strlen(what), left--) {
			struct guard_finding *f = g_new0(struct guard_finding, 1);
			*f = (struct guard_finding){rule, rule->severity, (gsize)(p - d->text), strlen(what),
						    told(rule)};
			g_ptr_array_add(r->findings, f);
		}
	}
}

GPtrArray *guard_read(const struct guard_rules *g, const struct guard_draft *draft)
{
	struct reading r = {.rules = g, .draft = draft};
	const struct regex_hit whole = {0};
	r.findings = g_ptr_array_new_with_free_func((GDestroyNotify)guard_finding_destroy);
	r.plain = shadow_create(draft->text);
	split_sentences(&r);
	choose_langs(&r);
	scan_literals(&r, g->literals[0], false, &r.plain_near);
	scan_literals(&r, g->word_literals, false, &r.word_near);
	for (guint n = 0; n < g->rules->len; n++) {
		const struct guard_rule *rule = g->rules->pdata[n];
		if (!rule_fits(rule, draft))
			continue;
		find_patterns(&r, rule);
		if (rule->matcher->check == CHECK_FOREIGN_KNOWN)
			find_known(&r, rule);
		if (guard_check_whole(rule->matcher, draft) || is_missing(&r, rule->matcher))
			add_finding(&r, rule, rule->severity, r.plain, &whole);
	}
	g_ptr_array_sort(r.findings, by_place);
	nearness_clear(&r.plain_near);
	nearness_clear(&r.spelled_near);
	nearness_clear(&r.word_near);
	g_array_unref(r.sentences);
	shadow_destroy(r.plain);
	shadow_destroy(r.spelled);
	return r.findings;
}
