/* SPDX-License-Identifier: MIT */
/* Mail that no person wrote: it never opens a clock and is never answered (platforms.md, Mail). */
#pragma once
#include "ingest/mail.h"

/* Whether the headers say that a program sent it, or that it is our own, come back. */
bool mail_is_automatic(const struct mail *m);
