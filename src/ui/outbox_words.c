/* SPDX-License-Identifier: MIT */
#include "ui/outbox_words.h"

#include "domain/intl.h"
#include "domain/when.h"

#include "domain/banned.h"

static void add_count(GString *out, gint64 count, const char *form)
{
	if (!count)
		return;
	g_string_append(out, out->len ? ", " : "");
	g_string_append_printf(out, form, count);
}

char *outbox_alarm(const struct outbox_counts *c)
{
	g_autoptr(GString) out = g_string_new(NULL);
	add_count(out, c->failed,
		  ngettext_("%" PRId64 " answer failed", "%" PRId64 " answers failed", c->failed));
	add_count(out, c->unsure, _("%" PRId64 " perhaps sent"));
	add_count(out, c->late, _("%" PRId64 " not leaving: does amends send run?"));
	add_count(out, c->to_post, _("%" PRId64 " to post"));
	add_count(out, c->retried, _("%" PRId64 " tried again"));
	if (!out->len)
		return NULL;
	g_string_append(out, _(" (!)"));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

bool outbox_is_urgent(const struct outbox_counts *c)
{
	return c->failed || c->unsure || c->late;
}

bool outbox_needs_person(const struct outbox_row *r)
{
	return r->state == OUTBOX_FAILED || r->state == OUTBOX_UNSURE || r->state == OUTBOX_TO_POST;
}

char *outbox_heading(const struct outbox_row *r, GTimeZone *zone)
{
	g_autofree char *when = when_stamp(r->created, zone);
	switch (r->state) {
	case OUTBOX_FAILED:
		return g_strdup_printf(_("The answer of %s failed"), when);
	case OUTBOX_UNSURE:
		return g_strdup_printf(_("The answer of %s was perhaps sent"), when);
	case OUTBOX_TO_POST:
		return g_strdup_printf(_("The answer of %s isn't posted yet"), when);
	default:
		return g_strdup_printf(_("The answer of %s waits"), when);
	}
}

char *outbox_line(const GPtrArray *rows, GTimeZone *zone)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct outbox_row *r = rows->pdata[i];
		if (!outbox_needs_person(r))
			continue;
		g_autofree char *heading = outbox_heading(r, zone);
		return r->fault ? g_strdup_printf("%s (!): %s", heading, r->fault)
				: g_strdup_printf("%s (!)", heading);
	}
	return NULL;
}

const char *outbox_advice(const struct outbox_row *r)
{
	switch (r->state) {
	case OUTBOX_FAILED:
		return N_(
		    "It is not sent by itself any more. Put right what the reason says, then send it again, "
		    "or take it back to a draft.");
	case OUTBOX_UNSURE:
		return N_(
		    "Look first whether it arrived: in the mail program's log, or ask the buyer. Then say "
		    "that it was sent, or send it again.");
	case OUTBOX_TO_POST:
		return N_(
		    "Put it on the platform's page, then say that it is posted; or take it back to a draft.");
	case OUTBOX_SENDING:
		return N_(
		    "It is being handed to the mail program. If amends send ended meanwhile, its next run "
		    "says so.");
	default:
		return N_("amends send hands it over; until then it can be taken back to a draft.");
	}
}

void outbox_each_line(const struct outbox_row *r, GTimeZone *zone,
		      void (*add)(void *data, enum style style, const char *safe), void *data)
{
	if (r->fault) {
		g_autofree char *fault = text_safe(r->fault, -1, TEXT_ONE_LINE);
		g_autofree char *line = g_strdup_printf(_("reason: %s"), fault);
		add(data, STYLE_PLAIN, line);
	}
	if (r->state == OUTBOX_WAITING) {
		g_autofree char *next = when_stamp(r->next_try, zone);
		g_autofree char *line =
		    r->tries ? g_strdup_printf(ngettext_("tried %d time; next try %s",
							 "tried %d times; next try %s", r->tries),
					       r->tries, next)
			     : g_strdup_printf(_("leaves from %s on"), next);
		add(data, STYLE_PLAIN, line);
	}
	add(data, STYLE_US, _(outbox_advice(r)));
}
