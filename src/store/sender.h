/* SPDX-License-Identifier: MIT */
/* Whom an answer can go to. */
#pragma once
#include "store/store.h"

/* For conditions on a message `m`: one that an answer in case ?1 answers. A follow-up has no mail of its own
 * and answers what its buyer wrote before. */
#define SENDER_ANSWERED                                                                                      \
	"m.case_id IN (SELECT ?1 UNION ALL SELECT o.id FROM cases f JOIN cases o ON o.buyer = f.buyer"       \
	" WHERE f.id = ?1 AND f.kind = 'follow-up')"

/* Whether `sender` ("Name <address>" or an address, may be NULL) is an address that somebody reads: not
 * no-reply@ and the like (platforms.md, Mail). */
bool sender_takes_answers(const char *sender);

/* Whether the buyer wrote a mail in the case that can be answered: not automatic, from such an address. */
bool case_takes_mail(struct store *s, gint64 case_id, bool *takes, GError **error);
