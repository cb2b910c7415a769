/* SPDX-License-Identifier: MIT */
#include "store/platform_facts.h"

#include "domain/ini.h"
#include "domain/intl.h"
#include "store/datafile.h"
#include "store/sender.h"

#include <string.h>

#include "domain/banned.h"

void platform_facts_destroy(struct platform_facts *f)
{
	if (!f)
		return;
	g_free(f->page);
	g_free(f);
}

bool platform_page_is_sound(const char *page)
{
	if (!g_str_has_prefix(page, "https://") || !g_ascii_isalnum(page[strlen("https://")]))
		return false;
	for (const char *p = page; *p; p++) {
		if (!g_ascii_isgraph(*p) || strchr("<>\"`\\^|", *p))
			return false;
		if (*p == '{' && !g_str_has_prefix(p, "{order}") && !g_str_has_prefix(p, "{case}"))
			return false;
	}
	return true;
}

static bool read_facts(const struct ini *i, struct platform_facts *f, GError **error)
{
	g_autofree char *answer = ini_value(i, "platform", "answer");
	int method = SEND_MAIL;
	if (answer && !vocab_find(&SEND_METHODS, answer, &method))
		return ini_fail(i, "platform", "answer", error, _("\"%s\": write mail or hand"), answer);
	f->answer = method;
	f->page = ini_value(i, "platform", "page");
	if (f->page && !platform_page_is_sound(f->page))
		return ini_fail(
		    i, "platform", "page", error,
		    _("\"%s\": write an address that begins https://; {order} and {case} may stand in it"),
		    f->page);
	return true;
}

/* NULL without *error if there is none. */
static struct datafile *find_file(const char *platform, GError **error)
{
	if (strchr(platform, '/') || *platform == '.')
		return NULL;
	g_autofree char *name = g_strconcat("platforms/", platform, ".ini", NULL);
	g_autoptr(GError) fault = NULL;
	struct datafile *f = datafile_one(name, &fault);
	if (!f && !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		g_propagate_error(error, g_steal_pointer(&fault));
	return f;
}

struct platform_facts *platform_facts_load(const char *platform, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(platform_facts_auto) facts = g_new0(struct platform_facts, 1);
	struct datafile *f = find_file(platform, &fault);
	g_autoptr(ini_auto) i = f ? ini_parse(f->path, f->text, f->length, &fault) : NULL;
	if (f)
		datafile_destroy(f);
	if (!fault && (!i || read_facts(i, facts, &fault)))
		return g_steal_pointer(&facts);
	g_propagate_error(error, g_steal_pointer(&fault));
	return NULL;
}

bool platform_method(struct store *s, const struct platform_facts *f, gint64 case_id,
		     enum send_method *method, GError **error)
{
	bool takes = false;
	if (f->answer == SEND_MAIL && !case_takes_mail(s, case_id, &takes, error))
		return false;
	*method = takes ? SEND_MAIL : SEND_HAND;
	return true;
}

char *platform_page(const struct platform_facts *f, const char *order, const char *case_no)
{
	const struct {
		const char *mark, *value;
	} parts[] = {{"{order}", order}, {"{case}", case_no}};
	if (!f->page)
		return NULL;
	g_autoptr(GString) out = g_string_new(f->page);
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		if (!strstr(out->str, parts[i].mark))
			continue;
		if (!parts[i].value || !*parts[i].value)
			return NULL;
		/* Encoded numbers hold no brace, so the second round can't meet a mark that the first put in.
		 */
		g_autofree char *encoded = g_uri_escape_string(parts[i].value, NULL, false);
		g_string_replace(out, parts[i].mark, encoded, 0);
	}
	return g_string_free(g_steal_pointer(&out), false);
}
