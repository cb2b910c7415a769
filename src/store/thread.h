/* SPDX-License-Identifier: MIT */
/*
 * Which case a mail belongs to: Message-ID and references first (both ways: the mail it answers may come
 * later), then the platform's case number, the buyer's alias with the order number, the order number within
 * the platform, and last the same buyer's open case under the same subject.
 */
#pragma once
#include "store/parties.h"

/* The case's id in *id, 0 if none fits. */
bool thread_find(struct store *s, const struct incoming *m, const struct parties *p, const char *thread,
		 gint64 *id, GError **error);

/* A subject without "Re:", "Fwd:", "AW:", "Antw:", "RIF:", "回复：" and the like, folded: what threads share.
 * Owned. */
char *thread_subject(const char *subject);

/* Remembers those references of the message that aren't in the store. */
bool thread_remember(struct store *s, const struct incoming *m, gint64 message, GError **error);
