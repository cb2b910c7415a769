/* SPDX-License-Identifier: MIT */
#include "ingest/parts.h"

#include <string.h>

#include "domain/banned.h"

enum {
	NESTS_MAX = 100,     /* multipart and message headers in one mail */
	BOUNDARY_MAX = 4000, /* lines that begin like a boundary, once there is a multipart */
	DEPTH_MAX = 64
};

static bool starts(const char *s, const char *end, const char *word)
{
	gsize n = strlen(word);
	return (gsize)(end - s) >= n && g_ascii_strncasecmp(s, word, n) == 0;
}

/* Whether a Content-Type line says that parts follow. The value may stand on the next, folded line. */
static bool opens_nest(const char *s, const char *end)
{
	if (!starts(s, end, "content-type:"))
		return false;
	s += strlen("content-type:");
	while (s < end && g_ascii_isspace(*s))
		s++;
	return starts(s, end, "multipart/") || starts(s, end, "message/");
}

gsize parts_safe_length(const char *bytes, gsize length)
{
	const char *end = bytes + length;
	int nests = 0, boundaries = 0;
	for (const char *s = bytes; s && s < end;) {
		if (*s == '-' && nests && end - s > 2 && s[1] == '-')
			boundaries++;
		else if ((*s == 'c' || *s == 'C') && opens_nest(s, end))
			nests++;
		if (nests > NESTS_MAX || boundaries > BOUNDARY_MAX)
			return (gsize)(s - bytes);
		s = memchr(s, '\n', (gsize)(end - s));
		s = s ? s + 1 : NULL;
	}
	return length;
}

GMimeMessage *parts_parse(const char *bytes, gsize length)
{
	/* The stream reads our bytes in place; it must not own them. */
	GByteArray *view = g_byte_array_new_take((guint8 *)bytes, length);
	GMimeStream *stream = g_mime_stream_mem_new();
	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), view);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	return message;
}

static void part_destroy(gpointer data)
{
	struct part *p = data;
	g_free(p->number);
	g_free(p);
}

struct walk {
	GPtrArray *parts;
	GMimeObject *taken; /* HTML that is read as another part's alternative */
	guint texts, files;
	bool inner, more;
};

static void add_part(struct walk *w, enum part_role role, GMimeObject *object, GMimeObject *alternative,
		     const char *number)
{
	guint *count = role == PART_TEXT ? &w->texts : &w->files;
	if (*count >= PARTS_MAX) {
		w->more = true;
		return;
	}
	(*count)++;
	struct part *p = g_new0(struct part, 1);
	*p = (struct part){role, object, alternative, g_strdup(number)};
	g_ptr_array_add(w->parts, p);
}

static bool is_type(GMimeObject *o, const char *type, const char *subtype)
{
	GMimeContentType *t = g_mime_object_get_content_type(o);
	return t && g_mime_content_type_is_type(t, type, subtype);
}

/* Text that people read in the mail itself, not a file that happens to be text. */
static bool is_readable(const struct walk *w, GMimeObject *o)
{
	static const char *const READABLE[] = {"plain", "html", "enriched", "richtext", "x-markdown"};
	const char *disposition = g_mime_object_get_disposition(o);
	if (disposition && g_ascii_strcasecmp(disposition, "attachment") == 0)
		return false;
	if (is_type(o, "message", "delivery-status") || is_type(o, "message", "disposition-notification"))
		return true;
	GMimeContentType *t = g_mime_object_get_content_type(o);
	if (!t)
		return true;
	bool named = GMIME_IS_PART(o) && g_mime_part_get_filename(GMIME_PART(o));
	for (gsize i = 0; i < G_N_ELEMENTS(READABLE); i++)
		if (g_mime_content_type_is_type(t, "text", READABLE[i]))
			return !named || w->texts == 0;
	return false;
}

static void walk_object(struct walk *w, GMimeObject *o, const char *number, int depth);

/* The HTML reading of an alternative's child: itself, or the root of a multipart/related. */
static GMimeObject *html_of(GMimeObject *o, int depth)
{
	if (is_type(o, "text", "html"))
		return o;
	if (!GMIME_IS_MULTIPART(o) || depth > 4)
		return NULL;
	GMimeMultipart *m = GMIME_MULTIPART(o);
	for (int i = 0; i < g_mime_multipart_get_count(m); i++) {
		GMimeObject *html = html_of(g_mime_multipart_get_part(m, i), depth + 1);
		if (html)
			return html;
	}
	return NULL;
}

