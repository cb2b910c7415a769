/* SPDX-License-Identifier: MIT */
#include "domain/template_parse.h"

#include "domain/days.h"

#include <string.h>

#include "domain/banned.h"

#define DEEPEST 8 /* partials and sections within one another */

struct filling {
	const struct template_set *set;
	const struct template_values *values;
	enum lang lang;
	GString *out;
	GArray *holes;
	bool body;        /* without greeting and signature */
	bool after_value; /* a value was put in last */
};

/* "by 11:00" and not "by 11:22": what a person would write, and no later than was meant. */
#define ROUND_MS (30 * MINUTE_MS)

/* The value of a placeholder, NULL if it is open. Owned by the caller. */
static char *value_of(const struct filling *f, const char *name, gsize length)
{
	char unit;
	int amount;
	bool with_time;
	const struct template_values *v = f->values;
	if (piece_is_time(name, length, &unit, &amount, &with_time)) {
		gint64 at = v->later(v->data, v->now, unit, amount);
		return with_time ? lang_date_time(f->lang, MAX(at - at % ROUND_MS, v->now), v->now, v->zone)
				 : lang_date(f->lang, at, v->now, v->zone);
	}
	g_autofree char *key = g_strndup(name, length);
	const char *text = g_hash_table_lookup(v->texts, key);
	return text && *text ? g_strdup(text) : NULL;
}

static void fill(struct filling *f, const char **at, bool shown, int depth);

static bool is_frame(const struct piece *p)
{
	g_autofree char *name = g_strndup(p->text, p->length);
	return g_str_equal(name, "greeting") || g_str_equal(name, "signature");
}

static void fill_partial(struct filling *f, const struct piece *p, int depth)
{
	if (f->body && is_frame(p))
		return;
	g_autofree char *name = g_strdup_printf("_%.*s", (int)p->length, p->text);
	const struct template *t = template_set_find(f->set, name);
	const char *body = t ? t->bodies[f->lang] : NULL;
	if (!body || depth >= DEEPEST)
		return;
	g_autofree char *line = g_strconcat("\n", body, NULL); /* piece_next() looks one byte back */
	const char *at = line + 1;
	gsize before = f->out->len;
	fill(f, &at, true, depth + 1);
	while (f->out->len > before && f->out->str[f->out->len - 1] == '\n')
		g_string_truncate(f->out, f->out->len - 1);
}

static void fill_value(struct filling *f, const struct piece *p)
{
	g_autofree char *value = value_of(f, p->text, p->length);
	if (value) {
		g_string_append(f->out, value);
		f->after_value = true;
		return;
	}
	struct template_hole hole = {f->out->len, p->whole_length};
	g_string_append_len(f->out, p->whole, p->whole_length);
	if (f->holes)
		g_array_append_val(f->holes, hole);
}

/* A value that ends in a full stop ("26 d.") ends the sentence with it. */
static void append_text(struct filling *f, const struct piece *p)
{
	gsize skip =
	    f->after_value && p->length && p->text[0] == '.' && g_str_has_suffix(f->out->str, ".") ? 1 : 0;
	g_string_append_len(f->out, p->text + skip, p->length - skip);
	f->after_value = false;
}

/* Fills until the end of the section or the text. `shown` false: walks over it only. */
static void fill(struct filling *f, const char **at, bool shown, int depth)
{
	for (;;) {
		struct piece p = piece_next(at);
		switch (p.type) {
		case PIECE_STOP:
		case PIECE_FAULT:
		case PIECE_END:
			return;
		case PIECE_TEXT:
			if (shown)
				append_text(f, &p);
			break;
		case PIECE_VALUE:
			if (shown)
				fill_value(f, &p);
			break;
		case PIECE_PARTIAL:
			if (shown)
				fill_partial(f, &p, depth);
			break;
		case PIECE_IF:
		case PIECE_UNLESS: {
			g_autofree char *value = value_of(f, p.text, p.length);
			fill(f, at, shown && (value != NULL) == (p.type == PIECE_IF) && depth < DEEPEST,
			     depth + 1);
			break;
		}
		}
	}
}

static char *fill_all(struct filling *f, const struct template *t)
{
	if (!t->bodies[f->lang])
		return NULL;
	g_autofree char *line = g_strconcat("\n", t->bodies[f->lang], NULL);
	const char *at = line + 1;
	f->out = g_string_new(NULL);
	fill(f, &at, true, 0);
	return g_string_free(f->out, false);
}

char *template_fill(const struct template_set *s, const struct template *t, enum lang lang,
		    const struct template_values *v, GArray *holes)
{
	struct filling f = {.set = s, .values = v, .lang = lang, .holes = holes};
	return fill_all(&f, t);
}

char *template_fill_body(const struct template_set *s, const struct template *t, enum lang lang,
			 const struct template_values *v)
{
	struct filling f = {.set = s, .values = v, .lang = lang, .body = true};
	char *text = fill_all(&f, t);
	return text ? g_strstrip(text) : NULL;
}

void template_find_holes(const char *text, GArray *holes)
{
	for (const char *p = strstr(text, "{{"); p; p = strstr(p, "{{")) {
		const char *end = strstr(p, "}}");
		gsize line = strcspn(p, "\n");
		gsize length = end && (gsize)(end - p) < line ? (gsize)(end + 2 - p) : 2;
		struct template_hole hole = {p - text, length};
		g_array_append_val(holes, hole);
		p += length;
	}
}
