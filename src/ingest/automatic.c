/* SPDX-License-Identifier: MIT */
#include "ingest/automatic.h"

#include <string.h>

#include "domain/banned.h"

enum sign { SIGN_PRESENT, SIGN_OTHER_THAN, SIGN_ONE_OF, SIGN_EMPTY };

static const struct {
	const char *header;
	enum sign sign;
	const char *words[4]; /* compared with the value's first word */
} SIGNS[] = {
    {"Auto-Submitted", SIGN_OTHER_THAN, {"no"}},
    {"Precedence", SIGN_ONE_OF, {"bulk", "junk", "list"}},
    {"X-Auto-Response-Suppress", SIGN_OTHER_THAN, {"none"}},
    {"X-AMAZON-MAIL-RELAY-TYPE", SIGN_ONE_OF, {"notification"}},
    {"X-Amends-Loop", SIGN_PRESENT, {NULL}},
    {"X-Autoreply", SIGN_OTHER_THAN, {"no"}},
    {"Return-Path", SIGN_EMPTY, {NULL}},
};

static const char *const ROBOTS[] = {"mailer-daemon@", "postmaster@"};

static bool is_one_of(const char *value, const char *const *words)
{
	gsize n = strcspn(value, " ;,\t");
	for (int i = 0; i < 4 && words[i]; i++)
		if (strlen(words[i]) == n && g_ascii_strncasecmp(value, words[i], n) == 0)
			return true;
	return false;
}

static bool shows(const char *value, enum sign sign, const char *const *words)
{
	switch (sign) {
	case SIGN_PRESENT:
		return true;
	case SIGN_OTHER_THAN:
		return *value && !is_one_of(value, words);
	case SIGN_ONE_OF:
		return is_one_of(value, words);
	case SIGN_EMPTY:
		return strcmp(value, "<>") == 0;
	}
	return false;
}

bool mail_is_automatic(const struct mail *m)
{
	for (gsize i = 0; i < G_N_ELEMENTS(SIGNS); i++) {
		const char *value = mail_header(m, SIGNS[i].header);
		if (value && shows(value, SIGNS[i].sign, SIGNS[i].words))
			return true;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(ROBOTS); i++)
		if (g_str_has_prefix(m->from_address, ROBOTS[i]))
			return true;
	return false;
}
