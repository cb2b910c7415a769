/* SPDX-License-Identifier: MIT */
/* What is typed, as FTS5 asks for it. */
#pragma once

/*
 * A folded phrase ("late parcel", "ref*" for a prefix) as an FTS5 expression; NULL if it has no letter or
 * digit. Han characters that the scripts share but use differently are asked for in each way: 写着 finds
 * 寫著. Owned by the caller.
 */
char *search_phrase(const char *folded);
