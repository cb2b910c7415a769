/* SPDX-License-Identifier: MIT */
/* What an answer promises in time becomes a clock, once the writer has confirmed the date (I2, Z4). */
#include "ui/composer.h"

#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"
#include "store/promise_due.h"

#include "domain/banned.h"

bool composer_find_promise(struct composer *c, GError **error)
{
	const struct desk *d = c->view.desk;
	const struct phrases *phrases = library_promises(d->library);
	g_autoptr(fill_values_auto) values =
	    fill_values_create(d->store, c->file, d->me, c->lang, d->now(), error);
	if (!values)
		return false;
	c->promised_in = text_area_version(c->area);
	c->promise_due = 0;
	g_clear_pointer(&c->promise, g_free);
	if (!phrases)
		return true;
	c->promise_due = promise_due(values, phrases, text_area_text(c->area), &c->promise);
	return true;
}

char *composer_promise_question(const struct composer *c)
{
	g_autofree char *due = when_stamp(c->promise_due, c->view.desk->zone);
	g_autofree char *words = text_safe(c->promise, -1, TEXT_ONE_LINE);
	return g_strdup_printf(_("Promise by %s? Enter: yes, n: no (%s) "), due, words);
}
