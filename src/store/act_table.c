/* SPDX-License-Identifier: MIT */
#include "store/act_table.h"

#include "domain/intl.h"
#include "domain/playbook.h"
#include "domain/tag.h"
#include "domain/template.h"
#include "store/act_write.h"

#include <string.h>

#include "domain/banned.h"

static const struct word fates[] = {
    {"resell", N_("sell again"), "I16"},
    {"relabel", N_("relabel"), "I16"},
    {"destroy", N_("destroy"), "I16"},
};
const struct vocabulary GOODS_FATES = {"goods", fates, G_N_ELEMENTS(fates)};

#define MAY_TEXT (ACT_TEXT | ACT_TEXT_MAY_LACK)
#define MAY_AMOUNT (ACT_AMOUNT | ACT_AMOUNT_MAY_LACK)

/* Everything about an act in one row: id, title, form, fields, words, event, the event's fixed text, the
 * status it sets, trigger, quiet. */
#define ACT_TABLE(ROW)                                                                                       \
	ROW(TAKE, "take", N_("taken"), "take", ACT_BULK, NULL, CLAIM, NULL, NONE, false)                     \
	ROW(ASSIGN, "assign", N_("assigned"), "assign=LOGIN", ACT_TEXT | ACT_BULK, NULL, CLAIM, NULL, NONE,  \
	    false)                                                                                           \
	ROW(HAND_BACK, "hand-back", N_("handed back"), "hand-back", ACT_BULK, NULL, CLAIM, "", NONE, false)  \
	ROW(STATUS, "status", N_("status"), "status=STATUS", ACT_TEXT | ACT_BULK, &STATUSES, STATUS, NULL,   \
	    NONE, false)                                                                                     \
	ROW(KIND, "kind", N_("kind"), "kind=KIND", ACT_TEXT | ACT_BULK, &KINDS, KIND, NULL, NONE, false)     \
	ROW(SNOOZE, "snooze", N_("snoozed"), "snooze=WHEN", ACT_DUE | ACT_BULK, NULL, SNOOZE, NULL, NONE,    \
	    false)                                                                                           \
	ROW(WAKE, "wake", N_("woken"), "wake", ACT_BULK, NULL, SNOOZE, NULL, NONE, false)                    \
	ROW(PIN, "pin", N_("pinned"), "pin", ACT_BULK, NULL, PIN, "yes", NONE, false)                        \
	ROW(UNPIN, "unpin", N_("unpinned"), "unpin", ACT_BULK, NULL, PIN, "no", NONE, false)                 \
	ROW(NO_ANSWER, "no-answer", N_("no answer needed"), "no-answer", ACT_BULK, NULL, NO_ANSWER, NULL,    \
	    NO_ANSWER_NEEDED, false)                                                                         \
	ROW(NOTE, "note", N_("note"), "note=TEXT", ACT_TEXT | ACT_BULK, NULL, NOTE, NULL, NONE, true)        \
	ROW(CALL, "call", N_("call"), "call=TEXT", ACT_TEXT, NULL, CALL, NULL, NONE, true)                   \
	ROW(WISH, "wish", N_("buyer's wish"), "wish=TEXT", ACT_TEXT, NULL, WISH, NULL, NONE, true)           \
	ROW(OFFER, "offer", N_("offer"), "offer=TEXT; AMOUNT", MAY_TEXT | MAY_AMOUNT, NULL, OFFER, NULL,     \
	    NONE, true)                                                                                      \
	ROW(OFFER_ACCEPTED, "accepted", N_("offer accepted"), "accepted", ACT_ABOUT, NULL, OFFER_ANSWER,     \
	    "accepted", BUYER_ACTED, false)                                                                  \
	ROW(OFFER_REFUSED, "refused", N_("offer refused"), "refused", ACT_ABOUT, NULL, OFFER_ANSWER,         \
	    "refused", BUYER_ACTED, false)                                                                   \
	ROW(OFFER_COUNTERED, "countered", N_("offer countered"), "countered=AMOUNT", ACT_ABOUT | MAY_AMOUNT, \
	    NULL, OFFER_ANSWER, "countered", BUYER_ACTED, false)                                             \
	ROW(PROMISE, "promise", N_("promise"), "promise=WHEN; TEXT", ACT_DUE | MAY_TEXT, NULL, PROMISE,      \
	    NULL, NONE, false)                                                                               \
	ROW(PROMISE_KEPT, "kept", N_("promise kept"), "kept", ACT_ABOUT, NULL, PROMISE_KEPT, NULL, NONE,     \
	    false)                                                                                           \
	ROW(EVIDENCE_ASKED, "asked", N_("evidence asked"), "asked=WORDS", ACT_TEXT, &EVIDENCE,               \
	    EVIDENCE_ASKED, NULL, NONE, true)                                                                \
	ROW(EVIDENCE_GOT, "got", N_("evidence received"), "got=WORDS", ACT_TEXT, &EVIDENCE, EVIDENCE_GOT,    \
	    NULL, BUYER_ACTED, false)                                                                        \
	ROW(REFUND, "refund", N_("refunded"), "refund=AMOUNT", ACT_AMOUNT, NULL, REFUND, NULL,               \
	    REFUND_ISSUED, false)                                                                            \
	ROW(REPLACEMENT, "replacement", N_("replacement sent"), "replacement=AMOUNT", MAY_AMOUNT, NULL,      \
	    REPLACEMENT, NULL, NONE, true)                                                                   \
	ROW(CARRIER, "carrier", N_("carrier asked"), "carrier=TEXT", MAY_TEXT | ACT_BULK, NULL,              \
	    CARRIER_ASKED, NULL, NONE, false)                                                                \
	ROW(LABEL, "label", N_("return label sent"), "label=AMOUNT", MAY_AMOUNT, NULL, LABEL, NULL, NONE,    \
	    true)                                                                                            \
	ROW(GOODS_BACK, "goods-back", N_("goods came back"), "goods-back=resell|relabel|destroy", ACT_TEXT,  \
	    &GOODS_FATES, GOODS_BACK, NULL, BUYER_ACTED, false)                                              \
	ROW(FOUND, "found", N_("found out"), "found=FINDING; WHY", ACT_TEXT, &PLAYBOOK_FINDINGS, FOUND,      \
	    NULL, NONE, true)                                                                                \
	ROW(PAYMENT, "payment", N_("payment arrived"), "payment=REFERENCE; AMOUNT", MAY_TEXT | ACT_AMOUNT,   \
	    NULL, NOTICE, NULL, PAYMENT_RECEIVED, false)                                                     \
	ROW(SOLVE, "solve", N_("solved"), "solve=OUTCOME; COST", ACT_TEXT | MAY_AMOUNT | ACT_BULK, NULL,     \
	    OUTCOME, NULL, NONE, false)                                                                      \
	ROW(LOSE, "lose", N_("lost"), "lose=OUTCOME; COST", ACT_TEXT | MAY_AMOUNT | ACT_BULK, NULL, OUTCOME, \
	    NULL, NONE, false)                                                                               \
	ROW(WITHDRAW, "withdraw", N_("withdrawn"), "withdraw=OUTCOME", MAY_TEXT | MAY_AMOUNT | ACT_BULK,     \
	    NULL, OUTCOME, NULL, NONE, false)                                                                \
	ROW(MERGE, "merge", N_("merged"), "merge=CASE", ACT_OTHER | ACT_BULK, NULL, MERGE, NULL, NONE,       \
	    false)                                                                                           \
	ROW(MOVE, "move", N_("message moved"), "move=MESSAGE; CASE|new", ACT_OTHER | ACT_MESSAGE, NULL,      \
	    MOVED, NULL, NONE, false)                                                                        \
	ROW(LINK, "link", N_("linked"), "link=CASE", ACT_OTHER | ACT_BULK, NULL, LINK, NULL, NONE, true)     \
	ROW(FOLLOW_UP, "follow-up", N_("follow-up planned"), "follow-up=WHEN; TEXT", ACT_DUE | ACT_TEXT,     \
	    NULL, FOLLOW_UP, NULL, FOLLOW_UP, false)                                                         \
	ROW(TAG, "tag", N_("tagged"), "tag=NAME", ACT_TEXT | ACT_BULK, NULL, TAG, NULL, NONE, false)         \
	ROW(UNTAG, "untag", N_("tag taken off"), "untag=NAME", ACT_TEXT | ACT_BULK, NULL, UNTAG, NULL, NONE, \
	    false)

