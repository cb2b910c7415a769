/* SPDX-License-Identifier: MIT */
/* One mail: from bytes to readable text, charsets and MIME resolved (GMime, iconv, libxml2). */
#pragma once
#include "store/records.h"

/* What platform recognition needs beside struct incoming's own fields. */
struct mail {
	struct incoming *in; /* message_id, references, from, subject, sent, text (whole readable text),
				attachments, source, flaws, automatic; owned */
	GPtrArray *headers;  /* of struct mail_header, in order, decoded */
	char *from_address;  /* lower case, "" if none */
	char *from_name;
	char *to_address, *reply_to;
	bool text_is_html; /* the text was made from HTML */
};
struct mail_header {
	char *name, *value; /* value decoded to UTF-8 and unfolded */
};
const char *mail_header(const struct mail *m, const char *name); /* first one, or NULL; any case */
void mail_destroy(struct mail *m);
typedef struct mail mail_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(mail_auto, mail_destroy)

/* Reads a mail. Never fails: what can't be parsed comes back with FLAW_UNPARSED and its
 * bytes as text as far as they are readable. `received` stands in for a missing date. `usual_charsets`
 * (NULL-ended, may be NULL) are tried for unlabelled text before the general guess. */
struct mail *mail_read(GBytes *source, gint64 received, const char *const *usual_charsets);

/* Call once before mail_read (GMime's own start, about 2 ms). */
void mail_init(void);

/* Where the headers begin: after an mbox line or empty lines that some programs leave at the top. */
gsize mail_skip_envelope(const char *bytes, gsize length);

/* The sender's address, lower case, from the raw headers: to know which charsets are usual before the mail is
 * read. "" if there is none. Owned by the caller. */
char *mail_sender(GBytes *source);
