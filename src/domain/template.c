/* SPDX-License-Identifier: MIT */
#include "domain/template.h"

#include "domain/calendar.h"
#include "domain/ini.h"
#include "domain/intl.h"
#include "domain/playbook.h"
#include "domain/template_parse.h"

#include <string.h>

#include "domain/banned.h"

#define DEEPEST 8

static const struct word stages[N_STAGES] = {
    [STAGE_OPENING] = {"opening", N_("opening"), "N4"},
    [STAGE_EVIDENCE] = {"evidence", N_("evidence"), "Z10"},
    [STAGE_CHOICE] = {"choice", N_("choice"), "I3"},
    [STAGE_SOLUTION] = {"solution", N_("solution"), "Z6"},
    [STAGE_DELAY] = {"delay", N_("delay"), "I17"},
    [STAGE_REFUSE] = {"refuse", N_("can't be done"), "I6"},
    [STAGE_CLAIM] = {"claim", N_("claim"), "I24"},
    [STAGE_PAYMENT] = {"payment", N_("payment"), "Y4"},
    [STAGE_REVIEW] = {"review", N_("review"), "Y6"},
    [STAGE_REMINDER] = {"reminder", N_("reminder"), "Z11"},
    [STAGE_AFTER] = {"after", N_("afterwards"), "L3"},
    [STAGE_POLICY] = {"policy", N_("shop policy"), "L4"},
};
const struct vocabulary STAGES = {"stage", stages, N_STAGES};

static const struct word evidence[] = {
    {"photo", N_("photo"), "I7"},
    {"video", N_("video"), "Z10"},
    {"serial-number", N_("serial number"), "Z10"},
    {"label", N_("label"), "I13"},
    {"steps", N_("what was tried"), "I14"},
    {"order-number", N_("order number"), "Z9"},
    {"measurements", N_("measurements"), "I9"},
};
const struct vocabulary EVIDENCE = {"evidence", evidence, G_N_ELEMENTS(evidence)};

static const struct word offers[] = {
    {"replacement", N_("replacement"), "I10"}, {"part", N_("missing part"), "I12"},
    {"refund", N_("full refund"), "Z6"},       {"partial-refund", N_("partial refund"), "N5"},
    {"exchange", N_("exchange"), "I7"},        {"return-label", N_("return label"), "Z6"},
    {"discount", N_("discount"), "I12"},       {"gift", N_("gift"), "L3"},
    {"repair", N_("repair"), "I15"},
};
const struct vocabulary OFFERS = {"offer", offers, G_N_ELEMENTS(offers)};

static const char *const whens[] = {"open", "solved", "sent", "unsent", "asked"};

struct template_set {
	GPtrArray *templates; /* of struct template, partials too */
	GHashTable *by_name;
};

static void template_destroy(gpointer data)
{
	struct template *t = data;
	g_free(t->name);
	g_free(t->title);
	for (int i = 0; i < N_LANGS; i++)
		g_free(t->titles[i]);
	g_strfreev(t->platforms);
	g_free(t->promises);
	g_strfreev(t->needs);
	g_free(t->when);
	g_strfreev(t->rules);
	for (int i = 0; i < N_LANGS; i++)
		g_free(t->bodies[i]);
	g_free(t->file);
	g_free(t);
}

struct template_set *template_set_create(void)
{
	struct template_set *s = g_new0(struct template_set, 1);
	s->templates = g_ptr_array_new_with_free_func(template_destroy);
	s->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	return s;
}

void template_set_destroy(struct template_set *s)
{
	if (!s)
		return;
	g_hash_table_unref(s->by_name);
	g_ptr_array_unref(s->templates);
	g_free(s);
}

/* A list of words of `v` as bits; "*" alone is every one (0). */
static bool read_bits(const struct ini *i, const char *key, const struct vocabulary *v, guint32 *bits,
		      GError **error)
{
	g_auto(GStrv) list = ini_list(i, "template", key);
	*bits = 0;
	for (int n = 0; list[n]; n++) {
		int word;
		if (g_str_equal(list[n], "*"))
			continue;
		if (!vocab_find(v, list[n], &word)) {
			g_autoptr(GString) known = g_string_new(NULL);
			for (int w = 0; w < v->count; w++)
				g_string_append_printf(known, "%s%s", w ? ", " : "", v->words[w].id);
			return ini_fail(i, "template", key, error, _("\"%s\" isn't known; there are: %s"),
					list[n], known->str);
		}
		*bits |= (guint32)1 << word;
	}
	return true;
}

static bool read_stage(const struct ini *i, struct template *t, GError **error)
{
	g_autofree char *stage = ini_value(i, "template", "stage");
	int word;
	if (!stage || !vocab_find(&STAGES, stage, &word))
		return ini_fail(i, "template", stage ? "stage" : NULL, error,
				_("stage is missing or isn't known; it says where in the talk the reply "
				  "belongs, as in: stage = opening"));
	t->stage = (enum stage)word;
	return true;
}

