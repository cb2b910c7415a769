/* SPDX-License-Identifier: MIT */
/* The inbox: the list by deadline, and below it the history of the selected case. */
#include "ui/view.h"

#include "domain/intl.h"
#include "ui/inbox_list.h"
#include "ui/inbox_preview.h"
#include "ui/next_step.h"
#include "ui/outbox_words.h"
#include "ui/tabs.h"

#include <string.h>

#include "domain/banned.h"

/* The counts change as time passes, also for cases that aren't on the screen. */
#define RECOUNT_MS 30000

struct view_inbox {
	struct view view;
	struct inbox_list *list;
	struct marks marks;
	struct tabs tabs;
	gint64 loaded; /* when the list was read */
	int list_rows;
	struct inbox_preview preview;
	struct next_step step;
};

static bool has_preview(const struct view_inbox *v)
{
	return inbox_preview_fits(v->view.desk);
}

static int list_top(const struct view_inbox *v)
{
	return has_preview(v) ? 3 : 1;
}

static void lay_out(struct view_inbox *v)
{
	const struct desk *d = v->view.desk;
	int body = d->rows - list_top(v) - 1;
	v->list_rows = has_preview(v) ? body / 2 : body;
	inbox_list_resize(v->list, v->list_rows, d->cols);
	inbox_preview_resize(&v->preview, has_preview(v) ? body - v->list_rows : 0);
	if (!has_preview(v))
		v->preview.has_keys = false;
}

/* The preview first, for it is looked at; then one tab. */
static bool load_idle(struct view_inbox *v, GError **error)
{
	const struct inbox_row *r = inbox_list_selected(v->list);
	bool stale = v->preview.stale || (r ? r->id : 0) != v->preview.shown;
	v->preview.stale = false;
	bool ok =
	    stale ? inbox_preview_load(&v->preview, r, error) : tabs_load(&v->tabs, v->view.desk, error);
	v->view.pending = ok && has_preview(v) && tabs_pending(&v->tabs);
	return ok;
}

static void set_wake(struct view_inbox *v)
{
	v->view.watch = inbox_list_watch(v->list);
	gint64 now = v->view.desk->now();
	v->view.wake = MIN(inbox_list_prepare(v->list, now), v->loaded + RECOUNT_MS);
}

/* After anything that may have moved the cursor: the preview follows when no key waits. */
static void cursor_moved(struct view_inbox *v)
{
	const struct inbox_row *r = inbox_list_selected(v->list);
	if ((r ? r->id : 0) != v->preview.shown)
		v->view.pending = true;
	set_wake(v);
}

static bool load_list(struct view_inbox *v, GError **error)
{
	v->loaded = v->view.desk->now();
	bool ok = inbox_list_load(v->list, error);
	set_wake(v);
	return ok;
}

static bool inbox_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_inbox *v = (struct view_inbox *)view;
	bool took = inbox_list_take_found(v->list, error);
	view->watch = inbox_list_watch(v->list);
	if (!took)
		return false;
	switch (why) {
	case LOAD_WATCH:
		view->pending = true;
		set_wake(v);
		return true;
	case LOAD_IDLE:
		return load_idle(v, error);
	case LOAD_SIZE:
		lay_out(v);
		inbox_preview_lay_out(&v->preview, false);
		view->pending = v->preview.stale = true;
		return load_list(v, error);
	case LOAD_STORE:
		lay_out(v);
		tabs_stale(&v->tabs);
		view->pending = v->preview.stale = true;
		return load_list(v, error);
	case LOAD_TIME:
		break;
	}
	/* A row that falls due changes the counts in the header. */
	gint64 now = view->desk->now();
	if (now >= v->loaded + RECOUNT_MS || inbox_list_fell_due(v->list, v->loaded, now)) {
		tabs_stale(&v->tabs);
		view->pending = true;
		return load_list(v, error);
	}
	set_wake(v);
	return true;
}

static void draw_marks(const struct view_inbox *v, struct line *l)
{
	if (!marks_any(&v->marks))
		return;
	g_autofree char *some = g_strdup_printf(
	    ngettext_("  * %u marked", "  * %u marked", (int)v->marks.ids->len), v->marks.ids->len);
	line_add(l, STYLE_HEADER, v->marks.all ? _("  * all marked") : some);
}

