/* SPDX-License-Identifier: MIT */
#include "ui/app_do.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "store/closing.h"
#include "store/shop_file.h"
#include "ui/act_keys.h"
#include "ui/act_notes.h"

#include <string.h>

#include "domain/banned.h"

/* A slice, one transaction, is as many cases as are changed in so long: no key waits longer. Microseconds. */
#define SLICE_US 20000
#define FIRST_SLICE 8

enum doing_stage { DOING_ASKED, DOING_SURE, DOING_RUNS, DOING_UNDOES };

struct doing {
	enum doing_stage stage;
	struct act act;
	char *text;       /* what act.text points at */
	GArray *cases;    /* of gint64 */
	bool marked;      /* they were the marked ones */
	gint64 from_case; /* the one that was selected; 0: several */
	char *currency;
	guint done, skipped;
	guint size;     /* of the next slice */
	guint undone;   /* DOING_UNDOES: cases changed back */
	guint promised; /* of the cases to be closed: those with an open promise */
	char *doubt;    /* DOING_SURE: what a yes is asked about; NULL: the number of cases */
};

void doing_destroy(struct doing *d)
{
	if (!d)
		return;
	g_free(d->text);
	g_free(d->currency);
	g_free(d->doubt);
	if (d->cases)
		g_array_unref(d->cases);
	g_free(d);
}

static void give_up(struct app *a)
{
	g_clear_pointer(&a->doing, doing_destroy);
}

static void say_error(struct app *a, const GError *error)
{
	app_say(a, error ? error->message : _("The store can't be read."), true);
}

/* Shows what was changed; the footer's line stays. */
static void show_change(struct app *a)
{
	app_load(a, LOAD_STORE);
	a->version = store_version(a->desk.store);
}

static GArray *find_all(struct app *a, const struct subject *s, GError **error)
{
	gint64 now = a->desk.now();
	struct inbox_request q = {.query = s->query,
				  .now = now,
				  .day_end = when_day_end(now, a->desk.zone),
				  .me = a->desk.me,
				  .found = s->found};
	return store_find(a->desk.store, &q, error);
}

/* To which cases the act goes; NULL (with or without *error) if to none. */
static GArray *choose_cases(struct app *a, const struct subject *s, bool *marked, GError **error)
{
	*marked = s->all || (s->marks && s->marks->len);
	if (s->all)
		return find_all(a, s, error);
	if (*marked)
		return g_array_copy((GArray *)s->marks);
	if (!s->case_id)
		return NULL;
	GArray *one = g_array_new(false, false, sizeof(gint64));
	g_array_append_val(one, s->case_id);
	return one;
}

static void ask(struct app *a)
{
	struct doing *d = a->doing;
	g_autofree char *question = act_question(d->act.type);
	g_autofree char *note = act_note(&a->desk, d->act.type, d->from_case);
	g_autofree char *proposal = act_proposal(&a->desk, d->act.type, d->from_case);
	app_open_prompt(a, PROMPT_ACT, question);
	prompt_act(a->prompt, d->act.type);
	if (note)
		prompt_tell(a->prompt, note, false);
	if (proposal)
		prompt_begin(a->prompt, proposal);
}

/* A follow-up that would be too soon is asked for again with the first time that is allowed: one key takes
 * it. */
static void ask_later(struct app *a, gint64 allowed, const char *why)
{
	struct doing *d = a->doing;
	g_autofree char *day = when_stamp(allowed, a->desk.zone);
	g_autofree char *text = g_strdup_printf("%s; %s", day, d->act.text);
	d->done = 0;
	ask(a);
	prompt_replace(a->prompt, text);
	prompt_tell(a->prompt, why, true);
}

