/* SPDX-License-Identifier: MIT */
/* The shop: data/shop.ini (the user's own in $XDG_CONFIG_HOME/amends or /etc/amends). */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct shop {
	char *name;       /* "" before one is set */
	char **addresses; /* ours: whole addresses, or "@domain" for all of a domain */
	char *zone;       /* "Europe/Vilnius" */
	char **languages; /* "en", "nl", "lt", "it", "zh-Hans", "zh-Hant" */
	char **command;   /* [mail]: what hands a mail over, word by word */
	int limit;        /* [mail]: seconds it may take */
	int archive_days; /* mail older than that when it is imported is history; 0: none is */
};

/* NULL and *error ("FILE:LINE: ...") on an unknown key, zone, language, an address without "@", or a command
 * that can't be split into words. */
struct shop *shop_parse(const char *file, const char *text, gsize length, GError **error);
struct shop *shop_load(GError **error);
/* The address that answers come from: the first whole one. NULL and *error if shop.ini names none. Not owned.
 */
const char *shop_address(const struct shop *s, GError **error);
void shop_destroy(struct shop *s);
typedef struct shop shop_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(shop_auto, shop_destroy)
