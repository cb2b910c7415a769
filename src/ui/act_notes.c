/* SPDX-License-Identifier: MIT */
#include "ui/act_notes.h"

#include "domain/promise.h"
#include "store/closing.h"
#include "store/datafile.h"

#include "domain/banned.h"

#define EVENTS_READ 1000

static struct case_file *read_case(const struct desk *d, gint64 id)
{
	struct case_request q = {.id = id, .limit = EVENTS_READ, .text_limit = 8192, .brief = true};
	return id ? store_case(d->store, &q, NULL) : NULL;
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
	if (act_closes(type))
		return closing_promises(d->store, case_id, d->zone);
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
	struct datafile *file = m ? datafile_one("wishes.ini", NULL) : NULL;
	if (!file)
		return NULL;
	g_autoptr(phrases_auto) p = phrases_read(PHRASES_WISHES, file->path, file->text, file->length, NULL);
	datafile_destroy(file);
	g_autofree char *text = p ? text_safe(m->text, -1, TEXT_LINES) : NULL;
	g_autoptr(GArray) found = p ? wishes_find(p, text) : NULL;
	if (!found || !found->len)
		return NULL;
	return g_strdup(vocab_id(&WISHES, (int)g_array_index(found, struct wish_found, 0).wish));
}
