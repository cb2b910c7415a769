/* SPDX-License-Identifier: MIT */
#include "ingest/mail.h"

#include <libxml/parser.h>
#include <string.h>

#include "domain/intl.h"
#include "ingest/automatic.h"
#include "ingest/body.h"
#include "ingest/charset.h"
#include "ingest/header.h"
#include "ingest/identity.h"

#include "domain/banned.h"

enum {
	PARSE_MAX = 64 * 1024 * 1024, /* bytes of a mail that are read for text; the source is kept whole */
	HEADERS_MAX = 1000,
	REFERENCES_MAX = 50,
	LABELS_MAX = 6,
	SUBJECT_MAX = 1000, /* bytes that lists, screens and the store's rows have to carry */
	NAME_MAX_BYTES = 320
};

void mail_init(void)
{
	g_mime_init();
	xmlInitParser();
}

static void header_destroy(gpointer data)
{
	struct mail_header *h = data;
	g_free(h->name);
	g_free(h->value);
	g_free(h);
}

void mail_destroy(struct mail *m)
{
	if (!m)
		return;
	incoming_destroy(m->in);
	g_ptr_array_unref(m->headers);
	g_free(m->from_address);
	g_free(m->from_name);
	g_free(m->to_address);
	g_free(m->reply_to);
	g_free(m);
}

const char *mail_header(const struct mail *m, const char *name)
{
	for (guint i = 0; i < m->headers->len; i++) {
		const struct mail_header *h = g_ptr_array_index(m->headers, i);
		if (g_ascii_strcasecmp(h->name, name) == 0)
			return h->value;
	}
	return NULL;
}

/* Whether the bytes begin with headers of a mail. Any text may have a line with a colon: one must be a known
 * name. */
static bool looks_like_mail(const char *bytes, gsize length)
{
	static const char *const KNOWN[] = {"from",
					    "to",
					    "subject",
					    "date",
					    "received",
					    "message-id",
					    "return-path",
					    "mime-version",
					    "content-type",
					    "reply-to",
					    "sender",
					    "cc",
					    "delivered-to",
					    "x-mailer",
					    "in-reply-to",
					    "references",
					    "content-transfer-encoding"};
	const char *end = bytes + length;
	const char *s = bytes;
	for (int line = 0; s < end && line < 200; line++) {
		const char *stop = memchr(s, '\n', (gsize)(end - s));
		gsize n = (gsize)((stop ? stop : end) - s);
		const char *colon = memchr(s, ':', MIN(n, 80));
		bool blank = n == 0 || (n == 1 && *s == '\r');
		while (colon && colon > s && (colon[-1] == ' ' || colon[-1] == '\t'))
			colon--; /* RFC 822 allowed space there */
		for (gsize k = 0; colon && k < G_N_ELEMENTS(KNOWN); k++)
			if (strlen(KNOWN[k]) == (gsize)(colon - s) &&
			    g_ascii_strncasecmp(s, KNOWN[k], strlen(KNOWN[k])) == 0)
				return true;
		if (blank && line > 0)
			return false;
		s = stop ? stop + 1 : end;
	}
	return false;
}

/* The charsets to try for what has no label: what the mail says elsewhere, the caller's, the sender's. */
struct hints {
	const char *list[LABELS_MAX + 1];
};

static void add_hint(struct hints *h, const char *charset)
{
	int n = 0;
	while (h->list[n])
		n++;
	if (charset && n < LABELS_MAX)
		h->list[n] = charset;
}

static void add_hints(struct hints *h, const char *const *charsets)
{
	for (; charsets && *charsets; charsets++)
		add_hint(h, *charsets);
}

/* The first raw value of a header, whose name may be followed by space as RFC 822 allowed. */
static const char *raw_header(GMimeMessage *g, const char *name)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(g));
	int count = MIN(g_mime_header_list_get_count(list), HEADERS_MAX);
	gsize n = strlen(name);
	for (int i = 0; i < count; i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
		const char *own = g_mime_header_get_raw_name(h);
		if (own && g_ascii_strncasecmp(own, name, n) == 0 && !own[n + strspn(own + n, " \t")])
			return g_mime_header_get_raw_value(h);
	}
	return NULL;
}

/* The list that GMime keeps of the mail itself lacks the headers of its root part. */
static void read_headers(struct mail *m, GMimeObject *o, const struct hints *hints, bool *guessed)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(o);
	int count = MIN(g_mime_header_list_get_count(list), HEADERS_MAX);
	for (int i = 0; i < count; i++) {
		GMimeHeader *raw = g_mime_header_list_get_header_at(list, i);
		const char *name = g_mime_header_get_raw_name(raw), *value = g_mime_header_get_raw_value(raw);
		if (!name || !value || !g_utf8_validate(name, -1, NULL) || strlen(name) > 200)
			continue;
		struct mail_header *h = g_new0(struct mail_header, 1);
		h->name = g_strchomp(g_strdup(name));
		h->value = header_decode(value, hints->list, guessed);
		g_ptr_array_add(m->headers, h);
	}
}

