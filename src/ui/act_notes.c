/* SPDX-License-Identifier: MIT */
#include "ui/act_notes.h"

#include "domain/intl.h"
#include "domain/promise.h"
#include "domain/when.h"
#include "store/closing.h"
#include "store/phrase_files.h"
#include "ui/wish.h"

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

char *act_proposal(const struct desk *d, enum act_type type, gint64 case_id)
{
	if (type != ACT_WISH)
		return NULL;
	g_autoptr(case_file_auto) f = read_case(d, case_id);
	return f ? g_strdup(wish_read(d, f)) : NULL;
}
