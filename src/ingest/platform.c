/* SPDX-License-Identifier: MIT */
#include "ingest/platform_file.h"

#include "domain/address.h"
#include "domain/intl.h"
#include "ingest/language.h"
#include "store/datafile.h"
#include "store/sender.h"
#include "store/shop_file.h"

#include <string.h>

#include "domain/banned.h"

#define BODY_LIMIT (64 * 1024)
#define KINDS_FILE "kinds"
#define PLAIN "mail" /* the platform of what comes from none */

struct platforms {
	GPtrArray *list;     /* of struct platform */
	GHashTable *domains; /* domain -> struct platform */
	GHashTable *headers; /* header name, lower case -> struct platform */
	struct platform *plain;
	struct kind_words *kinds;
	GHashTable *own; /* our addresses and "@domain"s, lower case */
};

struct platforms *platforms_create(void)
{
	struct platforms *p = g_new0(struct platforms, 1);
	p->list = g_ptr_array_new_with_free_func((GDestroyNotify)platform_destroy);
	p->domains = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	p->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	p->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return p;
}

void platforms_destroy(struct platforms *p)
{
	if (!p)
		return;
	g_hash_table_unref(p->domains);
	g_hash_table_unref(p->headers);
	g_hash_table_unref(p->own);
	g_ptr_array_unref(p->list);
	kind_words_destroy(p->kinds);
	g_free(p);
}

/* Notes each name of `names`; a name that another file has is a fault. */
static bool note_names(const struct platform *q, char **names, GHashTable *in, GError **error)
{
	for (int n = 0; names[n]; n++) {
		char *name = g_ascii_strdown(names[n], -1);
		const struct platform *other = g_hash_table_lookup(in, name);
		if (other) {
			g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
				    _("%s:1: \"%s\" belongs to %s already: take it out of one of them"),
				    q->file, name, other->file);
			g_free(name);
			return false;
		}
		g_hash_table_insert(in, name, (gpointer)q);
	}
	return true;
}

bool platforms_add(struct platforms *p, const char *name, const char *file, const char *text, gsize length,
		   GError **error)
{
	if (g_str_equal(name, KINDS_FILE)) {
		struct kind_words *kinds = kind_words_parse(file, text, length, error);
		if (!kinds)
			return false;
		kind_words_destroy(p->kinds);
		p->kinds = kinds;
		return true;
	}
	struct platform *q = platform_parse(name, file, text, length, error);
	if (!q)
		return false;
	g_ptr_array_add(p->list, q);
	if (g_str_equal(name, PLAIN))
		p->plain = q;
	guint count = 0;
	return note_names(q, q->domains, p->domains, error) && note_names(q, q->headers, p->headers, error) &&
	       platform_examples_run(p, q, p->kinds != NULL, &count, error);
}

struct platforms *platforms_load(GError **error)
{
	g_autoptr(platforms_auto) p = platforms_create();
	g_autoptr(GPtrArray) files = datafile_all("platforms", ".ini", error);
	g_autoptr(shop_auto) shop = shop_load(error && *error ? NULL : error);
	if (!files || !shop)
		return NULL;
	/* The words come first: the platforms' examples are checked with them. */
	for (int pass = 0; pass < 2; pass++) {
		for (guint n = 0; n < files->len; n++) {
			const struct datafile *f = g_ptr_array_index(files, n);
			if (g_str_equal(f->name, KINDS_FILE) == (pass == 0) &&
			    !platforms_add(p, f->name, f->path, f->text, f->length, error))
				return NULL;
		}
	}
	platforms_set_own(p, (const char *const *)shop->addresses);
	return g_steal_pointer(&p);
}

void platforms_set_own(struct platforms *p, const char *const *addresses)
{
	g_hash_table_remove_all(p->own);
	for (int n = 0; addresses && addresses[n]; n++)
		g_hash_table_add(p->own, g_ascii_strdown(addresses[n], -1));
}

bool platforms_check_examples(const struct platforms *p, guint *count, GError **error)
{
	guint all = 0;
	bool good = true;
	for (guint n = 0; n < p->list->len && good; n++)
		good = platform_examples_run(p, g_ptr_array_index(p->list, n), p->kinds != NULL, &all, error);
	if (count)
		*count = all;
	return good;
}

