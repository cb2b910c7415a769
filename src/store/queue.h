/* SPDX-License-Identifier: MIT */
/*
 * Writers queue: an flock on PATH-queue is held from before BEGIN IMMEDIATE until after the commit, and with
 * it every checkpoint. SQLite's own busy handler polls and starves, and before 3.51.3 a checkpoint beside a
 * commit could lose it. A stop (Ctrl-Z) waits until the queue is left, so that nobody sleeps holding it.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct queue;

/* The queue of the store at `path`; its file is made when first entered. */
struct queue *queue_create(const char *path);
void queue_destroy(struct queue *q); /* accepts NULL */

/* Waits for its turn, however long. False and *error if the lock file can't be made or locked. */
bool queue_enter(struct queue *q, GError **error);
void queue_leave(struct queue *q);
