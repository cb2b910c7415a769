/* SPDX-License-Identifier: MIT */
#include "domain/solution.h"

#include "domain/intl.h"
#include "domain/template.h"

#include <stddef.h>

#include "domain/banned.h"

static const struct word parts[N_COST_PARTS] = {
    [COST_MONEY] = {"money", N_("money"), NULL},    [COST_GOODS] = {"goods", N_("goods"), NULL},
    [COST_POST] = {"post", N_("postage"), NULL},    [COST_LABEL] = {"label", N_("return label"), NULL},
    [COST_BACK] = {"back", N_("goods back"), NULL},
};
const struct vocabulary COST_PARTS = {"cost", parts, N_COST_PARTS};

static const struct word states[N_SOLUTION_STATES] = {
    [SOLUTION_NEXT] = {"next", N_("not offered yet"), "Z6"},
    [SOLUTION_OFFERED] = {"offered", N_("offered"), NULL},
    [SOLUTION_ACCEPTED] = {"accepted", N_("accepted"), NULL},
    [SOLUTION_REFUSED] = {"refused", N_("refused"), NULL},
    [SOLUTION_COUNTERED] = {"countered", N_("countered"), NULL},
    [SOLUTION_ASKED] = {"asked", N_("asked by the buyer"), "N4"},
};
const struct vocabulary SOLUTION_STATES = {"solution", states, N_SOLUTION_STATES};

#define PART(part) (1U << (part))
#define WHOLE (-1) /* no rate of the shop's: the whole value */
#define RATE(name) ((int)offsetof(struct cost_rates, name))

/* What each offer is made of: what the buyer gets, at which rate, and what comes with it. */
static const struct makings {
	const char *id; /* of OFFERS */
	enum cost_part gives;
	int rate; /* WHOLE, or where in struct cost_rates */
	guint with;
} makings[] = {
    {"replacement", COST_GOODS, RATE(goods), PART(COST_POST)},
    {"part", COST_GOODS, RATE(part), PART(COST_POST)},
    {"refund", COST_MONEY, WHOLE, 0},
    {"partial-refund", COST_MONEY, RATE(partial), 0},
    {"exchange", COST_GOODS, RATE(goods), PART(COST_POST) | PART(COST_LABEL) | PART(COST_BACK)},
    {"return-label", COST_MONEY, WHOLE, PART(COST_LABEL) | PART(COST_BACK)},
    {"discount", COST_MONEY, RATE(partial), 0},
    {"gift", COST_GOODS, RATE(gift), PART(COST_POST)},
    {"repair", COST_GOODS, RATE(repair), 0},
};

void cost_rates_clear(struct cost_rates *r)
{
	g_clear_pointer(&r->post, g_free);
	g_clear_pointer(&r->label, g_free);
}

void offer_destroy(struct offer *o)
{
	if (!o)
		return;
	g_free(o->text);
	g_free(o->answer);
	g_free(o);
}

void solution_destroy(struct solution *s)
{
	if (!s)
		return;
	g_free(s->title);
	g_free(s);
}

static const struct makings *makings_of(int word)
{
	for (gsize n = 0; n < G_N_ELEMENTS(makings); n++) {
		if (g_str_equal(makings[n].id, vocab_id(&OFFERS, word)))
			return &makings[n];
	}
	return NULL;
}

/* Half a minor unit is rounded up: a cost is rather told too high. No value of an order comes near overflow
 * by way of its hundredths. */
static gint64 percent_of(gint64 minor, int percent)
{
	return minor / 100 * percent + (minor % 100 * percent + 50) / 100;
}

static void add_part(struct solution_cost *c, enum cost_part part, gint64 minor)
{
	c->parts[part] += minor;
	c->total.minor += minor;
}

static void add_parcel(struct solution_cost *c, enum cost_part part, const struct money *list, guint n)
{
	for (guint i = 0; i < n; i++) {
		if (g_str_equal(list[i].currency, c->total.currency)) {
			add_part(c, part, list[i].minor);
			return;
		}
	}
	c->unknown |= PART(part);
}

/* What the buyer gets: the figure that was named, else a share of the value. */
static void add_given(struct solution_cost *cost, const struct solution_case *c, const struct makings *m,
		      const struct money *amount)
{
	if (*amount->currency) {
		add_part(cost, m->gives, amount->minor);
	} else if (!*c->value.currency) {
		cost->unknown |= PART(m->gives);
	} else if (m->rate == WHOLE) {
		add_part(cost, m->gives, c->value.minor);
	} else {
		int percent = *(const int *)(gconstpointer)((const char *)c->rates + m->rate);
		add_part(cost, m->gives, percent_of(c->value.minor, percent));
		cost->assumed = m->gives == COST_MONEY;
	}
}

