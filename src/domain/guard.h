/* SPDX-License-Identifier: MIT */
/*
 * The guard reads a draft along with its writer and says what a message may not say, why, and what to write
 * instead (platforms.md "What a message may not say"; domain rules N6, N7, Z8, Z9, I2-I6). Its rules are
 * data/guard/NAME.ini, described in docs/data-files.md. Pure: the caller reads the files and knows the case.
 */
#pragma once
#include "domain/lang.h"

enum guard_severity {
	GUARD_BLOCK, /* can't be sent; a person with the right may override with a reason */
	GUARD_WARN,  /* one more key */
	GUARD_HINT,  /* advice */
	N_GUARD_SEVERITIES
};
extern const struct vocabulary GUARD_SEVERITIES;

enum guard_when {
	GUARD_ANY_TIME,
	GUARD_WHILE_OPEN,   /* and the buyer isn't known to be content */
	GUARD_WHILE_UNDONE, /* and nothing was done for the buyer either */
	GUARD_ONCE_SOLVED
};

struct guard_matcher; /* the compiled patterns of one rule */

struct guard_rule {
	char *id; /* "contact.email": file name without .ini, a dot, the group */
	enum guard_severity severity;
	char **platforms; /* ids, "-id" for an exclusion; empty: every platform */
	guint32 kinds;    /* bit per enum kind; 0: every kind */
	enum guard_when when;
	char *title, *why,
	    *instead; /* in the agent's language; `instead` is NULL where there is nothing to write */
	char **rules; /* ids of domain rules */
	char *file;
	int line;
	struct guard_matcher *matcher;
};

struct guard_rules;
struct guard_rules *guard_create(void);
void guard_destroy(struct guard_rules *g);
typedef struct guard_rules guard_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(guard_auto, guard_destroy)

/*
 * Adds one file. A name that begins with "_" holds words that the patterns of later files may use as {word}:
 * add those first. A name added twice: the first stays (the user's own is read before the shipped one). False
 * and *error
 * ("FILE:LINE: ...") on any fault.
 */
bool guard_add(struct guard_rules *g, const char *name, const char *file, const char *text, gsize length,
	       GError **error);

guint guard_count(const struct guard_rules *g);
const struct guard_rule *guard_nth(const struct guard_rules *g, guint n);
const struct guard_rule *guard_find(const struct guard_rules *g, const char *id);

/* What is known of the case a draft answers. Texts may be NULL where nothing is known. */
struct guard_case {
	enum status status;
	enum kind kind;
	bool buyer_lang_known;
	enum lang buyer_lang;
	const char *buyer_name;
	const char *order, *number; /* order number; the platform's case number */
	const char *const *own;     /* further identifiers that may be written (the buyer's alias, our other
				       orders); NULL-ended or NULL */
	const char *const
	    *foreign;       /* what the draft says of another buyer, as it stands there; NULL-ended or NULL */
	guint32 asked, got; /* bits of EVIDENCE (domain/template.h), Z9 */
	bool wish_known;    /* the buyer has said what they would like, N4 */
	bool done;          /* money went back, a replacement left, or the claim was decided, I5 */
	bool content;       /* and the buyer is content */
	guint attachments;  /* that go out with the draft */
	bool approached;    /* somebody wrote or asked for something: the draft may be an answer */
	int order_days;     /* whole days since the order; 0 also: not known */
};

struct guard_draft {
	const char *text; /* valid UTF-8 */
	bool lang_known;
	enum lang lang; /* what it is written in, if the writer said so */
	const char
	    *platform; /* "ebay"; NULL: not known, so rules for any platform but the shop's own mail count */
	const struct guard_case *facts; /* NULL: no case; rules that need one are passed over */
};

struct guard_finding {
	const struct guard_rule *rule;
	enum guard_severity severity;
	gsize at, length; /* bytes of the draft as typed; length 0: the draft as a whole */
	char *text;       /* for the agent: what is wrong, and what to write instead */
};
void guard_finding_destroy(struct guard_finding *f);

/* Reads a draft: a GPtrArray of owned struct guard_finding in the order of the text, gravest first at one
 * place. Never NULL. May be called from several threads. */
GPtrArray *guard_read(const struct guard_rules *g, const struct guard_draft *draft);

/* Runs the `match` and `pass` examples of every rule. Sets *count to how many there are; false and *error
 * ("FILE:LINE: ...") at the first that fails, or at a rule with fewer than three of either in a language. */
bool guard_check_examples(const struct guard_rules *g, guint *count, GError **error);

/* The language a text is written in, by stop words and script; false if that isn't plain. */
bool guard_language(const char *text, enum lang *lang);
