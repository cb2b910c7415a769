/* SPDX-License-Identifier: MIT */
/*
 * The ini files that staff may correct (clocks, calendars, platforms, shop): GKeyFile with the lines
 * kept, so that every error says FILE:LINE. A group or key given twice is refused, where GKeyFile
 * would keep the last without a word.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct ini;

/* Parses `text`; `file` is for error texts only. NULL and *error on a fault of form or a bad byte. */
struct ini *ini_parse(const char *file, const char *text, gsize length, GError **error);
void ini_destroy(struct ini *i);
typedef struct ini ini_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ini_auto, ini_destroy)

const char *ini_file(const struct ini *i);

/* The groups' names, and the keys of a group (with their [lang] tails), in the file's order. NULL-ended,
 * owned by the caller (g_strfreev); an unknown group has no keys. */
char **ini_groups(const struct ini *i);
char **ini_keys(const struct ini *i, const char *group);

/* The line of a group (key NULL) or a key; 0 if there is none. */
int ini_line(const struct ini *i, const char *group, const char *key);

/* The value as written (patterns keep their backslashes), ends trimmed; NULL if there is none. Owned by the
 * caller. */
char *ini_value(const struct ini *i, const char *group, const char *key);

/* The value of key[LANG] in the user's language (LC_MESSAGES), else the plain one; NULL if there is none.
 * Owned. */
char *ini_localised(const struct ini *i, const char *group, const char *key);

/* A list written with ";" or ",", blanks trimmed, empty items left out. NULL-ended, owned; empty if there is
 * no such key. */
char **ini_list(const struct ini *i, const char *group, const char *key);

/*
 * Checks that a group has no keys but the `known` ones (NULL-ended; a known name that ends in '#' stands for
 * the name and any number: "example#"; [lang] tails are allowed). False and *error that lists them.
 */
bool ini_only(const struct ini *i, const char *group, const char *const *known, GError **error);

/* Sets *error to "FILE:LINE: ..." for a key (or a group, key NULL) and returns false. */
bool ini_fail(const struct ini *i, const char *group, const char *key, GError **error, const char *format,
	      ...) G_GNUC_PRINTF(5, 6);