/* Answers that haven't left stand before the counts, where no narrow terminal cuts them off. */
static void draw_alarm(const struct outbox_counts *c, const char *alarm, struct line *l)
{
	line_add(l, outbox_is_urgent(c) ? STYLE_ERROR : STYLE_HEADER, alarm);
	line_add(l, STYLE_HEADER, "  ");
}

static void draw_header(const struct view_inbox *v, struct line *l, int columns)
{
	const struct inbox_counts *n = inbox_list_counts(v->list);
	const char *shop = inbox_list_shop(v->list), *query = inbox_list_query_text(v->list);
	g_autofree char *name = text_safe(shop ? shop : "amends", -1, TEXT_ONE_LINE);
	g_autofree char *counts = g_strdup_printf(
	    _("%" PRId64 " overdue  %" PRId64 " today  %" PRId64 " open"), n->overdue, n->today, n->open);
	g_autofree char *alarm = outbox_alarm(&n->outbox);
	int room = MAX(columns - text_width(counts) - 4 - (alarm ? text_width(alarm) + 2 : 0), 0);
	line_add(l, STYLE_HEADER, " ");
	line_column(l, STYLE_HEADER, name, MIN(text_width(name), room), TEXT_LEFT);
	line_add(l, STYLE_HEADER, "  ");
	if (alarm)
		draw_alarm(&n->outbox, alarm, l);
	line_add(l, STYLE_HEADER, counts);
	draw_marks(v, l);
	if (*query) {
		g_autofree char *safe = text_safe(query, -1, TEXT_ONE_LINE);
		line_add(l, STYLE_HEADER, "  /");
		line_column(l, STYLE_HEADER, safe, columns - l->columns, TEXT_LEFT);
	}
	line_fill(l, STYLE_HEADER, columns);
	line_cut(l, columns);
}

static void draw_tabs_and_titles(const struct view_inbox *v, struct frame *f)
{
	tabs_draw(&v->tabs, frame_line(f, 1), f->cols, inbox_list_query_text(v->list),
		  inbox_list_counts(v->list)->open);
	columns_titles(inbox_list_columns(v->list), frame_line(f, 2));
}

static void inbox_draw(const struct view *view, struct frame *f)
{
	const struct view_inbox *v = (const struct view_inbox *)view;
	draw_header(v, frame_line(f, 0), f->cols);
	if (has_preview(v))
		draw_tabs_and_titles(v, f);
	inbox_list_draw(v->list, f, list_top(v));
	if (!has_preview(v))
		return;
	inbox_preview_draw(&v->preview, f, list_top(v) + v->list_rows);
}

static guint inbox_can(const struct view *view)
{
	const struct view_inbox *v = (const struct view_inbox *)view;
	guint can = 0;
	if (inbox_list_selected(v->list))
		can |= NEED_CASE | NEED_HITS | NEED_ANSWER;
	if (*inbox_list_query_text(v->list))
		can |= NEED_QUERY;
	if (marks_any(&v->marks))
		can |= NEED_MARKS;
	if (has_preview(v))
		can |= NEED_PREVIEW | NEED_PANES;
	if (has_preview(v) && v->preview.quotes)
		can |= NEED_QUOTES;
	return can;
}

static bool search(struct view_inbox *v, const char *query, struct outcome *out, GError **error)
{
	if (!inbox_list_query(v->list, query, error))
		return false;
	v->loaded = v->view.desk->now();
	v->preview.has_keys = false;
	/* What is acted on is what can be seen. */
	marks_clear(&v->marks);
	cursor_moved(v);
	if (query_order(query) == ORDER_RELEVANCE && inbox_list_order(v->list) != ORDER_RELEVANCE)
		out->say =
		    g_strdup(_("Only few hits on words are sorted by relevance: the newest come first."));
	return true;
}

static bool sort(struct view_inbox *v, struct outcome *out, GError **error)
{
	const char *query = inbox_list_query_text(v->list);
	bool newest = query_order(query) == ORDER_CLOCK;
	g_autofree char *sorted = query_with_order(query, newest ? ORDER_NEWEST : ORDER_CLOCK);
	out->say = g_strdup(newest ? _("What happened last comes first.")
				   : _("The clock that bites next comes first."));
	return search(v, sorted, out, error);
}

static bool choose_view(struct view_inbox *v, const struct request *r, struct outcome *out, GError **error)
{
	g_autofree char *query = NULL;
	bool ok = tabs_choose(&v->tabs, v->view.desk, r, inbox_list_query_text(v->list), &query, out, error);
	v->view.pending = true;
	return ok && (!query || search(v, query, out, error));
}

