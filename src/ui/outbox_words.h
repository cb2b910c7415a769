/* SPDX-License-Identifier: MIT */
/* What is told of answers that haven't left: in the inbox, in their case and in the outbox. */
#pragma once
#include "store/answer.h"
#include "ui/paint.h"

/* "1 answer failed, 2 to post (!)"; NULL: all is well. Owned. */
char *outbox_alarm(const struct outbox_counts *c);
/* Whether a person has to do something about one of them, and not only to wait. */
bool outbox_is_urgent(const struct outbox_counts *c);

/* Whether it needs a person: failed, perhaps sent, to post. */
bool outbox_needs_person(const struct outbox_row *r);
/* "The answer of 2026-03-04 12:00 failed." Owned. */
char *outbox_heading(const struct outbox_row *r, GTimeZone *zone);
/* Of the first that needs a person: its heading and the reason; NULL if none does. Not safe; owned. */
char *outbox_line(const GPtrArray *rows, GTimeZone *zone);
/* What can be done, by the outbox's keys; a msgid. */
const char *outbox_advice(const struct outbox_row *r);
/* Why, and what to do, a paragraph each; safe. */
void outbox_each_line(const struct outbox_row *r, GTimeZone *zone,
		      void (*add)(void *data, enum style style, const char *safe), void *data);
