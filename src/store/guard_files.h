/* SPDX-License-Identifier: MIT */
/* The guard's rules: data/guard/NAME.ini. */
#pragma once
#include "domain/guard.h"

/* Reads every file, the user's own before the shipped ones. NULL and *error ("FILE:LINE: ...") on any fault.
 */
struct guard_rules *guard_files_load(GError **error);
