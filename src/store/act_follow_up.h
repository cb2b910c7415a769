/* SPDX-License-Identifier: MIT */
/* Follow-ups (Y8): a case of its own, whose clock is due when the buyer is to be written to or called again.
 */
#pragma once
#include "store/act_write.h"

/* The act, asked for in case `id`: opens the case for that case's buyer, r->case_id. Refused if the buyer
 * isn't known, or if it would be too soon or too often by shop.ini: r->allowed and the text say from when on
 * it may be. */
bool act_follow_up_of(struct store *s, const struct actor *by, gint64 id, const struct act *a,
		      struct acted *r, GError **error);
