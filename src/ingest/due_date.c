/* SPDX-License-Identifier: MIT */
#include "ingest/due_date.h"

#include <string.h>

#include "domain/banned.h"

#define WORDS_LIMIT 512 /* bytes read: a date stands near the front */
#define MAX_TOKENS 128
#define MINUTE G_GINT64_CONSTANT(60000)
#define HOUR (60 * MINUTE)

/* A number, a word, or one Han character. */
struct token {
	const char *text; /* lower case, not NUL-ended */
	gsize length;
	gint64 number; /* -1: no number */
	char before;   /* the byte that stands right before it: '/', '-', '.', ':' or ' ' */
};

/* Month names, each with the endings that dates use; a word must be one of them. */
static const char *const months[12] = {
    " january jan januari gennaio genn gen sausio sausis saus ",
    " february feb februari febbraio febbr vasario vasaris vas ",
    " march mar maart mrt marzo kovo kovas kov ",
    " april apr aprile balandžio balandis bal ",
    " may mei maggio mag gegužės gegužė geg ",
    " june jun juni giugno giu birželio birželis birž ",
    " july jul juli luglio lug liepos liepa liep ",
    " august aug augustus agosto ago rugpjūčio rugpjūtis rugp ",
    " september sep sept settembre set sett rugsėjo rugsėjis rugs ",
    " october oct oktober okt ottobre ott spalio spalis spal ",
    " november nov novembre lapkričio lapkritis lapkr ",
    " december dec dicembre dic gruodžio gruodis gruod ",
};

static const char business_words[] =
    " business working werkdag werkdagen lavorativi lavorativo lavorativa darbo 工 ";
static const char hour_words[] =
    " h hr hrs hour hours uur uren ora ore val valandą valandas valandų valandos 小 時 时 ";
static const char day_words[] =
    " d day days dag dagen kalenderdag kalenderdagen giorno giorni dieną dienas dienų dienos 天 日 ";
static const char minute_words[] =
    " min minute minutes minuut minuten minuto minuti minutę minutes minučių 分 ";
static const char clock_words[] = " uur val h 点 點 时 時 ";
static const char fillers[] =
    " calendar kalender di kalendorines kalendorinių kalendorinę 个 個 自 然 of de m d mėn st nd rd th ";

