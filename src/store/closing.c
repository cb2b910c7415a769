/* SPDX-License-Identifier: MIT */
#include "store/closing.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "store/sql.h"

#include "domain/banned.h"

#define EVENTS_READ 1000

static const struct {
	enum act_type act;
	enum status status;
} closings[] = {{ACT_SOLVE, STATUS_SOLVED}, {ACT_LOSE, STATUS_LOST}, {ACT_WITHDRAW, STATUS_WITHDRAWN}};

bool act_closes(enum act_type type)
{
	for (gsize i = 0; i < G_N_ELEMENTS(closings); i++) {
		if (closings[i].act == type)
			return true;
	}
	return false;
}

enum act_type act_closing(const char *status)
{
	for (gsize i = 0; status && i < G_N_ELEMENTS(closings); i++) {
		if (g_str_equal(status, vocab_id(&STATUSES, (int)closings[i].status)))
			return closings[i].act;
	}
	return ACT_STATUS;
}

static struct case_file *read_case(struct store *s, gint64 id)
{
	struct case_request q = {.id = id, .limit = EVENTS_READ, .text_limit = 1, .brief = true};
	return id ? store_case(s, &q, NULL) : NULL;
}

static bool is_kept(const GPtrArray *events, gint64 promise)
{
	for (guint i = 0; i < events->len; i++) {
		const struct event *e = events->pdata[i];
		if (e->type == EVENT_PROMISE_KEPT && !e->undone && e->about == promise)
			return true;
	}
	return false;
}

char *closing_promises(struct store *s, gint64 case_id, GTimeZone *zone)
{
	g_autoptr(case_file_auto) f = read_case(s, case_id);
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; f && i < f->events->len; i++) {
		const struct event *e = f->events->pdata[i];
		if (e->type != EVENT_PROMISE || e->undone || is_kept(f->events, e->id))
			continue;
		g_autofree char *due = when_stamp(e->due, zone);
		g_string_append_printf(out, out->len ? "; " : " ");
		g_string_append_printf(out, _("%s by %s"), e->text && *e->text ? e->text : _("promise"), due);
	}
	return out->len ? g_strdup_printf(_("Still promised:%s"), out->str) : NULL;
}

guint closing_promised(struct store *s, const GArray *cases)
{
	guint count = 0;
	for (guint i = 0; i < cases->len; i++) {
		gint64 runs = 0;
		if (sql_number(s, &runs, NULL, NULL,
			       "SELECT EXISTS (SELECT 1 FROM clocks WHERE case_id = ? AND state = 'running'"
			       " AND rule IN ('promised', 'shop.promise'))",
			       "i", g_array_index(cases, gint64, i)))
			count += runs != 0;
	}
	return count;
}

char *closing_clock(struct store *s, gint64 case_id, GTimeZone *zone)
{
	g_autoptr(case_file_auto) f = read_case(s, case_id);
	for (guint i = 0; f && i < f->clocks->len; i++) {
		const struct clock *c = f->clocks->pdata[i];
		if (c->family != CLOCK_PLATFORM || c->state != CLOCK_RUNNING)
			continue;
		g_autofree char *due = when_stamp(c->due, zone);
		return g_strdup_printf(_("the platform's clock runs on: %s, due %s"),
				       c->title  ? c->title
				       : c->rule ? c->rule
						 : "",
				       due);
	}
	return NULL;
}
