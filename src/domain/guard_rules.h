/* SPDX-License-Identifier: MIT */
/* What the guard's rules are made of. Only for the guard_*.c files. */
#pragma once
#include "domain/guard.h"
#include "domain/guard_literals.h"
#include "domain/guard_shadow.h"
#include "domain/ini.h"
#include "domain/literal_index.h"
#include "domain/regex.h"

/* Languages of patterns: Chinese is one, since the shadow is simplified; "all" is tried on every draft. */
enum pattern_lang {
	PATTERN_EN,
	PATTERN_NL,
	PATTERN_LT,
	PATTERN_ZH,
	PATTERN_IT,
	PATTERN_ALL,
	N_PATTERN_LANGS
};

/* What isn't a pattern alone. Most let a found pattern count only if the case says so. */
enum guard_check {
	CHECK_NONE,
	CHECK_OPEN_PLACEHOLDER,    /* {{a placeholder there is}}, or another sign of a gap */
	CHECK_UNKNOWN_PLACEHOLDER, /* {{one there isn't}} */
	CHECK_WRONG_LANGUAGE,      /* no pattern: another language than the buyer's */
	CHECK_EMPTY,               /* no pattern: nothing but greeting and signature */
	CHECK_FOREIGN_NUMBER,      /* an order or case number that isn't this case's */
	CHECK_FOREIGN_KNOWN,       /* no pattern: what is known to be another buyer's */
	CHECK_FOREIGN_NAME,        /* the group "name" isn't the buyer's */
	CHECK_PLATFORM_NAME,       /* the group's name is another platform's id */
	CHECK_ATTACHMENT,          /* nothing is attached */
	CHECK_WISH,                /* the buyer's wish isn't known */
	CHECK_UNASKED_LATE, /* no pattern: nobody wrote to us, and the order is older than so many days */
	CHECK_ASKED,        /* the group's name is an evidence (order_number) that was asked or got */
	N_GUARD_CHECKS
};
extern const char *const guard_check_names[N_GUARD_CHECKS];

/* A pattern and the words it can't do without (bits by their number), so that most are never tried. */
struct guard_pattern {
	struct regex *regex;
	GPtrArray *also; /* of struct regex: the parts after each {+}, which the same sentence must hold in
			    any order; or NULL */
	guint64 needs;
	guint number; /* in the index of its language, if it has literals */
	bool literal; /* it has, and it asks for no words: it is tried only where one of them stands */
	enum guard_reach reach;
};

/* What an example shows, and the stem of its key. */
enum guard_shows { SHOWS_MATCH, SHOWS_DOUBT, SHOWS_PASS, N_GUARD_SHOWS };

struct guard_example {
	char *key, *text;
	enum guard_shows shows;
	int lang; /* enum lang; N_LANGS: all */
};

struct guard_matcher {
	enum guard_check check;
	int days;                              /* CHECK_UNASKED_LATE */
	bool spelled;                          /* patterns read the shadow with figures for spelled numbers */
	GPtrArray *patterns[N_PATTERN_LANGS];  /* of struct guard_pattern; NULL where there are none */
	GPtrArray *unless[N_PATTERN_LANGS];    /* in the same sentence: then it is none */
	GPtrArray *doubt[N_PATTERN_LANGS];     /* in the same sentence: then it only warns */
	GPtrArray *elsewhere[N_PATTERN_LANGS]; /* anywhere in the draft: then it is none */
	GPtrArray *missing[N_PATTERN_LANGS];   /* found nowhere: a finding on the draft as a whole */
	GPtrArray *examples;
};

/* A concept such as {refund}: its words in each language. */
struct guard_word {
	char *name;
	char *text[N_PATTERN_LANGS]; /* with nested words put in; NULL: none */
	struct regex *regex[N_PATTERN_LANGS];
	bool literal[N_PATTERN_LANGS]; /* it is looked for only where one of its literals stands */
	guint number[N_PATTERN_LANGS]; /* in the index of those */
};

struct guard_rules {
	GPtrArray *words; /* of struct guard_word, at most 64 */
	GPtrArray *rules;
	GHashTable *by_id, *files;
	struct literal_index *word_literals[N_PATTERN_LANGS];
	struct literal_index
	    *literals[2][N_PATTERN_LANGS]; /* of patterns that read the plain, the spelled shadow
					    */
};

enum pattern_lang pattern_lang_of(enum lang lang);

/* Expands {words}, compiles. `index` (may be NULL) takes its literals. NULL and *error on a fault. */
struct guard_pattern *guard_pattern_create(const struct guard_rules *g, enum pattern_lang lang,
					   const char *text, struct literal_index *index, GError **error);
void guard_pattern_destroy(struct guard_pattern *p);

/* Reads a file of words. */
bool guard_add_words(struct guard_rules *g, const struct ini *i, GError **error);

void guard_word_destroy(struct guard_word *w);
void guard_rule_destroy(struct guard_rule *r);

/* Adds how many of the first words of a stretch of a shadow are stop words of each language. */
void guard_count_words(const char *text, gsize length, int words_most, int counts[N_PATTERN_LANGS]);

/* The language whose stop words are plainly the most; false if none's are. */
bool guard_plainly(const int counts[N_PATTERN_LANGS], enum pattern_lang *lang);

/* Whether a pattern found at `hit` in `s` counts for this check and draft. */
bool guard_check_counts(enum guard_check check, const struct guard_draft *d, const struct shadow *s,
			const struct regex_hit *hit);

/* The checks without patterns: whether the draft as a whole fails it. */
bool guard_check_whole(const struct guard_matcher *m, const struct guard_draft *d);
