/* SPDX-License-Identifier: MIT */
#include "ui/act_notes.h"

#include "domain/intl.h"
#include "domain/promise.h"
#include "domain/when.h"
#include "store/phrase_files.h"

#include "domain/banned.h"

#define EVENTS_READ 1000

static struct case_file *read_case(const struct desk *d, gint64 id)
{
	struct case_request q = {.id = id, .limit = EVENTS_READ, .text_limit = 8192, .brief = true};
	return id ? store_case(d->store, &q, NULL) : NULL;
}

static bool kept(const GPtrArray *events, gint64 promise)
{
	for (guint i = 0; i < events->len; i++) {
		const struct event *e = events->pdata[i];
		if (e->type == EVENT_PROMISE_KEPT && !e->undone && e->about == promise)
			return true;
	}
	return false;
}

/* "open promises: photos by 2026-03-06 12:00; ..." */
static char *open_promises(const struct desk *d, gint64 id)
{
	g_autoptr(case_file_auto) f = read_case(d, id);
	g_autoptr(GString) out = g_string_new(NULL);
	for (guint i = 0; f && i < f->events->len; i++) {
		const struct event *e = f->events->pdata[i];
		if (e->type != EVENT_PROMISE || e->undone || kept(f->events, e->id))
			continue;
		g_autofree char *due = when_stamp(e->due, d->zone);
		g_string_append_printf(out, out->len ? "; " : " ");
		g_string_append_printf(out, _("%s by %s"), e->text && *e->text ? e->text : _("promise"), due);
	}
	return out->len ? g_strdup_printf(_("Still promised:%s"), out->str) : NULL;
}

static char *choices(enum act_type type)
{
	const struct vocabulary *v = act_words(type);
	if (!v)
		return NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	for (int i = 0; i < v->count; i++)
		g_string_append_printf(out, " %s", vocab_id(v, i));
	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *act_note(const struct desk *d, enum act_type type, gint64 case_id)
{
	if (type == ACT_SOLVE || type == ACT_LOSE || type == ACT_WITHDRAW)
		return open_promises(d, case_id);
	return choices(type);
}

static const struct message *newest_of_buyer(const struct case_file *f)
{
	for (guint i = f->events->len; i > 0; i--) {
		const struct event *e = f->events->pdata[i - 1];
		if (e->message && e->message->side == SIDE_BUYER && e->message->text)
			return e->message;
	}
	return NULL;
}

char *act_proposal(const struct desk *d, enum act_type type, gint64 case_id)
{
	if (type != ACT_WISH)
		return NULL;
	g_autoptr(case_file_auto) f = read_case(d, case_id);
	const struct message *m = f ? newest_of_buyer(f) : NULL;
	g_autoptr(phrases_auto) p = m ? phrases_load(PHRASES_WISHES, NULL) : NULL;
	g_autofree char *text = p ? text_safe(m->text, -1, TEXT_LINES) : NULL;
	g_autoptr(GArray) found = p ? wishes_find(p, text) : NULL;
	if (!found || !found->len)
		return NULL;
	return g_strdup(vocab_id(&WISHES, (int)g_array_index(found, struct wish_found, 0).wish));
}
