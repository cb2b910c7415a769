/* SPDX-License-Identifier: MIT */
#include "domain/shop.h"

#include "domain/address.h"
#include "domain/ini.h"
#include "domain/intl.h"

#include <stddef.h>
#include <string.h>

#include "domain/banned.h"

#define COMMAND "sendmail -t -i"
#define MIB G_GINT64_CONSTANT(1048576)
#define ORDERS_MOST 1000000000

/* The groups there are and their keys. */
static const struct {
	const char *name;
	const char *const keys[9];
} groups[] = {
    {"shop", {"name", "addresses", "zone", "languages", "currency", "archive_days", "dear_from"}},
    {"mail", {"command", "limit", "undo", "attachments_most"}},
    {"rights", {"override"}},
    {"costs", {"goods", "part", "gift", "repair", "partial", "back", "post", "return_label"}},
    {"follow-ups", {"least_days", "most_a_year"}},
    {"orders", {NULL}}, /* its keys are platforms */
};

/* Numbers: what they are when shop.ini doesn't say, and what they may be. */
struct range {
	const char *unit;
	int standard, least, most;
};
static const struct range limits = {N_("seconds"), 120, 1, 3600};
static const struct range undos = {N_("seconds"), 10, 0, 120};
static const struct range attachments = {N_("MiB"), 10, 1, 50}; /* mail servers rarely take more */
static const struct range archives = {N_("days"), 180, 0, 36500};
static const struct range follow_up_gaps = {N_("days"), 30, 1, 3650};
static const struct range follow_ups = {N_("follow-ups"), 4, 1, 365};

/* [costs]: percent of the order's value. Without a word of the shop's, goods cost what they are sold for and
 * are worth nothing when they come back. */
static const struct {
	const char *key;
	gsize at; /* in struct cost_rates */
	struct range range;
} rates[] = {
    {"goods", offsetof(struct cost_rates, goods), {N_("percent"), 100, 0, 100}},
    {"part", offsetof(struct cost_rates, part), {N_("percent"), 20, 0, 100}},
    {"gift", offsetof(struct cost_rates, gift), {N_("percent"), 10, 0, 100}},
    {"repair", offsetof(struct cost_rates, repair), {N_("percent"), 40, 0, 100}},
    {"partial", offsetof(struct cost_rates, partial), {N_("percent"), 30, 0, 100}},
    {"back", offsetof(struct cost_rates, back), {N_("percent"), 0, 0, 100}},
};

static const char *const known_languages[] = {"en", "nl", "lt", "it", "zh-Hans", "zh-Hant", NULL};

void shop_destroy(struct shop *s)
{
	if (!s)
		return;
	g_free(s->name);
	g_strfreev(s->addresses);
	g_free(s->zone);
	g_strfreev(s->languages);
	g_strfreev(s->command);
	g_strfreev(s->may_override);
	g_free(s->dear);
	cost_rates_clear(&s->costs);
	if (s->orders)
		g_ptr_array_unref(s->orders);
	g_free(s);
}

static bool read_currency(const struct ini *i, struct shop *s, GError **error)
{
	g_autofree char *code = ini_value(i, "shop", "currency");
	if (!code || !*code || money_currency(code, s->currency))
		return true;
	return ini_fail(i, "shop", "currency", error, _("\"%s\" is no currency: write one such as EUR"),
			code);
}

static bool check(const struct ini *i, const struct shop *s, GError **error)
{
	for (int n = 0; s->addresses[n]; n++) {
		const char *at = strrchr(s->addresses[n], '@');
		bool whole = at != s->addresses[n];
		if (!at || !at[1] || (whole && !address_is_plain(s->addresses[n])))
			return ini_fail(i, "shop", "addresses", error,
					_("\"%s\" is no address: write desk@shop.example, or @shop.example "
					  "for all of a domain"),
					s->addresses[n]);
	}
	for (int n = 0; s->languages[n]; n++) {
		if (!g_strv_contains(known_languages, s->languages[n]))
			return ini_fail(i, "shop", "languages", error,
					_("unknown language \"%s\"; there are: %s"), s->languages[n],
					"en, nl, lt, it, zh-Hans, zh-Hant");
	}
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(s->zone);
	if (!zone)
		return ini_fail(i, "shop", "zone", error,
				_("\"%s\" is no time zone: write one such as Europe/Vilnius"), s->zone);
	return true;
}