static void read_addresses(struct mail *m, GMimeMessage *g, const struct hints *hints, bool *guessed)
{
	struct address from, to, reply;
	const char *sender = raw_header(g, "From");
	header_address(sender ? sender : raw_header(g, "Sender"), hints->list, &from, guessed);
	header_address(raw_header(g, "To"), hints->list, &to, guessed);
	header_address(raw_header(g, "Reply-To"), hints->list, &reply, guessed);
	g_free(to.name);
	g_free(reply.name);
	m->from_address = from.address;
	m->from_name = from.name;
	m->to_address = to.address;
	m->reply_to = reply.address;
	m->in->from = !*from.name     ? g_strdup(from.address)
		      : *from.address ? g_strdup_printf("%s <%s>", from.name, from.address)
				      : g_strdup(from.name);
}

/* When the last server had it: the date after the last ';' of the topmost Received. */
static gint64 received_date(const struct mail *m)
{
	const char *value = mail_header(m, "Received");
	const char *semicolon = value ? strrchr(value, ';') : NULL;
	return semicolon ? header_date(semicolon + 1) : 0;
}

/* A date that is missing, or later than when the mail had already come, is replaced: a wrong
 * clock at the buyer's must not move a deadline into the future. */
static void read_date(struct mail *m, gint64 received)
{
	const gint64 DAY = 24 * 3600 * G_GINT64_CONSTANT(1000);
	gint64 sent = header_date(mail_header(m, "Date")), there = received_date(m);
	m->in->sent = sent;
	if (sent && (!there || sent <= there + DAY))
		return;
	m->in->sent = there ? there : received;
	m->in->flaws |= FLAW_DATE;
}

static void read_ids(struct mail *m, GMimeMessage *g)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);
	const char *id = raw_header(g, "Message-ID");
	const char *reply = raw_header(g, "In-Reply-To"), *references = raw_header(g, "References");
	if (id)
		header_ids(id, false, 1, own);
	if (own->len)
		m->in->message_id = g_strdup(g_ptr_array_index(own, 0));
	if (reply)
		header_ids(reply, false, REFERENCES_MAX, m->in->references);
	if (references)
		header_ids(references, true, REFERENCES_MAX, m->in->references);
}

static void note(struct mail *m, const struct body *b)
{
	g_autoptr(GString) s = g_string_new(NULL);
	const guint flaws = m->in->flaws;
	if (flaws & FLAW_UNPARSED)
		g_string_append_printf(s, "%s ",
				       _("This is no mail that can be read; it is kept as it came."));
	if ((flaws & FLAW_CHARSET) && b->guessed) {
		g_string_append_printf(s, _("The charset is missing or wrong; read as %s."), b->guessed);
		g_string_append_c(s, ' ');
	} else if (flaws & FLAW_CHARSET) {
		g_string_append_printf(s, "%s ",
				       _("The charset of its header is missing or wrong and was guessed."));
	}
	if (flaws & FLAW_CUT)
		g_string_append_printf(s, "%s ",
				       _("The text is too long and was cut; the mail itself is kept whole."));
	if (flaws & FLAW_PARTS)
		g_string_append_printf(
		    s, "%s ", _("There are more parts than are listed; the mail itself is kept whole."));
	if (flaws & FLAW_DATE)
		g_string_append_printf(s, "%s ",
				       _("Its date is missing or wrong; the time it came is taken."));
	if (s->len)
		m->in->flaw_note = g_strndup(s->str, s->len - 1);
}

static void read_unparsed(struct mail *m, struct body *b, const char *bytes, gsize length, gint64 received)
{
	m->in->flaws |= FLAW_UNPARSED;
	m->from_address = g_strdup("");
	m->from_name = g_strdup("");
	m->to_address = g_strdup("");
	m->reply_to = g_strdup("");
	m->in->from = g_strdup("");
	m->in->subject = g_strdup("");
	m->in->sent = received;
	m->in->text = body_raw(b, bytes, length);
}

/* A header that ends in a line of spaces swallows the text: takes what follows that line. */
static void read_after_blank(struct mail *m, struct body *b)
{
	gsize length;
	const char *bytes = g_bytes_get_data(m->in->source, &length);
	const char *end = bytes + length;
	for (const char *s = memchr(bytes, '\n', length); s; s = memchr(s, '\n', (gsize)(end - s))) {
		const char *line = ++s;
		while (s < end && (*s == ' ' || *s == '\t' || *s == '\r'))
			s++;
		if (s > line && s < end && *s == '\n') {
			g_free(m->in->text);
			m->in->text = body_raw(b, s, (gsize)(end - s));
			return;
		}
	}
}

