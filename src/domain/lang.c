/* SPDX-License-Identifier: MIT */
#include "domain/lang.h"

#include "domain/days.h"
#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

static const struct word words[N_LANGS] = {
    [LANG_EN] = {"en", N_("English"), NULL},
    [LANG_NL] = {"nl", N_("Dutch"), NULL},
    [LANG_LT] = {"lt", N_("Lithuanian"), NULL},
    [LANG_ZH_HANS] = {"zh-Hans", N_("Chinese (simplified)"), NULL},
    [LANG_ZH_HANT] = {"zh-Hant", N_("Chinese (traditional)"), NULL},
    [LANG_IT] = {"it", N_("Italian"), NULL},
};
const struct vocabulary LANGS = {"language", words, N_LANGS};

/* How a language writes dates, times and amounts. In the forms W is the weekday, D the day, M the month, Y
 * the year, H and h the hour (24 and 12), N the minute (two digits), P "am" or "pm". Other letters stand
 * between quotes. */
struct manner {
	const char *months[12], *days[7]; /* days from Monday */
	const char *date, *date_year, *date_time, *date_year_time;
	char decimal;
	const char *group;      /* between thousands */
	const char *money;      /* $: sign or code, A: amount */
	const char *money_code; /* the same where the currency has no sign */
};

#define HAN_DAYS                                                                                             \
	{                                                                                                    \
		"星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"                      \
	}
