/* SPDX-License-Identifier: MIT */
#include "ingest/kinds.h"

#include "domain/ini.h"
#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

#define TEXT_LIMIT 8192 /* who hasn't said by then what is wrong isn't understood by words */
#define GAP_LIMIT 80    /* bytes that "..." may stand for */
#define N_BUCKETS 1024  /* a power of two */

/* A phrase in lower case; `parts` are what "..." separates. */
struct phrase {
	char **parts;
	enum kind kind;
	int weight;
	bool open_end; /* ended with "*" */
};

struct kind_words {
	GPtrArray *phrases;         /* of struct phrase */
	GArray *buckets[N_BUCKETS]; /* of guint: phrases by their first three bytes */
	int order[N_KINDS];         /* place in the file, for ties */
};

static void phrase_destroy(gpointer at)
{
	struct phrase *p = at;
	g_strfreev(p->parts);
	g_free(p);
}

void kind_words_destroy(struct kind_words *k)
{
	if (!k)
		return;
	for (int b = 0; b < N_BUCKETS; b++)
		g_clear_pointer(&k->buckets[b], g_array_unref);
	g_ptr_array_unref(k->phrases);
	g_free(k);
}

static guint bucket_of(const char *s)
{
	const guchar *b = (const guchar *)s;
	return (b[0] * 31u * 31u + b[1] * 31u + (b[1] ? b[2] : 0)) & (N_BUCKETS - 1);
}

/* Phrases of several words, or Han, say more than one word does. */
static int weight_of(const char *text)
{
	return strchr(text, ' ') || g_utf8_strlen(text, -1) * 2 < (glong)strlen(text) ? 3 : 2;
}

static void add_phrase(struct kind_words *k, enum kind kind, const char *text)
{
	struct phrase *p = g_new0(struct phrase, 1);
	g_autofree char *low = g_utf8_strdown(text, -1);
	gsize length = strlen(low);
	p->kind = kind;
	p->weight = weight_of(low);
	p->open_end = length && low[length - 1] == '*';
	if (p->open_end)
		low[length - 1] = '\0';
	p->parts = g_strsplit(low, "...", -1);
	for (int n = 0; p->parts[n]; n++)
		g_strstrip(p->parts[n]);
	g_ptr_array_add(k->phrases, p);
	guint b = bucket_of(p->parts[0]), at = k->phrases->len - 1;
	if (!k->buckets[b])
		k->buckets[b] = g_array_new(false, false, sizeof(guint));
	g_array_append_val(k->buckets[b], at);
}

/* Words on each side of "...", "*" nowhere but at the end: else the phrase would never be found, or
 * everywhere. */
static bool phrase_is_sound(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "...", -1);
	for (int n = 0; parts[n]; n++) {
		const char *star = strchr(g_strstrip(parts[n]), '*');
		if (!*parts[n] || star == parts[n] || (star && (star[1] || parts[n + 1])))
			return false;
	}
	return parts[0] != NULL;
}

static bool read_kind(struct kind_words *k, const struct ini *i, const char *group, enum kind kind,
		      GError **error)
{
	static const char *const languages[] = {"en", "nl", "lt", "it", "zh", NULL};
	if (!ini_only(i, group, languages, error))
		return false;
	for (int l = 0; languages[l]; l++) {
		g_auto(GStrv) list = ini_list(i, group, languages[l]);
		for (int n = 0; list[n]; n++) {
			if (!phrase_is_sound(list[n]))
				return ini_fail(
				    i, group, languages[l], error,
				    _("\"%s\": words on both sides of \"...\", and \"*\" only at the end"),
				    list[n]);
			add_phrase(k, kind, list[n]);
		}
	}
	return true;
}

struct kind_words *kind_words_parse(const char *file, const char *text, gsize length, GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	if (!i)
		return NULL;
	g_autoptr(kind_words_auto) k = g_new0(struct kind_words, 1);
	k->phrases = g_ptr_array_new_with_free_func(phrase_destroy);
	g_auto(GStrv) groups = ini_groups(i);
	for (int g = 0; groups[g]; g++) {
		int kind;
		if (!vocab_find(&KINDS, groups[g], &kind)) {
			ini_fail(i, groups[g], NULL, error, _("\"%s\" is no kind of complaint"), groups[g]);
			return NULL;
		}
		k->order[kind] = g + 1;
		if (!read_kind(k, i, groups[g], (enum kind)kind, error))
			return NULL;
	}
	return g_steal_pointer(&k);
}

