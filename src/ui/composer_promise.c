/* SPDX-License-Identifier: MIT */
/* What an answer promises in time becomes a clock, once the writer has confirmed the date (I2, Z4). */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"

#include "domain/banned.h"

static gint64 after_days(const struct composer *c, gint64 now, int days)
{
	GTimeZone *zone = c->view.desk->zone;
	g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(now / 1000);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(here, zone);
	g_autoptr(GDateTime) then = g_date_time_add_days(local, days);
	/* The last moment of that day. */
	return when_day_end(g_date_time_to_unix(then) * 1000, zone) - 1;
}

static gint64 next_weekday(const struct composer *c, gint64 now, int weekday)
{
	g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(now / 1000);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(here, c->view.desk->zone);
	int today = g_date_time_get_day_of_week(local) - 1;
	return after_days(c, now, (weekday - today + 7) % 7);
}

/* The date, or the next of that day and month. 0 for one that doesn't exist or is over. */
static gint64 date_due(const struct composer *c, gint64 now, const struct promise *p)
{
	GTimeZone *zone = c->view.desk->zone;
	g_autoptr(GDateTime) here = g_date_time_new_from_unix_utc(now / 1000);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(here, zone);
	int first = p->year ? p->year : g_date_time_get_year(local), last = p->year ? first : first + 1;
	for (int year = first; year <= last; year++) {
		g_autoptr(GDateTime) at = g_date_time_new(zone, year, p->month, p->day, 12, 0, 0);
		gint64 due = at ? when_day_end(g_date_time_to_unix(at) * 1000, zone) - 1 : 0;
		if (due > now)
			return due;
	}
	return 0;
}

static gint64 due_of(const struct composer *c, const struct fill_values *values, const struct promise *p,
		     gint64 now)
{
	static const char *const units[N_PROMISE_KINDS] = {
	    [PROMISE_HOURS] = "h", [PROMISE_DAYS] = "days", [PROMISE_BUSINESS_DAYS] = "business days"};
	if (p->kind == PROMISE_WEEKDAY)
		return p->weekday >= 0 ? next_weekday(c, now, p->weekday) : 0;
	if (p->kind == PROMISE_DATE)
		return date_due(c, now, p);
	if (p->amount == 0 || p->kind == PROMISE_DAYS)
		return after_days(c, now, p->amount);
	g_autofree char *span = g_strdup_printf("%d %s", p->amount, units[p->kind]);
	return fill_values_due(values, span);
}

/* The promise that falls due first; the text's own words in *words. */
static gint64 first_promise(const struct composer *c, const struct fill_values *values,
			    const GArray *promises, char **words)
{
	gint64 now = c->view.desk->now(), first = 0;
	const char *text = text_area_text(c->area);
	for (guint i = 0; i < promises->len; i++) {
		const struct promise *p = &g_array_index(promises, struct promise, i);
		gint64 due = due_of(c, values, p, now);
		if (due <= now || (first && due >= first))
			continue;
		first = due;
		g_free(*words);
		*words = g_strndup(text + p->at, p->length);
	}
	return first;
}

bool composer_find_promise(struct composer *c, GError **error)
{
	const struct desk *d = c->view.desk;
	const struct phrases *phrases = library_promises(d->library);
	g_autoptr(fill_values_auto) values =
	    fill_values_create(d->store, c->file, d->me, c->lang, d->now(), error);
	if (!values)
		return false;
	c->promised_in = text_area_version(c->area);
	c->promise_due = 0;
	g_clear_pointer(&c->promise, g_free);
	if (!phrases)
		return true;
	g_autoptr(GArray) promises = promises_find(phrases, text_area_text(c->area));
	c->promise_due = first_promise(c, values, promises, &c->promise);
	return true;
}

char *composer_promise_question(const struct composer *c)
{
	g_autofree char *due = when_stamp(c->promise_due, c->view.desk->zone);
	g_autofree char *words = text_safe(c->promise, -1, TEXT_ONE_LINE);
	return g_strdup_printf(_("Promise by %s? Enter: yes, n: no (%s) "), due, words);
}
