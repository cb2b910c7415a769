/* SPDX-License-Identifier: MIT */
#include "domain/query.h"

#include "domain/intl.h"
#include "domain/query_fields.h"
#include "domain/query_lex.h"
#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

#define LENGTH_LIMIT 4096
#define DEPTH_LIMIT 32

struct parser {
	const char *text;
	gsize at;
	struct query_token token; /* the one not yet taken */
	int depth, excluded;      /* brackets and -, and - alone, that it is in */
	enum query_order order;   /* the last sort: so far */
	gsize *error_at;
	GError **error;
};

static struct query_node *node_create(enum query_op op, gsize at, gsize length)
{
	struct query_node *node = g_new0(struct query_node, 1);
	node->op = op;
	node->at = at;
	node->length = length;
	if (op == QUERY_AND || op == QUERY_OR || op == QUERY_NOT)
		node->parts = g_ptr_array_new_with_free_func((GDestroyNotify)query_destroy);
	return node;
}

void query_destroy(struct query_node *q)
{
	if (!q)
		return;
	g_clear_pointer(&q->parts, g_ptr_array_unref);
	g_free(q->text);
	g_free(q);
}

/* Words of signs alone find nothing and refuse nothing: they become an AND without parts, and go. */
static bool is_nothing(const struct query_node *node)
{
	return node->op == QUERY_AND && node->parts->len == 0;
}

static void add_part(struct query_node *node, struct query_node *part)
{
	if (is_nothing(part)) {
		query_destroy(part);
		return;
	}
	node->length = part->at + part->length - node->at;
	g_ptr_array_add(node->parts, part);
}

/* A node with one part means that part. */
static struct query_node *unwrapped(struct query_node *node)
{
	if (node->parts->len != 1)
		return node;
	struct query_node *part = g_ptr_array_steal_index(node->parts, 0);
	query_destroy(node);
	return part;
}

static bool next(struct parser *p)
{
	query_token_clear(&p->token);
	return query_lex(p->text, &p->at, &p->token, p->error_at, p->error);
}

static struct query_node *fail(struct parser *p, gsize at, const char *message)
{
	query_fail(p->error, p->error_at, at, "%s", message);
	return NULL;
}

/* Whether a word's end may go on: what is typed without quotes is the beginning of a word. A lone letter
 * would match everything, and Chinese has no word beginnings. */
static bool is_open_ended(const char *folded)
{
	const char *space = strrchr(folded, ' ');
	const char *last = space ? space + 1 : folded;
	return text_count_han(last).han == 0 && g_utf8_strlen(last, -1) >= 2;
}

static bool is_searchable(const char *s)
{
	while (*s && !g_unichar_isalnum(g_utf8_get_char(s)))
		s = g_utf8_next_char(s);
	return *s != '\0';
}

/* What the search index is asked for: the folded words, with a star where the last one may go on. */
static char *search_text(const char *typed, bool quoted)
{
	g_autofree char *fold = text_fold(typed);
	GString *folded = g_string_new(g_strstrip(fold));
	/* A star at the end is ours to set. */
	while (folded->len > 0 && strchr("* ", folded->str[folded->len - 1]))
		g_string_truncate(folded, folded->len - 1);
	if (!quoted && is_searchable(folded->str) && is_open_ended(folded->str))
		g_string_append_c(folded, '*');
	return g_string_free(folded, FALSE);
}

static struct query_node *text_node(const struct query_token *token)
{
	g_autofree char *text = search_text(token->text, token->kind == TOKEN_PHRASE);
	struct query_node *node =
	    node_create(is_searchable(text) ? QUERY_TEXT : QUERY_AND, token->at, token->length);
	node->text = g_steal_pointer(&text);
	return node;
}

/* An order finds nothing and refuses nothing. Takes `node`. */
static struct query_node *take_order(struct parser *p, struct query_node *node)
{
	g_autoptr(query_auto) sort = node;
	if (p->excluded)
		return fail(p, sort->at, _("sort: can't be excluded; take the - away"));
	p->order = (enum query_order)sort->number;
	return node_create(QUERY_AND, sort->at, sort->length);
}

static struct query_node *field_node(struct parser *p)
{
	struct query_node *node = node_create(QUERY_FIELD, p->token.at, p->token.length);
	node->field = p->token.field;
	node->compare = p->token.compare;
	node->text = g_strstrip(g_steal_pointer(&p->token.text));
	if (!query_field_check(node, p->error_at, p->error)) {
		query_destroy(node);
		return NULL;
	}
	/* Whole hundredths: at least 50.00 is more than 49.99. A span of time is never met exactly. */
	if (p->token.or_equal && node->field == FIELD_VALUE)
		node->number += node->compare == COMPARE_MORE ? -1 : 1;
	return node->field == FIELD_SORT ? take_order(p, node) : node;
}

static struct query_node *parse_or(struct parser *p);

