/* SPDX-License-Identifier: MIT */
#include "domain/stake.h"

#include "domain/calendar.h"
#include "domain/ini.h"
#include "domain/intl.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

#define WHOLE 10000 /* hundredths of a percent */

static const struct word bases[N_METRIC_BASES] = {
    [METRIC_ORDERS] = {"orders", N_("orders"), NULL},
    [METRIC_MESSAGES] = {"messages", N_("messages"), NULL},
    [METRIC_CASES] = {"cases", N_("cases"), NULL},
};
const struct vocabulary METRIC_BASES = {"base", bases, N_METRIC_BASES};

struct metrics {
	GPtrArray *list; /* of struct metric */
};

static void metric_destroy(gpointer data)
{
	struct metric *m = data;
	g_free(m->id);
	g_free(m->platform);
	g_free(m->title);
	g_free(m->means);
	g_strfreev(m->clocks);
	g_free(m->source);
	g_free(m->checked);
	g_free(m->sure);
	g_free(m);
}

void metrics_destroy(struct metrics *m)
{
	if (!m)
		return;
	g_ptr_array_unref(m->list);
	g_free(m);
}

static bool read_bits(const struct ini *i, const char *group, const char *key, const struct vocabulary *v,
		      guint64 *bits, GError **error)
{
	g_auto(GStrv) list = ini_list(i, group, key);
	*bits = 0;
	for (int n = 0, word; list[n]; n++) {
		if (!vocab_find(v, list[n], &word))
			return ini_fail(i, group, key, error, _("\"%s\" isn't a known %s"), list[n], v->name);
		*bits |= (guint64)1 << word;
	}
	return true;
}

/* "0.3" -> 30: hundredths of a percent, without a floating point. -1 if it is no such number up to 100. */
static int read_percent(const char *text, const char **end)
{
	const char *p = text;
	int whole = 0, part = 0, scale = 10;
	for (; g_ascii_isdigit(*p) && whole <= 100; p++)
		whole = whole * 10 + *p - '0';
	bool digits = p > text;
	if (*p == '.') {
		for (p++; g_ascii_isdigit(*p) && scale > 0; p++, scale /= 10)
			part += (*p - '0') * scale;
	}
	*end = p;
	int percent = whole * 100 + part;
	return digits && percent <= WHOLE ? percent : -1;
}

/* "< 1 %", "<= 0.3 %", ">= 95 %". */
static bool read_limit(const struct ini *i, const char *group, struct metric *m, GError **error)
{
	g_autofree char *value = ini_value(i, group, "limit");
	const char *p = value ? value : "", *end;
	m->at_least = *p == '>';
	bool ok = *p == '<' || *p == '>';
	p += ok;
	m->inclusive = *p == '=';
	p += m->inclusive;
	while (*p == ' ')
		p++;
	m->limit = read_percent(p, &end);
	while (*end == ' ')
		end++;
	return (ok && m->limit >= 0 && g_str_equal(end, "%")) ||
	       ini_fail(i, group, value ? "limit" : NULL, error,
			_("limit is a share, as in: limit = < 1 %%, or: limit = >= 95 %%"));
}

static bool read_window(const struct ini *i, const char *group, struct metric *m, GError **error)
{
	g_autofree char *value = ini_value(i, group, "window");
	struct span span;
	if (!value || !span_parse(value, &span, NULL) || span.unit != SPAN_DAYS)
		return ini_fail(i, group, value ? "window" : NULL, error,
				_("window is the days that are looked back, as in: window = 60 days"));
	m->window_days = (int)span.amount;
	return true;
}

static bool read_base(const struct ini *i, const char *group, struct metric *m, GError **error)
{
	g_autofree char *value = ini_value(i, group, "of");
	int word;
	if (!value || !vocab_find(&METRIC_BASES, value, &word))
		return ini_fail(i, group, value ? "of" : NULL, error,
				_("of says what the share is taken of: orders, messages or cases"));
	m->base = (enum metric_base)word;
	return true;
}

