/* SPDX-License-Identifier: MIT */
/* A case's solutions side by side, with what each costs the shop (N5, Z7). */
#pragma once
#include "domain/solution.h"
#include "ui/paint.h"

/* Adds lines that are at most `columns` wide: two solutions beside each other, below each other where the
 * room is too narrow. */
void solution_table_lay_out(GPtrArray *lines, const GPtrArray *solutions, int columns, GTimeZone *zone);
