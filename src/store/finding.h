/* SPDX-License-Identifier: MIT */
/*
 * A search that takes long, done beside: on a thread with a connection of its own, so that no key waits for
 * it. What it finds is kept with the store, where further requests page through it (inbox_request.found).
 */
#pragma once
#include "store/store.h"

struct finding;

/* Starts to look for all cases that fit q->query; `q` is copied. NULL and *error if it can't be begun. */
struct finding *finding_start(const struct store *s, const struct inbox_request *q, GError **error);

/* Becomes readable once the search is over. */
int finding_fd(const struct finding *f);
bool finding_over(const struct finding *f);

/* What was found, once it is over: a GArray of gint64, the caller's. NULL and *error if it failed. */
GArray *finding_take(struct finding *f, GError **error);

/* Stops it first. Accepts NULL. */
void finding_destroy(struct finding *f);

/* From now on these cases are what requests with `found` look among; the last ones given count. */
bool store_keep_found(struct store *s, const GArray *cases, GError **error);
