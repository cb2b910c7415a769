/* SPDX-License-Identifier: MIT */
#include "ui/app_do.h"

#include "domain/intl.h"

#include "domain/banned.h"

static void pop(struct app *a)
{
	g_ptr_array_set_size(a->views, (gint)a->views->len - 1);
	if (a->views->len)
		app_load(a, LOAD_SIZE);
	else
		a->over = true;
}

void app_open_prompt(struct app *a, enum prompt_kind kind, const char *question)
{
	struct view *v = app_top(a);
	prompt_destroy(a->prompt);
	a->prompt = prompt_create(kind, a->history[kind], v->ops->place, view_can(v));
	if (kind == PROMPT_QUERY || kind == PROMPT_ACT || kind == PROMPT_COMMAND)
		prompt_tags(a->prompt, store_words(a->desk.store, "tag", NULL));
	if (question)
		prompt_question(a->prompt, question);
}

static void tell(struct app *a, const struct request *r);

/* Lets a view run another program in the terminal. */
static void run_outside(struct app *a)
{
	g_autoptr(GError) error = NULL;
	struct view *v = app_top(a);
	screen_leave(a->screen);
	bool ok = v->ops->outside(v, &error);
	screen_return(a->screen);
	/* ^C was meant for the other program. */
	signals_take(SIGINT);
	if (screen_resized(a->screen))
		screen_size(a->screen, &a->desk.rows, &a->desk.cols);
	app_load(a, LOAD_SIZE);
	if (!ok)
		app_say(a, error ? error->message : _("The other program failed."), true);
}

static void leave(struct app *a, const struct outcome *out)
{
	if (out->leave_all && a->views->len > 1) {
		g_ptr_array_set_size(a->views, 1);
		app_load(a, LOAD_SIZE);
	} else if (out->leave) {
		pop(a);
	}
}

/* Does what a view asks for; frees what it owns. */
static void follow(struct app *a, struct outcome *out)
{
	if (out->sent.outbox)
		a->sent = out->sent;
	leave(a, out);
	enum act_type type;
	if (action_is_act(out->then, &type) && app_top(a))
		app_do(a, type, out->then_text);
	else if (out->then != ACTION_NONE && app_top(a))
		tell(a, &(struct request){.action = out->then, .text = out->then_text});
	if (out->clipboard && !screen_clipboard(a->screen, out->clipboard))
		app_say(a,
			_("The answer is too long for the terminal's clipboard: select it with the mouse."),
			true);
	app_push(a, out->open);
	if (out->outside && app_top(a))
		run_outside(a);
	if (out->say)
		app_say(a, out->say, false);
	if (out->ask && app_top(a))
		app_open_prompt(a, out->ask_file ? PROMPT_FILE : PROMPT_ASK, out->ask);
	if (out->ask && out->ask_begin && a->prompt)
		prompt_begin(a->prompt, out->ask_begin);
	if (out->ask && out->ask_fault && a->prompt)
		prompt_tell(a->prompt, out->ask_fault, true);
	g_free(out->then_text);
	g_free(out->say);
	g_free(out->ask);
	g_free(out->ask_begin);
	g_free(out->ask_fault);
	g_free(out->clipboard);
}

/* Hands an action to the view on top and does what it asks for. */
static void tell(struct app *a, const struct request *r)
{
	g_autoptr(GError) error = NULL;
	struct view *v = app_top(a);
	struct outcome out = {0};
	bool ok = v->ops->act(v, r, &out, &error);
	follow(a, &out);
	if (!ok)
		app_say(a, error ? error->message : _("The store can't be read."), true);
}

static void type(struct app *a, int key, const char *pasted)
{
	g_autoptr(GError) error = NULL;
	struct view *v = app_top(a);
	struct outcome out = {0};
	bool ok = v->ops->type(v, key, pasted, &out, &error);
	follow(a, &out);
	if (!ok)
		app_say(a, error ? error->message : _("This can't be typed here."), true);
}

/* The answer becomes a draft again, and that is opened. */
static void take_back(struct app *a)
{
	g_autoptr(GError) error = NULL;
	bool done = false;
	struct sent sent = a->sent;
	a->sent = (struct sent){0};
	a->desk.can &= ~(guint)NEED_UNDO;
	if (!store_take_back(a->desk.store, a->desk.me, sent.outbox, a->desk.now(), &done, &error)) {
		app_say(a, error->message, true);
		return;
	}
	if (!done) {
		app_say(a, _("It was too late: the answer has left."), true);
		return;
	}
	if (a->views->len > 1)
		g_ptr_array_set_size(a->views, 1);
	app_load(a, LOAD_STORE);
	app_push(a, view_composer_create(&a->desk, sent.case_id, DRAFT_REPLY, lang_of_user(), NULL));
	app_say(a, _("Taken back: here is the draft."), false);
}

static void act(struct app *a, enum action action, int key)
{
	struct view *v = app_top(a);
	enum act_type type;
	switch (action) {
	case ACTION_NONE:
		break;
	case ACTION_QUIT:
		a->over = true;
		break;
	case ACTION_SEARCH:
		app_open_prompt(a, v->ops->place == PLACE_INBOX ? PROMPT_QUERY : PROMPT_FIND, NULL);
		break;
	case ACTION_COMMAND:
		app_open_prompt(a, PROMPT_COMMAND, NULL);
		break;
	case ACTION_HELP:
		app_push(a, view_help_create(&a->desk, v));
		break;
	case ACTION_OUTBOX:
		app_push(a, view_outbox_create(&a->desk));
		break;
	case ACTION_REDRAW:
		screen_redraw(a->screen);
		break;
	case ACTION_TAKE_BACK:
		if (a->sent.outbox)
			take_back(a);
		else
			app_undo(a);
		break;
	case ACTION_JUMP:
		app_open_prompt(a, PROMPT_JUMP, NULL);
		break;
	case ACTION_NEXT_CASE:
	case ACTION_PREVIOUS_CASE:
		app_next_case(a, action == ACTION_NEXT_CASE ? 1 : -1);
		break;
	default:
		if (action_is_act(action, &type))
			app_do(a, type, NULL);
		else
			tell(a, &(struct request){.action = action, .key = key});
	}
}