static const char *domain_of(const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;
	return at ? at + 1 : "";
}

/* The platform of a domain: its own name or a label's boundary before it, never a mere ending. */
static struct platform *by_domain(const struct platforms *p, const char *domain)
{
	for (const char *d = domain; d && *d; d = strchr(d, '.') ? strchr(d, '.') + 1 : NULL) {
		struct platform *q = g_hash_table_lookup(p->domains, d);
		if (q)
			return q;
	}
	return NULL;
}

/* Whether a foreign domain carries the name of one of the platform's ("marketplace.amazon.it.evil.example"):
 * then its headers prove nothing either. */
static bool imitates(const struct platform *q, const char *domain)
{
	for (int n = 0; q->domains[n]; n++) {
		if (strstr(domain, q->domains[n]))
			return true;
	}
	return false;
}

static struct platform *by_header(const struct platforms *p, const struct mail *m, const char *domain)
{
	if (!g_hash_table_size(p->headers))
		return NULL;
	for (guint n = 0; m->headers && n < m->headers->len; n++) {
		const struct mail_header *h = g_ptr_array_index(m->headers, n);
		if (h->name[0] != 'X' && h->name[0] != 'x')
			continue;
		g_autofree char *name = g_ascii_strdown(h->name, -1);
		struct platform *q = g_hash_table_lookup(p->headers, name);
		if (q && !imitates(q, domain))
			return q;
	}
	return NULL;
}

const char *const *platforms_charsets(const struct platforms *p, const char *address)
{
	g_autofree char *domain = g_ascii_strdown(domain_of(address), -1);
	const struct platform *q = by_domain(p, domain);
	return q && *q->charsets ? (const char *const *)q->charsets : NULL;
}

static bool is_own(const struct platforms *p, const char *address)
{
	if (!address || !*address || !g_hash_table_size(p->own))
		return false;
	const char *at = strrchr(address, '@');
	return g_hash_table_contains(p->own, address) || (at && g_hash_table_contains(p->own, at));
}

const struct place *platform_place(const struct platform *p, const struct mail *m, const char *domain)
{
	const char *header = p->place_header ? mail_header(m, p->place_header) : NULL;
	for (guint n = 0; n < p->places->len; n++) {
		const struct place *place = g_ptr_array_index(p->places, n);
		if (header && g_str_equal(place->key, header))
			return place;
	}
	for (const char *d = domain; d && *d; d = strchr(d, '.') ? strchr(d, '.') + 1 : NULL) {
		for (guint n = 0; n < p->places->len; n++) {
			const struct place *place = g_ptr_array_index(p->places, n);
			if (g_str_equal(place->key, d))
				return place;
		}
	}
	return &p->home;
}

static bool from_fits(char **from, const char *address)
{
	const char *at = strrchr(address, '@');
	if (!*from)
		return true;
	for (int n = 0; from[n] && at; n++) {
		const char *want = from[n];
		gsize length = strlen(want);
		if (*want == '@' && (g_str_equal(at, want) ||
				     (g_str_has_suffix(at, want + 1) && at[strlen(at) - length] == '.')))
			return true;
		if (want[length - 1] == '@' ? g_str_has_prefix(address, want) : g_str_equal(address, want))
			return true;
	}
	return false;
}

static bool any_found(const GPtrArray *patterns, const char *text, gsize length)
{
	for (guint n = 0; n < patterns->len; n++) {
		if (pattern_found(g_ptr_array_index(patterns, n), text, length))
			return true;
	}
	return !patterns->len;
}

static bool headers_fit(const struct rule *r, const struct mail *m)
{
	for (guint n = 0; n < r->headers->len; n++) {
		const struct header_test *h = g_ptr_array_index(r->headers, n);
		const char *value = mail_header(m, h->name);
		if (value && g_utf8_validate(value, -1, NULL) &&
		    pattern_found(h->value, value, strlen(value)))
			return true;
	}
	return !r->headers->len;
}

/* Rules that name a header are asked first, then those with a sender or subject, then those of the body
 * alone. */
