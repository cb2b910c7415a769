/* SPDX-License-Identifier: MIT */
#include "domain/calendar.h"

#include "domain/days.h"
#include "domain/intl.h"
#include "domain/when.h"

#include <string.h>

#include "domain/banned.h"

/* No platform gives longer than ten years. */
#define MOST_DAYS 3650

/* How a span's unit is written in the data files. */
static const struct unit_word {
	const char *word;
	enum span_unit unit;
} unit_words[] = {
    {"h", SPAN_HOURS},
    {"hour", SPAN_HOURS},
    {"hours", SPAN_HOURS},
    {"day", SPAN_DAYS},
    {"days", SPAN_DAYS},
    {"business day", SPAN_BUSINESS_DAYS},
    {"business days", SPAN_BUSINESS_DAYS},
    {"business h", SPAN_BUSINESS_HOURS},
    {"business hour", SPAN_BUSINESS_HOURS},
    {"business hours", SPAN_BUSINESS_HOURS},
};

static bool counts_days(enum span_unit unit)
{
	return unit == SPAN_DAYS || unit == SPAN_BUSINESS_DAYS;
}

void stretch_clear(struct stretch *s)
{
	g_clear_pointer(&s->reason, g_free);
}

static void clear_element(gpointer s)
{
	stretch_clear(s);
}

GArray *stretches_new(void)
{
	GArray *way = g_array_new(false, true, sizeof(struct stretch));
	g_array_set_clear_func(way, clear_element);
	return way;
}

/* "business days" -> unit. False if the words are none of the table's. */
static bool find_unit(const char *words, enum span_unit *unit)
{
	for (gsize n = 0; n < G_N_ELEMENTS(unit_words); n++) {
		if (g_str_equal(words, unit_words[n].word)) {
			*unit = unit_words[n].unit;
			return true;
		}
	}
	return false;
}

static bool not_a_span(const char *text, GError **error)
{
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
		    _("\"%s\" is no time span: write it like \"48 h\", \"5 days\", \"3 business days\", "
		      "\"4 business hours\" or \"2 days end of day\", of at most ten years"),
		    text);
	return false;
}

bool span_parse(const char *text, struct span *span, GError **error)
{
	static const char day_end[] = " end of day";
	gsize digits = strspn(text, "0123456789");
	g_autofree char *unit = g_strstrip(g_strdup(text + digits));
	struct span s = {0};
	if (g_str_has_suffix(unit, day_end)) {
		s.to_day_end = true;
		unit[strlen(unit) - strlen(day_end)] = 0;
		g_strchomp(unit);
	}
	if (!digits || digits > 6 || !find_unit(unit, &s.unit) || (s.to_day_end && !counts_days(s.unit)))
		return not_a_span(text, error);
	s.amount = g_ascii_strtoll(text, NULL, 10);
	if (s.amount < 1 || s.amount > (counts_days(s.unit) ? MOST_DAYS : MOST_DAYS * 24))
		return not_a_span(text, error);
	if (!counts_days(s.unit))
		s.amount *= HOUR_MS;
	*span = s;
	return true;
}

static char *describe_hours(const struct span *span)
{
	g_autofree char *length = when_span(span->amount);
	if (span->amount % HOUR_MS == 0)
		return span->unit == SPAN_HOURS
			   ? g_strdup_printf(_("%d h"), (int)(span->amount / HOUR_MS))
			   : g_strdup_printf(ngettext_("%d business hour", "%d business hours",
						       (int)(span->amount / HOUR_MS)),
					     (int)(span->amount / HOUR_MS));
	/* TRANSLATORS: "3 h 20 min of opening hours" */
	return g_strdup_printf(span->unit == SPAN_HOURS ? "%s" : _("%s of opening hours"), length);
}

char *span_describe(const struct span *span)
{
	if (!counts_days(span->unit))
		return describe_hours(span);
	int n = (int)span->amount;
	g_autofree char *days = span->unit == SPAN_DAYS
				    ? g_strdup_printf(ngettext_("%d day", "%d days", n), n)
				    : g_strdup_printf(ngettext_("%d business day", "%d business days", n), n);
	if (!span->to_day_end)
		return g_steal_pointer(&days);
	return g_strdup_printf(_("%s, until the day ends"), days);
}
