/* SPDX-License-Identifier: MIT */
/* What a case supplies to the placeholders of a canned reply (domain/template.h), for the desk and the
 * command line alike. */
#pragma once
#include "domain/template.h"
#include "store/store.h"

struct fill_values;

/*
 * Values for `f` (read whole, not brief) in the language of the reply: buyer.name, order.number, case.number,
 * item, value, shop.name, agent.name, platform; dates by the shop's calendar. `me` is the agent's login. What
 * isn't known stays open. NULL and *error if rules or names can't be read. `s` must outlive it: the calendar
 * is the store's.
 */
struct fill_values *fill_values_create(struct store *s, const struct case_file *f, const char *me,
				       enum lang lang, gint64 now, GError **error);
void fill_values_destroy(struct fill_values *v);
typedef struct fill_values fill_values_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(fill_values_auto, fill_values_destroy)

/* Sets a value that the agent gives ("amount"); NULL or "" opens it again. */
void fill_values_set(struct fill_values *v, const char *name, const char *text);

/* For template_fill(). Not owned; good as long as `v`. */
const struct template_values *fill_values_get(const struct fill_values *v);

/*
 * When what a template promises falls due: what its finished text says of time, as the desk reads it; where
 * it says nothing, `span` ("2 business days") in the shop's calendar. 0 if `span` is NULL. *words: the text's
 * own, or else the date; owned by the caller. 0 and *error if promises.ini can't be read.
 */
gint64 fill_values_promise(const struct fill_values *v, const char *span, const char *text, char **words,
			   GError **error);
