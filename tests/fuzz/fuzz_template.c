/* SPDX-License-Identifier: MIT */
/* Canned replies: any meta.ini and body is read or refused with a message; what was read fills in every
 * language, and its holes lie where they say. The input is a meta.ini, a line "%%", and the body. */
#include "domain/template.h"

#include <stdint.h>
#include <string.h>

#include "domain/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gint64 later(void *data, gint64 now, char unit, int amount)
{
	return now + amount * G_GINT64_CONSTANT(3600000);
}

static void fill(const struct template_set *set, const struct template *t, enum lang lang)
{
	g_autoptr(GHashTable) texts = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GArray) holes = g_array_new(FALSE, FALSE, sizeof(struct template_hole));
	g_hash_table_insert(texts, (gpointer) "buyer.name", (gpointer) "{{item}}");
	g_hash_table_insert(texts, (gpointer) "item", (gpointer) "Lamp.");
	const struct template_values v = {texts, G_GINT64_CONSTANT(1795442400000), utc, later, NULL};
	g_autofree char *text = template_fill(set, t, lang, &v, holes);
	if ((text == NULL) != (t->bodies[lang] == NULL))
		g_abort();
	for (guint i = 0; i < holes->len; i++) {
		const struct template_hole *h = &g_array_index(holes, struct template_hole, i);
		if (h->at + h->length > strlen(text) || strncmp(text + h->at, "{{", 2) != 0)
			g_abort();
	}
	if (text)
		template_find_holes(text, holes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *all = g_strndup((const char *)data, size);
	char *body = strstr(all, "\n%%\n");
	const struct template_files partial = {.name = "_greeting",
					       .bodies = {"{{#buyer.name}}{{>greeting}}{{/buyer.name}}"}};
	struct template_files f = {.name = "fuzz", .meta_file = "meta.ini", .meta = all};
	if (!body)
		return 0;
	*body = '\0';
	f.meta_length = strlen(all);
	for (int l = 0; l < N_LANGS; l++)
		f.bodies[l] = body + 4;
	g_autoptr(template_set_auto) set = template_set_create();
	g_autoptr(GError) error = NULL;
	if (!template_set_add(set, &partial, NULL))
		g_abort();
	bool read = template_set_add(set, &f, &error);
	if (read == (error != NULL))
		g_abort();
	const struct template *t = template_set_find(set, "fuzz");
	for (int l = 0; t && l < N_LANGS; l++)
		fill(set, t, l);
	return 0;
}