static char *child_number(const char *number, int i)
{
	return *number ? g_strdup_printf("%s.%d", number, i + 1) : g_strdup_printf("%d", i + 1);
}

/* multipart/alternative: plain text and HTML are one text; what else is in there is kept as files. */
static bool walk_alternative(struct walk *w, GMimeMultipart *m, const char *number, int depth)
{
	int plain = -1, count = g_mime_multipart_get_count(m);
	GMimeObject *html = NULL;
	for (int i = 0; i < count; i++) {
		GMimeObject *o = g_mime_multipart_get_part(m, i);
		if (plain < 0 && is_type(o, "text", "plain"))
			plain = i;
		else if (!html)
			html = html_of(o, 0);
	}
	if (plain < 0 || !html)
		return false;
	w->taken = html;
	for (int i = 0; i < count; i++) {
		g_autofree char *child = child_number(number, i);
		GMimeObject *o = g_mime_multipart_get_part(m, i);
		if (i == plain)
			add_part(w, PART_TEXT, o, html, child);
		else
			walk_object(w, o, child, depth + 1);
	}
	return true;
}

static void walk_multipart(struct walk *w, GMimeMultipart *m, const char *number, int depth)
{
	if (is_type(GMIME_OBJECT(m), "multipart", "alternative") && walk_alternative(w, m, number, depth))
		return;
	for (int i = 0; i < g_mime_multipart_get_count(m); i++) {
		g_autofree char *child = child_number(number, i);
		walk_object(w, g_mime_multipart_get_part(m, i), child, depth + 1);
	}
}

static void walk_object(struct walk *w, GMimeObject *o, const char *number, int depth)
{
	if (!o || depth > DEPTH_MAX) {
		w->more = true;
		return;
	}
	if (o == w->taken)
		return;
	if (GMIME_IS_MULTIPART(o)) {
		walk_multipart(w, GMIME_MULTIPART(o), number, depth);
		return;
	}
	const char *own = *number ? number : "1";
	if (GMIME_IS_MESSAGE_PART(o)) {
		add_part(w, PART_MESSAGE, o, NULL, own);
		GMimeMessage *inside = g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
		if (w->inner && inside && g_mime_message_get_mime_part(inside))
			walk_object(w, g_mime_message_get_mime_part(inside), own, depth + 1);
		return;
	}
	add_part(w, is_readable(w, o) ? PART_TEXT : PART_ATTACHED, o, NULL, own);
}

GPtrArray *parts_list(GMimeMessage *message, bool inner, bool *more)
{
	struct walk w = {.parts = g_ptr_array_new_with_free_func(part_destroy), .inner = inner};
	GMimeObject *root = g_mime_message_get_mime_part(message);
	if (root)
		walk_object(&w, root, "", 0);
	if (w.more)
		*more = true;
	return w.parts;
}

/* The part's encoded content, at most `limit` bytes of it (0: all). */
static GMimeDataWrapper *limited_content(GMimePart *part, gsize limit)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	if (!stream)
		return NULL;
	gint64 length = g_mime_stream_length(stream);
	if (!limit || length <= (gint64)limit)
		return g_object_ref(content);
	GMimeStream *head =
	    g_mime_stream_substream(stream, stream->bound_start, stream->bound_start + (gint64)limit);
	GMimeDataWrapper *cut =
	    g_mime_data_wrapper_new_with_stream(head, g_mime_data_wrapper_get_encoding(content));
	g_object_unref(head);
	return cut;
}

GByteArray *parts_content(GMimeObject *object, gsize limit)
{
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *out = g_mime_stream_mem_new_with_byte_array(bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(out), FALSE);
	if (GMIME_IS_PART(object)) {
		GMimeDataWrapper *content = limited_content(GMIME_PART(object), limit);
		if (content) {
			g_mime_data_wrapper_write_to_stream(content, out);
			g_object_unref(content);
		}
	} else {
		parts_write(object, out);
	}
	g_object_unref(out);
	return bytes;
}

void parts_write(GMimeObject *object, GMimeStream *stream)
{
	/* What these functions return isn't how much they wrote: line ends of a multipart count twice. */
	if (GMIME_IS_PART(object)) {
		GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
		if (content)
			g_mime_data_wrapper_write_to_stream(content, stream);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *inside = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		if (inside)
			g_mime_object_write_to_stream(GMIME_OBJECT(inside), NULL, stream);
	} else {
		g_mime_object_write_to_stream(object, NULL, stream);
	}
}
