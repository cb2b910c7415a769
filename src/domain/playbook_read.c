/* SPDX-License-Identifier: MIT */
#include "domain/playbook_parts.h"

#include "domain/ini.h"
#include "domain/intl.h"
#include "domain/template.h"

#include <stdlib.h>
#include <string.h>

#include "domain/banned.h"

struct playbook_set {
	struct ini *common; /* NULL before "_common" was added */
	struct playbook *playbooks[N_KINDS];
};

/* A group of a playbook's file; what it doesn't say, the group of that name in _common.ini does. */
struct part {
	const struct ini *own, *common;
	const char *group;
};

static const char *const head_keys[] = {"title",           "rules", "find_out",  "never",    "evidence",
					"cheap",           "dear",  "dear_from", "patience", "remind",
					"remind_evidence", NULL};
static const char *const step_keys[] = {"title", "why",    "template", "records",  "only",  "unless",
					"after", "branch", "waits",    "patience", "until", NULL};
static const char *const fallback_keys[] = {"title", "why", "template", "when", "offers", "records", NULL};

static const char *unknown_group_text(void)
{
	return _("unknown group; there are: playbook, step NAME, find_out NAME, never NAME, fallback");
}

static void step_clear(struct playbook_step *s)
{
	g_free(s->name);
	g_free(s->title);
	g_free(s->why);
	g_strfreev(s->templates);
}

void playbook_destroy(struct playbook *p)
{
	if (!p)
		return;
	char **const lists[] = {p->rules, p->find_out, p->never,          p->cheap,
				p->dear,  p->remind,   p->remind_evidence};
	for (gsize n = 0; n < G_N_ELEMENTS(lists); n++)
		g_strfreev(lists[n]);
	for (guint n = 0; n < p->n_steps; n++)
		step_clear(&p->steps[n]);
	step_clear(&p->fallback);
	g_free(p->title);
	g_free(p->limits);
	g_free(p->steps);
	g_free(p->file);
	g_free(p);
}
typedef struct playbook playbook_auto; /* for g_autoptr only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(playbook_auto, playbook_destroy)

struct playbook_set *playbook_set_create(void)
{
	return g_new0(struct playbook_set, 1);
}

void playbook_set_destroy(struct playbook_set *s)
{
	if (!s)
		return;
	ini_destroy(s->common);
	for (int n = 0; n < N_KINDS; n++)
		playbook_destroy(s->playbooks[n]);
	g_free(s);
}

const struct playbook *playbook_find(const struct playbook_set *s, enum kind kind)
{
	return (int)kind >= 0 && kind < N_KINDS ? s->playbooks[kind] : NULL;
}

/* Where a key stands: in the file itself, else in the common one. */
static const struct ini *place_of(const struct part *p, const char *key)
{
	return ini_line(p->own, p->group, key) || !p->common || !ini_line(p->common, p->group, key)
		   ? p->own
		   : p->common;
}

static char *text_of(const struct part *p, const char *key)
{
	return ini_localised(place_of(p, key), p->group, key);
}

static char *value_of(const struct part *p, const char *key)
{
	return ini_value(place_of(p, key), p->group, key);
}

static char **list_of(const struct part *p, const char *key)
{
	return ini_list(place_of(p, key), p->group, key);
}

/* As ini_fail(), for a text that is finished. */
static bool fail(const struct part *p, const char *key, GError **error, const char *what)
{
	return ini_fail(place_of(p, key), p->group, key, error, "%s", what);
}

static bool fail_word(const struct part *p, const char *key, const char *word, const struct vocabulary *v,
		      GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);
	for (int n = 0; n < v->count; n++)
		g_string_append_printf(known, "%s%s", n ? ", " : "", v->words[n].id);
	g_autofree char *what = g_strdup_printf(_("\"%s\" isn't known; there are: %s"), word, known->str);
	return fail(p, key, error, what);
}

static bool read_bits(const struct part *p, const char *key, const struct vocabulary *v, guint64 *bits,
		      GError **error)
{
	g_auto(GStrv) list = list_of(p, key);
	*bits = 0;
	for (int n = 0, word; list[n]; n++) {
		if (!vocab_find(v, list[n], &word))
			return fail_word(p, key, list[n], v, error);
		*bits |= (guint64)1 << word;
	}
	return true;
}

static bool read_bits_32(const struct part *p, const char *key, const struct vocabulary *v, guint32 *bits,
			 GError **error)
{
	guint64 wide;
	bool ok = read_bits(p, key, v, &wide, error);
	*bits = ok ? (guint32)wide : 0;
	return ok;
}

static bool read_offers(const struct part *p, const char *key, char ***list, GError **error)
{
	guint64 bits;
	*list = list_of(p, key);
	return read_bits(p, key, &OFFERS, &bits, error);
}

static bool read_span(const struct part *p, const char *key, struct span *span, GError **error)
{
	g_autofree char *value = value_of(p, key);
	g_autoptr(GError) fault = NULL;
	return !value || span_parse(value, span, &fault) || fail(p, key, error, fault->message);
}

