/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/out.h"
#include "domain/guard.h"
#include "domain/intl.h"
#include "domain/playbook.h"
#include "domain/promise.h"
#include "domain/rules.h"
#include "domain/stake.h"
#include "ingest/platform.h"
#include "store/automation.h"
#include "store/datafile.h"
#include "store/shop_file.h"
#include "store/template_files.h"

#include "domain/banned.h"

struct check {
	guint files, faults, examples;
	bool quiet; /* read for what it holds: its faults are told elsewhere */
};

static void tell(struct check *c, const char *message)
{
	c->faults++;
	if (!c->quiet)
		out_complain(message);
}

typedef bool adder(struct ruleset *, const char *, const char *, const char *, gsize, GError **);

/* Every file of a folder: a fault in one doesn't hide the next one's. */
static void check_rules(struct check *c, struct ruleset *r, const char *folder, adder *add)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files = datafile_all(folder, ".ini", &error);
	if (!files) {
		tell(c, error->message);
		return;
	}
	for (guint i = 0; i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		g_autoptr(GError) fault = NULL;
		c->files++;
		if (!add(r, f->name, f->path, f->text, f->length, &fault))
			tell(c, fault->message);
	}
}

static void check_clocks(struct check *c)
{
	g_autoptr(ruleset_auto) r = ruleset_create();
	g_autoptr(GError) error = NULL;
	guint count = 0;
	check_rules(c, r, "calendars", ruleset_add_calendar);
	check_rules(c, r, "clocks", ruleset_add_clocks);
	if (!ruleset_check_examples(r, &count, &error))
		tell(c, error->message);
	c->examples += count;
}

/* The platforms' files build on one another (kinds.ini holds the words of all), so they are read as one. */
static void check_platforms(struct check *c)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files = datafile_all("platforms", ".ini", NULL);
	g_autoptr(platforms_auto) p = platforms_load(&error);
	guint count = 0;
	c->files += files ? files->len : 0;
	if (!p || !platforms_check_examples(p, &count, &error))
		tell(c, error->message);
	c->examples += count;
}

static void template_fault(const char *message, void *data)
{
	tell(data, message);
}

/* Every reply parses; one whose source was changed since a body was written is told as a fault of that body.
 */
static void check_templates(struct check *c)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(template_set_auto) set = template_files_load(template_fault, c, &error);
	if (!set)
		tell(c, error->message);
	for (guint i = 0; set && i < template_set_count(set); i++) {
		const struct template *t = template_set_nth(set, i);
		c->files++;
		for (int l = 0; t->title && l < N_LANGS; l++) {
			if (!template_is_stale(t, l))
				continue;
			g_autofree char *line = g_strdup_printf(
			    t->bodies[l] ? _("%s: %s.txt renders an older en.txt: bring it up to date, then "
					     "raise its number under [bodies]")
					 : _("%s: %s.txt is missing"),
			    t->file, LANGS.words[l].id);
			tell(c, line);
		}
	}
}

/* Every template that a playbook names must be there. */
static void check_playbook(struct check *c, const struct playbook *p, const struct template_set *templates)
{
	g_autoptr(GPtrArray) names = playbook_templates(p);
	for (guint n = 0; n < names->len; n++) {
		if (template_set_find(templates, names->pdata[n]))
			continue;
		g_autofree char *line = g_strdup_printf(_("%s: there is no canned reply \"%s\""), p->file,
							(const char *)names->pdata[n]);
		tell(c, line);
	}
}

static void check_playbooks(struct check *c)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(playbook_set_auto) set = playbook_set_create();
	g_autoptr(template_set_auto) templates = template_files_load(NULL, NULL, NULL);
	g_autoptr(GPtrArray) files = datafile_all("playbooks", ".ini", &error);
	if (!files)
		tell(c, error->message);
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		g_autoptr(GError) fault = NULL;
		c->files++;
		if (!playbook_set_add(set, f->name, f->path, f->text, f->length, &fault))
			tell(c, fault->message);
	}
	for (int k = 0; k < N_KINDS && templates; k++) {
		const struct playbook *p = playbook_find(set, (enum kind)k);
		if (p)
			check_playbook(c, p, templates);
	}
}

/* What a rule names must be there. Whether a login is anybody's only the store knows: that is said, not
 * counted as a fault. */
static void check_names(struct check *c, const struct automation *a, const struct ruleset *clocks,
			const struct template_set *templates)
{
	if (a->template && templates && !template_set_find(templates, a->template)) {
		g_autofree char *line = g_strdup_printf(_("%s:%d: there is no canned reply \"%s\""), a->file,
							a->line, a->template);
		tell(c, line);
	}
	if (a->clock && !ruleset_find(clocks, a->clock)) {
		g_autofree char *line = g_strdup_printf(_("%s:%d: there is no clock \"%s\"; it is a file's "
							  "name of data/clocks, a dot and a group, as in: "
							  "shop.first-answer"),
							a->file, a->line, a->clock);
		tell(c, line);
	}
}

