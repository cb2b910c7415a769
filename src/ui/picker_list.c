/* SPDX-License-Identifier: MIT */
#include "ui/picker_list.h"

#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

/* Points of a match. A title or name hit counts more than one in the body, which is long and holds most
 * letters. */
#define HIT 8
#define WORD_START 14
#define RUN 10
#define GAP_MOST 6
#define BODY_SHARE 4
/* The fit of a reply that the playbook names: more than a case alone can give, and uses don't outweigh it. */
#define PREFERRED 10000

struct picker_list {
	const struct template_set *set;
	enum lang lang, own;
	GPtrArray *all;   /* of struct picker_row, best first */
	GPtrArray *shown; /* those that the needle leaves, best first; borrowed */
	char *needle;     /* folded */
};

static void row_destroy(gpointer data)
{
	struct picker_row *r = data;
	g_free(r->title);
	g_free(r->name);
	for (int l = 0; l < N_LANGS; l++) {
		g_free(r->titles[l]);
		g_free(r->bodies[l]);
	}
	g_free(r);
}

static bool starts_word(const char *text, const char *at)
{
	return at == text || at[-1] == ' ' || at[-1] == '-' || at[-1] == '\n' || at[-1] == '(';
}

/* One way to place the needle: each character at the first place behind the one before. */
static int score_from(const char *text, const char *start, const char *needle)
{
	int score = 0;
	const char *last = NULL, *p = start;
	for (const char *n = needle; *n; n = g_utf8_next_char(n)) {
		if (*n == ' ')
			continue;
		gunichar c = g_utf8_get_char(n);
		const char *hit = last ? g_utf8_strchr(p, -1, c) : start;
		if (!hit)
			return 0;
		/* A blank owed after a Han character parts nothing. */
		bool runs = last && (hit == p || (hit == p + 1 && *p == ' ' && c >= 0x2e80));
		score += HIT + (starts_word(text, hit) ? WORD_START : 0) + (runs ? RUN : 0);
		if (last && !runs)
			score -= (int)MIN(hit - p, GAP_MOST);
		last = hit;
		p = g_utf8_next_char(hit);
	}
	return MAX(score, 1);
}

int picker_score(const char *text, const char *needle)
{
	int best = 0;
	while (*needle == ' ')
		needle++;
	if (!*needle)
		return 1;
	gunichar first = g_utf8_get_char(needle);
	for (const char *p = text; (p = g_utf8_strchr(p, -1, first)); p = g_utf8_next_char(p)) {
		int score = score_from(text, p, needle);
		if (score == 0)
			break; /* what isn't found from here isn't found from further on */
		best = MAX(best, score);
	}
	return best;
}

/* In bodies and foreign titles whole pieces are looked for: letters strewn over a letter say nothing. */
static int score_piece(const char *text, const char *needle)
{
	const char *hit = strstr(text, needle);
	if (!hit)
		return 0;
	int length = (int)g_utf8_strlen(needle, -1);
	return length * (HIT + RUN) + (starts_word(text, hit) ? WORD_START : 0);
}

static int score_row(const struct picker_list *l, const struct picker_row *r)
{
	int score = MAX(picker_score(r->title, l->needle), picker_score(r->name, l->needle));
	for (int lang = 0; lang < N_LANGS; lang++) {
		if (r->titles[lang])
			score = MAX(score, score_piece(r->titles[lang], l->needle));
	}
	int body = MAX(score_piece(r->bodies[l->lang], l->needle), score_piece(r->bodies[l->own], l->needle));
	return MAX(score, body / BODY_SHARE);
}

static int by_fit(gconstpointer a, gconstpointer b)
{
	const struct picker_row *x = *(struct picker_row *const *)a, *y = *(struct picker_row *const *)b;
	if (MAX(x->fit, y->fit) > PREFERRED / 2)
		return y->fit - x->fit;
	/* A little more fit weighs less than much use: every 25 uses count as a point, ten points at most. */
	int fit_x = x->fit ? x->fit + MIN(x->uses / 25, 10) : 0,
	    fit_y = y->fit ? y->fit + MIN(y->uses / 25, 10) : 0;
	if (fit_x != fit_y)
		return fit_y - fit_x;
	if (x->uses != y->uses)
		return y->uses - x->uses;
	return strcmp(x->template->name, y->template->name);
}

