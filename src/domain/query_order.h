/* SPDX-License-Identifier: MIT */
/* The order of what a query finds: `sort:` in its text, wherever it stands; the last one counts. */
#pragma once

/* In the order of sort:'s values. */
enum query_order {
	ORDER_CLOCK, /* the clock that bites next first */
	ORDER_NEWEST,
	ORDER_RELEVANCE, /* where few messages have the rarest word, else as ORDER_NEWEST */
};

/* The order that a query asks for; ORDER_CLOCK where it can't be read. */
enum query_order query_order(const char *text);

/* The query with another order, `sort:` written only where it isn't by clock. Owned; it as it is where it
 * can't be read. */
char *query_with_order(const char *text, enum query_order order);
