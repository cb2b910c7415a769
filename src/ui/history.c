/* SPDX-License-Identifier: MIT */
#include "ui/history.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "ui/history_words.h"

#include <string.h>

#include "domain/banned.h"

/* Sides are told apart by a mark, a word, an indent and a colour: any one of them is enough. */
static const struct {
	const char *mark;
	int indent;
	enum style style;
} sides[N_SIDES] = {
    [SIDE_BUYER] = {"<", 0, STYLE_BUYER},
    [SIDE_US] = {">", 4, STYLE_US},
    [SIDE_PLATFORM] = {"*", 0, STYLE_PLATFORM},
    [SIDE_DESK] = {"-", 0, STYLE_DESK},
};

static const struct {
	guint flaw;
	const char *text;
} flaws[] = {
    {FLAW_UNPARSED, N_("this couldn't be read as a mail; it is kept whole as it came")},
    {FLAW_CHARSET, N_("the mail named its characters wrongly; they were guessed")},
    {FLAW_CUT, N_("the text is cut here; the stored mail has all of it")},
    {FLAW_PARTS, N_("the mail has more parts than are listed")},
    {FLAW_DATE, N_("the mail has no usable date; the time is when it was received")},
    {FLAW_MESSAGE_ID, N_("the mail's Message-ID was missing or used by another mail")},
    {FLAW_UNKNOWN, N_("no rule recognises this kind of mail from the platform")},
};

/* What laying out needs at hand. */
struct layout {
	const struct history_options *o;
	struct history *h;
	int indent;
	enum style style;
	const char *subject; /* of the message before: it is told once */
};

const char *history_flaw(guint flaw)
{
	for (guint i = 0; i < G_N_ELEMENTS(flaws); i++) {
		if (flaws[i].flaw == flaw)
			return _(flaws[i].text);
	}
	return NULL;
}

/* Begins a line of a message's body: indent and rule. */
static struct line *body_line(struct layout *at)
{
	struct line *l = lines_add(at->h->lines);
	line_fill(l, STYLE_PLAIN, at->indent);
	line_add(l, at->style, "│ ");
	return l;
}

struct wrapping {
	struct layout *at;
	enum style style;
};

static void wrapped_line(const char *bytes, gsize length, void *data)
{
	struct wrapping *w = data;
	g_autofree char *text = g_strndup(bytes, length);
	line_add(body_line(w->at), w->style, text);
}

static void add_body(struct layout *at, enum style style, const char *safe)
{
	struct wrapping w = {.at = at, .style = style};
	text_wrap(safe, MAX(at->o->columns - at->indent - 2, 8), wrapped_line, &w);
}

static bool is_quoted(const char *line)
{
	return *line == '>';
}

static void add_fold(struct layout *at, int count)
{
	g_autofree char *text = g_strdup_printf(
	    ngettext_("[%d quoted line: o shows it]", "[%d quoted lines: o shows them]", count), count);
	add_body(at, STYLE_QUOTE, text);
}

static void add_text(struct layout *at, const char *text)
{
	g_autofree char *safe = text_safe(text ? text : "", -1, TEXT_LINES);
	g_auto(GStrv) lines = g_strsplit(g_strchomp(safe), "\n", -1);
	for (char **l = lines; *l;) {
		if (!is_quoted(*l)) {
			add_body(at, STYLE_PLAIN, *l++);
			continue;
		}
		int count = 0;
		at->h->quotes = true;
		for (; *l && is_quoted(*l); l++, count++) {
			if (at->o->unfold)
				add_body(at, STYLE_QUOTE, *l);
		}
		if (!at->o->unfold)
			add_fold(at, count);
	}
}

static void add_attachment(struct layout *at, const struct attachment *a)
{
	g_autofree char *name = text_safe(a->name, -1, TEXT_ONE_LINE);
	g_autofree char *type = text_safe(a->type ? a->type : "", -1, TEXT_ONE_LINE);
	g_autofree char *size = g_format_size_full((guint64)MAX(a->size, 0), G_FORMAT_SIZE_DEFAULT);
	g_autofree char *text = g_strdup_printf(_("[file %" PRId64 "] %s (%s, %s)"), a->id, name, type, size);
	add_body(at, STYLE_TITLE, text);
}

static void add_flaws(struct layout *at, const struct message *m)
{
	for (guint i = 0; i < G_N_ELEMENTS(flaws); i++) {
		if (!(m->flaws & flaws[i].flaw))
			continue;
		g_autofree char *text = g_strdup_printf("! %s", _(flaws[i].text));
		add_body(at, STYLE_ERROR, text);
	}
	if (m->flaw_note && *m->flaw_note) {
		g_autofree char *note = text_safe(m->flaw_note, -1, TEXT_ONE_LINE);
		g_autofree char *text = g_strdup_printf("! %s", note);
		add_body(at, STYLE_ERROR, text);
	}
}

