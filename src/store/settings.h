/* SPDX-License-Identifier: MIT */
/* What shop.ini settles about answers: how long they can be taken back, how much may be attached, and who may
 * override the guard. The rest of the file is mail's (ingest/shop.h). */
#pragma once
#include "domain/ini.h"

struct settings {
	gint64 undo_ms;     /* [mail] undo */
	gint64 attach_most; /* [mail] attachments_most, in bytes of one answer's files together */
	char **override;    /* [rights] override: logins; NULL: everybody */
};

/* Reads them from the whole file. NULL and *error ("FILE:LINE: ...") on a fault. */
struct settings *settings_read(const struct ini *i, GError **error);
/* The same from the shop.ini that counts now: read when it is asked for, so that a change counts at once. */
struct settings *settings_load(GError **error);
void settings_destroy(struct settings *s); /* accepts NULL */
typedef struct settings settings_auto;     /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(settings_auto, settings_destroy)

/* Whether `login` may send what the guard blocks. Logins are compared as they are written. */
bool settings_may_override(const struct settings *s, const char *login);
/* Who may, for a sentence: "ann, ben"; "nobody". Safe to show. Owned. */
char *settings_overriders(const struct settings *s);
