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
	    .order_days = r->matcher->days + (e->shows != SHOWS_PASS),
	};
}

/* How gravely the rule takes the example; N_GUARD_SEVERITIES: it doesn't find it. */
static enum guard_severity severity_of(const struct guard_rules *g, const struct guard_rule *r,
				       const struct guard_example *e)
{
	struct guard_case facts = case_of(r, e);
	struct guard_draft draft = {e->text, e->lang < N_LANGS,
				    e->lang < N_LANGS ? (enum lang)e->lang : LANG_EN, platform_of(r), &facts};
	enum guard_severity worst = N_GUARD_SEVERITIES;
	g_autoptr(GPtrArray) findings = guard_read(g, &draft);
	for (guint n = 0; n < findings->len; n++) {
		const struct guard_finding *f = findings->pdata[n];
		if (f->rule == r)
			worst = MIN(worst, f->severity);
	}
	return worst;
}

/* What is wrong with an example that is taken so; NULL: nothing. */
static const char *fault_of(const struct guard_rule *r, const struct guard_example *e,
			    enum guard_severity taken)
{
	if (e->shows == SHOWS_PASS)
		return taken == N_GUARD_SEVERITIES ? NULL : _("the rule finds this example, which is proper");
	if (taken == N_GUARD_SEVERITIES)
		return _("the rule doesn't find this example");
	if (e->shows == SHOWS_DOUBT)
		return taken == GUARD_WARN ? NULL : _("the rule blocks this example, which is in doubt");
	return taken == r->severity ? NULL : _("the rule only warns of this example: a doubt fits it");
}

static bool enough(const struct guard_rule *r, const guint counts[N_GUARD_SHOWS][N_LANGS + 1], GError **error)
{
	const struct guard_matcher *m = r->matcher;
	for (int l = 0; l <= N_LANGS; l++) {
		enum pattern_lang p = l < N_LANGS ? pattern_lang_of((enum lang)l) : PATTERN_ALL;
		bool speaks = m->patterns[p] || m->missing[p] ||
			      (l < N_LANGS && m->check == CHECK_WRONG_LANGUAGE) ||
			      (l == N_LANGS && (m->check == CHECK_EMPTY || m->check == CHECK_UNASKED_LATE));
		guint found = counts[SHOWS_MATCH][l] + counts[SHOWS_DOUBT][l];
		if (speaks && (found < EXAMPLES_LEAST || counts[SHOWS_PASS][l] < EXAMPLES_LEAST))
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
		guint counts[N_GUARD_SHOWS][N_LANGS + 1] = {{0}};
		for (guint k = 0; k < r->matcher->examples->len; k++) {
			const struct guard_example *e = r->matcher->examples->pdata[k];
			counts[e->shows][e->lang]++;
			(*count)++;
			const char *fault = fault_of(r, e, severity_of(g, r, e));
			if (fault)
				return fail(r, error, e->key, fault);
		}
		if (!enough(r, counts, error))
			return false;
	}
	return true;
}
