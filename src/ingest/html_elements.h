/* SPDX-License-Identifier: MIT */
/* What the elements of HTML mean to a reader of text. */
#pragma once
#include <stdbool.h>

enum element {
	EL_BLOCK = 1 << 0, /* begins and ends a line */
	EL_PARA = 1 << 1,  /* with an empty line before and after */
	EL_DROP = 1 << 2,  /* nothing in it is text for people */
	EL_PRE = 1 << 3,
	EL_QUOTE = 1 << 4,
	EL_LIST = 1 << 5,
	EL_ITEM = 1 << 6,
	EL_CELL = 1 << 7,
	EL_BREAK = 1 << 8,
	EL_RULE = 1 << 9,
	EL_LINK = 1 << 10,
	EL_IMAGE = 1 << 11
};

/* The bits of an element by its lower-case name; 0 for one that changes nothing. */
int html_element(const char *name);

/* The value of an attribute in libxml2's NULL-ended list of pairs (may be NULL); "" if it has none, NULL if
 * it isn't there. Not owned. */
const char *html_attribute(const unsigned char **atts, const char *name);

/* Whether the sender hides the element: preview text, tracking, invisible filler. */
bool html_is_hidden(const unsigned char **atts);
