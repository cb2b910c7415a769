/* SPDX-License-Identifier: MIT */
/* The query language: any text is read or refused with a place and a message; completion never leaves it. */
#include "domain/query.h"

#include <stdint.h>
#include <string.h>

#include "domain/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const struct query_node *q, gsize length)
{
	if (q->at + q->length > length || (q->op == QUERY_TEXT && !g_utf8_validate(q->text, -1, NULL)))
		g_abort();
	for (guint i = 0; q->parts && i < q->parts->len; i++)
		check_node(q->parts->pdata[i], length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	gsize length = strlen(text), at = 0, from = 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(query_auto) q = query_parse(text, &at, &error);
	if ((q == NULL) != (error != NULL) || at > length)
		g_abort();
	if (q) {
		check_node(q, length);
		query_names_status(q);
	}
	g_autoptr(GPtrArray) offers = query_complete(text, size ? data[0] % (length + 1) : 0, &from);
	if (from > length || !offers)
		g_abort();
	return 0;
}
