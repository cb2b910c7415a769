/* SPDX-License-Identifier: MIT */
/* Examples in a rule of automation: cases that a line describes, and whether the rule fires on them. Run by
 * store/automation_examples.c, because only the store can say what a query finds. */
#pragma once
#include "domain/ini.h"
#include "domain/vocab.h"

enum example_fact {
	EXAMPLE_EVENT,  /* what the mail means: an id of TRIGGERS; else the rule's first event */
	EXAMPLE_OPENED, /* "yes" or "no": whether the mail opens the case; else it does */
	EXAMPLE_KIND,
	EXAMPLE_PLATFORM,
	EXAMPLE_LANG,
	EXAMPLE_VALUE, /* with its currency */
	EXAMPLE_BUYER,
	EXAMPLE_ORDER,
	EXAMPLE_SUBJECT,
	EXAMPLE_TEXT,
	EXAMPLE_STATUS,
	EXAMPLE_WHO,
	EXAMPLE_TAG,
	N_EXAMPLE_FACTS
};

struct automation_example {
	bool match; /* the rule fires; else it doesn't */
	char *key;  /* "match.1" */
	int line;
	char *facts[N_EXAMPLE_FACTS]; /* as written, and they can be so; NULL: not said */
};

/* The examples of a rule's group, in the file's order: a GPtrArray of owned struct automation_example. NULL
 * and *error on one that can't be read. */
GPtrArray *automation_examples_read(const struct ini *i, const char *group, GError **error);
