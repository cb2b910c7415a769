/* SPDX-License-Identifier: MIT */
/* What the files of the playbook share. */
#pragma once
#include "domain/playbook.h"

#define FACT_BIT(fact) ((guint64)1 << (fact))

/* Whether any of the facts is known. */
bool playbook_knows(const struct playbook_facts *f, guint64 any);

/* Frees what a playbook holds and the playbook. NULL is allowed. */
void playbook_destroy(struct playbook *p);
