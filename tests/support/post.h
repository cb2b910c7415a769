/* SPDX-License-Identifier: MIT */
/* A shop whose answers leave through msmtp to a real SMTP server on loopback. */
#pragma once
#include "support/run.h"

#include <stdbool.h>

#define POST_NOW G_GINT64_CONSTANT(1795442400000) /* 2026-11-23 14:00 UTC */
#define POST_MINUTE G_GINT64_CONSTANT(60000)

struct post {
	struct run_home *home;
	char
	    *folder; /* of the SMTP server (tests/support/smtp_server.py): its mails, and what it is to say */
	char *send;  /* the command that hands a mail to it */
	GPid server;
	int hold; /* its standard input: closed, it ends */
};

/* For cmocka: a shop with one case, a buyer's mail, at POST_NOW; *state. */
int post_setup(void **state);
int post_teardown(void **state);
/* Whether msmtp is there; without it such tests are skipped (exit code 77). */
bool post_is_possible(void);

/* The shop's file with this command, and more lines behind it. */
void post_write_shop(const struct post *p, const char *command, const char *more);
/* Takes a mail in. */
void post_deliver(const struct post *p, const char *mail);
/* What time it is to programs started from here on. */
void post_set_now(const struct post *p, gint64 now);

/* Answers case 1 with a canned reply. */
void post_expect_reply(const struct post *p);
/* `amends send --once`: its exit code, and what is in its outputs. */
void post_expect_send(const struct post *p, gint64 now, int status, const char *out, const char *err);
/* That an answer of that state is in the outbox. */
void post_expect_outbox(const struct post *p, const char *state);
/* Starts `amends send` and returns at once. */
GPid post_begin_send(const struct post *p, gint64 now);

/* How many mails the server has taken. */
guint post_count(const struct post *p);
/* Waits until `path` is there: looked at, not slept for. */
void post_wait_for(const char *path);
char *post_read(const char *folder, const char *name); /* NULL if it isn't there; owned */
void post_write(const char *folder, const char *name, const char *text);
