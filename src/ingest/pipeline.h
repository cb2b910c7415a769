/* SPDX-License-Identifier: MIT */
/*
 * Reading mails beside storing them: batches go in on one thread, are parsed and recognised by workers,
 * and come out on the same thread in the order they went in.
 */
#pragma once
#include "ingest/platform.h"

struct raw_mail {
	GBytes *source;
	gint64 received; /* UTC ms */
	char *origin;
};

struct batch {
	GArray *raws;     /* of struct raw_mail */
	GPtrArray *mails; /* of struct incoming, once parsed */
	GPtrArray *marks; /* of struct import_mark: how far each file is read with this batch */
	gsize bytes;      /* of all sources */
	gint64 position;  /* bytes of the whole import that are read with this batch */
	bool ready;
};
struct batch *batch_create(void);
void batch_destroy(struct batch *b);
/* Takes over `source` and `origin`. */
void batch_add(struct batch *b, GBytes *source, gint64 received, char *origin);

struct pipeline;
struct pipeline *pipeline_create(const struct platforms *platforms);
/* Waits for the workers and drops what was not taken. */
void pipeline_destroy(struct pipeline *p);

/* Takes over the batch. */
void pipeline_put(struct pipeline *p, struct batch *b);

/* Whether so much is under way that the next batch should wait. */
bool pipeline_is_full(struct pipeline *p);
bool pipeline_is_empty(struct pipeline *p);

/* The oldest batch, if it is ready within `wait` ms, else NULL. Owned by the caller. */
struct batch *pipeline_take(struct pipeline *p, int wait);

/* One mail, read with the charsets of its platform and recognised. Owned by the caller. */
struct mail *pipeline_read(const struct platforms *platforms, GBytes *source, gint64 received);
