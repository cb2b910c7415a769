/* SPDX-License-Identifier: MIT */
/*
 * A pattern of a platform file: PCRE2 with UTF, case ignored, ^ and $ at line ends. Named groups fill fields.
 * Const after it is made (domain/regex.h).
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* What a named group may be called, and what it fills. */
enum field {
	FIELD_ORDER,
	FIELD_CASE,
	FIELD_BUYER,
	FIELD_ALIAS,
	FIELD_ITEM,
	FIELD_SKU,
	FIELD_REASON,
	FIELD_AMOUNT,
	FIELD_DUE,
	FIELD_MESSAGE,
	N_FIELDS
};

/* "order", "case" ...: the group's name. Static. */
const char *field_name(enum field f);

struct pattern;

/* Compiles; NULL and *error (what is wrong and where in the pattern) on a bad pattern or group name. */
struct pattern *pattern_create(const char *text, GError **error);
void pattern_destroy(struct pattern *p);

/* Bits of the fields its groups fill. */
guint pattern_fields(const struct pattern *p);

/* Whether it is found in `text` (valid UTF-8, `length` bytes). */
bool pattern_found(const struct pattern *p, const char *text, gsize length);

/*
 * The same; where it is found, fills each field of its groups that is still NULL in `fields` with what the
 * group caught, ends trimmed, empty ones left out. Owned by the caller.
 */
bool pattern_catch(const struct pattern *p, const char *text, gsize length, char *fields[N_FIELDS]);
