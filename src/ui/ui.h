/* SPDX-License-Identifier: MIT */
/* The screen: inbox, case, search, help, palette. */
#pragma once
#include "store/store.h"

enum ui_error {
	UI_ERROR_NO_TERMINAL,     /* input or output is a file or a pipe */
	UI_ERROR_UNKNOWN_TERMINAL /* TERM isn't set, unknown, or can't place the cursor */
};
#define UI_ERROR ui_error_quark()
GQuark ui_error_quark(void);

struct ui_options {
	struct store *store;
	const char *me;      /* login name */
	gint64 (*now)(void); /* UTC ms */
	GTimeZone *zone;     /* the reader's */
	gint64 open_case;    /* 0: start in the inbox */
	const char *query;   /* first query, or NULL */
};

/* Runs until the user quits or the terminal goes away. False and *error if the terminal can't show it. */
bool ui_run(const struct ui_options *o, GError **error);
