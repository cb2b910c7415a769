/* SPDX-License-Identifier: MIT */
#include "domain/money.h"

#include <string.h>

#include "domain/banned.h"

/* ISO 4217: the currencies that the platforms trade in. Where a sign stands in several rows, the first
 * row owns it unless the fallback currency has it too. */
static const struct currency {
	const char *code;
	int digits;            /* of the minor unit */
	const char *shown;     /* in a column; NULL: the code and a blank */
	const char *signs[12]; /* other ways to write it */
} currencies[] = {
    {"EUR",
     2,
     "€",
     {"€", "euro", "euros", "euri", "euras", "eurai", "eurų", "eurus", "eurais", "欧元", "歐元"}},
    {"USD", 2, "$", {"US$", "$", "US $", "dollar", "dollars", "美元", "美金"}},
    {"GBP", 2, "£", {"£", "￡", "pound", "pounds", "英镑", "英鎊"}},
    {"CNY", 2, "¥", {"¥", "￥", "RMB", "元", "圆", "块", "块钱", "塊", "人民币", "人民幣"}},
    {"JPY", 0, "JP¥", {"JP¥", "¥", "￥", "円", "日元", "日圓"}},
    {"CAD", 2, "C$", {"C$", "CA$", "$", "C $"}},
    {"AUD", 2, "A$", {"A$", "AU$", "$", "AU $"}},
    {"NZD", 2, "NZ$", {"NZ$", "$"}},
    {"HKD", 2, "HK$", {"HK$", "$", "港元", "港币", "港幣"}},
    {"SGD", 2, "S$", {"S$", "$"}},
    {"TWD", 2, "NT$", {"NT$", "$", "元", "塊", "台币", "台幣", "新台幣"}},
    {"MXN", 2, "MX$", {"MX$", "$"}},
    {"BRL", 2, "R$", {"R$"}},
    {"CHF", 2, NULL, {"Fr.", "SFr."}},
    {"PLN", 2, "zł", {"zł", "zl"}},
    {"SEK", 2, NULL, {"kr"}},
    {"NOK", 2, NULL, {"kr"}},
    {"DKK", 2, NULL, {"kr", "kr."}},
    {"CZK", 2, NULL, {"Kč"}},
    {"HUF", 2, NULL, {"Ft"}},
    {"RON", 2, NULL, {"lei"}},
    {"BGN", 2, NULL, {"лв", "лв."}},
    {"ISK", 0, NULL, {"kr"}},
    {"TRY", 2, "₺", {"₺", "TL"}},
    {"INR", 2, "₹", {"₹", "Rs."}},
    {"KRW", 0, "₩", {"₩"}},
    {"RUB", 2, "₽", {"₽"}},
    {"UAH", 2, "₴", {"₴"}},
    {"ILS", 2, "₪", {"₪"}},
    {"AED", 2, NULL, {NULL}},
    {"SAR", 2, NULL, {NULL}},
    {"EGP", 2, NULL, {NULL}},
    {"ZAR", 2, NULL, {NULL}},
    {"THB", 2, "฿", {"฿"}},
    {"VND", 0, "₫", {"₫"}},
    {"MYR", 2, "RM", {"RM"}},
    {"IDR", 2, "Rp", {"Rp"}},
    {"PHP", 2, "₱", {"₱"}},
    {"KWD", 3, NULL, {NULL}},
    {"LTL", 2, NULL, {"Lt"}},
};

static const struct currency *currency_by_code(const char *code)
{
	for (gsize n = 0; code && n < G_N_ELEMENTS(currencies); n++) {
		if (g_ascii_strcasecmp(currencies[n].code, code) == 0)
			return &currencies[n];
	}
	return NULL;
}

static bool has_sign(const struct currency *c, const char *sign)
{
	for (gsize n = 0; n < G_N_ELEMENTS(c->signs) && c->signs[n]; n++) {
		if (g_ascii_strcasecmp(c->signs[n], sign) == 0)
			return true;
	}
	return g_ascii_strcasecmp(c->code, sign) == 0;
}

static const struct currency *currency_by_sign(const char *sign, const struct currency *fallback)
{
	if (fallback && (!*sign || has_sign(fallback, sign)))
		return fallback;
	for (gsize n = 0; *sign && n < G_N_ELEMENTS(currencies); n++) {
		if (has_sign(&currencies[n], sign))
			return &currencies[n];
	}
	return NULL;
}

/* What the input methods of Chinese write for a figure, as in ASCII. */
static gunichar narrow(gunichar c)
{
	return c >= 0xff01 && c <= 0xff5e && c != 0xff0f ? c - 0xff01 + '!' : c == 0x2019 ? '\'' : c;
}

/* "12,50", and ",50" where no letter is before the mark: "Rs.500" has one. */
static bool is_mark(gunichar u, const char *next, const GString *sign, const GString *figure)
{
	if (figure->len)
		return u == '.' || u == ',' || u == '\'';
	gunichar before =
	    sign->len ? g_utf8_get_char(g_utf8_prev_char(sign->str + sign->len)) : (gunichar)'0';
	return (u == '.' || u == ',') && g_unichar_isdigit(g_utf8_get_char(next)) &&
	       !g_unichar_isalpha(before);
}

/* A blank between two digits parts thousands: reckon() looks whether it does. */
static void add_to_figure(GString *figure, gunichar u, bool blank)
{
	bool digits =
	    g_ascii_isdigit((char)u) && figure->len && g_ascii_isdigit(figure->str[figure->len - 1]);
	if (blank && digits)
		g_string_append_c(figure, ' ');
	if (!figure->len && !g_ascii_isdigit((char)u))
		g_string_append_c(figure, '0');
	g_string_append_c(figure, (char)u);
}

