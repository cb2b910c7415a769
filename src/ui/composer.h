/* SPDX-License-Identifier: MIT */
/* What the composer's files share: a draft, the case that it answers, and what was found in it. */
#pragma once
#include "store/fill_values.h"
#include "ui/draft_saver.h"
#include "ui/pager.h"
#include "ui/text_area.h"
#include "ui/view.h"

/* From here on history stands beside the draft; below, one key shows it above. */
#define COMPOSER_WIDE 120

/* What the prompt at the bottom was opened for. */
enum asking {
	ASKING_NOTHING,
	ASKING_REASON,
	ASKING_LANGUAGE,
	ASKING_SWAP,
	ASKING_SPELLING,
	ASKING_PROMISE,
	ASKING_FILE
};

/* A canned reply as it was put in. */
struct inserted {
	char *name;
	bool body; /* without greeting and signature: the draft had them */
	char *text;
};

struct composer {
	struct view view;
	gint64 case_id;
	enum draft_buffer buffer;
	enum lang lang;
	char *template;               /* to put in at the start, NULL: none */
	char *prepared, *prepared_by; /* the canned reply that a rule prepared, and the rule; NULL: none */
	struct case_file *file;
	struct text_area *area;
	struct draft_saver saver;
	GPtrArray *inserted; /* of struct inserted */
	GPtrArray *findings; /* of struct guard_finding, gravest first */
	guint found_in;      /* version of the text that the findings are of */
	GArray *misspelt;    /* of struct misspelt */
	guint spelt_in;      /* version of the text that they are of */
	guint confirmed;     /* version of the text whose warnings were passed over; 0: none */
	int finding;         /* the one that was gone to last, -1: none */
	char *reason;        /* for passing over the guard's blocks, NULL: none */
	guint reasoned_in;   /* version of the text that it is given for */
	char *promise;       /* words of the text that promise a time, NULL: none */
	gint64 promise_due;
	guint promised_in; /* version of the text that was looked through for promises; 0: none */
	enum asking asking;
	enum lang wanted; /* ASKING_SWAP: the language to change to */
	bool news;        /* something came since the draft was begun, and hasn't been looked at */
	struct pager history;
	bool show_history;
	int top;      /* the first row of the draft that is shown */
	gint64 typed; /* when the last key came, UTC ms */
};

/* Reads the case, the first time also the draft. */
bool composer_read(struct composer *c, GError **error);
/* Whether the text is still what a rule prepared, as it was filled in: nobody has touched it. */
bool composer_is_prepared(const struct composer *c);
/* After any change of the text: it will be saved and read by the guard. */
void composer_touch(struct composer *c);
bool composer_save(struct composer *c, GError **error);

/* --- composer_guard.c ----------------------------------------------------------- */

/* The guard reads the text, if it changed. */
void composer_guard(struct composer *c);
/* How many findings there are of a severity. */
guint composer_count(const struct composer *c, enum guard_severity severity);
/* Goes to the next finding; false if there is none. */
bool composer_next_finding(struct composer *c);
/* What was found, a line for each rule, gravest first; the one that was gone to in full, from line *chosen
 * on. Owned. */
GPtrArray *composer_guard_lines(const struct composer *c, int columns, int *chosen);

/* The id of the newest event that was read. */
gint64 composer_newest(const struct composer *c);

/* --- composer_replies.c --------------------------------------------------------- */

/* Finds the replies that the draft names in its text. */
void composer_remember_replies(struct composer *c);
/* Whether the text still says what the reply says: it may have been taken back or rewritten. */
bool composer_says(const struct composer *c, const struct inserted *in);
/*
 * Puts a canned reply in at the cursor, which goes to its first open place, or before the signature. Into a
 * draft that has greeting or signature comes only what stands between them, as paragraphs of its own behind
 * the cursor's and before the signature.
 */
bool composer_insert_template(struct composer *c, const char *name, GError **error);
/*
 * Changes the language: every reply that was put in and stands as it was, but for its open places and what
 * was written between its paragraphs, is exchanged. `changed` counts those that were changed by hand; with
 * `force` false nothing happens then.
 */
bool composer_language(struct composer *c, enum lang lang, bool force, guint *changed, GError **error);
/* Takes the text, as it is, for one in that language. */
void composer_speak(struct composer *c, enum lang lang);

/* --- composer_promise.c --------------------------------------------------------- */

/* Looks for promises of time in the text: c->promise and promise_due. */
bool composer_find_promise(struct composer *c, GError **error);
/* Asks whether the date is meant so. Owned. */
char *composer_promise_question(const struct composer *c);

/* --- composer_spell.c ----------------------------------------------------------- */

/* Looks every word up, if the text changed. */
void composer_check_spelling(struct composer *c);
/* Goes to the word at or behind the cursor that looks wrong and asks how it is spelt. */
void composer_ask_spelling(struct composer *c, struct outcome *out);
/* Spells it as answered: the number of a suggestion, or a word. */
void composer_spell(struct composer *c, const char *answer);

/* --- composer_files.c ----------------------------------------------------------- */

guint composer_file_count(const struct composer *c);
/* "1 label.pdf (12 kB); 2 manual.pdf (1 MB)"; "" for none. Safe; owned. */
char *composer_files_line(const struct composer *c);
/* Asks for a file at the bottom. */
void composer_ask_file(struct composer *c, struct outcome *out);
/* Copies the file into the store, for this draft. "" does nothing. */
bool composer_attach(struct composer *c, const char *path, struct outcome *out, GError **error);
/* Takes one off again: by its number, or (NULL) the only one. */
bool composer_detach(struct composer *c, const char *number, struct outcome *out, GError **error);
/* Says what is attached. */
void composer_tell_files(const struct composer *c, struct outcome *out);

/* --- composer_layout.c ---------------------------------------------------------- */

/* Gives the text and the history their places for the screen's size. */
void composer_lay_out(struct composer *c);
void composer_draw(const struct view *view, struct frame *f);
/* Scrolls so that the cursor is seen. */
void composer_follow(struct composer *c);
/* The offset of the text at a place of the screen; false if the text isn't there. */
bool composer_at(const struct composer *c, int row, int col, int *text_row, int *text_col);
int composer_text_rows(const struct composer *c);

/* --- composer_send.c ------------------------------------------------------------- */

/* Sends the answer, keeps the note, or tells in `out` what stands against it. */
bool composer_send(struct composer *c, struct outcome *out, GError **error);
/* The reason to pass over blocks, or whether the promise's date is meant; goes on with sending. */
bool composer_send_reason(struct composer *c, const char *reason, struct outcome *out, GError **error);
bool composer_send_promise(struct composer *c, const char *answer, struct outcome *out, GError **error);
