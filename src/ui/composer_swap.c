/* SPDX-License-Identifier: MIT */
#include "ui/composer_swap.h"

#include "domain/template.h"

#include <string.h>

#include "domain/banned.h"

static GArray *holes_of(const char *text)
{
	GArray *holes = g_array_new(FALSE, FALSE, sizeof(struct template_hole));
	template_find_holes(text, holes);
	return holes;
}

static const struct template_hole *hole(const GArray *holes, guint n)
{
	return &g_array_index(holes, struct template_hole, n);
}

/* The text between the open places `n` - 1 and `n`. Owned. */
static char *segment(const char *text, const GArray *holes, guint n)
{
	gsize from = n ? hole(holes, n - 1)->at + hole(holes, n - 1)->length : 0;
	gsize to = n < holes->len ? hole(holes, n)->at : strlen(text);
	return g_strndup(text + from, to - from);
}

/* Matches everything behind the first segment, which stands at `start`; `typed` gets what fills each open
 * place. The end of the match, or NULL. */
static const char *match(const char *start, const char *before, const GArray *holes, GPtrArray *typed)
{
	g_autofree char *first = segment(before, holes, 0);
	const char *p = start + strlen(first);
	for (guint n = 1; n <= holes->len; n++) {
		g_autofree char *next = segment(before, holes, n);
		/* A place at the very end reaches to the end of its line. */
		const char *end = *next ? strstr(p, next) : n == holes->len ? p + strcspn(p, "\n") : NULL;
		if (!end)
			return NULL;
		g_ptr_array_add(typed, g_strndup(p, (gsize)(end - p)));
		p = end + strlen(next);
	}
	return p;
}

/* `after` with what was typed in the places of the same name; a name that comes twice is filled in order. */
static void append_filled(GString *out, const char *after, const char *before, const GArray *from,
			  GPtrArray *typed)
{
	g_autoptr(GArray) to = holes_of(after);
	const char *p = after;
	for (guint n = 0; n < to->len; n++) {
		const struct template_hole *h = hole(to, n);
		const char *value = NULL;
		for (guint i = 0; i < from->len && !value; i++) {
			const struct template_hole *was = hole(from, i);
			if (typed->pdata[i] && was->length == h->length &&
			    strncmp(before + was->at, after + h->at, h->length) == 0)
				value = typed->pdata[i];
		}
		g_string_append_len(out, p, after + h->at - p);
		g_string_append_len(out, value ? value : after + h->at, value ? -1 : (gssize)h->length);
		p = after + h->at + h->length;
	}
	g_string_append(out, p);
}

char *composer_swap(const char *text, const char *before, const char *after)
{
	g_autoptr(GArray) holes = holes_of(before);
	g_autofree char *first = segment(before, holes, 0);
	for (const char *start = strstr(text, first); start; start = strstr(start + 1, first)) {
		g_autoptr(GPtrArray) typed = g_ptr_array_new_with_free_func(g_free);
		const char *end = match(start, before, holes, typed);
		if (end) {
			GString *out = g_string_new_len(text, start - text);
			append_filled(out, after, before, holes, typed);
			g_string_append(out, end);
			return g_string_free(out, FALSE);
		}
		if (!*first || !*start)
			break;
	}
	return NULL;
}