static bool read_limits(const struct part *p, struct playbook *b, GError **error)
{
	g_auto(GStrv) list = list_of(p, "dear_from");
	b->limits = g_new0(struct money, g_strv_length(list) + 1);
	for (int n = 0; list[n]; n++) {
		struct money *m = &b->limits[b->n_limits++];
		if (!money_parse(list[n], NULL, m) || !*m->currency)
			return fail(p, "dear_from", error,
				    _("these are amounts with their currency and a point, as in: dear_from = "
				      "50.00 EUR; 45.00 GBP"));
	}
	return true;
}

static bool read_branch(const struct part *p, struct playbook_step *s, GError **error)
{
	g_autofree char *value = value_of(p, "branch");
	if (!value || g_str_equal(value, "any"))
		return true;
	s->branch = g_str_equal(value, "cheap") ? BRANCH_CHEAP : BRANCH_DEAR;
	return s->branch == BRANCH_CHEAP || g_str_equal(value, "dear") ||
	       fail(p, "branch", error, _("this is cheap, dear or any"));
}

static bool read_waits(const struct part *p, struct playbook_step *s, GError **error)
{
	g_autofree char *value = value_of(p, "waits");
	int word;
	if (!value)
		return true;
	if (!vocab_find(&PLAYBOOK_WAITS, value, &word))
		return fail_word(p, "waits", value, &PLAYBOOK_WAITS, error);
	s->waits = (enum playbook_wait)word;
	return true;
}

/* `after` names steps above. */
static bool read_after(const struct part *p, const struct playbook *b, struct playbook_step *s,
		       GError **error)
{
	g_auto(GStrv) names = list_of(p, "after");
	for (int n = 0; names[n]; n++) {
		guint i = 0;
		while (i < b->n_steps && !g_str_equal(b->steps[i].name, names[n]))
			i++;
		if (i == b->n_steps)
			return fail(p, "after", error, _("this names a step that doesn't stand above"));
		s->after |= (guint32)1 << i;
	}
	return true;
}

/* The step belongs to `b` as soon as it is begun, so that a fault leaks nothing. */
static bool read_step(const struct part *p, struct playbook *b, GError **error)
{
	if (b->n_steps == PLAYBOOK_STEPS_MAX)
		return fail(p, NULL, error, _("there are too many steps: 24 at most"));
	struct playbook_step *s = &b->steps[b->n_steps];
	bool ok = read_after(p, b, s, error);
	b->n_steps++;
	s->name = g_strdup(p->group + strlen("step "));
	s->title = text_of(p, "title");
	s->why = text_of(p, "why");
	s->templates = list_of(p, "template");
	s->patience = b->patience;
	if (!ok || !ini_only(p->own, p->group, step_keys, error))
		return false;
	if (!s->title || !s->why)
		return fail(p, NULL, error, _("a step needs title and why, here or in _common.ini"));
	if (!read_bits(p, "records", &PLAYBOOK_FACTS, &s->records, error) ||
	    !read_bits(p, "only", &PLAYBOOK_FACTS, &s->only, error) ||
	    !read_bits(p, "unless", &PLAYBOOK_FACTS, &s->unless, error) ||
	    !read_bits(p, "until", &PLAYBOOK_FACTS, &s->until, error))
		return false;
	if (!s->records)
		return fail(p, NULL, error,
			    _("records is missing: the fact by which the step is known to be done"));
	return read_branch(p, s, error) && read_waits(p, s, error) &&
	       read_span(p, "patience", &s->patience, error);
}

/* The texts that a list names: [GROUP NAME] text. */
static bool read_texts(const struct part *p, const char *key, char ***texts, GError **error)
{
	g_auto(GStrv) names = list_of(p, key);
	GPtrArray *found = g_ptr_array_new();
	bool ok = true;
	for (int n = 0; names[n] && ok; n++) {
		g_autofree char *group = g_strdup_printf("%s %s", key, names[n]);
		const struct part q = {p->own, p->common, group};
		char *text = text_of(&q, "text");
		if (text)
			g_ptr_array_add(found, text);
		else {
			g_autofree char *what =
			    g_strdup_printf(_("there is no [%s] with a text, here or in _common.ini"), group);
			ok = fail(p, key, error, what);
		}
	}
	g_ptr_array_add(found, NULL);
	*texts = (char **)g_ptr_array_free(found, false);
	return ok;
}

static bool read_head(const struct part *p, struct playbook *b, GError **error)
{
	if (!ini_only(p->own, p->group, head_keys, error))
		return false;
	b->title = text_of(p, "title");
	b->rules = list_of(p, "rules");
	b->remind = list_of(p, "remind");
	b->remind_evidence = list_of(p, "remind_evidence");
	if (!b->title)
		return fail(p, NULL, error, _("title is missing: the method in a line"));
	return read_bits_32(p, "evidence", &EVIDENCE, &b->evidence, error) &&
	       read_offers(p, "cheap", &b->cheap, error) && read_offers(p, "dear", &b->dear, error) &&
	       read_limits(p, b, error) && read_span(p, "patience", &b->patience, error) &&
	       read_texts(p, "find_out", &b->find_out, error) && read_texts(p, "never", &b->never, error);
}

