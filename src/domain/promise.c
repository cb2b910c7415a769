/* SPDX-License-Identifier: MIT */
#include "domain/promise.h"

#include "domain/guard_shadow.h"
#include "domain/ini.h"
#include "domain/intl.h"
#include "domain/lang.h"
#include "domain/regex.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

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

/* Numbers, weekdays and months as words, in plain letters. Stems; the longest that fits counts. */
struct stem {
	const char *text;
	int value;
};

static const struct stem numbers[] = {
    {"twenty-four", 24},
    {"forty-eight", 48},
    {"vierentwintig", 24},
    {"achtenveertig", 48},
    {"ventiquattro", 24},
    {"quarantotto", 48},
    {"二十四", 24},
    {"四十八", 48},
    {"七十二", 72},
    {"seventy-two", 72},
    {"half", 0},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"six", 6},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
    {"ten", 10},
    {"fourteen", 14},
    {"een", 1},
    {"twee", 2},
    {"drie", 3},
    {"vier", 4},
    {"vijf", 5},
    {"zes", 6},
    {"zeven", 7},
    {"acht", 8},
    {"tien", 10},
    {"veertien", 14},
    {"vien", 1},
    {"dvi", 2},
    {"dvej", 2},
    {"tri", 3},
    {"trej", 3},
    {"ketur", 4},
    {"penk", 5},
    {"ses", 6},
    {"septyn", 7},
    {"astuon", 8},
    {"desim", 10},
    {"un", 1},
    {"due", 2},
    {"tre", 3},
    {"quattro", 4},
    {"cinque", 5},
    {"sei", 6},
    {"sette", 7},
    {"otto", 8},
    {"dieci", 10},
    {"quattordici", 14},
    {"一", 1},
    {"二", 2},
    {"两", 2},
    {"三", 3},
    {"四", 4},
    {"五", 5},
    {"六", 6},
    {"七", 7},
    {"八", 8},
    {"九", 9},
    {"十", 10},
    {"a", 1},
    {"an", 1},
};

static const struct stem weekdays[] = {
    {"monday", 0},    {"tuesday", 1},    {"wednesday", 2},    {"thursday", 3},   {"friday", 4},
    {"saturday", 5},  {"sunday", 6},     {"maandag", 0},      {"dinsdag", 1},    {"woensdag", 2},
    {"donderdag", 3}, {"vrijdag", 4},    {"zaterdag", 5},     {"zondag", 6},     {"pirmadien", 0},
    {"antradien", 1}, {"treciadien", 2}, {"ketvirtadien", 3}, {"penktadien", 4}, {"sestadien", 5},
    {"sekmadien", 6}, {"lunedi", 0},     {"martedi", 1},      {"mercoledi", 2},  {"giovedi", 3},
    {"venerdi", 4},   {"sabato", 5},     {"domenica", 6},     {"周一", 0},       {"周二", 1},
    {"周三", 2},      {"周四", 3},       {"周五", 4},         {"周六", 5},       {"周日", 6},
    {"周天", 6},      {"周末", 6},       {"星期一", 0},       {"星期二", 1},     {"星期三", 2},
    {"星期四", 3},    {"星期五", 4},     {"星期六", 5},       {"星期日", 6},     {"星期天", 6},
    {"礼拜一", 0},    {"礼拜二", 1},     {"礼拜三", 2},       {"礼拜四", 3},     {"礼拜五", 4},
    {"礼拜六", 5},    {"礼拜天", 6},
};

static const struct stem months[] = {
    {"jan", 1},  {"feb", 2},   {"mar", 3},   {"apr", 4},   {"may", 5},    {"jun", 6},    {"jul", 7},
    {"aug", 8},  {"sep", 9},   {"oct", 10},  {"nov", 11},  {"dec", 12},   {"maart", 3},  {"mei", 5},
    {"okt", 10}, {"saus", 1},  {"vasar", 2}, {"kov", 3},   {"baland", 4}, {"geguz", 5},  {"birzel", 6},
    {"liep", 7}, {"rugpj", 8}, {"rugs", 9},  {"spal", 10}, {"lapkr", 11}, {"gruod", 12}, {"genn", 1},
    {"magg", 5}, {"giug", 6},  {"lugl", 7},  {"ago", 8},   {"sett", 9},   {"ott", 10},   {"dic", 12},
};

static bool at_word(const char *text, const char *p)
{
	return p == text || (guchar)*p >= 0x80 || !g_ascii_isalnum(p[-1]);
}

/* The value of the stem that stands first in `text`, the longest of those at one place; -1 if there is none.
 */