static void run_command(struct app *a, const char *text)
{
	struct view *v = app_top(a);
	struct command c;
	enum act_type type;
	g_autoptr(GError) error = NULL;
	if (!palette_parse(text, v->ops->place, view_can(v), &c, &error))
		app_say(a, error->message, true);
	else if (c.case_id)
		app_push(a, view_case_create(&a->desk, c.case_id));
	else if (c.text && action_is_act(c.action, &type))
		app_do(a, type, c.text);
	else if (c.text && c.action == ACTION_JUMP)
		app_jump(a, c.text);
	else if (c.text)
		tell(a, &(struct request){.action = c.action, .text = c.text});
	else
		act(a, c.action, 0);
	g_free(c.text);
}

static bool is_answer(const struct prompt *p)
{
	return prompt_kind(p) == PROMPT_ASK || prompt_kind(p) == PROMPT_FILE;
}

static void prompt_input(struct app *a, int key)
{
	enum edit_result result = prompt_key(a->prompt, key);
	if (result == EDIT_GOES_ON)
		return;
	struct prompt *p = g_steal_pointer(&a->prompt);
	if (prompt_kind(p) == PROMPT_ACT && result != EDIT_DONE)
		g_clear_pointer(&a->doing, doing_destroy);
	else if (prompt_kind(p) == PROMPT_ACT)
		app_do_answer(a, prompt_text(p));
	else if (result == EDIT_DONE && prompt_kind(p) == PROMPT_JUMP)
		app_jump(a, prompt_text(p));
	else if (result == EDIT_DONE && prompt_kind(p) == PROMPT_COMMAND)
		run_command(a, prompt_text(p));
	else if (result == EDIT_DONE)
		tell(a, &(struct request){.action = is_answer(p) ? ACTION_ANSWERED : ACTION_SEARCH,
					  .text = prompt_text(p)});
	prompt_destroy(p);
}

static void open_offered(struct app *a)
{
	app_push(a, view_composer_create(&a->desk, a->draft_case, a->draft_buffer, lang_of_user(), NULL));
}

static void act_on_key(struct app *a, const struct view *v, int key)
{
	guint can = view_can(v);
	enum action action = action_for_key(key, v->ops->place, can);
	if (action == ACTION_NONE && v->ops->type) {
		type(a, key, NULL);
		return;
	}
	if (action == ACTION_NONE && action_for_key('?', v->ops->place, can) != ACTION_NONE)
		app_say(a, _("That key does nothing here; ? shows those that do."), false);
	act(a, action, key);
}

static void handle_key(struct app *a, int key)
{
	struct view *v = app_top(a);
	bool offered = a->draft_case && key == UI_ENTER && a->views->len == 1;
	if (a->prompt) {
		prompt_input(a, key);
	} else if (!app_big_enough(a)) {
		/* Nothing can be seen, so nothing may be done blindly but to leave. */
		a->over = key == 'q' || key == 'Q';
	} else if (key == UI_CTRL('c')) {
		app_say(a, v->ops->type ? _("Esc goes back; a draft is kept.") : _("Q leaves amends."),
			false);
	} else if (offered) {
		open_offered(a);
	} else if (!app_do_key(a, key)) {
		act_on_key(a, v, key);
	}
	a->draft_case = 0;
}

static void handle_paste(struct app *a, const char *text)
{
	/* Pasted text is never taken for keys. */
	if (a->prompt)
		prompt_paste(a->prompt, text);
	else if (app_big_enough(a) && app_top(a)->ops->type)
		type(a, 0, text);
	else
		app_say(a, _("Paste works after / or : and in a draft."), false);
}

void app_handle(struct app *a, struct input *in)
{
	app_say(a, NULL, false);
	switch (in->kind) {
	case INPUT_KEY:
		handle_key(a, in->key);
		break;
	case INPUT_MOUSE:
		if (!a->prompt && app_big_enough(a) && in->row < a->desk.rows - 1)
			tell(a,
			     &(struct request){
				 .action = ACTION_POINT, .row = in->row, .col = in->col, .wheel = in->wheel});
		break;
	case INPUT_PASTE:
		handle_paste(a, in->text);
		break;
	}
	g_free(in->text);
}

void app_offer_draft(struct app *a)
{
	a->drafts_offered = true;
	g_autoptr(GPtrArray) drafts = store_drafts(a->desk.store, a->desk.me, NULL);
	if (!drafts || !drafts->len || a->message || a->prompt || a->views->len != 1)
		return;
	const struct draft *d = drafts->pdata[0];
	g_autofree char *text =
	    g_strdup_printf(d->buffer == DRAFT_NOTE ? _("note on case #%" PRId64 ": Enter opens")
						    : _("draft on case #%" PRId64 ": Enter opens"),
			    d->case_id);
	app_say(a, text, false);
	a->draft_case = d->case_id;
	a->draft_buffer = d->buffer;
}
