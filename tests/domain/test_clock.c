/* SPDX-License-Identifier: MIT */
#include "domain/clock.h"

#include "moments.h"

#include "domain/banned.h"

/* Monday to Friday, 09:00-12:30 and 13:30-17:00, in Amsterdam. */
static const char office[] = "[calendar]\nzone=Europe/Amsterdam\n[hours]\nmon-fri=09:00-12:30,13:30-17:00\n";

#define SOURCE "consequence=c\nsource=s\nchecked=2026-11-23\nsure=H\n"
static const char platform_clocks[] =
    "[clocks]\nplatform=ebay\nfamily=platform\n"
    "[return]\ntitle=Return\nstart=return-request\nstop=return-approved\ncancel=case-closed\nmiss=claim-"
    "granted\n"
    "span=3 business days\ncalendar=office\n" SOURCE
    "[message]\ntitle=Message\nstart=buyer-message\nstop=our-message,no-answer-needed\nspan=24 "
    "h\ncalendar=office\n" SOURCE
    "[idle]\ntitle=Idle\nstart=return-request\nspan=10 days\nstated=no\nrestart=yes\ncalendar=office\n" SOURCE
    "[dated]\ntitle=Dated\nstart=claim-info\nspan=stated\ncalendar=office\n" SOURCE
    "[damaged]\ntitle=Damaged\nkinds=damaged\nstart=case-opened\nspan=1 day\ncalendar=office\n" SOURCE;
static const char shop_clocks[] =
    "[clocks]\nplatform=*\nfamily=shop\n"
    "[answer]\ntitle=Answer\nstart=buyer-message,return-request\nstop=our-message\nspan=4 business hours\n"
    "calendar=office\n" SOURCE "[inspect]\ntitle=Inspect\nstart=return-arrived\nstop=refund-issued\nspan=3 "
    "business days\ncalendar=office\n" SOURCE
    "[silent]\ntitle=Silent\nstart=our-message\nstop=buyer-message,our-message\nspan=2 business "
    "days\npauses=no\n"
    "calendar=office\n" SOURCE
    "[work]\ntitle=Work\nstart=review\nstop=refund-issued\nspan=5 business hours\ncalendar=office\n" SOURCE;

/* One line of a script: what happened when. */
struct line {
	const char *at;
	enum trigger trigger;
	enum status status;
	const char *stated; /* a stated due date, or NULL */
};

