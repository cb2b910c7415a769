/* SPDX-License-Identifier: MIT */
#include "ui/library.h"

#include "domain/text.h"
#include "store/datafile.h"
#include "store/template_files.h"

#include "domain/banned.h"

struct library {
	struct store *store;
	struct template_set *templates;
	struct guard_rules *guard;
	struct spell *spell;
	struct phrases *promises;
	bool guard_read, templates_tried, promises_tried, rules_read;
	char *guard_fault;
};

struct library *library_create(struct store *s)
{
	struct library *l = g_new0(struct library, 1);
	l->store = s;
	return l;
}

void library_destroy(struct library *l)
{
	if (!l)
		return;
	if (l->templates)
		template_set_destroy(l->templates);
	guard_destroy(l->guard);
	phrases_destroy(l->promises);
	spell_destroy(l->spell);
	g_free(l->guard_fault);
	g_free(l);
}

const struct template_set *library_templates(struct library *l, GError **error)
{
	l->templates_tried = true;
	if (!l->templates)
		l->templates = template_files_load(NULL, NULL, error);
	return l->templates;
}

static struct guard_rules *read_guard(GError **error)
{
	g_autoptr(guard_auto) g = guard_create();
	g_autoptr(GPtrArray) files = datafile_all("guard", ".ini", error);
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		if (!guard_add(g, f->name, f->path, f->text, f->length, error))
			return NULL;
	}
	return files ? g_steal_pointer(&g) : NULL;
}

const struct guard_rules *library_guard(struct library *l)
{
	g_autoptr(GError) error = NULL;
	if (l->guard_read)
		return l->guard;
	l->guard_read = true;
	l->guard = read_guard(&error);
	if (error)
		l->guard_fault = text_safe(error->message, -1, TEXT_ONE_LINE);
	return l->guard;
}

const char *library_guard_fault(const struct library *l)
{
	return l->guard_fault;
}

const struct phrases *library_promises(struct library *l)
{
	if (l->promises_tried)
		return l->promises;
	l->promises_tried = true;
	struct datafile *f = datafile_one("promises.ini", NULL);
	if (f) {
		l->promises = phrases_read(PHRASES_PROMISES, f->path, f->text, f->length, NULL);
		datafile_destroy(f);
	}
	return l->promises;
}

struct spell *library_spell(struct library *l)
{
	if (!l->spell)
		l->spell = spell_create();
	return l->spell;
}

bool library_read_ahead(struct library *l)
{
	if (!l->templates_tried)
		library_templates(l, NULL);
	else if (!l->guard_read)
		library_guard(l);
	else if (!l->promises_tried)
		library_promises(l);
	else if (!l->rules_read) {
		/* The dates in canned replies need them. A fault is told where they are used. */
		l->rules_read = true;
		store_rules(l->store, NULL);
	}
	return !l->rules_read;
}
