/* SPDX-License-Identifier: MIT */
/* One case: its whole history, and beside it clocks, order, buyer. */
#include "ui/view.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "ui/history.h"
#include "ui/next_step.h"
#include "ui/outbox_words.h"
#include "ui/pager.h"
#include "ui/side_pane.h"
#include "ui/wish.h"

#include <string.h>

#include "domain/banned.h"

/* Events read at first and each time the beginning of what is read comes into sight. */
#define EVENTS_STEP 60
#define EVENTS_MOST 1000
#define SIDE_FROM_COLUMNS 64

struct view_case {
	struct view view;
	gint64 id;
	struct case_file *file;
	struct ladder *ladder; /* NULL: not read yet */
	char *wish;            /* what the buyer seems to want, read with it; NULL: nothing */
	struct next_step step;
	struct pager history, side;
	GArray *messages; /* of struct history_place: where each begins in the history */
	bool in_side;     /* the keys move the side pane */
	bool unfold, quotes;
	bool placed; /* the newest message has been brought into sight once */
	int other;   /* which other case Enter opens in the side pane; -1: none */
	int limit;   /* events to read */
	char *find;  /* what / looked for last, NULL: nothing */
};

/* The side pane stands beside the history; in a narrow terminal Tab shows one or the other. */
static int side_width(const struct view_case *v)
{
	int cols = v->view.desk->cols;
	if (cols < SIDE_FROM_COLUMNS)
		return v->in_side ? cols : 0;
	return CLAMP(cols / 3, 24, 48);
}

static int history_width(const struct view_case *v)
{
	int cols = v->view.desk->cols, side = side_width(v);
	return side == 0 ? cols : side == cols ? 0 : cols - side - 1;
}

/* Lines of the side pane that can be opened: the `n`th, or -1. */
static int nth_target(const struct view_case *v, int n)
{
	for (int i = 0; i < (int)v->side.lines->len; i++) {
		const struct line *l = v->side.lines->pdata[i];
		if (l->target && n-- == 0)
			return i;
	}
	return -1;
}

static void lay_out_side(struct view_case *v)
{
	gint64 now = v->view.desk->now();
	int columns = side_width(v) ? side_width(v) : v->view.desk->cols;
	pager_set(&v->side, side_pane_lay_out(v->file, v->ladder, v->wish, columns, now, v->view.desk->zone));
	v->view.wake = v->ladder ? ladder_changes(v->ladder, now) : G_MAXINT64;
	for (guint i = 0; v->file->clocks && i < v->file->clocks->len; i++) {
		const struct clock *c = v->file->clocks->pdata[i];
		if (c->state == CLOCK_RUNNING)
			v->view.wake =
			    MIN(v->view.wake, when_countdown_changes(c->due, now, v->view.desk->zone));
	}
}

/* Who stands at the end sees what comes: a new message from where it begins. */
static void follow_end(struct pager *p, int newest, int lines_before)
{
	int end = pager_last_top(p);
	pager_to(p, newest >= lines_before ? MIN(newest, end) : end);
}

/* Lays everything out anew; `from_end`: the place is kept as seen from the end. */
static void lay_out(struct view_case *v, bool from_end)
{
	int rows = v->view.desk->rows - 2, width = history_width(v);
	int behind = (int)v->history.lines->len - v->history.top, hit = v->history.hit;
	struct history_options o = {.columns = width ? width : v->view.desk->cols,
				    .unfold = v->unfold,
				    .places = true,
				    .zone = v->view.desk->zone};
	struct history h = history_lay_out(v->file->events, &o);
	int before = (int)v->history.lines->len, added = (int)h.lines->len - before;
	bool at_end = v->history.top >= pager_last_top(&v->history);
	pager_set(&v->history, h.lines);
	g_array_unref(v->messages);
	v->messages = h.messages;
	pager_resize(&v->history, rows);
	pager_resize(&v->side, rows);
	v->quotes = h.quotes;
	if (from_end) {
		pager_to(&v->history, (int)v->history.lines->len - behind);
		v->history.hit = hit >= 0 ? hit + added : -1;
	}
	if (!v->placed)
		pager_to(&v->history, h.newest);
	else if (at_end && added > 0 && !from_end)
		follow_end(&v->history, h.newest, before);
	v->placed = true;
	v->view.pending = !v->ladder || (v->file->more_before && v->history.top < rows);
	lay_out_side(v);
}

