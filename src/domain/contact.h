/* SPDX-License-Identifier: MIT */
/* How often a loyal buyer is written to or called of our own accord (Y8): never too often. */
#pragma once
#include <glib.h>

struct contact_cap {
	gint64 gap; /* at least so many ms lie between two contacts */
	int most;   /* contacts in any 365 days, 1 or more */
};

/* The first time from `from` on at which another contact is allowed: `from` itself, or a later one.
 * `contacts` is a GArray of gint64, those made and those planned, in any order. */
gint64 contact_first_free(const struct contact_cap *cap, const GArray *contacts, gint64 from);
