/* SPDX-License-Identifier: MIT */
#include "domain/promise_time.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

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
    {"十一", 11},
    {"十二", 12},
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

static void set_date(struct promise *p, int year, int month, int day)
{
	p->year = year;
	p->month = month;
	p->day = day;
}

static bool read_date(const char *text, struct promise *p)
{
	int a = figures(text, 0), b = figures(text, 1), c = figures(text, 2);
	int month = strstr(text, "月") ? -1 : find_stem(text, months, G_N_ELEMENTS(months));
	if (month > 0) {
		bool year_first = a > 31;
		set_date(p, year_first ? a : MAX(b, 0), month, year_first ? b : a);
	} else if (a > 31) {
		set_date(p, a, b, c);
	} else if (strstr(text, "月")) {
		set_date(p, 0, a, b);
	} else {
		set_date(p, c > 0 && c < 100 ? c + 2000 : MAX(c, 0), b, a);
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

static bool says_one_of(const char *text, const char *const *words)
{
	for (; *words; words++) {
		if (strstr(text, *words))
			return true;
	}
	return false;
}

/* "2:30 pm", "14.30", "下午三点半", "noon". */
static bool read_clock(const char *text, struct promise *p)
{
	static const char *const noons[] = {"noon", "midday", "mezzogiorno", NULL};
	static const char *const afternoons[] = {"pm", "p.m", "下午", "晚上", "傍晚", NULL};
	static const char *const mornings[] = {"am", "a.m", NULL};
	int hour = figures(text, 0), minute = MAX(figures(text, 1), strstr(text, "半") ? 30 : 0);
	if (says_one_of(text, noons))
		hour = 12;
	else if (hour < 0)
		hour = find_stem(text, numbers, G_N_ELEMENTS(numbers));
	if (hour < 12 && says_one_of(text, afternoons))
		hour += 12;
	else if (hour == 12 && says_one_of(text, mornings))
		hour = 0;
	p->minute = hour * 60 + minute;
	return hour >= 0 && hour < 24 && minute < 60;
}

bool promise_read_time(const char *text, struct promise *p)
{
	p->weekday = -1;
	p->minute = -1;
	switch (p->kind) {
	case PROMISE_TIME:
		return read_clock(text, p);
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
