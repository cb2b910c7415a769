/* SPDX-License-Identifier: MIT */
#include "domain/when.h"

#include "domain/days.h"
#include "domain/intl.h"

#include "domain/banned.h"

/* Below this a countdown shows minutes, above it the day and time. */
#define NEAR (12 * HOUR_MS)
/* A due date this many days ahead or more shows as a date: its weekday would be today's. */
#define WEEK 7

static const char *const weekdays[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
				       N_("Fri"), N_("Sat"), N_("Sun")};
static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
				     N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

/* A moment on the wall. */
struct wall {
	int day; /* number of the day */
	struct date date;
	int hour, minute;
};

static struct wall wall_at(gint64 at, GTimeZone *zone)
{
	gint64 local = at + zone_offset(zone, at);
	int day = day_of_local(local);
	int minutes = (int)((local - day * DAY_MS) / MINUTE_MS);
	return (struct wall){day, date_of_day(day), minutes / 60, minutes % 60};
}

/* The first moment of a day: midnight, or the moment of the change in a zone that skips midnight. */
static gint64 day_start(int day, GTimeZone *zone)
{
	gint64 local = day * DAY_MS, low = local - DAY_MS, high = local + DAY_MS;
	gint64 guess = local - zone_offset(zone, local);
	if (guess + zone_offset(zone, guess) == local &&
	    guess - 1 + zone_offset(zone, guess - 1) == local - 1)
		return guess;
	while (high - low > 1) {
		gint64 middle = low + (high - low) / 2;
		if (middle + zone_offset(zone, middle) >= local)
			high = middle;
		else
			low = middle;
	}
	return high;
}

static char *overdue(gint64 ms)
{
	if (ms < HOUR_MS)
		return g_strdup_printf(_("overdue %dm"), (int)(ms / MINUTE_MS));
	if (ms < 2 * DAY_MS)
		return g_strdup_printf(_("overdue %dh"), (int)(ms / HOUR_MS));
	return g_strdup_printf(_("overdue %dd"), (int)(ms / DAY_MS));
}

static char *soon(gint64 ms)
{
	int minutes = (int)(ms / MINUTE_MS);
	if (minutes == 0)
		return g_strdup(_("<1m"));
	if (minutes < 60)
		return g_strdup_printf(_("%dm"), minutes);
	return g_strdup_printf(_("%dh %02dm"), minutes / 60, minutes % 60);
}

/* A day that is so many away from today, and the time if it is near. */
static char *day_of_days(const struct wall *d, const struct wall *n, int away)
{
	if (away == 0)
		return g_strdup_printf(_("today %02d:%02d"), d->hour, d->minute);
	if (away > 0 && away < WEEK)
		return g_strdup_printf("%s %02d:%02d", _(weekdays[weekday_of_day(d->day)]), d->hour,
				       d->minute);
	/* TRANSLATORS: day and short month: "12 Dec" */
	if (d->date.year == n->date.year)
		return g_strdup_printf(_("%1$d %2$s"), d->date.day, _(months[d->date.month - 1]));
	return g_strdup_printf("%04d-%02d-%02d", d->date.year, d->date.month, d->date.day);
}

char *when_countdown(gint64 due, gint64 now, GTimeZone *zone)
{
	if (!time_is_sane(due) || !time_is_sane(now))
		return g_strdup("");
	if (due <= now)
		return overdue(now - due);
	if (due - now < NEAR)
		return soon(due - now);
	struct wall d = wall_at(due, zone), n = wall_at(now, zone);
	if (d.day == n.day + 1)
		return g_strdup_printf(_("tomorrow %02d:%02d"), d.hour, d.minute);
	return day_of_days(&d, &n, d.day - n.day);
}

char *when_past(gint64 at, gint64 now, GTimeZone *zone)
{
	if (!time_is_sane(at) || !time_is_sane(now))
		return g_strdup("");
	struct wall d = wall_at(at, zone), n = wall_at(now, zone);
	return day_of_days(&d, &n, n.day - d.day);
}

static gint64 overdue_changes(gint64 due, gint64 late)
{
	gint64 step = late < HOUR_MS ? MINUTE_MS : late < 2 * DAY_MS ? HOUR_MS : DAY_MS;
	return due + (late / step + 1) * step;
}

gint64 when_countdown_changes(gint64 due, gint64 now, GTimeZone *zone)
{
	if (!time_is_sane(due) || !time_is_sane(now))
		return G_MAXINT64;
	if (due <= now)
		return overdue_changes(due, now - due);
	if (due - now < MINUTE_MS)
		return due;
	if (due - now < NEAR)
		return due - (due - now) / MINUTE_MS * MINUTE_MS + 1;
	gint64 near = due - NEAR + 1;
	int due_day = wall_at(due, zone).day;
	struct wall n = wall_at(now, zone);
	if (due_day == n.day)
		return near;
	int days[] = {day_of_date(date_of_day(due_day).year, 1, 1), due_day - WEEK + 1, due_day - 1, due_day};
	for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
		/* New Year matters only to a date of next year that isn't within the week. */
		if (days[i] > n.day && (i > 0 || days[0] < days[1]))
			return MIN(near, day_start(days[i], zone));
	}
	return near;
}

char *when_stamp(gint64 at, GTimeZone *zone)
{
	if (!time_is_sane(at))
		return g_strdup("");
	struct wall w = wall_at(at, zone);
	return g_strdup_printf("%04d-%02d-%02d %02d:%02d", w.date.year, w.date.month, w.date.day, w.hour,
			       w.minute);
}

char *when_long(gint64 at, GTimeZone *zone)
{
	if (!time_is_sane(at))
		return g_strdup(_("never"));
	struct wall w = wall_at(at, zone);
	int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at / 1000);
	/* TRANSLATORS: "Mon 23 Nov 2026 14:05 CET" */
	return g_strdup_printf(_("%1$s %2$d %3$s %4$d %5$02d:%6$02d %7$s"),
			       _(weekdays[weekday_of_day(w.day)]), w.date.day, _(months[w.date.month - 1]),
			       w.date.year, w.hour, w.minute, g_time_zone_get_abbreviation(zone, interval));
}

char *when_span(gint64 ms)
{
	gint64 minutes = ABS(CLAMP(ms, -TIME_MOST, TIME_MOST)) / MINUTE_MS;
	int days = (int)(minutes / (24 * 60)), hours = (int)(minutes / 60 % 24), rest = (int)(minutes % 60);
	GString *s = g_string_new(NULL);
	if (days)
		g_string_append_printf(s, ngettext_("%d day", "%d days", days), days);
	if (hours)
		g_string_append_printf(s, _("%s%d h"), s->len ? " " : "", hours);
	if (!days && (rest || !hours))
		g_string_append_printf(s, _("%s%d min"), s->len ? " " : "", rest);
	return g_string_free(s, false);
}

gint64 when_day_end(gint64 now, GTimeZone *zone)
{
	if (!time_is_sane(now))
		return G_MAXINT64;
	return day_start(wall_at(now, zone).day + 1, zone);
}
