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

/* A paragraph of a reply as it stands in the text: [from, to). */
struct stand {
	const char *from, *to;
};

/* Where a paragraph that begins with `first` may begin, at or behind `p`. */
static const char *next_start(const char *p, const char *first, bool again)
{
	if (*first)
		return strstr(p + again, first);
	if (!again)
		return p;
	const char *blank = strstr(p, "\n\n");
	return blank ? blank + 2 : NULL;
}

/* Finds a paragraph at or behind `p`; what is typed into its open places is added to `typed`. */
static bool find_paragraph(const char *p, const char *paragraph, GPtrArray *typed, struct stand *s)
{
	g_autoptr(GArray) holes = holes_of(paragraph);
	g_autofree char *first = segment(paragraph, holes, 0);
	guint had = typed->len;
	for (s->from = next_start(p, first, false); s->from; s->from = next_start(s->from, first, true)) {
		s->to = match(s->from, paragraph, holes, typed);
		if (s->to)
			return true;
		g_ptr_array_set_size(typed, (gint)had);
	}
	return false;
}

/* Where each paragraph stands, in their order; NULL if one doesn't. */
static GArray *find_paragraphs(const char *text, char **paragraphs, GPtrArray *typed)
{
	g_autoptr(GArray) stands = g_array_new(FALSE, FALSE, sizeof(struct stand));
	const char *p = text;
	for (char **one = paragraphs; *one; one++) {
		struct stand s;
		if (!find_paragraph(p, *one, typed, &s))
			return NULL;
		g_array_append_val(stands, s);
		p = s.to + strspn(s.to, "\n");
	}
	return g_steal_pointer(&stands);
}

/* Whether nothing stands between the paragraphs. */
static bool is_whole(const GArray *stands)
{
	for (guint i = 1; i < stands->len; i++) {
		const char *end = g_array_index(stands, struct stand, i - 1).to;
		if (!g_str_has_prefix(end, "\n\n") || g_array_index(stands, struct stand, i).from != end + 2)
			return false;
	}
	return true;
}

char *composer_swap(const char *text, const char *before, const char *after)
{
	g_autoptr(GArray) holes = holes_of(before), stands = NULL;
	g_autoptr(GPtrArray) typed = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) was = g_strsplit(before, "\n\n", -1), is = g_strsplit(after, "\n\n", -1);
	stands = find_paragraphs(text, was, typed);
	if (!stands || !stands->len)
		return NULL;
	/* With as many paragraphs on both sides, what was written between them stays between them. */
	bool each = g_strv_length(is) == stands->len;
	if (!each && !is_whole(stands))
		return NULL;
	GString *out = g_string_new(NULL);
	const char *p = text;
	for (guint i = 0; i < stands->len; i++) {
		const struct stand *s = &g_array_index(stands, struct stand, i);
		if (each || i == 0) {
			g_string_append_len(out, p, s->from - p);
			append_filled(out, each ? is[i] : after, before, holes, typed);
		}
		p = s->to;
	}
	g_string_append(out, p);
	return g_string_free(out, FALSE);
}

/* --- what is left of a reply --------------------------------------------------------- */

/* How far a sentence reaches, or the words before an open place. */
static gsize sentence(const char *p)
{
	const char *start = p;
	while (*p && *p != '\n' && !g_str_has_prefix(p, "{{")) {
		gunichar c = g_utf8_get_char(p);
		p = g_utf8_next_char(p);
		if (c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xff01 || c == 0xff1f)
			break;
	}
	return (gsize)(p - start);
}

bool composer_stands(const char *text, const char *reply)
{
	gsize all = 0, there = 0;
	for (const char *p = reply; *p;) {
		const char *end = g_str_has_prefix(p, "{{") ? strstr(p, "}}") : NULL;
		gsize length = end ? 0 : sentence(p);
		g_autofree char *words = g_strstrip(g_strndup(p, length));
		all += strlen(words);
		there += strstr(text, words) ? strlen(words) : 0;
		p = end ? end + 2 : p + MAX(length, 1);
	}
	return all && there * 3 >= all;
}
