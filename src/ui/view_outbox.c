/* SPDX-License-Identifier: MIT */
/* The outbox: answers that haven't left, what came between, and what to do. Those that need a person stand
 * first. */
#include "ui/view.h"

#include "domain/intl.h"
#include "domain/when.h"
#include "store/platform_facts.h"
#include "ui/outbox_words.h"
#include "ui/pager.h"
#include "ui/text_view.h"

#include "domain/banned.h"

#define MOST 500
/* Events of a case among which an answer that is to be posted is looked for. */
#define EVENTS 1000

struct view_outbox {
	struct view view;
	GPtrArray *rows; /* of struct outbox_row; NULL until they are read */
	gint64 at;       /* id of the selected one; 0: none */
	int top;
	gint64 asked; /* the one of which it is asked whether it shall leave again; 0: none */
	struct pager detail;
};

/* --- the list ------------------------------------------------------------------------------ */

static int urgency(const struct outbox_row *r)
{
	static const int order[N_OUTBOX_STATES] = {[OUTBOX_FAILED] = 0,
						   [OUTBOX_UNSURE] = 1,
						   [OUTBOX_TO_POST] = 2,
						   [OUTBOX_WAITING] = 3,
						   [OUTBOX_SENDING] = 4};
	return order[r->state];
}

static int by_urgency(gconstpointer a, gconstpointer b)
{
	const struct outbox_row *const *x = a, *const *y = b;
	int by = urgency(*x) - urgency(*y);
	return by ? by : (*x)->id < (*y)->id ? 1 : -1;
}

/* Which row is selected; -1: there is none. */
static int place(const struct view_outbox *v)
{
	for (guint i = 0; v->rows && i < v->rows->len; i++) {
		if (((const struct outbox_row *)v->rows->pdata[i])->id == v->at)
			return (int)i;
	}
	return -1;
}

static const struct outbox_row *selected(const struct view_outbox *v)
{
	int n = place(v);
	return n >= 0 ? v->rows->pdata[n] : NULL;
}

static int list_rows(const struct view_outbox *v)
{
	return MAX((v->view.desk->rows - 3) / 2, 1);
}

static void add_detail(void *data, enum style style, const char *safe)
{
	struct view_outbox *v = data;
	text_view_add(v->detail.lines, v->view.desk->cols, style, safe);
}

static void lay_out(struct view_outbox *v)
{
	const struct outbox_row *r = selected(v);
	int n = place(v), rows = list_rows(v);
	v->top = CLAMP(v->top, MAX(n - rows + 1, 0), MAX(n, 0));
	pager_set(&v->detail, lines_new());
	pager_resize(&v->detail, MAX(v->view.desk->rows - rows - 3, 0));
	pager_to(&v->detail, 0);
	if (r)
		outbox_each_line(r, v->view.desk->zone, add_detail, v);
}

static void go(struct view_outbox *v, int n)
{
	int last = v->rows ? (int)v->rows->len - 1 : -1;
	n = CLAMP(n, 0, MAX(last, 0));
	v->at = last < 0 ? 0 : ((const struct outbox_row *)v->rows->pdata[n])->id;
	lay_out(v);
}

static bool outbox_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_outbox *v = (struct view_outbox *)view;
	int n = place(v);
	GPtrArray *rows = store_outbox(view->desk->store, false, MOST, error);
	if (!rows)
		return false;
	g_ptr_array_sort(rows, by_urgency);
	g_clear_pointer(&v->rows, g_ptr_array_unref);
	v->rows = rows;
	/* One that has left makes room for the next. */
	if (place(v) < 0)
		go(v, n);
	lay_out(v);
	return true;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void add_cell(struct line *l, enum style style, const char *text, int columns)
{
	g_autofree char *safe = text_safe(text ? text : "", -1, TEXT_ONE_LINE);
	line_column(l, style, safe, columns, TEXT_LEFT);
	line_add(l, style, " ");
}

