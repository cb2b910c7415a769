/* SPDX-License-Identifier: MIT */
/*
 * The records that go into and come out of the store: plain data, no handle.
 * Times are UTC ms (0: none), money is minor units, text is UTF-8 as it came:
 * whoever shows it passes it through text_safe().
 */
#pragma once
#include "domain/clock.h"
#include "domain/money.h"
#include "domain/query_order.h"
#include "domain/vocab.h"

/* --- what ingest hands over ------------------------------------------- */

/* Why a mail wasn't fully understood; bits. Shown with the message and listed by `amends import`. */
enum mail_flaw {
	FLAW_UNPARSED = 1 << 0,   /* not a mail at all: kept whole as it came */
	FLAW_CHARSET = 1 << 1,    /* a wrong or missing label, guessed */
	FLAW_CUT = 1 << 2,        /* the readable text was cut; the source has it all */
	FLAW_PARTS = 1 << 3,      /* more parts than are listed */
	FLAW_DATE = 1 << 4,       /* no usable Date: */
	FLAW_MESSAGE_ID = 1 << 5, /* its Message-ID was missing or belongs to another content */
	FLAW_UNKNOWN = 1 << 6     /* a platform's mail that no rule recognises */
};

struct attachment {
	gint64 id;   /* 0 before it is stored */
	char *name;  /* made safe: text_file_name() */
	char *type;  /* "image/jpeg" */
	gint64 size; /* decoded bytes */
	char *part;  /* where in the source: "2.1"; "" of one that we sent */
	gint64 file; /* of one that we send: where its bytes are, see store_file(); 0: in the source */
};

GPtrArray *attachments_new(void); /* of owned struct attachment */

/* One mail, read. All strings owned; NULL where nothing is known. */
struct incoming {
	char *message_id;      /* without <>; made from the content when missing */
	char *content_hash;    /* sha256 hex of sender, subject, date and text */
	GPtrArray *references; /* of char*: In-Reply-To first, then References from the newest back */
	char *platform;        /* id; "mail" for plain mail */
	char *platform_name;   /* "eBay" */
	enum trigger trigger;
	enum kind kind;
	enum side side;
	bool automatic; /* never opens a clock, never answered */
	bool archived; /* so old when it came that it is history: no clock runs, a case opened by it is closed
			*/
	char *alias;   /* what is stable for this buyer on this platform: handle or address */
	char *buyer_name;
	char *from;     /* "Name <address>" as sent, decoded */
	char *reply_to; /* the plain address that answers go to; NULL: the sender's */
	char *order_no, *case_no;
	char *item, *sku;
	char *reason; /* the platform's own words for the complaint */
	struct money amount;
	gint64 stated_due; /* a date the mail states, 0 if none */
	char *stated;      /* the words that state it */
	char *lang;        /* "en", "nl", "lt", "it", "zh-Hans", "zh-Hant"; CHINESE_UNSURE: its script doesn't
			      show; NULL if unsure */
	gint64 sent;       /* the mail's own date, or when it was received */
	char *subject;
	char *text;             /* the message between the platform's frames; quoted lines begin "> " */
	char *whole;            /* the whole readable text if it differs, else NULL */
	GPtrArray *attachments; /* of struct attachment */
	GBytes *source;         /* the mail as it came */
	guint flaws;            /* bits of enum mail_flaw */
	char *flaw_note;        /* what to tell, or NULL */
	char *origin;           /* file it came from, or "deliver" */
};
struct incoming *incoming_create(void);
void incoming_destroy(struct incoming *m);
typedef struct incoming incoming_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(incoming_auto, incoming_destroy)

enum ingest_result {
	INGEST_NEW_CASE,
	INGEST_ADDED,
	INGEST_ALREADY_THERE,
	INGEST_KEPT /* no case: with its order or alone */
};
struct ingested {
	enum ingest_result result;
	gint64 case_id, message_id; /* 0 where there is none */
};

/* How far a file was read, so that an interrupted import goes on. */
struct import_mark {
	char *path;         /* absolute; Maildir flags (":2,S") cut off */
	gint64 size, mtime; /* when last read */
	gint64 offset;      /* bytes read and stored */
	char *head;         /* sha256 of the first 4 KiB: another file of that name starts anew */
};
void import_mark_clear(struct import_mark *m);

/* --- what the inbox shows ---------------------------------------------- */

/* A place in the list: the key of a row. */
struct inbox_key {
	gint64 value; /* what it is ordered by: when it is due, its last event's time, its relevance */
	gint64 id;
};

struct inbox_row {
	gint64 id;
	struct inbox_key key; /* in a list's page */
	gint64 due;           /* G_MAXINT64: no clock runs */
	char *platform;       /* display name */
	char *buyer;
	enum kind kind;
	char *subject; /* item, else subject */
	struct money value;
	char *lang;
	enum status status;
	char *who;     /* assignee's name, NULL if nobody */
	gint64 latest; /* time of the last event */
	bool pinned, snoozed;
	GPtrArray *tags; /* of char *, by name, if they were asked for; else NULL */
};

enum inbox_from {
	INBOX_START,
	INBOX_END,
	INBOX_AFTER,
	INBOX_BEFORE,
	INBOX_AT /* the row of the key first */
};

