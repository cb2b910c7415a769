/* SPDX-License-Identifier: MIT */
/* Going to a case without looking for it in the list: by number or name, and by deadline from another case.
 */
#include "ui/app_parts.h"

#include "domain/intl.h"
#include "domain/when.h"

#include <string.h>

#include "domain/banned.h"

/* The inbox, below all other views. */
static struct view *inbox_of(struct app *a)
{
	return a->views->pdata[0];
}

void app_unmark(struct app *a)
{
	struct outcome none = {0};
	struct view *v = inbox_of(a);
	v->ops->act(v, &(struct request){.action = ACTION_UNMARK}, &none, NULL);
}

static bool is_case(struct app *a, const char *where, gint64 *id)
{
	struct inbox_key key;
	const struct inbox_request all = {0};
	return g_ascii_string_to_signed(*where == '#' ? where + 1 : where, 10, 1, G_MAXINT64, id, NULL) &&
	       store_inbox_key(a->desk.store, &all, *id, &key, NULL);
}

/* The cases, open or not, that a field of the query language finds; at most two are read. */
static struct inbox_page *find(struct app *a, const char *query, GError **error)
{
	gint64 now = a->desk.now();
	struct inbox_request q = {.query = query,
				  .from = INBOX_START,
				  .limit = 2,
				  .now = now,
				  .day_end = when_day_end(now, a->desk.zone),
				  .me = a->desk.me};
	return store_inbox(a->desk.store, &q, error);
}

/* One case is opened, several are listed. False if there is none. */
static bool go(struct app *a, const char *query)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(inbox_page_auto) p = find(a, query, &error);
	if (!p || !p->rows->len)
		return false;
	if (p->rows->len == 1 && !p->more_after) {
		const struct inbox_row *r = p->rows->pdata[0];
		app_push(a, view_case_create(&a->desk, r->id));
		return true;
	}
	g_ptr_array_set_size(a->views, 1);
	struct view *v = inbox_of(a);
	struct outcome none = {0};
	bool ok = v->ops->act(v, &(struct request){.action = ACTION_SEARCH, .text = query}, &none, &error);
	app_load(a, LOAD_SIZE);
	if (!ok)
		app_say(a, error ? error->message : _("The store can't be read."), true);
	return true;
}

void app_jump(struct app *a, const char *where)
{
	static const char *const fields[] = {"order", "case", "buyer"};
	gint64 id;
	g_autofree char *name = g_strstrip(g_strdup(where));
	/* A quote can't stand within quotes. */
	g_strdelimit(name, "\"", ' ');
	if (!*name)
		return;
	if (is_case(a, name, &id)) {
		app_push(a, view_case_create(&a->desk, id));
		return;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *query = g_strdup_printf("%s:\"%s\" is:any", fields[i], name);
		if (go(a, query))
			return;
	}
	g_autofree char *text = g_strdup_printf(_("No case, order or buyer is called \"%s\"."), name);
	app_say(a, text, true);
}

void app_next_case(struct app *a, int step)
{
	g_autoptr(GError) error = NULL;
	struct view *top = app_top(a), *inbox = inbox_of(a);
	struct subject s = {0};
	struct outcome out = {0};
	if (!top->ops->subject || top == inbox)
		return;
	top->ops->subject(top, &s);
	struct request r = {.action = step > 0 ? ACTION_NEXT_CASE : ACTION_PREVIOUS_CASE,
			    .case_id = s.case_id};
	if (!inbox->ops->act(inbox, &r, &out, &error)) {
		app_say(a, error ? error->message : _("The store can't be read."), true);
	} else if (out.open) {
		g_ptr_array_set_size(a->views, (gint)a->views->len - 1);
		app_push(a, out.open);
	}
	if (out.say)
		app_say(a, out.say, false);
	g_free(out.say);
}
