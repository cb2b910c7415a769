/* SPDX-License-Identifier: MIT */
/* What each act is made of. Private to store/. */
#pragma once
#include "store/act.h"

struct act_row {
	const char *form;
	guint fields;                   /* bits of enum act_field */
	const struct vocabulary *words; /* its text is one of these; NULL: any text */
	enum event_type event;
	const char *text; /* the event's text where the act's own doesn't count; NULL: the act's */
	enum trigger trigger;
	bool quiet; /* moves nothing: the case needn't be built anew */
};
const struct act_row *act_row(enum act_type type);
