/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/intl.h"
#include "domain/text.h"
#include "domain/when.h"
#include "store/automation.h"

#include "domain/banned.h"

static void put(GString *out, const char *text)
{
	g_autofree char *safe = text_safe(text, -1, TEXT_ONE_LINE);
	g_string_append(out, safe);
}

/* "give to mei", "tag vip-china". */
static char *effect_words(enum effect_type type, const char *text)
{
	int kind;
	bool known = type == EFFECT_KIND && vocab_find(&KINDS, text, &kind);
	return g_strdup_printf("%s: %s", vocab_title(&EFFECTS, (int)type),
			       known ? vocab_title(&KINDS, kind) : text);
}

static void add_effect(GString *out, enum effect_type type, const char *text)
{
	if (!text)
		return;
	g_autofree char *words = effect_words(type, text);
	g_string_append(out, "   ");
	put(out, words);
	g_string_append_c(out, '\n');
}

/* What a rule may do, whatever the case. */
static void add_rule(GString *out, guint n, const struct automation *a)
{
	g_autofree char *events = automation_events(a), *turn = g_strjoinv(", ", a->in_turn);
	g_string_append_printf(out, "%u. ", n + 1);
	put(out, a->id);
	if (!g_str_equal(a->id, a->title)) {
		g_string_append(out, ": ");
		put(out, a->title);
	}
	g_string_append_printf(out, _("\n   when: %s\n"), events);
	if (*a->query) {
		g_string_append(out, _("   and: "));
		put(out, a->query);
		g_string_append_c(out, '\n');
	}
	g_autofree char *in_turn = *turn ? g_strdup_printf(_("%s, in turn"), turn) : NULL;
	add_effect(out, EFFECT_ASSIGN, a->assign ? a->assign : in_turn);
	add_effect(out, EFFECT_KIND, a->kind >= 0 ? vocab_id(&KINDS, a->kind) : NULL);
	for (int t = 0; a->tags[t]; t++)
		add_effect(out, EFFECT_TAG, a->tags[t]);
	add_effect(out, EFFECT_CLOCK, a->clock);
	add_effect(out, EFFECT_TEMPLATE, a->template);
	add_effect(out, EFFECT_SNOOZE, a->snooze);
	if (a->stop)
		g_string_append(out, _("   then no later rule is asked\n"));
}

static json_t *rule_json(const struct automation *a)
{
	json_t *o = json_object(), *when = json_array(), *turn = json_array(), *tags = json_array();
	if (a->opened)
		json_array_append_new(when, json_string("opened"));
	for (int t = 0; t < N_TRIGGERS; t++) {
		if (a->when >> t & 1)
			json_array_append_new(when, json_string(vocab_id(&TRIGGERS, t)));
	}
	for (int n = 0; a->in_turn[n]; n++)
		json_array_append_new(turn, out_json_text(a->in_turn[n]));
	for (int n = 0; a->tags[n]; n++)
		json_array_append_new(tags, out_json_text(a->tags[n]));
	json_object_set_new(o, "rule", out_json_text(a->id));
	json_object_set_new(o, "title", out_json_text(a->title));
	json_object_set_new(o, "file", out_json_text(a->file));
	json_object_set_new(o, "line", json_integer(a->line));
	json_object_set_new(o, "when", when);
	json_object_set_new(o, "query", out_json_text(a->query));
	json_object_set_new(o, "assign", out_json_text(a->assign));
	json_object_set_new(o, "in_turn", turn);
	json_object_set_new(o, "kind", out_json_text(a->kind >= 0 ? vocab_id(&KINDS, a->kind) : NULL));
	json_object_set_new(o, "tags", tags);
	json_object_set_new(o, "clock", out_json_text(a->clock));
	json_object_set_new(o, "template", out_json_text(a->template));
	json_object_set_new(o, "snooze", out_json_text(a->snooze));
	json_object_set_new(o, "stop", json_boolean(a->stop));
	return o;
}

static void list(const struct automation_set *set, bool json)
{
	g_autoptr(GString) out = g_string_new(NULL);
	json_t *all = json_array();
	for (guint n = 0; n < automation_set_count(set); n++) {
		if (json)
			json_array_append_new(all, rule_json(automation_set_nth(set, n)));
		else
			add_rule(out, n, automation_set_nth(set, n));
	}
	if (json)
		out_json(json_incref(all), "\n");
	else if (!out->len)
		out_text(_("There are no rules. Write them into ~/.config/amends/rules/shop.ini; the shipped "
			   "shop.ini has examples.\n"));
	else
		out_text(out->str);
	json_decref(all);
}

/* --- trying ------------------------------------------------------------------ */

static void add_verdict(GString *out, const struct rule_trial *t, enum trigger trigger)
{
	if (!t->asked)
		g_string_append(out, _("not asked: a rule before it said stop"));
	else if (!t->hears)
		g_string_append_printf(out, _("not for this mail (%s)"),
				       vocab_title(&TRIGGERS, (int)trigger));
	else if (t->misfit) {
		g_string_append(out, _("the case doesn't fit: "));
		put(out, t->misfit);
	} else
		g_string_append(out, _("fires"));
	g_string_append_c(out, '\n');
}