static bool slice(struct app *a, struct acted *r, GError **error)
{
	struct doing *d = a->doing;
	d->act.cases = &g_array_index(d->cases, gint64, d->done);
	d->act.count = MIN(d->size, d->cases->len - d->done);
	gint64 began = g_get_monotonic_time();
	if (!store_act(a->desk.store, a->desk.me, &d->act, a->desk.now(), r, error))
		return false;
	d->act.group = r->act ? r->act : d->act.group;
	d->done += d->act.count;
	d->skipped += r->skipped;
	gint64 took = g_get_monotonic_time() - began;
	if (took > SLICE_US)
		d->size = MAX(d->size / 2, 1);
	else if (took < SLICE_US / 2)
		d->size = MIN(d->size * 2, ACT_MOST);
	return true;
}

/* "snoozed until 2026-03-05 09:00: #17; u takes it back" */
static char *tell_one(const struct app *a, const struct doing *d, gint64 look)
{
	g_autofree char *stamp = d->act.due ? when_stamp(d->act.due, a->desk.zone) : NULL;
	g_autofree char *until = stamp ? g_strdup_printf(_("until %s"), stamp) : NULL;
	const char *words = d->act.type == ACT_SNOOZE && until ? until : "";
	g_autofree char *clock =
	    act_closes(d->act.type) ? closing_clock(a->desk.store, look, a->desk.zone) : NULL;
	g_autofree char *told = act_told(&d->act);
	g_autofree char *done =
	    g_strdup_printf(_("%s%s%s: #%" PRId64 "; u takes it back"), told, *words ? " " : "", words, look);
	return clock ? g_strdup_printf("%s; %s", done, clock) : g_steal_pointer(&done);
}

/* A case that was merged away isn't shown any more: the other one is. */
static void follow_case(struct app *a, enum act_type type, gint64 look)
{
	struct view *v = app_top(a);
	if (type != ACT_MERGE || v->ops->place != PLACE_CASE)
		return;
	g_ptr_array_set_size(a->views, (gint)a->views->len - 1);
	app_push(a, view_case_create(&a->desk, look));
}

static void do_one(struct app *a)
{
	g_autoptr(GError) error = NULL;
	struct acted r = {0};
	bool ok = slice(a, &r, &error);
	if (!ok && r.allowed) {
		ask_later(a, r.allowed, error->message);
		return;
	}
	if (!ok && r.unsure) {
		a->doing->doubt = g_strdup(error->message);
		a->doing->stage = DOING_SURE;
		return;
	}
	struct doing *d = g_steal_pointer(&a->doing);
	if (!ok) {
		say_error(a, error);
	} else if (!r.act) {
		app_say(a, _("It stands so already."), false);
	} else {
		show_change(a);
		follow_case(a, d->act.type, r.case_id);
		g_autofree char *text = tell_one(a, d, r.case_id);
		app_say(a, text, false);
	}
	doing_destroy(d);
}

/* All is known: one case at once, many after a yes. */
static void ready(struct app *a)
{
	struct doing *d = a->doing;
	if (!d->marked) {
		do_one(a);
		return;
	}
	d->promised = act_closes(d->act.type) ? closing_promised(a->desk.store, d->cases) : 0;
	d->stage = DOING_SURE;
}

/* Reads what was typed. False: *error says what to write. */
static bool read_typed(struct app *a, const char *typed, GError **error)
{
	struct doing *d = a->doing;
	struct act read = {0};
	g_autofree char *whole = NULL;
	/* The message is the one on the screen, unless it is named. */
	if (d->act.type == ACT_MOVE && !strchr(typed, ';')) {
		const char *is = strchr(typed, '=');
		whole = g_strdup_printf("move=%" PRId64 "; %s", d->act.message, is ? is + 1 : "");
	}
	g_clear_pointer(&d->text, g_free);
	if (!act_parse(whole ? whole : typed, a->desk.now(), a->desk.zone,
		       d->marked ? NULL : store_currency(a->desk.store, d->currency), &read, &d->text, error))
		return false;
	d->act = read;
	d->act.text = d->text;
	return true;
}

