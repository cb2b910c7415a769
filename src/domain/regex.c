/* SPDX-License-Identifier: MIT */
#include "domain/regex.h"

#include "domain/intl.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "domain/banned.h"

/* A sane pattern needs some thousand steps on 64 KiB; one that explodes is stopped within about 10 ms. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 20000
#define HEAP_LIMIT_KIB 2048
#define GROUPS_MAX 40

struct regex {
	pcre2_code *code;
	const char *names; /* PCRE2's table: two bytes of number, then the name */
	guint32 name_count, name_size;
	gsize quick; /* once: most patterns of a rule file are never tried, so machine code is made at first
			use */
};

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
	m->data = pcre2_match_data_create(GROUPS_MAX, NULL);
	m->stack = pcre2_jit_stack_create(32 * 1024, 256 * 1024, NULL);
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

static struct regex *create(const char *pattern, guint32 flags, GError **error)
{
	int code = 0;
	PCRE2_SIZE at = 0;
	pcre2_code *compiled = pcre2_compile(
	    (PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    flags | PCRE2_UTF | PCRE2_MULTILINE | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
	if (!compiled) {
		char why[200] = "";
		pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof why);
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
			    _("the pattern can't be read at its character %d: %s"), (int)at + 1, why);
		return NULL;
	}
	struct regex *r = g_new0(struct regex, 1);
	r->code = compiled;
	pcre2_pattern_info(compiled, PCRE2_INFO_NAMECOUNT, &r->name_count);
	pcre2_pattern_info(compiled, PCRE2_INFO_NAMEENTRYSIZE, &r->name_size);
	pcre2_pattern_info(compiled, PCRE2_INFO_NAMETABLE, &r->names);
	return r;
}

struct regex *regex_create(const char *pattern, bool caseless, GError **error)
{
	return create(pattern, PCRE2_UCP | (caseless ? PCRE2_CASELESS : 0), error);
}

struct regex *regex_create_ascii(const char *pattern, GError **error)
{
	return create(pattern, 0, error);
}

void regex_destroy(struct regex *r)
{
	if (!r)
		return;
	pcre2_code_free(r->code);
	g_free(r);
}

const char *regex_group(const struct regex *r, guint n)
{
	return n < r->name_count ? r->names + n * r->name_size + 2
				 : NULL; /* two bytes of group number come first */
}

static void note_group(const struct regex *r, const PCRE2_SIZE *places, guint32 count, struct regex_hit *hit)
{
	for (guint32 n = 0; n < r->name_count; n++) {
		const guchar *row = (const guchar *)r->names + n * r->name_size;
		guint32 group = (guint32)row[0] << 8 | row[1];
		if (group >= count || places[2 * group] == PCRE2_UNSET)
			continue;
		hit->group = (const char *)row + 2;
		hit->group_at = places[2 * group];
		hit->group_end = places[2 * group + 1];
		return;
	}
}

/* The number of groups matched, 0 or less if there is no match; their places in *places. */
static int match(const struct regex *r, const char *text, gsize length, gsize from, const PCRE2_SIZE **places)
{
	struct matcher *m = matcher();
	gsize *quick = (gsize *)&r->quick;
	if (g_once_init_enter(quick)) {
		pcre2_jit_compile(r->code,
				  PCRE2_JIT_COMPLETE); /* where there is no JIT, pcre2_match() interprets */
		g_once_init_leave(quick, 1);
	}
	*places = pcre2_get_ovector_pointer(m->data);
	return pcre2_match(r->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK, m->data, m->context);
}

bool regex_find(const struct regex *r, const char *text, gsize length, gsize from, struct regex_hit *hit)
{
	const PCRE2_SIZE *places;
	int count = match(r, text, length, from, &places);
	if (count <= 0)
		return false;
	*hit = (struct regex_hit){MIN(places[0], places[1]), places[1], NULL, 0, 0};
	note_group(r, places, (guint32)count, hit);
	return true;
}

bool regex_catch(const struct regex *r, const char *text, gsize length,
		 void (*group)(const char *name, const char *caught, gsize length, void *data), void *data)
{
	const PCRE2_SIZE *places;
	int count = match(r, text, length, 0, &places);
	if (count <= 0)
		return false;
	for (guint32 n = 0; n < r->name_count; n++) {
		const guchar *row = (const guchar *)r->names + n * r->name_size;
		int number = row[0] << 8 | row[1];
		if (number < count && places[2 * number] != PCRE2_UNSET &&
		    places[2 * number] <= places[2 * number + 1])
			group((const char *)row + 2, text + places[2 * number],
			      places[2 * number + 1] - places[2 * number], data);
	}
	return true;
}