struct heading {
	struct layout *at;
	enum style style;
	bool later;
};

static void heading_line(const char *bytes, gsize length, void *data)
{
	struct heading *w = data;
	g_autofree char *text = g_strndup(bytes, length);
	struct line *l = lines_add(w->at->h->lines);
	line_fill(l, STYLE_PLAIN, w->at->indent + (w->later ? 2 : 0));
	line_add(l, w->style, text);
	w->later = true;
}

/* What an event says about itself. It is wrapped, not cut: a due time often stands at its end. */
static void add_heading(struct layout *at, enum style style, const char *safe)
{
	struct heading w = {.at = at, .style = style};
	text_wrap(safe, MAX(at->o->columns - at->indent - 2, 8), heading_line, &w);
}

static void append_foreign(GString *out, const char *before, const char *text, const char *after)
{
	if (!text || !*text)
		return;
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	g_string_append_printf(out, "%s%s%s", before, safe, after);
}

/* "< 2026-11-23 14:05 buyer: Jonas Jonaitis [lt]" */
static void add_head(struct layout *at, const struct event *e)
{
	const struct message *m = e->message;
	g_autoptr(GString) head = g_string_new(NULL);
	g_autofree char *stamp = when_stamp(e->at, at->o->zone);
	g_string_printf(head, "%s %s %s", sides[m->side].mark, stamp, vocab_title(&SIDES, (int)m->side));
	append_foreign(head, ": ", m->from, "");
	append_foreign(head, " [", m->lang, "]");
	if (m->automatic)
		g_string_append_printf(head, " %s", _("(automatic)"));
	add_heading(at, at->style, head->str);
}

static void add_message(struct layout *at, const struct event *e)
{
	const struct message *m = e->message;
	at->style = sides[m->side].style;
	at->indent = at->o->columns >= 60 ? sides[m->side].indent : sides[m->side].indent / 2;
	add_head(at, e);
	if (m->subject && *m->subject && g_strcmp0(m->subject, at->subject) != 0) {
		g_autofree char *subject = text_safe(m->subject, -1, TEXT_ONE_LINE);
		add_body(at, STYLE_TITLE, subject);
	}
	at->subject = m->subject;
	add_text(at, m->text);
	for (guint i = 0; m->attachments && i < m->attachments->len; i++)
		add_attachment(at, m->attachments->pdata[i]);
	add_flaws(at, m);
	lines_add(at->h->lines);
}

/* "- 2026-11-23 14:05 status: our move, by Rasa" */
static void add_short(struct layout *at, const struct event *e, const GPtrArray *events)
{
	g_autofree char *stamp = when_stamp(e->at, at->o->zone),
			*words = history_words(e, events, at->o->zone);
	g_autofree char *head =
	    g_strdup_printf("- %s %s%s", stamp, words, e->undone ? _(" (taken back since)") : "");
	at->indent = 0;
	add_heading(at, e->type == EVENT_CLOCK_MISS ? STYLE_OVERDUE : STYLE_DESK, head);
}

gint64 history_message_at(const GArray *messages, int top)
{
	gint64 found = 0;
	for (guint i = 0; i < messages->len; i++) {
		const struct history_place *p = &g_array_index(messages, struct history_place, i);
		if (!found || p->line <= top)
			found = p->message;
	}
	return found;
}

static void note_place(struct history *h, const struct event *e)
{
	struct history_place p = {.line = (int)h->lines->len, .message = e->message->id};
	h->newest = p.line;
	if (h->messages)
		g_array_append_val(h->messages, p);
}

static bool is_clockwork(const struct event *e)
{
	return e->type == EVENT_CLOCK_START || e->type == EVENT_CLOCK_PAUSE ||
	       e->type == EVENT_CLOCK_RESUME || e->type == EVENT_CLOCK_STOP;
}

struct history history_lay_out(GPtrArray *events, const struct history_options *o)
{
	struct history h = {.lines = lines_new()};
	if (o->places)
		h.messages = g_array_new(false, false, sizeof(struct history_place));
	struct layout at = {.o = o, .h = &h};
	for (guint i = 0; i < events->len; i++) {
		const struct event *e = events->pdata[i];
		if (e->message && (int)e->message->side >= 0 && e->message->side < N_SIDES) {
			note_place(&h, e);
			add_message(&at, e);
		} else if (!o->talk || !is_clockwork(e)) {
			add_short(&at, e, events);
		}
	}
	return h;
}
