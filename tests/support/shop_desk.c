/* SPDX-License-Identifier: MIT */
#include "support/shop_desk.h"

int desk_open(void **state)
{
	struct desk *d = g_new0(struct desk, 1);
	g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, DESK_NOW);
	d->home = run_home_create();
	d->store = make_store();
	make_shop(d->store, DESK_NOW);
	run_set(d->home, "AMENDS_DB", store_path(d->store));
	run_set(d->home, "AMENDS_TEST_NOW", now);
	*state = d;
	return 0;
}

int desk_close(void **state)
{
	struct desk *d = *state;
	run_home_destroy(d->home);
	make_store_remove(d->store);
	g_free(d);
	return 0;
}

void desk_expect(const struct desk *d, const struct desk_row *rows, gsize count)
{
	for (gsize i = 0; i < count; i++) {
		const char *const *w = rows[i].words;
		struct run_result r = run_amends(d->home, "AMENDS_AT", w[0], w[1], w[2], w[3], NULL);
		run_expect(&r, rows[i].status, rows[i].out, rows[i].err);
		run_result_clear(&r);
	}
}
