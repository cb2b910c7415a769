/* SPDX-License-Identifier: MIT */
#pragma once
#include "domain/shop.h"
#include "store/store.h"

/* Reads shop.ini. NULL and *error ("FILE:LINE: ...") on a fault. */
struct shop *shop_load(GError **error);

/* The same, read once for a store. Owned by the store. */
const struct shop *store_shop(struct store *s, GError **error);

/* The currency in which a bare amount is meant: that of the case's value, else the shop's. NULL if neither is
 * known. Not owned. */
const char *store_currency(struct store *s, const char *of_case);
