/* SPDX-License-Identifier: MIT */
/*
 * The store's face: whole requests, plain records in and out (store/records.h). No cursor,
 * statement or handle but the store itself leaves it, so that a daemon can serve the same
 * requests over a socket later. Not thread-safe: one store per thread.
 *
 * Every request returns false (or NULL) and sets *error with a text for the user. Busy is never
 * an error: writers queue on an flock beside the file. Writes are one BEGIN IMMEDIATE each.
 */
#pragma once
#include "store/records.h"

struct store;

enum store_error {
	STORE_ERROR_OPEN,    /* missing folder, no rights, read-only, not a file */
	STORE_ERROR_FOREIGN, /* another program's database, or no database */
	STORE_ERROR_NEWER,   /* made by a newer amends */
	STORE_ERROR_OLDER,   /* of an older version, and opened only to be read: open it for writing once */
	STORE_ERROR_DAMAGED,
	STORE_ERROR_FULL,
	STORE_ERROR_IO,        /* fsync and the like: the store is ended, not retried */
	STORE_ERROR_NOT_FOUND, /* no such case, or outbox entry */
	STORE_ERROR_QUERY,     /* the query can't be read */
	STORE_ERROR_LATE,      /* the request's own time limit is over; or the search was stopped */
	STORE_ERROR_REFUSED    /* the request makes no sense as things stand: the text says why */
};
#define STORE_ERROR store_error_quark()
GQuark store_error_quark(void);

enum store_mode {
	STORE_READ, /* must exist; nothing is written, no migration */
	STORE_WRITE /* made if missing (with its folder), migrated if older */
};

/*
 * Opens the store at `path`. The clock rules are read from the data files when a request
 * first needs them. NULL and *error with what is wrong and what to do.
 */
struct store *store_open(const char *path, enum store_mode mode, GError **error);
void store_close(struct store *s); /* accepts NULL */
typedef struct store store_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(store_auto, store_close)

/* $AMENDS_DB, else $XDG_DATA_HOME/amends/desk.db. Owned by the caller. */
char *store_default_path(void);
const char *store_path(const struct store *s);

/*
 * Stores a batch of mails (GPtrArray of struct incoming), in order, in one transaction: joins each to a
 * case or opens one, appends events, moves clocks and the status, feeds the search index.
 * `results` gets one struct ingested for each. `marks` (of struct import_mark, one a file; may be NULL)
 * are written with them.
 * All or nothing: on an error none of the batch is stored. `now` is when it was received.
 */
bool store_ingest(struct store *s, GPtrArray *mails, GPtrArray *marks, gint64 now, GArray *results,
		  GError **error);

/*
 * Brings the search index in order after many mails came in (`stored` of them): it is kept in pieces that
 * each search looks through, and one is quicker than a dozen. Does nothing if they are few beside those that
 * were there. In steps that let others in between; `stop` (may be NULL) ends it early, which loses nothing.
 */
bool store_tidy_search(struct store *s, gint64 stored, const volatile int *stop, GError **error);

/* How far `path` was read before; NULL without *error if never. Owned by the caller (import_mark_clear,
 * g_free). */
struct import_mark *store_import_mark(struct store *s, const char *path, GError **error);

/* Names the shop (from data/shop.ini); written only if it differs. */
bool store_set_shop(struct store *s, const char *name, const char *zone, GError **error);

/* One page of the inbox: reads only the rows it returns, whatever the store's size. */
struct inbox_page *store_inbox(struct store *s, const struct inbox_request *q, GError **error);

/* The list key of a case in the order that q->query asks for, to find it again after it moved. */
bool store_inbox_key(struct store *s, const struct inbox_request *q, gint64 case_id, struct inbox_key *key,
		     GError **error);

/* A case with its history. */
struct case_file *store_case(struct store *s, const struct case_request *q, GError **error);

/* A number that changes whenever anyone, here or in another process, changed the store. Cheap. */
gint64 store_version(struct store *s);

/* The source of a message as it came, whole. */
GBytes *store_source(struct store *s, gint64 message_id, GError **error);

/* One attachment's record and the message it belongs to. */
struct attachment *store_attachment(struct store *s, gint64 id, gint64 *message_id, GError **error);

/* Distinct words of the store, for the palette's and the prompt's completion: platforms (id), langs, whos. */
GPtrArray *store_words(struct store *s, const char *field, GError **error);

/* The rules this store reckons with (read when first asked for). Owned by the store. */
const struct ruleset *store_rules(struct store *s, GError **error);

/* Reads and checks every content hash and the database itself: damage, with what to do. */
bool store_verify(struct store *s, GError **error);
