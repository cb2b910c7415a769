/* SPDX-License-Identifier: MIT */
#include "ui/history_words.h"

#include "domain/intl.h"
#include "domain/promise.h"
#include "domain/template.h"
#include "domain/text.h"
#include "domain/when.h"
#include "store/act.h"

#include "domain/banned.h"

/* The words that an event's text may hold, blanks between; what isn't among them is shown as it is. */
static const struct vocabulary *words_of(enum event_type type)
{
	switch (type) {
	case EVENT_STATUS:
		return &STATUSES;
	case EVENT_KIND:
		return &KINDS;
	case EVENT_WISH:
		return &WISHES;
	case EVENT_OFFER:
		return &OFFERS;
	case EVENT_EVIDENCE_ASKED:
	case EVENT_EVIDENCE_GOT:
		return &EVIDENCE;
	case EVENT_GOODS_BACK:
		return &GOODS_FATES;
	default:
		return NULL;
	}
}

/* Titles for words; NULL if the text has any other in it. Owned. */
static char *titles(const struct vocabulary *v, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " ,", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	int n;
	for (char **w = words; *w; w++) {
		if (!**w)
			continue;
		if (!vocab_find(v, *w, &n))
			return NULL;
		g_string_append_printf(out, "%s%s", out->len ? ", " : "", vocab_title(v, n));
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *text_words(const struct event *e)
{
	const struct vocabulary *v = words_of(e->type);
	char *known = v && e->text ? titles(v, e->text) : NULL;
	return known ? known : text_safe(e->text ? e->text : "", -1, TEXT_ONE_LINE);
}

static const char *answer_of(const char *text)
{
	return g_strcmp0(text, "accepted") == 0    ? _("offer accepted")
	       : g_strcmp0(text, "refused") == 0   ? _("offer refused")
	       : g_strcmp0(text, "countered") == 0 ? _("offer countered")
						   : NULL;
}

static char *claim_words(const struct event *e)
{
	g_autofree char *who = text_safe(e->text ? e->text : "", -1, TEXT_ONE_LINE);
	if (!*who)
		return g_strdup(_("handed back"));
	return g_strcmp0(e->text, e->who) == 0 ? g_strdup(_("taken"))
					       : g_strdup_printf(_("given to %s"), who);
}

static char *undo_words(const struct event *e, const GPtrArray *events, GTimeZone *zone)
{
	for (guint i = 0; i < events->len; i++) {
		const struct event *o = events->pdata[i];
		if (o->id != e->undoes || o->type == EVENT_UNDO)
			continue;
		g_autofree char *what = history_words(o, events, zone);
		return g_strdup_printf(_("taken back: %s"), what);
	}
	return g_strdup(vocab_title(&EVENT_TYPES, EVENT_UNDO));
}

/* With another case, by its number. */
static char *other_words(const struct event *e)
{
	switch (e->type) {
	case EVENT_MERGE:
		return g_strdup_printf(_("merged with case #%" PRId64), e->other);
	case EVENT_MOVED:
		return g_strdup_printf(_("moved to case #%" PRId64), e->other);
	case EVENT_SPLIT:
		return g_strdup_printf(_("split off case #%" PRId64), e->other);
	case EVENT_LINK:
		return g_strdup_printf(_("linked with case #%" PRId64), e->other);
	default:
		return NULL;
	}
}

/* What happened, without amount, due time and person; *due_told: the due time is in it. */
static char *what_happened(const struct event *e, const GPtrArray *events, GTimeZone *zone, bool *due_told)
{
	char *other = e->other ? other_words(e) : NULL;
	*due_told = e->type == EVENT_SNOOZE;
	if (other)
		return other;
	if (e->type == EVENT_CLAIM)
		return claim_words(e);
	if (e->type == EVENT_UNDO)
		return undo_words(e, events, zone);
	if (e->type == EVENT_PIN)
		return g_strdup(g_strcmp0(e->text, "no") == 0 ? _("unpinned") : _("pinned"));
	if (e->type == EVENT_OFFER_ANSWER && answer_of(e->text))
		return g_strdup(answer_of(e->text));
	if (e->type == EVENT_SNOOZE) {
		g_autofree char *until = e->due ? when_stamp(e->due, zone) : NULL;
		return until ? g_strdup_printf(_("snoozed until %s"), until) : g_strdup(_("woken"));
	}
	g_autofree char *text = text_words(e);
	return g_strdup_printf("%s%s%s", vocab_title(&EVENT_TYPES, (int)e->type), *text ? ": " : "", text);
}

char *history_words(const struct event *e, const GPtrArray *events, GTimeZone *zone)
{
	bool due_told;
	g_autofree char *what = what_happened(e, events, zone, &due_told);
	g_autofree char *money = money_format(&e->amount);
	g_autofree char *who = text_safe(e->who ? e->who : "", -1, TEXT_ONE_LINE);
	GString *out = g_string_new(what);
	if (*money)
		g_string_append_printf(out, " %s", money);
	if (!due_told && e->due && e->due != G_MAXINT64) {
		g_autofree char *due = when_stamp(e->due, zone);
		g_string_append_printf(out, _(", due %s"), due);
	}
	if (*who)
		g_string_append_printf(out, _(", by %s"), who);
	if (e->rule) {
		g_autofree char *rule = text_safe(e->rule, -1, TEXT_ONE_LINE);
		g_string_append_printf(out, _(", by rule %s"), rule);
	}
	return g_string_free(out, FALSE);
}
