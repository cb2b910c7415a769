/* SPDX-License-Identifier: MIT */
#include "store/sender.h"

#include "store/sql.h"

#include <string.h>

#include "domain/banned.h"

bool sender_takes_answers(const char *sender)
{
	static const char *const nobody[] = {"noreply",    "no-reply",     "no_reply",
					     "donotreply", "do-not-reply", "mailer-daemon"};
	const char *open = sender ? strrchr(sender, '<') : NULL, *address = open ? open + 1 : sender;
	const char *at = address ? strchr(address, '@') : NULL;
	g_autofree char *local = at ? g_ascii_strdown(address, at - address) : NULL;
	for (gsize i = 0; local && i < G_N_ELEMENTS(nobody); i++) {
		if (strstr(local, nobody[i]))
			return false;
	}
	return local != NULL;
}

bool case_takes_mail(struct store *s, gint64 case_id, bool *takes, GError **error)
{
	sqlite3_stmt *q =
	    sql_query(s, error,
		      "SELECT DISTINCT coalesce(m.reply_to, m.sender) FROM messages m WHERE " SENDER_ANSWERED
		      " AND m.side = 'buyer' AND m.automatic = 0",
		      "i", case_id);
	*takes = false;
	while (q && sql_step(s, q, error))
		*takes |= sender_takes_answers(sql_text(q, 0));
	return q && sql_ended(s);
}