static bool read_when(const struct ini *i, struct template *t, GError **error)
{
	t->when = ini_value(i, "template", "when");
	if (!t->when)
		t->when = g_strdup("open");
	for (gsize n = 0; n < G_N_ELEMENTS(whens); n++) {
		if (g_str_equal(t->when, whens[n]))
			return true;
	}
	return ini_fail(i, "template", "when", error,
			_("\"%s\" isn't known; there are: open, solved, sent, unsent, asked"), t->when);
}

static bool read_needs(const struct ini *i, struct template *t, GError **error)
{
	t->needs = ini_list(i, "template", "needs");
	for (int n = 0; t->needs[n]; n++) {
		if (!piece_is_known(t->needs[n], strlen(t->needs[n])))
			return ini_fail(i, "template", "needs", error, _("there is no placeholder \"%s\""),
					t->needs[n]);
	}
	return true;
}

static bool read_promises(const struct ini *i, struct template *t, GError **error)
{
	struct span span;
	g_autoptr(GError) fault = NULL;
	t->promises = ini_value(i, "template", "promises");
	if (t->promises && !span_parse(t->promises, &span, &fault))
		return ini_fail(i, "template", "promises", error, "%s", fault->message);
	return true;
}

static int read_number(const struct ini *i, const char *group, const char *key)
{
	g_autofree char *value = ini_value(i, group, key);
	return value ? (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, 100000) : 0;
}

static bool read_bodies_group(const struct ini *i, struct template *t, GError **error)
{
	const char *known[N_LANGS + 1] = {NULL};
	for (int l = 0; l < N_LANGS; l++) {
		known[l] = LANGS.words[l].id;
		t->rendered[l] = read_number(i, "bodies", known[l]);
	}
	t->rendered[LANG_EN] = t->source;
	return ini_only(i, "bodies", known, error);
}

static bool read_titles(const struct ini *i, struct template *t, GError **error)
{
	static const char *const keys[N_LANGS] = {[LANG_EN] = "title",
						  [LANG_NL] = "title[nl]",
						  [LANG_LT] = "title[lt]",
						  [LANG_ZH_HANS] = "title[zh_CN]",
						  [LANG_ZH_HANT] = "title[zh_TW]",
						  [LANG_IT] = "title[it]"};
	t->title = ini_localised(i, "template", "title");
	for (int l = 0; l < N_LANGS; l++)
		t->titles[l] = ini_value(i, "template", keys[l]);
	return t->title ||
	       ini_fail(i, "template", NULL, error, _("title is missing: what the agent sees in the list"));
}

static bool read_meta(const struct ini *i, struct template *t, GError **error)
{
	static const char *const known[] = {"title",  "kinds",  "stage",    "platforms", "asks",
					    "offers", "finds",  "promises", "needs",     "when",
					    "rules",  "source", NULL};
	t->platforms = ini_list(i, "template", "platforms");
	t->rules = ini_list(i, "template", "rules");
	t->source = MAX(1, read_number(i, "template", "source"));
	return read_titles(i, t, error) && ini_only(i, "template", known, error) &&
	       read_bits(i, "kinds", &KINDS, &t->kinds, error) &&
	       read_bits(i, "asks", &EVIDENCE, &t->asks, error) &&
	       read_bits(i, "offers", &OFFERS, &t->offers, error) &&
	       read_bits(i, "finds", &PLAYBOOK_FINDINGS, &t->finds, error) && read_stage(i, t, error) &&
	       read_when(i, t, error) && read_needs(i, t, error) && read_promises(i, t, error) &&
	       read_bodies_group(i, t, error);
}

static bool body_fault(const struct template *t, int lang, const char *body, const struct piece *p,
		       GError **error, const char *what)
{
	int line = 0; /* the body begins with a line end that isn't the file's */
	for (const char *c = body; c < p->whole; c++)
		line += *c == '\n';
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "%s/%s.txt:%d: %s: %.*s",
		    t->name, LANGS.words[lang].id, line, what, (int)p->whole_length, p->whole);
	return false;
}

