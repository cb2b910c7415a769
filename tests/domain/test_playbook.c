/* SPDX-License-Identifier: MIT */
/*
 * Playbooks: each kind's ladder from the first mail to the outcome, cheap and dear, the silent buyer, the
 * clock that runs out (I7-I24, Y3-Y6, Z2, Z6, Z7, Z9, Z11); what the shipped files name; faults with their
 * line.
 */
#include "domain/playbook.h"

#include "domain/days.h"
#include "domain/solution.h"
#include "domain/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW G_GINT64_CONSTANT(1795424400000) /* Monday 2026-11-23 09:00 UTC */
#define MOST_EVENTS 64

struct fixture {
	struct playbook_set *set;
	struct template_set *templates;
	struct calendar *calendar;
};

static char *data_path(const char *folder, const char *name)
{
	return g_build_filename(g_getenv("AMENDS_DATA"), folder, name, NULL);
}

static void add_file(struct playbook_set *s, const char *entry)
{
	g_autofree char *path = data_path("playbooks", entry),
			*name = g_strndup(entry, strlen(entry) - strlen(".ini"));
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;
	assert_true(g_file_get_contents(path, &text, &length, NULL));
	if (!playbook_set_add(s, name, path, text, length, &error))
		fail_msg("%s", error->message);
}