static int rule_rank(const struct rule *r)
{
	return r->headers->len ? 0 : *r->from || r->subjects->len ? 1 : 2;
}

static const struct rule *rule_of(const struct platform *p, const struct mail *m, const char *body,
				  gsize length)
{
	const char *subject = m->in->subject ? m->in->subject : "";
	gsize subject_length = strlen(subject);
	for (int rank = 0; rank < 3; rank++) {
		for (guint n = 0; n < p->rules->len; n++) {
			const struct rule *r = g_ptr_array_index(p->rules, n);
			if (rule_rank(r) == rank && headers_fit(r, m) &&
			    from_fits(r->from, m->from_address) &&
			    any_found(r->subjects, subject, subject_length) &&
			    any_found(r->bodies, body, length))
				return r;
		}
	}
	return NULL;
}

/* A notice that a rule knows moves the case although the platform marks all its mail as automatic. An
 * answering machine behind a buyer's alias, and what Amazon relays as a mere notification, stay automatic. */
static bool stays_automatic(const struct rule *r, const struct mail *m)
{
	const char *submitted = mail_header(m, "Auto-Submitted"),
		   *relay = mail_header(m, "X-AMAZON-MAIL-RELAY-TYPE");
	if (r && r->automatic)
		return true;
	if (!m->in->automatic)
		return false;
	return !r || r->side != SIDE_PLATFORM || r->trigger == TRIGGER_NONE ||
	       mail_header(m, "X-Amends-Loop") ||
	       (submitted && g_ascii_strncasecmp(submitted, "auto-replied", 12) == 0) ||
	       (relay && g_ascii_strcasecmp(relay, "NOTIFICATION") == 0);
}

/* What a platform's mail means that no rule knows: nothing, but one that states a date wants something from
 * us. */
static void meaning_unknown(struct incoming *in)
{
	in->side = SIDE_PLATFORM;
	in->trigger = in->stated_due ? TRIGGER_CLAIM_INFO : TRIGGER_NONE;
	in->flaws |= FLAW_UNKNOWN;
	if (!in->flaw_note)
		in->flaw_note =
		    g_strdup_printf(_("no rule of data/platforms/%s.ini knows this mail"), in->platform);
}

static void meaning(const struct platform *q, const struct rule *r, bool own, struct mail *m)
{
	struct incoming *in = m->in;
	if (own) {
		in->side = SIDE_US;
		in->trigger = r && r->trigger == TRIGGER_NO_ANSWER_NEEDED ? r->trigger : TRIGGER_OUR_MESSAGE;
	} else if (r) {
		in->side = r->side;
		in->trigger = r->trigger;
	} else if (*q->domains) {
		meaning_unknown(in);
	} else {
		in->side = SIDE_BUYER;
		in->trigger = TRIGGER_BUYER_MESSAGE;
	}
	/* A person's plain mail states no platform's date. */
	if (!own && !*q->domains && in->stated_due) {
		in->stated_due = 0;
		g_clear_pointer(&in->stated, g_free);
	}
	in->automatic = own ? in->automatic : stays_automatic(r, m);
	if (in->automatic)
		in->trigger = TRIGGER_NONE;
}

static enum kind kind_of(const struct platforms *p, const struct rule *r, const struct incoming *in)
{
	if (r && r->kind != KIND_OTHER)
		return r->kind;
	/* A notice's subject is the platform's, not the buyer's: "dispute" in it doesn't say what is wrong.
	 */
	const char *subject =
	    in->trigger == TRIGGER_BUYER_MESSAGE || in->side == SIDE_US || in->automatic ? in->subject : NULL;
	enum kind kind = p->kinds ? kind_of_words(p->kinds, in->reason, subject, in->text) : KIND_OTHER;
	if (kind == KIND_OTHER && r)
		kind = r->kind_else;
	if (kind == KIND_OTHER && in->side == SIDE_BUYER && in->text &&
	    (strchr(in->text, '?') || strstr(in->text, "？")))
		kind = KIND_QUESTION;
	return kind;
}

/*
 * Whoever writes, the case is the buyer's. Where the platform has handles, the handle is the buyer; a relay
 * address changes. A mere name isn't unique: with its order number it can't put two people's cases together.
 */
