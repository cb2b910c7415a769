/* SPDX-License-Identifier: MIT */
#include "ui/app_parts.h"

#include "domain/intl.h"
#include "ui/app_do.h"
#include "ui/undo_line.h"

#include <poll.h>
#include <unistd.h>

#include "domain/banned.h"

#define LEAST_ROWS 10
#define LEAST_COLS 40
/* How often the store is asked whether someone changed it. */
#define LOOK_MS 500
/* Inputs handled before the screen is shown again, so that a held key never starves it. */
#define INPUTS_AT_ONCE 64

static gint64 monotonic_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

struct view *app_top(const struct app *a)
{
	return a->views->len ? a->views->pdata[a->views->len - 1] : NULL;
}

static void view_destroy(struct view *v)
{
	v->ops->destroy(v);
}

void app_say(struct app *a, const char *text, bool is_fault)
{
	g_free(a->message);
	a->message = text ? text_safe(text, -1, TEXT_ONE_LINE) : NULL;
	a->is_fault = is_fault;
}

bool app_load(struct app *a, enum load_reason why)
{
	g_autoptr(GError) error = NULL;
	struct view *v = app_top(a);
	if (!v || v->ops->load(v, why, &error))
		return true;
	v->pending = false;
	/* A fault isn't met again with each tick. */
	v->wake = a->desk.now() + 5000;
	app_say(a, error ? error->message : _("The store can't be read."), true);
	return false;
}

void app_push(struct app *a, struct view *v)
{
	if (!v)
		return;
	g_ptr_array_add(a->views, v);
	/* A view that can't show anything, a case that is gone, doesn't stay. */
	if (!app_load(a, LOAD_STORE) && a->views->len > 1)
		g_ptr_array_set_size(a->views, (gint)a->views->len - 1);
}

bool app_big_enough(const struct app *a)
{
	return a->desk.rows >= LEAST_ROWS && a->desk.cols >= LEAST_COLS;
}

static void draw_footer(const struct app *a, struct frame *f)
{
	const struct view *v = app_top(a);
	struct line *l = frame_line(f, f->rows - 1);
	if (a->message) {
		line_column(l, a->is_fault ? STYLE_ERROR : STYLE_FOOTER, a->message, f->cols, TEXT_LEFT);
		return;
	}
	g_autofree char *undo = undo_line_text(&a->sent, a->desk.now());
	g_autofree char *doing = app_do_line(a);
	g_autofree char *keys = actions_footer(v->ops->place, view_can(v), f->cols);
	line_column(l, STYLE_FOOTER, doing ? doing : undo ? undo : keys, f->cols, TEXT_LEFT);
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
	struct view *v = app_top(a);
	if (!v)
		return;
	frame_begin(a->frame, a->desk.rows, a->desk.cols);
	if (!app_big_enough(a)) {
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
	if (app_big_enough(a))
		app_load(a, LOAD_SIZE);
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

static bool is_readable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	return poll(&p, 1, 0) > 0;
}

/* ^C is a key; alone it ends a paste whose end never came. One that was pasted has more behind it. */
static void interrupt(struct app *a)
{
	struct input in = {.kind = INPUT_KEY, .key = UI_CTRL('c')};
	if (input_pasting(a->input) && !is_readable(STDIN_FILENO))
		input_end_paste(a->input, &in);
	app_handle(a, &in);
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
		interrupt(a);
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
		app_handle(a, &in);
		taken++;
	}
	a->unread = taken == INPUTS_AT_ONCE;
	if (readable && !taken && input_pasting(a->input))
		app_say(a, _("A paste is coming; ^C ends it."), false);
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
	app_load(a, LOAD_STORE);
}

/* How long nothing can change but by input or signals. */
static gint64 patience(const struct app *a)
{
	const struct view *v = app_top(a);
	gint64 look = a->looked + LOOK_MS - monotonic_ms(), now = a->desk.now();
	gint64 wake = MIN(v->wake, undo_line_changes(&a->sent, now));
	return wake == G_MAXINT64 ? look : MIN(look, wake - now);
}

/* What is due without any key. */
static void keep_up(struct app *a)
{
	if (!app_big_enough(a))
		return;
	if (monotonic_ms() >= a->looked + LOOK_MS)
		look_at_store(a);
	if (app_top(a)->watch && is_readable(app_top(a)->watch))
		app_load(a, LOAD_WATCH);
	if (app_top(a)->wake <= a->desk.now())
		app_load(a, LOAD_TIME);
}

/* What an answer that waits lets people do. */
static void keep_undo(struct app *a)
{
	if (a->sent.outbox && a->desk.now() >= a->sent.until)
		a->sent = (struct sent){0};
	if (a->sent.outbox)
		a->desk.can |= NEED_UNDO;
	else
		a->desk.can &= ~(guint)NEED_UNDO;
}

/* One thing that can wait, when no key does. */
static void use_leisure(struct app *a)
{
	if (app_do_runs(a))
		app_do_slice(a);
	else if (app_top(a)->pending)
		app_load(a, LOAD_IDLE);
	else if (!a->drafts_offered)
		app_offer_draft(a);
	else if (a->ahead)
		a->ahead = library_read_ahead(a->desk.library);
}

static bool has_leisure(const struct app *a)
{
	return app_big_enough(a) && (app_do_runs(a) || app_top(a)->pending || !a->drafts_offered || a->ahead);
}

void app_run(struct app *a)
{
	while (!a->over) {
		show(a);
		bool idle = has_leisure(a);
		bool readable = signals_wait(a->signals, STDIN_FILENO, app_top(a)->watch,
					     idle || a->unread ? 0 : patience(a));
		if (!heed_signals(a) || !take_input(a, readable))
			return;
		if (a->over)
			return;
		/* What can wait is done only when no key does. */
		if (idle && !readable && !a->unread)
			use_leisure(a);
		keep_up(a);
		keep_undo(a);
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
	app_say(a, text, false);
}

struct app *app_create(const struct ui_options *o, struct screen *screen, struct signals *signals)
{
	struct app *a = g_new0(struct app, 1);
	a->desk = (struct desk){.store = o->store, .me = o->me, .now = o->now, .zone = o->zone};
	a->desk.library = library_create(o->store);
	a->ahead = true;
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
	app_push(a, view_inbox_create(&a->desk, o->query));
	if (o->open_case)
		app_push(a, view_case_create(&a->desk, o->open_case));
	return a;
}

void app_destroy(struct app *a)
{
	if (!a)
		return;
	g_ptr_array_unref(a->views);
	prompt_destroy(a->prompt);
	doing_destroy(a->doing);
	for (int i = 0; i < N_PROMPT_KINDS; i++)
		g_ptr_array_unref(a->history[i]);
	input_destroy(a->input);
	frame_destroy(a->frame);
	library_destroy(a->desk.library);
	g_free(a->message);
	g_free(a);
}
