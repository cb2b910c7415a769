/* SPDX-License-Identifier: MIT */
#include "domain/contact.h"

#include "domain/days.h"

#include <stdbool.h>

#include "domain/banned.h"

#define YEAR_MS (365 * DAY_MS)

static gint64 nth(const GArray *contacts, guint n)
{
	return g_array_index(contacts, gint64, n);
}

static int count_year(const GArray *contacts, gint64 from)
{
	int count = 0;
	for (guint i = 0; i < contacts->len; i++)
		count += nth(contacts, i) >= from && nth(contacts, i) < from + YEAR_MS;
	return count;
}

/* A year that holds `at` and is as full as can be begins with a contact, or with `at`. */
static bool is_free(const struct contact_cap *cap, const GArray *contacts, gint64 at)
{
	bool ok = count_year(contacts, at) < cap->most;
	for (guint i = 0; ok && i < contacts->len; i++) {
		gint64 c = nth(contacts, i);
		bool near = c > at - cap->gap && c < at + cap->gap, holds = c <= at && at < c + YEAR_MS;
		ok = !near && (!holds || count_year(contacts, c) < cap->most);
	}
	return ok;
}

/* What forbids a time ends a gap or a year behind some contact. */
gint64 contact_first_free(const struct contact_cap *cap, const GArray *contacts, gint64 from)
{
	gint64 best = is_free(cap, contacts, from) ? from : G_MAXINT64;
	for (guint i = 0; best != from && i < contacts->len; i++) {
		gint64 ends[] = {nth(contacts, i) + cap->gap, nth(contacts, i) + YEAR_MS};
		for (gsize n = 0; n < G_N_ELEMENTS(ends); n++) {
			if (ends[n] >= from && ends[n] < best && is_free(cap, contacts, ends[n]))
				best = ends[n];
		}
	}
	return best;
}