static void warn_of_person(const struct automation *a, const char *login, const GPtrArray *known)
{
	if (!known || !known->len ||
	    g_ptr_array_find_with_equal_func((GPtrArray *)known, login, g_str_equal, NULL))
		return;
	g_autofree char *line =
	    g_strdup_printf(_("%s:%d: warning: nobody has worked as \"%s\" so far"), a->file, a->line, login);
	out_complain(line);
}

static void check_persons(const struct automation *a, const GPtrArray *known)
{
	if (a->assign)
		warn_of_person(a, a->assign, known);
	for (int n = 0; a->in_turn[n]; n++)
		warn_of_person(a, a->in_turn[n], known);
}

/* The logins of the store, if there is one. */
static GPtrArray *persons(struct cli *cli)
{
	g_autofree char *path = cli->db ? g_strdup(cli->db) : store_default_path();
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return NULL;
	g_autoptr(store_auto) s = store_open(path, STORE_READ, NULL);
	return s ? store_words(s, "who", NULL) : NULL;
}

static void check_rule_examples(struct check *c, const struct automation_set *set)
{
	g_autoptr(GError) error = NULL;
	guint count = 0;
	if (!automation_check_examples(set, &count, &error))
		tell(c, error->message);
	c->examples += count;
}

static void check_automation(struct check *c, struct cli *cli)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(automation_set_auto) set = automation_set_create();
	g_autoptr(ruleset_auto) clocks = ruleset_create();
	g_autoptr(template_set_auto) templates = template_files_load(NULL, NULL, NULL);
	g_autoptr(GPtrArray) files = datafile_all("rules", ".ini", &error);
	g_autoptr(GPtrArray) known = persons(cli);
	struct check quiet = {.quiet = true};
	check_rules(&quiet, clocks, "calendars", ruleset_add_calendar);
	check_rules(&quiet, clocks, "clocks", ruleset_add_clocks);
	if (!files)
		tell(c, error->message);
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		g_autoptr(GError) fault = NULL;
		c->files++;
		if (!automation_set_add(set, f->name, f->path, f->text, f->length, &fault))
			tell(c, fault->message);
	}
	for (guint n = 0; n < automation_set_count(set); n++) {
		check_names(c, automation_set_nth(set, n), clocks, templates);
		check_persons(automation_set_nth(set, n), known);
	}
	check_rule_examples(c, set);
}

static void check_metrics(struct check *c)
{
	g_autoptr(GError) error = NULL;
	struct datafile *f = datafile_one("metrics.ini", &error);
	g_autoptr(metrics_auto) m = f ? metrics_parse(f->path, f->text, f->length, &error) : NULL;
	c->files++;
	if (!m)
		tell(c, error->message);
	if (f)
		datafile_destroy(f);
}

static void check_guard(struct check *c)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(guard_auto) g = guard_create();
	g_autoptr(GPtrArray) files = datafile_all("guard", ".ini", &error);
	guint count = 0;
	for (guint i = 0; files && i < files->len; i++) {
		const struct datafile *f = files->pdata[i];
		g_autoptr(GError) fault = NULL;
		c->files++;
		if (!guard_add(g, f->name, f->path, f->text, f->length, &fault))
			tell(c, fault->message);
	}
	if (!files || !guard_check_examples(g, &count, &error))
		tell(c, error->message);
	c->examples += count;
}

static void check_phrases(struct check *c, enum phrases_of of, const char *name)
{
	g_autoptr(GError) error = NULL;
	guint count = 0;
	struct datafile *f = datafile_one(name, &error);
	g_autoptr(phrases_auto) p = f ? phrases_read(of, f->path, f->text, f->length, &error) : NULL;
	c->files += f != NULL;
	if (!p || !phrases_check_examples(p, &count, &error))
		tell(c, error->message);
	c->examples += count;
	if (f)
		datafile_destroy(f);
}

static void check_shop(struct check *c)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(shop_auto) shop = shop_load(&error);
	c->files++;
	if (!shop)
		tell(c, error->message);
}

int cmd_check(struct cli *cli, int argc, char **argv)
{
	struct check c = {0};
	if (!command_options(cli, command_find(mail_commands, "check"), NULL, &argc, &argv))
		return EXIT_USAGE;
	check_clocks(&c);
	check_shop(&c);
	check_guard(&c);
	check_phrases(&c, PHRASES_PROMISES, "promises.ini");
	check_phrases(&c, PHRASES_WISHES, "wishes.ini");
	check_platforms(&c);
	check_templates(&c);
	check_playbooks(&c);
	check_automation(&c, cli);
	check_metrics(&c);
	g_autofree char *line =
	    g_strdup_printf(_("%u data files, %u examples, %u faults\n"), c.files, c.examples, c.faults);
	out_text(line);
	int written = out_finish();
	return c.faults ? EXIT_FAULT : written;
}
