/* SPDX-License-Identifier: MIT */
#include "ingest/ingest.h"

#include <string.h>

#include "domain/intl.h"
#include "ingest/mbox.h"
#include "ingest/pipeline.h"
#include "ingest/spool.h"

#include "domain/banned.h"

enum {
	BATCH_MAILS = 64,
	BATCH_BYTES = 4 * 1024 * 1024,
	PROGRESS_EVERY = 300 /* ms */
};

struct import {
	const struct import_options *o;
	struct import_report *report;
	struct pipeline *pipeline;
	struct batch *batch; /* being filled */
	GString *faults;     /* of single files, one a line */
	GError *failure;     /* of the store: the import ends */
	gint64 position, total;
	gint64 told; /* when progress was last told, monotonic ms */
};

static gint64 monotonic_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void tell_progress(struct import *im, gint64 position)
{
	gint64 now = monotonic_ms();
	if (!im->o->progress || now - im->told < PROGRESS_EVERY)
		return;
	im->told = now;
	im->o->progress(im->report, position, im->total, im->o->data);
}

static bool is_stopped(const struct import *im)
{
	return im->failure || (im->o->stop && *im->o->stop);
}

static void count_result(struct import_report *r, enum ingest_result result)
{
	switch (result) {
	case INGEST_NEW_CASE:
		r->new_cases++;
		break;
	case INGEST_ADDED:
		r->added++;
		break;
	case INGEST_ALREADY_THERE:
		r->already++;
		break;
	case INGEST_KEPT:
		r->kept++;
		break;
	}
}

static void count_batch(struct import *im, const struct batch *b, GArray *results)
{
	for (guint i = 0; i < b->mails->len && i < results->len; i++) {
		const struct incoming *in = g_ptr_array_index(b->mails, i);
		const struct ingested *where = &g_array_index(results, struct ingested, i);
		im->report->mails++;
		im->report->bytes += (gint64)g_bytes_get_size(in->source);
		count_result(im->report, where->result);
		im->report->archived += in->archived && where->result == INGEST_NEW_CASE;
		if (!in->flaws || where->result == INGEST_ALREADY_THERE)
			continue;
		im->report->flawed++;
		if (im->o->flawed)
			im->o->flawed(in->origin, in, where, im->o->data);
	}
}

/* Old mail is history: nobody answers it any more. */
static void mark_archived(const struct import *im, const struct batch *b, gint64 now)
{
	for (guint i = 0; im->o->archive_ms && i < b->mails->len; i++) {
		struct incoming *in = g_ptr_array_index(b->mails, i);
		in->archived = now - in->sent > im->o->archive_ms;
	}
}

/* Stores the oldest batch once it is parsed. */
static void store_oldest(struct import *im)
{
	struct batch *b;
	while (!(b = pipeline_take(im->pipeline, PROGRESS_EVERY)))
		tell_progress(im, im->position);
	g_autoptr(GArray) results = g_array_new(FALSE, TRUE, sizeof(struct ingested));
	gint64 now = im->o->now();
	mark_archived(im, b, now);
	if (!im->failure && store_ingest(im->o->store, b->mails, b->marks, now, results, &im->failure)) {
		count_batch(im, b, results);
		tell_progress(im, b->position);
	}
	batch_destroy(b);
}

static void flush(struct import *im)
{
	if (!im->batch)
		return;
	im->batch->position = im->position;
	pipeline_put(im->pipeline, g_steal_pointer(&im->batch));
	while (pipeline_is_full(im->pipeline))
		store_oldest(im);
}

static void drain(struct import *im)
{
	flush(im);
	while (!pipeline_is_empty(im->pipeline))
		store_oldest(im);
}

/* Notes in the batch how far the file is read with it. */
static void put_mark(struct batch *b, const struct spool_file *f, gint64 offset, const char *head)
{
	struct import_mark *m = b->marks->len ? g_ptr_array_index(b->marks, b->marks->len - 1) : NULL;
	if (!m || strcmp(m->path, f->mark) != 0) {
		m = g_new0(struct import_mark, 1);
		m->path = g_strdup(f->mark);
		g_ptr_array_add(b->marks, m);
	}
	m->size = f->size;
	m->mtime = f->mtime;
	m->offset = offset;
	g_free(m->head);
	m->head = g_strdup(head);
}

