/* SPDX-License-Identifier: MIT */
/* Canned replies in the draft: put in, known again, and in another language. */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"

#include <string.h>

#include "ui/composer_swap.h"

#include "domain/banned.h"

/* The canned reply filled in for this case; `body`: without greeting and signature. NULL and *error if there
 * is none of that name or language. Owned. */
static char *fill(struct composer *c, const char *name, bool body, enum lang lang, GError **error)
{
	const struct desk *d = c->view.desk;
	const struct template_set *set = library_templates(d->library, error);
	const struct template *t = set ? template_set_find(set, name) : NULL;
	if (!set)
		return NULL;
	if (!t) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no canned reply \"%s\""),
			    name);
		return NULL;
	}
	gint64 begun = c->saver.draft && c->saver.draft->begun ? c->saver.draft->begun : d->now();
	g_autoptr(fill_values_auto) values = fill_values_create(d->store, c->file, d->me, lang, begun, error);
	if (!values)
		return NULL;
	char *text = body ? template_fill_body(set, t, lang, fill_values_get(values))
			  : template_fill(set, t, lang, fill_values_get(values), NULL);
	if (!text)
		g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("\"%s\" has no text in %s"), name,
			    vocab_title(&LANGS, (int)lang));
	return text;
}

static void remember(struct composer *c, const char *name, bool body, char *text)
{
	struct inserted *in = g_new(struct inserted, 1);
	*in = (struct inserted){g_strdup(name), body, text};
	g_ptr_array_add(c->inserted, in);
}

/* What was put in is known only while the program runs; filled in as of then, it can be found again. The
 * first brought greeting and signature, those behind it found them there. */
void composer_remember_replies(struct composer *c)
{
	g_auto(GStrv) list = g_strsplit(c->saver.draft->templates, " ", -1);
	for (int i = 0; list[i]; i++) {
		bool body = c->inserted->len > 0;
		char *text = *list[i] ? fill(c, list[i], body, c->lang, NULL) : NULL;
		if (text)
			remember(c, list[i], body, text);
	}
}

bool composer_says(const struct composer *c, const struct inserted *in)
{
	return composer_stands(text_area_text(c->area), in->text);
}

/* --- putting one in ----------------------------------------------------------- */

static void name_template(struct draft *d, const char *name)
{
	g_auto(GStrv) list = g_strsplit(d->templates, " ", -1);
	if (g_strv_contains((const char *const *)list, name))
		return;
	char *names = g_strconcat(d->templates, *d->templates ? " " : "", name, NULL);
	g_free(d->templates);
	d->templates = names;
}

/* Greeting and signature where the draft has them; where it lacks one, the text's beginning or end. */
struct frame_of_text {
	gsize greeted, signed_at;
	bool any;
};

static struct frame_of_text find_frame(struct composer *c)
{
	const char *text = text_area_text(c->area);
	g_autofree char *greeting = fill(c, "_greeting", false, c->lang, NULL),
			*signature = fill(c, "_signature", false, c->lang, NULL);
	const char *hello = greeting && *g_strchomp(greeting) ? strstr(text, greeting) : NULL,
		   *bye = signature && *g_strchomp(signature) ? g_strrstr(text, signature) : NULL;
	return (struct frame_of_text){.greeted = hello ? (gsize)(hello - text) + strlen(greeting) : 0,
				      .signed_at = bye ? (gsize)(bye - text) : strlen(text),
				      .any = hello || bye};
}

/* Where another reply goes: between two paragraphs, behind the greeting and before the signature. */
static gsize place_of_body(const struct composer *c, const struct frame_of_text *f)
{
	const char *text = text_area_text(c->area);
	gsize at = text_area_cursor(c->area), from, to;
	if (at >= f->signed_at)
		return f->signed_at;
	bool at_beginning = (at == 0 || text[at - 1] == '\n') && !text_area_on_hole(c->area, &from, &to);
	if (!at_beginning)
		at += strcspn(text + at, "\n");
	return MIN(MAX(at, f->greeted), f->signed_at);
}

/* Line ends that make an empty line of those which are there. */
static const char *gap(gsize there)
{
	static const char *const gaps[] = {"\n\n", "\n", ""};
	return gaps[MIN(there, 2)];
}