static const struct {
	const char *name;
	int minutes; /* east of UTC */
} zones[] = {
    {"utc", 0},    {"gmt", 0},    {"bst", 60},   {"wet", 0},    {"west", 60},  {"cet", 60},
    {"cest", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"est", -300}, {"edt", -240},
    {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
};

struct moment {
	int year, month, day; /* year 0: not given */
	int hour, minute;     /* hour -1: not given */
	bool has_offset;
	int offset; /* minutes east of UTC */
};

struct reading {
	struct token token[MAX_TOKENS];
	int count;
	bool month_first;
};

static bool is_one_of(const struct token *t, const char *words)
{
	if (t->number >= 0)
		return false;
	for (const char *at = words; (at = g_strstr_len(at, -1, " ")); at++) {
		if (strncmp(at + 1, t->text, t->length) == 0 && at[1 + t->length] == ' ')
			return true;
	}
	return false;
}

static bool is_word(const struct token *t, const char *word)
{
	return t->number < 0 && t->length == strlen(word) && strncmp(t->text, word, t->length) == 0;
}

static int month_of(const struct token *t)
{
	for (int m = 0; m < 12; m++) {
		if (is_one_of(t, months[m]))
			return m + 1;
	}
	return 0;
}

static bool is_han(gunichar c)
{
	return c >= 0x3400 && c < 0xa000;
}

/* Reads one token at `p`, which stands at a letter or digit; returns its end. */
static const char *read_token(const char *p, struct token *t)
{
	const char *start = p;
	t->number = -1;
	t->text = start;
	if (g_ascii_isdigit(*p)) {
		t->number = 0;
		for (; g_ascii_isdigit(*p); p++)
			t->number = MIN(t->number * 10 + (*p - '0'), G_GINT64_CONSTANT(99999999));
	} else if (is_han(g_utf8_get_char(p))) {
		p = g_utf8_next_char(p);
	} else {
		while (*p && g_unichar_isalpha(g_utf8_get_char(p)) && !is_han(g_utf8_get_char(p)))
			p = g_utf8_next_char(p);
	}
	t->length = p - start;
	return p;
}

static void tokenise(const char *low, struct reading *r)
{
	const char *p = low;
	char before = ' ';
	while (*p && r->count < MAX_TOKENS) {
		if (g_unichar_isalnum(g_utf8_get_char(p)) &&
		    (g_ascii_isdigit(*p) || g_unichar_isalpha(g_utf8_get_char(p)))) {
			struct token *t = &r->token[r->count++];
			p = read_token(p, t);
			t->before = before;
			before = ' ';
			continue;
		}
		before = *p;
		p = g_utf8_next_char(p);
	}
}

static const struct token *at(const struct reading *r, int n)
{
	static const struct token none = {"", 0, -1, ' '};
	return n >= 0 && n < r->count ? &r->token[n] : &none;
}

static int full_year(const struct token *t)
{
	return (int)(t->number < 100 ? t->number + 2000 : t->number);
}

static bool is_year(const struct token *t)
{
	return t->number >= 2000 && t->number < 2100;
}

/* 2026-08-02, 2026/8/2, 2026年8月2日, 2026 m. rugpjūčio 2 d. Returns how many tokens, 0 for none. */
static int year_first(const struct reading *r, int n, struct moment *m)
{
	if (!is_year(at(r, n)))
		return 0;
	m->year = (int)at(r, n)->number;
	char mark = at(r, n + 1)->before;
	if (at(r, n + 1)->number >= 0 && (mark == '-' || mark == '/' || mark == '.')) {
		m->month = (int)at(r, n + 1)->number;
		m->day = (int)at(r, n + 2)->number;
		return 3;
	}
	int next = n + 1;
	if (is_word(at(r, next), "年") && is_word(at(r, n + 3), "月")) {
		m->month = (int)at(r, n + 2)->number;
		m->day = (int)at(r, n + 4)->number;
		return 6;
	}
	next += is_word(at(r, next), "m");
	m->month = month_of(at(r, next));
	m->day = (int)at(r, next + 1)->number;
	return m->month ? next + 2 - n : 0;
}

/* 02/08/2026, 2.8.2026, 02-08-26; 02/08 without a year. */
static int all_numbers(const struct reading *r, int n, struct moment *m)
{
	const struct token *a = at(r, n), *b = at(r, n + 1), *c = at(r, n + 2);
	if (a->number < 0 || b->number < 0 || !strchr("/-.", b->before))
		return 0;
	bool three = c->number >= 0 && c->before == b->before && (is_year(c) || c->length == 2);
	if (!three && b->before != '/')
		return 0;
	bool swap = b->number > 12 || (r->month_first && a->number <= 12 && b->before == '/');
	m->month = (int)(swap ? a->number : b->number);
	m->day = (int)(swap ? b->number : a->number);
	m->year = three ? full_year(c) : 0;
	return three ? 3 : 2;
}

/* Aug 02, 2026; August 2nd; rugpjūčio 2 d.; 2 augustus 2026; 2nd of August; 02-Aug-26; 8月2日. */
static int with_name(const struct reading *r, int n, struct moment *m)
{
	int next = n + 1;
	m->year = 0;
	m->month = month_of(at(r, n));
	if (m->month && at(r, next)->number > 0 && at(r, next)->number <= 31) {
		m->day = (int)at(r, next++)->number;
		next += is_one_of(at(r, next), " st nd rd th d ");
	} else if (at(r, n)->number > 0 && is_word(at(r, next), "月")) {
		m->month = (int)at(r, n)->number;
		m->day = (int)at(r, n + 2)->number;
		return 4;
	} else if (at(r, n)->number > 0 && at(r, n)->number <= 31) {
		m->day = (int)at(r, n)->number;
		while (is_one_of(at(r, next), " st nd rd th of di "))
			next++;
		m->month = month_of(at(r, next++));
	}
	if (!m->month)
		return 0;
	if ((at(r, next)->number >= 0 && at(r, next)->length == 4) ||
	    (at(r, next)->number >= 0 && at(r, next)->before == '-' && at(r, next)->length == 2))
		m->year = full_year(at(r, next++));
	return next - n;
}

static bool pm_at(const struct reading *r, int n, bool *pm)
{
	bool a = is_word(at(r, n), "am") || (is_word(at(r, n), "a") && is_word(at(r, n + 1), "m"));
	*pm = is_word(at(r, n), "pm") || (is_word(at(r, n), "p") && is_word(at(r, n + 1), "m"));
	return a || *pm;
}

static void read_offset(const struct reading *r, int n, struct moment *m)
{
	for (guint z = 0; z < G_N_ELEMENTS(zones); z++) {
		if (is_word(at(r, n), zones[z].name)) {
			m->has_offset = true;
			m->offset = zones[z].minutes;
		}
	}
}

/* A time of day: 17:00, 5:30 PM, 17.00 uur, 17 val., ore 17, 17时30分, 下午5点. */
static bool time_at(const struct reading *r, int n, struct moment *m)
{
	const struct token *t = at(r, n), *next = at(r, n + 1);
	if (t->number < 0 || t->number > 24 || t->length > 2)
		return false;
	bool pm = false, led = is_one_of(at(r, n - 1), " ore alle at om 午 ");
	bool minutes =
	    next->number >= 0 && next->number < 60 && next->length == 2 &&
	    (next->before == ':' || (next->before == '.' && (led || is_one_of(at(r, n + 2), clock_words))));
	bool half = pm_at(r, n + 1 + minutes, &pm);
	if (!minutes && !half && !led && !is_one_of(next, clock_words))
		return false;
	m->hour = (int)t->number;
	m->minute = minutes ? (int)next->number : 0;
	if (!minutes && is_one_of(next, clock_words) && at(r, n + 2)->number >= 0 &&
	    is_word(at(r, n + 3), "分"))
		m->minute = (int)at(r, n + 2)->number;
	pm = pm || (is_word(at(r, n - 1), "午") && (is_word(at(r, n - 2), "下")));
	if (pm && m->hour < 12)
		m->hour += 12;
	else if (half && !pm && m->hour == 12)
		m->hour = 0;
	for (int k = n + 1; k <= n + 5; k++)
		read_offset(r, k, m);
	return true;
}

static GDateTime *day_in(GTimeZone *zone, const struct moment *m)
{
	if (m->month < 1 || m->month > 12 || m->day < 1 || m->day > 31 ||
	    !g_date_valid_dmy(m->day, m->month, m->year))
		return NULL;
	return g_date_time_new(zone, m->year, m->month, m->day, 0, 0, 0);
}

static gint64 ms_of(GDateTime *t)
{
	return g_date_time_to_unix(t) * 1000 + g_date_time_get_microsecond(t) / 1000;
}

/* The last millisecond of the day that is `days` after `day`. */
static gint64 end_of_day(GDateTime *day, GTimeZone *zone, int days)
{
	g_autoptr(GDateTime) next = g_date_time_add_days(day, days + 1);
	g_autoptr(GDateTime) midnight =
	    g_date_time_new(zone, g_date_time_get_year(next), g_date_time_get_month(next),
			    g_date_time_get_day_of_month(next), 0, 0, 0);
	return ms_of(midnight) - 1;
}

/* A date far from the mail's own is a misreading or a trap; it states nothing. */
static bool is_near(gint64 due, gint64 sent)
{
	gint64 year = 366 * 24 * HOUR;
	return due > sent - year && due < sent + 3 * year;
}

static bool resolve(struct moment *m, gint64 sent, GTimeZone *zone, gint64 *due)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(sent / 1000);
	g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
	if (!local)
		return false;
	bool guess = m->year == 0;
	m->year = guess ? g_date_time_get_year(local) : m->year;
	g_autoptr(GTimeZone) stated =
	    m->has_offset ? g_time_zone_new_offset(m->offset * 60) : g_time_zone_ref(zone);
	g_autoptr(GDateTime) day = day_in(stated, m);
	/* Without a year it is the next such day; yesterday's is a mail that came late. */
	if (guess && (!day || ms_of(day) < sent - 48 * HOUR)) {
		m->year++;
		g_clear_pointer(&day, g_date_time_unref);
		day = day_in(stated, m);
	}
	if (!day)
		return false;
	if (m->hour < 0 || m->hour > 23)
		*due = end_of_day(day, stated, 0);
	else {
		g_autoptr(GDateTime) then =
		    g_date_time_new(stated, m->year, m->month, m->day, m->hour, m->minute, 0);
		if (!then)
			return false;
		*due = ms_of(then);
	}
	return is_near(*due, sent);
}

