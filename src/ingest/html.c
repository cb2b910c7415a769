/* SPDX-License-Identifier: MIT */
#include "ingest/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "ingest/html_elements.h"

#include "domain/banned.h"

struct list {
	bool ordered;
	int items;
};

struct page {
	GString *out;
	xmlParserCtxtPtr parser;
	GArray *lists;   /* of struct list, innermost last */
	GString *marker; /* "- " that the next text begins with */
	char *href;      /* of the link we are in */
	gsize link_from; /* where its text begins in `out` */
	int depth;
	int hidden; /* depth of the element that hides what is in it; 0: none */
	int quote, pre;
	int last_quote; /* of the line written last */
	int lines;      /* line ends owed before the next text: 0, 1, 2 */
	bool space;     /* a space is owed */
	bool cell;      /* a cell border is owed */
	bool cut;
};

static void owe_lines(struct page *p, int n)
{
	p->lines = MAX(p->lines, n);
	p->space = p->cell = false;
}

static void begin_line(struct page *p)
{
	p->last_quote = p->quote;
	for (int i = 0; i < MIN(p->quote, 8); i++)
		g_string_append(p->out, "> ");
	for (guint i = 1; i < MIN(p->lists->len, 8u); i++)
		g_string_append(p->out, "  ");
	if (p->lists->len && !p->marker->len)
		g_string_append(p->out, "  ");
}

/* Pays what is owed, so that text can follow. */
static void settle(struct page *p)
{
	if (p->lines && p->out->len) {
		g_string_append_c(p->out, '\n');
		if (p->lines > 1) {
			for (int i = 0; i < MIN(MIN(p->quote, p->last_quote), 8); i++)
				g_string_append(p->out, "> ");
			g_string_append_c(p->out, '\n');
		}
	} else if (p->lines || !p->out->len) {
		/* at the very start */
	} else if (p->cell) {
		g_string_append(p->out, "  ");
	} else if (p->space) {
		g_string_append_c(p->out, ' ');
	}
	if (p->lines || !p->out->len) {
		begin_line(p);
		g_string_append(p->out, p->marker->str);
		g_string_truncate(p->marker, 0);
	}
	p->lines = 0;
	p->space = p->cell = false;
}

/* How many bytes at `s` are a space (1 or 2) or an invisible filler (*drop), 0 if neither. */
static gsize blank_length(const char *s, const char *end, bool *drop)
{
	static const char *const FILLERS[] = {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x81\xA0",
					      "\xEF\xBB\xBF", "\xCD\x8F",     "\xC2\xAD"};
	*drop = false;
	if (g_ascii_isspace(*s))
		return 1;
	if ((guchar)*s < 0x80)
		return 0;
	if (end - s >= 2 && s[0] == '\xC2' && s[1] == '\xA0')
		return 2;
	for (gsize i = 0; i < G_N_ELEMENTS(FILLERS); i++) {
		gsize n = strlen(FILLERS[i]);
		if ((gsize)(end - s) >= n && memcmp(s, FILLERS[i], n) == 0) {
			*drop = true;
			return n;
		}
	}
	return 0;
}

static void put_text(struct page *p, const char *s, const char *end)
{
	while (s < end) {
		bool drop;
		gsize blank = blank_length(s, end, &drop);
		if (blank) {
			p->space = p->space || (!drop && !p->cell);
			s += blank;
			continue;
		}
		const char *from = s;
		while (s < end && !blank_length(s, end, &drop))
			s++;
		settle(p);
		g_string_append_len(p->out, from, s - from);
	}
}

static void put_pre(struct page *p, const char *s, const char *end)
{
	while (s < end) {
		const char *line = memchr(s, '\n', (gsize)(end - s));
		const char *stop = line ? line : end;
		if (stop > s) {
			settle(p);
			g_string_append_len(p->out, s, stop - s);
		}
		if (line)
			p->lines = MIN(p->lines + 1, 2);
		s = line ? line + 1 : end;
	}
}

static void on_text(void *data, const xmlChar *chars, int length)
{
	struct page *p = data;
	const char *s = (const char *)chars;
	if (p->hidden || length <= 0)
		return;
	if (p->pre)
		put_pre(p, s, s + length);
	else
		put_text(p, s, s + length);
}

static void begin_item(struct page *p)
{
	struct list *l = p->lists->len ? &g_array_index(p->lists, struct list, p->lists->len - 1) : NULL;
	g_string_truncate(p->marker, 0);
	if (l && l->ordered)
		g_string_append_printf(p->marker, "%d. ", ++l->items);
	else
		g_string_append(p->marker, "- ");
}

static void put_image(struct page *p, const xmlChar **atts)
{
	const char *alt = html_attribute(atts, "alt");
	g_autofree char *text = alt ? g_strstrip(g_strdup(alt)) : NULL;
	if (!text || !*text || strlen(text) > 300)
		return;
	settle(p);
	g_string_append_c(p->out, '[');
	g_string_append(p->out, text);
	g_string_append_c(p->out, ']');
}

static void begin_link(struct page *p, const xmlChar **atts)
{
	const char *href = html_attribute(atts, "href");
	g_clear_pointer(&p->href, g_free);
	if (!href)
		return;
	p->href = g_strdup(href);
	p->link_from = p->out->len;
}

