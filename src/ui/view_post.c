/* SPDX-License-Identifier: MIT */
/* An answer that a person puts onto the platform's page: its text is on the clipboard, one key says "posted".
 */
#include "ui/text_view.h"

#include "domain/intl.h"
#include "store/attached.h"

#include "domain/banned.h"

struct view_post {
	struct text_view base;
	struct sent sent;
	char *text, *page; /* page: NULL if it isn't known */
	GPtrArray *files;  /* of struct attachment: to be added on the page */
};

/* No mail carries them: the person adds them on the page. */
static void add_files(const struct view_post *v, GPtrArray *lines)
{
	if (!v->files->len)
		return;
	text_view_add(lines, v->base.view.desk->cols, STYLE_TODAY,
		      _("Add these files on the page; s saves them to a folder:"));
	for (guint i = 0; i < v->files->len; i++) {
		const struct attachment *a = v->files->pdata[i];
		g_autofree char *name = text_safe(a->name, -1, TEXT_ONE_LINE),
				*size = g_format_size_full((guint64)a->size, G_FORMAT_SIZE_DEFAULT),
				*line = g_strdup_printf("  %u %s (%s)", i + 1, name, size);
		text_view_add(lines, v->base.view.desk->cols, STYLE_FOCUS, line);
	}
	lines_add(lines);
}

static bool read_files(struct view_post *v, GError **error)
{
	if (v->files)
		return true;
	v->files = store_outbox_files(v->base.view.desk->store, v->sent.outbox, error);
	return v->files != NULL;
}

static bool save_files(struct view_post *v, const char *folder, struct outcome *out, GError **error)
{
	g_autofree char *into = g_strstrip(g_strdup(folder));
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; *into && i < v->files->len; i++) {
		const struct attachment *a = v->files->pdata[i];
		g_autoptr(GBytes) bytes = store_file(v->base.view.desk->store, a->file, error);
		g_autofree char *name = upload_name_beside(a->name, taken), *path = NULL;
		if (!bytes || !upload_save(into, name, bytes, &path, error))
			return false;
	}
	if (*into)
		out->say =
		    g_strdup_printf(ngettext_("Saved %u file in %s.", "Saved %u files in %s.", v->files->len),
				    v->files->len, into);
	return true;
}

static bool post_load(struct view *view, enum load_reason why, GError **error)
{
	struct view_post *v = (struct view_post *)view;
	if (!read_files(v, error))
		return false;
	GPtrArray *lines = lines_new();
	int columns = view->desk->cols;
	g_autofree char *page = v->page ? text_safe(v->page, -1, TEXT_ONE_LINE) : NULL;
	g_autofree char *text = text_safe(v->text, -1, TEXT_LINES);
	g_auto(GStrv) paragraphs = g_strsplit(text, "\n", -1);
	text_view_add(lines, columns, STYLE_PLAIN,
		      _("This platform takes answers on its own page. The text is on your clipboard, if your "
			"terminal allows it: "
			"paste it there, send it, then press p here."));
	lines_add(lines);
	if (page)
		line_add(lines_add(lines), STYLE_FOCUS, page);
	else
		text_view_add(lines, columns, STYLE_PLAIN,
			      _("The page's address isn't known: open the case on the platform."));
	lines_add(lines);
	add_files(v, lines);
	for (char **p = paragraphs; *p; p++)
		text_view_add_letter(lines, columns - 1, STYLE_US, *p);
	pager_resize(&v->base.pager, view->desk->rows - 2);
	pager_set(&v->base.pager, lines);
	return true;
}

static bool post_act(struct view *view, const struct request *r, struct outcome *out, GError **error)
{
	struct view_post *v = (struct view_post *)view;
	const struct desk *d = view->desk;
	switch (r->action) {
	case ACTION_POSTED:
		if (!store_outbox_settle(d->store, d->me, v->sent.outbox, OUTBOX_POSTED, d->now(), error))
			return false;
		out->leave = true;
		out->say = g_strdup(_("Noted as posted. Enter opens the next case."));
		return true;
	case ACTION_SAVE_FILES:
		out->ask = g_strdup(_("Folder to save the files in (Tab completes): "));
		out->ask_file = true;
		return true;
	case ACTION_ANSWERED:
		return save_files(v, r->text, out, error);
	case ACTION_COPY:
		out->clipboard = g_strdup(v->text);
		out->say = g_strdup(_("Copied again."));
		return true;
	case ACTION_BACK:
		out->leave = true;
		out->say = g_strdup_printf(
		    _("The answer to #%" PRId64 " isn't posted yet: the outbox (!) keeps it in sight."),
		    v->sent.case_id);
		return true;
	default:
		return text_view_act(view, r, out, error);
	}
}

static guint post_can(const struct view *view)
{
	const struct view_post *v = (const struct view_post *)view;
	return text_view_can(view) | (v->files && v->files->len ? NEED_FILES : 0);
}

static void post_destroy(struct view *view)
{
	struct view_post *v = (struct view_post *)view;
	text_view_finish(&v->base);
	g_free(v->text);
	g_free(v->page);
	g_clear_pointer(&v->files, g_ptr_array_unref);
	g_free(v);
}

static const struct view_ops post_ops = {
    .place = PLACE_POST,
    .load = post_load,
    .draw = text_view_draw,
    .can = post_can,
    .act = post_act,
    .destroy = post_destroy,
};

struct view *view_post_create(const struct desk *desk, const struct sent *sent, const char *text,
			      const char *page)
{
	struct view_post *v = g_new0(struct view_post, 1);
	text_view_init(&v->base, &post_ops, desk);
	v->base.title = g_strdup_printf(_(" To post by hand: the answer to #%" PRId64), sent->case_id);
	v->sent = *sent;
	v->text = g_strdup(text);
	v->page = g_strdup(page);
	return &v->base.view;
}
