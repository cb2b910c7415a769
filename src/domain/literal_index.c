/* SPDX-License-Identifier: MIT */
#include "domain/literal_index.h"

#include "domain/guard_literals.h"

#include <string.h>

#include "domain/banned.h"

/* Literals are looked up by their first bytes: as many of these as they have. */
static const gsize beginnings[] = {1, 2, 3, 4, 6, 8};
#define N_BEGINNINGS G_N_ELEMENTS(beginnings)
#define FILTER_BITS 0x10000 /* a bit for each beginning there may be */

struct literal {
	char *text; /* without edges */
	gsize length;
	bool begins, ends; /* a word there */
	GArray *patterns;  /* of guint */
};

struct literal_index {
	guint count;
	GHashTable *lists[N_BEGINNINGS]; /* of GPtrArray of struct literal */
	guint8 first[256];               /* for each first byte, which lengths there are: a bit each */
	guint8 filters[N_BEGINNINGS][FILTER_BITS / 8]; /* which beginnings there may be */
};

static void literal_destroy(gpointer data)
{
	struct literal *l = data;
	g_array_unref(l->patterns);
	g_free(l->text);
	g_free(l);
}

struct literal_index *literal_index_create(void)
{
	struct literal_index *x = g_new0(struct literal_index, 1);
	for (gsize n = 0; n < N_BEGINNINGS; n++)
		x->lists[n] = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	return x;
}

void literal_index_destroy(struct literal_index *x)
{
	if (!x)
		return;
	for (gsize n = 0; n < N_BEGINNINGS; n++)
		g_hash_table_unref(x->lists[n]);
	g_free(x);
}

guint literal_index_count(const struct literal_index *x)
{
	return x->count;
}

/* Up to eight bytes of the text. */
static guint64 load(const char *text, gsize length)
{
	guint64 bytes = 0;
	memcpy(&bytes, text, MIN(length, sizeof bytes));
	return GUINT64_TO_LE(bytes);
}

/* Of the first `length` of them; two beginnings of one key share a list. */
static guint32 key_of(guint64 bytes, gsize length)
{
	guint64 kept = length < 8 ? bytes & (((guint64)1 << 8 * length) - 1) : bytes;
	return (guint32)((kept * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> 32);
}

static bool may_begin(const struct literal_index *x, gsize n, guint32 key)
{
	return x->filters[n][(key >> 16) / 8] & 1U << (key >> 16) % 8;
}

static GPtrArray *list_of(struct literal_index *x, const char *text, gsize length)
{
	gsize n = N_BEGINNINGS - 1;
	while (beginnings[n] > length)
		n--;
	guint32 key = key_of(load(text, length), beginnings[n]);
	GPtrArray *list = g_hash_table_lookup(x->lists[n], GUINT_TO_POINTER(key));
	if (!list) {
		list = g_ptr_array_new_with_free_func(literal_destroy);
		g_hash_table_insert(x->lists[n], GUINT_TO_POINTER(key), list);
		x->first[(guchar)*text] |= (guint8)(1U << n);
		x->filters[n][(key >> 16) / 8] |= (guint8)(1U << (key >> 16) % 8);
	}
	return list;
}

/* Edges at its ends are kept as such, those within are left out. */
static struct literal *literal_new(const char *told)
{
	struct literal *l = g_new0(struct literal, 1);
	gsize length = strlen(told);
	l->text = g_new0(char, length + 1);
	for (gsize n = 0; n < length; n++) {
		if (told[n] != LITERAL_EDGE)
			l->text[l->length++] = told[n];
	}
	l->begins = *told == LITERAL_EDGE;
	l->ends = length && told[length - 1] == LITERAL_EDGE;
	l->patterns = g_array_new(FALSE, FALSE, sizeof(guint));
	return l;
}

static struct literal *find_literal(struct literal_index *x, const char *told)
{
	struct literal *new = literal_new(told);
	GPtrArray *list = list_of(x, new->text, new->length);
	for (guint i = 0; i < list->len; i++) {
		struct literal *l = list->pdata[i];
		if (l->begins == new->begins && l->ends == new->ends &&g_str_equal(l->text, new->text)) {
			literal_destroy(new);
			return l;
		}
	}
	g_ptr_array_add(list, new);
	return new;
}

guint literal_index_add(struct literal_index *x, GPtrArray *literals)
{
	guint number = x->count++;
	for (guint i = 0; i < literals->len; i++)
		g_array_append_val(find_literal(x, literals->pdata[i])->patterns, number);
	return number;
}

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* \b as PCRE2 has it without UCP: only ASCII letters are of a word. */
static bool is_edge(const char *text, gsize at, gsize length)
{
	return (at > 0 && is_word(text[at - 1])) != (at < length && is_word(text[at]));
}

static bool stands_at(const struct literal *l, const char *text, gsize at, gsize length)
{
	return l->length <= length - at && memcmp(l->text, text + at, l->length) == 0 &&
	       (!l->begins || is_edge(text, at, length)) &&
	       (!l->ends || is_edge(text, at + l->length, length));
}

static void tell_those_at(const GPtrArray *list, const char *text, gsize at, gsize length,
			  literal_found *found, void *data)
{
	for (guint i = 0; i < list->len; i++) {
		const struct literal *l = list->pdata[i];
		for (guint n = 0; n < l->patterns->len && stands_at(l, text, at, length); n++)
			found(data, g_array_index(l->patterns, guint, n), at);
	}
}

void literal_index_scan(const struct literal_index *x, const char *text, gsize length, literal_found *found,
			void *data)
{
	for (gsize at = 0; at < length; at++) {
		guint lengths = x->first[(guchar)text[at]];
		guint64 bytes = lengths ? load(text + at, length - at) : 0;
		for (gsize n = 0; lengths >> n && beginnings[n] <= length - at; n++) {
			guint32 key = key_of(bytes, beginnings[n]);
			if (!(lengths & 1U << n) || !may_begin(x, n, key))
				continue;
			const GPtrArray *list = g_hash_table_lookup(x->lists[n], GUINT_TO_POINTER(key));
			if (list)
				tell_those_at(list, text, at, length, found, data);
		}
	}
}
