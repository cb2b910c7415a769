/* SPDX-License-Identifier: MIT */
/* Whom an answer can go to. */
#pragma once
#include "store/store.h"

/* Whether `sender` ("Name <address>" or an address, may be NULL) is an address that somebody reads: not
 * no-reply@ and the like (platforms.md, Mail). */
bool sender_takes_answers(const char *sender);

/* Whether the buyer wrote a mail in the case that can be answered: not automatic, from such an address. */
bool case_takes_mail(struct store *s, gint64 case_id, bool *takes, GError **error);