#define HAN_MONTHS                                                                                           \
	{                                                                                                    \
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"                                \
	}
static const struct manner manners[N_LANGS] = {
    [LANG_EN] = {{"January", "February", "March", "April", "May", "June", "July", "August", "September",
		  "October", "November", "December"},
		 {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
		 "W D M",
		 "W D M Y",
		 "W D M', 'h:N P",
		 "W D M Y', 'h:N P",
		 '.',
		 ",",
		 "$A",
		 "A $"},
    [LANG_NL] = {{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
		  "oktober", "november", "december"},
		 {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
		 "W D M",
		 "W D M Y",
		 "W D M' om 'H.N' uur'",
		 "W D M Y' om 'H.N' uur'",
		 ',',
		 ".",
		 "$ A",
		 "$ A"},
    [LANG_LT] = {{"sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio",
		  "rugsėjo", "spalio", "lapkričio", "gruodžio"},
		 {"pirmadienis", "antradienis", "trečiadienis", "ketvirtadienis", "penktadienis",
		  "šeštadienis", "sekmadienis"},
		 "M D' d.'",
		 "Y' m. 'M D' d.'",
		 "M D' d. 'H:N' val.'",
		 "Y' m. 'M D' d. 'H:N' val.'",
		 ',',
		 " ",
		 "A $",
		 "A $"},
    [LANG_ZH_HANS] = {HAN_MONTHS, HAN_DAYS, "M'月'D'日（'W'）'", "Y'年'M'月'D'日（'W'）'",
		      "M'月'D'日（'W'）'H:N", "Y'年'M'月'D'日（'W'）'H:N", '.', ",", "$A", "A $"},
    [LANG_ZH_HANT] = {HAN_MONTHS, HAN_DAYS, "M'月'D'日（'W'）'", "Y'年'M'月'D'日（'W'）'",
		      "M'月'D'日（'W'）'H:N", "Y'年'M'月'D'日（'W'）'H:N", '.', ",", "$A", "A $"},
    [LANG_IT] = {{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
		  "settembre", "ottobre", "novembre", "dicembre"},
		 {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"},
		 "W D M",
		 "W D M Y",
		 "W D M' alle 'H:N",
		 "W D M Y' alle 'H:N",
		 ',',
		 ".",
		 "A $",
		 "A $"},
};

static const struct {
	const char *code, *sign;
	int decimals;
} currencies[] = {{"EUR", "€", 2},  {"GBP", "£", 2},   {"USD", "US$", 2}, {"CNY", "¥", 2},
		  {"JPY", "¥", 0},  {"HKD", "HK$", 2}, {"TWD", "NT$", 2}, {"PLN", NULL, 2},
		  {"CHF", NULL, 2}, {"SEK", NULL, 2},  {"KRW", "₩", 0}};

bool lang_find(const char *id, enum lang *lang)
{
	int n;
	if (!id)
		return false;
	if (vocab_find(&LANGS, id, &n)) {
		*lang = (enum lang)n;
		return true;
	}
	g_autofree char *lower = g_ascii_strdown(id, -1);
	if (g_str_has_prefix(lower, "zh")) {
		bool hant = strstr(lower, "hant") || strstr(lower, "tw") || strstr(lower, "hk") ||
			    strstr(lower, "mo");
		*lang = hant ? LANG_ZH_HANT : LANG_ZH_HANS;
		return true;
	}
	lower[strcspn(lower, "_-.@")] = '\0';
	if (!vocab_find(&LANGS, lower, &n))
		return false;
	*lang = (enum lang)n;
	return true;
}

enum lang lang_of_user(void)
{
	const char *const *names = g_get_language_names_with_category("LC_MESSAGES");
	enum lang lang = LANG_EN;
	for (int i = 0; names[i]; i++) {
		if (lang_find(names[i], &lang))
			break;
	}
	return lang;
}

struct moment {
	struct date date;
	int weekday, hour, minute;
};

static struct moment moment_of(gint64 at, GTimeZone *zone)
{
	gint64 local = at + zone_offset(zone, at);
	int day = day_of_local(local);
	gint64 in_day = local - (gint64)day * DAY_MS;
	return (struct moment){date_of_day(day), weekday_of_day(day), (int)(in_day / HOUR_MS),
			       (int)(in_day / MINUTE_MS % 60)};
}

static void put(GString *out, const struct manner *w, const struct moment *m, char letter)
{
	switch (letter) {
	case 'W':
		g_string_append(out, w->days[m->weekday]);
		break;
	case 'D':
		g_string_append_printf(out, "%d", m->date.day);
		break;
	case 'M':
		g_string_append(out, w->months[m->date.month - 1]);
		break;
	case 'Y':
		g_string_append_printf(out, "%d", m->date.year);
		break;
	case 'H':
		g_string_append_printf(out, "%02d", m->hour);
		break;
	case 'h':
		g_string_append_printf(out, "%d", m->hour % 12 ? m->hour % 12 : 12);
		break;
	case 'N':
		g_string_append_printf(out, "%02d", m->minute);
		break;
	case 'P':
		g_string_append(out, m->hour < 12 ? "am" : "pm");
		break;
	default:
		g_string_append_c(out, letter);
	}
}

static char *write_form(const struct manner *w, const struct moment *m, const char *form)
{
	GString *out = g_string_new(NULL);
	bool quoted = false;
	for (; *form; form++) {
		if (*form == '\'')
			quoted = !quoted;
		else if (quoted)
			g_string_append_c(out, *form);
		else
			put(out, w, m, *form);
	}
	return g_string_free(out, false);
}

char *lang_date(enum lang lang, gint64 at, gint64 now, GTimeZone *zone)
{
	struct moment m = moment_of(at, zone), today = moment_of(now, zone);
	const struct manner *w = &manners[lang];
	return write_form(w, &m, m.date.year == today.date.year ? w->date : w->date_year);
}

char *lang_date_time(enum lang lang, gint64 at, gint64 now, GTimeZone *zone)
{
	struct moment m = moment_of(at, zone), today = moment_of(now, zone);
	const struct manner *w = &manners[lang];
	return write_form(w, &m, m.date.year == today.date.year ? w->date_time : w->date_year_time);
}

static char *group_thousands(gint64 whole, const char *between)
{
	g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, whole);
	GString *out = g_string_new(NULL);
	gsize length = strlen(digits);
	for (gsize i = 0; i < length; i++) {
		g_string_append_c(out, digits[i]);
		if ((length - i) % 3 == 1 && i + 1 < length)
			g_string_append(out, between);
	}
	return g_string_free(out, false);
}

char *lang_money(enum lang lang, const struct money *m)
{
	const struct manner *w = &manners[lang];
	const char *sign = NULL;
	int decimals = 2;
	if (!*m->currency)
		return g_strdup("");
	for (gsize i = 0; i < G_N_ELEMENTS(currencies); i++) {
		if (g_str_equal(currencies[i].code, m->currency)) {
			sign = currencies[i].sign;
			decimals = currencies[i].decimals;
		}
	}
	gint64 minor = ABS(m->minor);
	g_autofree char *whole = group_thousands(decimals ? minor / 100 : minor, w->group);
	g_autofree char *amount = decimals ? g_strdup_printf("%s%s%c%02d", m->minor < 0 ? "-" : "", whole,
							     w->decimal, (int)(minor % 100))
					   : g_strdup_printf("%s%s", m->minor < 0 ? "-" : "", whole);
	GString *out = g_string_new(NULL);
	for (const char *f = sign ? w->money : w->money_code; *f; f++) {
		if (*f == '$' || *f == 'A')
			g_string_append(out, *f == 'A' ? amount : sign ? sign : m->currency);
		else
			g_string_append_unichar(out, 0xa0); /* the amount and its sign stay on one line */
	}
	return g_string_free(out, false);
}