static struct query_node *parse_bracket(struct parser *p)
{
	gsize at = p->token.at;
	if (!next(p))
		return NULL;
	if (p->token.kind == TOKEN_CLOSE)
		return fail(p, at,
			    _("there is nothing in the brackets; leave them out or put words in them"));
	g_autoptr(query_auto) inner = parse_or(p);
	if (!inner)
		return NULL;
	if (p->token.kind != TOKEN_CLOSE)
		return fail(p, at, _("the bracket isn't closed; put a ) at its end"));
	return next(p) ? g_steal_pointer(&inner) : NULL;
}

static struct query_node *parse_term(struct parser *p);

static struct query_node *parse_not(struct parser *p)
{
	g_autoptr(query_auto) node = node_create(QUERY_NOT, p->token.at, p->token.length);
	if (!next(p))
		return NULL;
	p->excluded++;
	struct query_node *part = parse_term(p);
	p->excluded--;
	if (!part || is_nothing(part))
		return part;
	add_part(node, part);
	return g_steal_pointer(&node);
}

static struct query_node *parse_simple(struct parser *p)
{
	g_autoptr(query_auto) node = p->token.kind == TOKEN_FIELD ? field_node(p) : text_node(&p->token);
	return node && next(p) ? g_steal_pointer(&node) : NULL;
}

static struct query_node *parse_term(struct parser *p)
{
	if (p->depth >= DEPTH_LIMIT)
		return fail(p, p->token.at, _("the query is nested too deeply; write it flatter"));
	struct query_node *node = NULL;
	p->depth++;
	switch (p->token.kind) {
	case TOKEN_WORD:
	case TOKEN_PHRASE:
	case TOKEN_FIELD:
		node = parse_simple(p);
		break;
	case TOKEN_OPEN:
		node = parse_bracket(p);
		break;
	case TOKEN_NOT:
		node = parse_not(p);
		break;
	case TOKEN_CLOSE:
		fail(p, p->token.at, _("this bracket closes nothing; take it out or put a ( before"));
		break;
	case TOKEN_AND:
	case TOKEN_OR:
	case TOKEN_END:
		fail(p, p->token.at,
		     _("a word is missing here; to search for and, or, not themselves, put them in quotes"));
		break;
	}
	p->depth--;
	return node;
}

static struct query_node *parse_and(struct parser *p)
{
	g_autoptr(query_auto) all = node_create(QUERY_AND, p->token.at, 0);
	do {
		if (p->token.kind == TOKEN_AND && !next(p))
			return NULL;
		struct query_node *part = parse_term(p);
		if (!part)
			return NULL;
		add_part(all, part);
	} while (p->token.kind != TOKEN_OR && p->token.kind != TOKEN_CLOSE && p->token.kind != TOKEN_END);
	return unwrapped(g_steal_pointer(&all));
}

static struct query_node *parse_or(struct parser *p)
{
	g_autoptr(query_auto) any = node_create(QUERY_OR, p->token.at, 0);
	for (;;) {
		struct query_node *part = parse_and(p);
		if (!part)
			return NULL;
		add_part(any, part);
		if (p->token.kind != TOKEN_OR)
			break;
		if (!next(p))
			return NULL;
	}
	if (any->parts->len == 0)
		return node_create(QUERY_AND, any->at, 0);
	return unwrapped(g_steal_pointer(&any));
}

static struct query_node *parse_whole(struct parser *p)
{
	if (!next(p))
		return NULL;
	if (p->token.kind == TOKEN_END)
		return node_create(QUERY_AND, 0, 0);
	/* A leading AND says nothing that its neighbour doesn't, but is a slip all the same. */
	if (p->token.kind == TOKEN_AND)
		return fail(p, p->token.at, _("a word is missing before and"));
	g_autoptr(query_auto) query = parse_or(p);
	if (query && p->token.kind == TOKEN_CLOSE)
		return fail(p, p->token.at, _("this bracket closes nothing; take it out or put a ( before"));
	return g_steal_pointer(&query);
}

struct query_node *query_parse(const char *text, gsize *error_at, GError **error)
{
	const char *bad = NULL;
	struct parser p = {.text = text, .error_at = error_at, .error = error};
	if (!g_utf8_validate(text, -1, &bad))
		return fail(&p, (gsize)(bad - text), _("the query isn't valid UTF-8; type it again"));
	if (strlen(text) > LENGTH_LIMIT)
		return fail(&p, LENGTH_LIMIT, _("the query is too long; 4096 bytes are the limit"));
	struct query_node *query = parse_whole(&p);
	query_token_clear(&p.token);
	if (query)
		query->order = p.order;
	return query;
}

bool query_is_state(const char *is)
{
	return g_str_equal(is, "open") || g_str_equal(is, "closed") || g_str_equal(is, "any");
}

bool query_names_status(const struct query_node *q)
{
	if (q->op == QUERY_FIELD)
		return q->field == FIELD_STATUS || (q->field == FIELD_IS && query_is_state(q->text));
	for (guint i = 0; q->parts && i < q->parts->len; i++) {
		if (query_names_status(q->parts->pdata[i]))
			return true;
	}
	return false;
}
