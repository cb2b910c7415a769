/* SPDX-License-Identifier: MIT */
/* Whom an answer can go to. */
#pragma once
#include <stdbool.h>

/* Whether `sender` ("Name <address>" or an address, may be NULL) is an address that somebody reads: not no-reply@ and the
 * like (platforms.md, Mail). */
bool sender_takes_answers(const char *sender);
