/* SPDX-License-Identifier: MIT */
#include "domain/query_fields.h"

#include "domain/intl.h"
#include "domain/tag.h"
#include "domain/vocab.h"

#include <string.h>

#include "domain/banned.h"

#define MINUTE_MS ((gint64)60 * 1000)
#define LONGEST_SPAN (3650 * 24 * 60 * MINUTE_MS)
#define LARGEST_AMOUNT 1000000000 /* in whole units */

static const char *const platforms[] = {"ebay", "amazon", "etsy",   "taobao", "aliexpress",
					"bol",  "tiktok", "paypal", "mail",   NULL};
static const char *const langs[] = {"en", "nl", "lt", "it", "zh", "zh-Hans", "zh-Hant", NULL};
static const char *const dues[] = {"overdue", "today", "none", "<1h", "<1d", "<7d", ">1d", NULL};
static const char *const whos[] = {"me", "none", NULL};
static const char *const states[] = {"open", "closed", "any", "pinned", "snoozed", "promised", "vip", NULL};

static const char *const orders[] = {"clock", "newest", "relevance", NULL};

typedef bool check_fn(struct query_node *node, gsize *error_at, GError **error);
static check_fn check_platform, check_any, check_lang, check_word, check_case, check_due, check_value,
    check_state, check_tag, check_order;

/* `values` are offered; where only they are right, `check` refuses others. */
struct field {
	const char *name;
	const char *const *values;
	const struct vocabulary *words;
	check_fn *check;
	bool compares;
};

static const struct field fields[N_FIELDS] = {
    [FIELD_PLATFORM] = {"platform", platforms, NULL, check_platform, false},
    [FIELD_LANG] = {"lang", langs, NULL, check_lang, false},
    [FIELD_STATUS] = {"status", NULL, &STATUSES, check_word, false},
    [FIELD_KIND] = {"kind", NULL, &KINDS, check_word, false},
    [FIELD_BUYER] = {"buyer", NULL, NULL, check_any, false},
    [FIELD_ORDER] = {"order", NULL, NULL, check_any, false},
    [FIELD_CASE] = {"case", NULL, NULL, check_case, false},
    [FIELD_DUE] = {"due", dues, NULL, check_due, true},
    [FIELD_VALUE] = {"value", NULL, NULL, check_value, true},
    [FIELD_WHO] = {"who", whos, NULL, check_any, false},
    [FIELD_IS] = {"is", states, NULL, check_state, false},
    [FIELD_TAG] = {"tag", NULL, NULL, check_tag, false},
    [FIELD_SORT] = {"sort", orders, NULL, check_order, false},
};

void query_fail(GError **error, gsize *error_at, gsize at, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error_literal(error, QUERY_ERROR, 0, text);
	if (error_at)
		*error_at = at;
}

const char *query_field_name(enum query_field field)
{
	return fields[field].name;
}

bool query_field_find(const char *name, gsize length, enum query_field *field)
{
	for (int i = 0; i < N_FIELDS; i++) {
		if (strlen(fields[i].name) == length &&
		    g_ascii_strncasecmp(fields[i].name, name, length) == 0) {
			*field = (enum query_field)i;
			return true;
		}
	}
	return false;
}

/* Letters to change, add or leave out to turn `a` into `b`; both are shorter than 16. */
static guint slips(const char *a, gsize a_length, const char *b)
{
	guint row[16];
	gsize b_length = strlen(b);
	for (guint j = 0; j <= b_length; j++)
		row[j] = j;
	for (guint i = 1; i <= a_length; i++) {
		guint corner = row[0];
		row[0] = i;
		for (guint j = 1; j <= b_length; j++) {
			guint above = row[j];
			guint changed = corner + (g_ascii_tolower(a[i - 1]) != b[j - 1]);
			row[j] = MIN(changed, MIN(above, row[j - 1]) + 1);
			corner = above;
		}
	}
	return row[b_length];
}

