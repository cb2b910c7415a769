/* SPDX-License-Identifier: MIT */
#include "domain/promise.h"

#include "domain/guard_shadow.h"
#include "domain/ini.h"
#include "domain/intl.h"
#include "domain/lang.h"
#include "domain/promise_time.h"
#include "domain/regex.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

/* Bytes that may stand between a day and its time of day: " om ", "（星期日）", ", no later than ". */
#define TIME_GAP 24

static const struct word wish_words[N_WISHES] = {
    [WISH_REFUND] = {"refund", N_("refund"), "Z5"},
    [WISH_PARTIAL_REFUND] = {"partial-refund", N_("partial refund"), "N5"},
    [WISH_REPLACEMENT] = {"replacement", N_("replacement"), "I10"},
    [WISH_EXCHANGE] = {"exchange", N_("exchange"), "I7"},
    [WISH_PART] = {"part", N_("missing part"), "I12"},
    [WISH_KEEP] = {"keep", N_("keep the item"), "N5"},
    [WISH_RETURN] = {"return", N_("send it back"), "I8"},
    [WISH_REPAIR] = {"repair", N_("repair"), "I15"},
};
const struct vocabulary WISHES = {"wish", wish_words, N_WISHES};

static const struct word promise_words[N_PROMISE_KINDS] = {
    [PROMISE_HOURS] = {"hours", N_("hours"), "I2"},
    [PROMISE_DAYS] = {"days", N_("days"), "I2"},
    [PROMISE_BUSINESS_DAYS] = {"business-days", N_("business days"), "I2"},
    [PROMISE_WEEKDAY] = {"weekday", N_("weekday"), "I2"},
    [PROMISE_DATE] = {"date", N_("date"), "I2"},
    [PROMISE_TIME] = {"time", N_("time of day"), "I2"},
};
static const struct vocabulary promise_kinds = {"promise", promise_words, N_PROMISE_KINDS};

struct example {
	char *text, *meaning;
	int line;
};

struct phrases {
	enum phrases_of of;
	const struct vocabulary *kinds;
	char *file;
	GPtrArray *patterns[8]; /* of struct regex, by kind */
	GPtrArray *unless[8];
	GPtrArray *examples;
};

static void example_destroy(gpointer data)
{
	struct example *e = data;
	g_free(e->text);
	g_free(e->meaning);
	g_free(e);
}

void phrases_destroy(struct phrases *p)
{
	if (!p)
		return;
	for (gsize n = 0; n < G_N_ELEMENTS(p->patterns); n++) {
		g_clear_pointer(&p->patterns[n], g_ptr_array_unref);
		g_clear_pointer(&p->unless[n], g_ptr_array_unref);
	}
	g_clear_pointer(&p->examples, g_ptr_array_unref);
	g_free(p->file);
	g_free(p);
}

static bool read_example(struct phrases *p, const struct ini *i, const char *group, const char *key,
			 const char *value, GError **error)
{
	const char *arrow = g_strrstr(value, " -> ");
	if (!arrow)
		return ini_fail(i, group, key, error,
				_("an example is written TEXT -> MEANING, or TEXT -> none"));
	struct example *e = g_new0(struct example, 1);
	*e = (struct example){g_strndup(value, (gsize)(arrow - value)), g_strdup(arrow + 4),
			      ini_line(i, group, key)};
	g_ptr_array_add(p->examples, e);
	return true;
}

static bool read_key(struct phrases *p, const struct ini *i, const char *group, int kind, const char *key,
		     GError **error)
{
	g_autofree char *value = ini_value(i, group, key);
	if (g_str_has_prefix(key, "example."))
		return read_example(p, i, group, key, value, error);
	g_autoptr(GError) fault = NULL;
	g_autofree char *plain = shadow_pattern(value);
	struct regex *regex = regex_create(plain, false, &fault);
	if (!regex)
		return ini_fail(i, group, key, error, "%s", fault->message);
	g_ptr_array_add(g_str_has_prefix(key, "unless") ? p->unless[kind] : p->patterns[kind], regex);
	return true;
}

static bool check_keys(const struct ini *i, const char *group, GError **error)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
	const char *ids[N_LANGS + 1];
	for (int l = 0; l < N_LANGS; l++)
		ids[l] = LANGS.words[l].id;
	ids[N_LANGS] = "zh";
	for (int l = 0; l <= N_LANGS; l++) {
		g_ptr_array_add(known, g_strdup_printf("pattern.%s", ids[l]));
		g_ptr_array_add(known, g_strdup_printf("pattern.%s#", ids[l]));
		g_ptr_array_add(known, g_strdup_printf("unless.%s", ids[l]));
		g_ptr_array_add(known, g_strdup_printf("example.%s.#", ids[l]));
	}
	g_ptr_array_add(known, NULL);
	return ini_only(i, group, (const char *const *)known->pdata, error);
}

