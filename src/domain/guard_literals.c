/* SPDX-License-Identifier: MIT */
#include "domain/guard_literals.h"

#include <string.h>

#include "domain/banned.h"

#define FULL_STOP "\xe3\x80\x82" /* the Chinese one */

#define EXACT_MOST 24 /* so many texts are told one by one */
#define LONG 6        /* a literal so long is rare enough */

/* A piece of a pattern. Both NULL: nothing is known. GPtrArrays of owned char *. */
struct piece {
	GPtrArray *exact; /* all that it can match */
	GPtrArray *cover; /* one of these stands in what it matches */
};

/* A sequence of pieces while it is read. */
struct sequence {
	GPtrArray *run; /* what the pieces since the last inexact one can match together */
	GPtrArray *cover;
	bool inexact;
};

struct reader {
	const char *at;
	bool lost; /* something that isn't understood: nothing can be said */
	enum guard_reach reach;
};

static struct piece read_choice(struct reader *r);

static GPtrArray *texts_new(void)
{
	return g_ptr_array_new_with_free_func(g_free);
}

static GPtrArray *texts_of_one(const char *text, gsize length)
{
	GPtrArray *one = texts_new();
	g_ptr_array_add(one, g_strndup(text, length));
	return one;
}

static void add_all(GPtrArray *to, const GPtrArray *from)
{
	for (guint i = 0; i < from->len; i++)
		g_ptr_array_add(to, g_strdup(from->pdata[i]));
}

static void forget(GPtrArray **texts)
{
	g_clear_pointer(texts, g_ptr_array_unref);
}

static gsize weight(const char *literal)
{
	gsize edges = (*literal == LITERAL_EDGE) +
		      (*literal && literal[strlen(literal) - 1] == LITERAL_EDGE && literal[1]);
	return strlen(literal) - edges;
}

/* A single letter is everywhere; a single sign such as "@" isn't. */
static bool is_telling(const char *literal)
{
	const char *letter = literal + (*literal == LITERAL_EDGE);
	gsize long_enough = weight(literal);
	return long_enough > 1 || (long_enough == 1 && !g_ascii_isalnum(*letter) && *letter != ' ');
}

static gsize least_weight(const GPtrArray *texts)
{
	gsize least = LONG;
	for (guint i = 0; i < texts->len; i++)
		least = MIN(least, weight(texts->pdata[i]));
	return least;
}

/* Of two sets that a sequence can't do without, the one that is met less often is kept. Takes `other`. */
static void keep_better(GPtrArray **best, GPtrArray *other)
{
	if (!other)
		return;
	gsize old = *best ? least_weight(*best) : 0, new = least_weight(other);
	bool better = !*best || new > old || (new == old && other->len < (*best)->len);
	GPtrArray *worse = better ? *best : other;
	if (better)
		*best = other;
	if (worse)
		g_ptr_array_unref(worse);
}

/* Exact texts as a cover, if each tells something. Takes them. */
static GPtrArray *as_cover(GPtrArray *exact)
{
	for (guint i = 0; exact && i < exact->len; i++) {
		if (!is_telling(exact->pdata[i]))
			forget(&exact);
	}
	return exact;
}

static void end_run(struct sequence *s)
{
	keep_better(&s->cover, as_cover(s->run));
	s->run = texts_of_one("", 0);
}

/* Every text of the run with every one of the piece's behind it. */
static GPtrArray *product(const GPtrArray *a, const GPtrArray *b)
{
	GPtrArray *all = texts_new();
	for (guint i = 0; i < a->len; i++) {
		for (guint k = 0; k < b->len; k++)
			g_ptr_array_add(all, g_strconcat(a->pdata[i], b->pdata[k], NULL));
	}
	return all;
}

/* Takes what the piece holds. */
static void append(struct sequence *s, struct piece p)
{
	if (!p.exact) {
		end_run(s);
		s->inexact = true;
		keep_better(&s->cover, p.cover);
		return;
	}
	if (s->run->len * p.exact->len > EXACT_MOST) {
		end_run(s);
		s->inexact = true;
	}
	GPtrArray *longer = product(s->run, p.exact);
	forget(&s->run);
	forget(&p.exact);
	s->run = longer;
}

static void reach_to(struct reader *r, enum guard_reach reach)
{
	r->reach = MAX(r->reach, reach);
}

/* After an atom: {,}, *, + and ? as they change what was read. */
static struct piece read_quantifier(struct reader *r, struct piece p)
{
	bool optional = *r->at == '?' || *r->at == '*';
	bool repeats = *r->at == '*' || *r->at == '+' || *r->at == '{';
	if (!optional && !repeats)
		return p;
	if (*r->at == '{') {
		optional = r->at[1] == '0' || r->at[1] == ',';
		r->at += strcspn(r->at, "}");
	}
	if (*r->at)
		r->at++;
	if (*r->at == '?' || *r->at == '+')
		r->at++;
	if (repeats) {
		keep_better(&p.cover, as_cover(g_steal_pointer(&p.exact)));
	} else if (p.exact) {
		g_ptr_array_add(p.exact, g_strdup(""));
		return p;
	}
	if (optional)
		forget(&p.cover);
	return p;
}

/* How far a class runs: [^...] stops at the full stops that it names, Latin or Chinese. */
static enum guard_reach reach_of_class(const char *inside)
{
	bool stops = strstr(inside, FULL_STOP) || (strchr(inside, '.') && strpbrk(inside, "!?"));
	if (*inside == '^')
		return stops ? REACH_SENTENCE : strchr(inside, '.') ? REACH_BESIDE : REACH_DRAFT;
	bool ends = strpbrk(inside, ".!?") || strstr(inside, FULL_STOP) || strstr(inside, "\\n") ||
		    strstr(inside, "\\s");
	return ends ? REACH_BESIDE : REACH_SENTENCE;
}