/* A status that ends the case takes what that takes: it is asked for. */
static bool ask_how_it_ends(struct app *a, enum act_type type, const char *status)
{
	enum act_type closing = type == ACT_STATUS ? act_closing(status) : ACT_STATUS;
	if (closing == ACT_STATUS)
		return false;
	a->doing->act.type = closing;
	ask(a);
	return true;
}

/* What was typed isn't lost by a slip; what lacks behind it goes on there. */
static void ask_again(struct app *a, const char *typed, const char *why)
{
	enum act_type type = a->doing->act.type;
	bool lacks_cost = (type == ACT_SOLVE || type == ACT_LOSE) && *typed && !strchr(typed, ';');
	g_autofree char *text = g_strconcat(typed, lacks_cost ? "; " : "", NULL);
	ask(a);
	prompt_replace(a->prompt, text);
	prompt_tell(a->prompt, why, true);
}

void app_do_answer(struct app *a, const char *text)
{
	g_autoptr(GError) error = NULL;
	enum act_type type = a->doing->act.type;
	gint64 message = a->doing->act.message;
	g_autofree char *typed = *text ? g_strdup_printf("%s=%s", vocab_id(&ACTS, (int)type), text)
				       : g_strdup(vocab_id(&ACTS, (int)type));
	if (ask_how_it_ends(a, type, text))
		return;
	if (read_typed(a, typed, &error)) {
		ready(a);
		return;
	}
	a->doing->act = (struct act){.type = type, .message = message};
	ask_again(a, text, error->message);
}

/* Of "status=solved". */
static const char *status_of(const char *typed)
{
	const char *is = strchr(typed, '=');
	return is ? is + 1 + strspn(is + 1, " ") : NULL;
}

static void begin(struct app *a, enum act_type type, const char *typed)
{
	g_autoptr(GError) error = NULL;
	struct doing *d = a->doing;
	if (d->marked && !(act_fields(type) & ACT_BULK)) {
		app_say(a, _("This is done to one case at a time: Esc takes the marks off."), true);
		give_up(a);
	} else if (!typed && act_takes_input(type)) {
		ask(a);
	} else if (typed && ask_how_it_ends(a, type, status_of(typed))) {
		return;
	} else if (read_typed(a, typed ? typed : vocab_id(&ACTS, (int)type), &error)) {
		ready(a);
	} else {
		say_error(a, error);
		give_up(a);
	}
}

void app_do(struct app *a, enum act_type type, const char *typed)
{
	g_autoptr(GError) error = NULL;
	struct view *v = app_top(a);
	struct subject s = {0};
	bool marked = false;
	/* Asked for, but its prompt is gone. */
	if (a->doing && a->doing->stage == DOING_ASKED)
		give_up(a);
	if (a->doing) {
		app_say(a, _("Another change is still running: Esc stops it."), true);
		return;
	}
	if (v->ops->subject)
		v->ops->subject(v, &s);
	GArray *cases = choose_cases(a, &s, &marked, &error);
	if (!cases || !cases->len) {
		app_say(a, error ? error->message : _("There is no case to do this to."), true);
		if (cases)
			g_array_unref(cases);
		return;
	}
	if (type == ACT_PIN && s.pinned && !marked)
		type = ACT_UNPIN;
	a->doing = g_new0(struct doing, 1);
	*a->doing = (struct doing){.cases = cases,
				   .marked = marked,
				   .size = FIRST_SLICE,
				   .act = {.type = type, .message = s.message},
				   .from_case = marked ? 0 : s.case_id,
				   .currency = g_strdup(marked ? NULL : s.currency)};
	begin(a, type, typed);
}

