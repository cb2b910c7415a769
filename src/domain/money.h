/* SPDX-License-Identifier: MIT */
/* Money is integer minor units and an ISO 4217 code. */
#pragma once
#include <glib.h>
#include <stdbool.h>

struct money {
	gint64 minor;
	char currency[4]; /* "" when unknown: no amount */
};

/* Reads amounts as people and platforms write them: "12,50", "€12.50", "EUR 1.234,56", "¥88",
 * "US$39.40", "1 234,50 €", "88块", "１２", ",50". `fallback` (may be NULL) names the currency when the text
 * names none. False if it is no amount, the currency is unknown, or a blank parts the digits otherwise than
 * into thousands. */
bool money_parse(const char *text, const char *fallback, struct money *m);

/* An ISO 4217 code in any case, as it is written; false if it isn't known. */
bool money_currency(const char *code, char currency[4]);

/* "12.50 EUR"; "" without currency. Owned by the caller. */
char *money_format(const struct money *m);
/* "€12.50", short, for a column. Owned by the caller. */
char *money_short(const struct money *m);
