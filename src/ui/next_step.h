/* SPDX-License-Identifier: MIT */
/*
 * Doing the playbook's next step by one key: opens the reply that it names, or asks in one line for what is to be
 * recorded. A view keeps one of these and hands it the answers to what it asked.
 */
#pragma once
#include "ui/ladder.h"

struct next_step {
	gint64 case_id;   /* 0: nothing is asked */
	guint64 choices;  /* facts of which the answer names one; 0: the answer is for `form` */
	char *form;       /* an act's id ("wish"), or one with its first words ("found=cause") */
	bool whole;       /* form is all of the act: the answer is a note to it, and may lack */
	char currency[4]; /* of the case: for amounts without one */
};

/* Does the next step of the case. False and *error on a fault. */
bool next_step_do(struct next_step *n, const struct desk *desk, gint64 case_id, struct outcome *out, GError **error);

/* Whether an answer is waited for. */
bool next_step_asks(const struct next_step *n);
/* Takes the answer to what was asked: records it, or asks on. *changed: the case is another now. */
bool next_step_answer(struct next_step *n, const struct desk *desk, const char *text, struct outcome *out,
		      bool *changed, GError **error);

/* Nothing is waited for any more. */
void next_step_forget(struct next_step *n);
