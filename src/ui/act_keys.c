/* SPDX-License-Identifier: MIT */
#include "ui/act_keys.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

#define BOTH (PLACE_INBOX | PLACE_CASE)
#define ACT(type) ((enum action)(ACTION_ACT + ACT_##type))

/* Ids are those of ACTS. What has no key is given by name. */
static const struct action_row rows[] = {
    {ACT(TAKE), "take", {'a'}, BOTH, NEED_CASE, 11, N_("take"), N_("take: the case is mine")},
    {ACT(HAND_BACK),
     "hand-back",
     {'A'},
     BOTH,
     NEED_CASE,
     0,
     N_("hand back"),
     N_("hand back: it is nobody's")},
    {ACT(ASSIGN), "assign", {'@'}, BOTH, NEED_CASE, 0, N_("assign"), N_("give it to a colleague, by login")},
    {ACT(SNOOZE),
     "snooze",
     {'s'},
     BOTH,
     NEED_CASE,
     12,
     N_("snooze"),
     N_("snooze until a time: tomorrow 9, fri, +4h")},
    {ACT(WAKE), "wake", {0}, BOTH, NEED_CASE, 0, N_("wake"), N_("end the snooze")},
    {ACT(PIN), "pin", {'p'}, BOTH, NEED_CASE, 0, N_("pin"), N_("pin, or unpin what is pinned")},
    {ACT(UNPIN), "unpin", {0}, BOTH, NEED_CASE, 0, N_("unpin"), N_("unpin")},
    {ACT(NO_ANSWER),
     "no-answer",
     {'x'},
     BOTH,
     NEED_CASE,
     0,
     N_("no answer"),
     N_("no answer needed: stops the platform's message clock")},
    {ACT(STATUS), "status", {'M'}, BOTH, NEED_CASE, 0, N_("status"), N_("whose move it is")},
    {ACT(KIND), "kind", {'y'}, BOTH, NEED_CASE, 0, N_("kind"), N_("the kind of complaint")},
    {ACT(CALL), "call", {'C'}, BOTH, NEED_CASE, 0, N_("call"), N_("note a call: what was said")},
    {ACT(WISH), "wish", {'W'}, BOTH, NEED_CASE, 0, N_("wish"), N_("what the buyer wants")},
    {ACT(OFFER), "offer", {'O'}, BOTH, NEED_CASE, 0, N_("offer"), N_("an offer: partial-refund; 12,50")},
    {ACT(OFFER_ACCEPTED),
     "accepted",
     {'+'},
     BOTH,
     NEED_CASE,
     0,
     N_("accepted"),
     N_("the buyer accepted the newest offer")},
    {ACT(OFFER_REFUSED),
     "refused",
     {'-'},
     BOTH,
     NEED_CASE,
     0,
     N_("refused"),
     N_("the buyer refused the newest offer")},
    {ACT(OFFER_COUNTERED),
     "countered",
     {'='},
     BOTH,
     NEED_CASE,
     0,
     N_("countered"),
     N_("the buyer asks for another amount")},
    {ACT(PROMISE), "promise", {'P'}, BOTH, NEED_CASE, 0, N_("promise"), N_("a promise: fri 12; photos")},
    {ACT(PROMISE_KEPT),
     "kept",
     {'D'},
     BOTH,
     NEED_CASE,
     0,
     N_("kept"),
     N_("the promise that is due first was kept")},
    {ACT(EVIDENCE_ASKED), "asked", {'E'}, BOTH, NEED_CASE, 0, N_("asked"), N_("evidence was asked for")},
    {ACT(EVIDENCE_GOT), "got", {'e'}, BOTH, NEED_CASE, 0, N_("evidence"), N_("evidence came")},
    {ACT(REFUND), "refund", {'R'}, BOTH, NEED_CASE, 0, N_("refund"), N_("a refund was made: its amount")},
    {ACT(REPLACEMENT),
     "replacement",
     {'X'},
     BOTH,
     NEED_CASE,
     0,
     N_("replacement"),
     N_("a replacement was sent: its cost")},
    {ACT(CARRIER), "carrier", {'F'}, BOTH, NEED_CASE, 0, N_("carrier"), N_("the carrier was asked")},
    {ACT(LABEL), "label", {'L'}, BOTH, NEED_CASE, 0, N_("label"), N_("a return label was sent: its cost")},
    {ACT(GOODS_BACK), "goods-back", {'B'}, BOTH, NEED_CASE, 0, N_("goods back"), N_("the goods came back")},
    {ACT(FOUND),
     "found",
     {'i'},
     BOTH,
     NEED_CASE,
     0,
     N_("found out"),
     N_("what was found out: our fault, no trace")},
    {ACT(PAYMENT),
     "payment",
     {'$'},
     BOTH,
     NEED_CASE,
     0,
     N_("payment"),
     N_("a payment came: reference; 12,50")},
    {ACT(SOLVE), "solve", {'S'}, BOTH, NEED_CASE, 13, N_("solve"), N_("solved: the outcome and its cost")},
    {ACT(LOSE), "lose", {0}, BOTH, NEED_CASE, 0, N_("lose"), N_("lost: the outcome and its cost")},
    {ACT(WITHDRAW), "withdraw", {0}, BOTH, NEED_CASE, 0, N_("withdraw"), N_("the buyer withdrew it")},
    {ACT(MERGE), "merge", {'m'}, BOTH, NEED_CASE, 0, N_("merge"), N_("merge into another case, by number")},
    {ACT(MOVE),
     "move",
     {'V'},
     PLACE_CASE,
     NEED_CASE,
     0,
     N_("move"),
     N_("move the message at the top to another case, by number, or to a new one")},
    {ACT(TAG), "tag", {'#'}, BOTH, NEED_CASE, 0, N_("tag"), N_("give it a tag of the shop's own: vip-china")},
    {ACT(UNTAG), "untag", {'~'}, BOTH, NEED_CASE, 0, N_("untag"), N_("take a tag off")},
    {ACT(LINK), "link", {'&'}, BOTH, NEED_CASE, 0, N_("link"), N_("link with another case, by number")},
    {ACT(FOLLOW_UP),
     "follow-up",
     {0},
     BOTH,
     NEED_CASE,
     0,
     N_("follow-up"),
     N_("write to the buyer again or call: 1.12. 10; ask how the clock runs")},
};

