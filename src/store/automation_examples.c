/* SPDX-License-Identifier: MIT */
/* Each example becomes a true case in an empty store, which the rule's query is put to, and is rolled back.
 */
#include "store/automation.h"

#include "domain/automation_example.h"
#include "domain/days.h"
#include "domain/intl.h"
#include "store/act_write.h"
#include "store/filter.h"
#include "store/index.h"
#include "store/ingest.h"

#include <glib/gstdio.h>
#include <string.h>

#include "domain/banned.h"

#define THEN G_GINT64_CONSTANT(1795442400000) /* the day of all examples: 2026-11-23 14:00 UTC */
#define NOBODY "example"

static const char *fact(const struct automation_example *e, enum example_fact f, const char *otherwise)
{
	return e->facts[f] ? e->facts[f] : otherwise;
}

static int word(const struct automation_example *e, enum example_fact f, const struct vocabulary *v,
		int otherwise)
{
	int n = otherwise;
	if (e->facts[f])
		vocab_find(v, e->facts[f], &n);
	return n;
}

static enum trigger event_of(const struct automation *a, const struct automation_example *e)
{
	return (enum trigger)word(e, EXAMPLE_EVENT, &TRIGGERS,
				  a->when ? __builtin_ctzll(a->when) : TRIGGER_BUYER_MESSAGE);
}

static struct incoming *mail_of(const struct automation *a, const struct automation_example *e)
{
	struct incoming *m = incoming_create();
	m->message_id = g_strdup("example@amends.example");
	m->content_hash = g_strdup("example");
	m->platform = g_strdup(fact(e, EXAMPLE_PLATFORM, "mail"));
	m->platform_name = g_strdup(m->platform);
	m->trigger = event_of(a, e);
	m->kind = (enum kind)word(e, EXAMPLE_KIND, &KINDS, KIND_OTHER);
	m->side = m->trigger == TRIGGER_OUR_MESSAGE ? SIDE_US : SIDE_BUYER;
	m->alias = g_strdup("buyer@amends.example");
	m->buyer_name = g_strdup(fact(e, EXAMPLE_BUYER, "Anna Berg"));
	m->from = g_strdup_printf("%s <%s>", m->buyer_name, m->alias);
	m->order_no = g_strdup(e->facts[EXAMPLE_ORDER]);
	m->lang = g_strdup(e->facts[EXAMPLE_LANG]);
	m->sent = THEN;
	m->subject = g_strdup(fact(e, EXAMPLE_SUBJECT, ""));
	m->text = g_strdup(fact(e, EXAMPLE_TEXT, ""));
	m->source = g_bytes_new(m->text, strlen(m->text));
	m->origin = g_strdup("example");
	if (e->facts[EXAMPLE_VALUE])
		money_parse(e->facts[EXAMPLE_VALUE], NULL, &m->amount);
	return m;
}

/* What isn't in a mail was done by a person. */
static bool do_acts(struct store *s, const struct automation_example *e, gint64 id, GError **error)
{
	static const struct {
		enum example_fact fact;
		enum act_type act;
	} acts[] = {{EXAMPLE_STATUS, ACT_STATUS}, {EXAMPLE_WHO, ACT_ASSIGN}, {EXAMPLE_TAG, ACT_TAG}};
	for (gsize n = 0; n < G_N_ELEMENTS(acts); n++) {
		struct act a = {
		    .type = acts[n].act, .cases = &id, .count = 1, .text = e->facts[acts[n].fact]};
		struct acted r;
		if (a.text && !act_write(s, NOBODY, &a, THEN, &r, error))
			return false;
	}
	return true;
}

static bool fires(struct store *s, const struct automation *a, const struct automation_example *e, bool *yes,
		  GError **error)
{
	g_autoptr(incoming_auto) m = mail_of(a, e);
	struct ingested stored = {0};
	struct inbox_request q = {.query = a->query, .now = THEN, .day_end = THEN + DAY_MS, .me = ""};
	bool opened = g_strcmp0(e->facts[EXAMPLE_OPENED], "no") != 0;
	*yes = false;
	if (!ingest_one(s, m, 0, THEN, &stored, NULL, error))
		return false;
	/* A mail that comes to no case fires nothing. */
	if (!stored.case_id || !automation_hears(a, m->trigger, opened))
		return true;
	*yes = true;
	return do_acts(s, e, stored.case_id, error) && index_flush(s, error) &&
	       (!*a->query || filter_fits(s, &q, stored.case_id, yes, error));
}

/* Nothing stays. */
static bool try_one(struct store *s, const struct automation *a, const struct automation_example *e,
		    bool *yes, GError **error)
{
	if (!sql_begin(s, error))
		return false;
	bool ok = fires(s, a, e, yes, error);
	sql_end(s, false, NULL);
	g_hash_table_remove_all(s->platforms); /* their rows went with the rollback */
	return ok;
}

static bool check_rule(struct store *s, const struct automation *a, guint *count, GError **error)
{
	for (guint n = 0; n < a->examples->len; n++) {
		const struct automation_example *e = a->examples->pdata[n];
		bool yes;
		if (!try_one(s, a, e, &yes, error))
			return false;
		++*count;
		if (yes == e->match)
			continue;
		g_set_error(error, STORE_ERROR, STORE_ERROR_REFUSED, "%s:%d: %s: %s: %s", a->file, e->line,
			    a->id, e->key,
			    e->match ? _("the rule doesn't fire on this example")
				     : _("the rule fires on this example, which it is to pass by"));
		return false;
	}
	return true;
}

static bool check_all(const char *path, const struct automation_set *set, guint *count, GError **error)
{
	g_autoptr(store_auto) s = store_open(path, STORE_WRITE, error);
	bool ok = s && store_rules(s, error) && index_prepare(s, error);
	for (guint n = 0; ok && n < automation_set_count(set); n++)
		ok = check_rule(s, automation_set_nth(set, n), count, error);
	return ok;
}

static void remove_folder(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_unlink(path);
	}
	g_rmdir(folder);
}

static bool has_examples(const struct automation_set *set)
{
	const struct automation *a;
	for (guint n = 0; (a = automation_set_nth(set, n)); n++) {
		if (a->examples->len)
			return true;
	}
	return false;
}

bool automation_check_examples(const struct automation_set *set, guint *count, GError **error)
{
	*count = 0;
	if (!has_examples(set))
		return true;
	g_autofree char *folder = g_dir_make_tmp("amends-check-XXXXXX", error);
	g_autofree char *path = folder ? g_build_filename(folder, "desk.db", NULL) : NULL;
	bool ok = folder && check_all(path, set, count, error);
	if (folder)
		remove_folder(folder);
	return ok;
}