#define LINES 8
/* A script, and the clocks after it as "rule state due [why]", one a line. */
static const struct script {
	const char *name;
	struct line lines[LINES];
	const char *clocks;
} scripts[] = {
    {"a message starts the platform's clock and the shop's",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL}},
     "ebay.message running 2026-11-24 10:00 rule\n"
     "shop.answer running 2026-11-23 15:00 rule\n"},

    {"an answered case isn't overdue",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-23 11:00", TRIGGER_OUR_MESSAGE, STATUS_BUYER, NULL}},
     "ebay.message met 2026-11-24 10:00 rule\n"
     "shop.answer met 2026-11-23 15:00 rule\n"
     "shop.silent running 2026-11-25 11:00 rule\n"},

    {"an answer at the very due time is in time, one millisecond later is late",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-24 10:00:00.001", TRIGGER_NO_ANSWER_NEEDED, STATUS_OURS, NULL}},
     "ebay.message late 2026-11-24 10:00 rule\n"
     "shop.answer running 2026-11-23 15:00 rule\n"},

    {"in time to the millisecond",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-24 10:00", TRIGGER_NO_ANSWER_NEEDED, STATUS_OURS, NULL}},
     "ebay.message met 2026-11-24 10:00 rule\n"
     "shop.answer running 2026-11-23 15:00 rule\n"},

    {"a second message doesn't reset the clock",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-23 14:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL}},
     "ebay.message running 2026-11-24 10:00 rule\n"
     "shop.answer running 2026-11-23 15:00 rule\n"},

    {"an answer ends a clock, the next message starts another: the first one is kept",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-24 11:00", TRIGGER_OUR_MESSAGE, STATUS_BUYER, NULL},
      {"2026-11-24 12:00", TRIGGER_BUYER_MESSAGE, STATUS_OURS, NULL}},
     "ebay.message late 2026-11-24 10:00 rule\n"
     "shop.answer late 2026-11-23 15:00 rule\n"
     "shop.silent met 2026-11-26 11:00 rule\n"
     "ebay.message running 2026-11-25 12:00 rule\n"
     "shop.answer running 2026-11-24 17:00 rule\n"},

    {"what is older than the clock doesn't stop it",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-23 09:00", TRIGGER_OUR_MESSAGE, STATUS_OURS, NULL}},
     "ebay.message running 2026-11-24 10:00 rule\n"
     "shop.answer running 2026-11-23 15:00 rule\n"
     "shop.silent running 2026-11-25 09:00 rule\n"},

    {"a message that comes in late, answered since, opens no clock again",
     {{"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL},
      {"2026-11-23 12:00", TRIGGER_OUR_MESSAGE, STATUS_BUYER, NULL},
      {"2026-11-23 11:00", TRIGGER_BUYER_MESSAGE, STATUS_BUYER, NULL}},
     "ebay.message met 2026-11-24 10:00 rule\n"
     "shop.answer met 2026-11-23 15:00 rule\n"
     "shop.silent running 2026-11-25 12:00 rule\n"},

    {"the stated date beats the rule, but not for a clock that counts something else",
     {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, "2026-11-30 23:59:59"}},
     "ebay.return running 2026-11-30 23:59:59 stated\n"
     "ebay.idle running 2026-11-30 10:00 rule\n"
     "shop.answer running 2026-11-20 15:00 rule\n"},

    {"a stated date before the rule's beats it too",
     {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, "2026-11-21 12:00"}},
     "ebay.return running 2026-11-21 12:00 stated\n"
     "ebay.idle running 2026-11-30 10:00 rule\n"
     "shop.answer running 2026-11-20 15:00 rule\n"},

    {"a newly stated date moves the due time; a reminder without one gives it not up; only `restart` "
     "restarts",
     {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, NULL},
      {"2026-11-21 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, "2026-11-23 12:00"},
      {"2026-11-22 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, NULL}},
     "ebay.return running 2026-11-23 12:00 stated\n"
     "ebay.idle running 2026-12-02 10:00 rule\n"
     "shop.answer running 2026-11-20 15:00 rule\n"},

    {"a rule that needs a stated date waits for one",
     {{"2026-11-20 10:00", TRIGGER_CLAIM_INFO, STATUS_OURS, NULL},
      {"2026-11-20 11:00", TRIGGER_CLAIM_INFO, STATUS_OURS, "2026-11-22 11:00"}},
     "ebay.dated running 2026-11-22 11:00 stated\n"},

    {"the platform decided first: missed; withdrawn: cancelled; shop clocks end with the case",
     {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, NULL},
      {"2026-11-20 11:00", TRIGGER_CLAIM_GRANTED, STATUS_LOST, NULL}},
     "ebay.return missed 2026-11-25 10:00 rule\n"
     "ebay.idle running 2026-11-30 10:00 rule\n"
     "shop.answer cancelled 2026-11-20 15:00 rule\n"},

    {"closed by the buyer",
     {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_NEW, NULL},
      {"2026-11-20 11:00", TRIGGER_CASE_CLOSED, STATUS_SOLVED, NULL}},
     "ebay.return cancelled 2026-11-25 10:00 rule\n"
     "ebay.idle running 2026-11-30 10:00 rule\n"
     "shop.answer cancelled 2026-11-20 15:00 rule\n"},

    {"platform clocks never pause, shop clocks do, and no second is cut: 30 s of Monday, 4:59:30 of Thursday",
     {{"2026-11-23 16:59", TRIGGER_REVIEW, STATUS_OURS, NULL},
      {"2026-11-23 16:59:30", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-11-26 09:00:00.007", TRIGGER_UNPAID, STATUS_OURS, NULL}},
     "shop.work running 2026-11-26 14:59:30.007 rule\n"},

    {"a pause over lunch and two more",
     {{"2026-11-23 09:00", TRIGGER_REVIEW, STATUS_OURS, NULL},
      {"2026-11-23 10:00:01", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-11-23 12:00", TRIGGER_UNPAID, STATUS_OURS, NULL},
      {"2026-11-23 12:45", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-11-23 13:00", TRIGGER_UNPAID, STATUS_OURS, NULL}},
     "shop.work running 2026-11-23 16:59:59 rule\n"},

    {"while paused the clock isn't due, and ending it then is in time",
     {{"2026-11-23 09:00", TRIGGER_REVIEW, STATUS_OURS, NULL},
      {"2026-11-23 10:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-11-27 10:00", TRIGGER_REFUND_ISSUED, STATUS_BUYER, NULL}},
     "shop.work met 2026-11-23 15:00 rule\n"},

    {"paused",
     {{"2026-11-23 09:00", TRIGGER_REVIEW, STATUS_OURS, NULL},
      {"2026-11-23 10:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL}},
     "shop.work paused 2026-11-23 15:00 rule\n"},

    {"overdue before the pause, overdue after it",
     {{"2026-11-23 09:00", TRIGGER_REVIEW, STATUS_OURS, NULL},
      {"2026-11-23 16:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-11-24 10:00", TRIGGER_UNPAID, STATUS_OURS, NULL}},
     "shop.work running 2026-11-24 10:00 rule\n"},

    {"business days pause too: two of three are left",
     {{"2026-11-20 10:00", TRIGGER_RETURN_ARRIVED, STATUS_OURS, NULL},
      {"2026-11-23 12:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-12-01 15:00", TRIGGER_UNPAID, STATUS_OURS, NULL}},
     "shop.inspect running 2026-12-03 15:00 rule\n"},

    {"business days of which none is left are due when the day ends",
     {{"2026-11-20 10:00", TRIGGER_RETURN_ARRIVED, STATUS_OURS, NULL},
      {"2026-11-25 08:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
      {"2026-12-01 15:00", TRIGGER_UNPAID, STATUS_OURS, NULL}},
     "shop.inspect running 2026-12-01 23:59:59.999 rule\n"},

    {"the buyer's silence brings the case back (Z2); each of our messages begins it anew",
     {{"2026-11-23 10:00", TRIGGER_OUR_MESSAGE, STATUS_BUYER, NULL},
      {"2026-11-26 10:00", TRIGGER_OUR_MESSAGE, STATUS_BUYER, NULL}},
     "shop.silent late 2026-11-25 10:00 rule\n"
     "shop.silent running 2026-11-30 10:00 rule\n"},

    {"automatic mail moves nothing",
     {{"2026-11-23 10:00", TRIGGER_NONE, STATUS_NEW, "2026-11-24 10:00"}},
     ""},

    {"kinds: this case is none of them", {{"2026-11-23 10:00", TRIGGER_CASE_OPENED, STATUS_OURS, NULL}}, ""},

    {"no shop clock starts on a closed case",
     {{"2026-11-23 10:00", TRIGGER_REVIEW, STATUS_SOLVED, NULL}},
     ""},
};

/* What a script runs in. */
struct fixture {
	struct ruleset *rules;
	GTimeZone *zone;
};

static struct happening happening_of(const struct fixture *f, const struct line *l)
{
	return (struct happening){
	    .trigger = l->trigger,
	    .at = moment(l->at, f->zone),
	    .platform = "ebay",
	    .kind = KIND_QUESTION,
	    .status = l->status,
	    .stated_due = l->stated ? moment(l->stated, f->zone) : 0,
	    .stated = l->stated ? "by then" : NULL,
	};
}

static char *short_moment(gint64 at, GTimeZone *zone)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / 1000);
	g_autoptr(GDateTime) t = g_date_time_to_timezone(utc, zone);
	g_autofree char *text = g_date_time_format(t, at % 60000 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M");
	return at % 1000 ? g_strdup_printf("%s.%03d", text, (int)(at % 1000)) : g_steal_pointer(&text);
}

static char *told(const GPtrArray *clocks, GTimeZone *zone)
{
	GString *s = g_string_new(NULL);
	for (guint n = 0; n < clocks->len; n++) {
		const struct clock *c = g_ptr_array_index(clocks, n);
		g_autofree char *due = short_moment(c->due, zone);
		g_string_append_printf(s, "%s %s %s %s\n", c->rule, vocab_id(&CLOCK_STATES, c->state), due,
				       vocab_id(&CLOCK_WHYS, c->why));
	}
	return g_string_free(s, false);
}

/* A copy through the fields that the store keeps. */
static GPtrArray *stored(const GPtrArray *clocks)
{
	GPtrArray *copies = clocks_new();
	for (guint n = 0; n < clocks->len; n++) {
		const struct clock *c = g_ptr_array_index(clocks, n);
		struct clock *copy = g_new0(struct clock, 1);
		*copy = *c;
		copy->rule = g_strdup(c->rule);
		copy->title = g_strdup(c->title);
		copy->consequence = g_strdup(c->consequence);
		copy->stated = g_strdup(c->stated);
		copy->intervals = g_array_copy(c->intervals);
		copy->dirty = false;
		g_ptr_array_add(copies, copy);
	}
	return copies;
}

/* Intervals follow one another without gaps, running and paused, from the first start to the end. */
static void check_intervals(const struct clock *c)
{
	assert_true(c->intervals->len > 0);
	for (guint n = 0; n < c->intervals->len; n++) {
		const struct clock_interval *i = &g_array_index(c->intervals, struct clock_interval, n);
		bool last = n + 1 == c->intervals->len;
		assert_int_equal(i->running, i->due != 0);
		if (last)
			assert_int_equal(i->to, c->stopped);
		else
			assert_int_equal(i->to,
					 g_array_index(c->intervals, struct clock_interval, n + 1).from);
		assert_true(!i->to || i->to >= i->from);
	}
	const struct clock_interval *last =
	    &g_array_index(c->intervals, struct clock_interval, c->intervals->len - 1);
	if (c->state == CLOCK_RUNNING)
		assert_int_equal(last->due, c->due);
	if (c->state == CLOCK_PAUSED)
		assert_false(last->running);
	assert_int_equal(c->stopped != 0, c->state != CLOCK_RUNNING && c->state != CLOCK_PAUSED);
}

static void run(const struct fixture *f, const struct script *s, bool by_store, GPtrArray **clocks)
{
	*clocks = clocks_new();
	for (int n = 0; n < LINES && s->lines[n].at; n++) {
		struct happening h = happening_of(f, &s->lines[n]);
		clocks_apply(f->rules, *clocks, &h);
		if (by_store) {
			GPtrArray *copies = stored(*clocks);
			g_ptr_array_unref(*clocks);
			*clocks = copies;
		}
	}
}

static void test_scripts(void **state)
{
	const struct fixture *f = *state;
	for (gsize n = 0; n < G_N_ELEMENTS(scripts); n++) {
		GPtrArray *clocks, *again;
		run(f, &scripts[n], false, &clocks);
		run(f, &scripts[n], true, &again);
		g_autofree char *is = told(clocks, f->zone), *is_again = told(again, f->zone);
		if (!g_str_equal(is, scripts[n].clocks))
			fail_msg("%s:\n%snot\n%s", scripts[n].name, is, scripts[n].clocks);
		assert_string_equal(is, is_again);
		for (guint c = 0; c < clocks->len; c++)
			check_intervals(g_ptr_array_index(clocks, c));
		g_ptr_array_unref(clocks);
		g_ptr_array_unref(again);
	}
}

static void test_dirty(void **state)
{
	const struct fixture *f = *state;
	g_autoptr(GPtrArray) clocks = clocks_new();
	struct happening h =
	    happening_of(f, &(struct line){"2026-11-23 10:00", TRIGGER_BUYER_MESSAGE, STATUS_NEW, NULL});
	clocks_apply(f->rules, clocks, &h);
	assert_int_equal(clocks->len, 2);
	for (guint n = 0; n < clocks->len; n++) {
		struct clock *c = g_ptr_array_index(clocks, n);
		assert_true(c->dirty);
		assert_int_equal(c->id, 0);
		c->dirty = false;
	}
	h.at += 1000;
	clocks_apply(f->rules, clocks, &h);
	for (guint n = 0; n < clocks->len; n++)
		assert_false(((struct clock *)g_ptr_array_index(clocks, n))->dirty);
	h.trigger = TRIGGER_NO_ANSWER_NEEDED;
	clocks_apply(f->rules, clocks, &h);
	assert_true(((struct clock *)g_ptr_array_index(clocks, 0))->dirty);
	assert_false(((struct clock *)g_ptr_array_index(clocks, 1))->dirty);
}

static void test_next_due(void **state)
{
	const struct fixture *f = *state;
	g_autoptr(GPtrArray) clocks = clocks_new();
	assert_int_equal(clocks_next_due(clocks), G_MAXINT64);
	struct happening h =
	    happening_of(f, &(struct line){"2026-11-23 09:00", TRIGGER_REVIEW, STATUS_OURS, NULL});
	clocks_apply(f->rules, clocks, &h);
	assert_int_equal(clocks_next_due(clocks), moment("2026-11-23 15:00", f->zone));
	h = happening_of(f, &(struct line){"2026-11-23 10:00", TRIGGER_RETURN_REQUEST, STATUS_OURS, NULL});
	clocks_apply(f->rules, clocks, &h);
	assert_int_equal(clocks_next_due(clocks), moment("2026-11-23 15:00", f->zone));
	h = happening_of(f, &(struct line){"2026-11-23 11:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL});
	clocks_apply(f->rules, clocks, &h);
	assert_int_equal(clocks_next_due(clocks), moment("2026-12-03 10:00", f->zone));
}

/* Clocks set by hand and promises have no rule: only the case's end stops them. */
static void test_without_rule(void **state)
{
	const struct fixture *f = *state;
	g_autoptr(GPtrArray) clocks = clocks_new();
	struct clock *c = g_new0(struct clock, 1);
	c->family = CLOCK_SHOP;
	c->why = WHY_PROMISE;
	c->started = moment("2026-11-23 09:00", f->zone);
	c->due = moment("2026-11-24 09:00", f->zone);
	c->title = g_strdup("Send the part");
	g_ptr_array_add(clocks, c);
	struct happening h =
	    happening_of(f, &(struct line){"2026-11-23 10:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL});
	clocks_apply(f->rules, clocks, &h);
	assert_int_equal(c->state, CLOCK_RUNNING);
	h = happening_of(f, &(struct line){"2026-11-23 11:00", TRIGGER_CASE_CLOSED, STATUS_SOLVED, NULL});
	clocks_apply(f->rules, clocks, &h);
	assert_int_equal(c->state, CLOCK_CANCELLED);
}

static char *explained(const struct fixture *f, const struct ruleset *rules, const struct script *s,
		       const char *now)
{
	GPtrArray *clocks;
	run(f, s, false, &clocks);
	g_autoptr(GPtrArray) lines =
	    clock_explain(rules, g_ptr_array_index(clocks, 0), moment(now, f->zone), f->zone);
	g_ptr_array_add(lines, NULL);
	char *text = g_strjoinv("\n", (char **)lines->pdata);
	g_ptr_array_remove_index(lines, lines->len - 1);
	g_ptr_array_unref(clocks);
	return text;
}

static void test_explain(void **state)
{
	const struct fixture *f = *state;
	static const struct {
		struct script script;
		const char *now, *text;
	} rows[] = {
	    {{"pause",
	      {{"2026-11-20 16:00", TRIGGER_REVIEW, STATUS_OURS, NULL},
	       {"2026-11-23 10:00", TRIGGER_RETURN_APPROVED, STATUS_BUYER, NULL},
	       {"2026-11-23 14:30", TRIGGER_UNPAID, STATUS_OURS, NULL}},
	      NULL},
	     "2026-11-23 15:00",
	     "Work (shop clock, running)\n"
	     "Rule: 5 business hours, calendar \"office\" (Europe/Amsterdam)\n"
	     "Source: s, checked 2026-11-23, sure (shop.ini:35)\n"
	     "Started: Fri 20 Nov 2026 16:00 CET\n"
	     "  + Fri 20 Nov 2026 16:00 CET - Fri 20 Nov 2026 17:00 CET (1 h): shop open\n"
	     "  - Fri 20 Nov 2026 17:00 CET - Sat 21 Nov 2026 00:00 CET (7 h): closed\n"
	     "  - Sat 21 Nov 2026 00:00 CET - Mon 23 Nov 2026 00:00 CET (2 days): weekend\n"
	     "  - Mon 23 Nov 2026 00:00 CET - Mon 23 Nov 2026 09:00 CET (9 h): closed\n"
	     "  + Mon 23 Nov 2026 09:00 CET - Mon 23 Nov 2026 10:00 CET (1 h): shop open\n"
	     "  - Mon 23 Nov 2026 10:00 CET - Mon 23 Nov 2026 14:30 CET (4 h 30 min): waiting for the buyer\n"
	     "  + Mon 23 Nov 2026 14:30 CET - Mon 23 Nov 2026 17:00 CET (2 h 30 min): shop open\n"
	     "  - Mon 23 Nov 2026 17:00 CET - Tue 24 Nov 2026 09:00 CET (16 h): closed\n"
	     "  + Tue 24 Nov 2026 09:00 CET - Tue 24 Nov 2026 09:30 CET (30 min): shop open\n"
	     "Due: Tue 24 Nov 2026 09:30 CET, in 18 h 30 min\n"
	     "Next change: the shop closes Mon 23 Nov 2026 17:00 CET\n"
	     "If missed: c"},
	    {{"days", {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_OURS, NULL}}, NULL},
	     "2026-11-25 13:00",
	     "Return (platform clock, running)\n"
	     "Rule: 3 business days, calendar \"office\" (Europe/Amsterdam)\n"
	     "Source: s, checked 2026-11-23, sure (ebay.ini:4)\n"
	     "Started: Fri 20 Nov 2026 10:00 CET\n"
	     "  - Fri 20 Nov 2026 10:00 CET - Sat 21 Nov 2026 00:00 CET (14 h): the first day isn't counted\n"
	     "  - Sat 21 Nov 2026 00:00 CET - Mon 23 Nov 2026 00:00 CET (2 days): weekend\n"
	     "  + Mon 23 Nov 2026 00:00 CET - Tue 24 Nov 2026 00:00 CET (1 day): business day 1 of 3\n"
	     "  + Tue 24 Nov 2026 00:00 CET - Wed 25 Nov 2026 00:00 CET (1 day): business day 2 of 3\n"
	     "  + Wed 25 Nov 2026 00:00 CET - Wed 25 Nov 2026 10:00 CET (10 h): business day 3 of 3\n"
	     "Due: Wed 25 Nov 2026 10:00 CET, 3 h ago\n"
	     "If missed: c"},
	    {{"stated",
	      {{"2026-11-20 10:00", TRIGGER_CLAIM_INFO, STATUS_OURS, "2026-11-22 11:00"},
	       {"2026-11-21 10:00", TRIGGER_NONE, STATUS_OURS, NULL}},
	      NULL},
	     "2026-11-21 13:00",
	     "Dated (platform clock, running)\n"
	     "Rule: the date that the platform states, calendar \"office\" (Europe/Amsterdam)\n"
	     "Source: s, checked 2026-11-23, sure (ebay.ini:37)\n"
	     "Stated in the mail: \"by then\". A stated date beats the rule.\n"
	     "Started: Fri 20 Nov 2026 10:00 CET\n"
	     "  + Fri 20 Nov 2026 10:00 CET - Sun 22 Nov 2026 11:00 CET (2 days 1 h): until the stated date\n"
	     "Due: Sun 22 Nov 2026 11:00 CET, in 22 h\n"
	     "Next change: due Sun 22 Nov 2026 11:00 CET\n"
	     "If missed: c"},
	    {{"missed",
	      {{"2026-11-23 10:00", TRIGGER_RETURN_REQUEST, STATUS_OURS, NULL},
	       {"2026-11-23 12:00", TRIGGER_CLAIM_GRANTED, STATUS_OURS, NULL}},
	      NULL},
	     "2026-11-25 13:00",
	     "Return (platform clock, missed)\n"
	     "Rule: 3 business days, calendar \"office\" (Europe/Amsterdam)\n"
	     "Source: s, checked 2026-11-23, sure (ebay.ini:4)\n"
	     "Started: Mon 23 Nov 2026 10:00 CET\n"
	     "  - Mon 23 Nov 2026 10:00 CET - Mon 23 Nov 2026 12:00 CET (2 h): the first day isn't counted\n"
	     "Due: Thu 26 Nov 2026 10:00 CET\n"
	     "Ended: Mon 23 Nov 2026 12:00 CET, missed, 2 days 22 h before it was due\n"
	     "Missed: c"},
	};
	for (gsize n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *text = explained(f, f->rules, &rows[n].script, rows[n].now);
		assert_string_equal(text, rows[n].text);
	}
}

static void test_explain_without_rule(void **state)
{
	const struct fixture *f = *state;
	g_autoptr(ruleset_auto) none = ruleset_create();
	static const struct script script = {
	    "gone", {{"2026-11-20 10:00", TRIGGER_RETURN_REQUEST, STATUS_OURS, NULL}}, NULL};
	g_autofree char *text = explained(f, none, &script, "2026-11-25 08:00");
	assert_string_equal(text,
			    "Return (platform clock, running)\n"
			    "Rule: ebay.return, which is no longer in the clock files\n"
			    "Started: Fri 20 Nov 2026 10:00 CET\n"
			    "  + Fri 20 Nov 2026 10:00 CET - Wed 25 Nov 2026 10:00 CET (5 days): running\n"
			    "Due: Wed 25 Nov 2026 10:00 CET, in 2 h\n"
			    "Next change: due Wed 25 Nov 2026 10:00 CET\n"
			    "If missed: c");
	g_autofree char *none_at_all = explained(f, NULL, &script, "2026-11-25 08:00");
	assert_string_equal(none_at_all, text);
}

static int setup(void **state)
{
	g_setenv("LC_ALL", "C", true);
	struct fixture *f = g_new0(struct fixture, 1);
	f->rules = ruleset_create();
	f->zone = g_time_zone_new_identifier("Europe/Amsterdam");
	assert_true(ruleset_add_calendar(f->rules, "office", "office.ini", office, strlen(office), NULL));
	g_autoptr(GError) error = NULL;
	if (!ruleset_add_clocks(f->rules, "ebay", "ebay.ini", platform_clocks, strlen(platform_clocks),
				&error) ||
	    !ruleset_add_clocks(f->rules, "shop", "shop.ini", shop_clocks, strlen(shop_clocks), &error))
		fail_msg("%s", error->message);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	ruleset_destroy(f->rules);
	g_time_zone_unref(f->zone);
	g_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scripts),  cmocka_unit_test(test_dirty),
	    cmocka_unit_test(test_next_due), cmocka_unit_test(test_without_rule),
	    cmocka_unit_test(test_explain),  cmocka_unit_test(test_explain_without_rule),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