static bool read_case(struct view_case *v, GError **error)
{
	struct case_request q = {.id = v->id, .limit = v->limit};
	struct case_file *file = store_case(v->view.desk->store, &q, error);
	if (!file)
		return false;
	case_file_destroy(v->file);
	v->file = file;
	return true;
}

/* Where the case stands in its playbook. */
static bool read_ladder(struct view_case *v, GError **error)
{
	struct ladder *l = ladder_read(v->view.desk, v->id, error);
	if (!l)
		return false;
	ladder_destroy(v->ladder);
	v->ladder = l;
	g_free(v->wish);
	v->wish = wish_line(v->view.desk, v->file);
	return true;
}

/* Reads the events before those that are held. */
static bool read_earlier(struct view_case *v, int limit, GError **error)
{
	GPtrArray *events = v->file->events;
	if (!v->file->more_before || !events->len)
		return true;
	const struct event *first = events->pdata[0];
	struct case_request q = {.id = v->id, .before = first->id, .limit = limit, .brief = true};
	g_autoptr(case_file_auto) earlier = store_case(v->view.desk->store, &q, error);
	if (!earlier)
		return false;
	v->file->more_before = earlier->more_before && earlier->events->len;
	g_ptr_array_set_free_func(earlier->events, NULL);
	for (guint i = 0; i < earlier->events->len; i++)
		g_ptr_array_insert(events, (gint)i, earlier->events->pdata[i]);
	g_ptr_array_set_size(earlier->events, 0);
	v->limit = CLAMP((int)events->len, EVENTS_STEP, EVENTS_MOST);
	lay_out(v, true);
	return true;
}

/* The playbook comes first: the data files are read by then at the latest, after the case is on the screen.
 */
static bool read_pending(struct view_case *v, GError **error)
{
	v->view.pending = false;
	if (v->ladder)
		return read_earlier(v, EVENTS_STEP, error);
	bool ok = read_ladder(v, error);
	lay_out_side(v);
	v->view.pending = ok && v->file->more_before && v->history.top < v->view.desk->rows - 2;
	return ok;
}

static bool case_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_case *v = (struct view_case *)view;
	switch (why) {
	case LOAD_IDLE:
		return read_pending(v, error);
	case LOAD_TIME:
	case LOAD_WATCH:
		if (v->ladder && !read_ladder(v, error))
			return false;
		if (v->file)
			lay_out_side(v);
		return true;
	case LOAD_STORE:
	case LOAD_SIZE:
		break;
	}
	if (!read_case(v, error) || (v->ladder && !read_ladder(v, error)))
		return false;
	lay_out(v, false);
	return true;
}

/* "answer failed (!) ": of the first that needs a person. NULL: none does. Owned. */
static char *unsent_state(const struct case_file *f)
{
	for (guint i = 0; i < f->unsent->len; i++) {
		const struct outbox_row *r = f->unsent->pdata[i];
		if (outbox_needs_person(r))
			return g_strdup_printf(_(" answer %s (!) "), vocab_title(&OUTBOX_STATES, r->state));
	}
	return NULL;
}

static void draw_header(const struct view_case *v, struct line *l, int columns)
{
	const struct case_record *r = &v->file->record;
	g_autofree char *due = when_countdown(r->due, v->view.desk->now(), v->view.desk->zone);
	g_autofree char *buyer =
	    text_safe(v->file->buyer && v->file->buyer->name ? v->file->buyer->name : "", -1, TEXT_ONE_LINE);
	g_autofree char *platform = text_safe(r->platform_name ? r->platform_name : "", -1, TEXT_ONE_LINE);
	g_autofree char *head =
	    g_strdup_printf(" #%" G_GINT64_FORMAT "  %s  %s  %s  ", v->id, due, platform, buyer);
	line_add(l, STYLE_HEADER, head);
	line_add_foreign(l, STYLE_HEADER, r->subject);
	g_autofree char *unsent = unsent_state(v->file);
	int room = columns - (unsent ? text_width(unsent) : 0);
	line_cut(l, room);
	line_fill(l, STYLE_HEADER, room);
	if (unsent)
		line_add(l, STYLE_ERROR, unsent);
}