static bool read_words(const struct ini *i, const char *group, struct metric *m, GError **error)
{
	guint64 kinds, statuses;
	if (!read_bits(i, group, "counts", &TRIGGERS, &m->counts, error) ||
	    !read_bits(i, group, "threatens", &TRIGGERS, &m->threatens, error) ||
	    !read_bits(i, group, "kinds", &KINDS, &kinds, error) ||
	    !read_bits(i, group, "statuses", &STATUSES, &statuses, error))
		return false;
	m->kinds = (guint32)kinds;
	m->statuses = (guint32)statuses;
	m->clocks = ini_list(i, group, "clocks");
	if (m->counts || m->statuses || *m->clocks)
		return true;
	return ini_fail(i, group, NULL, error,
			_("nothing counts toward it: name counts, statuses or clocks"));
}

static bool read_metric(const struct ini *i, const char *group, struct metric *m, GError **error)
{
	static const char *const known[] = {"title",  "platform", "means",     "of",    "limit",    "free",
					    "window", "counts",   "threatens", "kinds", "statuses", "clocks",
					    "source", "checked",  "sure",      NULL};
	g_autofree char *freely = ini_value(i, group, "free");
	m->id = g_strdup(group);
	m->line = ini_line(i, group, NULL);
	m->title = ini_localised(i, group, "title");
	m->means = ini_localised(i, group, "means");
	m->platform = ini_value(i, group, "platform");
	m->source = ini_value(i, group, "source");
	m->checked = ini_value(i, group, "checked");
	m->sure = ini_value(i, group, "sure");
	m->free = freely ? (int)CLAMP(g_ascii_strtoll(freely, NULL, 10), 0, 1000) : 0;
	if (!ini_only(i, group, known, error))
		return false;
	if (!m->title || !m->means || !m->platform || !m->source || !m->checked || !m->sure)
		return ini_fail(i, group, NULL, error,
				_("title, means, platform, source, checked and sure must be there"));
	return read_base(i, group, m, error) && read_limit(i, group, m, error) &&
	       read_window(i, group, m, error) && read_words(i, group, m, error);
}

struct metrics *metrics_parse(const char *file, const char *text, gsize length, GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	if (!i)
		return NULL;
	g_autoptr(metrics_auto) list = g_new0(struct metrics, 1);
	list->list = g_ptr_array_new_with_free_func(metric_destroy);
	g_auto(GStrv) groups = ini_groups(i);
	for (int n = 0; groups[n]; n++) {
		struct metric *m = g_new0(struct metric, 1);
		g_ptr_array_add(list->list, m);
		if (!read_metric(i, groups[n], m, error))
			return NULL;
	}
	return g_steal_pointer(&list);
}

guint metrics_count(const struct metrics *m)
{
	return m->list->len;
}

const struct metric *metrics_nth(const struct metrics *m, guint n)
{
	return n < m->list->len ? m->list->pdata[n] : NULL;
}

const struct metric *metrics_find(const struct metrics *m, const char *id)
{
	for (guint n = 0; n < m->list->len; n++) {
		const struct metric *metric = m->list->pdata[n];
		if (g_str_equal(metric->id, id))
			return metric;
	}
	return NULL;
}

static bool shares(char *const *ours, const char *const *theirs)
{
	for (int n = 0; theirs && theirs[n]; n++) {
		if (g_strv_contains((const char *const *)ours, theirs[n]))
			return true;
	}
	return false;
}

enum stake_how stake_of(const struct metric *m, const struct stake_case *c)
{
	const guint64 won = (guint64)1 << TRIGGER_CLAIM_DENIED;
	if (g_strcmp0(m->platform, c->platform) != 0 || (m->kinds && !(m->kinds & (guint32)1 << c->kind)))
		return STAKE_NONE;
	if ((m->counts & c->triggers) || (m->statuses & (guint32)1 << c->status) ||
	    shares(m->clocks, c->missed))
		return STAKE_COUNTS;
	bool open = status_is_open(c->status) && !(c->triggers & won);
	bool likely = (m->threatens & c->triggers) || shares(m->clocks, c->running);
	return open && likely ? STAKE_THREATENS : STAKE_NONE;
}

