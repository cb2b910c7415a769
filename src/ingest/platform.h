/* SPDX-License-Identifier: MIT */
/*
 * Which marketplace a mail comes from and what it says: by rules in data/platforms/NAME.ini
 * (PCRE2 with named groups, match limits on). Headers first, then exact sender domains, then subject,
 * then body.
 */
#pragma once
#include "ingest/mail.h"

struct platforms;

struct platforms *platforms_create(void);
void platforms_destroy(struct platforms *p);
typedef struct platforms platforms_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(platforms_auto, platforms_destroy)

/* Adds one file. False and *error ("FILE:LINE: ...") on unknown keys, bad patterns, examples that don't
 * match as they say. */
bool platforms_add(struct platforms *p, const char *name, const char *file, const char *text, gsize length,
		   GError **error);

/* Reads all of data/platforms, and whose addresses are ours from shop.ini (shop.h), through datafile_all().
 */
struct platforms *platforms_load(GError **error);

/* Our own addresses and domains (data/shop.ini): what comes from them is our copy. */
void platforms_set_own(struct platforms *p, const char *const *addresses);

/* Runs every example of every file; *count (may be NULL) gets how many there are. False and *error
 * ("FILE:LINE: ...") at the first that isn't recognised as it says. */
bool platforms_check_examples(const struct platforms *p, guint *count, GError **error);

/* The usual charsets of the platform that sends from `address`, for mail_read(); NULL if none are known. Not
 * owned. */
const char *const *platforms_charsets(const struct platforms *p, const char *address);

/* Fills the platform, trigger, kind, side, alias, order, item, amount, stated due, text between the frames
 * and language of m->in. Never fails: what no rule knows is plain mail. */
void platform_recognise(const struct platforms *p, struct mail *m);
