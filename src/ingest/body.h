/* SPDX-License-Identifier: MIT */
/* The readable text of a mail and the list of its attachments. */
#pragma once
#include "ingest/parts.h"
#include "store/records.h"

enum { BODY_TEXT_MAX = 256 * 1024 }; /* bytes of readable text that are kept; the source has it all */

struct body {
	const char *const *usual; /* charsets to try for unlabelled text; may be NULL */
	guint flaws;              /* FLAW_CHARSET, FLAW_CUT, FLAW_PARTS */
	char *guessed;            /* the charset that was guessed, NULL if none; owned by the caller */
	bool is_html;             /* the text was made from HTML */
};

/* The whole readable text, quoted history marked "> ". Never NULL, valid UTF-8, at most BODY_TEXT_MAX bytes;
 * "" if the mail has none. Fills `b` and adds to `attachments`. Owned by the caller. */
char *body_read(struct body *b, GMimeMessage *message, GPtrArray *attachments);

/* Bytes that are no mail, as far as they are readable; limits and flaws as above. Owned by the caller. */
char *body_raw(struct body *b, const char *bytes, gsize length);
