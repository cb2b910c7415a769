/* SPDX-License-Identifier: MIT */
#include "ingest/compose.h"

#include "domain/address.h"
#include "domain/days.h"
#include "domain/intl.h"
#include "domain/lang.h"
#include "ingest/compose_files.h"
#include "ingest/compose_text.h"
#include "ingest/mail.h"

#include <string.h>

#include "domain/banned.h"

#define SUBJECT_LONGEST 200 /* characters */
#define NAME_LONGEST 80
#define ID_LONGEST 250
#define REFERENCES 20 /* the first and the newest: the thread holds together, the header stays short */

/* The left and right side of "Name <address>"; a bare address has no name. Both owned. */
static void split_sender(const char *sender, char **name, char **address)
{
	const char *open = strrchr(sender, '<'), *close = open ? strchr(open, '>') : NULL;
	*name = close ? g_strndup(sender, open - sender) : g_strdup("");
	*address = close ? g_strndup(open + 1, close - open - 1) : g_strdup(sender);
	g_strstrip(*address);
}

/* "Name <address>" as a header has it. NULL and *error if the address can't be used. */
static char *mailbox(const char *name, const char *address, GError **error)
{
	if (!address_is_plain(address)) {
		g_set_error(
		    error, STORE_ERROR, STORE_ERROR_REFUSED,
		    _("\"%s\" is no address that a mail can be sent to: answer on the platform's page"),
		    address);
		return NULL;
	}
	g_autofree char *phrase = compose_phrase(name, NAME_LONGEST);
	return *phrase ? g_strdup_printf("%s <%s>", phrase, address) : g_strdup(address);
}

/* "Mon, 23 Nov 2026 14:05:00 +0200": in English whatever the locale. */
static char *date(gint64 at, const char *zone_name)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	g_autoptr(GTimeZone) named = g_time_zone_new_identifier(zone_name);
	g_autoptr(GTimeZone) zone = named ? g_time_zone_ref(named) : g_time_zone_new_utc();
	gint64 offset = zone_offset(zone, at), local = at + offset, minutes = ABS(offset) / MINUTE_MS;
	int day = day_of_local(local);
	struct date d = date_of_day(day);
	gint64 second = (local - day * DAY_MS) / 1000;
	return g_strdup_printf("%s, %d %s %d %02d:%02d:%02d %c%02d%02d", days[weekday_of_day(day)], d.day,
			       months[d.month - 1], d.year, (int)(second / 3600), (int)(second / 60 % 60),
			       (int)(second % 60), offset < 0 ? '-' : '+', (int)(minutes / 60),
			       (int)(minutes % 60));
}

/* "<id>" with our own under the shop's domain; NULL for one that can't stand in a header or was made up for a
 * mail that had none. */
static char *message_id(const char *id, const char *domain)
{
	gsize length = strlen(id);
	bool own = g_str_has_suffix(id, OWN_ID_DOMAIN);
	for (const char *p = id; *p; p++) {
		if (!g_ascii_isgraph(*p) || strchr("<>()[]\\,;:\"", *p))
			return NULL;
	}
	if (!strchr(id, '@') || length > ID_LONGEST || (!own && g_str_has_suffix(id, ".amends.invalid")))
		return NULL;
	return own ? g_strdup_printf("<%.*s%s>", (int)(length - strlen(OWN_ID_DOMAIN)), id, domain)
		   : g_strdup_printf("<%s>", id);
}

/* In-Reply-To, which names what is answered, or what came before it if that has no id of its own; References.
 */
static void add_thread(GString *out, const struct outgoing *o, const char *domain)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	const char *answered = NULL;
	for (guint i = 0; i < o->references->len; i++) {
		char *id = message_id(o->references->pdata[i], domain);
		if (id)
			g_ptr_array_add(ids, id);
		if (id && i <= o->answered)
			answered = id;
	}
	if (!ids->len)
		return;
	if (answered)
		compose_header(out, "In-Reply-To", answered);
	if (ids->len > REFERENCES)
		g_ptr_array_remove_range(ids, 1, ids->len - REFERENCES);
	g_ptr_array_add(ids, NULL);
	g_autofree char *all = g_strjoinv(" ", (char **)ids->pdata);
	compose_header(out, "References", all);
}

static void add_content_headers(GString *out, const char *lang)
{
	enum lang l;
	compose_header(out, "Content-Type", "text/plain; charset=utf-8; format=flowed");
	compose_header(out, "Content-Transfer-Encoding", "quoted-printable");
	if (lang_find(lang, &l))
		compose_header(out, "Content-Language", LANGS.words[l].id);
}

static bool add_headers(GString *out, const struct outgoing *o, const struct shop *shop, const char *address,
			GError **error)
{
	g_autofree char *name = NULL, *to_address = NULL;
	const char *domain = strchr(address, '@');
	split_sender(o->to, &name, &to_address);
	g_autofree char *from = mailbox(shop->name, address, error);
	g_autofree char *to = from ? mailbox(name, to_address, error) : NULL;
	if (!to)
		return false;
	g_autofree char *id = message_id(o->message_id, domain);
	g_autofree char *subject = compose_words(o->subject ? o->subject : "", SUBJECT_LONGEST);
	g_autofree char *sent = date(o->date, shop->zone);
	compose_header(out, "Date", sent);
	compose_header(out, "From", from);
	compose_header(out, "To", to);
	compose_header(out, "Subject", subject);
	compose_header(out, "Message-ID", id);
	add_thread(out, o, domain);
	/* A mail of ours that comes back is known by this, whatever became of the rest. */
	compose_header(out, "X-Amends-Loop", domain + 1);
	compose_header(out, "MIME-Version", "1.0");
	return true;
}

static void add_text(GString *out, const struct outgoing *o)
{
	add_content_headers(out, o->lang);
	g_string_append_c(out, '\n');
	g_autofree char *flowed = compose_flowed(o->text ? o->text : "");
	compose_quoted_printable(out, flowed);
}

static void add_body(GString *out, const struct outgoing *o, const GPtrArray *contents)
{
	if (!o->files || !o->files->len) {
		add_text(out, o);
		return;
	}
	g_autofree char *boundary = compose_boundary(o->message_id);
	g_string_append_printf(out, "Content-Type: multipart/mixed; boundary=\"%s\"\n\n--%s\n", boundary,
			       boundary);
	add_text(out, o);
	mail_init();
	for (guint i = 0; i < o->files->len; i++)
		compose_file(out, boundary, o->files->pdata[i], contents->pdata[i]);
	g_string_append_printf(out, "--%s--\n", boundary);
}

GBytes *compose_mail(const struct outgoing *o, const GPtrArray *contents, const struct shop *shop,
		     GError **error)
{
	const char *address = shop_address(shop, error);
	if (!address)
		return NULL;
	if (!o->to) {
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_REFUSED,
				    _("the buyer wrote no mail in this case that can be answered: answer on "
				      "the platform's page"));
		return NULL;
	}
	g_autoptr(GString) out = g_string_new(NULL);
	if (!add_headers(out, o, shop, address, error))
		return NULL;
	add_body(out, o, contents);
	return g_string_free_to_bytes(g_steal_pointer(&out));
}
