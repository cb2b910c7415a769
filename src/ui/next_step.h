/* SPDX-License-Identifier: MIT */
/*
 * Doing the playbook's next step by one key: opens the reply that it names, or asks in one line for what is
 * to be recorded. A view keeps one of these and hands it the answers to what it asked.
 */
#pragma once
#include "ui/ladder.h"

struct next_step {
	gint64 case_id;  /* 0: nothing is asked */
	guint64 choices; /* facts of which the answer names one */
	bool finding;    /* there is one: the answer is a note to it and may lack */
};

/* Does the next step of the case. False and *error on a fault. */
bool next_step_do(struct next_step *n, const struct desk *desk, gint64 case_id, struct outcome *out,
		  GError **error);

/* Whether an answer is waited for. */
bool next_step_asks(const struct next_step *n);
/* Takes the answer to what was asked; out->then is the act that records it. */
bool next_step_answer(struct next_step *n, const struct desk *desk, const char *text, struct outcome *out,
		      GError **error);

/* Nothing is waited for any more. */
void next_step_forget(struct next_step *n);
