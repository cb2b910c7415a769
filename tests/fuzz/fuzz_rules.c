/* SPDX-License-Identifier: MIT */
/*
 * Calendar and clock files: any text is read or refused with a message, and what is read reckons, starts
 * clocks and explains them. The first byte chooses: a calendar, or clocks beside a fixed calendar.
 */
#include "domain/clock.h"

#include <stdint.h>
#include <string.h>

#include "domain/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A Friday: 2026-11-20 16:30 UTC. */
#define START G_GINT64_CONSTANT(1795192200000)

static const char office[] = "[calendar]\nzone=Europe/Amsterdam\n[hours]\nmon-fri=09:00-12:30,13:30-17:00\n";

static void reckon(const struct calendar *c)
{
	for (int unit = 0; unit < N_SPAN_UNITS; unit++) {
		struct span span = {(enum span_unit)unit,
				    unit == SPAN_HOURS || unit == SPAN_BUSINESS_HOURS ? 7200000 : 3, false};
		g_autoptr(GArray) way = stretches_new();
		gint64 due = calendar_due(c, START, &span, way), at = START;
		if (due <= START || due != calendar_due(c, START, &span, NULL))
			g_abort();
		for (guint n = 0; due != G_MAXINT64 && n < way->len; n++) {
			const struct stretch *s = &g_array_index(way, struct stretch, n);
			if (s->from != at || s->to <= at)
				g_abort();
			at = s->to;
		}
		if (due != G_MAXINT64 && at != due)
			g_abort();
	}
	if (calendar_next_change(c, START) <= START)
		g_abort();
}

static void run_clocks(const struct ruleset *r)
{
	static const enum status statuses[] = {STATUS_OURS, STATUS_BUYER, STATUS_OURS, STATUS_SOLVED};
	g_autoptr(GPtrArray) clocks = clocks_new();
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	guint examples;
	for (int step = 0; step < 4; step++) {
		for (int t = 0; t < N_TRIGGERS; t++) {
			struct happening h = {
			    (enum trigger)t, START + (step * N_TRIGGERS + t) * G_GINT64_CONSTANT(600000),
			    "ebay",          KIND_DAMAGED,
			    statuses[step],  t % 3 ? 0 : START + 86400000,
			    "by then"};
			clocks_apply(r, clocks, &h);
		}
	}
	for (guint n = 0; n < clocks->len && n < 50; n++)
		g_ptr_array_unref(clock_explain(r, g_ptr_array_index(clocks, n), START + 3600000, zone));
	ruleset_check_examples(r, &examples, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1 || size > 16384)
		return 0;
	const char *text = (const char *)data + 1;
	g_autoptr(ruleset_auto) r = ruleset_create();
	g_autoptr(GError) error = NULL;
	bool good;
	if (data[0] & 1) {
		good = ruleset_add_calendar(r, "office", "x.ini", text, size - 1, &error);
		if (good)
			reckon(ruleset_calendar(r, "office"));
	} else {
		ruleset_add_calendar(r, "office", "office.ini", office, strlen(office), NULL);
		ruleset_add_calendar(r, "wall", "wall.ini", office, strlen(office), NULL);
		ruleset_add_calendar(r, "shop", "shop.ini", office, strlen(office), NULL);
		good = ruleset_add_clocks(r, "x", "x.ini", text, size - 1, &error);
		if (good)
			run_clocks(r);
	}
	if (good == (error != NULL))
		g_abort();
	return 0;
}
