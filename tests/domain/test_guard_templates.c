/* SPDX-License-Identifier: MIT */
/* Every shipped reply, filled in, passes the guard without a block or a warning. */
#include "domain/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "domain/template.h"

#include "domain/banned.h"

#define NOW G_GINT64_CONSTANT(1795192200000)

static char *data_path(const char *folder, const char *name, const char *file)
{
	return g_build_filename(g_getenv("AMENDS_DATA"), folder, name, file, NULL);
}

static struct guard_rules *load_guard(void)
{
	g_autofree char *folder = data_path("guard", NULL, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	struct guard_rules *g = guard_create();
	assert_non_null(dir);
	g_ptr_array_add(names, g_strdup("_words.ini"));
	for (const char *name; (name = g_dir_read_name(dir));)
		if (*name != '_')
			g_ptr_array_add(names, g_strdup(name));
	for (guint n = 0; n < names->len; n++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = data_path("guard", names->pdata[n], NULL), *text = NULL;
		g_autofree char *stem = g_strndup(names->pdata[n], strlen(names->pdata[n]) - strlen(".ini"));
		gsize length = 0;
		assert_true(g_file_get_contents(path, &text, &length, NULL));
		if (!guard_add(g, stem, path, text, length, &error))
			fail_msg("%s", error->message);
	}
	assert_true(names->len > 8);
	return g;
}

static void add_template(struct template_set *s, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *meta_file = data_path("../templates", name, "meta.ini"), *meta = NULL;
	char *bodies[N_LANGS] = {NULL};
	struct template_files f = {.name = name, .meta_file = meta_file};
	g_file_get_contents(meta_file, &meta, &f.meta_length, NULL);
	f.meta = meta;
	for (int l = 0; l < N_LANGS; l++) {
		g_autofree char *file = g_strconcat(vocab_id(&LANGS, l), ".txt", NULL);
		g_autofree char *path = data_path("../templates", name, file);
		g_file_get_contents(path, &bodies[l], NULL, NULL);
		f.bodies[l] = bodies[l];
	}
	if (!template_set_add(s, &f, &error))
		fail_msg("%s", error->message);
	for (int l = 0; l < N_LANGS; l++)
		g_free(bodies[l]);
}

static gint64 later(void *data, gint64 now, char unit, int amount)
{
	return now + amount * (unit == 'h' ? G_GINT64_CONSTANT(3600000) : G_GINT64_CONSTANT(86400000));
}

static bool is_for(const struct template *t, const char *platform)
{
	struct template_case c = {.kind = KIND_QUESTION, .status = STATUS_SOLVED, .platform = platform};
	for (int kind = 0; kind < N_KINDS; kind++) {
		c.kind = (enum kind)kind;
		if (template_fit(t, &c) > 0)
			return true;
	}
	return false;
}

static void check_body(const struct guard_rules *g, const struct template *t, enum lang lang,
		       const char *text)
{
	static const char *const platforms[] = {"ebay", "amazon", "etsy"};
	const struct guard_case facts = {
	    .status = STATUS_OURS,
	    .done = g_str_equal(t->when, "solved"),
	    .content = g_str_equal(t->when, "solved") && t->stage == STAGE_REVIEW,
	    .kind = KIND_QUESTION,
	    .buyer_lang_known = true,
	    .buyer_lang = lang,
	    .buyer_name = "Anna Berg",
	    .order = "12-34567-89012",
	    .wish_known = true,
	    .attachments = 1,
	};
	for (gsize p = 0; p < G_N_ELEMENTS(platforms); p++) {
		if (!is_for(t, platforms[p]))
			continue;
		struct guard_draft draft = {text, true, lang, platforms[p], &facts};
		g_autoptr(GPtrArray) findings = guard_read(g, &draft);
		for (guint n = 0; n < findings->len; n++) {
			const struct guard_finding *f = findings->pdata[n];
			if (f->severity != GUARD_HINT)
				fail_msg("%s/%s on %s: %s: %.*s", t->name, vocab_id(&LANGS, lang),
					 platforms[p], f->rule->id, (int)f->length, text + f->at);
		}
	}
}

/* How many there are. */
static guint check_bodies(const struct guard_rules *g, const struct template_set *s,
			  const struct template_values *values)
{
	guint bodies = 0;
	for (guint n = 0; n < template_set_count(s); n++) {
		const struct template *t = template_set_nth(s, n);
		for (int l = 0; l < N_LANGS && t->title; l++) {
			g_autofree char *text = template_fill(s, t, (enum lang)l, values, NULL);
			if (!text)
				continue;
			check_body(g, t, (enum lang)l, text);
			bodies++;
		}
	}
	return bodies;
}

static void test_templates(void **state)
{
	g_autoptr(guard_auto) g = load_guard();
	g_autoptr(template_set_auto) s = template_set_create();
	g_autofree char *folder = data_path("../templates", NULL, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GHashTable) texts = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	struct template_values values = {texts, NOW, zone, later, NULL};
	assert_non_null(dir);
	for (const char *name; (name = g_dir_read_name(dir));)
		add_template(s, name);
	for (guint n = 0; template_name_nth(n); n++)
		g_hash_table_insert(texts, (gpointer)template_name_nth(n)->name, (gpointer) "12");
	g_hash_table_insert(texts, (gpointer) "buyer.name", (gpointer) "Anna Berg");
	g_hash_table_insert(texts, (gpointer) "order.number", (gpointer) "12-34567-89012");
	guint bodies = check_bodies(g, s, &values);
	assert_true(bodies >= 48 * N_LANGS);
	/* And as long as nothing was done. */
	static const char *const done[] = {"refund", "refunded", "decided"};
	for (gsize n = 0; n < G_N_ELEMENTS(done); n++)
		assert_true(g_hash_table_remove(texts, done[n]));
	assert_int_equal(check_bodies(g, s, &values), bodies);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_templates)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
