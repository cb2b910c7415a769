/* SPDX-License-Identifier: MIT */
#include "ui/app.h"

#include "domain/intl.h"
#include "ui/input.h"

#include <poll.h>
#include <unistd.h>

#include "domain/banned.h"

#define LEAST_ROWS 10
#define LEAST_COLS 40
/* How often the store is asked whether someone changed it. */
#define LOOK_MS 500
/* Inputs handled before the screen is shown again, so that a held key never starves it. */
#define INPUTS_AT_ONCE 64

struct app {
	struct desk desk;
	struct screen *screen;
	struct signals *signals;
	struct input_reader *input;
	struct frame *frame;
	GPtrArray *views; /* of struct view; the last is on top */
	struct prompt *prompt;
	GPtrArray *history[N_PROMPT_KINDS]; /* of char* */
	char *message;                      /* in the footer until the next key; safe */
	bool is_fault;
	gint64 version; /* of the store as shown */
	gint64 looked;  /* when the version was last asked, monotonic ms */
	bool over;
	bool unread; /* more input may wait, also within curses */
};

static gint64 monotonic_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static struct view *top(const struct app *a)
{
	return a->views->len ? a->views->pdata[a->views->len - 1] : NULL;
}

static void view_destroy(struct view *v)
{
	v->ops->destroy(v);
}

static void say(struct app *a, const char *text, bool is_fault)
{
	g_free(a->message);
	a->message = text ? text_safe(text, -1, TEXT_ONE_LINE) : NULL;
	a->is_fault = is_fault;
}

/* Loads the top view; a fault is told and the old state stays on the screen. */
static bool load(struct app *a, enum load_reason why)
{
	g_autoptr(GError) error = NULL;
	struct view *v = top(a);
	if (!v || v->ops->load(v, why, &error))
		return true;
	v->pending = false;
	/* A fault isn't met again with each tick. */
	v->wake = a->desk.now() + 5000;
	say(a, error ? error->message : _("The store can't be read."), true);
	return false;
}

static void push(struct app *a, struct view *v)
{
	g_ptr_array_add(a->views, v);
	/* A view that can't show anything, a case that is gone, doesn't stay. */
	if (!load(a, LOAD_STORE) && a->views->len > 1)
		g_ptr_array_set_size(a->views, (gint)a->views->len - 1);
}

static void pop(struct app *a)
{
	g_ptr_array_set_size(a->views, (gint)a->views->len - 1);
	if (a->views->len)
		load(a, LOAD_SIZE);
	else
		a->over = true;
}

/* Hands an action to the view on top and does what it asks for. */
static void tell(struct app *a, const struct request *r)
{
	g_autoptr(GError) error = NULL;
	struct view *v = top(a);
	struct outcome out = {0};
	if (!v->ops->act(v, r, &out, &error))
		say(a, error ? error->message : _("The store can't be read."), true);
	else if (out.say)
		say(a, out.say, false);
	g_free(out.say);
	if (out.leave)
		pop(a);
	if (out.open)
		push(a, out.open);
}

static void open_prompt(struct app *a, enum prompt_kind kind)
{
	struct view *v = top(a);
	prompt_destroy(a->prompt);
	a->prompt = prompt_create(kind, a->history[kind], v->ops->place, v->ops->can(v));
}

static void act(struct app *a, enum action action)
{
	struct view *v = top(a);
	switch (action) {
	case ACTION_NONE:
		break;
	case ACTION_QUIT:
		a->over = true;
		break;
	case ACTION_SEARCH:
		open_prompt(a, v->ops->place == PLACE_INBOX ? PROMPT_QUERY : PROMPT_FIND);
		break;
	case ACTION_COMMAND:
		open_prompt(a, PROMPT_COMMAND);
		break;
	case ACTION_HELP:
		push(a, view_help_create(&a->desk, v));
		break;
	case ACTION_REDRAW:
		screen_redraw(a->screen);
		break;
	default:
		tell(a, &(struct request){.action = action});
	}
}

