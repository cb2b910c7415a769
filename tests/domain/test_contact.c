/* SPDX-License-Identifier: MIT */
/* From when on a buyer may be written to again; times are days. */
#include "domain/contact.h"
#include "domain/days.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "domain/banned.h"

#define NEVER (-10000) /* ends a row's contacts */

static void the_first_free_day(void **state)
{
	static const struct {
		int gap, most, from, free;
		int contacts[6];
	} rows[] = {
	    {30, 4, 10, 10, {NEVER}},
	    /* the gap holds both ways, and ends on its day */
	    {30, 4, 10, 30, {0, NEVER}},
	    {30, 4, 30, 30, {0, NEVER}},
	    {30, 4, -10, 30, {0, NEVER}},
	    {30, 4, -30, -30, {0, NEVER}},
	    /* between two there is room, or there isn't */
	    {30, 9, 1, 30, {0, 60, NEVER}},
	    {30, 9, 1, 89, {0, 59, NEVER}},
	    {30, 9, 1, 89, {59, 0, NEVER}},
	    /* the year: the fifth waits until the first is a year ago */
	    {30, 4, 200, 365, {0, 40, 80, 120, NEVER}},
	    {30, 5, 200, 200, {0, 40, 80, 120, NEVER}},
	    {30, 1, 1, 365, {0, NEVER}},
	    /* those to come count as well: a year from day 36 on holds both */
	    {30, 2, 35, 35, {100, 400, NEVER}},
	    {30, 2, 36, 465, {100, 400, NEVER}},
	    {30, 2, 200, 465, {100, 400, NEVER}},
	    /* a gap longer than a year */
	    {400, 9, 370, 400, {0, NEVER}},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GArray) contacts = g_array_new(false, false, sizeof(gint64));
		for (int i = 0; rows[n].contacts[i] != NEVER; i++) {
			gint64 at = rows[n].contacts[i] * DAY_MS;
			g_array_append_val(contacts, at);
		}
		struct contact_cap cap = {rows[n].gap * DAY_MS, rows[n].most};
		gint64 free = contact_first_free(&cap, contacts, rows[n].from * DAY_MS);
		if (free != rows[n].free * DAY_MS)
			fail_msg("row %zu: day %" PRId64, n, free / DAY_MS);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_first_free_day)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
