/* SPDX-License-Identifier: MIT */
#include "ingest/platform_file.h"

#include "domain/intl.h"

#include <string.h>

#include "domain/banned.h"

/* Examples are sent at this moment: Thu 30 Jul 2026, 10:00 UTC. Their relative dates count from it. */
#define EXAMPLE_SENT G_GINT64_CONSTANT(1785405600000)

static void add_header(struct mail *m, const char *line)
{
	const char *colon = strchr(line, ':');
	if (!colon)
		return;
	struct mail_header *h = g_new0(struct mail_header, 1);
	h->name = g_strndup(line, colon - line);
	h->value = g_strstrip(g_strdup(colon + 1));
	g_ptr_array_add(m->headers, h);
}

static void header_free(gpointer at)
{
	struct mail_header *h = at;
	g_free(h->name);
	g_free(h->value);
	g_free(h);
}

/* "Name <address>" or an address alone. */
static void set_from(struct mail *m, const char *from)
{
	const char *open = strrchr(from, '<'), *close = open ? strchr(open, '>') : NULL;
	m->from_address = close ? g_strndup(open + 1, close - open - 1) : g_strdup(from);
	m->from_name = close ? g_strstrip(g_strndup(from, open - from)) : g_strdup("");
	m->in->from = g_strdup(from);
}

/* Who sends an example that doesn't say: the rule's first sender, else somebody of the platform. */
static char *default_from(const struct platform *p, const struct rule *r)
{
	const char *domain = *p->domains ? p->domains[0] : "buyer.example";
	const char *first = *r->from;
	if (!first)
		return g_strconcat("notice@", domain, NULL);
	if (*first == '@')
		return g_strconcat("notice", first, NULL);
	return g_strconcat(first, first[strlen(first) - 1] == '@' ? domain : "", NULL);
}

static struct mail *example_mail(const struct platform *p, const struct rule *r, const struct example *e)
{
	struct mail *m = g_new0(struct mail, 1);
	g_autofree char *from = e->from ? g_strdup(e->from) : default_from(p, r);
	m->in = incoming_create();
	m->headers = g_ptr_array_new_with_free_func(header_free);
	set_from(m, from);
	m->to_address = g_strdup("shop@desk.example");
	m->reply_to = g_strdup("");
	m->in->subject = g_strdup(e->subject);
	m->in->text = g_strdup(e->body ? e->body : "");
	m->in->sent = EXAMPLE_SENT;
	if (e->header)
		add_header(m, e->header);
	return m;
}

static void example_mail_free(struct mail *m)
{
	incoming_destroy(m->in);
	g_ptr_array_unref(m->headers);
	g_free(m->from_address);
	g_free(m->from_name);
	g_free(m->to_address);
	g_free(m->reply_to);
	g_free(m);
}

/* What the mail came out as under the name an example uses for it. Owned; NULL for an unknown name. */
static char *outcome(const struct platform *p, const struct mail *m, const char *name)
{
	const struct incoming *in = m->in;
	const struct {
		const char *name, *value;
	} texts[] = {
	    {"order", in->order_no},
	    {"case", in->case_no},
	    {"buyer", in->buyer_name},
	    {"alias", in->alias},
	    {"item", in->item},
	    {"sku", in->sku},
	    {"reason", in->reason},
	    {"message", in->text},
	    {"platform", in->platform},
	    {"lang", in->lang},
	    {"stated", in->stated},
	    {"kind", vocab_id(&KINDS, in->kind)},
	    {"side", vocab_id(&SIDES, in->side)},
	};
	for (guint n = 0; n < G_N_ELEMENTS(texts); n++) {
		if (g_str_equal(name, texts[n].name))
			return g_strdup(texts[n].value ? texts[n].value : "");
	}
	if (g_str_equal(name, "amount"))
		return money_format(&in->amount);
	if (!g_str_equal(name, "due"))
		return NULL;
	if (!in->stated_due)
		return g_strdup("");
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(in->stated_due / 1000);
	const char *at = strrchr(m->from_address, '@');
	g_autoptr(GDateTime) there =
	    g_date_time_to_timezone(utc, platform_place(p, m, at ? at + 1 : "")->zone);
	return g_date_time_format(there, "%Y-%m-%d %H:%M");
}

static bool fault(const struct platform *p, const struct rule *r, const struct example *e, GError **error,
		  const char *what)
{
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, _("%s:%d: [%s] %s: %s"), p->file,
		    e->line, r->name, e->key, what);
	return false;
}

/* `expect`: "order = 1 | buyer = Ann". */
static bool check_expect(const struct platform *p, const struct rule *r, const struct example *e,
			 const struct mail *m, bool kinds, GError **error)
{
	g_auto(GStrv) wants = g_strsplit(e->expect ? e->expect : "", "|", -1);
	for (int n = 0; wants[n]; n++) {
		char *equals = strchr(wants[n], '=');
		if (!equals)
			continue;
		*equals = '\0';
		const char *name = g_strstrip(wants[n]), *want = g_strstrip(equals + 1);
		if (g_str_equal(name, "kind") && !kinds)
			continue;
		g_autofree char *got = outcome(p, m, name);
		g_autofree char *what =
		    got ? g_strdup_printf(_("%s should be \"%s\" but is \"%s\""), name, want, got)
			: g_strdup_printf(_("nothing is called \"%s\""), name);
		if (!got || !g_str_equal(got, want))
			return fault(p, r, e, error, what);
	}
	return true;
}

static bool run_one(const struct platforms *set, const struct platform *p, const struct rule *r,
		    const struct example *e, bool kinds, GError **error)
{
	struct mail *m = example_mail(p, r, e);
	const struct rule *got = platform_recognise_rule(set, m);
	bool good = true;
	if (e->counter && got == r)
		good = fault(p, r, e, error, _("comes to this rule, but must not"));
	if (!e->counter && got != r) {
		g_autofree char *what =
		    g_strdup_printf(_("doesn't come to this rule but to %s"), got ? got->name : _("none"));
		good = fault(p, r, e, error, what);
	}
	good = good && check_expect(p, r, e, m, kinds, error);
	example_mail_free(m);
	return good;
}

bool platform_examples_run(const struct platforms *set, const struct platform *p, bool kinds, guint *count,
			   GError **error)
{
	for (guint n = 0; n < p->rules->len; n++) {
		const struct rule *r = g_ptr_array_index(p->rules, n);
		for (guint x = 0; x < r->examples->len; x++, (*count)++) {
			if (!run_one(set, p, r, g_ptr_array_index(r->examples, x), kinds, error))
				return false;
		}
	}
	return true;
}
