/* SPDX-License-Identifier: MIT */
#include "store/shop_file.h"

#include "store/datafile.h"
#include "store/sql.h"

#include "domain/banned.h"

struct shop *shop_load(GError **error)
{
	struct datafile *f = datafile_one("shop.ini", error);
	if (!f)
		return NULL;
	struct shop *s = shop_parse(f->path, f->text, f->length, error);
	datafile_destroy(f);
	return s;
}

const struct shop *store_shop(struct store *s, GError **error)
{
	if (!s->shop)
		s->shop = shop_load(error);
	return s->shop;
}

const char *store_currency(struct store *s, const char *of_case)
{
	const struct shop *shop = store_shop(s, NULL);
	if (of_case && *of_case)
		return of_case;
	return shop && *shop->currency ? shop->currency : NULL;
}