bool query_field_meant(const char *name, gsize length, enum query_field *field)
{
	if (length < 3 || length > 12)
		return false;
	for (int i = 0; i < N_FIELDS; i++) {
		const char *known = fields[i].name;
		bool begun = strlen(known) > length && g_ascii_strncasecmp(known, name, length) == 0;
		bool plural = g_ascii_strncasecmp(known, name, strlen(known)) == 0 &&
			      length > strlen(known) && strlen(known) > 2;
		/* Short words have too many neighbours: "re:" and "ps:" are no slips. */
		bool slipped = length >= 4 && slips(name, length, known) <= (length >= 6 ? 2 : 1);
		if (begun || plural || slipped) {
			*field = (enum query_field)i;
			return true;
		}
	}
	return false;
}

char *query_field_list(void)
{
	GString *list = g_string_new(NULL);
	for (int i = 0; i < N_FIELDS; i++)
		g_string_append_printf(list, "%s%s:", i ? " " : "", fields[i].name);
	return g_string_free(list, FALSE);
}

GPtrArray *query_field_values(enum query_field field)
{
	const struct field *f = &fields[field];
	GPtrArray *values = g_ptr_array_new();
	for (guint i = 0; f->values && f->values[i]; i++)
		g_ptr_array_add(values, (gpointer)f->values[i]);
	for (int i = 0; f->words && i < f->words->count; i++)
		g_ptr_array_add(values, (gpointer)f->words->words[i].id);
	return values;
}

static char *value_list(enum query_field field)
{
	g_autoptr(GPtrArray) values = query_field_values(field);
	GString *list = g_string_new(NULL);
	for (guint i = 0; i < values->len; i++)
		g_string_append_printf(list, "%s%s", i ? ", " : "", (const char *)values->pdata[i]);
	return g_string_free(list, FALSE);
}

static bool fail_value(const struct query_node *node, gsize *error_at, GError **error)
{
	g_autofree char *list = value_list(node->field);
	query_fail(error, error_at, node->at, _("%s:%s isn't known; use one of: %s"),
		   fields[node->field].name, node->text, list);
	return false;
}

static bool check_any(struct query_node *node, gsize *error_at, GError **error)
{
	return true;
}

static bool check_platform(struct query_node *node, gsize *error_at, GError **error)
{
	char *lower = g_utf8_strdown(node->text, -1);
	g_free(node->text);
	node->text = lower;
	return true;
}

/* Takes the value as the table spells it; its row goes into number. */
static bool check_listed(struct query_node *node, gsize *error_at, GError **error)
{
	g_autoptr(GPtrArray) values = query_field_values(node->field);
	for (guint i = 0; i < values->len; i++) {
		if (g_ascii_strcasecmp(values->pdata[i], node->text) == 0) {
			g_free(node->text);
			node->text = g_strdup(values->pdata[i]);
			node->number = i;
			return true;
		}
	}
	return fail_value(node, error_at, error);
}

static bool check_lang(struct query_node *node, gsize *error_at, GError **error)
{
	return check_listed(node, error_at, error);
}

static bool check_word(struct query_node *node, gsize *error_at, GError **error)
{
	return check_listed(node, error_at, error);
}

static bool check_state(struct query_node *node, gsize *error_at, GError **error)
{
	return check_listed(node, error_at, error);
}

static bool check_order(struct query_node *node, gsize *error_at, GError **error)
{
	return check_listed(node, error_at, error);
}

/* Spellings of one tag are the same to the query. */
static bool check_tag(struct query_node *node, gsize *error_at, GError **error)
{
	g_autoptr(GError) fault = NULL;
	if (!tag_check(node->text, &fault)) {
		query_fail(error, error_at, node->at, "tag:%s: %s", node->text, fault->message);
		return false;
	}
	char *folded = tag_fold(node->text);
	g_free(node->text);
	node->text = folded;
	return true;
}

/* Our own number goes into number; a platform's case number stays text. */
static bool check_case(struct query_node *node, gsize *error_at, GError **error)
{
	guint64 number = 0;
	if (node->text[0] == '#' && node->text[1])
		memmove(node->text, node->text + 1, strlen(node->text));
	if (g_ascii_string_to_unsigned(node->text, 10, 1, G_MAXINT64, &number, NULL))
		node->number = (gint64)number;
	return true;
}

