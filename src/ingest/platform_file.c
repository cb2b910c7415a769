/* SPDX-License-Identifier: MIT */
#include "ingest/platform_file.h"

#include "domain/intl.h"
#include "store/platform_facts.h"

#include <string.h>

#include "domain/banned.h"

static const char *const platform_keys[] = {"name", "domains",  "headers", "charsets", "place_header",
					    "zone", "currency", "places",  "handles",  "answer",
					    "page", "source",   "checked", "sure",     NULL};
static const char *const field_keys[] = {"address#", "name#", "subject#", "body#", NULL};
static const char *const look_stems[N_LOOKS] = {"address", "name", "subject", "body"};
static const char *const rule_keys[] = {"header#",
					"from",
					"subject#",
					"body#",
					"trigger",
					"side",
					"kind",
					"kind_else",
					"automatic",
					"source",
					"checked",
					"sure",
					"example#",
					"example_from#",
					"example_body#",
					"example_header#",
					"example_expect#",
					"not#",
					"not_from#",
					"not_body#",
					"not_header#",
					NULL};

static void place_clear(struct place *p)
{
	g_free(p->key);
	g_clear_pointer(&p->zone, g_time_zone_unref);
}

static void place_destroy(gpointer at)
{
	place_clear(at);
	g_free(at);
}

static void header_test_destroy(gpointer at)
{
	struct header_test *h = at;
	g_free(h->name);
	pattern_destroy(h->value);
	g_free(h);
}

static void example_destroy(gpointer at)
{
	struct example *e = at;
	g_free(e->key);
	g_free(e->subject);
	g_free(e->from);
	g_free(e->body);
	g_free(e->header);
	g_free(e->expect);
	g_free(e);
}

static GPtrArray *patterns_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)pattern_destroy);
}

static void rule_destroy(gpointer at)
{
	struct rule *r = at;
	if (!r)
		return;
	g_free(r->name);
	g_strfreev(r->from);
	g_clear_pointer(&r->headers, g_ptr_array_unref);
	g_clear_pointer(&r->subjects, g_ptr_array_unref);
	g_clear_pointer(&r->bodies, g_ptr_array_unref);
	g_clear_pointer(&r->examples, g_ptr_array_unref);
	g_free(r);
}

void platform_destroy(struct platform *p)
{
	if (!p)
		return;
	g_free(p->id);
	g_free(p->name);
	g_free(p->file);
	g_strfreev(p->domains);
	g_strfreev(p->headers);
	g_strfreev(p->charsets);
	g_free(p->place_header);
	place_clear(&p->home);
	g_clear_pointer(&p->places, g_ptr_array_unref);
	for (int l = 0; l < N_LOOKS; l++)
		g_clear_pointer(&p->looks[l], g_ptr_array_unref);
	g_clear_pointer(&p->rules, g_ptr_array_unref);
	g_free(p);
}

static bool read_currency(const struct ini *i, const char *key, const char *text, char currency[4],
			  GError **error)
{
	if (!text || !*text)
		return true;
	if (strlen(text) != 3 || !g_ascii_isupper(text[0]) || !g_ascii_isupper(text[1]) ||
	    !g_ascii_isupper(text[2]))
		return ini_fail(i, "platform", key, error,
				_("\"%s\" is no currency: write its ISO 4217 code, such as EUR"), text);
	memcpy(currency, text, 4);
	return true;
}

static GTimeZone *read_zone(const struct ini *i, const char *key, const char *text, GError **error)
{
	GTimeZone *zone = g_time_zone_new_identifier(text);
	if (!zone)
		ini_fail(i, "platform", key, error,
			 _("\"%s\" is no time zone: write one such as Europe/London"), text);
	return zone;
}

/* One of `places`: "KEY ZONE [CURRENCY]". */
static bool read_place(const struct ini *i, struct platform *p, const char *text, GError **error)
{
	g_auto(GStrv) part = g_strsplit_set(text, " \t", -1);
	guint count = g_strv_length(part);
	if (count < 2 || count > 3)
		return ini_fail(i, "platform", "places", error,
				_("\"%s\": write DOMAIN ZONE CURRENCY, such as amazon.it Europe/Rome EUR"),
				text);
	struct place *place = g_new0(struct place, 1);
	g_ptr_array_add(p->places, place);
	place->key = g_strdup(part[0]);
	place->zone = read_zone(i, "places", part[1], error);
	return place->zone && read_currency(i, "places", part[2], place->currency, error);
}

static bool read_flag(const struct ini *i, const char *group, const char *key, bool *flag, GError **error)
{
	g_autofree char *text = ini_value(i, group, key);
	if (text && !g_str_equal(text, "yes") && !g_str_equal(text, "no"))
		return ini_fail(i, group, key, error, _("\"%s\": write yes or no"), text);
	*flag = text && g_str_equal(text, "yes");
	return true;
}

