/* SPDX-License-Identifier: MIT */
/* A shop for tests of the plain commands: make_shop()'s cases in a home of their own, at noon of 23 November
 * 2026. */
#pragma once
#include "support/make_store.h"
#include "support/run.h"

#define DESK_NOW G_GINT64_CONSTANT(1795435200000)

struct desk {
	struct run_home *home; /* programs run in it find the store, at DESK_NOW */
	struct store *store;
};

/* For cmocka; *state. */
int desk_open(void **state);
int desk_close(void **state);

/* A command, at most four words, and what it must end with (run_expect()). */
struct desk_row {
	const char *words[4];
	int status;
	const char *out, *err;
};
/* In this order: each row finds what those before left. */
void desk_expect(const struct desk *d, const struct desk_row *rows, gsize count);