/* "90m", "4h", "2d", "1w": milliseconds. */
static bool read_span(const char *text, gint64 *ms)
{
	char *unit = NULL;
	if (!g_ascii_isdigit(text[0]))
		return false;
	guint64 count = g_ascii_strtoull(text, &unit, 10);
	gint64 each = 0;
	switch (g_ascii_tolower(*unit)) {
	case 'm':
		each = MINUTE_MS;
		break;
	case 'h':
		each = 60 * MINUTE_MS;
		break;
	case 'd':
		each = 24 * 60 * MINUTE_MS;
		break;
	case 'w':
		each = 7 * 24 * 60 * MINUTE_MS;
		break;
	default:
		return false;
	}
	if (unit[1] || count > (guint64)(LONGEST_SPAN / each))
		return false;
	*ms = (gint64)count * each;
	return true;
}

static bool check_due(struct query_node *node, gsize *error_at, GError **error)
{
	static const char *const named[] = {"overdue", "today", "none"};
	for (gsize i = 0; i < G_N_ELEMENTS(named) && node->compare == COMPARE_IS; i++) {
		if (g_ascii_strcasecmp(node->text, named[i]) == 0) {
			g_free(node->text);
			node->text = g_strdup(named[i]);
			return true;
		}
	}
	if (read_span(node->text, &node->number)) {
		/* "due:2h" can only mean within two hours. */
		if (node->compare == COMPARE_IS)
			node->compare = COMPARE_LESS;
		return true;
	}
	const char *sign = node->compare == COMPARE_MORE ? ">" : node->compare == COMPARE_LESS ? "<" : "";
	query_fail(error, error_at, node->at,
		   _("due:%s%s isn't a time; write <90m, <4h, >2d, or overdue, today, none"), sign,
		   node->text);
	return false;
}

/* "50", "20.5", "20,50": hundredths, whatever the currency. */
static bool read_amount(const char *text, gint64 *minor)
{
	char *rest = NULL;
	if (!g_ascii_isdigit(text[0]))
		return false;
	guint64 whole = g_ascii_strtoull(text, &rest, 10);
	if (whole > LARGEST_AMOUNT)
		return false;
	gint64 cents = 0;
	if (*rest == '.' || *rest == ',') {
		gsize digits = strspn(rest + 1, "0123456789");
		if (digits < 1 || digits > 2)
			return false;
		cents = (rest[1] - '0') * 10 + (digits == 2 ? rest[2] - '0' : 0);
		rest += 1 + digits;
	}
	*minor = (gint64)whole * 100 + cents;
	return *rest == '\0';
}

static bool check_value(struct query_node *node, gsize *error_at, GError **error)
{
	if (read_amount(node->text, &node->number))
		return true;
	query_fail(error, error_at, node->at, _("value:%s isn't an amount; write value:>50 or value:<20.50"),
		   node->text);
	return false;
}

static bool fail_missing(const struct query_node *node, gsize *error_at, GError **error)
{
	static const char *const examples[N_FIELDS] = {
	    [FIELD_BUYER] = "buyer:jonas", [FIELD_ORDER] = "order:302-12", [FIELD_CASE] = "case:17",
	    [FIELD_VALUE] = "value:>50",   [FIELD_TAG] = "tag:vip-china",
	};
	const char *name = fields[node->field].name;
	g_autofree char *list = value_list(node->field);
	if (examples[node->field])
		query_fail(error, error_at, node->at, _("%s: is missing its value, as in %s"), name,
			   examples[node->field]);
	else
		query_fail(error, error_at, node->at, _("%s: is missing its value: %s"), name, list);
	return false;
}

bool query_field_check(struct query_node *node, gsize *error_at, GError **error)
{
	const struct field *f = &fields[node->field];
	if (node->compare != COMPARE_IS && !f->compares) {
		query_fail(error, error_at, node->at, _("%s: can't be compared; leave out < and >"), f->name);
		return false;
	}
	if (!node->text[0])
		return fail_missing(node, error_at, error);
	return f->check(node, error_at, error);
}
