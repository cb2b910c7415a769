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
#include "store/datafile.h"
#include "store/shop_file.h"
#include "store/template_files.h"

#include "domain/banned.h"

struct check {
	guint files, faults, examples;
};

static void tell(struct check *c, const char *message)
{
	c->faults++;
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
	check_metrics(&c);
	g_autofree char *line =
	    g_strdup_printf(_("%u data files, %u examples, %u faults\n"), c.files, c.examples, c.faults);
	out_text(line);
	int written = out_finish();
	return c.faults ? EXIT_FAULT : written;
}
