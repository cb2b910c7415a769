/* SPDX-License-Identifier: MIT */
#include "ui/inbox_source.h"

#include "domain/when.h"

#include "domain/banned.h"

/* A key waits so long for rows, in microseconds; what takes longer is searched for beside. */
#define PATIENCE_US 100000
/* A search beside is made anew, while others change the store, no sooner than so many times what it took. */
#define REST_TIMES 10

void inbox_source_init(struct inbox_source *s, const struct desk *desk, const char *query)
{
	*s = (struct inbox_source){.desk = desk, .query = g_strdup(query ? query : "")};
}

void inbox_source_finish(struct inbox_source *s)
{
	finding_destroy(s->finding);
	g_free(s->query);
}

static struct inbox_request request_of(const struct inbox_source *s, const char *query)
{
	gint64 now = s->desk->now();
	return (struct inbox_request){.query = query,
				      .now = now,
				      .day_end = when_day_end(now, s->desk->zone),
				      .me = s->desk->me,
				      .limit_us = PATIENCE_US};
}

static struct inbox_page *ask(struct inbox_source *s, const struct inbox_request *q, GError **error)
{
	g_autoptr(GError) fault = NULL;
	struct inbox_page *p = store_inbox(s->desk->store, q, &fault);
	s->late = g_error_matches(fault, STORE_ERROR, STORE_ERROR_LATE);
	if (fault && !s->late)
		g_propagate_error(error, g_steal_pointer(&fault));
	return p;
}

static bool search_beside(struct inbox_source *s, GError **error)
{
	struct inbox_request q = request_of(s, s->query);
	if (s->finding)
		return true;
	s->began = g_get_monotonic_time();
	s->finding = finding_start(s->desk->store, &q, error);
	return s->finding != NULL;
}

struct inbox_page *inbox_source_page(struct inbox_source *s, enum inbox_from from, struct inbox_key key,
				     int limit, GError **error)
{
	struct inbox_request q = request_of(s, s->query);
	q.from = from;
	q.key = key;
	q.limit = CLAMP(limit, 1, INBOX_SOURCE_MOST);
	q.found = s->found;
	if (s->found)
		q.limit_us = 0;
	struct inbox_page *p = ask(s, &q, error);
	if (s->late)
		search_beside(s, error);
	return p;
}

bool inbox_source_key(struct inbox_source *s, gint64 id, struct inbox_key *key, GError **error)
{
	struct inbox_request q = request_of(s, s->query);
	q.found = s->found;
	return store_inbox_key(s->desk->store, &q, id, key, error);
}

bool inbox_source_query(struct inbox_source *s, const char *query, int limit, struct inbox_page **page,
			GError **error)
{
	struct inbox_request q = request_of(s, query);
	q.limit = CLAMP(limit, 1, INBOX_SOURCE_MOST);
	*page = ask(s, &q, error);
	if (!*page && !s->late)
		return false;
	g_clear_pointer(&s->finding, finding_destroy);
	s->found = false;
	s->rests = 0;
	char *old = s->query;
	s->query = g_strdup(query);
	g_free(old);
	return !s->late || search_beside(s, error);
}

bool inbox_source_refresh(struct inbox_source *s, GError **error)
{
	return !s->found || g_get_monotonic_time() < s->rests || search_beside(s, error);
}

bool inbox_source_take(struct inbox_source *s, bool *taken, GError **error)
{
	*taken = false;
	if (!s->finding || !finding_over(s->finding))
		return true;
	g_autoptr(GArray) cases = finding_take(s->finding, error);
	g_clear_pointer(&s->finding, finding_destroy);
	gint64 now = g_get_monotonic_time();
	s->rests = now + (now - s->began) * REST_TIMES;
	if (!cases || !store_keep_found(s->desk->store, cases, error))
		return false;
	return *taken = s->found = true;
}
