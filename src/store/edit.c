/* SPDX-License-Identifier: MIT */
#include "store/edit.h"

#include "domain/intl.h"
#include "domain/lang.h"
#include "store/act_write.h"
#include "store/index.h"
#include "store/parties.h"
#include "store/sql.h"

#include <string.h>

#include "domain/banned.h"

static const struct word records[] = {
    [RECORD_BUYER] = {"buyer", N_("buyer"), "Y7"},
    [RECORD_ORDER] = {"order", N_("order"), NULL},
    [RECORD_PRODUCT] = {"product", N_("article"), "I25"},
};
const struct vocabulary RECORDS = {"record", records, N_RECORDS};

static const struct record_field fields[] = {
    {RECORD_BUYER, "name", N_("name"), EDIT_TEXT, false},
    {RECORD_BUYER, "lang", N_("language"), EDIT_LANG, false},
    {RECORD_BUYER, "vip", N_("VIP"), EDIT_YES_NO, false},
    {RECORD_BUYER, "segment", N_("segment"), EDIT_TEXT, false},
    {RECORD_BUYER, "contacts", N_("contacts"), EDIT_TEXT, false},
    {RECORD_BUYER, "notes", N_("notes"), EDIT_TEXT, false},
    {RECORD_BUYER, "merged_into", N_("merged with"), EDIT_TEXT, true},
    {RECORD_ORDER, "item", N_("item"), EDIT_TEXT, false},
    {RECORD_ORDER, "value", N_("value"), EDIT_MONEY, false},
    {RECORD_ORDER, "article", N_("article number (SKU)"), EDIT_ARTICLE, false},
    {RECORD_ORDER, "promised", N_("delivery promised"), EDIT_TIME, false},
    {RECORD_ORDER, "dispatched", N_("dispatched"), EDIT_PAST, false},
    {RECORD_ORDER, "delivered", N_("delivered"), EDIT_PAST, false},
    {RECORD_ORDER, "carrier", N_("carrier"), EDIT_TEXT, false},
    {RECORD_ORDER, "tracking", N_("tracking number"), EDIT_TEXT, false},
    {RECORD_PRODUCT, "name", N_("name"), EDIT_TEXT, false},
    {RECORD_PRODUCT, "strengths", N_("strengths"), EDIT_TEXT, false},
    {RECORD_PRODUCT, "faults", N_("known faults and cures"), EDIT_TEXT, false},
    {RECORD_PRODUCT, "notes", N_("notes"), EDIT_TEXT, false},
};
static const char *const tables[] = {"buyers", "orders", "products"};

const struct record_field *record_field_nth(guint n)
{
	return n < G_N_ELEMENTS(fields) ? &fields[n] : NULL;
}

const struct record_field *record_field_find(enum record record, const char *id)
{
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
		if (fields[i].record == record && g_str_equal(fields[i].id, id))
			return &fields[i];
	}
	return NULL;
}

char *edit_money(const struct money *m)
{
	return *m->currency ? g_strdup_printf("%" PRId64 " %s", m->minor, m->currency) : g_strdup("");
}

bool edit_money_read(const char *value, struct money *m)
{
	char *end;
	*m = (struct money){.minor = g_ascii_strtoll(value, &end, 10)};
	if (end == value || m->minor < 0 || *end != ' ' || strlen(end + 1) != 3)
		return false;
	g_strlcpy(m->currency, end + 1, sizeof m->currency);
	return true;
}

bool edit_is_time(enum edit_kind kind)
{
	return kind == EDIT_TIME || kind == EDIT_PAST;
}

static bool check(const struct record_field *f, const char *value, GError **error)
{
	enum lang lang;
	guint64 n;
	struct money m;
	if (strlen(value) > EDIT_MOST || !g_utf8_validate(value, -1, NULL))
		return act_refuse(error, _("the text is too long, or isn't valid UTF-8"));
	if (f->kind == EDIT_LANG && *value && !lang_find(value, &lang))
		return act_refuse(
		    error, _("\"%s\" is no language of the desk: en, nl, lt, it, zh-Hans or zh-Hant"), value);
	if (f->kind == EDIT_YES_NO && !g_str_equal(value, "1") && !g_str_equal(value, "0"))
		return act_refuse(error, _("this is yes or no"));
	if (edit_is_time(f->kind) && *value &&
	    !g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64, &n, NULL))
		return act_refuse(error, _("\"%s\" is no time"), value);
	if (f->kind == EDIT_MONEY && *value && !edit_money_read(value, &m))
		return act_refuse(error, _("\"%s\" is no amount; write it with its currency: 12.50 EUR"),
				  value);
	return true;
}