static void run_command(struct app *a, const char *text)
{
	struct view *v = top(a);
	struct command c;
	g_autoptr(GError) error = NULL;
	if (!palette_parse(text, v->ops->place, v->ops->can(v), &c, &error))
		say(a, error->message, true);
	else if (c.case_id)
		push(a, view_case_create(&a->desk, c.case_id));
	else if (c.text)
		tell(a, &(struct request){.action = ACTION_SEARCH, .text = c.text});
	else
		act(a, c.action);
	g_free(c.text);
}

static void prompt_input(struct app *a, int key)
{
	enum edit_result result = prompt_key(a->prompt, key);
	if (result == EDIT_GOES_ON)
		return;
	struct prompt *p = g_steal_pointer(&a->prompt);
	if (result == EDIT_DONE && prompt_kind(p) == PROMPT_COMMAND)
		run_command(a, prompt_text(p));
	else if (result == EDIT_DONE)
		tell(a, &(struct request){.action = ACTION_SEARCH, .text = prompt_text(p)});
	prompt_destroy(p);
}

static bool big_enough(const struct app *a)
{
	return a->desk.rows >= LEAST_ROWS && a->desk.cols >= LEAST_COLS;
}

static void act_on_key(struct app *a, const struct view *v, int key)
{
	guint can = v->ops->can(v);
	enum action action = action_for_key(key, v->ops->place, can);
	if (action == ACTION_NONE && action_for_key('?', v->ops->place, can) != ACTION_NONE)
		say(a, _("That key does nothing here; ? shows those that do."), false);
	act(a, action);
}

static void handle_key(struct app *a, int key)
{
	struct view *v = top(a);
	if (a->prompt) {
		prompt_input(a, key);
	} else if (!big_enough(a)) {
		/* Nothing can be seen, so nothing may be done blindly but to leave. */
		a->over = key == 'q' || key == 'Q';
	} else if (key == UI_CTRL('c')) {
		say(a, _("Q leaves amends."), false);
	} else {
		act_on_key(a, v, key);
	}
}

static void handle(struct app *a, struct input *in)
{
	say(a, NULL, false);
	switch (in->kind) {
	case INPUT_KEY:
		handle_key(a, in->key);
		break;
	case INPUT_MOUSE:
		if (!a->prompt && big_enough(a) && in->row < a->desk.rows - 1)
			tell(a,
			     &(struct request){
				 .action = ACTION_POINT, .row = in->row, .col = in->col, .wheel = in->wheel});
		break;
	case INPUT_PASTE:
		/* Pasted text is never taken for keys. */
		if (a->prompt)
			prompt_paste(a->prompt, in->text);
		else
			say(a, _("Paste works after / or : only."), false);
		break;
	}
	g_free(in->text);
}

static void draw_footer(const struct app *a, struct frame *f)
{
	const struct view *v = top(a);
	struct line *l = frame_line(f, f->rows - 1);
	if (a->message) {
		line_column(l, a->is_fault ? STYLE_ERROR : STYLE_FOOTER, a->message, f->cols, TEXT_LEFT);
		return;
	}
	g_autofree char *text = actions_footer(v->ops->place, v->ops->can(v), f->cols);
	line_column(l, STYLE_FOOTER, text, f->cols, TEXT_LEFT);
}

static void draw_too_small(struct frame *f)
{
	g_autofree char *text = g_strdup_printf(_("amends needs %dx%d"), LEAST_COLS, LEAST_ROWS);
	struct line *l = frame_line(f, 0);
	if (l)
		line_column(l, STYLE_PLAIN, text, f->cols, TEXT_LEFT);
}

static void show(struct app *a)
{
	struct view *v = top(a);
	if (!v)
		return;
	frame_begin(a->frame, a->desk.rows, a->desk.cols);
	if (!big_enough(a)) {
		draw_too_small(a->frame);
	} else {
		v->ops->draw(v, a->frame);
		if (a->prompt)
			prompt_draw(a->prompt, a->frame);
		else
			draw_footer(a, a->frame);
	}
	screen_show(a->screen, a->frame);
}

static void resize(struct app *a)
{
	screen_size(a->screen, &a->desk.rows, &a->desk.cols);
	if (big_enough(a))
		load(a, LOAD_SIZE);
}

static void suspend(struct app *a)
{
	screen_leave(a->screen);
	signals_suspend(a->signals);
	signals_take(SIGCONT);
	screen_return(a->screen);
	if (screen_resized(a->screen))
		resize(a);
}

