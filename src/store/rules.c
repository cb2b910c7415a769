/* SPDX-License-Identifier: MIT */
#include "store/datafile.h"
#include "store/shop_file.h"
#include "store/sql.h"

#include "domain/banned.h"

typedef bool adder(struct ruleset *, const char *, const char *, const char *, gsize, GError **);

static bool add_all(struct ruleset *r, const char *folder, adder *add, GError **error)
{
	g_autoptr(GPtrArray) files = datafile_all(folder, ".ini", error);
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		if (!add(r, f->name, f->path, f->text, f->length, error))
			return false;
	}
	return files != NULL;
}

/* Who tells only shop.ini the shop's zone has the shipped opening hours there. A faulty file is told by
 * `amends check`. */
static void move_shop(struct store *s, struct ruleset *r)
{
	const struct shop *shop = store_shop(s, NULL);
	struct datafile *hours = shop && shop->zone_told ? datafile_one("calendars/shop.ini", NULL) : NULL;
	if (!hours)
		return;
	if (!datafile_is_own(hours))
		ruleset_set_zone(r, "shop", shop->zone);
	datafile_destroy(hours);
}

const struct ruleset *store_rules(struct store *s, GError **error)
{
	if (s->rules)
		return s->rules;
	g_autoptr(ruleset_auto) r = ruleset_create();
	if (!add_all(r, "calendars", ruleset_add_calendar, error) ||
	    !add_all(r, "clocks", ruleset_add_clocks, error))
		return NULL;
	move_shop(s, r);
	s->rules = g_steal_pointer(&r);
	return s->rules;
}
