/* SPDX-License-Identifier: MIT */
/* Runs a true program with a home of its own: no store, a shop.ini that lets no mail grow old, UTC,
 * C.UTF-8. */
#pragma once
#include <glib.h>

struct run_home {
	char *path;  /* a new folder: HOME, with the XDG folders in it */
	char *store; /* where the default store will be */
	char **env;  /* what programs get; run_set() changes it */
};

/* Fails the test if the folder can't be made. */
struct run_home *run_home_create(void);
/* Removes the folder with all that is in it. */
void run_home_destroy(struct run_home *h);
/* Sets a variable for the programs that run after; NULL unsets it. */
void run_set(struct run_home *h, const char *name, const char *value);

struct run_result {
	char *out, *err;
	int status; /* exit code, or 128 + signal */
};
void run_result_clear(struct run_result *r);

/* Runs argv (NULL-ended; argv[0] a path) to its end. `input` is a file for standard input, NULL: none. */
struct run_result run_program(const struct run_home *h, const char *const *argv, const char *input);

/* Runs the program named by the environment variable `which` ("AMENDS" or "AMENDS_AT") with the arguments,
 * which NULL ends. */
struct run_result run_amends(const struct run_home *h, const char *which, ...) G_GNUC_NULL_TERMINATED;

/* Fails, printing both outputs, unless the exit code is `status` and `out` and `err` (NULL: whatever) are in
 * them. */
void run_expect(const struct run_result *r, int status, const char *out, const char *err);