static void draw_row(const struct view_outbox *v, int n, struct line *l, int columns)
{
	const struct outbox_row *r = v->rows->pdata[n];
	bool chosen = r->id == v->at, narrow = columns < 60;
	enum style style = chosen                                                   ? STYLE_SELECTED
			   : r->state == OUTBOX_FAILED || r->state == OUTBOX_UNSURE ? STYLE_OVERDUE
			   : r->state == OUTBOX_TO_POST                             ? STYLE_TODAY
										    : STYLE_PLAIN;
	g_autofree char *when = when_stamp(r->created, v->view.desk->zone);
	g_autofree char *id = g_strdup_printf("#%" PRId64, r->case_id);
	line_add(l, style, chosen ? ">" : outbox_needs_person(r) ? "!" : " ");
	add_cell(l, style, vocab_title(&OUTBOX_STATES, r->state), 15);
	add_cell(l, style, id, 6);
	if (!narrow)
		add_cell(l, style, when, 16);
	if (!narrow)
		add_cell(l, style, r->platform, 8);
	add_cell(l, style, r->buyer, 16);
	add_cell(l, style, r->subject, MAX(columns - l->columns - 1, 0));
	line_cut(l, columns);
}

static void draw_detail(const struct view_outbox *v, struct frame *f, int row)
{
	const struct outbox_row *r = selected(v);
	struct line *title = frame_line(f, row);
	if (!r || !title)
		return;
	g_autofree char *heading = outbox_heading(r, v->view.desk->zone),
			*login = text_safe(r->login, -1, TEXT_ONE_LINE);
	g_autofree char *text = g_strdup_printf("── %s (%s)", heading, login);
	line_column(title, STYLE_TITLE, text, f->cols, TEXT_LEFT);
	pager_draw(&v->detail, f, row + 1);
}

static void outbox_draw(const struct view *view, struct frame *f)
{
	const struct view_outbox *v = (const struct view_outbox *)view;
	int rows = list_rows(v);
	if (!v->rows)
		return;
	g_autofree char *title = g_strdup_printf(
	    ngettext_(" Outbox: %u answer hasn't left", " Outbox: %u answers haven't left", v->rows->len),
	    v->rows->len);
	line_column(frame_line(f, 0), STYLE_HEADER, title, f->cols, TEXT_LEFT);
	if (!v->rows->len)
		line_column(frame_line(f, 1), STYLE_PLAIN, _("  Every answer has left."), f->cols, TEXT_LEFT);
	for (int i = 0; i < rows && v->top + i < (int)v->rows->len; i++)
		draw_row(v, v->top + i, frame_line(f, 1 + i), f->cols);
	draw_detail(v, f, rows + 1);
}

static guint outbox_can(const struct view *view)
{
	const struct outbox_row *r = selected((const struct view_outbox *)view);
	if (!r)
		return 0;
	bool again = r->method == SEND_MAIL && (r->state == OUTBOX_FAILED || r->state == OUTBOX_UNSURE);
	return NEED_CASE | (r->state != OUTBOX_SENDING ? NEED_UNSENT : 0) | (again ? NEED_AGAIN : 0);
}

/* --- acting ------------------------------------------------------------------------------------ */

static bool settle(struct view_outbox *v, gint64 id, enum outbox_state state, const char *said,
		   struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	if (!store_outbox_settle(d->store, d->me, id, state, d->now(), error))
		return false;
	out->say = g_strdup(said);
	return outbox_load(&v->view, LOAD_STORE, error);
}

static bool send_again(struct view_outbox *v, gint64 id, struct outcome *out, GError **error)
{
	return settle(v, id, OUTBOX_WAITING, _("It leaves with the next amends send."), out, error);
}

/* What may have left isn't sent twice by a slip of the finger. */
static bool again(struct view_outbox *v, const struct outbox_row *r, struct outcome *out, GError **error)
{
	if (r->state != OUTBOX_UNSURE)
		return send_again(v, r->id, out, error);
	v->asked = r->id;
	out->ask = g_strdup(_("It may have arrived already. Send it again all the same? (y) "));
	return true;
}

static bool answered(struct view_outbox *v, const char *text, struct outcome *out, GError **error)
{
	gint64 id = v->asked;
	v->asked = 0;
	return !id || (*text != 'y' && *text != 'Y') || send_again(v, id, out, error);
}

