/* SPDX-License-Identifier: MIT */
/* The screen: inbox, case, search, help, palette. */
#pragma once
#include "store/store.h"

struct ui_options {
	struct store *store;
	const char *me;        /* login name */
	gint64 (*now)(void);   /* UTC ms */
	GTimeZone *zone;       /* the reader's */
	gint64 open_case;      /* 0: start in the inbox */
	const char *query;     /* first query, or NULL */
};

/* Runs until the user quits or the terminal goes away. False and *error if the terminal can't show it. */
bool ui_run(const struct ui_options *o, GError **error);
