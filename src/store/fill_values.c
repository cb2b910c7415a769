/* SPDX-License-Identifier: MIT */
#include "store/fill_values.h"

#include "domain/days.h"
#include "domain/promise_due.h"
#include "domain/text.h"
#include "domain/when.h"
#include "store/phrase_files.h"
#include "store/shop_file.h"
#include "store/sql.h"

#include <string.h>

#include "domain/banned.h"

struct fill_values {
	struct template_values values;
	const struct calendar *calendar; /* the shop's; NULL: every day is open */
};

static gint64 later(void *data, gint64 now, char unit, int amount)
{
	const struct fill_values *v = data;
	struct span span = {.unit = unit == 'b' ? SPAN_BUSINESS_DAYS : SPAN_DAYS, .amount = amount};
	if (unit == 'h' || !v->calendar)
		return now + amount * (unit == 'h' ? HOUR_MS : DAY_MS);
	return calendar_due(v->calendar, now, &span, NULL);
}

void fill_values_destroy(struct fill_values *v)
{
	if (!v)
		return;
	g_hash_table_unref(v->values.texts);
	g_clear_pointer(&v->values.zone, g_time_zone_unref);
	g_free(v);
}

void fill_values_set(struct fill_values *v, const char *name, const char *text)
{
	if (text && *text)
		g_hash_table_insert(v->values.texts, g_strdup(name), g_strdup(text));
	else
		g_hash_table_remove(v->values.texts, name);
}

/* From outside: one line, nothing that deceives the eye. */
static void set_safe(struct fill_values *v, const char *name, const char *text)
{
	g_autofree char *safe = text ? text_safe(text, -1, TEXT_ONE_LINE) : NULL;
	fill_values_set(v, name, safe ? g_strstrip(safe) : NULL);
}

/* A handle is a name to write to ("Dear tea_friend"), an address isn't. */
static void set_buyer(struct fill_values *v, const struct buyer *b)
{
	const char *name = !b ? NULL : b->name && *b->name ? b->name : b->handle;
	set_safe(v, "buyer.name", name && !strchr(name, '@') ? name : NULL);
}

static void set_case(struct fill_values *v, const struct case_file *f, enum lang lang)
{
	const struct case_record *r = &f->record;
	const struct order *o = f->order;
	const struct money *value = r->value.currency[0] || !o ? &r->value : &o->value;
	g_autofree char *money = lang_money(lang, value);
	set_safe(v, "case.number", r->case_no);
	set_safe(v, "platform", g_strcmp0(r->platform, "mail") == 0 ? NULL : r->platform_name);
	set_safe(v, "order.number", o ? o->number : NULL);
	set_safe(v, "item", o ? o->item : NULL);
	set_safe(v, "value", money);
}

static void set_day(struct fill_values *v, const char *name, enum lang lang, gint64 at)
{
	g_autofree char *day = at ? lang_date(lang, at, v->values.now, v->values.zone) : NULL;
	fill_values_set(v, name, day);
}

/* What was done, so that a reply doesn't promise it again. */
static void set_done(struct fill_values *v, const struct case_facts *f, enum lang lang)
{
	g_autofree char *refund = *f->refund.currency ? lang_money(lang, &f->refund) : NULL;
	fill_values_set(v, "refund", refund);
	set_day(v, "refunded", lang, f->refunded);
	set_day(v, "replaced", lang, f->replaced);
	set_day(v, "decided", lang, f->decided);
}

/* NULL for a row that isn't there or an empty text. */
static bool read_name(struct store *s, const char *sql, const char *key, char **name, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(s, error, sql, "t", key);
	*name = NULL;
	if (!q)
		return false;
	if (!sql_step(s, q, error))
		return sql_ended(s);
	*name = sql_copy(q, 0);
	return true;
}

/* A person's name where the desk knows one, else the one of the account; a login alone signs no letter. */
static void set_agent(struct fill_values *v, const char *me, const char *name)
{
	const char *real = g_strcmp0(me, g_get_user_name()) == 0 ? g_get_real_name() : "";
	const char *best = name && *name && g_strcmp0(name, me) != 0 ? name : real;
	set_safe(v, "agent.name", g_strcmp0(best, me) == 0 || g_strcmp0(best, "Unknown") == 0 ? NULL : best);
}

static bool set_names(struct fill_values *v, struct store *s, const char *me, GError **error)
{
	/* A faulty file is told by `amends check`. */
	const struct shop *file = store_shop(s, NULL);
	g_autofree char *shop = NULL, *agent = NULL;
	if (!read_name(s, "SELECT name FROM shops WHERE id = 1 AND name <> ?", "", &shop, error) ||
	    !read_name(s, "SELECT name FROM persons WHERE login = ?", me, &agent, error))
		return false;
	set_safe(v, "shop.name", file && *file->name ? file->name : shop);
	set_agent(v, me, agent);
	return true;
}

struct fill_values *fill_values_create(struct store *s, const struct case_file *f, const char *me,
				       enum lang lang, gint64 now, GError **error)
{
	const struct ruleset *rules = store_rules(s, error);
	if (!rules)
		return NULL;
	g_autoptr(fill_values_auto) v = g_new0(struct fill_values, 1);
	v->calendar = ruleset_calendar(rules, "shop");
	v->values = (struct template_values){
	    .texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
	    .now = now,
	    .zone = v->calendar ? g_time_zone_ref(calendar_zone(v->calendar)) : g_time_zone_new_local(),
	    .later = later,
	    .data = v,
	};
	set_buyer(v, f->buyer);
	set_case(v, f, lang);
	set_done(v, &f->facts, lang);
	return set_names(v, s, me, error) ? g_steal_pointer(&v) : NULL;
}

const struct template_values *fill_values_get(const struct fill_values *v)
{
	return &v->values;
}

static gint64 span_due(const struct fill_values *v, const char *text)
{
	struct span span;
	if (!span_parse(text, &span, NULL))
		return 0;
	if (span.unit == SPAN_HOURS)
		return v->values.now + span.amount;
	gint64 due = v->calendar ? calendar_due(v->calendar, v->values.now, &span, NULL) : G_MAXINT64;
	return due == G_MAXINT64 ? 0 : due;
}

gint64 fill_values_promise(const struct fill_values *v, const char *span, const char *text, char **words,
			   GError **error)
{
	*words = NULL;
	if (!span)
		return 0;
	g_autoptr(phrases_auto) phrases = phrases_load(PHRASES_PROMISES, error);
	if (!phrases)
		return 0;
	gint64 due = v->calendar ? promises_first(phrases, text, v->calendar, v->values.now, words) : 0;
	if (!due) {
		due = span_due(v, span);
		*words = due ? when_stamp(due, v->values.zone) : NULL;
	}
	return due;
}
