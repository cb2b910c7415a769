/* SPDX-License-Identifier: MIT */
/* Files of automation: any text is read or refused with a message, and what is read does its work on a case.
 */
#include "domain/automation.h"

#include <stdint.h>

#include "domain/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW G_GINT64_CONSTANT(1795442400000)

static void run(const struct automation_set *s)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	struct automation_facts f;
	automation_facts_init(&f);
	f.at = f.now = NOW;
	f.zone = zone;
	for (guint n = 0; n < automation_set_count(s); n++) {
		const struct automation *a = automation_set_nth(s, n);
		g_autofree char *events = automation_events(a);
		if (!*events)
			g_abort();
		for (int again = 0; again < 2; again++) {
			g_autoptr(GPtrArray) effects = automation_effects(a, a->in_turn[0], &f);
			for (guint i = 0; i < effects->len; i++) {
				const struct effect *e = effects->pdata[i];
				/* What was done isn't done again. */
				if (!e->text || (again && !e->why))
					g_abort();
			}
		}
	}
	automation_facts_clear(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(automation_set_auto) s = automation_set_create();
	g_autoptr(GError) error = NULL;
	if (size > 16384)
		return 0;
	bool good = automation_set_add(s, "x", "x.ini", (const char *)data, size, &error);
	if (good == (error != NULL))
		g_abort();
	if (good)
		run(s);
	return 0;
}
