/* SPDX-License-Identifier: MIT */
/* What a case already tells about an act that is about to be done to it. */
#pragma once
#include "store/act.h"
#include "ui/view.h"

/* A line above the prompt: before solving, the promises that are still open (Z4); the words that can be
 * chosen. NULL: nothing. Owned. */
char *act_note(const struct desk *d, enum act_type type, gint64 case_id);

/* What is proposed as input: the wish that the buyer's newest text speaks of (Z5). NULL: nothing. Owned. */
char *act_proposal(const struct desk *d, enum act_type type, gint64 case_id);
