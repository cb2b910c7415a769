/* SPDX-License-Identifier: MIT */
#include "ingest/body.h"

#include <string.h>

#include "domain/text.h"
#include "ingest/charset.h"
#include "ingest/flowed.h"
#include "ingest/header.h"
#include "ingest/html.h"
#include "ingest/quote.h"

#include "domain/banned.h"

/* Cuts at a character, at most `max` bytes. */
static bool cut_text(char *text, gsize max)
{
	if (strlen(text) <= max)
		return false;
	const char *end = g_utf8_find_prev_char(text, text + max + 1);
	text[end ? end - text : 0] = '\0';
	return true;
}

/* Line ends become \n, spaces before them go, more than two empty lines become two; the
 * signature's "-- " stays. In place. */
static void tidy(char *text)
{
	char *to = text;
	int ends = 0;
	for (const char *s = text; *s;) {
		gsize n = strcspn(s, "\r\n");
		gsize keep = n;
		while (keep && (s[keep - 1] == ' ' || s[keep - 1] == '\t'))
			keep--;
		if (keep == 2 && n >= 3 && s[0] == '-' && s[1] == '-')
			keep = 3;
		ends = keep ? 0 : ends + 1;
		bool written = ends <= 2 && (to > text || keep);
		if (written) {
			memmove(to, s, keep);
			to += keep;
		}
		s += n;
		if (*s) {
			s += s[0] == '\r' && s[1] == '\n' ? 2 : 1;
			if (written)
				*to++ = '\n';
		}
	}
	while (to > text && g_ascii_isspace(to[-1]))
		to--;
	*to = '\0';
}

static char *to_utf8(struct body *b, const GByteArray *bytes, const char *label)
{
	const char *guessed = NULL;
	char *text = charset_decode((const char *)bytes->data, bytes->len, label, b->usual, &guessed);
	if (guessed) {
		b->flaws |= FLAW_CHARSET;
		if (!b->guessed)
			b->guessed = g_strdup(guessed);
	}
	return text;
}

static char *html_part_text(struct body *b, GMimeObject *o)
{
	g_autoptr(GByteArray) bytes = parts_content(o, PARTS_TEXT_RAW);
	const char *label = g_mime_object_get_content_type_parameter(o, "charset");
	g_autofree char *named =
	    label || !bytes->len ? NULL : html_charset((const char *)bytes->data, bytes->len);
	g_autofree char *html = to_utf8(b, bytes, label ? label : named);
	bool cut = false;
	char *text = html_to_text(html, strlen(html), &cut);
	if (cut || bytes->len >= PARTS_TEXT_RAW)
		b->flaws |= FLAW_CUT;
	return text;
}

static bool is_flowed(GMimeObject *o)
{
	const char *format = g_mime_object_get_content_type_parameter(o, "format");
	return format && g_ascii_strcasecmp(format, "flowed") == 0;
}

static char *plain_part_text(struct body *b, GMimeObject *o)
{
	g_autoptr(GByteArray) bytes = parts_content(o, PARTS_TEXT_RAW);
	g_autofree char *text = to_utf8(b, bytes, g_mime_object_get_content_type_parameter(o, "charset"));
	if (bytes->len >= BODY_TEXT_MAX * 2 && cut_text(text, BODY_TEXT_MAX * 2))
		b->flaws |= FLAW_CUT;
	if (!is_flowed(o))
		return g_steal_pointer(&text);
	const char *delsp = g_mime_object_get_content_type_parameter(o, "delsp");
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
	g_autofree char *unix_text = g_strjoinv("\n", lines);
	return flowed_join(unix_text, delsp && g_ascii_strcasecmp(delsp, "yes") == 0);
}

/* How much there is to read, not counting spaces and quotes. */
static gsize substance(const char *text)
{
	gsize n = 0;
	for (; *text; text++)
		n += (guchar)*text > ' ' && *text != '>';
	return n;
}

/* Of a text that came plain and as HTML, the plain one, unless it is only a stub that points to the other. */
static char *alternative_text(struct body *b, struct part *p)
{
	g_autofree char *plain = plain_part_text(b, p->object);
	gsize size = substance(plain);
	if (size >= 200)
		return g_steal_pointer(&plain);
	guint flaws = b->flaws;
	g_autofree char *html = html_part_text(b, p->alternative);
	if (substance(html) > size * 3 + 10) {
		b->is_html = true;
		return g_steal_pointer(&html);
	}
	b->flaws = flaws;
	return g_steal_pointer(&plain);
}

static char *part_text(struct body *b, struct part *p)
{
	GMimeContentType *type = g_mime_object_get_content_type(p->object);
	if (p->alternative)
		return alternative_text(b, p);
	if (type && (g_mime_content_type_is_type(type, "text", "html") ||
		     g_mime_content_type_is_type(type, "text", "enriched"))) {
		b->is_html = true;
		return html_part_text(b, p->object);
	}
	return plain_part_text(b, p->object);
}