static void read_mails(struct import *im, const struct spool_file *f, struct mbox *b)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *head = NULL;
	gint64 from = im->position, came, before = 0;
	GBytes *source;
	while (!is_stopped(im) && (source = mbox_next(b, &came, &error))) {
		if (!im->batch)
			im->batch = batch_create();
		batch_add(im->batch, source, came ? came : f->mtime, g_strdup(f->path));
		if (!head || before < MBOX_HEAD) {
			g_free(head);
			head = mbox_head(b, mbox_offset(b)); /* of what is read so far: the file may grow */
		}
		before = mbox_offset(b);
		put_mark(im->batch, f, before, head);
		im->position = from + before;
		if (im->batch->raws->len >= BATCH_MAILS || im->batch->bytes >= BATCH_BYTES)
			flush(im);
	}
	if (error)
		spool_fault(im->faults, f->path, error->message);
	if (mbox_too_large(b))
		spool_fault(
		    im->faults, f->path,
		    _("has a mail larger than 900 MiB, which the store can't hold; it was passed over"));
}

/* Whether the file is the one that was read up to the mark. */
static bool is_same(struct mbox *b, const struct spool_file *f, const struct import_mark *mark)
{
	if (!mark || !mark->head || f->size < mark->offset)
		return false;
	g_autofree char *head = mbox_head(b, mark->offset);
	return head && strcmp(head, mark->head) == 0;
}

static void import_file(struct import *im, const struct spool_file *f)
{
	g_autoptr(GError) error = NULL;
	struct import_mark *mark = store_import_mark(im->o->store, f->mark, &im->failure);
	bool unchanged = mark && mark->size == f->size && mark->mtime == f->mtime && mark->offset >= f->size;
	if (!unchanged && !im->failure) {
		g_autoptr(mbox_auto) b = mbox_open(f->path, &error);
		if (b && is_same(b, f, mark))
			mbox_resume(b, mark->offset);
		if (b)
			read_mails(im, f, b);
		else
			spool_fault(im->faults, f->path, error->message);
	}
	if (mark)
		import_mark_clear(mark);
	g_free(mark);
}

static void import_files(struct import *im, GPtrArray *files)
{
	gint64 position = 0;
	for (guint i = 0; i < files->len && !is_stopped(im); i++) {
		const struct spool_file *f = g_ptr_array_index(files, i);
		im->position = position;
		import_file(im, f);
		position += f->size;
		tell_progress(im, position);
	}
	im->position = position;
}

static bool finish(struct import *im, GError **error)
{
	if (im->failure) {
		g_propagate_error(error, g_steal_pointer(&im->failure));
		return false;
	}
	im->report->interrupted = im->o->stop && *im->o->stop;
	if (!im->faults->len && im->report->interrupted)
		g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INTR,
				    _("stopped; what was read is kept, the same command goes on from here"));
	if (!im->faults->len)
		return !im->report->interrupted;
	g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, im->faults->str);
	return false;
}

bool ingest_import(const struct import_options *o, char *const *paths, struct import_report *report,
		   GError **error)
{
	g_autoptr(GPtrArray) files = spool_files_new();
	struct import im = {.o = o, .report = report, .faults = g_string_new(NULL), .told = monotonic_ms()};
	memset(report, 0, sizeof(*report));
	mail_init();
	for (int i = 0; paths[i]; i++)
		spool_list(paths[i], files, im.faults);
	for (guint i = 0; i < files->len; i++)
		im.total += ((struct spool_file *)g_ptr_array_index(files, i))->size;
	im.pipeline = pipeline_create(o->platforms);
	import_files(&im, files);
	drain(&im);
	pipeline_destroy(im.pipeline);
	if (!is_stopped(&im))
		store_tidy_search(o->store, report->mails - report->already, o->stop, &im.failure);
	bool whole = finish(&im, error);
	g_string_free(im.faults, TRUE);
	return whole;
}