static gint64 share_of(const struct metric *m, gint64 counted, gint64 total)
{
	if (total <= 0)
		return m->at_least ? WHOLE : 0;
	return counted * WHOLE / total;
}

/* Compared without rounding: `counted` of `total` against the limit. */
static bool breaks(const struct metric *m, gint64 counted, gint64 total)
{
	gint64 left = counted * WHOLE, right = total * m->limit;
	if (total <= 0 || (!m->at_least && counted <= m->free && m->free))
		return false;
	if (m->inclusive)
		return m->at_least ? left < right : left > right;
	return m->at_least ? left <= right : left >= right;
}

/* The greatest number of further bad ones that doesn't break it: found by halving, for the limits are
 * monotonous. */
static gint64 room_of(const struct metric *m, gint64 counted, gint64 total)
{
	gint64 step = m->at_least ? -1 : 1, good = 0, bad = m->at_least ? counted : total - counted;
	if (breaks(m, counted, total))
		return 0;
	if (bad <= 0 || !breaks(m, counted + step * bad, total))
		return MAX(bad, 0);
	while (bad - good > 1) {
		gint64 middle = good + (bad - good) / 2;
		if (breaks(m, counted + step * middle, total))
			bad = middle;
		else
			good = middle;
	}
	return good;
}

void metric_standing(const struct metric *m, gint64 counted, gint64 total, struct standing *s)
{
	s->share = share_of(m, counted, total);
	s->broken = breaks(m, counted, total);
	s->room = room_of(m, counted, total);
}

static char *percent_text(gint64 share)
{
	return share % 100 ? g_strdup_printf("%" PRId64 ".%02" PRId64 " %%", share / 100, share % 100)
			   : g_strdup_printf("%" PRId64 " %%", share / 100);
}

static char *limit_text(const struct metric *m)
{
	g_autofree char *percent = percent_text(m->limit);
	return g_strdup_printf("%s%s %s", m->at_least ? ">" : "<", m->inclusive ? "=" : "", percent);
}

char *metric_describe(const struct metric *m, const struct metric_count *count)
{
	struct standing s;
	metric_standing(m, count->counted, count->total, &s);
	g_autofree char *share = percent_text(s.share), *limit = limit_text(m);
	g_autofree char *text = g_strdup_printf(
	    _("%" PRId64 " of %" PRId64 " %s in %d days: %s, limit %s"), count->counted, count->total,
	    vocab_title(&METRIC_BASES, (int)m->base), m->window_days, share, limit);
	if (count->by_mail)
		return g_strdup_printf(_("%s; counts only orders with mail (see [orders] in shop.ini)"),
				       text);
	if (s.broken)
		return g_strdup_printf(_("%s; broken"), text);
	return s.room ? g_steal_pointer(&text) : g_strdup_printf(_("%s; the next one breaks it"), text);
}

GPtrArray *stake_lines(const struct metrics *m, const struct stake_case *c)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	if (*c->value.currency) {
		g_autofree char *value = money_format(&c->value);
		g_ptr_array_add(lines, g_strdup_printf(_("At stake: %s"), value));
	} else
		g_ptr_array_add(lines, g_strdup(_("At stake: the order's value, which isn't known")));
	if (c->consequence)
		g_ptr_array_add(lines, g_strdup_printf(_("If missed: %s"), c->consequence));
	if (c->fallback)
		g_ptr_array_add(lines, g_strdup_printf(_("Always accepted: %s"), c->fallback));
	for (guint n = 0; n < m->list->len; n++) {
		const struct metric *metric = m->list->pdata[n];
		enum stake_how how = stake_of(metric, c);
		g_autofree char *limit = limit_text(metric);
		if (how == STAKE_COUNTS)
			g_ptr_array_add(lines, g_strdup_printf(_("Counts toward: %s (limit %s). %s"),
							       metric->title, limit, metric->means));
		else if (how == STAKE_THREATENS)
			g_ptr_array_add(lines, g_strdup_printf(_("Would count toward: %s (limit %s). %s"),
							       metric->title, limit, metric->means));
	}
	return lines;
}
