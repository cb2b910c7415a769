/* SPDX-License-Identifier: MIT */
/*
 * A draft as the guard's patterns see it: what people do to get past a filter undone. Full-width forms,
 * letters with marks, look-alike letters and capitals become plain lower case; zero-width characters go;
 * traditional characters become simplified ones. Each byte knows which byte of the draft it stands for.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct shadow {
	GString *text;
	GArray *from; /* of guint32: the draft's byte for each byte of the text, and one for its end */
};

/* From valid UTF-8. Owned by the caller. */
struct shadow *shadow_create(const char *draft);

/* The same with numbers that were spelled out as figures: "nul zes", "零六" -> "0 6", "06". Owned. */
struct shadow *shadow_spelled(const struct shadow *s);

void shadow_destroy(struct shadow *s);
typedef struct shadow shadow_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(shadow_auto, shadow_destroy)

/* The plain form of a pattern: letters without marks and simplified, nothing else is touched. Owned. */
char *shadow_pattern(const char *pattern);