/* The target, unless it says nothing that the text doesn't. */
static void end_link(struct page *p)
{
	static const char *const SCHEMES[] = {"http://", "https://", "mailto:", "tel:"};
	g_autofree char *href = g_steal_pointer(&p->href);
	if (!href || p->out->len <= p->link_from)
		return;
	gsize n = 0, scheme = 0;
	for (const char *s = href; *s; s++)
		if ((guchar)*s > ' ')
			href[n++] = *s;
	href[n] = '\0';
	for (gsize i = 0; i < G_N_ELEMENTS(SCHEMES); i++)
		if (g_ascii_strncasecmp(href, SCHEMES[i], strlen(SCHEMES[i])) == 0)
			scheme = strlen(SCHEMES[i]);
	const char *text = p->out->str + p->link_from;
	bool address = scheme && href[scheme - 1] == ':'; /* mailto: and tel: add nothing to an address */
	if (!scheme || !href[scheme] || strstr(text, href + (address ? scheme : 0)))
		return;
	g_string_append_printf(p->out, " <%s>", href);
}

static void on_start(void *data, const xmlChar *name, const xmlChar **atts)
{
	struct page *p = data;
	int what = html_element((const char *)name);
	if (++p->depth > HTML_DEPTH || p->out->len > HTML_MAX) {
		p->cut = true;
		xmlStopParser(p->parser);
		return;
	}
	if (p->hidden)
		return;
	if ((what & EL_DROP) || html_is_hidden(atts)) {
		p->hidden = p->depth;
		return;
	}
	if (what & (EL_BLOCK | EL_PARA))
		owe_lines(p, what & EL_PARA ? 2 : 1);
	if (what & EL_BREAK)
		p->lines = MIN(p->lines + 1, 2);
	if (what & EL_RULE)
		owe_lines(p, 2);
	p->quote += (what & EL_QUOTE) != 0;
	p->pre += (what & EL_PRE) != 0;
	if (what & EL_LIST) {
		struct list l = {.ordered = strcmp((const char *)name, "ol") == 0};
		g_array_append_val(p->lists, l);
	}
	if (what & EL_ITEM)
		begin_item(p);
	if (what & EL_CELL)
		p->cell = !p->lines && p->out->len;
	if (what & EL_LINK)
		begin_link(p, atts);
	if (what & EL_IMAGE)
		put_image(p, atts);
}

static void on_end(void *data, const xmlChar *name)
{
	struct page *p = data;
	int what = html_element((const char *)name);
	int depth = p->depth--;
	if (p->hidden) {
		if (p->hidden == depth)
			p->hidden = 0;
		return;
	}
	if (what & EL_LINK)
		end_link(p);
	if ((what & EL_LIST) && p->lists->len)
		g_array_set_size(p->lists, p->lists->len - 1);
	if (what & EL_ITEM)
		g_string_truncate(p->marker, 0);
	if (what & (EL_BLOCK | EL_PARA))
		owe_lines(p, what & EL_PARA ? 2 : 1);
	p->quote -= (what & EL_QUOTE) && p->quote;
	p->pre -= (what & EL_PRE) && p->pre;
}

static void ignore_text(void *data, const xmlChar *chars, int length)
{
}

static void parse(struct page *p, const char *html, int length)
{
	xmlSAXHandler sax = {
	    .startElement = on_start,
	    .endElement = on_end,
	    .characters = on_text,
	    .ignorableWhitespace = on_text,
	    .cdataBlock = ignore_text,
	};
	htmlParserCtxtPtr parser = htmlNewParserCtxt();
	if (!parser)
		g_error("out of memory");
	*parser->sax = sax;
	parser->userData = p;
	p->parser = parser;
	xmlDocPtr doc = htmlCtxtReadMemory(parser, html, length, NULL, "UTF-8",
					   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
					       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	if (doc)
		xmlFreeDoc(doc);
	htmlFreeParserCtxt(parser);
}

char *html_to_text(const char *html, gsize length, bool *cut)
{
	struct page p = {
	    .out = g_string_sized_new(length / 4 + 64),
	    .lists = g_array_new(FALSE, FALSE, sizeof(struct list)),
	    .marker = g_string_new(NULL),
	    .cut = length > HTML_MAX,
	};
	parse(&p, html, (int)MIN(length, HTML_MAX));
	if (p.cut)
		*cut = true;
	g_array_unref(p.lists);
	g_string_free(p.marker, TRUE);
	g_free(p.href);
	return g_string_free(p.out, FALSE);
}

char *html_charset(const char *html, gsize length)
{
	g_autofree char *head = g_strndup(html, MIN(length, 2048));
	for (char *s = head; *s; s++)
		*s = g_ascii_tolower(*s);
	const char *at = strstr(head, "charset=");
	if (!at || !strstr(head, "<meta"))
		return NULL;
	at += strlen("charset=");
	at += strspn(at, "\"' ");
	gsize n = strcspn(at, "\"' />;\r\n\t");
	return n && n < 40 ? g_strndup(at, n) : NULL;
}
