/* SPDX-License-Identifier: MIT */
/* The schema's versions: PRAGMA application_id says whose file it is, user_version which version. */
#pragma once
#include "store/store.h"

#define STORE_APPLICATION_ID 0x616d6e64 /* "amnd" */

/* Makes the schema in an empty file or brings an older one up to date, each step one transaction (in the
 * queue). In STORE_READ nothing is written: an empty or older store is refused with what to do. False and
 * *error also if the store is newer or another program's. */
bool migrate(struct store *s, GError **error);