/* Lower case, typographic apostrophes made plain, quoted lines and line ends gone. */
static char *plain_text(const char *text)
{
	GString *out = g_string_sized_new(1024);
	bool line_start = true;
	for (const char *p = text; *p && out->len < TEXT_LIMIT;) {
		if (line_start && *p == '>') {
			const char *end = strchr(p, '\n');
			p = end ? end + 1 : p + strlen(p);
			continue;
		}
		line_start = *p == '\n';
		if ((guchar)*p < 0x80) {
			g_string_append_c(out, g_ascii_isspace(*p) ? ' ' : g_ascii_tolower(*p));
			p++;
			continue;
		}
		gunichar c = g_utf8_get_char_validated(p, -1);
		if (c >= (gunichar)-2) {
			p++;
			continue;
		}
		if (c == 0x2019 || c == 0x2018)
			g_string_append_c(out, '\'');
		else if (c == 0xa0)
			g_string_append_c(out, ' ');
		else
			g_string_append_unichar(out, c >= 0x3000 ? c : g_unichar_tolower(c));
		p = g_utf8_next_char(p);
	}
	return g_string_free(out, false);
}

static bool is_letter_at(const char *p)
{
	if ((guchar)*p < 0x80)
		return g_ascii_isalnum(*p);
	gunichar c = g_utf8_get_char(p);
	return g_unichar_isalpha(c) && c < 0x2e80;
}

/* Where `part` ends if it stands at `at`; NULL if not. */
static const char *part_end(const char *at, const char *part, bool open_end)
{
	gsize length = strlen(part);
	if (strncmp(at, part, length) != 0)
		return NULL;
	const char *last = g_utf8_prev_char(part + length);
	return open_end || !is_letter_at(last) || !is_letter_at(at + length) ? at + length : NULL;
}

/* The place after a later part of a phrase, within the same sentence; NULL if it doesn't come. */
static const char *later_part(const char *at, const char *part, bool open_end)
{
	for (const char *p = at; *p && p - at < GAP_LIMIT && !strchr(".!?;", *p); p = g_utf8_next_char(p)) {
		bool word_start = p == at || !is_letter_at(g_utf8_prev_char(p)) || !is_letter_at(p);
		const char *end = word_start ? part_end(p, part, open_end) : NULL;
		if (end)
			return end;
		if (strncmp(p, "。", 3) == 0)
			break;
	}
	return NULL;
}

static bool phrase_at(const struct phrase *p, const char *at)
{
	for (int n = 0; p->parts[n] && at; n++) {
		bool open_end = p->open_end && !p->parts[n + 1];
		at = n ? later_part(at, p->parts[n], open_end) : part_end(at, p->parts[n], open_end);
	}
	return at != NULL;
}

/* Adds the weight of each phrase that stands in the text, once. */
static void weigh(const struct kind_words *k, const char *text, int factor, int score[N_KINDS])
{
	if (!text || !*text)
		return;
	g_autofree char *low = plain_text(text);
	g_autofree guint8 *seen = g_new0(guint8, k->phrases->len + 1);
	bool in_word = false;
	for (const char *p = low; *p; p = g_utf8_next_char(p)) {
		bool letter = is_letter_at(p), start = !(in_word && letter);
		in_word = letter;
		const GArray *bucket = start ? k->buckets[bucket_of(p)] : NULL;
		for (guint n = 0; bucket && n < bucket->len; n++) {
			guint at = g_array_index(bucket, guint, n);
			const struct phrase *f = g_ptr_array_index(k->phrases, at);
			if (!seen[at] && phrase_at(f, p)) {
				seen[at] = 1;
				score[f->kind] += f->weight * factor;
			}
		}
	}
}

enum kind kind_of_words(const struct kind_words *k, const char *reason, const char *subject, const char *text)
{
	int score[N_KINDS] = {0};
	weigh(k, reason, 3, score);
	weigh(k, subject, 2, score);
	weigh(k, text, 1, score);
	int best = KIND_OTHER;
	for (int n = 0; n < N_KINDS; n++) {
		if (score[n] > score[best] ||
		    (score[n] && score[n] == score[best] && k->order[n] < k->order[best]))
			best = n;
	}
	return (enum kind)best;
}