/* These two are read by who answers (store/platform_facts.h); here they are checked. */
static bool check_answers(const struct ini *i, GError **error)
{
	int method;
	g_autofree char *answer = ini_value(i, "platform", "answer"),
			*page = ini_value(i, "platform", "page");
	if (answer && !vocab_find(&SEND_METHODS, answer, &method))
		return ini_fail(i, "platform", "answer", error, _("\"%s\": write mail or hand"), answer);
	if (page && !platform_page_is_sound(page))
		return ini_fail(
		    i, "platform", "page", error,
		    _("\"%s\": write an address that begins https://; {order} and {case} may stand in it"),
		    page);
	return true;
}

static bool read_platform(const struct ini *i, struct platform *p, GError **error)
{
	if (!ini_only(i, "platform", platform_keys, error))
		return false;
	p->name = ini_value(i, "platform", "name");
	if (!p->name || !*p->name)
		return ini_fail(i, "platform", NULL, error,
				_("\"name\" is missing: the name people know the platform by"));
	p->domains = ini_list(i, "platform", "domains");
	p->headers = ini_list(i, "platform", "headers");
	p->charsets = ini_list(i, "platform", "charsets");
	p->place_header = ini_value(i, "platform", "place_header");
	g_autofree char *zone = ini_value(i, "platform", "zone");
	g_autofree char *currency = ini_value(i, "platform", "currency");
	p->home.zone = zone ? read_zone(i, "zone", zone, error) : g_time_zone_new_utc();
	if (!p->home.zone || !read_currency(i, "currency", currency, p->home.currency, error) ||
	    !read_flag(i, "platform", "handles", &p->handles, error) || !check_answers(i, error))
		return false;
	g_auto(GStrv) places = ini_list(i, "platform", "places");
	for (int n = 0; places[n]; n++) {
		if (!read_place(i, p, places[n], error))
			return false;
	}
	return true;
}

/* Whether `key` is `stem` and a number (or the bare stem). */
static bool is_numbered(const char *key, const char *stem)
{
	gsize length = strlen(stem);
	return strncmp(key, stem, length) == 0 && strspn(key + length, "0123456789") == strlen(key + length);
}

static bool add_pattern(const struct ini *i, const char *group, const char *key, GPtrArray *to,
			GError **error)
{
	g_autofree char *text = ini_value(i, group, key);
	g_autoptr(GError) fault = NULL;
	struct pattern *p = *text ? pattern_create(text, &fault) : NULL;
	if (!p)
		return ini_fail(i, group, key, error, "%s",
				fault ? fault->message
				      : _("the pattern is empty: it would match every mail"));
	g_ptr_array_add(to, p);
	return true;
}

static bool read_fields(const struct ini *i, struct platform *p, GError **error)
{
	if (!ini_only(i, "fields", field_keys, error))
		return false;
	g_auto(GStrv) keys = ini_keys(i, "fields");
	for (int k = 0; keys[k]; k++) {
		int l = 0;
		while (l < N_LOOKS && !is_numbered(keys[k], look_stems[l]))
			l++;
		if (l == N_LOOKS || !add_pattern(i, "fields", keys[k], p->looks[l], error))
			return false;
		struct pattern *last = g_ptr_array_index(p->looks[l], p->looks[l]->len - 1);
		if (!pattern_fields(last))
			return ini_fail(
			    i, "fields", keys[k], error,
			    _("the pattern has no named group such as (?<order>...), so it fills nothing"));
	}
	return true;
}

static bool read_word(const struct ini *i, const char *group, const char *key, const struct vocabulary *v,
		      int *n, GError **error)
{
	g_autofree char *id = ini_value(i, group, key);
	if (!id || vocab_find(v, id, n))
		return true;
	g_autoptr(GString) list = g_string_new(NULL);
	for (int w = 0; w < v->count; w++)
		g_string_append_printf(list, "%s%s", w ? ", " : "", vocab_id(v, w));
	return ini_fail(i, group, key, error, _("unknown %s \"%s\"; there are: %s"), v->name, id, list->str);
}

static bool add_header(const struct ini *i, struct rule *r, const char *key, GError **error)
{
	g_autofree char *text = ini_value(i, r->name, key);
	char *colon = strchr(text, ':');
	if (!colon || colon == text)
		return ini_fail(i, r->name, key, error,
				_("write the header's name, a colon and a pattern of its value"));
	*colon = '\0';
	g_autoptr(GError) fault = NULL;
	struct pattern *value = pattern_create(g_strstrip(colon + 1), &fault);
	if (!value)
		return ini_fail(i, r->name, key, error, "%s", fault->message);
	struct header_test *h = g_new0(struct header_test, 1);
	h->name = g_strdup(g_strstrip(text));
	h->value = value;
	g_ptr_array_add(r->headers, h);
	return true;
}

/* A value in which \n stands for a line end. */
static char *lines_of(char *text)
{
	if (!text)
		return NULL;
	g_auto(GStrv) parts = g_strsplit(text, "\\n", -1);
	g_free(text);
	return g_strjoinv("\n", parts);
}

