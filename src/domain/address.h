/* SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>

/* Whether `s` is one "local@domain" of plain ASCII: nothing in it ends the address, quotes, or begins
 * another. */
bool address_is_plain(const char *s);
