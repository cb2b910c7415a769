/* SPDX-License-Identifier: MIT */
#include "ingest/pattern.h"

#include "domain/intl.h"
#include "domain/regex.h"

#include <string.h>

#include "domain/banned.h"

static const char *const field_names[N_FIELDS] = {
    [FIELD_ORDER] = "order",     [FIELD_CASE] = "case",     [FIELD_BUYER] = "buyer",
    [FIELD_ALIAS] = "alias",     [FIELD_ITEM] = "item",     [FIELD_SKU] = "sku",
    [FIELD_REASON] = "reason",   [FIELD_AMOUNT] = "amount", [FIELD_DUE] = "due",
    [FIELD_MESSAGE] = "message",
};

struct pattern {
	struct regex *regex;
	guint fields;
};

const char *field_name(enum field f)
{
	return (int)f >= 0 && f < N_FIELDS ? field_names[f] : "?";
}

static int field_find(const char *name)
{
	for (int f = 0; f < N_FIELDS; f++) {
		if (g_str_equal(field_names[f], name))
			return f;
	}
	return -1;
}

/* Reads the names of the groups; false on one that fills no field. */
static bool read_groups(struct pattern *p, GError **error)
{
	const char *name;
	for (guint n = 0; (name = regex_group(p->regex, n)); n++) {
		int f = field_find(name);
		if (f < 0) {
			const char *known[N_FIELDS + 1] = {NULL};
			memcpy(known, field_names, sizeof field_names);
			g_autofree char *list = g_strjoinv(", ", (char **)known);
			g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
				    _("the group \"%s\" fills no field; there are: %s"), name, list);
			return false;
		}
		p->fields |= 1u << f;
	}
	return true;
}

struct pattern *pattern_create(const char *text, GError **error)
{
	struct pattern *p = g_new0(struct pattern, 1);
	p->regex = regex_create(text, true, error);
	if (p->regex && read_groups(p, error))
		return p;
	pattern_destroy(p);
	return NULL;
}

void pattern_destroy(struct pattern *p)
{
	if (!p)
		return;
	regex_destroy(p->regex);
	g_free(p);
}

guint pattern_fields(const struct pattern *p)
{
	return p->fields;
}

bool pattern_found(const struct pattern *p, const char *text, gsize length)
{
	struct regex_hit hit;
	return regex_find(p->regex, text, length, 0, &hit);
}

static void take(const char *name, const char *caught, gsize length, void *data)
{
	char **fields = data;
	int f = field_find(name);
	if (f < 0 || fields[f])
		return;
	fields[f] = g_strstrip(g_strndup(caught, length));
	if (!*fields[f])
		g_clear_pointer(&fields[f], g_free);
}

bool pattern_catch(const struct pattern *p, const char *text, gsize length, char *fields[N_FIELDS])
{
	return regex_catch(p->regex, text, length, take, fields);
}
