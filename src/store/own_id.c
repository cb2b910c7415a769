/* SPDX-License-Identifier: MIT */
#include "store/own_id.h"

#include <string.h>

#include "domain/banned.h"

#define CHECK 12      /* hex digits */
#define LONGEST 100   /* of an attempt: a UUID has 36 */
#define REFERENCES 64 /* of one mail that are looked at: the newest */

static char *secret(struct store *s, GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error, "SELECT value FROM secrets WHERE name = 'message-id'", "");
	if (!q || !sql_step(s, q, error))
		return NULL;
	char *value = sql_copy(q, 0);
	return value;
}

static char *with_check(const char *key, const char *attempt, gsize length)
{
	g_autofree char *check = g_compute_hmac_for_data(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key),
							 (const guchar *)attempt, length);
	return g_strdup_printf("%.*s.%.*s", (int)length, attempt, CHECK, check);
}

char *own_id(struct store *s, const char *attempt, GError **error)
{
	g_autofree char *key = secret(s, error);
	g_autofree char *left = key ? with_check(key, attempt, strlen(attempt)) : NULL;
	return left ? g_strconcat(left, OWN_ID_DOMAIN, NULL) : NULL;
}

/* The length of the attempt in an id that has the form of ours; 0 if it hasn't. Most ids end here, without a
 * hash. */
static gsize attempt_length(const char *id)
{
	const char *at = strrchr(id, '@');
	gsize left = at ? (gsize)(at - id) : 0;
	if (left < CHECK + 2 || left > LONGEST + CHECK + 1 || id[left - CHECK - 1] != '.')
		return 0;
	for (gsize i = left - CHECK; i < left; i++) {
		if (!g_ascii_isxdigit(id[i]))
			return 0;
	}
	return left - CHECK - 1;
}

/* Replaces *id if it is ours. */
static void restore(const char *key, char **id)
{
	gsize length = attempt_length(*id);
	if (!length)
		return;
	g_autofree char *left = with_check(key, *id, length);
	if (!g_str_has_prefix(*id, left))
		return;
	g_free(*id);
	*id = g_strconcat(left, OWN_ID_DOMAIN, NULL);
}

static bool any_has_form(const struct incoming *m)
{
	bool any = m->message_id && attempt_length(m->message_id);
	for (guint i = 0; !any && i < m->references->len && i < REFERENCES; i++)
		any = attempt_length(m->references->pdata[i]);
	return any;
}

bool own_ids_restore(struct store *s, struct incoming *m, GError **error)
{
	if (!any_has_form(m))
		return true;
	g_autofree char *key = secret(s, error);
	if (!key)
		return false;
	if (m->message_id)
		restore(key, &m->message_id);
	for (guint i = 0; i < m->references->len && i < REFERENCES; i++)
		restore(key, (char **)&m->references->pdata[i]);
	return true;
}
