/* SPDX-License-Identifier: MIT */
/*
 * What missing a case costs (Z12, N2): its value, what the platform would decide, and the account metrics
 * that it counts toward. The metrics are data/metrics.ini. Pure: the caller counts in the store.
 */
#pragma once
#include "domain/money.h"
#include "domain/vocab.h"

/* What a metric's share is taken of. */
enum metric_base { METRIC_ORDERS, METRIC_MESSAGES, METRIC_CASES, N_METRIC_BASES };
extern const struct vocabulary METRIC_BASES;

struct metric {
	char *id; /* "amazon-defects" */
	char *platform;
	char *title; /* in the user's language */
	char *means; /* what it costs to break the limit */
	enum metric_base base;
	bool at_least;  /* the limit is a least share (answers in time), else a greatest one (defects) */
	bool inclusive; /* the limit itself is still good: "<=" and ">=" */
	int limit;      /* hundredths of a percent */
	int free;       /* so many cases never break it, whatever their share; 0: none */
	int window_days;
	guint64 counts;    /* triggers that make a case count, bits of enum trigger */
	guint64 threatens; /* triggers after which it will, unless the case is won */
	guint32 kinds;     /* only cases of these kinds, bits; 0: all */
	guint32 statuses;  /* a case that ends so counts, bits of enum status */
	char **clocks;     /* ids of clock rules: a case counts if one of them is missed */
	char *source, *checked, *sure;
	int line;
};

struct metrics;
/* Reads data/metrics.ini. NULL and *error ("FILE:LINE: ...") on any fault. */
struct metrics *metrics_parse(const char *file, const char *text, gsize length, GError **error);
void metrics_destroy(struct metrics *m);
typedef struct metrics metrics_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(metrics_auto, metrics_destroy)
guint metrics_count(const struct metrics *m);
const struct metric *metrics_nth(const struct metrics *m, guint n);
const struct metric *metrics_find(const struct metrics *m, const char *id);

/* What of a case decides its stake. */
struct stake_case {
	const char *platform;
	enum kind kind;
	enum status status;
	struct money value;
	guint64 triggers;           /* that happened, bits */
	const char *const *running; /* rule ids of its running clocks; NULL-ended or NULL */
	const char *const *missed;  /* of those that were missed or met late; NULL-ended or NULL */
	const char *consequence;    /* of the gravest clock that runs; NULL: none does */
	const char *fallback;       /* the playbook's fallback, in words; NULL: none */
};

enum stake_how {
	STAKE_NONE,     /* has nothing to do with this metric */
	STAKE_COUNTS,   /* counts already */
	STAKE_THREATENS /* will count if it is lost or missed */
};
enum stake_how stake_of(const struct metric *m, const struct stake_case *c);

/* Where the shop stands: `counted` of `total` in the metric's window (for an `at_least` metric `counted` are
 * the good ones). */
struct standing {
	gint64 share; /* hundredths of a percent; 0 of 0 is 0, for `at_least` 10000 */
	bool broken;  /* the limit is broken */
	gint64 room;  /* how many more bad ones (of the same total) it bears; 0: the next one breaks it, or it
			 is broken */
};
void metric_standing(const struct metric *m, gint64 counted, gint64 total, struct standing *s);

struct metric_count {
	gint64 counted, total;
	bool by_mail; /* the shop didn't tell its orders: `total` are those that mail was about */
};

/* "2 of 150 orders in 60 days: 1.33 %, limit < 1 %", in the user's language. Owned by the caller. */
char *metric_describe(const struct metric *m, const struct metric_count *count);

/* What is lost if this case is missed, one thought a line: value, consequence, fallback, metrics. A GPtrArray
 * of owned char*, in the user's language; never empty. */
GPtrArray *stake_lines(const struct metrics *m, const struct stake_case *c);