/* The parts of an example stand under keys of one number: "example3", "example_from3" ... */
static void add_example(const struct ini *i, struct rule *r, const char *key, bool counter)
{
	const char *stem = counter ? "not" : "example", *number = key + strlen(stem);
	struct example *e = g_new0(struct example, 1);
	e->key = g_strdup(key);
	e->line = ini_line(i, r->name, key);
	e->subject = ini_value(i, r->name, key);
	e->counter = counter;
	char **part[] = {&e->from, &e->body, &e->header, &e->expect};
	static const char *const tails[] = {"_from", "_body", "_header", "_expect"};
	for (guint n = 0; n < G_N_ELEMENTS(tails); n++) {
		g_autofree char *name = g_strconcat(stem, tails[n], number, NULL);
		*part[n] = lines_of(ini_value(i, r->name, name));
	}
	g_ptr_array_add(r->examples, e);
}

static bool read_rule_key(const struct ini *i, struct rule *r, const char *key, GError **error)
{
	if (is_numbered(key, "header"))
		return add_header(i, r, key, error);
	if (is_numbered(key, "subject"))
		return add_pattern(i, r->name, key, r->subjects, error);
	if (is_numbered(key, "body"))
		return add_pattern(i, r->name, key, r->bodies, error);
	if (is_numbered(key, "example") || is_numbered(key, "not"))
		add_example(i, r, key, is_numbered(key, "not"));
	return true;
}

static bool read_words(const struct ini *i, struct rule *r, GError **error)
{
	int trigger = -1, side = SIDE_PLATFORM, kind = KIND_OTHER, kind_else = KIND_OTHER;
	if (!read_word(i, r->name, "trigger", &TRIGGERS, &trigger, error) ||
	    !read_word(i, r->name, "side", &SIDES, &side, error) ||
	    !read_word(i, r->name, "kind", &KINDS, &kind, error) ||
	    !read_word(i, r->name, "kind_else", &KINDS, &kind_else, error) ||
	    !read_flag(i, r->name, "automatic", &r->automatic, error))
		return false;
	if (trigger < 0)
		return ini_fail(
		    i, r->name, NULL, error,
		    _("\"trigger\" is missing: what the mail means to the case, such as buyer-message"));
	r->trigger = (enum trigger)trigger;
	r->side = (enum side)side;
	r->kind = (enum kind)kind;
	r->kind_else = (enum kind)kind_else;
	return true;
}

static bool read_rule(const struct ini *i, struct platform *p, const char *group, GError **error)
{
	struct rule *r = g_new0(struct rule, 1);
	g_ptr_array_add(p->rules, r);
	r->name = g_strdup(group);
	r->line = ini_line(i, group, NULL);
	r->headers = g_ptr_array_new_with_free_func(header_test_destroy);
	r->subjects = patterns_new();
	r->bodies = patterns_new();
	r->examples = g_ptr_array_new_with_free_func(example_destroy);
	if (!ini_only(i, group, rule_keys, error) || !read_words(i, r, error))
		return false;
	r->from = ini_list(i, group, "from");
	for (int n = 0; r->from[n]; n++) {
		if (!strchr(r->from[n], '@'))
			return ini_fail(i, group, "from", error,
					_("\"%s\": write NAME@DOMAIN, NAME@ or @DOMAIN"), r->from[n]);
	}
	g_auto(GStrv) keys = ini_keys(i, group);
	for (int k = 0; keys[k]; k++) {
		if (!read_rule_key(i, r, keys[k], error))
			return false;
	}
	if (!r->headers->len && !*r->from && !r->subjects->len && !r->bodies->len && *p->domains)
		return ini_fail(i, group, NULL, error,
				_("the rule has no condition: give it a header, from, subject or body"));
	return true;
}

struct platform *platform_parse(const char *id, const char *file, const char *text, gsize length,
				GError **error)
{
	g_autoptr(ini_auto) i = ini_parse(file, text, length, error);
	if (!i)
		return NULL;
	g_autoptr(platform_auto) p = g_new0(struct platform, 1);
	p->id = g_strdup(id);
	p->file = g_strdup(file);
	p->places = g_ptr_array_new_with_free_func(place_destroy);
	p->rules = g_ptr_array_new_with_free_func(rule_destroy);
	for (int l = 0; l < N_LOOKS; l++)
		p->looks[l] = patterns_new();
	if (!ini_line(i, "platform", NULL)) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
			    _("%s:1: the group [platform] with the platform's name is missing"), file);
		return NULL;
	}
	if (!read_platform(i, p, error) || !read_fields(i, p, error))
		return NULL;
	g_auto(GStrv) groups = ini_groups(i);
	for (int g = 0; groups[g]; g++) {
		if (!g_str_equal(groups[g], "platform") && !g_str_equal(groups[g], "fields") &&
		    !read_rule(i, p, groups[g], error))
			return NULL;
	}
	return g_steal_pointer(&p);
}