struct phrases *phrases_read(enum phrases_of of, const char *file, const char *text, gsize length,
			     GError **error)
{
	g_autoptr(phrases_auto) p = g_new0(struct phrases, 1);
	p->of = of;
	p->kinds = of == PHRASES_WISHES ? &WISHES : &promise_kinds;
	p->file = g_strdup(file);
	p->examples = g_ptr_array_new_with_free_func(example_destroy);
	for (int n = 0; n < p->kinds->count; n++) {
		p->patterns[n] = g_ptr_array_new_with_free_func((GDestroyNotify)regex_destroy);
		p->unless[n] = g_ptr_array_new_with_free_func((GDestroyNotify)regex_destroy);
	}
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	g_auto(GStrv) groups = i ? ini_groups(i) : NULL;
	for (int n = 0; groups && groups[n]; n++) {
		int kind;
		if (!vocab_find(p->kinds, groups[n], &kind)) {
			ini_fail(i, groups[n], NULL, error, _("there is no such %s"), p->kinds->name);
			return NULL;
		}
		if (!check_keys(i, groups[n], error))
			return NULL;
		g_auto(GStrv) keys = ini_keys(i, groups[n]);
		for (int k = 0; keys[k]; k++) {
			if (!read_key(p, i, groups[n], kind, keys[k], error))
				return NULL;
		}
	}
	return i ? g_steal_pointer(&p) : NULL;
}

static bool ends_sentence(const char *p)
{
	return *p == '\n' || strncmp(p, "。", 3) == 0 ||
	       ((*p == '.' || *p == '!' || *p == '?') && (guchar)p[1] <= ' ');
}

/* Whether an `unless` of this kind stands in the same sentence. */
static bool is_denied(const struct phrases *p, int kind, const struct shadow *s, const struct regex_hit *hit)
{
	struct regex_hit other;
	gsize start = hit->at, end = hit->end;
	while (start > 0 && !ends_sentence(s->text->str + start - 1) &&
	       !(start >= 3 && strncmp(s->text->str + start - 3, "。", 3) == 0))
		start--;
	while (end < s->text->len && !ends_sentence(s->text->str + end))
		end++;
	for (guint n = 0; n < p->unless[kind]->len; n++) {
		if (regex_find(p->unless[kind]->pdata[n], s->text->str + start, end - start, 0, &other))
			return true;
	}
	return false;
}

typedef void found_fn(int kind, const struct shadow *s, const struct regex_hit *hit, gsize at, gsize end,
		      GArray *out);

static GArray *find(const struct phrases *p, const char *text, guint size, found_fn *found)
{
	g_autoptr(shadow_auto) s = shadow_create(text);
	GArray *out = g_array_new(FALSE, TRUE, size);
	struct regex_hit hit;
	for (int kind = 0; kind < p->kinds->count; kind++) {
		for (guint n = 0; n < p->patterns[kind]->len; n++) {
			for (gsize at = 0;
			     at <= s->text->len &&
			     regex_find(p->patterns[kind]->pdata[n], s->text->str, s->text->len, at, &hit);) {
				at = MAX(hit.end, hit.at + 1);
				while (at < s->text->len && (s->text->str[at] & 0xc0) == 0x80)
					at++;
				if (hit.end > hit.at && !is_denied(p, kind, s, &hit))
					found(kind, s, &hit, g_array_index(s->from, guint32, hit.at),
					      g_array_index(s->from, guint32, hit.end), out);
			}
		}
	}
	return out;
}

static bool is_taken(gsize at, gsize end, gsize other, gsize length)
{
	return at < other + length && other < end;
}

static void found_promise(int kind, const struct shadow *s, const struct regex_hit *hit, gsize at, gsize end,
			  GArray *out)
{
	struct promise p = {.kind = (enum promise_kind)kind, .at = at, .length = end - at};
	g_autofree char *words = g_strndup(s->text->str + hit->at, hit->end - hit->at);
	for (guint n = 0; n < out->len; n++) {
		const struct promise *o = &g_array_index(out, struct promise, n);
		if (is_taken(at, end, o->at, o->length))
			return;
	}
	if (promise_read_time(words, &p))
		g_array_append_val(out, p);
}