static void add_trial(GString *out, const struct cli *cli, guint n, const struct rule_trial *t,
		      enum trigger trigger)
{
	g_string_append_printf(out, "%u. ", n + 1);
	put(out, t->rule->id);
	g_string_append(out, ": ");
	add_verdict(out, t, trigger);
	for (guint i = 0; t->effects && i < t->effects->len; i++) {
		const struct effect *e = t->effects->pdata[i];
		g_autofree char *until = e->due ? when_stamp(e->due, cli->zone) : NULL;
		g_autofree char *words = effect_words(e->type, until ? until : e->text);
		g_string_append(out, "   ");
		put(out, words);
		if (e->why)
			g_string_append_printf(out, _(" - not done: %s"), e->why);
		g_string_append_c(out, '\n');
	}
}

static json_t *effect_json(const struct effect *e)
{
	json_t *o = json_object();
	json_object_set_new(o, "effect", json_string(vocab_id(&EFFECTS, (int)e->type)));
	json_object_set_new(o, "what", out_json_text(e->text));
	json_object_set_new(o, "until", out_json_time(e->due));
	json_object_set_new(o, "done", json_boolean(!e->why));
	json_object_set_new(o, "why_not", out_json_text(e->why));
	return o;
}

static json_t *trial_json(const struct rules_trial *trial)
{
	json_t *o = json_object(), *rules = json_array();
	json_object_set_new(o, "event", json_string(vocab_id(&TRIGGERS, (int)trial->trigger)));
	json_object_set_new(o, "opened", json_boolean(trial->opened));
	json_object_set_new(o, "at", out_json_time(trial->at));
	for (guint n = 0; n < trial->rules->len; n++) {
		const struct rule_trial *t = trial->rules->pdata[n];
		json_t *r = json_object(), *effects = json_array();
		for (guint i = 0; t->effects && i < t->effects->len; i++)
			json_array_append_new(effects, effect_json(t->effects->pdata[i]));
		json_object_set_new(r, "rule", out_json_text(t->rule->id));
		json_object_set_new(r, "fires", json_boolean(t->effects != NULL));
		json_object_set_new(r, "asked", json_boolean(t->asked));
		json_object_set_new(r, "event_fits", json_boolean(t->hears));
		json_object_set_new(r, "misfit", out_json_text(t->misfit));
		json_object_set_new(r, "effects", effects);
		json_array_append_new(rules, r);
	}
	json_object_set_new(o, "rules", rules);
	return o;
}

static int try_case(struct cli *cli, struct store *s, gint64 id, bool json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(rules_trial_auto) trial = store_rules_test(s, id, cli->now(), &error);
	if (!trial)
		return cli_fault(error);
	if (json) {
		out_json(trial_json(trial), "\n");
		return EXIT_OK;
	}
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *stamp = trial->at ? when_stamp(trial->at, cli->zone) : NULL;
	if (stamp)
		g_string_append_printf(out,
				       _("Case %" PRId64
					 " as it stands now, newest mail: %s, %s%s. Nothing is "
					 "changed.\n"),
				       id, vocab_title(&TRIGGERS, (int)trial->trigger), stamp,
				       trial->opened ? _(", a new case") : "");
	else
		g_string_append_printf(
		    out,
		    _("Case %" PRId64
		      " has no mail that a rule is asked about: automatic mail fires none.\n"),
		    id);
	for (guint n = 0; n < trial->rules->len; n++)
		add_trial(out, cli, n, trial->rules->pdata[n], trial->trigger);
	out_text(out->str);
	return EXIT_OK;
}

int cmd_rules(struct cli *cli, int argc, char **argv)
{
	gboolean json = FALSE;
	gint64 id = 0;
	const GOptionEntry options[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &json, N_("Print JSON: ids, ISO times, raw words"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	if (!command_options(cli, command_find(desk_commands, "rules"), options, &argc, &argv))
		return EXIT_USAGE;
	bool tries = argc == 3 && g_str_equal(argv[1], "test");
	if (argc != 1 && !tries) {
		out_complain(_("say amends rules, or amends rules test CASE"));
		return EXIT_USAGE;
	}
	if (tries && !cli_case_number(argv[2], &id))
		return EXIT_USAGE;
	g_autoptr(store_auto) s = cli_open(cli, tries ? STORE_READ : STORE_WRITE);
	if (!s)
		return EXIT_FAULT;
	int code = EXIT_OK;
	const GPtrArray *faults = store_automation_faults(s);
	for (guint n = 0; n < faults->len; n++)
		out_complain(faults->pdata[n]);
	if (tries)
		code = try_case(cli, s, id, json);
	else
		list(store_automation(s), json);
	int written = out_finish();
	return code != EXIT_OK ? code : faults->len ? EXIT_FAULT : written;
}