static void add_text(struct body *b, GString *out, struct part *p)
{
	if (out->len > BODY_TEXT_MAX) {
		b->flaws |= FLAW_CUT;
		return;
	}
	g_autofree char *text = part_text(b, p);
	tidy(text);
	if (!*text)
		return;
	if (out->len)
		g_string_append(out, "\n\n");
	g_string_append(out, text);
}

static char *attachment_name(struct body *b, struct part *p)
{
	const char *name = GMIME_IS_PART(p->object) ? g_mime_part_get_filename(GMIME_PART(p->object)) : NULL;
	g_autofree char *decoded = NULL;
	bool guessed = false;
	if (name) {
		decoded = header_decode(name, b->usual, &guessed);
	} else if (p->role == PART_MESSAGE) {
		GMimeMessage *inside = g_mime_message_part_get_message(GMIME_MESSAGE_PART(p->object));
		const char *subject =
		    inside ? g_mime_object_get_header(GMIME_OBJECT(inside), "Subject") : NULL;
		g_autofree char *title = header_decode(subject ? subject : "message", b->usual, &guessed);
		decoded = g_strconcat(*title ? title : "message", ".eml", NULL);
	}
	return text_file_name(decoded ? decoded : "attachment");
}

static char *attachment_type(GMimeObject *o)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);
	g_autofree char *raw = type ? g_mime_content_type_get_mime_type(type) : NULL;
	if (!raw || strlen(raw) > 120)
		return g_strdup("application/octet-stream");
	g_autofree char *valid = g_utf8_make_valid(raw, -1);
	return g_utf8_strdown(valid, -1);
}

static void add_attachment(struct body *b, GPtrArray *attachments, struct part *p)
{
	GMimeStream *counter = g_mime_stream_null_new();
	parts_write(p->object, counter);
	struct attachment *a = g_new0(struct attachment, 1);
	a->name = attachment_name(b, p);
	a->type = attachment_type(p->object);
	a->size = (gint64)GMIME_STREAM_NULL(counter)->written;
	a->part = g_strdup(p->number);
	g_object_unref(counter);
	g_ptr_array_add(attachments, a);
}

/* Text files and mails within the mail, read only where there is nothing else to read. */
static void read_inner(struct body *b, GMimeMessage *message, GString *out)
{
	bool more = false;
	g_autoptr(GPtrArray) parts = parts_list(message, true, &more);
	for (guint i = 0; i < parts->len; i++) {
		struct part *p = g_ptr_array_index(parts, i);
		GMimeContentType *type = g_mime_object_get_content_type(p->object);
		if (p->role == PART_TEXT || (type && g_mime_content_type_is_type(type, "text", "*")))
			add_text(b, out, p);
	}
}

/* A multipart without parts: what stands before and after its boundaries. */
static void read_around(struct body *b, GMimeMessage *message, GString *out)
{
	GMimeObject *root = g_mime_message_get_mime_part(message);
	if (!root || !GMIME_IS_MULTIPART(root))
		return;
	const char *const around[] = {g_mime_multipart_get_prologue(GMIME_MULTIPART(root)),
				      g_mime_multipart_get_epilogue(GMIME_MULTIPART(root))};
	for (gsize i = 0; i < G_N_ELEMENTS(around); i++) {
		if (!around[i])
			continue;
		const char *guessed = NULL;
		g_autofree char *text =
		    charset_decode(around[i], strlen(around[i]), NULL, b->usual, &guessed);
		tidy(text);
		g_string_append_printf(out, "%s%s", out->len && *text ? "\n\n" : "", text);
	}
}

static char *finish(struct body *b, char *text)
{
	g_autofree char *whole = text;
	if (cut_text(whole, BODY_TEXT_MAX))
		b->flaws |= FLAW_CUT;
	g_autofree char *marked = quote_mark(whole);
	if (cut_text(marked, BODY_TEXT_MAX))
		b->flaws |= FLAW_CUT;
	return g_steal_pointer(&marked);
}

char *body_read(struct body *b, GMimeMessage *message, GPtrArray *attachments)
{
	GString *out = g_string_new(NULL);
	bool more = false;
	g_autoptr(GPtrArray) parts = parts_list(message, false, &more);
	for (guint i = 0; i < parts->len; i++) {
		struct part *p = g_ptr_array_index(parts, i);
		if (p->role == PART_TEXT)
			add_text(b, out, p);
		else
			add_attachment(b, attachments, p);
	}
	if (more)
		b->flaws |= FLAW_PARTS;
	if (!out->len)
		read_inner(b, message, out);
	if (!out->len)
		read_around(b, message, out);
	return finish(b, g_string_free(out, FALSE));
}

char *body_raw(struct body *b, const char *bytes, gsize length)
{
	if (length > BODY_TEXT_MAX)
		b->flaws |= FLAW_CUT;
	const char *guessed = NULL;
	char *text = charset_decode(bytes, MIN(length, BODY_TEXT_MAX), NULL, b->usual, &guessed);
	tidy(text);
	cut_text(text, BODY_TEXT_MAX);
	return text;
}
