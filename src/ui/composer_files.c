/* SPDX-License-Identifier: MIT */
/* The files that go out with a reply. */
#include "domain/intl.h"
#include "domain/text.h"
#include "store/attached.h"
#include "store/shop_file.h"
#include "ui/composer.h"

#include <string.h>

#include "domain/banned.h"

guint composer_file_count(const struct composer *c)
{
	const struct draft *d = c->saver.draft;
	return d && d->files ? d->files->len : 0;
}

char *composer_files_line(const struct composer *c)
{
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < composer_file_count(c); i++) {
		const struct attachment *a = c->saver.draft->files->pdata[i];
		g_autofree char *name = text_safe(a->name, -1, TEXT_ONE_LINE),
				*size = g_format_size_full((guint64)a->size, G_FORMAT_SIZE_DEFAULT);
		g_string_append_printf(out, "%s%u %s (%s)", i ? "; " : "", i + 1, name, size);
	}
	return g_string_free(out, FALSE);
}

/* What the guard and the writer know of the files has changed: warnings are asked for anew. */
static void files_changed(struct composer *c)
{
	c->found_in--;
	c->confirmed = 0;
	c->view.pending = true;
	composer_lay_out(c);
}

/* The text as it is goes with the file: after a crash both are there. */
static bool attach(struct composer *c, const char *path, struct outcome *out, GError **error)
{
	const struct desk *d = c->view.desk;
	g_autoptr(shop_auto) shop = shop_load(error);
	g_autoptr(upload_auto) u = shop ? upload_read(path, shop->attach_most, error) : NULL;
	if (!u)
		return false;
	draft_saver_touch(&c->saver, d->now());
	if (!composer_save(c, error) ||
	    !store_attach(d->store, d->me, c->saver.draft, u, shop->attach_most, d->now(), error))
		return false;
	c->saver.stored = true;
	files_changed(c);
	out->say = g_strdup_printf(_("Attached: %s. :detach %u takes it off again."), u->name,
				   composer_file_count(c));
	return true;
}

static bool is_note(const struct composer *c, struct outcome *out)
{
	if (c->buffer == DRAFT_NOTE)
		out->say = g_strdup(_("A note stays in the shop: files go with replies."));
	return c->buffer == DRAFT_NOTE;
}

bool composer_attach(struct composer *c, const char *path, struct outcome *out, GError **error)
{
	g_autofree char *file = g_strstrip(g_strdup(path));
	return is_note(c, out) || !*file || attach(c, file, out, error);
}

void composer_ask_file(struct composer *c, struct outcome *out)
{
	if (is_note(c, out))
		return;
	c->asking = ASKING_FILE;
	out->ask = g_strdup(_("File to attach (Tab completes): "));
	out->ask_file = true;
}

void composer_tell_files(const struct composer *c, struct outcome *out)
{
	g_autofree char *line = composer_files_line(c);
	if (!is_note(c, out))
		out->say = *line ? g_strdup_printf(_("Attached: %s"), line)
				 : g_strdup(_("Nothing is attached: ^G or :attach PATH does."));
}

bool composer_detach(struct composer *c, const char *number, struct outcome *out, GError **error)
{
	const struct desk *d = c->view.desk;
	guint count = composer_file_count(c);
	guint64 n = 1;
	bool named = number && g_ascii_string_to_unsigned(number, 10, 1, MAX(count, 1), &n, NULL);
	if (!count || (number && !named) || (!number && count > 1)) {
		composer_tell_files(c, out);
		return true;
	}
	const struct attachment *a = c->saver.draft->files->pdata[n - 1];
	g_autofree char *name = text_safe(a->name, -1, TEXT_ONE_LINE);
	if (!store_detach(d->store, d->me, c->saver.draft, (guint)n - 1, error))
		return false;
	/* Without text and files there is no draft to keep. */
	draft_saver_touch(&c->saver, d->now());
	c->view.wake = c->saver.due;
	files_changed(c);
	out->say = g_strdup_printf(_("%s isn't attached any more."), name);
	return true;
}