static bool drop_view(struct view_inbox *v, const char *answer, struct outcome *out, GError **error)
{
	v->view.pending = true;
	return tabs_answer(&v->tabs, v->view.desk, answer, out, error);
}

static bool mark(struct view_inbox *v, enum action a, struct outcome *out, GError **error)
{
	const struct inbox_row *row = inbox_list_selected(v->list);
	if (a == ACTION_MARK_ALL) {
		bool all = !v->marks.all;
		marks_clear(&v->marks);
		v->marks.all = all;
	} else if (a == ACTION_MARK_CASE && row) {
		marks_toggle(&v->marks, row->id);
		return inbox_list_move(v->list, 1, error);
	} else if (a == ACTION_UNMARK) {
		marks_clear(&v->marks);
	}
	return true;
}

/* From a case that is looked at to the next one; the cursor follows. */
static bool open_neighbour(struct view_inbox *v, const struct request *r, struct outcome *out, GError **error)
{
	gint64 found;
	int step = r->action == ACTION_NEXT_CASE ? 1 : -1;
	if (!inbox_list_neighbour(v->list, r->case_id, step, &found, error))
		return false;
	if (!found) {
		out->say = g_strdup(step > 0 ? _("This is the last case.") : _("This is the first case."));
		return true;
	}
	out->open = view_case_create(v->view.desk, found);
	return inbox_list_go(v->list, found, error);
}

static void inbox_subject(const struct view *view, struct subject *s)
{
	const struct view_inbox *v = (const struct view_inbox *)view;
	const struct inbox_row *row = inbox_list_selected(v->list);
	*s = (struct subject){.marks = v->marks.ids,
			      .all = v->marks.all,
			      .query = inbox_list_query_text(v->list),
			      .found = inbox_list_found(v->list)};
	if (row) {
		s->case_id = row->id;
		s->pinned = row->pinned;
		s->currency = row->value.currency;
	}
}

static bool step(struct view_inbox *v, int by, struct outcome *out, GError **error)
{
	if (inbox_list_at_end(v->list, by > 0))
		out->say = g_strdup(by > 0 ? _("This is the last case.") : _("This is the first case."));
	return inbox_list_move(v->list, by, error);
}

static bool point(struct view_inbox *v, const struct request *r, struct outcome *out, GError **error)
{
	int row = r->row - list_top(v);
	bool in_list = row >= 0 && row < v->list_rows;
	if (r->wheel && in_list)
		return inbox_list_scroll(v->list, r->wheel * 3, error);
	if (r->wheel) {
		pager_move(&v->preview.pager, r->wheel * 3);
		return true;
	}
	v->preview.has_keys = has_preview(v) && row >= v->list_rows;
	const struct inbox_row *before = inbox_list_selected(v->list);
	if (in_list && inbox_list_point(v->list, row) && inbox_list_selected(v->list) == before)
		out->open = view_case_create(v->view.desk, before->id);
	return true;
}

static bool move(struct view_inbox *v, enum action a, struct outcome *out, GError **error)
{
	switch (a) {
	case ACTION_DOWN:
	case ACTION_NEXT:
		return step(v, 1, out, error);
	case ACTION_UP:
	case ACTION_PREVIOUS:
		return step(v, -1, out, error);
	case ACTION_PAGE_DOWN:
		return step(v, v->list_rows, out, error);
	case ACTION_PAGE_UP:
		return step(v, -v->list_rows, out, error);
	case ACTION_FIRST:
	case ACTION_LAST:
		return inbox_list_to_end(v->list, a == ACTION_LAST, error);
	default:
		return true;
	}
}

/* A step is of one case: what it records isn't done to the marked ones. */
static bool do_step(struct view_inbox *v, const struct inbox_row *row, struct outcome *out, GError **error)
{
	if (!row || !marks_any(&v->marks))
		return !row || next_step_do(&v->step, v->view.desk, row->id, out, error);
	out->say = g_strdup(_("A step is done to one case: Esc takes the marks off."));
	return true;
}

