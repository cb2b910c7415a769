/* SPDX-License-Identifier: MIT */
/* By what a mail is known again, whichever way it comes. */
#pragma once
#include "ingest/mail.h"

/*
 * Fills content_hash: sha256 of what the mail says (sender, subject, date, text, names and sizes of its
 * files). A missing message_id is made from sender, subject, date and the whole body, and flagged
 * FLAW_MESSAGE_ID.
 */
void mail_seal(struct mail *m);
