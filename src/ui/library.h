/* SPDX-License-Identifier: MIT */
/* What answering needs from the data files, read when first asked for: canned replies and the guard's rules.
 */
#pragma once
#include "domain/guard.h"
#include "domain/playbook.h"
#include "domain/promise.h"
#include "domain/stake.h"
#include "domain/template.h"
#include "store/answer.h"
#include "ui/spell.h"

struct library;

struct library *library_create(struct store *s);
void library_destroy(struct library *l); /* accepts NULL */

/* Owned by the library. NULL and *error if there are none or they can't be read. */
const struct template_set *library_templates(struct library *l, GError **error);

/* The guard's rules; NULL if they can't be read: library_guard_fault() then says why. Owned by the library.
 */
const struct guard_rules *library_guard(struct library *l);
const char *library_guard_fault(const struct library *l); /* safe; NULL if there is none */

/* How promises of time are worded; NULL if that can't be read. Owned by the library. */
const struct phrases *library_promises(struct library *l);

/* How buyers word what they wish for; NULL if that can't be read. Owned by the library. */
const struct phrases *library_wishes(struct library *l);

/* The ladders of steps and the account metrics; NULL if they can't be read: library_playbook_fault() then
 * says why. Owned by the library. */
const struct playbook_set *library_playbooks(struct library *l);
const struct metrics *library_metrics(struct library *l);
const char *library_playbook_fault(const struct library *l); /* safe; NULL if there is none */

/* Never NULL but in a build without Enchant, whose spell_ functions take that. Owned by the library. */
struct spell *library_spell(struct library *l);

/* Reads one thing more that will be wanted, so that the first `r` is quick. False when all is there. */
bool library_read_ahead(struct library *l);
