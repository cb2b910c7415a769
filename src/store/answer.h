/* SPDX-License-Identifier: MIT */
/*
 * The store's face for answering: drafts, sending, the outbox. Like store.h: whole requests, plain records,
 * false (or NULL) and *error on a fault.
 */
#pragma once
#include "store/store.h"

/* Reply and note are two buffers, never one with a switch. */
enum draft_buffer { DRAFT_REPLY, DRAFT_NOTE, N_DRAFT_BUFFERS };
extern const struct vocabulary DRAFT_BUFFERS;

struct draft {
	gint64 case_id;
	enum draft_buffer buffer;
	char *text;
	gsize cursor;    /* byte of the text */
	char *lang;      /* NULL: not chosen yet */
	char *templates; /* names of those put in, with blanks between; "" for none */
	char *attempt; /* idempotency key of the answer that it becomes; NULL: a new one is made at the first
			  save */
	gint64 seen;   /* the newest event id that the person had seen when it was begun (or since) */
	gint64 begun, saved;
	GPtrArray *files; /* of struct attachment: what goes out with it (store/attached.h); may be NULL */
};
void draft_destroy(struct draft *d);
typedef struct draft draft_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(draft_auto, draft_destroy)

/* Saves the person's draft; fills in d->attempt, begun and saved. */
bool store_draft_save(struct store *s, const char *me, struct draft *d, gint64 now, GError **error);
/* NULL without *error if there is none. */
struct draft *store_draft(struct store *s, const char *me, gint64 case_id, enum draft_buffer buffer,
			  GError **error);
/* With its files. */
bool store_draft_drop(struct store *s, const char *me, gint64 case_id, enum draft_buffer buffer,
		      GError **error);
/* The person's unfinished drafts, newest first, without their text. A GPtrArray of owned struct draft. */
GPtrArray *store_drafts(struct store *s, const char *me, GError **error);

/* A note for the case's history. */
bool store_note(struct store *s, const char *me, gint64 case_id, const char *text, gint64 now,
		GError **error);

/* How an answer leaves: as mail through the transport, or by hand on the platform's page. */
enum send_method { SEND_MAIL, SEND_HAND, N_SEND_METHODS };
extern const struct vocabulary SEND_METHODS;

struct answer {
	gint64 case_id;
	const char *attempt; /* the draft's idempotency key */
	const char *text, *lang;
	const char *templates; /* names used, with blanks between; may be "" */
	gint64 seen;           /* newest event id the person has seen */
	enum send_method method;
	gint64 undo_ms;      /* how long it can be taken back */
	gint64 promise_due;  /* 0: nothing promised by a date; else a promise clock starts (Z4) */
	const char *promise; /* the words that promise it */
	guint32 asks,
	    offers;          /* bits of EVIDENCE and OFFERS (domain/template.h) that it asks for and offers */
	guint32 finds;       /* bits of PLAYBOOK_FINDINGS that it makes true */
	struct money amount; /* of the offer, if one is named */
	const char *override;     /* the written reason why a guard's block was passed over, by one who may
				     (shop.ini [rights]); NULL: none was */
	const GPtrArray *uploads; /* of struct upload: attached besides what the draft has; may be NULL */
};

enum answer_result {
	ANSWER_QUEUED,
	ANSWER_UNSEEN,  /* something came since `seen`: nothing was sent; look first */
	ANSWER_REPEATED /* this attempt is in the outbox already: nothing was done */
};
struct answered {
	enum answer_result result;
	gint64 outbox, event; /* event: of the answer, or the first unseen one */
};

/*
 * Puts an answer with its files into history and outbox in one transaction, moves clocks and status, counts
 * the templates, drops the person's reply draft. ANSWER_UNSEEN if a message, note or other person's answer is
 * newer than `seen`. STORE_ERROR_REFUSED if it is to leave by mail and the buyer wrote none that can be
 * answered: automatic mail and addresses that take no answer don't count; and if it overrides the guard's
 * block and shop.ini gives the person no right to that.
 */
