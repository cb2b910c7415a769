/* SPDX-License-Identifier: MIT */
#include "store/records.h"

#include "domain/template.h"

#include "domain/banned.h"

static void attachment_destroy(gpointer data)
{
	struct attachment *a = data;
	g_free(a->name);
	g_free(a->type);
	g_free(a->part);
	g_free(a);
}

GPtrArray *attachments_new(void)
{
	return g_ptr_array_new_with_free_func(attachment_destroy);
}

struct incoming *incoming_create(void)
{
	struct incoming *m = g_new0(struct incoming, 1);
	m->references = g_ptr_array_new_with_free_func(g_free);
	m->attachments = attachments_new();
	return m;
}

void incoming_destroy(struct incoming *m)
{
	if (!m)
		return;
	char *const owned[] = {m->message_id, m->content_hash, m->platform,  m->platform_name, m->alias,
			       m->buyer_name, m->from,         m->order_no,  m->case_no,       m->item,
			       m->sku,        m->reason,       m->stated,    m->lang,          m->subject,
			       m->text,       m->whole,        m->flaw_note, m->origin,        m->reply_to};
	for (gsize i = 0; i < G_N_ELEMENTS(owned); i++)
		g_free(owned[i]);
	g_ptr_array_unref(m->references);
	g_ptr_array_unref(m->attachments);
	g_clear_pointer(&m->source, g_bytes_unref);
	g_free(m);
}

void import_mark_clear(struct import_mark *m)
{
	g_clear_pointer(&m->path, g_free);
	g_clear_pointer(&m->head, g_free);
}

void inbox_row_destroy(struct inbox_row *r)
{
	g_free(r->platform);
	g_free(r->buyer);
	g_free(r->subject);
	g_free(r->lang);
	g_free(r->who);
	g_clear_pointer(&r->tags, g_ptr_array_unref);
	g_free(r);
}

void inbox_page_destroy(struct inbox_page *p)
{
	if (!p)
		return;
	g_clear_pointer(&p->rows, g_ptr_array_unref);
	g_free(p->shop);
	g_free(p);
}

void message_destroy(struct message *m)
{
	if (!m)
		return;
	char *const owned[] = {m->from, m->subject, m->text, m->whole, m->lang, m->message_id, m->flaw_note};
	for (gsize i = 0; i < G_N_ELEMENTS(owned); i++)
		g_free(owned[i]);
	g_clear_pointer(&m->attachments, g_ptr_array_unref);
	g_free(m);
}

void event_destroy(struct event *e)
{
	if (!e)
		return;
	g_free(e->who);
	g_free(e->rule);
	g_free(e->text);
	message_destroy(e->message);
	g_free(e);
}

static void buyer_destroy(struct buyer *b)
{
	if (!b)
		return;
	g_free(b->name);
	g_free(b->handle);
	g_free(b->lang);
	g_free(b->notes);
	g_free(b->segment);
	g_free(b);
}

static void order_destroy(struct order *o)
{
	if (!o)
		return;
	g_free(o->number);
	g_free(o->item);
	g_free(o->sku);
	g_free(o->strengths);
	g_free(o->faults);
	g_free(o);
}

guint32 case_facts_undone(const struct case_facts *f, guint32 offers)
{
	if (f->refunded)
		offers &= ~vocab_bits(&OFFERS, "refund partial-refund", NULL);
	if (f->replaced)
		offers &= ~vocab_bits(&OFFERS, "replacement part", NULL);
	return offers;
}

void case_file_destroy(struct case_file *f)
{
	if (!f)
		return;
	struct case_record *r = &f->record;
	char *const owned[] = {r->platform, r->platform_name, r->case_no, r->subject,
			       r->lang,     r->who,           r->reason,  r->outcome};
	for (gsize i = 0; i < G_N_ELEMENTS(owned); i++)
		g_free(owned[i]);
	g_clear_pointer(&r->tags, g_ptr_array_unref);
	g_clear_pointer(&f->events, g_ptr_array_unref);
	g_clear_pointer(&f->clocks, g_ptr_array_unref);
	g_clear_pointer(&f->others, g_ptr_array_unref);
	g_clear_pointer(&f->unsent, g_ptr_array_unref);
	buyer_destroy(f->buyer);
	order_destroy(f->order);
	g_free(f);
}