/* What signals came while waiting. False: the program is over. */
static bool heed_signals(struct app *a)
{
	if (signals_take(SIGHUP) || signals_take(SIGTERM))
		return false;
	if (signals_take(SIGTSTP))
		suspend(a);
	if (signals_take(SIGCONT)) {
		screen_return(a->screen);
		if (screen_resized(a->screen))
			resize(a);
	}
	if (signals_take(SIGWINCH) && screen_resized(a->screen))
		resize(a);
	if (signals_take(SIGINT))
		handle(a, &(struct input){.kind = INPUT_KEY, .key = UI_CTRL('c')});
	return true;
}

/* Whether the terminal hung up: it can be read but there is nothing. */
static bool hung_up(void)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* Takes what input there is. False: the terminal is gone. */
static bool take_input(struct app *a, bool readable)
{
	struct input in;
	int taken = 0;
	while (!a->over && taken < INPUTS_AT_ONCE && input_next(a->input, &in)) {
		handle(a, &in);
		taken++;
	}
	a->unread = taken == INPUTS_AT_ONCE;
	return taken || !readable || !hung_up();
}

/* Sees whether someone changed the store, and takes it in. */
static void look_at_store(struct app *a)
{
	a->looked = monotonic_ms();
	gint64 version = store_version(a->desk.store);
	if (version == a->version)
		return;
	a->version = version;
	load(a, LOAD_STORE);
}

/* How long nothing can change but by input or signals. */
static gint64 patience(const struct app *a)
{
	const struct view *v = top(a);
	gint64 look = a->looked + LOOK_MS - monotonic_ms();
	if (v->wake == G_MAXINT64)
		return look;
	return MIN(look, v->wake - a->desk.now());
}

/* What is due without any key. */
static void keep_up(struct app *a)
{
	if (!big_enough(a))
		return;
	if (monotonic_ms() >= a->looked + LOOK_MS)
		look_at_store(a);
	if (top(a)->wake <= a->desk.now())
		load(a, LOAD_TIME);
}

void app_run(struct app *a)
{
	while (!a->over) {
		show(a);
		bool idle = top(a)->pending && big_enough(a);
		bool readable = signals_wait(a->signals, STDIN_FILENO, idle || a->unread ? 0 : patience(a));
		if (!heed_signals(a) || !take_input(a, readable))
			return;
		if (a->over)
			return;
		/* What can wait is done only when no key does. */
		if (idle && !readable && top(a)->pending)
			load(a, LOAD_IDLE);
		keep_up(a);
	}
}

static void say_locale(struct app *a)
{
	const char *charset;
	if (screen_utf8(a->screen, &charset))
		return;
	g_autofree char *text = g_strdup_printf(
	    _("The locale's characters are %s, not UTF-8: those it lacks are shown as others or as ?."),
	    charset);
	say(a, text, false);
}

struct app *app_create(const struct ui_options *o, struct screen *screen, struct signals *signals)
{
	struct app *a = g_new0(struct app, 1);
	a->desk = (struct desk){.store = o->store, .me = o->me, .now = o->now, .zone = o->zone};
	a->screen = screen;
	a->signals = signals;
	a->frame = frame_create();
	a->views = g_ptr_array_new_with_free_func((GDestroyNotify)view_destroy);
	for (int i = 0; i < N_PROMPT_KINDS; i++)
		a->history[i] = g_ptr_array_new_with_free_func(g_free);
	screen_size(screen, &a->desk.rows, &a->desk.cols);
	a->input = input_create();
	a->version = store_version(o->store);
	a->looked = monotonic_ms();
	say_locale(a);
	push(a, view_inbox_create(&a->desk, o->query));
	if (o->open_case)
		push(a, view_case_create(&a->desk, o->open_case));
	return a;
}

void app_destroy(struct app *a)
{
	if (!a)
		return;
	g_ptr_array_unref(a->views);
	prompt_destroy(a->prompt);
	for (int i = 0; i < N_PROMPT_KINDS; i++)
		g_ptr_array_unref(a->history[i]);
	input_destroy(a->input);
	frame_destroy(a->frame);
	g_free(a->message);
	g_free(a);
}