/* Every section is closed by its own name, every placeholder is known. */
static bool check_body(const struct template *t, int lang, const char *body, GError **error)
{
	struct piece open[DEEPEST];
	int depth = 0;
	for (const char *at = body;;) {
		struct piece p = at == body && *at == '\n' ? (struct piece){PIECE_TEXT, at++, 1, body, 1}
							   : piece_next(&at);
		switch (p.type) {
		case PIECE_TEXT:
		case PIECE_PARTIAL:
			break;
		case PIECE_STOP:
			return depth == 0 || body_fault(t, lang, body, &open[depth - 1], error,
							_("this section is never closed"));
		case PIECE_FAULT:
			return body_fault(t, lang, body, &p, error, _("\"{{\" without \"}}\" in its line"));
		case PIECE_IF:
		case PIECE_UNLESS:
			if (depth == DEEPEST)
				return body_fault(t, lang, body, &p, error, _("sections nest too deep"));
			open[depth++] = p;
			G_GNUC_FALLTHROUGH;
		case PIECE_VALUE:
			if (!piece_is_known(p.text, p.length))
				return body_fault(t, lang, body, &p, error,
						  _("there is no such placeholder"));
			break;
		case PIECE_END:
			if (depth == 0 || open[depth - 1].length != p.length ||
			    strncmp(open[depth - 1].text, p.text, p.length) != 0)
				return body_fault(t, lang, body, &p, error,
						  _("this closes no section that is open"));
			depth--;
			break;
		}
	}
}

static bool take_bodies(struct template *t, const struct template_files *f, GError **error)
{
	for (int l = 0; l < N_LANGS; l++) {
		if (!f->bodies[l])
			continue;
		if (!g_utf8_validate(f->bodies[l], -1, NULL)) {
			g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_UNKNOWN_ENCODING,
				    _("%s/%s.txt: not UTF-8: save the file as UTF-8 text"), t->name,
				    LANGS.words[l].id);
			return false;
		}
		g_autofree char *line = g_strconcat("\n", f->bodies[l], NULL);
		if (!check_body(t, l, line, error))
			return false;
		t->bodies[l] = g_strdup(f->bodies[l]);
		g_strchomp(t->bodies[l]);
	}
	if (!t->bodies[LANG_EN]) {
		g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND,
			    _("%s: en.txt is missing: the English body is the source of the others"),
			    t->name);
		return false;
	}
	return true;
}

bool template_set_add(struct template_set *s, const struct template_files *f, GError **error)
{
	if (g_hash_table_contains(s->by_name, f->name))
		return true;
	struct template *t = g_new0(struct template, 1);
	t->name = g_strdup(f->name);
	t->file = g_strdup(f->meta_file);
	bool ok = true;
	if (f->meta) {
		g_autoptr(ini_auto) i = ini_parse(f->meta_file, f->meta, f->meta_length, error);
		ok = i && read_meta(i, t, error);
	}
	if (!ok || !take_bodies(t, f, error)) {
		template_destroy(t);
		return false;
	}
	g_ptr_array_add(s->templates, t);
	g_hash_table_insert(s->by_name, t->name, t);
	return true;
}

guint template_set_count(const struct template_set *s)
{
	return s->templates->len;
}

const struct template *template_set_nth(const struct template_set *s, guint n)
{
	return n < s->templates->len ? s->templates->pdata[n] : NULL;
}

const struct template *template_set_find(const struct template_set *s, const char *name)
{
	return g_hash_table_lookup(s->by_name, name);
}

bool template_is_stale(const struct template *t, enum lang lang)
{
	return !t->bodies[lang] || t->rendered[lang] < t->source;
}

bool template_fits_platform(const struct template *t, const char *platform)
{
	bool named = false, any = true;
	for (int i = 0; t->platforms && t->platforms[i]; i++) {
		const char *p = t->platforms[i];
		if (*p == '-' && g_strcmp0(p + 1, platform) == 0)
			return false;
		if (*p != '-' && !g_str_equal(p, "*")) {
			any = false;
			named |= g_strcmp0(p, platform) == 0;
		}
	}
	return any || named;
}

/* What each stage asks of the case, in points; openings come first, reminders when the buyer is silent. */
static int stage_points(const struct template *t, const struct template_case *c)
{
	bool open = status_is_open(c->status);
	switch (t->stage) {
	case STAGE_OPENING:
		return c->answered ? 5 : 30;
	case STAGE_EVIDENCE:
		return t->asks & c->asked ? 0 : c->answered ? 18 : 22; /* Z9 */
	case STAGE_CHOICE:
		return c->answered ? 28 : 16;
	case STAGE_SOLUTION:
		return c->answered ? 26 : 14;
	case STAGE_CLAIM:
		return c->kind == KIND_CLAIM ? 30 : 4;
	case STAGE_REMINDER:
		if (g_str_equal(t->when, "asked") && !c->asked)
			return 2; /* nobody is reminded of what wasn't asked */
		return c->silent ? 40 : 2;
	case STAGE_REVIEW:
	case STAGE_AFTER:
		return open ? 3 : 25;
	default:
		return 12;
	}
}

int template_fit(const struct template *t, const struct template_case *c)
{
	if (!t->title || !template_fits_platform(t, c->platform))
		return 0;
	bool named = t->kinds & (guint32)1 << c->kind;
	if (t->kinds && !named)
		return 0;
	if (g_str_equal(t->when, "solved") && status_is_open(c->status))
		return 0;
	return CLAMP((named ? 50 : 25) + stage_points(t, c), 1, 100);
}
