/* SPDX-License-Identifier: MIT */
#include "ingest/platform_file.h"

#include "ingest/due_date.h"

#include <string.h>

#include "domain/banned.h"

#define SUBJECT_LIMIT 4096
#define DUE_BIT (1u << FIELD_DUE)
#define ONE_LINE_LIMIT 300 /* a field that catches more caught the wrong thing: it is cut */

/* Asks the patterns that fill a field of `which` and still have one to fill. */
static void look_in(const GPtrArray *patterns, guint which, const char *text, gsize length,
		    char *fields[N_FIELDS])
{
	for (guint n = 0; n < patterns->len; n++) {
		const struct pattern *p = g_ptr_array_index(patterns, n);
		bool wanted = false;
		if (!(pattern_fields(p) & which))
			continue;
		for (int f = 0; f < N_FIELDS; f++)
			wanted = wanted || ((pattern_fields(p) & (1u << f)) && !fields[f]);
		if (wanted)
			pattern_catch(p, text, length, fields);
	}
}

/* One line without runs of blanks, at most ONE_LINE_LIMIT bytes of whole characters. */
static char *one_line(char *text)
{
	if (!text)
		return NULL;
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p && out->len < ONE_LINE_LIMIT; p = g_utf8_next_char(p)) {
		bool blank = g_ascii_isspace(*p);
		if (blank && (!out->len || out->str[out->len - 1] == ' '))
			continue;
		if (blank)
			g_string_append_c(out, ' ');
		else
			g_string_append_len(out, p, g_utf8_next_char(p) - p);
	}
	g_free(text);
	return g_strchomp(g_string_free(out, false));
}

static void take(char **to, char **field)
{
	if (!*field)
		return;
	g_free(*to);
	*to = one_line(g_steal_pointer(field));
}

/* The message between the platform's frames becomes the text; what it was cut from is kept beside it. */
static void take_message(struct incoming *in, char **message)
{
	if (!*message || (in->text && g_str_equal(*message, in->text)))
		return;
	g_free(in->whole);
	in->whole = in->text;
	in->text = g_steal_pointer(message);
}

static void take_due(struct incoming *in, const struct place *place, char **words)
{
	gint64 due;
	*words = one_line(*words);
	if (!*words || !due_date_parse(*words, in->sent, place->zone, &due))
		return;
	in->stated_due = due;
	g_free(in->stated);
	in->stated = g_steal_pointer(words);
}

/*
 * A due date is the platform's word: what a buyer writes ("I need it by 2 August") states none, so the date
 * is looked for outside the buyer's message. In our own mail it is a promise (Z4), and looked for everywhere.
 */
static void look_for_due(const struct platform *p, bool own, const char *body, gsize length,
			 char *fields[N_FIELDS])
{
	const char *message = fields[FIELD_MESSAGE],
		   *at = message && !own ? g_strstr_len(body, length, message) : NULL;
	if (!at) {
		look_in(p->looks[LOOK_BODY], DUE_BIT, body, length, fields);
		return;
	}
	gsize after = at - body + strlen(message);
	look_in(p->looks[LOOK_BODY], DUE_BIT, body + after, length - after, fields);
	look_in(p->looks[LOOK_BODY], DUE_BIT, body, at - body, fields);
}

void fields_fill(const struct platform *p, const struct place *place, struct mail *m, const char *address,
		 bool own, const char *body, gsize length)
{
	struct incoming *in = m->in;
	char *fields[N_FIELDS] = {NULL};
	const char *subject = in->subject ? in->subject : "", *name = m->from_name ? m->from_name : "";
	if (g_utf8_validate(address, -1, NULL))
		look_in(p->looks[LOOK_ADDRESS], ~0u, address, strlen(address), fields);
	if (g_utf8_validate(name, -1, NULL))
		look_in(p->looks[LOOK_NAME], ~0u, name, strlen(name), fields);
	if (strlen(subject) <= SUBJECT_LIMIT)
		look_in(p->looks[LOOK_SUBJECT], ~0u, subject, strlen(subject), fields);
	look_in(p->looks[LOOK_BODY], ~DUE_BIT, body, length, fields);
	look_for_due(p, own, body, length, fields);
	take(&in->order_no, &fields[FIELD_ORDER]);
	take(&in->case_no, &fields[FIELD_CASE]);
	take(&in->buyer_name, &fields[FIELD_BUYER]);
	take(&in->alias, &fields[FIELD_ALIAS]);
	take(&in->item, &fields[FIELD_ITEM]);
	take(&in->sku, &fields[FIELD_SKU]);
	take(&in->reason, &fields[FIELD_REASON]);
	if (fields[FIELD_AMOUNT])
		money_parse(fields[FIELD_AMOUNT], *place->currency ? place->currency : NULL, &in->amount);
	take_due(in, place, &fields[FIELD_DUE]);
	take_message(in, &fields[FIELD_MESSAGE]);
	for (int f = 0; f < N_FIELDS; f++)
		g_free(fields[f]);
}