/* What is opened of the selected case. False if the action is none of these; *ok tells of a fault. */
static bool open_of_case(struct view_inbox *v, const struct inbox_row *row, enum action a,
			 struct outcome *out, bool *ok, GError **error)
{
	const struct desk *d = v->view.desk;
	*ok = true;
	switch (a) {
	case ACTION_BUYER:
	case ACTION_ORDER:
	case ACTION_PRODUCT:
		*ok = !row || view_page_of_case(d, (enum record)(a - ACTION_BUYER), row->id, out, error);
		return true;
	case ACTION_OPEN:
		out->open = row ? view_case_create(d, row->id) : NULL;
		return true;
	case ACTION_WHY:
		out->open = row ? view_why_create(d, row->id) : NULL;
		return true;
	case ACTION_REPLY:
		out->open = row ? view_reply_create(d, row->id, error) : NULL;
		*ok = !row || out->open;
		return true;
	case ACTION_NOTE:
		out->open = row ? view_composer_create(d, row->id, DRAFT_NOTE, lang_of_user(), NULL) : NULL;
		return true;
	default:
		return false;
	}
}

static bool act_other(struct view_inbox *v, const struct request *r, struct outcome *out, GError **error)
{
	const struct inbox_row *row = inbox_list_selected(v->list);
	if (r->action != ACTION_ANSWERED) {
		next_step_forget(&v->step);
		v->tabs.dropping = 0;
	}
	bool ok;
	if (open_of_case(v, row, r->action, out, &ok, error))
		return ok;
	switch (r->action) {
	case ACTION_STEP:
		return do_step(v, row, out, error);
	case ACTION_ANSWERED:
		if (v->tabs.dropping)
			return drop_view(v, r->text, out, error);
		return !next_step_asks(&v->step) ||
		       next_step_answer(&v->step, v->view.desk, r->text, out, error);
	case ACTION_SEARCH:
		return search(v, r->text, out, error);
	case ACTION_SORT:
		return sort(v, out, error);
	case ACTION_MARK_CASE:
	case ACTION_MARK_ALL:
	case ACTION_UNMARK:
		return mark(v, r->action, out, error);
	case ACTION_VIEW:
	case ACTION_NEXT_VIEW:
	case ACTION_PREVIOUS_VIEW:
		return choose_view(v, r, out, error);
	case ACTION_NEXT_CASE:
	case ACTION_PREVIOUS_CASE:
		return open_neighbour(v, r, out, error);
	case ACTION_BACK:
		if (marks_any(&v->marks))
			return mark(v, ACTION_UNMARK, out, error);
		if (!*inbox_list_query_text(v->list)) {
			out->leave = true;
			return true;
		}
		return search(v, "", out, error);
	case ACTION_QUOTES:
		v->preview.unfold = !v->preview.unfold;
		inbox_preview_lay_out(&v->preview, false);
		return true;
	case ACTION_PANE:
		v->preview.has_keys = !v->preview.has_keys;
		return true;
	case ACTION_PREVIEW_DOWN:
	case ACTION_PREVIEW_UP:
		pager_move(&v->preview.pager, r->action == ACTION_PREVIEW_DOWN ? 1 : -1);
		return true;
	case ACTION_POINT:
		return point(v, r, out, error);
	default:
		return move(v, r->action, out, error);
	}
}

static bool inbox_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_inbox *v = (struct view_inbox *)view;
	if (v->preview.has_keys && inbox_preview_act(&v->preview, r->action))
		return true;
	bool ok = act_other(v, r, out, error);
	cursor_moved(v);
	return ok;
}

static void inbox_destroy(struct view *view)
{
	struct view_inbox *v = (struct view_inbox *)view;
	inbox_list_destroy(v->list);
	marks_finish(&v->marks);
	tabs_finish(&v->tabs);
	inbox_preview_finish(&v->preview);
	next_step_forget(&v->step);
	g_free(v);
}

static const struct view_ops inbox_ops = {
    .place = PLACE_INBOX,
    .load = inbox_load,
    .draw = inbox_draw,
    .can = inbox_can,
    .act = inbox_act,
    .destroy = inbox_destroy,
    .subject = inbox_subject,
};

struct view *view_inbox_create(const struct desk *desk, const char *query)
{
	struct view_inbox *v = g_new0(struct view_inbox, 1);
	v->view = (struct view){.ops = &inbox_ops, .desk = desk, .wake = G_MAXINT64};
	marks_init(&v->marks);
	tabs_init(&v->tabs);
	v->list = inbox_list_create(desk, query, &v->marks);
	inbox_preview_init(&v->preview, desk);
	return &v->view;
}
