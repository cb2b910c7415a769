/* SPDX-License-Identifier: MIT */
/* One sender at a time: an flock on PATH-senders, held while `amends send` works. It goes with its process.
 */
#pragma once
#include "store/store.h"

struct senders;

/* Takes the lock without waiting. NULL without *error if another sender has it; NULL and *error if the lock
 * file can't be made. */
struct senders *senders_enter(const struct store *s, GError **error);
void senders_leave(struct senders *l); /* accepts NULL */
typedef struct senders senders_auto;   /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(senders_auto, senders_leave)
