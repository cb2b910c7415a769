/* SPDX-License-Identifier: MIT */
/* What an answer promises in time becomes a clock, once the writer has confirmed the date (I2, Z4). */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/promise_due.h"
#include "domain/text.h"
#include "domain/when.h"

#include "domain/banned.h"

/* The calendar by whose days and zone promises are kept; NULL if the rules can't be read. */
static const struct calendar *shop_calendar(const struct composer *c, GError **error)
{
	const struct ruleset *rules = store_rules(c->view.desk->store, error);
	return rules ? ruleset_calendar(rules, "shop") : NULL;
}

bool composer_find_promise(struct composer *c, GError **error)
{
	const struct desk *d = c->view.desk;
	const struct phrases *phrases = library_promises(d->library);
	g_autoptr(GError) fault = NULL;
	const struct calendar *shop = shop_calendar(c, &fault);
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return false;
	}
	c->promised_in = text_area_version(c->area);
	c->promise_due = 0;
	g_clear_pointer(&c->promise, g_free);
	if (phrases && shop)
		c->promise_due =
		    promises_first(phrases, text_area_text(c->area), shop, d->now(), &c->promise);
	return true;
}

/* In the shop's zone, as the text has it. */
char *composer_promise_question(const struct composer *c)
{
	const struct calendar *shop = shop_calendar(c, NULL);
	g_autofree char *due = when_stamp(c->promise_due, shop ? calendar_zone(shop) : c->view.desk->zone);
	g_autofree char *words = text_safe(c->promise, -1, TEXT_ONE_LINE);
	return g_strdup_printf(_("Promise by %s? Enter: yes, n: no (%s) "), due, words);
}
