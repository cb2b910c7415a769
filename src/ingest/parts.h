/* SPDX-License-Identifier: MIT */
/* The parts of a mail: which are read, which are attachments (GMime's tree, walked within limits). */
#pragma once
#include <gmime/gmime.h>
#include <stdbool.h>

enum {
	PARTS_MAX = 200,                  /* attachments listed, and parts of text read */
	PARTS_TEXT_RAW = 3 * 1024 * 1024, /* encoded bytes of one text part that are decoded */
};

enum part_role {
	PART_TEXT,     /* for people to read */
	PART_ATTACHED, /* a file */
	PART_MESSAGE   /* a mail within the mail: listed, read only if there is nothing else */
};

struct part {
	enum part_role role;
	GMimeObject *object;      /* borrowed from the message */
	GMimeObject *alternative; /* of PART_TEXT: the same in HTML, or NULL */
	char *number;             /* "2.1", as IMAP counts */
};

/* How many bytes of a mail may be given to the parser: all, or up to the point where it nests or splits so
 * much that only an attack explains it. */
gsize parts_safe_length(const char *bytes, gsize length);

/* Parses; NULL if GMime finds no mail in it. `bytes` must outlive the message. Unref it. */
GMimeMessage *parts_parse(const char *bytes, gsize length);

/* The leaves in order (GPtrArray of owned struct part). *more is set if there were more than PARTS_MAX
 * of a kind. With `inner`, also the texts of mails within the mail. */
GPtrArray *parts_list(GMimeMessage *message, bool inner, bool *more);

/* Decoded bytes of a part; at most about `limit` (0: all). Owned by the caller, never NULL. */
GByteArray *parts_content(GMimeObject *object, gsize limit);

/* Writes the decoded bytes to `stream`. A mail within the mail is written whole. */
void parts_write(GMimeObject *object, GMimeStream *stream);
