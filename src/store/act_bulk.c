/* SPDX-License-Identifier: MIT */
#include "store/act.h"

#include "domain/intl.h"
#include "store/filter.h"

#include "domain/banned.h"

#define COUNT_US 10000 /* a count on a tab may take so long, in microseconds */

static sqlite3_stmt *ask(struct store *s, const struct filter *f, const char *columns, gint64 limit,
			 GError **error)
{
	g_autofree char *source = filter_from(f);
	g_autofree char *text = g_strdup_printf("SELECT %s %s LIMIT ?", columns, source);
	g_autoptr(GArray) values = g_array_copy(f->values);
	struct sql_value most = {NULL, limit};
	g_array_append_val(values, most);
	return sql_query_values(s, text, values, error);
}

GArray *store_find(struct store *s, const struct inbox_request *r, GError **error)
{
	struct filter f;
	g_autoptr(GArray) cases = g_array_new(false, false, sizeof(gint64));
	bool ok = filter_make(s, r, &f, error);
	sqlite3_stmt *q = ok && !f.nothing ? ask(s, &f, "c.id", -1, error) : NULL;
	while (q && sql_step(s, q, error)) {
		gint64 id = sqlite3_column_int64(q, 0);
		g_array_append_val(cases, id);
	}
	ok = ok && (f.nothing || (q && sql_ended(s)));
	filter_clear(&f);
	return ok ? g_steal_pointer(&cases) : NULL;
}

static void add_up(struct acted *r, const struct acted *batch)
{
	r->act = batch->act ? batch->act : r->act;
	r->case_id = r->case_id ? r->case_id : batch->case_id;
	r->changed += batch->changed;
	r->skipped += batch->skipped;
}

bool store_act_bulk(struct store *s, const char *me, const struct act *a, const GArray *cases,
		    const struct inbox_request *q, gint64 now, act_progress *progress, void *data,
		    struct acted *r, GError **error)
{
	g_autoptr(GArray) found = cases ? NULL : store_find(s, q, error);
	const GArray *all = cases ? cases : found;
	*r = (struct acted){0};
	for (guint done = 0; all && done < all->len;) {
		struct act part = *a;
		struct acted batch;
		part.cases = &g_array_index(all, gint64, done);
		part.count = MIN(ACT_MOST, all->len - done);
		part.group = r->act;
		if (!store_act(s, me, &part, now, &batch, error))
			return false;
		add_up(r, &batch);
		done += part.count;
		if (progress && !progress(data, done, all->len))
			break;
	}
	return all != NULL;
}

bool store_count(struct store *s, const struct inbox_request *r, guint most, guint *count, bool *more,
		 GError **error)
{
	struct filter f;
	g_autoptr(GError) fault = NULL;
	*count = 0;
	sql_limit(s, COUNT_US);
	bool ok = filter_make(s, r, &f, &fault);
	sqlite3_stmt *q = ok && !f.nothing ? ask(s, &f, "1", (gint64)most + 1, &fault) : NULL;
	while (q && sql_step(s, q, &fault))
		++*count;
	sql_limit(s, 0);
	*more = *count > most || g_error_matches(fault, STORE_ERROR, STORE_ERROR_LATE);
	*count = MIN(*count, most);
	filter_clear(&f);
	if (!*more && fault)
		g_propagate_error(error, g_steal_pointer(&fault));
	return *more || (ok && (f.nothing || q));
}