#define ACT_WORD(name, id, title, form, fields, words, event, text, trigger, quiet)                          \
	[ACT_##name] = {id, title, NULL},
#define ACT_ROW(name, id, title, form, fields, words, event, text, trigger, quiet)                           \
	[ACT_##name] = {form, fields, words, EVENT_##event, text, TRIGGER_##trigger, quiet},
static const struct word acts[N_ACTS] = {ACT_TABLE(ACT_WORD)};
static const struct act_row rows[N_ACTS] = {ACT_TABLE(ACT_ROW)};
const struct vocabulary ACTS = {"act", acts, N_ACTS};

const struct act_row *act_row(enum act_type type)
{
	return &rows[type];
}

guint act_fields(enum act_type type)
{
	return rows[type].fields;
}

const struct vocabulary *act_words(enum act_type type)
{
	return rows[type].words;
}

const char *act_form(enum act_type type)
{
	return (int)type >= 0 && type < N_ACTS ? rows[type].form : NULL;
}

bool act_refuse(GError **error, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error_literal(error, STORE_ERROR, STORE_ERROR_REFUSED, text);
	return false;
}

static bool refuse_word(const struct vocabulary *v, const char *word, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);
	for (int i = 0; i < v->count; i++)
		g_string_append_printf(known, "%s%s", i ? ", " : "", vocab_id(v, i));
	return act_refuse(error, _("\"%s\" isn't known; use one of: %s"), word, known->str);
}

/* Evidence may be several words; all else is one. */
static bool check_words(const struct act *a, GError **error)
{
	const struct vocabulary *v = rows[a->type].words;
	int n;
	if (!v)
		return true;
	g_auto(GStrv) words = g_strsplit(a->text, v == &EVIDENCE ? " " : "\n", -1);
	for (int i = 0; words[i]; i++) {
		if (!vocab_find(v, words[i], &n))
			return refuse_word(v, words[i], error);
	}
	return true;
}

bool act_check(const struct act *a, GError **error)
{
	guint f = rows[a->type].fields;
	bool text = a->text && *a->text;
	if (a->count < 1 || a->count > ACT_MOST || (a->count > 1 && !(f & ACT_BULK)))
		return act_refuse(error, _("this is done to one case at a time"));
	if (text && !g_utf8_validate(a->text, -1, NULL))
		return act_refuse(error, _("the text isn't valid UTF-8"));
	if ((f & ACT_TEXT) && !(f & ACT_TEXT_MAY_LACK) && !text)
		return act_refuse(error, _("say what: %s"), rows[a->type].form);
	if ((f & ACT_DUE) && a->due <= 0)
		return act_refuse(error, _("say until when: %s"), rows[a->type].form);
	if ((f & ACT_AMOUNT) && !(f & ACT_AMOUNT_MAY_LACK) && !*a->amount.currency)
		return act_refuse(error, _("say how much, with the currency: %s"), rows[a->type].form);
	if (a->type == ACT_REFUND && !a->amount.minor)
		return act_refuse(error, _("a refund of nothing is none: say how much went back"));
	if (a->amount.minor < 0)
		return act_refuse(error, _("an amount can't be below nothing"));
	if (a->type == ACT_OFFER && !text && !*a->amount.currency)
		return act_refuse(error, _("say what is offered: %s"), rows[a->type].form);
	if ((f & ACT_MESSAGE) && a->message <= 0)
		return act_refuse(error, _("name the message: %s"), rows[a->type].form);
	if ((f & ACT_OTHER) && (a->other < 0 || (!a->other && a->type != ACT_MOVE)))
		return act_refuse(error, _("name the other case: %s"), rows[a->type].form);
	g_autoptr(GError) fault = NULL;
	if ((a->type == ACT_TAG || a->type == ACT_UNTAG) && !tag_check(a->text, &fault))
		return act_refuse(error, "%s", fault->message);
	return check_words(a, error);
}