/* Splits "US$ 1,234.50" into what names the currency and what is the figure; of blanks, plain and no-break,
 * those between digits stay in the figure. False if the figure isn't in one piece. */
static bool split(const char *text, GString *sign, GString *figure, bool *negative)
{
	bool ended = false, blank = false;
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar u = narrow(g_utf8_get_char(p));
		bool of_figure = u < 0x80 && (g_ascii_isdigit((char)u) ||
					      (!ended && is_mark(u, g_utf8_next_char(p), sign, figure)));
		if (g_unichar_isspace(u) || u == 0x2060) {
			blank = true;
			continue;
		}
		if ((u == '-' || u == 0x2212) && !figure->len && !*negative) {
			*negative = true;
		} else if (of_figure && !ended) {
			add_to_figure(figure, u, blank);
		} else if (u == '-' || u == 0x2013) {
			/* "12,-" and "12,--": no cents */
			if (!figure->len || !strchr(",.", figure->str[figure->len - 1]))
				return false;
		} else if (of_figure) {
			return false;
		} else {
			ended = figure->len > 0;
			g_string_append_unichar(sign, u);
		}
		blank = false;
	}
	return figure->len > 0;
}

/* Whether the digits before `end` are grouped by `mark` in threes. */
static bool grouped(const char *figure, const char *end, char mark)
{
	gsize run = 0;
	bool first = true;
	for (const char *p = figure; p < end; p++) {
		if (g_ascii_isdigit(*p)) {
			run++;
			continue;
		}
		if (*p != mark || (first ? run < 1 || run > 3 : run != 3))
			return false;
		run = 0;
		first = false;
	}
	return first || run == 3;
}

/* Where the decimals' mark stands; the text's end if there is none. */
static const char *decimal_mark(const char *figure, int digits)
{
	const char *end = figure + strlen(figure);
	const char *comma = strrchr(figure, ','), *point = strrchr(figure, '.');
	if (comma && point)
		return MAX(comma, point);
	const char *mark = comma ? comma : point;
	if (!mark || strchr(figure, *mark) != mark)
		return end;
	/* "1,234" is thousands unless the currency has three decimals. */
	bool thousands =
	    strlen(mark + 1) == 3 && digits != 3 && mark > figure && mark - figure <= 3 && *figure != '0';
	return thousands ? end : mark;
}

static bool add_digit(gint64 *minor, char digit)
{
	if (*minor > (G_MAXINT64 - (digit - '0')) / 10)
		return false;
	*minor = *minor * 10 + (digit - '0');
	return true;
}

static bool reckon(const char *figure, int digits, gint64 *minor)
{
	const char *mark = decimal_mark(figure, digits);
	char group = 0;
	for (const char *p = figure; p < mark && !group; p++)
		group = g_ascii_isdigit(*p) ? 0 : *p;
	if (group && (group == *mark || !grouped(figure, mark, group)))
		return false;
	*minor = 0;
	for (const char *p = figure; p < mark; p++) {
		if (g_ascii_isdigit(*p) && !add_digit(minor, *p))
			return false;
	}
	const char *p = *mark ? mark + 1 : mark;
	for (int n = 0; n < digits; n++) {
		if (!add_digit(minor, g_ascii_isdigit(*p) ? *p++ : '0'))
			return false;
	}
	/* More decimals than the currency has must be naughts: "¥100.00". */
	while (*p == '0')
		p++;
	return !*p;
}

bool money_currency(const char *code, char currency[4])
{
	const struct currency *c = currency_by_code(code);
	if (c)
		g_strlcpy(currency, c->code, 4);
	return c != NULL;
}

bool money_parse(const char *text, const char *fallback, struct money *m)
{
	if (!g_utf8_validate(text, -1, NULL))
		return false;
	g_autoptr(GString) sign = g_string_new(NULL);
	g_autoptr(GString) figure = g_string_new(NULL);
	bool negative = false;
	if (!split(text, sign, figure, &negative))
		return false;
	const struct currency *c = currency_by_sign(sign->str, currency_by_code(fallback));
	gint64 minor;
	if (!c || !reckon(figure->str, c->digits, &minor))
		return false;
	m->minor = negative ? -minor : minor;
	g_strlcpy(m->currency, c->code, sizeof m->currency);
	return true;
}

static char *figure_of(const struct money *m, int digits)
{
	guint64 minor = m->minor < 0 ? 0 - (guint64)m->minor : (guint64)m->minor, unit = 1;
	for (int n = 0; n < digits; n++)
		unit *= 10;
	if (!digits)
		return g_strdup_printf("%" G_GUINT64_FORMAT, minor);
	return g_strdup_printf("%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, minor / unit, digits,
			       minor % unit);
}

char *money_format(const struct money *m)
{
	if (!*m->currency)
		return g_strdup("");
	const struct currency *c = currency_by_code(m->currency);
	g_autofree char *figure = figure_of(m, c ? c->digits : 2);
	return g_strdup_printf("%s%s %s", m->minor < 0 ? "-" : "", figure, m->currency);
}

char *money_short(const struct money *m)
{
	if (!*m->currency)
		return g_strdup("");
	const struct currency *c = currency_by_code(m->currency);
	g_autofree char *figure = figure_of(m, c ? c->digits : 2);
	const char *sign = m->minor < 0 ? "-" : "";
	if (!c || !c->shown)
		return g_strdup_printf("%s%s %s", sign, m->currency, figure);
	return g_strdup_printf("%s%s%s", sign, c->shown, figure);
}