bool store_answer(struct store *s, const char *me, const struct answer *a, gint64 now, struct answered *r,
		  GError **error);

/* Takes an answer back that hasn't left (waiting, to post, failed) or of which the person says so (unsure):
 * its event is undone by a new one, clocks and status are as if it hadn't been, its text and files are the
 * person's draft again. *done false if it was too late or is another person's. */
bool store_take_back(struct store *s, const char *me, gint64 outbox, gint64 now, bool *done, GError **error);

/* --- outbox --------------------------------------------------------------- */

enum outbox_state {
	OUTBOX_WAITING,
	OUTBOX_SENDING,
	OUTBOX_SENT,
	OUTBOX_FAILED,
	OUTBOX_UNSURE, /* the program ended between handing over and noting it: a person decides */
	OUTBOX_TAKEN_BACK,
	OUTBOX_TO_POST, /* by hand: not yet posted */
	OUTBOX_POSTED,
	N_OUTBOX_STATES
};
extern const struct vocabulary OUTBOX_STATES;

struct outbox_row {
	gint64 id, case_id, message, created, send_after, next_try;
	enum outbox_state state;
	enum send_method method;
	int tries;
	char *login, *buyer, *platform, *subject, *fault;
};
void outbox_row_destroy(struct outbox_row *r);

/* Newest first. `all` false: only what still needs something (not sent, posted or taken back). GPtrArray,
 * owned. */
GPtrArray *store_outbox(struct store *s, bool all, int limit, GError **error);

/* Under which the store keeps the Message-IDs of what is written here (store/own_id.h). */
#define OWN_ID_DOMAIN "@amends.invalid"

/* What the transport needs to make the mail. */
struct outgoing {
	gint64 id, case_id, message;
	char *message_id; /* ours, with its check value, without <>; the transport puts the shop's domain in
			     it */
	char *to; /* "Name <address>" of the buyer's latest message that can be answered, or its Reply-To;
		     NULL: there is none */
	char *subject, *text, *lang;
	GPtrArray *references; /* of char *: the thread, oldest first */
	guint answered;        /* which of them is answered */
	GPtrArray *files;      /* of struct attachment: store_file() has their bytes */
	gint64 date;
	int tries;
};
void outgoing_destroy(struct outgoing *o);
typedef struct outgoing outgoing_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(outgoing_auto, outgoing_destroy)

/* Takes the next answer that may leave by mail and marks it "sending". NULL without *error if there is none.
 */
struct outgoing *store_outbox_take(struct store *s, gint64 now, GError **error);

/* Notes what became of it: sent; failed for now (tried again after `retry_ms`; 0: for good). */
bool store_outbox_sent(struct store *s, gint64 id, gint64 now, GError **error);
bool store_outbox_failed(struct store *s, gint64 id, const char *fault, gint64 retry_ms, gint64 now,
			 GError **error);

/* Nobody knows whether it left (the transport was ended in the middle): a person decides. */
bool store_outbox_unsure(struct store *s, gint64 id, const char *fault, gint64 now, GError **error);

/* When the next answer may leave by mail (UTC ms); G_MAXINT64: none waits. Only reads. */
bool store_outbox_next(struct store *s, gint64 *at, GError **error);

/* Whatever is "sending" though no sender runs (the caller holds the senders' lock) becomes "unsure". */
bool store_outbox_recover(struct store *s, gint64 now, guint *count, GError **error);

/* A person says what became of one: OUTBOX_POSTED (by hand) of one to post, OUTBOX_SENT or OUTBOX_POSTED of
 * one that waits, failed or is unsure, OUTBOX_WAITING (send again) of an unsure or failed mail.
 * STORE_ERROR_NOT_FOUND, with what to do, if it isn't there or isn't in such a state. */
bool store_outbox_settle(struct store *s, const char *me, gint64 id, enum outbox_state state, gint64 now,
			 GError **error);

/* How often templates were used: name -> GINT_TO_POINTER(count). Owned by the caller. */
GHashTable *store_template_uses(struct store *s, GError **error);
