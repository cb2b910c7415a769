/* SPDX-License-Identifier: MIT */
#include "ingest/pattern.h"

#include "domain/intl.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "domain/banned.h"

/* A sane pattern needs some thousand steps on 64 KiB; one that explodes is stopped within about 10 ms. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 20000
#define HEAP_LIMIT_KIB 2048
#define JIT_STACK_MAX (256 * 1024)

static const char *const field_names[N_FIELDS] = {
    [FIELD_ORDER] = "order",     [FIELD_CASE] = "case",     [FIELD_BUYER] = "buyer",
    [FIELD_ALIAS] = "alias",     [FIELD_ITEM] = "item",     [FIELD_SKU] = "sku",
    [FIELD_REASON] = "reason",   [FIELD_AMOUNT] = "amount", [FIELD_DUE] = "due",
    [FIELD_MESSAGE] = "message",
};

struct pattern {
	pcre2_code *code;
	guint fields;
};

/* What a thread needs to match; freed when the thread ends. */
struct matcher {
	pcre2_match_context *context;
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
};

static void matcher_destroy(gpointer at)
{
	struct matcher *m = at;
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->context);
	pcre2_jit_stack_free(m->stack);
	g_free(m);
}

static struct matcher *matcher(void)
{
	static GPrivate own = G_PRIVATE_INIT(matcher_destroy);
	struct matcher *m = g_private_get(&own);
	if (m)
		return m;
	m = g_new0(struct matcher, 1);
	m->context = pcre2_match_context_create(NULL);
	m->data = pcre2_match_data_create(2 * N_FIELDS + 8, NULL);
	m->stack = pcre2_jit_stack_create(32 * 1024, JIT_STACK_MAX, NULL);
	if (!m->context || !m->data)
		g_error("out of memory");
	pcre2_set_match_limit(m->context, MATCH_LIMIT);
	pcre2_set_depth_limit(m->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(m->context, HEAP_LIMIT_KIB);
	if (m->stack)
		pcre2_jit_stack_assign(m->context, NULL, m->stack);
	g_private_set(&own, m);
	return m;
}

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
	guint32 count = 0, size = 0;
	const char *table = NULL;
	pcre2_pattern_info(p->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(p->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(p->code, PCRE2_INFO_NAMETABLE, &table);
	for (guint32 n = 0; n < count; n++) {
		const char *name = table + n * size + 2; /* two bytes of group number come first */
		int f = field_find(name);
		if (f < 0) {
			g_autofree char *list =
			    g_strjoinv(", ", (char *[]){"order", "case", "buyer", "alias", "item", "sku",
							"reason", "amount", "due", "message", NULL});
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
	int code = 0;
	PCRE2_SIZE at = 0;
	struct pattern *p = g_new0(struct pattern, 1);
	p->code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
				PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_DUPNAMES |
				    PCRE2_NEVER_BACKSLASH_C,
				&code, &at, NULL);
	if (!p->code) {
		char why[256];
		pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof why);
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
			    _("the pattern can't be read at its character %d: %s"), (int)at + 1, why);
		pattern_destroy(p);
		return NULL;
	}
	if (!read_groups(p, error)) {
		pattern_destroy(p);
		return NULL;
	}
	pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* where there is no JIT, pcre2_match() interprets */
	return p;
}

void pattern_destroy(struct pattern *p)
{
	if (!p)
		return;
	pcre2_code_free(p->code);
	g_free(p);
}

guint pattern_fields(const struct pattern *p)
{
	return p->fields;
}

bool pattern_found(const struct pattern *p, const char *text, gsize length)
{
	struct matcher *m = matcher();
	return pcre2_match(p->code, (PCRE2_SPTR)text, length, 0, PCRE2_NO_UTF_CHECK, m->data, m->context) >=
	       0;
}

static char *caught(struct matcher *m, enum field f)
{
	PCRE2_UCHAR *text = NULL;
	PCRE2_SIZE length = 0;
	if (pcre2_substring_get_byname(m->data, (PCRE2_SPTR)field_names[f], &text, &length) < 0)
		return NULL;
	char *copy = g_strstrip(g_strndup((const char *)text, length));
	pcre2_substring_free(text);
	if (!*copy)
		g_clear_pointer(&copy, g_free);
	return copy;
}

bool pattern_catch(const struct pattern *p, const char *text, gsize length, char *fields[N_FIELDS])
{
	if (!pattern_found(p, text, length))
		return false;
	struct matcher *m = matcher();
	for (int f = 0; f < N_FIELDS; f++) {
		if ((p->fields & (1u << f)) && !fields[f])
			fields[f] = caught(m, f);
	}
	return true;
}