static bool to_draft(struct view_outbox *v, const struct outbox_row *r, struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	bool done;
	if (!store_take_back(d->store, d->me, r->id, d->now(), &done, error))
		return false;
	if (!done) {
		out->say = g_strdup(
		    _("It left meanwhile, or another person wrote it: only that person can take it back."));
		return outbox_load(&v->view, LOAD_STORE, error);
	}
	out->open = view_composer_create(d, r->case_id, DRAFT_REPLY, LANG_OF_CASE, NULL);
	out->say = g_strdup(_("Taken back: here is the draft."));
	return true;
}

static const char *text_of(const struct case_file *f, gint64 message)
{
	for (guint i = 0; i < f->events->len; i++) {
		const struct event *e = f->events->pdata[i];
		if (e->message && e->message->id == message)
			return e->message->text;
	}
	return NULL;
}

/* The way that the answer's text took to the page the first time. */
static bool open_post(struct view_outbox *v, const struct outbox_row *r, struct outcome *out, GError **error)
{
	const struct desk *d = v->view.desk;
	struct case_request q = {.id = r->case_id, .limit = EVENTS};
	g_autoptr(case_file_auto) f = store_case(d->store, &q, error);
	g_autoptr(platform_facts_auto) facts = f ? platform_facts_load(f->record.platform, error) : NULL;
	if (!facts)
		return false;
	const char *text = text_of(f, r->message);
	if (!text) {
		out->open = view_case_create(d, r->case_id);
		return true;
	}
	struct sent sent = {.outbox = r->id, .case_id = r->case_id, .by_hand = true};
	g_autofree char *page = platform_page(facts, f->order ? f->order->number : NULL, f->record.case_no);
	out->clipboard = g_strdup(text);
	out->open = view_post_create(d, &sent, text, page);
	return true;
}

static bool open(struct view_outbox *v, const struct outbox_row *r, struct outcome *out, GError **error)
{
	if (r->state == OUTBOX_TO_POST)
		return open_post(v, r, out, error);
	out->open = view_case_create(v->view.desk, r->case_id);
	return true;
}

static bool act_on(struct view_outbox *v, const struct outbox_row *r, enum action a, struct outcome *out,
		   GError **error)
{
	bool by_hand = r->method == SEND_HAND;
	switch (a) {
	case ACTION_OPEN:
		return open(v, r, out, error);
	case ACTION_SEND_AGAIN:
		return again(v, r, out, error);
	case ACTION_TO_DRAFT:
		return to_draft(v, r, out, error);
	case ACTION_POSTED:
		return settle(v, r->id, by_hand ? OUTBOX_POSTED : OUTBOX_SENT,
			      by_hand ? _("Noted as posted.") : _("Noted as sent."), out, error);
	default:
		return true;
	}
}

static void point(struct view_outbox *v, const struct request *r)
{
	int n = v->top + r->row - 1;
	if (r->wheel)
		go(v, place(v) + r->wheel * 3);
	else if (r->row >= 1 && r->row <= list_rows(v) && n < (int)v->rows->len)
		go(v, n);
}

static void move(struct view_outbox *v, enum action a)
{
	int by = action_movement(a, MAX(list_rows(v) - 1, 1), (int)v->rows->len);
	if (by)
		go(v, place(v) + by);
}

static bool outbox_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_outbox *v = (struct view_outbox *)view;
	const struct outbox_row *row = selected(v);
	if (r->action == ACTION_BACK || !v->rows) {
		out->leave = true;
		return true;
	}
	if (r->action == ACTION_ANSWERED)
		return answered(v, r->text, out, error);
	if (r->action == ACTION_POINT)
		point(v, r);
	else
		move(v, r->action);
	return !row || act_on(v, row, r->action, out, error);
}

static void outbox_destroy(struct view *view)
{
	struct view_outbox *v = (struct view_outbox *)view;
	g_clear_pointer(&v->rows, g_ptr_array_unref);
	pager_finish(&v->detail);
	g_free(v);
}

static const struct view_ops outbox_ops = {
    .place = PLACE_OUTBOX,
    .load = outbox_load,
    .draw = outbox_draw,
    .can = outbox_can,
    .act = outbox_act,
    .destroy = outbox_destroy,
};

struct view *view_outbox_create(const struct desk *desk)
{
	struct view_outbox *v = g_new0(struct view_outbox, 1);
	v->view = (struct view){.ops = &outbox_ops, .desk = desk, .wake = G_MAXINT64};
	pager_init(&v->detail);
	return &v->view;
}