static void read_message(struct mail *m, struct body *b, GMimeMessage *g, gint64 received,
			 const char *const *usual)
{
	GMimeObject *root = g_mime_message_get_mime_part(g);
	struct hints hints = {{NULL}};
	struct address sender;
	bool guessed = false, unused = false;
	if (root)
		add_hint(&hints, g_mime_object_get_content_type_parameter(root, "charset"));
	add_hints(&hints, usual);
	header_address(raw_header(g, "From"), NULL, &sender, &unused);
	add_hints(&hints, charset_usual_of(sender.address));
	g_free(sender.name);
	g_free(sender.address);
	b->usual = hints.list;

	read_headers(m, GMIME_OBJECT(g), &hints, &guessed);
	if (root)
		read_headers(m, root, &hints, &guessed);
	read_addresses(m, g, &hints, &guessed);
	const char *subject = mail_header(m, "Subject");
	m->in->subject = g_strdup(subject ? subject : "");
	read_date(m, received);
	read_ids(m, g);
	m->in->text = body_read(b, g, m->in->attachments);
	if (!*m->in->text && !m->in->attachments->len)
		read_after_blank(m, b);
	m->text_is_html = b->is_html;
	m->in->automatic = mail_is_automatic(m);
	if (guessed)
		b->flaws |= FLAW_CHARSET;
	b->usual = NULL;
}

/* Cuts a text of whole characters that is longer than `most` bytes. Whether it did. */
static bool shorten(char **text, gsize most)
{
	if (!*text || strlen(*text) <= most)
		return false;
	const char *end = g_utf8_find_prev_char(*text, *text + most + 1);
	char *cut = g_strdup_printf("%.*s…", end ? (int)(end - *text) : 0, *text);
	g_free(*text);
	*text = cut;
	return true;
}

/* Nobody reads a subject of a megabyte in a list. The mail as it came has it whole. */
static void shorten_headers(struct mail *m)
{
	bool cut = shorten(&m->in->subject, SUBJECT_MAX);
	cut |= shorten(&m->in->from, 2 * NAME_MAX_BYTES);
	cut |= shorten(&m->from_name, NAME_MAX_BYTES);
	cut |= shorten(&m->from_address, NAME_MAX_BYTES);
	cut |= shorten(&m->to_address, NAME_MAX_BYTES);
	cut |= shorten(&m->reply_to, NAME_MAX_BYTES);
	if (cut)
		m->in->flaws |= FLAW_CUT;
}

/* Mails saved by some programs begin with the mbox line or with empty lines. */
gsize mail_skip_envelope(const char *bytes, gsize length)
{
	gsize at = 0;
	while (at < length && (bytes[at] == '\n' || bytes[at] == '\r'))
		at++;
	for (const char *const *p = (const char *const[]){"From ", ">From ", NULL}; *p; p++) {
		gsize n = strlen(*p);
		if (length - at < n || memcmp(bytes + at, *p, n) != 0)
			continue;
		const char *end = memchr(bytes + at, '\n', length - at);
		return end ? (gsize)(end - bytes) + 1 : length;
	}
	return at;
}

char *mail_sender(GBytes *source)
{
	gsize length;
	const char *data = g_bytes_get_data(source, &length);
	const char *s = length ? data : "", *end = s + MIN(length, HEADER_MAX);
	GString *value = NULL;
	for (const char *stop; s < end; s = stop) {
		const char *line_end = memchr(s, '\n', (gsize)(end - s));
		stop = line_end ? line_end + 1 : end;
		bool folded = value && (*s == ' ' || *s == '\t');
		if (folded)
			g_string_append_len(value, s, stop - s);
		else if (value || *s == '\n' || (*s == '\r' && stop - s == 2))
			break;
		else if (stop - s > 5 && g_ascii_strncasecmp(s, "From:", 5) == 0)
			value = g_string_new_len(s + 5, stop - s - 5);
	}
	struct address a;
	bool guessed = false;
	header_address(value ? value->str : "", NULL, &a, &guessed);
	if (value)
		g_string_free(value, TRUE);
	g_free(a.name);
	return a.address;
}

struct mail *mail_read(GBytes *source, gint64 received, const char *const *usual_charsets)
{
	gsize length;
	const char *all = g_bytes_get_data(source, &length);
	struct mail *m = g_new0(struct mail, 1);
	struct body b = {.usual = usual_charsets};
	m->in = incoming_create();
	m->in->source = g_bytes_ref(source);
	m->headers = g_ptr_array_new_with_free_func(header_destroy);

	gsize skip = all ? mail_skip_envelope(all, length) : 0;
	const char *bytes = all ? all + skip : "";
	gsize parse = MIN(length - skip, PARSE_MAX);
	gsize safe = parts_safe_length(bytes, parse);
	if (parse < length - skip)
		m->in->flaws |= FLAW_CUT;
	if (safe < parse)
		m->in->flaws |= FLAW_PARTS;
	GMimeMessage *g = looks_like_mail(bytes, safe) ? parts_parse(bytes, safe) : NULL;
	if (g)
		read_message(m, &b, g, received, usual_charsets);
	else
		read_unparsed(m, &b, bytes, length - skip, received);
	g_clear_object(&g);
	m->in->flaws |= b.flaws;
	/* What makes the mail's identity isn't cut. */
	mail_seal(m);
	shorten_headers(m);
	note(m, &b);
	g_free(b.guessed);
	return m;
}