static struct playbook_set *read_playbooks(void)
{
	struct playbook_set *s = playbook_set_create();
	g_autofree char *folder = data_path("playbooks", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *entry;
	assert_non_null(dir);
	add_file(s, "_common.ini");
	while ((entry = g_dir_read_name(dir))) {
		if (g_str_has_suffix(entry, ".ini") && *entry != '_')
			add_file(s, entry);
	}
	return s;
}

static struct template_set *read_templates(void)
{
	struct template_set *s = template_set_create();
	g_autofree char *folder = data_path("templates", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *entry;
	while (dir && (entry = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, entry, "meta.ini", NULL), *meta = NULL;
		struct template_files f = {.name = entry, .meta_file = path, .bodies = {[LANG_EN] = "x"}};
		if (g_file_get_contents(path, &meta, &f.meta_length, NULL)) {
			f.meta = meta;
			assert_true(template_set_add(s, &f, NULL));
		}
	}
	assert_true(template_set_count(s) > 0);
	return s;
}

static int set_up(void **state)
{
	static const char hours[] = "[calendar]\nzone = UTC\n[hours]\nmon-fri = 09:00-17:00\n";
	struct fixture *f = g_new0(struct fixture, 1);
	f->set = read_playbooks();
	f->templates = read_templates();
	f->calendar = calendar_parse("shop", "shop.ini", hours, strlen(hours), NULL);
	assert_non_null(f->calendar);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	playbook_set_destroy(f->set);
	template_set_destroy(f->templates);
	calendar_destroy(f->calendar);
	g_free(f);
	return 0;
}

/* --- stories ---------------------------------------------------------------- */

/*
 * A story is a list of what happens, "; " between, an hour apart: "in" and "out" (messages), "EVENT" or
 * "EVENT TEXT" by the event type's id, "!TRIGGER", "+5d" and "+3h" (time goes by), "clock 48h" (a platform
 * clock starts that our message doesn't meet), "asks 24h" (one that it does), and "=X", what comes next: a
 * step's name, or "(wait)", "(remind)" ... for a move.
 */
struct story {
	const struct playbook *playbook;
	struct playbook_event events[MOST_EVENTS];
	struct playbook_case c;
	GPtrArray *texts;
};

static const char *const moves[] = {NULL,       "(wait)",  "(remind)", "(fallback)",
				    "(answer)", "(solve)", "(none)"};

static void check_next(struct story *s, const char *expected, const char *whole, const char *at)
{
	g_auto(playbook_next_auto) n;
	playbook_next(s->playbook, &s->c, &n);
	const char *found = n.move == MOVE_STEP ? n.step->name : moves[n.move];
	if (!g_str_equal(found, expected))
		fail_msg("%s: expected %s, found %s (%s) before \"%s\" of \"%s\"",
			 vocab_id(&KINDS, s->playbook->kind), expected, found, n.why, at, whole);
	assert_true(*n.title && *n.why);
	assert_non_null(n.templates);
	for (guint i = 0; i < s->playbook->n_steps; i++)
		assert_int_equal(n.states[i] == STEP_NEXT, n.move == MOVE_STEP && (int)i == n.number);
	assert_true(n.move != MOVE_WAIT || n.at > s->c.now);
	assert_true(n.move != MOVE_REMIND || (n.at <= s->c.now && *n.templates));
}

static gint64 span_of(const char *text)
{
	return (gint64)atoi(text) * (strchr(text, 'd') ? DAY_MS : HOUR_MS);
}

static void happen(struct story *s, const char *word)
{
	g_autofree char *type = g_strndup(word, strcspn(word, " "));
	struct playbook_event *e = &s->events[s->c.n_events];
	int number;
	assert_true(s->c.n_events < MOST_EVENTS);
	s->c.now += HOUR_MS;
	*e = (struct playbook_event){.at = s->c.now, .type = EVENT_NOTICE, .side = SIDE_PLATFORM};
	if (g_str_equal(word, "in") || g_str_equal(word, "out")) {
		e->type = *word == 'i' ? EVENT_MESSAGE_IN : EVENT_MESSAGE_OUT;
		e->trigger = *word == 'i' ? TRIGGER_BUYER_MESSAGE : TRIGGER_OUR_MESSAGE;
	} else if (*word == '!') {
		assert_true(vocab_find(&TRIGGERS, word + 1, &number));
		e->trigger = (enum trigger)number;
	} else {
		if (!vocab_find(&EVENT_TYPES, type, &number))
			fail_msg("no event \"%s\"", type);
		e->type = (enum event_type)number;
		e->side = SIDE_US;
		g_ptr_array_add(s->texts, g_strdup(word[strlen(type)] ? word + strlen(type) + 1 : ""));
		e->text = s->texts->pdata[s->texts->len - 1];
	}
	s->c.events = s->events;
	s->c.n_events++;
}

static void tell(struct fixture *f, enum kind kind, const char *value, const char *whole)
{
	g_auto(GStrv) words = g_strsplit(whole, "; ", -1);
	struct story s = {.playbook = playbook_find(f->set, kind),
			  .texts = g_ptr_array_new_with_free_func(g_free)};
	assert_non_null(s.playbook);
	s.c = (struct playbook_case){.status = STATUS_OURS, .now = NOW, .calendar = f->calendar};
	assert_true(!value || money_parse(value, NULL, &s.c.value));
	for (int n = 0; words[n]; n++) {
		const char *w = words[n];
		if (*w == '=')
			check_next(&s, w + 1, whole, w);
		else if (*w == '+')
			s.c.now += span_of(w + 1);
		else if (g_str_has_prefix(w, "clock ") || g_str_has_prefix(w, "asks ")) {
			s.c.clock_started = s.c.now;
			s.c.clock_due = s.c.now + span_of(strchr(w, ' ') + 1);
			s.c.clock_wants_answer = *w == 'a';
		} else if (g_str_equal(w, "closed"))
			s.c.status = STATUS_SOLVED;
		else
			happen(&s, w);
	}
	g_ptr_array_unref(s.texts);
}

#define CHEAP "12.00 EUR"
#define DEAR "250.00 EUR"
#define TALK "in; =ask-wish; out; =(wait); in; =note-wish; wish refund; "
#define ENDING "=settle; refund; =confirm; out; =(solve); closed; =(none)"

static void each_kind_goes_from_first_mail_to_outcome(void **state)
{
	static const struct {
		enum kind kind;
		const char *value, *story;
	} rows[] = {
	    {KIND_OTHER, CHEAP, "in; =kind; kind damaged; =answer; out; =(solve)"},
	    {KIND_QUESTION, CHEAP, "in; =answer; out; =(solve); in; =(answer)"},
	    {KIND_QUALITY, CHEAP,
	     TALK
	     "=quick-offer; out; offer exchange; =(wait); in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_QUALITY, DEAR,
	     TALK "=ask-evidence; out; evidence-asked photo; =(wait); in; evidence-got photo; =choices; out; "
		  "offer partial-refund; =(wait); "
		  "in; =note-answer; offer-answer refused; =better-offer; out; offer refund; =(wait); "
		  "in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_QUALITY, DEAR, TALK "found our-fault; =choices"},
	    {KIND_CHANGED_MIND, CHEAP,
	     TALK
	     "=quick-offer; out; offer partial-refund; in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_CHANGED_MIND, DEAR,
	     TALK "=choices; out; offer partial-refund; in; offer-answer refused; =better-offer; out; offer "
		  "return-label; in; =note-answer; offer-answer accepted; =settle; label; "
		  "=(wait); !return-arrived; =inspect; goods-back resell; =refund-return; refund; =confirm; "
		  "out; =(solve)"},
	    {KIND_NOT_SATISFIED, CHEAP,
	     TALK
	     "=find-cause; found cause; =quick-offer; out; offer refund; in; offer-answer accepted; " ENDING},
	    {KIND_NOT_SATISFIED, DEAR,
	     TALK
	     "=find-cause; found cause; =choices; out; offer exchange; in; offer-answer accepted; " ENDING},
	    {KIND_DAMAGED, CHEAP,
	     TALK
	     "=quick-offer; out; offer refund; =(wait); in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_DAMAGED, DEAR,
	     TALK "=ask-evidence; out; evidence-asked photo; in; evidence-got photo; =choices; out; offer "
		  "replacement partial-refund; in; "
		  "offer-answer accepted; =settle; replacement; =confirm; out; =(solve)"},
	    {KIND_MISSING_ITEM, CHEAP,
	     TALK "=quick-offer; out; offer replacement; in; offer-answer accepted; =settle; replacement; "
		  "=confirm; out; =(solve)"},
	    {KIND_MISSING_ITEM, DEAR,
	     TALK "=find-cause; found cause; =choices; out; offer replacement; in; offer-answer "
		  "accepted; " ENDING},
	    {KIND_MISSING_PART, CHEAP,
	     TALK "=quick-offer; out; offer part; in; offer-answer accepted; =settle; replacement; =confirm; "
		  "out; =(solve)"},
	    {KIND_MISSING_PART, DEAR,
	     TALK "=choices; out; offer part; in; offer-answer countered; =better-offer; out; offer "
		  "partial-refund; in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_WRONG_ITEM, CHEAP,
	     TALK "=quick-offer; out; offer gift; in; offer-answer accepted; " ENDING},
	    {KIND_WRONG_ITEM, DEAR,
	     TALK "=ask-evidence; out; evidence-asked label; in; =choices; out; offer replacement; in; "
		  "offer-answer accepted; " ENDING},
	    {KIND_HOWTO, CHEAP,
	     "in; =ask-evidence; out; evidence-asked steps; =(wait); in; =explain; out; =(wait); in; "
	     "=result; found content; =(answer); out; =(solve)"},
	    {KIND_HOWTO, DEAR,
	     "in; out; evidence-asked steps; in; out; in; =result; found our-fault; =choices; out; offer "
	     "replacement; =(wait); in; =note-answer; offer-answer accepted; =settle; "
	     "replacement; =confirm; out; =(solve)"},
	    {KIND_WARRANTY, CHEAP,
	     TALK "=quick-offer; out; offer replacement; in; offer-answer accepted; =settle; replacement; "
		  "=confirm; out; =(solve)"},
	    {KIND_WARRANTY, DEAR,
	     TALK "=ask-evidence; out; evidence-asked video; in; evidence-got video; =choices; out; offer "
		  "repair; in; offer-answer accepted; " ENDING},
	    {KIND_RETURN_ARRIVED, CHEAP,
	     "!return-arrived; =tell; out; =inspect; goods-back relabel; =refund-return; refund; =confirm; "
	     "out; =(solve)"},
	    {KIND_RETURN_ARRIVED, DEAR, "!return-arrived; out; goods-back destroy; refund; out; =(solve)"},
	    {KIND_SLOW, CHEAP,
	     "in; =first; out; =ask-carrier; carrier-asked; =(wait); found delivered; =found; out; =(solve)"},
	    {KIND_SLOW, DEAR,
	     "in; out; carrier-asked; +3d; =carrier-result; found no-trace; =choices; out; offer replacement "
	     "refund; =(wait); in; "
	     "=note-answer; offer-answer accepted; " ENDING},
	    {KIND_LOST, CHEAP,
	     "in; =choices; out; offer refund replacement; in; =note-answer; offer-answer accepted; =settle; "
	     "refund; =confirm; out; =claim-carrier; found carrier-claimed; =(solve)"},
	    {KIND_LOST, DEAR,
	     "in; =ask-carrier; carrier-asked; =choices; out; offer replacement; in; offer-answer accepted; "
	     "=settle; replacement; =confirm; out; =claim-carrier; found carrier-claimed; =(solve)"},
	    {KIND_MISDELIVERED, CHEAP,
	     "in; =first; out; =ask-carrier; carrier-asked; =(wait); found no-trace; =choices; out; offer "
	     "replacement refund; =(wait); in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_MISDELIVERED, DEAR,
	     "in; out; offer replacement refund; carrier-asked; +3d; found no-trace; =news; out; =(wait); "
	     "in; "
	     "=note-answer; offer-answer accepted; " ENDING},
	    {KIND_MISDELIVERED, DEAR, "in; out; carrier-asked; found delivered; =found; out; =(solve)"},
	    {KIND_MISDELIVERED, DEAR,
	     "in; out; carrier-asked; out; =(wait); found delivered; =found; out; =(solve)"},
	    {KIND_CANCEL, CHEAP,
	     "!cancel-request; =check-dispatch; found not-dispatched; =stop; out; offer refund; =refund; "
	     "refund; =(solve)"},
	    {KIND_CANCEL, DEAR,
	     "in; found dispatched; =refuse; out; offer refund; =(wait); !return-arrived; =inspect; "
	     "goods-back resell; =refund; refund; =confirm; "
	     "out; =(solve)"},
	    {KIND_ADDRESS, CHEAP,
	     "in; =check-dispatch; found not-dispatched; =change; found address-changed; =tell-changed; out; "
	     "=(solve)"},
	    {KIND_ADDRESS, DEAR,
	     "in; found dispatched; =ask-carrier; carrier-asked; =(wait); found no-trace; =choices; out; "
	     "offer replacement; in; =note-answer; offer-answer accepted; =settle; replacement; =confirm; "
	     "out; =(solve)"},
	    {KIND_SHIPPING_COST, CHEAP,
	     "in; =find-cause; found cause; =explain; out; =(wait); in; =insists; found content; =(answer); "
	     "out; =(solve)"},
	    {KIND_SHIPPING_COST, DEAR,
	     "in; found cause; out; in; =insists; offer-answer countered; =choices; out; offer "
	     "partial-refund; =(wait); in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_NO_REASON_RETURN, CHEAP,
	     "!return-request; =period; found in-time; =accept; out; offer return-label refund; =(wait); "
	     "!return-arrived; =inspect; goods-back resell; =refund-return; refund; =confirm; out; =(solve)"},
	    {KIND_NO_REASON_RETURN, DEAR,
	     "in; found too-late; =too-late; out; offer partial-refund; =(wait); in; =note-answer; "
	     "offer-answer accepted; =settle; refund; =confirm; out; =(solve)"},
	    {KIND_CLAIM, CHEAP,
	     "in; !claim-opened; =read; found cause; =contact; out; =offer; out; offer refund; =(wait); in; "
	     "=note-answer; offer-answer accepted; =settle; refund; =confirm; out; =(solve)"},
	    {KIND_CLAIM, DEAR,
	     "in; !claim-opened; found cause; out; =call; call; =offer; out; offer replacement; in; "
	     "offer-answer refused; =better-offer; out; offer refund; =(wait); +2d; =(remind); out; +5d; "
	     "=tell-platform; out; "
	     "found platform-told; =(wait); !claim-granted; =appeal; found appealed; =(wait); +15d; "
	     "=(solve)"},
	    {KIND_CLAIM, DEAR,
	     "in; !claim-opened; found cause; out; call; out; offer replacement; =(wait); !claim-denied; "
	     "=(solve)"},
	    {KIND_UNPAID, CHEAP,
	     "!unpaid; =remind; out; =(wait); +5d; =last; out; =(wait); +2d; =report; found reported; "
	     "=(solve)"},
	    {KIND_UNPAID, DEAR, "!unpaid; out; !payment-received; =thank; out; =(solve)"},
	    {KIND_PAYMENT, CHEAP, "in; =record; !payment-received; =tell; out; =(solve)"},
	    {KIND_BAD_REVIEW, CHEAP,
	     "!review; =private; out; =public; found public-reply; =note-wish; wish refund; =quick-offer; "
	     "out; offer refund; =(wait); in; =note-answer; offer-answer accepted; " ENDING},
	    {KIND_BAD_REVIEW, CHEAP, "!review; out; in; out; =public; found public-reply; =note-wish"},
	    {KIND_REVIEW_REQUEST, CHEAP, "in; =check; found content; =ask; out; =(wait); !review; =(solve)"},
	    {KIND_REVIEW_REQUEST, DEAR, "in; found content; out; +14d; =(solve)"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++)
		tell(*state, rows[n].kind, rows[n].value, rows[n].story);
}

/* Up to the first offer, whatever the kind asks for. */
#define BEFORE_OFFERS                                                                                        \
	"in; out; in; wish x; evidence-got photo; call; found cause; found our-fault; found too-late; "      \
	"found "                                                                                             \
	"dispatched; carrier-asked; found no-trace; found public-reply; out"

static void happen_all(struct story *s, const char *whole)
{
	g_auto(GStrv) words = g_strsplit(whole, "; ", -1);
	for (int n = 0; words[n]; n++)
		happen(s, words[n]);
}

static bool walks(const struct playbook *p)
{
	bool again = false;
	for (guint n = 0; n < p->n_steps; n++)
		again = again || (p->steps[n].records & (guint64)1 << FACT_OFFERED_AGAIN);
	return again;
}

/* The rung that is offered after a refusal; -1: none is left. */
static int rung_after_refusal(struct story *s)
{
	g_auto(playbook_next_auto) n;
	happen(s, "offer-answer refused");
	playbook_next(s->playbook, &s->c, &n);
	int rung = n.move == MOVE_STEP ? n.rung : -1;
	check_next(s, rung < 0 && s->playbook->fallback_percent ? "(fallback)" : "better-offer", "a refusal",
		   rung < 0 ? "the ladder's end" : vocab_id(&OFFERS, rung));
	assert_true(rung < 0 || strstr(n.title, vocab_title(&OFFERS, rung)));
	return rung;
}

/* Offers one rung after another, until `agreed` were refused: what was offered, blanks between. Owned. */
static char *walk(struct fixture *f, enum kind kind, const char *value, guint agreed)
{
	struct story s = {.playbook = playbook_find(f->set, kind),
			  .c = {.status = STATUS_OURS, .now = NOW, .calendar = f->calendar},
			  .texts = g_ptr_array_new_with_free_func(g_free)};
	char **ladder = g_str_equal(value, CHEAP) ? s.playbook->cheap : s.playbook->dear;
	g_autoptr(GString) offered = g_string_new(NULL);
	assert_true(money_parse(value, NULL, &s.c.value));
	happen_all(&s, BEFORE_OFFERS);
	int rung = offer_next(ladder, 0);
	for (guint n = 0; rung >= 0; n++) {
		g_autofree char *offer = g_strdup_printf("offer %s", vocab_id(&OFFERS, rung));
		assert_null(strstr(offered->str, offer + strlen("offer")));
		g_string_append(offered, offer + strlen("offer"));
		happen(&s, "out");
		happen(&s, offer);
		check_next(&s, "(wait)", offered->str, "the answer");
		happen(&s, "in");
		check_next(&s, "note-answer", offered->str, "the answer");
		if (n == agreed) {
			happen(&s, "offer-answer accepted");
			check_next(&s, "settle", offered->str, "the end");
			break;
		}
		rung = rung_after_refusal(&s);
	}
	g_ptr_array_unref(s.texts);
	return g_string_free(g_steal_pointer(&offered), FALSE);
}

/* Z6, Z7: each refusal leads to a rung that wasn't offered yet, at the ladder's end to the fallback; only
 * what was agreed is done. */
static void each_refusal_leads_to_the_next_rung(void **state)
{
	struct fixture *f = *state;
	int walked = 0;
	for (int k = 0; k < N_KINDS; k++) {
		const struct playbook *p = playbook_find(f->set, (enum kind)k);
		guint most = MAX(g_strv_length(p->cheap), g_strv_length(p->dear));
		for (guint agreed = 0; walks(p) && agreed <= most; agreed++, walked++) {
			g_free(walk(f, (enum kind)k, CHEAP, agreed));
			g_free(walk(f, (enum kind)k, DEAR, agreed));
		}
	}
	assert_true(walked > 40);
}

static void ladders_are_walked_to_their_end(void **state)
{
	static const struct {
		enum kind kind;
		const char *value, *offered;
	} rows[] = {
	    {KIND_DAMAGED, CHEAP, " refund replacement"},
	    {KIND_DAMAGED, DEAR, " part replacement partial-refund return-label refund"},
	    {KIND_QUALITY, CHEAP, " exchange partial-refund refund"},
	    {KIND_WARRANTY, DEAR, " part partial-refund repair return-label refund"},
	    {KIND_WRONG_ITEM, CHEAP, " partial-refund replacement gift"},
	    {KIND_BAD_REVIEW, DEAR, " replacement partial-refund refund"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *offered = walk(*state, rows[n].kind, rows[n].value, 99);
		assert_string_equal(offered, rows[n].offered);
	}
}

/* Choices are refused together; what was skipped is offered after what is left above. */
static void rungs_follow_the_highest_that_was_offered(void **state)
{
	static const struct {
		const char *ladder, *offers, *next;
	} rows[] = {
	    {"part; replacement; refund", "", "part"},
	    {"part; replacement; refund", "replacement", "refund"},
	    {"part; replacement; partial-refund; return-label; refund",
	     "replacement partial-refund return-label refund", "refund"},
	    {"exchange; partial-refund; refund", "partial-refund", "refund"},
	    {"exchange; partial-refund; refund", "refund", "exchange"},
	    {"partial-refund; return-label; refund", "refund", NULL},
	    {"part; replacement", "replacement", NULL},
	    {"", "", NULL},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_auto(GStrv) ladder = g_strsplit(rows[n].ladder, "; ", -1);
		int next = offer_next(ladder, offer_rungs(rows[n].offers));
		assert_int_equal(next >= 0, rows[n].next != NULL);
		assert_true(next < 0 || g_str_equal(vocab_id(&OFFERS, next), rows[n].next));
	}
}

/* What was agreed stays agreed while we confirm it; another offer opens the talk anew. The latest answer
 * counts, and a fallback by refusal waits for no clock. */
static void answers_belong_to_the_latest_offer(void **state)
{
	static const char before[] = "in; out; wish x; evidence-got photo; out; offer part; ";
	static const char *const stories[] = {
	    "offer-answer accepted; out; offer part; =settle",
	    "offer-answer accepted; out; offer refund; =(wait); in; =note-answer",
	    "offer-answer refused; offer-answer accepted; =settle",
	    "offer-answer accepted; offer-answer refused; =better-offer",
	    "offer-answer countered; =better-offer; out; offer part; =(wait); in; =note-answer",
	    "offer-answer refused; out; offer replacement partial-refund return-label; in; offer-answer "
	    "refused; "
	    "=better-offer; out; offer refund; =(wait); offer-answer refused; =(fallback); refund; =confirm",
	};
	for (gsize n = 0; n < G_N_ELEMENTS(stories); n++) {
		g_autofree char *whole = g_strconcat(before, stories[n], NULL);
		tell(*state, KIND_DAMAGED, DEAR, whole);
	}
}

/* Z2: the buyer was heard by telephone, by pictures, by a parcel: nobody is waited for, nobody reminded. */
static void what_the_buyer_did_ends_the_wait(void **state)
{
	tell(*state, KIND_DAMAGED, DEAR,
	     "in; out; wish x; =ask-evidence; out; evidence-asked photo; =(wait); evidence-got photo; "
	     "=choices");
	tell(*state, KIND_DAMAGED, DEAR, "in; out; wish x; evidence-got photo; =choices");
	tell(*state, KIND_DAMAGED, DEAR,
	     "in; out; wish x; evidence-got photo; out; offer replacement; =(wait); offer-answer refused; "
	     "=better-offer; out; offer partial-refund; =(wait); offer-answer accepted; =settle");
	tell(*state, KIND_CHANGED_MIND, DEAR,
	     "in; out; wish x; out; offer return-label; =(wait); goods-back resell; =refund-return");
	tell(*state, KIND_DAMAGED, CHEAP,
	     "in; out; +4d; =(remind); out; offer refund; offer-answer accepted; +9d; =settle");
}

/* Z2, Z9, Z11: one request, one reminder, then the solution without evidence; never a second reminder. */
static void silent_buyers_get_one_reminder_and_then_the_solution(void **state)
{
	static const struct {
		enum kind kind;
		const char *value, *story;
	} rows[] = {
	    {KIND_DAMAGED, DEAR,
	     "in; out; evidence-asked photo; =(wait); +1d; =(wait); +2d; =(remind); out; =(wait); +5d; "
	     "=without-evidence; out; offer replacement; =(wait); +6d; =settle; replacement; =confirm; out; "
	     "=(solve)"},
	    {KIND_DAMAGED, DEAR, "in; out; +4d; =(remind); out; +6d; =without-evidence"},
	    {KIND_DAMAGED, CHEAP,
	     "in; out; +4d; =(remind); out; =(wait); +6d; =quick-offer; out; offer refund; =(wait); +6d; "
	     "=settle; refund; =confirm"},
	    /* A buyer who answered and falls silent again isn't reminded a second time. */
	    {KIND_DAMAGED, DEAR,
	     "in; out; +4d; =(remind); out; in; wish refund; =ask-evidence; out; evidence-asked photo; "
	     "=(wait); +6d; =without-evidence"},
	    /* Friday evening: the weekend isn't counted. */
	    {KIND_DAMAGED, DEAR, "+4d; in; out; =(wait); +2d; =(wait); +3d; =(remind)"},
	    /* A correction an hour later is no reminder. */
	    {KIND_DAMAGED, DEAR, "in; out; out; +4d; =(remind)"},
	    {KIND_SHIPPING_COST, CHEAP, "in; found cause; out; +4d; =(remind); out; +6d; =(solve)"},
	    {KIND_CHANGED_MIND, DEAR,
	     "in; out; wish x; offer return-label; out; in; offer-answer accepted; label; =(wait); +13d; "
	     "=(wait); +2d; =(remind)"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++)
		tell(*state, rows[n].kind, rows[n].value, rows[n].story);
}

/* Z6: as the clock runs out the fallback is due, whatever the ladder says; what was offered is then done. */
static void the_fallback_falls_due_as_the_clock_runs_out(void **state)
{
	static const struct {
		enum kind kind;
		const char *value, *story;
	} rows[] = {
	    {KIND_DAMAGED, DEAR, "in; clock 100h; =ask-wish; out; +70h; =(remind); +4h; =(fallback)"},
	    {KIND_DAMAGED, DEAR, "in; clock 100h; +200h; =(fallback); refund; =confirm"},
	    {KIND_DAMAGED, DEAR, "in; asks 24h; +23h; =ask-wish"},
	    {KIND_DAMAGED, DEAR, "in; !claim-opened; asks 24h; +23h; =(fallback)"},
	    {KIND_CLAIM, DEAR,
	     "in; !claim-opened; !claim-info; asks 48h; =read; +33h; =(fallback); !claim-denied; =(answer)"},
	    {KIND_NO_REASON_RETURN, DEAR,
	     "in; clock 40h; +31h; =(fallback); label; =settle; found in-time; =(wait)"},
	    {KIND_UNPAID, DEAR, "!unpaid; clock 10h; +20h; =remind"},
	    {KIND_DAMAGED, DEAR, "in; clock 10h; +20h; closed; =(none)"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		if (rows[n].kind != KIND_NO_REASON_RETURN)
			tell(*state, rows[n].kind, rows[n].value, rows[n].story);
	}
	tell(*state, KIND_NO_REASON_RETURN, DEAR,
	     "in; found in-time; clock 40h; +31h; =(fallback); label; =accept");
}

static void what_was_offered_is_done_not_offered_again(void **state)
{
	struct fixture *f = *state;
	struct playbook_event events[] = {
	    {.at = NOW, .type = EVENT_MESSAGE_IN, .trigger = TRIGGER_BUYER_MESSAGE},
	    {.at = NOW + HOUR_MS, .type = EVENT_OFFER, .text = "refund"},
	};
	struct playbook_case c = {.status = STATUS_OURS,
				  .events = events,
				  .n_events = 1,
				  .clock_started = NOW,
				  .clock_due = NOW + 10 * HOUR_MS,
				  .now = NOW + 9 * HOUR_MS,
				  .calendar = f->calendar};
	const struct playbook *p = playbook_find(f->set, KIND_DAMAGED);
	for (guint n = 1; n <= 2; n++) {
		g_auto(playbook_next_auto) next;
		c.n_events = n;
		playbook_next(p, &c, &next);
		assert_int_equal(next.move, MOVE_FALLBACK);
		assert_int_equal(next.at, NOW + 10 * HOUR_MS - 10 * HOUR_MS / 100 * 25);
		assert_int_equal(next.templates[0] == NULL, n == 2);
	}
}

static void dear_and_cheap_are_told_apart(void **state)
{
	static const struct {
		const char *value, *limit;
		enum playbook_branch branch;
	} rows[] = {
	    {"49.99 EUR", NULL, BRANCH_CHEAP},
	    {"50.00 EUR", NULL, BRANCH_DEAR},
	    {"44.00 GBP", NULL, BRANCH_CHEAP},
	    {"399.00 CNY", NULL, BRANCH_CHEAP},
	    {"400.00 CNY", NULL, BRANCH_DEAR},
	    {"49.99 EUR", "20.00 EUR", BRANCH_DEAR},
	    {"19.99 EUR", "20.00 EUR", BRANCH_CHEAP},
	    {"44.00 GBP", "20.00 EUR", BRANCH_CHEAP},
	    {NULL, NULL, BRANCH_DEAR}, /* nothing is given away unseen */
	};
	struct fixture *f = *state;
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_auto(playbook_next_auto) next;
		struct money limit;
		struct playbook_case c = {.status = STATUS_NEW, .now = NOW, .calendar = f->calendar};
		if (rows[n].value)
			assert_true(money_parse(rows[n].value, NULL, &c.value));
		if (rows[n].limit) {
			assert_true(money_parse(rows[n].limit, NULL, &limit));
			c.limits = &limit;
			c.n_limits = 1;
		}
		playbook_next(playbook_find(f->set, KIND_DAMAGED), &c, &next);
		assert_int_equal(next.branch, rows[n].branch);
	}
}

static void automatic_mail_moves_nothing(void **state)
{
	struct fixture *f = *state;
	struct playbook_event e = {
	    .at = NOW, .type = EVENT_MESSAGE_OUT, .trigger = TRIGGER_OUR_MESSAGE, .automatic = true};
	struct playbook_case c = {
	    .status = STATUS_NEW, .events = &e, .n_events = 1, .now = NOW, .calendar = f->calendar};
	struct playbook_facts facts;
	playbook_read_facts(&c, &(struct span){SPAN_BUSINESS_DAYS, 2, false}, &facts);
	assert_int_equal(facts.known, 0);
	e.automatic = false;
	playbook_read_facts(&c, &(struct span){SPAN_BUSINESS_DAYS, 2, false}, &facts);
	assert_int_equal(facts.known, (guint64)1 << FACT_ANSWERED);
}

/* Somebody else is waited for, and the buyer writes: an answer, then the wait goes on. */
static void buyers_are_answered_while_we_wait_for_others(void **state)
{
	tell(*state, KIND_CANCEL, DEAR,
	     "in; found dispatched; out; offer refund; =(wait); in; =(answer); out; =(wait); +20d; =refund");
	tell(*state, KIND_SLOW, CHEAP,
	     "in; out; carrier-asked; =(wait); in; =(answer); out; =(wait); +5d; =carrier-result");
}

static void moves_to_write_are_known(void **state)
{
	static const struct {
		enum kind kind;
		enum event_type last;
		const char *text;
		bool writes;
	} rows[] = {
	    {KIND_DAMAGED, EVENT_MESSAGE_IN, NULL, true}, /* a canned reply */
	    {KIND_OTHER, EVENT_KIND, "damaged", true},    /* an answer without one */
	    {KIND_OTHER, EVENT_MESSAGE_IN, NULL, false},  /* the kind is set */
	    {KIND_CANCEL, EVENT_MESSAGE_IN, NULL, false}, /* found out */
	    {KIND_CANCEL, EVENT_FOUND, "dispatched", true},
	};
	struct fixture *f = *state;
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_auto(playbook_next_auto) next;
		struct playbook_event e = {.at = NOW, .type = rows[n].last, .text = rows[n].text};
		struct playbook_case c = {
		    .status = STATUS_NEW, .events = &e, .n_events = 1, .now = NOW, .calendar = f->calendar};
		playbook_next(playbook_find(f->set, rows[n].kind), &c, &next);
		if (playbook_wants_message(&next) != rows[n].writes)
			fail_msg("row %zu: %s", n, next.title);
	}
}

/* --- the shipped files ---------------------------------------------------------- */

static void every_kind_has_a_playbook(void **state)
{
	struct fixture *f = *state;
	for (int k = 0; k < N_KINDS; k++) {
		const struct playbook *p = playbook_find(f->set, (enum kind)k);
		if (!p)
			fail_msg("%s has no playbook", vocab_id(&KINDS, k));
		assert_true(*p->rules && *p->find_out && *p->never && p->n_steps > 0);
		const char *rule = KINDS.words[k].rule;
		if (rule && !g_strv_contains((const char *const *)p->rules, rule))
			fail_msg("%s doesn't name its rule %s", vocab_id(&KINDS, k), rule);
	}
}

/* Z10: a reply that a playbook names exists and is meant for that kind; what a step asks for fits. */
static void playbooks_name_replies_that_fit(void **state)
{
	struct fixture *f = *state;
	for (int k = 0; k < N_KINDS; k++) {
		const struct playbook *p = playbook_find(f->set, (enum kind)k);
		g_autoptr(GPtrArray) names = playbook_templates(p);
		for (guint n = 0; n < names->len; n++) {
			const struct template *t = template_set_find(f->templates, names->pdata[n]);
			if (!t)
				fail_msg("%s: no reply \"%s\"", p->file, (const char *)names->pdata[n]);
			if (t->kinds && !(t->kinds & (guint32)1 << k))
				fail_msg("%s: \"%s\" isn't for this kind", p->file, t->name);
			if (t->asks & ~p->evidence)
				fail_msg("%s: \"%s\" asks for evidence that doesn't fit", p->file, t->name);
		}
	}
}

static void texts_are_there_in_every_language(void **state)
{
	static const char *const langs[] = {"nl", "lt", "zh_CN", "zh_TW", "it"};
	static const char *const keys[] = {"title", "why", "text"};
	g_autofree char *folder = data_path("playbooks", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *entry;
	int checked = 0;
	while ((entry = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, entry, NULL);
		g_autoptr(GKeyFile) k = g_key_file_new();
		assert_true(g_key_file_load_from_file(k, path, G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
		g_auto(GStrv) groups = g_key_file_get_groups(k, NULL);
		for (int g = 0; groups[g]; g++) {
			for (gsize n = 0; n < G_N_ELEMENTS(keys) * G_N_ELEMENTS(langs); n++) {
				const char *key = keys[n / G_N_ELEMENTS(langs)];
				g_autofree char *name =
				    g_strdup_printf("%s[%s]", key, langs[n % G_N_ELEMENTS(langs)]);
				bool plain = g_key_file_has_key(k, groups[g], key, NULL);
				if (plain != g_key_file_has_key(k, groups[g], name, NULL))
					fail_msg("%s: [%s]: %s", entry, groups[g], name);
				checked += plain;
			}
		}
	}
	assert_true(checked > 500);
}

static void faults_are_told_with_their_line(void **state)
{
	static const char head[] = "[playbook]\ntitle = T\n[fallback]\ntitle = F\nwhy = W\n";
	static const struct {
		const char *name, *more, *says;
	} rows[] = {
	    {"damaged", "", "x.ini:1: there are no steps"},
	    {"nonsense", "[step a]\ntitle = A\nwhy = W\nrecords = offer\n", "no kind \"nonsense\""},
	    {"damaged", "[step a]\ntitle = A\nrecords = offer\n", "x.ini:6: a step needs title and why"},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\n", "x.ini:6: records is missing"},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\nrecords = offered\n", "x.ini:9: \"offered\""},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\nrecords = offer\nbranch = grand\n",
	     "x.ini:10: this is cheap"},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\nrecords = offer\nwaits = godot\n",
	     "x.ini:10: \"godot\""},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\nrecords = offer\nafter = b\n",
	     "x.ini:10: this names a step"},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\nrecords = offer\npatience = soon\n", "x.ini:10"},
	    {"damaged", "[step a]\ntitle = A\nwhy = W\nrecords = offer\ncolour = red\n",
	     "x.ini:10: unknown key"},
	    {"damaged", "[stop a]\ntitle = A\n", "x.ini:6: unknown group"},
	    {"_common", "[stop a]\ntitle = A\n", "x.ini:6: unknown group"},
	    {"_common", "[step a]\ncolour = red\n", "x.ini:7: unknown key"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(playbook_set_auto) s = playbook_set_create();
		g_autoptr(GError) error = NULL;
		g_autofree char *text = g_strconcat(head, rows[n].more, NULL);
		assert_false(playbook_set_add(s, rows[n].name, "x.ini", text, strlen(text), &error));
		if (!strstr(error->message, rows[n].says))
			fail_msg("\"%s\" doesn't say \"%s\"", error->message, rows[n].says);
	}
}

static void heads_are_checked(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
	    {"[playbook]\ntitle = T\nevidence = smell\n", "x.ini:3: \"smell\""},
	    {"[playbook]\ntitle = T\ncheap = apology\n", "x.ini:3: \"apology\""},
	    {"[playbook]\ntitle = T\ndear_from = plenty\n", "x.ini:3: these are amounts"},
	    {"[playbook]\ntitle = T\nfind_out = nothing\n", "x.ini:3: there is no [find_out nothing]"},
	    {"[playbook]\nrules = I1\n", "x.ini:1: title is missing"},
	    {"[playbook]\ntitle = T\n[fallback]\ntitle = F\nwhy = W\nwhen = 120 %\n",
	     "x.ini:6: this is the share"},
	    {"[playbook]\ntitle = T\n[playbook]\n", "x.ini:3"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(playbook_set_auto) s = playbook_set_create();
		g_autoptr(GError) error = NULL;
		assert_false(
		    playbook_set_add(s, "damaged", "x.ini", rows[n].text, strlen(rows[n].text), &error));
		if (!strstr(error->message, rows[n].says))
			fail_msg("\"%s\" doesn't say \"%s\"", error->message, rows[n].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_kind_goes_from_first_mail_to_outcome),
	    cmocka_unit_test(each_refusal_leads_to_the_next_rung),
	    cmocka_unit_test(ladders_are_walked_to_their_end),
	    cmocka_unit_test(rungs_follow_the_highest_that_was_offered),
	    cmocka_unit_test(answers_belong_to_the_latest_offer),
	    cmocka_unit_test(what_the_buyer_did_ends_the_wait),
	    cmocka_unit_test(silent_buyers_get_one_reminder_and_then_the_solution),
	    cmocka_unit_test(the_fallback_falls_due_as_the_clock_runs_out),
	    cmocka_unit_test(what_was_offered_is_done_not_offered_again),
	    cmocka_unit_test(dear_and_cheap_are_told_apart),
	    cmocka_unit_test(automatic_mail_moves_nothing),
	    cmocka_unit_test(buyers_are_answered_while_we_wait_for_others),
	    cmocka_unit_test(moves_to_write_are_known),
	    cmocka_unit_test(every_kind_has_a_playbook),
	    cmocka_unit_test(playbooks_name_replies_that_fit),
	    cmocka_unit_test(texts_are_there_in_every_language),
	    cmocka_unit_test(faults_are_told_with_their_line),
	    cmocka_unit_test(heads_are_checked),
	};
	g_setenv("LC_ALL", "C.UTF-8", true);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