static void end(struct app *a)
{
	struct doing *d = a->doing;
	g_autofree char *done = act_told(&d->act), *text = NULL;
	guint changed = d->done - d->skipped;
	if (d->stage == DOING_UNDOES)
		text = g_strdup_printf(
		    ngettext_("Taken back: %s, %u case", "Taken back: %s, %u cases", (int)d->undone),
		    vocab_title(&ACTS, (int)d->act.type), d->undone);
	else
		text = g_strdup_printf(
		    ngettext_("%s: %u case; u takes it back", "%s: %u cases; u takes it back", (int)changed),
		    done, changed);
	/* Then u would take back what was done before. */
	if (d->stage == DOING_RUNS && !changed) {
		g_free(text);
		text = g_strdup(_("Nothing was changed."));
	} else if (d->skipped) {
		g_autofree char *some = g_steal_pointer(&text);
		text = g_strdup_printf(_("%s; %u left as they were"), some, d->skipped);
	}
	give_up(a);
	show_change(a);
	app_say(a, text, false);
}

bool app_do_key(struct app *a, int key)
{
	struct doing *d = a->doing;
	if (!d || d->stage == DOING_ASKED)
		return false;
	if (d->stage != DOING_SURE) {
		if (key == UI_ESCAPE)
			end(a);
		return key == UI_ESCAPE;
	}
	bool yes = key == 'y' || key == 'Y';
	if (yes && d->doubt) {
		d->act.sure = true;
		do_one(a);
	} else if (yes) {
		d->stage = DOING_RUNS;
		app_unmark(a);
	} else {
		give_up(a);
		app_say(a, _("Nothing was changed."), false);
	}
	return true;
}

bool app_do_runs(const struct app *a)
{
	return a->doing && (a->doing->stage == DOING_RUNS || a->doing->stage == DOING_UNDOES);
}

static bool one_batch(void *data, guint done, guint all)
{
	*(guint *)data = all;
	return false;
}

/* A batch of an act that is taken back; the first one tells which act it was. */
static void undo_batch(struct app *a)
{
	g_autoptr(GError) error = NULL;
	struct undone u = {0};
	struct doing *d = a->doing;
	guint all = 0;
	if (!store_undo(a->desk.store, a->desk.me, a->desk.now(), one_batch, &all, &u, &error)) {
		give_up(a);
		say_error(a, error);
		return;
	}
	d->act.type = u.type;
	d->done = MAX(d->done, all);
	d->undone += u.cases;
	if (!u.more && d->undone > u.cases) {
		end(a);
	} else if (!u.more) {
		give_up(a);
		show_change(a);
		app_say(a, u.text, false);
	}
	undone_clear(&u);
}

void app_undo(struct app *a)
{
	if (a->doing) {
		app_say(a, _("Another change is still running: Esc stops it."), true);
		return;
	}
	a->doing = g_new0(struct doing, 1);
	a->doing->stage = DOING_UNDOES;
	undo_batch(a);
}

void app_do_slice(struct app *a)
{
	g_autoptr(GError) error = NULL;
	struct doing *d = a->doing;
	struct acted r;
	if (d->stage == DOING_UNDOES) {
		undo_batch(a);
	} else if (!slice(a, &r, &error)) {
		give_up(a);
		show_change(a);
		say_error(a, error);
	} else if (d->done >= d->cases->len) {
		end(a);
	}
}

char *app_do_line(const struct app *a)
{
	const struct doing *d = a->doing;
	if (!d || d->stage == DOING_ASKED)
		return NULL;
	const char *what = vocab_title(&ACTS, (int)d->act.type);
	if (d->doubt)
		return g_strdup_printf(_(" y merges them, but %s"), d->doubt);
	if (d->stage == DOING_SURE && d->promised)
		return g_strdup_printf(_(" %s: change %u cases, %u with an open promise? y does it"), what,
				       d->cases->len, d->promised);
	if (d->stage == DOING_SURE)
		return g_strdup_printf(ngettext_(" %s: change %u case? y does it",
						 " %s: change %u cases? y does it", (int)d->cases->len),
				       what, d->cases->len);
	guint done = d->stage == DOING_UNDOES ? d->undone : d->done;
	guint all = d->stage == DOING_UNDOES ? d->done : d->cases->len;
	return g_strdup_printf(_(" %s: %u of %u cases; Esc stops"), what, done, all);
}
