/* SPDX-License-Identifier: MIT */
/*
 * How far a case has come: what the playbook (domain/playbook.h) and the stake (domain/stake.h) are worked
 * out from, read from the case's events each time and never stored. Like store.h: one whole request, plain
 * records.
 */
#pragma once
#include "domain/playbook.h"
#include "domain/solution.h"
#include "domain/stake.h"
#include "store/store.h"

struct progress {
	gint64 id;
	char *platform, *lang; /* lang: of the buyer's latest message; may be NULL */
	enum kind kind;
	enum status status;
	struct money value;
	GArray *events;                  /* of struct playbook_event that weren't taken back, oldest first */
	GStringChunk *texts;             /* holds their texts */
	guint64 triggers;                /* that happened, bits */
	GPtrArray *running, *missed;     /* of owned char *, NULL-ended: ids of clock rules */
	char *consequence;               /* of the gravest clock that runs; NULL: none does */
	gint64 clock_started, clock_due; /* the running platform clock that bites next; 0, 0: none */
	bool clock_wants_answer;         /* our message meets it */
	GPtrArray *promises;     /* of owned char *: what was promised and isn't kept yet, as it was put */
	GPtrArray *offers;       /* of owned struct offer, newest first */
	const struct shop *shop; /* NULL: shop.ini can't be read */
	const struct calendar *calendar; /* the shop's; of the store's rules, NULL if there is none */
};
void progress_destroy(struct progress *p); /* accepts NULL */
typedef struct progress progress_auto;     /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(progress_auto, progress_destroy)

/* NULL and *error on a fault; STORE_ERROR_NOT_FOUND if there is no such case. Owned by the caller. */
struct progress *store_progress(struct store *s, gint64 case_id, GError **error);

/* The same as domain/ takes it; they point into `p`. `fallback`: in words, may be NULL. */
void progress_playbook_case(const struct progress *p, gint64 now, struct playbook_case *c);
void progress_stake_case(const struct progress *p, const char *fallback, struct stake_case *c);

/* What was offered and what comes next, with what each costs (solution.h); `ladder`: words of OFFERS, may be
 * NULL. Owned by the caller. */
GPtrArray *progress_solutions(const struct progress *p, char *const *ladder);

/* Where the shop stands in the metric's window (stake.h: metric_describe()): of the orders that shop.ini
 * tells, else of those that mail was about. Bounded by the days of the window, not by the store's size. What
 * buyers and we write to each other is too much to count toward a metric: such triggers don't. */
bool store_standing(struct store *s, const struct metric *m, gint64 now, struct metric_count *count,
		    GError **error);
