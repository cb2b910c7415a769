/* SPDX-License-Identifier: MIT */
/* What a draft says of another buyer, as far as the store knows it (N7). */
#pragma once
#include "store/store.h"

/*
 * The order numbers, case numbers, addresses and full names in `text` that belong to another buyer than the
 * case's, as they stand there: NULL-ended, the caller's (g_strfreev). Of Latin script names are looked for,
 * two words with capitals. NULL and *error on a fault.
 */
char **store_foreign(struct store *s, gint64 case_id, const char *text, GError **error);