static int by_score(gconstpointer a, gconstpointer b)
{
	const struct picker_row *x = *(struct picker_row *const *)a, *y = *(struct picker_row *const *)b;
	return x->score != y->score ? y->score - x->score : by_fit(a, b);
}

static void read_body(struct picker_row *r, enum lang lang)
{
	const char *body = r->template->bodies[lang];
	if (!r->bodies[lang])
		r->bodies[lang] = text_fold_bare(body ? body : "");
}

void picker_list_read_bodies(struct picker_list *l)
{
	for (guint i = 0; i < l->all->len; i++) {
		read_body(l->all->pdata[i], l->lang);
		read_body(l->all->pdata[i], l->own);
	}
}

static void add(struct picker_list *l, const struct template *t, const struct template_case *c,
		GHashTable *uses)
{
	struct picker_row *r = g_new0(struct picker_row, 1);
	r->template = t;
	r->fit = template_fit(t, c);
	r->allowed = template_fits_platform(t, c->platform);
	r->uses = uses ? GPOINTER_TO_INT(g_hash_table_lookup(uses, t->name)) : 0;
	r->title = text_fold_bare(t->title);
	for (int lang = 0; lang < N_LANGS; lang++)
		r->titles[lang] = t->titles[lang] ? text_fold_bare(t->titles[lang]) : NULL;
	r->name = text_fold_bare(t->name);
	r->stale = template_is_stale(t, l->lang);
	g_ptr_array_add(l->all, r);
}

struct picker_list *picker_list_create(const struct template_set *set, const struct template_case *c,
				       enum lang lang, enum lang own, GHashTable *uses)
{
	struct picker_list *l = g_new0(struct picker_list, 1);
	l->set = set;
	l->lang = lang;
	l->own = own;
	l->all = g_ptr_array_new_with_free_func(row_destroy);
	l->shown = g_ptr_array_new();
	for (guint i = 0; i < template_set_count(set); i++) {
		const struct template *t = template_set_nth(set, i);
		if (t->title && *t->name != '_')
			add(l, t, c, uses);
	}
	g_ptr_array_sort(l->all, by_fit);
	picker_list_narrow(l, "");
	return l;
}

void picker_list_destroy(struct picker_list *l)
{
	if (!l)
		return;
	g_ptr_array_unref(l->shown);
	g_ptr_array_unref(l->all);
	g_free(l->needle);
	g_free(l);
}

static void show(struct picker_list *l)
{
	g_ptr_array_set_size(l->shown, 0);
	if (*l->needle)
		picker_list_read_bodies(l);
	for (guint i = 0; i < l->all->len; i++) {
		struct picker_row *r = l->all->pdata[i];
		r->score = *l->needle ? score_row(l, r) : r->fit;
		/* What fits the case stands before what is merely spelled so. */
		if (*l->needle && r->score && r->fit)
			r->score += r->fit / 4;
		if (r->score)
			g_ptr_array_add(l->shown, r);
	}
	g_ptr_array_sort(l->shown, *l->needle ? by_score : by_fit);
}

void picker_list_narrow(struct picker_list *l, const char *needle)
{
	g_autofree char *folded = text_fold_bare(needle);
	g_free(l->needle);
	l->needle = g_strdup(g_strstrip(folded));
	show(l);
}

void picker_list_language(struct picker_list *l, enum lang lang)
{
	l->lang = lang;
	for (guint i = 0; i < l->all->len; i++) {
		struct picker_row *r = l->all->pdata[i];
		r->stale = template_is_stale(r->template, lang);
	}
	show(l);
}

void picker_list_prefer(struct picker_list *l, const char *const *names)
{
	for (guint i = 0; i < l->all->len; i++) {
		struct picker_row *r = l->all->pdata[i];
		for (int n = 0; names[n]; n++) {
			if (r->allowed && g_str_equal(names[n], r->template->name))
				r->fit = MAX(r->fit, PREFERRED - n);
		}
	}
	g_ptr_array_sort(l->all, by_fit);
	show(l);
}

guint picker_list_count(const struct picker_list *l)
{
	return l->shown->len;
}

const struct picker_row *picker_list_nth(const struct picker_list *l, guint n)
{
	return n < l->shown->len ? l->shown->pdata[n] : NULL;
}