/* A whole number; `standard` where the key is missing or empty. */
static bool read_number(const struct ini *i, const char *group, const char *key, const struct range *r,
			int *number, GError **error)
{
	guint64 value = (guint64)r->standard;
	g_autofree char *text = ini_value(i, group, key);
	if (text && *text &&
	    !g_ascii_string_to_unsigned(text, 10, (guint64)r->least, (guint64)r->most, &value, NULL))
		return ini_fail(i, group, key, error, _("\"%s\": write a number of %s from %d to %d"), text,
				_(r->unit), r->least, r->most);
	*number = (int)value;
	return true;
}

static bool read_mail(const struct ini *i, struct shop *s, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autofree char *command = ini_value(i, "mail", "command");
	if (!g_shell_parse_argv(command && *command ? command : COMMAND, NULL, &s->command, &fault))
		return ini_fail(i, "mail", "command", error, _("\"%s\" can't be split into words: %s"),
				command, fault->message);
	int mib = 0;
	bool ok = read_number(i, "mail", "limit", &limits, &s->limit, error) &&
		  read_number(i, "mail", "undo", &undos, &s->undo, error) &&
		  read_number(i, "mail", "attachments_most", &attachments, &mib, error);
	s->attach_most = mib * MIB;
	return ok;
}

/* Amounts, one for each currency. */
static bool read_amounts(const struct ini *i, const char *group, const char *key, struct money **amounts,
			 guint *n_amounts, GError **error)
{
	g_auto(GStrv) list = ini_list(i, group, key);
	*amounts = g_new0(struct money, g_strv_length(list) + 1);
	for (int n = 0; list[n]; n++) {
		struct money *m = &(*amounts)[(*n_amounts)++];
		if (!money_parse(list[n], NULL, m) || !*m->currency || m->minor < 0)
			return ini_fail(i, group, key, error,
					_("\"%s\": these are amounts with their currency and a point, as in: "
					  "%s = 50.00 EUR; 45.00 GBP"),
					list[n], key);
	}
	return true;
}

static bool read_costs(const struct ini *i, struct cost_rates *c, GError **error)
{
	for (gsize n = 0; n < G_N_ELEMENTS(rates); n++) {
		int *rate = (int *)(gpointer)((char *)c + rates[n].at);
		if (!read_number(i, "costs", rates[n].key, &rates[n].range, rate, error))
			return false;
	}
	return read_amounts(i, "costs", "post", &c->post, &c->n_post, error) &&
	       read_amounts(i, "costs", "return_label", &c->label, &c->n_label, error);
}

static void order_rate_destroy(gpointer data)
{
	struct order_rate *r = data;
	g_free(r->platform);
	g_free(r);
}

/* "420 per month": false if it isn't that. */
static bool read_rate(const char *text, struct order_rate *r)
{
	static const struct {
		const char *unit;
		int days;
	} units[] = {{"day", 1}, {"week", 7}, {"month", 30}, {"year", 365}};
	g_auto(GStrv) words = g_strsplit(text, " per ", 2);
	guint64 count;
	if (g_strv_length(words) != 2 ||
	    !g_ascii_string_to_unsigned(g_strstrip(words[0]), 10, 1, ORDERS_MOST, &count, NULL))
		return false;
	r->count = (gint64)count;
	for (gsize n = 0; n < G_N_ELEMENTS(units); n++) {
		if (g_str_equal(g_strstrip(words[1]), units[n].unit))
			r->days = units[n].days;
	}
	return r->days > 0;
}

static bool read_orders(const struct ini *i, struct shop *s, GError **error)
{
	g_auto(GStrv) keys = ini_keys(i, "orders");
	s->orders = g_ptr_array_new_with_free_func(order_rate_destroy);
	for (int n = 0; keys && keys[n]; n++) {
		struct order_rate *r = g_new0(struct order_rate, 1);
		g_autofree char *value = ini_value(i, "orders", keys[n]);
		g_ptr_array_add(s->orders, r);
		r->platform = g_strdup(keys[n]);
		if (!read_rate(value, r))
			return ini_fail(i, "orders", keys[n], error,
					_("\"%s\": write how many orders there are in a day, week, month or "
					  "year, as in: %s = 420 per month"),
					value, keys[n]);
	}
	return true;
}