/* SQL for what stands in the field. Owned. */
static char *expression(const struct record_field *f)
{
	if (f->kind == EDIT_MONEY)
		return g_strdup("iif(currency = '', '', minor || ' ' || currency)");
	if (f->kind == EDIT_ARTICLE)
		return g_strdup("coalesce((SELECT sku FROM products p WHERE p.id = product), '')");
	return g_strdup_printf("coalesce(CAST(%s AS TEXT), '')", f->id);
}

/* What stands in the field, as text; "" for nothing. */
static bool read_field(struct store *s, const struct record_field *f, gint64 id, char **value, GError **error)
{
	g_autofree char *column = expression(f);
	g_autofree char *text = g_strdup_printf("SELECT %s FROM %s WHERE id = ?", column, tables[f->record]);
	g_autoptr(sql_row_auto) q = sql_query(s, error, text, "i", id);
	if (!q || !sql_step(s, q, error)) {
		if (q && sql_ended(s))
			g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("there is no %s %" PRId64),
				    vocab_title(&RECORDS, (int)f->record), id);
		return false;
	}
	*value = sql_copy(q, 0);
	return true;
}

static bool write_column(struct store *s, const struct record_field *f, gint64 id, const char *value,
			 GError **error)
{
	bool number = edit_is_time(f->kind) || f->kind == EDIT_YES_NO;
	bool reference = f->hidden;
	g_autofree char *text =
	    g_strdup_printf("UPDATE %s SET %s = ? WHERE id = ?", tables[f->record], f->id);
	gint64 n = g_ascii_strtoll(value, NULL, 10);
	if (reference)
		return sql_run(s, error, text, "ni", n, id);
	return number ? sql_run(s, error, text, "ii", n, id)
		      : sql_run(s, error, text, "ti", *value ? value : NULL, id);
}

/* Cases have what their order was worth when it became known, unless a mail named an amount of its own. */
static bool write_value(struct store *s, gint64 id, const char *value, GError **error)
{
	struct money m;
	if (!edit_money_read(value, &m))
		m = (struct money){0};
	return sql_run(s, error,
		       "UPDATE cases SET minor = ?2, currency = ?3 WHERE order_id = ?1 AND (currency = '' OR"
		       " (minor, currency) = (SELECT minor, currency FROM orders WHERE id = ?1))",
		       "iit", id, m.minor, m.currency) &&
	       sql_run(s, error, "UPDATE orders SET minor = ?2, currency = ?3 WHERE id = ?1", "iit", id,
		       m.minor, m.currency);
}

static bool write_article(struct store *s, gint64 id, const char *sku, GError **error)
{
	return (!*sku || sql_run(s, error,
				 "INSERT INTO products (sku, name) SELECT ?2, item FROM orders WHERE id = ?1"
				 " ON CONFLICT DO NOTHING",
				 "it", id, sku)) &&
	       sql_run(s, error,
		       "UPDATE orders SET product = (SELECT id FROM products WHERE sku = ?2) WHERE id = ?1",
		       "it", id, sku);
}

/* A buyer is found by name: the index follows. */
static bool set_field(struct store *s, const struct record_field *f, gint64 id, const char *value,
		      GError **error)
{
	if (f->kind == EDIT_MONEY)
		return write_value(s, id, value, error);
	if (f->kind == EDIT_ARTICLE)
		return write_article(s, id, value, error);
	if (f->record != RECORD_BUYER || !g_str_equal(f->id, "name"))
		return write_column(s, f, id, value, error);
	return parties_rename_buyer(s, id, *value ? value : NULL, error);
}

