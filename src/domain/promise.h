/* SPDX-License-Identifier: MIT */
/*
 * Facts in a text: what we promise in time ("within 24 hours", "binnen twee werkdagen", "周五之前"; I2, Z4)
 * and what a buyer wishes (Z5, N4). The phrases are data (promises.ini, wishes.ini; docs/data-files.md); the
 * caller reads the files, works out due times by a calendar, and lets a person confirm.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

#include "domain/vocab.h"

enum promise_kind {
	PROMISE_HOURS,
	PROMISE_DAYS,          /* 0: today, 1: tomorrow */
	PROMISE_BUSINESS_DAYS, /* 0: this business day */
	PROMISE_WEEKDAY,
	PROMISE_DATE,
	PROMISE_TIME, /* a time of day: only beside a day, to which it is added */
	N_PROMISE_KINDS
};

struct promise {
	enum promise_kind kind;
	gsize at, length;     /* bytes of the text: "within 24 hours" */
	int amount;           /* hours, days, business days */
	int weekday;          /* from Monday 0; else -1 */
	int year, month, day; /* of a date; year 0: the next such day */
	int minute;           /* of that day, after midnight; -1: none is named, the whole day is meant */
};

enum wish {
	WISH_REFUND,
	WISH_PARTIAL_REFUND,
	WISH_REPLACEMENT,
	WISH_EXCHANGE,
	WISH_PART,
	WISH_KEEP,
	WISH_RETURN,
	WISH_REPAIR,
	N_WISHES
};
extern const struct vocabulary WISHES;

struct wish_found {
	enum wish wish;
	gsize at, length;
};

/* One file's phrases. */
struct phrases;
enum phrases_of { PHRASES_PROMISES, PHRASES_WISHES };

/* NULL and *error ("FILE:LINE: ...") on a fault. */
struct phrases *phrases_read(enum phrases_of of, const char *file, const char *text, gsize length,
			     GError **error);
void phrases_destroy(struct phrases *p);
typedef struct phrases phrases_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(phrases_auto, phrases_destroy)

/* Promises of time in valid UTF-8, in the order of the text, none overlapping: a GArray of struct promise.
 * Deadlines set to the reader ("please return it within 14 days") are left out. Owned by the caller. */
GArray *promises_find(const struct phrases *promises, const char *text);

/* What a buyer's text wishes for, in the order of the text: a GArray of struct wish_found. Owned by the
 * caller. */
GArray *wishes_find(const struct phrases *wishes, const char *text);

/* Compares the examples ("example.en.1 = TEXT -> 24 hours"). Sets *count; false and *error at the first that
 * differs. */
bool phrases_check_examples(const struct phrases *p, guint *count, GError **error);
