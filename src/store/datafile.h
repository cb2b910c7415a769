/* SPDX-License-Identifier: MIT */
/*
 * Finding and reading the data files that staff may correct. For each name the first of these counts:
 * $XDG_CONFIG_HOME/amends/, /etc/amends/, then the shipped data ($AMENDS_DATA, else the installed folder).
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct datafile {
	char *name; /* "ebay" of clocks/ebay.ini */
	char *path;
	char *text;
	gsize length;
};
void datafile_destroy(struct datafile *f);

/* The folders in which data files are looked for, the most particular first. A GPtrArray of owned strings. */
GPtrArray *datafile_roots(void);

/* Every file of `folder` ("clocks") that ends in `suffix` (".ini"), by name, the user's version where there
 * is one. A GPtrArray of owned struct datafile; NULL and *error if one can't be read (or is larger than 4
 * MiB). */
GPtrArray *datafile_all(const char *folder, const char *suffix, GError **error);

/* Whether it is the user's own version, not the shipped one. */
bool datafile_is_own(const struct datafile *f);

/* One file ("shop.ini"); NULL and *error if there is none. */
struct datafile *datafile_one(const char *name, GError **error);
