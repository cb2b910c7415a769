/* SPDX-License-Identifier: MIT */
#include "domain/query_order.h"

#include "domain/query_fields.h"
#include "domain/query_lex.h"

#include "domain/banned.h"

enum query_order query_order(const char *text)
{
	g_autoptr(query_auto) query = query_parse(text, NULL, NULL);
	return query ? query->order : ORDER_CLOCK;
}

/* The text without its sort: fields. Owned; NULL if it can't be read. */
static char *without_order(const char *text)
{
	g_autoptr(GString) rest = g_string_new(NULL);
	gsize at = 0, kept = 0;
	for (bool end = false; !end;) {
		struct query_token token;
		if (!query_lex(text, &at, &token, NULL, NULL))
			return NULL;
		end = token.kind == TOKEN_END;
		if (end || (token.kind == TOKEN_FIELD && token.field == FIELD_SORT)) {
			g_string_append_len(rest, text + kept, (gssize)(token.at - kept));
			kept = at;
			/* The blank before it goes with it. */
			while (rest->len && rest->str[rest->len - 1] == ' ')
				g_string_truncate(rest, rest->len - 1);
		}
		query_token_clear(&token);
	}
	return g_strchug(g_string_free(g_steal_pointer(&rest), false));
}

char *query_with_order(const char *text, enum query_order order)
{
	g_autoptr(query_auto) query = query_parse(text, NULL, NULL);
	g_autofree char *rest = query ? without_order(text) : NULL;
	if (!rest)
		return g_strdup(text);
	if (order == ORDER_CLOCK)
		return g_steal_pointer(&rest);
	g_autoptr(GPtrArray) words = query_field_values(FIELD_SORT);
	return g_strdup_printf("%s%ssort:%s", rest, *rest ? " " : "", (const char *)words->pdata[order]);
}
