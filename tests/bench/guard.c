/* SPDX-License-Identifier: MIT */
/* How long a first reading by the guard takes: guard LANG < DRAFT prints the median of the milliseconds of
 * processor time. AMENDS_DATA names the folder of the rules. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/guard_files.h"

#define ROUNDS 41

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static double reading(const struct guard_rules *g, const struct guard_draft *draft)
{
	struct timespec from, to;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	g_ptr_array_unref(guard_read(g, draft));
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	char part[4096];
	double times[ROUNDS];
	enum lang lang;
	if (argc != 2 || !lang_find(argv[1], &lang)) {
		fprintf(stderr, "guard LANG < DRAFT\n");
		return 2;
	}
	for (size_t n; (n = fread(part, 1, sizeof part, stdin)) > 0;)
		g_string_append_len(text, part, (gssize)n);
	g_autoptr(guard_auto) rules = guard_files_load(&error);
	if (!rules) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	const struct guard_case facts = {.status = STATUS_OURS, .kind = KIND_DAMAGED, .wish_known = true};
	const struct guard_draft draft = {text->str, true, lang, "ebay", &facts};
	for (int n = 0; n < ROUNDS; n++)
		times[n] = reading(rules, &draft);
	qsort(times, ROUNDS, sizeof *times, by_size);
	printf("%.2f\n", times[ROUNDS / 2]);
	return 0;
}
