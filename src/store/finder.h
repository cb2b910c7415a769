/* SPDX-License-Identifier: MIT */
/* How the cases are found that one part of a query names. Only for filter.c. */
#pragma once

/*
 * How the case ids of a leaf are found: `ids` selects them (DISTINCT isn't promised), `probe` tests one case
 * c where that is cheaper, `count` counts up to one more value, its last. Else each takes the same values.
 *
 * The probe of a text gathers the messages that hold it once a statement (+ keeps it from being turned round)
 * and looks a case's messages up in them. `walk` asks FTS5 for each case instead: the page of a word
 * that nearly every case has costs the same in any store. But beside a second condition it is asked for case
 * after case in vain. `scored` is `ids` with how well each message fits, for the words of a text: the index
 * keeps no lengths of texts, so it is how often the word stands there.
 */
struct finder {
	const char *ids, *probe, *count;
	int values;
	const char *walk, *scored;
};

extern const struct finder finder_text, finder_buyer, finder_order, finder_case, finder_who, finder_tag;

/* The finder of a mark (is:pinned); NULL if it is none. */
const struct finder *finder_mark(const char *is);
