/* SPDX-License-Identifier: MIT */
#include "cli/case_json.h"

#include "cli/out.h"

#include "domain/banned.h"

static json_t *time_or_never(gint64 ms)
{
	return out_json_time(ms == G_MAXINT64 ? 0 : ms);
}

static json_t *attachments_json(const GPtrArray *attachments)
{
	json_t *list = json_array();
	for (guint i = 0; attachments && i < attachments->len; i++) {
		const struct attachment *a = attachments->pdata[i];
		json_t *o = json_object();
		json_object_set_new(o, "id", json_integer(a->id));
		json_object_set_new(o, "name", out_json_text(a->name));
		json_object_set_new(o, "type", out_json_text(a->type));
		json_object_set_new(o, "size", json_integer(a->size));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *message_json(const struct message *m)
{
	if (!m)
		return json_null();
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(m->id));
	json_object_set_new(o, "from", out_json_text(m->from));
	json_object_set_new(o, "subject", out_json_text(m->subject));
	json_object_set_new(o, "sent", out_json_time(m->sent));
	json_object_set_new(o, "lang", out_json_text(m->lang));
	json_object_set_new(o, "automatic", json_boolean(m->automatic));
	json_object_set_new(o, "message_id", out_json_text(m->message_id));
	json_object_set_new(o, "text", out_json_text(m->text));
	json_object_set_new(o, "whole", out_json_text(m->whole));
	json_object_set_new(o, "flaw", out_json_text(m->flaws ? (m->flaw_note ? m->flaw_note : "") : NULL));
	json_object_set_new(o, "attachments", attachments_json(m->attachments));
	return o;
}

static json_t *event_json(const struct event *e)
{
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(e->id));
	json_object_set_new(o, "at", out_json_time(e->at));
	json_object_set_new(o, "type", json_string(vocab_id(&EVENT_TYPES, e->type)));
	json_object_set_new(o, "side", json_string(vocab_id(&SIDES, e->side)));
	json_object_set_new(o, "trigger", json_string(vocab_id(&TRIGGERS, e->trigger)));
	json_object_set_new(o, "who", out_json_text(e->who));
	json_object_set_new(o, "rule", out_json_text(e->rule));
	json_object_set_new(o, "text", out_json_text(e->text));
	json_object_set_new(o, "amount", out_json_money(&e->amount));
	json_object_set_new(o, "due", time_or_never(e->due));
	json_object_set_new(o, "message", message_json(e->message));
	return o;
}

static json_t *intervals_json(const GArray *intervals)
{
	json_t *list = json_array();
	for (guint i = 0; intervals && i < intervals->len; i++) {
		const struct clock_interval *v = &g_array_index(intervals, struct clock_interval, i);
		json_t *o = json_object();
		json_object_set_new(o, "from", out_json_time(v->from));
		json_object_set_new(o, "to", out_json_time(v->to));
		json_object_set_new(o, "running", json_boolean(v->running));
		json_object_set_new(o, "due", time_or_never(v->due));
		json_array_append_new(list, o);
	}
	return list;
}

json_t *clock_json(const struct clock *c)
{
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(c->id));
	json_object_set_new(o, "rule", out_json_text(c->rule));
	json_object_set_new(o, "family", json_string(vocab_id(&CLOCK_FAMILIES, c->family)));
	json_object_set_new(o, "state", json_string(vocab_id(&CLOCK_STATES, c->state)));
	json_object_set_new(o, "why", json_string(vocab_id(&CLOCK_WHYS, c->why)));
	json_object_set_new(o, "title", out_json_text(c->title));
	json_object_set_new(o, "consequence", out_json_text(c->consequence));
	json_object_set_new(o, "stated", out_json_text(c->stated));
	json_object_set_new(o, "started", out_json_time(c->started));
	json_object_set_new(o, "due", time_or_never(c->due));
	json_object_set_new(o, "stopped", out_json_time(c->stopped));
	json_object_set_new(o, "intervals", intervals_json(c->intervals));
	return o;
}

json_t *tags_json(const GPtrArray *tags)
{
	json_t *list = json_array();
	for (guint i = 0; tags && i < tags->len; i++)
		json_array_append_new(list, out_json_text(tags->pdata[i]));
	return list;
}

static json_t *record_json(const struct case_record *r)
{
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(r->id));
	json_object_set_new(o, "platform", out_json_text(r->platform));
	json_object_set_new(o, "case_no", out_json_text(r->case_no));
	json_object_set_new(o, "subject", out_json_text(r->subject));
	json_object_set_new(o, "kind", json_string(vocab_id(&KINDS, r->kind)));
	json_object_set_new(o, "status", json_string(vocab_id(&STATUSES, r->status)));
	json_object_set_new(o, "lang", out_json_text(r->lang));
	json_object_set_new(o, "who", out_json_text(r->who));
	json_object_set_new(o, "tags", tags_json(r->tags));
	json_object_set_new(o, "reason", out_json_text(r->reason));
	json_object_set_new(o, "value", out_json_money(&r->value));
	json_object_set_new(o, "opened", out_json_time(r->opened));
	json_object_set_new(o, "latest", out_json_time(r->latest));
	json_object_set_new(o, "due", time_or_never(r->due));
	return o;
}

static json_t *buyer_json(const struct buyer *b)
{
	if (!b)
		return json_null();
	json_t *o = json_object();
	json_object_set_new(o, "id", json_integer(b->id));
	json_object_set_new(o, "name", out_json_text(b->name));
	json_object_set_new(o, "handle", out_json_text(b->handle));
	json_object_set_new(o, "lang", out_json_text(b->lang));
	json_object_set_new(o, "vip", json_boolean(b->vip));
	return o;
}

static json_t *order_json(const struct order *order)
{
	if (!order)
		return json_null();
	json_t *o = json_object();
	json_object_set_new(o, "number", out_json_text(order->number));
	json_object_set_new(o, "item", out_json_text(order->item));
	json_object_set_new(o, "sku", out_json_text(order->sku));
	json_object_set_new(o, "value", out_json_money(&order->value));
	json_object_set_new(o, "ordered", out_json_time(order->ordered));
	return o;
}

json_t *case_json(const struct case_file *f)
{
	json_t *o = record_json(&f->record);
	json_t *clocks = json_array(), *events = json_array(), *others = json_array();
	for (guint i = 0; f->clocks && i < f->clocks->len; i++)
		json_array_append_new(clocks, clock_json(f->clocks->pdata[i]));
	for (guint i = 0; f->events && i < f->events->len; i++)
		json_array_append_new(events, event_json(f->events->pdata[i]));
	for (guint i = 0; f->others && i < f->others->len; i++)
		json_array_append_new(others,
				      json_integer(((const struct inbox_row *)f->others->pdata[i])->id));
	json_object_set_new(o, "buyer", buyer_json(f->buyer));
	json_object_set_new(o, "order", order_json(f->order));
	json_object_set_new(o, "clocks", clocks);
	json_object_set_new(o, "events", events);
	json_object_set_new(o, "others", others);
	return o;
}
