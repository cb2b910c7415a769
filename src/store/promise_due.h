/* SPDX-License-Identifier: MIT */
/* When what an answer promises falls due (I2, Z4), for the desk and the command line alike. */
#pragma once
#include "domain/promise.h"
#include "store/fill_values.h"

/* The phrases of promises.ini or wishes.ini, owned by the caller; NULL where the file is missing or at fault,
 * which `amends check` tells. */
struct phrases *phrases_load(enum phrases_of of);

/*
 * The promise in `text` that falls due first, in the shop's zone and by its calendar; 0 if there is none.
 * *words gets the text's own words for it, owned by the caller; else it stays as it is.
 */
gint64 promise_due(const struct fill_values *v, const struct phrases *promises, const char *text,
		   char **words);