static bool find_date(const struct reading *r, gint64 sent, GTimeZone *zone, gint64 *due)
{
	for (int n = 0; n < r->count; n++) {
		struct moment m = {.hour = -1};
		int used = year_first(r, n, &m);
		used = used ? used : with_name(r, n, &m);
		used = used ? used : all_numbers(r, n, &m);
		if (!used)
			continue;
		bool timed = false;
		for (int k = n + used; k < n + used + 6 && !timed; k++)
			timed = time_at(r, k, &m);
		for (int k = MAX(0, n - 6); k < n && !timed; k++)
			timed = time_at(r, k, &m);
		if (resolve(&m, sent, zone, due))
			return true;
	}
	return false;
}

/* "48 hours", "3 giorni di calendario", "5个自然日": wall hours, or calendar days to the end of the last. */
static bool span_at(const struct reading *r, int n, gint64 sent, GTimeZone *zone, gint64 *due)
{
	gint64 amount = at(r, n)->number;
	int k = n + 1;
	while (k < n + 5 && is_one_of(at(r, k), fillers))
		k++;
	const struct token *unit = at(r, k);
	if (amount <= 0 || amount > 1000 || is_one_of(unit, business_words) ||
	    is_one_of(at(r, k + 1), business_words))
		return false;
	if (is_one_of(unit, hour_words))
		*due = sent + amount * HOUR;
	else if (is_one_of(unit, minute_words))
		*due = sent + amount * MINUTE;
	else if (is_one_of(unit, day_words)) {
		g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(sent / 1000);
		g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
		if (!local)
			return false;
		*due = end_of_day(local, zone, (int)amount);
	} else
		return false;
	return true;
}

bool due_date_parse(const char *words, gint64 sent, GTimeZone *zone, gint64 *due)
{
	g_autofree char *valid = g_utf8_make_valid(words, MIN(strlen(words), WORDS_LIMIT));
	g_autofree char *low = g_utf8_strdown(valid, -1);
	g_autofree struct reading *r = g_new0(struct reading, 1);
	r->month_first = g_str_has_prefix(g_time_zone_get_identifier(zone), "America/");
	tokenise(low, r);
	if (find_date(r, sent, zone, due))
		return true;
	for (int n = 0; n < r->count; n++) {
		if (span_at(r, n, sent, zone, due))
			return true;
	}
	return false;
}
