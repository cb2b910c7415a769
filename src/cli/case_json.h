/* SPDX-License-Identifier: MIT */
/* A case as JSON, for `list --json`, `show --json` and `why --json`. */
#pragma once
#include "store/records.h"

#include <jansson.h>

/* New references. */
json_t *case_json(const struct case_file *f);
json_t *clock_json(const struct clock *c);
json_t *tags_json(const GPtrArray *tags); /* of char *; NULL: none */