static bool edit(struct store *s, const char *me, const struct record_field *f, gint64 id, const char *value,
		 gint64 now, GError **error)
{
	g_autofree char *was = NULL;
	if (!read_field(s, f, id, &was, error))
		return false;
	if (g_str_equal(was, value))
		return true;
	return set_field(s, f, id, value, error) &&
	       sql_run(s, error,
		       "INSERT INTO edits (login, at, record, record_id, field, was, now) VALUES (?, ?, ?, "
		       "?, ?, ?, ?)",
		       "tiwittt", me, now, &RECORDS, (int)f->record, id, f->id, was, value);
}

bool store_edit(struct store *s, const char *me, enum record record, gint64 id, const char *field,
		const char *value, gint64 now, GError **error)
{
	const struct record_field *f = record_field_find(record, field);
	g_return_val_if_fail(f, false);
	const char *given = edit_is_time(f->kind) && !*value ? "0" : value;
	if (!check(f, given, error) || !index_prepare(s, error) || !sql_begin(s, error))
		return false;
	return sql_end(s, edit(s, me, f, id, given, now, error), error);
}

struct change {
	gint64 id, record;
	char *field, *was, *now;
};

static void change_clear(struct change *c)
{
	g_free(c->field);
	g_free(c->was);
	g_free(c->now);
}

/* Of a buyer's record and of those that lead to it. */
static bool last_change(struct store *s, const char *me, enum record record, gint64 id, struct change *c,
			GError **error)
{
	g_autoptr(sql_row_auto) q =
	    sql_query(s, error,
		      "SELECT id, record_id, field, was, now FROM edits WHERE record = ?1 AND record_id IN"
		      " (SELECT ?2 UNION SELECT id FROM buyers WHERE merged_into = ?2 AND ?1 = 'buyer')"
		      " AND login = ?3 AND undone = 0 ORDER BY id DESC LIMIT 1",
		      "wit", &RECORDS, (int)record, id, me);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	*c = (struct change){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), sql_copy(q, 2),
			     sql_copy(q, 3), sql_copy(q, 4)};
	return true;
}

/* Two records of a buyer are two again: which was the other. */
static bool tell_parted(struct store *s, gint64 buyer, char **text, GError **error)
{
	g_autoptr(sql_row_auto) q = sql_query(
	    s, error, "SELECT coalesce(name || ' (' || alias || ')', alias) FROM buyers WHERE id = ?", "i",
	    buyer);
	if (!q || !sql_step(s, q, error))
		return q && sql_ended(s);
	*text = g_strdup_printf(_("Taken back: merged with %s"), sql_text(q, 0));
	return true;
}

static bool undo(struct store *s, const char *me, enum record record, gint64 id, char **text, GError **error)
{
	struct change c = {0};
	g_autofree char *stands = NULL;
	bool ok = last_change(s, me, record, id, &c, error);
	const struct record_field *f = c.field ? record_field_find(record, c.field) : NULL;
	if (ok && !f)
		*text = g_strdup(_("There is nothing to take back"));
	if (ok && f)
		ok = read_field(s, f, c.record, &stands, error);
	/* Somebody's later change stays; this one is passed over, so that the next key reaches the one
	 * before. */
	bool ours = ok && f && g_strcmp0(stands, c.now) == 0;
	if (ok && f)
		ok = (!ours || set_field(s, f, c.record, c.was, error)) &&
		     sql_run(s, error, "UPDATE edits SET undone = 1 WHERE id = ?", "i", c.id);
	if (ok && f && !ours)
		*text = g_strdup_printf(_("%s was changed by somebody since"), _(f->title));
	else if (ok && f && f->hidden)
		ok = tell_parted(s, c.record, text, error);
	else if (ok && f)
		*text = g_strdup_printf(_("Taken back: %s"), _(f->title));
	change_clear(&c);
	return ok;
}

bool store_edit_undo(struct store *s, const char *me, enum record record, gint64 id, char **text,
		     GError **error)
{
	*text = NULL;
	return index_prepare(s, error) && sql_begin(s, error) &&
	       sql_end(s, undo(s, me, record, id, text, error), error);
}
