/* SPDX-License-Identifier: MIT */
/*
 * Mail in. `import` reads mbox files, Maildirs, single mails and folders; `deliver` one mail from
 * a descriptor. Both read each mail with mail_read(), recognise its platform and fields
 * (platform.h), and hand it to the store in batches.
 */
#pragma once
#include "store/store.h"

struct platforms; /* the compiled data/platforms files: platform.h */

struct import_report {
	gint64 mails, new_cases, added, already, kept, flawed, bytes;
	gint64 archived; /* of the new cases: closed, because their mail is old */
	bool interrupted;
};

struct import_options {
	struct store *store;
	const struct platforms *platforms;
	gint64 (*now)(void);
	/* Called at least every half second while reading; may be NULL. `total` 0: unknown. */
	void (*progress)(const struct import_report *r, gint64 bytes_done, gint64 bytes_total, void *data);
	/* Called for each mail that wasn't fully understood: where it is and why. May be NULL. */
	void (*flawed)(const char *origin, const struct incoming *m, const struct ingested *where,
		       void *data);
	void *data;
	gint64 archive_ms;        /* mail older than that is history (incoming.archived); 0: none is */
	const volatile int *stop; /* set by a signal handler: finish the batch and return */
};

/* Reads every path in. Faults of one file don't stop the others: each is told through *error at the end
 * (joined by line ends). True if everything was read. An import that was only asked to stop ends with
 * G_FILE_ERROR_INTR. The report is filled either way. */
bool ingest_import(const struct import_options *o, char *const *paths, struct import_report *report,
		   GError **error);

/* Reads one mail from `fd` to its end and stores it, synchronously. `*where` says what became of it. */
bool ingest_deliver(const struct import_options *o, int fd, struct ingested *where, GError **error);

/* Writes one attachment, decoded, to `fd`. */
bool ingest_attachment(struct store *s, gint64 attachment_id, int fd, GError **error);
