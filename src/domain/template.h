/* SPDX-License-Identifier: MIT */
/*
 * Canned replies: templates/NAME/meta.ini and a body for each language. English is the source; the other
 * bodies say which revision of it they render, so that a stale one is seen. Pure: the caller reads the files.
 */
#pragma once
#include "domain/lang.h"

/* Where in the talk a reply belongs (domain rules Z6, I3, I6 ...). */
enum stage {
	STAGE_OPENING,
	STAGE_EVIDENCE,
	STAGE_CHOICE,
	STAGE_SOLUTION,
	STAGE_DELAY,
	STAGE_REFUSE,
	STAGE_CLAIM,
	STAGE_PAYMENT,
	STAGE_REVIEW,
	STAGE_REMINDER,
	STAGE_AFTER,
	STAGE_POLICY,
	N_STAGES
};
extern const struct vocabulary STAGES;

/* What can be asked for (Z10) and what can be offered (N5, Z6). */
extern const struct vocabulary EVIDENCE, OFFERS;

struct template
{
	char *name;            /* the folder's */
	char *title;           /* in the agent's language */
	char *titles[N_LANGS]; /* in each; NULL where it isn't given */
	guint32 kinds;         /* bit per enum kind; 0: every kind */
	enum stage stage;
	char **platforms;      /* ids, "-id" for an exclusion; empty: every platform */
	guint32 asks, offers;  /* bits of EVIDENCE, OFFERS */
	guint32 finds;         /* bits of PLAYBOOK_FINDINGS: what sending it makes true */
	char *promises;        /* "24 h", "2 business days"; NULL: none */
	char **needs;          /* placeholders that the agent fills in */
	char *when;            /* "open", "solved", "sent", "unsent", "asked" (for evidence) */
	char **rules;          /* ids of domain rules */
	int source;            /* revision of the English body */
	int rendered[N_LANGS]; /* the source revision each body renders; 0: not said */
	char *bodies[N_LANGS]; /* NULL where there is none */
	char *file;            /* meta.ini, for error texts */
};

struct template_set;
struct template_set *template_set_create(void);
void template_set_destroy(struct template_set *t);
typedef struct template_set template_set_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(template_set_auto, template_set_destroy)

/* The files of one folder. A folder whose name begins with "_" is a partial and has no meta.ini (`meta`
 * NULL). */
struct template_files {
	const char *name, *meta_file, *meta;
	gsize meta_length;
	const char *bodies[N_LANGS]; /* text, NULL where there is no file */
};

/*
 * Adds one template. A name added twice: the first stays (the user's own are read before the shipped ones).
 * False and *error ("FILE:LINE: ..." or "NAME/LANG.txt:LINE: ...") on an unknown key or word, a body that
 * doesn't parse, an English body that is missing, or a placeholder that isn't known.
 */
bool template_set_add(struct template_set *t, const struct template_files *f, GError **error);

guint template_set_count(const struct template_set *t);
const struct template *template_set_nth(const struct template_set *t, guint n);
const struct template *template_set_find(const struct template_set *t, const char *name);

/* A body exists but renders an older source, or none exists: the reply should be looked at first. */
bool template_is_stale(const struct template *t, enum lang lang);

/* What a case says that decides which replies fit. */
struct template_case {
	enum kind kind;
	enum status status;
	const char *platform;
	bool answered; /* we have written before: openings fit less */
	guint32 asked; /* bits of EVIDENCE: what was asked already isn't asked again (Z9) */
	bool silent;   /* the buyer has been silent since we wrote: reminders fit */
};

/* Whether the reply may be sent on a platform at all. */
bool template_fits_platform(const struct template *t, const char *platform);

/* How well a reply fits, 0 (not at all) to 100, without regard to how often it is used. */
int template_fit(const struct template *t, const struct template_case *c);

/* --- filling in ---------------------------------------------------------- */

/* Values for placeholders; a name without a value stays open. */
struct template_values {
	GHashTable *texts; /* name -> text, both owned by the table's maker */
	gint64 now;
	GTimeZone *zone;
	/* The end of `span` from `now` in the shop's calendar: for {{date:2b}}. `amount`: hours, days or
	 * business days, as `unit` ('h', 'd', 'b') says. */
	gint64 (*later)(void *data, gint64 now, char unit, int amount);
	void *data;
};

/* A place in the filled text that is still open. */
struct template_hole {
	gsize at, length; /* bytes of the text: "{{amount}}" stands there */
};

/*
 * Fills in the body of `lang`. Open placeholders stay as they are written and are told in `holes` (GArray of
 * struct template_hole, may be NULL). NULL if there is no body in that language. Owned by the caller.
 */
char *template_fill(const struct template_set *s, const struct template *t, enum lang lang,
		    const struct template_values *v, GArray *holes);

/* The same without the partials "greeting" and "signature": for a text that has them already. */
char *template_fill_body(const struct template_set *s, const struct template *t, enum lang lang,
			 const struct template_values *v);

/* Finds open placeholders in any text (a draft that was edited since). Appends to `holes`. */
void template_find_holes(const char *text, GArray *holes);

/* The placeholders there are: name and meaning (a msgid). NULL past the end. */
struct template_name {
	const char *name, *meaning;
};
const struct template_name *template_name_nth(guint n);
