/* SPDX-License-Identifier: MIT */
#include "domain/automation.h"

#include "domain/intl.h"
#include "domain/tag.h"
#include "domain/when_parse.h"

#include "domain/banned.h"

static const struct word effects[N_EFFECTS] = {
    [EFFECT_ASSIGN] = {"assign", N_("give to"), NULL},
    [EFFECT_KIND] = {"kind", N_("kind"), NULL},
    [EFFECT_SNOOZE] = {"snooze", N_("snooze"), NULL},
    [EFFECT_TEMPLATE] = {"template", N_("prepare the reply"), NULL},
    [EFFECT_TAG] = {"tag", N_("tag"), NULL},
    [EFFECT_CLOCK] = {"clock", N_("start the clock"), NULL},
};
const struct vocabulary EFFECTS = {"effect", effects, N_EFFECTS};

char *automation_events(const struct automation *a)
{
	GString *out = g_string_new(a->opened ? _("new case") : "");
	for (int t = 0; t < N_TRIGGERS; t++) {
		if (a->when >> t & 1)
			g_string_append_printf(out, "%s%s", out->len ? ", " : "", vocab_title(&TRIGGERS, t));
	}
	return g_string_free(out, false);
}

void automation_facts_init(struct automation_facts *f)
{
	*f = (struct automation_facts){
	    .open = true,
	    .tags = g_ptr_array_new_with_free_func(g_free),
	    .refused = g_ptr_array_new_with_free_func(g_free),
	    .clocks = g_ptr_array_new_with_free_func(g_free),
	};
}

void automation_facts_clear(struct automation_facts *f)
{
	g_free(f->assignee);
	g_free(f->prepared);
	g_clear_pointer(&f->tags, g_ptr_array_unref);
	g_clear_pointer(&f->refused, g_ptr_array_unref);
	g_clear_pointer(&f->clocks, g_ptr_array_unref);
}

static void effect_destroy(gpointer data)
{
	struct effect *e = data;
	g_free(e->text);
	g_free(e);
}

static struct effect *add(GPtrArray *out, enum effect_type type, const char *text, const char *why)
{
	struct effect *e = g_new0(struct effect, 1);
	*e = (struct effect){.type = type, .text = g_strdup(text), .why = why};
	g_ptr_array_add(out, e);
	return e;
}

static bool holds(const GPtrArray *list, const char *text)
{
	return g_ptr_array_find_with_equal_func((GPtrArray *)list, text, g_str_equal, NULL);
}

static const char *next_in_turn(char *const *logins, const char *last)
{
	for (int n = 0; last && logins[n]; n++) {
		if (g_str_equal(logins[n], last) && logins[n + 1])
			return logins[n + 1];
	}
	return logins[0];
}

static void assign(GPtrArray *out, const struct automation *a, const char *last, struct automation_facts *f)
{
	const char *login = a->assign ? a->assign : next_in_turn(a->in_turn, last);
	if (!login)
		return;
	struct effect *e = add(out, EFFECT_ASSIGN, login, f->assignee ? _("somebody has the case") : NULL);
	e->in_turn = !a->assign;
	if (!e->why)
		f->assignee = g_strdup(login);
}

static void set_kind(GPtrArray *out, const struct automation *a, struct automation_facts *f)
{
	if (a->kind < 0)
		return;
	const char *why = f->kind_by_person               ? _("a person set the kind")
			  : f->kind == (enum kind)a->kind ? _("it is so already")
							  : NULL;
	add(out, EFFECT_KIND, vocab_id(&KINDS, a->kind), why);
	if (!why)
		f->kind = (enum kind)a->kind;
}

static void snooze(GPtrArray *out, const struct automation *a, struct automation_facts *f)
{
	gint64 due = 0;
	if (!a->snooze)
		return;
	bool reads = when_parse(a->snooze, f->at, f->zone, &due, NULL) && due > f->now;
	const char *why = !f->open     ? _("the case is closed")
			  : f->snoozed ? _("it is snoozed already")
			  : !reads     ? _("the time is over")
				       : NULL;
	add(out, EFFECT_SNOOZE, a->snooze, why)->due = due;
	f->snoozed |= !why;
}

static void tag(GPtrArray *out, const char *name, struct automation_facts *f)
{
	g_autofree char *folded = tag_fold(name);
	const char *why = holds(f->refused, folded) ? _("a person took it off")
			  : holds(f->tags, folded)  ? _("it is so already")
						    : NULL;
	add(out, EFFECT_TAG, name, why);
	if (!why)
		g_ptr_array_add(f->tags, g_steal_pointer(&folded));
}

static void start_clock(GPtrArray *out, const struct automation *a, struct automation_facts *f)
{
	if (!a->clock)
		return;
	const char *why = !f->open                     ? _("the case is closed")
			  : holds(f->clocks, a->clock) ? _("it runs already")
						       : NULL;
	add(out, EFFECT_CLOCK, a->clock, why);
	if (!why)
		g_ptr_array_add(f->clocks, g_strdup(a->clock));
}

static void prepare(GPtrArray *out, const struct automation *a, struct automation_facts *f)
{
	if (!a->template)
		return;
	const char *why = g_strcmp0(a->template, f->prepared) == 0 ? _("it is so already") : NULL;
	add(out, EFFECT_TEMPLATE, a->template, why);
	if (!why) {
		g_free(f->prepared);
		f->prepared = g_strdup(a->template);
	}
}

GPtrArray *automation_effects(const struct automation *a, const char *last, struct automation_facts *f)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(effect_destroy);
	assign(out, a, last, f);
	set_kind(out, a, f);
	for (int n = 0; a->tags[n]; n++)
		tag(out, a->tags[n], f);
	start_clock(out, a, f);
	prepare(out, a, f);
	snooze(out, a, f);
	return out;
}