static void draw_side_row(const struct view_case *v, int row, struct line *l, int columns)
{
	const struct line *src = pager_line(&v->side, row);
	bool chosen = v->in_side && src && v->other >= 0 && v->side.top + row == nth_target(v, v->other);
	if (chosen)
		line_column(l, STYLE_SELECTED, src->text->str, columns, TEXT_LEFT);
	else
		pager_draw_part(&v->side, row, l, columns);
}

static void case_draw(const struct view *view, struct frame *f)
{
	const struct view_case *v = (const struct view_case *)view;
	if (!v->file)
		return;
	int width = history_width(v), side = side_width(v);
	draw_header(v, frame_line(f, 0), f->cols);
	for (int row = 0; row < v->history.height; row++) {
		struct line *l = frame_line(f, row + 1);
		if (!l)
			break;
		if (width)
			pager_draw_part(&v->history, row, l, width);
		if (width && side)
			line_add(l, v->in_side ? STYLE_FOCUS : STYLE_TITLE, "│");
		if (side)
			draw_side_row(v, row, l, side);
	}
	if (v->history.top == 0 && v->file->more_before && width) {
		struct line *l = frame_line(f, 1);
		line_clear(l);
		line_column(l, STYLE_TITLE, _("... earlier history is being read"), f->cols, TEXT_LEFT);
	}
}

static guint case_can(const struct view *view)
{
	const struct view_case *v = (const struct view_case *)view;
	guint can = NEED_PANES | (v->file ? NEED_ANSWER : 0);
	if (v->file)
		can |= NEED_CASE;
	if (v->file && v->in_side && nth_target(v, v->other) >= 0)
		can |= NEED_OTHER;
	if (v->quotes)
		can |= NEED_QUOTES;
	if (v->find)
		can |= NEED_HITS;
	return can;
}

/* Reads all that came before, as far as EVENTS_MOST. */
static bool read_all(struct view_case *v, GError **error)
{
	while (v->file->more_before && (int)v->file->events->len < EVENTS_MOST) {
		guint had = v->file->events->len;
		if (!read_earlier(v, EVENTS_MOST, error))
			return false;
		if (v->file->events->len == had)
			break;
	}
	return true;
}

/* Goes to what is looked for; what is folded or not yet read is opened for it. */
static bool find(struct view_case *v, int step, struct outcome *out, GError **error)
{
	if (!read_all(v, error))
		return false;
	if (v->quotes && !v->unfold) {
		v->unfold = true;
		lay_out(v, true);
	}
	if (pager_find(&v->history, v->find, step))
		return true;
	g_autofree char *safe = text_safe(v->find, -1, TEXT_ONE_LINE);
	out->say = g_strdup_printf(_("\"%s\" isn't in this case."), safe);
	return true;
}

static bool search(struct view_case *v, const char *text, struct outcome *out, GError **error)
{
	g_clear_pointer(&v->find, g_free);
	v->history.hit = -1;
	if (!*text)
		return true;
	v->find = g_strdup(text);
	v->in_side = false;
	return find(v, 1, out, error);
}

static void move_in_side(struct view_case *v, int by)
{
	int target = nth_target(v, v->other + (by > 0 ? 1 : -1));
	bool steps = by == 1 || by == -1;
	/* The choice moves once its line is in sight; until then the pane scrolls. */
	if (steps && target >= 0 && target >= v->side.top && target < v->side.top + v->side.height)
		v->other += by;
	else if (!pager_move(&v->side, by) && by == -1)
		v->other = -1;
}

static bool move(struct view_case *v, int by, GError **error)
{
	if (v->in_side) {
		move_in_side(v, by);
		return true;
	}
	/* Earlier history is read as its edge comes near, not when it is reached. */
	if (by < 0 && v->history.top + by < v->history.height)
		v->view.pending = v->file->more_before;
	pager_move(&v->history, by);
	return true;
}

static bool move_by_action(struct view_case *v, enum action a, GError **error)
{
	int page = MAX(v->history.height - 1, 1);
	switch (a) {
	case ACTION_DOWN:
		return move(v, 1, error);
	case ACTION_UP:
		return move(v, -1, error);
	case ACTION_PAGE_DOWN:
		return move(v, page, error);
	case ACTION_PAGE_UP:
		return move(v, -page, error);
	case ACTION_FIRST:
		if (!v->in_side && !read_all(v, error))
			return false;
		return move(v, -(int)(v->in_side ? v->side.lines->len : v->history.lines->len), error);
	case ACTION_LAST:
		return move(v, (int)(v->in_side ? v->side.lines->len : v->history.lines->len), error);
	default:
		return true;
	}
}