static void reckon(struct solution_cost *cost, const struct solution_case *c, const struct makings *m,
		   const struct money *amount)
{
	const struct cost_rates *r = c->rates;
	const char *currency = *amount->currency ? amount->currency : c->value.currency;
	g_strlcpy(cost->total.currency, currency, sizeof cost->total.currency);
	add_given(cost, c, m, amount);
	if (m->with & PART(COST_POST))
		add_parcel(cost, COST_POST, r->post, r->n_post);
	if (m->with & PART(COST_LABEL))
		add_parcel(cost, COST_LABEL, r->label, r->n_label);
	if ((m->with & PART(COST_BACK)) && g_str_equal(currency, c->value.currency))
		add_part(cost, COST_BACK, -percent_of(c->value.minor, r->back));
}

/* `word` -1: free words, of which only the figure is known. */
static struct solution *solution_new(const struct solution_case *c, int word, const char *text,
				     const struct money *amount)
{
	struct solution *s = g_new0(struct solution, 1);
	const struct makings *m = word < 0 ? NULL : makings_of(word);
	s->title = g_strdup(m ? vocab_title(&OFFERS, word) : text);
	s->amount = *amount;
	if (m)
		reckon(&s->cost, c, m, amount);
	else if (*amount->currency)
		s->cost = (struct solution_cost){.total = *amount, .parts[COST_MONEY] = amount->minor};
	else
		s->cost.unknown = PART(COST_MONEY);
	return s;
}

static guint32 word_bit(const char *id)
{
	int n;
	return vocab_find(&OFFERS, id, &n) ? (guint32)1 << n : 0;
}

/* A return is refunded, and an exchange sends the old one back: one solution each, not two. */
static guint32 alternatives(guint32 bits)
{
	if (bits & word_bit("exchange"))
		bits &= ~word_bit("return-label");
	if (bits & word_bit("return-label"))
		bits &= ~word_bit("refund");
	return bits;
}

guint32 offer_rungs(const char *text)
{
	return alternatives(vocab_bits(&OFFERS, text ? text : "", NULL));
}

/* Who refuses the whole doesn't take a part of it, nor the same with more trouble. */
static guint32 with_less(guint32 rungs)
{
	if (rungs & word_bit("refund"))
		rungs |= vocab_bits(&OFFERS, "partial-refund discount return-label", NULL);
	if (rungs & word_bit("replacement"))
		rungs |= word_bit("part");
	return rungs;
}

int offer_next(char *const *ladder, guint32 rungs)
{
	guint32 gone = with_less(rungs);
	int next = -1, skipped = -1;
	for (int i = 0, n; ladder && ladder[i]; i++) {
		guint32 bit = vocab_find(&OFFERS, ladder[i], &n) ? (guint32)1 << n : 0;
		if (rungs & bit) {
			skipped = skipped < 0 ? next : skipped;
			next = -1;
		} else if (bit && !(gone & bit) && next < 0) {
			next = n;
		}
	}
	return next >= 0 ? next : skipped;
}

static bool has_money(guint32 bits)
{
	return (bits & (word_bit("partial-refund") | word_bit("discount"))) != 0;
}

static enum solution_state state_of(const struct offer *o)
{
	int state;
	return o->answer && vocab_find(&SOLUTION_STATES, o->answer, &state) ? (enum solution_state)state
									    : SOLUTION_OFFERED;
}

static void add(GPtrArray *out, const struct offer *o, struct solution *s, enum solution_state state)
{
	s->state = state;
	s->at = o ? o->at : 0;
	g_ptr_array_add(out, s);
}

/* The figure belongs to the partial refund if several ways were offered. */
static void add_offer(GPtrArray *out, const struct solution_case *c, const struct offer *o)
{
	static const struct money none = {0, ""};
	const char *text = o->text ? o->text : "";
	bool all;
	guint32 bits = alternatives(vocab_bits(&OFFERS, text, &all));
	bool several = bits & (bits - 1), only_money = several && has_money(bits);
	for (int n = 0; all && n < OFFERS.count; n++) {
		guint32 bit = (guint32)1 << n;
		if (bits & bit)
			add(out, o,
			    solution_new(c, n, NULL, only_money && !has_money(bit) ? &none : &o->amount),
			    state_of(o));
	}
	if (!all)
		add(out, o, solution_new(c, -1, text, &o->amount), state_of(o));
	if (*o->counter.currency)
		add(out, o, solution_new(c, -1, _("partial refund"), &o->counter), SOLUTION_ASKED);
}

GPtrArray *solutions_of(const struct solution_case *c)
{
	static const struct money none = {0, ""};
	GPtrArray *out = g_ptr_array_new_with_free_func((GDestroyNotify)solution_destroy);
	guint32 rungs = 0;
	for (guint i = 0; i < c->offers->len && out->len < SOLUTIONS_MOST; i++) {
		const struct offer *o = c->offers->pdata[i];
		rungs |= offer_rungs(o->text);
		add_offer(out, c, o);
	}
	for (int n; out->len < 2 && (n = offer_next(c->ladder, rungs)) >= 0; rungs |= (guint32)1 << n)
		add(out, NULL, solution_new(c, n, NULL, &none), SOLUTION_NEXT);
	if (out->len > SOLUTIONS_MOST)
		g_ptr_array_set_size(out, SOLUTIONS_MOST);
	return out;
}
