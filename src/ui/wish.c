/* SPDX-License-Identifier: MIT */
#include "ui/wish.h"

#include "domain/intl.h"
#include "domain/promise.h"
#include "domain/text.h"

#include <string.h>

#include "domain/banned.h"

/* Beyond that a long mail's end isn't read: the wish stands early, and the screen waits. */
#define READ_MOST 8192

static const struct message *newest_of_buyer(const struct case_file *f)
{
	for (guint i = f->events->len; i > 0; i--) {
		const struct event *e = f->events->pdata[i - 1];
		if (e->message && e->message->side == SIDE_BUYER && e->message->text)
			return e->message;
	}
	return NULL;
}

/* Without quoted lines: what we asked there isn't what the buyer wants. */
static char *own_words(const char *text)
{
	GString *out = g_string_new(NULL);
	while (*text && out->len < READ_MOST) {
		gsize length = strcspn(text, "\n");
		if (*text != '>')
			g_string_append_len(out, text, (gssize)MIN(length, READ_MOST - out->len));
		g_string_append_c(out, '\n');
		text += length + (text[length] == '\n');
	}
	char *safe = text_safe(out->str, (gssize)out->len, TEXT_LINES);
	g_string_free(out, TRUE);
	return safe;
}

static bool find(const struct desk *d, const struct case_file *f, enum wish *wish)
{
	const struct message *m = newest_of_buyer(f);
	const struct phrases *p = m ? library_wishes(d->library) : NULL;
	if (!p)
		return false;
	g_autofree char *text = own_words(m->text);
	g_autoptr(GArray) found = wishes_find(p, text);
	if (!found->len)
		return false;
	*wish = g_array_index(found, struct wish_found, 0).wish;
	return true;
}

const char *wish_read(const struct desk *d, const struct case_file *f)
{
	enum wish wish;
	return find(d, f, &wish) ? vocab_id(&WISHES, (int)wish) : NULL;
}

char *wish_line(const struct desk *d, const struct case_file *f)
{
	enum wish wish;
	if (f->facts.wish_known || !status_is_open(f->record.status) || !find(d, f, &wish))
		return NULL;
	return g_strdup_printf(_("Buyer seems to want: %s (W confirms)"), vocab_title(&WISHES, (int)wish));
}