/* To the class's end; what stands in it, owned. */
static char *read_inside(struct reader *r)
{
	const char *from = ++r->at;
	if (*r->at == '^')
		r->at++;
	if (*r->at == ']')
		r->at++;
	for (; *r->at && *r->at != ']'; r->at++) {
		if (*r->at == '\\' && r->at[1])
			r->at++;
	}
	char *inside = g_strndup(from, (gsize)(r->at - from));
	if (*r->at)
		r->at++;
	return inside;
}

/* [abc]: each of its letters, if it is plain and short. */
static struct piece read_class(struct reader *r)
{
	g_autofree char *inside = read_inside(r);
	reach_to(r, reach_of_class(inside));
	if (!*inside || strpbrk(inside, "^-\\[") || g_utf8_strlen(inside, -1) > 6)
		return (struct piece){0};
	GPtrArray *letters = texts_new();
	for (const char *p = inside; *p; p = g_utf8_next_char(p))
		g_ptr_array_add(letters, g_strndup(p, (gsize)(g_utf8_next_char(p) - p)));
	return (struct piece){.exact = letters};
}

/* The length of what stands between "(" and a group's own text; *around: it looks and takes nothing. */
static gsize group_head(const char *at, bool *around)
{
	*around = strncmp(at, "?=", 2) == 0 || strncmp(at, "?!", 2) == 0 || strncmp(at, "?<=", 3) == 0 ||
		  strncmp(at, "?<!", 3) == 0;
	if (*around)
		return at[1] == '<' ? 3 : 2;
	if (strncmp(at, "?:", 2) == 0 || strncmp(at, "?>", 2) == 0)
		return 2;
	if (strncmp(at, "?<", 2) == 0)
		return strcspn(at, ">") + 1;
	return 0;
}

static struct piece nothing_taken(void)
{
	return (struct piece){.exact = texts_of_one("", 0)};
}

static struct piece read_group(struct reader *r)
{
	bool around;
	gsize head = group_head(r->at + 1, &around);
	r->lost |= !head && r->at[1] == '?';
	r->at += 1 + head;
	struct piece inner = read_choice(r);
	if (*r->at == ')')
		r->at++;
	else
		r->lost = true;
	if (!around)
		return inner;
	forget(&inner.exact);
	forget(&inner.cover);
	return nothing_taken();
}

/* \b takes nothing, \w any of many, \. is the sign itself. */
static struct piece read_escape(struct reader *r)
{
	static const char edge[] = {LITERAL_EDGE};
	char c = r->at[1];
	r->lost |= !c || g_ascii_isdigit(c) || strchr("QKxgkpPXRC", c);
	/* "\.\w" is the point of a figure or an address. */
	bool ends = strchr(".!?nsSWD", c) && strncmp(r->at + 2, "\\w", 2) != 0;
	reach_to(r, strchr("zZ", c) ? REACH_DRAFT : ends ? REACH_BESIDE : REACH_SENTENCE);
	r->at += c ? 2 : 1;
	if (c == 'b')
		return (struct piece){.exact = texts_of_one(edge, 1)};
	if (strchr("BAzZG", c))
		return nothing_taken();
	return g_ascii_isalnum(c) ? (struct piece){0} : (struct piece){.exact = texts_of_one(&c, 1)};
}

static struct piece read_atom(struct reader *r)
{
	const char *letter = r->at;
	switch (*letter) {
	case '(':
		return read_group(r);
	case '\\':
		return read_escape(r);
	case '[':
		return read_class(r);
	case '^':
		r->at++;
		return nothing_taken();
	case '.':
	case '$':
		reach_to(r, letter[1] == '{' ? REACH_BESIDE : REACH_DRAFT);
		r->at++;
		return (struct piece){0};
	default:
		if (strchr("!?\n", *letter) || strncmp(letter, FULL_STOP, strlen(FULL_STOP)) == 0)
			reach_to(r, REACH_BESIDE);
		r->at = g_utf8_next_char(letter);
		return (struct piece){.exact = texts_of_one(letter, (gsize)(r->at - letter))};
	}
}

static struct piece read_sequence(struct reader *r)
{
	struct sequence s = {.run = texts_of_one("", 0)};
	while (*r->at && *r->at != '|' && *r->at != ')' && !r->lost)
		append(&s, read_quantifier(r, read_atom(r)));
	if (!s.inexact)
		return (struct piece){.exact = s.run};
	end_run(&s);
	forget(&s.run);
	return (struct piece){.cover = s.cover};
}

/* Two alternatives: whatever is known of both. Takes them. */
static struct piece either(struct piece a, struct piece b)
{
	if (a.exact && b.exact && a.exact->len + b.exact->len <= EXACT_MOST) {
		add_all(a.exact, b.exact);
		forget(&b.exact);
		return a;
	}
	GPtrArray *x = a.exact ? as_cover(a.exact) : a.cover, *y = b.exact ? as_cover(b.exact) : b.cover;
	if (x && y)
		add_all(x, y);
	else
		forget(&x);
	forget(&y);
	return (struct piece){.cover = x};
}

static struct piece read_choice(struct reader *r)
{
	struct piece all = read_sequence(r);
	while (*r->at == '|' && !r->lost) {
		r->at++;
		all = either(all, read_sequence(r));
	}
	return all;
}

GPtrArray *guard_literals_of(const char *pattern, enum guard_reach *reach)
{
	struct reader r = {.at = pattern};
	struct piece all = read_choice(&r);
	GPtrArray *literals = all.exact ? as_cover(all.exact) : all.cover;
	if (r.lost || *r.at)
		forget(&literals);
	*reach = r.reach;
	return literals;
}
