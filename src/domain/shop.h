/* SPDX-License-Identifier: MIT */
/*
 * The shop: what data/shop.ini says (the user's own in $XDG_CONFIG_HOME/amends or /etc/amends). Pure:
 * store/shop_file.h reads the file.
 */
#pragma once
#include "domain/solution.h"

#include <glib.h>
#include <stdbool.h>

/* [orders]: so many of a platform in so many days. */
struct order_rate {
	char *platform;
	gint64 count;
	int days;
};

struct shop {
	char *name;         /* "" before one is set */
	char **addresses;   /* ours: whole addresses, or "@domain" for all of a domain */
	char *zone;         /* "Europe/Vilnius" */
	bool zone_told;     /* the file names it; else it is UTC */
	char currency[4];   /* of amounts that name none, where the case has none; "" if it isn't set */
	char **languages;   /* "en", "nl", "lt", "it", "zh-Hans", "zh-Hant" */
	int archive_days;   /* mail older than that when it is imported is history; 0: none is */
	struct money *dear; /* from these values on goods are dear (Z7), one for a currency; NULL: none */
	guint n_dear;
	char **command;     /* [mail]: what hands a mail over, word by word */
	int limit;          /* [mail]: seconds it may take */
	int undo;           /* [mail]: seconds in which an answer can be taken back */
	gint64 attach_most; /* [mail]: bytes that the files of one answer may have together */
	char **
	    may_override; /* [rights]: logins that may pass over what the guard blocks; NULL: everybody may */
	struct cost_rates costs; /* [costs]: what solutions cost the shop */
	GPtrArray *orders;       /* of struct order_rate; may be empty */
	int follow_up_days;      /* [follow-ups]: a buyer isn't written to again sooner (Y8) */
	int follow_ups_a_year;   /* [follow-ups]: nor more often in 365 days */
};

/* NULL and *error ("FILE:LINE: ...") on an unknown key, zone, language, an address without "@", a command
 * that can't be split into words, an unknown currency, a number out of its range, or an amount without its
 * currency. */
struct shop *shop_parse(const char *file, const char *text, gsize length, GError **error);
void shop_destroy(struct shop *s); /* accepts NULL */
typedef struct shop shop_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(shop_auto, shop_destroy)

/* How many orders of the platform there are in so many days; 0: shop.ini doesn't tell. */
gint64 shop_orders(const struct shop *s, const char *platform, int days);

/* The address that answers come from: the first whole one. NULL and *error if shop.ini names none. Not owned.
 */
const char *shop_address(const struct shop *s, GError **error);

/* Whether this login may send what the guard blocks; if not, what to tell them. The text is owned by the
 * caller. */
bool shop_may_override(const struct shop *s, const char *login);
char *shop_tell_override(const struct shop *s);
