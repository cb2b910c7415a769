/* SPDX-License-Identifier: MIT */
#include "domain/guard_rules.h"

#include "domain/intl.h"

#include "domain/banned.h"

#define EXAMPLES_LEAST 3

static bool fail(const struct guard_rule *r, GError **error, const char *key, const char *what)
{
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "%s:%d: %s: %s: %s", r->file,
		    r->line, r->id, key, what);
	return false;
}

/* The platform an example is read for: the first the rule names, else eBay. */
static const char *platform_of(const struct guard_rule *r)
{
	for (int n = 0; r->platforms[n]; n++) {
		if (*r->platforms[n] != '-' && *r->platforms[n] != '*')
			return r->platforms[n];
	}
	return "ebay";
}

/* The case all examples answer (docs/data-files.md). */
static struct guard_case case_of(const struct guard_rule *r, const struct guard_example *e)
{
	return (struct guard_case){
	    .status = r->when == GUARD_ONCE_SOLVED ? STATUS_SOLVED : STATUS_OURS,
	    .kind = r->kinds ? (enum kind)__builtin_ctz(r->kinds) : KIND_DAMAGED,
	    .buyer_lang_known = e->lang < N_LANGS,
	    .buyer_lang = e->lang < N_LANGS ? (enum lang)e->lang : LANG_EN,
	    .buyer_name = "Anna Berg",
	    .order = "12-34567-89012",
	    .number = "5012345678",
	    .asked = 0xff,
	    .order_days = r->matcher->days + e->match,
	};
}

static bool is_found(const struct guard_rules *g, const struct guard_rule *r, const struct guard_example *e)
{
	struct guard_case facts = case_of(r, e);
	struct guard_draft draft = {e->text, e->lang < N_LANGS,
				    e->lang < N_LANGS ? (enum lang)e->lang : LANG_EN, platform_of(r), &facts};
	g_autoptr(GPtrArray) findings = guard_read(g, &draft);
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		if (f->rule == r)
			return true;
	}
	return false;
}

static bool enough(const struct guard_rule *r, const guint counts[2][N_LANGS + 1], GError **error)
{
	const struct guard_matcher *m = r->matcher;
	for (int l = 0; l <= N_LANGS; l++) {
		enum pattern_lang p = l < N_LANGS ? pattern_lang_of((enum lang)l) : PATTERN_ALL;
		bool speaks = m->patterns[p] || m->missing[p] ||
			      (l < N_LANGS && m->check == CHECK_WRONG_LANGUAGE) ||
			      (l == N_LANGS && (m->check == CHECK_EMPTY || m->check == CHECK_UNASKED_LATE));
		if (speaks && (counts[0][l] < EXAMPLES_LEAST || counts[1][l] < EXAMPLES_LEAST))
			return fail(r, error, l < N_LANGS ? LANGS.words[l].id : "all",
				    _("fewer than three match and three pass examples"));
	}
	return true;
}

bool guard_check_examples(const struct guard_rules *g, guint *count, GError **error)
{
	*count = 0;
	for (guint n = 0; n < g->rules->len; n++) {
		const struct guard_rule *r = g->rules->pdata[n];
		guint counts[2][N_LANGS + 1] = {{0}};
		for (guint k = 0; k < r->matcher->examples->len; k++) {
			const struct guard_example *e = r->matcher->examples->pdata[k];
			counts[e->match][e->lang]++;
			(*count)++;
			if (is_found(g, r, e) != e->match)
				return fail(r, error, e->key,
					    e->match ? _("the rule doesn't find this example")
						     : _("the rule finds this example, which is proper"));
		}
		if (!enough(r, counts, error))
			return false;
	}
	return true;
}
