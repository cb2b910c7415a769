/* SPDX-License-Identifier: MIT */
/*
 * Hands a mail to a sendmail-compatible program (sendmail -t, msmtp -t): no shell, the mail on its standard
 * input, its exit code read as sysexits(3).
 */
#pragma once
#include <glib.h>

enum handed {
	HANDED_OVER,
	HANDED_LATER, /* not now: worth another try */
	HANDED_NEVER, /* refused for good */
	HANDED_UNSURE /* it may have left: it ended in the middle, was stopped, or lost its server */
};

/*
 * Runs `argv` (NULL-ended, looked for in PATH) with `mail`, for at most `limit` seconds; then it is ended.
 * Blocks.
 * `*fault` gets what went wrong, one line made safe, owned by the caller; NULL when handed over. Signals that
 * the caller has blocked aren't blocked in the program, which stands in a process group of its own: Ctrl-C
 * doesn't reach it.
 */
enum handed transport_hand(const char *const *argv, int limit, GBytes *mail, char **fault);