static bool point(struct view_case *v, const struct request *r, struct outcome *out, GError **error)
{
	v->in_side = side_width(v) == v->view.desk->cols || (side_width(v) && r->col > history_width(v));
	if (r->wheel)
		return v->in_side ? (pager_move(&v->side, r->wheel * 3), true) : move(v, r->wheel * 3, error);
	const struct line *l = v->in_side ? pager_line(&v->side, r->row - 1) : NULL;
	if (l && l->target)
		out->open = view_case_create(v->view.desk, l->target);
	return true;
}

static void open_other(struct view_case *v, struct outcome *out)
{
	int line = v->in_side ? nth_target(v, v->other) : -1;
	if (line >= 0) {
		const struct line *l = v->side.lines->pdata[line];
		out->open = view_case_create(v->view.desk, l->target);
	}
}

static bool case_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_case *v = (struct view_case *)view;
	if (!v->file) {
		out->leave = r->action == ACTION_BACK;
		return true;
	}
	if (r->action != ACTION_ANSWERED)
		next_step_forget(&v->step);
	switch (r->action) {
	case ACTION_BUYER:
	case ACTION_ORDER:
	case ACTION_PRODUCT:
		return view_page_of_case(view->desk, (enum record)(r->action - ACTION_BUYER), v->id, out,
					 error);
	case ACTION_STEP:
		return next_step_do(&v->step, view->desk, v->id, out, error);
	case ACTION_ANSWERED:
		return !next_step_asks(&v->step) ||
		       next_step_answer(&v->step, v->view.desk, r->text, out, error);
	case ACTION_OPEN:
		open_other(v, out);
		return true;
	case ACTION_WHY:
		out->open = view_why_create(view->desk, v->id);
		return true;
	case ACTION_REPLY:
		out->open = view_reply_create(view->desk, v->id, error);
		return out->open != NULL;
	case ACTION_NOTE:
		out->open = view_composer_create(view->desk, v->id, DRAFT_NOTE, lang_of_user(), NULL);
		return true;
	case ACTION_SEARCH:
		return search(v, r->text, out, error);
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		return find(v, r->action == ACTION_NEXT ? 1 : -1, out, error);
	case ACTION_QUOTES:
		v->unfold = !v->unfold;
		lay_out(v, true);
		return true;
	case ACTION_PANE:
		v->in_side = !v->in_side;
		lay_out(v, true);
		return true;
	case ACTION_POINT:
		return point(v, r, out, error);
	case ACTION_BACK:
		out->leave = true;
		return true;
	default:
		return move_by_action(v, r->action, error);
	}
}

static void case_subject(const struct view *view, struct subject *s)
{
	const struct view_case *v = (const struct view_case *)view;
	*s = (struct subject){.case_id = v->file ? v->id : 0};
	if (!v->file)
		return;
	s->pinned = v->file->record.pinned;
	s->currency = v->file->record.value.currency;
	s->message = history_message_at(v->messages, v->history.top);
}

static void case_destroy(struct view *view)
{
	struct view_case *v = (struct view_case *)view;
	case_file_destroy(v->file);
	g_array_unref(v->messages);
	ladder_destroy(v->ladder);
	g_free(v->wish);
	next_step_forget(&v->step);
	pager_finish(&v->history);
	pager_finish(&v->side);
	g_free(v->find);
	g_free(v);
}

static const struct view_ops case_ops = {
    .place = PLACE_CASE,
    .load = case_load,
    .draw = case_draw,
    .can = case_can,
    .act = case_act,
    .destroy = case_destroy,
    .subject = case_subject,
};

struct view *view_case_create(const struct desk *desk, gint64 id)
{
	struct view_case *v = g_new0(struct view_case, 1);
	v->view = (struct view){.ops = &case_ops, .desk = desk, .wake = G_MAXINT64};
	v->id = id;
	v->other = -1;
	v->limit = EVENTS_STEP;
	v->messages = g_array_new(false, false, sizeof(struct history_place));
	pager_init(&v->history);
	pager_init(&v->side);
	return &v->view;
}
