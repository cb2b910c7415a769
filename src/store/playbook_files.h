/* SPDX-License-Identifier: MIT */
/* Playbooks (data/playbooks/KIND.ini) and account metrics (data/metrics.ini). */
#pragma once
#include "domain/playbook.h"
#include "domain/stake.h"

/* Reads every file, the user's own before the shipped ones. NULL and *error ("FILE:LINE: ...") on any fault.
 */
struct playbook_set *playbook_files_load(GError **error);
struct metrics *metrics_file_load(GError **error);
