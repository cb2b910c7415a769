/* SPDX-License-Identifier: MIT */
#include "ingest/pipeline.h"

#include "domain/banned.h"

enum {
	WORKERS_MAX = 4,
	BYTES_MAX = 64 * 1024 * 1024 /* of sources under way */
};

struct pipeline {
	const struct platforms *platforms;
	GThreadPool *pool;
	guint workers;
	GMutex lock;
	GCond ready;
	GQueue under_way; /* of struct batch, oldest first; touched by the owner's thread only */
	gsize bytes;
};

static void raw_clear(gpointer data)
{
	struct raw_mail *r = data;
	g_clear_pointer(&r->source, g_bytes_unref);
	g_clear_pointer(&r->origin, g_free);
}

static void incoming_free(gpointer data)
{
	incoming_destroy(data);
}

static void mark_free(gpointer data)
{
	import_mark_clear(data);
	g_free(data);
}

struct batch *batch_create(void)
{
	struct batch *b = g_new0(struct batch, 1);
	b->raws = g_array_new(FALSE, FALSE, sizeof(struct raw_mail));
	g_array_set_clear_func(b->raws, raw_clear);
	b->mails = g_ptr_array_new_with_free_func(incoming_free);
	b->marks = g_ptr_array_new_with_free_func(mark_free);
	return b;
}

void batch_destroy(struct batch *b)
{
	if (!b)
		return;
	g_array_unref(b->raws);
	g_ptr_array_unref(b->mails);
	g_ptr_array_unref(b->marks);
	g_free(b);
}

void batch_add(struct batch *b, GBytes *source, gint64 received, char *origin)
{
	struct raw_mail r = {source, received, origin};
	g_array_append_val(b->raws, r);
	b->bytes += g_bytes_get_size(source);
}

struct mail *pipeline_read(const struct platforms *platforms, GBytes *source, gint64 received)
{
	g_autofree char *sender = mail_sender(source);
	struct mail *m = mail_read(source, received, platforms_charsets(platforms, sender));
	platform_recognise(platforms, m);
	return m;
}

static void parse_batch(gpointer data, gpointer user)
{
	struct batch *b = data;
	struct pipeline *p = user;
	for (guint i = 0; i < b->raws->len; i++) {
		struct raw_mail *r = &g_array_index(b->raws, struct raw_mail, i);
		struct mail *m = pipeline_read(p->platforms, r->source, r->received);
		m->in->origin = g_steal_pointer(&r->origin);
		g_ptr_array_add(b->mails, g_steal_pointer(&m->in));
		mail_destroy(m);
	}
	g_array_set_size(b->raws, 0);
	g_mutex_lock(&p->lock);
	b->ready = true;
	g_cond_signal(&p->ready);
	g_mutex_unlock(&p->lock);
}

struct pipeline *pipeline_create(const struct platforms *platforms)
{
	struct pipeline *p = g_new0(struct pipeline, 1);
	p->platforms = platforms;
	p->workers = CLAMP(g_get_num_processors(), 1, WORKERS_MAX);
	g_mutex_init(&p->lock);
	g_cond_init(&p->ready);
	g_queue_init(&p->under_way);
	p->pool = g_thread_pool_new(parse_batch, p, (gint)p->workers, FALSE, NULL);
	return p;
}

void pipeline_destroy(struct pipeline *p)
{
	if (!p)
		return;
	g_thread_pool_free(p->pool, FALSE, TRUE);
	for (struct batch *b; (b = g_queue_pop_head(&p->under_way));)
		batch_destroy(b);
	g_cond_clear(&p->ready);
	g_mutex_clear(&p->lock);
	g_free(p);
}

void pipeline_put(struct pipeline *p, struct batch *b)
{
	p->bytes += b->bytes;
	g_queue_push_tail(&p->under_way, b);
	g_thread_pool_push(p->pool, b, NULL);
}

bool pipeline_is_full(struct pipeline *p)
{
	return p->bytes > BYTES_MAX || g_queue_get_length(&p->under_way) > p->workers * 2;
}

bool pipeline_is_empty(struct pipeline *p)
{
	return g_queue_is_empty(&p->under_way);
}

struct batch *pipeline_take(struct pipeline *p, int wait)
{
	struct batch *b = g_queue_peek_head(&p->under_way);
	if (!b)
		return NULL;
	gint64 until = g_get_monotonic_time() + (gint64)wait * 1000;
	g_mutex_lock(&p->lock);
	while (!b->ready && g_cond_wait_until(&p->ready, &p->lock, until))
		;
	bool ready = b->ready;
	g_mutex_unlock(&p->lock);
	if (!ready)
		return NULL;
	p->bytes -= b->bytes;
	return g_queue_pop_head(&p->under_way);
}