/* What is asked, and what is proposed where there are no fixed words. */
static const struct input {
	enum act_type type;
	const char *question;
	const char *proposals; /* blanks between; "_" stands for a blank within one */
} inputs[] = {
    {ACT_ASSIGN, N_("give to (login): "), NULL},
    {ACT_STATUS, N_("status (Tab lists): "), NULL},
    {ACT_KIND, N_("kind (Tab lists): "), NULL},
    {ACT_SNOOZE, N_("snooze until: "), "tomorrow_9 +1h +4h mon fri 1.1."},
    {ACT_NOTE, N_("note: "), NULL},
    {ACT_CALL, N_("what was said: "), NULL},
    {ACT_WISH, N_("the buyer wants: "), "refund partial-refund replacement exchange part keep return repair"},
    {ACT_OFFER, N_("offer; amount: "), NULL},
    {ACT_OFFER_COUNTERED, N_("the buyer asks for (amount): "), NULL},
    {ACT_PROMISE, N_("by when; what: "), "tomorrow_9 +24h mon fri"},
    {ACT_EVIDENCE_ASKED, N_("evidence asked (Tab lists): "), NULL},
    {ACT_EVIDENCE_GOT, N_("evidence got (Tab lists): "), NULL},
    {ACT_REFUND, N_("refund made (amount): "), NULL},
    {ACT_REPLACEMENT, N_("replacement sent, its cost: "), NULL},
    {ACT_CARRIER, N_("carrier asked, about what: "), NULL},
    {ACT_LABEL, N_("return label sent, its cost: "), NULL},
    {ACT_GOODS_BACK, N_("goods came back (Tab lists): "), NULL},
    {ACT_FOUND, N_("found out (Tab lists): "), NULL},
    {ACT_PAYMENT, N_("bank, reference, when; amount: "), NULL},
    {ACT_SOLVE, N_("outcome; cost: "), NULL},
    {ACT_LOSE, N_("lost: outcome; cost: "), NULL},
    {ACT_WITHDRAW, N_("withdrawn: outcome: "), NULL},
    {ACT_MERGE, N_("merge into case: "), NULL},
    {ACT_MOVE, N_("move to case (or new): "), "new"},
    {ACT_LINK, N_("link with case: "), NULL},
    {ACT_FOLLOW_UP, N_("write again or call, when; what for: "), "1.12._9;"},
    {ACT_TAG, N_("tag (Tab lists): "), NULL},
    {ACT_UNTAG, N_("take off the tag (Tab lists): "), NULL},
};

static const struct input *input_of(enum act_type type)
{
	for (gsize i = 0; i < G_N_ELEMENTS(inputs); i++) {
		if (inputs[i].type == type)
			return &inputs[i];
	}
	return NULL;
}

const struct action_row *act_key_nth(guint n)
{
	return n < G_N_ELEMENTS(rows) ? &rows[n] : NULL;
}

bool action_is_act(enum action action, enum act_type *type)
{
	int n = (int)action - ACTION_ACT;
	if (n < 0 || n >= N_ACTS)
		return false;
	*type = (enum act_type)n;
	return true;
}

bool act_takes_input(enum act_type type)
{
	return input_of(type) != NULL;
}

char *act_question(enum act_type type)
{
	const struct input *i = input_of(type);
	return g_strdup(i ? _(i->question) : "");
}

static void add_if_begun(GPtrArray *found, const char *word, const char *begun)
{
	if (g_str_has_prefix(word, begun))
		g_ptr_array_add(found, g_strdup(word));
}

GPtrArray *act_complete(enum act_type type, const char *text, gsize at, gsize *from)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	const struct vocabulary *words = act_words(type);
	const struct input *i = input_of(type);
	*from = at;
	while (words && *from && text[*from - 1] != ' ')
		--*from;
	if (!words)
		*from = 0;
	g_autofree char *begun = g_strndup(text + *from, at - *from);
	for (int n = 0; words && n < words->count; n++)
		add_if_begun(found, vocab_id(words, n), begun);
	g_auto(GStrv) proposals = g_strsplit(!words && i && i->proposals ? i->proposals : "", " ", -1);
	for (char **p = proposals; *p; p++)
		add_if_begun(found, g_strdelimit(*p, "_", ' '), begun);
	return found;
}
