/* SPDX-License-Identifier: MIT */
#include "ui/library.h"

#include "domain/text.h"
#include "store/guard_files.h"
#include "store/phrase_files.h"
#include "store/playbook_files.h"
#include "store/template_files.h"

#include "domain/banned.h"

struct library {
	struct store *store;
	struct template_set *templates;
	struct guard_rules *guard;
	struct spell *spell;
	struct phrases *promises, *wishes;
	struct playbook_set *playbooks;
	struct metrics *metrics;
	bool guard_read, templates_tried, promises_tried, wishes_tried, playbooks_read, metrics_read,
	    rules_read;
	char *guard_fault, *playbook_fault;
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
	phrases_destroy(l->wishes);
	spell_destroy(l->spell);
	playbook_set_destroy(l->playbooks);
	metrics_destroy(l->metrics);
	g_free(l->guard_fault);
	g_free(l->playbook_fault);
	g_free(l);
}

const struct template_set *library_templates(struct library *l, GError **error)
{
	l->templates_tried = true;
	if (!l->templates)
		l->templates = template_files_load(NULL, NULL, error);
	return l->templates;
}

const struct guard_rules *library_guard(struct library *l)
{
	g_autoptr(GError) error = NULL;
	if (l->guard_read)
		return l->guard;
	l->guard_read = true;
	l->guard = guard_files_load(&error);
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
	if (!l->promises_tried)
		l->promises = phrases_load(PHRASES_PROMISES, NULL);
	l->promises_tried = true;
	return l->promises;
}

const struct phrases *library_wishes(struct library *l)
{
	if (!l->wishes_tried)
		l->wishes = phrases_load(PHRASES_WISHES, NULL);
	l->wishes_tried = true;
	return l->wishes;
}

const struct playbook_set *library_playbooks(struct library *l)
{
	g_autoptr(GError) error = NULL;
	if (l->playbooks_read)
		return l->playbooks;
	l->playbooks_read = true;
	l->playbooks = playbook_files_load(&error);
	if (error)
		l->playbook_fault = text_safe(error->message, -1, TEXT_ONE_LINE);
	return l->playbooks;
}

const struct metrics *library_metrics(struct library *l)
{
	g_autoptr(GError) error = NULL;
	if (l->metrics_read)
		return l->metrics;
	l->metrics_read = true;
	l->metrics = metrics_file_load(&error);
	if (error && !l->playbook_fault)
		l->playbook_fault = text_safe(error->message, -1, TEXT_ONE_LINE);
	return l->metrics;
}

const char *library_playbook_fault(const struct library *l)
{
	return l->playbook_fault;
}

struct spell *library_spell(struct library *l)
{
	if (!l->spell)
		l->spell = spell_create();
	return l->spell;
}

bool library_read_ahead(struct library *l)
{
	if (!l->templates_tried) {
		library_templates(l, NULL);
	} else if (!l->guard_read) {
		library_guard(l);
	} else if (!l->promises_tried) {
		library_promises(l);
	} else if (!l->wishes_tried) {
		library_wishes(l);
	} else if (!l->rules_read) {
		/* The dates in canned replies need them. A fault is told where they are used. */
		l->rules_read = true;
		store_rules(l->store, NULL);
	} else if (!l->playbooks_read) {
		library_playbooks(l);
	} else {
		library_metrics(l);
	}
	return !l->metrics_read;
}
