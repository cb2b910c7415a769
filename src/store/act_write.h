/* SPDX-License-Identifier: MIT */
/* Acts inside a write: what single acts, notes, merges and undo share. */
#pragma once
#include "store/act.h"
#include "store/sql.h"

/* For conditions on an event `e`: it was neither taken back nor moved away. */
#define ACT_LIVE "NOT EXISTS (SELECT 1 FROM events u WHERE u.case_id = e.case_id AND u.undoes = e.id)"

/* Events that go along when a case is merged; a message's event goes alone when it is moved. */
#define ACT_MOVABLE                                                                                          \
	"e.type IN ('message-in', 'message-out', 'notice', 'note', 'call', 'wish', 'offer', "                \
	"'offer-answer', 'promise',"                                                                         \
	" 'promise-kept', 'evidence-asked', 'evidence-got', 'refund', 'replacement', 'carrier-asked', "      \
	"'label', 'goods-back', 'found')"

/* The whole of store_act() but its transaction. */
bool act_write(struct store *s, const char *me, const struct act *a, gint64 now, struct acted *r,
	       GError **error);

/* Who acts, when, under which act. */
struct actor {
	const char *me;
	gint64 now, act;
};

/* Merges case `from` into `to`, or moves the message. A new case's id comes in *to. All cases are brought in
 * line. Cases of two buyers are refused, and *two_buyers is set; NULL: they are meant. */
bool act_merge(struct store *s, const struct actor *by, gint64 from, gint64 to, bool *two_buyers,
	       GError **error);
bool act_move(struct store *s, const struct actor *by, gint64 from, gint64 message, gint64 *to,
	      GError **error);

/* Takes the moves of an act back, in all cases that it touched; mails that came into a merged case since go
 * to the case that they belong to. Refused if they have gone another way since.
 */
bool act_move_back(struct store *s, const struct actor *by, GError **error);

/* Brings back the view that the person dropped last, if that was after the act. *title: its name, owned;
 * NULL: there is none. */
bool view_bring_back(struct store *s, const char *me, gint64 act, char **title, GError **error);

/* A plain act's value is one that it can have. */
bool act_check(const struct act *a, GError **error);

bool act_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
