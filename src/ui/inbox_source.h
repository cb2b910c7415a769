/* SPDX-License-Identifier: MIT */
/*
 * Where the list's rows come from: requests that keep to what a key may wait for. A query that needs longer
 * is searched for beside (store/finding.h), and from then on its rows come out of what was found.
 */
#pragma once
#include "store/finding.h"
#include "ui/view.h"

/* Rows that one request may ask for. */
#define INBOX_SOURCE_MOST 500

struct inbox_source {
	const struct desk *desk;
	char *query;             /* "" for the whole inbox */
	struct finding *finding; /* the search beside; NULL: none runs */
	gint64 began, rests;     /* it, and until when none is begun again; monotonic microseconds */
	bool found;              /* rows come out of what such a search has found */
	bool late;               /* the last request wasn't answered: it is searched for beside */
};

void inbox_source_init(struct inbox_source *s, const struct desk *desk, const char *query);
void inbox_source_finish(struct inbox_source *s);

/* A page of rows. NULL and *error on a fault; NULL without it while s->late. */
struct inbox_page *inbox_source_page(struct inbox_source *s, enum inbox_from from, struct inbox_key key,
				     int limit, GError **error);

/* The place of a case in the list. */
bool inbox_source_key(struct inbox_source *s, gint64 id, struct inbox_key *key, GError **error);

/* Another query, and its first page (NULL while s->late). On a fault the old query stays. */
bool inbox_source_query(struct inbox_source *s, const char *query, int limit, struct inbox_page **page,
			GError **error);

/* Searches beside anew for what changed since, if that is how the rows come and it isn't too soon. */
bool inbox_source_refresh(struct inbox_source *s, GError **error);

/* Takes in what a search beside has found, if it is over; *taken tells. */
bool inbox_source_take(struct inbox_source *s, bool *taken, GError **error);
