/* SPDX-License-Identifier: MIT */
/* What the buyer seems to want, by the newest message: a proposal, which a person confirms by an act. */
#pragma once
#include "store/records.h"
#include "ui/view.h"

/* The id of a wish that is read out of the file's newest message of the buyer, leaving out what is quoted
 * there; NULL if there is none. */
const char *wish_read(const struct desk *d, const struct case_file *f);

/* "Buyer seems to want: refund (W confirms)"; NULL where a wish is recorded already, the case is closed or
 * none is read. Owned. */
char *wish_line(const struct desk *d, const struct case_file *f);