static void name_buyer(const struct platform *q, struct mail *m, bool own, const char *address)
{
	struct incoming *in = m->in;
	if (!in->alias && !*q->domains && *address && (own || in->side == SIDE_BUYER))
		in->alias = g_strdup(address);
	if (q->handles && (own || in->buyer_name)) {
		g_free(in->alias);
		in->alias = g_strdup(in->buyer_name);
	} else if (!in->alias && in->buyer_name && *q->domains && !own) {
		in->alias = in->order_no ? g_strdup_printf("%s (%s)", in->buyer_name, in->order_no)
					 : g_strdup(in->buyer_name);
	}
	if (!in->buyer_name && !own && in->side == SIDE_BUYER && m->from_name && *m->from_name && in->alias &&
	    strstr(m->from_address, in->alias))
		in->buyer_name = g_strdup(m->from_name);
}

/* A buyer's plain mail may ask for answers elsewhere, as a web form's does. A platform's relay knows the
 * buyer by the address that wrote; and we don't answer ourselves. */
static void name_reply(const struct platforms *set, const struct platform *q, struct mail *m)
{
	g_autofree char *to = g_ascii_strdown(m->reply_to ? m->reply_to : "", -1);
	if (*q->domains || m->in->side != SIDE_BUYER || !address_is_plain(to) || is_own(set, to) ||
	    by_domain(set, domain_of(to)) || g_ascii_strcasecmp(to, m->from_address) == 0)
		return;
	g_free(m->in->reply_to);
	m->in->reply_to = g_steal_pointer(&to);
}

/* Who wrote a plain mail. All that a form sends comes from its own address: there it is who wants the answer.
 */
static const char *writer_of(const struct incoming *in, const char *address)
{
	bool form = in->reply_to && (!sender_takes_answers(address) ||
				     !g_str_equal(domain_of(in->reply_to), domain_of(address)));
	return form ? in->reply_to : address;
}

/* At most 64 KiB of the text, whole characters, valid. *owned is set where the text had to be put right. */
static const char *body_of(const struct mail *m, gsize *length, char **owned)
{
	const char *text = m->in->text ? m->in->text : "", *end;
	gsize size = strlen(text);
	if (!g_utf8_validate(text, MIN(size, BODY_LIMIT), &end) && end + 4 < text + MIN(size, BODY_LIMIT)) {
		text = *owned = g_utf8_make_valid(text, MIN(size, BODY_LIMIT));
		end = text + strlen(text);
	}
	*length = end - text;
	return text;
}

const struct rule *platform_recognise_rule(const struct platforms *set, struct mail *m)
{
	struct incoming *in = m->in;
	g_autofree char *from = g_ascii_strdown(m->from_address ? m->from_address : "", -1);
	g_autofree char *to = g_ascii_strdown(m->to_address ? m->to_address : "", -1);
	bool own = is_own(set, from);
	const char *address = own ? to : from, *domain = domain_of(address);
	const struct platform *q = by_header(set, m, domain);
	if (!q)
		q = by_domain(set, domain);
	if (!q)
		q = set->plain;
	if (!q)
		return NULL;
	g_autofree char *fixed = NULL;
	gsize length;
	if (in->subject && !g_utf8_validate(in->subject, -1, NULL)) {
		char *valid = g_utf8_make_valid(in->subject, -1);
		g_free(in->subject);
		in->subject = valid;
	}
	const char *body = body_of(m, &length, &fixed);
	const struct rule *r = rule_of(q, m, body, length);
	own = own || (r && r->side == SIDE_US);
	g_free(in->platform);
	g_free(in->platform_name);
	in->platform = g_strdup(q->id);
	in->platform_name = g_strdup(q->name);
	fields_fill(q, platform_place(q, m, domain), m, address, own, body, length);
	meaning(q, r, own, m);
	name_reply(set, q, m);
	name_buyer(q, m, own, writer_of(in, address));
	in->kind = kind_of(set, r, in);
	g_free(in->lang);
	in->lang = g_strdup(language_of(in->text ? in->text : ""));
	return r;
}

void platform_recognise(const struct platforms *p, struct mail *m)
{
	platform_recognise_rule(p, m);
}