static gint promise_order(gconstpointer a, gconstpointer b)
{
	const struct promise *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* The bytes between two of them; G_MAXSIZE where a sentence ends there. */
static gsize gap_between(const char *text, const struct promise *a, const struct promise *b)
{
	const struct promise *left = a->at < b->at ? a : b, *right = left == a ? b : a;
	gsize from = left->at + left->length;
	for (gsize at = from; at < right->at; at++) {
		if (ends_sentence(text + at))
			return G_MAXSIZE;
	}
	return right->at - from;
}

/* The day that a time of day belongs to: the nearest; NULL if none is near. */
static struct promise *day_beside(const char *text, GArray *all, const struct promise *time)
{
	struct promise *best = NULL;
	gsize least = TIME_GAP + 1;
	for (guint n = 0; n < all->len; n++) {
		struct promise *p = &g_array_index(all, struct promise, n);
		if (p->kind == PROMISE_TIME || p->kind == PROMISE_HOURS)
			continue;
		gsize gap = gap_between(text, p, time);
		if (gap < least) {
			least = gap;
			best = p;
		}
	}
	return best;
}

/* "Friday, between 9:00 and 17:00" is due at the later one. */
static void add_time(struct promise *day, const struct promise *time)
{
	gsize at = MIN(day->at, time->at), end = MAX(day->at + day->length, time->at + time->length);
	day->at = at;
	day->length = end - at;
	day->minute = MAX(day->minute, time->minute);
}

/* Adds the times of day, in the order of the text, to their days. */
static void join_times(const char *text, GArray *all)
{
	for (guint n = 0; n < all->len; n++) {
		struct promise time = g_array_index(all, struct promise, n);
		struct promise *day = time.kind == PROMISE_TIME ? day_beside(text, all, &time) : NULL;
		if (day)
			add_time(day, &time);
	}
	for (guint n = all->len; n-- > 0;) {
		if (g_array_index(all, struct promise, n).kind == PROMISE_TIME)
			g_array_remove_index(all, n);
	}
}

GArray *promises_find(const struct phrases *promises, const char *text)
{
	GArray *out = find(promises, text, sizeof(struct promise), found_promise);
	g_array_sort(out, promise_order);
	join_times(text, out);
	return out;
}

static void found_wish(int kind, const struct shadow *s, const struct regex_hit *hit, gsize at, gsize end,
		       GArray *out)
{
	struct wish_found w = {(enum wish)kind, at, end - at};
	for (guint n = 0; n < out->len; n++) {
		const struct wish_found *o = &g_array_index(out, struct wish_found, n);
		if (o->wish == w.wish)
			return;
	}
	g_array_append_val(out, w);
}

static gint wish_order(gconstpointer a, gconstpointer b)
{
	const struct wish_found *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

GArray *wishes_find(const struct phrases *wishes, const char *text)
{
	GArray *out = find(wishes, text, sizeof(struct wish_found), found_wish);
	g_array_sort(out, wish_order);
	return out;
}

static void tell_promise(GString *out, const struct promise *p)
{
	static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
					   "friday", "saturday", "sunday"};
	if (p->kind == PROMISE_WEEKDAY)
		g_string_append(out, days[p->weekday % 7]);
	else if (p->kind == PROMISE_DATE && p->year)
		g_string_append_printf(out, "%04d-%02d-%02d", p->year, p->month, p->day);
	else if (p->kind == PROMISE_DATE)
		g_string_append_printf(out, "%02d-%02d", p->month, p->day);
	else
		g_string_append_printf(out, "%d %s", p->amount, promise_words[p->kind].id);
	if (p->minute >= 0)
		g_string_append_printf(out, " %02d:%02d", p->minute / 60, p->minute % 60);
}

/* What is found, as the examples write it: "24 hours, friday", "refund", "none". */
static char *meaning_of(const struct phrases *p, const char *text)
{
	GString *out = g_string_new(NULL);
	g_autoptr(GArray) found = p->of == PHRASES_WISHES ? wishes_find(p, text) : promises_find(p, text);
	for (guint n = 0; n < found->len; n++) {
		if (n)
			g_string_append(out, ", ");
		if (p->of == PHRASES_WISHES)
			g_string_append(out,
					vocab_id(&WISHES, g_array_index(found, struct wish_found, n).wish));
		else
			tell_promise(out, &g_array_index(found, struct promise, n));
	}
	if (found->len == 0)
		g_string_append(out, "none");
	return g_string_free(out, FALSE);
}

bool phrases_check_examples(const struct phrases *p, guint *count, GError **error)
{
	*count = p->examples->len;
	for (guint n = 0; n < p->examples->len; n++) {
		const struct example *e = p->examples->pdata[n];
		g_autofree char *meaning = meaning_of(p, e->text);
		if (g_str_equal(meaning, e->meaning))
			continue;
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
			    _("%s:%d: \"%s\" is read as: %s"), p->file, e->line, e->text, meaning);
		return false;
	}
	return true;
}