/* Puts the body in as paragraphs of their own; *at gets where it begins. False if the text is full. */
static bool put_between(struct composer *c, gsize place, const char *body, gsize *at)
{
	const char *text = text_area_text(c->area), *before, *after;
	gsize ends = 0, begins = strspn(text + place, "\n");
	while (ends < place && text[place - 1 - ends] == '\n')
		ends++;
	before = place > ends ? gap(ends) : "";
	after = text[place + begins] ? gap(begins) : "";
	g_autofree char *all = g_strconcat(before, body, after, NULL);
	if (!text_area_replace(c->area, place, place, all))
		return false;
	*at = place + strlen(before);
	return true;
}

/* The first open place of what stands from `at` to `end`; without one, where more could be said: before the
 * signature. */
static void go_to_first_hole(struct composer *c, gsize at, gsize end)
{
	text_area_go(c->area, at);
	if (text_area_next_hole(c->area, 1) && text_area_cursor(c->area) >= at &&
	    text_area_cursor(c->area) < end)
		return;
	const char *text = text_area_text(c->area);
	gsize place = MIN(end, find_frame(c).signed_at);
	while (place > at && text[place - 1] == '\n')
		place--;
	text_area_go(c->area, place);
}

bool composer_insert_template(struct composer *c, const char *name, GError **error)
{
	struct frame_of_text frame = find_frame(c);
	g_autofree char *text = fill(c, name, frame.any, c->lang, error);
	if (!text)
		return false;
	gsize at = text_area_cursor(c->area);
	bool fits =
	    frame.any ? put_between(c, place_of_body(c, &frame), text, &at) : text_area_insert(c->area, text);
	if (!fits) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FULL, _("The answer is as long as it can be."));
		return false;
	}
	gsize end = frame.any ? at + strlen(text) : text_area_cursor(c->area);
	name_template(c->saver.draft, name);
	remember(c, name, frame.any, g_steal_pointer(&text));
	go_to_first_hole(c, at, end);
	composer_touch(c);
	return true;
}

/* --- another language ------------------------------------------------------------ */

/* The text in the other language as far as its replies stand as they were put in; one of which nothing is
 * left is no reply any more. Owned; NULL on a fault. */
static char *swapped(struct composer *c, enum lang lang, guint *changed, GError **error)
{
	g_autofree char *text = g_strdup(text_area_text(c->area));
	*changed = 0;
	for (guint i = 0; i < c->inserted->len; i++) {
		const struct inserted *in = c->inserted->pdata[i];
		g_autofree char *after = fill(c, in->name, in->body, lang, error);
		char *next = after ? composer_swap(text, in->text, after) : NULL;
		if (!after)
			return NULL;
		if (!next) {
			*changed += composer_says(c, in);
			continue;
		}
		g_free(text);
		text = next;
	}
	return g_steal_pointer(&text);
}

static void refill(struct composer *c, enum lang lang)
{
	for (guint i = 0; i < c->inserted->len; i++) {
		struct inserted *in = c->inserted->pdata[i];
		char *text = fill(c, in->name, in->body, lang, NULL);
		if (!text)
			continue;
		g_free(in->text);
		in->text = text;
	}
}

void composer_speak(struct composer *c, enum lang lang)
{
	refill(c, lang);
	c->lang = lang;
	g_free(c->saver.draft->lang);
	c->saver.draft->lang = g_strdup(LANGS.words[lang].id);
	c->found_in--;
	c->spelt_in--;
	composer_touch(c);
}

bool composer_language(struct composer *c, enum lang lang, bool force, guint *changed, GError **error)
{
	g_autofree char *text = swapped(c, lang, changed, error);
	if (!text)
		return false;
	if (*changed && !force)
		return true;
	if (!g_str_equal(text, text_area_text(c->area))) {
		text_area_replace(c->area, 0, text_area_length(c->area), text);
		text_area_tag(c->area, (int)lang);
	}
	text_area_go(c->area, 0);
	text_area_next_hole(c->area, 1);
	composer_speak(c, lang);
	return true;
}
