/* SPDX-License-Identifier: MIT */
#include "domain/template_parse.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

static const struct template_name names[] = {
    {"buyer.name", N_("the buyer's name")},
    {"order.number", N_("the order's number")},
    {"case.number", N_("the platform's number of the case")},
    {"item", N_("the article")},
    {"value", N_("what the order is worth")},
    {"shop.name", N_("the shop's name")},
    {"agent.name", N_("your name")},
    {"platform", N_("the marketplace")},
    {"amount", N_("an amount of money")},
    {"refund", N_("what was refunded")},
    {"refunded", N_("the day of the refund; nothing while there is none")},
    {"replaced", N_("the day a replacement or a part left; nothing before")},
    {"decided", N_("the day on which the platform decided; nothing before")},
    {"tracking", N_("the parcel's tracking number")},
    {"carrier", N_("the carrier")},
    {"place", N_("where the parcel is")},
    {"part", N_("the part that is sent")},
    {"reference", N_("the payment's reference")},
    {"bank", N_("the bank a payment came through")},
    {"policy", N_("the shop's rule, in its own words")},
    {"steps", N_("what to try, step by step")},
    {"reason", N_("the reason")},
    {"date:", N_("a date from now: date:24h, date:2b (business days), date:7d")},
    {"time:", N_("a date with its time of day: time:24h")},
};

const struct template_name *template_name_nth(guint n)
{
	return n < G_N_ELEMENTS(names) ? &names[n] : NULL;
}

bool piece_is_time(const char *name, gsize length, char *unit, int *amount, bool *with_time)
{
	if (length < 7 || (strncmp(name, "date:", 5) != 0 && strncmp(name, "time:", 5) != 0))
		return false;
	*with_time = name[0] == 't';
	*amount = 0;
	gsize i = 5;
	for (; i < length && g_ascii_isdigit(name[i]) && *amount < 10000; i++)
		*amount = *amount * 10 + name[i] - '0';
	*unit = i < length ? name[i] : '\0';
	return i > 5 && i + 1 == length && (*unit == 'h' || *unit == 'd' || *unit == 'b');
}

bool piece_is_known(const char *name, gsize length)
{
	char unit;
	int amount;
	bool with_time;
	if (piece_is_time(name, length, &unit, &amount, &with_time))
		return true;
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strlen(names[i].name) == length && strncmp(names[i].name, name, length) == 0)
			return names[i].name[length - 1] != ':';
	}
	return false;
}

static enum piece_type type_of(char mark)
{
	return mark == '#'   ? PIECE_IF
	       : mark == '^' ? PIECE_UNLESS
	       : mark == '/' ? PIECE_END
	       : mark == '>' ? PIECE_PARTIAL
			     : PIECE_VALUE;
}

static struct piece text_piece(const char **at, gsize length, gsize step)
{
	struct piece p = {PIECE_TEXT, *at, length, *at, step};
	*at += step;
	return p;
}

struct piece piece_next(const char **at)
{
	const char *begin = *at;
	if (!*begin)
		return (struct piece){.type = PIECE_STOP, .whole = begin};
	if (strncmp(begin, "{{", 2) != 0) {
		const char *next = strstr(begin, "{{");
		gsize length = next ? (gsize)(next - begin) : strlen(begin);
		return text_piece(at, length, length);
	}
	if (strncmp(begin, "{{{{", 4) == 0)
		return text_piece(at, 2, 4);
	const char *end = strstr(begin, "}}");
	gsize line = strcspn(begin, "\n");
	if (!end || (gsize)(end - begin) > line)
		return (struct piece){.type = PIECE_FAULT, .whole = begin, .whole_length = line};
	struct piece p = {
	    .type = type_of(begin[2]), .text = begin + 2, .whole = begin, .whole_length = end + 2 - begin};
	if (p.type != PIECE_VALUE)
		p.text++;
	p.length = end - p.text;
	*at = end + 2;
	bool section = p.type == PIECE_IF || p.type == PIECE_UNLESS || p.type == PIECE_END;
	/* The byte before is looked at only where there is one: the caller starts at a line's beginning. */
	if (section && **at == '\n' && begin[-1] == '\n')
		(*at)++;
	return p;
}