static int find_stem(const char *text, const struct stem *stems, gsize count)
{
	for (const char *p = text; *p; p++) {
		gsize best = 0;
		int value = -1;
		if (!at_word(text, p))
			continue;
		for (gsize n = 0; n < count; n++) {
			gsize length = strlen(stems[n].text);
			bool whole = length > 2 || (guchar)*p >= 0x80 || !g_ascii_isalpha(p[length]);
			if (length > best && whole && strncmp(p, stems[n].text, length) == 0) {
				best = length;
				value = stems[n].value;
			}
		}
		if (value >= 0)
			return value;
	}
	return -1;
}

/* The n-th run of figures, -1 if there are fewer; 99999 at most. */
static int figures(const char *text, int n)
{
	for (const char *p = text; *p; p++) {
		if (!g_ascii_isdigit(*p))
			continue;
		if (n-- == 0)
			return (int)MIN(g_ascii_strtoull(p, NULL, 10), 99999);
		while (g_ascii_isdigit(p[1]))
			p++;
	}
	return -1;
}

static bool read_date(const char *text, struct promise *p)
{
	int a = figures(text, 0), b = figures(text, 1), c = figures(text, 2);
	int month = strstr(text, "月") ? -1 : find_stem(text, months, G_N_ELEMENTS(months));
	if (month > 0) {
		bool year_first = a > 31;
		*p = (struct promise){
		    p->kind, p->at, p->length, 0, -1, year_first ? a : MAX(b, 0), month, year_first ? b : a};
	} else if (a > 31) {
		*p = (struct promise){p->kind, p->at, p->length, 0, -1, a, b, c};
	} else if (strstr(text, "月")) {
		*p = (struct promise){p->kind, p->at, p->length, 0, -1, 0, a, b};
	} else {
		*p = (struct promise){
		    p->kind, p->at, p->length, 0, -1, c > 0 && c < 100 ? c + 2000 : MAX(c, 0), b, a};
	}
	return p->month >= 1 && p->month <= 12 && p->day >= 1 && p->day <= 31 &&
	       (p->year == 0 || (p->year >= 2000 && p->year < 2200));
}

/* "48小时": amounts of weeks are days. */
static int amount_of(const char *text)
{
	static const char *const weeks[] = {"week", "savait", "settiman", "周", "星期", "礼拜"};
	static const char *const todays[] = {"today",
					     "tonight",
					     "vandaag",
					     "vanavond",
					     "vanmiddag",
					     "siandien",
					     "oggi",
					     "stasera",
					     "今",
					     "当天",
					     "当日",
					     "same",
					     "dezelfde",
					     "ta pacia",
					     "stess",
					     "end of the day",
					     "einde van de dag",
					     "dienos pabaig"};
	static const char *const tomorrows[] = {"tomorrow", "morgen", "rytoj", "domani", "明"};
	int amount = figures(text, 0);
	if (strstr(text, "day after tomorrow") || strstr(text, "overmorgen") || strstr(text, "poryt") ||
	    strstr(text, "dopodomani") || strstr(text, "后天"))
		return 2;
	for (gsize n = 0; n < G_N_ELEMENTS(todays) && amount < 0; n++)
		amount = strstr(text, todays[n]) ? 0 : amount;
	for (gsize n = 0; n < G_N_ELEMENTS(tomorrows) && amount < 0; n++)
		amount = strstr(text, tomorrows[n]) ? 1 : amount;
	if (amount < 0)
		amount = find_stem(text, numbers, G_N_ELEMENTS(numbers));
	amount = amount < 0 ? 1 : amount;
	for (gsize n = 0; n < G_N_ELEMENTS(weeks); n++) {
		if (strstr(text, weeks[n]))
			return amount * 7;
	}
	return amount;
}

static bool read_promise(const char *text, struct promise *p)
{
	p->weekday = -1;
	switch (p->kind) {
	case PROMISE_DATE:
		return read_date(text, p);
	case PROMISE_WEEKDAY:
		p->weekday = find_stem(text, weekdays, G_N_ELEMENTS(weekdays));
		return p->weekday >= 0;
	default:
		p->amount = amount_of(text);
		return p->amount < 1000;
	}
}

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
	       !(start >= 3 && ends_sentence(s->text->str + start - 3)))
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
	if (read_promise(words, &p))
		g_array_append_val(out, p);
}

static gint promise_order(gconstpointer a, gconstpointer b)
{
	const struct promise *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

GArray *promises_find(const struct phrases *promises, const char *text)
{
	GArray *out = find(promises, text, sizeof(struct promise), found_promise);
	g_array_sort(out, promise_order);
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
