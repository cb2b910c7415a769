/* SPDX-License-Identifier: MIT */
#include "store/foreign.h"

#include "domain/text.h"
#include "store/sql.h"

#include <string.h>

#include "domain/banned.h"

#define LOOKUPS_MOST 40 /* of numbers and addresses in one draft */
#define NAMES_MOST 12   /* each takes the search index */
#define DIGITS_LEAST 4  /* of a number */

/* ?1 is the case, ?2 what stands in the draft. Buyers that were merged are one. */
#define OTHER(buyer)                                                                                         \
	" coalesce((SELECT merged_into FROM buyers WHERE id = " buyer "), " buyer ") <>"                     \
	" coalesce((SELECT b.merged_into FROM cases c JOIN buyers b ON b.id = c.buyer WHERE c.id = ?1),"     \
	" (SELECT buyer FROM cases WHERE id = ?1), 0)"
#define OF_ORDER "SELECT EXISTS (SELECT 1 FROM orders o WHERE o.number = ?2 AND" OTHER("o.buyer") ")"
#define OF_CASE                                                                                              \
	"SELECT EXISTS (SELECT 1 FROM platforms p CROSS JOIN cases k ON k.platform = p.id AND k.case_no = "  \
	"?2 WHERE" OTHER("k.buyer") ")"
#define OF_ADDRESS                                                                                           \
	"SELECT EXISTS (SELECT 1 FROM platforms p CROSS JOIN buyers a ON a.platform = p.id AND a.alias = "   \
	"?2 WHERE" OTHER("a.id") ")"
/* The name of one who isn't this buyer nor works here. */
#define OF_NAME                                                                                              \
	"SELECT EXISTS (SELECT 1 FROM buyer_search CROSS JOIN buyers n ON n.id = buyer_search.rowid"         \
	" WHERE buyer_search MATCH '\"' || ?2 || '\"' AND lower(n.name) = lower(?3) AND" OTHER(              \
	    "n.id") " AND NOT EXISTS (SELECT 1 FROM cases c JOIN buyers b ON b.id = c.buyer WHERE c.id = "   \
		    "?1 AND"                                                                                 \
		    " lower(b.name) = lower(?3)) AND NOT EXISTS (SELECT 1 FROM persons WHERE lower(name) = " \
		    "lower(?3)))"

struct foreign {
	struct store *s;
	gint64 case_id;
	GPtrArray *found; /* of char * */
	int left, names;  /* lookups */
	GError **error;
};

static bool note(struct foreign *f, gint64 any, const char *text)
{
	if (any && !g_ptr_array_find_with_equal_func(f->found, text, g_str_equal, NULL))
		g_ptr_array_add(f->found, g_strdup(text));
	return true;
}

static bool look(struct foreign *f, const char *sql, const char *key, const char *text)
{
	gint64 any;
	return sql_number(f->s, &any, NULL, f->error, sql, "it", f->case_id, key) && note(f, any, text);
}

static bool look_for_name(struct foreign *f, const char *name)
{
	gint64 any;
	g_autofree char *folded = text_fold(name);
	if (f->names-- <= 0 || strchr(folded, '"'))
		return true;
	return sql_number(f->s, &any, NULL, f->error, OF_NAME, "itt", f->case_id, folded, name) &&
	       note(f, any, name);
}

/* A number, in capitals too, or an address. */
static bool look_for_token(struct foreign *f, const char *token)
{
	guint digits = 0;
	for (const char *p = token; *p; p++)
		digits += g_ascii_isdigit(*p) != 0;
	if (strchr(token, '@')) {
		g_autofree char *lower = g_ascii_strdown(token, -1);
		return f->left-- <= 0 || look(f, OF_ADDRESS, lower, token);
	}
	if (digits < DIGITS_LEAST || f->left-- <= 0)
		return true;
	g_autofree char *upper = g_ascii_strup(token, -1);
	return look(f, OF_ORDER, upper, token) && look(f, OF_CASE, token, token);
}

static bool is_of_token(char c)
{
	return g_ascii_isalnum(c) || (c && strchr("@._+-", c));
}

static bool look_for_tokens(struct foreign *f, const char *text)
{
	for (const char *p = text; *p;) {
		const char *end = p;
		while (is_of_token(*end))
			end++;
		const char *last = end;
		while (last > p && strchr("._-", last[-1]))
			last--;
		g_autofree char *token = g_strndup(p, (gsize)(last - p));
		if (*token && !look_for_token(f, token))
			return false;
		p = end > p ? end : end + 1;
	}
	return true;
}

/* The end of a word that begins with a capital and goes on small; `p` itself if there is none. */
static const char *name_word(const char *p)
{
	if (!g_unichar_isupper(g_utf8_get_char(p)))
		return p;
	const char *end = g_utf8_next_char(p);
	while (g_unichar_islower(g_utf8_get_char(end)) || *end == '\'')
		end = g_utf8_next_char(end);
	return end;
}

/* Two words with capitals, side by side. */
static bool look_for_names(struct foreign *f, const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		const char *first = name_word(p);
		if (first == p || (p > text && g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(p)))))
			continue;
		const char *second = *first == ' ' ? name_word(first + 1) : first;
		if (second <= first + 1)
			continue;
		g_autofree char *name = g_strndup(p, (gsize)(second - p));
		if (!look_for_name(f, name))
			return false;
	}
	return true;
}

char **store_foreign(struct store *s, gint64 case_id, const char *text, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
	struct foreign f = {s, case_id, found, LOOKUPS_MOST, NAMES_MOST, error};
	if (!look_for_tokens(&f, text) || !look_for_names(&f, text))
		return NULL;
	g_ptr_array_add(found, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&found), false);
}