struct inbox_request {
	const char *query; /* query language; NULL or "" for all open cases */
	enum inbox_from from;
	struct inbox_key key;
	int limit;       /* rows wanted, 1..500 */
	gint64 now;      /* for due: terms */
	gint64 day_end;  /* end of the reader's today, for the counts */
	const char *me;  /* login, for who:me; may be NULL */
	gint64 limit_us; /* store_inbox(): the time it may take, then STORE_ERROR_LATE; 0: what it needs */
	bool tags;       /* rows tell them */
	bool found;      /* only among what store_keep_found() was given */
};

/* Answers that haven't left as they should, of all persons. */
struct outbox_counts {
	gint64 failed, unsure, to_post;
	gint64 retried; /* didn't leave and are tried again */
	gint64 late;    /* should have been tried long ago: nothing sends */
};

struct inbox_counts {
	gint64 overdue, today, open; /* of all open cases, whatever the query */
	struct outbox_counts outbox;
};

struct inbox_page {
	GPtrArray *rows;        /* of struct inbox_row, in list order whatever the direction */
	enum query_order order; /* the rows', which may be another than was asked for */
	bool more_before, more_after;
	struct inbox_counts counts;
	char *shop;     /* the shop's name, NULL before one is set */
	gint64 version; /* see store_version() */
};
void inbox_row_destroy(struct inbox_row *r);
void inbox_page_destroy(struct inbox_page *p);
typedef struct inbox_page inbox_page_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(inbox_page_auto, inbox_page_destroy)

/* --- one case ----------------------------------------------------------- */

struct message {
	gint64 id;
	enum side side;
	char *from, *subject, *text, *whole, *lang, *message_id;
	gint64 sent;
	bool automatic;
	guint flaws;
	char *flaw_note;
	GPtrArray *attachments; /* of struct attachment */
};

struct event {
	gint64 id;
	gint64 at; /* when it happened */
	enum event_type type;
	enum side side;
	enum trigger trigger;
	char *who;  /* person's name, or NULL */
	char *rule; /* the rule of data/rules that did it; NULL: none */
	char *text; /* what happened, in data's words: reason, old and new value */
	struct money amount;
	gint64 due;
	gint64 undoes;           /* UNDO: the event that it takes back */
	bool undone;             /* a later event took it back, or moved it to another case */
	gint64 act;              /* the act that it belongs to; 0: none */
	gint64 about;            /* OFFER_ANSWER, PROMISE_KEPT: the event that it answers */
	gint64 other;            /* MERGE, MOVED, SPLIT, LINK: the other case */
	gint64 origin;           /* the MOVED event that brought it here */
	struct message *message; /* MESSAGE_IN/OUT and NOTICE; else NULL; owned */
};

struct buyer {
	gint64 id;
	char *name, *handle, *lang, *notes, *segment;
	bool vip;
};

struct order {
	gint64 id;
	char *number, *item, *sku;
	struct money value;
	gint64 ordered;
	gint64 product;           /* 0: not known */
	char *strengths, *faults; /* of the article (I25) */
};

struct case_record {
	gint64 id;
	char *platform, *platform_name, *case_no, *subject, *lang, *who, *reason;
	enum kind kind;
	enum status status;
	struct money value;
	gint64 opened, latest, due;
	char *outcome;     /* what came of it; NULL until it is solved */
	struct money cost; /* what it cost the shop */
	bool pinned;
	GPtrArray *tags;    /* of char *, by name */
	gint64 merged_into; /* the case that holds what was here; 0: none */
};

struct case_request {
	gint64 id;
	gint64 before;    /* events older than this event id; 0: from the newest */
	gint64 since;     /* only events newer than this event id; 0: all */
	int limit;        /* events wanted, newest ones first chosen; 1..1000 */
	gsize text_limit; /* cut each message's text to so many bytes (a preview); 0: whole */
	bool brief;       /* only record, clocks and events: no buyer, order, other cases */
};

/* What follows from all events that weren't taken back. Bits are those of domain/template.h. */
struct case_facts {
	guint32 asked, got, offered; /* evidence asked for and received, solutions offered */
	bool wish_known;             /* the buyer said what is wanted */
	bool answered;               /* we have written */
	bool silent;                 /* we wrote last */
	bool approached; /* the buyer wrote, or the platform brought what moves a case: ours is an answer */
	gint64
	    ordered;  /* when the case's order, or else the buyer's newest there, was placed; 0: not known */
	bool content; /* somebody found out that the buyer is content */
	gint64 refunded, replaced; /* when money went back, when a replacement left; 0: not */
	gint64 decided;            /* when the platform decided the claim; 0: not */
	struct money refund;       /* what went back in all; no currency: not known */
	gint64 newest;             /* id of the newest event */
};

/* Of these OFFERS those that weren't done yet: what was done isn't offered, nor promised, again. */
guint32 case_facts_undone(const struct case_facts *f, guint32 offers);

struct case_file {
	struct case_record record;
	GPtrArray *events; /* of struct event, oldest first */
	bool more_before;
	GPtrArray *clocks;   /* of struct clock, earliest due first, stopped ones last */
	struct buyer *buyer; /* NULL when unknown or brief */
	struct order *order;
	struct case_facts facts;
	GPtrArray *others; /* of struct inbox_row: the buyer's other cases, newest first, at most 20 */
	GPtrArray
	    *unsent; /* of struct outbox_row (store/answer.h): answers that haven't left, newest first */
	gint64 version;
};
void message_destroy(struct message *m);
void event_destroy(struct event *e);
void case_file_destroy(struct case_file *f);
typedef struct case_file case_file_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(case_file_auto, case_file_destroy)