gint64 shop_orders(const struct shop *s, const char *platform, int days)
{
	for (guint n = 0; n < s->orders->len; n++) {
		const struct order_rate *r = s->orders->pdata[n];
		if (g_str_equal(r->platform, platform))
			return MAX(r->count * days / r->days, 1);
	}
	return 0;
}

/* A key that is there but empty lets nobody. */
static bool read_rights(const struct ini *i, struct shop *s, GError **error)
{
	g_autofree char *value = ini_value(i, "rights", "override");
	if (value)
		s->may_override = ini_list(i, "rights", "override");
	for (int n = 0; s->may_override && s->may_override[n]; n++) {
		if (strpbrk(s->may_override[n], " \t"))
			return ini_fail(i, "rights", "override", error,
					_("\"%s\" is no login: separate logins by \";\""),
					s->may_override[n]);
	}
	return true;
}

bool shop_may_override(const struct shop *s, const char *login)
{
	return !s->may_override || g_strv_contains((const char *const *)s->may_override, login);
}

char *shop_tell_override(const struct shop *s)
{
	g_autofree char *names = s->may_override ? g_strjoinv(", ", s->may_override) : NULL;
	if (!names || !*names)
		return g_strdup(_("Blocked: nobody may send it all the same."));
	return g_strdup_printf(_("Blocked: only %s may send it all the same."), names);
}

const char *shop_address(const struct shop *s, GError **error)
{
	for (int n = 0; s->addresses[n]; n++) {
		if (s->addresses[n][0] != '@')
			return s->addresses[n];
	}
	g_set_error(
	    error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
	    _("shop.ini names no address to answer from: write one such as addresses = desk@shop.example into"
	      " ~/.config/amends/shop.ini"));
	return NULL;
}

/* Unknown keys are faults, and so are groups: a right that is misspelt must not be one that everybody has. */
static bool check_keys(const struct ini *i, GError **error)
{
	g_auto(GStrv) there = ini_groups(i);
	for (int n = 0; there[n]; n++) {
		gsize g = 0;
		while (g < G_N_ELEMENTS(groups) && !g_str_equal(groups[g].name, there[n]))
			g++;
		if (g == G_N_ELEMENTS(groups))
			return ini_fail(
			    i, there[n], NULL, error,
			    _("there is no group [%s]; there are [shop], [mail], [rights], [costs], [orders] "
			      "and [follow-ups]"),
			    there[n]);
		if (groups[g].keys[0] && !ini_only(i, there[n], groups[g].keys, error))
			return false;
	}
	return true;
}

struct shop *shop_parse(const char *file, const char *text, gsize length, GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	if (!i)
		return NULL;
	if (!ini_line(i, "shop", NULL)) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
			    _("%s:1: the group [shop] is missing"), file);
		return NULL;
	}
	if (!check_keys(i, error))
		return NULL;
	g_autoptr(shop_auto) s = g_new0(struct shop, 1);
	char *name = ini_value(i, "shop", "name"), *zone = ini_value(i, "shop", "zone");
	s->name = name ? name : g_strdup("");
	s->zone_told = zone && *zone;
	s->zone = zone && *zone ? g_steal_pointer(&zone) : g_strdup("UTC");
	g_free(zone);
	s->addresses = ini_list(i, "shop", "addresses");
	s->languages = ini_list(i, "shop", "languages");
	bool ok = check(i, s, error) && read_currency(i, s, error) && read_rights(i, s, error) &&
		  read_mail(i, s, error) &&
		  read_amounts(i, "shop", "dear_from", &s->dear, &s->n_dear, error) &&
		  read_costs(i, &s->costs, error) && read_orders(i, s, error) &&
		  read_number(i, "shop", "archive_days", &archives, &s->archive_days, error) &&
		  read_number(i, "follow-ups", "least_days", &follow_up_gaps, &s->follow_up_days, error) &&
		  read_number(i, "follow-ups", "most_a_year", &follow_ups, &s->follow_ups_a_year, error);
	return ok ? g_steal_pointer(&s) : NULL;
}