static bool read_percent(const struct part *p, int *percent, GError **error)
{
	g_autofree char *value = value_of(p, "when");
	char *end = value;
	long n = value ? strtol(value, &end, 10) : 0;
	*percent = (int)n;
	if (!value || (g_str_equal(g_strstrip(end), "%") && n > 0 && n < 100) || g_str_equal(value, "never"))
		return true;
	return fail(p, "when", error,
		    _("this is the share of the clock that is left, as in: when = 25 %; or: never"));
}

static bool read_fallback(const struct part *p, struct playbook *b, GError **error)
{
	struct playbook_step *s = &b->fallback;
	s->name = g_strdup("fallback");
	s->title = text_of(p, "title");
	s->why = text_of(p, "why");
	s->templates = list_of(p, "template");
	if (!s->title || !s->why)
		return fail(p, NULL, error, _("the fallback needs title and why, here or in _common.ini"));
	return ini_only(p->own, p->group, fallback_keys, error) &&
	       read_percent(p, &b->fallback_percent, error) &&
	       read_bits_32(p, "offers", &OFFERS, &b->fallback_offers, error) &&
	       read_bits(p, "records", &PLAYBOOK_FACTS, &s->records, error);
}

static bool read_group(const struct part *p, struct playbook *b, GError **error)
{
	static const char *const text_only[] = {"text", NULL};
	if (g_str_has_prefix(p->group, "step "))
		return read_step(p, b, error);
	if (g_str_has_prefix(p->group, "find_out ") || g_str_has_prefix(p->group, "never "))
		return ini_only(p->own, p->group, text_only, error);
	if (g_str_equal(p->group, "playbook") || g_str_equal(p->group, "fallback"))
		return true;
	return fail(p, NULL, error, unknown_group_text());
}

static struct playbook *read_playbook(const struct ini *own, const struct ini *common, enum kind kind,
				      GError **error)
{
	g_autoptr(playbook_auto) b = g_new0(struct playbook, 1);
	const struct part head = {own, common, "playbook"}, fallback = {own, common, "fallback"};
	b->kind = kind;
	b->file = g_strdup(ini_file(own));
	b->patience = (struct span){SPAN_BUSINESS_DAYS, 2, false};
	b->steps = g_new0(struct playbook_step, PLAYBOOK_STEPS_MAX);
	if (!read_head(&head, b, error) || !read_fallback(&fallback, b, error))
		return NULL;
	g_auto(GStrv) groups = ini_groups(own);
	for (int n = 0; groups[n]; n++) {
		const struct part p = {own, common, groups[n]};
		if (!read_group(&p, b, error))
			return NULL;
	}
	if (!b->n_steps) {
		fail(&head, NULL, error, _("there are no steps: write a [step NAME]"));
		return NULL;
	}
	return g_steal_pointer(&b);
}

/* Names in the common file are looked up when a playbook takes them over; a misspelt key is told here. */
static bool check_common(const struct ini *i, GError **error)
{
	static const char *const text_only[] = {"text", NULL};
	g_auto(GStrv) groups = ini_groups(i);
	for (int n = 0; groups[n]; n++) {
		const char *const *known = NULL;
		if (g_str_has_prefix(groups[n], "step "))
			known = step_keys;
		else if (g_str_has_prefix(groups[n], "find_out ") || g_str_has_prefix(groups[n], "never "))
			known = text_only;
		else if (g_str_equal(groups[n], "playbook"))
			known = head_keys;
		else if (g_str_equal(groups[n], "fallback"))
			known = fallback_keys;
		else
			return ini_fail(i, groups[n], NULL, error, "%s", unknown_group_text());
		if (!ini_only(i, groups[n], known, error))
			return false;
	}
	return true;
}

bool playbook_set_add(struct playbook_set *s, const char *name, const char *file, const char *text,
		      gsize length, GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	int kind;
	if (!i)
		return false;
	if (g_str_equal(name, "_common")) {
		if (!s->common && !check_common(i, error))
			return false;
		if (!s->common)
			s->common = g_steal_pointer(&i);
		return true;
	}
	if (!vocab_find(&KINDS, name, &kind)) {
		g_set_error(
		    error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
		    _("%s: a playbook's file is named for its kind of complaint; there is no kind \"%s\""),
		    file, name);
		return false;
	}
	if (s->playbooks[kind])
		return true;
	s->playbooks[kind] = read_playbook(i, s->common, (enum kind)kind, error);
	return s->playbooks[kind] != NULL;
}

static void add_names(GPtrArray *names, char *const *list)
{
	for (int n = 0; list && list[n]; n++) {
		if (!g_ptr_array_find_with_equal_func(names, list[n], g_str_equal, NULL))
			g_ptr_array_add(names, list[n]);
	}
}

GPtrArray *playbook_templates(const struct playbook *p)
{
	GPtrArray *names = g_ptr_array_new();
	for (guint n = 0; n < p->n_steps; n++)
		add_names(names, p->steps[n].templates);
	if (p->fallback_percent)
		add_names(names, p->fallback.templates);
	add_names(names, p->remind);
	if (p->evidence)
		add_names(names, p->remind_evidence);
	return names;
}
